// A filter like `tcp.payload contains "path"` finds the bytes wherever they stand, in long and short packets, and nothing outside the packet.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteSearch } from '../../../../src/engine/bytes/byte-search'

// few different bytes, so that what is searched for occurs, overlaps itself and almost occurs
const bytes = (maxLength: number, minLength = 0) =>
  fc.array(fc.integer({ min: 0, max: 3 }), { minLength, maxLength }).map((all) => Uint8Array.from(all))

test('bytes are found exactly where the platform finds them', () => {
  fc.assert(
    fc.property(bytes(300), bytes(6, 1), fc.nat(300), fc.nat(300), (text, part, a, b) => {
      const start = Math.min(a, b, text.length),
        end = Math.min(Math.max(a, b), text.length)
      expect(new ByteSearch(part).occurs(text, start, end)).toBe(Buffer.from(text.subarray(start, end)).includes(Buffer.from(part)))
    }),
    { numRuns: 5000 },
  )
})

test.each([1, 2, 4, 9])('a part of %i bytes is found at every place of a long packet', (length) => {
  const part = new Uint8Array(length).fill(7),
    search = new ByteSearch(part)
  for (let at = 0; at + length <= 1500; at++) {
    const packet = new Uint8Array(1500)
    packet.set(part, at)
    expect(search.occurs(packet, 0, 1500), `at ${at}`).toBe(true)
    expect(search.occurs(packet, 0, at + length - 1), `cut before its end at ${at}`).toBe(false)
    expect(search.occurs(packet, at + 1, 1500), `begun behind its start at ${at}`).toBe(false)
  }
})
