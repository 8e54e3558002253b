// What the two sides of a stream said, put in order: repeated bytes once, late segments where they belong, and a gap where the other side acknowledged
// bytes that were not captured. The order of the chunks is that of tshark 4.0.17's -z follow.
import { ACK, SYN } from '../protocols/transport/tcp/analysis-flags'
import { fieldByName } from '../dissect/registry'
import { STATUS } from '../index/columns'
import type { Trace } from '../index/trace'
import { fieldBytes, udpFrames, type FollowChunk, type FollowedStream, type FollowProtocol } from './followed-stream'
import { Http2Follow } from './follow-http2'
import { HttpFollow } from './http-follow'
import { Direction } from './put-in-order'
import { SegmentWalk } from './segment-walk'
import { TlsFollow } from './tls-follow'

/** A TCP stream. */
class TcpFollow implements FollowedStream {
  readonly protocol = 'tcp'
  readonly trace: Trace
  readonly stream: number
  readonly chunks: FollowChunk[] = []
  private readonly directions = [new Direction(0, this.chunks), new Direction(1, this.chunks)] as const
  private readonly walk: SegmentWalk

  constructor(trace: Trace, stream: number) {
    this.trace = trace
    this.stream = stream
    this.walk = new SegmentWalk(trace, stream)
  }

  advance(isTime: () => boolean): boolean {
    const { trace, directions } = this
    return this.walk.advance(isTime, (segments, index) => {
      const frame = segments.frame[index] ?? 0,
        side = segments.direction[index] === 0 ? 0 : 1,
        flags = segments.flags[index] ?? 0,
        length = segments.length[index] ?? 0
      if (flags & ACK) directions[side === 0 ? 1 : 0].acknowledged(frame, segments.acknowledgment[index] ?? 0)
      const captured = length > 0 ? capturedPayload(trace, frame, length, TCP_PAYLOAD) : 0
      directions[side].add(frame, segments.sequence[index] ?? 0, length, (flags & SYN) !== 0, captured)
    })
  }

  bytes({ frame, skip, length }: FollowChunk): Uint8Array {
    return segmentPayload(this.trace, frame).subarray(skip, skip + length)
  }
}

/** A UDP stream: every datagram is a chunk. */
class UdpFollow implements FollowedStream {
  readonly protocol = 'udp'
  readonly trace: Trace
  readonly stream: number
  readonly chunks: FollowChunk[] = []
  private lastFrame = 0

  constructor(trace: Trace, stream: number) {
    this.trace = trace
    this.stream = stream
  }

  advance(isTime: () => boolean): boolean {
    const { trace, stream } = this,
      { udp: table } = trace.conversations,
      { columns } = trace
    for (const frame of udpFrames(trace, stream, this.lastFrame)) {
      if (isTime()) return true
      this.lastFrame = frame
      const side = table.direction(stream, columns.sourceAddress.get(frame - 1), columns.sourcePort.get(frame - 1)),
        length = capturedPayload(trace, frame, columns.tcp.length.get(frame - 1), UDP_PAYLOAD)
      if (length > 0) this.chunks.push({ side, frame, skip: 0, length, missing: 0 })
    }
    return false
  }

  bytes({ frame, length }: FollowChunk): Uint8Array {
    return fieldBytes(this.trace, frame, UDP_PAYLOAD).subarray(0, length)
  }
}

/** Payload of a TCP segment. What lies above it is read for packets alone that were cut, or whose headers repeat. */
function segmentPayload(trace: Trace, frame: number): Uint8Array {
  if (trace.records.status.get(frame - 1) & (STATUS.CUT | STATUS.REPEATED)) return fieldBytes(trace, frame, TCP_PAYLOAD)
  const { tree } = trace.dissectHeaders(frame)
  let from = -1,
    source = 0
  for (let node = 0; node < tree.count; node++) {
    if (tree.field(node) !== HEADER_LENGTH) continue
    from = tree.start(node) - HEADER_LENGTH_AT + (tree.numbers[node] ?? 0)
    source = tree.source[node] ?? 0
  }
  if (from < 0) return new Uint8Array(0)
  return tree.sources[source]?.bytes.subarray(from, from + trace.columns.tcp.length.get(frame - 1)) ?? new Uint8Array(0)
}

/** Captured bytes of a payload of `length` bytes: only of packets that were cut, or whose headers repeat, must it be looked up. */
function capturedPayload(trace: Trace, frame: number, length: number, field: number | undefined): number {
  const status = trace.records.status.get(frame - 1)
  return (status & (STATUS.CUT | STATUS.REPEATED)) === 0 ? length : fieldBytes(trace, frame, field).length
}

/** Follows a stream of the capture, as far as it is indexed; see FollowedStream.advance. `withEmpty` gives chunks to parts that have no bytes, too; `substream` is HTTP/2's own number of a stream. */
export function followStream(
  trace: Trace,
  protocol: FollowProtocol,
  stream: number,
  { withEmpty = false, substream = 0 }: { readonly withEmpty?: boolean; readonly substream?: number } = {},
): FollowedStream {
  switch (protocol) {
    case 'tcp':
      return new TcpFollow(trace, stream)
    case 'udp':
      return new UdpFollow(trace, stream)
    case 'tls':
      return new TlsFollow(trace, stream, withEmpty)
    case 'http':
      return new HttpFollow(trace, stream, withEmpty)
    case 'http2':
      return new Http2Follow(trace, stream, withEmpty, substream)
  }
}

/** Where the header says how long it is (RFC 9293, 3.1). */
const HEADER_LENGTH_AT = 12
const HEADER_LENGTH = fieldByName('tcp.hdr_len')?.id,
  TCP_PAYLOAD = fieldByName('tcp.payload')?.id,
  UDP_PAYLOAD = fieldByName('udp.payload')?.id
