// Reader of pcap files: all four standard forms and the dialects of pcap-variant.ts.
import type { ByteSource } from '../bytes/byte-source'
import type { CaptureFileError } from '../../shared/errors'
import { u32 } from '../bytes/integers'
import { BlockWindow } from './block-window'
import { maximumPacketLength, pseudoHeaderLength, pseudoHeaderName } from './link-types'
import { chooseVariant, parsePcapHeader, PCAP_HEADER_LENGTH } from './pcap-variant'
import type { PcapHeader, PcapVariant } from './pcap-variant'
import { damage, truncation } from './problem'
import type {
  CaptureFormat,
  CaptureInterface,
  CaptureReader,
  CaptureSection,
  NameRecord,
  OpenOptions,
  ReadStatus,
  RecordRun,
} from './reader'

/** Bytes of a record's header in the standard dialect. */
const STANDARD_HEADER = 16

/** One pass over a pcap file. The source must hold the file header; throws CaptureFileError if that is unusable. */
export class PcapReader extends BlockWindow implements CaptureReader {
  start = 0
  position = 0
  capturedLength = 0
  originalLength = 0
  readonly linkType: number
  readonly interfaceIndex = 0
  seconds = 0
  nanoseconds = 0
  readonly hasTime = true
  readonly hasOptions = false
  readonly pseudoHeader: number
  packets = 0
  problem: CaptureFileError | undefined = undefined

  readonly format: CaptureFormat = 'pcap'
  readonly interfaces: readonly CaptureInterface[]
  readonly sections: readonly CaptureSection[]
  readonly nameRecords: readonly NameRecord[] = []
  readonly secrets = []
  readonly customBlocks = 0
  readonly unknownBlocks = 0

  private readonly header: PcapHeader
  private variant: PcapVariant | undefined
  private readonly big: boolean
  private recordHeader = 0
  private readonly fractionUnit: number
  private readonly maximum: number
  private readonly plainLengths: boolean

  constructor(source: ByteSource, options: OpenOptions = {}) {
    super(source, options)
    const bytes = new Uint8Array(PCAP_HEADER_LENGTH)
    const have = source.read(bytes, 0, PCAP_HEADER_LENGTH, 0)
    if (have < PCAP_HEADER_LENGTH) throw truncation('pcap/truncated', 'pcap', source, 0, 0, have, PCAP_HEADER_LENGTH)
    this.header = parsePcapHeader(bytes, source.name, options.unknownLinkTypes === 'accept')
    this.big = this.header.bigEndian
    this.linkType = this.header.linkType
    this.pseudoHeader = pseudoHeaderLength(this.linkType)
    this.maximum = maximumPacketLength(this.linkType)
    this.plainLengths = this.header.lengthOrder === 'normal'
    this.fractionUnit = this.header.nanoseconds ? 1 : 1000
    this.variant = chooseVariant(source, this.header)
    this.recordHeader = this.variant?.recordHeader ?? 0
    this.base = PCAP_HEADER_LENGTH
    this.interfaces = [
      {
        linkType: this.linkType,
        snapLength: this.header.snapLength,
        timeResolution: { base: 10, exponent: this.header.nanoseconds ? 9 : 6 },
        timeOffset: 0,
        section: 0,
        id: 0,
        fcsLength: this.header.fcsLength,
        comments: [],
      },
    ]
    this.sections = [{ byteOrder: this.big ? 'big' : 'little', comments: [] }]
  }

  get formatLabel(): string {
    const dialect = this.variant?.label ?? ''
    const version = this.header.version === '2.4' ? '' : `, version ${this.header.version}`
    return `pcap${dialect === '' ? '' : ` (${dialect})`}${version}, ${this.header.nanoseconds ? 'nanoseconds' : 'microseconds'}, ${this.big ? 'big' : 'little'}-endian`
  }

  next(): ReadStatus {
    if (this.problem !== undefined) return 'damaged'
    const headerLength = this.recordHeader
    if (headerLength === 0) return this.nextAfterChoice()
    if (this.limit - this.at < headerLength && !this.fill(headerLength)) return this.shortage(headerLength)
    const big = this.big
    let captured = u32(this.buffer, this.at + 8, big)
    let original = u32(this.buffer, this.at + 12, big)
    if (!this.plainLengths && (this.header.lengthOrder === 'swapped' || captured > original)) {
      const other = captured
      captured = original
      original = other
    }
    if (captured > this.maximum) return this.badLength(captured)
    const total = headerLength + captured
    if (this.limit - this.at < total && !this.fill(total)) return this.shortage(total)
    // fill() may have moved the record within the buffer.
    const buffer = this.buffer
    const at = this.at
    this.seconds = u32(buffer, at, big)
    // a fraction of more than a second stays what it is, in 32 bits, as in tshark: the file is wrong, not the calendar
    this.nanoseconds = Math.imul(u32(buffer, at + 4, big), this.fractionUnit)
    if (this.pseudoHeader > 0) {
      if (captured < this.pseudoHeader) return this.badPseudoHeader(captured)
      captured -= this.pseudoHeader
      original = Math.max(0, original - this.pseudoHeader)
    }
    const start = at + total - captured
    this.start = start
    this.position = this.base + start
    this.capturedLength = captured
    this.originalLength = original > 0x7fffffff ? 0x7fffffff : original
    this.at = at + total
    this.packets++
    return 'packet'
  }

  recordRun(): RecordRun | undefined {
    if (this.problem !== undefined || this.recordHeader !== STANDARD_HEADER || !this.plainLengths || this.pseudoHeader > 0) return undefined
    const { at, limit, base, big: isBigEndian, fractionUnit, maximum: longest } = this
    return limit - at < STANDARD_HEADER ? undefined : { at, limit, base, isBigEndian, fractionUnit, longest }
  }

  readTo(last: number, packets: number): void {
    this.at = last
    this.packets += packets - 1
    this.next()
  }

  /** The dialect could not be told when the file was opened: try again with what has come since. */
  private nextAfterChoice(): ReadStatus {
    this.variant = chooseVariant(this.source, this.header)
    if (this.variant === undefined) return 'wait'
    this.recordHeader = this.variant.recordHeader
    return this.next()
  }

  private shortage(need: number): ReadStatus {
    if (!this.source.complete) return 'wait'
    // What came between the failed fill() and now counts: a source may have ended only after it.
    if (this.fill(need)) return this.next()
    const have = this.remaining()
    if (have === 0 && this.source.failure === undefined) return 'end'
    this.problem = truncation('pcap/truncated', 'pcap', this.source, this.consumed, this.packets, have, need)
    return 'damaged'
  }

  private badLength(captured: number): ReadStatus {
    const what = `a packet claims ${captured} bytes, more than the ${this.maximum} that a packet can have`
    this.problem = damage('pcap/bad-packet-length', 'pcap', what, this.source, this.consumed, this.packets)
    return 'damaged'
  }

  private badPseudoHeader(captured: number): ReadStatus {
    const what = `a packet of ${captured} bytes is too short for the ${pseudoHeaderName(this.linkType)} header of its link type`
    this.problem = damage('pcap/bad-packet-length', 'pcap', what, this.source, this.consumed, this.packets)
    return 'damaged'
  }
}
