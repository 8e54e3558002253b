// The bytes of every TCP connection in their order, whatever the order of the segments: duplicates and overlaps are dropped, early segments wait, and what
// never came is said to be lost. One pass over the packets; only what waits is kept.
import { PROTOCOL } from '../../index/columns'
import type { Trace } from '../../index/trace'
import { tcp } from '../../protocols/transport/tcp/tcp'
import { fieldByName } from '../../dissect/registry'

/** Side of a connection as its packets' direction: 0 sent the first packet. */
export type Side = 0 | 1

/** Takes one connection's bytes. `bytes` is borrowed until the call returns. */
export interface StreamReader {
  /** The next bytes of a side, from one frame. */
  data(side: Side, bytes: Uint8Array, frame: number): void
  /** So many bytes of a side are missing; what comes next follows them. */
  gap(side: Side, frame: number, length: number): void
  /** A side has said that nothing more comes (FIN), or the connection was reset. */
  end(side: Side, frame: number, reset: boolean): void
  /** A side has sent its SYN. */
  opened?(side: Side, frame: number): void
}

/** Bytes that may wait for a gap to close; more means that the segment was not captured. */
const MOST_WAITING = 4 << 20

interface Waiting {
  readonly sequence: number
  readonly bytes: Uint8Array
  /** Bytes that were sent; more than were captured in a cut packet. */
  readonly length: number
  readonly frame: number
}

/** One direction. */
class Direction {
  private next = -1
  private finish = -1
  private waiting: Waiting[] = []
  private waitingBytes = 0
  private ended = false
  /** What the other side has acknowledged. */
  private acked: number | undefined
  /** Packets that say that what is missing had arrived. */
  private doubts = 0
  private readonly reader: StreamReader
  private readonly side: Side

  constructor(reader: StreamReader, side: Side) {
    this.reader = reader
    this.side = side
  }

  open(sequence: number): void {
    this.next = sequence >>> 0
  }
  /** A segment of `length` bytes, the first of which were captured. */
  segment(sequence: number, bytes: Uint8Array, length: number, frame: number): void {
    if (this.next < 0) this.next = sequence
    const ahead = (sequence - this.next) | 0
    if (ahead > 0) {
      this.waiting.push({ sequence, bytes: Uint8Array.from(bytes), length, frame })
      this.waitingBytes += bytes.length
      if (this.waitingBytes > MOST_WAITING) this.skip(frame)
      else this.doubt(frame)
      return
    }
    this.take(-ahead, bytes, length, frame)
    this.drain()
    if (this.next === this.finish) this.end(frame, false)
  }
  /** A FIN behind the byte before `sequence`. */
  fin(sequence: number, frame: number): void {
    this.finish = sequence
    if (this.next < 0 || this.next === sequence) this.end(frame, false)
  }
  /** The other side has acknowledged bytes. */
  acknowledged(sequence: number, frame: number): void {
    if (this.acked === undefined || ((sequence - this.acked) | 0) > 0) this.acked = sequence
    this.doubt(frame)
  }
  end(frame: number, reset: boolean): void {
    while (this.waiting.length) this.skip(frame)
    if (this.ended) return
    this.ended = true
    this.reader.end(this.side, frame, reset)
  }

  /** Bytes that are missing, but were acknowledged, were not captured; unless one packet alone says so: a capture may have two in the wrong order. */
  private doubt(frame: number): void {
    const first = this.first()
    if (first && this.acked !== undefined && ((this.acked - first.sequence) | 0) >= 0 && ++this.doubts > 1) this.skip(frame)
  }
  private take(skip: number, bytes: Uint8Array, length: number, frame: number): void {
    if (skip >= length) return
    this.next = (this.next + length - skip) >>> 0
    this.doubts = 0
    if (this.ended) return
    if (skip < bytes.length) this.reader.data(this.side, bytes.subarray(skip), frame)
    if (bytes.length < length) this.reader.gap(this.side, frame, length - Math.max(skip, bytes.length))
  }
  private first(): Waiting | undefined {
    return this.waiting.reduce<Waiting | undefined>(
      (best, one) => (best && ((best.sequence - one.sequence) | 0) <= 0 ? best : one),
      undefined,
    )
  }
  private drain(): void {
    for (let first = this.first(); first && ((first.sequence - this.next) | 0) <= 0; first = this.first()) {
      this.waiting.splice(this.waiting.indexOf(first), 1)
      this.waitingBytes -= first.bytes.length
      this.take((this.next - first.sequence) >>> 0, first.bytes, first.length, first.frame)
    }
  }
  private skip(frame: number): void {
    const first = this.first()
    if (!first) return
    this.reader.gap(this.side, frame, (first.sequence - this.next) >>> 0)
    this.next = first.sequence
    this.drain()
  }
}

const HEADER_LENGTH = fieldByName('tcp.hdr_len')?.id ?? -1,
  PAYLOAD_LENGTH = fieldByName('tcp.len')?.id ?? -1,
  SEQUENCE = fieldByName('tcp.seq_raw')?.id ?? -1,
  ACKNOWLEDGMENT = fieldByName('tcp.ack_raw')?.id ?? -1,
  FLAGS = fieldByName('tcp.flags')?.id ?? -1
const FIN = 1,
  SYN = 2,
  RST = 4,
  ACK = 16

/** Packets between two pauses of byteStreamSteps(). */
const PACKETS_A_STEP = 64

/** Reads every TCP connection of an indexed capture, in file order; `open` makes the reader of a stream when its first segment comes. In steps, for who must
 *  give way to others in between; each step answers the number of packets looked at. `only` reads one stream. */
export function* byteStreamSteps(trace: Trace, open: (stream: number) => StreamReader, only?: number): Generator<number, void> {
  const streams = new Map<number, readonly [Direction, Direction]>()
  const readers = new Map<number, StreamReader>()
  const last = only === undefined ? Infinity : trace.conversations.tcp.lastFrame(only)
  for (
    let frame = only === undefined ? 1 : trace.conversations.tcp.firstFrame(only) || 1;
    frame <= Math.min(trace.packets, last);
    frame++
  ) {
    if (frame % PACKETS_A_STEP === 0) yield frame
    if (!(trace.columns.protocols.get(frame - 1) & PROTOCOL.TCP)) continue
    if (only !== undefined && trace.columns.stream.get(frame - 1) !== only + 1) continue
    // whoever was given way to may have dissected something else: nothing of the decoder is kept over a pause
    const { tree, packet } = trace.dissectHeaders(frame)
    let node = tree.count - 1
    while (node >= 0 && tree.field(node) !== tcp.fieldId) node--
    if (node < 0 || packet.stream < 0 || packet.transport !== 'tcp') continue
    const value = (field: number) => {
      for (let at = node; at < tree.count; at++) if (tree.field(at) === field) return tree.numbers[at] ?? 0
      return 0
    }
    let stream = streams.get(packet.stream)
    if (!stream) {
      const reader = open(packet.stream)
      streams.set(packet.stream, (stream = [new Direction(reader, 0), new Direction(reader, 1)]))
      readers.set(packet.stream, reader)
    }
    const side = packet.direction,
      flags = value(FLAGS),
      sequence = value(SEQUENCE),
      from = tree.start(node) + value(HEADER_LENGTH),
      length = value(PAYLOAD_LENGTH),
      bytes = tree.sources[tree.source[node] ?? 0]?.bytes.subarray(from, from + length) ?? new Uint8Array(0)
    if (flags & ACK) stream[side === 0 ? 1 : 0].acknowledged(value(ACKNOWLEDGMENT), frame)
    if (flags & SYN) {
      stream[side].open(sequence + 1)
      readers.get(packet.stream)?.opened?.(side, frame)
    }
    if (length > 0 && !(flags & RST)) stream[side].segment(flags & SYN ? (sequence + 1) >>> 0 : sequence, bytes, length, frame)
    if (flags & RST) {
      stream[side].end(frame, true)
      stream[side === 0 ? 1 : 0].end(frame, true)
    } else if (flags & FIN) stream[side].fin((sequence + (flags & SYN ? 1 : 0) + length) >>> 0, frame)
  }
  for (const [first, second] of streams.values()) {
    first.end(trace.packets, false)
    second.end(trace.packets, false)
  }
}
