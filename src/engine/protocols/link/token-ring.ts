// Token Ring (ISO 8802-5): logical link control frames, with the length of source routes. Not covered: media access control frames, hops of routes.
import { bool, defineProtocol, ether, setAddress, u8 } from '../../dissect/define'

export const tokenRing = defineProtocol({
  name: 'tr',
  title: 'Token-Ring',
  short: 'TR',
  accepts: { linktype: [6] },
  fields: {
    'tr.ac': u8('Access Control', { base: 'hex' }),
    'tr.priority': u8('Priority', { mask: 0xe0 }),
    'tr.frame': bool('Frame', { mask: 0x10, names: ['Frame', 'Token'] }),
    'tr.monitor_cnt': u8('Monitor Count', { mask: 0x08 }),
    'tr.priority_reservation': u8('Priority Reservation', { mask: 0x07 }),
    'tr.fc': u8('Frame Control', { base: 'hex' }),
    'tr.frame_type': u8('Frame Type', { mask: 0xc0, values: { 0: 'MAC', 1: 'LLC', 2: 'Reserved', 3: 'Unknown' } }),
    'tr.frame_pcf': u8('Frame PCF', {
      mask: 0x0f,
      values: {
        0: 'Normal buffer',
        1: 'Express buffer',
        2: 'Beacon',
        3: 'Claim Token',
        4: 'Ring Purge',
        5: 'Active Monitor Present',
        6: 'Standby Monitor Present',
      },
    }),
    'tr.dst': ether('Destination'),
    'tr.src': ether('Source'),
    'tr.addr': ether('Source or Destination Address', { hidden: true }),
    'tr.sr': bool('Source Routed'),
    'tr.rif_bytes': u8('Length of the route'),
  },
  decode(d, f) {
    const start = d.at
    d.setProtocol('TR')
    d.setInfo('Token-Ring')
    d.require(14)
    setAddress(d.packet.destination, 'ether', d.bytes, start + 2)
    setAddress(d.packet.source, 'ether', d.bytes, start + 8)
    const access = d.u8(f['tr.ac'])
    let outer = d.enter()
    for (const name of ['tr.priority', 'tr.frame', 'tr.monitor_cnt', 'tr.priority_reservation'] as const)
      d.bits(f[name], start, start + 1, access)
    d.leave(outer)
    const control = d.u8(f['tr.fc'])
    outer = d.enter()
    d.bits(f['tr.frame_type'], start + 1, start + 2, control)
    d.bits(f['tr.frame_pcf'], start + 1, start + 2, control)
    d.leave(outer)
    d.span(f['tr.dst'], 6)
    // the group bit of the sender says that a route follows; it is no part of the address
    const isRouted = d.peek8() >= 0x80,
      source = d.slice(d.at, d.at + 6).slice()
    if (isRouted) {
      source.set([d.peek8() & 0x7f])
      setAddress(d.packet.source, 'ether', source, 0)
    }
    d.value(f['tr.src'], d.at, d.at + 6, source)
    d.range(f['tr.addr'], start + 2, start + 8)
    d.value(f['tr.addr'], d.at, d.at + 6, source)
    d.hide()
    d.add(f['tr.sr'], d.at, d.at + 1, isRouted ? 1 : 0)
    d.value(f['tr.src'], d.at, d.at + 6, source)
    d.hide()
    d.skip(6)
    if (isRouted) {
      const length = d.peek8() & 0x1f
      d.require(length)
      d.add(f['tr.rif_bytes'], d.at, d.at + 1, length)
      d.skip(length)
    }
    d.layerEnds(d.at)
    if (control >> 6 === 1 && d.next('ethernet.8023', 'llc')) return
    d.data()
  },
})
