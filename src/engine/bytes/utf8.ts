// UTF-8 without TextDecoder, which the engine's runtime does not promise. Invalid input becomes U+FFFD as in the WHATWG
// Encoding Standard (maximal subparts), so the same bytes always show the same text.

const CHUNK = 4096

/** Text of bytes[start..end); invalid sequences become U+FFFD. O(length). */
export function decodeUtf8(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = ''
  const units: number[] = []
  let at = start
  while (at < end) {
    const first = bytes[at]!
    at++
    let code = first
    if (first >= 0x80) {
      let more = 0
      let low = 0x80
      let high = 0xbf
      if (first >= 0xc2 && first <= 0xdf) {
        more = 1
        code = first & 0x1f
      } else if (first >= 0xe0 && first <= 0xef) {
        more = 2
        code = first & 0x0f
        if (first === 0xe0) low = 0xa0
        if (first === 0xed) high = 0x9f
      } else if (first >= 0xf0 && first <= 0xf4) {
        more = 3
        code = first & 0x07
        if (first === 0xf0) low = 0x90
        if (first === 0xf4) high = 0x8f
      } else {
        code = 0xfffd
      }
      for (; more > 0; more--) {
        const next = at < end ? bytes[at]! : -1
        if (next < low || next > high) {
          code = 0xfffd
          break
        }
        code = (code << 6) | (next & 0x3f)
        low = 0x80
        high = 0xbf
        at++
      }
    }
    if (code >= 0x10000) {
      units.push(0xd7c0 + (code >> 10), 0xdc00 | (code & 0x3ff))
    } else {
      units.push(code)
    }
    if (units.length >= CHUNK) {
      text += String.fromCharCode(...units)
      units.length = 0
    }
  }
  return text + String.fromCharCode(...units)
}

/** Bytes of a text; lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = []
  for (const character of text) {
    let code = character.codePointAt(0) ?? 0xfffd
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f))
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f))
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f))
  }
  return Uint8Array.from(bytes)
}
