// Which packet of the capture at the receiver is which of the capture at the sender, for one direction.
//
// Most packets are the only ones with their numbers, and match by them. Where the same numbers were sent or arrived more than once, the packet's
// identification and time stamp tell the transmissions apart, as far as the path keeps them; otherwise the order of times does. What is left over
// carries bytes in other portions (offloading hands the capture several segments as one, at either end) and is matched by its bytes.
import { RST } from '../../protocols/transport/tcp/analysis-flags'
import type { Trace } from '../../index/trace'
import type { ClockSample } from './clock-offset'
import { packetHeader } from './packet-header'
import type { Way } from './way'

/** Which arrivals belong to what was sent; places in the ways' arrays. */
export interface Matches {
  /** By place in `sent`: places in `arrived`, in order of arrival. More than one where it arrived in pieces. */
  readonly arrivals: readonly (readonly number[])[]
  /** By place in `arrived`: the packets that it carries; none where the sender's capture has no such packet. */
  readonly origins: readonly (readonly number[])[]
  /** Arrivals beyond the first of a packet that was sent once: the network repeated it. By place in `arrived`: place in `sent`. */
  readonly copies: ReadonlyMap<number, number>
}

/** Packets with the same numbers, sent and arrived. */
interface Group {
  readonly sent: number[]
  readonly arrived: number[]
}

/** Whether a packet may have been there by the time of an arrival. */
type Possible = (sent: number, arrived: number) => boolean

/** Pairs looked at to find out whether the path keeps identification and time stamps. */
const PROBES = 40

/** Matches the packets of one direction in two steps: first those that their numbers prove, from which the clock is known; then the rest. */
export class PacketMatcher {
  private readonly sent: Way
  private readonly arrived: Way
  private readonly unclear: Group[] = []
  private readonly arrivals: number[][]
  private readonly origins: number[][]
  private readonly copies = new Map<number, number>()
  private readonly prints = new Map<string, string | undefined>()
  private readonly certain: (readonly [number, number])[] = []

  constructor(sent: Way, arrived: Way) {
    this.sent = sent
    this.arrived = arrived
    this.arrivals = sent.index.map(() => [])
    this.origins = arrived.index.map(() => [])
    const groups = new Map<string, Group>()
    const add = (way: Way, which: 'sent' | 'arrived'): void => {
      for (let place = 0; place < way.index.length; place++) {
        const key = `${way.sequence[place]} ${way.length[place]} ${way.marks[place]} ${(way.marks[place] ?? 0) & RST ? '' : way.acknowledgment[place]}`
        let group = groups.get(key)
        if (group === undefined) groups.set(key, (group = { sent: [], arrived: [] }))
        group[which].push(place)
      }
    }
    add(sent, 'sent')
    add(arrived, 'arrived')
    const repeated = repeatedBytes(sent)
    for (const group of groups.values()) {
      const [one = -1] = group.sent
      const [other = -1] = group.arrived
      if (group.sent.length === 1 && group.arrived.length === 1 && !repeated.has(one)) {
        this.pair(one, other)
        this.certain.push([one, other])
      } else if (group.sent.length > 0 && group.arrived.length > 0) this.unclear.push(group)
    }
  }

  private pair(sent: number, arrived: number): void {
    this.arrivals[sent]?.push(arrived)
    this.origins[arrived]?.push(sent)
  }

  /** Times of the packets that the numbers alone prove. */
  samples(): ClockSample[] {
    return this.certain.map(([sent, arrived]) => ({
      at: this.sent.time[sent] ?? 0,
      difference: (this.arrived.time[arrived] ?? 0) - (this.sent.time[sent] ?? 0),
    }))
  }

  /** A packet as both captures have it, by trace and frame: where it was sent, where it arrived. Undefined when there is none. */
  proven(): readonly [readonly [Trace, number], readonly [Trace, number]] | undefined {
    const [pair] = this.certain
    if (pair === undefined) return undefined
    return [
      [this.sent.trace, this.sent.frame[pair[0]] ?? 1],
      [this.arrived.trace, this.arrived.frame[pair[1]] ?? 1],
    ]
  }

  /** Second step: the rest. Takes both ways' times to the common clock; `slack` is how far (ns) that may be wrong. */
  finish(common: { readonly sent: (time: number) => number; readonly arrived: (time: number) => number }, slack: number): Matches {
    const kept = this.printsKept()
    const possible: Possible = (sent, arrived) =>
      common.arrived(this.arrived.time[arrived] ?? 0) - common.sent(this.sent.time[sent] ?? 0) >= -slack
    for (const group of this.unclear) this.settle(group, kept, possible)
    this.byBytes(kept, possible)
    for (const group of this.unclear) this.repeats(group, possible)
    return { arrivals: this.arrivals, origins: this.origins, copies: this.copies }
  }

  /** Identification and time stamp of a packet; undefined where it has neither. */
  private print(way: Way, place: number): string | undefined {
    const key = `${way === this.sent ? 's' : 'a'}${place}`
    if (!this.prints.has(key)) {
      const { identification, timestamp } = packetHeader(way.trace, way.frame[place] ?? 1)
      const parts = [identification === undefined || Number(identification) === 0 ? '' : identification, timestamp ?? '']
      this.prints.set(key, parts.every((part) => part === '') ? undefined : parts.join(' '))
    }
    return this.prints.get(key)
  }

  /** Whether packets that match by their numbers also carry the same identification and time stamp. */
  private printsKept(): boolean {
    const step = Math.max(1, Math.floor(this.certain.length / PROBES))
    const probes = this.certain
      .filter((_pair, index) => index % step === 0)
      .map(([one, other]) => [this.print(this.sent, one), this.print(this.arrived, other)] as const)
    return probes.some(([one]) => one !== undefined) && probes.every(([one, other]) => one === other)
  }

  private settle({ sent, arrived }: Group, kept: boolean, possible: Possible): void {
    const open = new Set(sent)
    const rest: number[] = []
    const byPrint = new Map<string, number>()
    if (kept) for (const one of sent) byPrint.set(this.print(this.sent, one) ?? '', one)
    // a print that two transmissions share tells nothing
    const tells = kept && byPrint.size === sent.length && !byPrint.has('')
    for (const place of arrived) {
      const one = tells ? byPrint.get(this.print(this.arrived, place) ?? '') : undefined
      if (!tells) rest.push(place)
      else if (one !== undefined && open.delete(one)) this.pair(one, place)
      else if (one !== undefined) this.copies.set(place, one)
    }
    // By time: the last ones that can have been there by then, since what is missing was lost before it was sent again.
    for (const place of rest.toReversed()) {
      const one = sent.findLast((candidate) => open.has(candidate) && possible(candidate, place))
      if (one !== undefined && open.delete(one)) this.pair(one, place)
    }
    for (const one of sent) this.arrivals[one]?.sort((a, b) => a - b)
  }

  /** What is left over, by the bytes that it carries. */
  private byBytes(kept: boolean, possible: Possible): void {
    const { sent, arrived } = this
    const free = sent.index
      .map((_index, place) => place)
      .filter((place) => (sent.length[place] ?? 0) > 0 && this.arrivals[place]?.length === 0)
    free.sort((a, b) => (sent.sequence[a] ?? 0) - (sent.sequence[b] ?? 0) || a - b)
    const longest = free.reduce((most, place) => Math.max(most, sent.length[place] ?? 0), 0)
    for (let place = 0; place < arrived.index.length && free.length > 0; place++) {
      if ((arrived.length[place] ?? 0) === 0 || this.origins[place]?.length !== 0 || this.copies.has(place)) continue
      for (const one of this.carriers(overlapping(sent, free, longest, arrived, place), place, kept, possible)) this.pair(one, place)
    }
  }

  /** Of the packets that overlap an arrival, those whose bytes it brings: each byte from one transmission. */
  private carriers(candidates: readonly number[], place: number, kept: boolean, possible: Possible): number[] {
    const { sent, arrived } = this
    const from = arrived.sequence[place] ?? 0
    const to = from + (arrived.length[place] ?? 0)
    const stamp = kept ? this.stampOf(arrived, place) : undefined
    const likely = candidates.filter(
      (one) =>
        possible(one, place) && (stamp === undefined || (this.stampOf(sent, one) ?? stamp) === stamp) && !this.brought(one, from, to),
    )
    const whole = likely.findLast((one) => (sent.sequence[one] ?? 0) <= from && (sent.sequence[one] ?? 0) + (sent.length[one] ?? 0) >= to)
    if (whole !== undefined) return [whole]
    // merged: the last transmission of each portion
    const byStart = new Map<number, number>()
    for (const one of likely) byStart.set(sent.sequence[one] ?? 0, one)
    return [...byStart.values()]
  }

  /** Whether a piece of a packet has arrived already. */
  private brought(one: number, from: number, to: number): boolean {
    const { arrived } = this
    return (
      this.arrivals[one]?.some((place) => {
        const begin = arrived.sequence[place] ?? 0
        return begin < to && begin + (arrived.length[place] ?? 0) > from
      }) === true
    )
  }

  private stampOf(way: Way, place: number): string | undefined {
    return this.print(way, place)?.split(' ')[1]
  }

  /** Arrivals with the numbers of a packet that has arrived already. */
  private repeats({ sent, arrived }: Group, possible: Possible): void {
    for (const place of arrived) {
      if (this.origins[place]?.length !== 0 || this.copies.has(place)) continue
      const one = sent.findLast((candidate) => this.arrivals[candidate]?.length !== 0 && possible(candidate, place))
      if (one !== undefined) this.copies.set(place, one)
    }
  }
}

/** Packets of `free` (in order of their numbers, none longer than `longest`) that share bytes with an arrival; in order of sending. */
function overlapping(sent: Way, free: readonly number[], longest: number, arrived: Way, place: number): number[] {
  const from = arrived.sequence[place] ?? 0
  const to = from + (arrived.length[place] ?? 0)
  let low = 0
  let high = free.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sent.sequence[free[middle] ?? 0] ?? 0) <= from - longest) low = middle + 1
    else high = middle
  }
  const found: number[] = []
  for (let at = low; at < free.length; at++) {
    const one = free[at] ?? 0
    const begin = sent.sequence[one] ?? 0
    if (begin >= to) break
    if (begin + (sent.length[one] ?? 0) > from) found.push(one)
  }
  return found.sort((a, b) => a - b)
}

/** Places whose bytes were sent before or after as well: their numbers may belong to another transmission in other portions. */
function repeatedBytes({ sequence, length }: Way): Set<number> {
  const order = sequence.map((_value, place) => place).filter((place) => (length[place] ?? 0) > 0)
  order.sort((a, b) => (sequence[a] ?? 0) - (sequence[b] ?? 0))
  const repeated = new Set<number>()
  let [reach, holder] = [-Infinity, -1]
  for (const place of order) {
    const begin = sequence[place] ?? 0
    const end = begin + (length[place] ?? 0)
    if (begin < reach) {
      repeated.add(place)
      repeated.add(holder)
    }
    if (end > reach) [reach, holder] = [end, place]
  }
  return repeated
}
