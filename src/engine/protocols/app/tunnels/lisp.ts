// Locator/ID Separation Protocol (RFC 9300, RFC 9301): packets in tunnels, and the head of control messages.
// Not covered: mapping and locator records of control messages.
import { bool, bytes, defineProtocol, u16, u24, u32, u64, u8 } from '../../../dissect/define'

const TYPES: Readonly<Record<number, string>> = {
  1: 'Map-Request',
  2: 'Map-Reply',
  3: 'Map-Register',
  4: 'Map-Notify',
  5: 'Map-Notify-Ack',
  6: 'Map-Referral',
  7: 'Info',
  8: 'Encapsulated Control Message',
}
const flag = (label: string, mask: number) => bool(label, { mask, bits: 24, names: ['Set', 'Not set'] })

export const lispData = defineProtocol({
  name: 'lisp-data',
  title: 'Locator/ID Separation Protocol (Data)',
  short: 'LISP Data',
  accepts: { 'udp.port': [4341] },
  fields: {
    'lisp-data.flags': u8('Flags', { base: 'hex' }),
    'lisp-data.flags.nonce': bool('N bit (Nonce present)', { mask: 0x80 }),
    'lisp-data.flags.lsb': bool('L bit (Locator-Status-Bits field enabled)', { mask: 0x40 }),
    'lisp-data.flags.enr': bool('E bit (Echo-Nonce-Request)', { mask: 0x20 }),
    'lisp-data.flags.mv': bool('V bit (Map-Version present)', { mask: 0x10 }),
    'lisp-data.flags.iid': bool('I bit (Instance ID present)', { mask: 0x08 }),
    'lisp-data.flags.res': u8('Reserved', { base: 'hex', mask: 0x07 }),
    'lisp-data.nonce': u24('Nonce', { base: 'dec-hex' }),
    'lisp-data.mapver': u24('Map-Version', { base: 'hex' }),
    'lisp-data.iid': u24('Instance ID'),
    'lisp-data.lsb': u32('Locator-Status-Bits', { base: 'hex' }),
    'lisp-data.lsb8': u8('Locator-Status-Bits', { base: 'hex' }),
  },
  decode(d, f) {
    d.setProtocol('LISP')
    d.setInfo('LISP Encapsulation Header')
    const start = d.at,
      flags = d.u8(f['lisp-data.flags']),
      outer = d.enter()
    for (const name of ['nonce', 'lsb', 'enr', 'mv', 'iid', 'res'] as const) d.bits(f[`lisp-data.flags.${name}`], start, start + 1, flags)
    d.leave(outer)
    if (flags & 0x10) d.u24(f['lisp-data.mapver'])
    else if (flags & 0x80) d.u24(f['lisp-data.nonce'])
    else d.skip(3)
    if (flags & 0x08) d.u24(f['lisp-data.iid'])
    const bits = start + 8 - d.at
    if (!(flags & 0x40)) d.skip(bits)
    else if (bits === 1) d.u8(f['lisp-data.lsb8'])
    else d.u32(f['lisp-data.lsb'])
    d.layerEnds(d.at)
    const version = d.peek8() >> 4
    if (!d.next('ip.version', version)) d.data()
  },
})

export const lisp = defineProtocol({
  name: 'lisp',
  title: 'Locator/ID Separation Protocol',
  short: 'LISP',
  accepts: { 'udp.port': [4342] },
  fields: {
    'lisp.type': u24('Type', { mask: 0xf00000, values: TYPES }),
    'lisp.irc': u24('ITR-RLOC Count', { mask: 0x00001f }),
    'lisp.mreg.flags.pmr': flag('P bit (Proxy-Map-Reply)', 0x080000),
    'lisp.mreg.flags.sec': flag('S bit (LISP-SEC capable)', 0x040000),
    'lisp.mreg.flags.xtrid': flag('I bit (xTR-ID present)', 0x020000),
    'lisp.mreg.flags.rtr': flag('R bit (Built for an RTR)', 0x010000),
    'lisp.mreg.res': u24('Reserved bits', { base: 'hex', mask: 0x00fffe }),
    'lisp.mreg.flags.wmn': flag('M bit (Want-Map-Notify)', 0x000001),
    'lisp.mnot.flags.xtrid': flag('I bit (xTR-ID present)', 0x080000),
    'lisp.mnot.flags.rtr': flag('R bit (Built for an RTR)', 0x040000),
    'lisp.mnot.res': u24('Reserved bits', { base: 'hex', mask: 0x03ffff }),
    'lisp.records': u8('Record Count'),
    'lisp.nonce': u64('Nonce', { base: 'hex' }),
    'lisp.keyid': u16('Key ID', { base: 'hex' }),
    'lisp.authlen': u16('Authentication Data Length'),
    'lisp.auth': bytes('Authentication Data'),
  },
  decode(d, f) {
    const start = d.at,
      word = d.peek24(),
      type = word >> 20
    d.setProtocol('LISP')
    d.setInfo('')
    d.require(4)
    d.bits(f['lisp.type'], start, start + 3, word)
    if (d.summary) d.setInfo(TYPES[type] ?? 'Unknown LISP Control Packet')
    // an encapsulated control message is an IP packet behind four octets
    if (type === 8) {
      d.skip(4)
      d.layerEnds(d.at)
      if (!d.next('ip.version', d.peek8() >> 4)) d.data()
      return
    }
    if (type === 3)
      for (const name of ['flags.pmr', 'flags.sec', 'flags.xtrid', 'flags.rtr', 'res', 'flags.wmn'] as const)
        d.bits(f[`lisp.mreg.${name}`], start, start + 3, word)
    else if (type === 4)
      for (const name of ['flags.xtrid', 'flags.rtr', 'res'] as const) d.bits(f[`lisp.mnot.${name}`], start, start + 3, word)
    else if (type === 1) d.bits(f['lisp.irc'], start, start + 3, word)
    d.skip(3)
    d.u8(f['lisp.records'])
    d.u64(f['lisp.nonce'])
    if (type !== 3 && type !== 4) return
    d.u16(f['lisp.keyid'])
    const length = d.u16(f['lisp.authlen'])
    if (length > 0) d.span(f['lisp.auth'], length)
  },
})
