// The overview strip as data: bars, gaps, ticks, and the filter of a brushed range. Times are seconds since the first packet.
import { roundStep } from '../../../shared/round-steps'
import type { OverviewBucket } from '../../../shared/contract'

/** A stretch without packets, as shares of the width. */
export interface Gap {
  readonly from: number
  readonly to: number
}

/** Number of packets in a bucket. */
export function bucketTotal(bucket: OverviewBucket): number {
  return bucket.counts.reduce((sum, count) => sum + count, 0)
}

/** Gaps of at least `share` of the width between two packets, longest first. */
export function findGaps(buckets: readonly OverviewBucket[], share: number): readonly Gap[] {
  const gaps: Gap[] = []
  let start = -1
  buckets.forEach((bucket, index) => {
    if (bucketTotal(bucket) > 0) {
      if (start >= 0 && (index - start) / buckets.length >= share) gaps.push({ from: start / buckets.length, to: index / buckets.length })
      start = index + 1
    }
  })
  return gaps.sort((a, b) => b.to - b.from - (a.to - a.from))
}

/** Round times for about one tick every `spacing` pixels. */
export function ticks(from: number, to: number, width: number, spacing: number): readonly number[] {
  const span = to - from
  if (span <= 0 || width <= 0) return []
  const wanted = (span * spacing) / width
  const step = niceStep(wanted)
  const found: number[] = []
  for (let value = Math.ceil(from / step - 1e-9) * step; value <= to; value += step) found.push(Number(value.toPrecision(12)))
  return found
}

/** The next larger round step: 1, 2, 5 times a power of ten below a minute, then parts of minutes, hours and days. */
export function niceStep(wanted: number): number {
  const long = [60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400]
  if (wanted > 50) return long.find((step) => step >= wanted) ?? Math.ceil(wanted / 86400) * 86400
  return roundStep(wanted)
}

/** Label of a tick: seconds with the decimals of the step, or h:mm:ss for long captures. */
export function tickLabel(value: number, step: number): string {
  if (step >= 60 || value >= 6000) {
    const seconds = Math.round(value)
    const hours = Math.floor(seconds / 3600)
    const minutes = Math.floor((seconds % 3600) / 60)
    const rest = String(seconds % 60).padStart(2, '0')
    return hours > 0 ? `${String(hours)}:${String(minutes).padStart(2, '0')}:${rest}` : `${String(minutes)}:${rest}`
  }
  if (step >= 1) return `${String(Math.round(value))} s`
  if (step >= 1e-3) return value === 0 ? '0 s' : `${Number((value * 1e3).toPrecision(9)).toString()} ms`
  return value === 0 ? '0 s' : `${Number((value * 1e6).toPrecision(9)).toString()} µs`
}

/** The bucket in which a packet lies, by the first packet of each bucket; -1 if none. Exact for captures in time order. */
export function bucketOfPacket(buckets: readonly OverviewBucket[], number: number): number {
  let found = -1
  buckets.forEach((bucket, index) => {
    if (bucket.firstPacket > 0 && bucket.firstPacket <= number) found = index
  })
  return found
}

const RANGE = /\s*(?:&&\s*)?frame\.time_relative >= [\d.e-]+ && frame\.time_relative <= [\d.e-]+/

/** A filter without the range that a brush had added. */
export function withoutRange(filter: string): string {
  return filter.replace(RANGE, '').trim()
}

/** The display filter of a range, added to what is in force; an earlier range is replaced. */
export function rangeFilter(filter: string, from: number, to: number): string {
  const seconds = (value: number): string => String(Number(value.toFixed(9)))
  const range = `frame.time_relative >= ${seconds(from)} && frame.time_relative <= ${seconds(to)}`
  const rest = withoutRange(filter)
  if (rest === '') return range
  return /(\|\||\bor\b)/.test(rest) && !/^\(.*\)$/.test(rest) ? `(${rest}) && ${range}` : `${rest} && ${range}`
}
