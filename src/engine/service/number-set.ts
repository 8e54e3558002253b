// A set of packet numbers as one bit a packet: a million marks cost 125 kB.

/** Set of packet numbers (from 1) with its size. */
export class NumberSet {
  private words = new Uint32Array(64)
  private count = 0

  get size(): number {
    return this.count
  }

  has(number: number): boolean {
    return (((this.words[number >>> 5] ?? 0) >>> (number & 31)) & 1) === 1
  }

  /** Adds or removes a number; answers whether that changed anything. */
  set(number: number, on: boolean): boolean {
    if (this.has(number) === on) return false
    const index = number >>> 5
    if (index >= this.words.length) {
      const larger = new Uint32Array(Math.max(index + 1, this.words.length * 2))
      larger.set(this.words)
      this.words = larger
    }
    this.words[index] = (this.words[index] ?? 0) ^ (1 << (number & 31))
    this.count += on ? 1 : -1
    return true
  }

  copy(): NumberSet {
    const copy = new NumberSet()
    copy.words = this.words.slice()
    copy.count = this.count
    return copy
  }

  clear(): void {
    this.words.fill(0)
    this.count = 0
  }

  /** The first member after `number` (or before it), or 0. Empty stretches are passed 32 numbers at a time. */
  next(number: number, backwards: boolean): number {
    const limit = this.words.length * 32
    if (backwards) {
      for (let at = Math.min(number, limit) - 1; at > 0; at--) {
        if (this.words[at >>> 5] === 0) at &= ~31
        else if (this.has(at)) return at
      }
      return 0
    }
    for (let at = number + 1; at < limit; at++) {
      if (this.words[at >>> 5] === 0) at |= 31
      else if (this.has(at)) return at
    }
    return 0
  }
}
