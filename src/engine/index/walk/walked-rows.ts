// Rows of packets that the header walk understood: their transport headers are visited, and the columns written, as their dissection would.
import { CARRIES_PACKETS } from '../../core/layout'
import type { Conversations } from '../../dissect/conversation'
import type { Session } from '../../dissect/session'
import { CONVERSATIONS } from '../../dissect/conversation'
import { IPV4_FRAGMENTS } from '../../protocols/net/ipv4/ipv4'
import { IPV6_FRAGMENTS } from '../../protocols/net/ipv6/ipv6'
import { newSegmentOptions, scanOptions } from '../../protocols/transport/tcp/scan-options'
import { tcpTracker } from '../../protocols/transport/tcp/tracker'
import type { TcpTracker } from '../../protocols/transport/tcp/tracker'
import { PROTOCOL } from '../columns'
import type { PacketColumns } from '../columns'
import type { DispatchTables } from '../dispatch-tables'
import type { PayloadKinds, PayloadPlace } from '../payload-kinds'
import { HEADER } from './found-headers'
import type { FoundHeaders } from './found-headers'
import { HeaderWalk, UNKNOWN_TUNNEL } from './header-walk'

export class WalkedRows {
  private readonly walk: HeaderWalk
  private readonly columns: PacketColumns
  private readonly conversations: Conversations
  private readonly tracker: TcpTracker
  private readonly payloads: PayloadKinds
  private readonly options = newSegmentOptions()
  /** With Decode As the tables are not those that the walk knows. */
  private readonly isUsable: boolean
  private row = 0

  constructor(session: Session, columns: PacketColumns, dispatch: DispatchTables, payloads: PayloadKinds) {
    this.columns = columns
    this.conversations = session.state(CONVERSATIONS)
    this.tracker = tcpTracker(session)
    this.payloads = payloads
    this.isUsable = session.options.decodeAs.size === 0
    this.walk = new HeaderWalk({
      addresses: columns.addresses,
      dispatch,
      fragments4: session.state(IPV4_FRAGMENTS),
      fragments6: session.state(IPV6_FRAGMENTS),
      frames: session.frames,
      tunnelPort: (walk, at, end) => this.tunnelPort(walk, at, end),
    })
  }

  /** Headers of the packet written last; of those behind the columns only what they say of addresses and streams. */
  get found(): FoundHeaders {
    return this.walk.found
  }

  /** Whether the columns of the packet written last cannot tell all of its headers. */
  get repeated(): boolean {
    return this.walk.repeated
  }

  /**
   * Writes the row of an Ethernet frame, bytes[start..start + captured) of `original` bytes. False, and nothing done, where the walk did not understand
   * it; with `plainOnly` also where its columns could not tell all.
   */
  write(row: number, bytes: Uint8Array, start: number, captured: number, original: number, plainOnly: boolean): boolean {
    const { walk, columns } = this
    this.row = row
    if (!this.isUsable || captured > original || !walk.ethernetFrame(bytes, start, start + captured, start + original)) return false
    // what SCTP says of itself is in no column
    if (plainOnly && (walk.repeated || walk.protocols & PROTOCOL.SCTP)) return false
    for (const { table, key, at, offset, length, more } of walk.open) table.note(row + 1, key, at - start, offset, length, more)
    columns.sourceAddress.set(row, walk.source)
    columns.destinationAddress.set(row, walk.destination)
    columns.protocols.set(row, walk.protocols)
    this.transports(row)
    return true
  }

  private transports(row: number): void {
    const { found } = this.walk,
      { columns } = this
    let ordinal = 0
    for (let i = 0; i < found.count; i++) {
      const kind = found.kind[i]
      if (kind !== HEADER.TCP && kind !== HEADER.UDP) continue
      const bytes = found.bytes[i]!,
        at = found.at[i]!,
        sourcePort = (bytes[at]! << 8) | bytes[at + 1]!,
        destinationPort = (bytes[at + 2]! << 8) | bytes[at + 3]!
      if (kind === HEADER.TCP) this.segment(row, ordinal, bytes, i, sourcePort, destinationPort)
      else this.datagram(row, ordinal, bytes, i, sourcePort, destinationPort)
      ordinal++
      if (found.quoted[i]) continue
      columns.sourcePort.set(row, sourcePort)
      columns.destinationPort.set(row, destinationPort)
    }
  }

  private segment(row: number, ordinal: number, bytes: Uint8Array, i: number, sourcePort: number, destinationPort: number): void {
    const { found } = this.walk,
      { tracker, options } = this,
      at = found.at[i]!,
      end = found.end[i]!,
      headerEnd = at + (bytes[at + 12]! >> 4) * 4
    scanOptions(options, bytes, at + 20, Math.min(headerEnd, end, found.limit[i]!))
    tracker.segment(
      row + 1,
      ordinal,
      found.source[i]!,
      sourcePort,
      found.destination[i]!,
      destinationPort,
      word(bytes, at + 4),
      word(bytes, at + 8),
      ((bytes[at + 12]! & 15) << 8) | bytes[at + 13]!,
      (bytes[at + 14]! << 8) | bytes[at + 15]!,
      Math.max(-1, end - headerEnd),
      options,
      found.quoted[i] === 1,
    )
    found.stream[i] = tracker.stream
    found.direction[i] = tracker.direction
  }

  private datagram(row: number, ordinal: number, bytes: Uint8Array, i: number, sourcePort: number, destinationPort: number): void {
    const { found } = this.walk,
      { conversations } = this,
      table = conversations.udp,
      source = found.source[i]!,
      destination = found.destination[i]!,
      at = found.at[i]!
    let stream = table.find(source, sourcePort, destination, destinationPort)
    if (stream < 0) stream = table.create(source, sourcePort, destination, destinationPort, row + 1)
    const direction = table.direction(stream, source, sourcePort)
    conversations.place(table, row + 1, ordinal, stream, direction)
    found.stream[i] = stream
    found.direction[i] = direction
    if (ordinal === 0 && !found.quoted[i]) this.columns.tcp.length.set(row, ((bytes[at + 4]! << 8) | bytes[at + 5]!) - 8)
  }

  private tunnelPort(walk: HeaderWalk, at: number, end: number): number {
    const { payloads } = this,
      { bytes } = walk,
      sourcePort = (bytes[at]! << 8) | bytes[at + 1]!,
      destinationPort = (bytes[at + 2]! << 8) | bytes[at + 3]!,
      low = Math.min(sourcePort, destinationPort),
      high = Math.max(sourcePort, destinationPort)
    // the lower port is asked first
    for (const port of [low, high]) {
      const above = payloads.ofUdp(port)
      if (above !== 0) return above & CARRIES_PACKETS ? port : 0
    }
    if (!payloads.udpTunnels) return 0
    const place: PayloadPlace = {
      frame: bytes.subarray(0, walk.limit),
      network: walk.network,
      networkAt: walk.networkAt,
      version: walk.version,
      protocol: walk.protocol,
      at: at + 8,
      end,
      sourcePort,
      destinationPort,
      stream: -1,
    }
    return payloads.recognise('udp', this.row, place, true) === undefined ? 0 : UNKNOWN_TUNNEL
  }
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
}
