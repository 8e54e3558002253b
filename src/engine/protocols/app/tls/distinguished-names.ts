// Names of certificate authorities in a certificate request (RFC 5246, 7.4.4) or extension (RFC 8446, 4.2.4).
import type { Decoder } from '../../../dissect/define'
import type { TlsFields } from './fields'

/** DistinguishedName list with its length; each name is read by whoever knows X.501 names. */
export function distinguishedNames(d: Decoder, f: TlsFields): void {
  const length = d.u16(f['tls.handshake.dnames_len']),
    end = d.at + length
  if (length === 0) return
  d.require(length)
  d.range(f['tls.handshake.dnames'], d.at, end)
  if (d.labels) d.label(`Distinguished Names (${length} byte${length === 1 ? '' : 's'})`)
  const outer = d.enter()
  while (d.at < end) {
    const size = d.u16(f['tls.handshake.dname_len'])
    d.require(size)
    d.range(f['tls.handshake.dname'], d.at, d.at + size)
    const inner = d.enter()
    d.embed('ber.type', 'x509if.RDNSequence', d.at, d.at + size, false)
    d.at += size
    d.leave(inner)
  }
  d.leave(outer)
}
