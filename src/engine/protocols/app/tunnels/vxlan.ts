// Virtual eXtensible LAN (RFC 7348), with the bits of group policy.
import { bool, defineProtocol, u16, u24, u8 } from '../../../dissect/define'

export const vxlan = defineProtocol({
  name: 'vxlan',
  title: 'Virtual eXtensible Local Area Network',
  short: 'VXLAN',
  firstVisit: 'packets',
  accepts: { 'udp.port': [4789, 8472] },
  fields: {
    'vxlan.flags': u16('Flags', { base: 'hex' }),
    'vxlan.flag_g': bool('GBP Extension', { mask: 0x8000, bits: 16, names: ['Defined', 'Not defined'] }),
    'vxlan.flag_i': bool('VXLAN Network ID (VNI)', { mask: 0x0800, bits: 16, names: ['True', 'False'] }),
    'vxlan.flag_d': bool("Don't Learn", { mask: 0x0040, bits: 16, names: ['True', 'False'] }),
    'vxlan.flag_a': bool('Policy Applied', { mask: 0x0008, bits: 16, names: ['True', 'False'] }),
    'vxlan.flags_reserved': u16('Reserved(R)', { base: 'hex', mask: 0x77b7 }),
    'vxlan.gbp': u16('Group Policy ID'),
    'vxlan.vni': u24('VXLAN Network Identifier (VNI)'),
    'vxlan.reserved8': u8('Reserved'),
  },
  decode(d, f) {
    d.setProtocol('VxLAN')
    d.setInfo('')
    const flags = d.u16(f['vxlan.flags']),
      at = d.at - 2,
      outer = d.enter()
    for (const name of ['flag_g', 'flag_i', 'flag_d', 'flag_a', 'flags_reserved'] as const) d.bits(f[`vxlan.${name}`], at, at + 2, flags)
    d.leave(outer)
    d.u16(f['vxlan.gbp'])
    d.u24(f['vxlan.vni'])
    d.u8(f['vxlan.reserved8'])
    d.layerEnds(d.at)
    d.packet.fcsLength = 0
    if (!d.next('linktype', 1)) d.data()
  },
})
