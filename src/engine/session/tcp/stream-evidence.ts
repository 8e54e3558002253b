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

interface SegmentOptions {
  readonly stamp: number | undefined
  readonly echo: number | undefined
  /** First sequence number of the bytes and the one after them. */
  readonly duplicate: readonly [number, number] | undefined
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
   * that can have travelled there and been answered in time; a copy that the proof reports as received twice (RFC 2883) was not the first to arrive, and one
   * that is younger than the echoed time stamp was not what the proof waited for (RFC 7323, 4.3). -1 when no copy was captured before the proof.
   */
  arrived(side: Side, copies: readonly number[], proof: number): number {
    const before = copies.filter((copy) => copy < proof)
    if (before.length <= 1) return before[0] ?? -1
    const { echo, duplicate } = this.options(proof)
    if (duplicate !== undefined) {
      const place = before.findLastIndex((copy) => this.cameBefore(side, copy, proof)),
        end = this.end(before[place] ?? 0)
      if (place > 0 && sequenceDistance(end, duplicate[0]) > 0 && sequenceDistance(duplicate[1], end) >= 0) return before[place - 1] ?? -1
    }
    let possible = before
    if (echo !== undefined && echo !== 0) {
      const stamps = before.map((copy) => this.options(copy).stamp)
      const same = before.filter((_, place) => stamps[place] === echo)
      if (same.length === 1) return same[0] ?? -1
      const old = before.filter((_, place) => sequenceDistance(stamps[place] ?? echo, echo) <= 0)
      if (old.length > 0) possible = old
    }
    return possible.findLast((copy) => this.cameBefore(side, copy, proof)) ?? possible[0] ?? -1
  }

  /** Whether a segment of the peer can have reached `side` before it sent its segment `own`: the way there and back takes a time. */
  cameBefore(side: Side, index: number, own: number): boolean {
    return index < own && this.time(index) <= this.time(own) - 0.7 * this.leg[side]
  }

  /** The first of some acknowledgments that reached `side`: it sent no further copy of what is acknowledged after it can have arrived. -1 when none. */
  effective(side: Side, acknowledgments: readonly number[], copies: readonly number[]): number {
    const last = copies.at(-1)
    if (last === undefined) return acknowledgments[0] ?? -1
    const repeated = copies.length > 1 ? this.time(last) - this.leg[side] * 1.3 : -Infinity
    return acknowledgments.find((index) => index > last || this.time(index) > repeated) ?? -1
  }

  /** A segment's IPv4 identification where the header forbids fragments; undefined elsewhere and with IPv6. */
  identification(index: number): number | undefined {
    const { tree } = this.trace.dissect(this.frame(index), { summary: false, labels: false })
    let identification: number | undefined, whole: number | undefined
    // in a tunnel the inner header comes last
    for (let node = 0; node < tree.count; node++) {
      const field = tree.field(node)
      if (field === IDENTIFICATION) identification = tree.numbers[node]
      else if (field === DO_NOT_FRAGMENT) whole = tree.numbers[node]
    }
    return whole ? identification : undefined
  }

  /** What a segment's options say: its time stamp and the one it echoes (RFC 7323), and the bytes that it reports as received twice (RFC 2883). */
  private options(index: number): SegmentOptions {
    const { tree } = this.trace.dissect(this.frame(index), { summary: false, labels: false })
    let stamp: number | undefined, echo: number | undefined, left: number | undefined, right: number | undefined
    for (let node = 0; node < tree.count; node++) {
      const field = tree.field(node)
      if (field === TSVAL) stamp ??= tree.numbers[node]
      else if (field === TSECR) echo ??= tree.numbers[node]
      else if (field === TWICE_LEFT) left = tree.numbers[node]
      else if (field === TWICE_RIGHT) right = tree.numbers[node]
    }
    if (left === undefined || right === undefined) return { stamp, echo, duplicate: undefined }
    // the tree counts from the first sequence number
    const base = this.segments.base[other(this.side(index))]
    return { stamp, echo, duplicate: [(left + base) | 0, (right + base) | 0] }
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

const IDENTIFICATION = fieldByName('ip.id')?.id,
  DO_NOT_FRAGMENT = fieldByName('ip.flags.df')?.id,
  TSVAL = fieldByName('tcp.options.timestamp.tsval')?.id,
  TSECR = fieldByName('tcp.options.timestamp.tsecr')?.id,
  TWICE_LEFT = fieldByName('tcp.options.sack.dsack_le')?.id,
  TWICE_RIGHT = fieldByName('tcp.options.sack.dsack_re')?.id
