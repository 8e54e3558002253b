// Compression Control Protocol of PPP (RFC 1962), with the options of RFC 1974 to 1979, RFC 2118, RFC 3078 and MPPE; and compressed datagrams.
// Not covered: decompression.
import { bool, bytes, defineProtocol, u16, u24, u32, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { CODES, CONTROL_FIELDS, organization, readControl, readOptions } from './control'
import type { Option } from './control'

const TYPES: Readonly<Record<number, string>> = {
  0: 'OUI',
  1: 'Predictor type 1',
  2: 'Predictor type 2',
  3: 'Puddle Jumper',
  16: 'Hewlett-Packard PPC',
  17: 'Stac Electronics LZS',
  18: 'Microsoft PPE/PPC',
  19: 'Gandalf FZA',
  20: 'V.42bis compression',
  21: 'BSD LZW Compress',
  26: 'Deflate',
}
const CHECKS: Readonly<Record<number, string>> = { 0: 'None', 1: 'LCB', 2: 'CRC', 3: 'Sequence Number', 4: 'Extended Mode' }
const bit = (label: string, mask: number, on: string, off: string) => bool(label, { bits: 32, mask, names: [on, off] })

const FIELDS = {
  ...CONTROL_FIELDS,
  'ccp.opt.type': u8('Type', { values: TYPES }),
  'ccp.opt.length': u8('Length'),
  'ccp.opt.oui': u24('OUI', { base: 'hex' }),
  'ccp.opt.subtype': u8('Subtype', { base: 'dec-hex' }),
  'ccp.opt.history_count': u16('History Count'),
  'ccp.opt.cm': u8('Check Mode Field'),
  'ccp.opt.cm.reserved': u8('Reserved', { mask: 0xf8 }),
  'ccp.opt.cm.check_mode': u8('Check Mode', { mask: 0x07, values: CHECKS }),
  'ccp.opt.supported_bits': u32('Supported Bits', { base: 'hex' }),
  'ccp.opt.supported_bits.h': bit('H', 0x0100_0000, 'Stateless mode ON', 'Stateless mode OFF'),
  'ccp.opt.supported_bits.m': bit('M', 0x80, '56-bit encryption ON', '56-bit encryption OFF'),
  'ccp.opt.supported_bits.s': bit('S', 0x40, '128-bit encryption ON', '128-bit encryption OFF'),
  'ccp.opt.supported_bits.l': bit('L', 0x20, '40-bit encryption ON', '40-bit encryption OFF'),
  'ccp.opt.supported_bits.d': bit('D', 0x10, 'Obsolete (should NOT be 1)', 'Obsolete (should ALWAYS be 0)'),
  'ccp.opt.supported_bits.c': bit('C', 0x01, 'Desire to negotiate MPPC', 'No desire to negotiate MPPC'),
  'ccp.opt.history': u8('History'),
  'ccp.opt.version': bytes('Version'),
  'ccp.opt.vd': u8('Vers/Dict', { base: 'hex' }),
  'ccp.opt.vd.vers': u8('Vers', { mask: 0xe0 }),
  'ccp.opt.vd.dict': u8('Dict', { mask: 0x1f }),
  'ccp.opt.window': u8('Window', { mask: 0xf0, base: 'custom', format: (value) => String(2 ** (value + 8)) }),
  'ccp.opt.method': u8('Method', { mask: 0x0f, values: { 8: 'zlib compression' } }),
  'ccp.opt.mbz': u8('MBZ', { mask: 0xfc }),
  'ccp.opt.chk': u8('Chk', { mask: 0x03, values: { 0: 'sequence number check method' } }),
  'ccp.opt.data': bytes('Data'),
} as const
type Ids = FieldIds<typeof FIELDS>

function rest(d: Decoder, f: Ids): string {
  if (d.left > 0) d.span(f['ccp.opt.data'], d.left)
  return ''
}

function stac(d: Decoder, f: Ids): string {
  d.u16(f['ccp.opt.history_count'])
  const at = d.at,
    value = d.u8(f['ccp.opt.cm'])
  if (d.labels) d.label(`Check Mode Field: ${value}, Check Mode: ${CHECKS[value & 7] ?? 'Unknown'}`)
  const outer = d.enter()
  d.bits(f['ccp.opt.cm.reserved'], at, at + 1, value)
  d.bits(f['ccp.opt.cm.check_mode'], at, at + 1, value)
  d.leave(outer)
  return ''
}

function microsoft(d: Decoder, f: Ids): string {
  const at = d.at,
    value = d.u32(f['ccp.opt.supported_bits']),
    row = d.last,
    outer = d.enter()
  for (const [name, mask] of [
    ['h', 0x0100_0000],
    ['m', 0x80],
    ['s', 0x40],
    ['l', 0x20],
    ['d', 0x10],
    ['c', 0x01],
  ] as const) {
    d.bits(f[`ccp.opt.supported_bits.${name}`], at, at + 4, value)
    if (d.labels && value & mask) d.appendLabel(`, ${name.toUpperCase()}`, row)
  }
  d.leave(outer)
  return ''
}

function options(f: Ids): Readonly<Record<number, Option>> {
  const plain = (type: number): Option => ({ name: TYPES[type] ?? '', length: 2 })
  const named = (type: number, read: (d: Decoder) => string, length?: number): Option => ({
    name: TYPES[type] ?? '',
    read,
    ...(length === undefined ? {} : { length }),
  })
  const octets = (
    ...names: readonly ('ccp.opt.vd.vers' | 'ccp.opt.vd.dict' | 'ccp.opt.window' | 'ccp.opt.method' | 'ccp.opt.mbz' | 'ccp.opt.chk')[]
  ) =>
    function read(d: Decoder): void {
      const value = d.peek8()
      for (const name of names) d.bits(f[name], d.at, d.at + 1, value)
      d.skip(1)
    }
  return {
    0: {
      name: 'OUI',
      least: 6,
      read(d) {
        organization(d, f['ccp.opt.oui'])
        d.u8(f['ccp.opt.subtype'])
        return rest(d, f)
      },
    },
    1: plain(1),
    2: plain(2),
    3: plain(3),
    16: named(16, (d) => rest(d, f)),
    17: named(17, (d) => stac(d, f), 5),
    18: named(18, (d) => microsoft(d, f), 6),
    19: named(19, (d) => {
      d.u8(f['ccp.opt.history'])
      if (d.left > 0) d.span(f['ccp.opt.version'], d.left)
      return ''
    }),
    20: named(20, (d) => rest(d, f)),
    21: named(
      21,
      (d) => {
        d.u8(f['ccp.opt.vd'])
        d.at -= 1
        const outer = d.enter()
        octets('ccp.opt.vd.vers', 'ccp.opt.vd.dict')(d)
        d.leave(outer)
        return ''
      },
      3,
    ),
    26: named(
      26,
      (d) => {
        octets('ccp.opt.window', 'ccp.opt.method')(d)
        octets('ccp.opt.mbz', 'ccp.opt.chk')(d)
        return ''
      },
      4,
    ),
  }
}

export const ccp = defineProtocol({
  name: 'ccp',
  title: 'PPP Compression Control Protocol',
  short: 'PPP CCP',
  firstVisit: 'none',
  accepts: { 'ppp.protocol': [0x80fd] },
  fields: FIELDS,
  decode(d, f) {
    d.setProtocol('PPP CCP')
    readControl(d, f, {
      codes: { ...CODES, 14: 'Reset Request', 15: 'Reset Ack' },
      options: (decoder) => readOptions(decoder, f, options(f), { type: f['ccp.opt.type'], length: f['ccp.opt.length'] }),
    })
  },
})

export const compressed = defineProtocol({
  name: 'comp_data',
  title: 'PPP Compressed Datagram',
  short: 'PPP Comp',
  firstVisit: 'none',
  accepts: { 'ppp.protocol': [0x00fd] },
  fields: {},
  decode(d) {
    d.setProtocol('PPP Comp')
    d.setInfo('Compressed data')
    d.layerEnds(d.end)
    d.at = d.readable
  },
})
