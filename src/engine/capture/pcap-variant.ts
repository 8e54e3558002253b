// The header of a pcap file, and which of its dialects the records are written in. The magic number tells byte order and time
// unit; several vendors kept the magic but changed the record header, so the first records decide between those.
// https://ietf-opsawg-wg.github.io/draft-ietf-opsawg-pcap/draft-ietf-opsawg-pcap.html
import type { ByteSource } from '../bytes/byte-source'
import { u16, u32, u32be, u32le } from '../bytes/integers'
import { CaptureFileError } from '../../shared/errors'
import { isKnownLinkType, maximumPacketLength } from './link-types'

/** Length of the file header of every dialect. */
export const PCAP_HEADER_LENGTH = 24

/** A pcap dialect: how its record headers differ. */
export interface PcapVariant {
  /** For people; empty for the standard. */
  readonly label: string
  /** Bytes of a record header. */
  readonly recordHeader: number
}

const STANDARD: PcapVariant = { label: '', recordHeader: 16 }
const RED_HAT: PcapVariant = { label: 'Red Hat Linux 6.1', recordHeader: 24 }
const NOKIA: PcapVariant = { label: 'Nokia', recordHeader: 20 }
const MODIFIED: PcapVariant = { label: 'modified', recordHeader: 24 }
const SUSE: PcapVariant = { label: 'SuSE Linux 6.3', recordHeader: 28 }
const AIX: PcapVariant = { label: 'AIX', recordHeader: 16 }

const VARIANTS_OF_STANDARD = [STANDARD, RED_HAT, NOKIA]
const VARIANTS_OF_MODIFIED = [MODIFIED, SUSE]
const ONLY_STANDARD = [STANDARD]
const ONLY_AIX = [AIX]

/** AIX tcpdump writes interface types of the SNMP MIB instead of link types. */
const AIX_LINK_TYPES: ReadonlyMap<number, number> = new Map([
  [6, 1],
  [9, 6],
  [15, 10],
  [24, 0],
])

/** Whether the two length fields of a record are exchanged: before version 2.3 always, in 2.3 where that makes sense. */
export type LengthOrder = 'normal' | 'swapped' | 'maybe-swapped'

/** What the file header says. */
export interface PcapHeader {
  readonly bigEndian: boolean
  readonly nanoseconds: boolean
  readonly version: string
  readonly snapLength: number
  readonly linkType: number
  /** Bytes of frame check sequence at the end of each packet, where the header tells. */
  readonly fcsLength: number | undefined
  readonly lengthOrder: LengthOrder
  /** Dialects to choose from, most likely first. */
  readonly variants: readonly PcapVariant[]
}

/** True if the four bytes are a pcap magic number of any dialect. */
export function isPcapMagic(bytes: Uint8Array): boolean {
  return isMagic(u32le(bytes, 0)) || isMagic(u32be(bytes, 0))
}

function isMagic(magic: number): boolean {
  return magic === 0xa1b2c3d4 || magic === 0xa1b23c4d || magic === 0xa1b2cd34
}

/** Reads the file header; throws CaptureFileError where it cannot be read further. */
export function parsePcapHeader(bytes: Uint8Array, file: string, acceptUnknownLinkTypes: boolean): PcapHeader {
  const bigEndian = isMagic(u32be(bytes, 0))
  const magic = u32(bytes, 0, bigEndian)
  const major = u16(bytes, 4, bigEndian)
  const minor = u16(bytes, 6, bigEndian)
  const network = u32(bytes, 20, bigEndian)
  if (major < 2) {
    throw new CaptureFileError(
      'pcap/bad-version',
      `${file}: this is a pcap file of version ${major}.${minor}, which is not supported; versions 2.0 and later can be opened.`,
      { file, offset: 4 },
    )
  }
  const aixLinkType = major === 2 && minor === 2 && magic === 0xa1b2c3d4 ? AIX_LINK_TYPES.get(network) : undefined
  if (aixLinkType !== undefined) {
    return {
      bigEndian,
      nanoseconds: true,
      version: '2.2',
      snapLength: u32(bytes, 16, bigEndian),
      linkType: aixLinkType,
      fcsLength: undefined,
      lengthOrder: 'normal',
      variants: ONLY_AIX,
    }
  }
  if ((network & 0x03ff0000) !== 0) {
    throw new CaptureFileError(
      'capture/unsupported-format',
      `${file}: the reserved bits of the pcap link-type field are not zero (0x${network.toString(16)}). The file header is damaged; with the link type corrected in its bytes 20 to 23, the file can be read.`,
      { file, offset: 20 },
    )
  }
  const linkType = network & 0xffff
  if (!acceptUnknownLinkTypes && !isKnownLinkType(linkType)) {
    throw new CaptureFileError(
      'capture/unsupported-link-type',
      `${file}: the packets have link type ${linkType}, which is not supported. Its packets can be shown as plain bytes after converting the file to pcapng.`,
      { file, offset: 20 },
    )
  }
  const lengthOrder = (major === 2 && minor < 3) || major === 543 ? 'swapped' : major === 2 && minor === 3 ? 'maybe-swapped' : 'normal'
  return {
    bigEndian,
    nanoseconds: magic === 0xa1b23c4d,
    version: `${major}.${minor}`,
    snapLength: u32(bytes, 16, bigEndian),
    linkType,
    fcsLength: (network & 0x04000000) !== 0 ? (network >>> 28) * 2 : undefined,
    lengthOrder,
    variants: magic === 0xa1b2c3d4 ? VARIANTS_OF_STANDARD : magic === 0xa1b2cd34 ? VARIANTS_OF_MODIFIED : ONLY_STANDARD,
  }
}

const RECORDS_TO_TRY = 10

/**
 * Chooses the dialect: the first whose record headers all make sense, else the one that makes sense the longest. Undefined
 * while a growing source holds too little to tell: it takes one whole record and the header of the next.
 */
export function chooseVariant(source: ByteSource, header: PcapHeader): PcapVariant | undefined {
  const [first] = header.variants
  if (first === undefined || header.variants.length === 1) return first
  let best = first
  let bestFault = Infinity
  for (const variant of header.variants) {
    const fault = faultOf(source, header, variant)
    if (fault === undefined) return undefined
    if (fault < bestFault) {
      best = variant
      bestFault = fault
    }
    if (fault === 0) break
  }
  return best
}

// A length that cannot be ends the walk, and what comes after it is lost; a record that is cut off may be the file's own damage.
const IMPOSSIBLE = 100
const CUT_OFF = 50
const DOUBTFUL = 30
/** Longer than any packet: likely a field of another dialect, such as a time, was taken for the length on the wire. */
const LONGEST_ON_WIRE = 128 * 1024 * 1024

/** 0 if the first records fit; else the larger, the fewer fit before something is wrong. Undefined: not enough there yet. */
function faultOf(source: ByteSource, header: PcapHeader, variant: PcapVariant): number | undefined {
  const complete = source.complete
  const size = source.size
  const bytes = new Uint8Array(16)
  const maximum = maximumPacketLength(header.linkType)
  let offset = PCAP_HEADER_LENGTH
  let doubt = 0
  for (let good = 0; good < RECORDS_TO_TRY; good++) {
    if (offset === size && complete) break
    const hasHeader = offset + variant.recordHeader <= size && source.read(bytes, 0, 16, offset) === 16
    if (!hasHeader && !complete) return good >= 2 ? doubt : undefined
    if (!hasHeader) return Math.max(doubt, CUT_OFF / (good + 1))
    const captured = u32(bytes, 8, header.bigEndian)
    const original = u32(bytes, 12, header.bigEndian)
    const swapped = header.lengthOrder === 'swapped' || (header.lengthOrder === 'maybe-swapped' && captured > original)
    const stored = swapped ? original : captured
    if (stored > maximum) return IMPOSSIBLE / (good + 1)
    if (captured > LONGEST_ON_WIRE || original > LONGEST_ON_WIRE) doubt = DOUBTFUL
    offset += variant.recordHeader + stored
    if (offset > size) return complete ? Math.max(doubt, CUT_OFF / (good + 1)) : good >= 1 ? doubt : undefined
  }
  return doubt
}
