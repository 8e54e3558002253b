// IPv4 options (RFC 791, 3.1; RFC 1108 security; RFC 1063 MTU probe; RFC 1393 traceroute; RFC 2113 router alert; RFC 4782 Quick-Start; CIPSO, FIPS 188).
import { ipv4Text } from '../../../bytes/text'
import { bool, bytes, expert, ipv4, string, u16, u32, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'

const CLASSES = { 0: 'Control', 1: 'Reserved for future use', 2: 'Debugging and measurement', 3: 'Reserved for future use' }
const NUMBERS = {
  0: 'End of Option List (EOL)',
  1: 'No-Operation (NOP)',
  2: 'Security',
  3: 'Loose source route',
  4: 'Time stamp',
  5: 'Extended Security',
  6: 'Commercial IP security option',
  7: 'Record route',
  8: 'Stream identifier',
  9: 'Strict source route',
  10: 'Experimental Measurement',
  11: 'MTU probe',
  12: 'MTU reply',
  13: 'Experimental Flow Control',
  14: 'Experimental Access Control',
  15: 'ENCODE',
  16: 'IMI Traffic Descriptor',
  17: 'Extended Internet Protocol',
  18: 'Traceroute',
  19: 'Address Extension',
  20: 'Router Alert',
  21: 'Selective Directed Broadcast',
  23: 'Dynamic Packet State',
  24: 'Upstream Multicast Packet',
  25: 'Quick-Start',
  30: 'RFC3692-style experiment',
}
const QS_RATES: Record<number, string> = {
  0: '0 bit/s',
  1: '80 kbit/s',
  2: '160 kbit/s',
  3: '320 kbit/s',
  4: '640 kbit/s',
  5: '1.28 Mbit/s',
  6: '2.56 Mbit/s',
  7: '5.12 Mbit/s',
  8: '10.24 Mbit/s',
  9: '20.48 Mbit/s',
  10: '40.96 Mbit/s',
  11: '81.92 Mbit/s',
  12: '163.84 Mbit/s',
  13: '327.68 Mbit/s',
  14: '655.36 Mbit/s',
  15: '1.31072 Gbit/s',
}
const CLASSIFICATION = {
  0x01: 'Reserved 4',
  0x3d: 'Top Secret',
  0x5a: 'Secret',
  0x96: 'Confidential',
  0x66: 'Reserved 3',
  0xcc: 'Reserved 2',
  0xab: 'Unclassified',
  0xf1: 'Reserved 1',
}
const SECURITY_791 = {
  0x0000: 'Unclassified',
  0xf135: 'Confidential',
  0x789a: 'EFTO',
  0xbc4d: 'MMMM',
  0x5e26: 'PROG',
  0xaf13: 'Restricted',
  0xd788: 'Secret',
  0x6bc5: 'Top Secret',
}

/** Fields of the options, a part of IPv4's table. */
const HOST = { hidden: true, generated: true, text: ipv4Text }

export const optionFields = {
  'ip.options.eol': bytes('IP Option - End of Options List (EOL)'),
  'ip.options.nop': bytes('IP Option - No-Operation (NOP)'),
  'ip.options.security': bytes('IP Option - Security'),
  'ip.options.route': bytes('IP Option - Loose Source Route'),
  'ip.options.timestamp': bytes('IP Option - Time Stamp'),
  'ip.options.ext_security': bytes('IP Option - Extended Security'),
  'ip.options.cipso': bytes('IP Option - Commercial Security'),
  'ip.options.record_route': bytes('IP Option - Record Route'),
  'ip.options.sid': bytes('IP Option - Stream ID'),
  'ip.options.source_route': bytes('IP Option - Strict Source Route'),
  'ip.options.mtu_probe': bytes('IP Option - MTU Probe'),
  'ip.options.mtu_reply': bytes('IP Option - MTU Reply'),
  'ip.options.traceroute': bytes('IP Option - Traceroute'),
  'ip.options.routeralert': bytes('IP Option - Router Alert'),
  'ip.options.sdb': bytes('IP Option - Selective Directed Broadcast'),
  'ip.options.qs': bytes('IP Option - Quick-Start'),
  'ip.opt.type': u8('Type'),
  'ip.opt.type.copy': bool('Copy on fragmentation', { mask: 0x80, names: ['Yes', 'No'] }),
  'ip.opt.type.class': u8('Class', { mask: 0x60, values: CLASSES }),
  'ip.opt.type.number': u8('Number', { mask: 0x1f, values: NUMBERS }),
  'ip.opt.len': u8('Length'),
  'ip.opt.ptr': u8('Pointer'),
  'ip.opt.sid': u16('Stream Identifier'),
  'ip.opt.mtu': u16('MTU'),
  'ip.opt.id_number': u16('ID Number'),
  'ip.opt.ohc': u16('Outbound Hop Count'),
  'ip.opt.rhc': u16('Return Hop Count'),
  'ip.opt.originator': ipv4('Originator IP Address'),
  'ip.opt.ra': u16('Router Alert', { values: (value) => (value === 0 ? 'Router shall examine packet' : 'Reserved') }),
  'ip.opt.addr': ipv4('IP Address'),
  'ip.opt.padding': bytes('Padding'),
  'ip.opt.qs_func': u8('Function', { mask: 0xf0, values: { 0: 'Rate request', 8: 'Rate report' } }),
  'ip.opt.qs_rate': u8('Rate', { mask: 0x0f, values: QS_RATES }),
  'ip.opt.qs_ttl': u8('QS TTL'),
  'ip.opt.qs_ttl_diff': u8('TTL Diff', { generated: true }),
  'ip.opt.qs_unused': u8('Not Used'),
  'ip.opt.qs_nonce': u32('QS Nonce', { base: 'hex', mask: 0xfffffffc }),
  'ip.opt.qs_reserved': u32('Reserved', { base: 'hex', mask: 0x3 }),
  'ip.opt.sec_rfc791_sec': u16('Security', { base: 'hex', values: SECURITY_791 }),
  'ip.opt.sec_rfc791_comp': u16('Compartments'),
  'ip.opt.sec_rfc791_hr': string('Handling Restrictions'),
  'ip.opt.sec_rfc791_tcc': string('Transmission Control Code'),
  'ip.opt.sec_cl': u8('Classification Level', { base: 'hex', values: CLASSIFICATION }),
  'ip.opt.sec_prot_auth_flags': u8('Protection Authority Flags', { base: 'hex' }),
  'ip.opt.sec_prot_auth_genser': bool('GENSER', {
    mask: 0x80,
    names: ['Datagram protected in accordance with its rules', 'Datagram not protected'],
  }),
  'ip.opt.sec_prot_auth_siop_esi': bool('SIOP-ESI', { mask: 0x40 }),
  'ip.opt.sec_prot_auth_sci': bool('SCI', { mask: 0x20 }),
  'ip.opt.sec_prot_auth_nsa': bool('NSA', { mask: 0x10 }),
  'ip.opt.sec_prot_auth_doe': bool('DOE', { mask: 0x08 }),
  'ip.opt.sec_prot_auth_unassigned': u8('Unassigned', { base: 'hex', mask: 0x06 }),
  'ip.opt.sec_prot_auth_fti': bool('Field Termination Indicator', { mask: 0x01, names: ['More octets follow', 'Final octet'] }),
  'ip.opt.ext_sec_add_sec_info_format_code': u8('Additional Security Info Format Code', { base: 'hex' }),
  'ip.opt.ext_sec_add_sec_info': bytes('Additional Security Info'),
  'ip.rec_rt': ipv4('Recorded Route'),
  'ip.rec_rt_host': string('Recorded Route Host', HOST),
  'ip.src_rt': ipv4('Source Route'),
  'ip.src_rt_host': string('Source Route Host', HOST),
  'ip.empty_rt': ipv4('Empty Route'),
  'ip.empty_rt_host': string('Empty Route Host', HOST),
  'ip.cipso.tag_type': u8('Tag Type', {
    values: {
      0: 'Padding',
      1: 'Restrictive Category Bitmap',
      2: 'Enumerated Categories',
      5: 'Ranged Categories',
      6: 'Permissive Categories',
      7: 'Free Form',
    },
  }),
  'ip.cipso.doi': u32('DOI'),
  'ip.cipso.sensitivity_level': u8('Sensitivity Level'),
  'ip.cipso.categories': string('Categories'),
  'ip.cipso.tag_data': bytes('Tag data'),
  'ip.opt.overflow': u8('Overflow', { mask: 0xf0 }),
  'ip.opt.flag': u8('Flag', {
    base: 'hex',
    mask: 0x0f,
    values: { 0: 'Time stamps only', 1: 'Time stamp and address', 3: 'Time stamps for prespecified addresses' },
  }),
  'ip.opt.time_stamp': u32('Time stamp'),
  'ip.opt.time_stamp_addr': ipv4('Address'),
  'ip.opt.len.invalid': expert('warning', 'protocol', 'Invalid length for option'),
  'ip.opt.ptr.before_address': expert('warning', 'protocol', 'Pointer points before first address'),
  'ip.opt.ptr.middle_address': expert('warning', 'protocol', 'Pointer points to middle of address'),
  'ip.subopt_too_long': expert('warning', 'protocol', 'Suboption would go past end of option'),
  'ip.nop': expert('warning', 'protocol', '4 NOP in a row - a router may have removed some options'),
  'ip.cipso.malformed': expert('error', 'malformed', 'Malformed CIPSO tag'),
  'ip.dst': ipv4('Destination Address'),
  'ip.dst_host': string('Destination Host', HOST),
  'ip.addr': ipv4('Source or Destination Address', { hidden: true }),
  'ip.host': string('Source or Destination Host', HOST),
} as const

type Ids = FieldIds<typeof optionFields>
type Reader = (d: Decoder, f: Ids, start: number, length: number) => void

interface Option {
  readonly name: string
  readonly field: keyof typeof optionFields
  /** Smallest length; the only one where `exact`. */
  readonly least: number
  readonly exact: boolean
  readonly read: Reader
}

const nothing: Reader = () => undefined

function quickStart(d: Decoder, f: Ids): void {
  const octet = d.peek8()
  d.bits(f['ip.opt.qs_func'], d.at, d.at + 1, octet)
  d.bits(f['ip.opt.qs_rate'], d.at, d.at + 1, octet)
  d.skip(1)
  if (octet >> 4 === 0) {
    const ttl = d.u8(f['ip.opt.qs_ttl'])
    d.generated(f['ip.opt.qs_ttl_diff'], (d.peek8(d.layerStart + 8) - ttl) & 0xff, d.at - 1, d.at)
  } else d.u8(f['ip.opt.qs_unused'])
  const nonce = d.peek32()
  d.bits(f['ip.opt.qs_nonce'], d.at, d.at + 4, nonce)
  d.bits(f['ip.opt.qs_reserved'], d.at, d.at + 4, nonce)
  d.skip(4)
}

function host(d: Decoder, field: Ids['ip.dst_host']): void {
  d.range(field, d.at - 4, d.at)
}

/** Loose and strict source routes and the record route: addresses before the pointer were visited. */
function route(kind: 'source' | 'record'): Reader {
  return (d, f, start, length) => {
    const pointer = d.u8(f['ip.opt.ptr']),
      end = start + length
    if (pointer < 4) d.expert(f['ip.opt.ptr.before_address'], d.at - 1, d.at, '', d.last)
    else if (pointer & 3) d.expert(f['ip.opt.ptr.middle_address'], d.at - 1, d.at, '', d.last)
    while (d.at < end) {
      if (end - d.at < 4) {
        d.expert(f['ip.subopt_too_long'], d.at, end)
        return
      }
      // 1-based position of this address in the option
      const position = d.at - start + 1,
        next = position === pointer ? ' <- (next)' : ''
      if (position < pointer) {
        d.span(f['ip.rec_rt'], 4)
        host(d, f['ip.rec_rt_host'])
      } else if (kind === 'record') {
        d.span(f['ip.empty_rt'], 4)
        if (d.labels) d.appendLabel(next)
        host(d, f['ip.empty_rt_host'])
      } else if (end - d.at === 4) {
        d.span(f['ip.dst'], 4)
        if (d.labels) d.appendLabel(next)
        d.range(f['ip.addr'], d.at - 4, d.at)
        host(d, f['ip.dst_host'])
        host(d, f['ip.host'])
      } else {
        d.span(f['ip.src_rt'], 4)
        if (d.labels) d.appendLabel(next)
        host(d, f['ip.src_rt_host'])
      }
    }
  }
}

const timestamp: Reader = (d, f, start, length) => {
  const end = start + length,
    pointer = d.u8(f['ip.opt.ptr'])
  if (pointer < 5) d.expert(f['ip.opt.ptr.before_address'], d.at - 1, d.at, '', d.last)
  else if ((pointer - 1) & 3) d.expert(f['ip.opt.ptr.middle_address'], d.at - 1, d.at, '', d.last)
  const flags = d.peek8()
  d.bits(f['ip.opt.overflow'], d.at, d.at + 1, flags)
  d.bits(f['ip.opt.flag'], d.at, d.at + 1, flags)
  d.skip(1)
  const withAddress = (flags & 15) === 1 || (flags & 15) === 3,
    size = withAddress ? 8 : 4
  while (d.at < end) {
    if (end - d.at < size) {
      d.expert(f['ip.subopt_too_long'], d.at, end)
      return
    }
    if (withAddress) d.span(f['ip.opt.time_stamp_addr'], 4)
    d.u32(f['ip.opt.time_stamp'])
  }
}

const security: Reader = (d, f, start, length) => {
  if (length === 11) {
    d.u16(f['ip.opt.sec_rfc791_sec'])
    d.u16(f['ip.opt.sec_rfc791_comp'])
    d.span(f['ip.opt.sec_rfc791_hr'], 2)
    d.span(f['ip.opt.sec_rfc791_tcc'], 3)
    return
  }
  d.u8(f['ip.opt.sec_cl'])
  protectionFlags(d, f, start + length)
}
function protectionFlags(d: Decoder, f: Ids, end: number): void {
  while (d.at < end) {
    const flags = d.u8(f['ip.opt.sec_prot_auth_flags']),
      at = d.at - 1,
      outer = d.enter()
    for (const name of ['genser', 'siop_esi', 'sci', 'nsa', 'doe', 'unassigned', 'fti'] as const)
      d.bits(f[`ip.opt.sec_prot_auth_${name}`], at, at + 1, flags)
    d.leave(outer)
    if (!(flags & 1)) return
  }
}

/** Commercial IP security option: a domain of interpretation and tags of security levels and categories. */
const cipso: Reader = (d, f, start, length) => {
  const end = start + length
  d.u32(f['ip.cipso.doi'])
  while (d.at < end) {
    const tag = d.peek8(),
      tagStart = d.at,
      tagLength = d.peek8(d.at + 1),
      tagEnd = tagStart + tagLength
    if (tagLength < 2 || tagEnd > end) {
      d.expert(f['ip.cipso.malformed'], tagStart, end)
      return
    }
    d.u8(f['ip.cipso.tag_type'])
    d.skip(1)
    if ((tag === 1 || tag === 2 || tag === 5) && tagLength >= 4) {
      d.skip(1)
      d.u8(f['ip.cipso.sensitivity_level'])
      const from = d.at
      if (tagEnd > from) {
        d.require(tagEnd - from)
        d.text(
          f['ip.cipso.categories'],
          tagEnd - from,
          tag === 1 ? bitmap(d, from, tagEnd) : tag === 2 ? listed(d, from, tagEnd) : ranged(d, from, tagEnd),
        )
      }
    } else if (tagEnd > d.at) d.span(f['ip.cipso.tag_data'], tagEnd - d.at)
    d.at = tagEnd
  }
}
function bitmap(d: Decoder, from: number, to: number): string {
  const set: number[] = []
  for (let at = from; at < to; at++) for (let bit = 0; bit < 8; bit++) if (d.peek8(at) & (0x80 >> bit)) set.push((at - from) * 8 + bit)
  return set.length ? set.join(',') : 'ERROR PARSING CATEGORIES'
}
function listed(d: Decoder, from: number, to: number): string {
  const set: number[] = []
  for (let at = from; at + 1 < to; at += 2) set.push(d.peek16(at))
  return set.join(',')
}
function ranged(d: Decoder, from: number, to: number): string {
  const set: string[] = []
  for (let at = from; at + 1 < to; at += 4) set.push(`${at + 3 < to ? d.peek16(at + 2) : 0}-${d.peek16(at)}`)
  return set.join(',')
}

const OPTIONS: Readonly<Record<number, Option>> = {
  0x82: { name: 'Security', field: 'ip.options.security', least: 3, exact: false, read: security },
  0x83: { name: 'Loose Source Route', field: 'ip.options.route', least: 3, exact: false, read: route('source') },
  0x44: { name: 'Time Stamp', field: 'ip.options.timestamp', least: 4, exact: false, read: timestamp },
  0x85: {
    name: 'Extended Security',
    field: 'ip.options.ext_security',
    least: 3,
    exact: false,
    read: (d, f, start, length) => {
      d.u8(f['ip.opt.ext_sec_add_sec_info_format_code'])
      if (length > 3) d.span(f['ip.opt.ext_sec_add_sec_info'], start + length - d.at)
    },
  },
  0x86: { name: 'Commercial Security', field: 'ip.options.cipso', least: 6, exact: false, read: cipso },
  0x07: { name: 'Record Route', field: 'ip.options.record_route', least: 3, exact: false, read: route('record') },
  0x88: { name: 'Stream ID', field: 'ip.options.sid', least: 4, exact: true, read: (d, f) => void d.u16(f['ip.opt.sid']) },
  0x89: { name: 'Strict Source Route', field: 'ip.options.source_route', least: 3, exact: false, read: route('source') },
  0x0b: { name: 'MTU Probe', field: 'ip.options.mtu_probe', least: 4, exact: true, read: (d, f) => void d.u16(f['ip.opt.mtu']) },
  0x0c: { name: 'MTU Reply', field: 'ip.options.mtu_reply', least: 4, exact: true, read: (d, f) => void d.u16(f['ip.opt.mtu']) },
  0x52: {
    name: 'Traceroute',
    field: 'ip.options.traceroute',
    least: 12,
    exact: true,
    read: (d, f) => {
      d.u16(f['ip.opt.id_number'])
      d.u16(f['ip.opt.ohc'])
      d.u16(f['ip.opt.rhc'])
      d.span(f['ip.opt.originator'], 4)
    },
  },
  0x94: {
    name: 'Router Alert',
    field: 'ip.options.routeralert',
    least: 4,
    exact: true,
    read: (d, f) => {
      const option = d.parent,
        value = d.u16(f['ip.opt.ra'])
      if (d.labels) d.appendLabel(`: ${value === 0 ? 'Router shall examine packet' : 'Reserved'} (${value})`, option)
    },
  },
  0x95: {
    name: 'Selective Directed Broadcast',
    field: 'ip.options.sdb',
    least: 6,
    exact: false,
    read: (d, f, start, length) => {
      while (start + length - d.at >= 4) d.span(f['ip.opt.addr'], 4)
    },
  },
  0x19: { name: 'Quick-Start', field: 'ip.options.qs', least: 8, exact: true, read: quickStart },
}
const END: Option = { name: 'End of Options List (EOL)', field: 'ip.options.eol', least: 1, exact: true, read: nothing }
const NOP: Option = { name: 'No-Operation (NOP)', field: 'ip.options.nop', least: 1, exact: true, read: nothing }

function typeRows(d: Decoder, f: Ids): number {
  const type = d.u8(f['ip.opt.type']),
    at = d.at - 1,
    outer = d.enter()
  d.bits(f['ip.opt.type.copy'], at, at + 1, type)
  d.bits(f['ip.opt.type.class'], at, at + 1, type)
  d.bits(f['ip.opt.type.number'], at, at + 1, type)
  d.leave(outer)
  return type
}

/** Records the options at d.at up to `end`. The parent is IPv4's node. */
export function ipv4Options(d: Decoder, f: Ids, end: number): void {
  const start = d.at,
    names: string[] = []
  d.require(end - start)
  d.note(start, end, `Options: (${end - start} bytes)`)
  const list = d.last,
    outer = d.enter()
  let noOperations = 0
  while (d.at < end) {
    const at = d.at,
      type = d.peek8(),
      option = type === 0 ? END : type === 1 ? NOP : OPTIONS[type]
    const short = type > 1,
      length = short ? d.peek8(at + 1) : 1
    if (d.labels) names.push(option?.name ?? `Unknown (0x${type.toString(16).padStart(2, '0')})`)
    if (short && (length < 2 || at + length > end || !option || (option.exact ? length !== option.least : length < option.least))) {
      d.require(end - at >= 2 ? 2 : 1)
      const name = option?.name ?? `Unknown (0x${type.toString(16).padStart(2, '0')})`
      const problem =
        end - at < 2
          ? `${name} (length byte past end of options)`
          : length < 2
            ? `${name} (with too-short option length = ${length} byte${length === 1 ? '' : 's'})`
            : at + length > end
              ? `${name} (option length = ${length} byte${length === 1 ? '' : 's'} says option goes past end of options)`
              : option
                ? `${name} (with option length = ${length} bytes; should be ${option.exact ? '' : '>= '}${option.least})`
                : `${name} (${length} bytes)`
      if (option && length >= 2 && at + length <= end) {
        d.range(f[option.field] as Ids['ip.options.nop'], at, at + length)
        const inner = d.enter()
        typeRows(d, f)
        d.u8(f['ip.opt.len'])
        d.expert(f['ip.opt.len.invalid'], at + 1, at + 2, '', d.last)
        d.leave(inner)
        if (d.labels) d.label(`IP Option - ${problem}`)
      } else {
        d.note(at, Math.min(end, at + Math.max(1, length)), problem)
        if (option || length < 2 || at + length > end) d.expert(f['ip.opt.len.invalid'], at, at + 1, '', d.last)
        if (length < 2 || at + length > end) break
      }
      d.at = at + length
      continue
    }
    noOperations = type === 1 ? noOperations + 1 : 0
    d.require(length)
    d.range(f[(option ?? NOP).field] as Ids['ip.options.nop'], at, at + length)
    if (d.labels) d.label(`IP Option - ${option?.name ?? ''}${short ? ` (${length} bytes)` : ''}`)
    const node = d.last
    if (noOperations === 4) d.expert(f['ip.nop'], at, at + 1, '', node)
    const inner = d.enter(node)
    typeRows(d, f)
    if (short) {
      d.u8(f['ip.opt.len'])
      option?.read(d, f, at, length)
    }
    d.leave(inner)
    d.at = at + length
    if (type === 0) break
  }
  d.leave(outer)
  if (d.labels && names.length) d.appendLabel(names.map((name) => `, ${name}`).join(''), list)
  d.at = end
}

/** Position of the final destination when a source route has not been used up; -1 otherwise. */
export function finalDestination(d: Decoder, start: number, end: number): number {
  for (let at = start; at < end;) {
    const type = d.peek8(at)
    if (type === 0) return -1
    if (type === 1) {
      at++
      continue
    }
    const length = d.peek8(at + 1),
      pointer = d.peek8(at + 2)
    if (length < 2 || at + length > end) return -1
    if (type === 0x83 || type === 0x89) {
      return length < 7 || pointer < 4 || (pointer & 3) !== 0 || pointer > length ? -1 : at + length - 4
    }
    at += length
  }
  return -1
}
