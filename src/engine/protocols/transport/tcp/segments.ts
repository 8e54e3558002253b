// What the first visit keeps of every TCP header: columns by row for the first transport header of a packet, a second set for further ones
// (tunnels, ICMP quotes), and a small table of values that few segments have.
import { u16Column, u32Column } from '../../../bytes/column'
import { withRoom } from '../../../bytes/room'

/** Columns of TCP headers. Rows are frame number - 1 in the main set, and numbered as they come in the set for further headers. */
export class SegmentColumns {
  readonly sequence = u32Column()
  readonly acknowledgment = u32Column()
  /** 12 bits of flags as in the header. */
  readonly flags = u16Column()
  readonly window = u16Column()
  /** Payload bytes by the IP length (tcp.len). */
  readonly length = u32Column()
  /** ANALYSIS and MARK bits. */
  readonly analysis = u32Column()
  /** Frame of the segment that this one acknowledges; 0 = none. */
  readonly acksFrame = u32Column()
  readonly bytesInFlight = u32Column()
  readonly pushBytes = u32Column()

  get memory(): number {
    return (
      this.sequence.memory +
      this.acknowledgment.memory +
      this.flags.memory +
      this.window.memory +
      this.length.memory +
      this.analysis.memory +
      this.acksFrame.memory +
      this.bytesInFlight.memory +
      this.pushBytes.memory
    )
  }
}

/** Values that few segments have. 0 = none. */
export interface RareValues {
  duplicateAckNumber: number
  duplicateAckFrame: number
  /** Frame from which the retransmission timeout counts. */
  timeoutFrame: number
  /** Frame whose FIN this one repeats. */
  finFrame: number
}

const STRIDE = 5
const NONE: RareValues = { duplicateAckNumber: 0, duplicateAckFrame: 0, timeoutFrame: 0, finFrame: 0 }

/** Rare values, kept in the order of their keys (frame numbers only grow), so that a binary search finds them. */
export class RareTable {
  count = 0
  private rows = new Uint32Array(STRIDE * 64)

  add(key: number, values: RareValues): void {
    const at = this.count * STRIDE
    if (at === this.rows.length) this.rows = withRoom(this.rows)
    this.rows[at] = key
    this.rows[at + 1] = values.duplicateAckNumber
    this.rows[at + 2] = values.duplicateAckFrame
    this.rows[at + 3] = values.timeoutFrame
    this.rows[at + 4] = values.finFrame
    this.count++
  }
  get(key: number): RareValues {
    let low = 0,
      high = this.count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.rows[middle * STRIDE]! < key) low = middle + 1
      else high = middle
    }
    const at = low * STRIDE
    if (low === this.count || this.rows[at] !== key) return NONE
    return {
      duplicateAckNumber: this.rows[at + 1]!,
      duplicateAckFrame: this.rows[at + 2]!,
      timeoutFrame: this.rows[at + 3]!,
      finFrame: this.rows[at + 4]!,
    }
  }
  get memory(): number {
    return this.rows.byteLength
  }
}
