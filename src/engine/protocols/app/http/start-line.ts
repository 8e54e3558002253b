// What a first line says (RFC 9112, 3 and 4): a request, a response, a notification, or none of them.
import type { Decoder } from '../../../dissect/define'
import { HTTP_METHODS, HTTP_NOTIFICATIONS } from '../../../values/http'

/**
 * Position behind the line that begins at `at`: a line ends with LF, CR LF or a CR alone. -1 when its end is not there before `end`; a CR that is the very
 * last byte ends a line only when no more is to come.
 */
export function nextLine(d: Decoder, at: number, end: number, moreMayCome: boolean): number {
  const newline = d.indexOf(10, at, end),
    limit = newline < 0 ? end : newline
  for (let scan = at; scan < limit; scan++) {
    if (d.peek8(scan) !== 13) continue
    if (scan + 1 === newline) return newline + 1
    return moreMayCome && scan + 1 === end ? -1 : scan + 1
  }
  return newline < 0 ? -1 : newline + 1
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
  const end = line.search(/[ \t]/),
    word = end < 0 ? line : line.slice(0, end)
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
  const match = /^([^ ]*)( *)([^ ]*)( *)/.exec(line),
    first = match?.[1] ?? '',
    spaces = match?.[2] ?? '',
    second = isRequest && spaces.length > 1 ? '' : (match?.[3] ?? '')
  const secondStart = first.length + spaces.length,
    thirdStart = second === '' ? secondStart : secondStart + second.length + (match?.[4]?.length ?? 0)
  return [
    { start: 0, text: first },
    { start: secondStart, text: second },
    { start: thirdStart, text: line.slice(thirdStart) },
  ]
}
