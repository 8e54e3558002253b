// Outlines of protocols over UDP, some of them over TCP as well.
import type { Decoder } from '../../dissect/define'
import { beginsWith, defineOutlines } from '../../dissect/outline'

const STUN_COOKIE = 0x2112a442
const SIP_START = /^(?:SIP\/2\.0 |[A-Z]{3,12} \S+ SIP\/2\.0)/
/** Types of PDUs of DCE 1.1's connectionless remote procedure calls. */
const LAST_CONNECTIONLESS_TYPE = 10

/** Octets of STUN's header; the attribute in which TURN carries a datagram (RFC 8656, 18.4). */
const STUN_HEADER = 20,
  STUN_DATA = 0x0013
/** RFC 8489, 5: a type (of the methods that are in use), the length of what follows, and the magic cookie. */
function isStun(d: Decoder): boolean {
  return d.peek32(d.at + 4) === STUN_COOKIE && d.peek8() < 4 && d.left >= STUN_HEADER && d.peek16(d.at + 2) === d.left - STUN_HEADER
}

/** RFC 3489, 11.1, and the drafts of TURN: requests, indications, responses and errors. */
const CLASSIC_TYPES = new Set([1, 2, 3, 4, 6, 0x101, 0x102, 0x103, 0x104, 0x106, 0x111, 0x113, 0x114, 0x115, 0x116])
/** STUN before it had a cookie. */
function isClassicStun(d: Decoder): boolean {
  return CLASSIC_TYPES.has(d.peek16()) && d.left >= STUN_HEADER && d.peek16(d.at + 2) === d.left - STUN_HEADER
}

/** What TURN carries in messages of STUN is data here: nothing says which protocol it is. */
function stunPayload(d: Decoder): void {
  for (let at = d.at + STUN_HEADER; at + 4 <= d.end;) {
    const length = d.peek16(at + 2)
    if (d.peek16(at) === STUN_DATA) d.data(at + 4, Math.min(d.end, at + 4 + length))
    at += 4 + ((length + 3) & ~3)
  }
  d.at = d.end
}

/** A header of 80 octets of version 4, whose data representation names an order of octets. */
function isConnectionlessRpc(d: Decoder): boolean {
  const representation = d.peek8(d.at + 4)
  return (
    d.left >= 80 &&
    d.peek8() === 4 &&
    d.peek8(d.at + 1) <= LAST_CONNECTIONLESS_TYPE &&
    (representation & 0xee) === 0 &&
    d.peek8(d.at + 5) <= 3
  )
}

/** Types of PDUs of connected remote procedure calls: requests to orphaned. */
const LAST_CONNECTED_TYPE = 19
/** A header of 16 octets of version 5.0 or 5.1, whose data representation names an order of octets. */
function isConnectedRpc(d: Decoder): boolean {
  return (
    d.peek8() === 5 &&
    d.left >= 16 &&
    d.peek8(d.at + 1) <= 1 &&
    d.peek8(d.at + 2) <= LAST_CONNECTED_TYPE &&
    (d.peek8(d.at + 4) & 0xee) === 0 &&
    d.peek8(d.at + 5) <= 3
  )
}

/** ANSI/ASHRAE 135, annexes J and U: BACnet over IPv4 and IPv6. */
const BACNET_IP = 0x81,
  BACNET_IP6 = 0x82

/** IEEE 1588: over UDP tshark looks at the version, over Ethernet it does not. */
function isPtp(d: Decoder): boolean {
  return d.packet.transport !== 'udp' || d.peek16() === 1 || (d.peek16() & 15) === 2
}

/** Octets of Rx's header, and where its type stands. */
const RX_HEADER = 28,
  RX_TYPE_AT = 20
/** The types of Rx: data to parameters, and version. */
function isRx(d: Decoder): boolean {
  const type = d.peek8(d.at + RX_TYPE_AT)
  return d.left >= RX_HEADER && ((type >= 1 && type <= 9) || type === 13)
}

const Q046 = 0x5130_3436
/** Google's QUIC before the IETF's: a public header with a connection's number and a version "Q020" to "Q049", or Q046's long header. */
function isGoogleQuic(d: Decoder): boolean {
  if (d.left < 14) return false
  if ((d.peek8() & 0xc0) === 0xc0) return d.peek32(d.at + 1) === Q046
  return (d.peek8() & 0xc9) === 0x09 && /^Q0[2-4]\d$/.test(d.latin1(d.at + 9, d.at + 13))
}

defineOutlines([
  {
    name: 'gquic',
    title: 'GQUIC (Google Quick UDP Internet Connections)',
    short: 'GQUIC',
    heuristic: ['udp'],
    recognises: isGoogleQuic,
    keeps: true,
  },
  {
    name: 'ptp',
    title: 'Precision Time Protocol (IEEE1588)',
    short: 'PTP',
    accepts: { 'udp.port': [319, 320], ethertype: [0x88f7] },
    recognises: isPtp,
  },
  {
    name: 'rx',
    title: 'RX Protocol',
    short: 'RX',
    accepts: { 'udp.port': [7000, 7001, 7002, 7003, 7004, 7005, 7006, 7007, 7008, 7009] },
    recognises: isRx,
  },
  {
    name: 'enip',
    title: 'EtherNet/IP (Industrial Protocol)',
    short: 'ENIP',
    accepts: { 'udp.port': [44818], 'tcp.port': [44818] },
    recognises: (d) => d.left >= 4,
    header: 24,
    length: (d, at) => 24 + d.peek16le(at + 2),
  },
  { name: 'time', title: 'Time Protocol', short: 'TIME', accepts: { 'udp.port': [37], 'tcp.port': [37] } },
  { name: 'isakmp', title: 'Internet Security Association and Key Management Protocol', short: 'ISAKMP', accepts: { 'udp.port': [500] } },
  { name: 'auto_rp', title: 'Cisco Auto-RP', short: 'Auto-RP', accepts: { 'udp.port': [496] } },
  { name: 'rip', title: 'Routing Information Protocol', short: 'RIP', accepts: { 'udp.port': [520] } },
  { name: 'ripng', title: 'RIPng', short: 'RIPng', accepts: { 'udp.port': [521] } },
  { name: 'tsp', title: 'Time Synchronization Protocol', short: 'TSP', accepts: { 'udp.port': [525] } },
  { name: 'cups', title: 'CUPS Browsing Protocol', short: 'CUPS', accepts: { 'udp.port': [631] } },
  { name: 'aodv', title: 'Ad hoc On-demand Distance Vector Routing', short: 'AODV', accepts: { 'udp.port': [654] } },
  { name: 'olsr', title: 'Optimized Link State Routing Protocol', short: 'OLSR', accepts: { 'udp.port': [698] } },
  { name: 'lmp', title: 'Link Management Protocol', short: 'LMP', accepts: { 'udp.port': [701] } },
  { name: 'lwres', title: 'Light Weight DNS Resolver', short: 'LWRES', accepts: { 'udp.port': [921] } },
  { name: 'hsrp', title: 'Hot Standby Router Protocol', short: 'HSRP', accepts: { 'udp.port': [1985, 2029] } },
  { name: 'cflow', title: 'NetFlow and IPFIX', short: 'CFLOW', accepts: { 'udp.port': [2055, 9996, 4739] } },
  { name: 'dis', title: 'Distributed Interactive Simulation', short: 'DIS', accepts: { 'udp.port': [3000] } },
  { name: 'glbp', title: 'Gateway Load Balancing Protocol', short: 'GLBP', accepts: { 'udp.port': [3222] } },
  { name: 'mpls-echo', title: 'MPLS Echo', short: 'MPLS ECHO', accepts: { 'udp.port': [3503] } },
  { name: 'bfd', title: 'Bidirectional Forwarding Detection', short: 'BFD Control', accepts: { 'udp.port': [3784, 4784, 6784] } },
  {
    name: 'tapa',
    title: 'Trapeze Access Point Access Protocol',
    short: 'TAPA',
    accepts: { 'udp.port': [5000] },
    recognises: (d) => d.peek8() < 8 && d.left >= 8,
  },
  { name: 'nat-pmp', title: 'NAT Port Mapping Protocol', short: 'NAT-PMP', accepts: { 'udp.port': [5350] } },
  { name: 'portcontrol', title: 'Port Control Protocol', short: 'PCP v2', accepts: { 'udp.port': [5351] } },
  { name: 'mndp', title: 'MikroTik Neighbor Discovery Protocol', short: 'MNDP', accepts: { 'udp.port': [5678] } },
  { name: 'coap', title: 'Constrained Application Protocol', short: 'CoAP', accepts: { 'udp.port': [5683] } },
  { name: 'babel', title: 'Babel Routing Protocol', short: 'Babel', accepts: { 'udp.port': [6696] } },
  { name: 'pfcp', title: 'Packet Forwarding Control Protocol', short: 'PFCP', accepts: { 'udp.port': [8805] } },
  {
    name: 'db-lsp-disc',
    title: 'Dropbox LAN sync Discovery Protocol',
    short: 'DB-LSP-DISC',
    accepts: { 'udp.port': [17500] },
    payload: (d) => {
      d.layerEnds(d.at)
      if (!d.next('media_type', 'application/json')) d.data()
    },
  },
  {
    name: 'bvlc',
    title: 'BACnet Virtual Link Control',
    short: 'BVLC',
    accepts: { 'udp.port': [47808] },
    recognises: (d) => d.peek8() === BACNET_IP || d.peek8() === BACNET_IP6,
  },
  { name: 'cldap', title: 'Connectionless Lightweight Directory Access Protocol', short: 'CLDAP', accepts: { 'udp.port': [389] } },
  {
    name: 'ldp',
    title: 'Label Distribution Protocol',
    short: 'LDP',
    accepts: { 'udp.port': [646], 'tcp.port': [646] },
    header: 4,
    length: (d, at) => 4 + d.peek16(at + 2),
  },
  {
    name: 'sip',
    title: 'Session Initiation Protocol',
    short: 'SIP',
    accepts: { 'udp.port': [5060], 'tcp.port': [5060] },
    heuristic: ['udp'],
    recognises: (d) => beginsWith(d, SIP_START, 256),
  },
  {
    name: 'stun',
    title: 'Session Traversal Utilities for NAT',
    short: 'STUN',
    accepts: { 'udp.port': [3478], 'tcp.port': [3478] },
    heuristic: ['udp', 'tcp'],
    recognises: isStun,
    payload: stunPayload,
  },
  {
    name: 'classicstun',
    title: 'Simple Traversal of UDP Through NAT',
    short: 'CLASSIC-STUN',
    heuristic: ['udp', 'tcp'],
    recognises: isClassicStun,
    payload: stunPayload,
  },
  {
    name: 'dcerpc',
    title: 'DCE Remote Procedure Call',
    short: 'DCERPC',
    heuristic: ['udp', 'tcp'],
    recognises: (d) => (d.packet.transport === 'tcp' ? isConnectedRpc(d) : isConnectionlessRpc(d)),
    header: 16,
    length: (d, at) => (d.peek8(at + 4) & 0x10 ? d.peek16le(at + 8) : d.peek16(at + 8)),
  },
])
