// Search for bytes in a range of a larger buffer, many times for the same bytes.

/** Bytes that are searched for; the work per search grows with the range divided by their length (Horspool 1980). */
export class ByteSearch {
  private readonly part: Uint8Array
  private readonly last: number
  /** How far the part may move on when the byte under its end is this one. */
  private readonly skip = new Int32Array(256)

  /** `part` must not be empty. */
  constructor(part: Uint8Array) {
    this.part = part
    this.last = part.length - 1
    this.skip.fill(part.length)
    for (let i = 0; i < this.last; i++) this.skip[part[i]!] = this.last - i
  }

  /** Whether the part occurs within bytes[start .. end). */
  occurs(bytes: Uint8Array, start: number, end: number): boolean {
    const { part, last, skip } = this,
      final = part[last]!
    for (let at = start + last; at < end; at += skip[bytes[at]!]!) {
      if (bytes[at] !== final) continue
      let back = 1
      while (back <= last && bytes[at - back] === part[last - back]) back++
      if (back > last) return true
    }
    return false
  }
}
