// File handles of NFS: opaque to clients (RFC 1813, 2.6), told apart by the CRC-32 of their bytes.
import { crc32 } from '../../../../bytes/checksum'
import { bytes, u32 } from '../../../../dissect/define'
import type { Decoder } from '../../../../dissect/define'
import type { FieldIds } from '../../../../dissect/registry'

/** Fields of a handle. */
export const HANDLE_FIELDS = {
  'nfs.fh.length': u32('length'),
  'nfs.fh.hash': u32('hash (CRC-32)', { base: 'hex' }),
  'nfs.fhandle': bytes('FileHandle'),
} as const

/** Bytes of a handle of version 2. */
const FIXED_LENGTH = 32

/** A handle under a row of that label; of a fixed length in version 2. Answers its hash, as 0x and eight digits. */
export function fileHandle(d: Decoder, f: FieldIds<typeof HANDLE_FIELDS>, label: string, isFixed = false): string {
  d.note(d.at, d.readable, label)
  const outer = d.enter(),
    length = isFixed ? FIXED_LENGTH : d.u32(f['nfs.fh.length'])
  const start = d.at
  let hash = ''
  if (length > 0) {
    d.require(length)
    const sum = crc32(d.bytes, start, start + length)
    d.generated(f['nfs.fh.hash'], sum, start, start + length)
    d.span(f['nfs.fhandle'], length)
    d.skip((4 - (length % 4)) % 4)
    hash = `0x${sum.toString(16).padStart(8, '0')}`
  }
  d.leave(outer, d.at)
  return hash
}
