// Who talked with whom, how much and when: the counts behind the conversation and endpoint tables, packet by packet. What counts, and in which direction, is
// what tshark 4.0.17 counts with -z conv.
import type { TreeBuffer } from '../dissect/tree-buffer'
import type { StreamTable } from '../dissect/conversation'
import type { CaptureReader } from '../capture/reader'
import { fieldById, fieldByName } from '../dissect/registry'
import { PROTOCOL } from '../index/columns'
import type { Trace } from '../index/trace'
import { HEADER } from '../index/walk/found-headers'
import type { FoundHeaders } from '../index/walk/found-headers'
import { MARK } from '../protocols/transport/tcp/analysis-flags'
import { AddressPairs } from './address-pairs'
import { ConversationCounters, secondsOf } from './conversation-counters'
import { LifeBars } from './life-bars'

/** What makes a conversation: a stream, or a pair of addresses. */
export type ConversationKind = 'tcp' | 'udp' | 'ip' | 'ipv6' | 'eth'

/** The bytes in which a packet begins, as a reader holds them. */
export type LinkHeader = Pick<CaptureReader, 'linkType' | 'buffer' | 'start' | 'capturedLength'>

/** One end of a conversation: number of its address, and port (0 where there are none). */
export interface ConversationEnd {
  readonly address: number
  readonly port: number
}

/** Counts of one conversation. Frames and bytes: from `from`, and back. */
export interface ConversationTotals {
  /** Number of the TCP or UDP stream, else of the pair in the order in which pairs were first counted. */
  readonly id: number
  /** Sender of the first packet that was counted. */
  readonly from: ConversationEnd
  readonly to: ConversationEnd
  /** Whether `from` received the first packet of the stream. */
  readonly turned: boolean
  readonly frames: readonly [number, number]
  readonly bytes: readonly [number, number]
  /** Earliest and latest time in seconds since the capture's first packet. */
  readonly first: number
  readonly last: number
  /** First and last packet that were counted. */
  readonly firstFrame: number
  readonly lastFrame: number
}

/** One table, filled packet by packet. */
export class Conversations {
  readonly kind: ConversationKind
  /** Its ends have ports. */
  readonly ported: boolean
  /** Bytes over the life of each conversation, where they were asked for. */
  readonly bars: LifeBars | undefined
  /** Conversations in the order in which they were first counted. */
  readonly order: number[] = []
  private readonly trace: Trace
  /** Streams of the trace: of TCP where the kind has no ports. */
  private readonly streams: StreamTable
  /** Where the kind has no ports. */
  private readonly pairs = new AddressPairs()
  private readonly counters = new ConversationCounters()
  /** Numbers of the kind's fields, and of the fields that hold network addresses. */
  private readonly ids: readonly number[]
  private readonly networks = fieldNumbers(['ip.src', 'ipv6.src'])
  /** Bit of the kind in the protocols column. */
  private readonly bit: number
  private row = 0
  /** Time of the capture's first packet. */
  private startSeconds = 0
  private startNanoseconds = 0

  constructor(trace: Trace, kind: ConversationKind, withBars: boolean) {
    this.trace = trace
    this.kind = kind
    this.ported = kind === 'tcp' || kind === 'udp'
    this.bit = kind === 'eth' ? PROTOCOL.ETHERNET : BITS[kind]
    this.ids = fieldNumbers(FIELDS[kind])
    this.streams = kind === 'udp' ? trace.conversations.udp : trace.conversations.tcp
    this.bars = withBars ? new LifeBars() : undefined
  }

  /** Whether the packet of a row may count: worth dissecting. */
  concerns(row: number): boolean {
    return this.kind === 'eth' || (this.trace.columns.protocols.get(row) & this.bit) !== 0
  }

  /** Counts the packet of a row whose headers may repeat, from its dissection. */
  addTree(row: number, tree: TreeBuffer): void {
    this.row = row
    if (this.concerns(row)) this.fromTree(tree)
  }

  /** Counts the packet of a row whose headers repeat and were all found. */
  addFound(row: number, found: FoundHeaders): void {
    this.row = row
    if (!this.concerns(row)) return
    const kind = HEADERS[this.kind]
    for (let i = 0; i < found.count; i++) {
      if (found.kind[i] !== kind || found.quoted[i]) continue
      if (this.ported) this.count(found.stream[i] ?? 0, found.direction[i] ? 1 : 0)
      else this.pair(found.source[i] ?? 0, found.destination[i] ?? 0)
    }
  }

  /** Counts the packet of a row whose columns are to be trusted; not for Ethernet, which has none. */
  addRow(row: number): void {
    const { columns } = this.trace
    if ((columns.protocols.get(row) & this.bit) === 0) return
    this.row = row
    if (!this.ported) {
      this.pair(columns.sourceAddress.get(row), columns.destinationAddress.get(row))
      return
    }
    const stream = columns.stream.get(row) - 1
    if (stream < 0) return
    if (this.kind === 'tcp') this.count(stream, columns.tcp.analysis.get(row) & MARK.REVERSE ? 1 : 0)
    else this.count(stream, this.streams.direction(stream, columns.sourceAddress.get(row), columns.sourcePort.get(row)))
  }

  /** Counts the packet of a row by its Ethernet header. */
  addLink(row: number, { linkType, buffer, start, capturedLength }: LinkHeader): void {
    if (linkType !== 1 || capturedLength < 14) return
    this.row = row
    const { addresses } = this.trace.columns
    const address = (at: number) =>
      addresses.ether(
        ((buffer[at] ?? 0) << 8) | (buffer[at + 1] ?? 0),
        ((buffer[at + 2] ?? 0) << 24) | ((buffer[at + 3] ?? 0) << 16) | ((buffer[at + 4] ?? 0) << 8) | (buffer[at + 5] ?? 0),
      )
    this.pair(address(start + 6), address(start))
  }

  /** Every header of the kind counts, but not those that an ICMP error quotes. */
  private fromTree(tree: TreeBuffer): void {
    const { kind, networks } = this,
      [sourceId = -1, destinationId = -1, streamId = -1] = this.ids
    let source = -1,
      port = 0,
      network = 0
    for (let node = 0; node < tree.count; node++) {
      const id = tree.field(node)
      if (networks.includes(id)) network = this.number(tree, node)
      if (id === sourceId && this.ported) port = tree.numbers[node] ?? 0
      else if (id === streamId && this.ported) {
        const stream = tree.numbers[node] ?? 0
        if (!isQuoted(tree, node)) this.count(stream, this.streams.direction(stream, network, port))
      } else if (id === (kind === 'eth' ? destinationId : sourceId)) source = node
      else if (id === (kind === 'eth' ? sourceId : destinationId) && source >= 0 && !this.ported) {
        // Ethernet has the destination first
        const [from, to] = kind === 'eth' ? [node, source] : [source, node]
        if (!isQuoted(tree, node)) this.pair(this.number(tree, from), this.number(tree, to))
        source = -1
      }
    }
  }

  private number(tree: TreeBuffer, node: number): number {
    const bytes = tree.bytes(node),
      kind = fieldById(tree.field(node)).type
    return this.trace.columns.addresses.of({
      kind: kind === 'ipv4' || kind === 'ipv6' || kind === 'ether' ? kind : 'none',
      bytes,
      at: 0,
      text: '',
    })
  }

  private pair(source: number, destination: number): void {
    const index = this.pairs.of(source, destination)
    this.count(index, this.pairs.direction(index, source))
  }

  private count(index: number, direction: 0 | 1): void {
    const { row, counters } = this,
      { records } = this.trace
    if (this.order.length === 0) {
      this.startSeconds = records.seconds.get(0)
      this.startNanoseconds = records.nanoseconds.get(0)
    }
    const seconds = records.seconds.get(row) - this.startSeconds,
      nanoseconds = records.nanoseconds.get(row) - this.startNanoseconds,
      length = records.originalLength.get(row)
    if (!counters.has(index)) this.order.push(index)
    const side = counters.count(index, direction, row + 1, seconds, nanoseconds, length)
    this.bars?.add(index, side, secondsOf(seconds, nanoseconds), length)
  }

  /** Counts of one conversation that was counted. */
  of(index: number): ConversationTotals {
    const { streams, pairs, counters, ported } = this,
      source = ported
        ? { address: streams.sourceAddress(index), port: streams.sourcePort(index) }
        : { address: pairs.source(index), port: 0 },
      destination = ported
        ? { address: streams.destinationAddress(index), port: streams.destinationPort(index) }
        : { address: pairs.destination(index), port: 0 },
      turned = counters.turned(index)
    return {
      id: index,
      from: turned ? destination : source,
      to: turned ? source : destination,
      turned,
      frames: [counters.frames(index, 0), counters.frames(index, 1)],
      bytes: [counters.bytes(index, 0), counters.bytes(index, 1)],
      first: counters.first(index),
      last: counters.last(index),
      firstFrame: counters.firstFrame(index),
      lastFrame: counters.lastFrame(index),
    }
  }

  /** Numbers of what was counted, those with the most frames first, of equally many the lower number. */
  busiestFirst(): number[] {
    const byFrames = new Map<number, number[]>()
    for (const index of this.order) {
      const frames = this.counters.frames(index, 0) + this.counters.frames(index, 1),
        same = byFrames.get(frames)
      if (same) same.push(index)
      else byFrames.set(frames, [index])
    }
    return [...byFrames].sort(([a], [b]) => b - a).flatMap(([, same]) => same.sort((a, b) => a - b))
  }

  /** What was counted, in the order of the conversations' first packets. */
  *totals(): Generator<ConversationTotals> {
    for (const index of this.order) yield this.of(index)
  }

  /** Text of an address number. */
  addressText(address: number): string {
    return this.trace.columns.addresses.text(address)
  }
}

const BITS: Readonly<Record<Exclude<ConversationKind, 'eth'>, number>> = {
  tcp: PROTOCOL.TCP,
  udp: PROTOCOL.UDP,
  ip: PROTOCOL.IPV4,
  ipv6: PROTOCOL.IPV6,
}

const HEADERS: Readonly<Record<ConversationKind, number>> = {
  tcp: HEADER.TCP,
  udp: HEADER.UDP,
  ip: HEADER.IPV4,
  ipv6: HEADER.IPV6,
  eth: HEADER.ETHERNET,
}

function fieldNumbers(names: readonly string[]): readonly number[] {
  return names.map((name) => fieldByName(name)?.id ?? -1)
}

const FIELDS: Readonly<Record<ConversationKind, readonly string[]>> = {
  tcp: ['tcp.srcport', 'tcp.dstport', 'tcp.stream'],
  udp: ['udp.srcport', 'udp.dstport', 'udp.stream'],
  ip: ['ip.src', 'ip.dst'],
  ipv6: ['ipv6.src', 'ipv6.dst'],
  eth: ['eth.src', 'eth.dst'],
}

/** Whether a node lies inside an ICMP message. */
function isQuoted(tree: TreeBuffer, node: number): boolean {
  for (let at = tree.parent(node); at >= 0; at = tree.parent(at)) {
    const { name } = fieldById(tree.field(at))
    if (name === 'icmp' || name === 'icmpv6') return true
  }
  return false
}
