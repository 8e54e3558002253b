// Network Service Header (RFC 8300): the path of a packet through services. Not covered: the metadata's contents.
import { defineProtocol, u16, u24, u8 } from '../../dissect/define'
import { SERVICE_PATH_PROTOCOLS, nextInServicePath } from '../../dissect/service-path'

const NSH_TYPE = 0x894f

export const nsh = defineProtocol({
  name: 'nsh',
  title: 'Network Service Header',
  short: 'NSH',
  firstVisit: 'packets',
  accepts: { ethertype: [NSH_TYPE], 'gre.proto': [NSH_TYPE] },
  fields: {
    'nsh.version': u16('Version', { mask: 0xc000 }),
    'nsh.ttl': u16('Time to live', { base: 'hex', mask: 0x0fc0 }),
    'nsh.length': u16('Length', { mask: 0x003f }),
    'nsh.mdtype': u8('MD Type'),
    'nsh.nextproto': u8('Next Protocol', {
      values: SERVICE_PATH_PROTOCOLS,
    }),
    'nsh.spi': u24('SPI'),
    'nsh.si': u8('SI'),
  },
  decode(d, f) {
    d.setProtocol('NSH')
    d.setInfo('')
    const start = d.at,
      word = d.peek16()
    d.require(8)
    for (const name of ['version', 'ttl', 'length'] as const) d.bits(f[`nsh.${name}`], start, start + 2, word)
    const end = Math.max(start + 8, start + (word & 0x3f) * 4)
    d.skip(2)
    d.u8(f['nsh.mdtype'])
    const protocol = d.u8(f['nsh.nextproto'])
    d.u24(f['nsh.spi'])
    d.u8(f['nsh.si'])
    d.require(end - d.at)
    d.at = end
    d.layerEnds(d.at)
    if (d.left <= 0) return
    d.packet.fcsLength = 0
    nextInServicePath(d, protocol)
  },
})
