// TCP connections as an observer sees them: which stream a segment belongs to and what its sequence numbers say (lost, retransmitted, out of order,
// window full …). RFC 9293 for the protocol; the verdicts are those of tshark 4.0.17, since users compare (each rule was checked against it).
//
// Every segment is analysed once, in file order, by segment(); load() gives the same results again later, for any packet, in any order.
import { withRoom } from '../../../bytes/room'
import { CONVERSATIONS, conversationNumber } from '../../../dissect/conversation'
import type { Conversations, StreamTable } from '../../../dissect/conversation'
import { defineState } from '../../../dissect/session'
import type { FrameAccess, Session } from '../../../dissect/session'
import { ACK, ANALYSIS, ANALYSIS_MASK, FIN, MARK, PSH, RST, SYN } from './analysis-flags'
import {
  BASE,
  CONTIGUOUS,
  DUPLICATE_ACKS,
  FIN_FRAME,
  FLOW,
  FRAME,
  FlowTable,
  LAST_ACK,
  LAST_ACK_FRAME,
  LAST_ANALYSIS,
  NEW_ACK_FRAME,
  NEXT,
  NEXT_FRAME,
  OLDEST,
  PUSH_BYTES,
  SCALE,
  SCALE_FRAME,
  SCALE_NONE,
  SCALE_UNKNOWN,
  STATE,
  SegmentPool,
  UNACKED,
  UNACKED_COUNT,
  WINDOW,
  WORDS,
} from './flows'
import { PduTable } from './pdus'
import type { SegmentOptions } from './scan-options'
import { acknowledge, outstanding, remember } from './unacked'
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
  /** By stream: whether Accurate ECN was asked for and agreed on. */
  private accurateEcn = new Uint8Array(64)
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
  segment(
    frame: number,
    ordinal: number,
    source: number,
    sourcePort: number,
    destination: number,
    destinationPort: number,
    sequence: number,
    acknowledgment: number,
    flags: number,
    window: number,
    length: number,
    options: SegmentOptions,
    quoted: boolean,
  ): void {
    const table = this.table
    // signed from here on: see flows.ts
    sequence |= 0
    acknowledgment |= 0
    let stream = table.find(source, sourcePort, destination, destinationPort),
      analysis = 0
    this.fresh = stream < 0
    if (flags & SYN && stream >= 0 && !quoted) {
      const w = this.flows.words,
        a = (stream * 2 + table.direction(stream, source, sourcePort)) * WORDS
      if (w[a + STATE]! & FLOW.BASE_KNOWN && w[a + BASE] !== sequence) {
        analysis = ANALYSIS.REUSED_PORTS
        // a SYN with another number starts a new stream; an answer with another number makes the same stream count from there on
        if (flags & ACK) {
          w[a + BASE] = sequence
          w[a + STATE]! |= FLOW.SPAN_UNKNOWN
        } else {
          stream = -1
          this.fresh = true
        }
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
    this.scale = this.flows.get(flow, SCALE)
    if (direction) analysis |= MARK.REVERSE
    if (length < 0) analysis |= MARK.NOT_ANALYSED
    if (quoted || length < 0) this.complete(stream, flags, 0)
    else analysis = this.analyse(frame, flow, stream, sequence, acknowledgment, flags, window, length, options, analysis)
    if (analysis & ANALYSIS.REUSED_PORTS && this.fresh) this.completenessBefore = this.completeness[stream]!
    this.analysis = analysis
    const columns = this.columns,
      row = this.row
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
    return ordinal === 0
      ? { columns: this.main, row: frame - 1 }
      : { columns: this.further, row: this.furtherRows.get(frame * 64 + ordinal) ?? 0xffff_ffff }
  }

  /** Window scale in force for a flow's segment in a frame. */
  scaleAt(flow: number, frame: number): number {
    if (frame > this.flows.get(flow, SCALE_FRAME)) return this.flows.get(flow, SCALE)
    for (const [until, scale] of this.olderScales.get(flow) ?? []) if (frame <= until) return scale
    return SCALE_UNKNOWN
  }

  /** Rare values of the segment of the last segment() or load(). */
  rareOf(): RareValues {
    if (this.ordinal === 0) return this.rare.get(this.rareKey)
    return this.furtherRare.get(this.rareKey) ?? { duplicateAckNumber: 0, duplicateAckFrame: 0, timeoutFrame: 0, finFrame: 0 }
  }

  /** First and last frame of the handshake's round trip; undefined where it was not seen. */
  roundTripFrames(stream: number): readonly [syn: number, ack: number] | undefined {
    const frame = this.handshakeFrame[stream]!
    return frame === 0 ? undefined : [this.synFrame[stream]!, frame]
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
    return this.main.memory + this.further.memory + this.flows.memory + this.pool.memory + this.rare.memory + this.completeness.length * 12
  }

  private reserve(stream: number): void {
    this.flows.reserve(stream)
    if (stream < this.completeness.length) return
    this.completeness = withRoom(this.completeness)
    this.synFrame = withRoom(this.synFrame)
    this.handshakeFrame = withRoom(this.handshakeFrame)
    this.serverPort = withRoom(this.serverPort)
    this.accurateEcn = withRoom(this.accurateEcn)
  }

  /** Where relative numbers count from: the SYN's number, or one before what is seen first. */
  private setBases(a: number, b: number, sequence: number, acknowledgment: number, flags: number): void {
    const w = this.flows.words
    if (!(w[a + STATE]! & FLOW.BASE_KNOWN)) {
      w[a + BASE] = flags & SYN ? sequence : sequence - 1
      w[a + STATE]! |= FLOW.BASE_KNOWN
    }
    if (flags & ACK && !(w[b + STATE]! & FLOW.BASE_KNOWN)) {
      w[b + BASE] = acknowledgment - 1
      w[b + STATE]! |= FLOW.BASE_KNOWN
    }
  }

  private analyse(
    frame: number,
    flow: number,
    stream: number,
    sequence: number,
    acknowledgment: number,
    flags: number,
    window: number,
    length: number,
    options: SegmentOptions,
    analysis: number,
  ): number {
    const w = this.flows.words,
      a = flow * WORDS,
      b = (flow ^ 1) * WORDS,
      pool = this.pool
    const plain = (flags & (SYN | FIN | RST)) === 0,
      sequenceEnd = (sequence + length) | 0,
      carries = length > 0 || (flags & (SYN | FIN)) !== 0
    this.rareValues.duplicateAckNumber = this.rareValues.duplicateAckFrame = this.rareValues.timeoutFrame = this.rareValues.finFrame = 0
    this.setBases(a, b, sequence, acknowledgment, flags)
    if (flags & FIN) {
      if (w[a + FIN_FRAME] === 0) w[a + FIN_FRAME] = frame
      const other = w[b + FIN_FRAME]!
      analysis |= other === 0 || w[a + FIN_FRAME]! < other ? MARK.FIN_ACTIVE : MARK.FIN_PASSIVE
    }
    if (flags & ACK) w[b + STATE]! &= ~FLOW.FLIGHT_UNKNOWN

    // -- what the segment says of its own direction
    const expected = w[a + NEXT]!
    if (length === 1 && sequence === expected && w[b + WINDOW] === 0) {
      analysis |= ANALYSIS.ZERO_WINDOW_PROBE
    } else {
      if (window === 0 && plain) analysis |= ANALYSIS.ZERO_WINDOW
      if (expected !== 0 && !(flags & RST) && after(sequence, expected)) {
        analysis |= ANALYSIS.LOST_SEGMENT
        w[a + STATE]! |= FLOW.FLIGHT_UNKNOWN
      }
      if (plain) {
        if (length <= 1 && sequence === ((expected - 1) | 0)) analysis |= ANALYSIS.KEEP_ALIVE
        if (length > 0) {
          const scale = w[b + SCALE]!
          if (
            scale !== SCALE_UNKNOWN &&
            sequenceEnd === ((w[b + LAST_ACK]! + (w[b + WINDOW]! << (w[b + STATE]! & FLOW.WINDOW_SCALED && scale > 0 ? scale : 0))) | 0)
          )
            analysis |= ANALYSIS.WINDOW_FULL
        } else if (sequence === expected) {
          analysis |= this.bareAck(a, b, acknowledgment, window)
        }
      }
    }
    if (acknowledgment !== w[a + LAST_ACK]) {
      w[a + NEW_ACK_FRAME] = frame
      w[a + DUPLICATE_ACKS] = 0
    }

    // -- what it says of the other direction
    if (flags & ACK && w[b + CONTIGUOUS] !== 0 && after(acknowledgment, w[b + CONTIGUOUS]!)) {
      if (w[b + CONTIGUOUS] !== w[b + NEXT]) analysis |= ANALYSIS.ACK_LOST_SEGMENT
      else {
        // said once, until the other side shows a gap or says something new
        const quiet = w[b + STATE]! & FLOW.ACKED_UNSEEN || w[b + DUPLICATE_ACKS]! > 0
        analysis |= quiet ? MARK.ANALYSED : ANALYSIS.ACK_LOST_SEGMENT
        w[b + DUPLICATE_ACKS] = 0
        w[b + STATE]! |= FLOW.ACKED_UNSEEN
      }
      w[b + CONTIGUOUS] = w[b + NEXT]!
    }
    if (carries && !(analysis & ANALYSIS.KEEP_ALIVE))
      analysis |= this.repeated(
        frame,
        a,
        b,
        stream,
        sequence,
        sequenceEnd,
        length,
        flags & (SYN | FIN) ? (sequenceEnd + 1) | 0 : sequenceEnd,
      )

    this.handshake(frame, stream, flags)

    // -- remember it
    let next = sequenceEnd
    if (analysis & ANALYSIS.DUPLICATE_ACK || acknowledgment !== w[a + LAST_ACK]) w[a + STATE]! &= ~FLOW.ACKED_UNSEEN
    if (carries) {
      if (flags & (SYN | FIN)) next = (next + 1) | 0
      if (w[a + UNACKED_COUNT]! < MAX_UNACKED) remember(w, pool, a, sequence, next, frame)
      else if (flags & (SYN | FIN)) next = sequenceEnd
    }
    if (!(analysis & ANALYSIS.ZERO_WINDOW_PROBE)) {
      if (w[a + NEXT] === 0 || after(next, w[a + NEXT]!)) {
        w[a + NEXT] = next
        w[a + NEXT_FRAME] = frame
      }
      if (w[a + CONTIGUOUS] === 0 || w[a + CONTIGUOUS] === sequence) w[a + CONTIGUOUS] = w[a + NEXT]!
    }
    w[a + WINDOW] = window
    w[a + LAST_ACK] = acknowledgment
    w[a + LAST_ACK_FRAME] = frame
    if (flags & SYN) w[a + STATE]! &= ~FLOW.WINDOW_SCALED
    else w[a + STATE]! |= FLOW.WINDOW_SCALED
    w[a + LAST_ANALYSIS] = analysis & ANALYSIS_MASK
    if (w[b + UNACKED]! >= 0) this.acksFrame = acknowledge(w, pool, b, acknowledgment)
    if (length > 0 && this.countBytes(flow, a, length, flags)) analysis |= MARK.ANALYSED

    this.connection(frame, flow, stream, flags, length, options)
    if (flags & SYN) analysis |= this.extensions(a, b, stream, acknowledgment, flags, options)
    if (analysis & ANALYSIS_MASK || this.acksFrame || this.bytesInFlight || this.pushBytes) analysis |= MARK.ANALYSED
    if (this.rareValues.duplicateAckNumber || this.rareValues.timeoutFrame || this.rareValues.finFrame) {
      analysis |= MARK.RARE
      if (this.ordinal === 0) this.rare.add(this.rareKey, this.rareValues)
      else this.furtherRare.set(this.rareKey, { ...this.rareValues })
    }
    return analysis
  }

  /** A segment without data at the expected number: window update, duplicate, or answer to a probe. */
  private bareAck(a: number, b: number, acknowledgment: number, window: number): number {
    const w = this.flows.words,
      before = w[a + WINDOW]!
    if (acknowledgment !== w[a + LAST_ACK]) return 0
    if (window !== before) return window === 0 ? 0 : ANALYSIS.WINDOW_UPDATE
    if (window === 0) return w[b + LAST_ANALYSIS]! & ANALYSIS.ZERO_WINDOW_PROBE ? ANALYSIS.ZERO_WINDOW_PROBE_ACK : 0
    if (w[b + LAST_ANALYSIS]! & ANALYSIS.KEEP_ALIVE) return ANALYSIS.KEEP_ALIVE_ACK
    w[a + DUPLICATE_ACKS]!++
    this.rareValues.duplicateAckNumber = w[a + DUPLICATE_ACKS]!
    this.rareValues.duplicateAckFrame = w[a + NEW_ACK_FRAME]!
    return ANALYSIS.DUPLICATE_ACK
  }

  /** Whether a segment repeats what was sent, or comes late. */
  private repeated(
    frame: number,
    a: number,
    b: number,
    stream: number,
    sequence: number,
    sequenceEnd: number,
    length: number,
    next: number,
  ): number {
    const w = this.flows.words,
      expected = w[a + NEXT]!,
      acked = w[b + LAST_ACK]!
    if (length > 0 && acked !== 0 && !after(sequenceEnd, acked)) return ANALYSIS.SPURIOUS_RETRANSMISSION
    if (expected === 0 || !after(expected, sequence) || (length > 1 && ((expected - 1) | 0) === sequence)) return 0
    const asked = w[b + DUPLICATE_ACKS]! >= 2 || w[b + STATE]! & FLOW.ACKED_UNSEEN
    if (asked && acked === sequence && this.soon(w[b + LAST_ACK_FRAME]!, frame, 20 * MILLISECOND)) return ANALYSIS.FAST_RETRANSMISSION
    const roundTrip = this.initialRoundTrip(stream)
    if (expected !== next && this.soon(w[a + NEXT_FRAME]!, frame, roundTrip > 0 ? roundTrip : 3 * MILLISECOND)) return ANALYSIS.OUT_OF_ORDER
    this.rareValues.timeoutFrame = w[a + UNACKED]! >= 0 ? this.pool.words[w[a + OLDEST]! + FRAME]! : w[a + NEXT_FRAME]!
    return ANALYSIS.RETRANSMISSION
  }

  private countBytes(flow: number, a: number, length: number, flags: number): boolean {
    const w = this.flows.words
    if (w[a + UNACKED]! < 0 || w[a + STATE]! & FLOW.FLIGHT_UNKNOWN) return false
    let flight = outstanding(w, this.pool, a, this.sacked.size > 0 ? this.sacked.get(flow ^ 1) : undefined)
    if (flags & (SYN | FIN)) flight--
    w[a + PUSH_BYTES] = w[a + STATE]! & FLOW.PUSH_LAST ? length : w[a + PUSH_BYTES]! + length
    if (flags & PSH) w[a + STATE]! |= FLOW.PUSH_LAST
    else w[a + STATE]! &= ~FLOW.PUSH_LAST
    if (flight > 0 && flight < 2_000_000_000) {
      this.bytesInFlight = flight
      this.pushBytes = w[a + PUSH_BYTES]!
    }
    return true
  }

  /** Times of the handshake. */
  private handshake(frame: number, stream: number, flags: number): void {
    if (flags & SYN) {
      const toServer = (flags & ACK) === 0,
        { table } = this
      this.serverPort[stream] = toServer === (this.direction === 0) ? table.destinationPort(stream) : table.sourcePort(stream)
    }
    if ((flags & (SYN | ACK)) === SYN) {
      if (this.handshakeFrame[stream] === 0) this.synFrame[stream] = frame
    } else if (flags & ACK && !(flags & SYN)) {
      const w = this.flows.words,
        first = stream * 2 * WORDS
      if (w[first + STATE]! & FLOW.ROUND_TRIP_KNOWN) return
      const syn = this.synFrame[stream]!
      // to tshark a time of nothing is as good as none
      if (syn === 0 || (this.frames.seconds(syn) === 0 && this.frames.nanoseconds(syn) === 0)) return
      if (this.handshakeFrame[stream] === 0 || this.initialRoundTrip(stream) === 0) this.handshakeFrame[stream] = frame
      if (this.initialRoundTrip(stream) !== 0) w[first + STATE]! |= FLOW.ROUND_TRIP_KNOWN
    }
  }

  /** What is known of the connection as a whole. */
  private connection(frame: number, flow: number, stream: number, flags: number, length: number, options: SegmentOptions): void {
    if (flags & SYN) {
      // an answer cannot agree on what was not offered; a SYN that is sent again offers anew
      if (options.scale >= 0 && (!(flags & ACK) || this.flows.get(flow, SCALE) !== SCALE_NONE)) this.setScale(flow, frame, options.scale)
      else if (options.scale < 0 && !options.cut && this.flows.get(flow, SCALE) === SCALE_UNKNOWN) {
        this.setScale(flow, frame, SCALE_NONE)
        this.setScale(flow ^ 1, frame, SCALE_NONE)
      }
    }
    if (options.sackCount > 0) this.sacked.set(flow, options.sack.slice(0, options.sackCount * 2))
    else if (this.sacked.size > 0) this.sacked.delete(flow)
    this.complete(stream, flags, length)
  }

  /** Which parts of a connection were seen. */
  private complete(stream: number, flags: number, length: number): void {
    let known = this.completeness[stream]!
    // tshark notes nothing of a stream's first segment unless it is a SYN
    if (this.fresh && (flags & (SYN | ACK)) !== SYN) return
    if (flags & SYN) known |= flags & ACK ? COMPLETENESS.SYN_ACK : this.begins(stream) ? COMPLETENESS.SYN : 0
    else if (flags & ACK) known |= length > 0 ? COMPLETENESS.DATA : COMPLETENESS.ACK
    if (flags & SYN && this.fresh && length > 0) known |= COMPLETENESS.DATA
    if ((flags & (FIN | ACK)) === (FIN | ACK)) known |= COMPLETENESS.FIN
    if (flags & RST) known |= COMPLETENESS.RST
    this.completeness[stream] = known
  }

  /** Whether the present segment is a stream's first; a stream that another one announced had begun before. */
  private begins(stream: number): boolean {
    return this.fresh && !this.conversations.announcementOf(conversationNumber('tcp', stream))
  }

  /** TCP Fast Open (RFC 7413) and Accurate ECN (RFC 9768), which SYN and SYN/ACK agree on. */
  private extensions(a: number, b: number, stream: number, acknowledgment: number, flags: number, options: SegmentOptions): number {
    const w = this.flows.words
    if (!(flags & ACK)) {
      if ((flags & ECN_BITS) === ECN_BITS) this.accurateEcn[stream] = ECN_ASKED
      if (!options.fastOpenCookie) return 0
      w[a + STATE]! |= FLOW.TFO_COOKIE
      return ANALYSIS.TFO_SYN
    }
    const answer = (flags >> 6) & 7
    if (this.accurateEcn[stream] === ECN_ASKED && (answer === 2 || answer === 3 || answer === 4 || answer === 6))
      this.accurateEcn[stream] = ECN_AGREED
    if (!(w[b + STATE]! & FLOW.TFO_COOKIE)) return 0
    return after(acknowledgment, (w[b + BASE]! + 1) | 0) ? ANALYSIS.TFO_ACK : ANALYSIS.TFO_IGNORED
  }

  /** Whether a stream's segments after the handshake count marks in the three ECN bits. */
  countsEcn(stream: number): boolean {
    return this.accurateEcn[stream] === ECN_AGREED
  }

  private setScale(flow: number, frame: number, scale: number): void {
    const flows = this.flows,
      before = flows.get(flow, SCALE)
    if (before === scale) return
    if (before !== SCALE_UNKNOWN) {
      const older = this.olderScales.get(flow) ?? [[flows.get(flow, SCALE_FRAME), SCALE_UNKNOWN]]
      older.push([frame, before])
      this.olderScales.set(flow, older)
    }
    flows.set(flow, SCALE, scale)
    flows.set(flow, SCALE_FRAME, frame)
  }
}

const ECN_BITS = 0x1c0,
  ECN_ASKED = 1,
  ECN_AGREED = 2

const TCP_STATE = defineState<{ tracker: TcpTracker | undefined }>('tcp', () => ({ tracker: undefined }))

/** The capture's tracker. */
export function tcpTracker(session: Session): TcpTracker {
  const state = session.state(TCP_STATE)
  return (state.tracker ??= new TcpTracker(session))
}
