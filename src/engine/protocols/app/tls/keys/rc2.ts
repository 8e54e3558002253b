// RC2 (RFC 2268), which today's libraries leave out and old captures hold: decryption of one block, with the effective key length of 128 bits that TLS uses.
import type { BlockDecryption } from './block-chaining'

/** The random bytes from the digits of pi (RFC 2268, 2), in hexadecimal. */
const PI_BYTES =
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82' +
  '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb6266fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7' +
  '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
  '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad'
const TABLE = Uint8Array.from({ length: 256 }, (_, at) => Number.parseInt(PI_BYTES.slice(2 * at, 2 * at + 2), 16))
/** Bits by which the four words are rotated in a mixing round. */
const ROTATIONS = [1, 2, 3, 5] as const

/** Decryption of blocks under a key of 1 to 128 bytes. */
export function rc2Decryption(key: Uint8Array, effectiveBits = 128): BlockDecryption {
  const expanded = expand(key, effectiveBits),
    word = new Uint16Array(4)
  const unmix = (round: number): void => {
    for (let i = 3; i >= 0; i--) {
      const turn = ROTATIONS[i] ?? 0,
        value = word[i] ?? 0,
        before = word[(i + 3) & 3] ?? 0
      const turned = (value >>> turn) | (value << (16 - turn))
      word[i] = turned - (expanded[4 * round + i] ?? 0) - (before & (word[(i + 2) & 3] ?? 0)) - (~before & (word[(i + 1) & 3] ?? 0))
    }
  }
  return {
    length: 8,
    decrypt(block) {
      for (let i = 0; i < 4; i++) word[i] = block.getUint16(2 * i, true)
      for (let round = 15; round >= 0; round--) {
        unmix(round)
        // the mashing rounds stand behind the fifth and the eleventh mixing round
        if (round === 11 || round === 5)
          for (let i = 3; i >= 0; i--) word[i] = (word[i] ?? 0) - (expanded[(word[(i + 3) & 3] ?? 0) & 63] ?? 0)
      }
      for (let i = 0; i < 4; i++) block.setUint16(2 * i, word[i] ?? 0, true)
    },
  }
}

/** The 64 words of key that a key gives (RFC 2268, 2). */
function expand(key: Uint8Array, effectiveBits: number): Uint16Array {
  const stretched = new Uint8Array(128),
    effective = (effectiveBits + 7) >> 3,
    mask = 255 >> (8 * effective - effectiveBits)
  stretched.set(key.subarray(0, 128))
  for (let i = key.length; i < 128; i++) stretched[i] = TABLE[((stretched[i - 1] ?? 0) + (stretched[i - key.length] ?? 0)) & 255] ?? 0
  stretched[128 - effective] = TABLE[(stretched[128 - effective] ?? 0) & mask] ?? 0
  for (let i = 127 - effective; i >= 0; i--) stretched[i] = TABLE[(stretched[i + 1] ?? 0) ^ (stretched[i + effective] ?? 0)] ?? 0
  const view = new DataView(stretched.buffer)
  return Uint16Array.from({ length: 64 }, (_, at) => view.getUint16(2 * at, true))
}
