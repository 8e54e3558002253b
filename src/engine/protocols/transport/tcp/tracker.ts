// TCP connections as an observer sees them: which stream a segment belongs to and what its sequence numbers say (lost, retransmitted, out of order,
// window full …). RFC 9293 for the protocol; the verdicts are those of tshark 4.0.17, since users compare (each rule was checked against it).
//
// Every segment is analysed once, in file order, by segment() (which the index core does, src/core/tracker.ts); load() gives the same results again later, for
// any packet, in any order.
import type { Core } from '../../../core/core'
import {
  ECN_AGREED,
  F_COMPLETENESS,
  F_HANDSHAKE_FRAME,
  F_SCALE,
  F_SCALE_FRAME,
  F_SERVER_PORT,
  F_STATE,
  F_SYN_FRAME,
  OPTION_COOKIE,
  OPTION_CUT,
  SACK_AT,
  SCALE_UNKNOWN,
  SEEN_ACK,
  SEEN_DATA,
  SEEN_FIN,
  SEEN_RST,
  SEEN_SYN,
  SEEN_SYN_ACK,
  S_ACKS_FRAME,
  S_ANALYSIS,
  S_BYTES_IN_FLIGHT,
  S_COMPLETENESS_BEFORE,
  S_DIRECTION,
  S_OPTION_BITS,
  S_OPTION_SCALE,
  S_PUSH_BYTES,
  S_SACK_COUNT,
  S_SCALE,
  S_STREAM,
} from '../../../core/layout'
import { CONVERSATIONS } from '../../../dissect/conversation'
import type { Conversations, StreamTable } from '../../../dissect/conversation'
import { defineState } from '../../../dissect/session'
import type { FrameAccess, Session } from '../../../dissect/session'
import { FlowTable } from './flows'
import { PduTable } from './pdus'
import type { SegmentOptions } from './scan-options'
import { RareTable, SegmentColumns } from './segments'
import type { RareValues } from './segments'

/** Bits of tcp.completeness. */
export const COMPLETENESS = {
  SYN: SEEN_SYN,
  SYN_ACK: SEEN_SYN_ACK,
  ACK: SEEN_ACK,
  DATA: SEEN_DATA,
  FIN: SEEN_FIN,
  RST: SEEN_RST,
} as const

/** See rowOf. */
export const NO_ROW = 0xffff_ffff

export class TcpTracker {
  readonly main: SegmentColumns
  /** Further headers of a packet (tunnels, ICMP quotes), numbered as they come. */
  readonly further: SegmentColumns
  readonly flows: FlowTable
  private readonly rare: RareTable
  private readonly furtherRare: RareTable
  /** Window scales that were in force before the present one: flow -> [until frame, scale][]. */
  private readonly olderScales = new Map<number, [number, number][]>()
  /** PDUs that span segments. */
  readonly pdus: PduTable
  readonly conversations: Conversations
  readonly table: StreamTable
  private readonly frames: FrameAccess
  private readonly core: Core

  // ---- results of segment(), latest() and load()
  stream = -1
  direction: 0 | 1 = 0
  flow = 0
  analysis = 0
  acksFrame = 0
  bytesInFlight = 0
  pushBytes = 0
  /** Window scale in force for the segment: shift count, SCALE_UNKNOWN or SCALE_NONE. */
  scale: number = SCALE_UNKNOWN
  columns: SegmentColumns
  row = 0
  private ordinal = 0

  constructor(session: Session) {
    const { core, frames } = session
    this.core = core
    this.frames = frames
    this.conversations = session.state(CONVERSATIONS)
    this.table = this.conversations.tcp
    this.main = this.columns = new SegmentColumns(core, 'main')
    this.further = new SegmentColumns(core, 'further')
    this.rare = new RareTable(core, 'main')
    this.furtherRare = new RareTable(core, 'further')
    this.flows = new FlowTable(core)
    this.pdus = new PduTable(this)
    const { questions } = core
    questions.elapsed = (from, to) => this.elapsed(from, to)
    questions.isTimeless = (frame) => frames.seconds(frame) === 0 && frames.nanoseconds(frame) === 0
    questions.scaleChanges = (flow, frame, before, since) => {
      const older = this.olderScales.get(flow) ?? [[since, SCALE_UNKNOWN]]
      older.push([frame, before])
      this.olderScales.set(flow, older)
    }
  }

  /** Whether the first visit of this header was made already. */
  seen(frame: number, ordinal: number): boolean {
    return this.conversations.placed(frame, ordinal)
  }

  /** tcp.completeness before the segment that was analysed last. */
  get completenessBefore(): number {
    return this.core.state(S_COMPLETENESS_BEFORE)
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
    isQuoted: boolean,
  ): void {
    const { core, conversations } = this,
      row = ordinal === 0 ? frame - 1 : conversations.further.count
    core.setState(S_OPTION_SCALE, options.scale)
    core.setState(S_OPTION_BITS, (options.fastOpenCookie ? OPTION_COOKIE : 0) | (options.cut ? OPTION_CUT : 0))
    core.setState(S_SACK_COUNT, options.sackCount)
    for (let i = 0; i < options.sackCount * 2; i++) core.words[SACK_AT / 4 + i] = options.sack[i]!
    core.fn.segmentWithOptions(
      this.table.at,
      frame,
      ordinal,
      row,
      source,
      sourcePort,
      destination,
      destinationPort,
      sequence,
      acknowledgment,
      flags,
      window,
      length,
      isQuoted ? 1 : 0,
    )
    this.latest(ordinal, row)
    if (ordinal > 0) conversations.placeFurther(this.table, frame, ordinal, this.stream, this.direction)
  }

  /** Results of the segment that the core has analysed last, the first of its frame. */
  latestOf(frame: number): void {
    this.latest(0, frame - 1)
  }

  private latest(ordinal: number, row: number): void {
    const { core } = this
    this.place(ordinal, row, core.state(S_STREAM), core.state(S_DIRECTION) === 0 ? 0 : 1)
    this.analysis = core.state(S_ANALYSIS)
    this.acksFrame = core.state(S_ACKS_FRAME)
    this.bytesInFlight = core.state(S_BYTES_IN_FLIGHT)
    this.pushBytes = core.state(S_PUSH_BYTES)
    this.scale = core.state(S_SCALE)
  }

  /** Adds a mark to the segment that was analysed last. */
  mark(bits: number): void {
    this.analysis |= bits
    this.columns.analysis.set(this.row, this.analysis)
  }

  /** Results of an earlier segment() again. False when the packet was never visited. */
  load(frame: number, ordinal: number, stream: number, direction: 0 | 1): boolean {
    if (stream < 0) return false
    const { row } = this.rowOf(frame, ordinal)
    if (row === NO_ROW) return false
    this.place(ordinal, row, stream, direction)
    const { columns } = this
    this.analysis = columns.analysis.get(row)
    this.acksFrame = columns.acksFrame.get(row)
    this.bytesInFlight = columns.bytesInFlight.get(row)
    this.pushBytes = columns.pushBytes.get(row)
    this.scale = this.scaleAt(this.flow, frame)
    return true
  }

  private place(ordinal: number, row: number, stream: number, direction: 0 | 1): void {
    this.ordinal = ordinal
    this.columns = ordinal === 0 ? this.main : this.further
    this.row = row
    this.stream = stream
    this.direction = direction
    this.flow = stream * 2 + direction
  }

  /** Where the values of a visited header are; row NO_ROW where it was not visited, or is not TCP's. */
  rowOf(frame: number, ordinal: number): { columns: SegmentColumns; row: number } {
    if (ordinal === 0) return { columns: this.main, row: frame - 1 }
    const { further } = this.conversations,
      index = further.indexOf(frame, ordinal)
    return { columns: this.further, row: index >= 0 && further.isTcp(index) ? index : NO_ROW }
  }

  /** Window scale in force for a flow's segment in a frame. */
  scaleAt(flow: number, frame: number): number {
    if (frame > this.flows.get(flow, F_SCALE_FRAME)) return this.flows.get(flow, F_SCALE)
    for (const [until, scale] of this.olderScales.get(flow) ?? []) if (frame <= until) return scale
    return SCALE_UNKNOWN
  }

  /** Rare values of the segment of the last segment() or load(). */
  rareOf(): RareValues {
    return this.ordinal === 0 ? this.rare.get(this.row + 1) : this.furtherRare.get(this.row)
  }

  /** tcp.completeness of a stream so far. */
  completeness(stream: number): number {
    return this.flows.get(stream * 2 + 1, F_COMPLETENESS)
  }

  /** Port of the side that answered a SYN or was sent one; 0 = unknown. */
  serverPort(stream: number): number {
    return this.flows.get(stream * 2 + 1, F_SERVER_PORT)
  }

  /** First and last frame of the handshake's round trip; undefined where it was not seen. */
  roundTripFrames(stream: number): readonly [syn: number, ack: number] | undefined {
    const frame = this.flows.get(stream * 2, F_HANDSHAKE_FRAME)
    return frame === 0 ? undefined : [this.flows.get(stream * 2, F_SYN_FRAME), frame]
  }

  /** Round-trip time of the handshake in nanoseconds, or -1. */
  initialRoundTrip(stream: number): number {
    const frames = this.roundTripFrames(stream)
    return frames === undefined ? -1 : this.elapsed(...frames)
  }

  /** Nanoseconds from one frame to another. */
  elapsed(from: number, to: number): number {
    return (this.frames.seconds(to) - this.frames.seconds(from)) * 1e9 + (this.frames.nanoseconds(to) - this.frames.nanoseconds(from))
  }

  /** Whether a stream's segments after the handshake count marks in the three ECN bits (Accurate ECN, RFC 9768). */
  countsEcn(stream: number): boolean {
    return (this.flows.get(stream * 2, F_STATE) & ECN_AGREED) !== 0
  }
}

const TCP_STATE = defineState('tcp', (session) => new TcpTracker(session))

/** The capture's tracker. */
export function tcpTracker(session: Session): TcpTracker {
  return session.state(TCP_STATE)
}
