// Timestamps of NTP (RFC 5905, 6): seconds since 1900 or, from 2036 on, since that era's begin, and their binary fraction.
import type { Decoder, FieldId } from '../../../dissect/define'

/** Seconds from 1970 back to 1900, and on to the next era's begin in 2036. */
const ERA_0 = -2_208_988_800,
  ERA_1 = 2_085_978_496

/** Reads the 64 bits of a timestamp at the cursor. */
export function timestamp(d: Decoder, field: FieldId<'abstime'>): void {
  const { at } = d
  d.skip(8)
  const seconds = d.peek32(at),
    nanoseconds = Math.trunc(1e9 * (d.peek32(at + 4) / 0x1_0000_0000))
  // zero means that no time is given
  const unset = seconds === 0 && nanoseconds === 0
  d.time(field, seconds + (unset || seconds >= 0x8000_0000 ? ERA_0 : ERA_1), nanoseconds, at, at + 8, false)
}
