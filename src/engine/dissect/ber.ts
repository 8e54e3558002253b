// ASN.1's Basic Encoding Rules (ITU-T X.690), of which DER is the strict part: tags and lengths, read with the decoder's bounds checks. Contents are
// read by the protocol with the decoder's own calls (an object identifier is `d.span` into an 'oid' field). Nothing here records a node.
import type { Cursor } from './cursor'
import type { Decoder } from './decoder'

/** Tag classes (X.690, 8.1.2.2). */
export const BER_UNIVERSAL = 0,
  BER_APPLICATION = 1,
  BER_CONTEXT = 2,
  BER_PRIVATE = 3

/** Universal tag numbers (X.680, 8.6). */
export const BER_BOOLEAN = 1,
  BER_INTEGER = 2,
  BER_BIT_STRING = 3,
  BER_OCTET_STRING = 4,
  BER_NULL = 5,
  BER_OID = 6,
  BER_ENUMERATED = 10,
  BER_UTF8_STRING = 12,
  BER_SEQUENCE = 16,
  BER_SET = 17,
  BER_NUMERIC_STRING = 18,
  BER_PRINTABLE_STRING = 19,
  BER_TELETEX_STRING = 20,
  BER_IA5_STRING = 22,
  BER_UTC_TIME = 23,
  BER_GENERALIZED_TIME = 24,
  BER_VISIBLE_STRING = 26,
  BER_UNIVERSAL_STRING = 28,
  BER_BMP_STRING = 30

/** Deepest nesting of elements of indefinite length that is followed to find an element's end. */
const MAX_INDEFINITE = 32

/** One element: identifier and length octets were read, the contents lie between `at` and `end`. */
export interface BerElement {
  /** First identifier octet's position. */
  readonly start: number
  /** First content octet's position. */
  readonly at: number
  /** Where the contents end, as the length says: it may lie past the layer, and a read past the layer stops it. */
  readonly end: number
  /** Where the next element starts: `end`, or after the end-of-contents octets of an indefinite length. */
  readonly next: number
  /** BER_UNIVERSAL, BER_APPLICATION, BER_CONTEXT or BER_PRIVATE. */
  readonly tagClass: number
  readonly constructed: boolean
  /** Tag number within its class. */
  readonly tag: number
  readonly indefinite: boolean
}

/** Reads identifier and length at d.at and moves to the contents. Missing octets, and tags or lengths beyond 4 octets, stop the layer. */
export function berElement(d: Decoder): BerElement {
  const element = elementAt(d, d.at, d.readable, MAX_INDEFINITE)
  if (!element) {
    d.require(d.readable - d.at + 1)
    return d.malformed()
  }
  d.at = element.at
  return element
}

/** berElement without moving; undefined where no whole identifier and length lie before `limit`. Never stops the layer. */
export function peekBerElement(d: Cursor, at = d.at, limit = d.readable): BerElement | undefined {
  return elementAt(d, at, limit, MAX_INDEFINITE)
}

/** Whether an element has this class and tag number. */
export function berIs(element: BerElement, tagClass: number, tag: number): boolean {
  return element.tagClass === tagClass && element.tag === tag
}

/**
 * Calls `one` for each element between an element's contents' start and end, header read and d.at at the contents; afterwards the cursor is at
 * `outer.next`. d.end is the contents' end meanwhile, so that nothing reads into the next element; a stated end past the layer stops the layer where
 * the bytes end.
 */
export function berEach(d: Decoder, outer: BerElement, one: (element: BerElement, index: number) => void): void {
  const { end } = d
  d.at = outer.at
  for (let index = 0; d.at < outer.end; index++) {
    d.end = Math.min(end, outer.end)
    const element = berElement(d)
    d.end = Math.min(end, Math.max(element.end, d.at))
    one(element, index)
    d.end = end
    d.at = element.next
  }
  d.at = outer.next
}

/** Value of an INTEGER's or ENUMERATED's contents (two's complement), rounded above 2^53; 0 for empty contents. Checks that they were captured. */
export function berInteger(d: Decoder, element: BerElement): number {
  const length = element.end - element.at
  d.require(length, element.at)
  const negative = length > 0 && (d.peek8(element.at) & 0x80) !== 0
  if (!negative) return d.peekInteger(element.at, length)
  // the complement keeps small negative numbers exact
  let value = 0
  for (let at = element.at; at < element.end; at++) value = value * 256 + (0xff - d.peek8(at))
  return -value - 1
}

function elementAt(d: Cursor, start: number, limit: number, depth: number): BerElement | undefined {
  let at = start
  if (at + 2 > limit) return undefined
  const first = d.peek8(at++)
  let tag = first & 0x1f
  if (tag === 0x1f) {
    tag = 0
    for (let more = true; more;) {
      if (at >= limit) return undefined
      const octet = d.peek8(at++)
      // of longer numbers the low 32 bits, as tshark has them: no type has such a tag, but what is behind it is read on
      tag = ((tag << 7) | (octet & 0x7f)) >>> 0
      more = (octet & 0x80) !== 0
    }
  }
  if (at >= limit) return undefined
  const lengthOctet = d.peek8(at++),
    indefinite = lengthOctet === 0x80
  let length = lengthOctet
  if (lengthOctet > 0x80) {
    const octets = lengthOctet & 0x7f
    if (at + octets > limit) return undefined
    length = d.peekInteger(at, octets)
    if (length > 0xffff_ffff) return undefined
    at += octets
  }
  const end = indefinite ? endOfContents(d, at, limit, depth) : at + length
  return {
    start,
    at,
    end,
    next: indefinite ? Math.min(end + 2, Math.max(end, limit)) : end,
    tagClass: first >> 6,
    constructed: (first & 0x20) !== 0,
    tag,
    indefinite,
  }
}

/** Position of the end-of-contents octets that close contents of indefinite length (X.690, 8.1.5); the limit when they are missing. */
function endOfContents(d: Cursor, start: number, limit: number, depth: number): number {
  let at = start
  while (at + 2 <= limit) {
    if (d.peek16(at) === 0) return at
    const element = depth > 0 ? elementAt(d, at, limit, depth - 1) : undefined
    if (!element || element.next <= at) return limit
    at = element.next
  }
  return limit
}
