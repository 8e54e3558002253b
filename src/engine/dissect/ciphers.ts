// Cryptography by port: the engine has no platform. All calls are synchronous, and answer undefined where a thing cannot be done rather than throw.

/** Hash functions of TLS. */
export type HashName = 'md5' | 'sha1' | 'sha256' | 'sha384'
/** Hash functions of all protocols. */
export type DigestName = HashName | 'blake2s256'

/** Ciphers with authentication, as OpenSSL names them. */
export type AeadName = `${'aes' | 'aria'}-${128 | 256}-${'gcm' | 'ccm'}` | 'chacha20-poly1305'

/** Ciphers in CBC mode, as OpenSSL names them. */
export type CbcName = `${'aes' | 'camellia' | 'aria'}-${128 | 256}-cbc` | 'des-ede3-cbc' | 'des-cbc'

/** Ciphers of QUIC's header protection (RFC 9001, 5.4). */
export type MaskName = 'aes-128' | 'aes-256' | 'chacha20'

/** What decryption needs of its host. */
export interface Ciphers {
  hash(name: DigestName, data: Uint8Array): Uint8Array
  hmac(name: DigestName, key: Uint8Array, data: Uint8Array): Uint8Array
  /** Decrypts; `tag` follows from the cipher's use (16 bytes, or 8 with CCM_8). Undefined when it is not right, or the cipher is not there. */
  open(
    cipher: AeadName,
    key: Uint8Array,
    nonce: Uint8Array,
    associated: Uint8Array,
    ciphertext: Uint8Array,
    tag: Uint8Array,
  ): Uint8Array | undefined
  /** Decrypts whole blocks; padding stays. */
  decryptCbc(cipher: CbcName, key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array | undefined
  /** Five bytes that protect a QUIC packet's header, from a sample of 16 bytes; undefined where the cipher is not there. */
  headerMask(cipher: MaskName, key: Uint8Array, sample: Uint8Array): Uint8Array | undefined
  /** X25519 (RFC 7748): the shared secret of a private and a public key, 32 bytes each; undefined for keys that are none. */
  x25519(privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined
  /** RSA with a private key in PEM, without undoing the padding. */
  rsaDecrypt(pem: string, ciphertext: Uint8Array): Uint8Array | undefined
}

/** A host without cryptography: nothing is decrypted. */
export const NO_CIPHERS: Ciphers = {
  hash: () => new Uint8Array(0),
  hmac: () => new Uint8Array(0),
  open: () => undefined,
  decryptCbc: () => undefined,
  headerMask: () => undefined,
  x25519: () => undefined,
  rsaDecrypt: () => undefined,
}
