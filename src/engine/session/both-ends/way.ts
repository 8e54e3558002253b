// One direction of a connection as both captures have it, in numbers that can be compared: what was sent, and what arrived.
import type { Trace } from '../../index/trace'
import { FIN, RST, SYN } from '../../protocols/transport/tcp/analysis-flags'
import { sequenceDistance, type StreamSegments } from '../tcp/stream-segments'

/** Segments of one direction in one capture, in file order. */
export interface Way {
  readonly trace: Trace
  /** Index in the stream's segments. */
  readonly index: readonly number[]
  readonly frame: readonly number[]
  /** Nanoseconds since the first capture's first packet, by this capture's own clock. */
  readonly time: readonly number[]
  /** Offset from the direction's first number as the first capture knows it, not wrapped at 4 GB. */
  readonly sequence: readonly number[]
  readonly acknowledgment: readonly number[]
  readonly length: readonly number[]
  /** SYN, FIN and RST. */
  readonly marks: readonly number[]
  /** Time of the file's first and last packet, as `time`. */
  readonly begin: number
  readonly end: number
}

/** How a capture's raw numbers compare with the first capture's. */
export interface WayPlace {
  readonly direction: 0 | 1
  /** First number of this direction and of the other one, in this capture. */
  readonly base: number
  readonly answerBase: number
}

/** Nanoseconds from a trace's first packet to a frame of another one, by their own clocks; exact to the nanosecond within 104 days. */
export function timeBetween(from: Trace, to: Trace, frame: number): number {
  const [a, b] = [from.records, to.records]
  return (b.seconds.get(frame - 1) - a.seconds.get(0)) * 1e9 + (b.nanoseconds.get(frame - 1) - a.nanoseconds.get(0))
}

/** Reads one direction. `first` is the capture that times count from. */
export function wayOf(trace: Trace, first: Trace, segments: StreamSegments, place: WayPlace): Way {
  const index: number[] = []
  const sequence: number[] = []
  const acknowledgment: number[] = []
  let [lastSequence, lastAcknowledgment] = [0, 0]
  for (let at = 0; at < segments.count; at++) {
    if (segments.direction[at] !== place.direction) continue
    index.push(at)
    lastSequence += sequenceDistance((segments.sequence[at] ?? 0) - place.base, lastSequence | 0)
    sequence.push(lastSequence)
    // without the ACK flag the number means nothing
    if (((segments.flags[at] ?? 0) & 0x10) !== 0)
      lastAcknowledgment += sequenceDistance((segments.acknowledgment[at] ?? 0) - place.answerBase, lastAcknowledgment | 0)
    acknowledgment.push(((segments.flags[at] ?? 0) & 0x10) === 0 ? -1 : lastAcknowledgment)
  }
  const frame = index.map((at) => segments.frame[at] ?? 0)
  return {
    trace,
    index,
    frame,
    time: frame.map((number) => timeBetween(first, trace, number)),
    sequence,
    acknowledgment,
    length: index.map((at) => segments.length[at] ?? 0),
    marks: index.map((at) => (segments.flags[at] ?? 0) & (SYN | FIN | RST)),
    begin: timeBetween(first, trace, 1),
    end: timeBetween(first, trace, trace.packets),
  }
}
