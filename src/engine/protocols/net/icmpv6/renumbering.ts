// Router renumbering (RFC 2894).
import { bool, bytes, ipv6, none, u16, u32, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'

const OPERATIONS = { 1: 'Add', 2: 'Change', 3: 'Set-global' }

/** Fields of the messages, a part of ICMPv6's table. */
export const renumberingFields = {
  'icmpv6.reserved': bytes('Reserved'),
  'icmpv6.rr.sequence_number': u32('Sequence Number'),
  'icmpv6.rr.segment_number': u8('Segment Number'),
  'icmpv6.rr.flag': u8('Flags', { base: 'hex' }),
  'icmpv6.rr.flag.t': bool('Test Command', { mask: 0x80 }),
  'icmpv6.rr.flag.r': bool('Result requested', { mask: 0x40 }),
  'icmpv6.rr.flag.a': bool('All interfaces', { mask: 0x20 }),
  'icmpv6.rr.flag.s': bool('Site-specific', { mask: 0x10 }),
  'icmpv6.rr.flag.p': bool('Processed previously', { mask: 0x08 }),
  'icmpv6.rr.flag.rsv': u8('Reserved', { mask: 0x07 }),
  'icmpv6.rr.maxdelay': u16('Max Delay'),
  'icmpv6.rr.pco.mp': none('Match-Prefix Part'),
  'icmpv6.rr.pco.mp.opcode': u8('OpCode', { values: OPERATIONS }),
  'icmpv6.rr.pco.mp.oplength': u8('OpLength'),
  'icmpv6.rr.pco.mp.ordinal': u8('Ordinal', { base: 'hex' }),
  'icmpv6.rr.pco.mp.matchlen': u8('MatchLen'),
  'icmpv6.rr.pco.mp.minlen': u8('MinLen'),
  'icmpv6.rr.pco.mp.maxlen': u8('MaxLen'),
  'icmpv6.rr.pco.mp.matchprefix': ipv6('MatchPrefix'),
  'icmpv6.rr.pco.up': none('Use-Prefix Part'),
  'icmpv6.rr.pco.up.uselen': u8('UseLen'),
  'icmpv6.rr.pco.up.keeplen': u8('KeepLen'),
  'icmpv6.rr.pco.up.flagmask': u8('FlagMask', { base: 'hex' }),
  'icmpv6.rr.pco.up.flagmask.l': bool('On-link flag', { mask: 0x80 }),
  'icmpv6.rr.pco.up.flagmask.a': bool('Autonomous address-configuration flag', { mask: 0x40 }),
  'icmpv6.rr.pco.up.flagmask.reserved': u8('Reserved', { mask: 0x3f }),
  'icmpv6.rr.pco.up.raflags': u8('RAFlags', { base: 'hex' }),
  'icmpv6.rr.pco.up.validlifetime': u32('Valid Lifetime'),
  'icmpv6.rr.pco.up.preferredlifetime': u32('Preferred Lifetime'),
  'icmpv6.rr.pco.up.flag': u32('Flags', { base: 'hex' }),
  'icmpv6.rr.pco.up.flag.v': bool('Decrement valid lifetime', { mask: 0x8000_0000, bits: 32 }),
  'icmpv6.rr.pco.up.flag.p': bool('Decrement preferred lifetime', { mask: 0x4000_0000, bits: 32 }),
  'icmpv6.rr.pco.up.flag.reserved': u32('Reserved', { mask: 0x3fff_ffff }),
  'icmpv6.rr.pco.up.useprefix': ipv6('UsePrefix'),
  'icmpv6.rr.rm': none('Result Message'),
  'icmpv6.rr.rm.flag': u16('Flags', { base: 'hex' }),
  'icmpv6.rr.rm.flag.b': bool('Bounds', { mask: 0x0002, bits: 16 }),
  'icmpv6.rr.rm.flag.f': bool('Forbidden', { mask: 0x0001, bits: 16 }),
  'icmpv6.rr.rm.flag.reserved': u16('Reserved', { mask: 0xfffc }),
  'icmpv6.rr.rm.ordinal': u8('Ordinal', { base: 'hex' }),
  'icmpv6.rr.rm.matchedlen': u8('MatchedLen'),
  'icmpv6.rr.rm.interfaceindex': u32('InterfaceIndex'),
  'icmpv6.rr.rm.matchedprefix': ipv6('MatchedPrefix'),
} as const
type Ids = FieldIds<typeof renumberingFields>

const COMMAND = 0,
  RESULT = 1
/** Octets of the parts of a command's operation, and of one result (3.2 and 3.3). */
const MATCH_LENGTH = 24,
  USE_LENGTH = 32,
  RESULT_LENGTH = 24
const OPERATION_UNIT = 8

/** Reads the header behind the checksum (3.1), and the operations of a command or the results. */
export function renumbering(d: Decoder, f: Ids, code: number): void {
  d.u32(f['icmpv6.rr.sequence_number'])
  d.u8(f['icmpv6.rr.segment_number'])
  const flags = d.u8(f['icmpv6.rr.flag']),
    at = d.at - 1,
    outer = d.enter()
  for (const name of ['t', 'r', 'a', 's', 'p', 'rsv'] as const) d.bits(f[`icmpv6.rr.flag.${name}`], at, at + 1, flags)
  d.leave(outer)
  d.u16(f['icmpv6.rr.maxdelay'])
  d.span(f['icmpv6.reserved'], 4)
  if (code === COMMAND) while (d.left >= MATCH_LENGTH) operation(d, f)
  else if (code === RESULT) while (d.left >= RESULT_LENGTH) result(d, f)
}

function operation(d: Decoder, f: Ids): void {
  const start = d.at,
    end = start + OPERATION_UNIT * Math.max(d.peek8(start + 1), MATCH_LENGTH / OPERATION_UNIT)
  d.range(f['icmpv6.rr.pco.mp'], start, start + MATCH_LENGTH)
  const outer = d.enter()
  for (const name of ['opcode', 'oplength', 'ordinal', 'matchlen', 'minlen', 'maxlen'] as const) d.u8(f[`icmpv6.rr.pco.mp.${name}`])
  d.span(f['icmpv6.reserved'], 2)
  d.span(f['icmpv6.rr.pco.mp.matchprefix'], 16)
  d.leave(outer)
  while (d.at + USE_LENGTH <= Math.min(end, d.end)) use(d, f)
}

function use(d: Decoder, f: Ids): void {
  d.range(f['icmpv6.rr.pco.up'], d.at, d.at + USE_LENGTH)
  const outer = d.enter()
  d.u8(f['icmpv6.rr.pco.up.uselen'])
  d.u8(f['icmpv6.rr.pco.up.keeplen'])
  for (const name of ['flagmask', 'raflags'] as const) {
    const flags = d.u8(f[`icmpv6.rr.pco.up.${name}`]),
      at = d.at - 1,
      inner = d.enter()
    // as in tshark the router advertisement's flags go by the names of their mask
    for (const flag of ['l', 'a', 'reserved'] as const) d.bits(f[`icmpv6.rr.pco.up.flagmask.${flag}`], at, at + 1, flags)
    d.leave(inner)
  }
  d.u32(f['icmpv6.rr.pco.up.validlifetime'])
  d.u32(f['icmpv6.rr.pco.up.preferredlifetime'])
  const flags = d.u32(f['icmpv6.rr.pco.up.flag']),
    at = d.at - 4,
    inner = d.enter()
  for (const flag of ['v', 'p', 'reserved'] as const) d.bits(f[`icmpv6.rr.pco.up.flag.${flag}`], at, at + 4, flags)
  d.leave(inner)
  d.span(f['icmpv6.rr.pco.up.useprefix'], 16)
  d.leave(outer)
}

function result(d: Decoder, f: Ids): void {
  d.range(f['icmpv6.rr.rm'], d.at, d.at + RESULT_LENGTH)
  const outer = d.enter(),
    flags = d.u16(f['icmpv6.rr.rm.flag']),
    at = d.at - 2,
    inner = d.enter()
  for (const flag of ['b', 'f', 'reserved'] as const) d.bits(f[`icmpv6.rr.rm.flag.${flag}`], at, at + 2, flags)
  d.leave(inner)
  d.u8(f['icmpv6.rr.rm.ordinal'])
  d.u8(f['icmpv6.rr.rm.matchedlen'])
  d.u32(f['icmpv6.rr.rm.interfaceindex'])
  d.span(f['icmpv6.rr.rm.matchedprefix'], 16)
  d.leave(outer)
}
