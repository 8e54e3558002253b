// Lines of text protocols: ended by CR LF, LF or CR alone, as Wireshark finds them.
import type { Decoder } from './decoder'

/** A line of a payload: where its text ends and where the next line begins (both `limit` for a last line without an end). */
export interface Line {
  readonly end: number
  readonly next: number
  /** Whether the line's end is there; a CR as the last byte may still be followed by its LF. */
  readonly complete: boolean
}

/** The line that starts at `start`. */
export function lineAt(d: Decoder, start: number, limit = d.readable): Line {
  const newline = d.indexOf(10, start, limit),
    cr = d.indexOf(13, start, newline < 0 ? limit : newline)
  if (cr >= 0) {
    if (cr + 1 === newline) return { end: cr, next: newline + 1, complete: true }
    return { end: cr, next: cr + 1, complete: cr + 1 < limit }
  }
  return newline < 0 ? { end: limit, next: limit, complete: false } : { end: newline, next: newline + 1, complete: true }
}

/** A word of a line. */
export interface Token {
  readonly end: number
  /** First character behind the blanks that follow the word. */
  readonly next: number
}

/** The word that starts at `start` and ends at a blank, a line's end or `end`. */
export function tokenAt(d: Decoder, start: number, end: number): Token {
  let at = start
  while (at < end) {
    const c = d.peek8(at)
    if (c === 0x20 || c === 13 || c === 10) break
    at++
  }
  const stop = at
  while (at < end && d.peek8(at) === 0x20) at++
  return { end: stop, next: at }
}

/** Whether all bytes of a range are decimal digits (false for an empty one). */
export function isDigits(d: Decoder, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (d.peek8(at) < 0x30 || d.peek8(at) > 0x39) return false
  return end > start
}
