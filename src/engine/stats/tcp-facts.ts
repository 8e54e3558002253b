// What each TCP connection did as a whole, in one pass over the index's columns: who sent which kind of segment, what was repeated, how much payload went each
// way. Headers that ICMP errors quote are not counted.
import type { ConnectionState } from '../../shared/contract'
import { PROTOCOL, STATUS } from '../index/columns'
import type { Trace } from '../index/trace'
import { ACK, ANALYSIS, FIN, MARK, RST, SYN } from '../protocols/transport/tcp/analysis-flags'
import { tcpTracker } from '../protocols/transport/tcp/tracker'
import { connectionState, SEEN } from './connection-state'
import { Counters } from './counters'

/** Most transport headers of one packet. */
const MAX_HEADERS = 64
const REPEATS = ANALYSIS.RETRANSMISSION | ANALYSIS.FAST_RETRANSMISSION | ANALYSIS.SPURIOUS_RETRANSMISSION

/** Facts of one connection. Side 0 sent its first packet. */
export interface TcpFactsRow {
  readonly retransmissions: number
  readonly outOfOrder: number
  readonly payload: readonly [number, number]
  /** Seconds from the SYN to the ACK that ends the handshake; null when they were not captured. */
  readonly initialRoundTrip: number | null
  /** tcp.completeness: SYN 1, SYN-ACK 2, ACK 4, data 8, FIN 16, RST 32. */
  readonly completeness: number
  readonly state: ConnectionState
  /** Side that opened it, as far as the packets show. */
  readonly client: 0 | 1
}

/** Facts of all connections. */
export class TcpFacts {
  private readonly trace: Trace
  private readonly tracker: ReturnType<typeof tcpTracker>
  private readonly seen = [new Counters(), new Counters()] as const
  private readonly payload = [new Counters(), new Counters()] as const
  private readonly retransmissions = new Counters()
  private readonly outOfOrder = new Counters()
  /** Side that reset the connection first, plus 1. */
  private readonly reset = new Counters()

  constructor(trace: Trace) {
    this.trace = trace
    this.tracker = tcpTracker(trace.session)
  }

  /** Takes a packet. What is counted is counted only of packets that `counts`; how a connection went is read from all. */
  add(row: number, counts: boolean): void {
    const { trace, tracker } = this,
      { columns, conversations } = trace,
      bits = columns.protocols.get(row)
    if ((bits & PROTOCOL.TCP) === 0) return
    if ((trace.records.status.get(row) & STATUS.REPEATED) === 0) {
      this.segment(columns.stream.get(row) - 1, tracker.main, row, counts)
      return
    }
    if ((bits & (PROTOCOL.ICMP | PROTOCOL.ICMPV6)) !== 0) return
    const first = columns.stream.get(row) - 1,
      frame = row + 1
    // the first transport header may be one of another protocol
    if (first >= 0 && tracker.main.flags.get(row) !== 0) this.segment(first, tracker.main, row, counts)
    for (let ordinal = 1; ordinal < MAX_HEADERS; ordinal++) {
      const place = conversations.furtherPlace(frame, ordinal)
      if (place === undefined) return
      const further = tracker.rowOf(frame, ordinal)
      if (further.row !== NO_ROW) this.segment(place.stream, further.columns, further.row, counts)
    }
  }

  private segment(stream: number, columns: ReturnType<typeof tcpTracker>['main'], row: number, counts: boolean): void {
    if (stream < 0) return
    const flags = columns.flags.get(row),
      analysis = columns.analysis.get(row),
      side = (analysis & MARK.REVERSE) !== 0 ? 1 : 0,
      seen = this.seen[side]
    const kind =
      ((flags & SYN) !== 0 ? ((flags & ACK) !== 0 ? SEEN.SYN_ACK : SEEN.SYN) : 0) |
      ((flags & FIN) !== 0 ? SEEN.FIN : 0) |
      ((flags & RST) !== 0 ? SEEN.RST : (flags & SYN) === 0 ? SEEN.OTHER : 0)
    seen.set(stream, seen.get(stream) | kind)
    if ((flags & RST) !== 0 && this.reset.get(stream) === 0) this.reset.set(stream, side + 1)
    if (!counts) return
    this.payload[side].add(stream, columns.length.get(row))
    if ((analysis & REPEATS) !== 0) this.retransmissions.add(stream, 1)
    if ((analysis & ANALYSIS.OUT_OF_ORDER) !== 0) this.outOfOrder.add(stream, 1)
  }

  /** Facts of a stream as far as packets were taken. */
  of(stream: number): TcpFactsRow {
    const { tracker } = this,
      roundTrip = tracker.initialRoundTrip(stream),
      reset = this.reset.get(stream)
    const { state, client } = connectionState(
      [this.seen[0].get(stream), this.seen[1].get(stream)],
      reset === 0 ? null : reset === 1 ? 0 : 1,
    )
    return {
      retransmissions: this.retransmissions.get(stream),
      outOfOrder: this.outOfOrder.get(stream),
      payload: [this.payload[0].get(stream), this.payload[1].get(stream)],
      initialRoundTrip: roundTrip < 0 ? null : roundTrip / 1e9,
      completeness: tracker.completeness(stream),
      state,
      client,
    }
  }
}

const NO_ROW = 0xffff_ffff
