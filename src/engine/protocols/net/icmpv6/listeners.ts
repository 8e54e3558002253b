// Multicast listener discovery, versions 1 (RFC 2710) and 2 (RFC 3810).
import { ipv6Text } from '../../../bytes/text'
import { bool, bytes, ipv6, none, u16, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'

const RECORDS: Readonly<Record<number, string>> = {
  1: 'Include',
  2: 'Exclude',
  3: 'Changed to include',
  4: 'Changed to exclude',
  5: 'Allow new sources',
  6: 'Block old sources',
}

/** Fields of the messages, a part of ICMPv6's table. */
export const listenerFields = {
  'icmpv6.reserved': bytes('Reserved'),
  'icmpv6.mld.maximum_response_delay': u16('Maximum Response Delay [ms]'),
  'icmpv6.mld.maximum_response_code': u16('Maximum Response Code'),
  'icmpv6.mld.multicast_address': ipv6('Multicast Address'),
  'icmpv6.mld.flag': u8('Flags', { base: 'hex' }),
  'icmpv6.mld.flag.s': bool('Suppress Router-Side Processing', { mask: 0x08 }),
  'icmpv6.mld.flag.qrv': u8("QRV (Querier's Robustness Variable)", { mask: 0x07 }),
  'icmpv6.mld.flag.reserved': u8('Reserved', { mask: 0xf0 }),
  'icmpv6.mld.qqi': u8("QQIC (Querier's Query Interval Code)"),
  'icmpv6.mld.nb_sources': u16('Number of Sources'),
  'icmpv6.mld.source_address': ipv6('Source Address'),
  'icmpv6.mldr.nb_mcast_records': u16('Number of Multicast Address Records'),
  'icmpv6.mldr.mar': none('Multicast Address Record'),
  'icmpv6.mldr.mar.record_type': u8('Record Type', { values: RECORDS }),
  'icmpv6.mldr.mar.aux_data_len': u8('Aux Data Len'),
  'icmpv6.mldr.mar.nb_sources': u16('Number of Sources'),
  'icmpv6.mldr.mar.multicast_address': ipv6('Multicast Address'),
  'icmpv6.mldr.mar.source_address': ipv6('Source Address'),
  'icmpv6.mldr.mar.auxiliary_data': bytes('Auxiliary Data'),
} as const
type Ids = FieldIds<typeof listenerFields>

/** Queries of both versions (told apart by their length), and reports and done messages of version 1, which have the same shape. */
export function listenerQuery(d: Decoder, f: Ids): void {
  const second = d.peek8(d.layerStart) === 130 && d.end - d.layerStart >= 28
  d.u16(second ? f['icmpv6.mld.maximum_response_code'] : f['icmpv6.mld.maximum_response_delay'])
  d.span(f['icmpv6.reserved'], 2)
  d.span(f['icmpv6.mld.multicast_address'], 16)
  if (!second) return
  const flags = d.u8(f['icmpv6.mld.flag']),
    at = d.at - 1
  if (d.labels && flags & 8) d.appendLabel(', Suppress Router-Side Processing')
  const outer = d.enter()
  for (const name of ['s', 'qrv', 'reserved'] as const) d.bits(f[`icmpv6.mld.flag.${name}`], at, at + 1, flags)
  d.leave(outer)
  d.u8(f['icmpv6.mld.qqi'])
  const count = d.u16(f['icmpv6.mld.nb_sources'])
  for (let i = 0; i < count; i++) d.span(f['icmpv6.mld.source_address'], 16)
}

/** Reports of version 2. */
export function listenerReports(d: Decoder, f: Ids): void {
  d.span(f['icmpv6.reserved'], 2)
  const count = d.u16(f['icmpv6.mldr.nb_mcast_records'])
  for (let i = 0; i < count; i++) {
    const at = d.at,
      sources = d.peek16(at + 2),
      auxiliary = d.peek8(at + 1) * 4
    d.require(4)
    d.range(f['icmpv6.mldr.mar'], at, Math.min(d.readable, at + 20 + sources * 16 + auxiliary))
    if (d.labels && d.has(20)) d.label(`Multicast Address Record ${RECORDS[d.peek8(at)] ?? 'Unknown'}: ${ipv6Text(d.bytes, at + 4)}`)
    const outer = d.enter()
    d.u8(f['icmpv6.mldr.mar.record_type'])
    d.u8(f['icmpv6.mldr.mar.aux_data_len'])
    d.u16(f['icmpv6.mldr.mar.nb_sources'])
    d.span(f['icmpv6.mldr.mar.multicast_address'], 16)
    for (let source = 0; source < sources; source++) d.span(f['icmpv6.mldr.mar.source_address'], 16)
    if (auxiliary > 0) d.span(f['icmpv6.mldr.mar.auxiliary_data'], auxiliary)
    d.leave(outer)
  }
}
