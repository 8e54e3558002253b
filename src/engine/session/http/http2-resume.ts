// Where an HTTP/2 frame certainly begins behind lost bytes (RFC 9113, 4.1 and 6): headers that may stand there, one leading to the next.
import { u16be, u32be } from '../../bytes/integers'

const HEADER = 9
/** Longest frame without another agreement (RFC 9113, 6.5.2). */
const LONGEST = 16_384
/** How much further the numbers of streams may have gone on meanwhile. */
const STREAMS_AHEAD = 20_000

/** What a type allows: flags, fixed lengths, and whether it belongs to a stream (undefined: either). */
const TYPES: readonly { readonly flags: number; readonly length?: number; readonly multiple?: number; readonly hasStream?: boolean }[] = [
  { flags: 0x09, hasStream: true },
  { flags: 0x2d, hasStream: true },
  { flags: 0, length: 5, hasStream: true },
  { flags: 0, length: 4, hasStream: true },
  { flags: 0x01, multiple: 6, hasStream: false },
  { flags: 0x0c, hasStream: true },
  { flags: 0x01, length: 8, hasStream: false },
  { flags: 0, hasStream: false },
  { flags: 0, length: 4 },
  { flags: 0x04, hasStream: true },
]

/** Place in a record's or segment's bytes from which frames follow one another to its end; -1 for none. A single one that goes on behind the end counts
 *  only at the beginning. `lastStream` is the highest number of a stream so far. */
export function nextFrame(bytes: Uint8Array, lastStream: number): number {
  for (let at = 0; at + HEADER <= bytes.length; at++) {
    let next = at,
      frames = 0
    while (next + HEADER <= bytes.length && mayBegin(bytes, next, lastStream)) {
      next += HEADER + lengthAt(bytes, next)
      frames++
    }
    if (frames === 0) continue
    if (next === bytes.length || (next > bytes.length - HEADER && (frames > 1 || at === 0))) return at
  }
  return -1
}

function mayBegin(bytes: Uint8Array, at: number, lastStream: number): boolean {
  const length = lengthAt(bytes, at),
    type = TYPES[bytes[at + 3] ?? 255],
    flags = bytes[at + 4] ?? 0,
    stream = u32be(bytes, at + 5)
  if (!type || length > LONGEST || (flags & ~type.flags) !== 0 || stream > lastStream + STREAMS_AHEAD) return false
  if (type.length !== undefined && length !== type.length) return false
  if (type.multiple !== undefined && length % type.multiple !== 0) return false
  return type.hasStream === undefined || type.hasStream === stream > 0
}

function lengthAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 16) | u16be(bytes, at + 1)
}
