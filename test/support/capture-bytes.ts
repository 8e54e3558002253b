// Hand-built capture files, byte by byte, in either byte order; and sources that show them in pieces.
import type { ByteSource } from '../../src/engine/bytes/byte-source'
import { openCapture } from '../../src/engine/capture/open'
import type { CaptureReader, OpenOptions, ReadStatus } from '../../src/engine/capture/reader'
import type { TraceError } from '../../src/shared/errors'

/** Bytes that a test made. */
type Bytes = Uint8Array<ArrayBuffer>

/** Joins byte strings. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  return new Uint8Array(Buffer.concat(parts))
}

/** 32-bit numbers. */
export function u32s(big: boolean, ...values: number[]): Bytes {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, i) => (big ? bytes.writeUInt32BE(value >>> 0, i * 4) : bytes.writeUInt32LE(value >>> 0, i * 4)))
  return new Uint8Array(bytes)
}

/** 16-bit numbers. */
export function u16s(big: boolean, ...values: number[]): Bytes {
  const bytes = Buffer.alloc(values.length * 2)
  values.forEach((value, i) => (big ? bytes.writeUInt16BE(value, i * 2) : bytes.writeUInt16LE(value, i * 2)))
  return new Uint8Array(bytes)
}

/** A 64-bit number. */
export function u64s(big: boolean, value: bigint): Bytes {
  const bytes = Buffer.alloc(8)
  if (big) bytes.writeBigUInt64BE(BigInt.asUintN(64, value))
  else bytes.writeBigUInt64LE(BigInt.asUintN(64, value))
  return new Uint8Array(bytes)
}

/** `length` bytes that differ from packet to packet. */
export function payload(length: number, seed = 1): Bytes {
  return Uint8Array.from({ length }, (_, i) => (i * 7 + seed * 31) & 0xff)
}

/** A pcap file header. */
export function pcapHeader({ big = false, magic = 0xa1b2c3d4, major = 2, minor = 4, snapLength = 65535, network = 1 } = {}): Bytes {
  return concat(u32s(big, magic), u16s(big, major, minor), u32s(big, 0, 0, snapLength, network))
}

/** A pcap record; `extra` stands between header and packet (the dialects). */
export function pcapRecord(
  seconds: number,
  fraction: number,
  data: Uint8Array,
  { big = false, original = data.length, captured = data.length, extra = new Uint8Array(0) } = {},
): Bytes {
  return concat(u32s(big, seconds, fraction, captured, original), extra, data)
}

function padded(bytes: Uint8Array): Bytes {
  return concat(bytes, new Uint8Array(-bytes.length & 3))
}

/** Builds pcapng blocks of one byte order. */
export class Blocks {
  private readonly big: boolean

  constructor(big = false) {
    this.big = big
  }

  block(type: number, body: Uint8Array, claims: { length?: number; trailer?: number } = {}): Bytes {
    const { length = 12 + body.length } = claims
    const { trailer = length } = claims
    return concat(u32s(this.big, type, length), body, u32s(this.big, trailer))
  }

  option(code: number, value: Uint8Array | string): Bytes {
    const bytes = typeof value === 'string' ? Buffer.from(value) : value
    return concat(u16s(this.big, code, bytes.length), padded(bytes))
  }

  end(): Bytes {
    return u32s(this.big, 0)
  }

  section(options = new Uint8Array(0), { major = 1, minor = 0, length = -1n } = {}): Bytes {
    return this.block(0x0a0d0d0a, concat(u32s(this.big, 0x1a2b3c4d), u16s(this.big, major, minor), u64s(this.big, length), options))
  }

  interface(linkType = 1, snapLength = 0, options = new Uint8Array(0)): Bytes {
    return this.block(1, concat(u16s(this.big, linkType, 0), u32s(this.big, snapLength), options))
  }

  packet(
    id: number,
    time: bigint,
    data: Uint8Array,
    { original = data.length, options = new Uint8Array(0), captured = data.length } = {},
  ): Bytes {
    const high = Number(time >> 32n)
    const low = Number(time & 0xffffffffn)
    return this.block(6, concat(u32s(this.big, id, high, low, captured, original), padded(data), options))
  }

  oldPacket(id: number, drops: number, time: bigint, data: Uint8Array, options = new Uint8Array(0)): Bytes {
    const high = Number(time >> 32n)
    const low = Number(time & 0xffffffffn)
    return this.block(2, concat(u16s(this.big, id, drops), u32s(this.big, high, low, data.length, data.length), padded(data), options))
  }

  simplePacket(data: Uint8Array, original = data.length): Bytes {
    return this.block(3, concat(u32s(this.big, original), padded(data)))
  }

  names(...records: readonly (readonly [type: number, value: Uint8Array])[]): Bytes {
    return this.block(
      4,
      concat(...records.map(([type, value]) => concat(u16s(this.big, type, value.length), padded(value))), u32s(this.big, 0)),
    )
  }

  statistics(id: number, time: bigint, options: Uint8Array): Bytes {
    return this.block(5, concat(u32s(this.big, id, Number(time >> 32n), Number(time & 0xffffffffn)), options))
  }

  secrets(type: string, data: Uint8Array | string): Bytes {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data
    return this.block(10, concat(u32s(this.big, Buffer.from(type).readUInt32BE(0), bytes.length), padded(bytes)))
  }

  custom(enterprise: number, data: Uint8Array, copy = true): Bytes {
    return this.block(copy ? 0xbad : 0x40000bad, concat(u32s(this.big, enterprise), padded(data)))
  }
}

/** A source that shows more of its bytes each time it is asked to grow. */
export class GrowingSource implements ByteSource {
  readonly name = 'growing'
  size = 0
  complete = false
  failure: TraceError | undefined = undefined
  private readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** Shows `count` more bytes; complete once all are shown. */
  grow(count: number): void {
    this.size = Math.min(this.bytes.length, this.size + count)
    if (this.size === this.bytes.length) this.complete = true
  }

  read(target: Uint8Array, targetOffset: number, length: number, position: number): number {
    const part = this.bytes.subarray(position, Math.min(position + length, this.size))
    target.set(part, targetOffset)
    return part.length
  }

  close(): void {
    // nothing is held
  }
}

/** What a reader says of a packet, as one comparable value. */
export function describePacket(reader: CaptureReader): string {
  const data = Buffer.from(reader.buffer.subarray(reader.start, reader.start + reader.capturedLength))
  const time = reader.hasTime ? `${reader.seconds}.${String(reader.nanoseconds).padStart(9, '0')}` : '-'
  const flags = reader.hasOptions ? ' options' : ''
  return `@${reader.position} ${time} ${reader.capturedLength}/${reader.originalLength} link ${reader.linkType} if ${reader.interfaceIndex}${flags} ${data.toString('hex')}`
}

/** Reads a source to its end; `onWait` lets a growing source grow. */
export function readAll(
  source: ByteSource,
  options: OpenOptions = {},
  onWait?: () => void,
): { reader: CaptureReader; packets: string[]; status: ReadStatus } {
  const reader = openCapture(source, options)
  const packets: string[] = []
  for (;;) {
    const status = reader.next()
    if (status === 'packet') packets.push(describePacket(reader))
    else if (status === 'wait' && onWait) onWait()
    else return { reader, packets, status }
  }
}
