// The engine's port for cryptography on Node: OpenSSL through node:crypto.
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  privateDecrypt,
} from 'node:crypto'
import type { CipherCCMTypes, CipherChaCha20Poly1305Types, CipherGCMTypes } from 'node:crypto'
import type { Ciphers } from '../../engine/dissect/ciphers'

/** What stands before the 32 bytes of an X25519 key in PKCS #8 and in SubjectPublicKeyInfo (RFC 8410, 7). */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex'),
  PUBLIC_PREFIX = Buffer.from('302a300506032b656e032100', 'hex')

/** Synchronous: the engine owns its process. */
export const nodeCiphers: Ciphers = {
  hash: (name, data) => createHash(name).update(data).digest(),
  hmac: (name, key, data) => createHmac(name, key).update(data).digest(),
  open(cipher, key, nonce, associated, ciphertext, tag) {
    try {
      const options = { authTagLength: tag.length }
      const decipher =
        cipher === 'chacha20-poly1305'
          ? createDecipheriv(cipher satisfies CipherChaCha20Poly1305Types, key, nonce, options)
          : cipher.endsWith('gcm')
            ? createDecipheriv(cipher as CipherGCMTypes, key, nonce, options)
            : createDecipheriv(cipher as CipherCCMTypes, key, nonce, options)
      decipher.setAuthTag(tag)
      decipher.setAAD(associated, { plaintextLength: ciphertext.length })
      const { buffer, byteOffset, length } = decipher.update(ciphertext)
      decipher.final()
      // parts of a Buffer are made by its own code, which takes several times as long
      return new Uint8Array(buffer, byteOffset, length)
    } catch {
      // a tag that is not right: the key is another one, or the bytes are damaged
      return undefined
    }
  },
  decryptCbc(cipher, key, iv, ciphertext) {
    try {
      // triple DES with one key three times is DES, which OpenSSL has put away
      const isDes = cipher === 'des-cbc',
        decipher = createDecipheriv(isDes ? 'des-ede3-cbc' : cipher, isDes ? Buffer.concat([key, key, key]) : key, iv)
      decipher.setAutoPadding(false)
      const plaintext = decipher.update(ciphertext)
      decipher.final()
      return plaintext
    } catch {
      // not whole blocks, or a cipher that this OpenSSL was built without
      return undefined
    }
  },
  headerMask(cipher, key, sample) {
    try {
      // ChaCha20's counter and nonce are the sample itself
      const [name, iv, plain] =
        cipher === 'chacha20' ? (['chacha20', sample, new Uint8Array(5)] as const) : ([`${cipher}-ecb`, null, sample] as const)
      return createCipheriv(name, key, iv).update(plain).subarray(0, 5)
    } catch {
      // a cipher that this OpenSSL was built without
      return undefined
    }
  },
  x25519(privateKey, publicKey) {
    try {
      return diffieHellman({
        privateKey: createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, privateKey]), format: 'der', type: 'pkcs8' }),
        publicKey: createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, publicKey]), format: 'der', type: 'spki' }),
      })
    } catch {
      // not 32 bytes, or a point of low order
      return undefined
    }
  },
  rsaDecrypt(pem, ciphertext) {
    try {
      return privateDecrypt({ key: pem, padding: constants.RSA_NO_PADDING }, ciphertext)
    } catch {
      // no private key, or one of another size
      return undefined
    }
  },
}
