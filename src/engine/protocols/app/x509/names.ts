// Distinguished names (X.501; RFC 5280, 4.1.2.4) and the values of their attributes (X.520), which are read by the attribute type's identifier.
import {
  BER_BMP_STRING,
  BER_PRINTABLE_STRING,
  BER_TELETEX_STRING,
  BER_UNIVERSAL,
  BER_UNIVERSAL_STRING,
  BER_UTF8_STRING,
  berElement,
  defineProtocol,
} from '../../../dissect/define'
import type { Decoder, FieldId } from '../../../dissect/define'
import { stringValue } from '../../../dissect/format'
import { oidName } from '../../../values/oids'
import { F } from './fields'
import { bitString, choice, identifier, integer, listOf, next, sequence, text, utcTime } from './reader'

/** RDNSequence: a row with the number of its names, each with its attributes. `field` is the row's. */
export function rdnSequence(d: Decoder, field: FieldId<'u32'>, element = berElement(d)): void {
  const names: string[] = [],
    node = d.tree.count
  listOf(
    d,
    field,
    () => {
      names.push(relativeName(d, F['x509if.RDNSequence_item']))
    },
    element,
  )
  if (d.labels && names.length > 0) d.appendLabel(` (${names.reverse().join(',')})`, node)
}

/** RDNSequence under a row of the caller's, to whose label the name is added. */
export function nameItems(d: Decoder): void {
  const names: string[] = [],
    row = d.parent
  sequence(d, null, () => {
    while (d.at < d.end) names.push(relativeName(d, F['x509if.RDNSequence_item']))
  })
  if (d.labels && names.length > 0) d.appendLabel(`: (${names.reverse().join(',')})`, row)
}

/** RelativeDistinguishedName: one or more attributes with their values. Returns them as text if labels are wanted. */
export function relativeName(d: Decoder, field: FieldId<'u32'>, element = berElement(d)): string {
  const parts: string[] = [],
    node = d.tree.count
  listOf(
    d,
    field,
    () => {
      parts.push(attribute(d))
    },
    element,
  )
  const all = parts.join('+')
  if (d.labels) d.appendLabel(` (${all})`, node)
  return all
}

/** AttributeTypeAndValue. */
function attribute(d: Decoder): string {
  const node = d.tree.count
  let words = ''
  sequence(d, F['x509if.RelativeDistinguishedName_item_element'], () => {
    const type = identifier(d, F['x509if.oid']),
      value = next(d),
      first = d.tree.count
    if (!value) return
    const known = d.embed('ber.oid', type, d.at, Math.min(value.next, d.end))
    d.at = value.start
    if (!known) {
      d.note(value.start, Math.min(value.end, d.readable), 'Value of an attribute that is not known')
      d.at = value.next
    }
    if (d.labels) words = `${oidName(type) ?? type}=${lastText(d, first)}`
  })
  if (d.labels) d.appendLabel(` (${words})`, node)
  return words
}

/** Text of the value that was recorded since a node. */
function lastText(d: Decoder, first: number): string {
  const { tree } = d
  return tree.count > first ? stringValue(tree, tree.count - 1) : ''
}

/** DirectoryString: a choice of five encodings. What is none of them is shown as its number alone. */
export function directoryString(d: Decoder): void {
  const element = berElement(d),
    encodings: readonly (readonly [number, FieldId<'string'>])[] = [
      [BER_TELETEX_STRING, F['x509sat.teletexString']],
      [BER_PRINTABLE_STRING, F['x509sat.printableString']],
      [BER_UNIVERSAL_STRING, F['x509sat.universalString']],
      [BER_BMP_STRING, F['x509sat.bmpString']],
      [BER_UTF8_STRING, F['x509sat.uTF8String']],
    ],
    index = element.tagClass === BER_UNIVERSAL ? encodings.findIndex(([tag]) => tag === element.tag) : -1,
    encoding = encodings[index]
  if (encoding) {
    choice(d, F['x509sat.DirectoryString'], index, element.start, element.next, () => {
      text(d, encoding[1], element)
    })
  }
  d.at = element.next
}

const plain = (field: FieldId<'string'>) => (d: Decoder) => {
  const element = berElement(d)
  text(d, field, element)
}
const ATTRIBUTES: Readonly<Record<string, (d: Decoder) => void>> = {
  '2.5.4.0': (d) => {
    identifier(d, F['x509sat.ObjectIdentifier'])
  },
  '2.5.4.5': plain(F['x509sat.PrintableString']),
  '2.5.4.6': plain(F['x509sat.CountryName']),
  '2.5.4.16': postalAddress,
  '2.5.4.20': plain(F['x509sat.TelephoneNumber']),
  '2.5.4.24': plain(F['x509sat.X121Address']),
  '2.5.4.25': plain(F['x509sat.InternationalISDNNumber']),
  '2.5.4.26': postalAddress,
  '2.5.4.27': plain(F['x509sat.DestinationIndicator']),
  '2.5.4.45': (d) => {
    bitString(d, F['x509sat.UniqueIdentifier'])
  },
  '2.5.4.46': plain(F['x509sat.PrintableString']),
  '1.2.840.113549.1.9.1': plain(F['x509sat.IA5String']),
  '0.9.2342.19200300.100.1.25': plain(F['x509sat.IA5String']),
  // version of a Microsoft authority, which is an extension
  '1.3.6.1.4.1.311.21.1': (d) => {
    integer(d, F['x509sat.Integer'])
  },
  // when a Microsoft authority will publish again, an extension too
  '1.3.6.1.4.1.311.21.4': (d) => {
    utcTime(d, F['x509sat.UTCTime'])
  },
  '1.3.6.1.4.1.311.60.2.1.3': plain(F['x509sat.CountryName']),
}
/** Attributes whose value is a DirectoryString. */
const DIRECTORY_STRINGS = [
  ...[3, 4, 7, 8, 9, 10, 11, 12, 13, 15, 17, 18, 19, 41, 42, 43, 44, 51, 54, 65].map((number) => `2.5.4.${number}`),
  '1.3.6.1.4.1.311.60.2.1.1',
  '1.3.6.1.4.1.311.60.2.1.2',
]

function postalAddress(d: Decoder): void {
  listOf(d, F['x509sat.PostalAddress'], () => {
    directoryString(d)
  })
}

export const x509sat = defineProtocol({
  name: 'x509sat',
  title: 'X.509 Selected Attribute Types',
  short: 'X509SAT',
  firstVisit: 'none',
  accepts: { 'ber.oid': [...Object.keys(ATTRIBUTES), ...DIRECTORY_STRINGS] },
  fields: {},
  decode(d) {
    const read = ATTRIBUTES[String(d.key)]
    if (read) read(d)
    else directoryString(d)
  },
})
