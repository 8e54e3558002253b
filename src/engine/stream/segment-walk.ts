// The segments of a TCP stream one after another, once each, while the capture may still grow.
import type { Trace } from '../index/trace'
import { streamSegments } from '../session/tcp/stream-segments'
import type { StreamSegments } from '../session/tcp/stream-segments'

/** Where a reader of a stream's segments stands. */
export class SegmentWalk {
  private readonly trace: Trace
  private readonly stream: number
  private taken = 0
  private segments: StreamSegments | undefined
  private lastFrame = 0

  constructor(trace: Trace, stream: number) {
    this.trace = trace
    this.stream = stream
  }

  /** Hands out the segments that are new; true when `isTime` ended that before the last of them. */
  advance(isTime: () => boolean, take: (segments: StreamSegments, index: number) => void): boolean {
    const { trace, stream } = this,
      { tcp } = trace.conversations,
      lastFrame = stream < tcp.count ? tcp.lastFrame(stream) : 0
    if (this.segments === undefined || lastFrame !== this.lastFrame) this.segments = streamSegments(trace, stream)
    this.lastFrame = lastFrame
    const { segments } = this
    for (; this.taken < segments.count; this.taken++) {
      if (isTime()) return true
      take(segments, this.taken)
    }
    return false
  }
}
