// -z: statistics that are printed after the packets.
import { compileFilter } from '../engine/service/terminal'
import type { Trace } from '../engine/service/terminal'
import { CONVERSATION_TITLES, Conversations } from './conversations'
import type { ConversationKind } from './conversations'
import { UsageError } from './usage-error'
import type { Output } from './output'

/** The statistics of one run. */
export class Statistics {
  /** Some of them need dissected packets. */
  readonly needsTree: boolean
  private readonly trace: Trace
  private readonly tables: readonly Conversations[]

  /** Throws UsageError for what is not available, FilterError for a wrong filter. */
  constructor(trace: Trace, requests: readonly string[]) {
    this.trace = trace
    this.tables = requests.map((request) => {
      const { kind, filter } = parse(request)
      return new Conversations(trace, kind, filter === '' ? undefined : compileFilter(filter), filter)
    })
    this.needsTree = this.tables.some(({ filter }) => filter !== undefined)
  }

  get any(): boolean {
    return this.tables.length > 0
  }

  /** Counts the packet that was visited last. */
  add(): void {
    for (const table of this.tables) if (!table.filter || table.filter.matches(this.trace.decoder.tree)) table.add()
  }

  print(out: Output): void {
    for (const table of this.tables) table.print(out)
  }
}

/** Checks -z arguments before a file is opened. */
export function checkStatistics(requests: readonly string[]): void {
  for (const request of requests) parse(request)
}

function parse(request: string): { kind: ConversationKind; filter: string } {
  const [name, type = '', ...filter] = request.split(','),
    kind = (type === 'ip' && name === 'conv' ? 'ip' : type) as ConversationKind
  if (name !== 'conv' || !(kind in CONVERSATION_TITLES)) {
    throw new UsageError(
      `Invalid -z argument "${request}"; available in this version: ${Object.keys(CONVERSATION_TITLES)
        .map((known) => `conv,${known}`)
        .join(' ')} (each may be followed by ,FILTER)`,
    )
  }
  return { kind, filter: filter.join(',') }
}
