// IPv6 extension headers (RFC 8200, 4): hop-by-hop and destination options, routing (types 0, 2, 3 RPL RFC 6554, 4 segment routing RFC 8754,
// 5 and 6 compact routing RFC 9631), fragment. The walk from header to header is in ipv6.ts. Not covered: TLVs of segment routing.
import { ipv6Text } from '../../../bytes/text'
import { bool, bytes, defineProtocol, expert, i32, ipv6, setAddress, u16, u32, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { ipProtocolName } from '../../../values/ip-protocols'
import { ipv6Options, optionFields } from './options'

/** Adds a header's name to the Info text. */
function appendName(d: Decoder, name: string): void {
  if (d.summary) d.appendInfo(`${d.infoColumn ? ', ' : ''}${name}`)
}
const next = (label = 'Next Header') => u8(label, { values: ipProtocolName })
const octets = u16('Length', { generated: true, unit: ' bytes' })

export const hopByHop = defineProtocol({
  name: 'ipv6.hopopts',
  title: 'IPv6 Hop-by-Hop Option',
  short: 'IPv6 Hop-by-Hop',
  accepts: { 'ip.proto': [0] },
  fields: {
    'ipv6.hopopts.nxt': next(),
    'ipv6.hopopts.len': u8('Length'),
    'ipv6.hopopts.len_oct': octets,
    ...optionFields,
    'ipv6.hopopts.not_first': expert('warning', 'protocol', 'IPv6 Hop-by-Hop extension header must appear immediately after IPv6 header'),
  },
  decode(d, f) {
    const start = d.at
    appendName(d, 'IPv6 hop-by-hop options')
    d.require(2)
    d.require((d.peek8(start + 1) + 1) * 8)
    d.u8(f['ipv6.hopopts.nxt'])
    const length = (d.u8(f['ipv6.hopopts.len']) + 1) * 8
    d.generated(f['ipv6.hopopts.len_oct'], length, start + 1, start + 2)
    d.layerEnds(start + length)
    ipv6Options(d, f, start + length, 'hop-by-hop')
  },
})

export const destinationOptions = defineProtocol({
  name: 'ipv6.dstopts',
  title: 'Destination Options for IPv6',
  short: 'IPv6 Destination',
  accepts: { 'ip.proto': [60] },
  fields: {
    'ipv6.dstopts.nxt': next(),
    'ipv6.dstopts.len': u8('Length'),
    'ipv6.dstopts.len_oct': octets,
    ...optionFields,
  },
  decode(d, f) {
    const start = d.at
    appendName(d, 'IPv6 destination options')
    d.require(2)
    d.require((d.peek8(start + 1) + 1) * 8)
    d.u8(f['ipv6.dstopts.nxt'])
    const length = (d.u8(f['ipv6.dstopts.len']) + 1) * 8
    d.generated(f['ipv6.dstopts.len_oct'], length, start + 1, start + 2)
    d.layerEnds(start + length)
    ipv6Options(d, f, start + length, 'destination')
  },
})

export const fragmentHeader = defineProtocol({
  name: 'ipv6.fraghdr',
  title: 'Fragment Header for IPv6',
  short: 'IPv6 Fragment',
  accepts: { 'ip.proto': [44] },
  fields: {
    'ipv6.fraghdr.nxt': next('Next header'),
    'ipv6.fraghdr.reserved_octet': u8('Reserved octet', { base: 'hex' }),
    'ipv6.fraghdr.offset': u16('Offset', { mask: 0xfff8 }),
    'ipv6.fraghdr.reserved_bits': u16('Reserved bits', { mask: 0x0006 }),
    'ipv6.fraghdr.more': bool('More Fragments', { mask: 0x0001, bits: 16, names: ['Yes', 'No'] }),
    'ipv6.fraghdr.ident': u32('Identification', { base: 'hex' }),
  },
  decode(d, f) {
    const start = d.at
    d.require(8)
    const protocol = d.u8(f['ipv6.fraghdr.nxt'])
    d.u8(f['ipv6.fraghdr.reserved_octet'])
    const word = d.peek16()
    d.bits(f['ipv6.fraghdr.offset'], start + 2, start + 4, word)
    if (d.labels) d.appendLabel(` (${word & 0xfff8} bytes)`)
    d.bits(f['ipv6.fraghdr.reserved_bits'], start + 2, start + 4, word)
    d.bits(f['ipv6.fraghdr.more'], start + 2, start + 4, word)
    d.skip(2)
    const identification = d.u32(f['ipv6.fraghdr.ident'])
    appendName(
      d,
      `IPv6 fragment (off=${word & 0xfff8} more=${word & 1 ? 'y' : 'n'} ident=0x${identification.toString(16).padStart(8, '0')} nxt=${protocol})`,
    )
    d.layerEnds(start + 8)
  },
})

const ROUTING_TYPES: Readonly<Record<number, string>> = {
  0: 'Source Route',
  1: 'Nimrod',
  2: 'Type 2',
  3: 'RPL Source Route',
  4: 'Segment Routing',
  5: 'CRH-16',
  6: 'CRH-32',
  253: 'Experiment 1',
  254: 'Experiment 2',
}

const routingFields = {
  'ipv6.routing.nxt': next(),
  'ipv6.routing.len': u8('Length'),
  'ipv6.routing.len_oct': octets,
  'ipv6.routing.type': u8('Type', { values: ROUTING_TYPES }),
  'ipv6.routing.segleft': u8('Segments Left'),
  'ipv6.routing.unknown_data': bytes('Type-Specific Data'),
  'ipv6.routing.src.reserved': bytes('Reserved'),
  'ipv6.routing.src.addr': ipv6('Address'),
  'ipv6.routing.mipv6.reserved': bytes('Reserved'),
  'ipv6.routing.mipv6.home_address': ipv6('Home Address'),
  'ipv6.routing.rpl.cmprI': u32('Compressed Internal Octets (CmprI)', { mask: 0xf0000000 }),
  'ipv6.routing.rpl.cmprE': u32('Compressed Final Octets (CmprE)', { mask: 0x0f000000 }),
  'ipv6.routing.rpl.pad': u32('Padding Bytes', { mask: 0x00f00000 }),
  'ipv6.routing.rpl.reserved': u32('Reserved', { mask: 0x000fffff }),
  'ipv6.routing.rpl.addr_count': i32('Total Address Count', { generated: true }),
  'ipv6.routing.rpl.address': bytes('Address'),
  'ipv6.routing.rpl.full_address': ipv6('Full Address', { generated: true }),
  'ipv6.routing.srh.last_entry': u8('Last Entry'),
  'ipv6.routing.srh.flags': u8('Flags', { base: 'hex' }),
  'ipv6.routing.srh.tag': bytes('Tag'),
  'ipv6.routing.srh.addr': ipv6('Address'),
  'ipv6.routing.crh16.current_sid': u16('Current SID', { generated: true }),
  'ipv6.routing.crh32.current_sid': u32('Current SID', { generated: true }),
  'ipv6.routing.crh16.sid': u16('Segment ID'),
  'ipv6.routing.crh32.sid': u32('Segment ID'),
  'ipv6.routing.invalid_length': expert('error', 'malformed', 'Invalid IPv6 Routing header length'),
  'ipv6.routing.invalid_segleft': expert('error', 'malformed', 'IPv6 Routing Header segments left field must not exceed address count'),
  'ipv6.routing.undecoded': expert('note', 'undecoded', 'Undecoded IPv6 routing header field'),
  'ipv6.routing.deprecated': expert('note', 'deprecated', 'Routing header type is deprecated'),
} as const
type RoutingIds = FieldIds<typeof routingFields>

export const routing = defineProtocol({
  name: 'ipv6.routing',
  title: 'Routing Header for IPv6',
  short: 'IPv6 Routing',
  accepts: { 'ip.proto': [43] },
  fields: routingFields,
  decode(d, f) {
    const start = d.at,
      type = d.peek8(start + 2)
    appendName(d, 'IPv6 routing')
    if (d.labels) d.label(`Routing Header for IPv6 (${ROUTING_TYPES[type] ?? 'Unknown'})`)
    d.u8(f['ipv6.routing.nxt'])
    const length = (d.u8(f['ipv6.routing.len']) + 1) * 8,
      end = start + length,
      lengthNode = d.last
    d.generated(f['ipv6.routing.len_oct'], length, start + 1, start + 2)
    d.layerEnds(end)
    d.u8(f['ipv6.routing.type'])
    if (type === 0) d.expert(f['ipv6.routing.deprecated'], start + 2, start + 3, '', d.last)
    const left = d.u8(f['ipv6.routing.segleft']),
      leftNode = d.last
    const invalid = () => {
      d.expert(f['ipv6.routing.invalid_length'], start + 1, start + 2, '', lengthNode)
    }
    const tooMany = (count: number) => {
      if (left > count)
        d.expert(
          f['ipv6.routing.invalid_segleft'],
          start + 3,
          start + 4,
          `IPv6 Routing Header segments left field must not exceed address count (${count})`,
          leftNode,
        )
    }
    switch (type) {
      case 0:
        d.span(f['ipv6.routing.src.reserved'], 4)
        if ((length - 8) % 16) {
          invalid()
          break
        }
        tooMany((length - 8) / 16)
        for (let i = 1; d.at < end; i++) addressRow(d, f['ipv6.routing.src.addr'], i, left)
        if (left > 0 && length > 8) setAddress(d.packet.finalDestination, 'ipv6', d.bytes, end - 16)
        break
      case 2:
        d.span(f['ipv6.routing.mipv6.reserved'], 4)
        if (length !== 24) {
          invalid()
          break
        }
        d.span(f['ipv6.routing.mipv6.home_address'], 16)
        break
      case 3:
        rplRoute(d, f, end, left, tooMany)
        break
      case 4: {
        const last = d.u8(f['ipv6.routing.srh.last_entry'])
        d.u8(f['ipv6.routing.srh.flags'])
        d.span(f['ipv6.routing.srh.tag'], 2)
        for (let i = 0; i <= last && d.at + 16 <= end; i++) {
          d.span(f['ipv6.routing.srh.addr'], 16)
          if (d.labels) d.label(`Address[${i}]: ${ipv6Text(d.bytes, d.at - 16)}`)
        }
        break
      }
      case 5:
        while (d.at + 2 <= end) d.u16(f['ipv6.routing.crh16.sid'])
        break
      case 6:
        while (d.at + 4 <= end) d.u32(f['ipv6.routing.crh32.sid'])
        break
      default:
        d.span(f['ipv6.routing.unknown_data'], end - d.at)
        d.expert(f['ipv6.routing.undecoded'], start + 4, end, '', d.last)
    }
  },
})

function addressRow(d: Decoder, field: RoutingIds['ipv6.routing.src.addr'], index: number, left: number): void {
  d.span(field, 16)
  if (d.labels) d.label(`Address[${index}]: ${ipv6Text(d.bytes, d.at - 16)}${index === left ? ' (next)' : ''}`)
}

/** Source routes of RPL leave out the leading bytes that all addresses share with the destination (RFC 6554, 3). */
function rplRoute(d: Decoder, f: RoutingIds, end: number, left: number, tooMany: (count: number) => void): void {
  const word = d.peek32(),
    at = d.at,
    p = d.packet
  d.require(4)
  const internal = d.bits(f['ipv6.routing.rpl.cmprI'], at, at + 4, word),
    final = d.bits(f['ipv6.routing.rpl.cmprE'], at, at + 4, word),
    pad = d.bits(f['ipv6.routing.rpl.pad'], at, at + 4, word)
  d.bits(f['ipv6.routing.rpl.reserved'], at, at + 4, word)
  d.skip(4)
  const size = end - d.at - pad,
    count = Math.floor((size - (16 - final)) / (16 - internal)) + 1
  d.generated(f['ipv6.routing.rpl.addr_count'], count, at, end)
  if (count < 0 || left > count) {
    tooMany(count)
    return
  }
  const prefix =
    p.netDestination.kind === 'ipv6' ? p.netDestination.bytes.subarray(p.netDestination.at, p.netDestination.at + 16) : new Uint8Array(16)
  for (let i = 1; i <= count; i++) {
    const shared = i === count ? final : internal
    d.span(f['ipv6.routing.rpl.address'], 16 - shared)
    const whole = prefix.slice()
    whole.set(d.slice(d.at - (16 - shared), d.at), shared)
    d.generatedValue(f['ipv6.routing.rpl.full_address'], whole, d.at - (16 - shared), d.at)
  }
  if (pad > 0) d.skip(pad)
}
