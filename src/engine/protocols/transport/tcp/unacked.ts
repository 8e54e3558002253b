// The segments of a flow that were not acknowledged yet: a linked list from the newest to the oldest, over the words of flows.ts.
import { BASE, FLOW, FRAME, LINK, OLDEST, SEQUENCE, SEQUENCE_END, SPAN_END, SPAN_START, STATE, UNACKED, UNACKED_COUNT } from './flows'
import type { SegmentPool } from './flows'

/** a > b in sequence space. */
const after = (a: number, b: number) => ((a - b) | 0) > 0

/** Adds a segment, which ends before `end`, to the list of the flow at word `at`. */
export function remember(w: Int32Array, pool: SegmentPool, at: number, sequence: number, end: number, frame: number): void {
  const newest = w[at + UNACKED]!,
    place = pool.add(newest, sequence, end, frame)
  w[at + UNACKED] = place
  w[at + UNACKED_COUNT]!++
  if (newest < 0) {
    w[at + OLDEST] = place
    w[at + SPAN_START] = sequence
    w[at + SPAN_END] = end
    w[at + STATE]! &= ~FLOW.SPAN_UNKNOWN
  } else if (!(w[at + STATE]! & FLOW.SPAN_UNKNOWN)) widen(w, at, sequence, end)
}

/** Widens the known span by a segment. */
function widen(w: Int32Array, at: number, sequence: number, end: number): void {
  const base = w[at + BASE]!
  if ((sequence - base) >>> 0 < (w[at + SPAN_START]! - base) >>> 0) w[at + SPAN_START] = sequence
  if ((end - base) >>> 0 > (w[at + SPAN_END]! - base) >>> 0) w[at + SPAN_END] = end
}

/** Takes acknowledged segments off the list of the flow at word `at`. Returns the frame of the one that the number acknowledges exactly; 0 when none. */
export function acknowledge(w: Int32Array, pool: SegmentPool, at: number, acknowledgment: number): number {
  const { words } = pool,
    base = w[at + BASE]!
  let previous = -1,
    frame = 0,
    from = 0,
    to = 0
  for (let place = w[at + UNACKED]!; place >= 0;) {
    const link = words[place + LINK]!,
      end = words[place + SEQUENCE_END]!
    if (after(end, acknowledgment)) {
      if (after(acknowledgment, words[place + SEQUENCE]!)) words[place + SEQUENCE] = acknowledgment
      const start = words[place + SEQUENCE]!
      if (previous < 0) {
        from = start
        to = end
      } else {
        if ((start - base) >>> 0 < (from - base) >>> 0) from = start
        if ((end - base) >>> 0 > (to - base) >>> 0) to = end
      }
      previous = place
    } else {
      if (end === acknowledgment) frame = words[place + FRAME]!
      if (previous < 0) w[at + UNACKED] = link
      else words[previous + LINK] = link
      w[at + UNACKED_COUNT]!--
      pool.release(place)
    }
    place = link
  }
  w[at + OLDEST] = previous
  w[at + SPAN_START] = from
  w[at + SPAN_END] = to
  return frame
}

/** Bytes from the first to the last unacknowledged one of the flow at word `at`, whose list is not empty, less what `sack` says has arrived. */
export function outstanding(w: Int32Array, pool: SegmentPool, at: number, sack: Uint32Array | undefined): number {
  if (w[at + STATE]! & FLOW.SPAN_UNKNOWN) measure(w, pool.words, at)
  let flight = (w[at + SPAN_END]! - w[at + SPAN_START]!) >>> 0
  if (sack) for (let i = 0; i + 1 < sack.length; i += 2) flight = (flight - (sack[i + 1]! - sack[i]!)) >>> 0
  return flight
}

/** Finds the span of a list that is not empty. */
function measure(w: Int32Array, words: Int32Array, at: number): void {
  let place = w[at + UNACKED]!
  w[at + SPAN_START] = words[place + SEQUENCE]!
  w[at + SPAN_END] = words[place + SEQUENCE_END]!
  w[at + STATE]! &= ~FLOW.SPAN_UNKNOWN
  for (place = words[place + LINK]!; place >= 0; place = words[place + LINK]!)
    widen(w, at, words[place + SEQUENCE]!, words[place + SEQUENCE_END]!)
}
