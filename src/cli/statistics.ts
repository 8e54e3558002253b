// -z: statistics that are printed after the packets.
import { compileFilter } from '../engine/service/terminal'
import type { Trace } from '../engine/service/terminal'
import { CONVERSATION_TITLES, Conversations } from './conversations'
import type { ConversationKind } from './conversations'
import { parseFollow, printFollow } from './follow'
import type { FollowRequest } from './follow'
import { UsageError } from './usage-error'
import type { Output } from './output'

/** The statistics of one run. */
export class Statistics {
  /** Some of them need dissected packets. */
  readonly needsTree: boolean
  private readonly trace: Trace
  private readonly tables: readonly Conversations[]
  /** What is printed, in the order of the requests. */
  private readonly parts: readonly (Conversations | FollowRequest)[]

  /** Throws UsageError for what is not available, FilterError for a wrong filter. */
  constructor(trace: Trace, requests: readonly string[]) {
    this.trace = trace
    this.parts = requests.map((request) => {
      if (isFollow(request)) return parseFollow(request)
      const { kind, filter } = parse(request)
      return new Conversations(trace, kind, filter === '' ? undefined : compileFilter(filter), filter)
    })
    this.tables = this.parts.filter((part) => part instanceof Conversations)
    this.needsTree = this.tables.some(({ filter }) => filter !== undefined)
  }

  get any(): boolean {
    return this.parts.length > 0
  }

  /** Columns must be kept to the end: a stream is followed then. */
  get needsColumns(): boolean {
    return this.parts.length > this.tables.length
  }

  /** Counts the packet that was visited last. */
  add(): void {
    for (const table of this.tables) if (!table.filter || table.filter.matches(this.trace.decoder.tree)) table.add()
  }

  print(out: Output): void {
    for (const part of this.parts)
      if (part instanceof Conversations) part.print(out)
      else printFollow(this.trace, part, out)
  }
}

/** Checks -z arguments before a file is opened. */
export function checkStatistics(requests: readonly string[]): void {
  for (const request of requests)
    if (isFollow(request)) parseFollow(request)
    else parse(request)
}

function isFollow(request: string): boolean {
  return request.startsWith('follow,')
}

function parse(request: string): { kind: ConversationKind; filter: string } {
  const [name, type = '', ...filter] = request.split(','),
    kind = (type === 'ip' && name === 'conv' ? 'ip' : type) as ConversationKind
  if (name !== 'conv' || !(kind in CONVERSATION_TITLES)) {
    throw new UsageError(
      `Invalid -z argument "${request}"; available in this version: ${Object.keys(CONVERSATION_TITLES)
        .map((known) => `conv,${known}`)
        .join(' ')} (each may be followed by ,FILTER) follow,tcp|udp,ascii|hex|raw,STREAM`,
    )
  }
  return { kind, filter: filter.join(',') }
}
