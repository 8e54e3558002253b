// The frame: what the capture file says of a packet, before any protocol. Not covered here: the link layers themselves (link/), which are
// found by LINKTYPE_ number in the table 'linktype'.
import { u64 as integer64 } from '../bytes/integers'
import { RECORD_CUSTOM_BLOCK } from '../capture/link-types'
import {
  absoluteTime,
  bool,
  bytes,
  defineProtocol,
  expert,
  framenum,
  i16,
  i64,
  relativeTime,
  string,
  subprotocol,
  u32,
  u64,
} from '../dissect/define'
import type { Decoder } from '../dissect/define'
import { elapsedSince } from '../dissect/elapsed'
import type { FieldIds } from '../dissect/registry'
import { encapsulation, encapsulationName } from '../values/encapsulations'

const flag = (label: string, mask: number) => bool(label, { mask, bits: 32, names: ['Set', 'Not set'] })

/** Owners of custom blocks that are met in the wild (IANA enterprise-numbers). */
const ENTERPRISES: Readonly<Record<number, string>> = {
  32473: 'Example Enterprise Number for Documentation Use',
  36724: 'Kaplan Research and Application Prototyping',
}

const fields = {
  'frame.time': absoluteTime('Arrival Time'),
  'frame.offset_shift': relativeTime('Time shift for this packet', { generated: true }),
  'frame.time_epoch': relativeTime('Epoch Time'),
  'frame.time_delta': relativeTime('Time delta from previous captured frame', { generated: true }),
  'frame.time_delta_displayed': relativeTime('Time delta from previous displayed frame', { generated: true }),
  'frame.time_relative': relativeTime('Time since reference or first frame', { generated: true }),
  'frame.ref_time': framenum('This is a Time Reference frame', { generated: true }),
  'frame.number': u32('Frame Number'),
  'frame.len': u32('Frame Length', { unit: ' bytes' }),
  'frame.cap_len': u32('Capture Length', { unit: ' bytes' }),
  'frame.marked': bool('Frame is marked', { generated: true }),
  'frame.ignored': bool('Frame is ignored', { generated: true }),
  'frame.protocols': string('Protocols in frame', { generated: true }),
  'frame.section_number': u32('Section number'),
  'frame.interface_id': u32('Interface id'),
  'frame.interface_name': string('Interface name'),
  'frame.interface_description': string('Interface description'),
  'frame.interface_queue': u32('Interface queue'),
  'frame.packet_flags': u32('Packet flags', { base: 'hex' }),
  'frame.packet_flags_direction': u32('Direction', {
    base: 'hex',
    mask: 0x00000003,
    values: { 0: 'Unknown', 1: 'Inbound', 2: 'Outbound' },
  }),
  'frame.packet_flags_reception_type': u32('Reception type', {
    mask: 0x0000001c,
    values: { 0: 'Not specified', 1: 'Unicast', 2: 'Multicast', 3: 'Broadcast', 4: 'Promiscuous' },
  }),
  'frame.packet_flags_fcs_length': u32('FCS length', { mask: 0x000001e0 }),
  'frame.packet_flags_reserved': u32('Reserved', { mask: 0x0000fe00 }),
  'frame.packet_flags_crc_error': flag('CRC error', 0x01000000),
  'frame.packet_flags_packet_too_error': flag('Packet too long error', 0x02000000),
  'frame.packet_flags_packet_too_short_error': flag('Packet too short error', 0x04000000),
  'frame.packet_flags_wrong_inter_frame_gap_error': flag('Wrong interframe gap error', 0x08000000),
  'frame.packet_flags_unaligned_frame_error': flag('Unaligned frame error', 0x10000000),
  'frame.packet_flags_start_frame_delimiter_error': flag('Start frame delimiter error', 0x20000000),
  'frame.packet_flags_preamble_error': flag('Preamble error', 0x40000000),
  'frame.packet_flags_symbol_error': flag('Symbol error', 0x80000000),
  pkt_comment: subprotocol('Packet comments'),
  'frame.comment': string('Comment'),
  'frame.packet_id': u64('Packet id'),
  'frame.verdict': string('Verdict'),
  'frame.verdict.hw': bytes('Hardware'),
  'frame.verdict.ebpf_tc': i64('eBPF TC'),
  'frame.verdict.ebpf_xdp': i64('eBPF XDP'),
  'frame.verdict.unknown': bytes('Unknown'),
  'frame.drop_count': u64('Drop Count'),
  'frame.cb_pen': u32('Private Enterprise Number', { values: ENTERPRISES }),
  'frame.cb_copy': bool('Copying', { names: ['Allowed', 'Not Allowed'] }),
  'frame.encap_type': i16('Encapsulation type', { values: encapsulationName }),
  'frame.comment.expert': expert('comment', 'comments', 'Formatted comment'),
  'frame.time_invalid': expert('warning', 'protocol', 'Arrival Time: Fractional second out of range (0-1000000000)'),
  'frame.len_lt_caplen': expert('error', 'malformed', 'Frame length is less than captured length'),
} as const
type Ids = FieldIds<typeof fields>

export const frame = defineProtocol({
  name: 'frame',
  title: 'Frame',
  short: 'Frame',
  fields,
  decode(d, f) {
    const p = d.packet,
      custom = p.linkType === RECORD_CUSTOM_BLOCK
    const described = p.interfaceIndex >= 0 ? d.session.frames.interface?.(p.interfaceIndex) : undefined
    const options = p.hasOptions ? d.session.frames.options?.(p.number) : undefined
    p.fcsLength = options?.fcsLength ? options.fcsLength : (described?.fcsLength ?? -1)
    if (d.addressesOnly && !custom) {
      d.next('linktype', p.linkType, 0)
      return
    }
    if (d.labels) label(d, described?.place)
    const texts = d.session.marks.comments(p.number) ?? options?.comments
    if (texts?.length) comments(d, f, texts)
    if (custom) {
      customBlock(d, f)
      return
    }
    if (described?.place) {
      d.add(f['frame.section_number'], 0, 0, described.place.section + 1)
      d.add(f['frame.interface_id'], 0, 0, described.place.id)
      if (d.labels) d.appendLabel(` (${described.name ?? 'unknown'})`)
      const outer = d.enter()
      d.value(f['frame.interface_name'], 0, 0, described.name ?? 'unknown')
      if (described.description !== undefined) d.value(f['frame.interface_description'], 0, 0, described.description)
      d.leave(outer)
    }
    if (options) {
      if (options.queue !== undefined) d.add(f['frame.interface_queue'], 0, 0, options.queue)
      if (options.flags !== undefined) flags(d, f, options.flags)
      if (options.packetId !== undefined) d.value(f['frame.packet_id'], 0, 0, options.packetId)
      for (const verdict of options.verdicts) verdictRow(d, f, verdict.kind, verdict.data)
    }
    d.add(f['frame.encap_type'], 0, 0, encapsulation(p.linkType))
    if (p.hasTime) times(d, f)
    d.add(f['frame.number'], 0, 0, p.number)
    d.add(f['frame.len'], 0, 0, p.originalLength)
    if (d.labels) d.appendLabel(` (${p.originalLength * 8} bits)`)
    d.add(f['frame.cap_len'], 0, 0, p.capturedLength)
    if (d.labels) d.appendLabel(` (${p.capturedLength * 8} bits)`)
    if (p.capturedLength > p.originalLength) d.expert(f['frame.len_lt_caplen'], 0, 0, '', d.last)
    if (options?.dropCount !== undefined) d.value(f['frame.drop_count'], 0, 0, options.dropCount)
    d.generated(f['frame.marked'], d.session.marks.marked(p.number) ? 1 : 0, 0)
    d.generated(f['frame.ignored'], d.session.marks.ignored(p.number) ? 1 : 0, 0)
    d.generatedValue(f['frame.protocols'], '', 0)
    const protocols = d.last
    d.layerEnds(d.end)
    if (!d.next('linktype', p.linkType, 0)) {
      d.setProtocol(`WTAP_ENCAP = ${encapsulation(p.linkType)}`)
      d.setInfo(`WTAP_ENCAP = ${encapsulation(p.linkType)}`)
      d.data(0)
    }
    d.tree.setObject(protocols, d.tree.chain.slice(1).join(':'))
  },
})

/** A block of somebody's own, which pcapng files may have between packets. */
function customBlock(d: Decoder, f: Ids): void {
  const p = d.packet,
    { enterprise, mayCopy } = d.session.frames.customBlock?.(p.number) ?? { enterprise: 0, mayCopy: true },
    { marks } = d.session
  const owner = `${ENTERPRISES[enterprise] ?? 'Unknown'} (${enterprise})`
  d.setProtocol('PCAPNG')
  d.setInfo(`Custom Block: PEN = ${owner}, will ${mayCopy ? '' : 'not '}be copied`)
  if (d.labels) {
    d.label(
      `PCAPNG Custom Block ${p.number}: ${p.originalLength} byte${p.originalLength === 1 ? '' : 's'} (${p.originalLength * 8} bits) of custom data and options, PEN ${owner}, copying ${mayCopy ? '' : 'not '}allowed`,
    )
  }
  d.add(f['frame.number'], 0, 0, p.number)
  d.add(f['frame.len'], 0, 0, p.originalLength)
  if (d.labels) d.appendLabel(` (${p.originalLength * 8} bits)`)
  d.add(f['frame.cap_len'], 0, 0, p.capturedLength)
  if (d.labels) d.appendLabel(` (${p.capturedLength * 8} bits)`)
  d.generated(f['frame.marked'], marks.marked(p.number) ? 1 : 0, 0)
  d.generated(f['frame.ignored'], marks.ignored(p.number) ? 1 : 0, 0)
  d.add(f['frame.cb_pen'], 0, 0, enterprise)
  d.add(f['frame.cb_copy'], 0, 0, mayCopy ? 1 : 0)
  d.generatedValue(f['frame.protocols'], '', 0)
  const protocols = d.last
  d.layerEnds(d.end)
  d.data(0)
  d.tree.setObject(protocols, d.tree.chain.slice(1).join(':'))
}

function label(d: Decoder, place: { readonly id: number } | undefined): void {
  const p = d.packet,
    bytes = (n: number) => `${n} byte${n === 1 ? '' : 's'}`
  d.label(
    `Frame ${p.number}: ${bytes(p.originalLength)} on wire (${p.originalLength * 8} bits), ${bytes(p.capturedLength)} captured (${p.capturedLength * 8} bits)${place ? ` on interface ${d.session.frames.interface?.(p.interfaceIndex)?.name ?? 'unknown'}, id ${place.id}` : ''}`,
  )
}

function comments(d: Decoder, f: Ids, list: readonly string[]): void {
  const outer = d.enter(-1)
  d.range(f.pkt_comment, 0, 0)
  d.enter()
  for (const comment of list) {
    d.value(f['frame.comment'], 0, 0, comment)
    if (d.labels) d.label(comment)
    d.expert(f['frame.comment.expert'], 0, 0, comment, d.last)
  }
  d.leave(outer)
}

function flags(d: Decoder, f: Ids, value: number): void {
  d.add(f['frame.packet_flags'], 0, 0, value)
  const outer = d.enter()
  for (const name of ['direction', 'reception_type', 'fcs_length', 'reserved'] as const)
    d.bits(f[`frame.packet_flags_${name}`], 0, 0, value)
  for (const name of [
    'crc_error',
    'packet_too_error',
    'packet_too_short_error',
    'wrong_inter_frame_gap_error',
    'unaligned_frame_error',
    'start_frame_delimiter_error',
    'preamble_error',
    'symbol_error',
  ] as const) {
    d.bits(f[`frame.packet_flags_${name}`], 0, 0, value)
  }
  d.leave(outer)
}

function verdictRow(d: Decoder, f: Ids, kind: number, data: Uint8Array): void {
  const name = ['Hardware', 'eBPF TC', 'eBPF XDP'][kind]
  d.value(f['frame.verdict'], 0, 0, name ?? `Unknown (${kind})`)
  const outer = d.enter()
  if (kind === 0) d.value(f['frame.verdict.hw'], 0, 0, data)
  else if ((kind === 1 || kind === 2) && data.length === 8) {
    d.value(kind === 1 ? f['frame.verdict.ebpf_tc'] : f['frame.verdict.ebpf_xdp'], 0, 0, BigInt.asIntN(64, integer64(data, 0, false)))
  } else d.value(f['frame.verdict.unknown'], 0, 0, data)
  d.leave(outer)
}

function times(d: Decoder, f: Ids): void {
  const p = d.packet
  d.time(f['frame.time'], p.seconds, p.nanoseconds, 0, 0, false)
  d.time(f['frame.offset_shift'], 0, 0, 0)
  d.time(f['frame.time_epoch'], p.seconds, p.nanoseconds, 0, 0, false)
  const since = (field: Ids['frame.time_delta'], number: number) => {
    const { seconds, nanoseconds } = elapsedSince(d, number)
    d.time(field, seconds, nanoseconds, 0)
  }
  since(f['frame.time_delta'], Math.max(1, p.number - 1))
  since(f['frame.time_delta_displayed'], d.session.displayedBefore(p.number) || p.number)
  const reference = d.session.marks.reference(p.number)
  since(f['frame.time_relative'], reference)
  if (reference === p.number && reference > 1) d.generated(f['frame.ref_time'], reference, 0)
}
