// Ethernet in other carriers: provider backbone bridging (IEEE 802.1ah) and EtherIP (RFC 3378).
import { bytes, defineProtocol, ether, expert, u16, u32 } from '../../dissect/define'
import { payloadByEthertype, recordTrailer } from '../../dissect/ethertype'
import { ETHERTYPES } from '../../values/ethertypes'

export const backboneBridge = defineProtocol({
  name: 'ieee8021ah',
  title: 'IEEE 802.1ah',
  short: '802.1ah',
  accepts: { ethertype: [0x88e7] },
  fields: {
    'ieee8021ah.priority': u32('Priority', { mask: 0xe0000000 }),
    'ieee8021ah.drop': u32('DROP', { mask: 0x10000000 }),
    'ieee8021ah.nca': u32('NCA', { mask: 0x08000000 }),
    'ieee8021ah.res1': u32('RES1', { mask: 0x04000000 }),
    'ieee8021ah.res2': u32('RES2', { mask: 0x03000000 }),
    'ieee8021ah.isid': u32('I-SID', { mask: 0x00ffffff }),
    'ieee8021ah.cdst': ether('C-Destination'),
    'ieee8021ah.csrc': ether('C-Source'),
    'ieee8021ah.etype': u16('Type', { base: 'hex', values: ETHERTYPES }),
    'ieee8021ah.trailer': bytes('Trailer'),
  },
  decode(d, f) {
    const start = d.at,
      end = d.end,
      tag = d.peek32(start)
    d.setProtocol('802.1ah')
    d.setInfo('')
    d.require(4)
    if (d.summary)
      d.setInfo(
        `PRI: ${tag >>> 29}  Drop: ${(tag >>> 28) & 1}  NCA: ${(tag >>> 27) & 1}  Res1: ${(tag >>> 26) & 1}  Res2: ${(tag >>> 24) & 3}  I-SID: ${tag & 0xffffff}`,
      )
    if (d.labels) d.label(`IEEE 802.1ah, I-SID: ${tag & 0xffffff}`)
    for (const name of ['priority', 'drop', 'nca', 'res1', 'res2', 'isid'] as const) d.bits(f[`ieee8021ah.${name}`], start, start + 4, tag)
    d.skip(4)
    d.span(f['ieee8021ah.cdst'], 6)
    d.span(f['ieee8021ah.csrc'], 6)
    const type = d.u16(f['ieee8021ah.etype'])
    d.layerEnds(d.at)
    payloadByEthertype(d, type, d.at)
    recordTrailer(d, d.childEnd, end, { trailer: f['ieee8021ah.trailer'], fcs: 0, frameStart: 0 })
  },
})

export const etherip = defineProtocol({
  name: 'etherip',
  title: 'Ethernet over IP',
  short: 'ETHERIP',
  accepts: { 'ip.proto': [97] },
  fields: {
    'etherip.ver': u16('Version', { mask: 0xf000 }),
    'etherip.reserved': u16('Reserved', { base: 'hex', mask: 0x0fff }),
    'etherip.ver.not3': expert('warning', 'protocol', 'Version must be 3'),
    'etherip.reserved.not0': expert('warning', 'protocol', 'Reserved field must be 0'),
  },
  decode(d, f) {
    const start = d.at,
      word = d.peek16()
    d.setProtocol('ETHERIP')
    d.setInfo('')
    d.require(2)
    if (d.bits(f['etherip.ver'], start, start + 2, word) !== 3) d.expert(f['etherip.ver.not3'], start, start + 2, '', d.last)
    if (d.bits(f['etherip.reserved'], start, start + 2, word) !== 0) d.expert(f['etherip.reserved.not0'], start, start + 2, '', d.last)
    d.skip(2)
    d.layerEnds(d.at)
    d.packet.fcsLength = 0
    if (!d.next('linktype', 1)) d.data()
  },
})
