// Packets that Linux's netfilter logs (LINKTYPE_NFLOG): attributes in the byte order of the capturing host, one of which holds the packet. Not covered:
// the single attributes' contents.
import { bytes, defineProtocol, u16, u8 } from '../../dissect/define'

const PAYLOAD = 9,
  HEADER = 4
/** Address families of Linux, as the IP versions that the payload may have. */
const VERSIONS: Readonly<Record<number, number>> = { 2: 4, 10: 6 }

export const nflog = defineProtocol({
  name: 'nflog',
  title: 'Linux Netfilter NFLOG',
  short: 'NFLOG',
  accepts: { linktype: [239] },
  fields: {
    'nflog.family': u8('Family', { values: { 2: 'IPv4', 10: 'IPv6' } }),
    'nflog.version': u8('Version'),
    'nflog.res_id': u16('Resource id'),
    'nflog.tlv': bytes('TLV'),
    'nflog.tlv_length': u16('Length'),
    'nflog.tlv_type': u16('Type'),
  },
  decode(d, f) {
    d.setProtocol('NFLOG')
    d.setInfo('')
    const family = d.u8(f['nflog.family'])
    d.u8(f['nflog.version'])
    d.u16(f['nflog.res_id'])
    // the first attribute is shorter than 256 octets: its length tells the order of the host
    const little = d.peek16() > d.peek16le(),
      order = (at: number) => (little ? d.peek16le(at) : d.peek16(at))
    let payload = -1,
      payloadEnd = -1
    while (d.left >= HEADER) {
      const at = d.at,
        length = order(at),
        type = order(at + 2) & 0x7fff
      if (length < HEADER) break
      const end = Math.min(d.end, at + length)
      d.range(f['nflog.tlv'], at, Math.min(end, d.readable))
      const outer = d.enter()
      d.add(f['nflog.tlv_length'], at, at + 2, length)
      d.add(f['nflog.tlv_type'], at + 2, at + HEADER, type)
      d.leave(outer)
      if (type === PAYLOAD) {
        payload = at + HEADER
        payloadEnd = end
      }
      // attributes are aligned to four octets
      d.at = Math.min(d.end, at + ((length + 3) & ~3))
    }
    if (payload < 0) return
    d.at = payload
    d.end = payloadEnd
    d.layerEnds(d.at)
    const version = VERSIONS[family]
    if (version === undefined || !d.next('ip.version', version)) d.data()
  },
})
