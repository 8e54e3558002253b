// NetBIOS names on the wire (RFC 1001, 14.1): sixteen bytes, each written as two letters A to P, in the first label of a domain name; further labels are
// the scope.
import { hex } from '../bytes/text'
import type { Decoder } from './decoder'
import { readName } from './domain-name'

/** Length of a name with its suffix byte. */
export const NETBIOS_NAME_LENGTH = 16

/** A name as read from a message. */
export interface NetbiosName {
  /** "HOST<20>.scope"; or why the name cannot be read. */
  readonly text: string
  /** Sixteenth byte, which tells the service; -1 where the name cannot be read. */
  readonly suffix: number
  /** Position behind the name. */
  readonly end: number
}

/** Reads the name at `at` in the message that starts at `message`. Bounds are checked; nothing is recorded. */
export function readNetbiosName(d: Decoder, at: number, message: number): NetbiosName {
  const { text, end } = readName(d, at, message),
    dot = text.indexOf('.'),
    letters = dot < 0 ? text : text.slice(0, dot),
    scope = dot < 0 ? '' : text.slice(dot)
  const bytes: number[] = []
  for (let i = 0; i < letters.length; i += 2) {
    const high = letters.charCodeAt(i) - 65,
      low = letters.charCodeAt(i + 1) - 65
    if (!isLetter(high)) return illegal('1st character not between A and Z in first-level encoding', end)
    if (Number.isNaN(low)) return illegal('odd number of bytes', end)
    if (!isLetter(low)) return illegal('2nd character not between A and Z in first-level encoding', end)
    if (bytes.length < NETBIOS_NAME_LENGTH) bytes.push(((high << 4) | low) & 0xff)
  }
  if (bytes.length !== NETBIOS_NAME_LENGTH) return illegal(`${bytes.length} bytes long`, end)
  const suffix = bytes.pop() ?? 0
  return { text: `${netbiosText(Uint8Array.from(bytes))}<${hex(Uint8Array.of(suffix))}>${scope}`, suffix, end }
}

/** Fifteen bytes as text: padding goes, what is not printable ASCII becomes <hexadecimal>. */
export function netbiosText(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `<${hex(Uint8Array.of(byte))}>`
  return text.replace(/(?<=\S) +$/, '')
}

function isLetter(value: number): boolean {
  return value >= 0 && value < 26
}
function illegal(reason: string, end: number): NetbiosName {
  return { text: `Illegal NetBIOS name (${reason})`, suffix: -1, end }
}
