// How connections were used: which served several requests, how many were open at once, and which requests may have waited for one to become free.
import type { HttpLane, HttpTransactionView } from '../../../shared/contract'
import type { Trace } from '../../index/trace'
import { headerValue } from './message-reader'
import { sinceFirst } from './place'
import type { HttpEntry } from './rows'

/** Connections that browsers open at most to one host over HTTP/1. */
const MOST_CONNECTIONS = 6
/** A request that follows the end of another on its connection so soon (seconds) was waiting for it. */
const AT_ONCE = 0.01

/** What makes two connections share a limit: client's address, server's address and port, and the host asked for. */
export function limitKey({ row }: HttpEntry): string {
  return `${row.client.replace(/:\d+$/, '')} ${row.server} ${row.host}`
}

/** How a transaction's connection served it. `same` are the connection's transactions in order. */
export function connectionUse(trace: Trace, entry: HttpEntry, same: readonly HttpEntry[]): HttpTransactionView['connection'] {
  const { connection, exchange } = entry,
    before = same.find(({ row }) => row.nth === entry.row.nth - 1)
  return {
    transactions: same.map(linkOf),
    openingMs: openingMs(trace, same[0]),
    persistence: persistenceOf(entry),
    pipelined:
      before !== undefined &&
      persistenceOf(entry) !== 'multiplexed' &&
      (before.exchange.response === undefined || before.exchange.response.lastFrame > exchange.request.head.firstFrame),
    closedBy: connection.closedBy === 0 ? null : connection.closedBy,
  }
}

/** A transaction as a reference to it. */
export function linkOf({ row }: HttpEntry): { id: number; frame: number; status: number | null; url: string } {
  return { id: row.id, frame: row.requestFrame, status: row.status, url: row.url }
}

function openingMs(trace: Trace, first: HttpEntry | undefined): number | null {
  const parts = first?.row.stretches.filter(({ kind }) => kind === 'connect' || kind === 'tls') ?? []
  const [begin] = parts,
    end = parts.at(-1)
  return begin && end ? Math.round((end.to - begin.from) * 1e6) / 1e3 : null
}

function persistenceOf({ row, exchange }: HttpEntry): HttpTransactionView['connection']['persistence'] {
  if (row.version.startsWith('HTTP/2')) return 'multiplexed'
  const says = (head: Parameters<typeof headerValue>[0] | undefined, option: string) =>
    head !== undefined && new RegExp(`(^|,)\\s*${option}\\s*(,|$)`, 'i').test(headerValue(head, 'connection'))
  if (says(exchange.request.head, 'close')) return 'closed-by-request'
  if (says(exchange.response?.head, 'close')) return 'closed-by-response'
  const version = exchange.response ? (exchange.response.head.line.split(' ')[0] ?? '') : row.version
  return version === 'HTTP/1.0' && !says(exchange.response?.head, 'keep-alive') ? 'http-1.0' : 'kept'
}

interface Busy {
  readonly stream: number
  readonly from: number
  readonly to: number
}

/** Connections beside a transaction's own. `group` are all transactions under the same limit. */
export function limitOf(trace: Trace, entry: HttpEntry, group: readonly HttpEntry[]): HttpTransactionView['limit'] {
  const busy = group.map((one): Busy => ({ stream: one.row.stream, from: one.row.time, to: endOf(one) })),
    open = openStretches(trace, group),
    at = entry.row.time,
    count = (stretches: readonly Busy[], moment: number) =>
      new Set(stretches.filter(({ from, to }) => from <= moment && moment < to).map(({ stream }) => stream)).size
  return {
    open: count(open, at),
    busy: count(busy, at),
    most: open.reduce((most, { from }) => Math.max(most, count(open, from)), 0),
    waitedMs: entry.row.version.startsWith('HTTP/1') ? waited(entry, group, busy, count) : null,
  }
}

function endOf({ row }: HttpEntry): number {
  return row.duration === null ? row.time : row.time + row.duration / 1e3
}

function openStretches(trace: Trace, group: readonly HttpEntry[]): Busy[] {
  const streams = new Map(group.map(({ connection }) => [connection.stream, connection]))
  const { tcp } = trace.conversations
  return Array.from(streams.values(), ({ stream, closedBy }) => ({
    stream,
    from: sinceFirst(trace, tcp.firstFrame(stream) || 1),
    to: sinceFirst(trace, closedBy || tcp.lastFrame(stream) || 1) + 1e-9,
  }))
}

/** How long all six had been busy when the one became free that then took the request. */
function waited(
  entry: HttpEntry,
  group: readonly HttpEntry[],
  busy: readonly Busy[],
  count: (stretches: readonly Busy[], moment: number) => number,
): number | null {
  const before = group.find(({ row }) => row.stream === entry.row.stream && row.nth === entry.row.nth - 1)
  if (!before || before.row.duration === null) return null
  const free = endOf(before)
  if (entry.row.time < free || entry.row.time - free > AT_ONCE || count(busy, free - 1e-7) < MOST_CONNECTIONS) return null
  // the last moment before at which fewer were busy: one of them began, or another had ended and its successor began
  const began = busy
    .map(({ from }) => from)
    .filter((from) => from < free && count(busy, from) >= MOST_CONNECTIONS && count(busy, from - 1e-7) < MOST_CONNECTIONS)
  return began.length === 0 ? null : Math.round((free - Math.max(...began)) * 1e6) / 1e3
}

/** Most connections of the chart, and most requests on one of them. */
const MOST_LANES = 64
const MOST_REQUESTS = 500

/** The connection chart of transactions under one limit. */
export function lanesOf(group: readonly HttpEntry[]): { lanes: HttpLane[]; more: number } {
  const byStream = new Map<number, HttpEntry[]>()
  for (const entry of group) {
    const list = byStream.get(entry.row.stream)
    if (list) list.push(entry)
    else byStream.set(entry.row.stream, [entry])
  }
  const lanes = Array.from(byStream.entries())
    .slice(0, MOST_LANES)
    .map(([stream, entries]): HttpLane => {
      const parts = entries[0]?.row.stretches.filter(({ kind }) => kind === 'connect' || kind === 'tls') ?? [],
        [begin] = parts,
        end = parts.at(-1)
      return {
        stream,
        client: entries[0]?.row.client ?? '',
        opening: begin && end ? { from: begin.from, to: end.to } : null,
        requests: entries.slice(0, MOST_REQUESTS).map((entry) => ({
          id: entry.row.id,
          frame: entry.row.requestFrame,
          name: shortName(entry.row.target),
          from: entry.row.time,
          to: endOf(entry),
        })),
      }
    })
  return { lanes, more: Math.max(0, byStream.size - MOST_LANES) }
}

/** The last part of a path. */
function shortName(target: string): string {
  const path = target.replace(/[?#].*$/s, '')
  return /[^/]+\/?$/.exec(path)?.[0] ?? path
}
