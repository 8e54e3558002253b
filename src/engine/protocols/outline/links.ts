// Outlines of protocols directly over a link layer or over IP.
import type { Decoder } from '../../dissect/define'
import { defineOutlines } from '../../dissect/outline'

/** TLVs that an LLDP frame has at most room for. */
const MOST_TLVS = 1000

/** IEEE 802.1AB, 8.1: TLVs up to the one that ends them. As in tshark, Ethernet's trailer begins an octet in front of that one. */
function endOfLldp(d: Decoder): void {
  for (let count = 0; count < MOST_TLVS && d.left >= 2; count++) {
    const head = d.peek16()
    if (head >> 9 === 0) {
      d.at = Math.max(d.layerStart, d.at - 1)
      break
    }
    d.at = Math.min(d.end, d.at + 2 + (head & 0x1ff))
  }
  d.end = d.at
}

/** ISO/IEC TR 9577: the first octet names the network layer protocol. */
function isoNetworkLayer(d: Decoder): void {
  d.layerEnds(d.at)
  if (!d.next('osinl', d.peek8())) d.data()
}

/** Ethernet's loopback test carries data behind two octets of skip count and what they point at. */
function loopbackData(d: Decoder): void {
  const start = d.at + 2 + Math.min(d.peek16le(), d.left)
  // functions: 1 = reply (a receipt number follows), 2 = forward (an address follows)
  const size = d.peek16le(start) === 1 ? 4 : 8
  d.at = Math.min(d.end, start + size)
  d.layerEnds(d.at)
  if (d.left > 0) d.data()
}

/** IEEE 802.3, 57A.4: the first octet names the protocol. */
function slowProtocol(d: Decoder): void {
  d.layerEnds(d.at + 1)
  if (!d.next('slow.subtype', d.peek8())) d.at = d.end
}

/** ISO/IEC 10589, 9.1: eight octets of header, of which the fifth names the kind of unit. */
const ISIS_HEADER = 8
function isisUnit(d: Decoder): void {
  const kind = d.peek8(d.at + 4) & 0x1f
  d.layerEnds(d.at + ISIS_HEADER)
  if (d.left > ISIS_HEADER) d.next('isis.type', kind, d.at + ISIS_HEADER)
  d.at = d.end
}

/** RFC 4340, 5.1: behind as many words as the fifth octet says stand data, in requests, responses and data packets. */
const LAST_WITH_DATA = 4
function congestionControlled(d: Decoder): void {
  const header = 4 * d.peek8(d.at + 4),
    type = (d.peek8(d.at + 8) >> 1) & 15
  d.at = Math.min(d.end, d.at + Math.max(header, 12))
  d.layerEnds(d.at)
  if (type <= LAST_WITH_DATA && type !== 3 && d.left > 0) d.data()
}

/** RFC 3208, 8: 16 octets of header, of which the fifth is the type; original data and repairs have eight more, options with a length of their own, and data. */
const ORIGINAL_DATA = 4,
  REPAIR_DATA = 5,
  OPTIONS_PRESENT = 0x01
function multicastData(d: Decoder): void {
  const type = d.peek8(d.at + 4) & 0x0f,
    hasOptions = (d.peek8(d.at + 5) & OPTIONS_PRESENT) !== 0
  if (type !== ORIGINAL_DATA && type !== REPAIR_DATA) {
    d.at = d.end
    return
  }
  const header = 24
  d.at = Math.min(d.end, d.at + header + (hasOptions ? d.peek16(d.at + header + 2) : 0))
  d.layerEnds(d.at)
  if (d.left > 0) d.data()
}

/** RFC 7761, 4.9.3: a register carries a packet behind eight octets; in version 1, which IGMP's number 0x14 marks, the second octet tells it. */
const REGISTER = 0x21,
  VERSION_1 = 0x14,
  REGISTER_HEADER = 8
function registeredPacket(d: Decoder): void {
  const type = d.peek8(),
    isRegister = type === REGISTER || (type === VERSION_1 && d.peek8(d.at + 1) === 1),
    carried = d.at + REGISTER_HEADER
  if (isRegister && d.readable > carried) d.next('ip.version', d.peek8(carried) >> 4, carried)
  d.at = d.end
}

/** A link layer without a header. */
function ipPacket(d: Decoder): void {
  d.layerEnds(d.at)
  if (!d.next('ethertype', 0x0800)) d.data()
}

/** Link types 147 to 162 mean whatever somebody made them mean. */
const USER_LINKTYPES = Array.from({ length: 16 }, (_, i) => 147 + i)
function onlyData(d: Decoder): void {
  d.layerEnds(d.at)
  if (d.left > 0) d.data()
}

/** Two octets in front of a frame of Fibre Channel. */
function fibreChannelBehind(d: Decoder): void {
  d.at = Math.min(d.end, d.at + 2)
  d.layerEnds(d.at)
  if (d.left > 0) d.next('fc.carrier', 'boardwalk')
  d.at = d.end
}

defineOutlines([
  { name: 'stp', title: 'Spanning Tree Protocol', short: 'STP', accepts: { 'llc.dsap': [0x42], 'llc.cisco_pid': [0x010b] } },
  { name: 'lldp', title: 'Link Layer Discovery Protocol', short: 'LLDP', accepts: { ethertype: [0x88cc] }, payload: endOfLldp },
  { name: 'loop', title: 'Configuration Test Protocol (loopback)', short: 'LOOP', accepts: { ethertype: [0x9000] }, payload: loopbackData },
  { name: 'aarp', title: 'AppleTalk Address Resolution Protocol', short: 'AARP', accepts: { ethertype: [0x80f3] } },
  { name: 'ddp', title: 'Datagram Delivery Protocol', short: 'DDP', accepts: { ethertype: [0x809b] } },
  { name: 'aoe', title: 'ATA over Ethernet', short: 'AoE', accepts: { ethertype: [0x88a2] } },
  { name: 'slow', title: 'Slow Protocols', short: '802.3 Slow protocols', accepts: { ethertype: [0x8809] }, payload: slowProtocol },
  { name: 'lacp', title: 'Link Aggregation Control Protocol', short: 'LACP', accepts: { 'slow.subtype': [1] } },
  { name: 'marker', title: 'Link Aggregation Marker Protocol', short: 'Marker', accepts: { 'slow.subtype': [2] } },
  { name: 'oampdu', title: 'Operations, Administration and Maintenance', short: 'OAM', accepts: { 'slow.subtype': [3] } },
  { name: 'msnlb', title: 'Network Load Balancing', short: 'MS NLB', accepts: { ethertype: [0x886f] } },
  { name: 'dec_dna', title: 'DECnet Routing Protocol', short: 'DEC DNA', accepts: { ethertype: [0x6003] } },
  { name: 'slarp', title: 'Serial Line Address Resolution Protocol', short: 'SLARP', accepts: { 'chdlc.protocol': [0x8035] } },
  { name: 'cdp', title: 'Cisco Discovery Protocol', short: 'CDP', accepts: { 'llc.cisco_pid': [0x2000], 'chdlc.protocol': [0x2000] } },
  { name: 'cgmp', title: 'Cisco Group Management Protocol', short: 'CGMP', accepts: { 'llc.cisco_pid': [0x2001] } },
  { name: 'vtp', title: 'VLAN Trunking Protocol', short: 'VTP', accepts: { 'llc.cisco_pid': [0x2003] } },
  { name: 'dtp', title: 'Dynamic Trunking Protocol', short: 'DTP', accepts: { 'llc.cisco_pid': [0x2004] } },
  { name: 'udld', title: 'Unidirectional Link Detection', short: 'UDLD', accepts: { 'llc.cisco_pid': [0x0111] } },
  { name: 'ndp', title: 'Nortel Discovery Protocol', short: 'NDP', accepts: { 'llc.nortel_pid': [0x01a1, 0x01a2] } },
  { name: 'netbios', title: 'NetBIOS over LLC', short: 'NetBIOS', accepts: { 'llc.dsap': [0xf0] } },
  {
    name: 'osi',
    title: 'OSI network layer',
    short: 'OSI',
    accepts: { 'llc.dsap': [0xfe], 'gre.proto': [0xfefe], 'osi.network': [0xfefe] },
    payload: isoNetworkLayer,
  },
  { name: 'clnp', title: 'Connectionless Network Protocol', short: 'CLNP', accepts: { osinl: [0x81] } },
  { name: 'esis', title: 'End System to Intermediate System', short: 'ESIS', accepts: { osinl: [0x82] } },
  { name: 'isis', title: 'Intermediate System to Intermediate System', short: 'ISIS', accepts: { osinl: [0x83] }, payload: isisUnit },
  { name: 'isis.hello', title: 'ISIS Hello', short: 'ISIS HELLO', accepts: { 'isis.type': [15, 16, 17] } },
  { name: 'isis.lsp', title: 'ISIS Link State Protocol Data Unit', short: 'ISIS LSP', accepts: { 'isis.type': [18, 20] } },
  { name: 'isis.csnp', title: 'ISIS Complete Sequence Numbers', short: 'ISIS CSNP', accepts: { 'isis.type': [24, 25] } },
  { name: 'isis.psnp', title: 'ISIS Partial Sequence Numbers', short: 'ISIS PSNP', accepts: { 'isis.type': [26, 27] } },
  { name: 'q933', title: 'Q.933 signalling', short: 'Q.933', accepts: { osinl: [0x08] } },
  { name: 'usb', title: 'Universal Serial Bus', short: 'USB', accepts: { linktype: [189, 220, 249] } },
  { name: 'igrp', title: 'Interior Gateway Routing Protocol', short: 'IGRP', accepts: { 'ip.proto': [9] } },
  {
    name: 'dccp',
    title: 'Datagram Congestion Control Protocol',
    short: 'DCCP',
    accepts: { 'ip.proto': [33] },
    payload: congestionControlled,
  },
  { name: 'rsvp', title: 'Resource Reservation Protocol', short: 'RSVP', accepts: { 'ip.proto': [46] } },
  { name: 'eigrp', title: 'Enhanced Interior Gateway Routing Protocol', short: 'EIGRP', accepts: { 'ip.proto': [88] } },
  { name: 'ospf', title: 'Open Shortest Path First', short: 'OSPF', accepts: { 'ip.proto': [89] } },
  {
    name: 'pim',
    title: 'Protocol Independent Multicast',
    short: 'PIM',
    firstVisit: 'packets',
    accepts: { 'ip.proto': [103], 'igmp.type': [0x14] },
    payload: registeredPacket,
  },
  { name: 'dvmrp', title: 'Distance Vector Multicast Routing Protocol', short: 'DVMRP', accepts: { 'igmp.type': [0x13] } },
  { name: 'vrrp', title: 'Virtual Router Redundancy Protocol', short: 'VRRP', accepts: { 'ip.proto': [112] } },
  { name: 'pgm', title: 'Pragmatic General Multicast', short: 'PGM', accepts: { 'ip.proto': [113] }, payload: multicastData },
  { name: 'clip', title: 'Classical IP over ATM', short: 'CLIP', accepts: { linktype: [19, 106] }, payload: ipPacket },
  { name: 'user_dlt', title: 'Link layer of the user', short: 'USER_DLT', accepts: { linktype: USER_LINKTYPES }, payload: onlyData },
  { name: 'realtek', title: 'Realtek Layer 2 Protocols', short: 'Realtek', accepts: { ethertype: [0x8899] } },
  { name: 'brdwlk', title: 'Boardwalk', short: 'Boardwalk', accepts: { ethertype: [0x88ae, 0xabcd] }, payload: fibreChannelBehind },
  { name: 'fc', title: 'Fibre Channel', short: 'FC', accepts: { 'fc.carrier': ['boardwalk'] } },
])
