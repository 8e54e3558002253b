// The stream of handshake bytes that CRYPTO frames carry at one level in one direction (RFC 9000, 19.6): bytes in order go on to TLS at once; when some
// are missing, everything from the gap on waits until the range that was seen is whole, as tshark 4.0.17 does it.
import type { Decoder } from '../../../dissect/define'
import type { QuicFields } from './fields'

/** Furthest that a frame may lie ahead of what is missing, and most frames that wait, so that a hostile peer costs little. */
const FURTHEST = 1 << 20,
  MOST_PARTS = 1024

/** A frame's share of a range. */
interface Part {
  readonly frame: number
  readonly offset: number
  readonly length: number
  /** Dropped when the range is whole. */
  bytes: Uint8Array | undefined
}

/** A range of the stream that arrived out of order. */
export class CryptoRange {
  readonly start: number
  end: number
  readonly parts: Part[] = []
  /** All bytes, when they are there, and the frame that brought the last of them. */
  whole: Uint8Array | undefined
  completeFrame = 0

  constructor(start: number) {
    this.start = this.end = start
  }

  /** Adds a frame's bytes. Returns whether the range is whole now. */
  add(frame: number, offset: number, bytes: Uint8Array): boolean {
    if (this.parts.length >= MOST_PARTS || offset + bytes.length - this.start > FURTHEST) return false
    let index = this.parts.length
    while (index > 0 && (this.parts[index - 1]?.offset ?? 0) > offset) index--
    this.parts.splice(index, 0, { frame, offset, length: bytes.length, bytes: bytes.slice() })
    this.end = Math.max(this.end, offset + bytes.length)
    let reached = this.start
    for (const part of this.parts) {
      if (part.offset > reached) return false
      reached = Math.max(reached, part.offset + part.length)
    }
    this.assemble(frame)
    return true
  }

  private assemble(frame: number): void {
    const whole = new Uint8Array(this.end - this.start)
    for (const part of this.parts) {
      const skipped = Math.max(0, this.start - part.offset)
      if (part.bytes) whole.set(part.bytes.subarray(skipped), part.offset + skipped - this.start)
      part.bytes = undefined
    }
    this.whole = whole
    this.completeFrame = frame
  }
}

/** What became of a frame: bytes from `skip` on go on to TLS; or it is a part of a range (which it completes); or it only repeats. */
export type CryptoOutcome =
  | { readonly kind: 'inOrder'; readonly skip: number }
  | { readonly kind: 'part'; readonly range: CryptoRange; readonly completes: boolean }
  | { readonly kind: 'repeat' }

/** The stream so far. */
export class CryptoStream {
  private next = 0
  private waiting: CryptoRange | undefined

  /** First visit: takes a frame's bytes. */
  add(frame: number, offset: number, bytes: Uint8Array): CryptoOutcome {
    const end = offset + bytes.length
    if (end <= this.next) return { kind: 'repeat' }
    if (!this.waiting && offset <= this.next) {
      const skip = this.next - offset
      this.next = end
      return { kind: 'inOrder', skip }
    }
    const range = (this.waiting ??= new CryptoRange(this.next)),
      completes = range.add(frame, offset, bytes)
    if (completes) {
      this.next = range.end
      this.waiting = undefined
    }
    return { kind: 'part', range, completes }
  }
}

/** Rows that say which frames brought a range; the source is the range. */
export function recordRange(d: Decoder, f: QuicFields, { parts, start, end }: CryptoRange): void {
  const length = end - start
  d.range(f['quic.crypto.fragments'], 0, length)
  d.markGenerated()
  if (d.labels)
    d.label(
      `${parts.length} Reassembled QUIC CRYPTO Data Fragments (${length} bytes): ${parts.map((part) => `#${part.frame}(${part.length})`).join(', ')}`,
    )
  const outer = d.enter()
  for (const part of parts) {
    const from = Math.max(0, part.offset - start),
      to = part.offset - start + part.length
    d.generated(f['quic.crypto.fragment'], part.frame, from, to)
    if (d.labels) d.label(`Frame: ${part.frame}, payload: ${from}-${to - 1} (${part.length} byte${part.length === 1 ? '' : 's'})`)
  }
  d.generated(f['quic.crypto.fragment.count'], parts.length, 0)
  d.leave(outer)
}
