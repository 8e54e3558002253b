// Signature schemes (RFC 8446, 4.2.3), and the pairs of hash and signature that TLS 1.2 made of them (RFC 5246, 7.4.1.4.1).
import type { Decoder } from '../../../dissect/define'
import type { TlsFields } from './fields'
import { list16 } from './lists'

/** One scheme, as one number and as the pair. */
export function signatureScheme(d: Decoder, f: TlsFields): void {
  const at = d.at
  d.u16(f['tls.handshake.sig_hash_alg'])
  const outer = d.enter()
  d.add(f['tls.handshake.sig_hash_hash'], at, at + 1, d.peek8(at))
  d.add(f['tls.handshake.sig_hash_sig'], at + 1, at + 2, d.peek8(at + 1))
  d.leave(outer)
}

/** A list of schemes. */
export function signatureAlgorithms(d: Decoder, f: TlsFields): void {
  list16(d, f['tls.handshake.sig_hash_alg_len'], f['tls.handshake.sig_hash_algs'], 'Signature Hash Algorithms', 'algorithm', () => {
    signatureScheme(d, f)
  })
}
