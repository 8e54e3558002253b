// Cisco Inter-Switch Link: a header of 26 octets in the shape of an 802.3 frame around a whole frame with its check sequence, whose destination is 01:00:0c:00:00
// or 0c:00:0c:00:00. Not covered: the header's own check sequence, and the descriptors of token ring.
import { bool, defineProtocol, ether, u16, u24, u8 } from '../../dissect/define'

const TYPES = { 0: 'Ethernet', 1: 'Token-Ring', 2: 'FDDI', 3: 'ATM' }
const ETHERNET = 0
/** Octets of the header in front of what the length counts, and of an Ethernet frame's check sequence. */
const UNCOUNTED = 14,
  CHECK_SEQUENCE = 4

export const isl = defineProtocol({
  name: 'isl',
  title: 'Cisco ISL',
  short: 'ISL',
  firstVisit: 'packets',
  accepts: { 'eth.around': ['isl'] },
  fields: {
    'isl.dst': ether('Destination'),
    'isl.type': u8('Type', { mask: 0xf0, values: TYPES }),
    'isl.user': u8('User', { base: 'hex', mask: 0x0f }),
    'isl.src': ether('Source'),
    'isl.len': u16('Length'),
    'isl.dsap': u8('DSAP', { base: 'hex' }),
    'isl.ssap': u8('SSAP', { base: 'hex' }),
    'isl.control': u8('Control', { base: 'hex' }),
    'isl.hsa': u24('High bits of the source address', { base: 'hex' }),
    'isl.vlan_id': u16('VLAN ID', { mask: 0xfffe }),
    'isl.bpdu': bool('BPDU/CDP/VTP', { mask: 0x0001, bits: 16 }),
    'isl.index': u16('Index'),
    'isl.reserved': u16('Reserved', { base: 'hex' }),
  },
  decode(d, f) {
    const start = d.at,
      end = d.end
    d.setProtocol('ISL')
    d.setInfo('')
    d.span(f['isl.dst'], 6)
    const outer = d.enter()
    const type = d.bits(f['isl.type'], start + 5, start + 6, d.peek8(start + 5))
    d.bits(f['isl.user'], start + 5, start + 6, d.peek8(start + 5))
    d.leave(outer)
    d.span(f['isl.src'], 6)
    const stop = start + UNCOUNTED + d.u16(f['isl.len'])
    for (const name of ['dsap', 'ssap', 'control'] as const) d.u8(f[`isl.${name}`])
    d.u24(f['isl.hsa'])
    const at = d.at,
      tag = d.peek16()
    d.skip(2)
    d.bits(f['isl.vlan_id'], at, at + 2, tag)
    d.bits(f['isl.bpdu'], at, at + 2, tag)
    d.u16(f['isl.index'])
    d.u16(f['isl.reserved'])
    d.layerEnds(d.at)
    d.end = Math.min(end, stop)
    d.packet.fcsLength = stop <= end ? CHECK_SEQUENCE : 0
    if (type !== ETHERNET || !d.next('linktype', 1)) d.data()
    d.end = end
  },
})
