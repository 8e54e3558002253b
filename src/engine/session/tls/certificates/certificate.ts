// What a certificate says (RFC 5280), as a card shows it.
import { encodeBase64 } from '../../../bytes/base64'
import { hex, ipv4Text, ipv6Text } from '../../../bytes/text'
import { BER_BOOLEAN, BER_INTEGER } from '../../../dissect/ber'
import { oidName } from '../../../values/oids'
import { Der } from './der'
import { readKey } from './key'
import type { PublicKey } from './key'

/** A name in a certificate's subject alternative names. */
export interface AlternativeName {
  readonly kind: 'dns' | 'ip' | 'email' | 'uri' | 'directory' | 'other'
  readonly value: string
}

/** A certificate. Times are seconds since 1970, NaN where they cannot be read. */
export interface Certificate {
  readonly der: Uint8Array
  readonly pem: string
  /** 1, 2 or 3. */
  readonly version: number
  /** Hexadecimal, without leading zeros. */
  readonly serialNumber: string
  /** "CN=www.example.net, O=Example, C=NL": the most special part first (RFC 4514, 2.1). */
  readonly subject: string
  readonly issuer: string
  readonly commonName: string
  readonly notBefore: number
  readonly notAfter: number
  readonly names: readonly AlternativeName[]
  readonly key: PublicKey
  /** Name of the signature's algorithm: 'sha256WithRSAEncryption'. */
  readonly signatureAlgorithm: string
  /** Subject and issuer are the same name. */
  readonly isSelfIssued: boolean
  /** basicConstraints says that it may sign certificates; undefined without the extension. */
  readonly isAuthority: boolean | undefined
  /** Most authorities that may stand below it. */
  readonly pathLength: number | undefined
  /** Names of the bits of keyUsage; undefined without the extension. */
  readonly keyUsage: readonly string[] | undefined
  /** Identifiers of extendedKeyUsage in dots; undefined without the extension. */
  readonly purposes: readonly string[] | undefined
  /** Extensions that are critical and not known here: whoever does not know them has to reject the certificate. */
  readonly unknownCritical: readonly string[]
  /** For checking the signature: what was signed, by what, as bytes. */
  readonly signed: { readonly content: Uint8Array; readonly algorithm: string; readonly signature: Uint8Array }
  /** Encoded names, for comparing a subject with an issuer. */
  readonly encoded: { readonly subject: string; readonly issuer: string }
}

const SHORT_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
}
const KEY_USAGES = [
  'digitalSignature',
  'contentCommitment',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
]
/** Extensions that a check of a chain understands or may pass over: key usage, names, constraints, policies. */
const KNOWN = new Set([15, 17, 18, 19, 30, 32, 33, 36, 37, 54].map((number) => `2.5.29.${number}`))

/** Reads a certificate; undefined for bytes that are none. Never throws, whatever the bytes are. */
export function readCertificate(der: Uint8Array): Certificate | undefined {
  const root = Der.read(der),
    [body, algorithm, signature] = root?.isSequence ? root.items : []
  if (!body?.isSequence || !algorithm || !signature) return undefined
  const members = body.items,
    versioned = members[0]?.isTagged(0) ? members[0].items[0] : undefined,
    [serial, , issuer, validity, subject, keyInfo] = versioned ? members.slice(1) : members
  if (!serial?.is(BER_INTEGER) || !issuer?.isSequence || !validity || !subject?.isSequence || !keyInfo) return undefined
  const [from, until] = validity.items,
    own = nameParts(subject),
    extensions = readExtensions(members.find((member) => member.isTagged(3) && member.element.constructed)),
    algorithmId = algorithm.items[0]?.oid ?? '',
    encoded = { subject: hex(subject.whole, ''), issuer: hex(issuer.whole, '') }
  return {
    der: root?.whole ?? der,
    pem: pem(root?.whole ?? der),
    version: (versioned?.number ?? 0) + 1,
    serialNumber: hex(serial.bytes, '').replace(/^(?:00)+(?=.)/, ''),
    subject: nameText(own),
    issuer: nameText(nameParts(issuer)),
    commonName: own.find(([type]) => type === '2.5.4.3')?.[1] ?? '',
    notBefore: from?.time ?? NaN,
    notAfter: until?.time ?? NaN,
    key: readKey(keyInfo),
    signatureAlgorithm: oidName(algorithmId) ?? algorithmId,
    isSelfIssued: encoded.subject === encoded.issuer,
    signed: { content: body.whole, algorithm: algorithmId, signature: signature.bits },
    encoded,
    ...extensions,
  }
}

type Extensions = Pick<Certificate, 'names' | 'isAuthority' | 'pathLength' | 'keyUsage' | 'purposes' | 'unknownCritical'>

function readExtensions(list: Der | undefined): Extensions {
  const found = {
    names: [] as AlternativeName[],
    isAuthority: undefined as boolean | undefined,
    pathLength: undefined as number | undefined,
    keyUsage: undefined as string[] | undefined,
    purposes: undefined as string[] | undefined,
    unknownCritical: [] as string[],
  }
  for (const extension of list?.items[0]?.items ?? []) {
    const [id, ...rest] = extension.items,
      oid = id?.oid ?? '',
      value = rest.at(-1)?.inside
    if (rest[0]?.is(BER_BOOLEAN) && rest[0].bytes[0] !== 0 && !KNOWN.has(oid)) found.unknownCritical.push(oidName(oid) ?? oid)
    if (!value) continue
    if (oid === '2.5.29.15') found.keyUsage = KEY_USAGES.filter((_, bit) => ((value.bits[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0)
    else if (oid === '2.5.29.17') found.names = value.items.map(alternativeName)
    else if (oid === '2.5.29.37') found.purposes = value.items.map((purpose) => purpose.oid)
    else if (oid === '2.5.29.19') {
      const [authority, length] = value.items
      found.isAuthority = authority?.is(BER_BOOLEAN) === true && authority.bytes[0] !== 0
      if (length?.is(BER_INTEGER)) found.pathLength = length.number
    }
  }
  return found
}

function alternativeName(name: Der): AlternativeName {
  const { bytes } = name
  switch (name.element.tag) {
    case 1:
      return { kind: 'email', value: name.text }
    case 2:
      return { kind: 'dns', value: name.text }
    case 4:
      return { kind: 'directory', value: name.items[0] ? nameText(nameParts(name.items[0])) : '' }
    case 6:
      return { kind: 'uri', value: name.text }
    case 7:
      return { kind: 'ip', value: bytes.length === 4 ? ipv4Text(bytes) : bytes.length === 16 ? ipv6Text(bytes) : hex(bytes, ':') }
    default:
      return { kind: 'other', value: hex(bytes, '') }
  }
}

/** Attribute types and values of a distinguished name, the most special first. */
function nameParts(name: Der): (readonly [type: string, value: string])[] {
  return name.items
    .flatMap((relative) => relative.items.map(({ items: [type, value] }) => [type?.oid ?? '', value?.text ?? ''] as const))
    .reverse()
}

function nameText(parts: readonly (readonly [type: string, value: string])[]): string {
  return parts
    .map(
      ([type, value]) =>
        `${SHORT_NAMES[type] ?? oidName(type)?.replace(/^id-at-|^pkcs-9-at-/, '') ?? type}=${value.replace(/[",+<>;\\]/g, '\\$&')}`,
    )
    .join(', ')
}

function pem(der: Uint8Array): string {
  const lines = encodeBase64(der).match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
