// Redirects chained: from the request that began, through every Location that was followed, to the answer that was none (RFC 9110, 15.4).
import type { HttpLink } from '../../../shared/contract'
import { linkOf } from './connection-use'
import { headerValue } from './message-reader'
import type { HttpEntry } from './rows'
import { normalUrl, resolveUrl } from './url'

/** Longest chain that is followed, and how long after a redirect its target may be asked for (seconds). */
const LONGEST = 50
const SOON = 60

/** The chain that a transaction is part of, in order; empty for a transaction that redirects nowhere and comes from nowhere. */
export function redirectsOf(entry: HttpEntry, all: readonly HttpEntry[], byUrl: ReadonlyMap<string, readonly HttpEntry[]>): HttpLink[] {
  const chain = [entry]
  for (let at = entry; chain.length < LONGEST;) {
    const next = followed(at, byUrl)
    if (!next || chain.includes(next)) break
    chain.push(next)
    at = next
  }
  const horizon = all.slice(Math.max(0, entry.row.id - 2000), entry.row.id).filter((one) => targetOf(one) !== undefined)
  for (let at = entry; chain.length < LONGEST;) {
    const first = at,
      before = horizon.findLast((one) => one.row.id < first.row.id && followed(one, byUrl) === first)
    if (!before || chain.includes(before)) break
    chain.unshift(before)
    at = before
  }
  return chain.length === 1 && targetOf(entry) === undefined ? [] : chain.map(linkOf)
}

/** Where an answer sends the client; undefined when it is no redirect. */
function targetOf({ row, exchange }: HttpEntry): string | undefined {
  const { response } = exchange
  if (!response || row.status === null || row.status < 300 || row.status >= 400 || row.status === 304) return undefined
  const location = headerValue(response.head, 'location')
  return location === '' ? undefined : resolveUrl(row.url, location)
}

/** The first request of the same client for a redirect's target after it. */
function followed(entry: HttpEntry, byUrl: ReadonlyMap<string, readonly HttpEntry[]>): HttpEntry | undefined {
  const target = targetOf(entry),
    client = (one: HttpEntry) => one.row.client.replace(/:\d+$/, '')
  if (target === undefined) return undefined
  return byUrl
    .get(normalUrl(target))
    ?.find(
      (one) =>
        one.row.id > entry.row.id &&
        client(one) === client(entry) &&
        one.exchange.request.head.firstFrame >= (entry.exchange.response?.head.frame ?? Infinity) &&
        one.row.time - entry.row.time < SOON,
    )
}
