// One direction's record protection under one set of keys (RFC 5246, 6.2.3; RFC 8446, 5.2; RFC 6655, 7366, 7905): from ciphertext to plaintext. A record is
// decrypted from its own bytes, its sequence number and (CBC before TLS 1.1) the block before it, so that any record can be read again alone.
import { u64 } from '../../../../bytes/integers'
import { joined, sameBytes } from '../../../../bytes/join'
import type { Ciphers, HashName } from '../../../../dissect/ciphers'
import { decryptOwnCbc, isOwnCbc } from './block-chaining'
import { HASH_LENGTHS } from './cipher-suites'
import type { SuiteParameters } from './cipher-suites'
import { Rc4 } from './rc4'

/** Keys of one direction. */
export interface RecordKeys {
  readonly suite: SuiteParameters
  /** Negotiated version, 0x0300 to 0x0304. */
  readonly version: number
  readonly key: Uint8Array
  readonly iv: Uint8Array
  readonly macKey: Uint8Array
  /** The MAC covers the ciphertext (RFC 7366). */
  readonly encryptThenMac: boolean
}

/** A record without its protection. */
export interface Plaintext {
  /** Content type; in TLS 1.3 the one inside. */
  readonly type: number
  readonly bytes: Uint8Array
}

const TLS13 = 0x0304,
  TLS11 = 0x0302,
  SSL3 = 0x0300

/** Largest number that a sequence number of the explicit nonce is taken for. */
const MOST_COUNTED = 0xffff_ffffn

/** A protected record's header in TLS 1.3, with the length of the one that is opened now. */
const HEADER13 = Uint8Array.of(23, 3, 3, 0, 0)
/** The nonce of the record that is opened now; all that are counted have this length. */
const NONCE = new Uint8Array(12)

/** Decrypts records; holds no state but what a stream cipher needs. */
export class RecordCipher {
  private readonly keys: RecordKeys
  private readonly ciphers: Ciphers
  private readonly rc4: Rc4 | undefined
  /** Records begin with the last block of the record before as their initialization vector. */
  readonly chained: boolean
  /** A record counts even when it is not authentic. */
  readonly countsAll: boolean

  constructor(ciphers: Ciphers, keys: RecordKeys) {
    this.ciphers = ciphers
    this.keys = keys
    this.rc4 = keys.suite.kind === 'rc4' ? new Rc4(keys.key) : undefined
    this.chained = keys.suite.kind === 'cbc' && keys.version < TLS11
    this.countsAll = keys.suite.kind !== 'aead'
  }

  /** Records can be decrypted in their order only, and once: whoever needs the plaintext again must keep it. */
  get once(): boolean {
    return this.rc4 !== undefined
  }
  /** The first record's initialization vector, where they are chained. */
  get iv(): Uint8Array {
    return this.keys.iv
  }
  /** Last block of a record, with which the next one begins where they are chained (copied). */
  lastBlock(payload: Uint8Array): Uint8Array {
    const { suite, encryptThenMac } = this.keys,
      end = payload.length - (encryptThenMac && suite.mac ? HASH_LENGTHS[suite.mac] : 0)
    return new Uint8Array(payload.subarray(Math.max(0, end - suite.ivLength), Math.max(0, end)))
  }

  /** What a record's explicit nonce is more than its sequence number: most senders count both up by one. Undefined where there is none. */
  nonceOffset(sequence: number, payload: Uint8Array): bigint | undefined {
    const { explicitNonce } = this.keys.suite
    if (this.keys.version === TLS13 || explicitNonce !== 8 || payload.length < explicitNonce) return undefined
    return u64(payload, 0, true) - BigInt(sequence)
  }
  /** Sequence number that a record's explicit nonce tells, by the offset of an earlier one; undefined where it tells none. */
  sequenceOf(payload: Uint8Array, offset: bigint | undefined): number | undefined {
    const sequence = offset === undefined ? undefined : this.nonceOffset(0, payload)
    if (offset === undefined || sequence === undefined) return undefined
    const difference = sequence - offset
    return difference >= 0n && difference <= MOST_COUNTED ? Number(difference) : undefined
  }
  /** Bytes that protection adds to a record's content, without padding; undefined where that depends on the content. */
  get overhead(): number | undefined {
    const { kind, explicitNonce, tagLength } = this.keys.suite
    if (kind !== 'aead') return undefined
    return this.keys.version === TLS13 ? tagLength + 1 : explicitNonce + tagLength
  }

  /** Plaintext of a record's payload; undefined when it is not authentic. `recordVersion` is the header's; `iv` the block before, where they are chained. */
  open(sequence: number, type: number, recordVersion: number, payload: Uint8Array, iv: Uint8Array): Plaintext | undefined {
    const { kind } = this.keys.suite
    if (kind === 'aead')
      return this.keys.version === TLS13 ? this.open13(sequence, payload) : this.openAead(sequence, type, recordVersion, payload)
    if (kind === 'cbc') return this.openCbc(sequence, type, recordVersion, payload, iv)
    const bytes = this.rc4 ? this.rc4.apply(payload) : payload
    return this.withoutMac(sequence, type, recordVersion, bytes)
  }

  private open13(sequence: number, payload: Uint8Array): Plaintext | undefined {
    const { suite, key, iv } = this.keys,
      length = payload.length,
      tag = suite.tagLength
    if (!suite.aead || length <= tag) return undefined
    HEADER13[3] = length >> 8
    HEADER13[4] = length & 255
    const inner = this.ciphers.open(
      suite.aead,
      key,
      nonceOf(iv, sequence),
      HEADER13,
      payload.subarray(0, length - tag),
      payload.subarray(length - tag),
    )
    if (!inner) return undefined
    let end = inner.length
    while (end > 0 && inner[end - 1] === 0) end--
    return end === 0 ? undefined : { type: inner[end - 1] ?? 0, bytes: inner.subarray(0, end - 1) }
  }

  private openAead(sequence: number, type: number, version: number, payload: Uint8Array): Plaintext | undefined {
    const { suite, key, iv } = this.keys,
      { explicitNonce, tagLength } = suite,
      length = payload.length - explicitNonce - tagLength
    if (!suite.aead || length < 0) return undefined
    const nonce = explicitNonce ? joined(iv, payload.subarray(0, explicitNonce)) : nonceOf(iv, sequence),
      end = explicitNonce + length
    const bytes = this.ciphers.open(
      suite.aead,
      key,
      nonce,
      pseudoHeader(sequence, type, version, length),
      payload.subarray(explicitNonce, end),
      payload.subarray(end),
    )
    return bytes && { type, bytes }
  }

  private openCbc(sequence: number, type: number, version: number, payload: Uint8Array, chainedIv: Uint8Array): Plaintext | undefined {
    const { suite, key, macKey, encryptThenMac } = this.keys,
      { mac, cbc, ivLength } = suite
    if (!cbc || !mac) return undefined
    let body = payload
    if (encryptThenMac) {
      const length = payload.length - HASH_LENGTHS[mac]
      if (length < 0) return undefined
      body = payload.subarray(0, length)
      const expected = this.ciphers.hmac(mac, macKey, joined(pseudoHeader(sequence, type, version, length), body))
      if (!sameBytes(expected, payload.subarray(length))) return undefined
    }
    const explicit = this.keys.version >= TLS11,
      iv = explicit ? body.subarray(0, ivLength) : chainedIv
    if (iv.length !== ivLength) return undefined
    const ciphertext = explicit ? body.subarray(ivLength) : body,
      padded = isOwnCbc(cbc) ? decryptOwnCbc(cbc, key, iv, ciphertext) : this.ciphers.decryptCbc(cbc, key, iv, ciphertext)
    if (!padded?.length) return undefined
    const end = padded.length - 1 - (padded[padded.length - 1] ?? 0)
    if (end < 0) return undefined
    const bytes = padded.subarray(0, end)
    return encryptThenMac ? { type, bytes } : this.withoutMac(sequence, type, version, bytes)
  }

  /** Checks and removes the MAC at the end. */
  private withoutMac(sequence: number, type: number, version: number, bytes: Uint8Array): Plaintext | undefined {
    const { suite, macKey } = this.keys,
      { mac } = suite
    if (!mac) return { type, bytes }
    const length = bytes.length - HASH_LENGTHS[mac]
    if (length < 0) return undefined
    const content = bytes.subarray(0, length)
    const expected =
      this.keys.version === SSL3
        ? ssl3Mac(this.ciphers, mac, macKey, sequence, type, content)
        : this.ciphers.hmac(mac, macKey, joined(pseudoHeader(sequence, type, version, length), content))
    return sameBytes(expected, bytes.subarray(length)) ? { type, bytes: content } : undefined
  }
}

/** The static part with the sequence number added in, as TLS 1.3 and ChaCha20 make nonces. Valid until the next call. */
function nonceOf(iv: Uint8Array, sequence: number): Uint8Array {
  NONCE.set(iv)
  let rest = sequence
  for (let at = NONCE.length - 1; rest > 0 && at >= 0; at--) {
    NONCE[at] = (NONCE[at] ?? 0) ^ (rest & 255)
    rest = Math.floor(rest / 256)
  }
  return NONCE
}

/** What is authenticated beside the content: sequence number, type, version, length. */
function pseudoHeader(sequence: number, type: number, version: number, length: number): Uint8Array {
  const header = new Uint8Array(13),
    view = new DataView(header.buffer)
  view.setUint32(0, Math.floor(sequence / 0x1_0000_0000))
  view.setUint32(4, sequence >>> 0)
  header[8] = type
  view.setUint16(9, version)
  view.setUint16(11, length)
  return header
}

function ssl3Mac(ciphers: Ciphers, mac: HashName, key: Uint8Array, sequence: number, type: number, content: Uint8Array): Uint8Array {
  const padding = mac === 'md5' ? 48 : 40,
    header = pseudoHeader(sequence, type, 0, content.length)
  const inner = ciphers.hash(mac, joined(key, new Uint8Array(padding).fill(0x36), header.subarray(0, 9), header.subarray(11), content))
  return ciphers.hash(mac, joined(key, new Uint8Array(padding).fill(0x5c), inner))
}
