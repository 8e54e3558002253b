// One TCP connection as both its endpoints saw it: the states of RFC 9293 after every segment, each change with its segment and the reason why it is believed.
// Worked out on demand from the index's columns; a stream of n segments costs a few passes over n.
import type { Trace } from '../../index/trace'
import { socketClosedBefore } from './closed-socket'
import { afterEvent, TCP_STATES } from './states'
import type { TcpEvent, TcpState } from './states'
import { happeningsOf, isPassive } from './happenings'
import type { Evidence, Happening, Rule } from './happenings'
import { questionBefore } from './neighbour'
import { StreamEvidence, other } from './stream-evidence'
import type { Side } from './stream-evidence'
import { streamSegments } from './stream-segments'
import type { StreamSegments } from './stream-segments'

/** One change of one endpoint's state. */
export interface Transition {
  readonly side: Side
  /** Index of the segment (of `segments`) with which it happened. */
  readonly index: number
  /** Frame and time (seconds since the capture's first packet) at which it is placed: the segment's, or an earlier frame that shows it began before. */
  readonly frame: number
  readonly time: number
  readonly from: TcpState
  readonly to: TcpState
  readonly event: TcpEvent
  /** How it is known that it happened with that segment, and that it did at `frame`. */
  readonly evidence: Evidence
  readonly placing: Evidence
  readonly rule: Rule
  /** Frames of the segment that caused it and of the one by which it is known; 0 = none. */
  readonly causeFrame: number
  readonly proofFrame: number
  /** Frame of an earlier, unanswered try with which the state may have begun (SYN-ACKs that were lost); 0 = none. */
  readonly sinceFrame: number
}

/** What an endpoint was before its first change. */
export interface StartState {
  readonly state: TcpState
  readonly evidence: Evidence | 'unknown'
}

export interface TcpConnection {
  readonly segments: StreamSegments
  readonly start: readonly [StartState, StartState]
  /** In order of their segments. */
  readonly transitions: readonly Transition[]
  /** Seconds from the place of capture to each endpoint and back, as far as answers show it; 0 = at the endpoint, or unknown. */
  readonly legs: readonly [number, number]
}

/** Works a stream's connection out. */
export function tcpConnection(trace: Trace, stream: number): TcpConnection {
  const segments = streamSegments(trace, stream),
    evidence = new StreamEvidence(trace, segments),
    transitions: Transition[] = [],
    finAcknowledged: [number, number] = [-1, -1]
  const frameOf = (index: number) => (index < 0 ? 0 : evidence.frame(index))
  const { start } = walk(evidence, (happening, from, to) => {
    const { at, side } = happening
    let frame = frameOf(at),
      time = evidence.time(at),
      rule: Rule = happening.rule,
      placing = happening.evidence
    if (rule === 'sent-syn') {
      const question = questionBefore(trace, frame)
      if (question > 0) {
        rule = 'syn-waited-for-neighbour'
        frame = question
        time = secondsSinceFirst(trace, question)
      }
    }
    if (to === 'FIN-WAIT-2') finAcknowledged[side] = at
    if (from === 'FIN-WAIT-2') {
      const closed = socketClosedBefore(evidence, side, finAcknowledged[side], happening.proof)
      if (closed >= 0) {
        rule = 'linux-time-wait-socket'
        placing = 'inferred'
        frame = frameOf(closed)
        time = evidence.time(closed)
      }
    }
    transitions.push({
      side,
      index: at,
      frame,
      time,
      from,
      to,
      event: happening.event,
      evidence: happening.evidence,
      placing,
      rule,
      causeFrame: frameOf(happening.cause),
      proofFrame: frameOf(happening.proof),
      sinceFrame: frameOf(happening.since),
    })
  })
  return { segments, start, transitions, legs: evidence.leg }
}

/** The states in which a stream's endpoints are at the end of the capture, without what led there. */
export function endStates(trace: Trace, stream: number): readonly [TcpState, TcpState] {
  return walk(new StreamEvidence(trace, streamSegments(trace, stream)), () => undefined).end
}

/** Goes through what happened to both endpoints; answers where they began and ended. */
function walk(
  evidence: StreamEvidence,
  changed: (happening: Happening, from: TcpState, to: TcpState) => void,
): { readonly start: readonly [StartState, StartState]; readonly end: readonly [TcpState, TcpState] } {
  const passive = [isPassive(evidence, 0), isPassive(evidence, 1)] as const,
    start = [startOf(evidence, 0, passive[0]), startOf(evidence, 1, passive[1])] as const,
    state: [TcpState, TcpState] = [start[0].state, start[1].state]
  for (const happening of happeningsOf(evidence)) {
    const { side } = happening,
      from = state[side],
      to = afterEvent(from, happening.event, passive[side])
    if (from === to) continue
    state[side] = to
    changed(happening, from, to)
  }
  return { start, end: state }
}

/** State numbers (indices of TCP_STATES) of both endpoints after each segment. */
export function statesAfterSegments(connection: TcpConnection): readonly [Uint8Array, Uint8Array] {
  const { segments, start, transitions } = connection,
    states = [new Uint8Array(segments.count), new Uint8Array(segments.count)] as const
  for (const side of [0, 1] as const) {
    let number = TCP_STATES.indexOf(start[side].state),
      from = 0
    for (const transition of transitions) {
      if (transition.side !== side) continue
      states[side].fill(number, from, transition.index)
      from = transition.index
      number = TCP_STATES.indexOf(transition.to)
    }
    states[side].fill(number, from)
  }
  return states
}

/** An opener was CLOSED; who answered was listening; who refused had nobody listening; of others nothing is known. */
function startOf(evidence: StreamEvidence, side: Side, passive: boolean): StartState {
  const mine = evidence.sent[side],
    theirs = evidence.sent[other(side)]
  if (mine.syn.length > 0) return { state: 'CLOSED', evidence: 'inferred' }
  if (passive) return { state: 'LISTEN', evidence: 'inferred' }
  if (theirs.syn.length > 0 && mine.reset.length > 0) return { state: 'CLOSED', evidence: 'inferred' }
  return { state: 'UNKNOWN', evidence: 'unknown' }
}

function secondsSinceFirst({ records }: Trace, frame: number): number {
  return records.seconds.get(frame - 1) - records.seconds.get(0) + (records.nanoseconds.get(frame - 1) - records.nanoseconds.get(0)) / 1e9
}
