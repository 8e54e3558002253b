// The row writer: link, network and transport headers straight from a packet's bytes into the columns, without a tree, strings or objects. The core does what
// packets with one network and one transport header cost (src/core/row.ts); here is what it has to ask the engine for: heuristics, messages that span
// segments, packets in packets.
import type { RecordRun } from '../capture/reader'
import type { Core } from '../core/core'
import {
  ASKED_NOT,
  ASKED_NOTHING,
  ASKED_STATE,
  DEPTH_COLUMNS,
  DEPTH_DISSECT,
  DEPTH_HEADERS,
  DEPTH_INDEX,
  F_LATEST_PDU,
  ROW_DONE,
  ROW_HEURISTIC,
  ROW_PAYLOAD,
  ROW_REMARK,
  ROW_STATE,
  ROW_UNKNOWN,
  S_DESTINATION,
  S_DESTINATION_PORT,
  S_LAST_AT,
  S_NETWORK_AT,
  S_NETWORK_END,
  S_OUTCOME,
  S_PAYLOAD_AT,
  S_PAYLOAD_LENGTH,
  S_PAYLOAD_SEQUENCE,
  S_PROTOCOL,
  S_REMARK,
  S_SOURCE,
  S_SOURCE_PORT,
  S_TRANSPORT_AT,
  S_VERSION,
} from '../core/layout'
import { CONVERSATIONS, conversationNumber } from '../dissect/conversation'
import type { Conversations } from '../dissect/conversation'
import type { Decoder } from '../dissect/decoder'
import type { Session } from '../dissect/session'
import { ANALYSIS, MARK } from '../protocols/transport/tcp/analysis-flags'
import { PDU } from '../protocols/transport/tcp/pdus'
import { tcpTracker } from '../protocols/transport/tcp/tracker'
import type { TcpTracker } from '../protocols/transport/tcp/tracker'
import { DispatchTables } from './dispatch-tables'
import { PROTOCOL, PacketColumns } from './columns'
import { PayloadKinds } from './payload-kinds'
import type { PayloadPlace } from './payload-kinds'
import type { FoundHeaders } from './walk/found-headers'
import { WalkedRows } from './walk/walked-rows'

/** What is left to do for a packet: nothing; to dissect its transport payload for the state of a protocol above; to dissect it for remarks on its
 *  headers as well; for everything, as the headers were not understood; nothing, but the columns do not tell all of its headers (see RowWriter.found). */
export const ROW = { DONE: ROW_DONE, STATE: ROW_STATE, REMARK: ROW_REMARK, UNKNOWN: ROW_UNKNOWN, WALKED: 4 } as const
export type RowOutcome = (typeof ROW)[keyof typeof ROW]

/** What the core says of a row: an outcome, or what it asks for. */
export type CoreOutcome = Exclude<RowOutcome, typeof ROW.WALKED> | typeof ROW_PAYLOAD | typeof ROW_HEURISTIC

/** See RowWriter.write. */
export type RowDepth = 'headers' | 'columns' | 'index' | 'dissect'
const DEPTHS: Readonly<Record<RowDepth, number>> = {
  headers: DEPTH_HEADERS,
  columns: DEPTH_COLUMNS,
  index: DEPTH_INDEX,
  dissect: DEPTH_DISSECT,
}

const RESENT = ANALYSIS.RETRANSMISSION | ANALYSIS.FAST_RETRANSMISSION | ANALYSIS.SPURIOUS_RETRANSMISSION | ANALYSIS.OUT_OF_ORDER

export class RowWriter {
  readonly columns: PacketColumns
  private readonly core: Core
  private readonly conversations: Conversations
  private readonly tracker: TcpTracker
  private readonly session: Session
  private readonly decoder: Decoder
  private readonly dispatch: DispatchTables
  /** Made with the first packet: Decode As is set until then. */
  private payloads!: PayloadKinds
  private walked!: WalkedRows
  private ready = false
  /** Buffer of the packet before, and where it begins in the core's memory (-1 = elsewhere). */
  private buffer: Uint8Array | undefined
  private bufferAt = -1
  /** Where packets are put that are not in the core's memory. */
  private copy: Uint8Array | undefined

  constructor(session: Session, decoder: Decoder) {
    this.core = session.core
    this.session = session
    this.decoder = decoder
    this.dispatch = new DispatchTables(session)
    this.conversations = session.state(CONVERSATIONS)
    this.tracker = tcpTracker(session)
    this.columns = new PacketColumns(this.core, this.conversations, this.tracker)
  }

  /** Headers of the packet written last, where the outcome was WALKED. */
  get found(): FoundHeaders {
    return this.walked.found
  }

  /** Of the packet written last, as offsets in the frame: its network header, its transport header, and the end of its network payload. */
  get networkAt(): number {
    return this.core.state(S_NETWORK_AT)
  }
  get transportAt(): number {
    return this.core.state(S_TRANSPORT_AT)
  }
  get payloadEnd(): number {
    return this.core.state(S_NETWORK_END)
  }
  /** IP version and transport protocol of the packet written last. */
  get version(): 4 | 6 {
    return this.core.state(S_VERSION) === 6 ? 6 : 4
  }
  get protocol(): number {
    return this.core.state(S_PROTOCOL)
  }

  /**
   * Writes the columns of one packet. `bytes[start .. start + captured)` are its captured bytes, `original` its length on the wire. `depth` says
   * what comes after: 'index' and the outcome tells whether protocols above must see the packet; 'dissect' it is dissected in any case; 'headers' and
   * 'columns' nobody will dissect it unless its headers were not understood; for 'columns' that is also where the columns cannot tell all of them.
   */
  write(row: number, bytes: Uint8Array, start: number, captured: number, original: number, linkType: number, depth: RowDepth): RowOutcome {
    if (!this.ready) this.prepare()
    const at = this.addressOf(bytes, start, captured),
      outcome = this.core.fn.writeRow(row, at, captured, original, linkType, DEPTHS[depth], ASKED_NOT) as CoreOutcome
    return this.settle(outcome, row, bytes, start, captured, original, linkType, depth)
  }

  /**
   * Writes the rows from `row` on of up to `count` packets of a run that stands in `bytes`, whose record columns the core fills as well. Returns how many
   * there were; the state tells where the last record is and the outcome of its row, which is to be settled. 0 where the bytes are not in the core's memory.
   */
  writeRun(run: RecordRun, bytes: Uint8Array, linkType: number, row: number, count: number, firstSeconds: number, depth: RowDepth): number {
    if (!this.ready) this.prepare()
    const at = this.placeOf(bytes)
    if (at < 0) return 0
    return this.core.fn.readRecords(
      at + run.at,
      at + run.limit,
      run.base - at,
      row,
      count,
      run.isBigEndian ? 1 : 0,
      run.fractionUnit,
      run.longest,
      linkType,
      firstSeconds,
      DEPTHS[depth],
    )
  }
  /** Where the last record of the last run begins in its bytes, and what the core said of its packet. */
  get lastOfRun(): number {
    return (this.core.state(S_LAST_AT) >>> 0) - this.bufferAt
  }
  get lastOutcome(): CoreOutcome {
    return this.core.state(S_OUTCOME) as CoreOutcome
  }

  /** What the core could not do for a packet by itself; takes what write() takes. */
  settle(
    outcome: CoreOutcome,
    row: number,
    bytes: Uint8Array,
    start: number,
    captured: number,
    original: number,
    linkType: number,
    depth: RowDepth,
  ): RowOutcome {
    if (outcome === ROW_PAYLOAD) return this.payload(row, bytes, start, captured)
    let settled: RowOutcome =
      outcome === ROW_HEURISTIC ? this.askHeuristics(row, bytes, start, captured, original, linkType, depth) : outcome
    if (settled === ROW.UNKNOWN && linkType === 1 && (depth === 'headers' || depth === 'columns')) {
      const isWalked = this.walked.write(row, bytes, start, captured, original, depth === 'columns')
      if (isWalked) settled = this.walked.repeated ? ROW.WALKED : ROW.DONE
    }
    return settled
  }

  /** Some protocol over UDP is told by its content. */
  private askHeuristics(
    row: number,
    bytes: Uint8Array,
    start: number,
    captured: number,
    original: number,
    linkType: number,
    depth: RowDepth,
  ): Exclude<RowOutcome, typeof ROW.WALKED> {
    const { core } = this,
      at = core.state(S_TRANSPORT_AT) + 8,
      sourcePort = core.state(S_SOURCE_PORT),
      destinationPort = core.state(S_DESTINATION_PORT),
      stream = this.conversations.udp.find(core.state(S_SOURCE), sourcePort, core.state(S_DESTINATION), destinationPort)
    const recognised = this.payloads.recognise(
      'udp',
      row,
      this.place(bytes.subarray(start, start + captured), at, at + core.state(S_PAYLOAD_LENGTH), sourcePort, destinationPort, stream),
      depth !== 'index',
    )
    if (recognised?.firstVisit === 'packets') return ROW.UNKNOWN
    const asked = recognised?.firstVisit === 'state' ? ASKED_STATE : ASKED_NOTHING
    return core.fn.writeRow(row, this.addressOf(bytes, start, captured), captured, original, linkType, DEPTHS[depth], asked) as Exclude<
      RowOutcome,
      typeof ROW.WALKED
    >
  }

  /** Whether a segment's payload must be dissected. Bytes in the middle of a PDU are only accounted for. */
  private payload(row: number, bytes: Uint8Array, start: number, captured: number): RowOutcome {
    this.tracker.latestOf(row + 1)
    const hasRemark = this.core.state(S_REMARK) !== 0
    if (this.mustBeSeen(row, bytes, start, captured)) return hasRemark ? ROW.REMARK : ROW.STATE
    return hasRemark ? ROW.REMARK : ROW.DONE
  }

  private mustBeSeen(row: number, bytes: Uint8Array, start: number, captured: number): boolean {
    const { core, tracker, conversations, payloads } = this,
      { pdus } = tracker,
      at = core.state(S_PAYLOAD_AT),
      length = core.state(S_PAYLOAD_LENGTH),
      sourcePort = core.state(S_SOURCE_PORT),
      destinationPort = core.state(S_DESTINATION_PORT),
      pdu = tracker.flows.get(tracker.flow, F_LATEST_PDU)
    if (
      (payloads.ofTcp(sourcePort) | payloads.ofTcp(destinationPort)) === 0 &&
      !conversations.hasRemembered(conversationNumber('tcp', tracker.stream))
    ) {
      if (pdu >= 0) return true
      const frame = bytes.subarray(start, start + captured)
      return (
        payloads.tcpByContent &&
        payloads.recognise('tcp', row, this.place(frame, at, this.payloadEnd, sourcePort, destinationPort, tracker.stream), false) !==
          undefined
      )
    }
    if (pdu < 0 || captured < this.payloadEnd || tracker.analysis & RESENT || pdus.state[pdu]! & (PDU.OPEN | PDU.HOLES)) return true
    const first = pdus.sequence[pdu]!,
      from = (core.state(S_PAYLOAD_SEQUENCE) - first) >>> 0
    if (from !== pdus.contiguous[pdu]! || from === 0 || from + length >= (pdus.next[pdu]! - first) >>> 0 || at > 0xffff) return true
    pdus.contiguous[pdu] = from + length
    pdus.lastFrame[pdu] = row + 1
    tracker.mark(MARK.CONTINUES)
    pdus.payloadAt.set(row, at)
    this.columns.protocols.set(row, this.columns.protocols.get(row) | PROTOCOL.SEGMENT)
    return false
  }

  private place(frame: Uint8Array, at: number, end: number, sourcePort: number, destinationPort: number, stream: number): PayloadPlace {
    const { networkAt, version, protocol } = this
    return { frame, network: frame, networkAt, version, protocol, at, end, sourcePort, destinationPort, stream }
  }

  /** Where a packet is in the core's memory; one that is elsewhere is copied. */
  private addressOf(bytes: Uint8Array, start: number, captured: number): number {
    const at = this.placeOf(bytes)
    if (at >= 0) return at + start
    if (!this.copy || this.copy.length < captured) this.copy = this.core.allocate(Math.max(65_536, captured))
    this.copy.set(bytes.subarray(start, start + captured))
    return this.copy.byteOffset
  }

  private placeOf(bytes: Uint8Array): number {
    if (bytes !== this.buffer) {
      this.buffer = bytes
      this.bufferAt = this.core.addressOf(bytes)
    }
    return this.bufferAt
  }

  /** Reads the dispatch tables once; they and Decode As do not change after the first packet. */
  private prepare(): void {
    this.ready = true
    this.payloads = new PayloadKinds(this.session, this.decoder, this.dispatch)
    this.walked = new WalkedRows(this.session, this.columns, this.dispatch, this.payloads)
  }
}
