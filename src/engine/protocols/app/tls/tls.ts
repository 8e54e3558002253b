// TLS and SSL over TCP (RFC 8446, 5246, 6101): the record layer; handshake.ts reads the messages, ssl2.ts the records of SSL 2.0.
// decryption.ts opens protected records where the capture has keys, inner-protocol.ts carries on inside, fragments.ts puts handshake
// messages together.
import { ONE_MORE_SEGMENT, berElement, defineProtocol, rememberProtocol } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { KEY_LOG } from '../../../dissect/key-log'
import { originOf } from '../../../dissect/source-origin'
import { startedTls } from '../../../dissect/start-tls'
import { TLS_ALERTS, TLS_ALERT_LEVELS, TLS_CONTENT_TYPES, TLS_SHORT_VERSIONS } from '../../../values/tls'
import { readCarried, takeCarried } from './carried'
import { certificateTimestamps } from './certificate-timestamps'
import { tlsConnection } from './connection'
import type { TlsConnection, TlsProgress } from './connection'
import { TLS_FIELDS } from './fields'
import type { TlsFields } from './fields'
import { readHandshake } from './handshake'
import { dissectInner } from './inner-protocol'
import type { InnerPart } from './inner-stream'
import type { Plaintext } from './keys/record-cipher'
import type { OpenedRecord } from './opened-record'
import { isSsl2ClientHello, looksLikeSsl2, readSsl2Record, ssl2RecordLength } from './ssl2'

const CHANGE_CIPHER_SPEC = 20,
  ALERT = 21,
  HANDSHAKE = 22,
  APPLICATION_DATA = 23,
  HEARTBEAT = 24
const HEADER = 5

/** Ports of protocols over TLS, with the name of what they carry ('' where only TLS is known). */
const PORTS: ReadonlyMap<number, string> = new Map([
  [324, ''],
  [443, 'Hypertext Transfer Protocol'],
  [465, 'Simple Mail Transfer Protocol'],
  [636, 'Lightweight Directory Access Protocol'],
  [802, 'Modbus/TCP'],
  [853, 'Domain Name System'],
  [993, 'Internet Message Access Protocol'],
  [995, 'Post Office Protocol'],
  [1300, ''],
  [2221, ''],
  [2443, ''],
  [3249, ''],
  [3250, ''],
  [3251, ''],
  [3252, ''],
  [3496, ''],
  [5061, 'Session Initiation Protocol'],
  [5671, 'Advanced Message Queuing Protocol'],
  [5684, ''],
  [5868, 'Diameter Protocol'],
  [8883, 'MQ Telemetry Transport Protocol'],
  [11207, ''],
  [19999, ''],
  [27017, ''],
])
/** Ports of protocols that change to TLS within the conversation. */
const UPGRADED_PORTS: ReadonlyMap<number, string> = new Map([
  [389, 'Lightweight Directory Access Protocol'],
  [3306, 'MySQL Protocol'],
  [5432, 'PostgreSQL'],
])
const ALPN_NAMES: Readonly<Record<string, string>> = {
  h2: 'HyperText Transfer Protocol 2',
  'h2-14': 'HyperText Transfer Protocol 2',
  'h2-16': 'HyperText Transfer Protocol 2',
  'spdy/1': 'SPDY',
  'spdy/2': 'SPDY',
  'spdy/3': 'SPDY',
  'spdy/3.1': 'SPDY',
  'http/1.1': 'Hypertext Transfer Protocol',
  'http/1.0': 'Hypertext Transfer Protocol',
  dot: 'Domain Name System',
}

function isVersion(version: number): boolean {
  return version >= 0x0300 && version <= 0x0303
}

function decode(d: Decoder, f: TlsFields): void {
  const connection = tlsConnection(d),
    { packet, tree } = d,
    again = tree.chain.indexOf('tls') < tree.chain.length - 1
  const progress = again ? connection.now : connection.goTo(packet.number)
  let cleared = false
  const say = (texts: readonly string[], version: number) => {
    d.setProtocol(TLS_SHORT_VERSIONS[version] ?? 'SSL')
    if (!d.summary) return
    if (!cleared) d.setInfo('')
    cleared = true
    for (const text of texts) d.appendInfo(d.infoColumn === '' ? text : `, ${text}`)
  }
  const end = d.end
  while (d.at < end && d.at < d.readable) {
    const start = d.at,
      old =
        progress.version === 2 ||
        isSsl2ClientHello(d, start) ||
        (progress.version === 0 && end - start >= HEADER && looksLikeSsl2(d, start))
    if (!old && end - start < HEADER) {
      if (d.canDesegment > 0) {
        ask(d, start, ONE_MORE_SEGMENT)
        break
      }
      d.at = end
      break
    }
    if (old && end - start < 3 && d.canDesegment > 0) {
      ask(d, start, ONE_MORE_SEGMENT)
      break
    }
    const type = d.peek8(start),
      known = TLS_CONTENT_TYPES[type] !== undefined && type <= HEARTBEAT
    if (!old && (!known || (progress.version === 0 && !isVersion(d.peek16(start + 1))))) {
      if (!d.stateOnly) unknown(d, f, progress, say)
      d.at = end
      break
    }
    const length = old ? ssl2RecordLength(d, start) : HEADER + d.peek16(start + 3),
      stop = start + length
    if (stop > end && d.canDesegment > 0) {
      ask(d, start, stop - end)
      break
    }
    d.end = Math.min(stop, end)
    d.guard((decoder) => {
      if (old) say([readSsl2Record(decoder, f, progress)], 2)
      else record(decoder, f, connection, progress, length - HEADER, stop >= end, say)
    })
    d.end = end
    d.at = Math.min(stop, end)
  }
  if (d.first) connection.keep(packet.number)
}

/**
 * Asks for more; as in tshark a layer that shows nothing of this payload keeps its row, and Info says nothing of the segment. It goes where segments were
 * put together and are still too few, since a later look knows at once how many it takes.
 */
function ask(d: Decoder, start: number, length: number): void {
  d.needMore(start, length)
  if (d.tree.count > d.layerNode + 1) return
  if (d.packet.reassembled) d.withdraw()
  else d.setInfo('')
}

type Say = (texts: readonly string[], version: number) => void

/** Bytes that begin no record. */
function unknown(d: Decoder, f: TlsFields, progress: TlsProgress, say: Say): void {
  const text = progress.version === 0 ? 'Continuation Data' : 'Ignored Unknown Record'
  say([text], progress.version)
  if (progress.version !== 0) d.expert(f['tls.ignored_unknown_record'], d.at, d.readable)
}

/** A record that was opened: how, and what is inside. */
interface Opened {
  readonly record: OpenedRecord
  readonly plain: Plaintext
}

function record(
  d: Decoder,
  f: TlsFields,
  connection: TlsConnection,
  progress: TlsProgress,
  length: number,
  isLast: boolean,
  say: Say,
): void {
  // as tshark: nothing is shown of a record that goes on in a segment which cannot be waited for
  if (d.left < HEADER + length) return
  const start = d.at,
    outerType = d.peek8(start),
    version = d.peek16(start + 1),
    first = d.peek8(start + HEADER),
    side = d.packet.direction
  // a record's own version says what was agreed on in everything but a client's hello
  if (progress.version === 0 && isVersion(version) && !(outerType === HANDSHAKE && (first === 1 || first > 67))) progress.version = version
  const opened = connection.decryption?.open(d, start, length),
    type = opened?.plain.type ?? outerType
  if (d.stateOnly) {
    d.at = start + HEADER
    // only of a message that was put together may the end be missing here, when its state alone is wanted
    if (type === HANDSHAKE && !d.packet.reassembled) d.require(length)
    if (type === HANDSHAKE && !opened) readHandshake(d, f, progress, side)
    else if (type === CHANGE_CIPHER_SPEC) changeCipherSpec(progress, side)
    if (opened) inside(d, f, connection, progress, opened, start, length)
    return
  }
  const shown = progress.version === 0 ? version : progress.version
  d.range(f['tls.record'], start, d.readable)
  const node = d.last,
    outer = d.enter()
  d.u8(outerType === APPLICATION_DATA && progress.version === 0x0304 ? f['tls.record.opaque_type'] : f['tls.record.content_type'])
  d.u16(f['tls.record.version'])
  d.u16(f['tls.record.length'])
  // as tshark, which looks for a byte of content first
  if (length === 0 && isLast) d.malformed()
  let words = '',
    texts: string[] = []
  if (opened && progress.version === 0x0304) d.generated(f['tls.record.content_type'], type, start, start)
  if (type === HANDSHAKE) {
    d.require(length)
    texts = opened ? inside(d, f, connection, progress, opened, start, length) : readHandshake(d, f, progress, side)
    words = `Handshake Protocol: ${texts.length === 1 ? (texts[0] ?? '') : 'Multiple Handshake Messages'}`
  } else if (type === CHANGE_CIPHER_SPEC) {
    texts = ['Change Cipher Spec']
    words = 'Change Cipher Spec Protocol: Change Cipher Spec'
    d.range(f['tls.change_cipher_spec'], d.at, d.readable)
    // RFC 5246, 7.3
    if (progress.briefServer === side && progress.version !== 0x0304) d.expert(f['tls.resumed'], d.at, d.readable, '', d.last)
    changeCipherSpec(progress, side)
  } else if (type === ALERT) {
    texts = opened ? inside(d, f, connection, progress, opened, start, length) : [alert(d, f)]
    words = texts[0] ?? ''
  } else if (type === HEARTBEAT) {
    words = heartbeat(d, f, progress)
    texts = [words]
  } else {
    const name = carried(d, progress)
    words = `Application Data Protocol: ${name || 'Application Data'}`
    say(['Application Data'], shown)
    d.span(f['tls.app_data'], d.left)
    if (name) d.generatedValue(f['tls.app_data_proto'], name, start, start)
    if (opened) inside(d, f, connection, progress, opened, start, length)
  }
  if (d.labels) d.tree.labels[node] = `${TLS_SHORT_VERSIONS[shown] ?? 'SSL'} Record Layer: ${words}`
  // the server's hello may have settled the version
  if (texts.length || type === HANDSHAKE) say(texts, progress.version === 0 ? version : progress.version)
  d.leave(outer)
}

/** Heartbeat (RFC 6520, 4): in the clear only before keys are used. */
function heartbeat(d: Decoder, f: TlsFields, progress: TlsProgress): string {
  const type = d.peek8(),
    length = d.peek16(d.at + 1),
    clear = !(progress.encrypted & (1 << d.packet.direction)) && (type === 1 || type === 2)
  d.range(f['tls.heartbeat_message'], d.at, d.readable)
  const words = clear ? `Heartbeat ${type === 1 ? 'Request' : 'Response'}` : 'Encrypted Heartbeat'
  if (d.labels) d.label(clear ? words : 'Encrypted Heartbeat Message')
  if (!clear) return words
  const outer = d.enter()
  d.u8(f['tls.heartbeat_message.type'])
  d.u16(f['tls.heartbeat_message.payload_length'])
  if (length + 16 > d.left) d.expert(f['tls.heartbeat_message.payload_length.invalid'], d.at - 2, d.at)
  const payload = Math.min(length, Math.max(0, d.left - 16))
  if (payload > 0) d.span(f['tls.heartbeat_message.payload'], payload)
  if (d.left > 0) d.span(f['tls.heartbeat_message.padding'], d.left)
  d.leave(outer)
  return words
}

/** Dissects what was inside a protected record. Returns what the Info column says of it. */
function inside(
  d: Decoder,
  f: TlsFields,
  connection: TlsConnection,
  progress: TlsProgress,
  { record: open, plain }: Opened,
  start: number,
  length: number,
): string[] {
  const { decryption } = connection
  if (!decryption) return []
  const from = start + HEADER,
    { source, bytes } = d
  // only a record that is a share of a longer message is looked for again
  const part = (at: number, size: number): InnerPart => ({
    frame: d.packet.number,
    record: open,
    from: at,
    length: size,
    protectedBytes: originOf(d, from, from + length, source) ?? bytes.slice(from, from + length),
    protectedLength: length,
  })
  let texts: string[] = []
  const parent = d.parent
  d.within('Decrypted TLS', plain.bytes, () => {
    if (plain.type === HANDSHAKE) texts = readHandshake(d, f, progress, d.packet.direction, true)
    else if (plain.type === ALERT) texts = d.stateOnly ? [] : [alert(d, f)]
    else if (plain.type === APPLICATION_DATA) dissectInner(d, f, connection, decryption, open, part)
  })
  d.parent = parent
  return texts
}

/** TLS 1.3 sends the message only for old middleboxes; what follows shows itself by its type. */
function changeCipherSpec(progress: TlsProgress, side: 0 | 1): void {
  if (progress.version !== 0x0304) progress.encrypted |= 1 << side
}

function alert(d: Decoder, f: TlsFields): string {
  const level = TLS_ALERT_LEVELS[d.peek8()],
    description = TLS_ALERTS[d.peek8(d.at + 1)],
    clear = d.left === 2 && level !== undefined && description !== undefined
  d.range(f['tls.alert_message'], d.at, d.readable)
  if (!clear) {
    if (d.labels) d.label('Alert Message: Encrypted Alert')
    return 'Encrypted Alert'
  }
  const outer = d.enter()
  d.u8(f['tls.alert_message.level'])
  d.u8(f['tls.alert_message.desc'])
  d.leave(outer)
  return `Alert (Level: ${level}, Description: ${description})`
}

/** Name of the protocol inside, by what was negotiated, then by what asked for TLS, then by port; what was only seen inside is not named. */
function carried(d: Decoder, progress: TlsProgress): string {
  const { sourcePort, destinationPort } = d.packet
  return (
    ALPN_NAMES[progress.alpn] ??
    startedTls(d)?.title ??
    PORTS.get(destinationPort) ??
    PORTS.get(sourcePort) ??
    UPGRADED_PORTS.get(destinationPort) ??
    UPGRADED_PORTS.get(sourcePort) ??
    ''
  )
}

/** A connection on any port that begins with a handshake or, where its start was not captured, application data (as tshark: not with another record). */
function looksLikeTls(d: Decoder): boolean {
  const at = d.at
  if (d.leftCaptured < HEADER) return false
  const type = d.peek8(at),
    length = d.peek16(at + 3)
  return (type === HANDSHAKE || type === APPLICATION_DATA) && isVersion(d.peek16(at + 1)) && length > 0 && length < 16_384 + 2048
}

/** The certificate extension that holds timestamps (RFC 6962, 3.3). */
const TIMESTAMP_LIST = '1.3.6.1.4.1.11129.2.4.2'

/** Its value is an OCTET STRING around what TLS's own extension holds. */
function timestampExtension(d: Decoder, f: TlsFields): void {
  const list = berElement(d),
    { end } = d
  d.end = Math.min(end, list.end)
  certificateTimestamps(d, f)
  d.end = end
}

/** Bytes at a payload's start by which text is told from a record. */
const TEXT_HEAD = 4

/** Text on a port of TLS (HTTP, an answer to STARTTLS), which is left to whoever recognises it: no record begins with four letters. */
function isText(d: Decoder): boolean {
  if (d.left < HEADER) return false
  for (let at = d.at; at < d.at + TEXT_HEAD; at++) {
    const code = d.peek8(at)
    if (code < 0x20 || code > 0x7e) return false
  }
  return true
}

export const tls = defineProtocol({
  name: 'tls',
  title: 'Transport Layer Security',
  short: 'TLS',
  accepts: {
    'tcp.port': [...PORTS.keys()],
    'sctp.port': [443],
    'quic.crypto': ['tls'],
    'tls.carrier': ['tls'],
    'ber.oid': [TIMESTAMP_LIST],
  },
  heuristic: ['tcp'],
  recognises: looksLikeTls,
  // a record's header and a server's hello; decryption needs whole records
  stateInHead: (session) => (session.state(KEY_LOG).isEmpty ? 1024 : 0),
  fields: TLS_FIELDS,
  decode(d, f) {
    if (d.key === TIMESTAMP_LIST) {
      timestampExtension(d, f)
      return undefined
    }
    const carried = takeCarried(d)
    if (carried) {
      readCarried(d, f, carried)
      return undefined
    }
    if (isText(d)) return false
    // inside a tunnel (a proxy's CONNECT), the protocol that opened it stays in charge of the conversation
    if (d.tree.chain.at(-2) === 'tcp' && !PORTS.has(d.packet.sourcePort) && !PORTS.has(d.packet.destinationPort)) rememberProtocol(d, 'tls')
    decode(d, f)
    return undefined
  },
})
