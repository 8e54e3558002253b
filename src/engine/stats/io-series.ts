// Packets or bytes over time, in equal intervals: one series a filter. Values are counted on the whole list first and thinned never: the caller
// chooses an interval that gives as many as it can draw.
import type { Trace } from '../index/trace'

/** Intervals a series may have. */
export const MAX_INTERVALS = 100_000

/** One series: for each interval the packets and bytes in it, and its first packet (0 = none). */
export class IoSeries {
  readonly packets: Uint32Array
  readonly bytes: Float64Array
  readonly first: Uint32Array
  private readonly trace: Trace
  private readonly interval: number
  private readonly from: number

  /** `from` and `interval` in nanoseconds since the first packet; `count` intervals, at most MAX_INTERVALS. */
  constructor(trace: Trace, from: number, interval: number, count: number) {
    this.trace = trace
    this.from = from
    this.interval = Math.max(1, interval)
    const size = Math.min(Math.max(1, count), MAX_INTERVALS)
    this.packets = new Uint32Array(size)
    this.bytes = new Float64Array(size)
    this.first = new Uint32Array(size)
  }

  /** Counts a packet; those outside the time range are passed over. */
  add(number: number): void {
    const { records } = this.trace,
      row = number - 1
    const at = (records.seconds.get(row) - records.seconds.get(0)) * 1e9 + records.nanoseconds.get(row) - records.nanoseconds.get(0),
      index = Math.floor((at - this.from) / this.interval)
    if (index < 0 || index >= this.packets.length) return
    this.packets[index] = (this.packets[index] ?? 0) + 1
    this.bytes[index] = (this.bytes[index] ?? 0) + records.originalLength.get(row)
    if (this.first[index] === 0) this.first[index] = number
  }
}
