// A window of a byte source in one reused buffer: the readers step through it and call fill() when a record does not fit.
import type { ByteSource } from '../bytes/byte-source'
import type { OpenOptions } from './reader'

/** Bytes read at once: large enough that system calls do not count, small enough to stay in the processor's cache. */
const DEFAULT_BLOCK_SIZE = 1 << 20

/** Base of the capture readers. `buffer[at..limit)` is unread, `buffer[0]` would be at file offset `base`. */
export class BlockWindow {
  /** The window's own buffer, made by the first fill() that needs it and reused by every other, which grows only for a single record larger than a
   *  block; or one that the source lends. */
  buffer: Uint8Array
  /** buffer[bufferStart..] are the bytes of the file before and at `at`. */
  bufferStart = 0
  private own: Uint8Array = new Uint8Array(0)
  private readonly blockSize: number
  private readonly allocate: (length: number) => Uint8Array
  protected base = 0
  protected at = 0
  protected limit = 0
  protected readonly source: ByteSource

  constructor(source: ByteSource, { blockSize = DEFAULT_BLOCK_SIZE, allocate = (length) => new Uint8Array(length) }: OpenOptions) {
    this.source = source
    this.allocate = allocate
    this.buffer = this.own
    this.blockSize = Math.max(64, blockSize)
  }

  /** File offset of the next unread byte. */
  get consumed(): number {
    return this.base + this.at
  }

  /** Makes buffer[at .. at+need) valid; false while the source does not hold that much (the unread bytes are kept). */
  protected fill(need: number): boolean {
    if (this.limit - this.at >= need) return true
    const offset = this.base + this.at
    if (this.source.size - offset < need) return false
    if (this.borrow(need)) return true
    if (this.buffer !== this.own) {
      const unread = this.buffer.subarray(this.at, this.limit)
      if (need > this.own.length) this.own = this.allocate(Math.max(need, this.blockSize))
      this.own.set(unread)
      this.buffer = this.own
      this.bufferStart = this.at = 0
      this.limit = unread.length
      this.base = offset
    }
    if (this.at + need > this.buffer.length) {
      if (need > this.buffer.length) {
        const larger = this.allocate(Math.max(need, this.blockSize, Math.min(this.buffer.length * 2, 1 << 27)))
        larger.set(this.buffer.subarray(this.at, this.limit))
        this.buffer = this.own = larger
      } else {
        this.buffer.copyWithin(0, this.at, this.limit)
      }
      this.limit -= this.at
      this.base = offset
      this.at = 0
    }
    while (this.limit - this.at < need) {
      const got = this.source.read(this.buffer, this.limit, this.buffer.length - this.limit, this.base + this.limit)
      // The file became shorter than it said: what is missing counts as cut off.
      if (got <= 0) return false
      this.limit += got
    }
    return true
  }

  /** Takes what the source has at hand, until `need` bytes are there; false where it has nothing (more). */
  private borrow(need: number): boolean {
    while (this.limit - this.at < need) {
      const offset = this.base + this.at,
        lent = this.source.next?.(this.base + this.limit, this.buffer.subarray(this.at, this.limit))
      if (!lent) return false
      this.buffer = lent.bytes
      this.bufferStart = this.at = lent.at
      this.limit = lent.limit
      this.base = offset - lent.at
    }
    return true
  }

  /** Steps over bytes that need not be looked at. */
  protected skip(length: number): void {
    if (length <= this.limit - this.at) {
      this.at += length
      return
    }
    this.base += this.at + length
    this.at = 0
    this.limit = 0
  }

  /** Bytes between the next unread byte and the present end of the source. */
  protected remaining(): number {
    return Math.max(0, this.source.size - this.base - this.at)
  }
}
