// What the sequence analysis needs of a segment's options, read without a tree: the same code serves the dissector and the index's fast path.

/** What the TCP options of a segment mean for the analysis. */
export interface SegmentOptions {
  /** Window scale of a SYN; -1 when the option is absent. */
  scale: number
  /** TCP Fast Open: a cookie was sent, or asked for. */
  fastOpenCookie: boolean
  fastOpenRequest: boolean
  /** SACK ranges as (left, right) pairs; `sackCount` pairs are valid. */
  sackCount: number
  readonly sack: Uint32Array
  hasMss: boolean
  /** Something that the dissector may have a remark on: only it can tell. */
  odd: boolean
  /** They were not wholly captured: what is absent is not known to be. */
  cut: boolean
}

/** Reused by every scan. */
export function newSegmentOptions(): SegmentOptions {
  return {
    scale: -1,
    fastOpenCookie: false,
    fastOpenRequest: false,
    sackCount: 0,
    sack: new Uint32Array(8),
    hasMss: false,
    odd: false,
    cut: false,
  }
}

/** No options. */
export function clearOptions(into: SegmentOptions): void {
  into.scale = -1
  into.fastOpenCookie = into.fastOpenRequest = into.hasMss = into.odd = into.cut = false
  into.sackCount = 0
}

/** Reads the options in view[at..end), which are all captured. */
export function scanOptions(into: SegmentOptions, view: Uint8Array, at: number, end: number): void {
  clearOptions(into)
  // by far the most common: NOP, NOP, time stamps
  if (end - at === 12 && view[at] === 1 && view[at + 1] === 1 && view[at + 2] === 8 && view[at + 3] === 10) return
  let nops = 0,
    sacks = 0
  while (at < end) {
    const kind = view[at]!
    if (kind <= 1) {
      if (kind === 1) nops++
      if (nops >= 4 || kind === 0) into.odd = true
      at++
      continue
    }
    const length = at + 1 < end ? view[at + 1]! : 0
    if (length < 2 || at + length > end) {
      into.odd = true
      return
    }
    if (kind === 3 && length === 3) {
      into.scale = Math.min(14, view[at + 2]!)
      if (view[at + 2]! > 14) into.odd = true
    } else if (kind === 5) {
      for (let edge = at + 2; edge + 8 <= at + length && into.sackCount < 4; edge += 8) {
        into.sack[into.sackCount * 2] = word(view, edge)
        into.sack[into.sackCount * 2 + 1] = word(view, edge + 4)
        into.sackCount++
      }
      // one option of whole ranges: isDuplicateSack() tells the rest
      if (++sacks > 1 || length < 10 || (length - 2) % 8 !== 0) into.odd = true
    } else if (kind === 34) {
      fastOpen(into, length - 2)
      into.odd = true
    } else if (kind >= 253) {
      if (length >= 4 && view[at + 2] === 0xf9 && view[at + 3] === 0x89) fastOpen(into, length - 4)
      into.odd = true
    } else if (kind === 2) {
      into.hasMss = true
      if (length !== 4) into.odd = true
    } else if ((kind !== 8 || length !== 10) && (kind !== 4 || length !== 2)) into.odd = true
    at += length
  }
}

/** Whether a SACK range lies below the acknowledgment (RFC 2883). */
export function isBelow(acknowledgment: number, left: number, right: number): boolean {
  return ((acknowledgment - left) | 0) > 0 && ((acknowledgment - right) | 0) >= 0
}

/** Whether a SACK range lies within another one. */
export function isWithin(left: number, right: number, outerLeft: number, outerRight: number): boolean {
  return ((left - outerLeft) | 0) >= 0 && ((outerRight - right) | 0) >= 0
}

/** Whether the first range says that bytes arrived twice: it lies below the acknowledgment or within the second range (RFC 2883). */
export function isDuplicateSack({ sack, sackCount }: SegmentOptions, acknowledgment: number): boolean {
  if (sackCount === 0) return false
  const left = sack[0]!,
    right = sack[1]!
  return isBelow(acknowledgment, left, right) || (sackCount > 1 && isWithin(left, right, sack[2]!, sack[3]!))
}

function fastOpen(into: SegmentOptions, cookieLength: number): void {
  if (cookieLength > 0) into.fastOpenCookie = true
  else into.fastOpenRequest = true
}

function word(view: Uint8Array, at: number): number {
  return ((view[at]! << 24) | (view[at + 1]! << 16) | (view[at + 2]! << 8) | view[at + 3]!) >>> 0
}
