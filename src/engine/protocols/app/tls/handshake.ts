// Handshake messages of SSL 3.0 and TLS (RFC 6101, 5246, 8446): headers, hellos, certificates as bytes, tickets. Not covered: X.509, key exchanges.
import type { Decoder } from '../../../dissect/define'
import { TLS_HANDSHAKE_TYPES } from '../../../values/tls'
import type { TlsProgress } from './connection'
import { cipherSuites, readExtensions } from './extensions'
import type { TlsFields } from './fields'

const CLIENT_HELLO = 1,
  SERVER_HELLO = 2,
  NEW_SESSION_TICKET = 4,
  CERTIFICATE = 11
const ALPN = 16,
  SUPPORTED_VERSIONS = 43
/** No message that is not encrypted is longer. */
const LONGEST = 0x1_0000
const ENCRYPTED_MESSAGE = 'Encrypted Handshake Message'

/** Reads a handshake record's messages from the cursor to d.end. Returns what the Info column says of them. */
export function readHandshake(d: Decoder, f: TlsFields, progress: TlsProgress, side: 0 | 1): string[] {
  const names: string[] = [],
    end = d.end
  if (progress.encrypted & (1 << side) || isGarbled(d)) {
    if (!d.stateOnly) encryptedMessage(d, f)
    d.at = end
    return [ENCRYPTED_MESSAGE]
  }
  const pending = Math.min(progress.pending[side], end - d.at)
  if (pending > 0) {
    progress.pending[side] -= pending
    if (!d.stateOnly) {
      d.range(f['tls.handshake'], d.at, d.at + pending)
      if (d.labels) d.label(`Handshake Protocol: fragment of a message (${pending} bytes)`)
    }
    d.at += pending
  }
  while (d.at < end) {
    if (!d.stateOnly || d.has(4)) d.require(4)
    else break
    const start = d.at,
      type = d.peek8(start),
      length = d.peek24(start + 1),
      name = TLS_HANDSHAKE_TYPES[type],
      stop = start + 4 + length
    if (name === undefined || length >= LONGEST) {
      if (!d.stateOnly) encryptedMessage(d, f)
      d.at = end
      names.push(ENCRYPTED_MESSAGE)
      break
    }
    const cut = stop > end
    if (type === SERVER_HELLO && !cut) learnFromServerHello(d, progress, start + 4, stop)
    names.push(name)
    if (cut) progress.pending[side] = stop - end
    if (!d.stateOnly) {
      d.range(f['tls.handshake'], start, Math.min(stop, d.readable))
      if (d.labels) d.label(`Handshake Protocol: ${name}${cut ? ' (fragment)' : ''}`)
      const outer = d.enter()
      d.u8(f['tls.handshake.type'])
      d.unsigned(f['tls.handshake.length'], 3)
      if (!cut) {
        d.end = stop
        d.guard((decoder) => {
          body(decoder, f, type, progress.version)
        })
        d.end = end
      }
      d.leave(outer)
    }
    d.at = Math.min(stop, end)
  }
  return names
}

/** A record that can be no handshake message in the clear, when its connection's start was not captured. */
function isGarbled(d: Decoder): boolean {
  return d.left >= 16 && d.peek24(d.at + 1) >= LONGEST
}

function encryptedMessage(d: Decoder, f: TlsFields): void {
  d.range(f['tls.handshake'], d.at, d.readable)
  if (d.labels) d.label(`Handshake Protocol: ${ENCRYPTED_MESSAGE}`)
}

/** Version and application protocol that the server chose, read without recording. */
function learnFromServerHello(d: Decoder, progress: TlsProgress, start: number, end: number): void {
  let version = d.peek16(start),
    at = start + 34
  at += 1 + d.peek8(at) + 3
  const stop = Math.min(end, at + 2 + d.peek16(at))
  for (at += 2; at + 4 <= stop; at += 4 + d.peek16(at + 2)) {
    const type = d.peek16(at)
    if (type === SUPPORTED_VERSIONS) version = d.peek16(at + 4)
    else if (type === ALPN && progress.alpn === '') progress.alpn = d.latin1(at + 7, Math.min(stop, at + 7 + d.peek8(at + 6)))
  }
  if (version >= 0x7f00 && version < 0x8000) version = 0x0304
  if (version >= 0x0300 && version <= 0x0304) progress.version = version
}

function body(d: Decoder, f: TlsFields, type: number, version: number): void {
  if (type === CLIENT_HELLO) clientHello(d, f)
  else if (type === SERVER_HELLO) serverHello(d, f, version)
  else if (type === CERTIFICATE && version !== 0x0304) certificates(d, f)
  else if (type === NEW_SESSION_TICKET && version !== 0x0304) sessionTicket(d, f)
}

function random(d: Decoder, f: TlsFields, withTime: boolean): void {
  const at = d.at
  d.span(f['tls.handshake.random'], 32)
  if (!withTime) return
  const outer = d.enter()
  d.time(f['tls.handshake.random_time'], d.peek32(at), 0, at, at + 4, false)
  d.range(f['tls.handshake.random_bytes'], at + 4, at + 32)
  d.leave(outer)
}

function sessionId(d: Decoder, f: TlsFields): void {
  const length = d.unsigned(f['tls.handshake.session_id_length'], 1)
  if (length > 0) d.span(f['tls.handshake.session_id'], length)
}

function clientHello(d: Decoder, f: TlsFields): void {
  d.u16(f['tls.handshake.version'])
  random(d, f, true)
  sessionId(d, f)
  cipherSuites(d, f)
  const methods = d.u8(f['tls.handshake.comp_methods_length'])
  d.require(methods)
  d.range(f['tls.handshake.comp_methods'], d.at, d.at + methods)
  if (d.labels) d.label(`Compression Methods (${methods} method${methods === 1 ? '' : 's'})`)
  const outer = d.enter()
  for (let i = 0; i < methods; i++) d.u8(f['tls.handshake.comp_method'])
  d.leave(outer)
  readExtensions(d, f, CLIENT_HELLO)
}

function serverHello(d: Decoder, f: TlsFields, version: number): void {
  d.u16(f['tls.handshake.version'])
  random(d, f, version !== 0x0304)
  sessionId(d, f)
  d.u16(f['tls.handshake.ciphersuite'])
  d.u8(f['tls.handshake.comp_method'])
  readExtensions(d, f, SERVER_HELLO)
}

function certificates(d: Decoder, f: TlsFields): void {
  const length = d.unsigned(f['tls.handshake.certificates_length'], 3),
    end = d.at + length
  d.require(length)
  d.range(f['tls.handshake.certificates'], d.at, end)
  if (d.labels) d.label(`Certificates (${length} bytes)`)
  const outer = d.enter()
  while (d.at < end) {
    const size = d.unsigned(f['tls.handshake.certificate_length'], 3)
    d.span(f['tls.handshake.certificate'], size)
  }
  d.leave(outer)
}

function sessionTicket(d: Decoder, f: TlsFields): void {
  d.note(d.at, d.end, 'TLS Session Ticket')
  const outer = d.enter()
  d.u32(f['tls.handshake.session_ticket_lifetime_hint'])
  const length = d.u16(f['tls.handshake.session_ticket_length'])
  if (length > 0) d.span(f['tls.handshake.session_ticket'], length)
  d.leave(outer)
}
