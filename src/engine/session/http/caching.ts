// What caching did (RFC 9111; RFC 9110, 13): conditions, answers without a body, how long an answer may be kept, and what was saved.
import type { HttpTransactionView } from '../../../shared/contract'
import { linkOf } from './connection-use'
import { headerValue } from './message-reader'
import type { HttpHead } from './message-reader'
import type { HttpEntry } from './rows'

type Cache = HttpTransactionView['cache']
const CONDITIONS = ['if-none-match', 'if-modified-since', 'if-match', 'if-unmodified-since', 'if-range']
const DIRECTIVES = ['cache-control', 'etag', 'last-modified', 'expires', 'age', 'vary', 'pragma']
/** Status codes whose answers may be kept without being told so (RFC 9110, 15.1). */
const HEURISTIC = new Set([200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501])

/** Caching of a transaction. `earlier` are the capture's transactions for the same address before it. */
export function cachingOf({ row, exchange }: HttpEntry, earlier: readonly HttpEntry[]): Cache {
  const { request, response } = exchange,
    conditions = CONDITIONS.flatMap((name) => {
      const value = headerValue(request.head, name)
      return value === '' ? [] : [`${name}: ${value}`]
    }),
    known = earlier.findLast(({ row: one }) => one.status === 200 && one.method === 'GET'),
    head = response?.head
  return {
    conditions,
    directives: DIRECTIVES.flatMap((name): [string, string][] => {
      const value = head ? headerValue(head, name) : ''
      return value === '' ? [] : [[name, value]]
    }),
    outcome: outcomeOf(row.status, row.method, head, conditions.length > 0, known !== undefined),
    freshFor: head ? freshness(head) : null,
    savedBytes: row.status === 304 ? (known?.row.responseBytes ?? declaredLength(head)) : null,
    earlier: known ? linkOf(known) : null,
  }
}

function declaredLength(head: HttpHead | undefined): number | null {
  const text = head ? headerValue(head, 'content-length') : ''
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}

function outcomeOf(
  status: number | null,
  method: string,
  head: HttpHead | undefined,
  isConditional: boolean,
  isKnown: boolean,
): Cache['outcome'] {
  if (status === 304) return 'not-modified'
  if (!head || status === null) return 'no-rule'
  if (isConditional && status === 200) return 'modified'
  const control = headerValue(head, 'cache-control').toLowerCase()
  if (/(^|[\s,])no-store/.test(control) || (method !== 'GET' && method !== 'HEAD')) return 'must-not-be-stored'
  if (/(^|[\s,])no-cache/.test(control) || freshness(head) === 0) return 'must-be-asked'
  if (isKnown && status === 200) return 'stored-before'
  return HEURISTIC.has(status) || freshness(head) !== null ? 'may-be-stored' : 'no-rule'
}

/** Seconds for which an answer is fresh by max-age, or by Expires and Date; null where it says neither (RFC 9111, 4.2.1). */
export function freshness(head: HttpHead): number | null {
  const age = /(?:^|[\s,])max-age="?(\d{1,10})/i.exec(headerValue(head, 'cache-control'))?.[1]
  if (age !== undefined) return Number(age)
  const expires = headerValue(head, 'expires')
  if (expires === '') return null
  const until = httpDate(expires),
    from = httpDate(headerValue(head, 'date'))
  // what is no date is in the past (RFC 9111, 5.3)
  if (until === null) return 0
  return from === null ? null : Math.max(0, until - from)
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'

/** Seconds since 1970 of a date in the preferred form (RFC 9110, 5.6.7); null for others. */
export function httpDate(text: string): number | null {
  const match = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/.exec(text.trim())
  const month = match ? MONTHS.indexOf(match[2] ?? '') / 3 : -1
  if (!match || !Number.isInteger(month) || month < 0) return null
  return Date.UTC(Number(match[3]), month, Number(match[1]), Number(match[4]), Number(match[5]), Number(match[6])) / 1000
}
