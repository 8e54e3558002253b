// SEED (RFC 4269; suites of RFC 4162), which today's libraries leave out and old captures hold: decryption of one block.
import type { BlockDecryption } from './block-chaining'

const ROUNDS = 16
/** The golden ratio, from which the round constants are made. */
const GOLDEN_RATIO = 0x9e3779b9
/** Bits of a byte that each of G's four outputs keeps of the first S-box; the others follow by rotation. */
const MASKS = [0xfc, 0xf3, 0xcf, 0x3f] as const

/** Multiplies in GF(2^8) modulo x^8 + x^6 + x^5 + x + 1. */
function product(a: number, b: number): number {
  let result = 0
  for (let rest = b, shifted = a; rest > 0; rest >>= 1) {
    if (rest & 1) result ^= shifted
    shifted = (shifted << 1) ^ (shifted & 0x80 ? 0x163 : 0)
  }
  return result
}

/** An S-box: a power in the field, an affine map (by what it makes of each bit) and a constant. */
function substitution(exponent: number, columns: readonly number[], constant: number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, input) => {
    let power = 1
    for (let times = 0; times < exponent; times++) power = product(power, input)
    return columns.reduce((sum, column, bit) => (power & (1 << bit) ? sum ^ column : sum), constant)
  })
}

let boxes: readonly [Uint8Array, Uint8Array] | undefined
/** Both S-boxes (RFC 4269, 2.3), made when a capture first needs them. */
function substitutions(): readonly [Uint8Array, Uint8Array] {
  boxes ??= [
    substitution(247, [0x2c, 0xd0, 0x69, 0xc2, 0x41, 0x44, 0x58, 0xe2], 169),
    substitution(251, [0xd0, 0x2a, 0xe1, 0x2c, 0x21, 0x30, 0xa2, 0x6c], 56),
  ]
  return boxes
}

/** The function G: four bytes through the S-boxes, each output byte of all four. */
function mixed(word: number): number {
  const [even, odd] = substitutions(),
    through = [even[word & 255] ?? 0, odd[(word >>> 8) & 255] ?? 0, even[(word >>> 16) & 255] ?? 0, odd[word >>> 24] ?? 0]
  let result = 0
  for (let out = 0; out < 4; out++) {
    let byte = 0
    for (let from = 0; from < 4; from++) byte ^= (through[from] ?? 0) & (MASKS[(from + out) & 3] ?? 0)
    result |= byte << (8 * out)
  }
  return result >>> 0
}

const plus = (a: number, b: number): number => (a + b) >>> 0

/** Decryption of blocks under a key of 16 bytes. */
export function seedDecryption(key: Uint8Array): BlockDecryption {
  const keys = roundKeys(key)
  return {
    length: 16,
    decrypt(block) {
      const word = [0, 4, 8, 12].map((at) => block.getUint32(at))
      let [a = 0, b = 0, c = 0, d = 0] = word
      for (let round = ROUNDS - 1; round >= 0; round--) {
        const [first = 0, second = 0] = keys[round] ?? []
        let left = c ^ first,
          right = mixed((left ^ d ^ second) >>> 0)
        left = mixed(plus(left >>> 0, right))
        right = mixed(plus(right, left))
        left = plus(left, right)
        ;[a, b, c, d] = [c, d, (a ^ left) >>> 0, (b ^ right) >>> 0]
      }
      ;[c, d, a, b].forEach((value, index) => {
        block.setUint32(4 * index, value)
      })
    },
  }
}

/** Two words of key for each round (RFC 4269, 2.2): the halves of the key are rotated by 8 bits in turn. */
function roundKeys(key: Uint8Array): readonly (readonly [number, number])[] {
  const view = new DataView(key.buffer, key.byteOffset, 16)
  let [a, b, c, d] = [view.getUint32(0), view.getUint32(4), view.getUint32(8), view.getUint32(12)]
  return Array.from({ length: ROUNDS }, (_, round) => {
    const constant = ((GOLDEN_RATIO << round) | (round ? GOLDEN_RATIO >>> (32 - round) : 0)) >>> 0,
      keys = [mixed(plus(plus(a, c), -constant >>> 0)), mixed(plus(plus(b, -d >>> 0), constant))] as const
    if (round % 2 === 0) [a, b] = [((a >>> 8) | (b << 24)) >>> 0, ((b >>> 8) | (a << 24)) >>> 0]
    else [c, d] = [((c << 8) | (d >>> 24)) >>> 0, ((d << 8) | (c >>> 24)) >>> 0]
    return keys
  })
}
