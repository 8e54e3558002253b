// The messages of an HTTP/1.x connection as they are read: heads, and bodies without transfer and content coding. What was put together from several
// segments stands where it was complete. Parts of no bytes, which tshark 4.0.17 prints: a body that unfolds to nothing, the head of what
// belongs to no message.
import { fieldByName } from '../dissect/registry'
import { PROTOCOL } from '../index/columns'
import { MARK } from '../protocols/transport/tcp/analysis-flags'
import type { TreeBuffer } from '../dissect/tree-buffer'
import type { StreamSegments } from '../session/tcp/stream-segments'
import { DissectedFollow } from './dissected-follow'

const HTTP = fieldByName('http')?.id ?? -1
const BODY = fieldByName('http.file_data')?.id ?? -1
/** Stand behind the rows of a message's head. */
const BEHIND_HEAD = new Set(
  ['http.request', 'http.response', 'http.notification', 'http.file_data', 'data'].map((name) => fieldByName(name)?.id),
)
const PAYLOAD = fieldByName('tcp.payload')?.id,
  REASSEMBLED = fieldByName('tcp.reassembled.data')?.id,
  SEGMENT = fieldByName('tcp.segment_data')?.id,
  SHORT = fieldByName('_ws.short')?.id

/** An HTTP connection, by the number of its TCP stream. */
export class HttpFollow extends DissectedFollow {
  readonly protocol = 'http'

  // the last bytes of a message may come with a FIN that carries none
  protected override completes(): boolean {
    return true
  }

  protected override sideOf({ analysis }: StreamSegments, index: number): 0 | 1 {
    return ((analysis[index] ?? 0) & MARK.REVERSE) !== 0 ? 1 : 0
  }

  /** Heads and bodies of the messages of a packet, in order. */
  protected partsOf(tree: TreeBuffer, frame: number): Uint8Array[] {
    const parts: Uint8Array[] = []
    let isHttp = false,
      isContinued = false
    for (let node = 0; node < tree.count; node++) {
      const field = tree.field(node)
      if (field === HTTP) {
        const head = headOf(tree, node)
        // what belongs to no message has a body or nothing
        isContinued = head.length === 0
        isHttp = true
        if (!isContinued) parts.push(head)
      } else if (field === BODY) {
        if (isContinued) parts.push(NOTHING)
        isContinued = false
        parts.push(tree.bytes(node))
      }
    }
    return isHttp || (this.trace.columns.protocols.get(frame - 1) & PROTOCOL.HTTP_OTHER) === 0 ? parts : unknownText(tree)
  }
}

/** The bytes of a message from the first line to the empty one, as far as the rows of the tree go; none of a head that broke off. */
function headOf(tree: TreeBuffer, layer: number): Uint8Array {
  const start = tree.start(layer)
  let end = start
  for (let node = layer + 1; node < tree.count && !BEHIND_HEAD.has(tree.field(node)); node++) {
    if (tree.field(node) === SHORT) return NOTHING
    if (tree.parent(node) !== layer || tree.start(node) > end) continue
    // the empty line is the last one; before a message there may be one more
    const isLast = end > start && isEmptyLine(tree.bytes(node))
    end = Math.max(end, tree.end(node))
    if (isLast) break
  }
  return tree.bytes(layer).subarray(0, end - start)
}

function isEmptyLine(bytes: Uint8Array): boolean {
  return bytes.length > 0 && bytes.length <= 2 && bytes.every((byte) => byte === 10 || byte === 13)
}

/** Text on a port of HTTP before any message was seen there: HTTP takes it, and shows nothing. */
function unknownText(tree: TreeBuffer): Uint8Array[] {
  let payload = NOTHING
  for (let node = 0; node < tree.count; node++) {
    const field = tree.field(node)
    if (field === SEGMENT) return []
    if (field === REASSEMBLED || (field === PAYLOAD && payload.length === 0)) payload = tree.bytes(node)
  }
  const [first = 0] = payload
  return tree.chain.at(-1) === 'tcp' && first >= 0x20 && first < 0x7f ? [NOTHING, payload] : []
}

const NOTHING: Uint8Array = new Uint8Array(0)
