// One open capture: its reader, its index and its session state, and the two ways in which packets are dissected: once in file order (the first
// visit, which may write state) and afterwards any packet alone.
import type { ByteSource } from '../bytes/byte-source'
import { u32be, u32le } from '../bytes/integers'
import { openCapture } from '../capture/open'
import { readPacketOptions } from '../capture/pcapng-options'
import type { PacketOptions } from '../capture/pcapng-options'
import type { CaptureReader, ReadStatus } from '../capture/reader'
import { Decoder } from '../dissect/decoder'
import { Session } from '../dissect/session'
import type { FrameAccess, Inflate, InterfaceDescription } from '../dissect/session'
import { frame } from '../protocols/frame'
import '../protocols/all'
import { RecordColumns, STATUS } from './columns'

/** What a first visit asks of the decoder. */
export interface VisitWishes {
  readonly summary: boolean
  readonly labels: boolean
}

/** An open capture. Row r holds packet r + 1. */
export class Trace implements FrameAccess {
  readonly source: ByteSource
  readonly reader: CaptureReader
  readonly records = new RecordColumns()
  readonly session: Session
  /** Reused by every dissection; its tree is valid until the next one. */
  readonly decoder = new Decoder()
  /** What the last next() of the reader said. */
  status: ReadStatus = 'wait'
  private scratch = new Uint8Array(65536)

  /** Opens a capture. Throws CaptureFileError when the bytes are no capture. */
  constructor(source: ByteSource, inflate: Inflate) {
    this.source = source
    this.reader = openCapture(source)
    this.session = new Session(this, inflate)
  }

  get packets(): number {
    return this.records.rows
  }

  /** Reads the next record into the index without dissecting it. False when there is none now (see status). */
  private readRecord(): boolean {
    const reader = this.reader
    this.status = reader.next()
    if (this.status !== 'packet') return false
    const records = this.records, row = records.rows
    records.position.set(row, reader.position)
    records.seconds.set(row, reader.seconds)
    records.nanoseconds.set(row, reader.nanoseconds)
    records.capturedLength.set(row, reader.capturedLength)
    records.originalLength.set(row, reader.originalLength)
    records.interfaceIndex.set(row, reader.interfaceIndex)
    records.linkType.set(row, reader.linkType)
    records.status.set(row, (reader.hasTime ? 0 : STATUS.NO_TIME) | (reader.hasOptions ? STATUS.HAS_OPTIONS : 0) | (reader.capturedLength < reader.originalLength ? STATUS.CUT : 0))
    records.rows = row + 1
    return true
  }

  /** First visit of the next packet, wholly dissected: what the terminal does, packet by packet. Returns its number, or 0 when there is none now. */
  visitNext(wishes: VisitWishes): number {
    if (!this.readRecord()) return 0
    const reader = this.reader
    this.prepare(this.records.rows)
    this.decoder.summary = wishes.summary
    this.decoder.labels = wishes.labels
    this.decoder.begin(this.session, reader.buffer.subarray(reader.start, reader.start + reader.capturedLength), true, frame)
    return this.records.rows
  }

  /** Dissects an indexed packet again, alone. Valid until the next dissection. */
  dissect(number: number, wishes: VisitWishes): Decoder {
    this.prepare(number)
    this.decoder.summary = wishes.summary
    this.decoder.labels = wishes.labels
    this.decoder.begin(this.session, this.copyFrame(number), false, frame)
    return this.decoder
  }

  private prepare(number: number): void {
    const row = number - 1, records = this.records, packet = this.decoder.packet, status = records.status.get(row)
    packet.number = number
    packet.seconds = records.seconds.get(row)
    packet.nanoseconds = records.nanoseconds.get(row)
    packet.hasTime = (status & STATUS.NO_TIME) === 0
    packet.hasOptions = (status & STATUS.HAS_OPTIONS) !== 0
    packet.capturedLength = records.capturedLength.get(row)
    packet.originalLength = records.originalLength.get(row)
    packet.linkType = records.linkType.get(row)
    packet.interfaceIndex = records.interfaceIndex.get(row)
    packet.position = records.position.get(row)
  }

  /** Bytes of an indexed packet, as a copy. */
  copyFrame(number: number): Uint8Array {
    const row = number - 1, bytes = new Uint8Array(this.records.capturedLength.get(row))
    const got = this.source.read(bytes, 0, bytes.length, this.records.position.get(row))
    return got === bytes.length ? bytes : bytes.subarray(0, got)
  }

  // FrameAccess
  frame(number: number): Uint8Array {
    const row = number - 1, length = this.records.capturedLength.get(row)
    if (length > this.scratch.length) this.scratch = new Uint8Array(length * 2)
    const got = this.source.read(this.scratch, 0, length, this.records.position.get(row))
    return this.scratch.subarray(0, got)
  }
  seconds(number: number): number {
    return this.records.seconds.get(number - 1)
  }
  nanoseconds(number: number): number {
    return this.records.nanoseconds.get(number - 1)
  }
  interface(index: number): InterfaceDescription | undefined {
    const all = this.reader.interfaces, found = all[index]
    if (!found || this.reader.format !== 'pcapng') return found
    let id = index
    while (id > 0 && all[id - 1]?.section === found.section) id--
    return { ...found, place: { section: found.section, id: index - id } }
  }
  options(number: number): PacketOptions {
    const row = number - 1
    return readPacketOptions(this.source, this.records.position.get(row), this.records.linkType.get(row))
  }
  customEnterprise(number: number): number {
    const bytes = new Uint8Array(4)
    this.source.read(bytes, 0, 4, this.records.position.get(number - 1) - 4)
    return this.reader.sections.at(-1)?.byteOrder === 'big' ? u32be(bytes, 0) : u32le(bytes, 0)
  }

  close(): void {
    this.source.close()
  }
}
