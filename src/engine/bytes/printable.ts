// Text of packets as Wireshark stores it in fields: with escapes that are part of the value, or as ASCII.
import { latin1Text, utf8Text } from './text'

const PLAIN = /^[\x20-\x7e]*$/
const ASCII = /^[\0-\x7f]*$/
const C_ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
}

/** Text of bytes (given one character a byte) as UTF-8, with C escapes, octal or \u, for what does not print. */
export function printable(raw: string): string {
  if (PLAIN.test(raw)) return raw
  const text = ASCII.test(raw) ? raw : utf8Text(Uint8Array.from(raw, (c) => c.charCodeAt(0)))
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Cn}]/gu, (c) => {
    const code = c.codePointAt(0) ?? 0
    if (code < 0x80) return C_ESCAPES[c] ?? `\\${code.toString(8).padStart(3, '0')}`
    return code > 0xffff
      ? `\\U${code.toString(16).toUpperCase().padStart(8, '0')}`
      : `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`
  })
}

/** Text of bytes (given one character a byte) that are meant to be ASCII: other bytes become U+FFFD, a NUL ends it. */
export function asciiValue(raw: string): string {
  const nul = raw.indexOf('\0'),
    text = nul >= 0 ? raw.slice(0, nul) : raw
  return PLAIN.test(text) ? text : text.replace(/[\x80-\xff]/g, '\ufffd')
}

/** asciiValue of bytes. */
export function asciiBytes(bytes: Uint8Array): string {
  return asciiValue(latin1Text(bytes))
}
