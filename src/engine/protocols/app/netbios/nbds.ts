// NetBIOS Datagram Service (RFC 1002, 4.4): header and names. SMB inside is told by its magic; mailslots and the browser protocol are not covered.
import { bool, defineProtocol, ipv4, string, u16, u8 } from '../../../dissect/define'
import type { Decoder, FieldId } from '../../../dissect/define'
import { readNetbiosName } from '../../../dissect/netbios-name'
import type { FieldIds } from '../../../dissect/registry'
import { NBDS_ERRORS, NBDS_NODES, NBDS_TYPES, NETBIOS_SUFFIXES } from '../../../values/netbios'

const YES_NO = ['Yes', 'No'] as const
const fields = {
  'nbdgm.type': u8('Message Type', { values: NBDS_TYPES }),
  'nbdgm.flags': u8('Flags', { base: 'hex' }),
  'nbdgm.next': bool('More fragments follow', { mask: 0x01, names: YES_NO }),
  'nbdgm.first': bool('This is first fragment', { mask: 0x02, names: YES_NO }),
  'nbdgm.node_type': u8('Node Type', { mask: 0x0c, values: NBDS_NODES }),
  'nbdgm.dgram_id': u16('Datagram ID', { base: 'hex' }),
  'nbdgm.src.ip': ipv4('Source IP'),
  'nbdgm.src.port': u16('Source Port'),
  'nbdgm.dgram_len': u16('Datagram length', { unit: ' bytes' }),
  'nbdgm.pkt_offset': u16('Packet offset', { unit: ' bytes' }),
  'nbdgm.error_code': u8('Error code', { base: 'hex', values: NBDS_ERRORS }),
  'nbdgm.source_name': string('Source name'),
  'nbdgm.destination_name': string('Destination name'),
} as const
type Ids = FieldIds<typeof fields>

export const nbds = defineProtocol({
  name: 'nbdgm',
  title: 'NetBIOS Datagram Service',
  short: 'NBDS',
  accepts: { 'udp.port': [138] },
  firstVisit: 'none',
  fields,
  decode(d, f) {
    d.setProtocol('NBDS')
    const start = d.at,
      type = d.u8(f['nbdgm.type'])
    if (d.summary) d.setInfo(NBDS_TYPES[type] ?? `Unknown message type (0x${type.toString(16).padStart(2, '0')})`)
    flagsByte(d, f)
    d.u16(f['nbdgm.dgram_id'])
    d.span(f['nbdgm.src.ip'], 4)
    d.u16(f['nbdgm.src.port'])
    if (type >= 0x10 && type <= 0x12) datagram(d, f, start)
    else if (type === 0x13) d.u8(f['nbdgm.error_code'])
    else if (type >= 0x14 && type <= 0x16) name(d, f['nbdgm.destination_name'], start)
    d.layerEnds(d.at)
  },
})

function flagsByte(d: Decoder, f: Ids): void {
  const { at } = d,
    flags = d.u8(f['nbdgm.flags'])
  if (d.labels) {
    const words = [`Node Type: ${NBDS_NODES[(flags >> 2) & 3] ?? ''}`]
    if (flags & 2) words.unshift('This is first fragment')
    if (flags & 1) words.unshift('More fragments follow')
    d.appendLabel(`, ${words.join(', ')}`)
  }
  const outer = d.enter()
  d.bits(f['nbdgm.next'], at, at + 1, flags)
  d.bits(f['nbdgm.first'], at, at + 1, flags)
  d.bits(f['nbdgm.node_type'], at, at + 1, flags)
  d.leave(outer)
}

function datagram(d: Decoder, f: Ids, start: number): void {
  d.u16(f['nbdgm.dgram_len'])
  d.u16(f['nbdgm.pkt_offset'])
  name(d, f['nbdgm.source_name'], start)
  name(d, f['nbdgm.destination_name'], start)
  if (d.left > 0 && !d.nextByContent('netbios')) d.data()
}

function name(d: Decoder, field: FieldId<'string'>, message: number): void {
  const { at } = d,
    { text, suffix, end } = readNetbiosName(d, at, message)
  d.value(field, at, end, suffix < 0 ? text : `${text} (${NETBIOS_SUFFIXES[suffix] ?? 'Unknown'})`)
  d.at = end
}
