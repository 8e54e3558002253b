// Times of frames, out of their columns.
import { C_NANOSECONDS, C_SECONDS } from '../engine/core/layout'
import { get32 } from './columns'
import { elapsed } from './engine'

/** Nanoseconds from one frame to another. */
export function elapsedBetween(from: i32, to: i32): f64 {
  const a = get32(C_SECONDS, from - 1),
    b = get32(C_SECONDS, to - 1)
  // seconds that are absurdly far from the first frame's are kept elsewhere
  if (a === i32.MIN_VALUE || b === i32.MIN_VALUE) return elapsed(from, to)
  return ((b as f64) - (a as f64)) * 1e9 + ((get32(C_NANOSECONDS, to - 1) as f64) - (get32(C_NANOSECONDS, from - 1) as f64))
}
