// Juniper's capture header in front of Ethernet (LINKTYPE_JUNIPER_ETHER). Not covered: what its extensions say, Juniper's other link types.
import { defineProtocol, u16, u24, u8 } from '../../dissect/define'

const MAGIC = 0x4d4743,
  HAS_EXTENSIONS = 0x80,
  NO_LINK_HEADER = 0x02

export const juniper = defineProtocol({
  name: 'juniper',
  title: 'Juniper Ethernet',
  short: 'Juniper',
  accepts: { linktype: [178] },
  fields: {
    'juniper.magic-number': u24('Magic Number', { base: 'hex' }),
    'juniper.direction': u8('Direction', { mask: 0x01, values: { 0: 'Out', 1: 'In' } }),
    'juniper.l2hdr': u8('L2 header presence', { mask: NO_LINK_HEADER, values: { 0: 'Present', 1: 'Absent' } }),
    'juniper.ext_total_len': u16('Extension(s) Total length'),
  },
  decode(d, f) {
    d.setProtocol('Juniper')
    d.setInfo('')
    if (d.u24(f['juniper.magic-number']) !== MAGIC) {
      d.layerEnds(d.at)
      return
    }
    const at = d.at,
      flags = d.peek8()
    d.require(1)
    d.bits(f['juniper.direction'], at, at + 1, flags)
    d.bits(f['juniper.l2hdr'], at, at + 1, flags)
    d.skip(1)
    if (flags & HAS_EXTENSIONS) d.skip(d.u16(f['juniper.ext_total_len']))
    d.layerEnds(d.at)
    if (d.left <= 0) return
    if (flags & NO_LINK_HEADER ? d.next('ip.version', d.peek8() >> 4) : d.next('linktype', 1)) return
    d.data()
  },
})
