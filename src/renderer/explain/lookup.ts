// Finds what is written about a field: its own card, else that of its family.
import type { FieldText, FieldTexts, ValueText } from './card'
import { dnsFields } from './fields/dns'
import { frameFields } from './fields/frame'
import { httpFields } from './fields/http'
import { http2Fields } from './fields/http2'
import { icmpFields } from './fields/icmp'
import { icmpv6Fields } from './fields/icmpv6'
import { ipFields } from './fields/ip'
import { ipv6Fields } from './fields/ipv6'
import { linkFields } from './fields/link'
import { tcpAnalysisFields } from './fields/tcp-analysis'
import { tcpFields } from './fields/tcp'
import { tcpOptionFields } from './fields/tcp-options'
import { quicFields } from './fields/quic'
import { tlsFields } from './fields/tls'
import { tlsOfferFields } from './fields/tls-offers'
import { udpFields } from './fields/udp'
import { fieldPatterns } from './patterns'
import { icmpCodes, icmpv6Codes } from './values/icmp'
import { servicePorts } from './values/ports'

/** Every field with a card of its own, by display-filter name. */
export const fieldTexts: FieldTexts = {
  ...frameFields,
  ...linkFields,
  ...ipFields,
  ...ipv6Fields,
  ...icmpFields,
  ...icmpv6Fields,
  ...tcpFields,
  ...tcpOptionFields,
  ...tcpAnalysisFields,
  ...udpFields,
  ...dnsFields,
  ...httpFields,
  ...http2Fields,
  ...quicFields,
  ...tlsFields,
  ...tlsOfferFields,
}

/** True when the field has a card of its own, not only that of its family. */
export function hasOwnCard(field: string): boolean {
  return Object.hasOwn(fieldTexts, field)
}

/** What is written about a field; null when neither it nor its family has a card. */
export function findFieldText(field: string): FieldText | null {
  if (Object.hasOwn(fieldTexts, field)) return fieldTexts[field] ?? null
  return fieldPatterns.find(([pattern]) => pattern.test(field))?.[1] ?? null
}

/** The value in the form that value tables use: decimal for numbers, else as it is. */
export function valueKey(value: string): string {
  if (/^0x[0-9a-f]+$/i.test(value)) return BigInt(value).toString()
  if (value === 'True') return '1'
  if (value === 'False') return '0'
  return value
}

/** What is written about one value of a field. `sibling` gives the first value of another field of the packet. */
export function findValueText(field: string, value: string, sibling: (field: string) => string | undefined): ValueText | null {
  const key = valueKey(value)
  if (field === 'icmp.code') return icmpCodes[`${valueKey(sibling('icmp.type') ?? '')}/${key}`] ?? null
  if (field === 'icmpv6.code') return icmpv6Codes[`${valueKey(sibling('icmpv6.type') ?? '')}/${key}`] ?? null
  if (/^(tcp|udp)\.(src|dst)?port$/.test(field)) return servicePorts[key] ?? null
  const texts = findFieldText(field)?.values
  return texts !== undefined && Object.hasOwn(texts, key) ? (texts[key] ?? null) : null
}
