// A stream that is followed: what its two sides said, as a list of chunks that says where their bytes are. The bytes are read when they are looked at, so
// that a stream of any size costs a few dozen bytes a packet.
import type { Trace } from '../index/trace'

/** What can be followed: the payload of TCP or UDP, what TLS protects, the messages of HTTP with their bodies decoded, or a stream of HTTP/2. */
export type FollowProtocol = 'tcp' | 'udp' | 'tls' | 'http' | 'http2'

/** Bytes of one side, as they came in one packet. */
export interface FollowChunk {
  /** 0 = the side that sent the stream's first packet. */
  readonly side: 0 | 1
  /** Packet that brought the bytes; for a gap the packet that shows it. */
  readonly frame: number
  /** How many bytes of the packet's own are left out before them, since they were said already; for TLS and HTTP the place of the part in the packet. */
  readonly skip: number
  readonly length: number
  /** Bytes that were not captured; `length` is 0 then. 0 = none. */
  readonly missing: number
}

/** Bytes of one side by themselves. */
export interface SpokenBytes extends Pick<FollowChunk, 'side' | 'frame' | 'missing'> {
  readonly bytes: Uint8Array
}

/** A followed stream. */
export interface FollowedStream {
  readonly protocol: FollowProtocol
  readonly trace: Trace
  readonly stream: number
  readonly chunks: readonly FollowChunk[]
  /** Of HTTP/2: the streams that the connection has, in order. */
  readonly substreams?: readonly number[]
  /** Takes packets that were indexed since, until `isTime` says so. True when there are more. */
  advance(isTime: () => boolean): boolean
  /** Bytes of a chunk. */
  bytes(chunk: FollowChunk): Uint8Array
}

/** Frames of a UDP stream after `after`, in order. */
export function udpFrames(trace: Trace, stream: number, after: number): number[] {
  const { udp: table } = trace.conversations,
    { columns } = trace,
    frames: number[] = []
  let frame = stream < table.count ? table.lastFrame(stream) : 0
  while (frame > after) {
    frames.push(frame)
    const previous = columns.previousInStream.get(frame - 1)
    frame = previous < frame ? previous : 0
  }
  return frames.reverse()
}

/** Bytes of a field of a packet; empty when it has none. */
export function fieldBytes(trace: Trace, frame: number, field: number | undefined): Uint8Array {
  const { tree } = trace.dissect(frame, { summary: false, labels: false })
  for (let node = 0; node < tree.count; node++) if (tree.field(node) === field) return tree.bytes(node).slice()
  return new Uint8Array(0)
}
