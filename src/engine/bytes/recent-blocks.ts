// Bytes that are read a little later once more: messages that span segments are put together from frames that lie close by in the file, and to ask the
// system for each of them takes longer than to copy a block.
import type { ByteSource } from './byte-source'

const BLOCK = 1 << 16
/** Blocks that are kept, as many as a busy capture has between the parts of one message; a power of two. */
const BLOCKS = 128

/** Blocks of a source that were read last. */
export class RecentBlocks {
  private readonly source: ByteSource
  private readonly blocks: Uint8Array[] = []
  /** Number of the block in each place, and how many of its bytes there were. */
  private readonly numbers = new Float64Array(BLOCKS).fill(-1)
  private readonly filled = new Int32Array(BLOCKS)
  private joined = new Uint8Array(BLOCK)

  constructor(source: ByteSource) {
    this.source = source
  }

  /** Up to `length` bytes at `position`, fewer only at the source's present end. Borrowed: valid until the next call. */
  read(position: number, length: number): Uint8Array {
    const number = Math.floor(position / BLOCK),
      from = position - number * BLOCK
    if (from + length <= BLOCK) return this.block(number, from + length).subarray(from, from + length)
    if (length > this.joined.length) this.joined = new Uint8Array(length * 2)
    let done = 0
    while (done < length) {
      const at = position + done,
        block = Math.floor(at / BLOCK),
        start = at - block * BLOCK,
        end = Math.min(BLOCK, start + length - done),
        bytes = this.block(block, end).subarray(start, end)
      this.joined.set(bytes, done)
      done += bytes.length
      if (bytes.length < end - start) break
    }
    return this.joined.subarray(0, done)
  }

  /** A block as far as the source has it; read again where it had less than `need` bytes of it before. */
  private block(number: number, need: number): Uint8Array {
    const place = number & (BLOCKS - 1),
      bytes = (this.blocks[place] ??= new Uint8Array(BLOCK))
    if (this.numbers[place] !== number || this.filled[place]! < need) {
      this.numbers[place] = number
      this.filled[place] = this.source.read(bytes, 0, BLOCK, number * BLOCK)
    }
    return bytes.subarray(0, this.filled[place])
  }
}
