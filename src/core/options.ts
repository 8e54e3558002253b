// What the sequence analysis needs of a segment's options; see scan-options.ts, which reads the same where the bytes are not in this memory.
import { OPTION_COOKIE, OPTION_CUT, SACK_AT, S_OPTION_BITS, S_OPTION_SCALE, S_SACK_COUNT } from '../engine/core/layout'
import { state } from './memory'

/** Window scale of a SYN; -1 when the option is absent. */
export let scale: i32 = -1
export let hasCookie: bool = false
/** Ranges of the SACK option, as pairs of words in SACK_AT. */
export let sackCount: i32 = 0
export let hasMss: bool = false
/** Something that the dissector may have a remark on: only it can tell. */
export let isOdd: bool = false
/** They were not wholly captured: what is absent is not known to be. */
export let isCut: bool = false

/** No options. */
export function clearOptions(): void {
  scale = -1
  hasCookie = hasMss = isOdd = isCut = false
  sackCount = 0
}

/** Options that the engine has read. */
export function takeOptions(): void {
  clearOptions()
  const bits = state(S_OPTION_BITS)
  scale = state(S_OPTION_SCALE)
  hasCookie = (bits & OPTION_COOKIE) !== 0
  isCut = (bits & OPTION_CUT) !== 0
  sackCount = state(S_SACK_COUNT)
}

/** Reads the options in [at..end), which are all captured. */
export function scanOptions(at: usize, end: usize): void {
  clearOptions()
  // by far the most common: NOP, NOP, time stamps
  if (end - at === 12 && load<u32>(at) === 0x0a080101) return
  let nops = 0,
    sacks = 0
  while (at < end) {
    const kind: i32 = load<u8>(at)
    if (kind <= 1) {
      if (kind === 1) nops++
      if (nops >= 4 || kind === 0) isOdd = true
      at++
      continue
    }
    const length: i32 = at + 1 < end ? load<u8>(at, 1) : 0
    if (length < 2 || at + length > end) {
      isOdd = true
      return
    }
    if (kind === 3 && length === 3) {
      const shift: i32 = load<u8>(at, 2)
      scale = min(14, shift)
      if (shift > 14) isOdd = true
    } else if (kind === 5) {
      for (let edge = at + 2; edge + 8 <= at + length && sackCount < 4; edge += 8) {
        store<i32>(SACK_AT + (sackCount << 3), bswap(load<i32>(edge)))
        store<i32>(SACK_AT + (sackCount << 3), bswap(load<i32>(edge, 4)), 4)
        sackCount++
      }
      // one option of whole ranges: isDuplicateSack() tells the rest
      if (++sacks > 1 || length < 10 || (length - 2) % 8 !== 0) isOdd = true
    } else if (kind === 34) {
      if (length > 2) hasCookie = true
      isOdd = true
    } else if (kind >= 253) {
      if (length > 4 && load<u16>(at, 2) === 0x89f9) hasCookie = true
      isOdd = true
    } else if (kind === 2) {
      hasMss = true
      if (length !== 4) isOdd = true
    } else if ((kind !== 8 || length !== 10) && (kind !== 4 || length !== 2)) isOdd = true
    at += length
  }
}

/** Whether the first range says that bytes arrived twice: it lies below the acknowledgment or within the second range (RFC 2883). */
export function isDuplicateSack(acknowledgment: i32): bool {
  if (sackCount === 0) return false
  const left = load<i32>(SACK_AT),
    right = load<i32>(SACK_AT, 4)
  if (acknowledgment - left > 0 && acknowledgment - right >= 0) return true
  return sackCount > 1 && left - load<i32>(SACK_AT, 8) >= 0 && load<i32>(SACK_AT, 12) - right >= 0
}
