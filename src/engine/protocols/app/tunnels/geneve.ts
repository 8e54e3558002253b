// Generic Network Virtualization Encapsulation (RFC 8926). Not covered: its options.
import { bool, defineProtocol, u16, u24, u8 } from '../../../dissect/define'
import { ETHERTYPES } from '../../../values/ethertypes'

export const geneve = defineProtocol({
  name: 'geneve',
  title: 'Generic Network Virtualization Encapsulation',
  short: 'Geneve',
  firstVisit: 'packets',
  accepts: { 'udp.port': [6081] },
  fields: {
    'geneve.version': u8('Version'),
    'geneve.flags': u8('Flags', { base: 'hex' }),
    'geneve.flags.oam': bool('Operations, Administration and Management Frame', { mask: 0x80 }),
    'geneve.flags.critical': bool('Critical Options Present', { mask: 0x40 }),
    'geneve.flags.reserved': bool('Reserved', { mask: 0x3f, names: ['True', 'False'] }),
    'geneve.proto_type': u16('Protocol Type', { base: 'hex', values: ETHERTYPES }),
    'geneve.vni': u24('Virtual Network Identifier (VNI)', { base: 'hex-dec' }),
    'geneve.reserved': u8('Reserved', { base: 'hex' }),
  },
  decode(d, f) {
    d.setProtocol('Geneve')
    d.setInfo('')
    const start = d.at,
      first = d.peek8(),
      length = (first & 0x3f) * 4
    d.require(8)
    d.add(f['geneve.version'], start, start + 1, first >> 6)
    d.skip(1)
    const flags = d.u8(f['geneve.flags']),
      outer = d.enter()
    for (const name of ['oam', 'critical', 'reserved'] as const) d.bits(f[`geneve.flags.${name}`], d.at - 1, d.at, flags)
    d.leave(outer)
    const protocol = d.u16(f['geneve.proto_type'])
    d.u24(f['geneve.vni'])
    d.u8(f['geneve.reserved'])
    if (d.summary) d.setInfo(`Encapsulated ${ETHERTYPES[protocol] ?? `0x${protocol.toString(16).padStart(4, '0')} (unknown)`}`)
    d.skip(length)
    d.layerEnds(d.at)
    d.packet.fcsLength = 0
    if (!d.next('ethertype', protocol)) d.data()
  },
})
