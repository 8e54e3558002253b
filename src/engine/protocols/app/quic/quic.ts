// QUIC (RFC 9000, 9001, 9369, and drafts from 22 on): packets of a datagram. Initial packets are always decrypted, the others where the capture has keys;
// frames.ts reads what is inside, TLS the handshake (by dispatch). Not covered: what streams carry (HTTP/3), Google's QUIC before Q050.
import { defineProtocol, rememberProtocol } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { hex } from '../../../bytes/text'
import { QUIC_CONNECTIONS } from './connections'
import { QUIC_FIELDS } from './fields'
import type { QuicFields } from './fields'
import { longHeader } from './long-header'
import { PACKET_RECORDS } from './packet-records'
import { shortHeader } from './short-header'
import { draftOf } from './versions'

const LONGEST_ID = 20

/** A datagram that begins with a packet of a known version, or one that carries an ID of a known connection. */
function looksLikeQuic(d: Decoder): boolean {
  if (d.leftCaptured < 13) return false
  const at = d.at
  if (!(d.peek8(at) & 0x80)) return (d.peek8(at) & 0x40) !== 0 && d.state(QUIC_CONNECTIONS).byShortId(d, at) !== undefined
  if (draftOf(d.peek32(at + 1)) < 11) return false
  const destination = d.peek8(at + 5)
  return destination <= LONGEST_ID && d.peek8(at + 6 + destination) <= LONGEST_ID
}

function datagram(d: Decoder, f: QuicFields): void {
  const { tree } = d,
    records = d.state(PACKET_RECORDS),
    end = d.end
  records.begin(tree.chain.indexOf('quic') < tree.chain.length - 1)
  d.setProtocol('QUIC')
  let first = '',
    count = 0
  while (d.at < end && d.at < d.readable) {
    const start = d.at,
      isLong = (d.peek8(start) & 0x80) !== 0
    // a further packet goes to the same destination; what does not is padding outside of any packet (RFC 9000, 12.2)
    const id = isLong ? hex(d.slice(start + 6, start + 6 + d.peek8(start + 5))) : hex(d.slice(start + 1, start + 1 + first.length / 2))
    if (count++ > 0 && id !== first) {
      d.expert(f['quic.coalesced_padding_data'], start, d.readable)
      break
    }
    first = id
    d.setInfo('')
    if (isLong) longHeader(d, f, count === 1)
    else shortHeader(d, f, count === 1)
    d.end = end
    if (d.at <= start) break
  }
  d.at = end
}

export const quic = defineProtocol({
  name: 'quic',
  title: 'QUIC IETF',
  short: 'QUIC',
  heuristic: ['udp'],
  recognises: looksLikeQuic,
  fields: QUIC_FIELDS,
  decode(d, f) {
    if (d.tree.chain.at(-2) === 'udp') rememberProtocol(d, 'quic')
    datagram(d, f)
  },
})
