// -z expert: expert items by severity, with how often each occurred, in tshark's tables.
import { EXPERT_SEVERITY, expertItems } from '../engine/service/terminal'
import type { Filter, Trace } from '../engine/service/terminal'
import type { Output } from './output'

const LEVELS = ['comment', 'chat', 'note', 'warn', 'error'] as const
const TITLES = ['Comments', 'Chats', 'Notes', 'Warns', 'Errors'] as const

/** Splits what follows "expert": an optional level, the lowest that is counted (chat when none is named), and a filter. */
export function parseExpert(words: readonly string[]): { readonly lowest: number; readonly filter: string } {
  const [word = '', ...rest] = words,
    level = LEVELS.findIndex((name) => name === word.toLowerCase())
  return level < 0 ? { lowest: 1, filter: words.join(',') } : { lowest: level, filter: rest.join(',') }
}

interface Entry {
  count: number
  readonly group: string
  readonly protocol: string
  readonly message: string
}

/** Counts expert items, packet by packet. */
export class ExpertTable {
  readonly needsTree = true
  readonly filter: Filter | undefined
  private readonly trace: Trace
  private readonly lowest: number
  private readonly levels = LEVELS.map(() => new Map<string, Entry>())

  constructor(trace: Trace, lowest: number, filter: Filter | undefined) {
    this.trace = trace
    this.lowest = lowest
    this.filter = filter
  }

  /** Counts the packet that was visited last. */
  add(): void {
    const { tree } = this.trace.decoder
    if (tree.find(EXPERT_SEVERITY) < 0) return
    for (const { level, group, protocol, message } of expertItems(tree)) {
      if (level < this.lowest) continue
      const key = `${protocol}\n${message}`,
        entry = this.levels[level]?.get(key)
      if (entry) entry.count++
      else this.levels[level]?.set(key, { count: 1, group, protocol, message })
    }
  }

  /** Prints a table for each severity that occurred, the worst first. */
  print(out: Output): void {
    for (let level = LEVELS.length - 1; level >= this.lowest; level--) {
      const entries = [...(this.levels[level]?.values() ?? [])]
      if (entries.length === 0) continue
      out.line('')
      out.line(`${TITLES[level] ?? ''} (${entries.reduce((sum, { count }) => sum + count, 0)})`)
      out.line('=============')
      out.line('   Frequency      Group           Protocol  Summary')
      for (const { count, group, protocol, message } of entries) {
        out.line(`${String(count).padStart(12)} ${group.padStart(10)} ${protocol.padStart(18)}  ${message}`)
      }
    }
  }
}
