// The Extensible Authentication Protocol (RFC 3748): its packets, identities, notifications, refusals, MD5 challenges, and the methods built on TLS
// (EAP-TLS, RFC 5216; EAP-TTLS, RFC 5281; PEAP; EAP-FAST, RFC 4851; TEAP, RFC 7170), whose fragments eap-tls.ts puts together.
// Not covered: what the other methods carry.
import { bool, bytes, defineProtocol, framenum, none, string, u16, u32, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { beginExchange, readTlsData } from './eap-tls'

const REQUEST = 1,
  RESPONSE = 2
const CODES: Readonly<Record<number, string>> = { 1: 'Request', 2: 'Response', 3: 'Success', 4: 'Failure', 5: 'Initiate', 6: 'Finish' }
const IDENTITY = 1,
  NOTIFICATION = 2,
  NAK = 3,
  MD5 = 4,
  TLS = 13,
  TTLS = 21,
  PEAP = 25,
  FAST = 43,
  TEAP = 55
const TYPES: Readonly<Record<number, string>> = {
  1: 'Identity',
  2: 'Notification',
  3: 'Legacy Nak (Response Only)',
  4: 'MD5-Challenge EAP (EAP-MD5-CHALLENGE)',
  5: 'One-Time Password EAP (EAP-OTP)',
  6: 'Generic Token Card EAP (EAP-GTC)',
  13: 'TLS EAP (EAP-TLS)',
  17: 'Cisco Wireless EAP / Lightweight EAP (EAP-LEAP)',
  18: 'GSM Subscriber Identity Modules EAP (EAP-SIM)',
  21: 'Tunneled TLS EAP (EAP-TTLS)',
  23: 'UMTS Authentication and Key Agreement EAP (EAP-AKA)',
  25: 'Protected EAP (EAP-PEAP)',
  26: 'MS-Authentication EAP (EAP-MS-AUTH)',
  29: 'MS-CHAP-v2 EAP (EAP-MS-CHAP-V2)',
  43: 'Flexible Authentication via Secure Tunneling EAP (EAP-FAST)',
  46: 'Password Authenticated Exchange EAP (EAP-PAX)',
  47: 'Pre-Shared Key EAP Method (EAP-PSK)',
  48: 'Shared-secret Authentication and Key Establishment EAP (EAP-SAKE)',
  49: 'IKEv2 EAP (EAP-IKEv2)',
  50: 'Authentication and Key Agreement EAP (EAP-AKA’)',
  51: 'Generalized Pre-Shared Key EAP (EAP-GPSK)',
  52: 'Password EAP (EAP-pwd)',
  55: 'Tunnel EAP protocol (TEAP)',
  254: 'Expanded Type',
  255: 'Experimental',
}
/** Methods whose data are TLS records. */
const TLS_METHODS: ReadonlySet<number> = new Set([TLS, TTLS, PEAP, FAST, TEAP])

const FIELDS = {
  'eap.code': u8('Code', { values: CODES }),
  'eap.id': u8('Id'),
  'eap.len': u16('Length'),
  'eap.type': u8('Type', { values: TYPES }),
  'eap.desired_type': u8('Desired Auth Type', { values: TYPES }),
  'eap.identity': string('Identity'),
  'eap.notification': string('Notification'),
  'eap.md5.value_size': u8('EAP-MD5 Value-Size'),
  'eap.md5.value': bytes('EAP-MD5 Value'),
  'eap.md5.extra_data': bytes('EAP-MD5 Extra Data'),
  'eap.tls.flags': u8('EAP-TLS Flags', { base: 'hex' }),
  'eap.tls.flags.len_included': bool('Length Included', { mask: 0x80 }),
  'eap.tls.flags.more_fragments': bool('More Fragments', { mask: 0x40 }),
  'eap.tls.flags.start': bool('Start', { mask: 0x20 }),
  'eap.tls.flags.outer_tlv_len_included': bool('Outer TLV Length Included', { mask: 0x10 }),
  'eap.tls.flags.version': u8('Version', { mask: 0x07 }),
  'eap.tls.len': u32('EAP-TLS Length'),
  'eap.tls.fragments': none('EAP-TLS Fragments', { generated: true }),
  'eap.tls.fragment': framenum('EAP-TLS Fragment', { generated: true }),
  'eap.tls.fragment.overlap': bool('Fragment Overlap', { generated: true }),
  'eap.tls.fragment.overlap_conflict': bool('Conflicting Data In Fragment Overlap', { generated: true }),
  'eap.tls.fragment.multiple_tails': bool('Multiple Tail Fragments Found', { generated: true }),
  'eap.tls.fragment.fragment.too_long': bool('Fragment Too Long', { generated: true }),
  'eap.tls.fragment.count': u32('Fragment Count', { generated: true }),
  'eap.tls.reassembled.len': u32('Reassembled EAP-TLS Length', { generated: true }),
  'eap.data': bytes('EAP Data'),
} as const

/** Numbers of EAP's fields. */
export type EapFields = FieldIds<typeof FIELDS>

export const eap = defineProtocol({
  name: 'eap',
  title: 'Extensible Authentication Protocol',
  short: 'EAP',
  accepts: { 'eapol.type': [0], 'ppp.protocol': [0xc227] },
  fields: FIELDS,
  decode(d, f) {
    // Wireshark's frame.protocols does not name it there
    if (d.tree.chain.at(-2) === 'eapol') d.tree.chain.pop()
    const start = d.at,
      code = d.peek8()
    d.setProtocol('EAP')
    if (d.summary) d.setInfo(CODES[code] ?? `Unknown code (0x${code.toString(16).padStart(2, '0')})`)
    d.u8(f['eap.code'])
    const id = d.u8(f['eap.id']),
      length = d.u16(f['eap.len'])
    d.end = Math.min(d.end, start + length)
    d.layerEnds(d.end)
    if ((code !== REQUEST && code !== RESPONSE) || d.left <= 0) return
    const type = d.u8(f['eap.type'])
    if (d.summary) d.appendInfo(`, ${TYPES[type] ?? `Unknown type (0x${type.toString(16).padStart(2, '0')})`}`)
    if (type === IDENTITY && code === REQUEST && d.first) beginExchange(d)
    if (d.left <= 0) return
    if (TLS_METHODS.has(type)) tlsMethod(d, f, type, code === REQUEST, id)
    else method(d, f, type)
  },
})

function method(d: Decoder, f: EapFields, type: number): void {
  switch (type) {
    case IDENTITY:
      d.span(f['eap.identity'], d.left)
      break
    case NOTIFICATION:
      d.span(f['eap.notification'], d.left)
      break
    case NAK:
      d.u8(f['eap.desired_type'])
      // Wireshark has a value for the first alone
      for (; d.left > 0; d.at++) d.note(d.at, d.at + 1, `Further desired auth type: ${TYPES[d.peek8()] ?? 'Unknown'} (${d.peek8()})`)
      break
    case MD5: {
      const size = d.u8(f['eap.md5.value_size'])
      d.span(f['eap.md5.value'], size)
      if (d.left > 0) d.span(f['eap.md5.extra_data'], d.left)
      break
    }
    default:
      d.span(f['eap.data'], d.left)
  }
}

function tlsMethod(d: Decoder, f: EapFields, type: number, fromServer: boolean, id: number): void {
  const at = d.at,
    flags = d.u8(f['eap.tls.flags']),
    outer = d.enter()
  d.bits(f['eap.tls.flags.len_included'], at, at + 1, flags)
  d.bits(f['eap.tls.flags.more_fragments'], at, at + 1, flags)
  d.bits(f['eap.tls.flags.start'], at, at + 1, flags)
  if (type === TEAP) d.bits(f['eap.tls.flags.outer_tlv_len_included'], at, at + 1, flags)
  if (type !== TLS) d.bits(f['eap.tls.flags.version'], at, at + 1, flags)
  d.leave(outer)
  if (flags & 0x80) d.u32(f['eap.tls.len'])
  if (d.left > 0) readTlsData(d, f, { more: (flags & 0x40) !== 0, fromServer, id })
}
