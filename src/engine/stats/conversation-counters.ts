// The counts of all conversations of a table. Those of one conversation stand together, in one line of the processor's cache: a large capture touches a
// different conversation with every packet.

import { withRoom } from '../bytes/room'

/** Doubles of a conversation: frames and bytes in the direction of its first packet and against it, seconds of the earliest and the latest packet,
 *  the first packet (negative when that went against the first of the stream), last packet. */
const SHIFT = 3,
  FRAMES = 0,
  BYTES = 2,
  FIRST = 4,
  LAST = 5,
  FIRST_FRAME = 6,
  LAST_FRAME = 7

/** Both parts of a time in one number: a double, so that the last digits of long times are those that tshark prints. */
export function secondsOf(seconds: number, nanoseconds: number): number {
  return seconds + nanoseconds / 1e9
}

/** Counters by conversation number; what was never counted reads as 0. */
export class ConversationCounters {
  private values = new Float64Array(64 << SHIFT)

  /** Whether anything was counted. */
  has(index: number): boolean {
    return this.at(index, FIRST_FRAME) !== 0
  }

  /**
   * Counts a packet of `length` bytes that goes in `direction` of the stream. Its time comes in two whole numbers: the engine would put a fraction on
   * the heap for every packet. Returns its side: 0 as the first packet that was counted, else 1.
   */
  count(index: number, direction: 0 | 1, frame: number, seconds: number, nanoseconds: number, length: number): 0 | 1 {
    const at = index << SHIFT,
      time = secondsOf(seconds, nanoseconds)
    if (at >= this.values.length) this.values = withRoom(this.values, at + (1 << SHIFT))
    const { values } = this
    if (values[at + FIRST_FRAME] === 0) {
      values[at + FIRST] = values[at + LAST] = time
      values[at + FIRST_FRAME] = direction === 0 ? frame : -frame
    } else if (time < (values[at + FIRST] ?? 0)) values[at + FIRST] = time
    else if (time > (values[at + LAST] ?? 0)) values[at + LAST] = time
    values[at + LAST_FRAME] = frame
    const side = (direction === 0) === (values[at + FIRST_FRAME] ?? 0) > 0 ? 0 : 1
    values[at + FRAMES + side] = (values[at + FRAMES + side] ?? 0) + 1
    values[at + BYTES + side] = (values[at + BYTES + side] ?? 0) + length
    return side
  }

  frames(index: number, side: 0 | 1): number {
    return this.at(index, FRAMES + side)
  }
  bytes(index: number, side: 0 | 1): number {
    return this.at(index, BYTES + side)
  }
  /** Seconds of the earliest and the latest packet. */
  first(index: number): number {
    return this.at(index, FIRST)
  }
  last(index: number): number {
    return this.at(index, LAST)
  }
  firstFrame(index: number): number {
    return Math.abs(this.at(index, FIRST_FRAME))
  }
  lastFrame(index: number): number {
    return this.at(index, LAST_FRAME)
  }
  /** Whether the first packet that was counted went against the first of the stream. */
  turned(index: number): boolean {
    return this.at(index, FIRST_FRAME) < 0
  }

  private at(index: number, word: number): number {
    return this.values[(index << SHIFT) + word] ?? 0
  }
}
