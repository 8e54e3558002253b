// How many digits of a second a capture's times have.
import type { Trace } from '../index/trace'

/** 6 for microseconds, 9 where any interface counts finer. */
export function digitsOf(trace: Trace): number {
  const finer = trace.reader.interfaces.some(({ timeResolution: { base, exponent } }) => exponent > (base === 10 ? 6 : 20))
  return finer ? 9 : 6
}
