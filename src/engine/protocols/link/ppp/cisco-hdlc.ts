// Cisco HDLC: frames of ethertypes behind an address and a control octet.
import { defineProtocol, u16, u8 } from '../../../dissect/define'
import { ETHERTYPES } from '../../../values/ethertypes'

const OSI = 0xfefe

export const ciscoHdlc = defineProtocol({
  name: 'chdlc',
  title: 'Cisco HDLC',
  short: 'CHDLC',
  accepts: { linktype: [104] },
  fields: {
    'chdlc.address': u8('Address', { base: 'hex', values: { 0x0f: 'Unicast', 0x8f: 'Multicast' } }),
    'chdlc.control': u8('Control', { base: 'hex' }),
    'chdlc.protocol': u16('Protocol', { base: 'hex', values: ETHERTYPES }),
  },
  decode(d, f) {
    d.setProtocol('CHDLC')
    d.setInfo('')
    d.u8(f['chdlc.address'])
    d.u8(f['chdlc.control'])
    const protocol = d.u16(f['chdlc.protocol'])
    d.layerEnds(d.at)
    const plain = protocol === 0x0800 || protocol === 0x86dd || protocol === 0x8847 || protocol === 0x8848
    // an octet of padding stands in front of OSI's packets
    if (protocol === OSI && d.left > 1 && d.next('osi.network', OSI, d.at + 1)) return
    if (d.next('chdlc.protocol', protocol) || (plain && d.next('ethertype', protocol))) return
    if (d.summary) d.setInfo(`Protocol 0x${protocol.toString(16).padStart(4, '0')}`)
    d.data()
  },
})
