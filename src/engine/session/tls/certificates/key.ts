// The public key of a certificate (RFC 3279, RFC 5480, RFC 8410).
import { oidName } from '../../../values/oids'
import type { Der } from './der'
import { Der as Elements } from './der'

/** A public key. */
export interface PublicKey {
  readonly kind: 'RSA' | 'RSA-PSS' | 'EC' | 'DSA' | 'Ed25519' | 'Ed448' | 'other'
  /** Bits of the modulus, prime or curve; 0 when unknown. */
  readonly bits: number
  /** Name of the curve, '' for keys without one; of an unknown kind, its identifier. */
  readonly curve: string
  /** SubjectPublicKeyInfo as it is, for checking signatures. */
  readonly info: Uint8Array
}

const KINDS: Readonly<Record<string, PublicKey['kind']>> = {
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.113549.1.1.10': 'RSA-PSS',
  '1.2.840.10045.2.1': 'EC',
  '1.2.840.10040.4.1': 'DSA',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
}

/** Reads a SubjectPublicKeyInfo. */
export function readKey(info: Der): PublicKey {
  const [algorithm, key] = info.items,
    [id, parameters] = algorithm?.items ?? [],
    oid = id?.oid ?? '',
    kind = KINDS[oid] ?? 'other'
  const made = (bits: number, curve = ''): PublicKey => ({ kind, bits, curve, info: info.whole })
  switch (kind) {
    case 'RSA':
    case 'RSA-PSS':
      return made(bitLength(Elements.read(key?.bits ?? new Uint8Array(0))?.items[0]?.bytes))
    case 'DSA':
      return made(bitLength(parameters?.items[0]?.bytes))
    case 'EC': {
      const curve = parameters ? (oidName(parameters.oid) ?? parameters.oid) : ''
      return made(Number(/\d{3}/.exec(curve)?.[0] ?? 0), curve)
    }
    case 'Ed25519':
      return made(256, 'Curve25519')
    case 'Ed448':
      return made(456, 'Curve448')
    case 'other':
      return made(0, oidName(oid) ?? oid)
  }
}

/** Bits of an unsigned big-endian number. */
function bitLength(bytes: Uint8Array = new Uint8Array(0)): number {
  const first = bytes.findIndex((byte) => byte !== 0)
  return first < 0 ? 0 : (bytes.length - first) * 8 - Math.clz32(bytes[first] ?? 0) + 24
}
