// What the port tables and the heuristics say of a TCP or UDP payload before anybody dissects it.
import {
  ETHERTYPES_AT,
  IP_PROTOCOLS_AT,
  SAID_AT,
  S_CONTENT_BIT,
  S_TCP_BY_CONTENT,
  S_UDP_BY_CONTENT,
  S_UDP_TUNNELS,
  TCP_PORTS_AT,
  UDP_PORTS_AT,
} from '../core/layout'
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

/** What the core has to know of them as well. Read on the first packet; dispatch tables and Decode As do not change after it. */
export class PayloadKinds {
  private readonly tcpPorts: Uint8Array
  private readonly udpPorts: Uint8Array
  /** What may be said of a key. */
  private readonly said: Int32Array
  /** Some protocol over TCP is told by its content and has a first visit. */
  readonly tcpByContent: boolean
  /** Some tunnel over UDP is told by its content. */
  readonly udpTunnels: boolean
  private readonly session: Session
  private readonly decoder: Decoder

  constructor(session: Session, decoder: Decoder, dispatch: DispatchTables) {
    this.session = session
    this.decoder = decoder
    const { core } = session,
      { buffer } = core.memory
    this.said = new Int32Array(buffer, SAID_AT, 256)
    const table = (at: number, keys: number, name: string) => {
      const bytes = new Uint8Array(buffer, at, keys)
      dispatch.fill(bytes, this.said, name)
      return bytes
    }
    this.tcpPorts = table(TCP_PORTS_AT, 65536, 'tcp.port')
    this.udpPorts = table(UDP_PORTS_AT, 65536, 'udp.port')
    table(ETHERTYPES_AT, 65536, 'ethertype')
    table(IP_PROTOCOLS_AT, 256, 'ip.proto')
    const asks = (protocol: Protocol) => protocol.firstVisit !== 'none'
    this.tcpByContent = heuristicList('tcp').some(asks)
    this.udpTunnels = heuristicList('udp').some((protocol) => protocol.firstVisit === 'packets')
    let bits = 0
    for (const protocol of heuristicList('tcp')) bits |= protocolBit(protocol.name)
    core.setState(S_CONTENT_BIT, bits)
    core.setState(S_TCP_BY_CONTENT, this.tcpByContent ? 1 : 0)
    core.setState(S_UDP_BY_CONTENT, heuristicList('udp').some(asks) ? 1 : 0)
    core.setState(S_UDP_TUNNELS, this.udpTunnels ? 1 : 0)
  }

  /** What the port tables say of a port: PROTOCOL bits, with HAS_PROTOCOL, and CARRIES_PACKETS or WRITES_STATE. */
  ofTcp(port: number): number {
    return this.said[this.tcpPorts[port]!]!
  }
  ofUdp(port: number): number {
    return this.said[this.udpPorts[port]!]!
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
