// A certificate's status that the server staples (RFC 6066, 8; RFC 6961, 2.2).
import type { Decoder } from '../../../dissect/define'
import type { TlsFields } from './fields'

const OCSP = 1,
  OCSP_MULTI = 2

/** CertificateStatus: a message of its own, or an extension of a certificate in TLS 1.3. */
export function certificateStatus(d: Decoder, f: TlsFields): void {
  const type = d.u8(f['tls.handshake.extensions_status_request_type'])
  if (type === OCSP) ocspResponse(d, f)
  if (type !== OCSP_MULTI) return
  const length = d.unsigned(f['tls.handshake.ocsp_response_list_len'], 3),
    end = d.at + length
  while (d.at < end) ocspResponse(d, f)
}

function ocspResponse(d: Decoder, f: TlsFields): void {
  const length = d.unsigned(f['tls.handshake.ocsp_response_len'], 3)
  d.require(length)
  if (length > 0) d.embed('ber.type', 'ocsp.OCSPResponse', d.at, d.at + length, false)
  d.at += length
}
