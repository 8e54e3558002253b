// Questions that the state machine asks of a stream's segments: who acknowledged what first, which of several copies arrived, how far away each endpoint is
// from the place of capture. An observer sees a segment leave or arrive at one place only; what the other end received is told by what it sends later.
import { fieldByName } from '../../dissect/registry'
import type { Trace } from '../../index/trace'
import { ACK, FIN, RST, SYN } from '../../protocols/transport/tcp/analysis-flags'
import { sequenceDistance } from './stream-segments'
import type { StreamSegments } from './stream-segments'

/** 0 sent the stream's first packet. */
export type Side = 0 | 1
/** The other endpoint. */
export function other(side: Side): Side {
  return side === 0 ? 1 : 0
}

/** Indices by kind of segment, for one direction. */
interface Sent {
  /** SYN without ACK, SYN with ACK, FIN, RST. */
  readonly syn: number[]
  readonly synAck: number[]
  readonly fin: number[]
  readonly reset: number[]
  /** Everything but resets. */
  readonly plain: number[]
}

/** The segments of one stream with what follows from them. */
export class StreamEvidence {
  readonly segments: StreamSegments
  readonly sent: readonly [Sent, Sent]
  /** Seconds from the place of capture to each endpoint and back: the fastest answer seen. 0 where none was seen. */
  readonly leg: readonly [number, number]
  private readonly trace: Trace

  constructor(trace: Trace, segments: StreamSegments) {
    this.trace = trace
    this.segments = segments
    const sent = (): Sent => ({ syn: [], synAck: [], fin: [], reset: [], plain: [] })
    this.sent = [sent(), sent()]
    for (let index = 0; index < segments.count; index++) {
      const flags = this.flags(index),
        mine = this.sent[this.side(index)]
      if (flags & RST) {
        mine.reset.push(index)
        continue
      }
      mine.plain.push(index)
      if (flags & SYN) (flags & ACK ? mine.synAck : mine.syn).push(index)
      if (flags & FIN) mine.fin.push(index)
    }
    this.leg = this.legs()
  }

  side(index: number): Side {
    return this.segments.direction[index] === 0 ? 0 : 1
  }
  flags(index: number): number {
    return this.segments.flags[index] ?? 0
  }
  time(index: number): number {
    return this.segments.time[index] ?? 0
  }
  frame(index: number): number {
    return this.segments.frame[index] ?? 0
  }
  sequence(index: number): number {
    return this.segments.sequence[index] ?? 0
  }
  acknowledgment(index: number): number {
    return this.segments.acknowledgment[index] ?? 0
  }
  length(index: number): number {
    return this.segments.length[index] ?? 0
  }
  /** Sequence number after a segment, SYN and FIN counted. */
  end(index: number): number {
    const flags = this.flags(index)
    return (this.sequence(index) + this.length(index) + (flags & SYN ? 1 : 0) + (flags & FIN ? 1 : 0)) | 0
  }

  /** Segments of a side that acknowledge everything before `sequence`, in order. */
  acknowledging(side: Side, sequence: number, from = 0): number[] {
    return this.sent[side].plain.filter(
      (index) => index >= from && this.flags(index) & ACK && sequenceDistance(this.acknowledgment(index), sequence) >= 0,
    )
  }

  /** The side's last segment before `index` that acknowledges something, or -1. */
  acknowledgmentBefore(side: Side, index: number): number {
    return this.sent[side].plain.findLast((own) => own < index && (this.flags(own) & ACK) !== 0) ?? -1
  }

  /**
   * Which of the copies of a segment reached `side`, whose segment `proof` shows that one did: the one that the proof's time stamp echoes, else the last
   * that can have travelled there and been answered in time. -1 when no copy was captured before the proof.
   */
  arrived(side: Side, copies: readonly number[], proof: number): number {
    const before = copies.filter((copy) => copy < proof)
    if (before.length <= 1) return before[0] ?? -1
    const echoed = this.timestamps(proof)?.echo
    if (echoed !== undefined && echoed !== 0) {
      const same = before.filter((copy) => this.timestamps(copy)?.value === echoed)
      if (same.length === 1) return same[0] ?? -1
    }
    const latest = this.time(proof) - 0.7 * this.leg[side]
    return before.findLast((copy) => this.time(copy) <= latest) ?? before[0] ?? -1
  }

  /** The first of some acknowledgments that reached `side`: it sent no further copy of what is acknowledged after it can have arrived. -1 when none. */
  effective(side: Side, acknowledgments: readonly number[], copies: readonly number[]): number {
    const last = copies.at(-1)
    if (last === undefined) return acknowledgments[0] ?? -1
    const repeated = copies.length > 1 ? this.time(last) - this.leg[side] * 1.3 : -Infinity
    return acknowledgments.find((index) => index > last || this.time(index) > repeated) ?? -1
  }

  /** Time stamps option of a segment (RFC 7323). */
  timestamps(index: number): { value: number; echo: number } | undefined {
    const { tree } = this.trace.dissect(this.frame(index), { summary: false, labels: false })
    let value: number | undefined, echo: number | undefined
    for (let node = 0; node < tree.count; node++) {
      const field = tree.field(node)
      if (field === TSVAL) value ??= tree.numbers[node]
      else if (field === TSECR) echo ??= tree.numbers[node]
    }
    return value === undefined || echo === undefined ? undefined : { value, echo }
  }

  private legs(): [number, number] {
    const { segments } = this,
      indexOf = new Map<number, number>(),
      legs: [number, number] = [Infinity, Infinity]
    for (let index = 0; index < segments.count; index++) {
      indexOf.set(this.frame(index), index)
      const acked = indexOf.get(segments.acksFrame[index] ?? 0)
      if (acked === undefined) continue
      const side = this.side(index),
        elapsed = this.time(index) - this.time(acked)
      if (elapsed >= 0 && elapsed < legs[side]) legs[side] = elapsed
    }
    return [legs[0] === Infinity ? 0 : legs[0], legs[1] === Infinity ? 0 : legs[1]]
  }
}

const TSVAL = fieldByName('tcp.options.timestamp.tsval')?.id,
  TSECR = fieldByName('tcp.options.timestamp.tsecr')?.id
