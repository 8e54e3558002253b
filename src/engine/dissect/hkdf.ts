// HKDF (RFC 5869) with the labels of TLS 1.3 (RFC 8446, 7.1), from which TLS and QUIC derive keys.
import { joined } from '../bytes/join'
import { encodeUtf8 } from '../bytes/utf8'
import type { Ciphers, HashName } from './ciphers'

/** HKDF-Expand-Label with an empty context. */
export function expandLabel(ciphers: Ciphers, hash: HashName, secret: Uint8Array, label: string, length: number): Uint8Array {
  const name = encodeUtf8(`tls13 ${label}`),
    info = joined(Uint8Array.of(length >> 8, length & 255, name.length), name, Uint8Array.of(0)),
    blocks: Uint8Array[] = []
  let previous = new Uint8Array(0),
    total = 0
  for (let round = 1; total < length && round < 256; round++) {
    previous = new Uint8Array(ciphers.hmac(hash, secret, joined(previous, info, Uint8Array.of(round))))
    if (previous.length === 0) break
    blocks.push(previous)
    total += previous.length
  }
  return joined(...blocks).subarray(0, length)
}
