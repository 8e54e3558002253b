// Unsigned integers from bytes without DataView: small enough for the engine's compiler to inline into hot loops.
// None of them checks bounds: the caller knows that the bytes are there.

/** 16 bits, least significant byte first. */
export function u16le(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8)
}

/** 16 bits, most significant byte first. */
export function u16be(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!
}

/** 32 bits, least significant byte first. */
export function u32le(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
}

/** 32 bits, most significant byte first. */
export function u32be(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
}

/** 16 bits in the byte order that `big` tells. */
export function u16(bytes: Uint8Array, at: number, big: boolean): number {
  return big ? u16be(bytes, at) : u16le(bytes, at)
}

/** 32 bits in the byte order that `big` tells. */
export function u32(bytes: Uint8Array, at: number, big: boolean): number {
  return big ? u32be(bytes, at) : u32le(bytes, at)
}

/** 64 bits in the byte order that `big` tells; allocates, so not for hot loops. */
export function u64(bytes: Uint8Array, at: number, big: boolean): bigint {
  const first = BigInt(u32(bytes, at, big))
  const second = BigInt(u32(bytes, at + 4, big))
  return big ? (first << 32n) | second : (second << 32n) | first
}

/** Writes 16 bits. */
export function putU16(bytes: Uint8Array, at: number, value: number, big: boolean): void {
  bytes[big ? at : at + 1] = value >>> 8
  bytes[big ? at + 1 : at] = value
}

/** Writes 32 bits. */
export function putU32(bytes: Uint8Array, at: number, value: number, big: boolean): void {
  putU16(bytes, big ? at : at + 2, value >>> 16, big)
  putU16(bytes, big ? at + 2 : at, value & 0xffff, big)
}
