// Domain names on the wire (RFC 1035, 4.1.4): labels, compression pointers, and the text by which they are shown. Names may hold any byte, so what is not
// printable becomes an escape that is part of the value, as in Wireshark: dns.qry.name == "tab\\t.example".
import type { Decoder } from './decoder'
import { asciiValue, printable } from '../bytes/printable'

/** A name as read from a message. */
export interface DnsName {
  /** Text that is shown; "<Root>" for the empty name, and a text in angle brackets where the name cannot be read. */
  readonly text: string
  /** Bytes of the name without escapes; Wireshark counts the text for the names in angle brackets. */
  readonly length: number
  /** Labels; 0 for names of one character, which Wireshark 4.0 does not count. */
  readonly labels: number
  /** Position behind the name (behind its first pointer, if it has one). */
  readonly end: number
}

/** Longest name in bytes of text; RFC 1035 allows 255 on the wire, which is 253 here. */
const MAX_NAME = 253
/** Pointers followed before a chain is called a loop: more than a message of one Ethernet frame has room for; no encoder writes chains. */
const MAX_POINTERS = 1500
/** Kind of the extended label that is a string of bits. */
const BIT_STRING = 1

/**
 * Reads the name at `at` in the message that starts at `message`. Bounds are checked against the layer; nothing is recorded.
 * A name of as many labels and pointers as the message has bytes is a loop.
 */
export function readName(d: Decoder, at: number, message: number): DnsName {
  const size = d.end - message
  let raw = '',
    cursor = at,
    end = -1,
    visited = 0,
    pointers = 0,
    dots = 0,
    tooLong = false,
    bitString = false
  for (;;) {
    d.require(1, cursor)
    const length = d.peek8(cursor++)
    if (length === 0) break
    visited++
    const kind = length & 0xc0
    if (kind === 0) {
      d.require(length, cursor)
      if (raw.length + length + (raw ? 1 : 0) > MAX_NAME) tooLong = true
      else if (!bitString) {
        const label = d.latin1(cursor, cursor + length)
        raw = raw ? `${raw}.${label}` : label
      }
      cursor += length
    } else if (kind === 0xc0) {
      d.require(1, cursor)
      const target = ((length & 0x3f) << 8) | d.peek8(cursor++)
      if (end < 0) end = cursor
      if (visited >= size || ++pointers > MAX_POINTERS) return special('<Name contains a pointer that loops>', end)
      cursor = message + target
    } else if (kind === 0x40) {
      if ((length & 0x3f) !== BIT_STRING) {
        // as in tshark, which takes the one octet for the whole name's end, and makes nothing of a name that begins with it
        if (end < 0 && cursor - 1 === at) d.malformed()
        return special('<Unknown extended label>', end < 0 ? cursor : end)
      }
      // RFC 2673's bit-string labels are obsolete (RFC 6891); Wireshark shows no more than "\[" of them
      d.require(1, cursor)
      const bits = d.peek8(cursor++),
        bytes = bits === 0 ? 32 : (bits + 7) >> 3
      d.require(bytes, cursor)
      if (bits === 0) return special('<Unknown extended label>', end < 0 ? cursor : end)
      cursor += bytes
      if (!raw) raw = '\\['
      bitString = true
    } else d.malformed()
  }
  if (end < 0) end = cursor
  if (tooLong) return special('<Name too long>', end)
  if (!raw) return special('<Root>', end)
  for (let i = raw.indexOf('.'); i >= 0; i = raw.indexOf('.', i + 1)) dots++
  return { text: printable(raw), length: raw.length, labels: raw.length > 1 ? dots + 1 : 0, end }
}

function special(text: string, end: number): DnsName {
  return { text, length: text.length, labels: 1, end }
}

/** Text of a range that is meant to be ASCII: other bytes become U+FFFD, a NUL ends it. */
export function asciiText(d: Decoder, start: number, end: number): string {
  return asciiValue(d.latin1(start, end))
}
