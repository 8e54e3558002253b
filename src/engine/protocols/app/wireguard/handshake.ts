// WireGuard's handshake, Noise_IKpsk2 with X25519, ChaCha20-Poly1305 and BLAKE2s, seen from outside with some of its private keys (the WireGuard paper,
// 5.4; the Noise framework, 5). What cannot be derived is undefined.
import { joined, sameBytes } from '../../../bytes/join'
import { encodeUtf8 } from '../../../bytes/utf8'
import type { Ciphers } from '../../../dissect/ciphers'
import type { WireGuardKeys } from './keys'

const CONSTRUCTION = encodeUtf8('Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s'),
  IDENTIFIER = encodeUtf8('WireGuard v1 zx2c4 Jason@zx2c4.com')
const EMPTY: Uint8Array = new Uint8Array(0),
  TAG = 16,
  BASE_POINT: Uint8Array = Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 9 : 0))

/** What is known after an initiation was read. */
export interface Initiation {
  readonly hash: Uint8Array
  readonly chain: Uint8Array
  readonly ephemeral: Uint8Array
  readonly staticKey: Uint8Array
  /** Private keys of the initiator, where they are known. */
  readonly ephemeralPrivate: Uint8Array | undefined
  readonly staticPrivate: Uint8Array | undefined
  /** TAI64N, 12 bytes. */
  readonly timestamp: Uint8Array
}

/** Keys of transport messages. */
export interface TransportKeys {
  readonly fromInitiator: Uint8Array
  readonly fromResponder: Uint8Array
}

function mix(ciphers: Ciphers, chain: Uint8Array, input: Uint8Array, count: number): Uint8Array[] {
  const secret = ciphers.hmac('blake2s256', chain, input),
    keys: Uint8Array[] = []
  for (let round = 1; round <= count; round++)
    keys.push(ciphers.hmac('blake2s256', secret, joined(keys.at(-1) ?? EMPTY, Uint8Array.of(round))))
  return keys
}

function hashed(ciphers: Ciphers, ...parts: Uint8Array[]): Uint8Array {
  return ciphers.hash('blake2s256', joined(...parts))
}

/** Decrypts with a counter of 0 to 2^64 - 1; undefined when the key is not right. */
export function openWith(
  ciphers: Ciphers,
  key: Uint8Array,
  counter: bigint,
  sealed: Uint8Array,
  associated = EMPTY,
): Uint8Array | undefined {
  if (sealed.length < TAG) return undefined
  const nonce = new Uint8Array(12)
  new DataView(nonce.buffer).setBigUint64(4, counter, true)
  return ciphers.open('chacha20-poly1305', key, nonce, associated, sealed.subarray(0, -TAG), sealed.subarray(-TAG))
}

/** The private key of a list that belongs to a public one. */
function privateOf(ciphers: Ciphers, keys: readonly Uint8Array[], publicKey: Uint8Array): Uint8Array | undefined {
  return keys.find((key) => sameBytes(ciphers.x25519(key, BASE_POINT) ?? EMPTY, publicKey))
}

/** Reads an initiation of 148 bytes with the keys of either side. */
export function readInitiation(ciphers: Ciphers, keys: WireGuardKeys, message: Uint8Array): Initiation | undefined {
  const ephemeral = message.slice(8, 40),
    sealedStatic = message.subarray(40, 88),
    sealedTime = message.subarray(88, 116),
    chain0 = hashed(ciphers, CONSTRUCTION),
    hash0 = hashed(ciphers, chain0, IDENTIFIER),
    ephemeralPrivate = privateOf(ciphers, keys.ephemeralPrivate, ephemeral)
  // the responder's static key: known with its private part, or from the initiator's settings
  const responders: { publicKey: Uint8Array; privateKey: Uint8Array | undefined }[] = []
  for (const key of keys.staticPrivate) {
    const publicKey = ciphers.x25519(key, BASE_POINT)
    if (publicKey) responders.push({ publicKey, privateKey: key })
  }
  if (ephemeralPrivate) for (const publicKey of keys.staticPublic) responders.push({ publicKey, privateKey: undefined })
  for (const { publicKey, privateKey } of responders) {
    const shared = privateKey ? ciphers.x25519(privateKey, ephemeral) : ephemeralPrivate && ciphers.x25519(ephemeralPrivate, publicKey)
    if (!shared) continue
    let hash = hashed(ciphers, hashed(ciphers, hash0, publicKey), ephemeral)
    const [chain1] = mix(ciphers, chain0, ephemeral, 1),
      [chain2, key2] = mix(ciphers, chain1 ?? EMPTY, shared, 2)
    const staticKey = key2 && openWith(ciphers, key2, 0n, sealedStatic, hash)
    if (!staticKey || !chain2) continue
    hash = hashed(ciphers, hash, sealedStatic)
    const staticPrivate = privateOf(ciphers, keys.staticPrivate, staticKey),
      both = privateKey ? ciphers.x25519(privateKey, staticKey) : staticPrivate && ciphers.x25519(staticPrivate, publicKey)
    if (!both) return undefined
    const [chain, key3] = mix(ciphers, chain2, both, 2),
      timestamp = key3 && openWith(ciphers, key3, 0n, sealedTime, hash)
    if (!timestamp || !chain) return undefined
    return { hash: hashed(ciphers, hash, sealedTime), chain, ephemeral, staticKey, ephemeralPrivate, staticPrivate, timestamp }
  }
  return undefined
}

/** Reads a response of 92 bytes to an initiation, and derives the keys of what follows. */
export function readResponse(
  ciphers: Ciphers,
  keys: WireGuardKeys,
  initiation: Initiation,
  message: Uint8Array,
): TransportKeys | undefined {
  const ephemeral = message.subarray(12, 44),
    sealed = message.subarray(44, 60),
    own = initiation.ephemeralPrivate && initiation.staticPrivate ? undefined : privateOf(ciphers, keys.ephemeralPrivate, ephemeral)
  const first = own
      ? ciphers.x25519(own, initiation.ephemeral)
      : initiation.ephemeralPrivate && ciphers.x25519(initiation.ephemeralPrivate, ephemeral),
    second = own
      ? ciphers.x25519(own, initiation.staticKey)
      : initiation.staticPrivate && ciphers.x25519(initiation.staticPrivate, ephemeral)
  if (!first || !second) return undefined
  let chain = initiation.chain
  for (const input of [ephemeral, first, second]) chain = mix(ciphers, chain, input, 1)[0] ?? EMPTY
  const hash = hashed(ciphers, initiation.hash, ephemeral)
  for (const preshared of keys.preshared) {
    const [last, extra, key] = mix(ciphers, chain, preshared, 3)
    if (!last || !extra || !key || !openWith(ciphers, key, 0n, sealed, hashed(ciphers, hash, extra))) continue
    const [fromInitiator, fromResponder] = mix(ciphers, last, EMPTY, 2)
    return fromInitiator && fromResponder ? { fromInitiator, fromResponder } : undefined
  }
  return undefined
}
