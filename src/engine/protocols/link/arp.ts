// Address Resolution Protocol (RFC 826) and Reverse ARP (RFC 903).
// Typed addresses exist for Ethernet + IPv4 only; other families use the untyped *.hw and *.proto fields.
import { bool, bytes, defineProtocol, ether, ipv4, u16, u8 } from '../../dissect/define'

export const arp = defineProtocol({
  name: 'arp',
  title: 'Address Resolution Protocol',
  short: 'ARP',
  accepts: { ethertype: [0x0806, 0x8035] },
  fields: {
    'arp.hw.type': u16('Hardware type'),
    'arp.proto.type': u16('Protocol type', { base: 'hex' }),
    'arp.hw.size': u8('Hardware size'),
    'arp.proto.size': u8('Protocol size'),
    'arp.opcode': u16('Opcode'),
    'arp.isgratuitous': bool('Is gratuitous', { generated: true }),
    'arp.src.hw_mac': ether('Sender MAC address'),
    'arp.src.hw': bytes('Sender hardware address'),
    'arp.src.proto_ipv4': ipv4('Sender IP address'),
    'arp.src.proto': bytes('Sender protocol address'),
    'arp.dst.hw_mac': ether('Target MAC address'),
    'arp.dst.hw': bytes('Target hardware address'),
    'arp.dst.proto_ipv4': ipv4('Target IP address'),
    'arp.dst.proto': bytes('Target protocol address'),
  },
  decode(d, f) {
    const hw = d.u16(f['arp.hw.type']), proto = d.u16(f['arp.proto.type'])
    const hlen = d.u8(f['arp.hw.size']), plen = d.u8(f['arp.proto.size']), op = d.u16(f['arp.opcode'])
    const mac = (hw === 1 || hw === 6) && hlen === 6, ip = proto === 0x0800 && plen === 4
    const sender = d.at + hlen, target = sender + plen + hlen
    if (op === 1 || op === 2) d.generated(f['arp.isgratuitous'], d.sameBytes(sender, target, plen) ? 1 : 0)
    d.span(mac ? f['arp.src.hw_mac'] : f['arp.src.hw'], hlen)
    d.span(ip ? f['arp.src.proto_ipv4'] : f['arp.src.proto'], plen)
    d.span(mac ? f['arp.dst.hw_mac'] : f['arp.dst.hw'], hlen)
    d.span(ip ? f['arp.dst.proto_ipv4'] : f['arp.dst.proto'], plen)
    d.layerEnds(d.at)
    d.setProtocol('ARP')
  },
})
