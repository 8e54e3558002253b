// Blocks of a source that are kept for a second look: the bytes are those of the source, also across blocks, at its end, and where it has grown.
import { describe, expect, it } from 'vitest'
import type { ByteSource } from '../../../../src/engine/bytes/byte-source'
import { RecentBlocks } from '../../../../src/engine/bytes/recent-blocks'

const BLOCK = 1 << 16

/** A source of `size` bytes that can grow, and counts how often it is asked. */
function growing(size: number): ByteSource & { size: number; asked: number } {
  const byte = (at: number) => (at * 2_654_435_761) >>> 24
  return {
    name: 'test',
    size,
    complete: false,
    asked: 0,
    read(target, targetOffset, length, position) {
      this.asked++
      const count = Math.max(0, Math.min(length, this.size - position))
      for (let i = 0; i < count; i++) target[targetOffset + i] = byte(position + i)
      return count
    },
    close() {
      // nothing is open
    },
  }
}

function straight(source: ByteSource, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  return bytes.subarray(0, source.read(bytes, 0, length, position))
}

describe('blocks that were read last', () => {
  it('give the bytes of the source wherever they lie', () => {
    const source = growing(300 * BLOCK + 100),
      blocks = new RecentBlocks(source)
    for (const [position, length] of [
      [0, 10],
      [BLOCK - 5, 10],
      [BLOCK - 5, 3 * BLOCK],
      [200 * BLOCK + 7, 1000],
      [72 * BLOCK, BLOCK],
      [300 * BLOCK + 90, 50],
      [301 * BLOCK, 50],
      [0, 10],
    ] as const)
      expect(blocks.read(position, length), `${position}+${length}`).toEqual(straight(source, position, length))
  })

  it('are read once for the frames that lie in them', () => {
    const source = growing(4 * BLOCK),
      blocks = new RecentBlocks(source)
    for (let at = 0; at < 4 * BLOCK - 1500; at += 1500) blocks.read(at, 1500)
    expect(source.asked).toBeLessThan(10)
  })

  it('are read again where the source has grown', () => {
    const source = growing(BLOCK + 100),
      blocks = new RecentBlocks(source)
    expect(blocks.read(BLOCK + 50, 100)).toHaveLength(50)
    source.size = BLOCK + 1000
    expect(blocks.read(BLOCK + 50, 100)).toEqual(straight(source, BLOCK + 50, 100))
  })
})
