// Arista's header for switch time stamps, an EtherType in front of the frame's own. Not covered: subtypes other than the time stamp.
import { defineProtocol, u16, u32 } from '../../dissect/define'
import { payloadByEthertype } from '../../dissect/ethertype'

const TIMESTAMP = 1
/** Kinds of time stamps: 64 bits (seconds and nanoseconds of 32) or 48 (seconds of 16), in TAI or UTC. */
const LONG = new Set([0x0010, 0x0110]),
  SHORT = new Set([0x0020, 0x0120])

defineProtocol({
  name: 'avsp',
  title: 'Arista Vendor Specific Protocol',
  short: 'AVSP',
  firstVisit: 'packets',
  accepts: { ethertype: [0xd28b] },
  fields: {
    'avsp.sub_type': u16('Sub Type', { values: { 1: 'timestamp' } }),
    'avsp.ver': u16('Version', { base: 'hex' }),
    'avsp.etype': u16('Type', { base: 'hex' }),
    'avsp.64sec': u32('Seconds'),
    'avsp.64ns': u32('Nanoseconds'),
    'avsp.48sec': u16('Seconds'),
    'avsp.48ns': u32('Nanoseconds'),
  },
  decode(d, f) {
    d.setProtocol('AVSP')
    d.setInfo('')
    const kind = d.u16(f['avsp.sub_type'])
    if (kind !== TIMESTAMP) {
      d.layerEnds(d.at)
      d.data()
      return
    }
    const version = d.u16(f['avsp.ver'])
    if (LONG.has(version)) {
      d.u32(f['avsp.64sec'])
      d.u32(f['avsp.64ns'])
    } else if (SHORT.has(version)) {
      d.u16(f['avsp.48sec'])
      d.u32(f['avsp.48ns'])
    } else {
      d.layerEnds(d.at)
      d.data()
      return
    }
    const type = d.u16(f['avsp.etype'])
    d.layerEnds(d.at)
    payloadByEthertype(d, type, d.at)
  },
})
