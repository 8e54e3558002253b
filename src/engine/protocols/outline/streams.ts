// Outlines of protocols over TCP.
import type { Decoder } from '../../dissect/define'
import { beginsWith, defineOutlines } from '../../dissect/outline'

const X11_PORTS = Array.from({ length: 64 }, (_, display) => 6000 + display)
const FIX_START = /^8=FIX/
const PGSQL_PORT = 5432
const YMSG = 0x594d5347
const AMQP = 0x414d5150
const FRAME_END = 8
const LONGEST_HEAD = 16_384
const RTSP_START = /^(?:RTSP\/|[A-Z_]{3,16} \S)/

/** RFC 4511, 5.1: a BER sequence with a definite length. */
function berMessage(d: Decoder, at: number): number {
  const first = d.peek8(at + 1)
  if (first < 0x80) return 2 + first
  const octets = first & 0x7f
  if (octets === 0 || octets > 4) return d.end - at
  if (d.readable < at + 2 + octets) return 0
  let length = 0
  for (let i = 0; i < octets; i++) length = length * 256 + d.peek8(at + 2 + i)
  return 2 + octets + length
}

const BER_SEQUENCE = 0x30,
  SASL_LENGTH = 4,
  MOST_PROTECTED = 0xff_ffff
/** RFC 4422, 3.7: what SASL protects stands behind a length of four octets, which is not large. */
function isProtected(d: Decoder, at: number): boolean {
  return d.readable < at + SASL_LENGTH ? d.peek8(at) === 0 : d.peek32(at) > 0 && d.peek32(at) <= MOST_PROTECTED
}
function ldapMessage(d: Decoder, at: number): number {
  if (d.peek8(at) === BER_SEQUENCE) return berMessage(d, at)
  if (!isProtected(d, at)) return d.end - at
  return d.readable < at + SASL_LENGTH ? 0 : SASL_LENGTH + d.peek32(at)
}

/** RFC 2326: header fields up to an empty line, then the content that they announce; or data between messages ($, channel, length). */
function rtspMessage(d: Decoder, at: number): number {
  if (d.peek8(at) === 0x24) return 4 + d.peek16(at + 2)
  const head = d.latin1(at, Math.min(d.readable, at + LONGEST_HEAD)),
    end = head.indexOf('\r\n\r\n')
  if (end < 0) return head.length < LONGEST_HEAD && RTSP_START.test(head) ? 0 : d.end - at
  const content = /\r\ncontent-length:\s*(\d{1,9})/i.exec(head.slice(0, end))
  return end + 4 + Number(content?.[1] ?? 0)
}

/** MQTT 5.0, 2.1: a length in seven-bit groups behind the first octet. */
function mqttMessage(d: Decoder, at: number): number {
  let length = 0,
    factor = 1
  for (let i = 1; i <= 4; i++) {
    if (d.readable <= at + i) return 0
    const octet = d.peek8(at + i)
    length += (octet & 127) * factor
    factor *= 128
    if (!(octet & 128)) return 1 + i + length
  }
  return d.end - at
}

/** Answers to a request for encryption: one octet, S or N. */
const PGSQL_ANSWERS = new Set([0x53, 0x4e])
/** PostgreSQL: messages with a type in front, start-up messages without. */
function pgsqlMessage(d: Decoder, at: number): number {
  if (d.end - at === 1 && PGSQL_ANSWERS.has(d.peek8(at)) && d.packet.sourcePort === PGSQL_PORT) return 1
  if (d.readable < at + 5) return 0
  return d.peek8(at) === 0 ? d.peek32(at) : 1 + d.peek32(at + 1)
}

/** IEEE 1815: blocks of at most 16 octets, each with a check of two, behind ten octets of header that the length counts five of. */
function dnp3Frame(d: Decoder, at: number): number {
  const user = Math.max(0, d.peek8(at + 2) - 5)
  return 10 + user + 2 * Math.ceil(user / 16)
}

const TPKT_PORT = 102,
  TPKT_HEADER = 4,
  TPKT_SHORTEST = 7
function isTpktHead(d: Decoder, at: number): boolean {
  return d.readable >= at + TPKT_HEADER && d.peek8(at) === 3 && d.peek16(at + 2) >= TPKT_HEADER
}
/** RFC 1006, 6: on its own port everything belongs to it; on that of remote desktops, which change to TLS, a conversation that began with it. */
function isTpkt(d: Decoder): boolean {
  if (d.packet.sourcePort === TPKT_PORT || d.packet.destinationPort === TPKT_PORT) return true
  return isTpktHead(d, d.at) && d.peek8(d.at + 1) === 0 && d.peek16(d.at + 2) >= TPKT_SHORTEST
}
/** Types of units of ISO 8073, without class and credit; of data the shortest header is longer by an octet. */
const TRANSPORT_UNITS = new Set([0x40, 0x60, 0x70, 0xc0, 0xd0, 0xe0]),
  TRANSPORT_DATA = 0xf0
function isTransportUnit(d: Decoder): boolean {
  if (!isTpktHead(d, d.at)) return false
  const length = d.peek8(d.at + TPKT_HEADER),
    type = d.peek8(d.at + TPKT_HEADER + 1)
  return (type & 0xfe) === TRANSPORT_DATA ? length === 2 : length > 0 && TRANSPORT_UNITS.has(type)
}
/** RFC 1006, 6: version 3 and a length; anything else goes on from before. */
function tpktMessage(d: Decoder, at: number): number {
  if (d.peek8(at) !== 3) return d.end - at
  if (d.readable < at + TPKT_HEADER) return 0
  return isTpktHead(d, at) ? d.peek16(at + 2) : d.end - at
}

const TELECONTROL_START = 0x68
/** IEC 60870-5-104, 5: where the next unit begins; what stands before belongs to it, as in tshark. */
function telecontrolStart(d: Decoder, at: number): number {
  for (let start = at; start + 2 <= d.readable; start++) if (d.peek8(start) === TELECONTROL_START) return start
  return d.end
}
/** Octets of the unit that begins next, 0 where none does. */
function telecontrolUnit(d: Decoder, at: number): number {
  const start = telecontrolStart(d, at)
  return start < d.end ? 2 + d.peek8(start + 1) : 0
}

/** Git's packet lines: four hexadecimal digits that count themselves, or 0000 to 0002, which only divide. */
function gitLine(d: Decoder, at: number): number {
  const size = Number.parseInt(d.latin1(at, at + 4), 16)
  return size >= 4 ? size : 4
}
const GIT_LINE = /^[0-9a-fA-F]{4}/

/** FIX 4.4: BeginString, then BodyLength, which counts up to the seven octets of the check sum. */
const FIX_HEAD = /^8=FIX[^\x01]*\x019=(\d{1,7})\x01/
function fixMessage(d: Decoder, at: number): number {
  const head = FIX_HEAD.exec(d.latin1(at, Math.min(d.readable, at + 64)))
  return head ? head[0].length + Number(head[1]) + 7 : d.end - at
}

defineOutlines([
  {
    name: 'mbtcp',
    title: 'Modbus/TCP',
    short: 'Modbus/TCP',
    accepts: { 'tcp.port': [502] },
    recognises: (d) => d.peek16(d.at + 2) === 0,
    header: 8,
    length: (d, at) => 6 + d.peek16(at + 4),
  },
  {
    name: 'dnp3',
    title: 'Distributed Network Protocol 3.0',
    short: 'DNP 3.0',
    accepts: { 'tcp.port': [20000], 'udp.port': [20000] },
    recognises: (d) => d.peek16() === 0x0564,
    header: 10,
    length: dnp3Frame,
  },
  {
    name: 'iec60870_104',
    title: 'IEC 60870-5-104',
    short: 'IEC 60870-5-104',
    accepts: { 'tcp.port': [2404] },
    header: 6,
    length: (d, at) => telecontrolStart(d, at) - at + telecontrolUnit(d, at),
    inner: (d) => {
      const at = telecontrolStart(d, d.at)
      return at + 6 < d.end && (d.peek8(at + 2) & 1) === 0 ? 'iec60870_asdu' : undefined
    },
  },
  {
    name: 'cql',
    title: 'Cassandra CQL Protocol',
    short: 'CQL',
    accepts: { 'tcp.port': [9042] },
    recognises: (d) => (d.peek8() & 0x7f) >= 3 && (d.peek8() & 0x7f) <= 5,
    header: 9,
    length: (d, at) => 9 + d.peek32(at + 5),
  },
  {
    name: 'git',
    title: 'Git Smart Protocol',
    short: 'Git',
    accepts: { 'tcp.port': [9418] },
    recognises: (d) => beginsWith(d, GIT_LINE, 4),
    header: 4,
    length: gitLine,
  },
  {
    name: 'ajp13',
    title: 'Apache JServ Protocol v1.3',
    short: 'AJP13',
    accepts: { 'tcp.port': [8009] },
    header: 4,
    length: (d, at) => 4 + d.peek16(at + 2),
  },
  {
    name: 'tds',
    title: 'Tabular Data Stream',
    short: 'TDS',
    accepts: { 'tcp.port': [1433, 2433] },
    recognises: (d) => d.peek8() >= 1 && d.peek8() <= 18 && d.peek16(d.at + 2) >= 8,
    header: 8,
    length: (d, at) => d.peek16(at + 2),
  },
  { name: 'echo', title: 'Echo', short: 'ECHO', accepts: { 'tcp.port': [7], 'udp.port': [7] } },
  { name: 'daytime', title: 'Daytime Protocol', short: 'DAYTIME', accepts: { 'tcp.port': [13], 'udp.port': [13] } },
  { name: 'chargen', title: 'Character Generator Protocol', short: 'Chargen', accepts: { 'tcp.port': [19], 'udp.port': [19] } },
  { name: 'whois', title: 'WHOIS', short: 'WHOIS', accepts: { 'tcp.port': [43] }, answerPort: 43 },
  { name: 'finger', title: 'Finger', short: 'FINGER', accepts: { 'tcp.port': [79] }, answerPort: 79 },
  { name: 'nntp', title: 'Network News Transfer Protocol', short: 'NNTP', accepts: { 'tcp.port': [119] } },
  {
    name: 'rpkirtr',
    title: 'RPKI to Router Protocol',
    short: 'RPKI-RTR',
    accepts: { 'tcp.port': [323] },
    header: 8,
    length: (d, at) => d.peek32(at + 4),
  },
  {
    name: 'ldap',
    title: 'Lightweight Directory Access Protocol',
    short: 'LDAP',
    accepts: { 'tcp.port': [389, 3268], 'tls.port': [636] },
    recognises: (d) => d.peek8() === BER_SEQUENCE || isProtected(d, d.at),
    header: 2,
    length: ldapMessage,
    startsTls: 'itself',
  },
  { name: 'rsh', title: 'Remote Shell', short: 'RSH', accepts: { 'tcp.port': [514] } },
  {
    name: 'rtsp',
    title: 'Real Time Streaming Protocol',
    short: 'RTSP',
    accepts: { 'tcp.port': [554, 7236, 8554] },
    header: 4,
    length: rtspMessage,
  },
  {
    name: 'mqtt',
    title: 'MQ Telemetry Transport',
    short: 'MQTT',
    accepts: { 'tcp.port': [1883], 'tls.port': [8883] },
    header: 2,
    length: mqttMessage,
  },
  {
    name: 'tpkt',
    title: 'ISO transport services over TCP',
    short: 'TPKT',
    accepts: { 'tcp.port': [TPKT_PORT, 3389] },
    recognises: isTpkt,
    keeps: true,
    header: 1,
    length: tpktMessage,
    inner: (d) => (isTransportUnit(d) ? 'cotp' : undefined),
    payload: (d) => {
      if (isTpktHead(d, d.at) && !isTransportUnit(d)) d.data(d.at + TPKT_HEADER, d.end)
      d.at = d.end
    },
  },
  {
    name: 'mysql',
    title: 'MySQL Protocol',
    short: 'MySQL',
    accepts: { 'tcp.port': [3306] },
    header: 4,
    length: (d, at) => 4 + (d.peek32le(at) & 0xff_ffff),
    startsTls: 'itself',
  },
  {
    name: 'diameter',
    title: 'Diameter',
    short: 'DIAMETER',
    accepts: { 'tcp.port': [3868], 'tls.port': [5868] },
    recognises: (d) => d.peek8() === 1,
    header: 4,
    length: (d, at) => d.peek32(at) & 0xff_ffff,
  },
  {
    name: 'ymsg',
    title: 'Yahoo Messenger Protocol',
    short: 'YMSG',
    accepts: { 'tcp.port': [5050, 5101] },
    recognises: (d) => d.peek32() === YMSG,
    header: 20,
    length: (d, at) => 20 + d.peek16(at + 8),
  },
  {
    name: 'pgsql',
    title: 'PostgreSQL',
    short: 'PGSQL',
    accepts: { 'tcp.port': [PGSQL_PORT] },
    header: 1,
    length: pgsqlMessage,
    startsTls: 'itself',
  },
  {
    name: 'amqp',
    title: 'Advanced Message Queuing Protocol',
    short: 'AMQP',
    accepts: { 'tcp.port': [5672], 'tls.port': [5671] },
    header: 8,
    length: (d, at) => (d.peek32(at) === AMQP ? 8 : FRAME_END + d.peek32(at + 3)),
  },
  {
    name: 'ancp',
    title: 'Access Node Control Protocol',
    short: 'ANCP',
    accepts: { 'tcp.port': [6068] },
    header: 4,
    length: (d, at) => 4 + d.peek16(at + 2),
  },
  { name: 'resp', title: 'Redis Serialization Protocol', short: 'RESP', accepts: { 'tcp.port': [6379] } },
  { name: 'irc', title: 'Internet Relay Chat', short: 'IRC', accepts: { 'tcp.port': [6667, 57000] } },
  { name: 'x11', title: 'X Window System', short: 'X11', accepts: { 'tcp.port': X11_PORTS } },
  {
    name: 'fix',
    title: 'Financial Information Exchange',
    short: 'FIX',
    heuristic: ['tcp'],
    recognises: (d) => beginsWith(d, FIX_START),
    keeps: true,
    header: 20,
    length: fixMessage,
  },
])
