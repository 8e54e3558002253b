// Base 64 (RFC 4648, 4) without a platform.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base 64 of bytes, with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const triple = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    for (let k = 0; k < 4; k++) text += i + k - 1 < bytes.length ? ALPHABET.charAt((triple >> (18 - 6 * k)) & 63) : '='
  }
  return text
}

/** Bytes of base 64 as text, one character a byte; characters outside the alphabet are passed over. */
export function decodeBase64(text: string): string {
  let out = '',
    bits = 0,
    held = 0
  for (const c of text) {
    const digit = ALPHABET.indexOf(c)
    if (digit < 0) continue
    held = ((held << 6) | digit) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      out += String.fromCharCode((held >> bits) & 0xff)
    }
  }
  return out
}
