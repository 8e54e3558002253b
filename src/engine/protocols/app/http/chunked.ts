// Chunked transfer coding (RFC 9112, 7.1): the chunks' rows, and the body without them.
import { printable } from '../../../bytes/printable'
import type { Decoder } from '../../../dissect/define'
import type { HttpFields } from './fields'
import { chunkSize } from './needed-bytes'

/** Most chunks that get rows of their own. */
const MAX_CHUNKS = 5000

/** A size from here on is no size that anyone sends. */
const LARGEST_CHUNK = 0x8000_0000

/** A body put together from its chunks. */
export interface Dechunked {
  readonly bytes: Uint8Array
  /** Position behind the last chunk and its trailer. */
  readonly end: number
}

/** Reads chunks from the cursor; null when there is not even one. The cursor is left where it was. */
export function readChunks(d: Decoder, f: HttpFields): Dechunked | null {
  const start = d.at,
    pieces: Uint8Array[] = [],
    limit = d.readable
  d.note(start, limit, d.labels ? 'HTTP chunked response' : '')
  const body = d.last,
    outer = d.enter()
  let at = start,
    total = 0,
    chunks = 0
  while (at < limit) {
    const newline = d.indexOf(10, at, limit)
    if (newline < 0) break
    const declared = chunkSize(d.latin1(at, Math.min(newline, at + 64)))
    if (declared >= LARGEST_CHUNK) d.malformed()
    const dataStart = newline + 1,
      size = Math.min(declared, limit - dataStart),
      dataEnd = dataStart + size
    chunks++
    if (declared === 0) {
      at = lastChunk(d, f, at, dataStart, limit)
      break
    }
    const next = Math.min(dataEnd + 2, limit)
    if (chunks <= MAX_CHUNKS) {
      d.note(at, next, d.labels ? `Data chunk (${size} octets)` : '')
      const inner = d.enter()
      d.add(f['http.chunk_size'], at, dataStart, size)
      d.range(f['http.chunk_data'], dataStart, dataEnd)
      if (next > dataEnd) d.range(f['http.chunk_boundary'], dataEnd, next)
      d.leave(inner)
    }
    pieces.push(d.slice(dataStart, dataEnd))
    total += size
    at = next
  }
  d.leave(outer)
  d.tree.setEnd(body, at)
  d.at = start
  return chunks === 0 ? null : { bytes: joined(pieces, total), end: at }
}

/** The chunk of size 0, trailer fields, and the empty line. */
function lastChunk(d: Decoder, f: HttpFields, start: number, trailer: number, limit: number): number {
  d.note(start, trailer, d.labels ? 'End of chunked encoding' : '')
  const outer = d.enter()
  d.add(f['http.chunk_size'], start, trailer, 0)
  d.leave(outer)
  let at = trailer
  while (at < limit) {
    const newline = d.indexOf(10, at, limit),
      next = newline < 0 ? limit : newline + 1
    const isEmpty = newline === at || (newline === at + 1 && d.peek8(at) === 13)
    if (isEmpty) {
      if (at > trailer) d.value(f['http.chunked_trailer_part'], trailer, at, printable(d.latin1(trailer, at)))
      d.note(at, next, d.labels ? printable(d.latin1(at, next)) : '')
      return next
    }
    at = next
  }
  if (at > trailer) d.value(f['http.chunked_trailer_part'], trailer, at, printable(d.latin1(trailer, at)))
  return at
}

function joined(pieces: readonly Uint8Array[], total: number): Uint8Array {
  const bytes = new Uint8Array(total)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
