// -z conv: who talked with whom, how much and when, in tshark's table.
import { Conversations, STATUS } from '../engine/service/terminal'
import type { ConversationEnd, ConversationKind, ConversationTotals, Filter, Trace } from '../engine/service/terminal'
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
  readonly filter: Filter | undefined
  readonly needsTree = false
  readonly filterText: string
  readonly conversations: Conversations
  private readonly trace: Trace

  constructor(trace: Trace, kind: ConversationKind, filter: Filter | undefined, filterText: string) {
    this.trace = trace
    this.filter = filter
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
    else conversations.addRow(row, { linkType: reader.linkType, buffer: reader.buffer, start: reader.start, length: reader.capturedLength })
  }

  /** Prints the table. */
  print(out: Output): void {
    const { conversations } = this,
      { ported, kind } = conversations,
      wide = ported ? 26 : 20
    const rows = [...conversations.totals()].sort((a, b) => b.frames[0] + b.frames[1] - a.frames[0] - a.frames[1] || a.id - b.id)
    const margin = ' '.repeat(ported ? 59 : 47)
    out.line('='.repeat(80))
    out.line(`${CONVERSATION_TITLES[kind]} Conversations`)
    out.line(`Filter:${this.filterText || '<No Filter>'}`)
    out.line(`${margin}|       <-      | |       ->      | |     Total     |    Relative    |   Duration   |`)
    out.line(`${margin}| Frames  Bytes | | Frames  Bytes | | Frames  Bytes |      Start     |              |`)
    const endpoint = ({ address, port }: ConversationEnd) => {
      const text = conversations.addressText(address)
      return (ported ? `${text}:${port}` : text).padEnd(wide)
    }
    for (const row of rows) out.line(`${endpoint(row.from)} <-> ${endpoint(row.to)}${numbers(row)}`)
    out.line('='.repeat(80))
  }
}

function numbers({ frames: [sent, received], bytes: [there, back], first, last }: ConversationTotals): string {
  const cell = (frames: number, bytes: number) => `  ${String(frames).padStart(6)} ${size(bytes).padEnd(9)}`
  return (
    `${cell(received, back)}${cell(sent, there)}${cell(sent + received, there + back)}` +
    `  ${first.toFixed(9).padStart(14)}   ${(last - first).toFixed(4).padStart(12)}`
  )
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
