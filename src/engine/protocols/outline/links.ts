// Outlines of protocols directly over a link layer or over IP.
import type { Decoder } from '../../dissect/define'
import { defineOutlines } from '../../dissect/outline'

/** TLVs that an LLDP frame has at most room for. */
const MOST_TLVS = 1000

/** IEEE 802.1AB, 8.1: TLVs up to the one that ends them; what follows is Ethernet's trailer. */
function endOfLldp(d: Decoder): void {
  for (let count = 0; count < MOST_TLVS && d.left >= 2; count++) {
    const head = d.peek16()
    d.at = Math.min(d.end, d.at + 2 + (head & 0x1ff))
    if (head >> 9 === 0) break
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

defineOutlines([
  { name: 'stp', title: 'Spanning Tree Protocol', short: 'STP', accepts: { 'llc.dsap': [0x42], 'llc.cisco_pid': [0x010b] } },
  { name: 'lldp', title: 'Link Layer Discovery Protocol', short: 'LLDP', accepts: { ethertype: [0x88cc] }, payload: endOfLldp },
  { name: 'loop', title: 'Configuration Test Protocol (loopback)', short: 'LOOP', accepts: { ethertype: [0x9000] }, payload: loopbackData },
  { name: 'aarp', title: 'AppleTalk Address Resolution Protocol', short: 'AARP', accepts: { ethertype: [0x80f3] } },
  { name: 'ddp', title: 'Datagram Delivery Protocol', short: 'DDP', accepts: { ethertype: [0x809b] } },
  { name: 'aoe', title: 'ATA over Ethernet', short: 'AoE', accepts: { ethertype: [0x88a2] } },
  { name: 'slow', title: 'Slow Protocols', short: '802.3 Slow protocols', accepts: { ethertype: [0x8809] } },
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
  { name: 'osi', title: 'OSI network layer', short: 'OSI', accepts: { 'llc.dsap': [0xfe] }, payload: isoNetworkLayer },
  { name: 'clnp', title: 'Connectionless Network Protocol', short: 'CLNP', accepts: { osinl: [0x81] } },
  { name: 'esis', title: 'End System to Intermediate System', short: 'ESIS', accepts: { osinl: [0x82] } },
  { name: 'isis', title: 'Intermediate System to Intermediate System', short: 'ISIS', accepts: { osinl: [0x83] } },
  { name: 'q933', title: 'Q.933 signalling', short: 'Q.933', accepts: { osinl: [0x08] } },
  { name: 'usb', title: 'Universal Serial Bus', short: 'USB', accepts: { linktype: [189, 220, 249] } },
  { name: 'igrp', title: 'Interior Gateway Routing Protocol', short: 'IGRP', accepts: { 'ip.proto': [9] } },
  { name: 'dccp', title: 'Datagram Congestion Control Protocol', short: 'DCCP', accepts: { 'ip.proto': [33] } },
  { name: 'rsvp', title: 'Resource Reservation Protocol', short: 'RSVP', accepts: { 'ip.proto': [46] } },
  { name: 'eigrp', title: 'Enhanced Interior Gateway Routing Protocol', short: 'EIGRP', accepts: { 'ip.proto': [88] } },
  { name: 'ospf', title: 'Open Shortest Path First', short: 'OSPF', accepts: { 'ip.proto': [89] } },
  { name: 'pim', title: 'Protocol Independent Multicast', short: 'PIM', accepts: { 'ip.proto': [103] } },
  { name: 'vrrp', title: 'Virtual Router Redundancy Protocol', short: 'VRRP', accepts: { 'ip.proto': [112] } },
  { name: 'pgm', title: 'Pragmatic General Multicast', short: 'PGM', accepts: { 'ip.proto': [113] } },
])
