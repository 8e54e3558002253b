// Chooses the reader of a capture by its first bytes.
import type { ByteSource } from '../bytes/byte-source'
import { u32be, u32le } from '../bytes/integers'
import { CaptureFileError } from '../../shared/errors'
import { describeOtherFile } from './identify'
import { isPcapMagic } from './pcap-variant'
import { PcapReader } from './pcap-reader'
import { PcapngReader } from './pcapng-reader'
import { SnoopReader } from './snoop-reader'
import type { CaptureReader, OpenOptions } from './reader'

/** A growing source must hold this much, or be complete, before openCapture() can judge it. */
export const CAPTURE_HEADER_LENGTH = 28

const SAMPLE = 512
const SECTION_HEADER = 0x0a0d0d0a

/**
 * Opens a capture of any supported format.
 * Throws CaptureFileError: 'capture/empty', 'capture/not-a-capture' (saying what was found instead), or what is wrong with the
 * file header. Damage further on is not thrown: the reader delivers what comes before it and then reports 'damaged'.
 */
export function openCapture(source: ByteSource, options: OpenOptions = {}): CaptureReader {
  const bytes = new Uint8Array(Math.min(SAMPLE, source.size))
  const head = bytes.subarray(0, source.read(bytes, 0, bytes.length, 0))
  const file = source.name
  if (head.length === 0) {
    if (source.failure !== undefined) throw asFileError(source)
    throw new CaptureFileError('capture/empty', `${file}: the file is empty. Nothing was captured, or it was not written yet.`, {
      file,
      offset: 0,
    })
  }
  if (head.length >= 4 && isPcapMagic(head)) return new PcapReader(source, options)
  if (head.length >= 12 && u32be(head, 0) === SECTION_HEADER) {
    if (u32le(head, 8) === 0x1a2b3c4d || u32be(head, 8) === 0x1a2b3c4d) {
      checkVersion(head, file)
      return new PcapngReader(source, options)
    }
  }
  if (head.length >= 8 && u32be(head, 0) === 0x736e6f6f && u32be(head, 4) === 0x70000000) return new SnoopReader(source, options)
  if (source.failure !== undefined) throw asFileError(source)
  const { what, advice } = describeOtherFile(head)
  throw new CaptureFileError('capture/not-a-capture', `${file}: this is not a packet capture; it is ${what}. ${advice}`, {
    file,
    offset: 0,
  })
}

/** A version that cannot be read in the very first section refuses the file; in a later one it ends the reading. */
function checkVersion(head: Uint8Array, file: string): void {
  if (head.length < 16) return
  const big = u32be(head, 8) === 0x1a2b3c4d
  const version = big ? u32be(head, 12) : u32le(head, 12)
  const major = big ? version >>> 16 : version & 0xffff
  const minor = big ? version & 0xffff : version >>> 16
  if (major === 1 && (minor === 0 || minor === 2)) return
  const message = `${file}: this is a pcapng file of format version ${major}.${minor}; versions 1.0 and 1.2 can be read. Write it again with the program that made it, or with editcap.`
  throw new CaptureFileError('pcapng/bad-version', message, { file, offset: 12 })
}

function asFileError(source: ByteSource): CaptureFileError {
  const failure = source.failure
  return new CaptureFileError(
    failure?.code ?? 'io/read',
    `${failure?.message ?? 'The file cannot be read.'} No packet could be read.`,
    { file: source.name, offset: 0 },
    { cause: failure },
  )
}
