// The messages of an HTTP/1.x connection as they are read: heads, and bodies without transfer and content coding. What was put together from several
// segments stands where it was complete.
import { fieldByName } from '../dissect/registry'
import { MARK } from '../protocols/transport/tcp/analysis-flags'
import type { Trace } from '../index/trace'
import type { TreeBuffer } from '../dissect/tree-buffer'
import { streamSegments } from '../session/tcp/stream-segments'
import type { FollowChunk, FollowedStream } from './followed-stream'

const HTTP = fieldByName('http')?.id ?? -1
const BODY = fieldByName('http.file_data')?.id ?? -1
const PLAIN = { summary: false, labels: false } as const

/** An HTTP connection, by the number of its TCP stream. */
export class HttpFollow implements FollowedStream {
  readonly protocol = 'http'
  readonly trace: Trace
  readonly stream: number
  readonly chunks: FollowChunk[] = []
  private segments: ReturnType<typeof streamSegments> | undefined
  private taken = 0
  private lastFrame = 0
  /** The part read last: a large body is unpacked once for all its rows. */
  private read: { readonly frame: number; readonly part: number; readonly bytes: Uint8Array } | undefined

  constructor(trace: Trace, stream: number) {
    this.trace = trace
    this.stream = stream
  }

  advance(isTime: () => boolean): boolean {
    const { trace, stream } = this,
      { tcp } = trace.conversations,
      lastFrame = stream < tcp.count ? tcp.lastFrame(stream) : 0
    if (this.segments === undefined || lastFrame !== this.lastFrame) this.segments = streamSegments(trace, stream)
    this.lastFrame = lastFrame
    const { segments } = this
    for (; this.taken < segments.count; this.taken++) {
      if (isTime()) return true
      const index = this.taken,
        frame = segments.frame[index] ?? 0,
        side = ((segments.analysis[index] ?? 0) & MARK.REVERSE) !== 0 ? 1 : 0
      // the last bytes of a message may come with a FIN that carries none
      const { tree } = trace.dissect(frame, PLAIN)
      let part = 0
      for (const bytes of partsOf(tree)) {
        if (bytes.length > 0) this.chunks.push({ side, frame, skip: part, length: bytes.length, missing: 0 })
        part++
      }
    }
    return false
  }

  bytes({ frame, skip: part }: FollowChunk): Uint8Array {
    if (this.read?.frame === frame && this.read.part === part) return this.read.bytes
    const { tree } = this.trace.dissect(frame, PLAIN)
    const bytes = partsOf(tree)[part]?.slice() ?? new Uint8Array(0)
    this.read = { frame, part, bytes }
    return bytes
  }
}

/** Heads and bodies of the messages of a packet, in order. */
function partsOf(tree: TreeBuffer): Uint8Array[] {
  const parts: Uint8Array[] = []
  for (let node = 0; node < tree.count; node++) {
    const field = tree.field(node)
    if (field === HTTP) {
      const bytes = tree.bytes(node)
      parts.push(bytes.subarray(0, headLength(bytes)))
    } else if (field === BODY) parts.push(tree.bytes(node))
  }
  return parts
}

/** Bytes up to the empty line that ends a head. */
function headLength(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) {
    if (bytes[at + 1] === 10) return at + 2
    if (bytes[at + 1] === 13 && bytes[at + 2] === 10) return at + 3
  }
  return bytes.length
}
