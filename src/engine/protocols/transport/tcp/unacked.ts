// The segments of a flow that were not acknowledged yet: a linked list from the newest to the oldest, over the words of flows.ts.
import { BASE, FRAME, LINK, OLDEST, SEQUENCE, SEQUENCE_END, UNACKED, UNACKED_COUNT } from './flows'
import type { SegmentPool } from './flows'

/** a > b in sequence space. */
const after = (a: number, b: number) => ((a - b) | 0) > 0

/** Takes acknowledged segments off the list of the flow at word `at`. Returns the frame of the one that the number acknowledges exactly; 0 when none. */
export function acknowledge(w: Int32Array, pool: SegmentPool, at: number, acknowledgment: number): number {
  const { words } = pool
  let previous = -1,
    frame = 0
  for (let place = w[at + UNACKED]!; place >= 0;) {
    const link = words[place + LINK]!,
      next = words[place + SEQUENCE_END]!
    if (after(next, acknowledgment)) {
      if (after(acknowledgment, words[place + SEQUENCE]!)) words[place + SEQUENCE] = acknowledgment
      previous = place
    } else {
      if (next === acknowledgment) frame = words[place + FRAME]!
      if (previous < 0) w[at + UNACKED] = link
      else words[previous + LINK] = link
      w[at + UNACKED_COUNT]!--
      pool.release(place)
    }
    place = link
  }
  w[at + OLDEST] = previous
  return frame
}

/** Bytes from the first to the last unacknowledged one of the flow at word `at`, whose list is not empty, less what `sack` says has arrived. */
export function outstanding(w: Int32Array, pool: SegmentPool, at: number, sack: Uint32Array | undefined): number {
  const { words } = pool,
    base = w[at + BASE]!
  let place = w[at + UNACKED]!
  let first = (words[place + SEQUENCE]! - base) >>> 0,
    last = (words[place + SEQUENCE_END]! - base) >>> 0
  for (place = words[place + LINK]!; place >= 0; place = words[place + LINK]!) {
    const from = (words[place + SEQUENCE]! - base) >>> 0,
      to = (words[place + SEQUENCE_END]! - base) >>> 0
    if (to > last) last = to
    if (from < first) first = from
  }
  let flight = (last - first) >>> 0
  if (sack) for (let i = 0; i + 1 < sack.length; i += 2) flight = (flight - (sack[i + 1]! - sack[i]!)) >>> 0
  return flight
}
