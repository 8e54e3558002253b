// Round numbers for axes, rulers and clocks.

/** The least of 1, 2 and 5 times a power of ten that is not below `least` (above 0). */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  // what is a step but for the last digits of its division is that step
  const factor = [1, 2, 5].find((one) => one * power >= least * 0.9999) ?? 10
  return Number((factor * power).toPrecision(1))
}

/** At most `most` multiples of a round step between two values, ascending; whole ones on request. */
export function roundNumbers(from: number, to: number, most: number, isWhole: boolean): number[] {
  if (!(to > from)) return []
  const fitting = roundStep((to - from) / most),
    step = isWhole ? Math.max(1, fitting) : fitting
  const numbers: number[] = []
  // numbers too large to be counted up by one end the row, too
  for (let at = Math.ceil(from / step); at * step <= to && numbers.length <= most; at++) numbers.push(Number((at * step).toPrecision(12)))
  return numbers
}
