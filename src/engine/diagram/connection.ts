// One TCP connection as columns: its segments in file order, read from the index. Sides are 0 = client and 1 = server, whoever sent first.
import { TraceError } from '../../shared/errors'
import type { Trace } from '../index/trace'
import { F_NEXT } from '../core/layout'
import { ACK, ANALYSIS, ANALYSIS_MASK, FIN, RST, SYN } from '../protocols/transport/tcp/analysis-flags'
import { tcpTracker, type TcpTracker } from '../protocols/transport/tcp/tracker'
import { offeredWindow, sequenceDistance, streamSegments, type StreamSegments } from '../session/tcp/stream-segments'

/** 0 is the client, 1 the server. */
export type Side = 0 | 1

/** What a segment's header says, in relative numbers. */
export interface SegmentFacts {
  readonly frame: number
  readonly side: Side
  readonly flags: number
  /** Relative to the initial sequence number of its side. */
  readonly sequence: number
  /** Relative to the other side's; 0 without the ACK flag. */
  readonly acknowledgment: number
  /** As on the wire. */
  readonly rawSequence: number
  readonly rawAcknowledgment: number
  /** In bytes: scaled where the scale is known. */
  readonly window: number
  /** Payload bytes. */
  readonly length: number
  /** Bits of ANALYSIS. */
  readonly analysis: number
  /** Frame that it acknowledges, or 0. */
  readonly acksFrame: number
}

/** A range of sequence numbers that was not seen when a later one came; `to` is exclusive. */
export interface Gap {
  readonly from: number
  readonly to: number
}

/** Nanoseconds from the capture's first packet to a frame; exact within 104 days. */
export function sinceStart(trace: Trace, frame: number): number {
  const { seconds, nanoseconds } = trace.records
  return (seconds.get(frame - 1) - seconds.get(0)) * 1e9 + (nanoseconds.get(frame - 1) - nanoseconds.get(0))
}

/** One connection of a capture. */
export class Connection {
  readonly trace: Trace
  readonly stream: number
  readonly segments: StreamSegments
  /** Stream direction (0 = as the first packet) that the client sends in. */
  readonly clientDirection: 0 | 1
  /** Gaps by frame of the segment that showed them. */
  readonly gaps: ReadonlyMap<number, Gap>
  /** Bytes of application data by sender, by sequence numbers. */
  readonly bytes: readonly [number, number]
  private readonly tracker: TcpTracker

  /** Reads the segments that are indexed now. Throws TraceError for a stream that does not exist. */
  constructor(trace: Trace, stream: number) {
    const table = trace.conversations.tcp
    if (!Number.isInteger(stream) || stream < 0 || stream >= table.count) {
      throw new TraceError('rpc/bad-argument', `There is no TCP stream ${stream}: the capture has ${table.count}, numbered from 0.`)
    }
    this.trace = trace
    this.stream = stream
    this.tracker = tcpTracker(trace.session)
    this.segments = streamSegments(trace, stream)
    this.clientDirection = this.findClient()
    this.gaps = this.findGaps()
    this.bytes = [this.bytesFrom(0), this.bytesFrom(1)]
  }

  get count(): number {
    return this.segments.count
  }

  frameAt(index: number): number {
    return this.segments.frame[index] ?? 0
  }

  /** Place of a frame in the connection, or -1. */
  indexOf(frame: number): number {
    let low = 0
    let high = this.count - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const at = this.frameAt(middle)
      if (at === frame) return middle
      if (at < frame) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  /** Nanoseconds since the capture's first packet. */
  time(index: number): number {
    return sinceStart(this.trace, this.frameAt(index))
  }

  address(side: Side): string {
    const { tcp, first } = this.ends(side)
    return this.trace.conversations.addresses.text(first ? tcp.sourceAddress(this.stream) : tcp.destinationAddress(this.stream))
  }

  port(side: Side): number {
    const { tcp, first } = this.ends(side)
    return first ? tcp.sourcePort(this.stream) : tcp.destinationPort(this.stream)
  }

  /** address:port, IPv6 in brackets. */
  endpoint(side: Side): string {
    const address = this.address(side)
    return `${address.includes(':') ? `[${address}]` : address}:${this.port(side)}`
  }

  private ends(side: Side) {
    return { tcp: this.trace.conversations.tcp, first: this.direction(side) === 0 }
  }

  /** Stream direction of what a side sends. */
  direction(side: Side): 0 | 1 {
    return side === 0 ? this.clientDirection : this.clientDirection === 0 ? 1 : 0
  }

  side(index: number): Side {
    return this.segments.direction[index] === this.clientDirection ? 0 : 1
  }

  flags(index: number): number {
    return this.segments.flags[index] ?? 0
  }

  length(index: number): number {
    return this.segments.length[index] ?? 0
  }

  /** ANALYSIS and MARK bits. */
  analysis(index: number): number {
    return this.segments.analysis[index] ?? 0
  }

  /** The header's values of one segment. */
  facts(index: number): SegmentFacts {
    const { segments } = this
    const side = this.side(index)
    const flags = this.flags(index)
    const sequence = segments.sequence[index] ?? 0
    const acknowledgment = segments.acknowledgment[index] ?? 0
    return {
      frame: this.frameAt(index),
      side,
      flags,
      sequence: (sequence - this.base(side)) >>> 0,
      acknowledgment: (flags & ACK) === 0 ? 0 : (acknowledgment - this.base(other(side))) >>> 0,
      rawSequence: sequence >>> 0,
      rawAcknowledgment: acknowledgment >>> 0,
      window: offeredWindow(segments, index),
      length: this.length(index),
      analysis: this.analysis(index) & ANALYSIS_MASK,
      acksFrame: segments.acksFrame[index] ?? 0,
    }
  }

  /** Values that few segments have: duplicate ACK number, frame that a retransmission timeout counts from. */
  rare(index: number) {
    const direction = this.direction(this.side(index))
    this.tracker.load(this.frameAt(index), 0, this.stream, direction)
    return { ...this.tracker.rareOf() }
  }

  /** Round trip measured by the handshake in nanoseconds, or -1. */
  get initialRoundTrip(): number {
    return this.tracker.initialRoundTrip(this.stream)
  }

  private base(side: Side): number {
    return this.segments.base[this.direction(side)]
  }

  /** The side that sent the first SYN without ACK; else the one that did not send the first SYN, ACK; else the one with the higher port. */
  private findClient(): 0 | 1 {
    const { flags, direction } = this.segments
    const syn = flags.findIndex((bits) => (bits & SYN) !== 0)
    if (syn >= 0) return ((flags[syn] ?? 0) & ACK) === 0 ? (direction[syn] === 1 ? 1 : 0) : direction[syn] === 1 ? 0 : 1
    const { tcp } = this.trace.conversations
    return tcp.sourcePort(this.stream) >= tcp.destinationPort(this.stream) ? 0 : 1
  }

  private findGaps(): Map<number, Gap> {
    const gaps = new Map<number, Gap>()
    const next: [number, number] = [0, 0]
    const known: [boolean, boolean] = [false, false]
    for (let index = 0; index < this.count; index++) {
      const side = this.side(index)
      const flags = this.flags(index)
      if ((flags & RST) !== 0) continue
      const sequence = this.segments.sequence[index] ?? 0
      const end = (sequence + this.length(index) + ((flags & (SYN | FIN)) === 0 ? 0 : 1)) | 0
      if ((this.analysis(index) & ANALYSIS.LOST_SEGMENT) !== 0 && known[side]) {
        const base = this.base(side)
        gaps.set(this.frameAt(index), { from: (next[side] - base) >>> 0, to: (sequence - base) >>> 0 })
      }
      if (!known[side] || sequenceDistance(end, next[side]) > 0) next[side] = end
      known[side] = true
    }
    return gaps
  }

  private bytesFrom(side: Side): number {
    const flow = this.stream * 2 + this.direction(side)
    let fin = 0
    let any = false
    for (let index = 0; index < this.count && fin === 0; index++) {
      if (this.side(index) !== side) continue
      any ||= this.length(index) > 0
      if ((this.flags(index) & FIN) !== 0) fin = 1
    }
    if (!any) return 0
    return Math.max(0, ((this.tracker.flows.get(flow, F_NEXT) - this.base(side)) >>> 0) - 1 - fin)
  }
}

/** The other side. */
export function other(side: Side): Side {
  return side === 0 ? 1 : 0
}
