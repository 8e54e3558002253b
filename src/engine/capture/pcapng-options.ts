// Options of pcapng blocks: code, length, value, padding to 32 bits, with or without an end mark.
// https://ietf-opsawg-wg.github.io/draft-ietf-opsawg-pcap/draft-ietf-opsawg-pcapng.html, section 3.5
import type { ByteSource } from '../bytes/byte-source'
import { u16, u32, u32be, u32le, u64 } from '../bytes/integers'
import { utf8Text } from '../bytes/text'
import { pseudoHeaderLength } from './link-types'

/** Options that every block may carry. */
export const OPTION_END = 0
export const OPTION_COMMENT = 1

/** One option; `value` borrows the block's bytes. */
export interface BlockOption {
  readonly code: number
  readonly value: Uint8Array
}

/** Splits bytes[from..to) into options; stops at the end mark. `complete` is false if the last one claims more than there is. */
export function readOptions(bytes: Uint8Array, from: number, to: number, big: boolean): { options: BlockOption[]; complete: boolean } {
  const options: BlockOption[] = []
  let at = from
  while (at + 4 <= to) {
    const code = u16(bytes, at, big)
    const length = u16(bytes, at + 2, big)
    if (code === OPTION_END) break
    at += 4
    if (at + length > to) return { options, complete: false }
    options.push({ code, value: bytes.subarray(at, at + length) })
    at += (length + 3) & ~3
  }
  return { options, complete: true }
}

/** Text of an option; strings are UTF-8 and not terminated, but some writers end them with NULs. */
export function optionText(value: Uint8Array): string {
  let end = value.length
  while (end > 0 && value[end - 1] === 0) end--
  return utf8Text(value, 0, end)
}

/** The comments among options. */
export function commentsOf(options: readonly BlockOption[]): string[] {
  return options.filter((option) => option.code === OPTION_COMMENT).map((option) => optionText(option.value))
}

/** What hasOptions needs to know of a packet's options, without reading them: 0 none, 1 some, -1 damaged. No allocation. */
export function checkPacketOptions(bytes: Uint8Array, from: number, to: number, big: boolean, isOldBlock: boolean): -1 | 0 | 1 {
  let at = from
  let found: 0 | 1 = 0
  while (at + 4 <= to) {
    const code = u16(bytes, at, big)
    const length = u16(bytes, at + 2, big)
    if (code === OPTION_END) return found
    at += 4
    if (at + length > to) return -1
    // Fixed lengths: flags, and in Enhanced Packet Blocks drop count, packet id and queue.
    if (code === 2 && length !== 4) return -1
    if (!isOldBlock && ((code === 4 && length !== 8) || (code === 5 && length !== 8) || (code === 6 && length !== 4))) return -1
    found = 1
    at += (length + 3) & ~3
  }
  return found
}

/** A verdict on a packet: who gave it (0 hardware, 1 Linux eBPF TC, 2 Linux eBPF XDP) and its value. */
export interface PacketVerdict {
  readonly kind: number
  readonly data: Uint8Array
}

/** A hash of a packet: algorithm (0 2's complement, 1 XOR, 2 CRC-32, 3 MD5, 4 SHA-1, 5 Toeplitz) and value. */
export interface PacketHash {
  readonly algorithm: number
  readonly data: Uint8Array
}

/** Options of one pcapng packet. */
export interface PacketOptions {
  readonly comments: readonly string[]
  /** epb_flags as it stands in the file. */
  readonly flags?: number | undefined
  /** From the flags: 0 not known, 1 inbound, 2 outbound. */
  readonly direction?: number | undefined
  /** From the flags: 0 not specified, 1 unicast, 2 multicast, 3 broadcast, 4 promiscuous. */
  readonly reception?: number | undefined
  /** From the flags: bytes of frame check sequence; 0 means not known. */
  readonly fcsLength?: number | undefined
  readonly hashes: readonly PacketHash[]
  /** Packets lost between this one and the one before. */
  readonly dropCount?: bigint | undefined
  readonly packetId?: bigint | undefined
  readonly queue?: number | undefined
  readonly verdicts: readonly PacketVerdict[]
  /** All options as they stand, for copying. */
  readonly raw: readonly BlockOption[]
}

const NO_OPTIONS: PacketOptions = { comments: [], hashes: [], verdicts: [], raw: [] }
const ENHANCED_PACKET_BLOCK = 6
const OLD_PACKET_BLOCK = 2
const PACKET_HEADER = 28
const OLD_FLAGS = 2

/** Meaning of a packet's options. */
export function packetOptions(raw: readonly BlockOption[], big: boolean): PacketOptions {
  const hashes: PacketHash[] = []
  const verdicts: PacketVerdict[] = []
  let flags: number | undefined
  let dropCount: bigint | undefined
  let packetId: bigint | undefined
  let queue: number | undefined
  for (const { code, value } of raw) {
    if (code === OLD_FLAGS && value.length === 4) flags = u32(value, 0, big)
    else if (code === 3 && value.length > 0) hashes.push({ algorithm: value[0]!, data: value.subarray(1) })
    else if (code === 4 && value.length === 8) dropCount = u64(value, 0, big)
    else if (code === 5 && value.length === 8) packetId = u64(value, 0, big)
    else if (code === 6 && value.length === 4) queue = u32(value, 0, big)
    else if (code === 7 && value.length > 0) verdicts.push({ kind: value[0]!, data: value.subarray(1) })
  }
  return {
    comments: commentsOf(raw),
    flags,
    direction: flags === undefined ? undefined : flags & 3,
    reception: flags === undefined ? undefined : (flags >>> 2) & 7,
    fcsLength: flags === undefined ? undefined : (flags >>> 5) & 15,
    hashes,
    dropCount,
    packetId,
    queue,
    verdicts,
    raw,
  }
}

/**
 * Reads the options of the pcapng packet whose first byte is at `position` (as CaptureReader gave it, with the link type it
 * gave): two small reads. A packet of another kind of block, or of another format, has none.
 */
export function readPacketOptions(source: ByteSource, position: number, linkType: number): PacketOptions {
  const blockStart = position - pseudoHeaderLength(linkType) - PACKET_HEADER
  if (blockStart < 0) return NO_OPTIONS
  const head = new Uint8Array(PACKET_HEADER)
  if (source.read(head, 0, PACKET_HEADER, blockStart) < PACKET_HEADER) return NO_OPTIONS
  // The block type tells the byte order: both types differ from themselves with their bytes exchanged.
  const little = u32le(head, 0)
  const big = little !== ENHANCED_PACKET_BLOCK && little !== OLD_PACKET_BLOCK
  const type = big ? u32be(head, 0) : little
  if (type !== ENHANCED_PACKET_BLOCK && type !== OLD_PACKET_BLOCK) return NO_OPTIONS
  const captured = u32(head, 20, big)
  const total = Math.ceil(u32(head, 4, big) / 4) * 4
  const from = PACKET_HEADER + Math.ceil(captured / 4) * 4
  const length = total - 4 - from
  // the old block has its drop count in its header; 0xffff means that it is not known
  const drops = type === OLD_PACKET_BLOCK ? u16(head, 10, big) : 0xffff
  const counted = drops === 0xffff ? NO_OPTIONS : { ...NO_OPTIONS, dropCount: BigInt(drops) }
  if (length < 4) return counted
  const bytes = new Uint8Array(Math.min(length, source.size - blockStart - from))
  const got = source.read(bytes, 0, bytes.length, blockStart + from)
  const read = packetOptions(readOptions(bytes, 0, got, big).options, big)
  return { ...read, dropCount: read.dropCount ?? counted.dropCount }
}
