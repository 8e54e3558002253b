// Extensions of router advertisements for Mobile IP (RFC 5944, 2.1; RFC 4721 challenge).
import { bool, bytes, ipv4, u16, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'

const TYPES: Readonly<Record<number, string>> = {
  0: 'One byte padding extension',
  16: 'Mobility Agent Advertisement Extension',
  19: 'Prefix Lengths Extension',
  24: 'Challenge Extension',
}
const flag = (label: string, mask: number) => bool(label, { mask, bits: 16, names: ['True', 'False'] })

/** Fields of the extensions, a part of ICMP's table. */
export const mobileFields = {
  'icmp.mip.type': u8('Extension Type', { values: TYPES }),
  'icmp.mip.length': u8('Length'),
  'icmp.mip.prefixlength': u8('Prefix Length'),
  'icmp.mip.seq': u16('Sequence Number'),
  'icmp.mip.life': u16('Registration Lifetime'),
  'icmp.mip.flags': u16('Flags', { base: 'hex' }),
  'icmp.mip.r': flag('Registration Required', 0x8000),
  'icmp.mip.b': flag('Busy', 0x4000),
  'icmp.mip.h': flag('Home Agent', 0x2000),
  'icmp.mip.f': flag('Foreign Agent', 0x1000),
  'icmp.mip.m': flag('Minimal Encapsulation', 0x0800),
  'icmp.mip.g': flag('GRE', 0x0400),
  'icmp.mip.v': flag('VJ Comp', 0x0200),
  'icmp.mip.rt': flag('Reverse tunneling', 0x0100),
  'icmp.mip.u': flag('UDP tunneling', 0x0080),
  'icmp.mip.x': flag('Revocation support', 0x0040),
  'icmp.mip.reserved': u16('Reserved', { base: 'hex', mask: 0x003f }),
  'icmp.mip.coa': ipv4('Care-Of-Address'),
  'icmp.mip.challenge': bytes('Challenge'),
  'icmp.mip.content': bytes('Content'),
} as const
type Ids = FieldIds<typeof mobileFields>

/** Records the extensions at d.at up to d.end. */
export function mobileExtensions(d: Decoder, f: Ids): void {
  while (d.left > 0) {
    const at = d.at,
      type = d.peek8(),
      length = type === 0 ? 0 : d.peek8(at + 1),
      end = type === 0 ? at + 1 : at + 2 + length
    d.require(1)
    d.note(at, Math.min(end, d.readable), `Ext: ${TYPES[type] ?? 'Unknown'}`)
    const outer = d.enter()
    d.u8(f['icmp.mip.type'])
    if (type !== 0) {
      d.u8(f['icmp.mip.length'])
      if (type === 16) {
        d.u16(f['icmp.mip.seq'])
        d.u16(f['icmp.mip.life'])
        const flags = d.u16(f['icmp.mip.flags']),
          inner = d.enter()
        for (const name of ['r', 'b', 'h', 'f', 'm', 'g', 'v', 'rt', 'u', 'x', 'reserved'] as const)
          d.bits(f[`icmp.mip.${name}`], d.at - 2, d.at, flags)
        d.leave(inner)
        for (let i = 0; i < Math.floor((length - 6) / 4); i++) d.span(f['icmp.mip.coa'], 4)
      } else if (type === 19) for (let i = 0; i < length; i++) d.u8(f['icmp.mip.prefixlength'])
      else if (length > 0) d.span(type === 24 ? f['icmp.mip.challenge'] : f['icmp.mip.content'], length)
    }
    d.leave(outer)
    d.at = end
  }
}
