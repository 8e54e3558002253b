// Readers of sources that lend their bytes (ByteSource.next): what they read is what they read from plain memory.
import { describe, expect, it } from 'vitest'
import { memorySource } from '../../../../src/engine/bytes/byte-source'
import type { ByteSource } from '../../../../src/engine/bytes/byte-source'
import { concat, payload, pcapHeader, pcapRecord, readAll } from '../../../support/capture-bytes'

/** Lends pieces of `piece` bytes with room for `room` bytes in front, each in one of two buffers that are used in turn. */
function lending(bytes: Uint8Array, piece: number, room: number): ByteSource & { lent: number } {
  const buffers = [new Uint8Array(room + piece), new Uint8Array(room + piece)]
  return {
    ...memorySource(bytes, 'lent.pcap'),
    lent: 0,
    next(position, tail) {
      if (tail.length > room) return undefined
      const length = Math.min(piece, bytes.length - position)
      const buffer = buffers[this.lent++ % 2]!
      const kept = tail.slice()
      // what was lent before is gone
      buffer.fill(0xee)
      buffer.set(bytes.subarray(position, position + length), room)
      buffer.set(kept, room - kept.length)
      return { bytes: buffer, at: room - kept.length, limit: room + length }
    },
  }
}

describe('a reader of lent bytes', () => {
  const records = Array.from({ length: 60 }, (_, i) => pcapRecord(i, i, payload((i * 37) % 400)))
  const capture = concat(pcapHeader({}), ...records)
  const expected = readAll(memorySource(capture, 'lent.pcap'))

  it.each([
    [64, 512],
    [1000, 512],
    [100_000, 512],
  ])('finds every packet in pieces of %i bytes', (piece, room) => {
    const source = lending(capture, piece, room)
    expect(readAll(source).packets).toEqual(expected.packets)
    expect(source.lent).toBe(Math.ceil((capture.length - 24) / piece))
  })

  it('reads on by itself where a packet is larger than the room in front of a piece', () => {
    const { packets, status } = readAll(lending(capture, 300, 100))
    expect(packets).toEqual(expected.packets)
    expect(status).toBe('end')
  })

  it('stops where the bytes end', () => {
    const cut = capture.subarray(0, capture.length - 5)
    const lent = readAll(lending(cut, 64, 512)),
      plain = readAll(memorySource(cut, 'lent.pcap'))
    expect(lent.packets).toEqual(plain.packets)
    expect(lent.status).toBe('damaged')
    expect(lent.reader.problem?.message).toBe(plain.reader.problem?.message)
  })
})
