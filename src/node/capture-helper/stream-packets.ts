// Packets of a pcap or pcapng stream that arrives piece by piece: dumpcap's output, a FIFO, tcpdump at the other end of an ssh connection. Only the
// framing is read, and only what a live writer produces; files are for the engine's readers.
import { CaptureProblem, type PacketSink, type StreamInterface } from './backend'

/** Largest block or record that is believed. */
const MAXIMUM = 16 << 20
const SECTION = 0x0a0d0d0a

interface Source {
  /** The sink's number of it. */
  readonly index: number
  /** Units of its timestamps a second. */
  readonly perSecond: number
}

/** Cuts a stream into packets. `push` throws CaptureProblem when it is no capture. */
export class StreamPackets {
  private pending: Buffer = Buffer.alloc(0)
  private kind: 'unknown' | 'pcap' | 'pcapng' = 'unknown'
  private big = false
  private perSecond = 1e6
  /** Interfaces of the present section. */
  private readonly interfaces: Source[] = []
  /** Interfaces of all sections so far. */
  private described = 0
  private readonly sink: PacketSink
  private readonly first: number
  private readonly onStatistics: (index: number, received: number, dropped: number) => void

  /** `first` is the sink's number of the stream's first interface. */
  constructor(sink: PacketSink, first: number, onStatistics: (index: number, received: number, dropped: number) => void) {
    this.sink = sink
    this.first = first
    this.onStatistics = onStatistics
  }

  /** Takes a piece; false when no more packets are wanted. */
  push(piece: Buffer): boolean {
    const bytes = this.pending.length === 0 ? piece : Buffer.concat([this.pending, piece])
    let at = 0
    if (this.kind === 'unknown') at = this.begin(bytes)
    if (this.kind !== 'unknown') {
      for (;;) {
        const length = this.kind === 'pcap' ? this.record(bytes, at) : this.block(bytes, at)
        if (length === 0) break
        if (length < 0) return false
        at += length
      }
    }
    this.pending = bytes.subarray(at)
    this.sink.flush()
    return true
  }

  private begin(bytes: Buffer): number {
    if (bytes.length < 24) return 0
    const magic = bytes.readUInt32LE(0)
    if (magic === SECTION) {
      this.kind = 'pcapng'
      return 0
    }
    this.big = magic === 0xd4c3b2a1 || magic === 0x4d3cb2a1
    if (!this.big && magic !== 0xa1b2c3d4 && magic !== 0xa1b23c4d) {
      throw new CaptureProblem('capture/not-a-capture', 'What comes through the pipe is neither pcap nor pcapng.')
    }
    const decimals = magic === 0xa1b23c4d || magic === 0x4d3cb2a1 ? 9 : 6
    this.perSecond = 10 ** decimals
    this.kind = 'pcap'
    this.describe(this.u32(bytes, 20) & 0xffff, this.u32(bytes, 16), { name: '', decimals })
    return 24
  }

  /** To be called when the stream has ended. Throws CaptureProblem when it ended before it was known what it is. */
  end(): void {
    if (this.kind !== 'unknown' && this.described > 0) return
    const message = this.pending.length === 0 ? 'Nothing came through the pipe.' : 'The pipe ended within the head of its capture.'
    throw new CaptureProblem(this.pending.length === 0 ? 'capture/empty' : 'capture/not-a-capture', message)
  }

  private describe(linkType: number, snapLength: number, stream: StreamInterface): number {
    const index = this.first + this.described++
    this.sink.interface(index, linkType, snapLength, stream)
    return index
  }

  /** Length of the record that was handled; 0 when it is not complete, -1 when no more are wanted. */
  private record(bytes: Buffer, at: number): number {
    if (at + 16 > bytes.length) return 0
    const captured = this.u32(bytes, at + 8)
    checkLength(captured)
    if (at + 16 + captured > bytes.length) return 0
    const nanoseconds = this.u32(bytes, at + 4) * (1e9 / this.perSecond)
    const wanted = this.sink.packet(this.first, this.u32(bytes, at), nanoseconds, bytes, at + 16, captured, this.u32(bytes, at + 12))
    return wanted ? 16 + captured : -1
  }

  private block(bytes: Buffer, at: number): number {
    if (at + 12 > bytes.length) return 0
    const isSection = bytes.readUInt32LE(at) === SECTION
    if (isSection) this.big = bytes.readUInt32BE(at + 8) === 0x1a2b3c4d
    const type = this.u32(bytes, at)
    const length = this.u32(bytes, at + 4)
    checkLength(length)
    if (length < 12 || (length & 3) !== 0)
      throw new CaptureProblem('pcapng/bad-block-length', 'A block of the pipe has an impossible length.')
    if (at + length > bytes.length) return 0
    if (isSection) this.interfaces.length = 0
    else if (type === 1) this.description(bytes, at, at + length - 4)
    else if (type === 5) this.count(bytes, at, at + length - 4)
    else if (type === 6 && !this.packet(bytes, at)) return -1
    return length
  }

  private description(bytes: Buffer, at: number, end: number): void {
    let resolution = 6
    let name = ''
    this.options(bytes, at + 16, end, (code, value, length) => {
      if (code === 9) resolution = bytes[value] ?? 6
      if (code === 2) name = bytes.toString('utf8', value, value + length)
    })
    const isBinary = (resolution & 0x80) !== 0
    const perSecond = isBinary ? 2 ** (resolution & 0x7f) : 10 ** resolution
    const decimals = isBinary || resolution > 6 ? 9 : 6
    const index = this.describe(this.u16(bytes, at + 8), this.u32(bytes, at + 12), { name, decimals })
    this.interfaces.push({ index, perSecond })
  }

  private packet(bytes: Buffer, at: number): boolean {
    const from = this.interfaces[this.u32(bytes, at + 8)]
    if (from === undefined)
      throw new CaptureProblem('pcapng/bad-interface', 'A packet of the pipe names an interface that was not described.')
    const units = BigInt(this.u32(bytes, at + 12)) * 0x100000000n + BigInt(this.u32(bytes, at + 16))
    const perSecond = BigInt(from.perSecond)
    const nanoseconds = Number(((units % perSecond) * 1_000_000_000n) / perSecond)
    return this.sink.packet(
      from.index,
      Number(units / perSecond),
      nanoseconds,
      bytes,
      at + 28,
      this.u32(bytes, at + 20),
      this.u32(bytes, at + 24),
    )
  }

  private count(bytes: Buffer, at: number, end: number): void {
    let received = 0
    let dropped = 0
    this.options(bytes, at + 20, end, (code, value) => {
      if (code === 4) received = this.u64(bytes, value)
      if (code === 5) dropped = this.u64(bytes, value)
    })
    const of = this.interfaces[this.u32(bytes, at + 8)]
    if (of !== undefined) this.onStatistics(of.index, received, dropped)
  }

  private options(bytes: Buffer, from: number, end: number, see: (code: number, value: number, length: number) => void): void {
    for (let at = from; at + 4 <= end;) {
      const code = this.u16(bytes, at)
      const length = this.u16(bytes, at + 2)
      if (code === 0 || at + 4 + length > end) return
      see(code, at + 4, length)
      at += 4 + ((length + 3) & ~3)
    }
  }

  private u16(bytes: Buffer, at: number): number {
    return this.big ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at)
  }

  private u32(bytes: Buffer, at: number): number {
    return this.big ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)
  }

  private u64(bytes: Buffer, at: number): number {
    return Number(this.big ? bytes.readBigUInt64BE(at) : bytes.readBigUInt64LE(at))
  }
}

function checkLength(length: number): void {
  if (length > MAXIMUM) throw new CaptureProblem('pcap/bad-packet-length', 'A packet of the pipe claims an impossible length.')
}
