// The tables of conversations and endpoints: counted once for each capture and kind, sorted and searched for the page, handed out in pages.
import type { ConversationKind, ConversationRow, ConversationSort, EndpointRow, EndpointSort, Outcome } from '../../shared/contract'
import { OUTCOMES } from '../../shared/contract'
import type { Arguments, CallContext, ServiceMethods } from '../../shared/rpc/dispatcher'
import { csvText } from '../../shared/text/csv'
import type { ConversationEnd, ConversationTotals } from '../stats/conversations'
import { endpointTotals, type EndpointTotals } from '../stats/endpoints'
import type { EndStates } from '../session/tcp/end-states'
import type { TcpFactsRow } from '../stats/tcp-facts'
import { captureOf, SlicedTask, type ServiceContext } from './context'
import { ConversationCount } from './conversation-count'
import type { OpenCapture } from './open-capture'

type ConversationMethod = Extract<keyof ServiceMethods, `conversations.${string}` | `endpoints.${string}`>
type Query = Omit<Arguments<'conversations.get'>, 'first' | 'count'>
type EndpointQuery = Omit<Arguments<'endpoints.get'>, 'first' | 'count'>

/** A sorted and searched table, kept for the next page of it. */
interface Sorted {
  readonly key: string
  readonly ids: readonly number[]
  readonly packets: [number, number]
  readonly bytes: [number, number]
  readonly retransmissions: number
  readonly outcomes: Record<Outcome, number>
}

/** Methods about conversations and endpoints. */
export class ConversationTables {
  private readonly context: ServiceContext
  private readonly counts = new WeakMap<OpenCapture, Map<string, { readonly version: string; readonly count: ConversationCount }>>()
  private readonly sorted = new WeakMap<ConversationCount, Sorted>()
  private readonly sortedEnds = new WeakMap<
    ConversationCount,
    { readonly key: string; readonly total: number; readonly rows: EndpointTotals[] }
  >()

  constructor(context: ServiceContext) {
    this.context = context
  }

  methods(): Pick<ServiceMethods, ConversationMethod> {
    return {
      'conversations.get': async (query, call) => {
        const count = await this.countOf(query, call)
        const { ids, packets, bytes, retransmissions, outcomes } = this.sort(count, query)
        return {
          total: count.conversations.order.length,
          shown: ids.length,
          packets,
          bytes,
          retransmissions,
          outcomes,
          rows: ids.slice(query.first, query.first + query.count).map((id) => rowOf(count, id)),
        }
      },
      'conversations.csv': async (query, call) => {
        const count = await this.countOf(query, call)
        return { text: csvText({ titles: query.titles, rows: this.sort(count, query).ids.map((id) => csvRow(rowOf(count, id))) }) }
      },
      'endpoints.get': async (query, call) => {
        const count = await this.countOf(query, call)
        const { total, rows } = this.sortEnds(count, query)
        return { total, shown: rows.length, rows: rows.slice(query.first, query.first + query.count).map((one) => endpointOf(count, one)) }
      },
      'endpoints.csv': async (query, call) => {
        const count = await this.countOf(query, call)
        const rows = this.sortEnds(count, query).rows.map((one) => {
          const { end, sentPackets, sentBytes, receivedPackets, receivedBytes } = endpointOf(count, one)
          const numbers = [sentPackets + receivedPackets, sentBytes + receivedBytes, sentPackets, sentBytes, receivedPackets, receivedBytes]
          return [end.address, ...(end.port === null ? [] : [String(end.port)]), ...numbers.map(String)]
        })
        return { text: csvText({ titles: query.titles, rows }) }
      },
    }
  }

  /** The counts up to the capture's present end. */
  private async countOf(
    query: { readonly captureId: number; readonly kind: ConversationKind; readonly displayed: boolean },
    call: CallContext,
  ): Promise<ConversationCount> {
    const capture = captureOf(this.context, query.captureId)
    const displayed = query.displayed && capture.filter !== ''
    const kept = this.counts.get(capture) ?? new Map<string, { version: string; count: ConversationCount }>()
    this.counts.set(capture, kept)
    const key = `${query.kind} ${displayed}`
    const version = `${capture.version} ${displayed ? capture.filter : ''} ${displayed ? capture.listVersion : ''}`
    let known = kept.get(key)
    if (known?.version !== version) {
      known = { version, count: new ConversationCount(capture, query.kind, displayed) }
      kept.set(key, known)
    }
    await known.count.advance(new SlicedTask(this.context, call, capture))
    return known.count
  }

  private sort(count: ConversationCount, { text, sort, descending, outcome }: Query): Sorted {
    const key = JSON.stringify([count.packets, text, sort, descending, outcome])
    const known = this.sorted.get(count)
    if (known?.key === key) return known
    const { conversations, facts } = count
    const fits = searchFor(count, text)
    const packets: [number, number] = [0, 0]
    const bytes: [number, number] = [0, 0]
    const outcomes = Object.fromEntries(OUTCOMES.map((name) => [name, 0])) as Record<Outcome, number>
    let retransmissions = 0
    const rows: { readonly totals: ConversationTotals; readonly facts: TcpFactsRow | undefined }[] = []
    for (const totals of conversations.totals()) {
      if (!fits(totals.id, totals.from, totals.to)) continue
      const tcp = facts?.of(totals.id)
      if (tcp !== undefined) {
        const group = outcomeOf(tcp)
        outcomes[group]++
        if (outcome !== null && group !== outcome) continue
        retransmissions += tcp.retransmissions
      }
      for (const side of [0, 1] as const) {
        packets[side] += totals.frames[side]
        bytes[side] += totals.bytes[side]
      }
      rows.push({ totals, facts: tcp })
    }
    const value = KEYS[sort](count)
    const keyed = rows.map(({ totals, facts: tcp }) => ({ id: totals.id, key: value(totals, tcp) }))
    keyed.sort((a, b) => compare(a.key, b.key, descending) || a.id - b.id)
    const sorted = { key, ids: keyed.map(({ id }) => id), packets, bytes, retransmissions, outcomes }
    this.sorted.set(count, sorted)
    return sorted
  }

  private sortEnds(count: ConversationCount, { text, sort, descending }: EndpointQuery): { total: number; rows: EndpointTotals[] } {
    const key = JSON.stringify([count.packets, text, sort, descending])
    const known = this.sortedEnds.get(count)
    if (known?.key === key) return known
    const fits = searchFor(count, text)
    const all = endpointTotals(count.conversations)
    const value = ENDPOINT_KEYS[sort]
    const address = addressKey(count)
    const rows = all
      .filter((end) => fits(-1, end, undefined))
      .map((end) => ({ end, key: sort === 'address' ? address(end) : value(end) }))
      .sort((a, b) => compare(a.key, b.key, descending))
      .map(({ end }) => end)
    const sorted = { key, total: all.length, rows }
    this.sortedEnds.set(count, sorted)
    return sorted
  }
}

type Key = number | string | null

/** What is not known stands last, whatever the order. */
function compare(a: Key, b: Key, descending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return (a < b ? -1 : a > b ? 1 : 0) * (descending ? -1 : 1)
}

/** Addresses in the order of their numbers: dotted and colon parts padded. */
function addressKey({ conversations }: ConversationCount): (end: ConversationEnd) => string {
  const keys = new Map<number, string>()
  return ({ address, port }) => {
    let key = keys.get(address)
    if (key === undefined) {
      const text = conversations.addressText(address)
      key = text.includes(':') ? text : text.replace(/\d+/g, (digits) => digits.padStart(3, '0'))
      keys.set(address, key)
    }
    return `${key} ${String(port).padStart(5, '0')}`
  }
}

type Value = (totals: ConversationTotals, facts: TcpFactsRow | undefined) => Key
const plain =
  (value: Value): ((count: ConversationCount) => Value) =>
  () =>
    value
const rate = (side: 0 | 1): Value => {
  return ({ bytes, first, last }) => (last > first ? bytes[side] / (last - first) : null)
}
const KEYS: Readonly<Record<ConversationSort, (count: ConversationCount) => Value>> = {
  id: plain(({ id }) => id),
  a: (count) => {
    const key = addressKey(count)
    return ({ from }) => key(from)
  },
  b: (count) => {
    const key = addressKey(count)
    return ({ to }) => key(to)
  },
  packets: plain(({ frames }) => frames[0] + frames[1]),
  'packets-there': plain(({ frames }) => frames[0]),
  'packets-back': plain(({ frames }) => frames[1]),
  bytes: plain(({ bytes }) => bytes[0] + bytes[1]),
  'bytes-there': plain(({ bytes }) => bytes[0]),
  'bytes-back': plain(({ bytes }) => bytes[1]),
  start: plain(({ first }) => first),
  duration: plain(({ first, last }) => last - first),
  'rate-there': plain(rate(0)),
  'rate-back': plain(rate(1)),
  'round-trip': plain((_totals, facts) => facts?.initialRoundTrip ?? null),
  retransmissions: plain((_totals, facts) => facts?.retransmissions ?? null),
  ends: ({ endStates }) => {
    return ({ id, turned }) => endsOf(endStates, id, turned).join(' ')
  },
  state: plain((_totals, facts) => (facts === undefined ? null : `${OUTCOMES.indexOf(outcomeOf(facts))} ${facts.state}`)),
}
const ENDPOINT_KEYS: Readonly<Record<EndpointSort, (end: EndpointTotals) => Key>> = {
  address: () => null,
  port: ({ port }) => port,
  packets: ({ frames }) => frames[0] + frames[1],
  bytes: ({ bytes }) => bytes[0] + bytes[1],
  'sent-packets': ({ frames }) => frames[0],
  'sent-bytes': ({ bytes }) => bytes[0],
  'received-packets': ({ frames }) => frames[1],
  'received-bytes': ({ bytes }) => bytes[1],
}

/** Tests whether a conversation's (or an end's) text holds what is looked for. */
function searchFor(
  count: ConversationCount,
  text: string,
): (id: number, from: ConversationEnd, to: ConversationEnd | undefined) => boolean {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return () => true
  const { conversations } = count
  const end = ({ address, port }: ConversationEnd): string => {
    const name = conversations.addressText(address)
    return conversations.ported ? `${name}:${port} [${name}]:${port}` : name
  }
  return (id, from, to) => `${conversations.ported && id >= 0 ? id : ''} ${end(from)} ${to === undefined ? '' : end(to)} `.includes(wanted)
}

/** Group of a connection. What began before the capture is told apart from what went in order. */
function outcomeOf({ state, completeness }: TcpFactsRow): Outcome {
  switch (state) {
    case 'SF':
      return (completeness & COMPLETE_SYN) !== 0 ? 'normal' : 'partial'
    case 'S1':
    case 'S2':
    case 'S3':
      return 'open'
    case 'RSTO':
    case 'RSTR':
    case 'RSTOS0':
    case 'RSTRH':
      return 'reset'
    case 'REJ':
      return 'refused'
    case 'S0':
    case 'SH':
      return 'unanswered'
    default:
      return 'partial'
  }
}
const COMPLETE_SYN = 1

function rowOf(count: ConversationCount, id: number): ConversationRow {
  const { conversations, facts } = count
  const totals = conversations.of(id)
  const end = ({ address, port }: ConversationEnd) => ({
    address: conversations.addressText(address),
    port: conversations.ported ? port : null,
  })
  const tcp = facts?.of(id)
  const side = (value: readonly [number, number]): [number, number] => (totals.turned ? [value[1], value[0]] : [value[0], value[1]])
  return {
    id,
    a: end(totals.from),
    b: end(totals.to),
    packets: [...totals.frames],
    bytes: [...totals.bytes],
    start: totals.first,
    duration: totals.last - totals.first,
    firstFrame: totals.firstFrame,
    lastFrame: totals.lastFrame,
    life: conversations.bars?.of(id) ?? null,
    tcp:
      tcp === undefined
        ? null
        : {
            retransmissions: tcp.retransmissions,
            outOfOrder: tcp.outOfOrder,
            payload: side(tcp.payload),
            initialRoundTrip: tcp.initialRoundTrip,
            completeness: tcp.completeness,
            state: tcp.state,
            outcome: outcomeOf(tcp),
            ends: endsOf(count.endStates, id, totals.turned),
            client: (tcp.client === 0) !== totals.turned ? 'a' : 'b',
          },
  }
}

/** States of ends a and b. */
function endsOf(states: EndStates, stream: number, turned: boolean): [string, string] {
  const [first, second] = states.of(stream)
  return turned ? [second, first] : [first, second]
}

/** Cells of a row, in the order that the page's titles have. */
function csvRow({ id, a, b, packets, bytes, start, duration, tcp }: ConversationRow): string[] {
  const bits = (count: number): string => (duration > 0 ? String(Math.round((count * 8) / duration)) : '')
  const end = ({ address, port }: ConversationRow['a']): string[] => (port === null ? [address] : [address, String(port)])
  const ends = [...(a.port === null ? [] : [String(id)]), ...end(a), ...end(b)]
  const numbers = [packets[0] + packets[1], bytes[0] + bytes[1], packets[0], bytes[0], packets[1], bytes[1]].map(String)
  const times = [start.toFixed(9), duration.toFixed(9), bits(bytes[0]), bits(bytes[1])]
  if (tcp === null) return [...ends, ...numbers, ...times]
  return [
    ...ends,
    ...numbers,
    ...times,
    tcp.initialRoundTrip?.toFixed(9) ?? '',
    String(tcp.retransmissions),
    String(tcp.completeness),
    tcp.state,
    ...tcp.ends,
  ]
}

function endpointOf({ conversations }: ConversationCount, { address, port, frames, bytes }: EndpointTotals): EndpointRow {
  return {
    end: { address: conversations.addressText(address), port: conversations.ported ? port : null },
    sentPackets: frames[0],
    sentBytes: bytes[0],
    receivedPackets: frames[1],
    receivedBytes: bytes[1],
  }
}
