// Checksums of captured bytes: the Internet checksum (RFC 1071), CRC-32 (IEEE 802.3, 3.2.9) and CRC-32C (RFC 9260, appendix A).

/** One's complement sum of bytes[start..end) as 16-bit big-endian words, continuing from `sum`; an odd last byte is padded with zero. Not folded. */
export function internetSum(bytes: Uint8Array, start: number, end: number, sum = 0): number {
  let at = start
  for (; at + 1 < end; at += 2) sum += (bytes[at]! << 8) | bytes[at + 1]!
  return at < end ? sum + (bytes[at]! << 8) : sum
}

/** Folds a sum to 16 bits. */
export function foldSum(sum: number): number {
  while (sum > 0xffff) sum = (sum % 0x1_0000) + Math.floor(sum / 0x1_0000)
  return sum
}

/** Internet checksum field value of a sum: its folded one's complement. Over data that includes a right checksum this is 0. */
export function internetChecksum(bytes: Uint8Array, start: number, end: number, sum = 0): number {
  return ~foldSum(internetSum(bytes, start, end, sum)) & 0xffff
}

/** The checksum that should have been sent, from the one that was (at `sent`) and the result over everything including it (RFC 1624's arithmetic). */
export function expectedChecksum(sent: number, result: number): number {
  // the result is the complement of the sum with the sent value in it; take it out again
  const sum = foldSum((~result & 0xffff) + (~sent & 0xffff))
  const expected = ~sum & 0xffff
  return expected
}

function table(polynomial: number): Uint32Array {
  const entries = new Uint32Array(256)
  for (let i = 0; i < 256; i++) {
    let value = i
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1
    entries[i] = value
  }
  return entries
}

let ieee: Uint32Array | undefined

function crc(entries: Uint32Array, bytes: Uint8Array, start: number, end: number): number {
  let value = 0xffffffff
  for (let at = start; at < end; at++) value = entries[(value ^ bytes[at]!) & 0xff]! ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}
/** CRC-32 as Ethernet, gzip and zlib use it. */
export function crc32(bytes: Uint8Array, start: number, end: number): number {
  return crc((ieee ??= table(0xedb88320)), bytes, start, end)
}
