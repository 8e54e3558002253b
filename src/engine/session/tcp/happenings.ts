// What happened to each endpoint of a stream, worked out with hindsight from the whole stream: which events of the state machine, at which segment, known by
// what. RFC 9293, 3.5 (opening), 3.6 (closing), 3.10.7 (arriving segments).
import { ACK, RST, SYN } from '../../protocols/transport/tcp/analysis-flags'
import { closeBefore } from './held-back-close'
import type { Side, StreamEvidence } from './stream-evidence'
import { other } from './stream-evidence'
import type { TcpEvent } from './states'
import { sequenceDistance } from './stream-segments'

/** How a change of state is known. `observed`: a segment of the endpoint itself shows it; `inferred`: it follows from what was sent to it. */
export type Evidence = 'observed' | 'inferred'

/** Why a change of state is believed; explanations are worded by it. */
export type Rule =
  | 'sent-syn'
  | 'syn-waited-for-neighbour'
  | 'syn-not-captured'
  | 'answered-syn'
  | 'syn-ack-not-captured'
  | 'answered-syn-ack'
  | 'syn-ack-arrived'
  | 'syns-crossed'
  | 'handshake-ack-arrived'
  | 'sent-before-handshake-ack-was-seen'
  | 'joined-in-the-middle'
  | 'sent-fin'
  | 'fin-held-back'
  | 'fin-not-captured'
  | 'acknowledged-fin'
  | 'fin-arrived'
  | 'fin-ack-arrived'
  | 'linux-time-wait-socket'
  | 'sent-reset'
  | 'reset-arrived'

/** One event of one endpoint. */
export interface Happening {
  readonly side: Side
  readonly event: TcpEvent
  /** Index of the segment at which it is placed. */
  readonly at: number
  readonly evidence: Evidence
  readonly rule: Rule
  /** Indices of the segment that caused it and of the one that shows it; -1 = none. */
  readonly cause: number
  readonly proof: number
  /** Index from which on it may already have been so: an earlier try that was not answered; -1 = none. */
  readonly since: number
}

/** Order of an endpoint's events at one segment: what it sends, then what it receives. */
const ORDER: Readonly<Record<TcpEvent, number>> = {
  join: 0,
  'send-syn': 1,
  accept: 2,
  'receive-syn': 3,
  'receive-syn-ack': 3,
  'receive-ack-of-syn': 4,
  close: 5,
  'send-reset': 6,
  'receive-ack-of-fin': 7,
  'receive-fin': 8,
  abort: 9,
  timeout: 10,
}

/** All events of a stream's endpoints, in order. */
export function happeningsOf(evidence: StreamEvidence): Happening[] {
  const list: Happening[] = []
  for (const side of [0, 1] as const) new Endpoint(evidence, side, list).all()
  return list.sort((a, b) => a.at - b.at || ORDER[a.event] - ORDER[b.event])
}

/** Whether the endpoint opened by listening: it answered a SYN. */
export function isPassive(evidence: StreamEvidence, side: Side): boolean {
  const mine = evidence.sent[side]
  if (mine.syn.length > 0) return false
  if (mine.synAck.length > 0) return true
  // its answer was not captured, but the peer went on
  const theirs = evidence.sent[other(side)]
  return theirs.syn.length > 0 && theirs.plain.some((index) => (evidence.flags(index) & (SYN | ACK)) === ACK)
}

class Endpoint {
  private readonly evidence: StreamEvidence
  private readonly side: Side
  private readonly peer: Side
  private readonly list: Happening[]
  /** Its reset, with which its connection was over; undefined = none. */
  private readonly reset: number | undefined

  constructor(evidence: StreamEvidence, side: Side, list: Happening[]) {
    this.evidence = evidence
    this.side = side
    this.peer = other(side)
    this.list = list
    const { plain, reset } = evidence.sent[side]
    this.reset = reset.find((index) => index > (plain.at(-1) ?? -1))
  }

  all(): void {
    this.opening()
    this.ownFin()
    this.peerFin()
    this.resets()
  }

  private add(event: TcpEvent, at: number, evidence: Evidence, rule: Rule, cause = -1, proof = -1, since = -1): void {
    this.list.push({ side: this.side, event, at, evidence, rule, cause, proof, since: since === at ? -1 : since })
  }

  private opening(): void {
    const { evidence, side, peer } = this,
      mine = evidence.sent[side],
      theirs = evidence.sent[peer]
    const firstSyn = mine.syn[0],
      firstSynAck = mine.synAck[0]
    if (firstSyn !== undefined) {
      this.add('send-syn', firstSyn, 'observed', 'sent-syn')
      const theirSyn = theirs.syn[0]
      if (theirSyn !== undefined && firstSynAck !== undefined) {
        const cause = evidence.arrived(side, theirs.syn, firstSynAck)
        this.add('receive-syn', Math.max(cause, firstSyn), 'observed', 'syns-crossed', cause, firstSynAck)
        this.handshakeAck([...mine.syn, ...mine.synAck])
      } else if (theirSyn !== undefined && theirs.synAck.length > 0) {
        // its own answer was not captured
        this.add('receive-syn', Math.max(theirSyn, firstSyn), 'inferred', 'syns-crossed', theirSyn)
        this.handshakeAck(mine.syn)
      } else this.answeredSyn(theirs.synAck)
    } else if (firstSynAck !== undefined) this.passive()
    else if (theirs.syn.length > 0) this.unseenAnswer()
    else if (theirs.synAck.length > 0) {
      // the capture begins between SYN and SYN-ACK
      this.add('send-syn', theirs.synAck[0] ?? 0, 'inferred', 'syn-not-captured', -1, theirs.synAck[0])
      this.answeredSyn(theirs.synAck)
    } else {
      const first = [...mine.plain, ...theirs.plain].sort((a, b) => a - b)[0]
      if (first !== undefined) this.add('join', first, 'inferred', 'joined-in-the-middle', -1, first)
    }
  }

  /** The active opener gets its answer. */
  private answeredSyn(synAcks: readonly number[]): void {
    const { evidence, side, peer } = this,
      first = synAcks[0],
      mine = evidence.sent[side]
    const wanted = first === undefined ? undefined : evidence.end(first) - evidence.length(first)
    const proof = mine.plain.find(
      (index) =>
        (evidence.flags(index) & (SYN | ACK)) === ACK &&
        (wanted === undefined || sequenceDistance(evidence.acknowledgment(index), wanted) >= 0),
    )
    if (proof !== undefined) {
      const cause = evidence.arrived(side, synAcks, proof)
      this.add('receive-syn-ack', cause < 0 ? proof : cause, 'observed', 'answered-syn-ack', cause, proof)
      return
    }
    const last = synAcks.at(-1)
    if (last === undefined) return
    // one that does not acknowledge its SYN, or after which it asked again or refused, did not open the connection
    const syn = mine.syn[0]
    const answers = syn === undefined || sequenceDistance(evidence.acknowledgment(last), evidence.sequence(syn)) > 0
    const asksAgain = mine.syn.some((index) => evidence.time(index) > evidence.time(last) + evidence.leg[side])
    const refused = mine.reset.some((index) => index > last)
    const went = evidence.sent[peer].plain.some((index) => index > last && !(evidence.flags(index) & SYN))
    if (answers && !asksAgain && (!refused || went)) this.add('receive-syn-ack', last, 'inferred', 'syn-ack-arrived', last)
  }

  /** A listener answers a SYN. */
  private passive(): void {
    const { evidence, side, peer } = this,
      { synAck } = evidence.sent[side],
      first = synAck[0] ?? 0
    const acknowledged = evidence.effective(side, this.acksOfSyn(first), synAck)
    // Linux has no connection before the acknowledgment; of a repeated SYN-ACK the one counts that was acknowledged
    const answered = acknowledged < 0 ? first : (synAck.findLast((index) => index < acknowledged) ?? first)
    // fast open, and an answer was lost: it sent data before the answer that was captured
    const at = this.fastOpen() ? Math.min(answered, evidence.sent[side].plain[0] ?? answered) : answered
    const cause = evidence.sent[peer].syn.findLast((index) => index < at) ?? -1
    this.add('accept', at, 'observed', 'answered-syn', cause, at, first)
    this.handshakeAck(synAck)
  }

  /** The opener's SYN was captured, the answer was not (a capture of one direction), but the opener went on. */
  private unseenAnswer(): void {
    const { evidence, peer } = this
    const proof = evidence.sent[peer].plain.find((index) => (evidence.flags(index) & (SYN | ACK)) === ACK)
    if (proof === undefined) return
    this.add('accept', proof, 'inferred', 'syn-ack-not-captured', -1, proof)
    this.add('receive-ack-of-syn', proof, 'inferred', 'handshake-ack-arrived', proof)
  }

  private handshakeAck(copies: readonly number[]): void {
    const { evidence, side } = this,
      first = copies[0] ?? 0
    const arrived = evidence.effective(side, this.acksOfSyn(first), copies)
    // data or FIN of its own show it where the peer's direction was not captured
    const own = evidence.sent[side].plain.find((index) => index > first && !(evidence.flags(index) & SYN)),
      fin = evidence.sent[side].fin[0]
    // what came with the SYN may be answered, and the answer ended, before the handshake is
    if (this.fastOpen() && fin !== undefined && !evidence.cameBefore(side, arrived, fin)) return
    if (arrived >= 0)
      this.add('receive-ack-of-syn', arrived, own === undefined ? 'inferred' : 'observed', 'handshake-ack-arrived', arrived, own)
    else if (own !== undefined) this.add('receive-ack-of-syn', own, 'inferred', 'sent-before-handshake-ack-was-seen', -1, own)
  }

  /** Whether the peer's SYN brought data (RFC 7413). */
  private fastOpen(): boolean {
    return this.evidence.sent[this.peer].syn.some((index) => this.evidence.length(index) > 0)
  }

  /** The peer's segments that acknowledge this side's SYN. */
  private acksOfSyn(syn: number): number[] {
    return this.evidence.acknowledging(this.peer, (this.evidence.sequence(syn) + 1) | 0, syn)
  }

  private ownFin(): void {
    const { evidence, side, peer } = this,
      { fin } = evidence.sent[side],
      first = fin[0]
    if (first === undefined) return
    const closed = closeBefore(evidence, side, first),
      beyond = this.sentBeyondFin(first)
    if (beyond !== undefined) this.add('close', beyond.at, 'inferred', 'fin-not-captured', -1, beyond.proof)
    else if (closed === first) this.add('close', first, 'observed', 'sent-fin', first, first)
    else this.add('close', closed, 'inferred', 'fin-held-back', first, first)
    const arrived = evidence.effective(side, evidence.acknowledging(peer, evidence.end(first), first), fin)
    if (arrived >= 0 && !this.cameTooLate(arrived)) this.add('receive-ack-of-fin', arrived, 'inferred', 'fin-ack-arrived', arrived, arrived)
  }

  /** A segment from behind the FIN that was captured before its first copy: the FIN itself had been lost. */
  private sentBeyondFin(fin: number): { readonly at: number; readonly proof: number } | undefined {
    const { evidence, side, peer } = this,
      end = evidence.end(fin)
    const proof = evidence.sent[side].plain.find((index) => index < fin && sequenceDistance(evidence.sequence(index), end) >= 0)
    if (proof === undefined) return undefined
    // had the peer's FIN come first, the lost FIN would have acknowledged it, and nothing else need have
    const theirs = evidence.sent[peer].fin.filter((index) => index < proof),
      only = theirs.length === 1 ? theirs[0] : undefined
    const crossed = only !== undefined && evidence.acknowledging(side, evidence.end(only), only + 1)[0] === proof
    return { at: crossed ? only : proof, proof }
  }

  private peerFin(): void {
    const { evidence, side, peer } = this,
      { fin } = evidence.sent[peer],
      first = fin[0]
    if (first === undefined) return
    const proof = evidence.acknowledging(side, evidence.end(first), first + 1)[0]
    if (proof === undefined) {
      // nobody saw it arrive: believed of a single one only; what the side sent in the meantime does not acknowledge it and was earlier
      if (fin.length === 1 && !this.livesOnAfter(first) && !this.cameTooLate(first))
        this.add('receive-fin', Math.max(first, evidence.sent[side].plain.at(-1) ?? -1), 'inferred', 'fin-arrived', first)
      return
    }
    const cause = evidence.arrived(side, this.finOrWhatItWaitedFor(fin), proof)
    // what it sent last without acknowledging the FIN was sent before the FIN came, and a reset that the peer sent after its FIN came after it
    const before = evidence.acknowledgmentBefore(side, proof),
      reset = evidence.sent[peer].reset.some((index) => index > cause && index < before)
    const at = reset ? cause : Math.max(cause, before)
    this.add('receive-fin', at < 0 ? proof : at, 'observed', 'acknowledged-fin', cause, proof)
  }

  /** Whether a segment of the peer came after the side had sent its reset, which tells what it answers or what was received by then (RFC 9293, 3.5.2). */
  private cameTooLate(index: number): boolean {
    const { evidence, reset } = this
    if (reset === undefined || evidence.cameBefore(this.side, index, reset)) return false
    if (evidence.flags(reset) & ACK) return sequenceDistance(evidence.acknowledgment(reset), evidence.end(index)) < 0
    return evidence.acknowledgment(index) !== evidence.sequence(reset)
  }

  /** A FIN takes effect when everything before it has come: its copies, and data that was sent again after it. */
  private finOrWhatItWaitedFor(fin: readonly number[]): number[] {
    const { evidence, peer } = this,
      first = fin[0] ?? 0
    return evidence.sent[peer].plain.filter((index) => index >= first && (evidence.length(index) > 1 || fin.includes(index)))
  }

  /** Whether the side sent something, long enough after a segment, that does not acknowledge it. */
  private livesOnAfter(index: number): boolean {
    const { evidence, side } = this
    return evidence.sent[side].plain.some(
      (own) => evidence.time(own) > evidence.time(index) + evidence.leg[side] && own > index && (evidence.flags(own) & RST) === 0,
    )
  }

  private resets(): void {
    const { evidence, peer } = this
    if (this.reset !== undefined) this.add('send-reset', this.reset, 'observed', 'sent-reset', this.reset, this.reset)
    const received = evidence.sent[peer].reset.find((index) => !this.livesOnAfter(index))
    if (received !== undefined) this.add('abort', received, 'inferred', 'reset-arrived', received)
  }
}
