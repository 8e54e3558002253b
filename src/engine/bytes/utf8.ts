// UTF-8 encoding without TextEncoder, which the engine's runtime does not promise. Decoding is in text.ts.

/** Bytes of a text; lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const { length } = text
  // a unit of UTF-16 takes at most three bytes; most texts are ASCII and take one
  let bytes = new Uint8Array(length),
    at = 0
  for (let index = 0; index < length; index++) {
    let code = text.charCodeAt(index)
    if (code < 0x80) {
      bytes[at++] = code
      continue
    }
    if (bytes.length < at + 3 * (length - index)) {
      const larger = new Uint8Array(at + 3 * (length - index))
      larger.set(bytes.subarray(0, at))
      bytes = larger
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      code = text.codePointAt(index) ?? REPLACEMENT
      if (code < 0x10000) code = REPLACEMENT
      else index++
    }
    if (code < 0x800) bytes[at++] = 0xc0 | (code >> 6)
    else if (code < 0x10000) {
      bytes[at++] = 0xe0 | (code >> 12)
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f)
    } else {
      bytes[at++] = 0xf0 | (code >> 18)
      bytes[at++] = 0x80 | ((code >> 12) & 0x3f)
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f)
    }
    bytes[at++] = 0x80 | (code & 0x3f)
  }
  return bytes.length === at ? bytes : bytes.slice(0, at)
}

const REPLACEMENT = 0xfffd
