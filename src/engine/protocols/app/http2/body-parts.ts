// Bodies put together from DATA frames. Parts are kept as places in the capture's frames wherever they can be read again; only what was decrypted is copied.
import type { Decoder } from '../../../dissect/define'
import { originOf, readOrigin } from '../../../dissect/source-origin'
import type { SourceOrigin } from '../../../dissect/tree-buffer'

/** Largest body that is put together. */
const LARGEST_BODY = 64 << 20
/** What a part costs beside copied bytes. */
const PART_COST = 200

/** A DATA frame's share. */
interface Part {
  readonly frame: number
  readonly length: number
  readonly bytes: Uint8Array | readonly SourceOrigin[]
}

/** One body; what its headers say of it is settled when it ends. */
export class Body {
  readonly parts: Part[] = []
  length = 0
  /** Packet in which it ended; 0 before. */
  endedIn = 0
  contentType = ''
  parameters = ''
  /** Content coding to be undone; '' = none. */
  encoding = ''

  /** First visit: adds start..end of the source being read; false where it may not grow any more. */
  add(d: Decoder, start: number, end: number, mayKeep: (size: number) => boolean): boolean {
    const length = end - start,
      origin = originOf(d, start, end)
    if (this.length + length > LARGEST_BODY || !mayKeep(PART_COST + (origin ? 0 : length))) return false
    this.parts.push({ frame: d.packet.number, length, bytes: origin ?? d.slice(start, end).slice() })
    this.length += length
    return true
  }

  /** Its first `limit` bytes. */
  bytes(d: Decoder, limit = Infinity): Uint8Array {
    const whole = new Uint8Array(Math.min(limit, this.length))
    let at = 0
    for (const { bytes, length } of this.parts) {
      if (at >= whole.length) break
      const part = bytes instanceof Uint8Array ? bytes : readOrigin(d, bytes, length)
      whole.set(part.length > whole.length - at ? part.subarray(0, whole.length - at) : part, at)
      at += length
    }
    return whole
  }
}
