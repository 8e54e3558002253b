// Generic Routing Encapsulation (RFC 2784, RFC 2890; version 1 of PPTP, RFC 2637) and Cisco's ERSPAN types I to III, which it carries.
// Not covered: WCCP redirection, 3GPP2 attributes, platform-specific headers of ERSPAN type III.
import { internetChecksum } from '../../bytes/checksum'
import { bool, bytes, defineProtocol, expert, none, u16, u32, u8 } from '../../dissect/define'
import type { Decoder } from '../../dissect/define'
import type { FieldIds } from '../../dissect/registry'
import { CHECKSUM, CHECKSUM_STATUS_FIELD } from '../../values/checksum-status'
import { ETHERTYPES } from '../../values/ethertypes'

const flag = (label: string, mask: number) => bool(label, { mask, bits: 16, names: ['Yes', 'No'] })

const fields = {
  'gre.flags_and_version': u16('Flags and Version', { base: 'hex' }),
  'gre.flags.checksum': flag('Checksum Bit', 0x8000),
  'gre.flags.routing': flag('Routing Bit', 0x4000),
  'gre.flags.key': flag('Key Bit', 0x2000),
  'gre.flags.sequence_number': flag('Sequence Number Bit', 0x1000),
  'gre.flags.strict_source_route': flag('Strict Source Route Bit', 0x0800),
  'gre.flags.recursion_control': u16('Recursion control', { mask: 0x0700 }),
  'gre.flags.ack': flag('Acknowledgment', 0x0080),
  'gre.flags.reserved': u16('Flags (Reserved)', { mask: 0x00f8 }),
  'gre.flags.version': u16('Version', { mask: 0x0007, values: { 0: 'GRE', 1: 'Enhanced GRE' } }),
  'gre.proto': u16('Protocol Type', { base: 'hex', values: ETHERTYPES }),
  'gre.checksum': u16('Checksum', { base: 'hex' }),
  'gre.checksum.status': u8('Checksum Status', CHECKSUM_STATUS_FIELD),
  'gre.checksum.incorrect': expert('error', 'checksum', 'Incorrect GRE Checksum'),
  'gre.offset': u16('Offset'),
  'gre.key': u32('Key', { base: 'hex' }),
  'gre.key.payload_length': u16('Payload Length'),
  'gre.key.call_id': u16('Call ID'),
  'gre.sequence_number': u32('Sequence Number'),
  'gre.ack_number': u32('Acknowledgment Number'),
  'gre.routing': none('Routing'),
  'gre.routing.address_family': u16('Address Family'),
  'gre.routing.sre_offset': u8('SRE Offset'),
  'gre.routing.src_length': u8('SRE Length'),
  'gre.routing.information': bytes('Routing Information'),
} as const
type Ids = FieldIds<typeof fields>

export const gre = defineProtocol({
  name: 'gre',
  title: 'Generic Routing Encapsulation',
  short: 'GRE',
  accepts: { 'ip.proto': [47], 'udp.port': [4754] },
  fields,
  decode(d, f) {
    const start = d.at,
      flags = d.u16(f['gre.flags_and_version']),
      version = flags & 7,
      outer = d.enter()
    d.setProtocol('GRE')
    for (const name of ['checksum', 'routing', 'key', 'sequence_number', 'strict_source_route', 'recursion_control'] as const)
      d.bits(f[`gre.flags.${name}`], start, start + 2, flags)
    if (version === 1) {
      d.bits(f['gre.flags.ack'], start, start + 2, flags)
      d.add(f['gre.flags.reserved'], start, start + 2, (flags & 0x78) >> 3)
      if (d.labels)
        d.label(
          `.... .... .${[6, 5, 4].map((bit) => (flags >> bit) & 1).join('')} ${(flags >> 3) & 1}... = Flags (Reserved): ${(flags & 0x78) >> 3}`,
        )
    } else d.bits(f['gre.flags.reserved'], start, start + 2, flags)
    d.bits(f['gre.flags.version'], start, start + 2, flags)
    d.leave(outer)
    const protocol = d.u16(f['gre.proto'])
    if (d.summary) d.setInfo(`Encapsulated ${ETHERTYPES[protocol] ?? `0x${protocol.toString(16).padStart(4, '0')} (unknown)`}`)
    if (flags & 0xc000) {
      checksum(d, f, start, (flags & 0x8000) !== 0)
      d.u16(f['gre.offset'])
    }
    if (flags & 0x2000) {
      if (version === 1) {
        d.u16(f['gre.key.payload_length'])
        d.u16(f['gre.key.call_id'])
      } else d.u32(f['gre.key'])
    }
    if (flags & 0x1000) d.u32(f['gre.sequence_number'])
    if (version === 1 && flags & 0x80) d.u32(f['gre.ack_number'])
    if (version === 0 && flags & 0x4000) routing(d, f)
    d.layerEnds(d.at)
    if (d.left <= 0) return
    d.packet.fcsLength = 0
    // ERSPAN type I has no header of its own, and GRE in front of it no sequence number
    if (protocol === 0x88be && !(flags & 0x1000)) {
      d.chainName('erspan')
      if (d.next('linktype', 1)) return
    }
    if (d.next('gre.proto', protocol) || d.next('ethertype', protocol)) return
    d.data()
  },
})

/** Over header and payload (RFC 2784, 2.3). The field is there, but says nothing, when only source routes follow. */
function checksum(d: Decoder, f: Ids, start: number, present: boolean): void {
  d.u16(f['gre.checksum'])
  const at = d.at - 2,
    node = d.last,
    whole = d.end - start
  if (!present || !d.has(whole, start)) {
    if (d.labels) d.appendLabel(' [unverified]', node)
    d.generated(f['gre.checksum.status'], CHECKSUM.unverified, at, at + 2)
    return
  }
  const good = internetChecksum(d.bytes, start, start + whole) === 0
  if (d.labels) d.appendLabel(good ? ' [correct]' : ' [incorrect]', node)
  d.generated(f['gre.checksum.status'], good ? CHECKSUM.good : CHECKSUM.bad, at, at + 2)
  if (!good) d.expert(f['gre.checksum.incorrect'], at, at + 2, '', node)
}

/** Source route entries (RFC 1701), ended by an empty one. */
function routing(d: Decoder, f: Ids): void {
  d.range(f['gre.routing'], d.at, d.at)
  for (;;) {
    d.u16(f['gre.routing.address_family'])
    d.u8(f['gre.routing.sre_offset'])
    const length = d.u8(f['gre.routing.src_length'])
    if (length === 0) return
    d.span(f['gre.routing.information'], length)
  }
}

export const erspan = defineProtocol({
  name: 'erspan',
  title: 'Encapsulated Remote Switch Packet ANalysis',
  short: 'ERSPAN',
  accepts: { 'gre.proto': [0x88be, 0x22eb] },
  fields: {
    'erspan.version': u16('Version', { mask: 0xf000, values: { 1: 'Type II', 2: 'Type III' } }),
    'erspan.vlan': u16('Vlan', { mask: 0x0fff }),
    'erspan.cos': u16('COS', { mask: 0xe000 }),
    'erspan.encap': u16('Encap', { mask: 0x1800 }),
    'erspan.bso': u16('Bad/Short/Oversized', { mask: 0x1800 }),
    'erspan.truncated': u16('Truncated', { mask: 0x0400 }),
    'erspan.spanid': u16('SpanID', { mask: 0x03ff }),
    'erspan.reserved': u32('Reserved', { mask: 0xfff00000 }),
    'erspan.index': u32('Index', { mask: 0x000fffff }),
    'erspan.timestamp': u32('Timestamp'),
    'erspan.sgt': u16('Security Group Tag'),
    'erspan.o': u16('Optional Sub headers', { mask: 0x0001 }),
  },
  decode(d, f) {
    d.setProtocol('ERSPAN')
    d.setInfo('')
    const start = d.at,
      word = d.peek16(),
      version = word >> 12,
      second = d.peek16(start + 2)
    d.require(version === 2 ? 12 : 8)
    d.bits(f['erspan.version'], start, start + 2, word)
    d.bits(f['erspan.vlan'], start, start + 2, word)
    d.bits(f['erspan.cos'], start + 2, start + 4, second)
    d.bits(version === 2 ? f['erspan.bso'] : f['erspan.encap'], start + 2, start + 4, second)
    d.bits(f['erspan.truncated'], start + 2, start + 4, second)
    d.bits(f['erspan.spanid'], start + 2, start + 4, second)
    d.skip(4)
    if (version === 2) {
      d.u32(f['erspan.timestamp'])
      d.u16(f['erspan.sgt'])
      const flags = d.bits(f['erspan.o'], d.at, d.at + 2, d.peek16())
      d.skip(2)
      if (flags) d.skip(8)
    } else {
      const rest = d.peek32()
      d.bits(f['erspan.reserved'], d.at, d.at + 4, rest)
      d.bits(f['erspan.index'], d.at, d.at + 4, rest)
      d.skip(4)
    }
    d.layerEnds(d.at)
    if (!d.next('linktype', 1)) d.data()
  },
})
