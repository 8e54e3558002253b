// Cipher block chaining over the block ciphers that hosts do not have any more.
import { ideaDecryption } from './idea'
import { rc2Decryption } from './rc2'
import { seedDecryption } from './seed'

/** Decryption under one key. */
export interface BlockDecryption {
  /** Bytes of a block. */
  readonly length: number
  /** Decrypts one block in its place. */
  decrypt(block: DataView): void
}

/** Ciphers in CBC mode that are decrypted here, in the names of OpenSSL's old releases. */
export type OwnCbcName = 'rc2-cbc' | 'idea-cbc' | 'seed-cbc'

const DECRYPTIONS: Readonly<Record<OwnCbcName, (key: Uint8Array) => BlockDecryption>> = {
  'rc2-cbc': rc2Decryption,
  'idea-cbc': ideaDecryption,
  'seed-cbc': seedDecryption,
}

/** Whether a cipher is one of those that are decrypted here. */
export const isOwnCbc = (name: string): name is OwnCbcName => name in DECRYPTIONS

/** Decrypts whole blocks into new bytes; padding stays. Undefined when the ciphertext is not a multiple of the block, or the vector is not one block. */
export function decryptOwnCbc(name: OwnCbcName, key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array | undefined {
  const cipher = DECRYPTIONS[name](key),
    { length } = cipher
  if (iv.length !== length || ciphertext.length % length !== 0) return undefined
  const plain = Uint8Array.from(ciphertext)
  for (let at = 0; at < plain.length; at += length) {
    cipher.decrypt(new DataView(plain.buffer, at, length))
    for (let i = 0; i < length; i++) plain[at + i] = (plain[at + i] ?? 0) ^ (at ? (ciphertext[at - length + i] ?? 0) : (iv[i] ?? 0))
  }
  return plain
}
