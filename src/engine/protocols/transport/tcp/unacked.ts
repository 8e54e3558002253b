// The segments of a flow that were not acknowledged yet: a linked list from the newest to the oldest, over the words of flows.ts.
import { BASE, OLDEST, UNACKED, UNACKED_COUNT } from './flows'
import type { SegmentPool } from './flows'

/** a > b in sequence space. */
const after = (a: number, b: number) => ((a - b) | 0) > 0

/** Takes acknowledged segments off the list of the flow at word `at`. Returns the frame of the one that the number acknowledges exactly; 0 when none. */
export function acknowledge(w: Int32Array, pool: SegmentPool, at: number, acknowledgment: number): number {
  let previous = -1,
    frame = 0
  for (let place = w[at + UNACKED]!; place >= 0;) {
    const link = pool.link[place]!,
      next = pool.next[place]!
    if (after(next, acknowledgment)) {
      if (after(acknowledgment, pool.sequence[place]!)) pool.sequence[place] = acknowledgment
      previous = place
    } else {
      if (next === acknowledgment) frame = pool.frame[place]!
      if (previous < 0) w[at + UNACKED] = link
      else pool.link[previous] = link
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
  let place = w[at + UNACKED]!
  const base = w[at + BASE]!
  let first = (pool.sequence[place]! - base) >>> 0,
    last = (pool.next[place]! - base) >>> 0
  for (place = pool.link[place]!; place >= 0; place = pool.link[place]!) {
    const from = (pool.sequence[place]! - base) >>> 0,
      to = (pool.next[place]! - base) >>> 0
    if (to > last) last = to
    if (from < first) first = from
  }
  let flight = (last - first) >>> 0
  if (sack) for (let i = 0; i + 1 < sack.length; i += 2) flight = (flight - (sack[i + 1]! - sack[i]!)) >>> 0
  return flight
}
