// Multiprotocol Label Switching (RFC 3032). What follows the bottom of the stack is told by its first nibble (RFC 4928): IPv4, IPv6, or an Ethernet
// pseudowire with a control word (RFC 4385). Not covered: generic associated channels, other pseudowires.
import { defineProtocol, u32 } from '../../dissect/define'

const OAM_ALERT = 14
const RESERVED: Readonly<Record<number, string>> = {
  0: 'IPv4 Explicit-Null',
  1: 'Router Alert',
  2: 'IPv6 Explicit-Null',
  3: 'Implicit-Null',
  7: 'Entropy Label Indicator (ELI)',
  13: 'Generic Associated Channel Label (GAL)',
  14: 'OAM Alert',
}

export const mpls = defineProtocol({
  name: 'mpls',
  title: 'MultiProtocol Label Switching Header',
  short: 'MPLS',
  accepts: { ethertype: [0x8847, 0x8848], 'ip.proto': [137], 'ppp.protocol': [0x0281, 0x0283], 'udp.port': [6635] },
  fields: {
    'mpls.label': u32('MPLS Label', { base: 'dec-hex', mask: 0xfffff000 }),
    'mpls.exp': u32('MPLS Experimental Bits', { mask: 0x00000e00 }),
    'mpls.bottom': u32('MPLS Bottom Of Label Stack', { mask: 0x00000100 }),
    'mpls.ttl': u32('MPLS TTL', { mask: 0x000000ff }),
  },
  decode(d, f) {
    d.setProtocol('MPLS')
    d.setInfo('MPLS Label Switched Packet')
    let bottom = 0,
      label = 0
    do {
      const word = d.peek32(),
        at = d.at
      d.require(4)
      label = d.bits(f['mpls.label'], at, at + 4, word)
      if (d.labels && RESERVED[label]) d.appendLabel(` (${RESERVED[label] ?? ''})`)
      d.bits(f['mpls.exp'], at, at + 4, word)
      bottom = d.bits(f['mpls.bottom'], at, at + 4, word)
      d.bits(f['mpls.ttl'], at, at + 4, word)
      d.skip(4)
    } while (!bottom)
    d.layerEnds(d.at)
    if (d.left <= 0) return
    // Y.1711: an OAM packet is no packet of a network protocol
    if (label === OAM_ALERT) {
      d.data()
      return
    }
    const nibble = d.peek8() >> 4
    if ((nibble === 4 || nibble === 6) && d.next('ip.version', nibble)) {
      d.end = d.childEnd
      return
    }
    if (nibble === 0 && d.left >= 18) {
      d.chainName('pwethheuristic')
      d.chainName('pwethcw')
      d.packet.fcsLength = 0
      if (d.next('linktype', 1, d.at + 4)) return
    }
    d.data()
  },
})
