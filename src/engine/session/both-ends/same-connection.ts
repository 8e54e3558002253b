// Which TCP stream of another capture is the same connection: by addresses and ports, by the numbers that it counts from, and, where something in
// between rewrote both, by what it carried.
import type { Trace } from '../../index/trace'
import { SYN } from '../../protocols/transport/tcp/analysis-flags'
import { F_BASE, F_NEXT } from '../../core/layout'
import { tcpTracker } from '../../protocols/transport/tcp/tracker'
import { streamSegments, type StreamSegments } from '../tcp/stream-segments'
import { packetHeader } from './packet-header'

/** Why a stream is taken for the same connection. */
export interface SameConnection {
  readonly stream: number
  /** Its direction 0 (as its first packet) is the other capture's direction 1. */
  readonly turned: boolean
  /** Endpoints (address and port) that both captures show alike: 2, 1 or 0. */
  readonly endpoints: number
  /** Raw numbers: the same in both captures, or counted from another start by something in between. */
  readonly numbers: 'same' | 'moved'
  /** Raw number in the other capture minus raw number in the first, by the first capture's direction. */
  readonly shift: readonly [number, number]
}

/** Streams of `other` that are the connection `stream` of `trace`, the likeliest first. */
export function sameConnections(trace: Trace, stream: number, other: Trace): SameConnection[] {
  const own = endsOf(trace, stream)
  const ranges = rangesOf(trace, stream)
  const found: (SameConnection & { readonly score: number })[] = []
  for (let candidate = 0; candidate < other.conversations.tcp.count; candidate++) {
    const ends = endsOf(other, candidate)
    const straight = Number(own[0] === ends[0]) + Number(own[1] === ends[1])
    const across = Number(own[0] === ends[1]) + Number(own[1] === ends[0])
    for (const turned of [false, true]) {
      const endpoints = turned ? across : straight
      const numbers = likenessOfNumbers(ranges, rangesOf(other, candidate), turned)
      // large transfers overlap by chance: then an address has to agree as well
      if (numbers === 'equal' || (numbers === 'overlapping' && endpoints > 0))
        found.push({ stream: candidate, turned, endpoints, numbers: 'same', shift: [0, 0], score: 10 + endpoints })
      else if (endpoints > 0) {
        const shift = likeness(trace, stream, other, candidate, turned)
        if (shift !== undefined) found.push({ stream: candidate, turned, endpoints, numbers: 'moved', shift, score: endpoints })
      }
    }
  }
  return found
    .toSorted((one, two) => two.score - one.score || one.stream - two.stream)
    .map(({ stream: number, turned, endpoints, numbers, shift }) => ({ stream: number, turned, endpoints, numbers, shift }))
}

function endsOf({ conversations: { tcp, addresses } }: Trace, stream: number): readonly [string, string] {
  return [
    `${addresses.text(tcp.sourceAddress(stream))} ${tcp.sourcePort(stream)}`,
    `${addresses.text(tcp.destinationAddress(stream))} ${tcp.destinationPort(stream)}`,
  ]
}

/** First and next raw sequence number of both directions. */
function rangesOf(trace: Trace, stream: number): Ranges {
  const { flows } = tcpTracker(trace.session)
  return [0, 1].map((direction) => [flows.get(stream * 2 + direction, F_BASE), flows.get(stream * 2 + direction, F_NEXT)] as const)
}

type Ranges = readonly (readonly [number, number])[]

/** Whether two streams count alike in every direction that both have: from the same first number, or, where a capture began in the middle, in ranges
 *  that overlap. `turned` exchanges the second one's directions. */
function likenessOfNumbers(one: Ranges, two: Ranges, turned: boolean): 'equal' | 'overlapping' | undefined {
  let alike: 'equal' | 'overlapping' | undefined
  for (const direction of [0, 1]) {
    const [from = 0, to = 0] = one[direction] ?? []
    const [first = 0, next = 0] = two[turned ? 1 - direction : direction] ?? []
    const isSilent = (from === 0 && to === 0) || (first === 0 && next === 0)
    if (isSilent) continue
    if (from === first) alike = 'equal'
    else if (((first - to) | 0) <= 0 && ((from - next) | 0) <= 0) alike ??= 'overlapping'
    else return undefined
  }
  return alike
}

/** Where numbers were moved, both opening segments must be there, with the same time stamp or the same amount of data in each direction. */
function likeness(trace: Trace, stream: number, other: Trace, candidate: number, turned: boolean): readonly [number, number] | undefined {
  const [one, two] = [streamSegments(trace, stream), streamSegments(other, candidate)]
  const directions = [0, 1] as const
  const opened = directions.map((direction) => [openingOf(one, direction), openingOf(two, turned ? 1 - direction : direction)] as const)
  if (opened.some(([a, b]) => a < 0 || b < 0)) return undefined
  const stamps = opened.map(
    ([a, b]) => [packetHeader(trace, one.frame[a] ?? 0).timestamp, packetHeader(other, two.frame[b] ?? 0).timestamp] as const,
  )
  const sameStamps = stamps.every(([a, b]) => a !== undefined && a === b)
  const [mine, theirs] = [rangesOf(trace, stream), rangesOf(other, candidate)]
  const size = (of: Ranges, direction: number): number => {
    const [from = 0, to = 0] = of[direction] ?? []
    return (to - from) | 0
  }
  const sameSizes = directions.every((direction) => size(mine, direction) === size(theirs, turned ? 1 - direction : direction))
  // an opening alone has sizes that every connection has
  const carries = directions.some((direction) => size(mine, direction) > 2)
  if (!sameStamps && !(sameSizes && carries)) return undefined
  return [(two.base[turned ? 1 : 0] - one.base[0]) | 0, (two.base[turned ? 0 : 1] - one.base[1]) | 0]
}

function openingOf({ flags, direction }: StreamSegments, wanted: number): number {
  return flags.findIndex((bits, index) => (bits & SYN) !== 0 && direction[index] === wanted)
}
