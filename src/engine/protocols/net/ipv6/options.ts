// Options of IPv6 hop-by-hop and destination headers (RFC 8200, 4.2; IANA ipv6-parameters): padding, router alert (RFC 2711), jumbo payload (RFC 2675),
// tunnel encapsulation limit (RFC 2473), Quick-Start (RFC 4782), CALIPSO (RFC 5570), SMF (RFC 6621), home address (RFC 6275), RPL (RFC 6553), ILNP nonce
// (RFC 6744), line identification (RFC 6788), MPL (RFC 7731), DFF (RFC 6971), PDM (RFC 8250), path MTU (RFC 9268). Not covered: IOAM node data.
import { bool, bytes, expert, ipv6, none, string, u16, u24, u32, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'

const NAMES: Readonly<Record<number, string>> = {
  0x00: 'Pad1',
  0x01: 'PadN',
  0x05: 'Router Alert',
  0x04: 'Tunnel Encapsulation Limit',
  0x07: 'CALIPSO',
  0x08: 'SMF_DPD',
  0x0f: 'Performance and Diagnostic Metrics',
  0x11: 'IOAM Destination',
  0x1e: 'Experimental (0x1E)',
  0x26: 'Quick-Start',
  0x30: 'Path MTU Record',
  0x31: 'IOAM Hop-by-Hop',
  0x3e: 'Experimental (0x3E)',
  0x4d: 'Deprecated',
  0x5e: 'Experimental (0x5E)',
  0x63: 'RPL Option',
  0x6d: 'MPL Option',
  0x7e: 'Experimental (0x7E)',
  0x8a: 'Endpoint Identification',
  0x8b: 'ILNP Nonce',
  0x8c: 'Line-Identification',
  0x9e: 'Experimental (0x9E)',
  0xbe: 'Experimental (0xBE)',
  0xc2: 'Jumbo Payload',
  0xc9: 'Home Address',
  0xde: 'Experimental (0xDE)',
  0xee: 'IP_DFF',
  0xfe: 'Experimental (0xFE)',
  0x23: 'RPL Option',
}
const ACTIONS = { 0: 'Skip and continue', 1: 'Discard', 2: 'Discard and send ICMP', 3: 'Discard and send ICMP if not multicast' }
const ALERTS = { 0: 'MLD', 1: 'RSVP', 2: 'Active Network', 3: 'Reserved' }
const YES_NO = ['Yes', 'No'] as const
const QS_RATES: Record<number, string> = {
  0: '0 bit/s',
  1: '80 kbit/s',
  2: '160 kbit/s',
  3: '320 kbit/s',
  4: '640 kbit/s',
  5: '1.28 Mbit/s',
  6: '2.56 Mbit/s',
  7: '5.12 Mbit/s',
  8: '10.24 Mbit/s',
  9: '20.48 Mbit/s',
  10: '40.96 Mbit/s',
  11: '81.92 Mbit/s',
  12: '163.84 Mbit/s',
  13: '327.68 Mbit/s',
  14: '655.36 Mbit/s',
  15: '1.31072 Gbit/s',
}

/** Fields of the options, a part of the table of both option headers. */
export const optionFields = {
  'ipv6.opt': none('IPv6 Option'),
  'ipv6.opt.type': u8('Type', { base: 'hex', values: NAMES }),
  'ipv6.opt.type.action': u8('Action', { mask: 0xc0, values: ACTIONS }),
  'ipv6.opt.type.change': bool('May Change', { mask: 0x20, names: YES_NO }),
  'ipv6.opt.type.rest': u8('Low-Order Bits', { base: 'hex', mask: 0x1f }),
  'ipv6.opt.length': u8('Length'),
  'ipv6.opt.pad1': none('Pad1'),
  'ipv6.opt.padn': bytes('PadN', { mayBeEmpty: true }),
  'ipv6.opt.pmtu.min': u16('Minimum Reported PMTU'),
  'ipv6.opt.pmtu.rtn': u16('Return Minimum PMTU'),
  'ipv6.opt.pmtu.r_flag': bool('Return Flag'),
  'ipv6.opt.router_alert': u16('Router Alert', {
    values: (value) =>
      value > 3 && value < 36
        ? 'Aggregated Reservation Nesting Level'
        : value > 35 && value < 68
          ? 'QoS NSLP Aggregation Level'
          : (ALERTS as Record<number, string>)[value],
  }),
  'ipv6.opt.tel': u8('Tunnel Encapsulation Limit'),
  'ipv6.opt.jumbo': u32('Payload Length'),
  'ipv6.opt.calipso.doi': u32('CALIPSO Domain of Interpretation'),
  'ipv6.opt.calipso.cmpt.length': u8('Compartment Length'),
  'ipv6.opt.calipso.sens_level': u8('Sensitivity Level'),
  'ipv6.opt.calipso.checksum': u16('Checksum', { base: 'hex' }),
  'ipv6.opt.calipso.cmpt_bitmap': bytes('Compartment Bitmap'),
  'ipv6.opt.smf_dpd.hash_bit': bool('H-bit', { mask: 0x80 }),
  'ipv6.opt.smf_dpd.tid_type': u8('TaggerID Type', { mask: 0x70 }),
  'ipv6.opt.smf_dpd.tid_len': u8('TaggerID Length', { mask: 0x0f }),
  'ipv6.opt.smf_dpd.tagger_id': bytes('TaggerID'),
  'ipv6.opt.smf_dpd.ident': bytes('Identifier'),
  'ipv6.opt.smf_dpd.hav': bytes('Hash Assist Value'),
  'ipv6.opt.pdm.scale_dtlr': u8('Scale DTLR'),
  'ipv6.opt.pdm.scale_dtls': u8('Scale DTLS'),
  'ipv6.opt.pdm.psn_this_pkt': u16('PSN This Packet'),
  'ipv6.opt.pdm.psn_last_recv': u16('PSN Last Received'),
  'ipv6.opt.pdm.delta_last_recv': u16('Delta Time Last Received'),
  'ipv6.opt.pdm.delta_last_sent': u16('Delta Time Last Sent'),
  'ipv6.opt.qs_func': u8('Function', { mask: 0xf0, values: { 0: 'Rate request', 8: 'Rate report' } }),
  'ipv6.opt.qs_rate': u8('Rate', { mask: 0x0f, values: QS_RATES }),
  'ipv6.opt.qs_ttl': u8('QS TTL'),
  'ipv6.opt.qs_ttl_diff': u8('TTL Diff', { generated: true }),
  'ipv6.opt.qs_unused': u8('Not Used'),
  'ipv6.opt.qs_nonce': u32('QS Nonce', { base: 'hex', mask: 0xfffffffc }),
  'ipv6.opt.qs_reserved': u32('Reserved', { base: 'hex', mask: 0x00000003 }),
  'ipv6.opt.ioam.rsv': u8('Reserved'),
  'ipv6.opt.ioam.opt_type': u8('Option-Type', {
    values: { 0: 'Pre-allocated Trace', 1: 'Incremental Trace', 2: 'Proof of Transit', 3: 'Edge to Edge' },
  }),
  'ipv6.opt.ioam.trace.ns': u16('Namespace ID'),
  'ipv6.opt.ioam.trace.remlen': u8('Remaining Length'),
  'ipv6.opt.ioam.trace.type': u24('Trace Type', { base: 'hex' }),
  'ipv6.opt.mipv6.home_address': ipv6('MIPv6 Home Address'),
  'ipv6.opt.rpl.flag': u8('Flag', { base: 'hex' }),
  'ipv6.opt.rpl.flag.o': bool('Down', { mask: 0x80 }),
  'ipv6.opt.rpl.flag.r': bool('Rank Error', { mask: 0x40 }),
  'ipv6.opt.rpl.flag.f': bool('Forwarding Error', { mask: 0x20 }),
  'ipv6.opt.rpl.flag.rsv': u8('Reserved', { base: 'hex', mask: 0x1f }),
  'ipv6.opt.rpl.instance_id': u8('RPLInstanceID', { base: 'hex' }),
  'ipv6.opt.rpl.sender_rank': u16('Sender Rank', { base: 'hex' }),
  'ipv6.opt.ilnp_nonce': bytes('ILNP Nonce'),
  'ipv6.opt.lio.length': u8('LineIDLen'),
  'ipv6.opt.lio.line_id': string('Line ID'),
  'ipv6.opt.mpl.flag': u8('Flag', { base: 'hex' }),
  'ipv6.opt.mpl.flag.s': u8('Seed ID Length', {
    mask: 0xc0,
    values: { 0: '0', 1: '16-bit unsigned integer', 2: '64-bit unsigned integer', 3: '128-bit unsigned integer' },
  }),
  'ipv6.opt.mpl.flag.m': bool('Largest Sequence', { mask: 0x20 }),
  'ipv6.opt.mpl.flag.v': bool('Version', { mask: 0x10 }),
  'ipv6.opt.mpl.flag.rsv': u8('Reserved', { base: 'hex', mask: 0x0f }),
  'ipv6.opt.mpl.sequence': u8('Sequence', { base: 'hex' }),
  'ipv6.opt.mpl.seed_id': bytes('Seed ID'),
  'ipv6.opt.dff.flags': u8('Flags', { base: 'hex' }),
  'ipv6.opt.dff.flag.ver': u8('Version (VER)', { mask: 0xc0 }),
  'ipv6.opt.dff.flag.dup': bool('Duplicate (DUP)', { mask: 0x20 }),
  'ipv6.opt.dff.flag.ret': bool('Return (RET)', { mask: 0x10 }),
  'ipv6.opt.dff.flag.rsv': u8('Reserved', { base: 'hex', mask: 0x0f }),
  'ipv6.opt.dff.sequence_number': u16('Sequence Number', { base: 'dec-hex' }),
  'ipv6.opt.experimental': bytes('Experimental Option'),
  'ipv6.opt.unknown': bytes('Unknown Option Payload'),
  'ipv6.opt.jumbo.prohibited': expert(
    'error',
    'protocol',
    'When IPv6 payload length does not equal 0 a Jumbo Payload option must not be present',
  ),
  'ipv6.opt.jumbo.truncated': expert('warning', 'protocol', 'Jumbo Payload option present and jumbo length < 65536'),
  'ipv6.opt.invalid_len': expert('error', 'malformed', 'Invalid IPv6 option length'),
  'ipv6.opt.header_mismatch': expert('note', 'protocol', 'Wrong options extension header for type'),
  'ipv6.opt.deprecated': expert('note', 'deprecated', 'Option type is deprecated'),
  'ipv6.opt.unknown_data.expert': expert('note', 'undecoded', 'Unknown Data (not interpreted)'),
  'ipv6.opt_unknown_data': bytes('Unknown Data'),
} as const
type Ids = FieldIds<typeof optionFields>

/** Which option header is read; some options are for one of them only. */
export type OptionHeader = 'hop-by-hop' | 'destination'
const HOP_BY_HOP_ONLY: ReadonlySet<number> = new Set([0x05, 0xc2, 0x26, 0x08, 0x63, 0x23, 0x6d, 0xee, 0x30, 0x31])
const DESTINATION_ONLY: ReadonlySet<number> = new Set([0x04, 0x0f, 0xc9, 0x8b, 0x8c])

/** Records the options from d.at to `end`. */
export function ipv6Options(d: Decoder, f: Ids, end: number, header: OptionHeader): void {
  while (d.at < end) {
    const at = d.at,
      type = d.peek8(),
      padding = type === 0
    const length = padding ? 0 : d.peek8(at + 1),
      optionEnd = padding ? at + 1 : at + 2 + length
    d.require(padding ? 1 : 2)
    d.range(f['ipv6.opt'], at, Math.min(optionEnd, d.readable))
    if (d.labels) d.label(NAMES[type] ?? `Unknown IPv6 Option (${type})`)
    const option = d.last,
      outer = d.enter()
    d.u8(f['ipv6.opt.type'])
    if (padding) {
      d.range(f['ipv6.opt.pad1'], at, at + 1)
      d.leave(outer)
      continue
    }
    const typeNode = d.last,
      inner = d.enter()
    d.bits(f['ipv6.opt.type.action'], at, at + 1, type)
    d.bits(f['ipv6.opt.type.change'], at, at + 1, type)
    d.bits(f['ipv6.opt.type.rest'], at, at + 1, type)
    d.leave(inner)
    if (header === 'hop-by-hop' ? DESTINATION_ONLY.has(type) : HOP_BY_HOP_ONLY.has(type))
      d.expert(f['ipv6.opt.header_mismatch'], at, at + 1, '', typeNode)
    d.u8(f['ipv6.opt.length'])
    const lengthNode = d.last
    // a wrong length is said, and the content read all the same, as far as the type wants
    const name = NAMES[type] ?? 'Unknown',
      fixed = LENGTHS[type]
    if (fixed !== undefined ? length !== fixed : type === 0x07 && length < 8)
      d.expert(
        f['ipv6.opt.invalid_len'],
        at + 1,
        at + 2,
        `${name}: Invalid ${type === 0x07 ? 'Length' : 'length'} (${length} bytes)`,
        lengthNode,
      )
    if (fixed === undefined || length === fixed || type !== 0xc2) readOption(d, f, type, length, optionEnd, option)
    if (d.at < optionEnd) {
      if (fixed !== undefined && d.at === at + 2) d.skip(optionEnd - d.at)
      else d.span(f['ipv6.opt_unknown_data'], optionEnd - d.at)
    }
    d.leave(outer)
  }
}

/** Lengths of the options that have only one. */
const LENGTHS: Readonly<Record<number, number>> = {
  0x05: 2,
  0x04: 1,
  0xc2: 4,
  0x0f: 10,
  0x26: 6,
  0x30: 4,
  0xc9: 16,
  0x63: 4,
  0x23: 4,
  0xee: 3,
}

/** Content of one option. */
function readOption(d: Decoder, f: Ids, type: number, length: number, end: number, option: number): void {
  switch (type) {
    case 0x01:
      d.span(f['ipv6.opt.padn'], length)
      return
    case 0x05:
      d.u16(f['ipv6.opt.router_alert'])
      return
    case 0x04:
      d.u8(f['ipv6.opt.tel'])
      return
    case 0xc2:
      jumbo(d, f)
      return
    case 0x07:
      calipso(d, f)
      return
    case 0x08:
      duplicateDetection(d, f, length, end)
      return
    case 0x0f: {
      d.u8(f['ipv6.opt.pdm.scale_dtlr'])
      d.u8(f['ipv6.opt.pdm.scale_dtls'])
      d.u16(f['ipv6.opt.pdm.psn_this_pkt'])
      d.u16(f['ipv6.opt.pdm.psn_last_recv'])
      d.u16(f['ipv6.opt.pdm.delta_last_recv'])
      d.u16(f['ipv6.opt.pdm.delta_last_sent'])
      return
    }
    case 0x26:
      quickStart(d, f)
      return
    case 0x30: {
      d.u16(f['ipv6.opt.pmtu.min'])
      const word = d.peek16()
      d.add(f['ipv6.opt.pmtu.rtn'], d.at, d.at + 2, word & 0xfffe)
      d.add(f['ipv6.opt.pmtu.r_flag'], d.at + 1, d.at + 2, word & 1)
      d.skip(2)
      return
    }
    case 0x31:
    case 0x11:
      ioam(d, f, length)
      return
    case 0xc9:
      d.span(f['ipv6.opt.mipv6.home_address'], 16)
      return
    case 0x63:
    case 0x23: {
      const flags = d.u8(f['ipv6.opt.rpl.flag']),
        at = d.at - 1,
        outer = d.enter()
      for (const name of ['o', 'r', 'f', 'rsv'] as const) d.bits(f[`ipv6.opt.rpl.flag.${name}`], at, at + 1, flags)
      d.leave(outer)
      if (type === 0x63) d.expert(f['ipv6.opt.deprecated'], at, at + 1, '', option)
      d.u8(f['ipv6.opt.rpl.instance_id'])
      d.u16(f['ipv6.opt.rpl.sender_rank'])
      return
    }
    case 0x8b:
      d.span(f['ipv6.opt.ilnp_nonce'], length)
      return
    case 0x8c: {
      const size = d.u8(f['ipv6.opt.lio.length'])
      d.span(f['ipv6.opt.lio.line_id'], Math.min(size, end - d.at))
      return
    }
    case 0x6d: {
      if (length < 2) return
      const flags = d.u8(f['ipv6.opt.mpl.flag']),
        at = d.at - 1,
        outer = d.enter()
      for (const name of ['s', 'm', 'v', 'rsv'] as const) d.bits(f[`ipv6.opt.mpl.flag.${name}`], at, at + 1, flags)
      d.leave(outer)
      d.u8(f['ipv6.opt.mpl.sequence'])
      const size = [0, 2, 8, 16][flags >> 6] ?? 0
      if (size > 0 && d.at + size <= end) d.span(f['ipv6.opt.mpl.seed_id'], size)
      return
    }
    case 0xee: {
      const flags = d.u8(f['ipv6.opt.dff.flags']),
        at = d.at - 1,
        outer = d.enter()
      for (const name of ['ver', 'dup', 'ret', 'rsv'] as const) d.bits(f[`ipv6.opt.dff.flag.${name}`], at, at + 1, flags)
      d.leave(outer)
      d.u16(f['ipv6.opt.dff.sequence_number'])
      return
    }
    case 0x1e:
    case 0x3e:
    case 0x5e:
    case 0x7e:
    case 0x9e:
    case 0xbe:
    case 0xde:
    case 0xfe:
      d.span(f['ipv6.opt.experimental'], length)
      return
    default:
      d.span(f['ipv6.opt.unknown'], length)
      d.expert(f['ipv6.opt.unknown_data.expert'], end - length, end)
      return
  }
}

function jumbo(d: Decoder, f: Ids): void {
  const value = d.u32(f['ipv6.opt.jumbo']),
    node = d.last
  if (d.peek16(d.tree.start(d.tree.parent(d.layerNode)) + 4) !== 0) d.expert(f['ipv6.opt.jumbo.prohibited'], d.at - 4, d.at, '', node)
  if (value < 65536) d.expert(f['ipv6.opt.jumbo.truncated'], d.at - 4, d.at, '', node)
}

function calipso(d: Decoder, f: Ids): void {
  d.u32(f['ipv6.opt.calipso.doi'])
  const words = d.u8(f['ipv6.opt.calipso.cmpt.length'])
  d.u8(f['ipv6.opt.calipso.sens_level'])
  d.u16(f['ipv6.opt.calipso.checksum'])
  if (words > 0) d.span(f['ipv6.opt.calipso.cmpt_bitmap'], words * 4)
}

function duplicateDetection(d: Decoder, f: Ids, length: number, end: number): void {
  if (length < 1) return
  const octet = d.peek8(),
    at = d.at
  d.bits(f['ipv6.opt.smf_dpd.hash_bit'], at, at + 1, octet)
  if (octet & 0x80) {
    d.span(f['ipv6.opt.smf_dpd.hav'], length)
    return
  }
  d.bits(f['ipv6.opt.smf_dpd.tid_type'], at, at + 1, octet)
  const size = d.bits(f['ipv6.opt.smf_dpd.tid_len'], at, at + 1, octet)
  d.skip(1)
  if (octet & 0x70 && d.at + size + 1 <= end) d.span(f['ipv6.opt.smf_dpd.tagger_id'], size + 1)
  if (d.at < end) d.span(f['ipv6.opt.smf_dpd.ident'], end - d.at)
}

function quickStart(d: Decoder, f: Ids): void {
  const octet = d.peek8()
  d.bits(f['ipv6.opt.qs_func'], d.at, d.at + 1, octet)
  d.bits(f['ipv6.opt.qs_rate'], d.at, d.at + 1, octet)
  d.skip(1)
  if (octet >> 4 === 0) {
    const ttl = d.u8(f['ipv6.opt.qs_ttl'])
    d.generated(f['ipv6.opt.qs_ttl_diff'], (d.peek8(d.tree.start(d.tree.parent(d.layerNode)) + 7) - ttl) & 0xff, d.at - 1, d.at)
  } else d.u8(f['ipv6.opt.qs_unused'])
  const nonce = d.peek32()
  d.bits(f['ipv6.opt.qs_nonce'], d.at, d.at + 4, nonce)
  d.bits(f['ipv6.opt.qs_reserved'], d.at, d.at + 4, nonce)
  d.skip(4)
}

function ioam(d: Decoder, f: Ids, length: number): void {
  if (length < 2) return
  d.u8(f['ipv6.opt.ioam.rsv'])
  const kind = d.u8(f['ipv6.opt.ioam.opt_type'])
  if (kind !== 0 || length < 10) return
  d.u16(f['ipv6.opt.ioam.trace.ns'])
  d.skip(1)
  d.add(f['ipv6.opt.ioam.trace.remlen'], d.at, d.at + 1, d.peek8() & 0x7f)
  d.skip(1)
  d.u24(f['ipv6.opt.ioam.trace.type'])
}

/** Jumbo payload length of a hop-by-hop header at a position, or 0 when it has none. */
export function jumboLength(d: Decoder, at: number): number {
  const end = at + 8 + d.peek8(at + 1) * 8
  for (let i = at + 2; i + 1 < end && d.has(2, i);) {
    const type = d.peek8(i)
    if (type === 0) {
      i++
      continue
    }
    const length = d.peek8(i + 1)
    if (type === 0xc2) return length === 4 ? d.peek32(i + 2) : 0
    i += 2 + length
  }
  return 0
}
