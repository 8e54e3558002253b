// The capture over time, for the strip above the list and the one beside its scroll bar.
import { PROTOCOL_CLASSES, type OverviewBucket } from '../../shared/contract'
import type { ServiceMethods } from '../../shared/rpc/dispatcher'
import { captureOf, SlicedTask, type ServiceContext } from './context'
import type { OpenCapture } from './open-capture'

/** Problems are counted from this severity on: warnings and errors. */
const PROBLEM_SEVERITY = 3
const CLASSES = PROTOCOL_CLASSES.length

/** Methods of the overview. */
export function overviewMethods(context: ServiceContext): Pick<ServiceMethods, 'overview.get' | 'overview.map'> {
  return {
    'overview.get': async ({ captureId, buckets, fromNs, toNs }, call) => {
      const capture = captureOf(context, captureId)
      const task = new SlicedTask(context, call, capture)
      const packets = capture.packets
      const span = fromNs !== null && toNs !== null ? { fromNs, toNs } : await timeSpan(capture, packets, task)
      const from = fromNs ?? span.fromNs
      // A capture of one moment still has a width to draw.
      const to = Math.max(toNs ?? span.toNs, from + 1)
      const counter = new BucketCounter(buckets)
      const scale = buckets / (to - from)
      for (let number = 1; number <= packets; number++) {
        const at = sinceFirst(capture, number)
        if (at >= from && at <= to) counter.add(capture, number, Math.min(buckets - 1, Math.floor((at - from) * scale)))
        if ((number & 4095) === 0 && task.isDue) await task.pause({ done: number, total: packets })
      }
      return { fromNs: from, toNs: to, buckets: counter.buckets() }
    },
    'overview.map': ({ captureId, samples }) => {
      const capture = captureOf(context, captureId)
      const size = capture.displayed.size
      const count = Math.min(samples, size)
      const classes: number[] = []
      const problems: number[] = []
      for (let sample = 0; sample < count; sample++) {
        const first = Math.floor((sample * size) / count)
        const number = capture.displayed.at(first)
        classes.push(capture.classOf(number))
        problems.push(worstBetween(capture, first, Math.floor(((sample + 1) * size) / count)))
      }
      return { classes, problems }
    },
  }
}

/** Rows looked at for one sample; more would make the strip slower than the eye. */
const ROWS_PER_SAMPLE = 256

function worstBetween(capture: OpenCapture, first: number, end: number): number {
  const step = Math.max(1, Math.floor((end - first) / ROWS_PER_SAMPLE))
  let worst = 0
  for (let row = first; row < end; row += step) worst = Math.max(worst, capture.severityOf(capture.displayed.at(row)))
  return worst
}

/** Nanoseconds since the first packet; packets of a file need not be in order of time. */
function sinceFirst(capture: OpenCapture, number: number): number {
  const { seconds, nanoseconds } = capture.trace.records
  return (seconds.get(number - 1) - seconds.get(0)) * 1e9 + (nanoseconds.get(number - 1) - nanoseconds.get(0))
}

/** Earliest and latest time of packets 1..packets. */
export async function timeSpan(capture: OpenCapture, packets: number, task: SlicedTask): Promise<{ fromNs: number; toNs: number }> {
  const known = capture.timeSpan
  for (let number = known.packets + 1; number <= packets; number++) {
    const at = sinceFirst(capture, number)
    if (at < known.fromNs) known.fromNs = at
    if (at > known.toNs) known.toNs = at
    known.packets = number
    if ((number & 4095) === 0 && task.isDue) await task.pause({ done: 0, total: packets })
  }
  return known
}

class BucketCounter {
  private readonly counts: Uint32Array
  private readonly bytes: Float64Array
  private readonly problems: Uint32Array
  private readonly first: Uint32Array
  private readonly size: number

  constructor(size: number) {
    this.size = size
    this.counts = new Uint32Array(size * CLASSES)
    this.bytes = new Float64Array(size)
    this.problems = new Uint32Array(size)
    this.first = new Uint32Array(size)
  }

  add(capture: OpenCapture, number: number, bucket: number): void {
    const cell = bucket * CLASSES + capture.classOf(number)
    this.counts[cell] = (this.counts[cell] ?? 0) + 1
    this.bytes[bucket] = (this.bytes[bucket] ?? 0) + capture.trace.records.originalLength.get(number - 1)
    if (capture.severityOf(number) >= PROBLEM_SEVERITY) this.problems[bucket] = (this.problems[bucket] ?? 0) + 1
    if (this.first[bucket] === 0) this.first[bucket] = number
  }

  buckets(): OverviewBucket[] {
    return Array.from({ length: this.size }, (_unused, bucket) => ({
      counts: [...this.counts.subarray(bucket * CLASSES, (bucket + 1) * CLASSES)],
      bytes: this.bytes[bucket] ?? 0,
      problems: this.problems[bucket] ?? 0,
      firstPacket: this.first[bucket] ?? 0,
    }))
  }
}
