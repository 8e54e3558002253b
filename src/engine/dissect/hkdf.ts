// HKDF (RFC 5869) with the labels of TLS 1.3 (RFC 8446, 7.1), from which TLS and QUIC derive keys.
import { joined } from '../bytes/join'
import { encodeUtf8 } from '../bytes/utf8'
import type { Ciphers, HashName } from './ciphers'

/** The labels that are in use, as HKDF's info with the number of the first round behind it; few. */
const infos = new Map<string, Uint8Array>()

function infoOf(label: string, length: number): Uint8Array {
  const key = `${length} ${label}`
  let info = infos.get(key)
  if (!info) {
    const name = encodeUtf8(`tls13 ${label}`)
    info = joined(Uint8Array.of(length >> 8, length & 255, name.length), name, Uint8Array.of(0, 1))
    infos.set(key, info)
  }
  return info
}

/** HKDF-Expand-Label with an empty context. `length` is at most 255 times what the hash gives. */
export function expandLabel(ciphers: Ciphers, hash: HashName, secret: Uint8Array, label: string, length: number): Uint8Array {
  const first = infoOf(label, length),
    result = new Uint8Array(length)
  let block = ciphers.hmac(hash, secret, first)
  // a host without cryptography
  if (block.length === 0) return block
  for (let total = 0, round = 1; ;) {
    result.set(block.subarray(0, length - total), total)
    total += block.length
    if (total >= length) return result
    const next = joined(block, first)
    next[next.length - 1] = ++round
    block = ciphers.hmac(hash, secret, next)
  }
}
