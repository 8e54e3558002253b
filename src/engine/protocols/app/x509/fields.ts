// Field tables of X.509 certificates: x509af (the frame of a certificate), x509if (names), x509sat (attribute values), pkcs1 (keys), pkix1explicit and
// pkix1implicit (the Internet profile's parts). Names are Wireshark's; labels are the members' names in the ASN.1 modules of X.509 and RFC 5280.
import { absoluteTime, bool, bytes, i32, none, numberFields, oid, string, u32, u8 } from '../../../dissect/define'
import { EXTENSION_FIELDS, GENERAL_NAME, NETSCAPE_FIELDS } from './extension-fields'

const RDN_SEQUENCE = { values: { 0: 'rdnSequence' } }
const TIME = { values: { 0: 'utcTime', 1: 'generalizedTime' } }
const DIRECTORY_STRING = {
  values: { 0: 'teletexString', 1: 'printableString', 2: 'universalString', 3: 'bmpString', 4: 'uTF8String' },
}
const DISPLAY_TEXT = { values: { 0: 'ia5String', 1: 'visibleString', 2: 'bmpString', 3: 'utf8String' } }
const BER_FIELDS = {
  'ber.bitstring.padding': u8('Padding'),
} as const

const X509AF_FIELDS = {
  'x509af.Certificate_element': none('Certificate'),
  'x509af.signedCertificate_element': none('signedCertificate'),
  'x509af.version': i32('version', { values: { 0: 'v1', 1: 'v2', 2: 'v3' } }),
  'x509af.serialNumber': bytes('serialNumber'),
  'x509af.signature_element': none('signature'),
  'x509af.algorithm.id': oid('Algorithm Id'),
  'x509af.issuer': u32('issuer', RDN_SEQUENCE),
  'x509af.validity_element': none('validity'),
  'x509af.notBefore': u32('notBefore', TIME),
  'x509af.notAfter': u32('notAfter', TIME),
  'x509af.utcTime': string('utcTime'),
  'x509af.generalizedTime': absoluteTime('generalizedTime', { time: 'utc' }),
  'x509af.subject': u32('subject', RDN_SEQUENCE),
  'x509af.rdnSequence': u32('rdnSequence'),
  'x509af.subjectPublicKeyInfo_element': none('subjectPublicKeyInfo'),
  'x509af.algorithm_element': none('algorithm'),
  'x509af.subjectPublicKey': bytes('subjectPublicKey'),
  'x509af.issuerUniqueIdentifier': bytes('issuerUniqueIdentifier'),
  'x509af.subjectUniqueIdentifier': bytes('subjectUniqueIdentifier'),
  'x509af.extensions': u32('extensions'),
  'x509af.Extension_element': none('Extension'),
  'x509af.extension.id': oid('Extension Id'),
  'x509af.critical': bool('critical'),
  'x509af.extnValue': bytes('extnValue'),
  'x509af.algorithmIdentifier_element': none('algorithmIdentifier'),
  'x509af.algorithmId': oid('algorithmId'),
  'x509af.encrypted': bytes('encrypted'),
  'x509af.DSS_Params_element': none('DSS-Params'),
  'x509af.p': bytes('p'),
  'x509af.q': bytes('q'),
  'x509af.g': bytes('g'),
  'x509af.Userid': string('Userid'),
} as const

const X509IF_FIELDS = {
  'x509if.oid': oid('Object Id'),
  'x509if.any.String': bytes('AnyString'),
  'x509if.DistinguishedName': u32('DistinguishedName'),
  'x509if.rdnSequence': u32('rdnSequence'),
  'x509if.RDNSequence_item': u32('RDNSequence item'),
  'x509if.RelativeDistinguishedName_item_element': none('RelativeDistinguishedName item'),
  'x509if.primaryDistinguished': bool('primaryDistinguished'),
  'x509if.specificExclusions': u32('specificExclusions'),
} as const

const X509SAT_FIELDS = {
  'x509sat.DirectoryString': u32('DirectoryString', DIRECTORY_STRING),
  'x509sat.teletexString': string('teletexString'),
  'x509sat.printableString': string('printableString'),
  'x509sat.universalString': string('universalString'),
  'x509sat.bmpString': string('bmpString'),
  'x509sat.uTF8String': string('uTF8String'),
  'x509sat.CountryName': string('CountryName'),
  'x509sat.PrintableString': string('PrintableString'),
  'x509sat.IA5String': string('IA5String'),
  'x509sat.TelephoneNumber': string('TelephoneNumber'),
  'x509sat.X121Address': string('X121Address'),
  'x509sat.InternationalISDNNumber': string('InternationalISDNNumber'),
  'x509sat.DestinationIndicator': string('DestinationIndicator'),
  'x509sat.PostalAddress': u32('PostalAddress'),
  'x509sat.UniqueIdentifier': bytes('UniqueIdentifier'),
  'x509sat.objectClass': oid('objectClass'),
  'x509sat.ObjectIdentifier': oid('ObjectIdentifier'),
  'x509sat.Integer': i32('Integer'),
  'x509sat.UTCTime': string('UTCTime'),
  'x509sat.GeneralizedTime': absoluteTime('GeneralizedTime', { time: 'utc' }),
} as const

const PKCS1_FIELDS = {
  'pkcs1.modulus': bytes('modulus'),
  'pkcs1.publicExponent': i32('publicExponent'),
  'pkcs1.ECParameters': u32('ECParameters', { values: { 0: 'specifiedCurve', 1: 'namedCurve', 2: 'implicitCurve' } }),
  'pkcs1.namedCurve': oid('namedCurve'),
  'pkcs1.digest': bytes('digest'),
  'pkcs1.RSASSA_PSS_params_element': none('RSASSA-PSS-params'),
  'pkcs1.HashAlgorithm_element': none('HashAlgorithm'),
  'pkcs1.hashAlgorithm_element': none('hashAlgorithm'),
  'pkcs1.maskGenAlgorithm_element': none('maskGenAlgorithm'),
  'pkcs1.saltLength': i32('saltLength'),
  'pkcs1.trailerField': i32('trailerField'),
} as const

const PKIX1EXPLICIT_FIELDS = {
  'pkix1explicit.Extension_element': none('Extension'),
  'pkix1explicit.id': string('Id'),
  'pkix1explicit.critical': bool('critical'),
  'pkix1explicit.DirectoryString': string('DirectoryString'),
  'pkix1explicit.Features': u32('Features'),
} as const

const PKIX1IMPLICIT_FIELDS = {
  'pkix1implicit.AuthorityInfoAccessSyntax': u32('AuthorityInfoAccessSyntax'),
  'pkix1implicit.AccessDescription_element': none('AccessDescription'),
  'pkix1implicit.accessMethod': oid('accessMethod'),
  'pkix1implicit.accessLocation': u32('accessLocation', GENERAL_NAME),
  'pkix1implicit.UserNotice_element': none('UserNotice'),
  'pkix1implicit.noticeRef_element': none('noticeRef'),
  'pkix1implicit.organization': u32('organization', DISPLAY_TEXT),
  'pkix1implicit.noticeNumbers': u32('noticeNumbers'),
  'pkix1implicit.noticeNumbers_item': i32('noticeNumbers item'),
  'pkix1implicit.explicitText': u32('explicitText', DISPLAY_TEXT),
  'pkix1implicit.ia5String': string('ia5String'),
  'pkix1implicit.visibleString': string('visibleString'),
  'pkix1implicit.bmpString': string('bmpString'),
  'pkix1implicit.utf8String': string('utf8String'),
} as const

/** Field numbers of everything that a certificate holds, by name. */
export const F = {
  ...numberFields('ber', BER_FIELDS),
  ...numberFields('x509af', X509AF_FIELDS),
  ...numberFields('x509if', X509IF_FIELDS),
  ...numberFields('x509sat', X509SAT_FIELDS),
  ...numberFields('x509ce', EXTENSION_FIELDS),
  ...numberFields('ns_cert_exts', NETSCAPE_FIELDS),
  ...numberFields('pkcs1', PKCS1_FIELDS),
  ...numberFields('pkix1explicit', PKIX1EXPLICIT_FIELDS),
  ...numberFields('pkix1implicit', PKIX1IMPLICIT_FIELDS),
}
