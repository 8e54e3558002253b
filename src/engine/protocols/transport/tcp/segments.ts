// What the first visit keeps of every TCP header: columns by row for the first transport header of a packet, a second set for further ones
// (tunnels, ICMP quotes), and a small table of values that few segments have.
import { u16Column, u32Column } from '../../../bytes/column'
import type { Column } from '../../../bytes/column'
import type { Core } from '../../../core/core'
import {
  ACKNOWLEDGMENT,
  ACKS_FRAME,
  ANALYSIS_BITS,
  BYTES_IN_FLIGHT,
  C_FURTHER,
  C_FURTHER_FLAGS,
  C_FURTHER_WINDOW,
  C_MAIN,
  C_MAIN_FLAGS,
  C_MAIN_WINDOW,
  LENGTH,
  PUSHED_BYTES,
  RARE_WORDS,
  SEQUENCE,
  S_RARE,
  S_RARE_COUNT,
} from '../../../core/layout'

/** Columns of TCP headers. Rows are frame number - 1 in the main set, and numbered as they come in the set for further headers. */
export class SegmentColumns {
  readonly sequence: Column<Uint32Array>
  readonly acknowledgment: Column<Uint32Array>
  /** 12 bits of flags as in the header. */
  readonly flags: Column<Uint16Array>
  readonly window: Column<Uint16Array>
  /** Payload bytes by the IP length (tcp.len). */
  readonly length: Column<Uint32Array>
  /** ANALYSIS and MARK bits. */
  readonly analysis: Column<Uint32Array>
  /** Frame of the segment that this one acknowledges; 0 = none. */
  readonly acksFrame: Column<Uint32Array>
  readonly bytesInFlight: Column<Uint32Array>
  readonly pushBytes: Column<Uint32Array>

  constructor(core: Core, set: 'main' | 'further') {
    const first = set === 'main' ? C_MAIN : C_FURTHER
    this.sequence = core.column(first + SEQUENCE, u32Column)
    this.acknowledgment = core.column(first + ACKNOWLEDGMENT, u32Column)
    this.flags = core.column(set === 'main' ? C_MAIN_FLAGS : C_FURTHER_FLAGS, u16Column)
    this.window = core.column(set === 'main' ? C_MAIN_WINDOW : C_FURTHER_WINDOW, u16Column)
    this.length = core.column(first + LENGTH, u32Column)
    this.analysis = core.column(first + ANALYSIS_BITS, u32Column)
    this.acksFrame = core.column(first + ACKS_FRAME, u32Column)
    this.bytesInFlight = core.column(first + BYTES_IN_FLIGHT, u32Column)
    this.pushBytes = core.column(first + PUSHED_BYTES, u32Column)
  }
}

/** Values that few segments have. 0 = none. */
export interface RareValues {
  readonly duplicateAckNumber: number
  readonly duplicateAckFrame: number
  /** Frame from which the retransmission timeout counts. */
  readonly timeoutFrame: number
}

/** Of most segments. */
const NO_RARE_VALUES: RareValues = { duplicateAckNumber: 0, duplicateAckFrame: 0, timeoutFrame: 0 }

/** Rare values of the main set, by frame, or of further headers, by row: the core keeps them in the order of their keys. */
export class RareTable {
  private readonly core: Core
  private readonly set: number

  constructor(core: Core, set: 'main' | 'further') {
    this.core = core
    this.set = set === 'main' ? 0 : 1
  }

  get(key: number): RareValues {
    const { words } = this.core,
      start = this.core.state(S_RARE + this.set) >>> 2,
      count = this.core.state(S_RARE_COUNT + this.set)
    let low = 0,
      high = count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (words[start + middle * RARE_WORDS]! >>> 0 < key) low = middle + 1
      else high = middle
    }
    const at = start + low * RARE_WORDS
    if (low === count || words[at]! >>> 0 !== key) return NO_RARE_VALUES
    return { duplicateAckNumber: words[at + 1]!, duplicateAckFrame: words[at + 2]!, timeoutFrame: words[at + 3]! }
  }
}
