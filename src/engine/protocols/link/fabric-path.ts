// Cisco FabricPath: a header of 16 octets and a frame check sequence around an Ethernet frame. It has the shape of an Ethernet header with a tag, its
// addresses being places in the fabric. Not covered: the frame's check sequence is not verified.
import { bool, defineProtocol, ether, none, u16, u24, u32, u8 } from '../../dissect/define'
import type { Decoder } from '../../dissect/define'
import type { FieldIds } from '../../dissect/registry'
import { CHECKSUM, CHECKSUM_STATUS_FIELD } from '../../values/checksum-status'
import { ETHERTYPES } from '../../values/ethertypes'

const GROUP = 0x01,
  CHECK_SEQUENCE = 4

const fields = {
  'cfp.d_hmac': none('Destination'),
  'cfp.d_hmac_mc': ether('Destination'),
  'cfp.s_hmac': none('Source'),
  'cfp.eid': u24('End Node ID', { mask: 0xfcc000 }),
  'cfp.ul': bool('U/L bit', { mask: 0x020000, bits: 24, names: ['Locally administered', 'Globally unique'] }),
  'cfp.ig': bool('I/G bit', { mask: 0x010000, bits: 24, names: ['Group', 'Individual'] }),
  'cfp.ooodl': bool('Out of order, or do not learn', { mask: 0x001000, bits: 24 }),
  'cfp.swid': u24('Switch', { mask: 0x000fff }),
  'cfp.sswid': u8('Sub-switch'),
  'cfp.lid': u16('Local ID'),
  'cfp.etype': u16('Type', { base: 'hex', values: ETHERTYPES }),
  'cfp.ftag': u16('Forwarding tag', { mask: 0xffc0 }),
  'cfp.ttl': u16('Time to live', { mask: 0x003f }),
  'cfp.fcs': u32('Frame check sequence', { base: 'hex' }),
  'cfp.fcs.status': u8('FCS Status', CHECKSUM_STATUS_FIELD),
} as const
type Ids = FieldIds<typeof fields>

defineProtocol({
  name: 'cfp',
  title: 'Cisco FabricPath',
  short: 'FabricPath',
  firstVisit: 'packets',
  accepts: { 'eth.around': [0x8903] },
  fields,
  decode(d, f) {
    d.setProtocol('CFP')
    d.setInfo('')
    if (d.peek8() & GROUP) d.span(f['cfp.d_hmac_mc'], 6)
    else place(d, f, f['cfp.d_hmac'])
    place(d, f, f['cfp.s_hmac'])
    d.u16(f['cfp.etype'])
    const tag = d.peek16()
    d.bits(f['cfp.ftag'], d.at, d.at + 2, tag)
    d.bits(f['cfp.ttl'], d.at, d.at + 2, tag)
    d.skip(2)
    const start = d.at,
      end = d.end - CHECK_SEQUENCE
    d.at = end
    d.u32(f['cfp.fcs'])
    d.generated(f['cfp.fcs.status'], CHECKSUM.unverified, end, d.end)
    d.layerEnds(start)
    d.packet.fcsLength = 0
    if (!d.next('linktype', 1, start, end)) d.data(start, end)
  },
})

/** An address that is a place: end node, switch, sub-switch and local ID. */
function place(d: Decoder, f: Ids, field: Ids['cfp.d_hmac']): void {
  const at = d.at,
    bits = d.peek24(at)
  d.require(6)
  d.range(field, at, at + 6)
  const outer = d.enter()
  for (const name of ['cfp.eid', 'cfp.ul', 'cfp.ig', 'cfp.ooodl', 'cfp.swid'] as const) d.bits(f[name], at, at + 3, bits)
  d.skip(3)
  d.u8(f['cfp.sswid'])
  d.u16(f['cfp.lid'])
  d.leave(outer)
}
