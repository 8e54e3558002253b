// The segments of one direction in the order of their bytes: repeated bytes once, late segments where they belong, a gap where bytes were acknowledged that
// were not captured. Where several that waited fit, the one that came first is taken first, as tshark 4.0.17's -z follow does. n segments cost n log n, also
// behind a gap that nothing ever closes.
import { sequenceDistance } from '../session/tcp/stream-segments'
import type { FollowChunk } from './followed-stream'
import { Heap } from './heap'

interface Fragment {
  readonly frame: number
  readonly sequence: number
  readonly length: number
  /** Which one it was that had to wait. */
  readonly arrival: number
}

/** One direction while it is put together; writes its chunks behind those of the other one. */
export class Direction {
  private readonly side: 0 | 1
  private readonly chunks: FollowChunk[]
  private known = false
  private next = 0
  private arrivals = 0
  /** Beyond the next byte, by their first byte. */
  private readonly ahead = new Heap<Fragment>((a, b) => sequenceDistance(a.sequence, b.sequence))
  /** At the next byte or before it, by their arrival. */
  private readonly fitting = new Heap<Fragment>((a, b) => a.arrival - b.arrival)

  constructor(side: 0 | 1, chunks: FollowChunk[]) {
    this.side = side
    this.chunks = chunks
  }

  /** A segment of this side; `length` is what its header says, `captured` what was captured of it. */
  add(frame: number, sequence: number, length: number, isSyn: boolean, captured: number): void {
    if (!this.known) {
      this.known = true
      this.next = (sequence + length + (isSyn ? 1 : 0)) | 0
      this.say(frame, 0, captured)
      return
    }
    const late = sequenceDistance(this.next, sequence)
    if (late < 0) {
      if (captured > 0) this.ahead.push({ frame, sequence, length: captured, arrival: this.arrivals++ })
      return
    }
    if (late > 0 && late >= length) return
    this.next = (sequence + length + (isSyn ? 1 : 0)) | 0
    this.say(frame, late, captured)
    while (this.fit());
  }

  /** The other side acknowledged everything before `acknowledgment`: what is missing before it will not come. */
  acknowledged(frame: number, acknowledgment: number): void {
    for (;;) {
      if (this.fit()) continue
      const lowest = this.ahead.first
      if (lowest === undefined || sequenceDistance(acknowledgment, lowest.sequence) <= 0) return
      this.chunks.push({ side: this.side, frame, skip: 0, length: 0, missing: sequenceDistance(lowest.sequence, this.next) })
      this.next = lowest.sequence
    }
  }

  /** Takes the waiting fragment that fits now and came first. */
  private fit(): boolean {
    for (let one = this.ahead.first; one !== undefined && sequenceDistance(one.sequence, this.next) <= 0; one = this.ahead.first) {
      this.ahead.pop()
      this.fitting.push(one)
    }
    const one = this.fitting.pop()
    if (one === undefined) return false
    const known = sequenceDistance(this.next, one.sequence)
    if (known < one.length) {
      this.say(one.frame, known, one.length)
      this.next = (one.sequence + one.length) | 0
    }
    return true
  }

  private say(frame: number, skip: number, captured: number): void {
    if (captured > skip) this.chunks.push({ side: this.side, frame, skip, length: captured - skip, missing: 0 })
  }
}
