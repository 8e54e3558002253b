// Link Control Protocol of PPP (RFC 1661, 5 and 6), with the extensions of RFC 1570 (identification, time remaining), RFC 1990 (multilink), RFC 2125,
// RFC 2153 (vendor extensions), RFC 2484 (internationalization) and RFC 2686. Lengths that cannot be right are told in the option's row.
import { bool, bytes, defineProtocol, ether, ipv4, string, u16, u24, u32, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { CODES, CONTROL_FIELDS, organization, readControl, readOptions } from './control'
import type { Option } from './control'
import { pppProtocolName } from './numbers'

/** Control characters that the receiver wants escaped, by bit (RFC 1662, 7.1). */
const CHARACTERS =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(' ')
const shownCharacter = (name: string) => (name === 'DC1' ? 'DC1 (XON)' : name === 'DC3' ? 'DC3 (XOFF)' : name)
const CHARACTER_FIELDS = Object.fromEntries(
  CHARACTERS.map((name, bit) => [
    `lcp.opt.asyncmap.${name.toLowerCase()}`,
    bool(shownCharacter(name), { bits: 32, mask: 2 ** bit, names: ['True', 'False'] }),
  ]),
)
const TYPES: Readonly<Record<number, string>> = {
  0: 'Vendor Specific',
  1: 'Maximum Receive Unit',
  2: 'Async Control Character Map',
  3: 'Authentication Protocol',
  4: 'Quality Protocol',
  5: 'Magic Number',
  7: 'Protocol Field Compression',
  8: 'Address and Control Field Compression',
  9: 'FCS Alternatives',
  10: 'Self Describing Pad',
  11: 'Numbered Mode',
  13: 'Callback',
  15: 'Compound Frames (Deprecated)',
  16: 'Nominal Data Encapsulation (Deprecated)',
  17: 'Multilink MRRU',
  18: 'Multilink Short Sequence Number Header',
  19: 'Multilink Endpoint Discriminator',
  21: 'DCE Identifier',
  22: 'Multi Link Plus Procedure',
  23: 'Link Discriminator for BACP',
  24: 'Authentication Option',
  25: 'Consistent Overhead Byte Stuffing (COBS)',
  26: 'Prefix Elision',
  27: 'Multilink header format',
  28: 'Internationalization',
  29: 'Simple Data Link on SONET/SDH',
}
const ALGORITHMS: Readonly<Record<number, string>> = { 5: 'CHAP with MD5', 6: 'SHA-1', 128: 'MS-CHAP', 129: 'MS-CHAP-2' }
const OPERATIONS: Readonly<Record<number, string>> = {
  0: 'Location is determined by user authentication',
  1: 'Message is dialing string',
  2: 'Message is location identifier',
  3: 'Message is E.164',
  4: 'Message is distinguished name',
  6: 'Location is determined during CBCP negotiation',
}
const CLASSES: Readonly<Record<number, string>> = {
  0: 'Null',
  1: 'Locally assigned address',
  2: 'Internet Protocol (IP) address',
  3: 'IEEE 802.1 globally assigned MAC address',
  4: 'PPP magic-number block',
  5: 'Public switched network directory number',
}
const FORMATS: Readonly<Record<number, string>> = {
  2: 'Long sequence number fragment format with classes',
  6: 'Short sequence number fragment format with classes',
}
const PROTOCOL = { base: 'hex', values: pppProtocolName } as const
const flag = (label: string, mask: number) => bool(label, { mask, names: ['True', 'False'] })

const FIELDS = {
  ...CONTROL_FIELDS,
  'lcp.magic_number': u32('Magic Number', { base: 'hex' }),
  'lcp.data': bytes('Data'),
  'lcp.message': string('Message'),
  'lcp.secs_remaining': u32('Seconds Remaining', { unit: ' seconds' }),
  'lcp.rej_proto': u16('Rejected Protocol', PROTOCOL),
  'lcp.opt.type': u8('Type', { values: TYPES }),
  'lcp.opt.length': u8('Length'),
  'lcp.opt.oui': u24('OUI', { base: 'hex' }),
  'lcp.opt.kind': u8('Kind', { base: 'dec-hex' }),
  'lcp.opt.data': bytes('Data'),
  'lcp.opt.mru': u16('Maximum Receive Unit'),
  'lcp.opt.asyncmap': u32('Async Control Character Map', { base: 'hex' }),
  'lcp.opt.auth_protocol': u16('Authentication Protocol', PROTOCOL),
  'lcp.opt.algorithm': u8('Algorithm', { values: ALGORITHMS }),
  'lcp.opt.quality_protocol': u16('Quality Protocol', PROTOCOL),
  'lcp.opt.reporting_period': u32('Reporting Period', { unit: ' microseconds' }),
  'lcp.opt.magic_number': u32('Magic Number', { base: 'hex' }),
  'lcp.opt.fcs_alternatives': u8('FCS Alternatives', { base: 'hex' }),
  'lcp.opt.fcs_alternatives.ccitt32': flag('CCITT 32-bit', 0x4),
  'lcp.opt.fcs_alternatives.ccitt16': flag('CCITT 16-bit', 0x2),
  'lcp.opt.fcs_alternatives.null': flag('NULL FCS', 0x1),
  'lcp.opt.maximum': u8('Maximum', { unit: ' octets' }),
  'lcp.opt.window': u8('Window', { unit: ' frames' }),
  'lcp.opt.hdlc_address': bytes('Address'),
  'lcp.opt.operation': u8('Operation', { values: OPERATIONS }),
  'lcp.opt.message': bytes('Message'),
  'lcp.opt.mrru': u16('MRRU'),
  'lcp.opt.ep_disc_class': u8('Class', { values: CLASSES }),
  'lcp.opt.ip_address': ipv4('IP Address'),
  'lcp.opt.802_1_address': ether('IEEE 802.1 Address'),
  'lcp.opt.magic_block': bytes('PPP Magic-Number Block'),
  'lcp.opt.psndn': bytes('Public Switched Network Directory Number'),
  'lcp.opt.mode': u8('Mode'),
  'lcp.opt.unused': bytes('Unused'),
  'lcp.opt.link_discrim': u16('Link Discriminator', { base: 'dec-hex' }),
  'lcp.opt.flags': u8('Flags', { base: 'hex' }),
  'lcp.opt.flags.reserved': u8('Reserved', { base: 'hex', mask: 0xfc }),
  'lcp.opt.flags.pre': flag('PRE', 0x2),
  'lcp.opt.flags.zxe': flag('ZXE', 0x1),
  'lcp.opt.class': u8('Class'),
  'lcp.opt.prefix': bytes('Prefix'),
  'lcp.opt.code': u8('Code', { values: FORMATS }),
  'lcp.opt.max_susp_classes': u8('Max suspendable classes'),
  'lcp.opt.MIBenum': u32('MIBenum', { values: { 3: 'US-ASCII', 4: 'ISO-8859-1', 106: 'UTF-8', 1000: 'ISO-10646-UCS-2' } }),
  'lcp.opt.language_tag': string('Language-Tag'),
} as const
const ALL_FIELDS = { ...FIELDS, ...CHARACTER_FIELDS }
type Ids = FieldIds<typeof FIELDS>

function characterMap(d: Decoder, f: Ids): string {
  const at = d.at,
    map = d.u32(f['lcp.opt.asyncmap']),
    row = d.last,
    outer = d.enter(),
    ids: Readonly<Record<string, number | undefined>> = f,
    names: string[] = []
  for (let bit = 31; bit >= 0; bit--) {
    const name = CHARACTERS[bit] ?? '',
      id = ids[`lcp.opt.asyncmap.${name.toLowerCase()}`] as Ids['lcp.opt.fcs_alternatives.null'] | undefined
    if (id === undefined) continue
    d.bits(id, at, at + 4, map)
    if ((map >>> bit) & 1) names.push(shownCharacter(name))
  }
  d.leave(outer)
  const text = names.length === 32 ? 'All' : names.length === 0 ? 'None' : names.join(', ')
  if (d.labels) d.appendLabel(`, ${text}`, row)
  return `: 0x${map.toString(16).padStart(8, '0')}, ${text}`
}

function discriminator(d: Decoder, f: Ids): string {
  const kind = d.u8(f['lcp.opt.ep_disc_class']),
    left = d.left
  if (kind === 2 && left === 4) d.span(f['lcp.opt.ip_address'], 4)
  else if (kind === 3 && left === 6) d.span(f['lcp.opt.802_1_address'], 6)
  else if (kind === 4) {
    d.span(f['lcp.opt.magic_block'], left)
    d.at -= left
    const outer = d.enter()
    while (d.left >= 4) d.u32(f['lcp.opt.magic_number'])
    d.leave(outer)
  } else if (kind === 5) d.span(f['lcp.opt.psndn'], left)
  else if (left > 0 && kind !== 0) d.span(f['lcp.opt.data'], left)
  return `: Class: ${CLASSES[kind] ?? 'Unknown'}`
}

function options(f: Ids): Readonly<Record<number, Option>> {
  const plain = (type: number, length?: number): Option => ({ name: TYPES[type] ?? '', ...(length === undefined ? {} : { length }) })
  const rest = (d: Decoder, field: Ids['lcp.opt.data']) => {
    if (d.left > 0) d.span(field, d.left)
    return ''
  }
  return {
    0: {
      ...plain(0),
      least: 6,
      read: (d) => {
        organization(d, f['lcp.opt.oui'])
        d.u8(f['lcp.opt.kind'])
        return rest(d, f['lcp.opt.data'])
      },
    },
    1: { ...plain(1, 4), read: (d) => `: ${d.u16(f['lcp.opt.mru'])}` },
    2: { ...plain(2, 6), read: (d) => characterMap(d, f) },
    3: {
      ...plain(3),
      least: 4,
      read: (d) => {
        const protocol = d.u16(f['lcp.opt.auth_protocol'])
        if (d.left > 0) {
          if (protocol === 0xc223) d.u8(f['lcp.opt.algorithm'])
          rest(d, f['lcp.opt.data'])
        }
        return `: ${pppProtocolName(protocol)} (0x${protocol.toString(16).padStart(4, '0')})`
      },
    },
    4: {
      ...plain(4),
      least: 4,
      read: (d) => {
        const protocol = d.u16(f['lcp.opt.quality_protocol'])
        if (d.left >= 4 && protocol === 0xc025) d.u32(f['lcp.opt.reporting_period'])
        rest(d, f['lcp.opt.data'])
        return `: ${pppProtocolName(protocol)} (0x${protocol.toString(16).padStart(4, '0')})`
      },
    },
    5: { ...plain(5, 6), read: (d) => `: 0x${d.u32(f['lcp.opt.magic_number']).toString(16).padStart(8, '0')}` },
    7: plain(7, 2),
    8: plain(8, 2),
    9: {
      ...plain(9, 3),
      read: (d) => {
        const at = d.at,
          value = d.u8(f['lcp.opt.fcs_alternatives']),
          row = d.last,
          outer = d.enter()
        for (const [name, mask, words] of [
          ['ccitt32', 4, 'CCITT 32-bit'],
          ['ccitt16', 2, 'CCITT 16-bit'],
          ['null', 1, 'NULL FCS'],
        ] as const) {
          d.bits(f[`lcp.opt.fcs_alternatives.${name}`], at, at + 1, value)
          if (d.labels && value & mask) d.appendLabel(`, ${words}`, row)
        }
        d.leave(outer)
        return `: 0x${value.toString(16).padStart(2, '0')}`
      },
    },
    10: { ...plain(10, 3), read: (d) => `: ${d.u8(f['lcp.opt.maximum'])} octets` },
    11: {
      ...plain(11),
      least: 3,
      read: (d) => {
        const text = `: ${d.u8(f['lcp.opt.window'])} frames`
        rest(d, f['lcp.opt.hdlc_address'])
        return text
      },
    },
    13: {
      ...plain(13),
      least: 3,
      read: (d) => {
        const operation = d.u8(f['lcp.opt.operation'])
        rest(d, f['lcp.opt.message'])
        return `: ${OPERATIONS[operation] ?? 'Unknown'}`
      },
    },
    15: plain(15, 2),
    16: plain(16, 2),
    17: { ...plain(17, 4), read: (d) => `: ${d.u16(f['lcp.opt.mrru'])}` },
    18: plain(18, 2),
    19: { ...plain(19), least: 3, read: (d) => discriminator(d, f) },
    21: { ...plain(21, 3), read: (d) => `: ${d.u8(f['lcp.opt.mode'])}` },
    22: { ...plain(22, 4), read: (d) => rest(d, f['lcp.opt.unused']) },
    23: {
      ...plain(23, 4),
      read: (d) => {
        const value = d.u16(f['lcp.opt.link_discrim'])
        return `: ${value} (0x${value.toString(16).padStart(4, '0')})`
      },
    },
    24: { ...plain(24), read: (d) => rest(d, f['lcp.opt.data']) },
    25: {
      ...plain(25, 3),
      read: (d) => {
        const at = d.at,
          value = d.u8(f['lcp.opt.flags']),
          outer = d.enter()
        for (const name of ['reserved', 'pre', 'zxe'] as const) d.bits(f[`lcp.opt.flags.${name}`], at, at + 1, value)
        d.leave(outer)
        return ''
      },
    },
    26: {
      ...plain(26),
      read: (d) => {
        while (d.left > 0) {
          d.u8(f['lcp.opt.class'])
          const length = d.peek8()
          d.skip(1)
          d.span(f['lcp.opt.prefix'], length)
        }
        return ''
      },
    },
    27: {
      ...plain(27, 4),
      read: (d) => {
        d.u8(f['lcp.opt.code'])
        d.u8(f['lcp.opt.max_susp_classes'])
        return ''
      },
    },
    28: {
      ...plain(28),
      least: 6,
      read: (d) => {
        d.u32(f['lcp.opt.MIBenum'])
        if (d.left > 0) {
          d.span(f['lcp.opt.language_tag'], d.left)
          d.ascii()
        }
        return ''
      },
    },
    29: plain(29, 2),
  }
}

const LCP_CODES: Readonly<Record<number, string>> = {
  ...CODES,
  8: 'Protocol Reject',
  9: 'Echo Request',
  10: 'Echo Reply',
  11: 'Discard Request',
  12: 'Identification',
  13: 'Time Remaining',
}

/** Codes that only this protocol has. */
function ownBody(d: Decoder, f: Ids, code: number): boolean {
  if (code === 8) {
    const protocol = d.u16(f['lcp.rej_proto'])
    if (d.left > 0 && !d.next('ppp.protocol', protocol, d.at, d.end, true)) d.data()
    return true
  }
  if (code < 9 || code > 13) {
    if (code !== 0) return false
    d.u32(f['lcp.magic_number'])
    organization(d, f['ppp.oui'], '')
    d.u8(f['ppp.kind'])
    if (d.left > 0) d.span(f['ppp.data'], d.left)
    return true
  }
  d.u32(f['lcp.magic_number'])
  if (code === 13) d.u32(f['lcp.secs_remaining'])
  if (d.left <= 0) return true
  if (code >= 12) d.span(f['lcp.message'], d.left)
  else d.span(f['lcp.data'], d.left)
  return true
}

export const lcp = defineProtocol({
  name: 'lcp',
  title: 'PPP Link Control Protocol',
  short: 'PPP LCP',
  firstVisit: 'none',
  accepts: { 'ppp.protocol': [0xc021] },
  fields: ALL_FIELDS,
  decode(d, f) {
    d.setProtocol('PPP LCP')
    readControl(d, f, {
      codes: LCP_CODES,
      options: (decoder) => readOptions(decoder, f, options(f), { type: f['lcp.opt.type'], length: f['lcp.opt.length'] }),
      body: (decoder, code) => ownBody(decoder, f, code),
    })
  },
})
