// BSD loopback (LINKTYPE_NULL: address family in the byte order of the capturing host; LINKTYPE_LOOP: in network order) and packets without a link header.
import { defineProtocol, u16, u32 } from '../../dissect/define'
import { ETHERTYPES } from '../../values/ethertypes'

const FAMILIES = { 2: 'IP', 7: 'OSI', 16: 'Appletalk', 23: 'Netware IPX/SPX', 24: 'IPv6', 28: 'IPv6', 30: 'IPv6' }

export const loopback = defineProtocol({
  name: 'null',
  title: 'Null/Loopback',
  short: 'Null',
  accepts: { linktype: [0, 108] },
  fields: {
    'null.type': u16('Type', { base: 'hex', values: ETHERTYPES }),
    'null.family': u32('Family', { values: FAMILIES }),
  },
  decode(d, f) {
    const start = d.at
    d.require(2)
    // some capture software leaves the PPP header in place
    if (d.peek16() === 0xff03 && d.packet.linkType === 0) {
      if (!d.next('linktype', 50)) d.data()
      return
    }
    d.setProtocol('N/A')
    d.setInfo('Null/Loopback')
    d.require(4)
    const family = d.packet.linkType === 108 ? d.peek32() : hostOrder(d.peek32())
    d.skip(4)
    d.layerEnds(d.at)
    if (family > 1500) {
      // as in tshark, an ethertype, of which only the lower half is looked at
      d.add(f['null.type'], start, start + 4, family & 0xffff)
      if (!d.next('ethertype', family)) d.data()
      return
    }
    d.add(f['null.family'], start, start + 4, family)
    if (!d.next('null.type', family)) d.data()
  },
})

/** The family read big-endian, turned so that it is small: it may stand in either order, in 32 or in the first 16 bits. */
function hostOrder(value: number): number {
  if (value >= 0x1_0000) {
    if (value < 0x0006_0000) return value >>> 16
    return (value & 0xff) * 0x100_0000 + ((value & 0xff00) << 8) + ((value >>> 8) & 0xff00) + (value >>> 24)
  }
  return (value & 0xff) === 0 && value < 0x600 ? value >>> 8 : value
}

export const raw = defineProtocol({
  name: 'raw',
  title: 'Raw packet data',
  short: 'Raw',
  accepts: { linktype: [12, 14, 101] },
  fields: {},
  decode(d) {
    const start = d.at
    d.setProtocol('N/A')
    d.setInfo('Raw packet data')
    d.layerEnds(d.at)
    d.require(2)
    // old PPP drivers of Linux leave parts of their header in front; see LINKTYPE_RAW
    for (const skipped of [0, 6, 1]) {
      d.require(2, start + skipped)
      if (d.peek16(start + skipped) === 0xff03 && d.next('linktype', 50, start + skipped)) return
    }
    let zeros = 0
    while (zeros < 10 && d.has(1, start + zeros) && d.peek8(start + zeros) === 0) zeros++
    if (zeros === 10) {
      if (!d.next('ip.version', 4, start + 10)) d.data(start + 10)
      return
    }
    const version = d.peek8(start) >> 4
    if ((version === 4 || version === 6) && d.next('ip.version', version)) return
    d.data()
  },
})
