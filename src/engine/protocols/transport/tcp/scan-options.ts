// What the sequence analysis needs of a segment's options, read without a tree: the same code serves the dissector and the index's fast path.
import type { SegmentOptions } from './tracker'

/** Reused by every scan. */
export function newSegmentOptions(): SegmentOptions {
  return { scale: -1, fastOpenCookie: false, fastOpenRequest: false, sackCount: 0, sack: new Uint32Array(8) }
}

/** Reads the options in view[at..end), which are all captured. */
export function scanOptions(into: SegmentOptions, view: Uint8Array, at: number, end: number): void {
  into.scale = -1
  into.fastOpenCookie = into.fastOpenRequest = false
  into.sackCount = 0
  while (at < end) {
    const kind = view[at]!
    if (kind <= 1) {
      at++
      continue
    }
    if (at + 1 >= end) return
    const length = view[at + 1]!
    if (length < 2 || at + length > end) return
    if (kind === 3 && length === 3) into.scale = Math.min(14, view[at + 2]!)
    else if (kind === 5) {
      for (let edge = at + 2; edge + 8 <= at + length && into.sackCount < 4; edge += 8) {
        into.sack[into.sackCount * 2] = word(view, edge)
        into.sack[into.sackCount * 2 + 1] = word(view, edge + 4)
        into.sackCount++
      }
    } else if (kind === 34) fastOpen(into, length - 2)
    else if (kind >= 253 && length >= 4 && view[at + 2] === 0xf9 && view[at + 3] === 0x89) fastOpen(into, length - 4)
    at += length
  }
}

function fastOpen(into: SegmentOptions, cookieLength: number): void {
  if (cookieLength > 0) into.fastOpenCookie = true
  else into.fastOpenRequest = true
}

function word(view: Uint8Array, at: number): number {
  return ((view[at]! << 24) | (view[at + 1]! << 16) | (view[at + 2]! << 8) | view[at + 3]!) >>> 0
}
