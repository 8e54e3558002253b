// Writer of pcap files, little-endian, microseconds or nanoseconds.
import { putU16, putU32 } from '../bytes/integers'
import type { ByteSink } from './byte-sink'
import { SinkBuffer } from './byte-sink'

/** What the header of a pcap file says. */
export interface PcapWriterOptions {
  readonly linkType: number
  readonly nanoseconds: boolean
  /** Default 262144. */
  readonly snapLength?: number | undefined
  /** Bytes of frame check sequence at the end of each packet, if they are known to be there (even, at most 30). */
  readonly fcsLength?: number | undefined
}

/** Writes one pcap file: packets of one link type. */
export class PcapWriter {
  /** Packets whose time the file cannot hold as it is: finer than its unit, before 1970 or after 2106. */
  timesChanged = 0
  readonly linkType: number
  private readonly out: SinkBuffer
  private readonly nanoseconds: boolean

  constructor(sink: ByteSink, options: PcapWriterOptions) {
    this.out = new SinkBuffer(sink)
    this.nanoseconds = options.nanoseconds
    this.linkType = options.linkType
    const at = this.out.reserve(24)
    const bytes = this.out.bytes
    const fcs = options.fcsLength ?? 0
    putU32(bytes, at, options.nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4, false)
    putU16(bytes, at + 4, 2, false)
    putU16(bytes, at + 6, 4, false)
    putU32(bytes, at + 8, 0, false)
    putU32(bytes, at + 12, 0, false)
    putU32(bytes, at + 16, options.snapLength ?? 262144, false)
    putU32(bytes, at + 20, options.linkType | (fcs > 0 ? 0x04000000 | ((fcs >> 1) << 28) : 0), false)
  }

  /** Bytes of the file so far. */
  get written(): number {
    return this.out.written
  }

  /** Adds the packet bytes[start .. start + length). */
  packet(seconds: number, nanoseconds: number, bytes: Uint8Array, start: number, length: number, originalLength: number): void {
    const fits = seconds >= 0 && seconds <= 0xffffffff
    if (!fits || (!this.nanoseconds && nanoseconds % 1000 !== 0)) this.timesChanged++
    const at = this.out.reserve(16 + length)
    const target = this.out.bytes
    putU32(target, at, Math.min(Math.max(seconds, 0), 0xffffffff), false)
    putU32(target, at + 4, this.nanoseconds ? nanoseconds : Math.floor(nanoseconds / 1000), false)
    putU32(target, at + 8, length, false)
    putU32(target, at + 12, originalLength, false)
    target.set(bytes.subarray(start, start + length), at + 16)
  }

  /** Hands over what is buffered; call once at the end. */
  finish(): void {
    this.out.flush()
  }
}
