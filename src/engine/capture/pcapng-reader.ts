// Reader of pcapng files: sections of either byte order, all packet blocks, and the describing blocks between them.
// https://ietf-opsawg-wg.github.io/draft-ietf-opsawg-pcap/draft-ietf-opsawg-pcapng.html
//
//   block type | total length | body, padded to 32 bits | total length again
import type { ByteSource } from '../bytes/byte-source'
import type { CaptureFileError, ErrorCode } from '../../shared/errors'
import { u16, u32, u32be, u32le } from '../bytes/integers'
import { utf8Text } from '../bytes/text'
import { BlockWindow } from './block-window'
import { maximumPacketLength, pseudoHeaderLength, pseudoHeaderName, RECORD_CUSTOM_BLOCK, RECORD_JOURNAL, RECORD_SYSDIG } from './link-types'
import { BLOCK, BlockProblem, readInterface, readNames, readSecrets, readSection, readStatistics } from './pcapng-blocks'
import { checkPacketOptions } from './pcapng-options'
import { TimestampUnit } from './pcapng-time'
import { damage, truncation } from './problem'
import type {
  CaptureFormat,
  CaptureInterface,
  CaptureReader,
  CaptureSecrets,
  CaptureSection,
  NameRecord,
  OpenOptions,
  ReadStatus,
} from './reader'

/** Larger blocks are damage: the largest packet (128 MiB) with room for options. */
const MAXIMUM_BLOCK = 128 * 1024 * 1024 + 131104
const BYTE_ORDER_MAGIC = 0x1a2b3c4d

/** What the packet path needs of an interface. */
class InterfaceState {
  readonly index: number
  readonly linkType: number
  readonly snapLength: number
  readonly maximum: number
  readonly pseudoHeader: number
  readonly unit: TimestampUnit

  constructor(index: number, description: CaptureInterface) {
    this.index = index
    this.linkType = description.linkType
    this.snapLength = description.snapLength
    this.maximum = maximumPacketLength(description.linkType)
    this.pseudoHeader = pseudoHeaderLength(description.linkType)
    this.unit = new TimestampUnit(description.timeResolution, description.timeOffset)
  }
}

/** Called for every block that is no packet, as it stands in the file: bytes[start..start+length), borrowed. */
export type BlockObserver = (type: number, bytes: Uint8Array, start: number, length: number, bigEndian: boolean) => void

/** One pass over a pcapng file. */
export class PcapngReader extends BlockWindow implements CaptureReader {
  start = 0
  position = 0
  capturedLength = 0
  originalLength = 0
  linkType = 0
  pseudoHeader = 0
  interfaceIndex = 0
  seconds = 0
  nanoseconds = 0
  hasTime = false
  hasOptions = false
  packets = 0
  problem: CaptureFileError | undefined = undefined
  customBlocks = 0
  unknownBlocks = 0

  /** The current record's whole block is buffer[blockStart .. blockStart + blockLength). */
  blockStart = 0
  blockLength = 0
  /** Byte order of the current section. */
  bigEndian = false
  /** Set by whoever copies a file; must not keep the bytes. */
  observer: BlockObserver | undefined = undefined

  readonly format: CaptureFormat = 'pcapng'
  readonly interfaces: CaptureInterface[] = []
  readonly sections: CaptureSection[] = []
  readonly nameRecords: NameRecord[] = []
  readonly secrets: CaptureSecrets[] = []

  private states: InterfaceState[] = []
  private hasSection = false
  /** Length of the block being read. */
  private total = 0

  constructor(source: ByteSource, options: OpenOptions = {}) {
    super(source, options)
  }

  get formatLabel(): string {
    const orders = new Set(this.sections.map((section) => section.byteOrder))
    const order = orders.size === 2 ? 'both byte orders' : orders.has('big') ? 'big-endian' : 'little-endian'
    return `pcapng, ${order}${this.sections.length > 1 ? `, ${this.sections.length} sections` : ''}`
  }

  next(): ReadStatus {
    if (this.problem !== undefined) return 'damaged'
    for (;;) {
      if (this.limit - this.at < 12 && !this.fill(12)) return this.shortage(12)
      const type = u32(this.buffer, this.at, this.bigEndian)
      if (type === BLOCK.section) {
        const order = this.readByteOrder()
        if (order !== undefined) return order
      } else if (!this.hasSection) {
        return this.fail('pcapng/bad-block', 'the file does not begin with a section header')
      }
      const stated = u32(this.buffer, this.at + 4, this.bigEndian)
      if (stated < 12) return this.fail('pcapng/bad-block-length', `block length ${stated} is shorter than a block's frame of 12 bytes`)
      if (stated > MAXIMUM_BLOCK) return this.fail('pcapng/bad-block-length', `block length ${stated} is more than any block can have`)
      // Some writers do not count the padding: the next block then starts at the next multiple of 4 all the same.
      const total = (stated + 3) & ~3
      if (this.limit - this.at < total && !this.fill(total)) return this.shortage(total)
      const trailer = u32(this.buffer, this.at + total - 4, this.bigEndian)
      if (trailer !== total && trailer !== stated) return this.badTrailer(stated, trailer)
      this.total = total
      if (type === BLOCK.enhancedPacket) {
        if (total < 32) return this.fail('pcapng/bad-block-length', `a packet block of ${total} bytes is too short (32 at least)`)
        return this.packet(u32(this.buffer, this.at + 8, this.bigEndian), false)
      }
      const status = this.otherBlock(type)
      if (status !== undefined) return status
    }
  }

  /** Enhanced Packet Block and the old Packet Block: only the interface field differs. */
  private packet(id: number, isOld: boolean): ReadStatus {
    const buffer = this.buffer
    const at = this.at
    const big = this.bigEndian
    const state = this.states[id]
    if (state === undefined) return this.badInterface(id)
    let captured = u32(buffer, at + 20, big)
    let original = u32(buffer, at + 24, big)
    if (captured > state.maximum) return this.badPacketLength(captured, state.maximum)
    const paddedEnd = at + 28 + ((captured + 3) & ~3)
    const end = at + this.total - 4
    if (paddedEnd > end) return this.badPacketSpace(captured)
    this.hasOptions = false
    if (end - paddedEnd >= 4) {
      const options = checkPacketOptions(buffer, paddedEnd, end, big, isOld)
      if (options < 0) return this.fail('pcapng/bad-option', 'an option of a packet has an impossible length')
      this.hasOptions = options > 0
    }
    if (isOld && u16(buffer, at + 10, big) !== 0xffff) this.hasOptions = true
    const pseudo = state.pseudoHeader
    if (pseudo > 0) {
      if (captured < pseudo) return this.badPseudoHeader(captured, state)
      captured -= pseudo
      original = Math.max(0, original - pseudo)
    }
    const unit = state.unit
    unit.convert(u32(buffer, at + 12, big), u32(buffer, at + 16, big))
    this.seconds = unit.seconds
    this.nanoseconds = unit.nanoseconds
    this.hasTime = true
    this.interfaceIndex = state.index
    this.linkType = state.linkType
    this.deliver(at + 28 + pseudo, captured, original, pseudo)
    return 'packet'
  }

  private deliver(start: number, captured: number, original: number, pseudo: number): void {
    this.start = start
    this.position = this.base + start
    this.capturedLength = captured
    this.originalLength = original > 0x7fffffff ? 0x7fffffff : original
    this.pseudoHeader = pseudo
    this.blockStart = this.at
    this.blockLength = this.total
    this.at += this.total
    this.packets++
  }

  /** Everything but Enhanced Packet Blocks; undefined: go on with the next block. */
  private otherBlock(type: number): ReadStatus | undefined {
    const buffer = this.buffer
    const at = this.at
    const total = this.total
    const big = this.bigEndian
    const section = this.sections.length - 1
    try {
      switch (type) {
        case BLOCK.section: {
          const status = this.startSection()
          if (status !== undefined) return status
          break
        }
        case BLOCK.interface: {
          const description = readInterface(buffer, at, total, big, section, this.states.length)
          this.states.push(new InterfaceState(this.interfaces.length, description))
          this.interfaces.push(description)
          break
        }
        case BLOCK.oldPacket:
          if (total < 32) return this.fail('pcapng/bad-block-length', `a packet block of ${total} bytes is too short (32 at least)`)
          return this.packet(u16(buffer, at + 8, big), true)
        case BLOCK.simplePacket:
          return this.simplePacket()
        case BLOCK.names:
          this.nameRecords.push(...readNames(buffer, at, total, big))
          break
        case BLOCK.statistics: {
          const { id, statistics } = readStatistics(buffer, at, total, big, (of, high, low) => this.states[of]?.unit.time(high, low))
          // Statistics of an interface that the section does not have are tolerated, as tshark does.
          const index = this.states[id]?.index
          const described = index === undefined ? undefined : this.interfaces[index]
          if (index !== undefined && described !== undefined) this.interfaces[index] = { ...described, statistics }
          break
        }
        case BLOCK.secrets:
          this.secrets.push(readSecrets(buffer, at, total, big, section))
          break
        case BLOCK.custom:
        case BLOCK.customNoCopy:
          if (total < 16) return this.fail('pcapng/bad-block-length', `a custom block of ${total} bytes is too short (16 at least)`)
          this.customBlocks++
          return this.record(RECORD_CUSTOM_BLOCK, at + 12, total - 16)
        case BLOCK.journal:
          return this.journalEntry()
        case BLOCK.sysdigEvent:
        case BLOCK.sysdigEventFlags:
        case BLOCK.sysdigEvent2:
        case BLOCK.sysdigEvent2Flags:
          if (total < 36) return this.fail('pcapng/bad-block-length', `a sysdig event block of ${total} bytes is too short (36 at least)`)
          return this.record(RECORD_SYSDIG, at + 32, total - 36)
        default:
          this.unknownBlocks++
      }
    } catch (error) {
      if (error instanceof BlockProblem) return this.fail('pcapng/bad-block', error.message)
      throw error
    }
    this.observer?.(type, buffer, at, total, big)
    this.at += total
    return undefined
  }

  /** Simple Packet Block: no time, no interface, the length follows from the first interface's snap length. */
  private simplePacket(): ReadStatus {
    const state = this.states[0]
    if (this.total < 16)
      return this.fail('pcapng/bad-block-length', `a simple packet block of ${this.total} bytes is too short (16 at least)`)
    if (state === undefined) return this.fail('pcapng/bad-interface', 'a simple packet block comes before any interface of its section')
    let original = u32(this.buffer, this.at + 8, this.bigEndian)
    let captured = state.snapLength > 0 ? Math.min(state.snapLength, original) : original
    if (captured > state.maximum) return this.badPacketLength(captured, state.maximum)
    // There are no options: the packet fills its block.
    if (16 + ((captured + 3) & ~3) !== this.total) return this.badPacketSpace(captured)
    const pseudo = state.pseudoHeader
    if (captured < pseudo) return this.badPseudoHeader(captured, state)
    captured -= pseudo
    original -= pseudo
    this.seconds = 0
    this.nanoseconds = 0
    this.hasTime = false
    this.hasOptions = false
    this.interfaceIndex = state.index
    this.linkType = state.linkType
    this.deliver(this.at + 12 + pseudo, captured, original, pseudo)
    return 'packet'
  }

  /** A record that tshark lists although it is no packet. */
  private record(kind: number, start: number, length: number): ReadStatus {
    this.seconds = 0
    this.nanoseconds = 0
    this.hasTime = false
    this.hasOptions = false
    this.interfaceIndex = -1
    this.linkType = kind
    this.deliver(start, length, length, 0)
    return 'packet'
  }

  private journalEntry(): ReadStatus {
    let length = this.total - 12
    while (length > 0 && this.buffer[this.at + 8 + length - 1] === 0) length--
    const text = utf8Text(this.buffer, this.at + 8, this.at + 8 + length)
    const stamp = /^__REALTIME_TIMESTAMP=(\d{1,16})$/m.exec(text)?.[1]
    const status = this.record(RECORD_JOURNAL, this.at + 8, length)
    if (stamp !== undefined) {
      const microseconds = Number(stamp)
      this.seconds = Math.floor(microseconds / 1e6)
      this.nanoseconds = (microseconds - this.seconds * 1e6) * 1000
      this.hasTime = true
    }
    return status
  }

  /** A section header tells the byte order that its own length is written in. */
  private readByteOrder(): ReadStatus | undefined {
    if (u32le(this.buffer, this.at + 8) === BYTE_ORDER_MAGIC) this.bigEndian = false
    else if (u32be(this.buffer, this.at + 8) === BYTE_ORDER_MAGIC) this.bigEndian = true
    else {
      const found = u32be(this.buffer, this.at + 8)
        .toString(16)
        .padStart(8, '0')
      return this.fail('pcapng/bad-byte-order-magic', `a section header has the unknown byte-order mark 0x${found}`)
    }
    return undefined
  }

  private startSection(): ReadStatus | undefined {
    if (this.total < 28) return this.fail('pcapng/bad-block-length', `a section header of ${this.total} bytes is too short (28 at least)`)
    const major = u16(this.buffer, this.at + 12, this.bigEndian)
    const minor = u16(this.buffer, this.at + 14, this.bigEndian)
    if (major !== 1 || (minor !== 0 && minor !== 2)) {
      return this.fail('pcapng/bad-version', `a section has format version ${major}.${minor}; versions 1.0 and 1.2 are known`)
    }
    this.sections.push(readSection(this.buffer, this.at, this.total, this.bigEndian))
    this.states = []
    this.hasSection = true
    return undefined
  }

  private fail(code: ErrorCode, what: string): ReadStatus {
    this.problem = damage(code, 'pcapng', what, this.source, this.consumed, this.packets)
    return 'damaged'
  }

  private shortage(need: number): ReadStatus {
    if (!this.source.complete) return 'wait'
    if (this.fill(need)) return this.next()
    const have = this.remaining()
    if (have === 0 && this.source.failure === undefined) return 'end'
    this.problem = truncation('pcapng/truncated', 'pcapng', this.source, this.consumed, this.packets, have, need)
    return 'damaged'
  }

  private badTrailer(stated: number, trailer: number): ReadStatus {
    const unaligned = stated % 4 === 0 ? '' : ', and it is not a multiple of 4'
    return this.fail('pcapng/bad-block-length', `block length ${stated} is repeated as ${trailer} at the end of the block${unaligned}`)
  }

  private badInterface(id: number): ReadStatus {
    const what = `a packet belongs to interface ${id}, but its section has described ${this.states.length} so far`
    return this.fail('pcapng/bad-interface', what)
  }

  private badPacketLength(captured: number, maximum: number): ReadStatus {
    return this.fail('pcapng/bad-packet-length', `a packet claims ${captured} bytes, more than the ${maximum} that a packet can have`)
  }

  private badPacketSpace(captured: number): ReadStatus {
    return this.fail('pcapng/bad-packet-length', `a block of ${this.total} bytes cannot hold a packet of ${captured} bytes`)
  }

  private badPseudoHeader(captured: number, state: InterfaceState): ReadStatus {
    const what = `a packet of ${captured} bytes is too short for the ${pseudoHeaderName(state.linkType)} header of its link type`
    return this.fail('pcapng/bad-packet-length', what)
  }
}
