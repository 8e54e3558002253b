// A FIN that leaves together with data was not sent when the application closed: its data waited in the send buffer, for the peer's window or for the
// congestion window, and the endpoint has been in FIN-WAIT-1 (or LAST-ACK) since the application's call. When was that? At the earliest when the last
// byte fitted into the send buffer.
import { lastByteFitted } from './send-buffer'
import { sequenceDistance, offeredWindow } from './stream-segments'
import type { Side, StreamEvidence } from './stream-evidence'
import { other } from './stream-evidence'

const INITIAL_WINDOW_SEGMENTS = 10
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
  const flight = new Flight(evidence, side, sent, acks)
  // the segments that left one after the other from a queue that never ran empty
  let first = sent.length - 1
  while (first > 0) {
    const previous = sent[first - 1] ?? 0,
      next = sent[first] ?? 0
    // a short segment ends what was written, unless so much is under way that it ends a buffer only
    const short = evidence.length(previous) % full !== 0 && flight.before(first) < INITIAL_WINDOW_SEGMENTS * full
    if (short || ranDry(evidence, side, openings, next)) break
    first--
  }
  const window = Math.max(INITIAL_WINDOW_SEGMENTS, Math.floor(flight.most(first) / full))
  return lastByteFitted(evidence, side, { first: sent[first] ?? fin, fin, full, window })
}

/** Bytes that its sender knew under way when each of some segments left: an acknowledgment has to travel from the place of capture to it. */
class Flight {
  private readonly bytes: Float64Array

  constructor(evidence: StreamEvidence, side: Side, sent: readonly number[], acks: readonly number[]) {
    this.bytes = new Float64Array(sent.length)
    let next = 0,
      acked = evidence.sequence(sent[0] ?? 0)
    for (const [place, index] of sent.entries()) {
      const known = evidence.time(index) - 0.95 * evidence.leg[side]
      for (; next < acks.length; next++) {
        const ack = acks[next] ?? 0
        if (ack > index || evidence.time(ack) > known) break
        const to = evidence.acknowledgment(ack)
        if (sequenceDistance(to, acked) > 0) acked = to
      }
      this.bytes[place] = Math.max(0, sequenceDistance(evidence.sequence(index), acked))
    }
  }

  before(place: number): number {
    return this.bytes[place] ?? 0
  }
  /** The most before the first `count` segments. */
  most(count: number): number {
    return this.bytes.subarray(0, count).reduce((most, bytes) => Math.max(most, bytes), 0)
  }
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
