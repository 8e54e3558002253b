// Public keys and their parameters (RFC 8017, A; RFC 5480; RFC 3279) as Wireshark's pkcs1 reads them. Not covered: curves given by their parameters.
import { BER_OID, BER_SEQUENCE, BER_UNIVERSAL, berElement, berIs, defineProtocol } from '../../../dissect/define'
import type { Decoder, FieldId } from '../../../dissect/define'
import { F } from './fields'
import { choice, contents, identifier, inContents, integer, next, optional, sequence } from './reader'

const EC_PUBLIC_KEY = '1.2.840.10045.2.1',
  RSASSA_PSS = '1.2.840.113549.1.1.10',
  MASK_GENERATION = '1.2.840.113549.1.1.8'

/** RSAPublicKey (RFC 8017, A.1.1). */
export function rsaPublicKey(d: Decoder): void {
  sequence(d, null, () => {
    contents(d, F['pkcs1.modulus'])
    integer(d, F['pkcs1.publicExponent'])
  })
}

/** ECParameters (RFC 5480, 2.1.1). */
function curve(d: Decoder): void {
  const element = berElement(d),
    named = berIs(element, BER_UNIVERSAL, BER_OID)
  choice(d, F['pkcs1.ECParameters'], named ? 1 : element.tag === BER_SEQUENCE ? 0 : 2, element.start, element.next, () => {
    if (named) identifier(d, F['pkcs1.namedCurve'], element)
  })
  d.at = element.next
}

/** An AlgorithmIdentifier within parameters. */
function hashAlgorithm(d: Decoder, field: FieldId<'none'>): void {
  sequence(d, field, () => {
    const algorithm = identifier(d, F['x509af.algorithm.id'])
    if (next(d)) d.embed('ber.oid', algorithm, d.at, d.end)
  })
}

/** RSASSA-PSS-params (RFC 8017, A.2.3). */
function pss(d: Decoder): void {
  sequence(d, F['pkcs1.RSASSA_PSS_params_element'], () => {
    for (const [tag, field] of [
      [0, F['pkcs1.hashAlgorithm_element']],
      [1, F['pkcs1.maskGenAlgorithm_element']],
    ] as const) {
      const element = optional(d, tag)
      if (!element) continue
      inContents(d, element, () => {
        hashAlgorithm(d, field)
      })
    }
    for (const [tag, field] of [
      [2, F['pkcs1.saltLength']],
      [3, F['pkcs1.trailerField']],
    ] as const) {
      const element = optional(d, tag)
      if (element)
        inContents(d, element, () => {
          integer(d, field)
        })
    }
  })
}

export const pkcs1 = defineProtocol({
  name: 'pkcs-1',
  title: 'PKCS#1',
  short: 'PKCS-1',
  firstVisit: 'none',
  accepts: { 'ber.oid': [EC_PUBLIC_KEY, RSASSA_PSS, MASK_GENERATION] },
  fields: {},
  decode(d) {
    if (!next(d)) return
    if (d.key === EC_PUBLIC_KEY) curve(d)
    else if (d.key === MASK_GENERATION) hashAlgorithm(d, F['pkcs1.HashAlgorithm_element'])
    else if (next(d)?.tag === BER_SEQUENCE) pss(d)
  },
})
