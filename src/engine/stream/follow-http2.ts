// What one HTTP/2 stream carried: its frames in file order, header blocks decompressed, everything else with its frame header, as tshark 4.0.17's -z follow.
import { fieldByName } from '../dissect/registry'
import type { TreeBuffer } from '../dissect/tree-buffer'
import type { Trace } from '../index/trace'
import { DissectedFollow } from './dissected-follow'

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

/** An HTTP/2 stream within a TCP stream; 0 is the connection itself. */
export class Http2Follow extends DissectedFollow {
  readonly protocol = 'http2'
  private readonly http2Stream: number
  private readonly fields = fieldNumbers()
  private readonly seen = new Set<number>()

  constructor(trace: Trace, stream: number, withEmpty: boolean, http2Stream: number) {
    super(trace, stream, withEmpty)
    this.http2Stream = http2Stream
  }

  /** Numbers of the HTTP/2 streams in the packets taken so far, in order. */
  get substreams(): readonly number[] {
    return [...this.seen].toSorted((one, two) => one - two)
  }

  protected partsOf(tree: TreeBuffer): readonly Uint8Array[] {
    for (let node = 0; node < tree.count; node++) if (tree.field(node) === this.fields.stream) this.seen.add(tree.numbers[node] ?? 0)
    return framesOf(tree, this.fields, this.http2Stream)
  }
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
