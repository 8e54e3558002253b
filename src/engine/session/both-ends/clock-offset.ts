// How far apart the clocks of two captures are, from the packets that both have.
//
// A packet's two times differ by its delay plus the offset one way, and by its delay minus the offset the other way. No delay is negative, so each
// direction bounds the offset from one side; the least differences bound it best (the idea of RFC 5905's clock filter, and of the minimum-delay
// envelope for drift). Half the way between both bounds is the estimate: right where the shortest delays of both directions are equal, and
// never wrong by more than half of the shortest round trip.

/** A packet that both captures have. Nanoseconds. */
export interface ClockSample {
  /** By the first capture's clock. */
  readonly at: number
  /** Time in the capture where it arrived minus time in the capture where it was sent, by their own clocks. */
  readonly difference: number
}

/** The second capture's clock against the first one's. Nanoseconds, unless it says otherwise. */
export interface ClockOffset {
  /** Second clock minus first clock, at `at` of the first clock. */
  readonly offset: number
  readonly at: number
  /** What the second clock gains, in parts per million; 0 when no drift shows. */
  readonly driftPpm: number
  /** The offset is within this of the truth whatever the delays are; undefined where only one direction was seen at both places. */
  readonly uncertainty: number | undefined
  /** Packets that the estimate rests on: from the first capture to the second, and back. */
  readonly samples: readonly [number, number]
}

/** Drift is believed only over this time: in a shorter one queues look like it. */
const SHORTEST_FOR_DRIFT_NS = 5e9
/** Both directions must tell of the same drift, within this share. */
const AGREEMENT = 0.3

/** Estimates the offset from packets that went from the first place to the second (`forth`) and back. Undefined without a sample. */
export function estimateClock(forth: readonly ClockSample[], back: readonly ClockSample[]): ClockOffset | undefined {
  const samples = [forth.length, back.length] as const
  const all = [...forth, ...back]
  if (all.length === 0) return undefined
  const at = all.reduce((least, sample) => Math.min(least, sample.at), Infinity)
  const driftPpm = driftOf(forth, back)
  const without = (sign: 1 | -1) => (sample: ClockSample) => sample.difference - (sign * driftPpm * (sample.at - at)) / 1e6
  const least = (of: readonly ClockSample[], sign: 1 | -1): number =>
    of.map(without(sign)).reduce((low, value) => Math.min(low, value), Infinity)
  const [there, here] = [least(forth, 1), least(back, -1)]
  if (forth.length === 0) return { offset: -here, at, driftPpm, uncertainty: undefined, samples }
  if (back.length === 0) return { offset: there, at, driftPpm, uncertainty: undefined, samples }
  return { offset: (there - here) / 2, at, driftPpm, uncertainty: Math.abs(there + here) / 2, samples }
}

/** The offset at a time of the first clock. */
export function offsetAt(clock: ClockOffset, at: number): number {
  return clock.offset + (clock.driftPpm * (at - clock.at)) / 1e6
}

/** Drift moves the floors of both directions by the same amount, one up and one down; a queue that builds up moves one of them, or both up. */
function driftOf(forth: readonly ClockSample[], back: readonly ClockSample[]): number {
  const [up, down] = [floorOf(forth), floorOf(back)]
  if (up === undefined || down === undefined) return 0
  const [one, two] = [up.slope, -down.slope]
  const larger = Math.max(Math.abs(one), Math.abs(two))
  if (one * two <= 0 || Math.abs(one - two) > AGREEMENT * larger) return 0
  const drift = (one + two) / 2
  const span = Math.min(up.span, down.span)
  return Math.abs(drift) * span < 2 * Math.max(up.roughness, down.roughness) ? 0 : drift * 1e6
}

interface Floor {
  /** Of the floor under the differences: nanoseconds a nanosecond. */
  readonly slope: number
  readonly span: number
  /** How far the lowest twentieth of the differences lies above the floor. */
  readonly roughness: number
}

/** The line under all samples that lies closest to them: the edge of their lower hull under the middle of the time. */
function floorOf(samples: readonly ClockSample[]): Floor | undefined {
  const ordered = samples.toSorted((one, two) => one.at - two.at || one.difference - two.difference)
  const [first, last] = [ordered[0], ordered.at(-1)]
  if (first === undefined || last === undefined || last.at - first.at < SHORTEST_FOR_DRIFT_NS) return undefined
  const hull: ClockSample[] = []
  for (const sample of ordered) {
    while (hull.length > 1 && turnsUp(hull.at(-2), hull.at(-1), sample)) hull.pop()
    hull.push(sample)
  }
  const middle = ordered.reduce((sum, { at }) => sum + (at - first.at), 0) / ordered.length + first.at
  const right = Math.max(
    1,
    hull.findIndex(({ at }) => at >= middle),
  )
  const [a, b] = [hull[right - 1], hull[right]]
  if (a === undefined || b === undefined || a.at === b.at) return undefined
  const slope = (b.difference - a.difference) / (b.at - a.at)
  const above = ordered.map(({ at, difference }) => difference - a.difference - slope * (at - a.at)).sort((one, two) => one - two)
  return { slope, span: last.at - first.at, roughness: above[Math.floor(above.length / 20)] ?? 0 }
}

/** Whether b lies on or above the line from a to c. */
function turnsUp(a: ClockSample | undefined, b: ClockSample | undefined, c: ClockSample): boolean {
  if (a === undefined || b === undefined) return false
  return (b.difference - a.difference) * (c.at - a.at) >= (c.difference - a.difference) * (b.at - a.at)
}
