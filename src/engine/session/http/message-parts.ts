// A message taken apart on its own bytes (RFC 9112, 2.1): start line, header lines, the empty line, and the body with the framing of its chunks.
import type { HttpPart } from '../../../shared/contract'
import { isChunked } from './body'
import type { HttpMessage } from './exchanges'

/** A message's parts and its body without framing. */
export interface MessageParts {
  readonly parts: readonly HttpPart[]
  readonly moreChunks: number
  readonly body: Uint8Array
}

/** Most chunks, and most header lines, that get parts of their own. */
const MOST_CHUNKS = 400
const MOST_LINES = 2000
/** Longest text of a line. */
const LONGEST = 8192

/** Where a message's bytes stand among those of its side, at most `limit` of them: all of it, or where its body is in pieces (HTTP/2) those. */
export function messageRanges({ head, end, stretches }: HttpMessage, limit: number): (readonly [from: number, to: number])[] {
  if (!stretches) return [[head.start, Math.min(end === 0 ? head.start + limit : end, head.start + limit)]]
  const ranges: (readonly [number, number])[] = []
  let left = limit
  for (let i = 0; i + 1 < stretches.length && left > 0; i += 2) {
    const from = stretches[i] ?? 0,
      to = Math.min(stretches[i + 1] ?? 0, from + left)
    ranges.push([from, to])
    left -= to - from
  }
  return ranges
}

/** Takes a message apart whose bytes are those of `messageRanges`. Header fields of HTTP/2, which have no lines, are parts without a place. */
export function partsOf({ head, stretches }: HttpMessage, bytes: Uint8Array): MessageParts {
  if (!stretches) return messageParts(bytes, head.end - head.start, isChunked(head))
  const nowhere = { start: 0, end: 0 },
    parts: HttpPart[] = [
      { kind: 'start-line', ...nowhere, text: head.line, name: '', value: '' },
      ...head.fields
        .slice(0, MOST_LINES)
        .map(([name, value]): HttpPart => ({ kind: 'header', ...nowhere, text: `${name}: ${value}`, name, value })),
    ]
  if (bytes.length > 0) parts.push({ kind: 'body', start: 0, end: bytes.length, text: '', name: '', value: '' })
  return { parts, moreChunks: 0, body: bytes }
}

/** Takes a message apart. `headSize` bytes are its head; what follows is its body, in chunks if `chunked`. Never throws. */
export function messageParts(bytes: Uint8Array, headSize: number, chunked: boolean): MessageParts {
  const parts: HttpPart[] = [],
    head = Math.min(headSize, bytes.length)
  for (let at = 0, line = 0; at < head && line < MOST_LINES; line++) {
    const newline = bytes.indexOf(10, at),
      end = newline < 0 || newline >= head ? head : newline + 1,
      text = lineText(bytes, at, end)
    if (text === '') parts.push({ kind: 'blank', start: at, end, text, name: '', value: '' })
    else if (parts.some(({ kind }) => kind === 'start-line')) parts.push(fieldPart('header', at, end, text))
    else parts.push({ kind: 'start-line', start: at, end, text, name: '', value: '' })
    at = end
  }
  if (chunked) return chunks(bytes, head, parts)
  if (bytes.length > head) parts.push({ kind: 'body', start: head, end: bytes.length, text: '', name: '', value: '' })
  return { parts, moreChunks: 0, body: bytes.subarray(head) }
}

function fieldPart(kind: 'header' | 'trailer', start: number, end: number, text: string): HttpPart {
  const colon = text.indexOf(':')
  return {
    kind,
    start,
    end,
    text,
    name: colon < 0 ? '' : text.slice(0, colon).trim().toLowerCase(),
    value: colon < 0 ? text : text.slice(colon + 1).trim(),
  }
}

/** A line without its end, one character a byte. */
function lineText(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, Math.min(end, start + LONGEST))).replace(/\r?\n$/, '')
}

function chunks(bytes: Uint8Array, from: number, parts: HttpPart[]): MessageParts {
  const pieces: Uint8Array[] = [],
    part = (kind: HttpPart['kind'], start: number, end: number, text = ''): void => {
      if (count <= MOST_CHUNKS && end > start) parts.push({ kind, start, end, text, name: '', value: '' })
    }
  let at = from,
    count = 0,
    total = 0
  while (at < bytes.length) {
    const newline = bytes.indexOf(10, at)
    if (newline < 0) break
    const text = lineText(bytes, at, newline + 1),
      size = Number.parseInt(/^[ \t]*([0-9a-f]{1,12})/i.exec(text)?.[1] ?? '', 16)
    if (!Number.isSafeInteger(size)) break
    count++
    part('chunk-size', at, newline + 1, text)
    at = newline + 1
    if (size === 0) {
      at = trailer(bytes, at, parts)
      break
    }
    const end = Math.min(bytes.length, at + size)
    part('chunk-data', at, end)
    pieces.push(bytes.subarray(at, end))
    total += end - at
    const after = bytes[end] === 13 ? end + 2 : bytes[end] === 10 ? end + 1 : end
    part('chunk-end', end, Math.min(after, bytes.length))
    at = Math.min(after, bytes.length)
  }
  const body = new Uint8Array(total)
  let place = 0
  for (const piece of pieces) {
    body.set(piece, place)
    place += piece.length
  }
  return { parts, moreChunks: Math.max(0, count - MOST_CHUNKS), body }
}

/** Trailer fields and the empty line; returns where it ends. */
function trailer(bytes: Uint8Array, from: number, parts: HttpPart[]): number {
  let at = from
  for (let line = 0; at < bytes.length && line < MOST_LINES; line++) {
    const newline = bytes.indexOf(10, at),
      end = newline < 0 ? bytes.length : newline + 1,
      text = lineText(bytes, at, end)
    parts.push(text === '' ? { kind: 'blank', start: at, end, text, name: '', value: '' } : fieldPart('trailer', at, end, text))
    at = end
    if (text === '') break
  }
  return at
}
