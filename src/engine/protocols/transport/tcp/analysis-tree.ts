// The SEQ/ACK analysis subtree, the times, and the words that lead the Info column.
import type { Decoder, FieldId } from '../../../dissect/define'
import { elapsedSince } from '../../../dissect/elapsed'
import { ANALYSIS, ANALYSIS_MASK } from './analysis-flags'
import type { TcpIds } from './tcp'
import type { TcpTracker } from './tracker'

interface Verdict {
  readonly bit: number
  readonly field: keyof TcpIds & `tcp.analysis.${string}`
  /** Words before the Info column. */
  readonly info: string
}

/** In the order in which tshark shows them. Fast and spurious retransmissions are retransmissions too. */
const VERDICTS = [
  { bit: ANALYSIS.REUSED_PORTS, field: 'tcp.analysis.reused_ports', info: '[TCP Port numbers reused] ' },
  { bit: ANALYSIS.LOST_SEGMENT, field: 'tcp.analysis.lost_segment', info: '[TCP Previous segment not captured] ' },
  { bit: ANALYSIS.ACK_LOST_SEGMENT, field: 'tcp.analysis.ack_lost_segment', info: '[TCP ACKed unseen segment] ' },
  { bit: ANALYSIS.WINDOW_UPDATE, field: 'tcp.analysis.window_update', info: '[TCP Window Update] ' },
  { bit: ANALYSIS.WINDOW_FULL, field: 'tcp.analysis.window_full', info: '[TCP Window Full] ' },
  { bit: ANALYSIS.KEEP_ALIVE, field: 'tcp.analysis.keep_alive', info: '[TCP Keep-Alive] ' },
  { bit: ANALYSIS.KEEP_ALIVE_ACK, field: 'tcp.analysis.keep_alive_ack', info: '[TCP Keep-Alive ACK] ' },
  { bit: ANALYSIS.DUPLICATE_ACK, field: 'tcp.analysis.duplicate_ack', info: '' },
  { bit: ANALYSIS.ZERO_WINDOW_PROBE, field: 'tcp.analysis.zero_window_probe', info: '[TCP ZeroWindowProbe] ' },
  { bit: ANALYSIS.ZERO_WINDOW, field: 'tcp.analysis.zero_window', info: '[TCP ZeroWindow] ' },
  { bit: ANALYSIS.ZERO_WINDOW_PROBE_ACK, field: 'tcp.analysis.zero_window_probe_ack', info: '[TCP ZeroWindowProbeAck] ' },
  { bit: ANALYSIS.TFO_SYN, field: 'tcp.analysis.tfo_syn', info: '' },
  { bit: ANALYSIS.TFO_ACK, field: 'tcp.analysis.tfo_ack', info: '' },
  { bit: ANALYSIS.TFO_IGNORED, field: 'tcp.analysis.tfo_ignored', info: '' },
] as const satisfies readonly Verdict[]

const RESENT = ANALYSIS.RETRANSMISSION | ANALYSIS.FAST_RETRANSMISSION | ANALYSIS.SPURIOUS_RETRANSMISSION

/** Records tcp.analysis and what is under it. */
export function showAnalysis(d: Decoder, f: TcpIds, tracker: TcpTracker): void {
  const { analysis } = tracker,
    p = d.packet,
    at = d.at,
    roundTrip = tracker.roundTripFrames(p.stream)
  d.range(f['tcp.analysis'], at, at)
  d.markGenerated()
  const outer = d.enter()
  if (tracker.acksFrame) {
    d.generated(f['tcp.analysis.acks_frame'], tracker.acksFrame)
    if (tracker.elapsed(tracker.acksFrame, p.number) !== 0) elapsed(d, f['tcp.analysis.ack_rtt'], tracker.acksFrame)
  }
  if (roundTrip && tracker.elapsed(...roundTrip) !== 0) {
    const { seconds, nanoseconds } = elapsedSince(d, ...roundTrip)
    d.time(f['tcp.analysis.initial_rtt'], seconds, nanoseconds)
  }
  if (tracker.bytesInFlight) d.generated(f['tcp.analysis.bytes_in_flight'], tracker.bytesInFlight)
  if (tracker.pushBytes) d.generated(f['tcp.analysis.push_bytes_sent'], tracker.pushBytes)
  if (analysis & ANALYSIS_MASK) {
    d.range(f['tcp.analysis.flags'], at, at)
    d.markGenerated()
    const inner = d.enter()
    if (analysis & RESENT) {
      if (analysis & ANALYSIS.FAST_RETRANSMISSION) d.expert(f['tcp.analysis.fast_retransmission'], at, at)
      if (analysis & ANALYSIS.SPURIOUS_RETRANSMISSION) d.expert(f['tcp.analysis.spurious_retransmission'], at, at)
      d.expert(f['tcp.analysis.retransmission'], at, at)
    }
    if (analysis & ANALYSIS.OUT_OF_ORDER) d.expert(f['tcp.analysis.out_of_order'], at, at)
    for (const verdict of VERDICTS) {
      if (!(analysis & verdict.bit) || verdict.bit === ANALYSIS.DUPLICATE_ACK) continue
      d.expert(f[verdict.field], at, at)
    }
    d.leave(inner)
    const rare = tracker.rareOf()
    if (rare.timeoutFrame && tracker.elapsed(rare.timeoutFrame, p.number) !== 0) {
      elapsed(d, f['tcp.analysis.rto'], rare.timeoutFrame)
      d.generated(f['tcp.analysis.rto_frame'], rare.timeoutFrame)
    }
    if (analysis & ANALYSIS.DUPLICATE_ACK) {
      d.generatedValue(f['tcp.analysis.duplicate_ack'], 'This is a TCP duplicate ack')
      d.generated(f['tcp.analysis.duplicate_ack_num'], rare.duplicateAckNumber)
      d.generated(f['tcp.analysis.duplicate_ack_frame'], rare.duplicateAckFrame)
      d.expert(f['tcp.analysis.duplicate_ack'], at, at, `Duplicate ACK (#${rare.duplicateAckNumber})`, d.last)
    }
  }
  d.leave(outer)
}

/** Puts the verdicts' words before the Info column. */
export function showAnalysisFlags(d: Decoder, tracker: TcpTracker): void {
  const { analysis } = tracker
  if (!d.summary || !(analysis & ANALYSIS_MASK) || d.packet.stream < 0) return
  let text = ''
  if (analysis & ANALYSIS.FAST_RETRANSMISSION) text += '[TCP Fast Retransmission] '
  else if (analysis & ANALYSIS.SPURIOUS_RETRANSMISSION) text += '[TCP Spurious Retransmission] '
  else if (analysis & ANALYSIS.RETRANSMISSION) text += '[TCP Retransmission] '
  if (analysis & ANALYSIS.OUT_OF_ORDER) text = `[TCP Out-Of-Order] ${text}`
  for (const verdict of VERDICTS) {
    if (!(analysis & verdict.bit)) continue
    if (verdict.bit === ANALYSIS.DUPLICATE_ACK) {
      const rare = tracker.rareOf()
      text = `[TCP Dup ACK ${rare.duplicateAckFrame}#${rare.duplicateAckNumber}] ${text}`
    } else text = verdict.info + text
  }
  d.prependInfo(text, true)
}

/** The "Timestamps" rows. */
export function showTimes(d: Decoder, f: TcpIds): void {
  const p = d.packet
  d.note(d.at, d.at, 'Timestamps')
  d.markGenerated()
  const outer = d.enter()
  elapsed(d, f['tcp.time_relative'], p.firstFrame || p.number)
  elapsed(d, f['tcp.time_delta'], p.previousFrame || p.number)
  d.leave(outer)
}

/** Time from a frame to this one. */
function elapsed(d: Decoder, field: FieldId<'reltime'>, frame: number): void {
  const { seconds, nanoseconds } = elapsedSince(d, frame)
  d.time(field, seconds, nanoseconds)
}
