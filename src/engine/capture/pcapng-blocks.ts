// pcapng blocks that describe the capture: section, interface, names, statistics, secrets. Each function reads one block's
// bytes and copies what it keeps. Throws BlockProblem where tshark 4.0.17 calls the file damaged.
import { u16, u32, u64 } from '../bytes/integers'
import { utf8Text } from '../bytes/text'
import { commentsOf, optionText, readOptions } from './pcapng-options'
import type { BlockOption } from './pcapng-options'
import type { CaptureInterface, CaptureSecrets, CaptureSection, CaptureTime, InterfaceStatistics, NameRecord } from './reader'

/** Block types, section 4 of the pcapng draft and the registry of vendors' types. */
export const BLOCK = {
  interface: 1,
  oldPacket: 2,
  simplePacket: 3,
  names: 4,
  statistics: 5,
  enhancedPacket: 6,
  journal: 9,
  secrets: 10,
  custom: 0x0bad,
  customNoCopy: 0x40000bad,
  section: 0x0a0d0d0a,
  sysdigEvent: 0x204,
  sysdigEventFlags: 0x208,
  sysdigEvent2: 0x216,
  sysdigEvent2Flags: 0x217,
} as const

/** What is wrong with a block; the reader adds where. */
export class BlockProblem extends Error {}

const OPTION_DAMAGED = 'an option claims more bytes than its block has'

function optionsOf(bytes: Uint8Array, from: number, to: number, big: boolean): BlockOption[] {
  const { options, complete } = readOptions(bytes, from, to, big)
  if (!complete) throw new BlockProblem(OPTION_DAMAGED)
  return options
}

function textOption(options: readonly BlockOption[], code: number): string | undefined {
  const option = options.find((candidate) => candidate.code === code)
  return option === undefined ? undefined : optionText(option.value)
}

function valueOption(options: readonly BlockOption[], code: number, length: number): Uint8Array | undefined {
  return options.find((candidate) => candidate.code === code && candidate.value.length === length)?.value
}

/** Section Header Block at bytes[at..at+total). */
export function readSection(bytes: Uint8Array, at: number, total: number, big: boolean): CaptureSection {
  const options = optionsOf(bytes, at + 24, at + total - 4, big)
  return {
    byteOrder: big ? 'big' : 'little',
    hardware: textOption(options, 2),
    os: textOption(options, 3),
    application: textOption(options, 4),
    comments: commentsOf(options),
  }
}

/** Interface Description Block. */
export function readInterface(bytes: Uint8Array, at: number, total: number, big: boolean, section: number, id: number): CaptureInterface {
  if (total < 20) throw new BlockProblem(`an interface block of ${total} bytes is too short (20 at least)`)
  const options = optionsOf(bytes, at + 16, at + total - 4, big)
  const resolution = valueOption(options, 9, 1)?.[0] ?? 6
  const offset = valueOption(options, 14, 8)
  const speed = valueOption(options, 8, 8)
  const filter = options.find((option) => option.code === 11)?.value
  return {
    linkType: u16(bytes, at + 8, big),
    snapLength: u32(bytes, at + 12, big),
    timeResolution: resolution & 0x80 ? { base: 2, exponent: resolution & 0x7f } : { base: 10, exponent: resolution },
    timeOffset: offset === undefined ? 0 : Number(BigInt.asIntN(64, u64(offset, 0, big))),
    section,
    id,
    name: textOption(options, 2),
    description: textOption(options, 3),
    hardware: textOption(options, 15),
    os: textOption(options, 12),
    filter: filter === undefined || filter.length === 0 ? undefined : filterText(filter),
    speed: speed === undefined ? undefined : u64(speed, 0, big),
    fcsLength: valueOption(options, 13, 1)?.[0],
    macAddress: valueOption(options, 6, 6)?.slice(),
    comments: commentsOf(options),
  }
}

function filterText(value: Uint8Array): string {
  return value[0] === 0 ? optionText(value.subarray(1)) : `BPF program, ${value.length - 1} bytes`
}

const NAME_KINDS: ReadonlyMap<number, readonly [kind: NameRecord['kind'], length: number]> = new Map([
  [1, ['ipv4', 4]],
  [2, ['ipv6', 16]],
  [3, ['eui48', 6]],
  [4, ['eui64', 8]],
])

/** Name Resolution Block. */
export function readNames(bytes: Uint8Array, at: number, total: number, big: boolean): NameRecord[] {
  const records: NameRecord[] = []
  const end = at + total - 4
  let position = at + 8
  while (position + 4 <= end) {
    const type = u16(bytes, position, big)
    const length = u16(bytes, position + 2, big)
    position += 4
    if (type === 0) break
    const padded = (length + 3) & ~3
    if (position + padded > end) throw new BlockProblem(`a name record claims ${length} bytes, ${end - position} are left in its block`)
    const known = NAME_KINDS.get(type)
    if (known !== undefined) {
      const [kind, addressLength] = known
      if (length < addressLength) throw new BlockProblem(`a name record of ${length} bytes is too short for its address`)
      const names = utf8Text(bytes, position + addressLength, position + length)
        .split('\0')
        .filter((name) => name !== '')
      records.push({ kind, address: bytes.slice(position, position + addressLength), names })
    }
    position += padded
  }
  return records
}

/** Interface Statistics Block: the section's interface it is about, and the counters. */
export function readStatistics(
  bytes: Uint8Array,
  at: number,
  total: number,
  big: boolean,
  timeOf: (id: number, high: number, low: number) => CaptureTime | undefined,
): { id: number; statistics: InterfaceStatistics } {
  if (total < 24) throw new BlockProblem(`an interface statistics block of ${total} bytes is too short (24 at least)`)
  const id = u32(bytes, at + 8, big)
  const options = optionsOf(bytes, at + 20, at + total - 4, big)
  const count = (code: number): bigint | undefined => {
    const value = valueOption(options, code, 8)
    return value === undefined ? undefined : u64(value, 0, big)
  }
  const time = (code: number): CaptureTime | undefined => {
    const value = valueOption(options, code, 8)
    return value === undefined ? undefined : timeOf(id, u32(value, 0, big), u32(value, 4, big))
  }
  const statistics = {
    received: count(4),
    dropped: count(5),
    filterAccepted: count(6),
    osDropped: count(7),
    usrDelivered: count(8),
    start: time(2),
    end: time(3),
    time: timeOf(id, u32(bytes, at + 12, big), u32(bytes, at + 16, big)),
    comments: commentsOf(options),
  }
  return { id, statistics }
}

const TEXT_SECRETS = new Set(['TLSK', 'WGKL', 'SSHK'])

/** Decryption Secrets Block. */
export function readSecrets(bytes: Uint8Array, at: number, total: number, big: boolean, section: number): CaptureSecrets {
  if (total < 20) throw new BlockProblem(`a secrets block of ${total} bytes is too short (20 at least)`)
  const code = u32(bytes, at + 8, big)
  const length = u32(bytes, at + 12, big)
  if (length > total - 20) throw new BlockProblem(`a secrets block claims ${length} bytes of secrets, ${total - 20} are there`)
  const type = String.fromCharCode(code >>> 24, (code >>> 16) & 255, (code >>> 8) & 255, code & 255)
  const data = bytes.slice(at + 16, at + 16 + length)
  return { type, data, text: TEXT_SECRETS.has(type) ? utf8Text(data) : undefined, section }
}
