// Options of neighbour discovery messages (RFC 4861, 4.6; RFC 4191 routes; RFC 8106 DNS; RFC 3971 SEND timestamp and nonce; RFC 6775 6LoWPAN; RFC 8781 PREF64;
// RFC 8910 captive portal; RFC 6275 mobility). Not covered: CGA, RSA signatures, certificates, fast handover.
import { hex, ipv6Text } from '../../../bytes/text'
import { absoluteTime, bool, bytes, eui64, expert, ipv6, none, string, u16, u32, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { quoted } from '../../../dissect/quoted'
import type { FieldIds } from '../../../dissect/registry'
import { ND_OPTIONS } from '../../../values/icmpv6'

const PREFERENCES = { 0: 'Medium', 1: 'High', 2: 'Reserved', 3: 'Low' }
const COLONS = { separator: ':' } as const

/** Fields of the options, a part of ICMPv6's table. */
export const optionFields = {
  'icmpv6.opt': none('ICMPv6 Option'),
  'icmpv6.opt.type': u8('Type', { values: ND_OPTIONS }),
  'icmpv6.opt.length': u8('Length'),
  'icmpv6.opt.reserved': none('Reserved'),
  'icmpv6.opt.padding': none('Padding'),
  'icmpv6.opt.linkaddr': bytes('Link-layer address', COLONS),
  'icmpv6.opt.src_linkaddr': bytes('Source Link-layer address', { ...COLONS, hidden: true }),
  'icmpv6.opt.target_linkaddr': bytes('Target Link-layer address', { ...COLONS, hidden: true }),
  'icmpv6.opt.linkaddr_eui64': eui64('Link-layer address'),
  'icmpv6.opt.src_linkaddr_eui64': eui64('Source Link-layer address', { hidden: true }),
  'icmpv6.opt.target_linkaddr_eui64': eui64('Target Link-layer address', { hidden: true }),
  'icmpv6.opt.prefix.length': u8('Prefix Length'),
  'icmpv6.opt.prefix.flag': u8('Flag', { base: 'hex' }),
  'icmpv6.opt.prefix.flag.l': bool('On-link flag(L)', { mask: 0x80 }),
  'icmpv6.opt.prefix.flag.a': bool('Autonomous address-configuration flag(A)', { mask: 0x40 }),
  'icmpv6.opt.prefix.flag.r': bool('Router address flag(R)', { mask: 0x20 }),
  'icmpv6.opt.prefix.flag.reserved': u8('Reserved', { mask: 0x1f }),
  'icmpv6.opt.prefix.valid_lifetime': u32('Valid Lifetime'),
  'icmpv6.opt.prefix.preferred_lifetime': u32('Preferred Lifetime'),
  'icmpv6.opt.prefix': ipv6('Prefix'),
  'icmpv6.opt.timestamp': absoluteTime('Timestamp'),
  'icmpv6.opt.nonce': bytes('Nonce'),
  'icmpv6.opt.redirected_packet': none('Redirected Packet'),
  'icmpv6.opt.mtu': u32('MTU'),
  'icmpv6.opt.nbma.shortcut_limit': u8('Shortcut Limit'),
  'icmpv6.opt.advertisement_interval': u32('Advertisement Interval'),
  'icmpv6.opt.home_agent_preference': u16('Home Agent Preference'),
  'icmpv6.opt.home_agent_lifetime': u16('Home Agent Lifetime'),
  'icmpv6.opt.ipv6_address': ipv6('IPv6 Address'),
  'icmpv6.opt.map.distance': u8('Distance', { mask: 0xf0 }),
  'icmpv6.opt.map.preference': u8('Preference', { mask: 0x0f }),
  'icmpv6.opt.map.flag': u8('Flag', { base: 'hex' }),
  'icmpv6.opt.map.valid_lifetime': u32('Valid Lifetime'),
  'icmpv6.opt.map.global_address': ipv6('Global Address'),
  'icmpv6.opt.route_info.flag': u8('Flag', { base: 'hex' }),
  'icmpv6.opt.route_info.flag.route_preference': u8('Route Preference', { mask: 0x18, values: PREFERENCES }),
  'icmpv6.opt.route_info.flag.reserved': u8('Reserved', { mask: 0xe7 }),
  'icmpv6.opt.route_lifetime': u32('Route Lifetime'),
  'icmpv6.opt.rdnss.lifetime': u32('Lifetime'),
  'icmpv6.opt.rdnss': ipv6('Recursive DNS Servers'),
  'icmpv6.opt.dnssl.lifetime': u32('Lifetime'),
  'icmpv6.opt.dnssl': string('Domain Names'),
  'icmpv6.opt.efo': u16('Flags Expansion Option', { base: 'hex' }),
  'icmpv6.opt.aro.status': u8('Status', { values: { 0: 'Success', 1: 'Duplicate Exists', 2: 'Neighbor Cache Full' } }),
  'icmpv6.opt.aro.registration_lifetime': u16('Registration Lifetime'),
  'icmpv6.opt.aro.eui64': eui64('EUI-64'),
  'icmpv6.opt.6co.context_length': u8('Context Length'),
  'icmpv6.opt.6co.flag': u8('Flag', { base: 'hex' }),
  'icmpv6.opt.6co.flag.c': bool('Compression Flag', { mask: 0x10 }),
  'icmpv6.opt.6co.flag.cid': u8('CID', { mask: 0x0f }),
  'icmpv6.opt.6co.flag.reserved': u8('Reserved', { mask: 0xe0 }),
  'icmpv6.opt.6co.valid_lifetime': u16('Lifetime'),
  'icmpv6.opt.6co.context_prefix': ipv6('Context Prefix'),
  'icmpv6.opt.abro.version_low': u16('Version Low'),
  'icmpv6.opt.abro.version_high': u16('Version'),
  'icmpv6.opt.abro.valid_lifetime': u16('Valid Lifetime'),
  'icmpv6.opt.abro.6lbr_address': ipv6('6LBR Address'),
  'icmpv6.opt.captive_portal': string('Captive Portal'),
  'icmpv6.opt.pref64.scaled_lifetime': u16('Scaled Lifetime', { mask: 0xfff8 }),
  'icmpv6.opt.pref64.plc': u16('PLC (Prefix Length Code)', {
    base: 'hex',
    mask: 0x0007,
    values: { 0: '96', 1: '64', 2: '56', 3: '48', 4: '40', 5: '32' },
  }),
  'icmpv6.opt.pref64.prefix': ipv6('Prefix'),
  'icmpv6.data': bytes('Data'),
  'icmpv6.reserved': bytes('Reserved'),
  'icmpv6.invalid_option_length': expert('error', 'malformed', 'Invalid Option Length'),
  'icmpv6.undecoded.option': expert('note', 'undecoded', 'Undecoded option'),
} as const
type Ids = FieldIds<typeof optionFields>

/** What the Info text of a message takes from its options. */
export interface OptionSummary {
  sourceLink?: string
  targetLink?: string
}

/** Records the options from d.at to d.end. */
export function ndOptions(d: Decoder, f: Ids): OptionSummary {
  const summary: OptionSummary = {}
  while (d.left > 0) {
    const at = d.at,
      type = d.peek8(),
      length = d.peek8(at + 1) * 8,
      end = at + length
    d.require(Math.min(2, Math.max(1, d.left)))
    d.range(f['icmpv6.opt'], at, Math.max(at, Math.min(Math.max(end, at + 1), d.readable)))
    const option = d.last,
      outer = d.enter()
    if (d.labels) d.tree.labels[option] = `ICMPv6 Option (${ND_OPTIONS[type] ?? `Unknown ${type}`}`
    d.u8(f['icmpv6.opt.type'])
    d.u8(f['icmpv6.opt.length'])
    if (d.labels) d.appendLabel(` (${length} bytes)`)
    if (length === 0) {
      d.expert(f['icmpv6.invalid_option_length'], at + 1, at + 2, 'Invalid option length (Zero)', d.last)
      if (d.labels) d.tree.labels[option] += ')'
      d.leave(outer)
      return summary
    }
    const more = readOption(d, f, type, Math.min(end, d.end), summary)
    if (d.labels) d.tree.labels[option] += `${more})`
    d.leave(outer)
    d.at = end
  }
  return summary
}

/** Content of one option; returns what its row adds to the name. */
function readOption(d: Decoder, f: Ids, type: number, end: number, summary: OptionSummary): string {
  const at = d.at
  switch (type) {
    case 1:
    case 2:
      return linkAddress(d, f, type, end, summary)
    case 3:
      return prefixInformation(d, f)
    case 4: {
      d.range(f['icmpv6.opt.reserved'], at, at + 6)
      d.skip(6)
      d.range(f['icmpv6.opt.redirected_packet'], d.at, Math.min(end, d.readable))
      quoted(d, () => d.next('ip.version', 6, at + 6, end, true))
      return ''
    }
    case 5: {
      d.range(f['icmpv6.opt.reserved'], at, at + 2)
      d.skip(2)
      return ` : ${d.u32(f['icmpv6.opt.mtu'])}`
    }
    case 6:
      return ` : ${d.u8(f['icmpv6.opt.nbma.shortcut_limit'])}`
    case 7: {
      d.range(f['icmpv6.opt.reserved'], at, at + 2)
      d.skip(2)
      return ` : ${d.u32(f['icmpv6.opt.advertisement_interval'])}`
    }
    case 8:
      d.range(f['icmpv6.opt.reserved'], at, at + 2)
      d.skip(2)
      d.u16(f['icmpv6.opt.home_agent_preference'])
      d.u16(f['icmpv6.opt.home_agent_lifetime'])
      return ''
    case 9:
    case 10:
      d.range(f['icmpv6.opt.reserved'], at, at + 6)
      d.skip(6)
      while (d.at + 16 <= end) d.span(f['icmpv6.opt.ipv6_address'], 16)
      return ''
    case 13: {
      d.range(f['icmpv6.opt.reserved'], at, at + 6)
      d.skip(6)
      // seconds with sixteen bits of fraction (RFC 3971, 5.3.1)
      d.time(f['icmpv6.opt.timestamp'], d.peekInteger(d.at, 6), Math.floor((d.peek16(d.at + 6) * 1e9) / 65536), d.at, d.at + 8, false)
      return ''
    }
    case 14:
      d.span(f['icmpv6.opt.nonce'], end - at)
      return ''
    case 23: {
      const octet = d.peek8()
      d.bits(f['icmpv6.opt.map.distance'], at, at + 1, octet)
      d.bits(f['icmpv6.opt.map.preference'], at, at + 1, octet)
      d.skip(1)
      d.u8(f['icmpv6.opt.map.flag'])
      d.u32(f['icmpv6.opt.map.valid_lifetime'])
      d.span(f['icmpv6.opt.map.global_address'], 16)
      return ''
    }
    case 24:
      return routeInformation(d, f, end)
    case 25: {
      d.range(f['icmpv6.opt.reserved'], at, at + 2)
      d.skip(2)
      d.u32(f['icmpv6.opt.rdnss.lifetime'])
      let text = ''
      while (d.at + 16 <= end) {
        d.span(f['icmpv6.opt.rdnss'], 16)
        text += ` ${ipv6Text(d.bytes, d.at - 16)}`
      }
      return text
    }
    case 26:
      d.u16(f['icmpv6.opt.efo'])
      return ''
    case 31:
      return searchList(d, f, end)
    case 33:
      d.u8(f['icmpv6.opt.aro.status'])
      d.skip(3)
      d.u16(f['icmpv6.opt.aro.registration_lifetime'])
      d.span(f['icmpv6.opt.aro.eui64'], 8)
      return ` : Register ${hex(d.bytes, ':', d.at - 8, d.at)}`
    case 34: {
      const bits = d.u8(f['icmpv6.opt.6co.context_length']),
        octet = d.u8(f['icmpv6.opt.6co.flag']),
        outer = d.enter()
      for (const name of ['c', 'cid', 'reserved'] as const) d.bits(f[`icmpv6.opt.6co.flag.${name}`], d.at - 1, d.at, octet)
      d.leave(outer)
      d.skip(2)
      d.u16(f['icmpv6.opt.6co.valid_lifetime'])
      const size = Math.min(16, end - d.at)
      d.require(size)
      d.value(f['icmpv6.opt.6co.context_prefix'], d.at, d.at + size, padded(d.slice(d.at, d.at + size)))
      return ` : ${ipv6Text(padded(d.slice(d.at, d.at + size)))}/${bits}`
    }
    case 35:
      d.u16(f['icmpv6.opt.abro.version_low'])
      d.u16(f['icmpv6.opt.abro.version_high'])
      d.u16(f['icmpv6.opt.abro.valid_lifetime'])
      d.span(f['icmpv6.opt.abro.6lbr_address'], 16)
      return ''
    case 37:
      d.span(f['icmpv6.opt.captive_portal'], end - at)
      return ''
    case 38: {
      const word = d.peek16()
      d.bits(f['icmpv6.opt.pref64.scaled_lifetime'], at, at + 2, word)
      d.bits(f['icmpv6.opt.pref64.plc'], at, at + 2, word)
      d.skip(2)
      d.require(12)
      d.value(f['icmpv6.opt.pref64.prefix'], d.at, d.at + 12, padded(d.slice(d.at, d.at + 12)))
      return ''
    }
    default:
      d.range(f['icmpv6.data'], at, end)
      d.expert(f['icmpv6.undecoded.option'], at, end, `Undecoded option (type ${type})`, d.parent)
      return ''
  }
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(16)
  whole.set(bytes.subarray(0, 16))
  return whole
}

function linkAddress(d: Decoder, f: Ids, type: number, end: number, summary: OptionSummary): string {
  const at = d.at,
    size = end - at,
    own = type === 1 ? 'src' : 'target'
  if (size === 14) {
    d.span(f['icmpv6.opt.linkaddr_eui64'], 8)
    d.range(f[`icmpv6.opt.${own}_linkaddr_eui64`], at, at + 8)
    d.range(f['icmpv6.opt.padding'], at + 8, end)
  } else {
    d.span(f['icmpv6.opt.linkaddr'], size)
    d.range(f[`icmpv6.opt.${own}_linkaddr`], at, end)
    if (size !== 6) return ''
  }
  const text = hex(d.bytes, ':', at, at + (size === 14 ? 8 : 6))
  if (type === 1) summary.sourceLink ??= text
  else summary.targetLink ??= text
  return ` : ${text}`
}

function prefixInformation(d: Decoder, f: Ids): string {
  const bits = d.u8(f['icmpv6.opt.prefix.length']),
    octet = d.u8(f['icmpv6.opt.prefix.flag'])
  if (d.labels) {
    const words = [
      octet & 0x80 ? 'On-link flag(L)' : '',
      octet & 0x40 ? 'Autonomous address-configuration flag(A)' : '',
      octet & 0x20 ? 'Router address flag(R)' : '',
    ].filter(Boolean)
    d.appendLabel(words.map((word) => `, ${word}`).join(''))
  }
  const outer = d.enter()
  for (const name of ['l', 'a', 'r', 'reserved'] as const) d.bits(f[`icmpv6.opt.prefix.flag.${name}`], d.at - 1, d.at, octet)
  d.leave(outer)
  d.u32(f['icmpv6.opt.prefix.valid_lifetime'])
  d.u32(f['icmpv6.opt.prefix.preferred_lifetime'])
  d.range(f['icmpv6.opt.reserved'], d.at, d.at + 4)
  d.skip(4)
  d.span(f['icmpv6.opt.prefix'], 16)
  return ` : ${ipv6Text(d.bytes, d.at - 16)}/${bits}`
}

function routeInformation(d: Decoder, f: Ids, end: number): string {
  const bits = d.u8(f['icmpv6.opt.prefix.length']),
    octet = d.u8(f['icmpv6.opt.route_info.flag']),
    outer = d.enter()
  d.bits(f['icmpv6.opt.route_info.flag.route_preference'], d.at - 1, d.at, octet)
  d.bits(f['icmpv6.opt.route_info.flag.reserved'], d.at - 1, d.at, octet)
  d.leave(outer)
  d.u32(f['icmpv6.opt.route_lifetime'])
  const size = end - d.at,
    preference = (PREFERENCES as Record<number, string>)[(octet >> 3) & 3] ?? ''
  if (size <= 0) return ` : ${preference} ::/${bits}`
  d.require(size)
  const prefix = padded(d.slice(d.at, d.at + Math.min(16, size)))
  d.value(f['icmpv6.opt.prefix'], d.at, d.at + size, prefix)
  return ` : ${preference} ${ipv6Text(prefix)}/${bits}`
}

function searchList(d: Decoder, f: Ids, end: number): string {
  d.range(f['icmpv6.opt.reserved'], d.at, d.at + 2)
  d.skip(2)
  d.u32(f['icmpv6.opt.dnssl.lifetime'])
  let text = ''
  while (d.at < end && d.peek8() !== 0) {
    const start = d.at,
      labels: string[] = []
    let at = start
    while (at < end && d.peek8(at) !== 0) {
      const size = d.peek8(at)
      d.require(size + 1, at)
      labels.push(d.latin1(at + 1, at + 1 + size))
      at += size + 1
    }
    d.text(f['icmpv6.opt.dnssl'], Math.min(end, at + 1) - start, labels.join('.'))
    text += ` ${labels.join('.')}`
  }
  if (d.at < end) d.range(f['icmpv6.opt.padding'], d.at, end)
  return text
}
