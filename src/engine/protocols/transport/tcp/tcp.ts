// Transmission Control Protocol (RFC 9293): header, checksum, options, sequence analysis; the payload goes to desegment.ts.
// Not covered: rows of the sending process (they need exports of the capturing host), analysis over Multipath subflows.
import { asciiValue } from '../../../bytes/printable'
import { foldSum, internetSum } from '../../../bytes/checksum'
import { readPlace } from '../../../dissect/conversation'
import { defineProtocol } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { fieldByName } from '../../../dissect/registry'
import type { FieldIds } from '../../../dissect/registry'
import { CHECKSUM } from '../../../values/checksum-status'
import { ACK, FIN, MARK, RST, SYN, URG } from './analysis-flags'
import { showAnalysis, showAnalysisFlags, showTimes } from './analysis-tree'
import { dissectAtFin, dissectPayload } from './desegment'
import { tcpFields } from './fields'
import { F_BASE, SCALE_NONE, SCALE_UNKNOWN } from '../../../core/layout'
import { optionFields } from './option-fields'
import { dissectOptions } from './options'
import { newSegmentOptions, scanOptions } from './scan-options'
import { flagNames, flagPicture } from './texts'
import { tcpTracker } from './tracker'
import type { TcpTracker } from './tracker'

const fields = { ...tcpFields, ...optionFields } as const
export type TcpIds = FieldIds<typeof fields>

const scanned = newSegmentOptions()

/** What the layer's parts need of the header. */
export interface Segment {
  start: number
  flags: number
  /** Raw numbers. */
  sequence: number
  acknowledgment: number
  /** Relative numbers, as shown. */
  relative: number
  headerLength: number
  /** Payload by the IP length; -1 when it cannot be told. */
  length: number
  ordinal: number
  sourcePort: number
  destinationPort: number
  /** Quoted by an ICMP error: only the sequence number is sure to be there. */
  quoted: boolean
  /** Of a fragment or a quoted packet: the length of the payload is not known, and nothing is told of the stream. */
  partial: boolean
}

export const tcp = defineProtocol({
  name: 'tcp',
  title: 'Transmission Control Protocol',
  short: 'TCP',
  accepts: { 'ip.proto': [6] },
  fields,
  decode(d, f) {
    const start = d.at,
      p = d.packet,
      tracker = tcpTracker(d.session)
    d.setProtocol('TCP')
    d.setInfo('')
    const sourcePort = d.u16(f['tcp.srcport']),
      destinationPort = d.u16(f['tcp.dstport'])
    p.sourcePort = sourcePort
    p.destinationPort = destinationPort
    if (d.summary) d.setInfo(`${sourcePort} \u2192 ${destinationPort}`)
    if (d.labels) d.tree.labels[d.layerNode] = `Transmission Control Protocol, Src Port: ${sourcePort}, Dst Port: ${destinationPort}`
    d.add(f['tcp.port'], start, start + 2, sourcePort)
    d.add(f['tcp.port'], start + 2, start + 4, destinationPort)
    const quoted = p.inError && d.carrier(1) === 'ip' && d.carrier(2) === 'icmp'
    if (quoted) {
      if (!d.has(8, start)) return
      d.add(f['tcp.seq'], start + 4, start + 8, d.peek32(start + 4))
      if (!d.has(16, start)) return
    } else d.require(16)
    const segment: Segment = {
      start,
      flags: d.peek16(start + 12) & 0xfff,
      sequence: d.peek32(start + 4),
      acknowledgment: d.peek32(start + 8),
      relative: 0,
      headerLength: (d.peek8(start + 12) >> 4) * 4,
      length: 0,
      ordinal: p.transportOrdinal++,
      sourcePort,
      destinationPort,
      quoted,
      partial: p.inError || p.fragmented,
    }
    const reported = d.end - start
    segment.length = Math.max(-1, reported - segment.headerLength)
    const completeness = visit(d, tracker, segment)
    header(d, f, tracker, segment, completeness)
  },
})

let bound: TcpIds | undefined

/** First visit of a segment's payload alone, for the state of the protocols above: the segment at d.at was analysed already, as its frame's first. */
export function visitTcpPayload(d: Decoder): void {
  const start = d.at,
    p = d.packet,
    tracker = tcpTracker(d.session)
  const s: Segment = {
    start,
    flags: d.peek16(start + 12) & 0xfff,
    sequence: d.peek32(start + 4),
    acknowledgment: d.peek32(start + 8),
    relative: 0,
    headerLength: (d.peek8(start + 12) >> 4) * 4,
    length: 0,
    ordinal: 0,
    sourcePort: p.sourcePort,
    destinationPort: p.destinationPort,
    quoted: false,
    partial: p.fragmented,
  }
  s.length = d.end - start - s.headerLength
  p.transportOrdinal = 1
  p.transport = 'tcp'
  readPlace(d, tracker.conversations, tracker.table, 0)
  tracker.load(p.number, 0, p.stream, p.direction)
  d.at = start + s.headerLength
  bound ??= Object.fromEntries(Object.keys(fields).map((name) => [name, fieldByName(name)?.id ?? 0])) as unknown as TcpIds
  if (s.flags & RST) return
  if (!dissectAtFin(d, bound, tracker, s) && d.leftCaptured > 0) dissectPayload(d, bound, tracker, s)
}

/** First visit: analyses the segment; later: finds what was found then. Returns tcp.completeness as tshark shows it. */
function visit(d: Decoder, tracker: TcpTracker, s: Segment): number {
  const p = d.packet,
    { conversations, table } = tracker
  p.transport = 'tcp'
  let completeness = -1
  if (!tracker.seen(p.number, s.ordinal)) {
    if (!d.first) return 0
    const end = Math.min(s.start + s.headerLength, d.readable)
    scanOptions(scanned, d.bytes, s.start + 20, end)
    scanned.cut = end < s.start + s.headerLength
    const { addresses } = conversations
    tracker.segment(
      p.number,
      s.ordinal,
      addresses.of(p.netSource),
      s.sourcePort,
      addresses.of(p.netDestination),
      s.destinationPort,
      s.sequence,
      s.acknowledgment,
      s.flags,
      d.peek16(s.start + 14),
      s.length,
      scanned,
      s.partial,
    )
    completeness = tracker.completenessBefore
    readPlace(d, conversations, table, s.ordinal)
  } else {
    readPlace(d, conversations, table, s.ordinal)
    tracker.load(p.number, s.ordinal, p.stream, p.direction)
    if (!d.hindsight) completeness = tracker.completenessBefore
  }
  return completeness >= 0 ? completeness : tracker.completeness(p.stream)
}

/** Whether it is known where the segment ends: numbers and windows of others are shown as they stand, as tshark does. */
function isMeasured(s: Segment): boolean {
  return s.length >= 0 && !s.partial
}

function header(d: Decoder, f: TcpIds, tracker: TcpTracker, s: Segment, completeness: number): void {
  const p = d.packet,
    { start, flags, length } = s,
    { flows } = tracker
  const measured = isMeasured(s),
    base = p.stream < 0 || !measured ? 0 : flows.get(tracker.flow, F_BASE),
    reverseBase = p.stream < 0 || !measured ? 0 : flows.get(tracker.flow ^ 1, F_BASE)
  s.relative = (s.sequence - base) >>> 0
  const relativeAck = flags & ACK ? (s.acknowledgment - reverseBase) >>> 0 : s.acknowledgment
  const flagsText = d.summary || d.labels ? flagNames(flags, countsEcn(d, tracker, flags)) : ''
  if (p.stream >= 0) {
    d.generated(f['tcp.stream'], p.stream, start)
    d.generated(f['tcp.completeness'], completeness, start)
  }
  if (length < 0) {
    d.expert(
      f['tcp.short_segment'],
      start,
      start,
      'Short segment. Segment/fragment does not contain a full TCP header (might be NMAP or someone else deliberately sending unusual packets)',
      d.layerNode,
    )
  }
  if (!s.quoted) {
    if (measured) d.generated(f['tcp.len'], length, start + 12, start + 13)
    d.add(f['tcp.seq'], start + 4, start + 8, s.relative)
    if (d.labels) d.appendLabel('    (relative sequence number)')
    d.add(f['tcp.seq_raw'], start + 4, start + 8, s.sequence)
  }
  if (s.headerLength < 20) {
    d.add(f['tcp.hdr_len'], start + 12, start + 13, s.headerLength)
    d.expert(
      f['tcp.bogus_header_length'],
      start + 12,
      start + 13,
      `Bogus TCP header length (${s.headerLength}, must be at least 20)`,
      d.last,
    )
    if (d.labels) d.appendLabel(`, bogus header length (${s.headerLength}, must be at least 20)`)
    d.appendInfo(`, bogus TCP header length (${s.headerLength}, must be at least 20)`)
    return
  }
  const next = (s.relative + Math.max(0, length) + (flags & (SYN | FIN) ? 1 : 0)) >>> 0
  if (measured) {
    d.generated(f['tcp.nxtseq'], next, start)
    if (d.labels) d.appendLabel('    (relative sequence number)')
  }
  d.add(f['tcp.ack'], start + 8, start + 12, relativeAck)
  if (d.labels && flags & ACK) d.appendLabel('    (relative ack number)')
  const ackNode = d.last
  d.add(f['tcp.ack_raw'], start + 8, start + 12, s.acknowledgment)
  if (!(flags & ACK) && s.acknowledgment !== 0) d.expert(f['tcp.ack.nonzero'], start + 8, start + 12, '', ackNode)
  d.add(f['tcp.hdr_len'], start + 12, start + 13, s.headerLength)
  if (d.labels)
    d.label(`${(s.headerLength / 4).toString(2).padStart(4, '0')} .... = Header Length: ${s.headerLength} bytes (${s.headerLength / 4})`)
  const window = showFlags(d, f, tracker, s, flagsText)
  if (d.summary) {
    d.appendInfo(` [${flagsText}] Seq=${s.relative}`)
    if (flags & ACK) d.appendInfo(` Ack=${relativeAck}`)
    d.appendInfo(` Win=${window}`)
    if (flags & URG) d.appendInfo(` Urg=${d.peek16(start + 18)}`)
    if (measured) d.appendInfo(` Len=${length}`)
  }
  if (d.labels)
    d.tree.labels[d.layerNode] =
      `${d.tree.labels[d.layerNode] ?? ''}, Seq: ${s.relative}${flags & ACK ? `, Ack: ${relativeAck}` : ''}${measured ? `, Len: ${length}` : ''}`
  if (s.quoted && !d.has(20, start)) {
    if (d.has(18, start)) showChecksum(d, f, s)
    return
  }
  d.require(20, start)
  showChecksum(d, f, s)
  p.urgentPointer = flags & URG ? d.peek16(start + 18) : 0
  d.add(f['tcp.urgent_pointer'], start + 18, start + 20, d.peek16(start + 18))
  if (!(flags & URG) && d.peek16(start + 18) !== 0) d.expert(f['tcp.urgent_pointer.non_zero'], start + 18, start + 20, '', d.last)
  const optionsEnd = start + s.headerLength
  d.layerEnds(optionsEnd)
  if (s.headerLength > 20) {
    if (d.readable >= start + 20 && p.stream >= 0) {
      dissectOptions(d, f, start + 20, optionsEnd, {
        syn: (flags & SYN) !== 0,
        ack: (flags & ACK) !== 0,
        reverseBase,
        acknowledgment: s.acknowledgment,
      })
    }
    if (d.readable < optionsEnd && p.stream >= 0) showTimes(d, f)
    if (s.quoted && !d.has(s.headerLength, start)) return
    d.require(s.headerLength, start)
  }
  if (p.stream >= 0) showTimes(d, f)
  if (p.stream >= 0 && tracker.analysis & MARK.ANALYSED) showAnalysis(d, f, tracker)
  showAnalysisFlags(d, tracker)
  if (length < 0) return
  d.at = optionsEnd
  payload(d, f, tracker, s)
}

function payload(d: Decoder, f: TcpIds, tracker: TcpTracker, s: Segment): void {
  if (dissectAtFin(d, f, tracker, s)) return
  const captured = d.leftCaptured
  if (captured <= 0) return
  d.range(f['tcp.payload'], d.at, d.at + captured)
  if (d.labels) d.label(`TCP payload (${captured} byte${captured === 1 ? '' : 's'})`)
  if (s.flags & RST) {
    // RFC 9293, 3.5.3: text that explains the reset
    d.value(f['tcp.reset_cause'], d.at, d.at + captured, asciiValue(d.latin1(d.at, d.at + captured)))
    return
  }
  dissectPayload(d, f, tracker, s)
}

/** Flags and window; returns the window as scaled. */
function showFlags(d: Decoder, f: TcpIds, tracker: TcpTracker, s: Segment, names: string): number {
  const { start, flags } = s
  d.add(f['tcp.flags'], start + 12, start + 14, flags)
  if (d.labels) d.label(`Flags: 0x${flags.toString(16).padStart(3, '0')} (${names})`)
  const outer = d.enter()
  const counts = countsEcn(d, tracker, flags),
    low = start + 13,
    end = start + 14
  // one by one: this runs for every segment, and a field found by a name that is put together costs more than all the rest
  d.bits(f['tcp.flags.res'], start + 12, low, flags)
  if (counts) d.add(f['tcp.flags.ace'], start + 12, end, (flags >> 6) & 7)
  else {
    d.bits(f['tcp.flags.ae'], start + 12, low, flags)
    d.bits(f['tcp.flags.cwr'], low, end, flags)
    d.bits(f['tcp.flags.ece'], low, end, flags)
  }
  d.bits(f['tcp.flags.urg'], low, end, flags)
  d.bits(f['tcp.flags.ack'], low, end, flags)
  d.bits(f['tcp.flags.push'], low, end, flags)
  d.bits(f['tcp.flags.reset'], low, end, flags)
  if (flags & RST) d.expert(f['tcp.connection.rst'], low, end, '', d.last)
  d.bits(f['tcp.flags.syn'], low, end, flags)
  if (flags & SYN) synRemark(d, f, s)
  d.bits(f['tcp.flags.fin'], low, end, flags)
  if (flags & FIN) finRemarks(d, f, tracker, start)
  d.generatedValue(f['tcp.flags.str'], flagPicture(flags, counts), start + 12, start + 14)
  d.leave(outer)
  const raw = d.add(f['tcp.window_size_value'], start + 14, start + 16, d.peek16(start + 14))
  const scale = flags & SYN || d.packet.stream < 0 ? SCALE_NONE : tracker.scale
  const window = scale > 0 && isMeasured(s) ? raw * 2 ** scale : raw
  d.generated(f['tcp.window_size'], window, start + 14, start + 16)
  if (!(flags & SYN) && d.packet.stream >= 0) {
    d.generated(f['tcp.window_size_scalefactor'], scale < 0 ? scale : 2 ** scale, start + 14, start + 16)
    if (d.labels && scale < 0) d.appendLabel(scale === SCALE_UNKNOWN ? ' (unknown)' : ' (no window scaling used)')
  }
  return window
}

/** The expert item at the SYN flag, which was recorded last. */
function synRemark(d: Decoder, f: TcpIds, { start, flags, sourcePort, destinationPort }: Segment): void {
  if (flags & ACK)
    d.expert(
      f['tcp.connection.synack'],
      start + 13,
      start + 14,
      `Connection establish acknowledge (SYN+ACK): server port ${sourcePort}`,
      d.last,
    )
  else
    d.expert(f['tcp.connection.syn'], start + 13, start + 14, `Connection establish request (SYN): server port ${destinationPort}`, d.last)
}

/** What is to be said at the FIN flag, which was recorded last. */
function finRemarks(d: Decoder, f: TcpIds, tracker: TcpTracker, start: number): void {
  const node = d.last
  d.expert(f['tcp.connection.fin'], start + 13, start + 14, '', node)
  if (tracker.analysis & MARK.FIN_ACTIVE) d.expert(f['tcp.connection.fin_active'], start + 13, start + 14, '', node)
  if (tracker.analysis & MARK.FIN_PASSIVE) d.expert(f['tcp.connection.fin_passive'], start + 13, start + 14, '', node)
}

/** Whether the ECN bits of a segment are a counter. */
function countsEcn(d: Decoder, tracker: TcpTracker, flags: number): boolean {
  return !(flags & SYN) && d.packet.stream >= 0 && tracker.countsEcn(d.packet.stream)
}

function showChecksum(d: Decoder, f: TcpIds, s: Segment): void {
  const { start } = s,
    p = d.packet,
    sent = d.add(f['tcp.checksum'], start + 16, start + 18, d.peek16(start + 16)),
    node = d.last
  const total = d.end - start
  if (
    d.session.options.preferences.get('tcp.check_checksum')?.toUpperCase() !== 'TRUE' ||
    p.fragmented ||
    p.inError ||
    !d.has(total, start)
  ) {
    if (d.labels) d.appendLabel(' [unverified]', node)
    d.generated(f['tcp.checksum.status'], CHECKSUM.unverified, start + 16, start + 18)
    return
  }
  const { netSource, pseudoDestination } = p,
    size = netSource.kind === 'ipv6' ? 16 : 4
  const pseudo =
    internetSum(
      netSource.bytes,
      netSource.at,
      netSource.at + size,
      internetSum(pseudoDestination.bytes, pseudoDestination.at, pseudoDestination.at + size),
    ) +
    6 +
    Math.floor(total / 0x1_0000) +
    (total % 0x1_0000)
  const result = ~foldSum(internetSum(d.bytes, start, start + total, pseudo)) & 0xffff,
    good = result === 0
  const expected = ~foldSum((~result & 0xffff) + (~sent & 0xffff)) & 0xffff,
    text = expected.toString(16).padStart(4, '0')
  if (d.labels) d.appendLabel(good ? ' [correct]' : ` incorrect, should be 0x${text}(maybe caused by "TCP checksum offload"?)`, node)
  d.generated(f['tcp.checksum.status'], good ? CHECKSUM.good : CHECKSUM.bad, start + 16, start + 18)
  if (!good) d.expert(f['tcp.checksum_bad.expert'], start + 16, start + 18, `Bad checksum [should be 0x${text}]`, node)
  else if (sent === 0xffff) d.expert(f['tcp.checksum.ffff'], start + 16, start + 18, '', node)
  d.generated(f['tcp.checksum_calculated'], expected, start + 16, start + 18)
}
