// SSL 2.0 records (draft-hickman-netscape-ssl-00), also as the first hello of newer versions (RFC 5246, E.2). Not covered: decryption.
import type { Decoder } from '../../../dissect/define'
import { SSL2_HANDSHAKE_TYPES } from '../../../values/tls'
import type { TlsProgress } from './connection'
import type { TlsFields } from './fields'

const ERROR = 0,
  CLIENT_HELLO = 1,
  MASTER_KEY = 2,
  SERVER_HELLO = 4

/** Header bytes of the record at a position: 2, or 3 with padding. */
export function ssl2HeaderLength(d: Decoder, at: number): number {
  return d.peek8(at) & 0x80 ? 2 : 3
}

/** Whole length of the record at a position. */
export function ssl2RecordLength(d: Decoder, at: number): number {
  const first = d.peek8(at),
    long = (first & 0x80) === 0
  return (((first & (long ? 0x3f : 0x7f)) << 8) | d.peek8(at + 1)) + (long ? 3 : 2)
}

/** A hello of a client that would take SSL 2.0, by the lengths that it gives. */
export function isSsl2ClientHello(d: Decoder, at: number): boolean {
  if (!(d.peek8(at) & 0x80) || d.peek8(at + 2) !== CLIENT_HELLO) return false
  const version = d.peek16(at + 3),
    ciphers = d.peek16(at + 5),
    session = d.peek16(at + 7),
    challenge = d.peek16(at + 9)
  if (version !== 2 && (version < 0x0300 || version > 0x0304)) return false
  return ciphers > 0 && ciphers % 3 === 0 && (session === 0 || session === 16) && challenge >= 16 && challenge <= 32
}

/** A record that begins as SSL 2.0 does, when nothing is known of the connection: tshark looks no further than at the message's type. */
export function looksLikeSsl2(d: Decoder, at: number): boolean {
  const type = d.peek8(at + 2)
  return (d.peek8(at) & 0x80) !== 0 && (type === ERROR || type === CLIENT_HELLO || type === MASTER_KEY || type === SERVER_HELLO)
}

/** Type of the message whose lengths agree with the record's; -1 for anything else, which is encrypted. */
function typeOf(d: Decoder, at: number, length: number): number {
  const type = d.peek8(at)
  if (type === CLIENT_HELLO && length === 9 + d.peek16(at + 3) + d.peek16(at + 5) + d.peek16(at + 7)) return type
  if (type === MASTER_KEY && length === 10 + d.peek16(at + 4) + d.peek16(at + 6) + d.peek16(at + 8)) return type
  if (type === SERVER_HELLO && length === 11 + d.peek16(at + 5) + d.peek16(at + 7) + d.peek16(at + 9)) return type
  return -1
}

/** Reads the record from d.at to d.end. Returns what the Info column says. */
export function readSsl2Record(d: Decoder, f: TlsFields, progress: TlsProgress): string {
  const start = d.at,
    head = ssl2HeaderLength(d, start),
    end = d.end,
    type = typeOf(d, start + head, end - start - head)
  const name = type < 0 ? 'Encrypted Data' : (SSL2_HANDSHAKE_TYPES[type] ?? '')
  if (progress.version === 0 && d.peek8(start + head) > CLIENT_HELLO) progress.version = 2
  if (d.stateOnly) {
    d.at = end
    return name
  }
  d.range(f['tls.record'], start, d.readable)
  if (d.labels) d.label(`SSLv2 Record Layer: ${name}`)
  const outer = d.enter()
  d.generated(f['tls.record.version'], 2, start, start)
  if (type >= 0) {
    d.add(f['tls.record.length'], start, start + 2, end - start - head)
    d.at = start + head
    d.u8(f['tls.handshake.type'])
    if (d.labels) d.label(`Handshake Message Type: ${name} (${type})`)
    if (type === CLIENT_HELLO) clientHello(d, f)
    else if (type === SERVER_HELLO) serverHello(d, f)
    else masterKey(d, f)
  }
  d.at = end
  d.leave(outer)
  return name
}

function clientHello(d: Decoder, f: TlsFields): void {
  d.u16(f['tls.handshake.version'])
  const ciphers = d.u16(f['tls.handshake.cipher_spec_len']),
    session = d.u16(f['tls.handshake.session_id_length']),
    challenge = d.u16(f['tls.handshake.challenge_length'])
  cipherSpecs(d, f, ciphers)
  if (session > 0) d.span(f['tls.handshake.session_id'], session)
  if (challenge > 0) d.span(f['tls.handshake.challenge'], challenge)
}

function serverHello(d: Decoder, f: TlsFields): void {
  d.u8(f['tls.handshake.session_id_hit'])
  d.u8(f['tls.handshake.cert_type'])
  d.u16(f['tls.handshake.version'])
  const certificate = d.unsigned(f['tls.handshake.certificate_length'], 2),
    ciphers = d.u16(f['tls.handshake.cipher_spec_len']),
    connection = d.u16(f['tls.handshake.connection_id_length'])
  if (certificate > 0) {
    const at = d.at
    d.span(f['tls.handshake.certificate'], certificate)
    const outer = d.enter()
    d.embed('ber.type', 'x509af.Certificate', at, at + certificate, false)
    d.leave(outer)
  }
  cipherSpecs(d, f, ciphers)
  if (connection > 0) d.span(f['tls.handshake.connection_id'], connection)
}

function masterKey(d: Decoder, f: TlsFields): void {
  d.u24(f['tls.handshake.cipherspec'])
  const clear = d.u16(f['tls.handshake.clear_key_length']),
    encrypted = d.u16(f['tls.handshake.encrypted_key_length']),
    argument = d.u16(f['tls.handshake.key_arg_length'])
  if (clear > 0) d.span(f['tls.handshake.clear_key_data'], clear)
  if (encrypted > 0) d.span(f['tls.handshake.encrypted_key'], encrypted)
  if (argument > 0) d.span(f['tls.handshake.key_arg'], argument)
}

function cipherSpecs(d: Decoder, f: TlsFields, length: number): void {
  const end = d.at + length
  d.require(length)
  d.note(d.at, end, `Cipher Specs (${length / 3} spec${length === 3 ? '' : 's'})`)
  const outer = d.enter()
  while (d.at + 3 <= end) d.u24(f['tls.handshake.cipherspec'])
  d.at = end
  d.leave(outer)
}
