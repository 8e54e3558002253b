// Point-to-Point Protocol with and without HDLC framing (RFC 1661, RFC 1662), PPP over Ethernet (RFC 2516) and Cisco HDLC.
// Not covered: link and network control protocols, compression, tags of PPPoE discovery, frame check sequences.
import { defineProtocol, expert, u16, u8 } from '../../dissect/define'
import { ETHERTYPES } from '../../values/ethertypes'

const PROTOCOLS = {
  0x0021: 'Internet Protocol version 4',
  0x002b: 'Novell IPX',
  0x0057: 'Internet Protocol version 6',
  0x0281: 'MPLS Unicast',
  0x0283: 'MPLS Multicast',
  0x8021: 'Internet Protocol Control Protocol',
  0x8057: 'IPv6 Control Protocol',
  0x80fd: 'Compression Control Protocol',
  0xc021: 'Link Control Protocol',
  0xc023: 'Password Authentication Protocol',
  0xc025: 'Link Quality Report',
  0xc223: 'Challenge Handshake Authentication Protocol',
}

export const ppp = defineProtocol({
  name: 'ppp',
  title: 'Point-to-Point Protocol',
  short: 'PPP',
  accepts: { linktype: [9, 50, 204], 'gre.proto': [0x880b], ethertype: [0x880b], 'pppoe.session': ['ppp'], 'l2tp.payload': ['ppp'] },
  fields: {
    'ppp.address': u8('Address', { base: 'hex' }),
    'ppp.control': u8('Control', { base: 'hex' }),
    'ppp.protocol': u16('Protocol', { base: 'hex', values: PROTOCOLS }),
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
      if (d.summary)
        d.setInfo((PROTOCOLS as Readonly<Record<number, string>>)[protocol] ?? `PPP protocol 0x${protocol.toString(16).padStart(4, '0')}`)
      d.data()
    }
    return undefined
  },
})

const pppoeFields = {
  'pppoe.version': u8('Version', { mask: 0xf0 }),
  'pppoe.type': u8('Type', { mask: 0x0f }),
  'pppoe.code': u8('Code', {
    base: 'hex',
    values: {
      0: 'Session Data',
      7: 'Active Discovery Offer (PADO)',
      9: 'Active Discovery Initiation (PADI)',
      0x0a: 'Session-Grant (PADG)',
      0x19: 'Active Discovery Request (PADR)',
      0x65: 'Active Discovery Session-confirmation (PADS)',
      0xa7: 'Active Discovery Terminate (PADT)',
    },
  }),
  'pppoe.session_id': u16('Session ID', { base: 'hex' }),
  'pppoe.payload_length': u16('Payload Length'),
  'pppoe.payload_length.bad': expert('warning', 'protocol', 'Possible bad payload length'),
} as const

export const pppoeSession = defineProtocol({
  name: 'pppoes',
  title: 'PPP-over-Ethernet Session',
  short: 'PPPoES',
  accepts: { ethertype: [0x8864] },
  fields: pppoeFields,
  decode(d, f) {
    const octet = d.peek8()
    d.setProtocol('PPPoES')
    d.setInfo('PPP-over-Ethernet Session')
    d.require(6)
    d.bits(f['pppoe.version'], d.at, d.at + 1, octet)
    d.bits(f['pppoe.type'], d.at, d.at + 1, octet)
    d.skip(1)
    d.u8(f['pppoe.code'])
    d.u16(f['pppoe.session_id'])
    const length = d.u16(f['pppoe.payload_length'])
    d.layerEnds(d.at)
    const end = length <= d.left ? d.at + length : d.end
    if (!d.next('pppoe.session', 'ppp', d.at, end)) d.data(d.at, end)
  },
})

export const pppoeDiscovery = defineProtocol({
  name: 'pppoed',
  title: 'PPP-over-Ethernet Discovery',
  short: 'PPPoED',
  accepts: { ethertype: [0x8863] },
  fields: pppoeFields,
  decode(d, f) {
    const octet = d.peek8()
    d.setProtocol('PPPoED')
    d.setInfo('')
    d.require(6)
    d.bits(f['pppoe.version'], d.at, d.at + 1, octet)
    d.bits(f['pppoe.type'], d.at, d.at + 1, octet)
    d.skip(1)
    const code = d.u8(f['pppoe.code'])
    if (d.summary) d.setInfo((pppoeFields['pppoe.code'].values as Record<number, string>)[code] ?? 'Unknown code')
    d.u16(f['pppoe.session_id'])
    d.u16(f['pppoe.payload_length'])
  },
})

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
    if (d.next('chdlc.protocol', protocol) || (plain && d.next('ethertype', protocol))) return
    if (d.summary) d.setInfo(`Protocol 0x${protocol.toString(16).padStart(4, '0')}`)
    d.data()
  },
})
