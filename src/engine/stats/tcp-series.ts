// Series of one direction of a TCP connection over time: sequence numbers, acknowledgments, the offered window, round trips, throughput. Thinned out so
// that a million segments draw as fast as a thousand: what sticks out of a stretch stays.
import type { Trace } from '../index/trace'
import { ACK, ANALYSIS, FIN, SYN } from '../protocols/transport/tcp/analysis-flags'
import { offeredWindow, streamSegments, type StreamSegments } from '../session/tcp/stream-segments'

/** A value at a time (seconds since the capture's first packet), and the frame that it comes from. */
export interface SeriesPoint {
  readonly time: number
  readonly value: number
  readonly frame: number
}

/** A segment from its first to its last sequence number. */
export interface SegmentMark {
  readonly time: number
  readonly low: number
  readonly high: number
  readonly frame: number
  readonly kind: 'data' | 'retransmission' | 'out-of-order'
}

/** Everything that is drawn of a direction. Sequence numbers are relative; round trips in milliseconds; throughput in bits a second. */
export interface TcpSeries {
  readonly segments: readonly SegmentMark[]
  readonly acknowledged: readonly SeriesPoint[]
  /** Highest number that the receiver allows: acknowledgment plus window. */
  readonly limit: readonly SeriesPoint[]
  readonly window: readonly SeriesPoint[]
  readonly roundTrips: readonly SeriesPoint[]
  /** How many there are in the range; fewer are given. */
  readonly roundTripCount: number
  readonly throughput: readonly SeriesPoint[]
  /** Width of a throughput bar in seconds. */
  readonly interval: number
  /** Times of the connection's first and last segment. */
  readonly from: number
  readonly to: number
  readonly count: number
}

const BARS = 120

/** Reads the series of what `direction` (0 = as the stream's first packet) sends, within a time range, with about `points` points a series. */
export function tcpSeries(
  trace: Trace,
  stream: number,
  direction: 0 | 1,
  range: { readonly from: number; readonly to: number } | undefined,
  points: number,
): TcpSeries {
  const all = streamSegments(trace, stream)
  const first = all.time[0] ?? 0
  const last = all.time[all.count - 1] ?? first
  const from = range?.from ?? first
  const to = Math.max(range?.to ?? last, from + 1e-6)
  const segments: SegmentMark[] = []
  const acknowledged: SeriesPoint[] = []
  const limit: SeriesPoint[] = []
  const window: SeriesPoint[] = []
  const roundTrips: SeriesPoint[] = []
  const interval = niceInterval((to - from) / BARS)
  const bars = new Map<number, { bytes: number; frame: number }>()
  const base = all.base[direction]
  for (let index = 0; index < all.count; index++) {
    const time = all.time[index] ?? 0
    if (time < from || time > to) continue
    const frame = all.frame[index] ?? 0
    const flags = all.flags[index] ?? 0
    if (all.direction[index] === direction) {
      const length = all.length[index] ?? 0
      const low = ((all.sequence[index] ?? 0) - base) >>> 0
      if (length > 0 || (flags & (SYN | FIN)) !== 0)
        segments.push({ time, low, high: low + Math.max(1, length), frame, kind: kindOf(all.analysis[index] ?? 0) })
      const bar = Math.floor((time - from) / interval)
      const sum = bars.get(bar)
      if (sum === undefined) bars.set(bar, { bytes: length, frame })
      else sum.bytes += length
      continue
    }
    const offered = offeredWindow(all, index)
    if ((flags & SYN) === 0) window.push({ time, value: offered, frame })
    if ((flags & ACK) === 0) continue
    const ack = ((all.acknowledgment[index] ?? 0) - base) >>> 0
    acknowledged.push({ time, value: ack, frame })
    limit.push({ time, value: ack + offered, frame })
    const trip = roundTripOf(all, index)
    if (trip !== undefined) roundTrips.push({ time, value: trip * 1000, frame })
  }
  return {
    segments: thinSegments(segments, points),
    acknowledged: thin(acknowledged, points),
    limit: thin(limit, points),
    window: thin(window, points),
    roundTrips: thin(roundTrips, points),
    roundTripCount: roundTrips.length,
    throughput: barsOf(bars, from, to, interval),
    interval,
    from: first,
    to: last,
    count: all.count,
  }
}

function kindOf(analysis: number): SegmentMark['kind'] {
  if ((analysis & (ANALYSIS.RETRANSMISSION | ANALYSIS.FAST_RETRANSMISSION | ANALYSIS.SPURIOUS_RETRANSMISSION)) !== 0)
    return 'retransmission'
  return (analysis & ANALYSIS.OUT_OF_ORDER) !== 0 ? 'out-of-order' : 'data'
}

/** Seconds from the segment that an acknowledgment answers. */
function roundTripOf(all: StreamSegments, index: number): number | undefined {
  const acked = all.acksFrame[index] ?? 0
  if (acked === 0) return undefined
  // Frames stand in order.
  let low = 0
  let high = index
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((all.frame[middle] ?? 0) < acked) low = middle + 1
    else high = middle
  }
  return all.frame[low] === acked ? (all.time[index] ?? 0) - (all.time[low] ?? 0) : undefined
}

function barsOf(bars: ReadonlyMap<number, { readonly bytes: number; readonly frame: number }>, from: number, to: number, interval: number) {
  const points: SeriesPoint[] = []
  for (let bar = 0; bar <= Math.floor((to - from) / interval); bar++) {
    const sum = bars.get(bar)
    points.push({ time: from + bar * interval, value: ((sum?.bytes ?? 0) * 8) / interval, frame: sum?.frame ?? 0 })
  }
  return points
}

/** 1, 2 or 5 times a power of ten, at least `least`. */
function niceInterval(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1e-6)))
  return ([1, 2, 5].find((step) => step * power >= least) ?? 10) * power
}

/** Keeps of each stretch its first, lowest, highest and last point. */
function thin(points: readonly SeriesPoint[], most: number): SeriesPoint[] {
  if (points.length <= most) return [...points]
  const kept: SeriesPoint[] = []
  const step = (points.length * 4) / most
  for (let start = 0; start < points.length; start += step) {
    const stretch = points.slice(Math.floor(start), Math.floor(start + step))
    const chosen = new Set<SeriesPoint | undefined>([
      stretch[0],
      stretch.reduce((a, b) => (b.value < a.value ? b : a), stretch[0] ?? NOTHING),
      stretch.reduce((a, b) => (b.value > a.value ? b : a), stretch[0] ?? NOTHING),
      stretch.at(-1),
    ])
    for (const point of stretch) if (chosen.has(point)) kept.push(point)
  }
  return kept
}
const NOTHING: SeriesPoint = { time: 0, value: 0, frame: 0 }

/** Neighbouring ordinary segments become one longer mark; what was repeated or came late stays. */
function thinSegments(marks: readonly SegmentMark[], most: number): SegmentMark[] {
  if (marks.length <= most) return [...marks]
  const step = Math.ceil(marks.length / most)
  const kept: SegmentMark[] = []
  for (let start = 0; start < marks.length; start += step) {
    const stretch = marks.slice(start, start + step)
    const plain = stretch.filter(({ kind }) => kind === 'data')
    const [first] = plain
    if (first !== undefined) {
      kept.push({
        ...first,
        low: plain.reduce((low, mark) => Math.min(low, mark.low), first.low),
        high: plain.reduce((high, mark) => Math.max(high, mark.high), first.high),
      })
    }
    kept.push(...stretch.filter(({ kind }) => kind !== 'data'))
  }
  return kept
}
