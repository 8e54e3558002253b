// -z conv: who talked with whom, how much and when, in tshark's table.
import { COLUMN_PROTOCOL, STATUS, StreamTable, fieldById, fieldByName } from '../engine/service/terminal'
import type { Filter, Trace, TreeBuffer } from '../engine/service/terminal'
import type { Output } from './output'

/** What can be asked for. */
export type ConversationKind = 'tcp' | 'udp' | 'ip' | 'ipv6' | 'eth'
/** Kinds with their titles. */
export const CONVERSATION_TITLES: Readonly<Record<ConversationKind, string>> = {
  tcp: 'TCP',
  udp: 'UDP',
  ip: 'IPv4',
  ipv6: 'IPv6',
  eth: 'Ethernet',
}

/** Numbers that grow as they are set. */
class Counters {
  private values = new Float64Array(256)
  get(index: number): number {
    return this.values[index] ?? 0
  }
  set(index: number, value: number): void {
    if (index >= this.values.length) {
      const larger = new Float64Array(Math.max(index + 1, this.values.length * 2))
      larger.set(this.values)
      this.values = larger
    }
    this.values[index] = value
  }
}

/** Counts of one conversation. */
interface ConversationTotals {
  readonly from: { readonly address: number; readonly port: number }
  readonly to: { readonly address: number; readonly port: number }
  readonly frames: readonly [number, number]
  readonly bytes: readonly [number, number]
}

/** One table, filled packet by packet. */
export class Conversations {
  readonly filter: Filter | undefined
  readonly needsTree = false
  readonly kind: ConversationKind
  readonly filterText: string
  private readonly trace: Trace
  /** Streams of the trace for TCP and UDP, else pairs of addresses. */
  private readonly table: StreamTable
  /** Its ends have ports. */
  readonly ported: boolean
  /** Per conversation: frames and bytes in the direction of the first packet and against it, seconds of the earliest and the latest packet. */
  private readonly frames = [new Counters(), new Counters()] as const
  private readonly bytes = [new Counters(), new Counters()] as const
  private readonly first = new Counters()
  /** 1 where the first packet that was counted went against the first of the stream. */
  private readonly turned = new Counters()
  private readonly last = new Counters()
  /** Conversations in the order in which they were first counted. */
  private readonly order: number[] = []
  /** Numbers of the kind's fields, and of the fields that hold network addresses. */
  private readonly ids: readonly number[]
  private readonly networks = fieldNumbers(['ip.src', 'ipv6.src'])

  constructor(trace: Trace, kind: ConversationKind, filter: Filter | undefined, filterText: string) {
    this.trace = trace
    this.kind = kind
    this.filter = filter
    this.filterText = filterText
    this.ported = kind === 'tcp' || kind === 'udp'
    this.ids = fieldNumbers(FIELDS[kind])
    this.table = kind === 'tcp' ? trace.conversations.tcp : kind === 'udp' ? trace.conversations.udp : new StreamTable()
  }

  /** Counts the packet that was visited last. */
  add(): void {
    const { trace, kind } = this
    if (trace.dissected && (trace.records.status.get(trace.packets - 1) & STATUS.REPEATED) !== 0) {
      if (kind === 'eth' || (trace.columns.protocols.get(trace.packets - 1) & BITS[kind]) !== 0) this.fromTree(trace.decoder.tree)
    } else if (kind === 'eth') this.ethernet()
    else this.fromColumns(BITS[kind])
  }

  private fromColumns(bit: number): void {
    const { trace } = this,
      row = trace.packets - 1,
      { columns } = trace
    if ((columns.protocols.get(row) & bit) === 0) return
    const source = columns.sourceAddress.get(row),
      destination = columns.destinationAddress.get(row)
    if (!this.ported) {
      this.pair(source, destination)
      return
    }
    const stream = columns.stream.get(row) - 1
    if (stream >= 0) this.count(stream, this.table.direction(stream, source, columns.sourcePort.get(row)))
  }

  private ethernet(): void {
    const { reader, columns } = this.trace
    if (reader.linkType !== 1 || reader.capturedLength < 14) return
    const { buffer, start } = reader,
      { addresses } = columns
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
        if (!isQuoted(tree, node)) this.count(stream, this.table.direction(stream, network, port))
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
    let index = this.table.find(source, 0, destination, 0)
    if (index < 0) index = this.table.create(source, 0, destination, 0, this.trace.packets)
    this.count(index, this.table.direction(index, source, 0))
  }

  private count(index: number, direction: 0 | 1): void {
    const { trace } = this,
      row = trace.packets - 1,
      { records } = trace
    // doubles, so that the last digits of long times are those that tshark prints
    const time = records.seconds.get(row) - records.seconds.get(0) + (records.nanoseconds.get(row) - records.nanoseconds.get(0)) / 1e9
    if (this.frames[0].get(index) === 0) {
      this.first.set(index, time)
      this.last.set(index, time)
      this.turned.set(index, direction)
      this.order.push(index)
    } else if (time < this.first.get(index)) this.first.set(index, time)
    else if (time > this.last.get(index)) this.last.set(index, time)
    const side = direction === this.turned.get(index) ? 0 : 1,
      frames = this.frames[side],
      bytes = this.bytes[side]
    frames.set(index, frames.get(index) + 1)
    bytes.set(index, bytes.get(index) + records.originalLength.get(row))
  }

  /** What was counted, in the order of the conversations' first packets; `from` sent the first one. Frames and bytes: from `from`, and back. */
  *totals(): Generator<ConversationTotals> {
    const { table } = this
    for (const index of this.order) {
      const source = { address: table.sourceAddress[index] ?? 0, port: table.sourcePort[index] ?? 0 },
        destination = { address: table.destinationAddress[index] ?? 0, port: table.destinationPort[index] ?? 0 },
        [from, to] = this.turned.get(index) ? [destination, source] : [source, destination]
      yield {
        from,
        to,
        frames: [this.frames[0].get(index), this.frames[1].get(index)],
        bytes: [this.bytes[0].get(index), this.bytes[1].get(index)],
      }
    }
  }

  /** Text of an address number. */
  addressText(address: number): string {
    return this.trace.columns.addresses.text(address)
  }

  /** Prints the table. */
  print(out: Output): void {
    const { table, ported, kind } = this,
      wide = ported ? 26 : 20,
      addresses = this.trace.columns.addresses
    const total = (index: number) => this.frames[0].get(index) + this.frames[1].get(index)
    const order: number[] = []
    for (let index = 0; index < table.count; index++) if (total(index) > 0) order.push(index)
    order.sort((a, b) => total(b) - total(a) || a - b)
    const margin = ' '.repeat(ported ? 59 : 47)
    out.line('='.repeat(80))
    out.line(`${CONVERSATION_TITLES[kind]} Conversations`)
    out.line(`Filter:${this.filterText || '<No Filter>'}`)
    out.line(`${margin}|       <-      | |       ->      | |     Total     |    Relative    |   Duration   |`)
    out.line(`${margin}| Frames  Bytes | | Frames  Bytes | | Frames  Bytes |      Start     |              |`)
    for (const index of order) {
      const endpoint = (address: number, port: number) =>
        (ported ? `${addresses.text(address)}:${port}` : addresses.text(address)).padEnd(wide)
      const source = endpoint(table.sourceAddress[index] ?? 0, table.sourcePort[index] ?? 0),
        destination = endpoint(table.destinationAddress[index] ?? 0, table.destinationPort[index] ?? 0)
      const [left, right] = this.turned.get(index) ? [destination, source] : [source, destination]
      const cell = (frames: number, bytes: number) => `  ${String(frames).padStart(6)} ${size(bytes).padEnd(9)}`
      const [there, back] = [this.bytes[0].get(index), this.bytes[1].get(index)]
      out.line(
        `${left} <-> ${right}${cell(this.frames[1].get(index), back)}${cell(this.frames[0].get(index), there)}${cell(total(index), there + back)}` +
          `  ${this.first.get(index).toFixed(9).padStart(14)}   ${(this.last.get(index) - this.first.get(index)).toFixed(4).padStart(12)}`,
      )
    }
    out.line('='.repeat(80))
  }
}

const BITS: Readonly<Record<Exclude<ConversationKind, 'eth'>, number>> = {
  tcp: COLUMN_PROTOCOL.TCP,
  udp: COLUMN_PROTOCOL.UDP,
  ip: COLUMN_PROTOCOL.IPV4,
  ipv6: COLUMN_PROTOCOL.IPV6,
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

/** Bytes with a decimal unit, up to four digits and without a fraction, as tshark rounds them. */
export function size(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  let value = bytes,
    unit = 0
  while (value >= 10_000 && unit < units.length - 1) {
    value = Math.floor(value / 1000)
    unit++
  }
  return `${value} ${units[unit] ?? ''}`
}
