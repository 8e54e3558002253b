// Stream Control Transmission Protocol (RFC 9260) with partial reliability (RFC 3758).
// Not covered: reassembly of fragmented messages, checksum verification, I-DATA, address configuration, authentication, stream reconfiguration.
import { enterConversation } from '../../../dissect/conversation'
import { defineProtocol } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { CHECKSUM } from '../../../values/checksum-status'
import { acknowledge, halfOf, relative, transmit } from './associations'
import type { Half } from './associations'
import { CHUNKS, fields, PARAMETERS } from './fields'

type Ids = FieldIds<typeof fields>

export const sctp = defineProtocol({
  name: 'sctp',
  title: 'Stream Control Transmission Protocol',
  short: 'SCTP',
  accepts: { 'ip.proto': [132], 'udp.port': [9899] },
  fields,
  decode(d, f) {
    const start = d.at,
      p = d.packet
    d.setProtocol('SCTP')
    d.setInfo('')
    p.sourcePort = d.u16(f['sctp.srcport'])
    p.destinationPort = d.u16(f['sctp.dstport'])
    if (d.labels)
      d.tree.labels[d.layerNode] =
        `Stream Control Transmission Protocol, Src Port: ${p.sourcePort} (${p.sourcePort}), Dst Port: ${p.destinationPort} (${p.destinationPort})`
    const tag = d.u32(f['sctp.verification_tag'])
    d.generated(f['sctp.assoc_index'], 0xffff)
    d.add(f['sctp.port'], start, start + 2, p.sourcePort)
    d.add(f['sctp.port'], start + 2, start + 4, p.destinationPort)
    d.u32(f['sctp.checksum'])
    if (d.labels) d.appendLabel(' [unverified]')
    d.generated(f['sctp.checksum.status'], CHECKSUM.unverified, d.at - 4, d.at)
    enterConversation(d, 'sctp')
    const half = halfOf(d, tag)
    let carriesData = false
    while (d.left >= 4) {
      // what a DATA chunk carries stands between the rows of two chunks
      if (carriesData) d.furtherRow()
      carriesData = chunk(d, f, half)
    }
  },
})

/** One chunk with its padding; returns whether it handed user data to a protocol above. */
function chunk(d: Decoder, f: Ids, half: Half | undefined): boolean {
  const start = d.at,
    outerEnd = d.end,
    type = d.peek8(),
    flags = d.peek8(start + 1),
    stated = d.peek16(start + 2)
  d.require(4)
  const length = Math.max(stated, 4),
    end = start + length,
    padding = Math.max(0, Math.min((4 - (length % 4)) % 4, outerEnd - end)),
    name = CHUNKS[type] ?? `Unknown (${type})`
  d.note(start, Math.min(end + padding, outerEnd), `${name} chunk`)
  const node = d.last,
    outer = d.enter()
  d.u8(f['sctp.chunk_type'])
  const bits = d.enter()
  d.bits(f['sctp.chunk_bit_1'], start, start + 1, type)
  d.bits(f['sctp.chunk_bit_2'], start, start + 1, type)
  d.leave(bits)
  d.u8(f['sctp.chunk_flags'])
  const flagged = d.enter()
  if (type === 0) for (const bit of ['i', 'u', 'b', 'e'] as const) d.bits(f[`sctp.data_${bit}_bit`], start + 1, start + 2, flags)
  else if (type === 3) d.bits(f['sctp.sack_nounce_sum'], start + 1, start + 2, flags)
  else if (type === 6) d.bits(f['sctp.abort_t_bit'], start + 1, start + 2, flags)
  else if (type === 14) d.bits(f['sctp.shutdown_complete_t_bit'], start + 1, start + 2, flags)
  d.leave(flagged)
  d.u16(f['sctp.chunk_length'])
  if (stated < 4) {
    d.expert(f['sctp.chunk_length.bad'], start + 2, start + 4, `Chunk length bad: ${stated}`, d.last)
    d.leave(outer)
    d.at = outerEnd
    return false
  }
  d.end = Math.min(end, outerEnd)
  let carried: Payload | undefined
  if (type === 0) carried = data(d, f, half, flags, node)
  else content(d, f, half, type, name, node)
  d.end = outerEnd
  d.at = end
  if (padding > 0) d.span(f['sctp.chunk_padding'], padding)
  d.leave(outer)
  d.layerEnds(d.at)
  const taken = carried !== undefined
  if (carried) payload(d, carried)
  return taken
}

interface Payload {
  readonly start: number
  readonly end: number
  readonly protocol: number
}

/** DATA (RFC 9260, 3.3.1). What it carries is returned when it is a whole message that was not sent before. */
function data(d: Decoder, f: Ids, half: Half | undefined, flags: number, node: number): Payload | undefined {
  const tsn = d.peek32(),
    sent = transmit(d, half, tsn),
    shown = half ? relative(half, tsn) : tsn,
    p = d.packet
  d.require(12)
  d.add(f['sctp.data_tsn'], d.at, d.at + 4, shown)
  const again = sent !== undefined && sent.frame < p.number
  if (again) {
    const outer = d.enter()
    d.generated(f['sctp.retransmission'], sent.frame)
    d.expert(f['sctp.retransmission.expert'], d.at, d.at + 4, '', d.last)
    since(d, f['sctp.retransmission_time'], sent)
    d.leave(outer)
  }
  d.u32(f['sctp.data_tsn_raw'])
  const stream = d.u16(f['sctp.data_sid']),
    sequence = d.u16(f['sctp.data_ssn']),
    protocol = d.u32(f['sctp.data_payload_proto_id']),
    whole = (flags & 3) === 3
  if (d.summary) d.appendInfo(`DATA (TSN=${shown})${again ? ' (retransmission)' : ''} `)
  if (d.labels) {
    const segment = whole ? 'complete' : (flags & 2) !== 0 ? 'first' : (flags & 1) !== 0 ? 'last' : 'middle'
    d.tree.labels[node] =
      `DATA chunk (${flags & 4 ? 'unordered' : 'ordered'}, ${segment} segment, TSN: ${shown}, SID: ${stream}, SSN: ${sequence}, PPID: ${protocol}, payload length: ${d.left} bytes)`
  }
  return again || !whole || d.left <= 0 ? undefined : { start: d.at, end: d.end, protocol }
}

/** By payload protocol identifier, then by port, the lower one first. */
function payload(d: Decoder, { start, end, protocol }: Payload): void {
  const at = d.at,
    outerEnd = d.end,
    { sourcePort, destinationPort } = d.packet
  const low = Math.min(sourcePort, destinationPort),
    high = Math.max(sourcePort, destinationPort)
  if (d.summary) d.fenceInfo()
  if (protocol !== 0 && d.next('sctp.ppi', protocol, start, end)) return
  if (d.next('sctp.port', low, start, end) || d.next('sctp.port', high, start, end) || d.nextByContent('sctp', start, end)) return
  d.data(start, end)
  d.at = at
  d.end = outerEnd
}

/** Chunks other than DATA. */
function content(d: Decoder, f: Ids, half: Half | undefined, type: number, name: string, node: number): void {
  if (d.summary && type !== 3) d.appendInfo(`${name} `)
  if (type === 1 || type === 2) {
    const prefix = type === 1 ? 'init' : 'initack',
      at = d.at,
      tag = d.u32(f[`sctp.${prefix}_initiate_tag`])
    d.add(f['sctp.initiate_tag'], at, at + 4, tag)
    d.u32(f[`sctp.${prefix}_credit`])
    const out = d.u16(f[`sctp.${prefix}_nr_out_streams`]),
      into = d.u16(f[`sctp.${prefix}_nr_in_streams`])
    d.u32(f[`sctp.${prefix}_initial_tsn`])
    if (d.labels) d.tree.labels[node] = `${name} chunk (Outbound streams: ${out}, inbound streams: ${into})`
    parameters(d, f)
  } else if (type === 3) selective(d, f, half, node)
  else if (type === 4 || type === 5) parameters(d, f)
  else if (type === 6 || type === 9) causes(d, f)
  else if (type === 7) d.u32(f['sctp.shutdown_cumulative_tsn_ack'])
  else if (type === 10) {
    if (d.labels) d.tree.labels[node] = `COOKIE_ECHO chunk (Cookie length: ${d.left} bytes)`
    if (d.left > 0) d.span(f['sctp.cookie'], d.left)
  } else if (type === 192) {
    d.u32(f['sctp.forward_tsn_tsn'])
    while (d.left >= 4) {
      d.u16(f['sctp.forward_tsn_sid'])
      d.u16(f['sctp.forward_tsn_ssn'])
    }
  } else if (d.left > 0) d.span(f['sctp.chunk_value'], d.left)
}

/** SACK (RFC 9260, 3.3.4). */
function selective(d: Decoder, f: Ids, half: Half | undefined, node: number): void {
  const at = d.at,
    tsn = d.peek32(),
    peer = half?.peer,
    known = peer !== undefined && peer.startFrame > 0 && peer.startFrame <= d.packet.number
  d.require(4)
  d.add(f['sctp.sack_cumulative_tsn_ack'], at, at + 4, known ? relative(peer, tsn) : tsn)
  const outer = d.enter()
  for (const sent of acknowledge(d, half, tsn)) {
    d.generated(f['sctp.ack'], sent.tsn)
    const inner = d.enter()
    d.generated(f['sctp.ack_frame'], sent.frame)
    since(d, f['sctp.sack_rtt'], sent)
    d.leave(inner)
  }
  d.leave(outer)
  d.u32(f['sctp.sack_cumulative_tsn_ack_raw'])
  const window = d.u32(f['sctp.sack_a_rwnd']),
    gaps = d.u16(f['sctp.sack_number_of_gap_blocks']),
    duplicates = d.u16(f['sctp.sack_number_of_duplicated_tsns'])
  if (d.summary) d.appendInfo(`SACK (Ack=${known ? relative(peer, tsn) : tsn}, Arwnd=${window}) `)
  if (d.labels) d.tree.labels[node] = `SACK chunk (Cumulative TSN: ${tsn}, a_rwnd: ${window}, gaps: ${gaps}, duplicate TSNs: ${duplicates})`
  let covered = 0
  for (let i = 0; i < gaps; i++) {
    const from = d.u16(f['sctp.sack_gap_block_start'])
    let inner = d.enter()
    d.generated(f['sctp.sack_gap_block_start_tsn'], (tsn + from) >>> 0, d.at - 2, d.at)
    d.leave(inner)
    const to = d.u16(f['sctp.sack_gap_block_end'])
    inner = d.enter()
    d.generated(f['sctp.sack_gap_block_end_tsn'], (tsn + to) >>> 0, d.at - 2, d.at)
    d.leave(inner)
    covered += Math.max(0, to - from + 1)
  }
  if (gaps > 0) d.generated(f['sctp.sack_number_of_tsns_gap_acked'], covered)
  for (let i = 0; i < duplicates; i++) d.u32(f['sctp.sack_duplicate_tsn'])
}

/** Parameters to the chunk's end (RFC 9260, 3.2.1). */
function parameters(d: Decoder, f: Ids): void {
  const chunkEnd = d.end
  while (d.left >= 4) {
    const start = d.at,
      type = d.peek16(),
      stated = d.peek16(start + 2),
      end = start + Math.max(stated, 4),
      padding = Math.min((4 - (stated % 4)) % 4, Math.max(0, chunkEnd - end))
    d.note(start, Math.min(end + padding, chunkEnd), `${PARAMETERS[type] ?? 'Unknown'} parameter`)
    const outer = d.enter()
    if (padding > 0 && end + padding >= chunkEnd) d.expert(f['sctp.parameter_padding.expert'], start, end, '', d.parent)
    d.u16(f['sctp.parameter_type'])
    const bits = d.enter()
    d.bits(f['sctp.parameter_bit_1'], start, start + 2, type)
    d.bits(f['sctp.parameter_bit_2'], start, start + 2, type)
    d.leave(bits)
    d.u16(f['sctp.parameter_length'])
    if (stated < 4) {
      d.expert(f['sctp.parameter_length.bad'], start + 2, start + 4, '', d.last)
      d.leave(outer)
      return
    }
    d.end = Math.min(end, chunkEnd)
    parameter(d, f, type)
    d.end = chunkEnd
    d.at = end
    if (padding > 0) d.span(f['sctp.parameter_padding'], padding)
    d.leave(outer)
  }
}

function parameter(d: Decoder, f: Ids, type: number): void {
  if (d.left <= 0) return
  if (type === 1) d.span(f['sctp.parameter_heartbeat_information'], d.left)
  else if (type === 5) d.span(f['sctp.parameter_ipv4_address'], 4)
  else if (type === 6) d.span(f['sctp.parameter_ipv6_address'], 16)
  else if (type === 7) d.span(f['sctp.parameter_state_cookie'], d.left)
  else if (type === 8) parameters(d, f)
  else if (type === 9) d.u32(f['sctp.parameter_cookie_preservative_incr'])
  else if (type === 11) d.span(f['sctp.parameter_hostname'], d.left)
  else if (type === 12) while (d.left >= 2) d.u16(f['sctp.parameter_supported_address_type'])
  else if (type === 0x8008) while (d.left > 0) d.u8(f['sctp.supported_chunk_type'])
  else if (type === 0xc006) d.u32(f['sctp.adaptation_layer_indication'])
  else d.span(f['sctp.parameter_value'], d.left)
}

/** Error causes to the chunk's end (RFC 9260, 3.3.10). */
function causes(d: Decoder, f: Ids): void {
  while (d.left >= 4) {
    const start = d.at
    d.note(start, start + 4, 'Error cause')
    const outer = d.enter()
    d.u16(f['sctp.cause_code'])
    const length = d.u16(f['sctp.cause_length']),
      rest = Math.min(Math.max(0, length - 4), d.left)
    if (rest > 0) d.span(f['sctp.cause_information'], rest)
    const padding = Math.min((4 - (length % 4)) % 4, d.left)
    if (padding > 0) d.span(f['sctp.cause_padding'], padding)
    d.leave(outer, d.at)
  }
}

function since(d: Decoder, field: Ids['sctp.sack_rtt'], from: { readonly seconds: number; readonly nanoseconds: number }): void {
  const { seconds, nanoseconds } = d.packet
  let whole = seconds - from.seconds,
    rest = nanoseconds - from.nanoseconds
  if (rest < 0 && whole > 0) {
    whole--
    rest += 1e9
  }
  d.time(field, whole, rest)
}
