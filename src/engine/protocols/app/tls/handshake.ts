// Handshake messages of SSL 3.0 and TLS (RFC 6101, 5246, 8446): headers, hellos, tickets and the short ones. Key exchanges are in key-exchange.ts,
// certificates in certificates.ts, extensions in extensions.ts.
import type { Decoder } from '../../../dissect/define'
import { TLS_HANDSHAKE_TYPES } from '../../../values/tls'
import type { TlsProgress } from './connection'
import { certificateStatus } from './certificate-status'
import { certificateRequest, certificateUrl, certificateVerify, certificates, compressedCertificate } from './certificates'
import { isBriefDraft, isDraft, retryNamesSuite, serverHelloParts } from './drafts'
import { cipherSuites, readExtensions } from './extensions'
import type { TlsFields } from './fields'
import { clientFingerprint, serverFingerprint } from './fingerprint'
import { HEADER_MISSING, assembleFragments, continueFragments, pendingLength, recordFragments, startFragments } from './fragments'
import { clientKeyExchange, serverKeyExchange } from './key-exchange'

const CLIENT_HELLO = 1,
  SERVER_HELLO = 2,
  NEW_SESSION_TICKET = 4,
  HELLO_RETRY_REQUEST = 6,
  ENCRYPTED_EXTENSIONS = 8,
  CERTIFICATE = 11,
  SERVER_KEY_EXCHANGE = 12,
  CERTIFICATE_REQUEST = 13,
  SERVER_HELLO_DONE = 14,
  CERTIFICATE_VERIFY = 15,
  CLIENT_KEY_EXCHANGE = 16,
  FINISHED = 20,
  CERTIFICATE_URL = 21,
  CERTIFICATE_STATUS = 22,
  KEY_UPDATE = 24,
  COMPRESSED_CERTIFICATE = 25,
  NEXT_PROTOCOL = 67
const SSL3 = 0x0300,
  TLS13 = 0x0304
/** SHA-256 of "HelloRetryRequest": the random of a server hello that asks for another client hello (RFC 8446, 4.1.3). */
const RETRY_RANDOM = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c'
const ALPN = 16,
  EARLY_DATA = 42,
  SUPPORTED_VERSIONS = 43
/** No message that is not encrypted is longer. */
const LONGEST = 0x1_0000
const ENCRYPTED_MESSAGE = 'Encrypted Handshake Message'

/** Reads a handshake record's messages from the cursor to d.end (`decrypted`: they were protected). Returns what the Info column says of them. */
export function readHandshake(d: Decoder, f: TlsFields, progress: TlsProgress, side: 0 | 1, decrypted = false): string[] {
  const names: string[] = [],
    end = d.end
  let early = false
  if (!decrypted && (progress.encrypted & (1 << side) || (progress.pending[side] === 0 && isGarbled(d)))) {
    if (!d.stateOnly) encryptedMessage(d, f)
    d.at = end
    return [ENCRYPTED_MESSAGE]
  }
  const pending = Math.min(pendingLength(d, progress, side, end - d.at), end - d.at)
  if (pending > 0) {
    const name = continuation(d, f, progress, side, pending)
    if (name !== '') names.push(name)
  }
  while (d.at < end) {
    const start = d.at
    if (end - start < 4) {
      startFragments(d, progress, side, HEADER_MISSING, start, end, 4 - (end - start))
      if (!d.stateOnly) fragmentRow(d, f, start, end, 'Message (fragment)')
      d.at = end
      break
    }
    if (d.stateOnly && !d.has(4)) {
      // the end of a long record is not read for its state alone: those that take up a session are short
      progress.briefServer = -1
      break
    }
    d.require(4)
    const type = d.peek8(start),
      length = d.peek24(start + 1),
      name = isRetry(d, type, start) ? 'Hello Retry Request' : TLS_HANDSHAKE_TYPES[type],
      stop = start + 4 + length
    if (name === undefined || length >= LONGEST) {
      if (!d.stateOnly) encryptedMessage(d, f)
      d.at = end
      names.push(ENCRYPTED_MESSAGE)
      break
    }
    if (stop > end) {
      startFragments(d, progress, side, type, start, end, stop - end)
      if (!d.stateOnly) fragmentRow(d, f, start, end, `${name} (fragment)`)
      d.at = end
      break
    }
    names.push(name)
    early = learn(d, progress, type, start + 4, stop) || early
    if (!d.stateOnly) message(d, f, progress, start, stop, name)
    d.at = stop
  }
  // what follows a hello that offers it is early data, before the server has said anything
  if (early && progress.version === 0) progress.version = TLS13
  return names
}

/** What a whole message tells of the connection. Returns whether it offers early data. */
function learn(d: Decoder, progress: TlsProgress, type: number, start: number, end: number): boolean {
  if (type === SERVER_HELLO) learnFromServerHello(d, progress, start, end)
  else if (type === ENCRYPTED_EXTENSIONS) learnProtocol(d, progress, start, Math.min(end, start + 2 + d.peek16(start)))
  else if (type === CERTIFICATE || type === SERVER_KEY_EXCHANGE || type === SERVER_HELLO_DONE) progress.briefServer = -1
  else if (type === CLIENT_HELLO) progress.random = d.slice(start + 2, start + 34).slice()
  return type === CLIENT_HELLO && offersEarlyData(d, start, end)
}

/** A whole message from start to stop. */
function message(d: Decoder, f: TlsFields, progress: TlsProgress, start: number, stop: number, name: string): void {
  const { end } = d
  d.at = start
  d.range(f['tls.handshake'], start, Math.min(stop, d.readable))
  if (d.labels) d.label(`Handshake Protocol: ${name}`)
  const outer = d.enter(),
    type = d.u8(f['tls.handshake.type'])
  d.unsigned(f['tls.handshake.length'], 3)
  d.end = stop
  d.guard((decoder) => {
    handshakeBody(decoder, f, type, progress)
  })
  d.end = end
  d.leave(outer)
}

/** The next `length` bytes of a message that began in an earlier record. Returns the message's name if they complete it, else ''. */
function continuation(d: Decoder, f: TlsFields, progress: TlsProgress, side: 0 | 1, length: number): string {
  const at = d.at,
    fragments = continueFragments(d, progress, side, at, at + length),
    name = (fragments && TLS_HANDSHAKE_TYPES[fragments.type]) ?? 'Message',
    whole = fragments?.isComplete ? assembleFragments(d, fragments) : undefined
  if (!d.stateOnly) fragmentRow(d, f, at, at + length, `${name} (${progress.pending[side] > 0 ? '' : 'last '}fragment)`)
  d.at = at + length
  if (!fragments || !whole) return ''
  const { parent } = d
  d.within('Reassembled TLS handshake', whole, () => {
    learn(d, progress, fragments.type, 4, whole.length)
    if (d.stateOnly) return
    recordFragments(d, f, fragments)
    message(d, f, progress, 0, whole.length, name)
  })
  d.parent = parent
  return name
}

function fragmentRow(d: Decoder, f: TlsFields, start: number, end: number, words: string): void {
  d.range(f['tls.handshake'], start, Math.min(end, d.readable))
  if (d.labels) d.label(`Handshake Protocol: ${words}`)
}

/** A record that can be no handshake message in the clear, when its connection's start was not captured. */
function isGarbled(d: Decoder): boolean {
  return d.left >= 16 && d.peek24(d.at + 1) >= LONGEST
}

function encryptedMessage(d: Decoder, f: TlsFields): void {
  d.range(f['tls.handshake'], d.at, d.readable)
  if (d.labels) d.label(`Handshake Protocol: ${ENCRYPTED_MESSAGE}`)
}

/** Whether a client hello offers early data (RFC 8446, 4.2.10). */
function offersEarlyData(d: Decoder, start: number, end: number): boolean {
  let at = start + 34
  at += 1 + d.peek8(at)
  at += 2 + d.peek16(at)
  at += 1 + d.peek8(at)
  const stop = Math.min(end, at + 2 + d.peek16(at))
  for (at += 2; at + 4 <= stop; at += 4 + d.peek16(at + 2)) if (d.peek16(at) === EARLY_DATA) return true
  return false
}

/** Version and application protocol that the server chose, read without recording. */
function learnFromServerHello(d: Decoder, progress: TlsProgress, start: number, end: number): void {
  const { suite, extensions } = serverHelloParts(d, start),
    stop = Math.min(end, extensions + 2 + d.peek16(extensions))
  let version = d.peek16(start)
  progress.suite = d.peek16(suite)
  progress.briefServer = d.packet.direction
  learnProtocol(d, progress, extensions, stop)
  for (let at = extensions + 2; at + 4 <= stop; at += 4 + d.peek16(at + 2))
    if (d.peek16(at) === SUPPORTED_VERSIONS) version = d.peek16(at + 4)
  if (isDraft(version)) version = TLS13
  if (version >= SSL3 && version <= TLS13) progress.version = version
}

/** Application protocol that the server chose, among the extensions whose length stands at `start`. */
function learnProtocol(d: Decoder, progress: TlsProgress, start: number, stop: number): void {
  for (let at = start + 2; at + 4 <= stop; at += 4 + d.peek16(at + 2))
    if (d.peek16(at) === ALPN && progress.alpn === '') progress.alpn = d.latin1(at + 7, Math.min(stop, at + 7 + d.peek8(at + 6)))
}

/** Whether the message at a position is a server hello that asks for another client hello. */
function isRetry(d: Decoder, type: number, start: number): boolean {
  return type === SERVER_HELLO && d.peek32(start + 6) === 0xcf21ad74 && d.peek32(start + 34) === 0xc8a8339c
}

/** Reads a message's contents up to d.end. `cookie`: what stands behind a client hello's session id, in DTLS. */
export function handshakeBody(d: Decoder, f: TlsFields, type: number, progress: TlsProgress, cookie?: (d: Decoder) => void): void {
  const { version } = progress
  switch (type) {
    case CLIENT_HELLO:
      clientHello(d, f, version, cookie)
      break
    case SERVER_HELLO:
      serverHello(d, f, version)
      break
    case NEW_SESSION_TICKET:
      sessionTicket(d, f, version)
      break
    case HELLO_RETRY_REQUEST:
      if (retryNamesSuite(d.u16(f['tls.handshake.version']))) d.u16(f['tls.handshake.ciphersuite'])
      readExtensions(d, f, type, version)
      break
    case ENCRYPTED_EXTENSIONS:
      readExtensions(d, f, type, version)
      break
    case CERTIFICATE:
      certificates(d, f, version)
      break
    case SERVER_KEY_EXCHANGE:
      serverKeyExchange(d, f, progress)
      break
    case CERTIFICATE_REQUEST:
      certificateRequest(d, f, version)
      break
    case CERTIFICATE_VERIFY:
      certificateVerify(d, f, version)
      break
    case CLIENT_KEY_EXCHANGE:
      clientKeyExchange(d, f, progress)
      break
    case FINISHED:
      finished(d, f, version)
      break
    case CERTIFICATE_URL:
      certificateUrl(d, f)
      break
    case CERTIFICATE_STATUS:
      certificateStatus(d, f)
      break
    case KEY_UPDATE:
      d.u8(f['tls.handshake.key_update.request_update'])
      break
    case COMPRESSED_CERTIFICATE:
      compressedCertificate(d, f, version)
      break
    case NEXT_PROTOCOL:
      nextProtocol(d, f)
      break
  }
}

function random(d: Decoder, f: TlsFields, withTime: boolean): void {
  const at = d.at
  d.span(f['tls.handshake.random'], 32)
  if (d.labels && isRetry(d, SERVER_HELLO, at - 6)) d.label(`Random: ${RETRY_RANDOM} (HelloRetryRequest)`)
  if (!withTime) return
  const outer = d.enter()
  d.time(f['tls.handshake.random_time'], d.peek32(at), 0, at, at + 4, false)
  d.range(f['tls.handshake.random_bytes'], at + 4, at + 32)
  d.leave(outer)
}

function sessionId(d: Decoder, f: TlsFields): void {
  const length = d.unsigned(f['tls.handshake.session_id_length'], 1)
  if (length > 32) d.expert(f['tls.handshake.session_id_length.error'], d.at - 1, d.at)
  if (length > 0) d.span(f['tls.handshake.session_id'], length)
}

function clientHello(d: Decoder, f: TlsFields, version: number, cookie?: (d: Decoder) => void): void {
  const start = d.at
  d.u16(f['tls.handshake.version'])
  // a further hello of a connection that is known to be TLS 1.3
  random(d, f, version !== TLS13)
  sessionId(d, f)
  const afterId = d.at
  cookie?.(d)
  const cookieLength = d.at - afterId
  cipherSuites(d, f)
  const methods = d.u8(f['tls.handshake.comp_methods_length'])
  d.require(methods)
  d.range(f['tls.handshake.comp_methods'], d.at, d.at + methods)
  if (d.labels) d.label(`Compression Methods (${methods} method${methods === 1 ? '' : 's'})`)
  const outer = d.enter()
  for (let i = 0; i < methods; i++) d.u8(f['tls.handshake.comp_method'])
  d.leave(outer)
  readExtensions(d, f, CLIENT_HELLO, 0)
  clientFingerprint(d, f, start, cookieLength)
}

function serverHello(d: Decoder, f: TlsFields, version: number): void {
  const start = d.at,
    brief = isBriefDraft(d.u16(f['tls.handshake.version']))
  random(d, f, version !== TLS13)
  if (!brief) sessionId(d, f)
  d.u16(f['tls.handshake.ciphersuite'])
  if (!brief) d.u8(f['tls.handshake.comp_method'])
  readExtensions(d, f, SERVER_HELLO, version)
  serverFingerprint(d, f, start)
}

function sessionTicket(d: Decoder, f: TlsFields, version: number): void {
  d.note(d.at, d.end, 'TLS Session Ticket')
  const outer = d.enter()
  d.u32(f['tls.handshake.session_ticket_lifetime_hint'])
  if (version === TLS13) {
    d.u32(f['tls.handshake.session_ticket_age_add'])
    const nonce = d.u8(f['tls.handshake.session_ticket_nonce_length'])
    d.span(f['tls.handshake.session_ticket_nonce'], nonce)
  }
  const length = d.u16(f['tls.handshake.session_ticket_length'])
  if (length > 0) d.span(f['tls.handshake.session_ticket'], length)
  if (version === TLS13) readExtensions(d, f, NEW_SESSION_TICKET, version)
  d.leave(outer)
}

/** Finished: two hashes in SSL 3.0 (RFC 6101, 5.6.9), one value since. */
function finished(d: Decoder, f: TlsFields, version: number): void {
  if (version !== SSL3) {
    d.span(f['tls.handshake.verify_data'], d.left)
    return
  }
  d.span(f['tls.handshake.md5_hash'], 16)
  d.span(f['tls.handshake.sha_hash'], 20)
}

/** Next protocol of the extension that ALPN replaced. */
function nextProtocol(d: Decoder, f: TlsFields): void {
  const length = d.u8(f['tls.handshake.npn_selected_protocol_len'])
  d.span(f['tls.handshake.npn_selected_protocol'], length)
  const padding = d.u8(f['tls.handshake.npn_padding_len'])
  d.span(f['tls.handshake.npn_padding'], padding)
}
