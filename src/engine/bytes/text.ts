// Bytes as text: addresses, hexadecimal, and text made safe to show.

const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))

/** Lower-case hexadecimal of bytes[start..end) with an optional separator. */
export function hex(bytes: Uint8Array, separator = '', start = 0, end = bytes.length): string {
  let text = ''
  for (let i = start; i < end; i++) text += i > start && separator ? separator + HEX[bytes[i]!]! : HEX[bytes[i]!]!
  return text
}

/** Bytes of hexadecimal digits (an even number of them, of either case). */
export function fromHex(digits: string): Uint8Array {
  const bytes = new Uint8Array(digits.length >> 1)
  for (let i = 0; i < bytes.length; i++) bytes[i] = (nibble(digits.charCodeAt(2 * i)) << 4) | nibble(digits.charCodeAt(2 * i + 1))
  return bytes
}
/** Value of a hexadecimal digit by its code: letters of either case have theirs in the low bits, one too few for ten. */
function nibble(code: number): number {
  return code < 0x40 ? code & 15 : (code & 7) + 9
}
/** Dotted IPv4 address at a position; missing bytes count as 0. */
export function ipv4Text(bytes: Uint8Array, at = 0): string {
  return `${bytes[at] ?? 0}.${bytes[at + 1] ?? 0}.${bytes[at + 2] ?? 0}.${bytes[at + 3] ?? 0}`
}

/** IPv6 address as RFC 5952 writes it (with the IPv4 tail of mapped and compatible addresses, as inet_ntop prints them). */
export function ipv6Text(bytes: Uint8Array, at = 0): string {
  const groups: number[] = []
  for (let i = 0; i < 8; i++) groups.push(((bytes[at + 2 * i] ?? 0) << 8) | (bytes[at + 2 * i + 1] ?? 0))
  let best = -1,
    bestLength = 1
  for (let i = 0; i < 8; i++) {
    let length = 0
    while (i + length < 8 && groups[i + length] === 0) length++
    if (length > bestLength) {
      best = i
      bestLength = length
    }
    if (length) i += length - 1
  }
  const mapped = best === 0 && (bestLength === 6 || (bestLength === 5 && groups[5] === 0xffff) || (bestLength === 7 && groups[7] !== 1))
  if (mapped && bestLength !== 7) return `::${bestLength === 5 ? 'ffff:' : ''}${ipv4Text(bytes, at + 12)}`
  if (best < 0) return groups.map((g) => g.toString(16)).join(':')
  const words = (list: number[]) => list.map((g) => g.toString(16)).join(':')
  return `${words(groups.slice(0, best))}::${words(groups.slice(best + bestLength))}`
}

/** Colon-separated Ethernet address. */
export function etherText(bytes: Uint8Array, at = 0): string {
  return hex(bytes, ':', at, Math.min(at + 6, bytes.length))
}

/** GUID in its usual grouping. Windows GUIDs are little-endian in the first three groups. */
export function guidText(bytes: Uint8Array, littleEndian = false): string {
  const order = littleEndian
    ? [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]
    : [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]
  const text = order.map((i) => HEX[bytes[i] ?? 0]!).join('')
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`
}

/** Longest number within an object identifier that is read, in bytes: hostile ones would cost their square in time. */
const MAX_OID_NUMBER = 40

/** Dotted object identifier of its BER content bytes (X.690, 8.19); it ends before a number of more than 280 bits. */
export function oidText(bytes: Uint8Array): string {
  const parts: (number | bigint)[] = []
  let value = 0n,
    used = 0
  for (const byte of bytes) {
    used = byte & 0x80 ? used + 1 : 0
    if (used > MAX_OID_NUMBER) break
    value = (value << 7n) | BigInt(byte & 0x7f)
    if (byte & 0x80) continue
    if (parts.length === 0) {
      const first = value < 40n ? 0n : value < 80n ? 1n : 2n
      parts.push(first, value - first * 40n)
    } else parts.push(value)
    value = 0n
  }
  return parts.join('.')
}

/** Text of bytes as Latin-1: one character a byte. */
export function latin1Text(bytes: Uint8Array, start = 0, end = bytes.length): string {
  const { fromCharCode } = String
  let text = '',
    at = start
  // several at a time: text that grows character by character costs three times as much
  for (; at + 8 <= end; at += 8)
    text += fromCharCode(
      bytes[at]!,
      bytes[at + 1]!,
      bytes[at + 2]!,
      bytes[at + 3]!,
      bytes[at + 4]!,
      bytes[at + 5]!,
      bytes[at + 6]!,
      bytes[at + 7]!,
    )
  for (; at + 4 <= end; at += 4) text += fromCharCode(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!)
  for (; at < end; at++) text += fromCharCode(bytes[at]!)
  return text
}

/** Length of the sequence that a byte above 0x7f begins; 0 = none. */
const utf8Lengths = (byte: number) =>
  byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xf0 && byte < 0xf5 ? 4 : 0

/** Text of bytes as UTF-8; every invalid byte sequence becomes U+FFFD. NUL ends nothing: it stays. */
export function utf8Text(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = ''
  for (let i = start; i < end;) {
    let ascii = i
    while (ascii < end && bytes[ascii]! < 0x80) ascii++
    if (ascii > i) {
      text += latin1Text(bytes, i, ascii)
      i = ascii
      continue
    }
    const byte = bytes[i]!,
      length = utf8Lengths(byte)
    let code = length === 2 ? byte & 0x1f : length === 3 ? byte & 0x0f : byte & 0x07,
      good = length > 0
    let used = 1
    for (; good && used < length; used++) {
      const next = i + used < end ? bytes[i + used]! : 0
      if ((next & 0xc0) !== 0x80) {
        good = false
        break
      }
      if (
        used === 1 &&
        ((byte === 0xe0 && next < 0xa0) ||
          (byte === 0xed && next > 0x9f) ||
          (byte === 0xf0 && next < 0x90) ||
          (byte === 0xf4 && next > 0x8f))
      ) {
        good = false
        break
      }
      code = (code << 6) | (next & 0x3f)
    }
    text += good ? String.fromCodePoint(code) : '\ufffd'
    i += good ? length : Math.max(1, used)
  }
  return text
}

const ESCAPES: Record<string, string> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\f': '\\f',
  '\b': '\\b',
  '\x07': '\\a',
  '\\': '\\\\',
  '"': '\\"',
}

/** Packet text made safe to show, as tshark prints it: C escapes for control characters, \u for bidi controls, so no text can act on a terminal or reorder a line. */
export function escapeText(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/g, (c) => {
    const known = ESCAPES[c]
    if (known) return known
    const code = c.charCodeAt(0)
    return code < 0x100 ? `\\x${HEX[code]!}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
}
