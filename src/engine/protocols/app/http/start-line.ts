// What a first line says (RFC 9112, 3 and 4): a request, a response, a notification, or none of them.
import type { Decoder } from '../../../dissect/define'
import { HTTP_METHODS, HTTP_NOTIFICATIONS } from '../../../values/http'

/**
 * Position behind the line that begins at `at`: a line ends with LF, CR LF or a CR alone. -1 when its end is not there before `end`; a CR that is the very
 * last byte ends a line only when no more is to come.
 */
export function nextLine(d: Decoder, at: number, end: number, moreMayCome: boolean): number {
  for (let scan = at; scan < end; scan++) {
    const byte = d.peek8(scan)
    if (byte === 10) return scan + 1
    if (byte !== 13) continue
    if (scan + 1 < end && d.peek8(scan + 1) === 10) return scan + 2
    return moreMayCome && scan + 1 === end ? -1 : scan + 1
  }
  return -1
}

/** Where the text of a line ends whose start is `at` and behind which `next` is. */
export function textEnd(d: Decoder, at: number, next: number): number {
  let end = next
  if (end > at && d.peek8(end - 1) === 10) end--
  if (end > at && d.peek8(end - 1) === 13) end--
  return end
}

/** Kind of a message. 'other' is anything whose first line is neither a request nor a status line. */
export type MessageKind = 'request' | 'response' | 'notification' | 'other'

/** Kind that a first line (without its end) announces. */
export function messageKind(line: string): MessageKind {
  if (line.startsWith('HTTP/') || line.startsWith('ICY')) return 'response'
  let end = 0
  while (end < line.length && line[end] !== ' ' && line[end] !== '\t') end++
  const word = line.slice(0, end)
  return HTTP_METHODS.has(word) ? 'request' : HTTP_NOTIFICATIONS.has(word) ? 'notification' : 'other'
}

/** Status code of a status line; 0 when it has none. */
export function statusCode(line: string): number {
  const match = /^[^ ]* +([0-9]{3})/.exec(line)
  return match?.[1] === undefined ? 0 : Number(match[1])
}

/** Position and text of one part of a line. */
export interface LinePart {
  readonly start: number
  readonly text: string
}

/**
 * Words of a first line: the first two, and all that follows them. Several spaces separate like one, but behind a method they are an empty target, as
 * tshark reads them; what is missing is empty.
 */
export function lineParts(line: string, isRequest: boolean): readonly [LinePart, LinePart, LinePart] {
  const firstEnd = wordEnd(line, 0),
    secondStart = spacesEnd(line, firstEnd),
    secondEnd = isRequest && secondStart - firstEnd > 1 ? secondStart : wordEnd(line, secondStart),
    thirdStart = secondEnd === secondStart ? secondStart : spacesEnd(line, secondEnd)
  return [
    { start: 0, text: line.slice(0, firstEnd) },
    { start: secondStart, text: line.slice(secondStart, secondEnd) },
    { start: thirdStart, text: line.slice(thirdStart) },
  ]
}

function wordEnd(line: string, at: number): number {
  const space = line.indexOf(' ', at)
  return space < 0 ? line.length : space
}

function spacesEnd(line: string, at: number): number {
  let end = at
  while (line[end] === ' ') end++
  return end
}
