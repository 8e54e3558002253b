// IEEE 802.1Q tags (customer tags, and the older type values for stacked ones) and IEEE 802.1ad service tags.
import { bool, bytes, defineProtocol, expert, u16 } from '../../dissect/define'
import { payloadByEthertype, recordTrailer } from '../../dissect/ethertype'
import { ETHERTYPES } from '../../values/ethertypes'

const PRIORITIES = {
  0: 'Best Effort (default)',
  1: 'Background',
  2: 'Excellent Effort',
  3: 'Critical Applications',
  4: 'Video, < 100ms latency and jitter',
  5: 'Voice, < 10ms latency and jitter',
  6: 'Internetwork Control',
  7: 'Network Control',
}

export const vlan = defineProtocol({
  name: 'vlan',
  title: '802.1Q Virtual LAN',
  short: 'VLAN',
  accepts: { ethertype: [0x8100, 0x9100, 0x9200] },
  fields: {
    'vlan.priority': u16('Priority', { mask: 0xe000, values: PRIORITIES }),
    'vlan.cfi': bool('CFI', { mask: 0x1000, bits: 16, names: ['Non-canonical', 'Canonical'] }),
    'vlan.dei': bool('DEI', { mask: 0x1000, bits: 16, names: ['Eligible', 'Ineligible'] }),
    'vlan.id': u16('ID', { mask: 0x0fff }),
    'vlan.etype': u16('Type', { base: 'hex', values: ETHERTYPES }),
    'vlan.len': u16('Length'),
    'vlan.trailer': bytes('Trailer'),
    'vlan.len.past_end': expert('error', 'malformed', 'Length field value goes past the end of the payload'),
    'vlan.too_many_tags': expert('warning', 'undecoded', 'Too many nested VLAN tags'),
  },
  decode(d, f) {
    const start = d.at,
      end = d.end,
      tag = d.peek16(start),
      words = `PRI: ${tag >> 13}, DEI: ${(tag >> 12) & 1}, ID: ${tag & 0xfff}`
    d.setProtocol('VLAN')
    d.setInfo('')
    d.require(2)
    if (d.summary) d.setInfo(words.replaceAll(',', ''))
    if (d.labels) d.label(`802.1Q Virtual LAN, ${words}`)
    d.bits(f['vlan.priority'], start, start + 2, tag)
    d.bits(f['vlan.dei'], start, start + 2, tag)
    d.bits(f['vlan.id'], start, start + 2, tag)
    d.skip(2)
    const type = d.peek16()
    d.require(2)
    let payloadEnd = end
    if (type > 1500) {
      d.u16(f['vlan.etype'])
      d.layerEnds(d.at)
      payloadByEthertype(d, type, d.at)
      payloadEnd = d.childEnd
    } else {
      d.u16(f['vlan.len'])
      const left = end - d.at
      if (type > left) d.expert(f['vlan.len.past_end'], d.at - 2, d.at, '', d.last)
      d.layerEnds(d.at)
      payloadEnd = d.at + Math.min(type, left)
      const raw = d.has(2) && d.peek16() === 0xffff
      if (!d.next('ethernet.8023', raw ? 'ipx' : 'llc', d.at, payloadEnd)) d.data(d.at, payloadEnd)
    }
    recordTrailer(d, payloadEnd, end, { trailer: f['vlan.trailer'], fcs: 0, frameStart: 0 })
  },
})

export const serviceVlan = defineProtocol({
  name: 'ieee8021ad',
  title: 'IEEE 802.1ad',
  short: 'ieee8021ad',
  accepts: { ethertype: [0x88a8] },
  fields: {
    'ieee8021ad.priority': u16('Priority', { mask: 0xe000 }),
    'ieee8021ad.dei': u16('DEI', { mask: 0x1000 }),
    'ieee8021ad.id': u16('ID', { mask: 0x0fff }),
    'ieee8021ah.etype': u16('Type', { base: 'hex', values: ETHERTYPES }),
    'ieee8021ah.trailer': bytes('Trailer'),
  },
  decode(d, f) {
    const start = d.at,
      end = d.end,
      tag = d.peek16(start)
    d.setProtocol('802.1ad')
    d.setInfo('')
    d.require(2)
    if (d.summary) d.setInfo(`PRI: ${tag >> 13}  DROP: ${(tag >> 12) & 1} ID: ${tag & 0xfff}`)
    if (d.labels) d.label(`IEEE 802.1ad, ID: ${tag & 0xfff}`)
    d.bits(f['ieee8021ad.priority'], start, start + 2, tag)
    d.bits(f['ieee8021ad.dei'], start, start + 2, tag)
    d.bits(f['ieee8021ad.id'], start, start + 2, tag)
    d.skip(2)
    const type = d.u16(f['ieee8021ah.etype'])
    d.layerEnds(d.at)
    payloadByEthertype(d, type, d.at)
    recordTrailer(d, d.childEnd, end, { trailer: f['ieee8021ah.trailer'], fcs: 0, frameStart: 0 })
  },
})
