// A followed stream as a file: its bytes, or a dump of them. A gap is never closed silently.
import { utf8Bytes } from './find'
import { hexDumpLine } from './dump'
import type { FollowChunk, FollowedStream } from './followed-stream'
import { cLine, ROW_WIDTH, type FollowForm } from './rows'

/** What stands for missing bytes where the form has no room for a remark. */
export type GapFill = 'leave-out' | 'zeros'

/** Zeros written at once. */
const ZEROS = 65_536

/** Bytes of a chunk in a form; `index` is its number, `position` that of its first byte in its side. */
function* writeChunk(
  followed: FollowedStream,
  chunk: FollowChunk,
  form: FollowForm,
  gaps: GapFill,
  index: number,
  position: number,
): Generator<Uint8Array> {
  const { missing, side, frame } = chunk
  if (missing > 0) {
    if (form === 'raw') {
      if (gaps === 'zeros') for (let left = missing; left > 0; left -= ZEROS) yield new Uint8Array(Math.min(left, ZEROS))
    } else if (form === 'c') yield utf8Bytes(`/* ${missing} bytes missing in capture file */\n`)
    else yield utf8Bytes(`[${missing} bytes missing in capture file]\n`)
    return
  }
  const bytes = followed.bytes(chunk)
  if (form === 'raw' || form === 'utf8') yield bytes
  else if (form === 'ascii') yield bytes.map((byte) => ((byte >= 32 && byte < 127) || byte === 10 || byte === 13 || byte === 9 ? byte : 46))
  else {
    const lines = form === 'c' ? [`char peer${side}_${index}[] = { /* Packet ${frame} */`] : []
    for (let at = 0; at < bytes.length; at += ROW_WIDTH[form]) {
      const line = bytes.subarray(at, at + ROW_WIDTH[form])
      lines.push(form === 'c' ? cLine(line, at + ROW_WIDTH.c >= bytes.length) : (side === 0 ? '' : '\t') + hexDumpLine(position + at, line))
    }
    yield utf8Bytes(`${lines.join('\n')}\n`)
  }
}

/** Writes a whole stream, or one side of it, piece by piece. */
export function* writeFollowed(followed: FollowedStream, form: FollowForm, side: 0 | 1 | null, gaps: GapFill): Generator<Uint8Array> {
  const positions: [number, number] = [0, 0]
  for (const [index, chunk] of followed.chunks.entries()) {
    if (side !== null && chunk.side !== side) continue
    yield* writeChunk(followed, chunk, form, gaps, index, positions[chunk.side])
    positions[chunk.side] += chunk.length
  }
}
