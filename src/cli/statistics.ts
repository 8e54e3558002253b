// -z: statistics that are printed after the packets.
import { compileFilter } from '../engine/service/terminal'
import type { ConversationKind, Filter, Trace } from '../engine/service/terminal'
import { CONVERSATION_TITLES, ConversationTable } from './conversations'
import { printEndpoints } from './endpoints'
import { ExpertTable, parseExpert } from './expert'
import { IoStat, parseIoStat } from './io-stat'
import { parseFollow, printFollow } from './follow'
import type { FollowRequest } from './follow'
import { UsageError } from './usage-error'
import type { Output } from './output'
import { HierarchyTable } from './protocol-hierarchy'

/** One statistic: counts packets, prints what it counted. */
interface Table {
  readonly filter: Filter | undefined
  /** It reads the dissected packet, whatever its filter. */
  readonly needsTree: boolean
  add(): void
  /** Counts the packets of rows from..to - 1, of which only the last one may have been dissected, out of their columns; for who can. */
  addRows?(from: number, to: number): void
  print(out: Output): void
}

/** A request that was understood: its filter, and how the table is made. */
interface Request {
  readonly filter: string
  readonly make: (trace: Trace, filter: Filter | undefined) => Table
}

/** The statistics of one run. */
export class Statistics {
  /** Some of them need dissected packets. */
  readonly needsTree: boolean
  private readonly trace: Trace
  private readonly tables: readonly Table[]
  /** What is printed, in the order of the requests. */
  private readonly parts: readonly (Table | FollowRequest)[]

  /** Throws UsageError for what is not available, FilterError for a wrong filter. */
  constructor(trace: Trace, requests: readonly string[]) {
    this.trace = trace
    this.parts = requests.map((request) => {
      if (isFollow(request)) return parseFollow(request)
      const { filter, make } = parse(request)
      return make(trace, filter === '' ? undefined : compileFilter(filter))
    })
    this.tables = this.parts.flatMap((part) => ('transport' in part ? [] : [part]))
    this.needsTree = this.tables.some(({ filter, needsTree }) => needsTree || filter !== undefined)
  }

  get any(): boolean {
    return this.parts.length > 0
  }

  /** Columns must be kept to the end: a stream is followed then. */
  get needsColumns(): boolean {
    return this.parts.length > this.tables.length
  }

  /** Packets are dissected again afterwards, with what they left for each other: messages, or a stream within a stream, are followed. */
  get needsState(): boolean {
    return this.parts.some((part) => 'transport' in part && (part.transport === 'http2' || part.transport === 'http'))
  }

  /** Packets need not be counted one by one. */
  get countsRows(): boolean {
    return this.tables.every((table) => 'addRows' in table)
  }

  /** Counts the packets of rows from..to - 1, of which only the last one may have been dissected. */
  addRows(from: number, to: number): void {
    for (const table of this.tables) table.addRows?.(from, to)
  }

  /** Counts the packet that was visited last. */
  add(): void {
    for (const table of this.tables) if (!table.filter || table.filter.matches(this.trace.decoder.tree)) table.add()
  }

  print(out: Output): void {
    for (const part of this.parts)
      if ('transport' in part) printFollow(this.trace, part, out)
      else part.print(out)
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

function parse(request: string): Request {
  const [name = '', ...words] = request.split(','),
    [type = '', ...rest] = words,
    filter = rest.join(',')
  if (name === 'expert') {
    const { lowest, filter } = parseExpert(words)
    return { filter, make: (trace, compiled) => new ExpertTable(trace, lowest, compiled) }
  }
  if (name === 'io' && type === 'stat') {
    const parsed = parseIoStat(rest)
    return { filter: '', make: (trace) => new IoStat(trace, parsed) }
  }
  if (name === 'io' && type === 'phs') return { filter, make: (trace, compiled) => new HierarchyTable(trace, compiled, filter) }
  if ((name === 'conv' || name === 'endpoints') && isConversationKind(type)) {
    return {
      filter,
      make: (trace, compiled) => {
        const table = new ConversationTable(trace, type, filter)
        return {
          filter: compiled,
          needsTree: false,
          add: () => {
            table.add()
          },
          // Ethernet addresses are in no column
          ...(type !== 'eth' && {
            addRows: (from, to) => {
              table.addRows(from, to)
            },
          }),
          print: (out) => {
            if (name === 'conv') table.print(out)
            else printEndpoints(table, out)
          },
        }
      },
    }
  }
  const kinds = Object.keys(CONVERSATION_TITLES)
  throw new UsageError(
    `Invalid -z argument "${request}"; available in this version: ${kinds.map((kind) => `conv,${kind}`).join(' ')} ` +
      `${kinds.map((kind) => `endpoints,${kind}`).join(' ')} io,phs io,stat,INTERVAL[,FILTER|CALC(FIELD)FILTER]… expert expert,comment|chat|note|warn|error (each may be followed by ,FILTER) follow,tcp|udp|tls|http,ascii|hex|raw,STREAM follow,http2,ascii|hex|raw,STREAM,SUBSTREAM`,
  )
}

function isConversationKind(type: string): type is ConversationKind {
  return Object.hasOwn(CONVERSATION_TITLES, type)
}
