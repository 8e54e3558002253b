// User plane of the GPRS Tunnelling Protocol, version 1 (3GPP TS 29.281): packets in tunnels. Not covered: signalling messages, the content of extension headers.
import { bool, defineProtocol, u16, u32, u8 } from '../../../dissect/define'

export const gtp = defineProtocol({
  name: 'gtp',
  title: 'GPRS Tunneling Protocol',
  short: 'GTP',
  firstVisit: 'packets',
  accepts: { 'udp.port': [2152] },
  fields: {
    'gtp.flags': u8('Flags', { base: 'hex' }),
    'gtp.flags.version': u8('Version', { mask: 0xe0 }),
    'gtp.flags.payload': u8('Protocol type', { mask: 0x10, values: { 0: "GTP'", 1: 'GTP' } }),
    'gtp.flags.e': bool('Is Next Extension Header present?', { mask: 0x04, names: ['Yes', 'No'] }),
    'gtp.flags.s': bool('Is Sequence Number present?', { mask: 0x02, names: ['Yes', 'No'] }),
    'gtp.flags.pn': bool('Is N-PDU number present?', { mask: 0x01, names: ['Yes', 'No'] }),
    'gtp.message': u8('Message Type', {
      base: 'hex',
      values: {
        1: 'Echo request',
        2: 'Echo response',
        26: 'Error indication',
        31: 'Supported extension header notification',
        254: 'End marker',
        255: 'T-PDU',
      },
    }),
    'gtp.length': u16('Length'),
    'gtp.teid': u32('TEID', { base: 'hex-dec' }),
    'gtp.seq_number': u16('Sequence number', { base: 'hex-dec' }),
    'gtp.npdu_number': u8('N-PDU number', { base: 'hex' }),
    'gtp.ext_hdr.next': u8('Next extension header type', { base: 'hex' }),
  },
  decode(d, f) {
    const start = d.at,
      flags = d.peek8()
    d.require(8)
    if (flags >> 5 !== 1 || !(flags & 0x10)) return false
    d.setProtocol('GTP')
    d.setInfo('')
    d.u8(f['gtp.flags'])
    const outer = d.enter()
    for (const name of ['version', 'payload', 'e', 's', 'pn'] as const) d.bits(f[`gtp.flags.${name}`], start, start + 1, flags)
    d.leave(outer)
    const message = d.u8(f['gtp.message']),
      length = d.u16(f['gtp.length'])
    d.u32(f['gtp.teid'])
    if (start + 8 + length <= d.end) d.end = start + 8 + length
    if (flags & 7) {
      d.u16(f['gtp.seq_number'])
      d.u8(f['gtp.npdu_number'])
      let next = d.u8(f['gtp.ext_hdr.next'])
      while (flags & 4 && next !== 0) {
        const size = d.peek8() * 4
        if (size === 0) break
        d.require(size)
        next = d.peek8(d.at + size - 1)
        d.skip(size)
      }
    }
    d.layerEnds(d.at)
    if (d.left <= 0) return undefined
    const version = d.peek8() >> 4
    if (message !== 255) return undefined
    if ((version === 4 || version === 6) && d.next('ip.version', version)) {
      d.setProtocol(`GTP <${d.protocolColumn}>`)
      return undefined
    }
    d.data()
    return undefined
  },
})
