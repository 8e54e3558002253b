// Signatures of certificates, checked with Node's OpenSSL.
import { constants, createPublicKey, verify } from 'node:crypto'
import type { SignatureCheck } from '../../engine/session/tls/certificates/chain'

/** Hash of each signature algorithm by its identifier (RFC 3279, 4055, 5758, 8410); null where the algorithm has its own. */
const HASHES: Readonly<Record<string, string | null>> = {
  '1.2.840.113549.1.1.4': 'md5',
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.113549.1.1.14': 'sha224',
  '1.2.840.10040.4.3': 'sha1',
  '2.16.840.1.101.3.4.3.2': 'sha256',
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.1': 'sha224',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.3.101.112': null,
  '1.3.101.113': null,
}
const RSASSA_PSS = '1.2.840.113549.1.1.10'
/** PSS names its hash in parameters; the three that TLS knows are tried. */
const PSS_HASHES = ['sha256', 'sha384', 'sha512']

/** Checks signatures. */
export const nodeSignatureCheck: SignatureCheck = {
  verify(algorithm, info, content, signature) {
    const hash = HASHES[algorithm]
    if (hash === undefined && algorithm !== RSASSA_PSS) return undefined
    try {
      const key = createPublicKey({ key: Buffer.from(info), format: 'der', type: 'spki' })
      if (hash !== undefined) return verify(hash, content, key, signature)
      return PSS_HASHES.some((name) =>
        verify(name, content, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }, signature),
      )
    } catch {
      // a key that OpenSSL does not take
      return undefined
    }
  },
}
