// IP security: authentication header (RFC 4302) and encapsulating security payload (RFC 4303), also in UDP (RFC 3948).
// Not covered: decryption and integrity checks.
import { bytes, defineProtocol, none, u32, u8 } from '../../dissect/define'
import { ipProtocolName } from '../../values/ip-protocols'

export const authenticationHeader = defineProtocol({
  name: 'ah',
  title: 'Authentication Header',
  short: 'AH',
  accepts: { 'ip.proto': [51] },
  fields: {
    'ah.next_header': u8('Next header', { values: ipProtocolName }),
    'ah.length': u8('Length'),
    'ah.reserved': bytes('Reserved'),
    'ah.spi': u32('AH SPI', { base: 'hex' }),
    'ah.sequence': u32('AH Sequence'),
    'ah.icv': bytes('AH ICV'),
  },
  decode(d, f) {
    const start = d.at, isIpv6 = d.packet.netSource.kind === 'ipv6'
    d.setProtocol('AH')
    const next = d.u8(f['ah.next_header']), length = (d.u8(f['ah.length']) + 2) * 4
    d.span(f['ah.reserved'], 2)
    const spi = d.u32(f['ah.spi'])
    if (d.summary) d.setInfo(`AH (SPI=0x${spi.toString(16).padStart(8, '0')})`)
    d.u32(f['ah.sequence'])
    if (length > 12) d.span(f['ah.icv'], length - 12)
    d.layerEnds(start + length)
    // IPv6 walks on to the next header itself
    if (isIpv6) return
    if (d.left > 0 && !d.next('ip.proto', next)) d.data()
  },
})

export const esp = defineProtocol({
  name: 'esp',
  title: 'Encapsulating Security Payload',
  short: 'ESP',
  accepts: { 'ip.proto': [50], udpencap: ['esp'] },
  fields: { 'esp.spi': u32('ESP SPI', { base: 'hex-dec' }), 'esp.sequence': u32('ESP Sequence') },
  decode(d, f) {
    d.setProtocol('ESP')
    d.setInfo('')
    const spi = d.u32(f['esp.spi'])
    if (d.summary) d.setInfo(`ESP (SPI=0x${spi.toString(16).padStart(8, '0')})`)
    d.u32(f['esp.sequence'])
    d.layerEnds(d.end)
  },
})

export const espInUdp = defineProtocol({
  name: 'udpencap',
  title: 'UDP Encapsulation of IPsec Packets',
  short: 'UDPENCAP',
  accepts: { 'udp.port': [4500] },
  fields: { 'udpencap.nat_keepalive': none('NAT-keepalive packet'), 'udpencap.non_esp_marker': none('Non-ESP Marker') },
  decode(d, f) {
    d.setProtocol('UDPENCAP')
    d.setInfo('')
    const start = d.at
    if (d.left === 1 && d.peek8() === 0xff) {
      d.setInfo('NAT-keepalive')
      d.range(f['udpencap.nat_keepalive'], start, start + 1)
      return
    }
    if (d.peek32() === 0 && d.left >= 4) {
      d.setInfo('ISAKMP')
      d.range(f['udpencap.non_esp_marker'], start, start + 4)
      d.layerEnds(start + 4)
      if (!d.next('udp.port', 500, start + 4)) d.data(start + 4)
      return
    }
    d.layerEnds(start)
    if (!d.next('udpencap', 'esp', start)) d.data(start)
  },
})
