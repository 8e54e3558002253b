import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crc32, expectedChecksum, internetChecksum } from '../../../../src/engine/bytes/checksum'

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

describe('checksums', () => {
  test('the Internet checksum of the example in RFC 1071', () => {
    expect(internetChecksum(Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7), 0, 8)).toBe(0x220d)
  })
  test('an odd last byte counts as if a zero followed', () => {
    expect(internetChecksum(Uint8Array.of(0x12, 0x34, 0x56), 0, 3)).toBe(internetChecksum(Uint8Array.of(0x12, 0x34, 0x56, 0x00), 0, 4))
  })
  test('the check value of CRC-32', () => {
    expect(crc32(bytesOf('123456789'), 0, 9).toString(16)).toBe('cbf43926')
  })
  test('data with its right checksum inside sums to zero, and a wrong one is told what it should be', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 60 }), fc.integer({ min: 0, max: 0xffff }), (data, wrong) => {
        data[2] = data[3] = 0
        data[4] = 0x45
        const right = internetChecksum(data, 0, data.length)
        data[2] = right >> 8
        data[3] = right
        expect(internetChecksum(data, 0, data.length)).toBe(0)
        data[2] = wrong >> 8
        data[3] = wrong
        // 0 and 0xffff are the same number in one's complement
        expect(expectedChecksum(wrong, internetChecksum(data, 0, data.length)) % 0xffff).toBe(right % 0xffff)
      }),
    )
  })
})
