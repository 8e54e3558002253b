// Signed certificate timestamps (RFC 6962, 3.2 and 3.3): in a TLS extension and in an extension of a certificate.
import type { Decoder } from '../../../dissect/define'
import type { TlsFields } from './fields'
import { signatureScheme } from './signatures'

/** SignedCertificateTimestampList. */
export function certificateTimestamps(d: Decoder, f: TlsFields): void {
  const length = d.u16(f['tls.sct.scts_length']),
    end = d.at + length
  while (d.at < end) {
    d.note(d.at, Math.min(d.readable, d.at + 2 + d.peek16()), 'Signed Certificate Timestamp')
    const outer = d.enter()
    d.u16(f['tls.sct.sct_length'])
    d.u8(f['tls.sct.sct_version'])
    d.span(f['tls.sct.sct_logid'], 32)
    const at = d.at
    d.skip(8)
    const milliseconds = d.peekInteger(at, 8),
      seconds = Math.floor(milliseconds / 1000)
    d.time(f['tls.sct.sct_timestamp'], seconds, (milliseconds - seconds * 1000) * 1_000_000, at, at + 8, false)
    const extensions = d.u16(f['tls.sct.sct_extensions_length'])
    if (extensions > 0) d.span(f['tls.sct.sct_extensions'], extensions)
    signatureScheme(d, f)
    const signature = d.u16(f['tls.sct.sct_signature_length'])
    d.span(f['tls.sct.sct_signature'], signature)
    d.leave(outer)
  }
}
