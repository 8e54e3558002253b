// Variable-length integers (RFC 9000, 16), which QUIC, its transport parameters in TLS and HTTP/3 are made of: the two highest bits of the first byte
// give the size (1, 2, 4 or 8 bytes).
import type { Decoder } from './decoder'
import type { FieldId } from './field'

/** Bytes that the integer at a position takes. */
export function varintSize(d: Decoder, at: number): number {
  return 1 << (d.peek8(at) >> 6)
}

/** Value of the integer at a position; rounded above 2^53. */
export function peekVarint(d: Decoder, at: number): number {
  const size = varintSize(d, at)
  return (d.peek8(at) & 0x3f) * 2 ** (8 * (size - 1)) + d.peekInteger(at + 1, size - 1)
}

/** Reads an integer into a field; the returned number is rounded above 2^53. */
export function readVarint(d: Decoder, field: FieldId<'u64'>): number {
  const size = varintSize(d, d.at),
    at = d.at
  d.require(size)
  let value = BigInt(d.peek8(at) & 0x3f)
  for (let i = 1; i < size; i++) value = (value << 8n) | BigInt(d.peek8(at + i))
  d.value(field, at, at + size, value)
  d.at = at + size
  return Number(value)
}
