// Internetwork Packet eXchange (Novell): the header only. What well-known sockets carry is known to be theirs and not read.
import { hex } from '../../bytes/text'
import { bytes, defineProtocol, ether, u16, u8 } from '../../dissect/define'

/** NetWare core, service advertising, routing, NetBIOS, serialization, NetBIOS as Windows has it, EIGRP, link state routing, WAN routing. */
const SOCKETS = new Set([0x0451, 0x0452, 0x0453, 0x0455, 0x0457, 0x0550, 0x0551, 0x0552, 0x0553, 0x0554, 0x85be, 0x9001, 0x9004])

export const ipx = defineProtocol({
  name: 'ipx',
  title: 'Internetwork Packet eXchange',
  short: 'IPX',
  accepts: { ethertype: [0x8137], 'ethernet.8023': ['ipx'], 'llc.dsap': [0xe0], 'ppp.protocol': [0x002b] },
  fields: {
    'ipx.checksum': u16('Checksum', { base: 'hex' }),
    'ipx.len': u16('Length', { unit: ' bytes' }),
    'ipx.hops': u8('Transport Control Hops'),
    'ipx.packet_type': u8('Packet Type', { base: 'hex' }),
    'ipx.dst.net': bytes('Destination Network'),
    'ipx.dst.node': ether('Destination Node'),
    'ipx.dst.socket': u16('Destination Socket', { base: 'hex' }),
    'ipx.src.net': bytes('Source Network'),
    'ipx.src.node': ether('Source Node'),
    'ipx.src.socket': u16('Source Socket', { base: 'hex' }),
  },
  decode(d, f) {
    const start = d.at,
      p = d.packet
    d.setProtocol('IPX')
    d.setInfo('')
    d.u16(f['ipx.checksum'])
    const length = d.u16(f['ipx.len'])
    if (length >= 30 && start + length <= d.end) d.end = start + length
    d.u8(f['ipx.hops'])
    d.u8(f['ipx.packet_type'])
    for (const side of ['dst', 'src'] as const) {
      d.span(f[`ipx.${side}.net`], 4)
      d.span(f[`ipx.${side}.node`], 6)
      d.u16(f[`ipx.${side}.socket`])
    }
    for (const [address, at] of [
      [p.destination, start + 6],
      [p.source, start + 18],
    ] as const) {
      address.kind = 'text'
      address.text = `${hex(d.bytes, '', at, at + 4)}.${hex(d.bytes, '', at + 4, at + 10)}`
    }
    d.layerEnds(d.at)
    if (d.left > 0 && !SOCKETS.has(d.peek16(start + 16)) && !SOCKETS.has(d.peek16(start + 28))) d.data()
  },
})
