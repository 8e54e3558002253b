// Teredo (RFC 4380): IPv6 in UDP through NAT, with its authentication and origin headers.
import { bytes, defineProtocol, ipv4, none, u16, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'

const PORT = 3544

export const teredo = defineProtocol({
  name: 'teredo',
  title: 'Teredo IPv6 over UDP tunneling',
  short: 'Teredo',
  firstVisit: 'packets',
  accepts: { 'udp.port': [PORT] },
  heuristic: ['udp'],
  recognises: recognised,
  fields: {
    'teredo.auth': none('Teredo Authentication header'),
    'teredo.auth.idlen': u8('Client identifier length'),
    'teredo.auth.aulen': u8('Authentication value length'),
    'teredo.auth.id': bytes('Client identifier'),
    'teredo.auth.value': bytes('Authentication value'),
    'teredo.auth.nonce': bytes('Nonce value'),
    'teredo.auth.conf': bytes('Confirmation byte'),
    'teredo.orig': none('Teredo Origin Indication header'),
    'teredo.orig.port': u16('Origin UDP port'),
    'teredo.orig.addr': ipv4('Origin IPv4 address'),
  },
  decode(d, f) {
    d.setProtocol('Teredo')
    d.setInfo('')
    if (d.peek16() === 1) {
      const at = d.at,
        size = d.peek8(at + 2),
        authSize = d.peek8(at + 3),
        end = at + 13 + size + authSize
      d.require(end - at)
      d.range(f['teredo.auth'], at, end)
      const outer = d.enter()
      d.skip(2)
      d.u8(f['teredo.auth.idlen'])
      d.u8(f['teredo.auth.aulen'])
      if (size) d.span(f['teredo.auth.id'], size)
      if (authSize) d.span(f['teredo.auth.value'], authSize)
      d.span(f['teredo.auth.nonce'], 8)
      d.span(f['teredo.auth.conf'], 1)
      d.leave(outer)
    }
    if (d.peek16() === 0 && d.has(8)) {
      d.range(f['teredo.orig'], d.at, d.at + 8)
      const outer = d.enter()
      d.skip(2)
      // both are sent with every bit inverted (RFC 4380, 5.1.1)
      d.add(f['teredo.orig.port'], d.at, d.at + 2, ~d.peek16() & 0xffff)
      d.value(
        f['teredo.orig.addr'],
        d.at + 2,
        d.at + 6,
        Uint8Array.from(d.slice(d.at + 2, d.at + 6), (byte) => ~byte & 255),
      )
      d.skip(6)
      d.leave(outer)
    }
    d.layerEnds(d.at)
    if (d.peek8() >> 4 === 6 && d.next('ip.version', 6)) return
    d.data()
  },
})

/** An IPv6 packet of exactly the datagram's length, one of whose addresses is a Teredo address. */
function recognised(d: Decoder): boolean {
  const at = d.at
  if (d.left < 40 || d.peek8(at) >> 4 !== 6 || d.peek16(at + 4) !== d.left - 40) return false
  return d.peek32(at + 8) === 0x20010000 || d.peek32(at + 24) === 0x20010000
}
