// What a TCP stream carried above TCP: the parts that a dissection of its packets shows, one after the other. Nothing is kept but where they are.
import type { TreeBuffer } from '../dissect/tree-buffer'
import type { Trace } from '../index/trace'
import type { StreamSegments } from '../session/tcp/stream-segments'
import type { FollowChunk, FollowedStream, FollowProtocol } from './followed-stream'
import { SegmentWalk } from './segment-walk'

const PLAIN = { summary: false, labels: false } as const
const NOTHING: Uint8Array = new Uint8Array(0)

/** A stream whose chunks are parts of dissected packets; `skip` of a chunk is the number of its part. */
export abstract class DissectedFollow implements FollowedStream {
  abstract readonly protocol: FollowProtocol
  readonly trace: Trace
  readonly stream: number
  readonly chunks: FollowChunk[] = []
  private readonly walk: SegmentWalk
  private readonly withEmpty: boolean
  /** The part read last: a large one is opened once for all its rows. */
  private read: { readonly frame: number; readonly part: number; readonly bytes: Uint8Array } | undefined

  /** `withEmpty` gives chunks to parts of no bytes, too. */
  constructor(trace: Trace, stream: number, withEmpty: boolean) {
    this.trace = trace
    this.stream = stream
    this.walk = new SegmentWalk(trace, stream)
    this.withEmpty = withEmpty
  }

  /** The parts of a packet that are followed, borrowed. */
  protected abstract partsOf(tree: TreeBuffer, frame: number): readonly Uint8Array[]

  /** Whether a segment may complete a part. */
  protected completes(segments: StreamSegments, index: number): boolean {
    // a packet of several segments was read with its first one
    return (segments.length[index] ?? 0) > 0 && segments.frame[index - 1] !== segments.frame[index]
  }

  /** Who sent a segment. */
  protected sideOf(segments: StreamSegments, index: number): 0 | 1 {
    return segments.direction[index] === 0 ? 0 : 1
  }

  advance(isTime: () => boolean): boolean {
    return this.walk.advance(isTime, (segments, index) => {
      if (!this.completes(segments, index)) return
      const frame = segments.frame[index] ?? 0,
        side = this.sideOf(segments, index)
      for (const [part, bytes] of this.partsOf(this.trace.dissect(frame, PLAIN).tree, frame).entries())
        if (this.withEmpty || bytes.length > 0) this.chunks.push({ side, frame, skip: part, length: bytes.length, missing: 0 })
    })
  }

  bytes({ frame, skip: part }: FollowChunk): Uint8Array {
    if (this.read?.frame === frame && this.read.part === part) return this.read.bytes
    const bytes = this.partsOf(this.trace.dissect(frame, PLAIN).tree, frame)[part]?.slice() ?? NOTHING
    this.read = { frame, part, bytes }
    return bytes
  }
}
