// MAC security tag (IEEE 802.1AE, 9.3). Payload that is only authenticated is read; encrypted payload is not.
import { bool, bytes, defineProtocol, ether, u16, u32, u8 } from '../../dissect/define'
import { payloadByEthertype } from '../../dissect/ethertype'
import { ETHERTYPES } from '../../values/ethertypes'

export const macsec = defineProtocol({
  name: 'macsec',
  title: '802.1AE Security tag',
  short: 'MACSEC',
  accepts: { ethertype: [0x88e5] },
  fields: {
    'macsec.TCI': u8('TCI', { base: 'hex', mask: 0xfc }),
    'macsec.TCI.V': u8('VER', { base: 'hex', mask: 0x80 }),
    'macsec.TCI.ES': bool('ES', { mask: 0x40 }),
    'macsec.TCI.SC': bool('SC', { mask: 0x20 }),
    'macsec.TCI.SCB': bool('SCB', { mask: 0x10 }),
    'macsec.TCI.E': bool('E', { mask: 0x08 }),
    'macsec.TCI.C': bool('C', { mask: 0x04 }),
    'macsec.AN': u8('AN', { base: 'hex', mask: 0x03 }),
    'macsec.SL': u8('Short length'),
    'macsec.PN': u32('Packet number'),
    'macsec.SCI.system_identifier': ether('System Identifier'),
    'macsec.SCI.port_identifier': u16('Port Identifier'),
    'macsec.etype': u16('Ethertype', { base: 'hex', values: ETHERTYPES }),
    'macsec.ICV': bytes('ICV'),
  },
  decode(d, f) {
    const start = d.at,
      flags = d.peek8(),
      explicit = (flags & 0x20) !== 0,
      header = explicit ? 14 : 6,
      end = d.end
    d.setProtocol('MACSEC')
    d.setInfo('MACsec frame')
    d.require(1)
    if ((flags & 0x80) !== 0) return false
    d.require(header)
    d.bits(f['macsec.TCI'], start, start + 1, flags)
    const outer = d.enter()
    for (const name of ['V', 'ES', 'SC', 'SCB', 'E', 'C'] as const) d.bits(f[`macsec.TCI.${name}`], start, start + 1, flags)
    d.leave(outer)
    d.bits(f['macsec.AN'], start, start + 1, flags)
    d.skip(1)
    const shortLength = d.u8(f['macsec.SL']) & 0x3f
    d.u32(f['macsec.PN'])
    if (explicit) {
      d.span(f['macsec.SCI.system_identifier'], 6)
      d.u16(f['macsec.SCI.port_identifier'])
    }
    // fewer than 48 octets of secure data are counted, and what follows the check value is padding
    const left = end - d.at,
      check = Math.min(16, shortLength > 0 ? Math.max(0, left - shortLength) : 16),
      body = shortLength > 0 ? Math.min(shortLength, left) : Math.max(0, left - 16)
    const encrypted = (flags & 0x0c) !== 0,
      checkAt = d.at + body
    if (!encrypted && body >= 2) {
      const type = d.u16(f['macsec.etype'])
      if (check > 0 && d.has(check, checkAt)) d.range(f['macsec.ICV'], checkAt, checkAt + check)
      d.layerEnds(d.at)
      payloadByEthertype(d, type, d.at, checkAt)
    } else {
      if (check > 0 && d.has(check, checkAt)) d.range(f['macsec.ICV'], checkAt, checkAt + check)
      d.layerEnds(d.at)
      d.data(d.at, checkAt)
    }
    return undefined
  },
})
