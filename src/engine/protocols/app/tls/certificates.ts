// Messages about certificates: the chain, the request for the client's, the proof of holding the key (RFC 5246, 7.4.2 to 7.4.8; RFC 8446, 4.4; RFC 8879).
import type { Decoder } from '../../../dissect/define'
import { distinguishedNames } from './distinguished-names'
import { readExtensions } from './extensions'
import type { TlsFields } from './fields'
import { signatureAlgorithms, signatureScheme } from './signatures'

const CERTIFICATE = 11,
  CERTIFICATE_REQUEST = 13
const TLS12 = 0x0303,
  TLS13 = 0x0304
/** Largest certificate message that is decompressed (RFC 8879, 5 leaves the bound to the receiver). */
const LARGEST = 1 << 24
const COMPRESSIONS: Readonly<Record<number, 'deflate' | 'br' | 'zstd'>> = { 1: 'deflate', 2: 'br', 3: 'zstd' }

function requestContext(d: Decoder, f: TlsFields): void {
  const length = d.u8(f['tls.handshake.certificate_request_context_length'])
  if (length > 0) d.span(f['tls.handshake.certificate_request_context'], length)
}

/** Certificate: the chain, the sender's own first. */
export function certificates(d: Decoder, f: TlsFields, version: number): void {
  if (version === TLS13) requestContext(d, f)
  const length = d.unsigned(f['tls.handshake.certificates_length'], 3),
    end = d.at + length
  if (length === 0) return
  d.require(length)
  d.range(f['tls.handshake.certificates'], d.at, end)
  if (d.labels) d.label(`Certificates (${length} bytes)`)
  const outer = d.enter()
  while (d.at < end) {
    const size = d.unsigned(f['tls.handshake.certificate_length'], 3)
    if (size > 0) {
      d.require(size)
      d.range(f['tls.handshake.certificate'], d.at, d.at + size)
      const inner = d.enter()
      d.embed('ber.type', 'x509af.Certificate', d.at, d.at + size, false)
      d.leave(inner)
      d.at += size
    }
    if (version === TLS13) readExtensions(d, f, CERTIFICATE, version)
  }
  d.leave(outer)
}

/** CompressedCertificate: a Certificate message inside, in a source of its own. */
export function compressedCertificate(d: Decoder, f: TlsFields, version: number): void {
  const algorithm = d.u16(f['tls.compress_certificate.algorithm'])
  d.unsigned(f['tls.compress_certificate.uncompressed_length'], 3)
  const length = d.unsigned(f['tls.compress_certificate.compressed_certificate_message.length'], 3),
    at = d.at
  d.span(f['tls.compress_certificate.compressed_certificate_message'], length)
  const encoding = COMPRESSIONS[algorithm],
    message = encoding && d.session.inflate.inflate(d.slice(at, at + length), encoding, LARGEST)
  if (!message) return
  d.within('Decompressed certificate', message, () => {
    certificates(d, f, version)
  })
}

/** CertificateRequest. */
export function certificateRequest(d: Decoder, f: TlsFields, version: number): void {
  if (version === TLS13) {
    requestContext(d, f)
    readExtensions(d, f, CERTIFICATE_REQUEST, version)
    return
  }
  const types = d.u8(f['tls.handshake.cert_types_count'])
  d.require(types)
  if (types > 0) {
    d.range(f['tls.handshake.cert_types'], d.at, d.at + types)
    if (d.labels) d.label(`Certificate types (${types} type${types === 1 ? '' : 's'})`)
    const outer = d.enter()
    for (let i = 0; i < types; i++) d.u8(f['tls.handshake.cert_type'])
    d.leave(outer)
  }
  if (version === TLS12) signatureAlgorithms(d, f)
  distinguishedNames(d, f)
}

/** CertificateVerify: since TLS 1.2 with the scheme of the signature. */
export function certificateVerify(d: Decoder, f: TlsFields, version: number): void {
  if (version >= TLS12) signatureScheme(d, f)
  const length = d.u16(f['tls.handshake.client_cert_vrfy.sig_len'])
  d.span(f['tls.handshake.client_cert_vrfy.sig'], length)
}

/** CertificateURL (RFC 6066, 5). */
export function certificateUrl(d: Decoder, f: TlsFields): void {
  d.u8(f['tls.handshake.cert_url_type'])
  const end = d.u16(f['tls.handshake.cert_url.url_hash_len']) + d.at
  while (d.at < end) {
    d.range(f['tls.handshake.cert_url.url_hash'], d.at, Math.min(d.readable, d.at + 23 + d.peek16()))
    const outer = d.enter(),
      length = d.u16(f['tls.handshake.cert_url.url_len'])
    d.span(f['tls.handshake.cert_url.url'], length)
    d.span(f['tls.handshake.cert_url.padding'], 1)
    d.span(f['tls.handshake.cert_url.sha1'], 20)
    d.leave(outer)
  }
}
