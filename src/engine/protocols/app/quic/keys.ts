// Keys of one direction at one level of encryption, and what they undo: header protection and the AEAD of the payload (RFC 9001, 5).
import type { AeadName, Ciphers, HashName, MaskName } from '../../../dissect/ciphers'
import { expandLabel } from '../../../dissect/hkdf'
import { labelPrefix, saltOf } from './versions'

interface Suite {
  readonly aead: AeadName
  readonly mask: MaskName
  readonly hash: HashName
  readonly keyLength: number
  readonly hashLength: number
}

const AES_128_GCM: Suite = { aead: 'aes-128-gcm', mask: 'aes-128', hash: 'sha256', keyLength: 16, hashLength: 32 }
/** Cipher suites of TLS 1.3 that QUIC can use. */
const SUITES: ReadonlyMap<number, Suite> = new Map([
  [0x1301, AES_128_GCM],
  [0x1302, { aead: 'aes-256-gcm', mask: 'aes-256', hash: 'sha384', keyLength: 32, hashLength: 48 }],
  [0x1303, { aead: 'chacha20-poly1305', mask: 'chacha20', hash: 'sha256', keyLength: 32, hashLength: 32 }],
  [0x1304, { aead: 'aes-128-ccm', mask: 'aes-128', hash: 'sha256', keyLength: 16, hashLength: 32 }],
])
const TAG = 16,
  SAMPLE = 16

/** A header without its protection. */
export interface OpenHeader {
  readonly first: number
  /** Packet number as sent, and the bytes it takes. */
  readonly truncated: number
  readonly size: number
}

/** Keys of packets in one direction. */
export class PacketKeys {
  private readonly ciphers: Ciphers
  private readonly suite: Suite
  private readonly version: number
  private readonly secret: Uint8Array
  private readonly key: Uint8Array
  private readonly iv: Uint8Array
  private readonly headerKey: Uint8Array

  private constructor(ciphers: Ciphers, suite: Suite, version: number, secret: Uint8Array, headerKey?: Uint8Array) {
    const prefix = labelPrefix(version)
    this.ciphers = ciphers
    this.suite = suite
    this.version = version
    this.secret = secret
    this.key = expandLabel(ciphers, suite.hash, secret, `${prefix}key`, suite.keyLength)
    this.iv = expandLabel(ciphers, suite.hash, secret, `${prefix}iv`, 12)
    this.headerKey = headerKey ?? expandLabel(ciphers, suite.hash, secret, `${prefix}hp`, suite.keyLength)
  }

  /** Keys of Initial packets, which whoever sees the first packet can derive (RFC 9001, 5.2). */
  static initial(ciphers: Ciphers, version: number, destination: Uint8Array, fromServer: boolean): PacketKeys | undefined {
    const salt = saltOf(version),
      common = salt && ciphers.hmac('sha256', salt, destination)
    if (!common?.length) return undefined
    const secret = expandLabel(ciphers, 'sha256', common, fromServer ? 'server in' : 'client in', 32)
    return new PacketKeys(ciphers, AES_128_GCM, version, secret)
  }

  /** Keys of a TLS secret under a cipher suite; undefined for suites that are not covered, and secrets of another size. */
  static of(ciphers: Ciphers, version: number, cipherSuite: number, secret: Uint8Array): PacketKeys | undefined {
    const suite = SUITES.get(cipherSuite)
    return suite && secret.length === suite.hashLength ? new PacketKeys(ciphers, suite, version, secret) : undefined
  }

  /** Keys after a key update; the header's key stays (RFC 9001, 6.1). */
  next(): PacketKeys {
    const { ciphers, suite, version, secret, headerKey } = this
    return new PacketKeys(
      ciphers,
      suite,
      version,
      expandLabel(ciphers, suite.hash, secret, `${labelPrefix(version)}ku`, suite.hashLength),
      headerKey,
    )
  }

  /** Undoes the header protection of a packet whose packet number stands at `at`; undefined where the packet is too short for it. */
  header(packet: Uint8Array, at: number): OpenHeader | undefined {
    if (at + 4 + SAMPLE > packet.length) return undefined
    const mask = this.ciphers.headerMask(this.suite.mask, this.headerKey, packet.subarray(at + 4, at + 4 + SAMPLE))
    if (!mask) return undefined
    const byte = packet[0] ?? 0,
      first = byte ^ ((mask[0] ?? 0) & (byte & 0x80 ? 0x0f : 0x1f)),
      size = 1 + (first & 3)
    let truncated = 0
    for (let i = 0; i < size; i++) truncated = truncated * 256 + ((packet[at + i] ?? 0) ^ (mask[i + 1] ?? 0))
    return { first, truncated, size }
  }

  /** Plaintext of a packet whose packet number stands at `at`; undefined when it is not authentic. */
  open(packet: Uint8Array, at: number, header: OpenHeader, number: number): Uint8Array | undefined {
    const from = at + header.size,
      end = packet.length - TAG
    if (end < from) return undefined
    const associated = packet.slice(0, from),
      nonce = this.iv.slice()
    associated[0] = header.first
    for (let i = 0, rest = header.truncated; i < header.size; i++, rest = Math.floor(rest / 256)) associated[from - 1 - i] = rest & 255
    for (let i = nonce.length - 1, rest = number; rest > 0 && i >= 0; i--, rest = Math.floor(rest / 256))
      nonce[i] = (nonce[i] ?? 0) ^ (rest & 255)
    return this.ciphers.open(this.suite.aead, this.key, nonce, associated, packet.subarray(from, end), packet.subarray(end))
  }
}

/** The packet number that was meant, from its lowest bytes and the largest that was seen (RFC 9000, A.3); largest -1 = none. */
export function fullPacketNumber(largest: number, { truncated, size }: OpenHeader): number {
  const window = 2 ** (8 * size),
    expected = largest + 1,
    candidate = Math.floor(expected / window) * window + truncated
  if (candidate <= expected - window / 2 && candidate < 2 ** 62 - window) return candidate + window
  return candidate > expected + window / 2 && candidate >= window ? candidate - window : candidate
}
