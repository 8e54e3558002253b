// What one HTTP/2 stream carried: its frames in file order, header blocks decompressed, everything else with its frame header, as tshark 4.0.17's -z follow.
import { fieldByName } from '../dissect/registry'
import type { TreeBuffer } from '../dissect/tree-buffer'
import type { Trace } from '../index/trace'
import { streamSegments } from '../session/tcp/stream-segments'
import type { SpokenBytes } from './followed-stream'

const HEADERS = 1,
  PUSH_PROMISE = 5,
  CONTINUATION = 9

/** Numbers of the fields that tell frames apart; the protocols are registered by the time that a capture is open. */
function fieldNumbers() {
  const number = (name: string) => fieldByName(name)?.id ?? -1
  return {
    frame: number('http2.stream'),
    type: number('http2.type'),
    stream: number('http2.streamid'),
    headerLength: number('http2.header.length'),
  }
}

/** Follows a stream within a TCP stream; 0 is the connection itself. Packets are dissected again. */
export function followHttp2(trace: Trace, stream: number, http2Stream: number): SpokenBytes[] {
  const chunks: SpokenBytes[] = [],
    segments = streamSegments(trace, stream),
    fields = fieldNumbers()
  for (let index = 0; index < segments.count; index++) {
    const frame = segments.frame[index] ?? 0,
      side = segments.direction[index] === 0 ? 0 : 1
    // a packet of several segments was read with its first one
    if ((segments.length[index] ?? 0) === 0 || segments.frame[index - 1] === frame) continue
    for (const bytes of framesOf(trace.dissect(frame, { summary: false, labels: false }).tree, fields, http2Stream))
      chunks.push({ side, frame, bytes, missing: 0 })
  }
  return chunks
}

function framesOf(tree: TreeBuffer, fields: ReturnType<typeof fieldNumbers>, http2Stream: number): Uint8Array[] {
  const found: Uint8Array[] = []
  let whole: Uint8Array | undefined,
    type = -1
  const finish = () => {
    if (whole && type !== HEADERS && type !== PUSH_PROMISE && type !== CONTINUATION) found.push(whole.slice())
    whole = undefined
  }
  for (let node = 0; node < tree.count; node++)
    switch (tree.field(node)) {
      case fields.frame:
        finish()
        type = -1
        break
      case fields.type:
        type = tree.numbers[node] ?? 0
        break
      case fields.stream:
        if (tree.numbers[node] === http2Stream) whole = tree.bytes(tree.parent(node))
        break
      case fields.headerLength:
        if (whole) found.push(tree.sources[tree.source[node] ?? 0]?.bytes.slice() ?? new Uint8Array(0))
        break
      default:
    }
  finish()
  return found
}
