// What the port tables and the heuristics say of a TCP or UDP payload before anybody dissects it.
import type { Decoder } from '../dissect/decoder'
import { setAddress } from '../dissect/packet'
import { heuristicList } from '../dissect/registry'
import type { Protocol } from '../dissect/registry'
import type { Session } from '../dissect/session'
import { protocolBit } from './columns'
import type { DispatchTables } from './dispatch-tables'

/** A payload with what the dissectors of the outer layers would leave for those inside. Positions are offsets in `frame`. */
export interface PayloadPlace {
  frame: Uint8Array
  /** Where the network header stands, its IP version, and the transport protocol that it names. */
  network: Uint8Array
  networkAt: number
  version: 4 | 6
  protocol: number
  at: number
  end: number
  sourcePort: number
  destinationPort: number
  stream: number
}

/** Read on the first packet; dispatch tables and Decode As do not change after it. */
export class PayloadKinds {
  /** What the port tables say, by port: PROTOCOL bits, with HAS_PROTOCOL, and CARRIES_PACKETS or WRITES_STATE. */
  readonly tcpPorts = new Int32Array(65536)
  readonly udpPorts = new Int32Array(65536)
  /** Some protocol is told by its content and has a first visit. */
  readonly tcpByContent: boolean
  readonly udpByContent: boolean
  /** Some tunnel over UDP is told by its content. */
  readonly udpTunnels: boolean
  readonly contentBit: number
  private readonly session: Session
  private readonly decoder: Decoder

  constructor(session: Session, decoder: Decoder, dispatch: DispatchTables) {
    this.session = session
    this.decoder = decoder
    dispatch.fillPorts(this.tcpPorts, 'tcp.port')
    dispatch.fillPorts(this.udpPorts, 'udp.port')
    const asks = (protocol: Protocol) => protocol.firstVisit !== 'none'
    this.tcpByContent = heuristicList('tcp').some(asks)
    this.udpByContent = heuristicList('udp').some(asks)
    this.udpTunnels = heuristicList('udp').some((protocol) => protocol.firstVisit === 'packets')
    let bits = 0
    for (const protocol of heuristicList('tcp')) bits |= protocolBit(protocol.name)
    this.contentBit = bits
  }

  /** Asks the heuristics of a table, with the packet's outer layers told as the dissectors leave them. */
  recognise(transport: 'tcp' | 'udp', row: number, place: PayloadPlace, tunnelsOnly: boolean): Protocol | undefined {
    const { packet } = this.decoder,
      { frame, version, network, networkAt } = place,
      four = version === 4,
      kind = four ? 'ipv4' : 'ipv6',
      from = networkAt + (four ? 12 : 8),
      to = networkAt + (four ? 16 : 24)
    packet.reset()
    packet.number = row + 1
    packet.transport = transport
    packet.ipProtocol = place.protocol
    packet.sourcePort = place.sourcePort
    packet.destinationPort = place.destinationPort
    packet.stream = place.stream
    setAddress(packet.source, kind, network, from)
    setAddress(packet.netSource, kind, network, from)
    setAddress(packet.destination, kind, network, to)
    setAddress(packet.netDestination, kind, network, to)
    return this.decoder.recognises(transport, this.session, frame, place.at, place.end, tunnelsOnly)
  }
}
