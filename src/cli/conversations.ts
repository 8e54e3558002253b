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
    else if (conversations.kind === 'eth') conversations.addLink(row, reader)
    else conversations.addRow(row)
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
      return (ported ? `${text}:${port}` : text).padEnd(wide)
    }
    for (const row of busiestFirst(conversations.totals())) out.line(`${endpoint(row.from)} <-> ${endpoint(row.to)}${numbers(row)}`)
    out.line('='.repeat(80))
  }
}

/** By the number of frames; of equally many the lower number comes first. */
function busiestFirst(totals: Iterable<ConversationTotals>): ConversationTotals[] {
  const byFrames = new Map<number, ConversationTotals[]>()
  for (const row of totals) {
    const frames = row.frames[0] + row.frames[1],
      same = byFrames.get(frames)
    if (same) same.push(row)
    else byFrames.set(frames, [row])
  }
  return [...byFrames].sort(([a], [b]) => b - a).flatMap(([, rows]) => rows.sort((a, b) => a.id - b.id))
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
