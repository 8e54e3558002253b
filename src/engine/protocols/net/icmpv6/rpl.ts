// Control messages of the routing protocol for low-power networks (RFC 6550, 6). Options: targets and transit information are read, others by length only.
// Not covered: secured messages beyond their header, metrics, point-to-point discovery.
import { bool, bytes, expert, ipv6, none, u16, u32, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'

const OPTIONS: Readonly<Record<number, string>> = {
  0: '1-byte padding',
  1: 'n-byte padding',
  2: 'Metric container',
  3: 'Routing',
  4: 'DODAG configuration',
  5: 'RPL Target',
  6: 'Transit Information',
  7: 'Solicited Information',
  8: 'Prefix Information',
  9: 'RPL Target Descriptor',
  10: 'P2P Route Discovery Option',
}
const MODES = {
  0: 'No downward routes maintained',
  1: 'Non-Storing Mode of Operation',
  2: 'Storing Mode of Operation with no multicast support',
  3: 'Storing Mode of Operation with multicast support',
  4: 'P2P Route Discovery mode of Operation',
}

/** Fields of the messages, a part of ICMPv6's table. */
export const rplFields = {
  'icmpv6.data': bytes('Data'),
  'icmpv6.reserved': bytes('Reserved'),
  'icmpv6.rpl.dis.flags': u8('Flags'),
  'icmpv6.rpl.dio.instance': u8('RPLInstanceID'),
  'icmpv6.rpl.dio.version': u8('Version'),
  'icmpv6.rpl.dio.rank': u16('Rank'),
  'icmpv6.rpl.dio.flag': u8('Flags', { base: 'hex' }),
  'icmpv6.rpl.dio.flag.g': bool('Grounded (G)', { mask: 0x80 }),
  'icmpv6.rpl.dio.flag.0': bool('Zero', { mask: 0x40 }),
  'icmpv6.rpl.dio.flag.mop': u8('Mode of Operation (MOP)', { base: 'hex', mask: 0x38, values: MODES }),
  'icmpv6.rpl.dio.flag.preference': u8('DODAG Preference', { mask: 0x07 }),
  'icmpv6.rpl.dio.dtsn': u8('Destination Advertisement Trigger Sequence Number (DTSN)'),
  'icmpv6.rpl.dio.dagid': ipv6('DODAGID'),
  'icmpv6.rpl.dao.instance': u8('RPLInstanceID'),
  'icmpv6.rpl.dao.flag': u8('Flags', { base: 'hex' }),
  'icmpv6.rpl.dao.flag.k': bool('DAO-ACK Request (K)', { mask: 0x80 }),
  'icmpv6.rpl.dao.flag.d': bool('DODAGID Present (D)', { mask: 0x40 }),
  'icmpv6.rpl.dao.flag.rsv': u8('Reserved', { mask: 0x3f }),
  'icmpv6.rpl.dao.sequence': u8('DAO Sequence'),
  'icmpv6.rpl.dao.dodagid': ipv6('DODAGID'),
  'icmpv6.rpl.daoack.instance': u8('RPLInstanceID'),
  'icmpv6.rpl.daoack.flag': u8('Flag', { base: 'hex' }),
  'icmpv6.rpl.daoack.flag.d': bool('DODAGID Present (D)', { mask: 0x80 }),
  'icmpv6.rpl.daoack.flag.rsv': u8('Reserved', { mask: 0x7f }),
  'icmpv6.rpl.daoack.sequence': u8('DAO-ACK Sequence'),
  'icmpv6.rpl.daoack.status': u8('Status'),
  'icmpv6.rpl.daoack.dodagid': ipv6('DODAGID'),
  'icmpv6.rpl.opt.type': u8('Type', { values: OPTIONS }),
  'icmpv6.rpl.opt.length': u8('Length'),
  'icmpv6.rpl.opt.reserved': none('Reserved'),
  'icmpv6.rpl.opt.padn': none('Padding'),
  'icmpv6.rpl.opt.target.flag': none('Reserved'),
  'icmpv6.rpl.opt.target.prefix_length': u8('Target Length'),
  'icmpv6.rpl.opt.target.prefix': ipv6('Target'),
  'icmpv6.rpl.opt.transit.flag': u8('Flags', { base: 'hex' }),
  'icmpv6.rpl.opt.transit.flag.e': bool('External', { mask: 0x80 }),
  'icmpv6.rpl.opt.transit.flag.rsv': u8('Reserved', { mask: 0x7f }),
  'icmpv6.rpl.opt.transit.pathctl': u8('Path Control'),
  'icmpv6.rpl.opt.transit.pathseq': u8('Path Sequence'),
  'icmpv6.rpl.opt.transit.pathlifetime': u8('Path Lifetime'),
  'icmpv6.rpl.opt.transit.parent': ipv6('Parent Address'),
  'icmpv6.rpl.opt.targetdesc.descriptor': u32('Descriptor', { base: 'hex' }),
  'icmpv6.undecoded.rpl_option': expert('note', 'undecoded', 'Undecoded RPL Option'),
} as const
type Ids = FieldIds<typeof rplFields>

/** Records the message from its base on; the code tells its kind. */
export function rplMessage(d: Decoder, f: Ids, code: number): void {
  switch (code) {
    case 0:
      d.u8(f['icmpv6.rpl.dis.flags'])
      d.span(f['icmpv6.reserved'], 1)
      break
    case 1: {
      d.u8(f['icmpv6.rpl.dio.instance'])
      d.u8(f['icmpv6.rpl.dio.version'])
      d.u16(f['icmpv6.rpl.dio.rank'])
      const flags = d.u8(f['icmpv6.rpl.dio.flag']),
        outer = d.enter()
      for (const name of ['g', '0', 'mop', 'preference'] as const) d.bits(f[`icmpv6.rpl.dio.flag.${name}`], d.at - 1, d.at, flags)
      d.leave(outer)
      d.u8(f['icmpv6.rpl.dio.dtsn'])
      d.skip(1)
      d.span(f['icmpv6.reserved'], 1)
      d.span(f['icmpv6.rpl.dio.dagid'], 16)
      break
    }
    case 2: {
      d.u8(f['icmpv6.rpl.dao.instance'])
      const flags = d.u8(f['icmpv6.rpl.dao.flag']),
        outer = d.enter()
      for (const name of ['k', 'd', 'rsv'] as const) d.bits(f[`icmpv6.rpl.dao.flag.${name}`], d.at - 1, d.at, flags)
      d.leave(outer)
      d.span(f['icmpv6.reserved'], 1)
      d.u8(f['icmpv6.rpl.dao.sequence'])
      if (flags & 0x40) d.span(f['icmpv6.rpl.dao.dodagid'], 16)
      break
    }
    case 3: {
      d.u8(f['icmpv6.rpl.daoack.instance'])
      const flags = d.u8(f['icmpv6.rpl.daoack.flag']),
        outer = d.enter()
      for (const name of ['d', 'rsv'] as const) d.bits(f[`icmpv6.rpl.daoack.flag.${name}`], d.at - 1, d.at, flags)
      d.leave(outer)
      d.u8(f['icmpv6.rpl.daoack.sequence'])
      d.u8(f['icmpv6.rpl.daoack.status'])
      if (flags & 0x80) d.span(f['icmpv6.rpl.daoack.dodagid'], 16)
      break
    }
    default:
      if (d.left > 0) d.span(f['icmpv6.data'], d.leftCaptured)
      return
  }
  while (d.left > 0) option(d, f)
}

function option(d: Decoder, f: Ids): void {
  const at = d.at,
    type = d.peek8(),
    length = type === 0 ? 0 : d.peek8(at + 1),
    end = type === 0 ? at + 1 : at + 2 + length
  d.require(1)
  d.note(at, Math.min(end, d.readable), `ICMPv6 RPL Option (${OPTIONS[type] ?? `Unknown ${type}`})`)
  const outer = d.enter()
  d.u8(f['icmpv6.rpl.opt.type'])
  if (type !== 0) {
    d.u8(f['icmpv6.rpl.opt.length'])
    if (type === 1) {
      if (length > 0) d.range(f['icmpv6.rpl.opt.padn'], d.at, end)
    } else if (type === 5) {
      d.range(f['icmpv6.rpl.opt.target.flag'], d.at, d.at + 1)
      d.skip(1)
      const bits = d.u8(f['icmpv6.rpl.opt.target.prefix_length']),
        size = Math.min(16, Math.ceil(bits / 8))
      d.require(size)
      const prefix = new Uint8Array(16)
      prefix.set(d.slice(d.at, d.at + size))
      d.value(f['icmpv6.rpl.opt.target.prefix'], d.at, d.at + size, prefix)
    } else if (type === 6) {
      const flags = d.u8(f['icmpv6.rpl.opt.transit.flag']),
        inner = d.enter()
      d.bits(f['icmpv6.rpl.opt.transit.flag.e'], d.at - 1, d.at, flags)
      d.bits(f['icmpv6.rpl.opt.transit.flag.rsv'], d.at - 1, d.at, flags)
      d.leave(inner)
      d.u8(f['icmpv6.rpl.opt.transit.pathctl'])
      d.u8(f['icmpv6.rpl.opt.transit.pathseq'])
      d.u8(f['icmpv6.rpl.opt.transit.pathlifetime'])
      if (length >= 20) d.span(f['icmpv6.rpl.opt.transit.parent'], 16)
    } else if (type === 9) d.u32(f['icmpv6.rpl.opt.targetdesc.descriptor'])
    else {
      d.range(f['icmpv6.data'], d.at, end)
      d.expert(f['icmpv6.undecoded.rpl_option'], at, at + 1, '', d.parent)
    }
  }
  d.leave(outer)
  d.at = end
}
