// Fibre Distributed Data Interface (ISO 9314-2): logical link control frames. Not covered: station management frames, implementor frames.
import { defineProtocol, ether, setAddress, u8 } from '../../dissect/define'

export const fddi = defineProtocol({
  name: 'fddi',
  title: 'Fiber Distributed Data Interface',
  short: 'FDDI',
  accepts: { linktype: [10] },
  fields: {
    'fddi.fc': u8('Frame Control', { base: 'hex' }),
    'fddi.fc.clf': u8('Class/Length/Format', { base: 'hex', mask: 0xf0 }),
    'fddi.fc.prio': u8('Priority', { mask: 0x07 }),
    'fddi.dst': ether('Destination'),
    'fddi.src': ether('Source'),
    'fddi.addr': ether('Source or Destination Address', { hidden: true }),
  },
  decode(d, f) {
    d.setProtocol('FDDI')
    d.setInfo('')
    const control = d.u8(f['fddi.fc']),
      isLlc = (control & 0xf0) === 0x50,
      outer = d.enter()
    d.bits(f['fddi.fc.clf'], d.at - 1, d.at, control)
    if (isLlc) d.bits(f['fddi.fc.prio'], d.at - 1, d.at, control)
    d.leave(outer)
    d.require(12)
    setAddress(d.packet.destination, 'ether', d.bytes, d.at)
    setAddress(d.packet.source, 'ether', d.bytes, d.at + 6)
    for (const name of ['fddi.dst', 'fddi.src'] as const) {
      d.span(f[name], 6)
      d.range(f['fddi.addr'], d.at - 6, d.at)
    }
    d.layerEnds(d.at)
    if (isLlc && d.next('ethernet.8023', 'llc')) return
    d.data()
  },
})
