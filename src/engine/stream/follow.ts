// What the two sides of a stream said, put in order: repeated bytes once, late segments where they belong, and a gap where the other side acknowledged
// bytes that were not captured. The order of the chunks is that of tshark 4.0.17's -z follow.
import { ACK, SYN } from '../protocols/transport/tcp/analysis-flags'
import { fieldByName } from '../dissect/registry'
import type { Trace } from '../index/trace'
import { sequenceDistance, streamSegments } from '../session/tcp/stream-segments'

/** Bytes of one side, as they came in one packet. */
export interface FollowChunk {
  /** 0 = the side that sent the stream's first packet. */
  readonly side: 0 | 1
  /** Packet that brought the bytes; for a gap the packet that shows it. */
  readonly frame: number
  readonly bytes: Uint8Array
  /** Bytes that were not captured; `bytes` is empty then. 0 = none. */
  readonly missing: number
}

interface Fragment {
  readonly frame: number
  readonly sequence: number
  readonly bytes: Uint8Array
}

/** One direction while it is put together. */
class Direction {
  private readonly side: 0 | 1
  private readonly chunks: FollowChunk[]
  private known = false
  private next = 0
  private waiting: Fragment[] = []

  constructor(side: 0 | 1, chunks: FollowChunk[]) {
    this.side = side
    this.chunks = chunks
  }

  /** A segment of this side; `length` is what its header says, `bytes` what was captured of it. */
  add(frame: number, sequence: number, length: number, isSyn: boolean, bytes: Uint8Array): void {
    if (!this.known) {
      this.known = true
      this.next = (sequence + length + (isSyn ? 1 : 0)) | 0
      this.say(frame, bytes)
      return
    }
    const late = sequenceDistance(this.next, sequence)
    if (late < 0) {
      if (bytes.length > 0) this.waiting.push({ frame, sequence, bytes })
      return
    }
    if (late > 0 && late >= length) return
    this.next = (sequence + length + (isSyn ? 1 : 0)) | 0
    this.say(frame, bytes.subarray(late))
    while (this.fit());
  }

  /** The other side acknowledged everything before `acknowledgment`: what is missing before it will not come. */
  acknowledged(frame: number, acknowledgment: number): void {
    for (;;) {
      if (this.fit()) continue
      const lowest = this.waiting.reduce<Fragment | undefined>(
        (least, one) => (least === undefined || sequenceDistance(one.sequence, least.sequence) < 0 ? one : least),
        undefined,
      )
      if (lowest === undefined || sequenceDistance(acknowledgment, lowest.sequence) <= 0) return
      this.chunks.push({
        side: this.side,
        frame,
        bytes: new Uint8Array(0),
        missing: sequenceDistance(lowest.sequence, this.next),
      })
      this.next = lowest.sequence
    }
  }

  /** Takes the first waiting fragment that fits now. */
  private fit(): boolean {
    const index = this.waiting.findIndex((one) => sequenceDistance(one.sequence, this.next) <= 0),
      one = this.waiting[index]
    if (one === undefined) return false
    this.waiting.splice(index, 1)
    const known = sequenceDistance(this.next, one.sequence)
    if (known < one.bytes.length) {
      this.say(one.frame, one.bytes.subarray(known))
      this.next = (one.sequence + one.bytes.length) | 0
    }
    return true
  }

  private say(frame: number, bytes: Uint8Array): void {
    if (bytes.length > 0) this.chunks.push({ side: this.side, frame, bytes, missing: 0 })
  }
}

/** Follows a TCP stream. Packets are dissected again for their payloads. */
export function followTcp(trace: Trace, stream: number): FollowChunk[] {
  const chunks: FollowChunk[] = [],
    directions = [new Direction(0, chunks), new Direction(1, chunks)] as const,
    segments = streamSegments(trace, stream)
  for (let index = 0; index < segments.count; index++) {
    const frame = segments.frame[index] ?? 0,
      side = segments.direction[index] === 0 ? 0 : 1,
      flags = segments.flags[index] ?? 0,
      length = segments.length[index] ?? 0
    if (flags & ACK) directions[side === 0 ? 1 : 0].acknowledged(frame, segments.acknowledgment[index] ?? 0)
    const bytes = length > 0 ? payload(trace, frame, TCP_PAYLOAD) : new Uint8Array(0)
    directions[side].add(frame, segments.sequence[index] ?? 0, length, (flags & SYN) !== 0, bytes)
  }
  return chunks
}

/** Follows a UDP stream: every datagram is a chunk. */
export function followUdp(trace: Trace, stream: number): FollowChunk[] {
  const { udp: table } = trace.conversations,
    { columns } = trace,
    frames: number[] = []
  let frame = stream < table.count ? table.lastFrame(stream) : 0
  while (frame > 0) {
    frames.push(frame)
    const previous = columns.previousInStream.get(frame - 1)
    frame = previous < frame ? previous : 0
  }
  const chunks: FollowChunk[] = []
  for (const number of frames.reverse()) {
    const bytes = payload(trace, number, UDP_PAYLOAD),
      side = table.direction(stream, columns.sourceAddress.get(number - 1), columns.sourcePort.get(number - 1))
    if (bytes.length > 0) chunks.push({ side, frame: number, bytes, missing: 0 })
  }
  return chunks
}

function payload(trace: Trace, frame: number, field: number | undefined): Uint8Array {
  const { tree } = trace.dissect(frame, { summary: false, labels: false })
  for (let node = 0; node < tree.count; node++) if (tree.field(node) === field) return tree.bytes(node).slice()
  return new Uint8Array(0)
}
const TCP_PAYLOAD = fieldByName('tcp.payload')?.id,
  UDP_PAYLOAD = fieldByName('udp.payload')?.id
