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
    acks = evidence.acknowledging(other(side), evidence.sequence(sent[0] ?? fin))
  // the segments that left one after the other from a queue that never ran empty
  let first = sent.length - 1
  while (first > 0) {
    const previous = sent[first - 1] ?? 0,
      next = sent[first] ?? 0
    if (evidence.length(previous) % full !== 0 || ranDry(evidence, side, acks, next)) break
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
function ranDry(evidence: StreamEvidence, side: Side, acks: readonly number[], index: number): boolean {
  const ack = acks.find((one) => sequenceDistance(evidence.acknowledgment(one), evidence.sequence(index)) >= 0)
  if (ack === undefined || ack > index) return false
  const opened = acks.find((one) => one >= ack && offeredWindow(evidence.segments, one) > 0)
  return opened !== undefined && evidence.time(opened) + evidence.leg[side] + IDLE_SECONDS < evidence.time(index)
}
