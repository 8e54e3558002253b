// Whether a message is wholly there, by its head alone (RFC 9112, 6.3): what TCP is asked for before anything is recorded. Bodies are skipped, not read.
import { ONE_MORE_SEGMENT, UNTIL_FIN } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { nextLine, textEnd } from './start-line'

/** What decides how far a body goes. */
export interface BodyRule {
  /** Responses whose length no header tells end with the stream. */
  readonly untilFin: boolean
  /** The message may have a body that is worth waiting for. */
  readonly hasBody: boolean
}

const COLON = 0x3a

/**
 * Whether the message at `start`, whose head begins at `head`, is all there. When not, and TCP can still provide more, asks for it and returns false.
 */
export function isComplete(d: Decoder, start: number, head: number, rule: BodyRule): boolean {
  if (d.canDesegment <= 0) return true
  const end = d.readable
  let at = head,
    length = -1,
    chunked = false
  for (;;) {
    const next = nextLine(d, at, end, true)
    if (next < 0) return more(d, start, ONE_MORE_SEGMENT)
    const lineEnd = textEnd(d, at, next)
    if (lineEnd === at) {
      at = next
      break
    }
    // the colon's place rules out most other names before any text is made
    const first = d.peek8(at) | 0x20
    if (first === 0x63 && lineEnd - at > 15 && d.peek8(at + 14) === COLON) {
      const line = d.latin1(at, Math.min(lineEnd, at + 64))
      if (/^content-length:/i.test(line)) length = contentLength(line.slice(15)) ?? length
    } else if (first === 0x74 && lineEnd - at > 18 && d.peek8(at + 17) === COLON) {
      const line = d.latin1(at, Math.min(lineEnd, at + 64))
      if (/^transfer-encoding:[ \t]*chunked/i.test(line)) chunked = true
    }
    at = next
  }
  if (!rule.hasBody) return true
  if (chunked) return chunksComplete(d, start, at, end)
  if (length >= 0) return end - at >= length || more(d, start, length - (end - at), at - start)
  return !rule.untilFin || more(d, start, UNTIL_FIN)
}

/** Value of a Content-Length header; undefined when it is no number. */
export function contentLength(text: string): number | undefined {
  const match = /^[ \t]*\+?([0-9]+)[ \t]*$/.exec(text)
  if (match?.[1] === undefined) return undefined
  const value = Number(match[1])
  return Number.isSafeInteger(value) ? value : undefined
}

/** Size that a chunk's first line gives, as strtol reads it: hexadecimal digits at the start, whatever follows. */
export function chunkSize(line: string): number {
  const digits = /^[ \t]*(?:0x)?([0-9a-f]*)/i.exec(line)?.[1] ?? ''
  return digits === '' ? 0 : Number.parseInt(digits, 16)
}

function chunksComplete(d: Decoder, start: number, body: number, end: number): boolean {
  let at = body
  for (;;) {
    const newline = d.indexOf(10, at, end)
    if (newline < 0) return more(d, start, ONE_MORE_SEGMENT)
    const size = chunkSize(d.latin1(at, Math.min(newline, at + 64)))
    at = newline + 1
    if (size === 0) break
    if (!Number.isSafeInteger(size)) return true
    at += size + 2
    if (at > end) return more(d, start, ONE_MORE_SEGMENT)
  }
  // the trailer ends with an empty line
  for (;;) {
    const newline = d.indexOf(10, at, end)
    if (newline < 0) return more(d, start, ONE_MORE_SEGMENT)
    const isEmpty = newline === at || (newline === at + 1 && d.peek8(at) === 13)
    at = newline + 1
    if (isEmpty) return true
  }
}

/** Position behind the chunks and trailer that start at `body`, as far as they are there. */
export function chunksEnd(d: Decoder, body: number): number {
  const end = d.readable
  let at = body
  while (at < end) {
    const newline = d.indexOf(10, at, end)
    if (newline < 0) return d.end
    const size = chunkSize(d.latin1(at, Math.min(newline, at + 64)))
    at = newline + 1
    if (size === 0) break
    at += size + 2
  }
  while (at < end) {
    const newline = d.indexOf(10, at, end)
    if (newline < 0) return d.end
    const isEmpty = newline === at || (newline === at + 1 && d.peek8(at) === 13)
    at = newline + 1
    if (isEmpty) return at
  }
  return Math.min(at, d.end)
}

function more(d: Decoder, start: number, length: number, head = 0): false {
  d.needMore(start, length, head)
  return false
}
