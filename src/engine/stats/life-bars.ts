// Bytes of each conversation over its own life, in one pass and without knowing how long it will last: whenever the bars are used up, two become one and each
// stands for twice the time. Between half of the bars and all of them are in use.

/** Bars a direction. */
export const LIFE_BARS = 32
/** Time of a bar at first, in seconds. */
const SHORTEST = 1e-6
/** Conversations that get bars: 256 bytes each. */
const MOST = 200_000

/** Bars of one conversation; `interval` is the seconds of each. */
export interface Life {
  readonly interval: number
  readonly there: readonly number[]
  readonly back: readonly number[]
}

/** Bars of many conversations. */
export class LifeBars {
  private bars = new Float32Array(64 * LIFE_BARS * 2)
  private readonly start: number[] = []
  private readonly interval: number[] = []
  private readonly used: number[] = []

  /** Counts bytes of a conversation; side 0 sent its first packet. Times are seconds; what is earlier than the first counts as the first. */
  add(index: number, side: 0 | 1, time: number, bytes: number): void {
    if (index >= MOST) return
    const start = (this.start[index] ??= time)
    let interval = (this.interval[index] ??= SHORTEST)
    let bar = Math.max(0, Math.floor((time - start) / interval))
    this.makeRoom(index)
    while (bar >= LIFE_BARS) {
      this.fold(index)
      interval *= 2
      this.interval[index] = interval
      bar = Math.floor((time - start) / interval)
    }
    this.used[index] = Math.max(this.used[index] ?? 0, bar + 1)
    const at = index * LIFE_BARS * 2 + side * LIFE_BARS + bar
    this.bars[at] = (this.bars[at] ?? 0) + bytes
  }

  /** Bars of a conversation; undefined where it has none. */
  of(index: number): Life | undefined {
    const interval = this.interval[index]
    if (interval === undefined) return undefined
    const at = index * LIFE_BARS * 2,
      used = this.used[index] ?? 0
    return {
      interval,
      there: Array.from(this.bars.subarray(at, at + used)),
      back: Array.from(this.bars.subarray(at + LIFE_BARS, at + LIFE_BARS + used)),
    }
  }

  private fold(index: number): void {
    const { bars } = this
    for (const side of [0, 1]) {
      const at = index * LIFE_BARS * 2 + side * LIFE_BARS
      for (let bar = 0; bar < LIFE_BARS; bar++) {
        const first = at + bar * 2
        bars[at + bar] = bar * 2 < LIFE_BARS ? (bars[first] ?? 0) + (bars[first + 1] ?? 0) : 0
      }
    }
    this.used[index] = Math.ceil((this.used[index] ?? 0) / 2)
  }

  private makeRoom(index: number): void {
    if ((index + 1) * LIFE_BARS * 2 <= this.bars.length) return
    const larger = new Float32Array(Math.max((index + 1) * LIFE_BARS * 2, this.bars.length * 2))
    larger.set(this.bars)
    this.bars = larger
  }
}
