// IP security: authentication header (RFC 4302) and encapsulating security payload (RFC 4303), also in UDP (RFC 3948).
// Also the header of IP payload compression (RFC 3173). Not covered: decryption, decompression and integrity checks.
import { CONVERSATIONS } from '../../dissect/conversation'
import { bytes, defineProtocol, defineState, expert, framenum, none, u16, u32, u8 } from '../../dissect/define'
import type { Decoder } from '../../dissect/define'
import type { FieldIds } from '../../dissect/registry'
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
    const start = d.at,
      isIpv6 = d.packet.netSource.kind === 'ipv6'
    d.setProtocol('AH')
    const next = d.u8(f['ah.next_header']),
      length = (d.u8(f['ah.length']) + 2) * 4
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

const espFields = {
  'esp.spi': u32('ESP SPI', { base: 'hex-dec' }),
  'esp.sequence': u32('ESP Sequence'),
  'esp.sequence-analysis.expected-sn': u32('Expected SN', { generated: true }),
  'esp.sequence-analysis.previous-frame': framenum('Previous Frame', { generated: true }),
  'esp.sequence-analysis.wrong-sequence-number': expert('warning', 'sequence', 'Wrong Sequence Number'),
} as const

interface Sequences {
  /** Latest number and its frame of each security association, by index and destination. */
  readonly latest: Map<string, { number: number; frame: number }>
  /** What the packet before a packet out of order had, by frame and position. */
  readonly gaps: Map<string, { readonly number: number; readonly frame: number }>
}
const SEQUENCES = defineState<Sequences>('esp.sequences', () => ({ latest: new Map(), gaps: new Map() }))

/** Each packet of an association counts one on (RFC 4303, 2.2). */
function followSequence(d: Decoder, f: FieldIds<typeof espFields>, spi: number, number: number): void {
  const { latest, gaps } = d.state(SEQUENCES),
    p = d.packet,
    place = `${p.number}/${d.source}/${d.at}`,
    at = d.at - 4
  if (d.first) {
    const key = `${spi}/${d.state(CONVERSATIONS).addresses.of(p.netDestination)}`,
      before = latest.get(key)
    if (before && number !== before.number + 1) gaps.set(place, { number: before.number, frame: before.frame })
    latest.set(key, { number, frame: p.number })
  }
  const gap = gaps.get(place)
  if (!gap) return
  const missing = number - gap.number - 1,
    kind = number === gap.number ? `${number} repeated` : missing > 0 ? `${missing} missing` : 'less than expected'
  d.generated(f['esp.sequence-analysis.expected-sn'], gap.number + 1, at, at + 4)
  d.expert(
    f['esp.sequence-analysis.wrong-sequence-number'],
    at,
    at + 4,
    `Wrong Sequence Number for SPI ${spi.toString(16).padStart(8, '0')} - ${kind}`,
    d.last,
  )
  d.generated(f['esp.sequence-analysis.previous-frame'], gap.frame)
}

export const ipcomp = defineProtocol({
  name: 'ipcomp',
  title: 'IP Payload Compression',
  short: 'IPComp',
  accepts: { 'ip.proto': [108] },
  fields: {
    'ipcomp.next_header': u8('Next Header', { values: ipProtocolName }),
    'ipcomp.flags': u8('IPComp Flags', { base: 'hex' }),
    'ipcomp.cpi': u16('IPComp CPI', { base: 'hex' }),
  },
  decode(d, f) {
    d.setProtocol('IPComp')
    d.setInfo('')
    d.require(4)
    d.u8(f['ipcomp.next_header'])
    d.u8(f['ipcomp.flags'])
    const index = d.u16(f['ipcomp.cpi'])
    if (d.summary) d.setInfo(`IPComp (CPI=0x${index.toString(16).padStart(4, '0')})`)
    d.layerEnds(d.at)
    d.data()
  },
})

export const esp = defineProtocol({
  name: 'esp',
  title: 'Encapsulating Security Payload',
  short: 'ESP',
  accepts: { 'ip.proto': [50], udpencap: ['esp'] },
  fields: espFields,
  decode(d, f) {
    d.setProtocol('ESP')
    d.setInfo('')
    const spi = d.u32(f['esp.spi'])
    if (d.summary) d.setInfo(`ESP (SPI=0x${spi.toString(16).padStart(8, '0')})`)
    followSequence(d, f, spi, d.u32(f['esp.sequence']))
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
