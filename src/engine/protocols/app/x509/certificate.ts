// X.509 certificates (RFC 5280, 4.1) as Wireshark's x509af reads them: names in names.ts, extensions in extensions.ts, keys in keys.ts. Called by type
// from TLS ('ber.type': a certificate is part of its layer there). Not covered: revocation lists, attribute certificates.
import { BER_BOOLEAN, BER_SEQUENCE, berElement, defineProtocol } from '../../../dissect/define'
import type { Decoder, FieldId } from '../../../dissect/define'
import { oidName } from '../../../values/oids'
import { F } from './fields'
import { rsaPublicKey } from './keys'
import { nameItems, rdnSequence } from './names'
import {
  bitString,
  boolean,
  choice,
  contents,
  identifier,
  inContents,
  integer,
  listOf,
  next,
  optional,
  optionalUniversal,
  sequence,
  text,
  time,
} from './reader'

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'
const DSA = '1.2.840.10040.4.1',
  USER_ID = '0.9.2342.19200300.100.1.1'

/** Certificate, from d.at on, under the caller's row. */
function certificate(d: Decoder): void {
  sequence(d, null, () => {
    sequence(d, F['x509af.signedCertificate_element'], () => {
      signedCertificate(d)
    })
    algorithmIdentifier(d, F['x509af.algorithmIdentifier_element'])
    bitString(d, F['x509af.encrypted'])
  })
}

function signedCertificate(d: Decoder): void {
  const version = optional(d, 0)
  if (version) {
    inContents(d, version, () => {
      integer(d, F['x509af.version'])
    })
  }
  contents(d, F['x509af.serialNumber'])
  algorithmIdentifier(d, F['x509af.signature_element'])
  name(d, F['x509af.issuer'], F['x509if.rdnSequence'])
  sequence(d, F['x509af.validity_element'], () => {
    time(d, F['x509af.notBefore'], F['x509af.utcTime'], F['x509af.generalizedTime'])
    time(d, F['x509af.notAfter'], F['x509af.utcTime'], F['x509af.generalizedTime'])
  })
  name(d, F['x509af.subject'], F['x509af.rdnSequence'])
  subjectPublicKeyInfo(d)
  const issuerId = optional(d, 1)
  if (issuerId) bitString(d, F['x509af.issuerUniqueIdentifier'], [], issuerId)
  const subjectId = optional(d, 2)
  if (subjectId) bitString(d, F['x509af.subjectUniqueIdentifier'], [], subjectId)
  const extensions = optional(d, 3)
  if (!extensions) return
  inContents(d, extensions, () => {
    listOf(d, F['x509af.extensions'], () => {
      extension(d)
    })
  })
}

/** Name: a choice with one alternative. */
function name(d: Decoder, field: FieldId<'u32'>, sequenceField: FieldId<'u32'>): void {
  const element = berElement(d)
  choice(d, field, 0, element.start, element.next, () => {
    rdnSequence(d, sequenceField, element)
  })
}

/** AlgorithmIdentifier; returns the algorithm. Parameters are read by whoever knows the algorithm. */
export function algorithmIdentifier(d: Decoder, field: FieldId<'none'>): string {
  let algorithm = ''
  const node = d.tree.count
  sequence(d, field, () => {
    algorithm = identifier(d, F['x509af.algorithm.id'])
    const parameters = next(d)
    if (parameters) d.embed('ber.oid', algorithm, d.at, d.end)
  })
  if (d.labels) d.appendLabel(` (${oidName(algorithm) ?? algorithm})`, node)
  return algorithm
}

function subjectPublicKeyInfo(d: Decoder): void {
  sequence(d, F['x509af.subjectPublicKeyInfo_element'], () => {
    const algorithm = algorithmIdentifier(d, F['x509af.algorithm_element'])
    bitString(d, F['x509af.subjectPublicKey'], [], berElement(d), (start, end) => {
      if (algorithm !== RSA_ENCRYPTION) return
      const outer = d.end
      d.at = start
      d.end = Math.min(outer, end)
      rsaPublicKey(d)
      d.end = outer
    })
  })
}

/** Extension: its identifier, whether it is critical, and its value, which is read by whoever knows the identifier. */
function extension(d: Decoder): void {
  const node = d.tree.count
  let id = ''
  sequence(d, F['x509af.Extension_element'], () => {
    id = identifier(d, F['x509af.extension.id'])
    const critical = optionalUniversal(d, BER_BOOLEAN)
    if (critical) boolean(d, F['x509af.critical'], critical)
    const value = berElement(d)
    inContents(d, value, () => {
      if (d.at < d.end && !d.embed('ber.oid', id, d.at, d.end))
        d.note(d.at, Math.min(d.end, d.readable), 'Value of an extension that is not known')
    })
  })
  if (d.labels) d.appendLabel(` (${oidName(id) ?? id})`, node)
}

/** Dss-Parms (RFC 3279, 2.3.2). */
function dsaParameters(d: Decoder): void {
  if (next(d)?.tag !== BER_SEQUENCE) return
  sequence(d, F['x509af.DSS_Params_element'], () => {
    contents(d, F['x509af.p'])
    contents(d, F['x509af.q'])
    contents(d, F['x509af.g'])
  })
}

export const x509af = defineProtocol({
  name: 'x509af',
  title: 'X.509 Authentication Framework',
  short: 'X509AF',
  firstVisit: 'none',
  accepts: { 'ber.oid': [DSA, USER_ID], 'ber.type': ['x509af.Certificate', 'x509if.RDNSequence'] },
  fields: {},
  decode(d) {
    if (d.key === DSA) dsaParameters(d)
    else if (d.key === USER_ID) text(d, F['x509af.Userid'])
    else if (d.key === 'x509if.RDNSequence') nameItems(d)
    else certificate(d)
  },
})
