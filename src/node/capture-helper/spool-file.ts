// One pcapng file that is being captured into. What is in it is whole blocks at any moment, also when the disk is full.
import { closeSync, constants, ftruncateSync, openSync, writeSync } from 'node:fs'
import { arch, release, type } from 'node:os'
import { PcapngWriter, textOption, timestampHalves } from '../../engine/capture/pcapng-writer'
import { fileError } from '../files/file-error'
import type { StreamInterface } from './backend'
import type { InterfaceCounters, InterfaceRequest } from './messages'

const OPTION = {
  hardware: 2,
  os: 3,
  application: 4,
  name: 2,
  filter: 11,
  interfaceOs: 12,
  timeResolution: 9,
  received: 4,
  dropped: 5,
} as const
const NANOSECONDS = 9

/** An interface as the file describes it. */
export interface SpoolInterface {
  readonly request: InterfaceRequest
  readonly linkType: number
  readonly snapLength: number
  /** What the pipe says of it, where it comes through one. */
  readonly stream?: StreamInterface | undefined
}

/** A pcapng file with one section. Every method throws TraceError when the disk does not take it. */
export class SpoolFile {
  readonly path: string
  packets = 0
  private readonly descriptor: number
  private readonly writer: PcapngWriter
  /** Decimals of each interface's timestamps. */
  private readonly decimals: (6 | 9)[] = []
  /** Bytes on the disk; always the end of a block. */
  private size = 0

  constructor(path: string, application: string) {
    this.path = path
    try {
      // Not exclusive: tshark replaces the file of -w too. Others may not read what was captured.
      this.descriptor = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC, 0o600)
    } catch (error) {
      throw fileError(error, path, 'write')
    }
    this.writer = new PcapngWriter({ write: (bytes) => this.write(bytes) })
    this.writer.section([
      textOption(OPTION.hardware, arch()),
      textOption(OPTION.os, `${type()} ${release()}`),
      textOption(OPTION.application, application),
    ])
  }

  /** Bytes so far, also those not yet on the disk. */
  get bytes(): number {
    return this.writer.written
  }

  /** Describes the next interface. */
  interface({ request, linkType, snapLength, stream }: SpoolInterface): void {
    const filter = request.filter.trim()
    const decimals = stream?.decimals ?? NANOSECONDS
    this.decimals.push(decimals)
    const own = request.name === '-' ? 'stdin' : request.name
    this.writer.interface(linkType, snapLength, [
      textOption(OPTION.name, stream === undefined || stream.name === '' ? own : stream.name),
      { code: OPTION.timeResolution, value: Uint8Array.of(decimals) },
      // A leading 0 says that the filter is libpcap's text.
      ...(filter === '' ? [] : [{ code: OPTION.filter, value: Uint8Array.from([0, ...Buffer.from(filter)]) }]),
      textOption(OPTION.interfaceOs, `${type()} ${release()}`),
    ])
  }

  /** Appends a packet: bytes[start .. start + length). */
  packet(id: number, seconds: number, nanoseconds: number, bytes: Uint8Array, start: number, length: number, originalLength: number): void {
    const { high, low } = timestampHalves(seconds, nanoseconds, this.decimals[id] ?? NANOSECONDS)
    this.writer.packet({ interfaceId: id, timeHigh: high, timeLow: low, bytes, start, length, originalLength, options: NO_OPTIONS })
    this.packets++
  }

  /** Appends an interface's counters as they are now. */
  statistics(id: number, counters: InterfaceCounters, now: number): void {
    const options = []
    if (counters.received !== null) options.push({ code: OPTION.received, value: u64(counters.received) })
    if (counters.dropped !== null) options.push({ code: OPTION.dropped, value: u64(counters.dropped) })
    this.writer.statistics(id, timestampHalves(Math.floor(now / 1000), (now % 1000) * 1e6, this.decimals[id] ?? NANOSECONDS), options)
  }

  /** Brings everything to the disk's cache, where readers of the file see it. */
  flush(): void {
    this.writer.finish()
  }

  /** Ends the file; what cannot be written any more is left out. */
  close(): void {
    try {
      this.flush()
    } finally {
      closeSync(this.descriptor)
    }
  }

  private write(bytes: Uint8Array): void {
    let done = 0
    try {
      while (done < bytes.length) done += writeSync(this.descriptor, bytes, done, bytes.length - done)
      this.size += done
    } catch (error) {
      // Half a block would make the file a damaged one.
      this.size += wholeBlocks(bytes, done)
      ftruncateSync(this.descriptor, this.size)
      throw fileError(error, this.path, 'write')
    }
  }
}

const NO_OPTIONS = [] as const

/** How many of the first `length` bytes are whole blocks. */
function wholeBlocks(bytes: Uint8Array, length: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  while (at + 12 <= length && at + view.getUint32(at + 4, true) <= length) at += view.getUint32(at + 4, true)
  return at
}

function u64(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true)
  return bytes
}
