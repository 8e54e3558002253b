// pcapng timestamps: a 64-bit count of units that each interface chooses. The common units are split without BigInt, exactly.
import type { CaptureTime } from './reader'

/** Epoch seconds and nanoseconds of a timestamp, kept in plain fields so that converting allocates nothing. */
export class TimestampUnit {
  seconds = 0
  nanoseconds = 0
  private readonly kind: 'nano' | 'decimal' | 'slow'
  private readonly perSecond: number
  private readonly nanosecondsPerUnit: number
  private readonly unitsPerSecond: bigint
  private readonly offset: number

  /** Units of base ** -exponent seconds; `offset` seconds are added. */
  constructor(resolution: { readonly base: 2 | 10; readonly exponent: number }, offset: number) {
    const { base, exponent } = resolution
    this.kind = base === 10 && exponent === 9 ? 'nano' : base === 10 && exponent <= 8 ? 'decimal' : 'slow'
    this.perSecond = base === 10 && exponent <= 9 ? 10 ** exponent : 1
    this.nanosecondsPerUnit = 1e9 / this.perSecond
    this.unitsPerSecond = BigInt(base) ** BigInt(exponent)
    this.offset = offset
  }

  /** Sets seconds and nanoseconds from the two halves of a timestamp. */
  convert(high: number, low: number): void {
    if (this.kind === 'nano' && high < 0x40000000) {
      // 10^9 = 2^9 * 1953125: below 2^62 (the year 2116) the quotient by 2^9 is an exact double.
      const units = high * 0x800000 + (low >>> 9)
      let seconds = Math.floor(units / 1953125)
      let rest = units - seconds * 1953125
      if (rest < 0) {
        seconds--
        rest += 1953125
      }
      this.seconds = seconds + this.offset
      this.nanoseconds = rest * 512 + (low & 511)
    } else if (this.kind === 'decimal' && high < 0x200000) {
      const units = high * 0x100000000 + low
      let seconds = Math.floor(units / this.perSecond)
      let rest = units - seconds * this.perSecond
      if (rest < 0) {
        seconds--
        rest += this.perSecond
      }
      this.seconds = seconds + this.offset
      this.nanoseconds = rest * this.nanosecondsPerUnit
    } else {
      this.convertSlowly(high, low)
    }
  }

  /** As convert(), for callers that keep the result. */
  time(high: number, low: number): CaptureTime {
    this.convert(high, low)
    return { seconds: this.seconds, nanoseconds: this.nanoseconds }
  }

  private convertSlowly(high: number, low: number): void {
    const units = (BigInt(high) << 32n) | BigInt(low)
    const seconds = units / this.unitsPerSecond
    const rest = units - seconds * this.unitsPerSecond
    this.seconds = Number(seconds) + this.offset
    this.nanoseconds = Number((rest * 1_000_000_000n) / this.unitsPerSecond)
  }
}
