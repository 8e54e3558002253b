// IDEA (Lai, On the Design and Security of Block Ciphers, 1992; suite of RFC 5469), which today's libraries leave out and old captures hold: decryption of one block.
import type { BlockDecryption } from './block-chaining'

const ROUNDS = 8
/** Subkeys: six a round and four for the output. */
const SUBKEYS = 6 * ROUNDS + 4

/** Decryption of blocks under a key of 16 bytes. */
export function ideaDecryption(key: Uint8Array): BlockDecryption {
  const keys = inverted(expand(key))
  return {
    length: 8,
    decrypt(block) {
      let a = block.getUint16(0),
        b = block.getUint16(2),
        c = block.getUint16(4),
        d = block.getUint16(6),
        at = 0
      const next = (): number => keys[at++] ?? 0
      for (let round = 0; round < ROUNDS; round++) {
        a = multiply(a, next())
        b = (b + next()) & 0xffff
        c = (c + next()) & 0xffff
        d = multiply(d, next())
        const left = multiply(a ^ c, next()),
          right = multiply(((b ^ d) + left) & 0xffff, next()),
          sum = (left + right) & 0xffff,
          second = b
        a ^= right
        b = c ^ right
        c = second ^ sum
        d ^= sum
      }
      block.setUint16(0, multiply(a, next()))
      // the last round's exchange of the middle words is undone
      block.setUint16(2, (c + next()) & 0xffff)
      block.setUint16(4, (b + next()) & 0xffff)
      block.setUint16(6, multiply(d, next()))
    },
  }
}

/** Product modulo 65537, in which 0 stands for 65536. */
function multiply(a: number, b: number): number {
  return (((a || 0x1_0000) * (b || 0x1_0000)) % 0x1_0001) & 0xffff
}

/** What a number is to be multiplied with to give 1 (Fermat: the power of 65535). */
function reciprocal(number: number): number {
  let result = 1,
    power = number
  for (let bit = 0; bit < 16; bit++) {
    result = multiply(result, power)
    power = multiply(power, power)
  }
  return result
}

/** Subkeys of encryption: the key's eight words, and those of the key rotated by 25 bits again and again. */
function expand(key: Uint8Array): Uint16Array {
  const bit = (at: number): number => ((key[(at & 127) >> 3] ?? 0) >> (7 - (at & 7))) & 1
  return Uint16Array.from({ length: SUBKEYS }, (_, index) => {
    const first = 25 * (index >> 3) + 16 * (index & 7)
    let word = 0
    for (let at = first; at < first + 16; at++) word = (word << 1) | bit(at)
    return word
  })
}

/** Subkeys of decryption: the inverses in reverse order. */
function inverted(keys: Uint16Array): Uint16Array {
  const result = new Uint16Array(SUBKEYS),
    of = (at: number): number => keys[at] ?? 0
  for (let round = 0; round <= ROUNDS; round++) {
    const from = 6 * (ROUNDS - round),
      to = 6 * round,
      isOuter = round === 0 || round === ROUNDS
    result[to] = reciprocal(of(from))
    result[to + 1] = -of(from + (isOuter ? 1 : 2))
    result[to + 2] = -of(from + (isOuter ? 2 : 1))
    result[to + 3] = reciprocal(of(from + 3))
    if (round < ROUNDS) result.set([of(from - 2), of(from - 1)], to + 4)
  }
  return result
}
