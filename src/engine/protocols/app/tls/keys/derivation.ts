// From secrets to keys: the pseudo-random functions of SSL 3.0 (RFC 6101, 6.1), TLS 1.0 and 1.1 (RFC 4346, 5), TLS 1.2 (RFC 5246, 5).
import { joined } from '../../../../bytes/join'
import { encodeUtf8 } from '../../../../bytes/utf8'
import type { Ciphers, HashName } from '../../../../dissect/ciphers'

/** `length` bytes from a secret, a label and a seed, by the rules of a version (0x0300 to 0x0303). */
export function pseudoRandom(
  ciphers: Ciphers,
  version: number,
  prf: HashName,
  secret: Uint8Array,
  label: string,
  seed: Uint8Array,
  length: number,
): Uint8Array {
  if (version === 0x0300) return ssl3(ciphers, secret, seed, length)
  const labelled = joined(encodeUtf8(label), seed)
  if (version >= 0x0303) return expand(ciphers, prf, secret, labelled, length)
  const half = (secret.length + 1) >> 1,
    md5 = expand(ciphers, 'md5', secret.subarray(0, half), labelled, length),
    sha1 = expand(ciphers, 'sha1', secret.subarray(secret.length - half), labelled, length)
  return md5.map((byte, i) => byte ^ (sha1[i] ?? 0))
}

/** P_hash: HMACs over HMACs. */
function expand(ciphers: Ciphers, hash: HashName, secret: Uint8Array, seed: Uint8Array, length: number): Uint8Array {
  const result = new Uint8Array(length)
  for (let a = seed, total = 0; total < length;) {
    a = ciphers.hmac(hash, secret, a)
    const block = ciphers.hmac(hash, secret, joined(a, seed))
    // a host without cryptography
    if (block.length === 0) return block
    result.set(block.subarray(0, length - total), total)
    total += block.length
  }
  return result
}

/** MD5 over SHA-1 with 'A', 'BB', 'CCC' …; the seed stands for the label, too. */
function ssl3(ciphers: Ciphers, secret: Uint8Array, seed: Uint8Array, length: number): Uint8Array {
  const blocks: Uint8Array[] = []
  for (let round = 1; (round - 1) * 16 < length; round++) {
    const letters = new Uint8Array(round).fill(64 + round)
    blocks.push(ciphers.hash('md5', joined(secret, ciphers.hash('sha1', joined(letters, secret, seed)))))
  }
  return joined(...blocks).subarray(0, length)
}
