// Packets that carry the same bytes of one direction: which one repeats which.
import type { BothEnds } from '../session/both-ends/both-ends'
import { FIN, RST, SYN } from '../protocols/transport/tcp/analysis-flags'

/** Places of packets in BothEnds.passages. */
export interface Repeats {
  /** The last one before that carried the first byte of this one. */
  readonly earlier: number | undefined
  /** The first one after. */
  readonly later: number | undefined
}

const NONE: Repeats = { earlier: undefined, later: undefined }

/** Which packets were sent again. */
export class Retransmissions {
  private readonly found = new Map<number, { earlier: number | undefined; later: number | undefined }>()

  constructor({ passages, segments }: BothEnds) {
    for (const from of [0, 1] as const) {
      const own = segments[from]
      /** By direction: ranges that were sent, in order of their numbers; the last sender of each. */
      const sent: { begin: number; end: number; place: number }[] = []
      let base: number | undefined
      for (const [place, passage] of passages.entries()) {
        if (passage.from !== from || passage.sent < 0 || passage.fate === 'repeated') continue
        const flags = own.flags[passage.sent] ?? 0
        const span = (own.length[passage.sent] ?? 0) + ((flags & (SYN | FIN)) === 0 ? 0 : 1)
        if (span === 0 || (flags & RST) !== 0) continue
        const raw = own.sequence[passage.sent] ?? 0
        base ??= raw
        const begin = (raw - base) | 0
        const earlier = holderOf(sent, begin)
        if (earlier !== undefined) {
          this.entry(place).earlier = earlier
          this.entry(earlier).later ??= place
        }
        insert(sent, { begin, end: begin + span, place })
      }
    }
  }

  /** What a packet repeats and by what it is repeated. */
  of(place: number): Repeats {
    return this.found.get(place) ?? NONE
  }

  private entry(place: number) {
    let entry = this.found.get(place)
    if (entry === undefined) this.found.set(place, (entry = { earlier: undefined, later: undefined }))
    return entry
  }
}

interface Range {
  begin: number
  end: number
  place: number
}

/** Place of the first range that begins behind a number. */
function behind(ranges: readonly Range[], number: number): number {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ranges[middle]?.begin ?? 0) <= number) low = middle + 1
    else high = middle
  }
  return low
}

/** Ranges looked at backwards: what offloading left whole reaches over many later ones. */
const LOOK_BACK = 64

function holderOf(ranges: readonly Range[], number: number): number | undefined {
  const at = behind(ranges, number)
  let last: number | undefined
  for (let index = at - 1; index >= Math.max(0, at - LOOK_BACK); index--) {
    const range = ranges[index]
    if (range !== undefined && range.end > number && (last === undefined || range.place > last)) last = range.place
  }
  return last
}

function insert(ranges: Range[], range: Range): void {
  // new data comes at the end
  ranges.splice(behind(ranges, range.begin), 0, range)
}
