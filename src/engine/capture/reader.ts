// What every capture reader offers: one pass over a file, packet by packet, with the file's own description beside it.
// The readers keep the current packet in plain fields so that a pass over millions of packets allocates nothing.
import type { CaptureFileError } from '../../shared/errors'

/** What next() found. 'wait': the source may still grow and holds no complete record yet; 'end': clean end; 'damaged': see reader.problem. */
export type ReadStatus = 'packet' | 'wait' | 'end' | 'damaged'

/** Format of a capture file as its magic number tells it. */
export type CaptureFormat = 'pcap' | 'pcapng' | 'snoop'

/** How a capture is opened. */
export interface OpenOptions {
  /** Bytes read at once; the default suits everything but tests. */
  readonly blockSize?: number | undefined
  /** Makes the reader's own buffer; plain memory where it is left out. */
  readonly allocate?: ((length: number) => Uint8Array) | undefined
  /** Whether a pcap file of an unknown link type is refused, as tshark does (the default), or its packets are offered as they are. */
  readonly unknownLinkTypes?: 'refuse' | 'accept' | undefined
}

/** Counters of an Interface Statistics Block, as far as the file gives them (counts of packets; times in epoch seconds). */
export interface InterfaceStatistics {
  readonly received?: bigint | undefined
  readonly dropped?: bigint | undefined
  readonly filterAccepted?: bigint | undefined
  readonly osDropped?: bigint | undefined
  readonly usrDelivered?: bigint | undefined
  readonly start?: CaptureTime | undefined
  readonly end?: CaptureTime | undefined
  readonly time?: CaptureTime | undefined
  readonly comments: readonly string[]
}

/** An absolute time: whole seconds since 1970 (may be negative) and 0..999,999,999 nanoseconds (what a damaged file says otherwise stays, in 32 bits). */
export interface CaptureTime {
  readonly seconds: number
  readonly nanoseconds: number
}

/** One interface of a capture. A pcap file has exactly one. */
export interface CaptureInterface {
  /** LINKTYPE_ value. */
  readonly linkType: number
  /** 0 means no limit. */
  readonly snapLength: number
  /** Units of its timestamps: base ** -exponent seconds. */
  readonly timeResolution: { readonly base: 2 | 10; readonly exponent: number }
  /** Seconds to add to its timestamps; already added in what the reader reports. */
  readonly timeOffset: number
  /** Index into the reader's sections. */
  readonly section: number
  /** Its number within its section, as the file and tshark's frame.interface_id count it. */
  readonly id: number
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly hardware?: string | undefined
  readonly os?: string | undefined
  /** Capture filter: its text, or "BPF program, N bytes". */
  readonly filter?: string | undefined
  /** Bits per second. */
  readonly speed?: bigint | undefined
  /** Length of the frame check sequence in bytes at the end of each packet. */
  readonly fcsLength?: number | undefined
  readonly macAddress?: Uint8Array | undefined
  readonly comments: readonly string[]
  /** The last Interface Statistics Block seen for it. */
  readonly statistics?: InterfaceStatistics | undefined
}

/** One section of a pcapng file; other formats have exactly one. */
export interface CaptureSection {
  readonly byteOrder: 'little' | 'big'
  readonly hardware?: string | undefined
  readonly os?: string | undefined
  readonly application?: string | undefined
  readonly comments: readonly string[]
}

/** One address of a Name Resolution Block with its names. */
export interface NameRecord {
  readonly kind: 'ipv4' | 'ipv6' | 'eui48' | 'eui64'
  readonly address: Uint8Array
  readonly names: readonly string[]
}

/** One Decryption Secrets Block. `text` is set for key logs. */
export interface CaptureSecrets {
  /** Four-letter code of the type: 'TLSK' key log, 'WGKL' WireGuard, … */
  readonly type: string
  readonly data: Uint8Array
  readonly text?: string | undefined
  readonly section: number
}

/** Records of a pcap file of the standard dialect (16 bytes of header, then the packet), all of one link type. */
export interface RecordRun {
  /** They are buffer[at .. limit); the last one may be cut. */
  readonly at: number
  readonly limit: number
  /** File position of buffer[0]. */
  readonly base: number
  readonly isBigEndian: boolean
  /** Nanoseconds of a unit of the fraction. */
  readonly fractionUnit: number
  /** Captured bytes of more than this are an error. */
  readonly longest: number
}

/**
 * One pass over a capture file. After 'packet' the fields describe that packet and stay valid until the next call of next().
 * After 'wait' calling next() again continues where it was; 'end' and 'damaged' are final.
 */
export interface CaptureReader {
  next(): ReadStatus

  /** Records that stand in `buffer` one after another, for who can read them by himself; undefined where they are of a kind that only next() reads. */
  recordRun?(): RecordRun | undefined
  /** Tells that `packets` records of a run were read, of which the last one begins at `last` in the buffer; the fields describe that one now. */
  readTo?(last: number, packets: number): void

  /** Buffer that holds the packet's bytes contiguously; reused, so copy what must outlive the next call. */
  readonly buffer: Uint8Array
  /** buffer[bufferStart .. start) are the bytes before the packet in the file, as far as they are at hand. */
  readonly bufferStart: number
  /** Index of the first packet byte in buffer. */
  readonly start: number
  /** File offset of the first packet byte, for reading it again on its own. */
  readonly position: number
  /** Bytes in the file; may exceed originalLength and the snap length in files of careless writers. */
  readonly capturedLength: number
  /** Length on the wire; no more than 2^31 - 1 is believed. */
  readonly originalLength: number
  /** LINKTYPE_ value of the packet's interface, or RECORD_… of link-types.ts for records that tshark lists but that are no packets. */
  readonly linkType: number
  /** Bytes of the capture software's own header that stand just before `start` (Bluetooth direction and the like). */
  readonly pseudoHeader: number
  /** Index into interfaces (file-wide, over all sections); -1 for records without one (custom blocks, journal entries). */
  readonly interfaceIndex: number
  /** Seconds since 1970, if_tsoffset added; may be negative or huge in damaged files. */
  readonly seconds: number
  /** 0..999,999,999. */
  readonly nanoseconds: number
  /** False for Simple Packet Blocks. */
  readonly hasTime: boolean
  /** pcapng packet options exist (comments, flags …): read them with readPacketOptions(). */
  readonly hasOptions: boolean

  readonly format: CaptureFormat
  /** For people, for example "pcap, nanoseconds, big-endian". */
  readonly formatLabel: string
  /** Grows while a pcapng file is read. */
  readonly interfaces: readonly CaptureInterface[]
  readonly sections: readonly CaptureSection[]
  readonly nameRecords: readonly NameRecord[]
  readonly secrets: readonly CaptureSecrets[]
  /** Custom blocks that were skipped or kept for copying. */
  readonly customBlocks: number
  /** Blocks of unknown type that were skipped. */
  readonly unknownBlocks: number
  /** Packets delivered so far. */
  readonly packets: number
  /** File offset after the last complete record: progress against source.size. */
  readonly consumed: number
  /** Why reading stopped early; set with 'damaged'. */
  readonly problem: CaptureFileError | undefined
}
