// Outlines of protocols over TCP whose header says how long a message is: the length's place and what it does not count. And of some whose every payload
// tshark 4.0.17 gives to one protocol, as by-number.ts has them over UDP.
import type { Decoder } from '../../dissect/define'
import { beginsWith, defineOutlines } from '../../dissect/outline'
import type { Outline } from '../../dissect/outline'
import { startTls } from '../../dissect/start-tls'

/** Length of a message: a field of `width` octets at an offset, and what it does not count. */
const big16 = (at: number, rest: number) => (d: Decoder, start: number) => rest + d.peek16(start + at)
const big32 = (at: number, rest: number) => (d: Decoder, start: number) => rest + d.peek32(start + at)
const little32 = (at: number, rest: number) => (d: Decoder, start: number) => rest + d.peek32le(start + at)

const BITTORRENT_PORTS = [6881, 6882, 6883, 6884, 6885, 6886, 6887, 6888, 6889],
  BITTORRENT_GREETING = /^\x13BitTorrent protocol/,
  BITTORRENT_START = 0x1342_6974,
  BITTORRENT_HANDSHAKE = 68,
  /** Choke to cancel, DHT port, fast extension, extended messages. */
  BITTORRENT_TYPES = new Set([...Array(10).keys(), 13, 14, 15, 16, 17, 20])
/** BEP 3: a handshake, keep-alives, or a length and a type; anything else goes on from an earlier message. */
function bittorrentMessage(d: Decoder, at: number): number {
  if (d.peek32(at) === BITTORRENT_START) return BITTORRENT_HANDSHAKE
  const length = d.peek32(at)
  if (length === 0) return 4
  if (d.readable <= at + 4) return 0
  return BITTORRENT_TYPES.has(d.peek8(at + 4)) && length <= 0x1_0000 ? 4 + length : d.end - at
}

/** On its ports everything belongs to it, elsewhere a conversation that a handshake began. */
function isBittorrent(d: Decoder): boolean {
  const { sourcePort, destinationPort } = d.packet
  return BITTORRENT_PORTS.includes(sourcePort) || BITTORRENT_PORTS.includes(destinationPort) || beginsWith(d, BITTORRENT_GREETING)
}

/** RFC 2741, 6.1: the flag says in which order the length's octets stand. */
function agentxMessage(d: Decoder, at: number): number {
  return 20 + (d.peek8(at + 2) & 0x10 ? d.peek32(at + 16) : d.peek32le(at + 16))
}

/** RFC 2608, 8, and RFC 2165, 6. */
function serviceLocationMessage(d: Decoder, at: number): number {
  return d.peek8(at) === 2 ? d.peek24(at + 2) : d.peek16(at + 2)
}

/** RFC 6120, 4: elements, which a segment ends, or a blank that keeps the connection alive. */
function xmppStanzas(d: Decoder, at: number): number {
  const text = d.latin1(Math.max(at, d.end - 8), d.end)
  return /^ $|>\s*$/.test(text) && d.readable >= d.end ? d.end - at : 0
}
/** RFC 6120, 5.4.2.3: TLS begins. */
const XMPP_PROCEED = /^<proceed[\s/>]/

/** Marks in front of every message: the main network, and two for tests. */
const BITCOIN_NETWORKS = new Set([0xf9be_b4d9, 0xfabf_b5da, 0x0b11_0907])

const EDONKEY_MARKS = new Set([0xe3, 0xc5, 0xd4])

const SIZED: readonly (readonly [
  name: string,
  title: string,
  short: string,
  ports: readonly number[],
  header: number,
  length: (d: Decoder, at: number) => number,
  udpPorts?: readonly number[],
])[] = [
  ['9p', 'Plan 9', '9P', [564], 4, little32(0, 0)],
  ['agentx', 'AgentX', 'AgentX', [705], 20, agentxMessage],
  ['cops', 'Common Open Policy Service', 'COPS', [2126, 3288, 3918], 8, big32(4, 0)],
  ['dhcpfo', 'DHCP Failover', 'DHCPFO', [647], 2, big16(0, 0)],
  ['dsi', 'Data Stream Interface', 'DSI', [548], 16, big32(8, 16)],
  ['doip', 'DoIP (ISO13400) Protocol', 'DoIP', [13_400], 8, big32(4, 8), [13400]],
  ['ilp', 'OMA Internal Location Protocol', 'ILP', [7276], 2, big16(0, 0)],
  ['jdwp', 'Java Debug Wire Protocol', 'JDWP', [9009], 4, big32(0, 0)],
  ['kafka', 'Kafka', 'Kafka', [9092], 4, big32(0, 4)],
  ['kip', 'KNXnet/IP', 'KNX/IP', [3671], 6, big16(4, 0), [3671]],
  ['kpasswd', 'MS Kpasswd', 'Kpasswd', [464], 4, big32(0, 4), [464]],
  ['llrp', 'Low Level Reader Protocol', 'LLRP', [5084], 6, big32(2, 0)],
  ['nvme-tcp', 'NVM Express Fabrics TCP', 'NVMe/TCP', [4420], 8, little32(4, 0)],
  ['opcua', 'OpcUa Binary Protocol', 'OpcUa', [4840], 8, little32(4, 0)],
  ['pcep', 'Path Computation Element communication Protocol', 'PCEP', [4189], 4, big16(2, 0)],
  ['srvloc', 'Service Location Protocol', 'SRVLOC', [427], 5, serviceLocationMessage, [427]],
  ['synergy', 'Synergy', 'Synergy', [24_800], 4, big32(0, 4)],
  ['synphasor', 'IEEE C37.118 Synchrophasor Protocol', 'SYNCHROPHASOR', [4712], 4, big16(2, 0)],
  ['tacplus', 'TACACS+', 'TACACS+', [49], 12, big32(8, 12)],
  ['ulp', 'OMA UserPlane Location Protocol', 'ULP', [7275], 2, big16(0, 0), [7275]],
  ['winsrepl', 'WINS (Windows Internet Name Service) Replication', 'WINS-Replication', [42], 4, big32(0, 4)],
  ['xmcp', 'eXtensible Messaging Client Protocol', 'XMCP', [4788], 20, big16(2, 20)],
]

/** Protocols that take every payload on their ports. */
const WHOLE: readonly (readonly [name: string, title: string, short: string, ports: readonly number[]])[] = [
  ['beep', 'Blocks Extensible Exchange Protocol', 'BEEP', [10_288]],
  ['cvspserver', 'CVS pserver', 'CVSPSERVER', [2401]],
  ['distcc', 'Distcc Distributed Compiler', 'DISTCC', [3632]],
  ['exec', 'Remote Process Execution', 'EXEC', [512]],
  ['gearman', 'Gearman Protocol', 'Gearman', [4730]],
  ['gift', 'giFT Internet File Transfer', 'giFT', [1213]],
  ['icap', 'Internet Content Adaptation Protocol', 'ICAP', [1344]],
  ['ipsictl', 'IPSICTL', 'IPSICTL', [5010]],
  ['msdp', 'Multicast Source Discovery Protocol', 'MSDP', [639]],
  ['msnms', 'MSN Messenger Service', 'MSNMS', [1863]],
  ['pptp', 'Point-to-Point Tunnelling Protocol', 'PPTP', [1723]],
  ['rmi', 'Java RMI', 'RMI', [1099]],
  ['rsync', 'RSYNC File Synchroniser', 'RSYNC', [873]],
  ['vnc', 'Virtual Network Computing', 'VNC', [5500, 5501, 5900, 5901]],
  ['zebra', 'Zebra Protocol', 'ZEBRA', [2600]],
]

/** Protocols that look at a message first. */
const MARKED: readonly Outline[] = [
  // what a proxy carries is read where it shows itself as TLS
  { name: 'socks', title: 'Socks Protocol', short: 'Socks', accepts: { 'tcp.port': [1080] }, startsTls: 'another' },
  {
    name: 'bittorrent',
    title: 'BitTorrent',
    short: 'BitTorrent',
    accepts: { 'tcp.port': BITTORRENT_PORTS },
    heuristic: ['tcp'],
    recognises: isBittorrent,
    keeps: true,
    header: 4,
    length: bittorrentMessage,
  },
  {
    name: 'bitcoin',
    title: 'Bitcoin protocol',
    short: 'Bitcoin',
    heuristic: ['tcp'],
    recognises: (d) => BITCOIN_NETWORKS.has(d.peek32()),
    keeps: true,
    header: 24,
    length: little32(16, 24),
    inner: () => 'bitcoin',
  },
  {
    name: 'xmpp',
    title: 'XMPP Protocol',
    short: 'XMPP',
    accepts: { 'tcp.port': [5222] },
    header: 1,
    length: xmppStanzas,
    inner: (d) => (d.left > 1 ? 'xml' : undefined),
    payload: (d) => {
      if (beginsWith(d, XMPP_PROCEED)) startTls(d, 'xmpp')
      d.at = d.end
    },
  },
  {
    name: 'edonkey',
    title: 'eDonkey Protocol',
    short: 'eDonkey',
    accepts: { 'tcp.port': [4661, 4662, 4663], 'udp.port': [4665, 4672] },
    recognises: (d) => EDONKEY_MARKS.has(d.peek8()),
    header: 5,
    length: little32(1, 5),
  },
  {
    name: 'dicom',
    title: 'DICOM',
    short: 'DICOM',
    accepts: { 'tcp.port': [104] },
    recognises: (d) => d.peek8() >= 1 && d.peek8() <= 7 && d.left >= 10,
    header: 6,
    length: big32(2, 6),
  },
  {
    name: 'couchbase',
    title: 'Couchbase Protocol',
    short: 'Couchbase',
    accepts: { 'tcp.port': [11_210] },
    recognises: (d) => d.peek8() === 0x80 || d.peek8() === 0x81,
    header: 24,
    length: big32(8, 24),
  },
  {
    name: 'smpp',
    title: 'Short Message Peer to Peer',
    short: 'SMPP',
    heuristic: ['tcp'],
    recognises: isShortMessage,
    keeps: true,
    header: 16,
    length: big32(0, 0),
  },
]

const SMPP_RESPONSE = 0x8000_0000
/** SMPP 3.4, 5.1.2.1: the commands that requests have. */
const SMPP_COMMANDS = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 0xb, 0x15, 0x21, 0x102, 0x103, 0x111, 0x112, 0x113])
/** SMPP 3.4, 3.2: a length, a command, and a status, which is 0 in requests. */
function isShortMessage(d: Decoder): boolean {
  const length = d.peek32(),
    command = d.peek32(d.at + 4)
  if (length < 16 || length > 0x1_0000 || d.left < 16) return false
  if (command >= SMPP_RESPONSE) return command === SMPP_RESPONSE || SMPP_COMMANDS.has(command - SMPP_RESPONSE)
  return SMPP_COMMANDS.has(command) && d.peek32(d.at + 8) === 0
}

defineOutlines([
  ...SIZED.map(([name, title, short, ports, header, length, udpPorts]) => ({
    name,
    title,
    short,
    accepts: { 'tcp.port': ports, ...(udpPorts ? { 'udp.port': udpPorts } : {}) },
    header,
    length,
  })),
  ...WHOLE.map(([name, title, short, ports]) => ({ name, title, short, accepts: { 'tcp.port': ports } })),
  ...MARKED,
])
