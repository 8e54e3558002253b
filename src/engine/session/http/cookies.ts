// Cookies (RFC 6265): what a request sent, which earlier response set it, and what the response sets.
import type { HttpTransactionView } from '../../../shared/contract'
import { linkOf } from './connection-use'
import type { HttpHead } from './message-reader'
import type { HttpEntry } from './rows'

type Cookies = HttpTransactionView['cookies']
/** Most cookies of one message that are listed. */
const MOST = 200

/** Cookies of a transaction. `before` are the transactions of the same client before it, oldest first. */
export function cookiesOf({ row, exchange }: HttpEntry, before: readonly HttpEntry[]): Cookies {
  const { request, response } = exchange
  const sent = valuesOf(request.head, 'cookie').flatMap((line) => line.split(';').map(pair))
  return {
    sent: sent
      .filter(({ name }) => name !== '')
      .slice(0, MOST)
      .map(({ name, value }) => {
        const source = before.findLast(
          (one) =>
            belongs(row.host, one.row.host) &&
            one.exchange.response !== undefined &&
            valuesOf(one.exchange.response.head, 'set-cookie').some((line) => {
              const set = pair(line.split(';')[0] ?? '')
              return set.name === name && set.value === value
            }),
        )
        return { name, value, setBy: source ? linkOf(source) : null }
      }),
    set: (response ? valuesOf(response.head, 'set-cookie') : []).slice(0, MOST).map((line) => {
      const [first = '', ...attributes] = line.split(';')
      return { ...pair(first), attributes: attributes.map((one) => one.trim()).filter((one) => one !== '') }
    }),
  }
}

function valuesOf(head: HttpHead, name: string): string[] {
  return head.fields.flatMap(([known, value]) => (known === name ? [value] : []))
}

function pair(text: string): { name: string; value: string } {
  const equals = text.indexOf('=')
  return equals < 0 ? { name: text.trim(), value: '' } : { name: text.slice(0, equals).trim(), value: text.slice(equals + 1).trim() }
}

/** Whether a cookie of one host may be sent to the other: the same host, or one domain of the two lies in the other. */
function belongs(to: string, from: string): boolean {
  const [a, b] = [to.replace(/:\d+$/, ''), from.replace(/:\d+$/, '')]
  return a === b || parent(a) === parent(b) || a.endsWith(`.${b}`) || b.endsWith(`.${a}`)
}
function parent(host: string): string {
  return /^[\d.]+$|:/.test(host) ? host : host.replace(/^[^.]+\.(?=.+\.)/, '')
}
