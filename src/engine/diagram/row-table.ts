// Rows as three plain arrays: headings, single packets and folds over a list of packets.
import type { Unfolded } from './ladder'

/** Shorter runs are not folded: a fold that hides four packets costs as much room as it saves. */
const MIN_FOLD = 5

export const ROW_KIND = { PHASE: 0, ARROW: 1, FOLD: 2, END: 3 } as const

/** Rows over packets 0..count-1 of a diagram. */
export class RowTable {
  private readonly kinds: number[] = []
  private readonly firsts: number[] = []
  private readonly counts: number[] = []

  get count(): number {
    return this.kinds.length
  }
  kind(row: number): number {
    return this.kinds[row] ?? ROW_KIND.END
  }
  /** Index of the row's first packet; for a heading, of the packet after it. */
  first(row: number): number {
    return this.firsts[row] ?? 0
  }
  packets(row: number): number {
    return this.counts[row] ?? 0
  }

  add(kind: number, first: number, packets: number): void {
    this.kinds.push(kind)
    this.firsts.push(first)
    this.counts.push(packets)
  }

  /** Adds packets first..end-1. `classOf` says what may be folded together (0 = nothing); `frameOf` names folds. */
  addRun(first: number, end: number, classOf: (index: number) => number, frameOf: (index: number) => number, unfolded: Unfolded): void {
    let at = first
    while (at < end) {
      const kind = classOf(at)
      let stop = at + 1
      if (kind !== 0) while (stop < end && classOf(stop) === kind) stop++
      const fold = kind !== 0 && stop - at >= MIN_FOLD && unfolded !== 'all' && !unfolded.has(frameOf(at))
      if (fold) this.add(ROW_KIND.FOLD, at, stop - at)
      else for (let index = at; index < stop; index++) this.add(ROW_KIND.ARROW, index, 1)
      at = stop
    }
  }

  /** Row that holds a packet, by its index; -1 when none does. */
  find(packet: number): number {
    let low = 0
    let high = this.kinds.length - 1
    let found = -1
    while (low <= high) {
      const middle = (low + high) >>> 1
      if (this.first(middle) <= packet) {
        found = middle
        low = middle + 1
      } else high = middle - 1
    }
    // A heading shares its index with the packet after it, and the end row with nothing.
    while (found >= 0 && this.kind(found) !== ROW_KIND.ARROW && this.kind(found) !== ROW_KIND.FOLD) found--
    return found >= 0 && packet < this.first(found) + this.packets(found) ? found : -1
  }
}
