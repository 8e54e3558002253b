// -z conv: who talked with whom, how much and when, in tshark's table.
import { Conversations, STATUS } from '../engine/service/terminal'
import type { ConversationEnd, ConversationKind, ConversationTotals, Trace } from '../engine/service/terminal'
import type { Output } from './output'

/** Kinds with their titles. */
export const CONVERSATION_TITLES: Readonly<Record<ConversationKind, string>> = {
  tcp: 'TCP',
  udp: 'UDP',
  ip: 'IPv4',
  ipv6: 'IPv6',
  eth: 'Ethernet',
}

/** One table, filled packet by packet as they are visited. */
export class ConversationTable {
  readonly filterText: string
  readonly conversations: Conversations
  private readonly trace: Trace

  constructor(trace: Trace, kind: ConversationKind, filterText: string) {
    this.trace = trace
    this.filterText = filterText
    this.conversations = new Conversations(trace, kind, false)
  }

  /** Counts the packet that was visited last. */
  add(): void {
    const { trace, conversations } = this,
      { reader } = trace,
      row = trace.packets - 1
    if (trace.found) conversations.addFound(row, trace.found)
    else if (trace.dissected && (trace.records.status.get(row) & STATUS.REPEATED) !== 0) conversations.addTree(row, trace.decoder.tree)
    else if (conversations.kind === 'eth') conversations.addLink(row, reader)
    else conversations.addRow(row)
  }

  /** Counts the packets of rows from..to - 1, of which only the last one may have been dissected; not for Ethernet, which has no columns. */
  addRows(from: number, to: number): void {
    for (let row = from; row < to - 1; row++) this.conversations.addRow(row)
    this.add()
  }

  /** Prints the table. */
  print(out: Output): void {
    const { conversations } = this,
      { ported, kind } = conversations,
      wide = ported ? 26 : 20
    const margin = ' '.repeat(ported ? 59 : 47)
    out.line('='.repeat(80))
    out.line(`${CONVERSATION_TITLES[kind]} Conversations`)
    out.line(`Filter:${this.filterText || '<No Filter>'}`)
    out.line(`${margin}|       <-      | |       ->      | |     Total     |    Relative    |   Duration   |`)
    out.line(`${margin}| Frames  Bytes | | Frames  Bytes | | Frames  Bytes |      Start     |              |`)
    const texts = new Map<number, string>()
    const endpoint = ({ address, port }: ConversationEnd) => {
      let text = texts.get(address)
      if (text === undefined) texts.set(address, (text = conversations.addressText(address)))
      const start = out.length
      out.cell(text, 0)
      if (ported) {
        out.cell(':', 0)
        out.cell(String(port), 0)
      }
      out.cell('', start + wide - out.length)
    }
    for (const index of conversations.busiestFirst()) {
      const row = conversations.of(index)
      out.reserve(MOST_CELLS)
      endpoint(row.from)
      out.cell(' <-> ', 0)
      endpoint(row.to)
      printNumbers(out, row)
      out.cell('\n', 0)
    }
    out.line('='.repeat(80))
  }
}

/** Room for a line: two addresses of at most 46 characters with ports, and the numbers. */
const MOST_CELLS = 300

function printNumbers(out: Output, { frames: [sent, received], bytes: [there, back], first, last }: ConversationTotals): void {
  printCounts(out, received, back)
  printCounts(out, sent, there)
  printCounts(out, sent + received, there + back)
  out.cell('', 2)
  out.cell(first.toFixed(9), 14)
  out.cell('', 3)
  out.cell((last - first).toFixed(4), 12)
}

function printCounts(out: Output, frames: number, bytes: number): void {
  out.cell('', 2)
  out.cell(String(frames), 6)
  const text = size(bytes)
  out.cell(' ', 0)
  out.cell(text, 0)
  out.cell('', 9 - text.length)
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
