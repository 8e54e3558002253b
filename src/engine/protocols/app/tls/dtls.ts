// DTLS 1.0 and 1.2 (RFC 6347), and the records of DTLS 1.3 that are in the clear (RFC 9147): TLS over datagrams. Handshake messages say their place and
// come in fragments; what is inside is TLS's. dtls-decryption.ts opens protected records of DTLS 1.0 and 1.2 where the capture has keys. Not covered: the
// records of DTLS 1.3 that are protected, and connection ids (RFC 9146).
import { defineProtocol, defineState, conversationOf } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { FragmentTable, assemble } from '../../../dissect/fragments'
import type { Datagram } from '../../../dissect/fragments'
import { TLS_ALERTS, TLS_ALERT_LEVELS, TLS_CONTENT_TYPES, TLS_HANDSHAKE_TYPES } from '../../../values/tls'
import type { TlsProgress } from './connection'
import { beginDatagram, openRecord, takeMessage } from './dtls-decryption'
import { D, DTLS } from './dtls-fields'
import { handshakeBody } from './handshake'
import { DTLS_VERSIONS } from './keys/datagram-security'
import type { Plaintext } from './keys/record-cipher'

const HEADER = 13,
  HANDSHAKE_HEADER = 12
const CHANGE_CIPHER_SPEC = 20,
  ALERT = 21,
  HANDSHAKE = 22,
  APPLICATION_DATA = 23
const HELLO_VERIFY_REQUEST = 3
const SHORT_NAMES: Readonly<Record<number, string>> = { 0xfeff: 'DTLSv1.0', 0xfefd: 'DTLSv1.2', 0xfefc: 'DTLSv1.3', 0x0100: 'DTLSv1.0' }
/** No handshake message in the clear is longer. */
const LONGEST = 0x1_0000

const FRAGMENTS = defineState('dtls.fragments', () => new FragmentTable())
/** Cipher suites that a conversation's server chose, from which frame on, oldest first; key exchanges are read by them. */
const MOST_SUITES = 100
const SUITES = defineState('dtls.suites', () => new Map<number, { readonly frame: number; readonly suite: number }[]>())

/** Versions of a conversation's records that were no client's hello, where they changed, oldest first. */
const MOST_VERSIONS = 100
const VERSIONS = defineState('dtls.versions', () => new Map<number, { readonly frame: number; readonly version: number }[]>())

/** What the Protocol column says of a record. A client's first hello leaves the version open; behind an answer it is the answer's. */
function protocolOf(d: Decoder, version: number, isClientHello: boolean): string {
  const frame = d.packet.number,
    conversation = conversationOf(d),
    known = d.state(VERSIONS).get(conversation) ?? []
  if (isClientHello) return SHORT_NAMES[known.findLast((one) => one.frame < frame)?.version ?? 0] ?? 'DTLS'
  if (d.first && known.at(-1)?.version !== version)
    d.state(VERSIONS).set(conversation, [...known, { frame, version }].slice(-MOST_VERSIONS))
  return SHORT_NAMES[version] ?? 'DTLS'
}

/** A datagram that begins with a whole record of a known version. */
function looksLikeDtls(d: Decoder): boolean {
  if (d.leftCaptured < HEADER) return false
  const type = d.peek8(),
    length = d.peek16(d.at + 11)
  return (
    type >= CHANGE_CIPHER_SPEC &&
    type <= APPLICATION_DATA &&
    DTLS_VERSIONS[d.peek16(d.at + 1)] !== undefined &&
    length > 0 &&
    HEADER + length <= d.left
  )
}

/** Reads one record. Returns what the Info column says of it. */
function record(d: Decoder): string[] {
  const start = d.at,
    type = d.peek8(start),
    version = d.peek16(start + 1),
    epoch = d.peek16(start + 3),
    opened = openRecord(d, start, d.peek16(start + 11))
  d.range(DTLS['tls.record'], start, d.readable)
  const node = d.last,
    outer = d.enter()
  d.u8(DTLS['tls.record.content_type'])
  d.u16(DTLS['tls.record.version'])
  d.u16(D['dtls.record.epoch'])
  d.u48(D['dtls.record.sequence_number'])
  d.u16(DTLS['tls.record.length'])
  let texts: string[] = []
  if (type === HANDSHAKE) {
    if (epoch === 0) texts = messages(d, { version, epoch })
    else if (opened) inside(d, opened, () => (texts = messages(d, { version, epoch })))
    else texts = [encrypted(d)]
  } else if (type === CHANGE_CIPHER_SPEC) {
    d.range(DTLS['tls.change_cipher_spec'], d.at, d.readable)
    texts = ['Change Cipher Spec']
  } else if (type === ALERT) {
    if (opened) inside(d, opened, () => (texts = [alert(d)]))
    else texts = [alert(d)]
  } else if (type === APPLICATION_DATA) {
    d.span(DTLS['tls.app_data'], d.left)
    if (opened) inside(d, opened, () => carried(d))
    texts = ['Application Data']
  }
  if (d.labels) {
    const name = TLS_CONTENT_TYPES[type] ?? 'Unknown',
      words = type === HANDSHAKE ? 'Handshake Protocol' : `${name} Protocol`
    d.tree.labels[node] = `${epoch > 0 ? (SHORT_NAMES[version] ?? 'DTLS') : 'DTLS'} Record Layer: ${words}: ${texts.join(', ')}`
  }
  d.leave(outer)
  return texts
}

/** Reads what was inside a protected record. */
function inside(d: Decoder, { bytes }: Plaintext, read: () => void): void {
  const { parent } = d
  d.within('Decrypted DTLS', bytes, read)
  d.parent = parent
}

/** Application data: for the protocol that a port names, else who recognises it, else data. */
function carried(d: Decoder): void {
  const { sourcePort, destinationPort } = d.packet
  if (d.next('dtls.port', destinationPort) || d.next('dtls.port', sourcePort) || d.nextByContent('dtls')) return
  d.data()
}

function encrypted(d: Decoder): string {
  d.range(DTLS['tls.handshake'], d.at, d.readable)
  if (d.labels) d.label('Handshake Protocol: Encrypted Handshake Message')
  return 'Encrypted Handshake Message'
}

function alert(d: Decoder): string {
  const level = TLS_ALERT_LEVELS[d.peek8()],
    description = TLS_ALERTS[d.peek8(d.at + 1)]
  d.range(DTLS['tls.alert_message'], d.at, d.readable)
  if (d.left !== 2 || level === undefined || description === undefined) return 'Encrypted Alert'
  const outer = d.enter()
  d.u8(DTLS['tls.alert_message.level'])
  d.u8(DTLS['tls.alert_message.desc'])
  d.leave(outer)
  return `Alert (Level: ${level}, Description: ${description})`
}

/** What a message's record says of it. */
interface RecordHead {
  readonly version: number
  readonly epoch: number
}

/** Handshake messages of a record, whole or in fragments. */
function messages(d: Decoder, from: RecordHead): string[] {
  const names: string[] = [],
    end = d.end
  while (d.at < end) {
    d.require(HANDSHAKE_HEADER)
    const start = d.at,
      type = d.peek8(start),
      length = d.peek24(start + 1),
      offset = d.peek24(start + 6),
      part = d.peek24(start + 9),
      name = TLS_HANDSHAKE_TYPES[type]
    if (name === undefined || length >= LONGEST || offset + part > length || start + HANDSHAKE_HEADER + part > end) {
      names.push(encrypted(d))
      d.at = end
      break
    }
    names.push(message(d, from, name))
  }
  return names
}

/** One message or fragment at the cursor. Returns its name. */
function message(d: Decoder, head: RecordHead, name: string): string {
  const start = d.at,
    { end } = d,
    from = start + HANDSHAKE_HEADER
  d.range(DTLS['tls.handshake'], start, Math.min(from + d.peek24(start + 9), d.readable))
  const node = d.last,
    outer = d.enter(),
    type = d.u8(DTLS['tls.handshake.type']),
    length = d.unsigned(DTLS['tls.handshake.length'], 3),
    sequence = d.u16(D['dtls.handshake.message_seq']),
    offset = d.u24(D['dtls.handshake.fragment_offset']),
    part = d.u24(D['dtls.handshake.fragment_length'])
  let words = name
  if (part === length) {
    d.end = from + part
    d.guard((decoder) => {
      body(decoder, head, type, sequence)
    })
  } else {
    const key = `${conversationOf(d)}/${d.packet.direction}/${head.epoch}/${sequence}`,
      datagram = d.has(part, from) ? d.state(FRAGMENTS).add(d, key, from, offset, part, offset + part < length) : undefined
    words = datagram?.completedIn === d.packet.number ? `${name} (Reassembled)` : `${name} (Fragment)`
    if (datagram?.completedIn === d.packet.number) whole(d, datagram, head, type, sequence)
  }
  if (d.labels) d.tree.labels[node] = `Handshake Protocol: ${words}`
  d.end = end
  d.at = from + part
  d.leave(outer)
  return words
}

function whole(d: Decoder, datagram: Datagram, head: RecordHead, type: number, sequence: number): void {
  const { parent } = d,
    bytes = assemble(datagram, d.session.frames, { number: d.packet.number, bytes: d.tree.sources[0]?.bytes ?? d.bytes })
  d.within('Reassembled DTLS', bytes, () => {
    fragmentRows(d, datagram)
    d.guard((decoder) => {
      body(decoder, head, type, sequence)
    })
  })
  d.parent = parent
}

function fragmentRows(d: Decoder, { fragments, length }: Datagram): void {
  d.range(D['dtls.fragments'], 0, length)
  d.markGenerated()
  if (d.labels)
    d.label(
      `${fragments.length} Message fragments (${length} bytes): ${fragments.map((part) => `#${part.frame}(${part.length})`).join(', ')}`,
    )
  const outer = d.enter()
  for (const part of fragments) {
    d.generated(D['dtls.fragment'], part.frame, Math.min(part.offset, length), Math.min(part.offset + part.length, length))
    const inner = d.enter()
    if (part.overlap) d.generated(D['dtls.fragment.overlap'], 1, 0)
    if (part.conflict) d.generated(D['dtls.fragment.overlap.conflicts'], 1, 0)
    if (part.multipleTails) d.generated(D['dtls.fragment.multiple_tails'], 1, 0)
    if (part.tooLong) d.generated(D['dtls.fragment.too_long_fragment'], 1, 0)
    d.leave(inner)
  }
  d.generated(D['dtls.fragment.count'], fragments.length, 0)
  d.generated(D['dtls.reassembled.length'], length, 0)
  d.leave(outer)
}

/** The body of a whole message, from the cursor to d.end. */
function body(d: Decoder, { version, epoch }: RecordHead, type: number, sequence: number): void {
  if (d.first && d.end <= d.readable) takeMessage(d, { epoch, sequence, type, body: d.slice(d.at, d.end) })
  if (type === HELLO_VERIFY_REQUEST) {
    d.u16(DTLS['tls.handshake.version'])
    cookie(d)
    return
  }
  const conversation = conversationOf(d),
    frame = d.packet.number,
    suites = d.state(SUITES).get(conversation) ?? []
  if (type === 2 && d.first) {
    const suite = d.peek16(d.at + 35 + d.peek8(d.at + 34))
    if (suites.at(-1)?.suite !== suite) d.state(SUITES).set(conversation, [...suites, { frame, suite }].slice(-MOST_SUITES))
  }
  const progress: TlsProgress = {
    version: DTLS_VERSIONS[version] ?? 0x0303,
    encrypted: 0,
    briefServer: -1,
    suite:
      d
        .state(SUITES)
        .get(conversation)
        ?.findLast((chosen) => chosen.frame <= frame)?.suite ?? 0,
    random: undefined,
    alpn: '',
    pending: [0, 0],
    fragments: [undefined, undefined],
  }
  handshakeBody(d, DTLS, type, progress, cookie)
}

function cookie(d: Decoder): void {
  const length = d.u8(D['dtls.handshake.cookie_length'])
  if (length > 0) d.span(D['dtls.handshake.cookie'], length)
}

export const dtls = defineProtocol({
  name: 'dtls',
  title: 'Datagram Transport Layer Security',
  short: 'DTLS',
  accepts: { 'capwap.preamble': ['dtls'] },
  heuristic: ['udp'],
  recognises: looksLikeDtls,
  fields: {},
  decode(d) {
    const end = d.end
    let first = true
    d.setProtocol('DTLS')
    beginDatagram(d)
    while (d.at < end && d.at < d.readable) {
      const start = d.at,
        version = d.peek16(start + 1),
        length = d.peek16(start + 11)
      if (end - start < HEADER || DTLS_VERSIONS[version] === undefined || start + HEADER + length > end) break
      d.end = start + HEADER + length
      d.guard((decoder) => {
        const texts = record(decoder)
        decoder.setProtocol(protocolOf(decoder, version, texts.includes('Client Hello')))
        if (!decoder.summary) return
        if (first) decoder.setInfo('')
        for (const text of texts) decoder.appendInfo(decoder.infoColumn === '' ? text : `, ${text}`)
        first = false
      })
      d.end = end
      d.at = start + HEADER + length
    }
    d.at = end
  },
})
