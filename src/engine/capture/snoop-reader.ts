// Reader of Sun's snoop files, RFC 1761: a 16-byte file header, then records with a 24-byte header, all big-endian.
// Not covered: Shomiti's extensions (versions 3 to 5) and ATM captures with their pseudo-header.
import type { ByteSource } from '../bytes/byte-source'
import type { CaptureFileError } from '../../shared/errors'
import { CaptureFileError as FileError } from '../../shared/errors'
import { u32be } from '../bytes/integers'
import { BlockWindow } from './block-window'
import { maximumPacketLength } from './link-types'
import { damage, truncation } from './problem'
import type { CaptureFormat, CaptureInterface, CaptureReader, CaptureSection, NameRecord, OpenOptions, ReadStatus } from './reader'

const FILE_HEADER = 16
const RECORD_HEADER = 24

/** RFC 1761 data link types as LINKTYPE_ values. */
const LINK_TYPES: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 6],
  [4, 1],
  [5, 104],
  [8, 10],
])

/** One pass over a snoop file. */
export class SnoopReader extends BlockWindow implements CaptureReader {
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
  readonly pseudoHeader = 0
  packets = 0
  problem: CaptureFileError | undefined = undefined

  readonly format: CaptureFormat = 'snoop'
  readonly formatLabel = 'snoop (RFC 1761), microseconds, big-endian'
  readonly interfaces: readonly CaptureInterface[]
  readonly sections: readonly CaptureSection[] = [{ byteOrder: 'big', comments: [] }]
  readonly nameRecords: readonly NameRecord[] = []
  readonly secrets = []
  readonly customBlocks = 0
  readonly unknownBlocks = 0

  constructor(source: ByteSource, options: OpenOptions = {}) {
    super(source, options)
    const header = new Uint8Array(FILE_HEADER)
    const have = source.read(header, 0, FILE_HEADER, 0)
    if (have < FILE_HEADER) throw truncation('snoop/truncated', 'snoop', source, 0, 0, have, FILE_HEADER)
    const version = u32be(header, 8)
    const network = u32be(header, 12)
    const linkType = LINK_TYPES.get(network)
    if (version !== 2 || linkType === undefined) {
      const what = version === 2 ? `link type ${network}` : `version ${version}`
      const message = `${source.name}: this is a snoop capture of ${what}, which is not supported. Convert it to pcapng, for example with editcap.`
      throw new FileError('capture/unsupported-format', message, { file: source.name, offset: 8 })
    }
    this.linkType = linkType
    this.base = FILE_HEADER
    const timeResolution = { base: 10, exponent: 6 } as const
    this.interfaces = [{ linkType, snapLength: 0, timeResolution, timeOffset: 0, section: 0, id: 0, comments: [] }]
  }

  next(): ReadStatus {
    if (this.problem !== undefined) return 'damaged'
    if (!this.fill(RECORD_HEADER)) return this.shortage(RECORD_HEADER)
    const captured = u32be(this.buffer, this.at + 4)
    const total = u32be(this.buffer, this.at + 8)
    const maximum = maximumPacketLength(this.linkType)
    if (captured > maximum || total < RECORD_HEADER + captured || total > RECORD_HEADER + 2 * maximum) {
      const what = `a record of ${total} bytes claims a packet of ${captured} bytes`
      this.problem = damage('snoop/bad-packet-length', 'snoop', what, this.source, this.consumed, this.packets)
      return 'damaged'
    }
    if (!this.fill(total)) return this.shortage(total)
    const at = this.at
    this.originalLength = Math.min(u32be(this.buffer, at), 0x7fffffff)
    this.capturedLength = captured
    this.seconds = u32be(this.buffer, at + 16)
    const microseconds = u32be(this.buffer, at + 20)
    this.nanoseconds = Math.imul(microseconds, 1000)
    this.start = at + RECORD_HEADER
    this.position = this.base + this.start
    this.at = at + total
    this.packets++
    return 'packet'
  }

  private shortage(need: number): ReadStatus {
    if (!this.source.complete) return 'wait'
    if (this.fill(need)) return this.next()
    const have = this.remaining()
    if (have === 0 && this.source.failure === undefined) return 'end'
    this.problem = truncation('snoop/truncated', 'snoop', this.source, this.consumed, this.packets, have, need)
    return 'damaged'
  }
}
