// What became of each packet of one direction, from the matches of both captures.
import { FIN, SYN } from '../../protocols/transport/tcp/analysis-flags'
import type { Matches } from './match-packets'
import type { Way } from './way'

/** What became of a packet. */
export type Fate =
  /** Seen at both places. */
  | 'arrived'
  /** Some of its bytes did not arrive (it was split on its way, or behind the place where it was captured). */
  | 'partly-lost'
  /** Never seen at the other place, while that was captured. */
  | 'lost'
  /** Not seen at the other place, whose endpoint acknowledged its bytes all the same: that capture missed it. */
  | 'missed'
  /** A further arrival of a packet that was sent once. */
  | 'repeated'
  /** Seen where it arrived, though not where it was sent: that capture missed it, or something in between made it. */
  | 'appeared'
  /** Seen at one place only, because the other capture had not begun or had ended. */
  | 'outside'

/** 0 is the client and the place near it, 1 the server. */
export type End = 0 | 1

/** A packet on its way between the two places. Times are nanoseconds on the common clock: the first capture's, since its first packet. */
export interface Passage {
  readonly from: End
  readonly fate: Fate
  /** Index in the sending end's segments; -1 where its capture does not have it. */
  readonly sent: number
  /** Indices in the receiving end's segments, in order of arrival; several where it came in pieces. */
  readonly arrived: readonly number[]
  /** NaN where it was not seen. */
  readonly sentAt: number
  /** Of the last piece; NaN where it was not seen. */
  readonly arrivedAt: number
  /** Bytes that are missing of a partly lost packet. */
  readonly missing: number
  /** Packets sent later that arrived earlier. */
  readonly overtakenBy: number
  /** Delay beyond the usual one of its direction, where that is remarkable; else 0. Nanoseconds. */
  readonly late: number
}

/** A way with its times on the common clock. */
export interface TimedWay {
  readonly way: Way
  readonly time: (own: number) => number
}

/** Delays of a direction in nanoseconds; NaN without packets. */
export interface Delays {
  readonly usual: number
  readonly shortest: number
  readonly longest: number
}

/** A delay is remarkable from here, beyond what the direction's own spread explains. */
const LEAST_LATE_NS = 500_000

/** Packets that the end `from` sent or that arrived from it, in no particular order. `answers` is what the other end sends, as captured there. */
export function passagesOf(
  from: End,
  sending: TimedWay,
  receiving: TimedWay,
  matches: Matches,
  answers: Way,
): { passages: Passage[]; delays: Delays } {
  const sentAt = sending.way.time.map(sending.time)
  const arrivedAt = receiving.way.time.map(receiving.time)
  const delayOf = (place: number): number => (arrivedAt[matches.arrivals[place]?.at(-1) ?? -1] ?? NaN) - (sentAt[place] ?? NaN)
  const sorted = sentAt
    .map((_at, place) => delayOf(place))
    .filter((delay) => !Number.isNaN(delay))
    .sort((a, b) => a - b)
  const quantile = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
  const delays: Delays = { usual: quantile(0.5), shortest: sorted[0] ?? NaN, longest: sorted.at(-1) ?? NaN }
  const remarkable = Math.max(3 * (quantile(0.75) - quantile(0.25)), delays.usual / 4, LEAST_LATE_NS)
  const least = Number.isNaN(delays.shortest) ? 0 : delays.shortest
  const seen = coverage(receiving.way)
  const acknowledged = answers.acknowledgment.reduce((most, value) => Math.max(most, value), -1)
  const overtaken = overtakings(matches)
  const [begin, end] = [receiving.time(receiving.way.begin), receiving.time(receiving.way.end)]
  const fateOf = (place: number): Fate => {
    const at = (sentAt[place] ?? 0) + least
    if (at < begin || at > end) return 'outside'
    const first = sending.way.sequence[place] ?? 0
    const next = first + spanOf(sending.way, place)
    return next > first && acknowledged >= next && !seen(first, next) ? 'missed' : 'lost'
  }
  const passages: Passage[] = sentAt.map((at, place) => {
    const places = matches.arrivals[place] ?? []
    const missing = places.length === 0 ? 0 : missingOf(sending.way, place, receiving.way, places)
    const excess = delayOf(place) - delays.usual
    return {
      from,
      fate: places.length === 0 ? fateOf(place) : missing > 0 ? 'partly-lost' : 'arrived',
      sent: sending.way.index[place] ?? -1,
      arrived: places.map((one) => receiving.way.index[one] ?? -1),
      sentAt: at,
      arrivedAt: places.length === 0 ? NaN : (arrivedAt[places.at(-1) ?? 0] ?? NaN),
      missing,
      overtakenBy: overtaken[place] ?? 0,
      late: excess > remarkable ? excess : 0,
    }
  })
  const [sendingBegin, sendingEnd] = [sending.time(sending.way.begin), sending.time(sending.way.end)]
  for (const [place, at] of arrivedAt.entries()) {
    const copied = matches.copies.get(place)
    if (copied === undefined && matches.origins[place]?.length !== 0) continue
    const left = at - least
    passages.push({
      from,
      fate: copied !== undefined ? 'repeated' : left < sendingBegin || left > sendingEnd ? 'outside' : 'appeared',
      sent: copied === undefined ? -1 : (sending.way.index[copied] ?? -1),
      arrived: [receiving.way.index[place] ?? -1],
      sentAt: copied === undefined ? NaN : (sentAt[copied] ?? NaN),
      arrivedAt: at,
      missing: 0,
      overtakenBy: 0,
      late: 0,
    })
  }
  return { passages, delays }
}

/** Sequence numbers that a segment takes. */
function spanOf({ length, marks }: Way, place: number): number {
  return (length[place] ?? 0) + (((marks[place] ?? 0) & (SYN | FIN)) === 0 ? 0 : 1)
}

/** Bytes of a packet that none of its arrivals brought. */
function missingOf(sent: Way, place: number, arrived: Way, places: readonly number[]): number {
  const first = sent.sequence[place] ?? 0
  const next = first + (sent.length[place] ?? 0)
  const pieces = places
    .map((one) => [arrived.sequence[one] ?? 0, (arrived.sequence[one] ?? 0) + (arrived.length[one] ?? 0)] as const)
    .sort((a, b) => a[0] - b[0])
  let [missing, reached] = [0, first]
  for (const [from, to] of pieces) {
    missing += Math.max(0, Math.min(from, next) - reached)
    reached = Math.max(reached, to)
  }
  return missing + Math.max(0, next - reached)
}

/** Tells whether any byte between two numbers was captured there. */
function coverage(way: Way): (from: number, to: number) => boolean {
  const ranges = way.sequence
    .map((sequence, place) => [sequence, sequence + spanOf(way, place)] as const)
    .filter(([from, to]) => to > from)
    .sort((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const [from, to] of ranges) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return (from, to) => {
    let low = 0
    let high = merged.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((merged[middle]?.[1] ?? 0) <= from) low = middle + 1
      else high = middle
    }
    return (merged[low]?.[0] ?? Infinity) < to
  }
}

/** For each packet sent: how many that were sent later arrived earlier. Counted from the last one backwards, in a tree of partial sums over places of arrival. */
function overtakings({ arrivals, origins }: Matches): number[] {
  const sums = new Uint32Array(origins.length + 1)
  const counts = arrivals.map(() => 0)
  for (let place = arrivals.length - 1; place >= 0; place--) {
    const arrival = arrivals[place]?.[0]
    if (arrival === undefined) continue
    let count = 0
    for (let at = arrival; at > 0; at -= at & -at) count += sums[at] ?? 0
    counts[place] = count
    for (let at = arrival + 1; at < sums.length; at += at & -at) sums[at] = (sums[at] ?? 0) + 1
  }
  return counts
}
