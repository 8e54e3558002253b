// Point-to-Point Protocol with and without HDLC framing (RFC 1661, RFC 1662). What it carries accepts its number in the table 'ppp.protocol'.
// Not covered: byte stuffing of serial lines, frame check sequences.
import { defineProtocol, u16, u8 } from '../../../dissect/define'
import { pppProtocolName } from './numbers'

export const ppp = defineProtocol({
  name: 'ppp',
  title: 'Point-to-Point Protocol',
  short: 'PPP',
  accepts: { linktype: [9, 50, 204], 'gre.proto': [0x880b], ethertype: [0x880b], 'pppoe.session': ['ppp'], 'l2tp.payload': ['ppp'] },
  fields: {
    'ppp.address': u8('Address', { base: 'hex' }),
    'ppp.control': u8('Control', { base: 'hex' }),
    'ppp.protocol': u16('Protocol', { base: 'hex', values: pppProtocolName }),
  },
  decode(d, f) {
    const start = d.at
    // Cisco's framing on a PPP link type
    if (d.key === 50 || d.key === 9) {
      const address = d.peek8()
      if ((address === 0x0f || address === 0x8f) && d.has(4)) return d.next('linktype', 104) ? undefined : false
    }
    d.setProtocol('PPP')
    d.setInfo('PPP')
    d.require(1)
    if (d.peek16(start) === 0xff03) {
      d.u8(f['ppp.address'])
      d.u8(f['ppp.control'])
    }
    // the first octet of the number is left out when it is zero and that was agreed (RFC 1661, 6.5)
    const protocol = d.unsigned(f['ppp.protocol'], d.peek8() & 1 ? 1 : 2)
    d.layerEnds(d.at)
    if (d.left <= 0) return undefined
    if (!d.next('ppp.protocol', protocol)) {
      const number = `0x${protocol.toString(16).padStart(4, '0')}`
      d.setProtocol(number)
      if (d.summary) d.setInfo(`PPP ${pppProtocolName(protocol)} (${number})`)
      d.data()
    }
    return undefined
  },
})
