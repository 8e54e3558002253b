// The rows of the table of transactions, with their parts on the capture's clock.
import type { HttpRow, HttpStretch } from '../../../shared/contract'
import type { Trace } from '../../index/trace'
import type { Lookup } from './lookups'
import { headerValue } from './message-reader'
import { sinceFirst } from './place'
import { isFirstInside } from './transactions'
import type { TransactionSource } from './transactions'
import { hostOf, pathOf, requestUrl } from './url'

/** A row with what it was made from. */
export interface HttpEntry extends TransactionSource {
  readonly row: HttpRow
}

/** Makes the rows of all transactions, in their order. */
export function httpRows(
  trace: Trace,
  sources: readonly TransactionSource[],
  lookups: ReadonlyMap<string, readonly Lookup[]>,
): HttpEntry[] {
  const taken = new Set<Lookup>()
  return sources.map((source, id) => ({ ...source, row: rowOf(trace, source, id, lookups, taken) }))
}

function rowOf(
  trace: Trace,
  source: TransactionSource,
  id: number,
  lookups: ReadonlyMap<string, readonly Lookup[]>,
  taken: Set<Lookup>,
): HttpRow {
  const { transaction, exchange } = source,
    { connection, request, response, tls } = transaction,
    url = requestUrl(request.method, request.target, request.host, connection.server, tls !== null),
    start = sinceFirst(trace, exchange.request.head.firstFrame),
    end = exchange.response ? sinceFirst(trace, exchange.response.lastFrame) : null,
    host = hostOf(url) || request.host
  return {
    id,
    ...connection,
    method: request.method,
    url,
    host,
    target: request.method === 'CONNECT' ? request.target : pathOf(url),
    version: request.version,
    status: response?.status ?? null,
    reason: response?.reason ?? '',
    type: exchange.response ? mediaType(headerValue(exchange.response.head, 'content-type')) : '',
    requestFrame: request.frame,
    responseFrame: response?.frame ?? null,
    requestBytes: request.bodyBytes,
    responseBytes: response?.bodyBytes ?? null,
    complete: response?.complete ?? false,
    tls,
    time: start,
    duration: end === null ? null : Math.max(0, Math.round((end - start) * 1e6) / 1e3),
    stretches: stretchesOf(trace, source, host, lookups, taken),
  }
}

/** A media type without its parameters, in lower case. */
export function mediaType(contentType: string): string {
  return contentType.split(';')[0]?.trim().toLowerCase() ?? ''
}

function stretchesOf(
  trace: Trace,
  { connection, exchange }: TransactionSource,
  host: string,
  lookups: ReadonlyMap<string, readonly Lookup[]>,
  taken: Set<Lookup>,
): HttpStretch[] {
  const stretches: HttpStretch[] = [],
    add = (kind: HttpStretch['kind'], from: number, to: number) => {
      if (from <= 0 || to <= 0) return
      const begin = sinceFirst(trace, from)
      stretches.push({ kind, from: begin, to: Math.max(begin, sinceFirst(trace, to)) })
    }
  if (exchange.nth === 1) {
    const { syns, stream } = connection,
      first = syns[connection.clientSide] || trace.conversations.tcp.firstFrame(stream),
      lookup = lookupBefore(lookups.get(host.replace(/:\d+$/, '')), first, taken)
    if (lookup) {
      taken.add(lookup)
      add('dns', lookup.asked, lookup.answered)
    }
    add('connect', syns[connection.clientSide], syns[connection.clientSide === 0 ? 1 : 0])
  }
  if (isFirstInside(connection, exchange)) {
    const { tls } = connection
    add(
      'tls',
      tls?.phases.find(({ name }) => name === 'ClientHello')?.frame ?? 0,
      tls?.phases.findLast(({ name }) => name === 'Finished')?.frame ?? 0,
    )
  }
  const { request, response } = exchange
  add('send', request.head.firstFrame, request.lastFrame)
  if (response) {
    add('wait', request.lastFrame, response.head.firstFrame)
    add('receive', response.head.firstFrame, response.lastFrame)
  }
  return stretches
}

/** The last lookup whose answer came before a connection began, if no earlier connection was opened for it. */
function lookupBefore(lookups: readonly Lookup[] | undefined, frame: number, taken: ReadonlySet<Lookup>): Lookup | undefined {
  const found = lookups?.findLast(({ answered }) => answered < frame)
  return found && !taken.has(found) ? found : undefined
}
