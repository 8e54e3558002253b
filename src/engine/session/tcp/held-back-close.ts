// A FIN that leaves together with data was not sent when the application closed: its data waited in the send buffer, for the peer's window or for the
// congestion window, and the endpoint has been in FIN-WAIT-1 (or LAST-ACK) since the application's call. When was that? At the earliest when the last
// byte fitted into the send buffer. Linux keeps room for about twice the congestion window, counted in buffers of which a full segment takes three times
// its bytes (tcp_sndbuf_expand), so the rest of the data must be at most six congestion windows, of ten segments at least.
import { sequenceDistance, offeredWindow } from './stream-segments'
import type { Side, StreamEvidence } from './stream-evidence'
import { other } from './stream-evidence'

const BUFFERED_WINDOWS = 6,
  INITIAL_WINDOW_SEGMENTS = 10
/** An application that takes longer than this to write on was not held back. */
const IDLE_SECONDS = 0.005
/** Longer segments are bundles that the network card splits. */
const LARGEST_SEGMENT = 9000

/** Index of the segment during which the side closed, given the index of its first FIN: that one itself when nothing was held back. */
export function closeBefore(evidence: StreamEvidence, side: Side, fin: number): number {
  if (evidence.length(fin) === 0) return fin
  const sent = newData(evidence, side, fin),
    full = fullSegment(evidence, sent),
    acks = evidence.acknowledging(other(side), evidence.sequence(sent[0] ?? fin)),
    openings = new Openings(evidence, acks, evidence.sequence(sent[0] ?? fin))
  // the segments that left one after the other from a queue that never ran empty
  let first = sent.length - 1
  while (first > 0) {
    const previous = sent[first - 1] ?? 0,
      next = sent[first] ?? 0
    if (evidence.length(previous) % full !== 0 || ranDry(evidence, side, openings, next)) break
    first--
  }
  const start = evidence.sequence(sent[first] ?? fin),
    total = sequenceDistance(evidence.end(fin), start) - 1
  let flight = INITIAL_WINDOW_SEGMENTS * full,
    acked = 0,
    nextAck = 0
  for (const index of sent.slice(first)) {
    const known = evidence.time(index) - evidence.leg[side]
    for (; nextAck < acks.length; nextAck++) {
      const ack = acks[nextAck] ?? 0
      if (evidence.time(ack) > known || ack > index) break
      acked = Math.max(acked, sequenceDistance(evidence.acknowledgment(ack), start))
    }
    flight = Math.max(flight, sequenceDistance(evidence.end(index), start) - acked)
    if (total - acked <= flight * BUFFERED_WINDOWS) return index
  }
  return fin
}

/** Segments up to the FIN that bring data for the first time. */
function newData(evidence: StreamEvidence, side: Side, fin: number): number[] {
  const list: number[] = []
  for (const index of evidence.sent[side].plain) {
    if (index > fin) break
    const last = list.at(-1)
    if (evidence.length(index) > 0 && (last === undefined || sequenceDistance(evidence.end(index), evidence.end(last)) > 0))
      list.push(index)
  }
  return list
}

function fullSegment(evidence: StreamEvidence, sent: readonly number[]): number {
  let longest = 1
  for (const index of sent) if (evidence.length(index) <= LARGEST_SEGMENT) longest = Math.max(longest, evidence.length(index))
  return longest
}

/** Whether the sender could have sent earlier: everything was acknowledged and the window open. */
function ranDry(evidence: StreamEvidence, side: Side, openings: Openings, index: number): boolean {
  const { ack, opened } = openings.before(evidence.sequence(index))
  if (ack < 0 || ack > index || opened < 0) return false
  return evidence.time(opened) + evidence.leg[side] + IDLE_SECONDS < evidence.time(index)
}

/** Which acknowledgment first covered everything before a sequence number, and which one from there on first left room: asked of every segment of a
 *  stream, so it is looked up, not searched for from the start. */
class Openings {
  private readonly acks: readonly number[]
  private readonly start: number
  /** Greatest number acknowledged up to each acknowledgment, counted from `start` beyond the 32 bits of the header. */
  private readonly covered: Float64Array
  /** Place among the acknowledgments of the first from there on that offers window; their number where there is none. */
  private readonly open: Uint32Array

  constructor(evidence: StreamEvidence, acks: readonly number[], start: number) {
    this.acks = acks
    this.start = start
    this.covered = new Float64Array(acks.length)
    this.open = new Uint32Array(acks.length)
    let most = 0
    for (const [place, index] of acks.entries()) {
      most += Math.max(0, sequenceDistance(evidence.acknowledgment(index), (start + most) | 0))
      this.covered[place] = most
    }
    let next = acks.length
    for (let place = acks.length - 1; place >= 0; place--) {
      if (offeredWindow(evidence.segments, acks[place] ?? 0) > 0) next = place
      this.open[place] = next
    }
  }

  /** Indices of both; -1 = none. */
  before(sequence: number): { readonly ack: number; readonly opened: number } {
    const { acks, covered } = this,
      wanted = (sequence - this.start) >>> 0
    let low = 0,
      high = acks.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((covered[middle] ?? 0) >= wanted) high = middle
      else low = middle + 1
    }
    return { ack: acks[low] ?? -1, opened: acks[this.open[low] ?? acks.length] ?? -1 }
  }
}
