// TCP connections as an observer sees them: which stream a segment belongs to and what its sequence numbers say (lost, retransmitted, out of order,
// window full …). RFC 9293 for the protocol; the verdicts are those of tshark 4.0.17, since users compare (each rule was checked against it).
//
// Every segment is analysed once, in file order, by segment(); load() gives the same results again later, for any packet, in any order.
import { CONVERSATIONS, conversationNumber } from '../../../dissect/conversation'
import type { Conversations, StreamTable } from '../../../dissect/conversation'
import { defineState } from '../../../dissect/session'
import type { FrameAccess, Session } from '../../../dissect/session'
import { ACK, ANALYSIS, FIN, MARK, PSH, RST, SYN } from './analysis-flags'
import { FLOW, FlowTable, SCALE_NONE, SCALE_UNKNOWN, SegmentPool } from './flows'
import { PduTable } from './pdus'
import type { SegmentOptions } from './scan-options'
import { RareTable, SegmentColumns } from './segments'
import type { RareValues } from './segments'

/** Bits of tcp.completeness. */
export const COMPLETENESS = { SYN: 1, SYN_ACK: 2, ACK: 4, DATA: 8, FIN: 16, RST: 32 } as const
/** Most segments remembered as unacknowledged in one direction. */
const MAX_UNACKED = 10_000
const MILLISECOND = 1_000_000

/** a > b in sequence space. */
const after = (a: number, b: number) => ((a - b) | 0) > 0

export class TcpTracker {
  readonly main = new SegmentColumns()
  /** Further headers of a packet (tunnels, ICMP quotes), numbered as they come. */
  readonly further = new SegmentColumns()
  readonly flows = new FlowTable()
  /** By stream: tcp.completeness bits. */
  completeness = new Uint8Array(64)
  /** By stream: frames of the latest SYN, and of the ACK that ends the handshake (0 = not seen). */
  synFrame = new Uint32Array(64)
  handshakeFrame = new Uint32Array(64)
  /** By stream: port of the side that answered a SYN or was sent one; 0 = unknown. */
  serverPort = new Uint16Array(64)
  private readonly pool = new SegmentPool()
  private readonly rare = new RareTable()
  private readonly furtherRare = new Map<number, RareValues>()
  private readonly furtherRows = new Map<number, number>()
  private readonly sacked = new Map<number, Uint32Array>()
  /** Window scales that were in force before the present one: flow -> [until frame, scale][]. */
  private readonly olderScales = new Map<number, [number, number][]>()
  /** PDUs that span segments. */
  readonly pdus: PduTable
  readonly conversations: Conversations
  readonly table: StreamTable
  private readonly frames: FrameAccess

  // ---- results of segment() and load()
  stream = -1
  direction: 0 | 1 = 0
  flow = 0
  analysis = 0
  acksFrame = 0
  bytesInFlight = 0
  pushBytes = 0
  /** Window scale in force for the segment: shift count, SCALE_UNKNOWN or SCALE_NONE. */
  scale = SCALE_UNKNOWN
  /** tcp.completeness before the segment that was analysed last. */
  completenessBefore = 0
  columns = this.main
  row = 0
  private fresh = false
  private rareKey = 0
  private ordinal = 0
  private readonly rareValues: RareValues = { duplicateAckNumber: 0, duplicateAckFrame: 0, timeoutFrame: 0, finFrame: 0 }

  constructor(session: Session) {
    this.conversations = session.state(CONVERSATIONS)
    this.table = this.conversations.tcp
    this.frames = session.frames
    this.pdus = new PduTable(this)
  }

  /** Whether the first visit of this header was made already. */
  seen(frame: number, ordinal: number): boolean {
    return this.conversations.placed(frame, ordinal)
  }

  /**
   * First visit of a segment. `source` and `destination` are address numbers; `length` is the payload by the IP length, or -1 when it cannot be
   * told: then the segment gets its stream and nothing else.
   */
  segment(frame: number, ordinal: number, source: number, sourcePort: number, destination: number, destinationPort: number, sequence: number, acknowledgment: number, flags: number, window: number, length: number, options: SegmentOptions, quoted: boolean): void {
    const table = this.table, flows = this.flows
    let stream = table.find(source, sourcePort, destination, destinationPort), analysis = 0
    if (stream >= 0 && (flags & (SYN | ACK)) === SYN && !quoted) {
      const flow = stream * 2 + table.direction(stream, source, sourcePort)
      if (flows.state[flow]! & FLOW.BASE_KNOWN) {
        if (flows.base[flow] !== sequence) {
          stream = -1
          analysis = ANALYSIS.REUSED_PORTS
        }
      }
    }
    this.fresh = stream < 0
    if (!this.fresh && (flags & (SYN | ACK)) === (SYN | ACK) && !quoted) {
      // an answer with another number than the one that was seen: the same stream counts from there on
      const flow = stream * 2 + table.direction(stream, source, sourcePort)
      if (flows.state[flow]! & FLOW.BASE_KNOWN && flows.base[flow] !== sequence) {
        flows.base[flow] = sequence
        analysis = ANALYSIS.REUSED_PORTS
      }
    }
    if (stream < 0) {
      stream = table.create(source, sourcePort, destination, destinationPort, frame)
      this.reserve(stream)
    }
    this.completenessBefore = this.completeness[stream]!
    const direction = table.direction(stream, source, sourcePort)
    this.conversations.place(table, frame, ordinal, stream, direction)
    this.stream = stream
    this.direction = direction
    this.flow = stream * 2 + direction
    this.ordinal = ordinal
    if (ordinal === 0) {
      this.columns = this.main
      this.row = frame - 1
      this.rareKey = frame
    } else {
      this.columns = this.further
      this.row = this.furtherRows.size
      this.rareKey = frame * 64 + ordinal
      this.furtherRows.set(this.rareKey, this.row)
    }
    this.acksFrame = this.bytesInFlight = this.pushBytes = 0
    const flow = this.flow
    this.scale = flows.scale[flow]!
    if (direction) analysis |= MARK.REVERSE
    if (length < 0) analysis |= MARK.NOT_ANALYSED
    else if (!quoted) analysis = this.analyse(frame, flow, stream, sequence, acknowledgment, flags, window, length, options, analysis)
    else this.setBases(flow, sequence, acknowledgment, flags)
    if (analysis & ANALYSIS.REUSED_PORTS && this.fresh) this.completenessBefore = this.completeness[stream]!
    this.analysis = analysis
    const columns = this.columns, row = this.row
    columns.sequence.set(row, sequence)
    columns.acknowledgment.set(row, acknowledgment)
    columns.flags.set(row, flags)
    columns.window.set(row, window)
    if (length > 0) columns.length.set(row, length)
    columns.analysis.set(row, analysis)
    if (this.acksFrame) columns.acksFrame.set(row, this.acksFrame)
    if (this.bytesInFlight) columns.bytesInFlight.set(row, this.bytesInFlight)
    if (this.pushBytes) columns.pushBytes.set(row, this.pushBytes)
  }

  /** Adds a mark to the segment that was analysed last. */
  mark(bits: number): void {
    this.analysis |= bits
    this.columns.analysis.set(this.row, this.analysis)
  }

  /** Results of an earlier segment() again. False when the packet was never visited. */
  load(frame: number, ordinal: number, stream: number, direction: 0 | 1): boolean {
    if (stream < 0) return false
    this.ordinal = ordinal
    if (ordinal === 0) {
      this.columns = this.main
      this.row = frame - 1
      this.rareKey = frame
    } else {
      this.columns = this.further
      this.rareKey = frame * 64 + ordinal
      const row = this.furtherRows.get(this.rareKey)
      if (row === undefined) return false
      this.row = row
    }
    this.stream = stream
    this.direction = direction
    this.flow = stream * 2 + direction
    const { columns, row } = this
    this.analysis = columns.analysis.get(row)
    this.acksFrame = columns.acksFrame.get(row)
    this.bytesInFlight = columns.bytesInFlight.get(row)
    this.pushBytes = columns.pushBytes.get(row)
    this.scale = this.scaleAt(this.flow, frame)
    return true
  }

  /** Where the values of a visited header are. */
  rowOf(frame: number, ordinal: number): { columns: SegmentColumns; row: number } {
    return ordinal === 0 ? { columns: this.main, row: frame - 1 } : { columns: this.further, row: this.furtherRows.get(frame * 64 + ordinal) ?? 0xffff_ffff }
  }

  /** Window scale in force for a flow's segment in a frame. */
  scaleAt(flow: number, frame: number): number {
    if (frame > this.flows.scaleFrame[flow]!) return this.flows.scale[flow]!
    for (const [until, scale] of this.olderScales.get(flow) ?? []) if (frame <= until) return scale
    return SCALE_UNKNOWN
  }

  /** Rare values of the segment of the last segment() or load(). */
  rareOf(): RareValues {
    if (this.ordinal === 0) return this.rare.get(this.rareKey)
    return this.furtherRare.get(this.rareKey) ?? { duplicateAckNumber: 0, duplicateAckFrame: 0, timeoutFrame: 0, finFrame: 0 }
  }

  /** Round-trip time of the handshake in nanoseconds, or -1. */
  initialRoundTrip(stream: number): number {
    const frame = this.handshakeFrame[stream]!
    return frame === 0 ? -1 : this.elapsed(this.synFrame[stream]!, frame)
  }

  /** Nanoseconds from one frame to another. */
  elapsed(from: number, to: number): number {
    return (this.frames.seconds(to) - this.frames.seconds(from)) * 1e9 + (this.frames.nanoseconds(to) - this.frames.nanoseconds(from))
  }

  /** Whether less time lies between two frames; a capture whose times run backwards says no. */
  private soon(from: number, to: number, limit: number): boolean {
    const elapsed = this.elapsed(from, to)
    return elapsed >= 0 && elapsed < limit
  }

  get memory(): number {
    return this.main.memory + this.further.memory + this.flows.memory + this.pool.memory + this.rare.memory + this.completeness.length * 11
  }

  private reserve(stream: number): void {
    this.flows.reserve(stream)
    if (stream < this.completeness.length) return
    const size = this.completeness.length * 2
    const completeness = new Uint8Array(size), synFrame = new Uint32Array(size), handshakeFrame = new Uint32Array(size), serverPort = new Uint16Array(size)
    completeness.set(this.completeness)
    synFrame.set(this.synFrame)
    handshakeFrame.set(this.handshakeFrame)
    serverPort.set(this.serverPort)
    this.completeness = completeness
    this.synFrame = synFrame
    this.handshakeFrame = handshakeFrame
    this.serverPort = serverPort
  }

  /** Where relative numbers count from: the SYN's number, or one before what is seen first. */
  private setBases(flow: number, sequence: number, acknowledgment: number, flags: number): void {
    const flows = this.flows
    if (!(flows.state[flow]! & FLOW.BASE_KNOWN)) {
      flows.base[flow] = flags & SYN ? sequence : sequence - 1
      flows.state[flow]! |= FLOW.BASE_KNOWN
    }
    const reverse = flow ^ 1
    if (flags & ACK && !(flows.state[reverse]! & FLOW.BASE_KNOWN)) {
      flows.base[reverse] = acknowledgment - 1
      flows.state[reverse]! |= FLOW.BASE_KNOWN
    }
  }

  private analyse(frame: number, flow: number, stream: number, sequence: number, acknowledgment: number, flags: number, window: number, length: number, options: SegmentOptions, analysis: number): number {
    const flows = this.flows, reverse = flow ^ 1, pool = this.pool
    const plain = (flags & (SYN | FIN | RST)) === 0, sequenceEnd = (sequence + length) >>> 0
    this.rareValues.duplicateAckNumber = this.rareValues.duplicateAckFrame = this.rareValues.timeoutFrame = this.rareValues.finFrame = 0
    this.setBases(flow, sequence, acknowledgment, flags)
    if (flags & FIN) {
      if (flows.finFrame[flow] === 0) flows.finFrame[flow] = frame
      const other = flows.finFrame[reverse]!
      analysis |= other === 0 || flows.finFrame[flow]! < other ? MARK.FIN_ACTIVE : MARK.FIN_PASSIVE
    }
    if (flags & ACK) flows.state[reverse]! &= ~FLOW.FLIGHT_UNKNOWN

    // -- what the segment says of its own direction
    const expected = flows.next[flow]!
    if (length === 1 && sequence === expected && flows.window[reverse] === 0) {
      analysis |= ANALYSIS.ZERO_WINDOW_PROBE
    } else {
      if (window === 0 && plain) analysis |= ANALYSIS.ZERO_WINDOW
      if (expected !== 0 && !(flags & RST) && after(sequence, expected)) {
        analysis |= ANALYSIS.LOST_SEGMENT
        flows.state[flow]! |= FLOW.FLIGHT_UNKNOWN
      }
      if (plain) {
        if (length <= 1 && sequence === ((expected - 1) >>> 0)) analysis |= ANALYSIS.KEEP_ALIVE
        if (length > 0) {
          const scale = flows.scale[reverse]!
          if (scale !== SCALE_UNKNOWN && sequenceEnd === ((flows.lastAck[reverse]! + flows.window[reverse]! * 2 ** (flows.state[reverse]! & FLOW.WINDOW_SCALED && scale > 0 ? scale : 0)) >>> 0)) analysis |= ANALYSIS.WINDOW_FULL
        } else if (sequence === expected) {
          analysis |= this.bareAck(frame, flow, acknowledgment, window)
        }
      }
    }
    if (acknowledgment !== flows.lastAck[flow]) {
      flows.lastNewAckFrame[flow] = frame
      flows.duplicateAcks[flow] = 0
    }

    // -- what it says of the other direction
    if (flags & ACK && flows.contiguous[reverse] !== 0 && after(acknowledgment, flows.contiguous[reverse]!)) {
      if (flows.contiguous[reverse] !== flows.next[reverse]) analysis |= ANALYSIS.ACK_LOST_SEGMENT
      else {
        // said once, until the other side shows a gap or says something new
        const quiet = flows.state[reverse]! & FLOW.ACKED_UNSEEN || flows.duplicateAcks[reverse]! > 0
        analysis |= quiet ? MARK.ANALYSED : ANALYSIS.ACK_LOST_SEGMENT
        flows.duplicateAcks[reverse] = 0
        flows.state[reverse]! |= FLOW.ACKED_UNSEEN
      }
      flows.contiguous[reverse] = flows.next[reverse]!
    }
    if ((length > 0 || flags & (SYN | FIN)) && !(analysis & ANALYSIS.KEEP_ALIVE)) analysis |= this.repeated(frame, flow, stream, sequence, sequenceEnd, length, flags & (SYN | FIN) ? (sequenceEnd + 1) >>> 0 : sequenceEnd)

    this.handshake(frame, stream, flags)

    // -- remember it
    let next = sequenceEnd
    if (analysis & ANALYSIS.DUPLICATE_ACK || acknowledgment !== flows.lastAck[flow]) flows.state[flow]! &= ~FLOW.ACKED_UNSEEN
    if (length > 0 || flags & (SYN | FIN)) {
      if (flags & (SYN | FIN)) next = (next + 1) >>> 0
      if (flows.unackedCount[flow]! < MAX_UNACKED) {
        flows.unacked[flow] = pool.add(flows.unacked[flow]!, sequence, next, frame)
        flows.unackedCount[flow]!++
      } else if (flags & (SYN | FIN)) next = sequenceEnd
    }
    if (!(analysis & ANALYSIS.ZERO_WINDOW_PROBE)) {
      if (flows.next[flow] === 0 || after(next, flows.next[flow]!)) {
        flows.next[flow] = next
        flows.nextFrame[flow] = frame
      }
      if (flows.contiguous[flow] === 0 || flows.contiguous[flow] === sequence) flows.contiguous[flow] = flows.next[flow]!
    }
    flows.window[flow] = window
    flows.lastAck[flow] = acknowledgment
    flows.lastAckFrame[flow] = frame
    if (flags & SYN) flows.state[flow]! &= ~FLOW.WINDOW_SCALED
    else flows.state[flow]! |= FLOW.WINDOW_SCALED
    flows.lastAnalysis[flow] = analysis & ANALYSIS_BITS
    if (flows.unacked[reverse]! >= 0) this.acknowledge(reverse, acknowledgment)
    if (length > 0 && this.countBytes(flow, length, flags)) analysis |= MARK.ANALYSED

    this.connection(frame, flow, stream, flags, length, options)
    if (analysis & ANALYSIS_BITS || this.acksFrame || this.bytesInFlight || this.pushBytes) analysis |= MARK.ANALYSED
    if (this.rareValues.duplicateAckNumber || this.rareValues.timeoutFrame || this.rareValues.finFrame) {
      analysis |= MARK.RARE
      if (this.ordinal === 0) this.rare.add(this.rareKey, this.rareValues)
      else this.furtherRare.set(this.rareKey, { ...this.rareValues })
    }
    return analysis
  }

  /** A segment without data at the expected number: window update, duplicate, or answer to a probe. */
  private bareAck(frame: number, flow: number, acknowledgment: number, window: number): number {
    const flows = this.flows, reverse = flow ^ 1, last = flows.lastAck[flow]!, before = flows.window[flow]!
    if (window !== 0 && window !== before && acknowledgment === last) return ANALYSIS.WINDOW_UPDATE
    if (window !== before) return 0
    if (acknowledgment !== last) return 0
    if (window !== 0 && flows.lastAnalysis[reverse]! & ANALYSIS.KEEP_ALIVE) return ANALYSIS.KEEP_ALIVE_ACK
    if (window === 0 && flows.lastAnalysis[reverse]! & ANALYSIS.ZERO_WINDOW_PROBE) return ANALYSIS.ZERO_WINDOW_PROBE_ACK
    if (window !== 0) {
      flows.duplicateAcks[flow]!++
      this.rareValues.duplicateAckNumber = flows.duplicateAcks[flow]!
      this.rareValues.duplicateAckFrame = flows.lastNewAckFrame[flow]!
      return ANALYSIS.DUPLICATE_ACK
    }
    return 0
  }

  /** Whether a segment repeats what was sent, or comes late. */
  private repeated(frame: number, flow: number, stream: number, sequence: number, sequenceEnd: number, length: number, next: number): number {
    const flows = this.flows, reverse = flow ^ 1, expected = flows.next[flow]!, acked = flows.lastAck[reverse]!
    let late = expected !== 0 && after(expected, sequence)
    if (length > 1 && ((expected - 1) >>> 0) === sequence) late = false
    if (length > 0 && acked !== 0 && !after(sequenceEnd, acked)) return ANALYSIS.SPURIOUS_RETRANSMISSION
    if (!late) return 0
    if ((flows.duplicateAcks[reverse]! >= 2 || flows.state[reverse]! & FLOW.ACKED_UNSEEN) && acked === sequence && this.soon(flows.lastAckFrame[reverse]!, frame, 20 * MILLISECOND)) return ANALYSIS.FAST_RETRANSMISSION
    const roundTrip = this.initialRoundTrip(stream)
    if (expected !== next && this.soon(flows.nextFrame[flow]!, frame, roundTrip > 0 ? roundTrip : 3 * MILLISECOND)) return ANALYSIS.OUT_OF_ORDER
    let since = flows.nextFrame[flow]!
    for (let place = flows.unacked[flow]!; place >= 0; place = this.pool.link[place]!) since = this.pool.frame[place]!
    this.rareValues.timeoutFrame = since
    return ANALYSIS.RETRANSMISSION
  }

  /** Takes acknowledged segments off a flow's list. */
  private acknowledge(flow: number, acknowledgment: number): void {
    const flows = this.flows, pool = this.pool
    let previous = -1
    for (let place = flows.unacked[flow]!; place >= 0; ) {
      const link = pool.link[place]!, next = pool.next[place]!
      if (after(next, acknowledgment)) {
        if (after(acknowledgment, pool.sequence[place]!)) pool.sequence[place] = acknowledgment
        previous = place
      } else {
        if (next === acknowledgment) this.acksFrame = pool.frame[place]!
        if (previous < 0) flows.unacked[flow] = link
        else pool.link[previous] = link
        flows.unackedCount[flow]!--
        pool.release(place)
      }
      place = link
    }
  }

  private countBytes(flow: number, length: number, flags: number): boolean {
    const flows = this.flows, pool = this.pool
    let place = flows.unacked[flow]!
    if (place < 0 || flows.state[flow]! & FLOW.FLIGHT_UNKNOWN) return false
    const base = flows.base[flow]!
    let first = (pool.sequence[place]! - base) >>> 0, last = (pool.next[place]! - base) >>> 0
    for (place = pool.link[place]!; place >= 0; place = pool.link[place]!) {
      const from = (pool.sequence[place]! - base) >>> 0, to = (pool.next[place]! - base) >>> 0
      if (to > last) last = to
      if (from < first) first = from
    }
    let flight = (last - first) >>> 0
    const sack = this.sacked.size > 0 ? this.sacked.get(flow ^ 1) : undefined
    if (sack) {
      let delivered = 0
      for (let i = 0; i + 1 < sack.length; i += 2) {
        delivered = (delivered + sack[i + 1]! - sack[i]!) >>> 0
        flight = (flight - delivered) >>> 0
      }
    }
    if (flags & (SYN | FIN)) flight--
    const fresh = (flows.state[flow]! & FLOW.PUSH_LAST) !== 0
    flows.pushBytes[flow] = fresh ? length : flows.pushBytes[flow]! + length
    if (flags & PSH) flows.state[flow]! |= FLOW.PUSH_LAST
    else flows.state[flow]! &= ~FLOW.PUSH_LAST
    if (flight > 0 && flight < 2_000_000_000) {
      this.bytesInFlight = flight
      this.pushBytes = flows.pushBytes[flow]!
    }
    return true
  }

  /** Times of the handshake. */
  private handshake(frame: number, stream: number, flags: number): void {
    if ((flags & (SYN | ACK)) === SYN) {
      if (this.handshakeFrame[stream] === 0) this.synFrame[stream] = frame
    } else if (flags & ACK && !(flags & SYN) && this.handshakeFrame[stream] === 0 && this.synFrame[stream] !== 0) this.handshakeFrame[stream] = frame
  }

  /** What is known of the connection as a whole. */
  private connection(frame: number, flow: number, stream: number, flags: number, length: number, options: SegmentOptions): void {
    let known = this.completeness[stream]!
    if (flags & SYN) {
      if (options.scale >= 0 && this.flows.scale[flow] !== SCALE_NONE) this.setScale(flow, frame, options.scale)
      else if (options.scale < 0 && this.flows.scale[flow] === SCALE_UNKNOWN) {
        this.setScale(flow, frame, SCALE_NONE)
        this.setScale(flow ^ 1, frame, SCALE_NONE)
      }
    }
    if (options.sackCount > 0) this.sacked.set(flow, options.sack.slice(0, options.sackCount * 2))
    else if (this.sacked.size > 0) this.sacked.delete(flow)
    // tshark notes nothing of a stream's first segment unless it is a SYN
    if (this.fresh && (flags & (SYN | ACK)) !== SYN) return
    if (flags & SYN) known |= flags & ACK ? COMPLETENESS.SYN_ACK : this.fresh ? COMPLETENESS.SYN : 0
    else if (flags & ACK) known |= length > 0 ? COMPLETENESS.DATA : COMPLETENESS.ACK
    if ((flags & (FIN | ACK)) === (FIN | ACK)) known |= COMPLETENESS.FIN
    if (flags & RST) known |= COMPLETENESS.RST
    this.completeness[stream] = known
  }

  private setScale(flow: number, frame: number, scale: number): void {
    const flows = this.flows, before = flows.scale[flow]!
    if (before === scale) return
    if (before !== SCALE_UNKNOWN) {
      const older = this.olderScales.get(flow) ?? [[flows.scaleFrame[flow]!, SCALE_UNKNOWN]]
      older.push([frame, before])
      this.olderScales.set(flow, older)
    }
    flows.scale[flow] = scale
    flows.scaleFrame[flow] = frame
  }
}

const ANALYSIS_BITS = (1 << 18) - 1

const TCP_STATE = defineState<{ tracker: TcpTracker | undefined }>('tcp', () => ({ tracker: undefined }))

/** The capture's tracker. */
export function tcpTracker(session: Session): TcpTracker {
  const state = session.state(TCP_STATE)
  return (state.tracker ??= new TcpTracker(session))
}

/** Number of a TCP stream among all conversations (see conversationOf). */
export function tcpConversation(stream: number): number {
  return conversationNumber('tcp', stream)
}
