// Search for bytes in a range of a larger buffer, many times for the same bytes.

/** Quarters shorter than this are not worth the bookkeeping. */
const SHORTEST_QUARTER = 8

/**
 * Bytes that are searched for; the work per search grows with the range divided by their length (Horspool 1980). Each step of the search waits for the
 * one before it, so that a range is searched in four places at once: the processor works on them side by side.
 */
export class ByteSearch {
  private readonly part: Uint8Array
  private readonly last: number
  /** How far the part may move on when the byte under its end is this one; 0 for its own last byte, where the others are to be compared. */
  private readonly skip = new Int32Array(256)
  /** How far it may move on from its own last byte. */
  private readonly after: number

  /** `part` must not be empty. */
  constructor(part: Uint8Array) {
    this.part = part
    this.last = part.length - 1
    this.skip.fill(part.length)
    for (let i = 0; i < this.last; i++) this.skip[part[i]!] = this.last - i
    const final = part[this.last]!
    this.after = this.skip[final]!
    this.skip[final] = 0
  }

  /** Whether the part occurs within bytes[start .. end). */
  occurs(bytes: Uint8Array, start: number, end: number): boolean {
    const { skip, after } = this
    // places where the part may end, in four quarters
    let first = start + this.last
    const quarter = (end - first) >> 2
    if (quarter < SHORTEST_QUARTER) return this.endsWithin(bytes, first, end)
    const half = first + 2 * quarter
    let second = first + quarter,
      third = half,
      fourth = half + quarter
    const firstEnd = second,
      thirdEnd = fourth
    while (first < firstEnd && second < half && third < thirdEnd && fourth < end) {
      const a = skip[bytes[first]!]!,
        b = skip[bytes[second]!]!,
        c = skip[bytes[third]!]!,
        d = skip[bytes[fourth]!]!
      if (
        (a === 0 && this.endsAt(bytes, first)) ||
        (b === 0 && this.endsAt(bytes, second)) ||
        (c === 0 && this.endsAt(bytes, third)) ||
        (d === 0 && this.endsAt(bytes, fourth))
      )
        return true
      first += a === 0 ? after : a
      second += b === 0 ? after : b
      third += c === 0 ? after : c
      fourth += d === 0 ? after : d
    }
    return (
      this.endsWithin(bytes, first, firstEnd) ||
      this.endsWithin(bytes, second, half) ||
      this.endsWithin(bytes, third, thirdEnd) ||
      this.endsWithin(bytes, fourth, end)
    )
  }

  /** Whether the part occurs with its last byte in bytes[at .. end). */
  private endsWithin(bytes: Uint8Array, at: number, end: number): boolean {
    const { skip, after } = this
    while (at < end) {
      const step = skip[bytes[at]!]!
      if (step === 0 && this.endsAt(bytes, at)) return true
      at += step === 0 ? after : step
    }
    return false
  }

  /** Whether the part stands before a place that has its last byte. */
  private endsAt(bytes: Uint8Array, at: number): boolean {
    const { part, last } = this
    let back = 1
    while (back <= last && bytes[at - back] === part[last - back]) back++
    return back > last
  }
}
