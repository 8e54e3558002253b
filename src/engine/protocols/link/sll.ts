// Linux cooked captures, versions 1 and 2 (LINKTYPE_LINUX_SLL, LINKTYPE_LINUX_SLL2).
import { bytes, defineProtocol, ether, ipv4, setAddress, u16, u32 } from '../../dissect/define'
import type { Decoder } from '../../dissect/define'
import { payloadByEthertype, recordTrailer } from '../../dissect/ethertype'
import type { FieldIds } from '../../dissect/registry'
import { ARP_HARDWARE } from '../../values/arp'
import { ETHERTYPES } from '../../values/ethertypes'

const PACKET_TYPES: Readonly<Record<number, string>> = {
  0: 'Unicast to us',
  1: 'Broadcast',
  2: 'Multicast',
  3: 'Unicast to another host',
  4: 'Sent by us',
}
const LINUX_TYPES = { 1: 'Raw 802.3', 4: '802.2 LLC', 7: 'PPP', 12: 'CAN', 13: 'CAN FD', 23: 'IrDA LAP' }
const HARDWARE_NETLINK = 824,
  HARDWARE_GRE = 778,
  HARDWARE_RADIOTAP = 803,
  HARDWARE_80211 = 801,
  HARDWARE_FRAME_RELAY = 770

const fields = {
  'sll.pkttype': u16('Packet type', { values: PACKET_TYPES }),
  'sll.hatype': u16('Link-layer address type', { values: ARP_HARDWARE }),
  'sll.halen': u16('Link-layer address length'),
  'sll.src.eth': ether('Source'),
  'sll.src.ipv4': ipv4('Source'),
  'sll.src.other': bytes('Source'),
  'sll.unused': bytes('Unused'),
  'sll.ltype': u16('Protocol', { base: 'hex', values: LINUX_TYPES }),
  'sll.gretype': u16('Protocol', { base: 'hex', values: ETHERTYPES }),
  'sll.etype': u16('Protocol', { base: 'hex', values: ETHERTYPES }),
  'sll.trailer': bytes('Trailer'),
  'sll.ifindex': u32('Interface index'),
} as const
type Ids = FieldIds<typeof fields>

export const sll = defineProtocol({
  name: 'sll',
  title: 'Linux cooked-mode capture',
  short: 'SLL',
  accepts: { linktype: [113, 276] },
  fields,
  decode(d, f) {
    const start = d.at,
      second = d.packet.linkType === 276
    d.setProtocol('SLL')
    d.setInfo('')
    if (d.labels) d.label(`Linux cooked capture v${second ? 2 : 1}`)
    let hardware = 0,
      length = 0,
      protocol = 0
    if (second) {
      protocol = d.peek16(start)
      hardware = d.peek16(start + 8)
      d.require(20)
      protocolRow(d, f, hardware, protocol, start)
      d.at = start + 4
      d.u32(f['sll.ifindex'])
      d.u16(f['sll.hatype'])
      const kind = d.unsigned(f['sll.pkttype'], 1)
      if (d.summary) d.setInfo(PACKET_TYPES[kind] ?? 'Unknown')
      length = d.unsigned(f['sll.halen'], 1)
      address(d, f, length)
      d.layerEnds(start + 20)
    } else {
      const kind = d.u16(f['sll.pkttype'])
      if (d.summary) d.setInfo(PACKET_TYPES[kind] ?? 'Unknown')
      hardware = d.u16(f['sll.hatype'])
      length = d.u16(f['sll.halen'])
      address(d, f, length)
      protocol = d.peek16(start + 14)
      d.require(2, start + 14)
      protocolRow(d, f, hardware, protocol, start + 14)
      d.layerEnds(start + 16)
    }
    payload(d, f, hardware, protocol, start + (second ? 20 : 16))
  },
})

/** The sender's address: eight bytes, of which `length` count. */
function address(d: Decoder, f: Ids, length: number): void {
  const at = d.at
  d.require(8)
  if (length === 4) {
    setAddress(d.packet.source, 'ipv4', d.bytes, at)
    d.span(f['sll.src.ipv4'], 4)
  } else if (length === 6) {
    setAddress(d.packet.source, 'ether', d.bytes, at)
    d.span(f['sll.src.eth'], 6)
  } else if (length > 0) d.span(f['sll.src.other'], Math.min(length, 8))
  if (length < 8) d.range(f['sll.unused'], at + length, at + 8)
  d.at = at + 8
}

function protocolRow(d: Decoder, f: Ids, hardware: number, protocol: number, at: number): void {
  const field = hardware === HARDWARE_GRE ? f['sll.gretype'] : protocol <= 1536 ? f['sll.ltype'] : f['sll.etype']
  if (hardware === HARDWARE_NETLINK || hardware === HARDWARE_FRAME_RELAY) return
  d.add(field, at, at + 2, protocol)
}

function payload(d: Decoder, f: Ids, hardware: number, protocol: number, at: number): void {
  const end = d.end
  d.at = at
  if (d.left <= 0 && hardware !== HARDWARE_NETLINK) return
  switch (hardware) {
    case HARDWARE_NETLINK:
      if (!d.next('sll.hatype', hardware)) d.data()
      return
    case HARDWARE_RADIOTAP:
      if (!d.next('linktype', 127)) d.data()
      return
    case HARDWARE_80211:
      if (!d.next('linktype', 105)) d.data()
      return
    case HARDWARE_FRAME_RELAY:
      if (!d.next('linktype', 107)) d.data()
      return
    case HARDWARE_GRE:
      if (!d.next('gre.proto', protocol) && !d.next('ethertype', protocol)) d.data()
      return
    default:
  }
  if (protocol <= 1536) {
    if (!d.next('sll.ltype', protocol)) d.data()
    return
  }
  payloadByEthertype(d, protocol, at)
  recordTrailer(d, d.childEnd, end, { trailer: f['sll.trailer'], fcs: 0, frameStart: 0 })
}
