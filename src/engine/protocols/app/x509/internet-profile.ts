// What the Internet's profile of X.509 adds (RFC 5280, 4.2.1.4 and 4.2.2; RFC 7633), as Wireshark's pkix1implicit and pkix1explicit read it, and the
// extensions of Netscape that old certificates still have.
import {
  BER_BMP_STRING,
  BER_IA5_STRING,
  BER_SEQUENCE,
  BER_UTF8_STRING,
  BER_VISIBLE_STRING,
  berElement,
  defineProtocol,
} from '../../../dissect/define'
import type { Decoder, FieldId } from '../../../dissect/define'
import { F } from './fields'
import { generalName } from './general-names'
import { bitString, choice, identifier, integer, listOf, next, sequence, text } from './reader'

const AUTHORITY_INFORMATION = '1.3.6.1.5.5.7.1.1',
  SUBJECT_INFORMATION = '1.3.6.1.5.5.7.1.11'
const PRACTICE_STATEMENT = '1.3.6.1.5.5.7.2.1',
  USER_NOTICE = '1.3.6.1.5.5.7.2.2'
const NETSCAPE = '2.16.840.1.113730.1.'

function accessDescriptions(d: Decoder): void {
  listOf(d, F['pkix1implicit.AuthorityInfoAccessSyntax'], () => {
    sequence(d, F['pkix1implicit.AccessDescription_element'], () => {
      identifier(d, F['pkix1implicit.accessMethod'])
      generalName(d, F['pkix1implicit.accessLocation'])
    })
  })
}

function userNotice(d: Decoder): void {
  sequence(d, F['pkix1implicit.UserNotice_element'], () => {
    if (next(d)?.tag === BER_SEQUENCE) {
      sequence(d, F['pkix1implicit.noticeRef_element'], () => {
        displayText(d, F['pkix1implicit.organization'])
        listOf(d, F['pkix1implicit.noticeNumbers'], () => {
          integer(d, F['pkix1implicit.noticeNumbers_item'])
        })
      })
    }
    if (next(d)) displayText(d, F['pkix1implicit.explicitText'])
  })
}

/** DisplayText: a choice of four encodings. */
function displayText(d: Decoder, field: FieldId<'u32'>): void {
  const element = berElement(d),
    encodings: readonly (readonly [number, FieldId<'string'>])[] = [
      [BER_IA5_STRING, F['pkix1implicit.ia5String']],
      [BER_VISIBLE_STRING, F['pkix1implicit.visibleString']],
      [BER_BMP_STRING, F['pkix1implicit.bmpString']],
      [BER_UTF8_STRING, F['pkix1implicit.utf8String']],
    ],
    index = encodings.findIndex(([tag]) => tag === element.tag),
    encoding = encodings[index]
  if (encoding) {
    choice(d, field, index, element.start, element.next, () => {
      text(d, encoding[1], element)
    })
  }
  d.at = element.next
}

export const pkix1implicit = defineProtocol({
  name: 'pkix1implicit',
  title: 'PKIX1Implicit',
  short: 'PKIX1IMPLICIT',
  firstVisit: 'none',
  accepts: { 'ber.oid': [AUTHORITY_INFORMATION, SUBJECT_INFORMATION, USER_NOTICE] },
  fields: {},
  decode(d) {
    if (d.key === USER_NOTICE) userNotice(d)
    else accessDescriptions(d)
  },
})

export const pkix1explicit = defineProtocol({
  name: 'pkix1explicit',
  title: 'PKIX1Explicit',
  short: 'PKIX1EXPLICIT',
  firstVisit: 'none',
  accepts: { 'ber.oid': [PRACTICE_STATEMENT] },
  fields: {},
  decode(d) {
    text(d, F['pkix1explicit.DirectoryString'])
  },
})

const NETSCAPE_TEXTS: Readonly<Record<string, FieldId<'string'>>> = {
  [`${NETSCAPE}2`]: F['ns_cert_exts.BaseUrl'],
  [`${NETSCAPE}3`]: F['ns_cert_exts.RevocationUrl'],
  [`${NETSCAPE}4`]: F['ns_cert_exts.CaRevocationUrl'],
  [`${NETSCAPE}7`]: F['ns_cert_exts.CertRenewalUrl'],
  [`${NETSCAPE}8`]: F['ns_cert_exts.CaPolicyUrl'],
  [`${NETSCAPE}12`]: F['ns_cert_exts.SslServerName'],
  [`${NETSCAPE}13`]: F['ns_cert_exts.Comment'],
}
const NETSCAPE_TYPES = [
  F['ns.cert.exts.CertType.ssl.client'],
  F['ns.cert.exts.CertType.ssl.server'],
  F['ns.cert.exts.CertType.smime'],
  F['ns.cert.exts.CertType.object.signing'],
  F['ns.cert.exts.CertType.reserved.for.future.use'],
  F['ns.cert.exts.CertType.ssl.ca'],
  F['ns.cert.exts.CertType.smime.ca'],
  F['ns.cert.exts.CertType.object.signing.ca'],
]

export const netscapeExtensions = defineProtocol({
  name: 'ns_cert_exts',
  title: 'NetScape Certificate Extensions',
  short: 'NS_CERT_EXTS',
  firstVisit: 'none',
  accepts: { 'ber.oid': [`${NETSCAPE}1`, ...Object.keys(NETSCAPE_TEXTS)] },
  fields: {},
  decode(d) {
    const field = NETSCAPE_TEXTS[String(d.key)]
    if (field) text(d, field)
    else bitString(d, F['ns_cert_exts.CertType'], NETSCAPE_TYPES)
  },
})
