// Virtual eXtensible LAN (RFC 7348), with the bits of group policy, and its extension that names the protocol it carries (draft-ietf-nvo3-vxlan-gpe).
import { bool, defineProtocol, u16, u24, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { SERVICE_PATH_PROTOCOLS, nextInServicePath } from '../../../dissect/service-path'

/** Names of the bits of flags that the extension gives a meaning. */
const GPE_FLAGS = ['ver', 'i_bit', 'p_bit', 'o_bit'] as const

/** The port of the generic protocol extension. */
const GPE_PORT = 4790

const fields = {
  'vxlan.flags': u16('Flags', { base: 'hex' }),
  'vxlan.flag_g': bool('GBP Extension', { mask: 0x8000, bits: 16, names: ['Defined', 'Not defined'] }),
  'vxlan.flag_i': bool('VXLAN Network ID (VNI)', { mask: 0x0800, bits: 16, names: ['True', 'False'] }),
  'vxlan.flag_d': bool("Don't Learn", { mask: 0x0040, bits: 16, names: ['True', 'False'] }),
  'vxlan.flag_a': bool('Policy Applied', { mask: 0x0008, bits: 16, names: ['True', 'False'] }),
  'vxlan.flags_reserved': u16('Reserved(R)', { base: 'hex', mask: 0x77b7 }),
  'vxlan.gbp': u16('Group Policy ID'),
  'vxlan.vni': u24('VXLAN Network Identifier (VNI)'),
  'vxlan.reserved8': u8('Reserved'),
  'vxlan.ver': u8('Version', { mask: 0x30 }),
  'vxlan.i_bit': u8('Instance', { mask: 0x08 }),
  'vxlan.p_bit': u8('Next Protocol Bit', { mask: 0x04 }),
  'vxlan.o_bit': u8('OAM bit', { mask: 0x01 }),
  'vxlan.reserved_16': u16('Reserved'),
  'vxlan.next_proto': u8('Next Protocol', { values: SERVICE_PATH_PROTOCOLS }),
}
type Ids = FieldIds<typeof fields>

export const vxlan = defineProtocol({
  name: 'vxlan',
  title: 'Virtual eXtensible Local Area Network',
  short: 'VXLAN',
  firstVisit: 'packets',
  accepts: { 'udp.port': [4789, GPE_PORT] },
  fields,
  decode(d, f) {
    d.setProtocol('VxLAN')
    d.setInfo('')
    if (d.packet.destinationPort === GPE_PORT) {
      extended(d, f)
      return
    }
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

/** The header of the generic protocol extension. */
function extended(d: Decoder, f: Ids): void {
  const at = d.at,
    flags = d.peek8()
  d.require(8)
  for (const name of GPE_FLAGS) d.bits(f[`vxlan.${name}`], at, at + 1, flags)
  d.skip(1)
  d.u16(f['vxlan.reserved_16'])
  const protocol = d.u8(f['vxlan.next_proto'])
  d.u24(f['vxlan.vni'])
  d.u8(f['vxlan.reserved8'])
  d.layerEnds(d.at)
  d.packet.fcsLength = 0
  nextInServicePath(d, protocol)
}
