// What a first line says (RFC 9112, 3 and 4): a request, a response, a notification, or none of them.
import { HTTP_METHODS, HTTP_NOTIFICATIONS } from '../../../values/http'

/** Kind of a message. 'other' is anything whose first line is neither a request nor a status line. */
export type MessageKind = 'request' | 'response' | 'notification' | 'other'

/** Kind that a first line (without its end) announces. */
export function messageKind(line: string): MessageKind {
  if (line.startsWith('HTTP/') || line.startsWith('ICY')) return 'response'
  const end = line.search(/[ \t]/), word = end < 0 ? line : line.slice(0, end)
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

/** Words of a first line: the first two, and all that follows them. Several spaces separate like one; what is missing is empty. */
export function lineParts(line: string): readonly [LinePart, LinePart, LinePart] {
  const match = /^([^ ]*)( *)([^ ]*)( *)/.exec(line), first = match?.[1] ?? '', second = match?.[3] ?? ''
  const secondStart = first.length + (match?.[2]?.length ?? 0), thirdStart = secondStart + second.length + (match?.[4]?.length ?? 0)
  return [{ start: 0, text: first }, { start: secondStart, text: second }, { start: thirdStart, text: line.slice(thirdStart) }]
}
