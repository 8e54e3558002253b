// Base64 (RFC 4648, section 4) without a platform: bytes travel over the RPC as text.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
/** Pieces of this many input bytes are joined, so that no intermediate string or argument list grows with the input. */
const PIECE = 3 * 4096

/** Encodes bytes with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += PIECE) text += encodePiece(bytes, from, Math.min(from + PIECE, bytes.length))
  return text
}

function encodePiece(bytes: Uint8Array, from: number, to: number): string {
  let text = ''
  for (let at = from; at < to; at += 3) {
    const value = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    text += ALPHABET.charAt(value >>> 18) + ALPHABET.charAt((value >>> 12) & 63)
    text += at + 1 < to ? ALPHABET.charAt((value >>> 6) & 63) : '='
    text += at + 2 < to ? ALPHABET.charAt(value & 63) : '='
  }
  return text
}
