// One TCP connection in two captures, one nearer to the client and one nearer to the server: which packet is which, how the clocks differ, and what became
// of each packet on its way between the two places.
import type { Trace } from '../../index/trace'
import { ACK, SYN } from '../../protocols/transport/tcp/analysis-flags'
import { streamSegments, type StreamSegments } from '../tcp/stream-segments'
import { estimateClock, offsetAt, type ClockOffset, type ClockSample } from './clock-offset'
import { PacketMatcher } from './match-packets'
import { packetHeader } from './packet-header'
import { passagesOf, type Delays, type End, type Passage } from './passages'
import type { SameConnection } from './same-connection'
import { wayOf, type Way } from './way'

/** Both captures laid together. Pairs are by end: at the client, at the server. */
export interface BothEnds {
  readonly traces: readonly [Trace, Trace]
  readonly segments: readonly [StreamSegments, StreamSegments]
  /** Stream direction of what the client sends, in each capture. */
  readonly clientDirection: readonly [0 | 1, 0 | 1]
  /** Which end the first capture, whose clock counts, is at. */
  readonly firstEnd: End
  /** What tells which capture is at the client: delays, which are not negative; hops, which a packet loses on its way; or nothing. */
  readonly placed: 'delays' | 'hops' | 'nothing'
  readonly same: SameConnection
  /** Undefined where no packet is in both captures. */
  readonly clock: ClockOffset | undefined
  /** In order of time: when sent, or when arrived where only that is known. */
  readonly passages: readonly Passage[]
  /** Of what the client sends, and of what the server sends. */
  readonly delays: readonly [Delays, Delays]
}

/** Lays two captures of a connection together. `first` gives the common clock. */
export function bothEnds(first: Trace, stream: number, second: Trace, same: SameConnection): BothEnds {
  const segments = [streamSegments(first, stream), streamSegments(second, same.stream)] as const
  const known = clientOf(segments[0]) ?? turned(clientOf(segments[1]), same.turned)
  const client = known ?? portsTell(first, stream)
  const [toServer, toClient] = [client, client === 0 ? 1 : 0] as const
  const bases = [0, 1].map((direction) => baseOf(segments, same, direction === 0 ? 0 : 1))
  const way = (capture: 0 | 1, direction: 0 | 1): Way => {
    const move = (which: number): number => (bases[which] ?? 0) + (capture === 0 ? 0 : (same.shift[which] ?? 0))
    const own = capture === 0 ? direction : turned(direction, same.turned)
    return wayOf(capture === 0 ? first : second, first, segments[capture], {
      direction: own,
      base: move(direction),
      answerBase: move(1 - direction),
    })
  }
  // By capture, then by the end that sends.
  const ways = [
    [way(0, toServer), way(0, toClient)],
    [way(1, toServer), way(1, toClient)],
  ] as const
  const matchersFor = (firstEnd: End) =>
    firstEnd === 0
      ? ([new PacketMatcher(ways[0][0], ways[1][0]), new PacketMatcher(ways[1][1], ways[0][1])] as const)
      : ([new PacketMatcher(ways[1][0], ways[0][0]), new PacketMatcher(ways[0][1], ways[1][1])] as const)
  const trial = matchersFor(0)
  const [firstEnd, placed] = placeOf(trial)
  const matchers = firstEnd === 0 ? trial : matchersFor(firstEnd)
  const samples = (end: End): ClockSample[] =>
    end === firstEnd
      ? matchers[end].samples()
      : // timed by the other clock where it was sent: the place of arrival has the first one
        matchers[end].samples().map(({ at, difference }) => ({ at: at + difference, difference }))
  const clock = estimateClock(samples(firstEnd), samples(firstEnd === 0 ? 1 : 0))
  const common = (capture: 0 | 1) => (time: number) =>
    capture === 0 || clock === undefined ? time : time - offsetAt(clock, time - clock.offset)
  const slack = clock?.uncertainty ?? Infinity
  const sides = ([0, 1] as const).map((from) => {
    const [at, there] = from === firstEnd ? ([0, 1] as const) : ([1, 0] as const)
    return passagesOf(
      from,
      { way: ways[at][from], time: common(at) },
      { way: ways[there][from], time: common(there) },
      matchers[from].finish({ sent: common(at), arrived: common(there) }, slack),
      ways[there][from === 0 ? 1 : 0],
    )
  })
  const passages = sides
    .flatMap((side) => side.passages)
    .sort((one, two) => whenOf(one) - whenOf(two) || one.from - two.from || one.sent - two.sent)
  const none: Delays = { usual: NaN, shortest: NaN, longest: NaN }
  const second0 = turned(client, same.turned)
  return {
    traces: firstEnd === 0 ? [first, second] : [second, first],
    segments: firstEnd === 0 ? segments : [segments[1], segments[0]],
    clientDirection: firstEnd === 0 ? [client, second0] : [second0, client],
    firstEnd,
    placed,
    same,
    clock,
    passages,
    delays: [sides[0]?.delays ?? none, sides[1]?.delays ?? none],
  }
}

/** When a packet is first seen: where it was sent, or else where it arrived. */
export function whenOf({ sentAt, arrivedAt }: Passage): number {
  return Number.isNaN(sentAt) ? arrivedAt : sentAt
}

/** Where the first capture was taken, from a trial that takes it to be at the client: if that makes the delays of a round trip negative, it was at the server. */
function placeOf([there, back]: readonly [PacketMatcher, PacketMatcher]): readonly [End, BothEnds['placed']] {
  const middle = (matcher: PacketMatcher): number => {
    const sorted = matcher
      .samples()
      .map(({ difference }) => difference)
      .sort((a, b) => a - b)
    return sorted[sorted.length >> 1] ?? NaN
  }
  const roundTrip = middle(there) + middle(back)
  if (roundTrip > 0 || roundTrip < 0) return [roundTrip > 0 ? 0 : 1, 'delays']
  for (const matcher of [there, back]) {
    const pair = matcher.proven()
    const lost = pair === undefined ? 0 : Number(packetHeader(...pair[0]).hops ?? 0) - Number(packetHeader(...pair[1]).hops ?? 0)
    if (lost !== 0) return [lost > 0 ? 0 : 1, 'hops']
  }
  return [0, 'nothing']
}

/** Direction that the client sends in, where the opening tells. */
function clientOf({ flags, direction }: StreamSegments): 0 | 1 | undefined {
  const syn = flags.findIndex((bits) => (bits & SYN) !== 0)
  if (syn < 0) return undefined
  const sender = direction[syn] === 1 ? 1 : 0
  return ((flags[syn] ?? 0) & ACK) === 0 ? sender : turned(sender, true)
}

function portsTell({ conversations: { tcp } }: Trace, stream: number): 0 | 1 {
  return tcp.sourcePort(stream) >= tcp.destinationPort(stream) ? 0 : 1
}

function turned(direction: 0 | 1, isTurned: boolean): 0 | 1
function turned(direction: 0 | 1 | undefined, isTurned: boolean): 0 | 1 | undefined
function turned(direction: 0 | 1 | undefined, isTurned: boolean): 0 | 1 | undefined {
  return direction === undefined || !isTurned ? direction : direction === 0 ? 1 : 0
}

/** First number of a direction as the first capture counts; from the second one where the first has nothing of it. */
function baseOf([one, two]: readonly [StreamSegments, StreamSegments], same: SameConnection, direction: 0 | 1): number {
  if (one.direction.includes(direction)) return one.base[direction]
  return two.base[turned(direction, same.turned)] - same.shift[direction]
}
