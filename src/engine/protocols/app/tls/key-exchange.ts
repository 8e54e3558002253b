// Key exchange messages of SSL 3.0 to TLS 1.2 (RFC 5246, 7.4.3 and 7.4.7; RFC 8422, 5.4 and 5.7; RFC 4279; RFC 5489). What they hold follows from the cipher
// suite. Not covered: SRP, EC J-PAKE, curves given by their parameters.
import type { Decoder, FieldId } from '../../../dissect/define'
import { tlsCipherSuiteName } from '../../../values/tls'
import type { TlsProgress } from './connection'
import type { TlsFields } from './fields'
import { signatureScheme } from './signatures'

const SSL3 = 0x0300,
  TLS12 = 0x0303
const NAMED_CURVE = 3

/** Suites whose names tshark 4.0 knows, but not their key exchange, so that it leaves the messages closed: ChaCha20's of a draft and, with (EC)DHE and shared
 *  keys, of RFC 7905, and ARIA's (RFC 6209) but for two of those with shared keys. */
function isClosed(suite: number): boolean {
  return (
    (suite >= 0xcc13 && suite <= 0xcc15) ||
    suite === 0xccac ||
    suite === 0xccad ||
    (suite >= 0xc03c && suite <= 0xc071 && suite !== 0xc064 && suite !== 0xc065)
  )
}

/** Key exchange of a cipher suite as its name says it: 'ECDHE_RSA'; '' when unknown. */
function keyExchange(suite: number): string {
  if (isClosed(suite)) return ''
  const name = /^(?:TLS|SSL)_(.+?)(?:_EXPORT(?:1024)?|_FIPS)?_WITH_/.exec(tlsCipherSuiteName(suite) ?? '')?.[1] ?? ''
  return name === 'PSK_DHE' ? 'DHE_PSK' : name
}

/** Whether the server signs what it sends: it does not where nobody can know it, and where a shared key vouches for both. */
function isSigned(exchange: string): boolean {
  return !exchange.endsWith('anon') && !exchange.endsWith('PSK')
}

/** A length and as many bytes. */
function vector(d: Decoder, length: number, field: FieldId<'bytes'>): void {
  d.span(field, length)
}

/** ServerKeyExchange. */
export function serverKeyExchange(d: Decoder, f: TlsFields, { suite, version }: TlsProgress): void {
  const exchange = keyExchange(suite)
  if (/^ECDHE?_/.test(exchange)) ecdhParameters(d, f, exchange, version)
  else if (/^DHE?_/.test(exchange)) dhParameters(d, f, exchange, version)
  else if (exchange === 'PSK' || exchange === 'RSA_PSK') {
    group(d, 'PSK Server Params', () => {
      hint(d, f)
    })
  } else if (exchange === 'RSA') {
    group(d, 'RSA-EXPORT Server Params', () => {
      vector(d, d.u16(f['tls.handshake.modulus_len']), f['tls.handshake.modulus'])
      vector(d, d.u16(f['tls.handshake.exponent_len']), f['tls.handshake.exponent'])
      signature(d, f, version)
    })
  }
}

function ecdhParameters(d: Decoder, f: TlsFields, exchange: string, version: number): void {
  group(d, 'EC Diffie-Hellman Server Params', () => {
    if (exchange.endsWith('PSK')) hint(d, f)
    const kind = d.u8(f['tls.handshake.server_curve_type'])
    if (kind !== NAMED_CURVE) return
    d.u16(f['tls.handshake.server_named_curve'])
    vector(d, d.u8(f['tls.handshake.server_point_len']), f['tls.handshake.server_point'])
    if (isSigned(exchange)) signature(d, f, version)
  })
}

function dhParameters(d: Decoder, f: TlsFields, exchange: string, version: number): void {
  group(d, 'Diffie-Hellman Server Params', () => {
    if (exchange.endsWith('PSK')) hint(d, f)
    vector(d, d.u16(f['tls.handshake.p_len']), f['tls.handshake.p'])
    vector(d, d.u16(f['tls.handshake.g_len']), f['tls.handshake.g'])
    vector(d, d.u16(f['tls.handshake.ys_len']), f['tls.handshake.ys'])
    if (isSigned(exchange)) signature(d, f, version)
  })
}

function hint(d: Decoder, f: TlsFields): void {
  const length = d.u16(f['tls.handshake.hint_len'])
  if (length > 0) d.span(f['tls.handshake.hint'], length)
}

function signature(d: Decoder, f: TlsFields, version: number): void {
  if (version >= TLS12) signatureScheme(d, f)
  vector(d, d.u16(f['tls.handshake.sig_len']), f['tls.handshake.sig'])
}

/** ClientKeyExchange. */
export function clientKeyExchange(d: Decoder, f: TlsFields, { suite, version }: TlsProgress): void {
  const exchange = keyExchange(suite)
  if (/^ECDHE?_/.test(exchange)) {
    group(d, 'EC Diffie-Hellman Client Params', () => {
      if (exchange.endsWith('PSK')) identity(d, f)
      vector(d, d.u8(f['tls.handshake.client_point_len']), f['tls.handshake.client_point'])
    })
  } else if (/^DHE?_/.test(exchange)) {
    group(d, 'Diffie-Hellman Client Params', () => {
      if (exchange.endsWith('PSK')) identity(d, f)
      vector(d, d.u16(f['tls.handshake.yc_len']), f['tls.handshake.yc'])
    })
  } else if (exchange === 'PSK' || exchange === 'RSA_PSK') {
    group(d, exchange === 'PSK' ? 'PSK Client Params' : 'RSA PSK Client Params', () => {
      identity(d, f)
      if (exchange === 'RSA_PSK') vector(d, d.u16(f['tls.handshake.epms_len']), f['tls.handshake.epms'])
    })
  } else if (exchange === 'RSA') {
    group(d, 'RSA Encrypted PreMaster Secret', () => {
      // SSL 3.0 sends it without its length
      vector(d, version === SSL3 ? d.left : d.u16(f['tls.handshake.epms_len']), f['tls.handshake.epms'])
    })
  }
}

function identity(d: Decoder, f: TlsFields): void {
  const length = d.u16(f['tls.handshake.identity_len'])
  if (length > 0) d.span(f['tls.handshake.identity'], length)
}

function group(d: Decoder, words: string, inside: () => void): void {
  d.note(d.at, d.end, words)
  const outer = d.enter()
  inside()
  d.leave(outer)
}
