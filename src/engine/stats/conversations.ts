// Conversation statistics: who talked with whom, how much each way, when. Counted packet by packet during (or after) the index pass from the columns;
// packets whose columns cannot be trusted are counted from their dissection.
import { fieldByName } from '../dissect/registry'
import type { StreamTable } from '../dissect/conversation'
import { PROTOCOL, STATUS } from '../index/columns'
import type { Trace } from '../index/trace'

/** What conversations are told apart by. */
export type ConversationKind = 'eth' | 'ip' | 'ipv6' | 'tcp' | 'udp'

/** One conversation. A is the side that sent its first packet. */
export interface ConversationRow {
  readonly addressA: string
  readonly addressB: string
  /** -1 where there are no ports. */
  readonly portA: number
  readonly portB: number
  readonly framesToA: number
  readonly bytesToA: number
  readonly framesToB: number
  readonly bytesToB: number
  /** Seconds after the first packet of the capture; negative where the capture is out of order. */
  readonly start: number
  readonly duration: number
  /** Stream number for TCP and UDP, else -1. */
  readonly stream: number
}

const FIELDS = 6
/** Positions in a conversation's counters. */
const TO_A = 0, BYTES_TO_A = 1, TO_B = 2, BYTES_TO_B = 3, START = 4, STOP = 5

/** Counts the conversations of one kind. Call add() after the first visit of every packet, in order. */
export class ConversationCounter {
  readonly kind: ConversationKind
  private counters = new Float64Array(FIELDS * 64)
  private count = 0
  /** For kinds told by addresses: pair of address numbers -> conversation. */
  private readonly pairs = new Map<number, number>()
  private sides: number[] = []
  /** For streams: stream number -> conversation + 1. */
  private ofStream = new Int32Array(64)
  private readonly streams: number[] = []
  private firstSeconds = 0
  private firstNanoseconds = 0
  private any = false

  constructor(kind: ConversationKind) {
    this.kind = kind
  }

  /** Counts the packet that was visited last; its bytes are still in the reader. */
  add(trace: Trace): void {
    const row = trace.packets - 1, { records, columns } = trace, seconds = records.seconds.get(row), nanoseconds = records.nanoseconds.get(row)
    if (!this.any) {
      this.any = true
      this.firstSeconds = seconds
      this.firstNanoseconds = nanoseconds
    }
    const time = seconds - this.firstSeconds + (nanoseconds - this.firstNanoseconds) / 1e9, length = records.originalLength.get(row), { kind } = this
    if (kind === 'eth') {
      this.ethernet(trace, length, time)
      return
    }
    if (records.status.get(row) & STATUS.REPEATED) {
      this.fromTree(trace, length, time)
      return
    }
    const bits = columns.protocols.get(row)
    if (kind === 'ip' || kind === 'ipv6') {
      if (bits & (kind === 'ip' ? PROTOCOL.IPV4 : PROTOCOL.IPV6)) this.between(columns.sourceAddress.get(row), columns.destinationAddress.get(row), length, time)
    } else if (bits & (kind === 'tcp' ? PROTOCOL.TCP : PROTOCOL.UDP)) {
      const table = kind === 'tcp' ? trace.conversations.tcp : trace.conversations.udp, stream = columns.stream.get(row) - 1
      this.inStream(stream, table.direction(stream, columns.sourceAddress.get(row), columns.sourcePort.get(row)), length, time)
    }
  }

  /** The conversations with most packets first; of equal ones, the one that began first. */
  rows(trace: Trace): ConversationRow[] {
    const { addresses } = trace.columns, rows: ConversationRow[] = [], table: StreamTable | undefined = this.kind === 'tcp' ? trace.conversations.tcp : this.kind === 'udp' ? trace.conversations.udp : undefined
    for (let i = 0; i < this.count; i++) {
      const at = i * FIELDS, c = this.counters, stream = table ? this.streams[i]! : -1
      rows.push({
        addressA: addresses.text(table ? table.sourceAddress[stream]! : this.sides[i * 2]!), addressB: addresses.text(table ? table.destinationAddress[stream]! : this.sides[i * 2 + 1]!),
        portA: table ? table.sourcePort[stream]! : -1, portB: table ? table.destinationPort[stream]! : -1,
        framesToA: c[at + TO_A]!, bytesToA: c[at + BYTES_TO_A]!, framesToB: c[at + TO_B]!, bytesToB: c[at + BYTES_TO_B]!,
        start: c[at + START]!, duration: c[at + STOP]! - c[at + START]!, stream,
      })
    }
    return rows.sort((a, b) => b.framesToA + b.framesToB - a.framesToA - a.framesToB)
  }

  private ethernet(trace: Trace, length: number, time: number): void {
    const { reader } = trace
    if (reader.linkType !== 1 || reader.capturedLength < 14) return
    const { buffer, start } = reader, { addresses } = trace.columns
    this.between(addresses.ether(pair(buffer, start + 6), word(buffer, start + 8)), addresses.ether(pair(buffer, start), word(buffer, start + 2)), length, time)
  }

  /** Every header of the packet counts, as each is dissected. */
  private fromTree(trace: Trace, length: number, time: number): void {
    const { tree, packet } = trace.decoder, { kind } = this
    if (kind === 'tcp' || kind === 'udp') {
      const field = fieldByName(`${kind}.stream`)?.id
      for (let ordinal = 0, node = 0; node < tree.count; node++) {
        const id = tree.field(node)
        if (id !== fieldByName('tcp.stream')?.id && id !== fieldByName('udp.stream')?.id) continue
        const stream = tree.numbers[node]!, table = kind === 'tcp' ? trace.conversations.tcp : trace.conversations.udp
        const place = trace.conversations.furtherPlace(packet.number, ordinal), row = packet.number - 1
        if (id === field) this.inStream(stream, ordinal === 0 ? this.sideOf(trace, table, stream, row) : (place?.direction ?? 0), length, time)
        ordinal++
      }
      return
    }
    const source = fieldByName(`${kind}.src`)?.id, destination = fieldByName(`${kind}.dst`)?.id, { addresses } = trace.columns
    for (let node = 0, from = 0; node < tree.count; node++) {
      const id = tree.field(node)
      if (id !== source && id !== destination) continue
      const bytes = tree.bytes(node), address = bytes.length === 4 ? addresses.ipv4(word(bytes, 0)) : addresses.ipv6(word(bytes, 0), word(bytes, 4), word(bytes, 8), word(bytes, 12))
      if (id === source) from = address
      else this.between(from, address, length, time)
    }
  }
  private sideOf(trace: Trace, table: StreamTable, stream: number, row: number): 0 | 1 {
    if (this.kind === 'tcp') return trace.columns.tcp.analysis.get(row) & REVERSE ? 1 : 0
    return table.direction(stream, trace.columns.sourceAddress.get(row), trace.columns.sourcePort.get(row))
  }

  private inStream(stream: number, direction: 0 | 1, length: number, time: number): void {
    if (stream >= this.ofStream.length) {
      const grown = new Int32Array(Math.max(stream + 1, this.ofStream.length * 2))
      grown.set(this.ofStream)
      this.ofStream = grown
    }
    let index = this.ofStream[stream]! - 1
    if (index < 0) {
      index = this.start(time)
      this.ofStream[stream] = index + 1
      this.streams.push(stream)
    }
    this.note(index, direction === 1, length, time)
  }

  private between(source: number, destination: number, length: number, time: number): void {
    const key = source < destination ? source * 0x400_0000 + destination : destination * 0x400_0000 + source
    let index = this.pairs.get(key)
    if (index === undefined) {
      index = this.start(time)
      this.pairs.set(key, index)
      this.sides.push(source, destination)
    }
    this.note(index, this.sides[index * 2] !== source, length, time)
  }

  private start(time: number): number {
    const index = this.count++
    if ((index + 1) * FIELDS > this.counters.length) {
      const grown = new Float64Array(this.counters.length * 2)
      grown.set(this.counters)
      this.counters = grown
    }
    this.counters[index * FIELDS + START] = this.counters[index * FIELDS + STOP] = time
    return index
  }
  private note(index: number, toA: boolean, length: number, time: number): void {
    const at = index * FIELDS, c = this.counters
    c[at + (toA ? TO_A : TO_B)]! += 1
    c[at + (toA ? BYTES_TO_A : BYTES_TO_B)]! += length
    if (time > c[at + STOP]!) c[at + STOP] = time
    else if (time < c[at + START]!) c[at + START] = time
  }
}

const REVERSE = 1 << 20

function pair(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!
}
function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
}

const TITLES: Record<ConversationKind, string> = { eth: 'Ethernet', ip: 'IPv4', ipv6: 'IPv6', tcp: 'TCP', udp: 'UDP' }
const RULE = '='.repeat(80)

/** The table as `tshark -q -z conv,KIND` prints it, with a line feed at its end. */
export function conversationsText(kind: ConversationKind, rows: readonly ConversationRow[], filter = ''): string {
  const ports = kind === 'tcp' || kind === 'udp', width = ports ? 26 : 20, indent = ' '.repeat(width * 2 + 7)
  const lines = [
    RULE, `${TITLES[kind]} Conversations`, `Filter:${filter || '<No Filter>'}`,
    `${indent}|       <-      | |       ->      | |     Total     |    Relative    |   Duration   |`,
    `${indent}| Frames  Bytes | | Frames  Bytes | | Frames  Bytes |      Start     |              |`,
  ]
  for (const row of rows) {
    const a = ports ? `${row.addressA}:${row.portA}` : row.addressA, b = ports ? `${row.addressB}:${row.portB}` : row.addressB
    lines.push(
      `${a.padEnd(width)} <-> ${b.padEnd(width)}  ${counts(row.framesToA, row.bytesToA)}  ${counts(row.framesToB, row.bytesToB)}  ${counts(row.framesToA + row.framesToB, row.bytesToA + row.bytesToB)}  ` +
        `${row.start.toFixed(9).padStart(14)}   ${row.duration.toFixed(4).padStart(12)}`,
    )
  }
  lines.push(RULE)
  return `${lines.join('\n')}\n`
}

function counts(frames: number, bytes: number): string {
  return `${String(frames).padStart(6)} ${sizeText(bytes).padEnd(9)}`
}
/** A size as tshark writes it: up to four digits and a decimal unit. */
function sizeText(bytes: number): string {
  for (const [unit, size] of [['TB', 1e12], ['GB', 1e9], ['MB', 1e6], ['kB', 1e3]] as const) if (bytes / size >= 10) return `${Math.floor(bytes / size)} ${unit}`
  return `${bytes} bytes`
}
