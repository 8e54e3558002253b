// Border Gateway Protocol 4 (RFC 4271): message headers. Not covered: what the messages say.
import { bytes, defineProtocol, tcpPdus, u16, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'

const TYPES: Readonly<Record<number, string>> = {
  1: 'OPEN Message',
  2: 'UPDATE Message',
  3: 'NOTIFICATION Message',
  4: 'KEEPALIVE Message',
  5: 'ROUTE-REFRESH Message',
  6: 'CAPABILITY Message',
  0x80: 'Cisco ROUTE-REFRESH Message',
}
const HEADER = 19

function isMarker(d: Decoder): boolean {
  for (let i = 0; i < 16; i++) if (d.peek8(d.at + i) !== 0xff) return false
  return true
}

export const bgp = defineProtocol({
  name: 'bgp',
  title: 'Border Gateway Protocol',
  short: 'BGP',
  accepts: { 'tcp.port': [179] },
  stateInHead: HEADER,
  fields: {
    'bgp.marker': bytes('Marker'),
    'bgp.length': u16('Length'),
    'bgp.type': u8('Type', { values: TYPES }),
  },
  decode(d, f) {
    if (d.leftCaptured >= 16 && !isMarker(d)) {
      d.setProtocol('BGP')
      if (d.summary) d.setInfo('Continuation')
      d.at = d.end
      return
    }
    let messages = 0
    tcpPdus(
      d,
      HEADER,
      (decoder, at) => decoder.peek16(at + 16),
      (decoder) => {
        if (decoder.stateOnly) return
        if (messages++ > 0) decoder.furtherRow()
        const name = TYPES[decoder.peek8(decoder.at + 18)] ?? 'Unknown Message'
        decoder.layerEnds(decoder.end)
        decoder.setProtocol('BGP')
        if (decoder.summary) {
          if (messages > 1) decoder.appendInfo(`, ${name}`)
          else decoder.setInfo(name)
        }
        if (decoder.labels) decoder.tree.labels[decoder.layerNode] = `Border Gateway Protocol - ${name}`
        decoder.span(f['bgp.marker'], 16)
        decoder.u16(f['bgp.length'])
        decoder.u8(f['bgp.type'])
        decoder.skip(decoder.left)
      },
    )
  },
})
