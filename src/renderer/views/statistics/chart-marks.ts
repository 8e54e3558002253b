// Marks of a graph as paths, and which of them is under the pointer. A graph has thousands: as elements of their own they would take seconds.

/** A mark: `value`, and where it is a stretch, from `low` to `high`. */
export interface ChartPoint {
  readonly time: number
  readonly value: number
  readonly frame: number
  readonly low?: number
  readonly high?: number
}

/** A series: a line in steps, dots, ticks from low to high, or bars from zero. */
export interface ChartSeries {
  readonly id: string
  readonly color: string
  readonly look: 'step' | 'dashed' | 'dot' | 'tick' | 'bar'
  /** In the order of time. */
  readonly points: readonly ChartPoint[]
}

/** Pixels of a time and of a value. Bars begin at `base`. */
export interface Scales {
  readonly x: (time: number) => number
  readonly y: (value: number) => number
  readonly base: number
}

/** A mark is hit within this many pixels. */
const NEAR = 6

/** The path of a series in an area `width` pixels wide; marks outside are left out, lines go on to the next mark. */
export function outline({ look, points }: ChartSeries, { x, y, base }: Scales, width: number): string {
  const at = (pixels: number): string => pixels.toFixed(1)
  if (look === 'step' || look === 'dashed') {
    const inside = points.filter(
      (_point, index) => x(points[index + 1]?.time ?? Infinity) >= 0 && x(points[index - 1]?.time ?? -Infinity) <= width,
    )
    return inside
      .map(({ time, value }, index) => `${index === 0 ? 'M' : 'H'}${at(x(time))}${index === 0 ? ' ' : 'V'}${at(y(value))}`)
      .join('')
  }
  let path = ''
  for (const { time, value, low, high } of points) {
    const across = x(time)
    if (across < -NEAR || across > width + NEAR) continue
    if (look === 'bar') path += `M${at(across)} ${at(y(base))}V${at(y(value))}`
    else if (look === 'tick' && low !== undefined && high !== undefined) {
      const [down, up] = [at(y(low)), at(y(high))]
      path += `M${at(across)} ${down}V${up}M${at(across - 2)} ${down}h4M${at(across - 2)} ${up}h4`
    } else path += `M${at(across)} ${at(y(value))}h0`
  }
  return path
}

/** The packet's mark that is nearest to a place, if one is near; of marks equally near the one drawn last. */
export function nearestMark(series: readonly ChartSeries[], { x, y, base }: Scales, left: number, top: number): ChartPoint | undefined {
  let nearest: ChartPoint | undefined
  let least = NEAR
  for (const { look, points } of series) {
    const isLine = look === 'step' || look === 'dashed'
    for (const [index, point] of points.entries()) {
      const from = x(point.time)
      // a line stays where it is until its next mark
      const to = isLine ? x(points[index + 1]?.time ?? point.time) : from
      const across = Math.max(0, from - left, left - to)
      if (point.frame === 0 || across > least) continue
      const isStretch = look === 'bar' || look === 'tick'
      const [high, low] = isStretch
        ? [y(point.high ?? point.value), y(look === 'bar' ? base : (point.low ?? point.value))]
        : [y(point.value), y(point.value)]
      const distance = Math.hypot(across, Math.max(0, high - top, top - low))
      if (distance > least) continue
      nearest = point
      least = distance
    }
  }
  return nearest
}
