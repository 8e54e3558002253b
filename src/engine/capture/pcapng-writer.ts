// Writer of pcapng blocks, in the byte order of the section that is being written.
import { putU16, putU32 } from '../bytes/integers'
import { encodeUtf8 } from '../bytes/utf8'
import type { ByteSink } from './byte-sink'
import { SinkBuffer } from './byte-sink'
import { BLOCK } from './pcapng-blocks'
import type { BlockOption } from './pcapng-options'
import { OPTION_COMMENT } from './pcapng-options'

/** A packet for PcapngWriter.packet(): bytes[start .. start + length). */
export interface PacketToWrite {
  /** Number of the interface within the section. */
  readonly interfaceId: number
  /** The timestamp in the interface's units, as two 32-bit halves. */
  readonly timeHigh: number
  readonly timeLow: number
  readonly bytes: Uint8Array
  readonly start: number
  readonly length: number
  readonly originalLength: number
  readonly options: readonly BlockOption[]
}

/** The two halves of a timestamp in nanoseconds or microseconds. Times before 1970 become 1970. */
export function timestampHalves(seconds: number, nanoseconds: number, exponent: 6 | 9): { high: number; low: number } {
  if (seconds < 0) return { high: 0, low: 0 }
  if (exponent === 6) {
    const units = seconds * 1e6 + Math.floor(nanoseconds / 1000)
    return { high: Math.floor(units / 0x100000000), low: units % 0x100000000 }
  }
  // 10^9 = 2^9 * 1953125: the product in units of 2^9 ns is exact where the whole number is not.
  const units = seconds * 1953125 + (nanoseconds >>> 9)
  return { high: Math.floor(units / 0x800000), low: ((units % 0x800000) * 512 + (nanoseconds & 511)) >>> 0 }
}

/** An option that holds text. */
export function textOption(code: number, text: string): BlockOption {
  // An option's length has 16 bits; a cut in the middle of a character would be shown as a replacement character.
  return { code, value: encodeUtf8(text).subarray(0, 0xffff) }
}

/** Comments as options, in order. */
export function commentOptions(comments: readonly string[]): BlockOption[] {
  return comments.map((comment) => textOption(OPTION_COMMENT, comment))
}

/** Writes pcapng blocks one after the other; the caller keeps the order that the format asks for. */
export class PcapngWriter {
  bigEndian = false
  private readonly out: SinkBuffer

  constructor(sink: ByteSink) {
    this.out = new SinkBuffer(sink)
  }

  /** Bytes of the file so far. */
  get written(): number {
    return this.out.written
  }

  /** Section Header Block of unknown section length; later blocks are in its byte order. */
  section(options: readonly BlockOption[], bigEndian = false): void {
    this.bigEndian = bigEndian
    this.block(BLOCK.section, 16, options, (bytes, at) => {
      putU32(bytes, at, 0x1a2b3c4d, bigEndian)
      putU16(bytes, at + 4, 1, bigEndian)
      putU16(bytes, at + 6, 0, bigEndian)
      bytes.fill(0xff, at + 8, at + 16)
    })
  }

  /** Interface Description Block; interfaces number themselves from 0 in each section. */
  interface(linkType: number, snapLength: number, options: readonly BlockOption[]): void {
    this.block(BLOCK.interface, 8, options, (bytes, at) => {
      putU16(bytes, at, linkType, this.bigEndian)
      putU16(bytes, at + 2, 0, this.bigEndian)
      putU32(bytes, at + 4, snapLength, this.bigEndian)
    })
  }

  /** Enhanced Packet Block. */
  packet(packet: PacketToWrite): void {
    const padded = (packet.length + 3) & ~3
    this.block(BLOCK.enhancedPacket, 20 + padded, packet.options, (bytes, at) => {
      putU32(bytes, at, packet.interfaceId, this.bigEndian)
      putU32(bytes, at + 4, packet.timeHigh, this.bigEndian)
      putU32(bytes, at + 8, packet.timeLow, this.bigEndian)
      putU32(bytes, at + 12, packet.length, this.bigEndian)
      putU32(bytes, at + 16, packet.originalLength, this.bigEndian)
      bytes.set(packet.bytes.subarray(packet.start, packet.start + packet.length), at + 20)
      bytes.fill(0, at + 20 + packet.length, at + 20 + padded)
    })
  }

  /** Interface Statistics Block; the time in the interface's units, as two halves. */
  statistics(interfaceId: number, time: { readonly high: number; readonly low: number }, options: readonly BlockOption[]): void {
    this.block(BLOCK.statistics, 12, options, (bytes, at) => {
      putU32(bytes, at, interfaceId, this.bigEndian)
      putU32(bytes, at + 4, time.high, this.bigEndian)
      putU32(bytes, at + 8, time.low, this.bigEndian)
    })
  }

  /** Decryption Secrets Block; `type` is its four-letter code, 'TLSK' for a TLS key log. */
  secrets(type: string, data: Uint8Array): void {
    const padded = (data.length + 3) & ~3
    this.block(BLOCK.secrets, 8 + padded, [], (bytes, at) => {
      let code = 0
      for (let i = 0; i < 4; i++) code = code * 256 + (type.charCodeAt(i) & 255)
      putU32(bytes, at, code, this.bigEndian)
      putU32(bytes, at + 4, data.length, this.bigEndian)
      bytes.set(data, at + 8)
      bytes.fill(0, at + 8 + data.length, at + 8 + padded)
    })
  }

  /** A block as it stands in another file of the same byte order: bytes[start .. start + length), length a multiple of 4. */
  raw(bytes: Uint8Array, start: number, length: number): void {
    const at = this.out.reserve(length)
    const target = this.out.bytes
    target.set(bytes.subarray(start, start + length), at)
    // The length that it states may not have counted the padding.
    putU32(target, at + 4, length, this.bigEndian)
    putU32(target, at + length - 4, length, this.bigEndian)
    // A section may have become shorter or longer than it says.
    if (target[at] === 0x0a && target[at + 1] === 0x0d) target.fill(0xff, at + 16, at + 24)
  }

  /** Hands over what is buffered: at the end, and where a reader waits for it. */
  finish(): void {
    this.out.flush()
  }

  private block(type: number, bodyLength: number, options: readonly BlockOption[], body: (bytes: Uint8Array, at: number) => void): void {
    let optionsLength = options.length > 0 ? 4 : 0
    for (const option of options) optionsLength += 4 + ((option.value.length + 3) & ~3)
    const total = 12 + bodyLength + optionsLength
    let at = this.out.reserve(total)
    const bytes = this.out.bytes
    putU32(bytes, at, type, this.bigEndian)
    putU32(bytes, at + 4, total, this.bigEndian)
    putU32(bytes, at + total - 4, total, this.bigEndian)
    body(bytes, at + 8)
    at += 8 + bodyLength
    for (const { code, value } of options) {
      putU16(bytes, at, code, this.bigEndian)
      putU16(bytes, at + 2, value.length, this.bigEndian)
      bytes.set(value, at + 4)
      bytes.fill(0, at + 4 + value.length, at + 4 + ((value.length + 3) & ~3))
      at += 4 + ((value.length + 3) & ~3)
    }
    if (options.length > 0) putU32(bytes, at, 0, this.bigEndian)
  }
}
