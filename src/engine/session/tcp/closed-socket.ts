// An application may close its socket, or only shut down its side and read on: the FIN looks the same. Linux keeps nothing but a small time-wait socket of a
// closed one as soon as its FIN is acknowledged (and traces the connection as closed from then on), and what that socket answers gives it away: its segments,
// like those of no socket at all, carry the IPv4 identification 0, while a connection's own socket counts (RFC 6864 leaves it free where fragments are
// forbidden).
import { ACK, SYN } from '../../protocols/transport/tcp/analysis-flags'
import type { Side, StreamEvidence } from './stream-evidence'
import { other } from './stream-evidence'
import { sequenceDistance } from './stream-segments'

/**
 * Index of the segment with which a side's socket was given up at the latest when it was closed in FIN-WAIT-2, or -1 when nothing shows that it was.
 * `acknowledged`: index of the segment that acknowledged its FIN; `answer`: of the segment (an ACK of the peer's FIN, or a reset) with which FIN-WAIT-2 ended.
 */
export function socketClosedBefore(evidence: StreamEvidence, side: Side, acknowledged: number, answer: number): number {
  const { plain, fin, reset } = evidence.sent[side],
    peerFins = evidence.sent[other(side)].fin.filter((index) => index < answer)
  // a reset that acknowledges something is one that the application asked for; a repeated FIN may have been answered before, in TIME-WAIT
  if (reset.includes(answer) ? (evidence.flags(answer) & ACK) !== 0 : peerFins.length !== 1) return -1
  if (evidence.identification(answer) !== 0) return -1
  const counts = (index: number) => (evidence.identification(index) ?? 0) > 0
  // whose FIN has been acknowledged sends nothing from before it
  const after = evidence.end(fin[0] ?? answer),
    sentOn = (index: number) => sequenceDistance(evidence.sequence(index), after) >= 0
  const alive = plain.findLast((index) => index > acknowledged && index < answer && sentOn(index) && counts(index))
  if (alive !== undefined) return alive
  return fin.some((index) => index < answer && (evidence.flags(index) & SYN) === 0 && counts(index)) ? acknowledged : -1
}
