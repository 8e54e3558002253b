// Saving a capture, or a part of it, as pcap or pcapng: one pass over the file, memory bounded. pcapng to pcapng keeps every
// block as it stands (interfaces, names, statistics, packet options, byte order), except secrets that are not wanted, custom
// blocks that must not be copied and blocks of unknown types. A damaged file is saved as far as it can be read.
import type { ByteSource } from '../bytes/byte-source'
import { putU32, u32 } from '../bytes/integers'
import { ExportError } from '../../shared/errors'
import type { CaptureFileError } from '../../shared/errors'
import type { ByteSink } from './byte-sink'
import { RECORD_CUSTOM_BLOCK, RECORD_SYSDIG } from './link-types'
import { openCapture } from './open'
import { PcapWriter } from './pcap-writer'
import { BLOCK } from './pcapng-blocks'
import { commentsOf, OPTION_COMMENT, readOptions } from './pcapng-options'
import type { BlockOption } from './pcapng-options'
import { PcapngReader } from './pcapng-reader'
import { commentOptions, PcapngWriter, textOption, timestampHalves } from './pcapng-writer'
import type { CaptureInterface, CaptureReader, OpenOptions } from './reader'

/** What is saved, and how. */
export interface SaveOptions {
  readonly format: 'pcap' | 'pcapng'
  /** Which packets, by number from 1; all if not given. */
  readonly include?: ((packet: number) => boolean) | undefined
  /** No packet after this one is looked at. */
  readonly last?: number | undefined
  /** Comments of packets that were added, edited or removed (empty list); packets not listed keep theirs. */
  readonly comments?: ReadonlyMap<number, readonly string[]> | undefined
  /** Keep key logs and other decryption secrets. Default false. */
  readonly secrets?: boolean | undefined
  /** A TLS key log to add. */
  readonly keyLog?: Uint8Array | undefined
  /** Time unit of a pcap file; 'auto' takes nanoseconds where the first saved packet's interface is finer than microseconds. */
  readonly nanoseconds?: boolean | 'auto' | undefined
  /** Name and version of this program, for the header of a new pcapng file. */
  readonly application?: string | undefined
  readonly open?: OpenOptions | undefined
}

/** What was saved. */
export interface SaveResult {
  readonly packets: number
  readonly bytes: number
  /** Records that the target cannot or must not hold: custom blocks not to be copied; in pcap, whatever is no packet. */
  readonly leftOut: number
  /** Packets whose time pcap could only hold approximately. */
  readonly timesChanged: number
  /** Comments that pcap cannot hold. */
  readonly commentsLost: number
  /** Why the input ended early; what came before it is saved. */
  readonly problem: CaptureFileError | undefined
}

/** Writes the selected packets of one pass, one kind of target each. */
interface Target {
  packet(number: number): void
  finish(): void
  readonly written: number
}

/**
 * Saves a capture step by step, so that the caller can report progress and stop. Nothing is right before finish().
 * Throws CaptureFileError if the source is no capture, ExportError if the target cannot hold it, and what the sink throws.
 */
export class CaptureSaver {
  private readonly reader: CaptureReader
  private readonly options: SaveOptions
  private readonly target: Target
  private packets = 0
  private readonly tally = { leftOut: 0, timesChanged: 0, commentsLost: 0 }

  constructor(source: ByteSource, sink: ByteSink, options: SaveOptions) {
    const reader = openCapture(source, options.open)
    this.reader = reader
    this.options = options
    if (options.format === 'pcap') this.target = pcapTarget(reader, sink, options, this.tally)
    else if (reader instanceof PcapngReader) this.target = pcapngCopy(reader, sink, options, this.tally)
    else this.target = newPcapng(reader, sink, options)
  }

  /** Bytes of the input that are done, for progress against source.size. */
  get consumed(): number {
    return this.reader.consumed
  }

  /** Looks at up to `count` packets. 'wait': the source is still growing and has no more now. */
  step(count: number): 'more' | 'wait' | 'done' {
    const { include, last = Infinity } = this.options
    for (let done = 0; done < count; done++) {
      if (this.reader.packets >= last) return 'done'
      const status = this.reader.next()
      if (status === 'wait') return 'wait'
      if (status !== 'packet') return 'done'
      const number = this.reader.packets
      if (include !== undefined && !include(number)) continue
      this.target.packet(number)
      this.packets++
    }
    return 'more'
  }

  /** Ends the file. The sink itself is the caller's to commit. */
  finish(): SaveResult {
    this.target.finish()
    return {
      packets: this.packets - this.tally.leftOut,
      bytes: this.target.written,
      ...this.tally,
      problem: this.reader.problem,
    }
  }
}

/** Saves in one go; for small files, tests and the command line. A source that is still growing is saved as far as it is. */
export function saveCapture(source: ByteSource, sink: ByteSink, options: SaveOptions): SaveResult {
  const saver = new CaptureSaver(source, sink, options)
  while (saver.step(65536) === 'more') {
    // step() does the work
  }
  return saver.finish()
}

type Tally = { leftOut: number; timesChanged: number; commentsLost: number }

function isFinerThanMicroseconds({ timeResolution }: CaptureInterface): boolean {
  return timeResolution.base === 2 || timeResolution.exponent > 6
}

function pcapTarget(reader: CaptureReader, sink: ByteSink, options: SaveOptions, tally: Tally): Target {
  let writer: PcapWriter | undefined
  const create = (linkType: number, description: CaptureInterface | undefined): PcapWriter => {
    const wanted = options.nanoseconds ?? 'auto'
    const nanoseconds = wanted === 'auto' ? description !== undefined && isFinerThanMicroseconds(description) : wanted
    const snapLength = description?.snapLength === 0 ? undefined : description?.snapLength
    return new PcapWriter(sink, { linkType, nanoseconds, snapLength, fcsLength: description?.fcsLength })
  }
  return {
    get written() {
      return writer?.written ?? 0
    },
    packet(number) {
      const { linkType, pseudoHeader } = reader
      if (linkType >= RECORD_CUSTOM_BLOCK && linkType <= RECORD_SYSDIG) {
        tally.leftOut++
        return
      }
      writer ??= create(linkType, reader.interfaces[reader.interfaceIndex])
      if (linkType !== writer.linkType) throw mixedLinkTypes(writer.linkType, linkType, number)
      tally.commentsLost += (options.comments?.get(number) ?? commentsOfCurrent(reader)).length
      writer.packet(
        reader.seconds,
        reader.nanoseconds,
        reader.buffer,
        reader.start - pseudoHeader,
        reader.capturedLength + pseudoHeader,
        reader.originalLength + pseudoHeader,
      )
    },
    finish() {
      const [first] = reader.interfaces
      writer ??= create(first?.linkType ?? 1, first)
      writer.finish()
      tally.timesChanged = writer.timesChanged
    },
  }
}

function mixedLinkTypes(first: number, second: number, packet: number): ExportError {
  const message = `A pcap file holds packets of one link type, but packet ${packet} has link type ${second} and those before it have ${first}. Save as pcapng, or save only the packets of one link type.`
  return new ExportError('export/mixed-link-types', message, { packet })
}

/** Comments of the packet that the reader stands on. */
function commentsOfCurrent(reader: CaptureReader): readonly string[] {
  if (!reader.hasOptions || !(reader instanceof PcapngReader)) return []
  const { buffer, blockStart, blockLength, bigEndian } = reader
  const end = reader.start + reader.capturedLength
  return commentsOf(readOptions(buffer, end + ((blockStart - end) & 3), blockStart + blockLength - 4, bigEndian).options)
}

/** A new pcapng file with one section and one interface, from a format that has no more. */
function newPcapng(reader: CaptureReader, sink: ByteSink, options: SaveOptions): Target {
  const writer = new PcapngWriter(sink)
  const [description] = reader.interfaces
  const exponent = description !== undefined && isFinerThanMicroseconds(description) ? 9 : 6
  writer.section(options.application === undefined ? [] : [textOption(4, options.application)])
  if (options.keyLog !== undefined) writer.secrets('TLSK', options.keyLog)
  const interfaceOptions: BlockOption[] = [{ code: 9, value: Uint8Array.of(exponent) }]
  if (description?.fcsLength !== undefined) interfaceOptions.push({ code: 13, value: Uint8Array.of(description.fcsLength) })
  writer.interface(description?.linkType ?? 1, description?.snapLength ?? 0, interfaceOptions)
  return {
    get written() {
      return writer.written
    },
    packet(number) {
      const { high, low } = timestampHalves(reader.seconds, reader.nanoseconds, exponent)
      writer.packet({
        interfaceId: 0,
        timeHigh: high,
        timeLow: low,
        bytes: reader.buffer,
        start: reader.start - reader.pseudoHeader,
        length: reader.capturedLength + reader.pseudoHeader,
        originalLength: reader.originalLength + reader.pseudoHeader,
        options: commentOptions(options.comments?.get(number) ?? []),
      })
    },
    finish() {
      writer.finish()
    },
  }
}

/** Blocks that are copied as they stand; secrets are a choice, everything else is left behind. */
const COPIED = new Set<number>([BLOCK.section, BLOCK.interface, BLOCK.names, BLOCK.statistics])

function pcapngCopy(reader: PcapngReader, sink: ByteSink, options: SaveOptions, tally: Tally): Target {
  const writer = new PcapngWriter(sink)
  let keyLog = options.keyLog
  reader.observer = (type, bytes, start, length, bigEndian) => {
    writer.bigEndian = bigEndian
    if (COPIED.has(type) || (type === BLOCK.secrets && options.secrets === true)) writer.raw(bytes, start, length)
    if (keyLog !== undefined && type === BLOCK.section) {
      writer.secrets('TLSK', keyLog)
      keyLog = undefined
    }
  }
  return {
    get written() {
      return writer.written
    },
    packet(number) {
      const { buffer, blockStart, blockLength, bigEndian, linkType } = reader
      const type = u32(buffer, blockStart, bigEndian)
      if (linkType === RECORD_CUSTOM_BLOCK && type === BLOCK.customNoCopy) {
        tally.leftOut++
        return
      }
      const comments = options.comments?.get(number)
      if (comments === undefined || linkType >= RECORD_CUSTOM_BLOCK) writer.raw(buffer, blockStart, blockLength)
      else rewritePacket(reader, writer, comments)
    },
    finish() {
      writer.finish()
    },
  }
}

/** Writes the current packet with other comments and all its other options. Simple and old blocks become Enhanced Packet Blocks. */
function rewritePacket(reader: PcapngReader, writer: PcapngWriter, comments: readonly string[]): void {
  const { buffer, blockStart, blockLength, bigEndian } = reader
  const type = u32(buffer, blockStart, bigEndian)
  const length = reader.capturedLength + reader.pseudoHeader
  const start = reader.start - reader.pseudoHeader
  const common = { bytes: buffer, start, length, originalLength: reader.originalLength + reader.pseudoHeader }
  if (type === BLOCK.simplePacket) {
    if (comments.length === 0) writer.raw(buffer, blockStart, blockLength)
    else writer.packet({ ...common, interfaceId: 0, timeHigh: 0, timeLow: 0, options: commentOptions(comments) })
    return
  }
  const { options: found } = readOptions(buffer, start + ((length + 3) & ~3), blockStart + blockLength - 4, bigEndian)
  const kept = found.filter((option) => option.code !== OPTION_COMMENT)
  const isOld = type === BLOCK.oldPacket
  const description = reader.interfaces[reader.interfaceIndex]
  if (isOld) addDropCount(kept, reader)
  writer.packet({
    ...common,
    interfaceId: description?.id ?? 0,
    timeHigh: u32(buffer, blockStart + 12, bigEndian),
    timeLow: u32(buffer, blockStart + 16, bigEndian),
    options: [...commentOptions(comments), ...kept],
  })
}

/** The old block has its drop count (0xffff: unknown) in its header; the new one has an option for it. */
function addDropCount(options: BlockOption[], { buffer, blockStart, bigEndian }: PcapngReader): void {
  const drops = bigEndian
    ? (buffer[blockStart + 10]! << 8) | buffer[blockStart + 11]!
    : buffer[blockStart + 10]! | (buffer[blockStart + 11]! << 8)
  if (drops === 0xffff) return
  const value = new Uint8Array(8)
  putU32(value, bigEndian ? 4 : 0, drops, bigEndian)
  options.push({ code: 4, value })
}
