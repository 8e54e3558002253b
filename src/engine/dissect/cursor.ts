// Where a dissection stands in the bytes, and looks that record nothing. Peeks never fail: they answer 0 past the captured end.
// Reads that record nodes, and stop the layer past the end, are the Decoder's.
import { latin1Text } from '../bytes/text'

/** A position in a byte source, with the end of the current layer and of what was captured. */
export class Cursor {
  /** Bytes of the current source; protocols never index it, they peek. */
  bytes: Uint8Array = new Uint8Array(0)
  /** Next byte to read. */
  at = 0
  /** End of the current layer as its outer layers say (may lie past the captured bytes). */
  end = 0
  /** Captured bytes of the current source (end of what can be read). */
  protected captured = 0

  has(length: number, at = this.at): boolean {
    return at >= 0 && at + length <= this.captured && at + length <= this.end
  }
  /** Bytes between the cursor and the layer's end, captured or not. */
  get left(): number {
    return this.end - this.at
  }
  /** Bytes between the cursor and the layer's end that were captured. */
  get leftCaptured(): number {
    return Math.max(0, Math.min(this.end, this.captured) - this.at)
  }
  /** End of what can be read in this layer. */
  get readable(): number {
    return Math.min(this.end, this.captured)
  }
  peek8(at = this.at): number {
    return at >= 0 && at < this.captured ? this.bytes[at]! : 0
  }
  peek16(at = this.at): number {
    return (this.peek8(at) << 8) | this.peek8(at + 1)
  }
  peek24(at = this.at): number {
    return (this.peek8(at) << 16) | this.peek16(at + 1)
  }
  peek32(at = this.at): number {
    return this.peek8(at) * 0x100_0000 + this.peek24(at + 1)
  }
  peek16le(at = this.at): number {
    return this.peek8(at) | (this.peek8(at + 1) << 8)
  }
  peek32le(at = this.at): number {
    return this.peek16le(at) + this.peek16le(at + 2) * 0x1_0000
  }
  peekInteger(at: number, length: number): number {
    let value = 0
    for (let i = 0; i < length; i++) value = value * 256 + this.peek8(at + i)
    return value
  }
  /** Whether two ranges of captured bytes are equal; false when either is not wholly captured. */
  sameBytes(a: number, b: number, length: number): boolean {
    if (a < 0 || b < 0 || a + length > this.captured || b + length > this.captured) return false
    for (let i = 0; i < length; i++) if (this.bytes[a + i] !== this.bytes[b + i]) return false
    return true
  }
  /** Position of a byte value in at..limit, or -1. */
  indexOf(byte: number, at: number, limit = this.readable): number {
    const found = this.bytes.indexOf(byte, at)
    return found >= 0 && found < Math.min(limit, this.captured) ? found : -1
  }
  /** Captured bytes of a range as Latin-1 text (one character a byte); cut at the captured end. */
  latin1(start: number, end: number): string {
    return latin1Text(this.bytes, Math.max(0, start), Math.min(end, this.captured))
  }
  /** Captured bytes of a range, borrowed. */
  slice(start: number, end: number): Uint8Array {
    return this.bytes.subarray(Math.max(0, start), Math.min(end, this.captured))
  }
}
