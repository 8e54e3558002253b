// What a cipher suite's name says of its keys: cipher, mode, sizes, MAC and the hash of its key derivation (RFC 5246, appendix C; RFC 8446, B.4).
import type { AeadName, CbcName, HashName } from '../../../../dissect/ciphers'
import { tlsCipherSuiteName } from '../../../../values/tls'
import type { OwnCbcName } from './block-chaining'

/** How records of a suite are protected. */
export interface SuiteParameters {
  readonly kind: 'aead' | 'cbc' | 'rc4' | 'null'
  /** OpenSSL's name of the cipher; undefined in the other kinds. */
  readonly aead: AeadName | undefined
  readonly cbc: CbcName | OwnCbcName | undefined
  /** Bytes of key that the key block gives. */
  readonly keyLength: number
  /** Bytes of key that are made of these in the suites that were weakened for export; 0 in all others. */
  readonly exportLength: number
  /** Bytes of initialization vector that the key block gives: the block of CBC, the fixed part of a nonce. */
  readonly ivLength: number
  /** Bytes of nonce that each record carries (TLS 1.2 with GCM and CCM). */
  readonly explicitNonce: number
  readonly tagLength: number
  /** Hash of the MAC; undefined where the cipher has authentication of its own. */
  readonly mac: HashName | undefined
  /** Hash of the key derivation from TLS 1.2 on. */
  readonly prf: HashName
  /** The key exchange is RSA encryption: a private key is enough. */
  readonly rsaExchange: boolean
}

/** Bytes that a hash gives. */
export const HASH_LENGTHS: Readonly<Record<HashName, number>> = { md5: 16, sha1: 20, sha256: 32, sha384: 48 }

const MACS: Readonly<Record<string, HashName>> = { MD5: 'md5', SHA: 'sha1', SHA256: 'sha256', SHA384: 'sha384' }

/** Block ciphers that hosts do not have any more. */
const OWN_CBC: Readonly<Record<string, { readonly cbc: OwnCbcName; readonly keyLength: number; readonly ivLength: number }>> = {
  IDEA: { cbc: 'idea-cbc', keyLength: 16, ivLength: 8 },
  RC2: { cbc: 'rc2-cbc', keyLength: 16, ivLength: 8 },
  SEED: { cbc: 'seed-cbc', keyLength: 16, ivLength: 16 },
}

const known = new Map<number, SuiteParameters | undefined>()

/** Parameters of a suite; undefined for those that are not covered (GOST, 56-bit RC2, unknown ones). */
export function suiteParameters(suite: number): SuiteParameters | undefined {
  if (!known.has(suite)) known.set(suite, fromName(tlsCipherSuiteName(suite) ?? ''))
  return known.get(suite)
}

function fromName(name: string): SuiteParameters | undefined {
  const match = /^TLS_(?:(\w+)_WITH_)?(\w+)$/.exec(name),
    exchange = match?.[1] ?? '',
    cipher = match?.[2] ?? ''
  if (!match || name.endsWith('_SCSV')) return undefined
  const common = {
    prf: cipher.endsWith('_SHA384') ? 'sha384' : 'sha256',
    rsaExchange: exchange.startsWith('RSA'),
    exportLength: 0,
  } as const
  const none = { aead: undefined, cbc: undefined, explicitNonce: 0, tagLength: 0 } as const
  const aead = /^(AES|ARIA)_(128|256)_(GCM|CCM)(_8)?(?:_SHA256|_SHA384)?$/.exec(cipher)
  if (aead) {
    return {
      ...common,
      ...none,
      kind: 'aead',
      aead: `${aead[1] === 'AES' ? 'aes' : 'aria'}-${aead[2] === '128' ? 128 : 256}-${aead[3] === 'GCM' ? 'gcm' : 'ccm'}`,
      keyLength: Number(aead[2]) / 8,
      ivLength: 4,
      explicitNonce: 8,
      tagLength: aead[4] ? 8 : 16,
      mac: undefined,
    }
  }
  if (cipher.startsWith('CHACHA20_POLY1305')) {
    return { ...common, ...none, kind: 'aead', aead: 'chacha20-poly1305', keyLength: 32, ivLength: 12, tagLength: 16, mac: undefined }
  }
  const mac = MACS[cipher.slice(cipher.lastIndexOf('_') + 1)]
  const block = /^(AES|CAMELLIA|ARIA)_(128|256)_CBC_/.exec(cipher)
  if (block && mac) {
    const family = block[1] === 'AES' ? 'aes' : block[1] === 'ARIA' ? 'aria' : 'camellia'
    return {
      ...common,
      ...none,
      kind: 'cbc',
      cbc: `${family}-${block[2] === '128' ? 128 : 256}-cbc`,
      keyLength: Number(block[2]) / 8,
      ivLength: 16,
      mac,
    }
  }
  if (cipher.startsWith('3DES_EDE_CBC') && mac)
    return { ...common, ...none, kind: 'cbc', cbc: 'des-ede3-cbc', keyLength: 24, ivLength: 8, mac }
  const des = /^DES(40)?_CBC_/.exec(cipher)
  if (des && mac) {
    return { ...common, ...none, kind: 'cbc', cbc: 'des-cbc', keyLength: des[1] ? 5 : 8, exportLength: des[1] ? 8 : 0, ivLength: 8, mac }
  }
  const own = /^(IDEA|SEED|RC2)_CBC_(40_)?/.exec(cipher)
  if (own?.[1] && mac) {
    const sizes = OWN_CBC[own[1]]
    if (sizes) return { ...common, ...none, kind: 'cbc', ...sizes, ...(own[2] && { keyLength: 5, exportLength: 16 }), mac }
  }
  if (cipher.startsWith('RC4_40') && mac) return { ...common, ...none, kind: 'rc4', keyLength: 5, exportLength: 16, ivLength: 0, mac }
  if (cipher.startsWith('RC4_128') && mac) return { ...common, ...none, kind: 'rc4', keyLength: 16, ivLength: 0, mac }
  if (cipher.startsWith('NULL') && mac) return { ...common, ...none, kind: 'null', keyLength: 0, ivLength: 0, mac }
  return undefined
}
