// Handshake, data, close: where a connection's phases begin, and how it opened and ended.
import { ACK, FIN, RST, SYN } from '../protocols/transport/tcp/analysis-flags'
import { other, type Connection, type Side } from './connection'

/** How a connection was opened, as far as the capture shows. */
export type Opening = 'handshake' | 'simultaneous' | 'refused' | 'unanswered' | 'incomplete' | 'not-captured'

/** How it ended. */
export type Closing = 'four-segment' | 'three-segment' | 'simultaneous' | 'half' | 'reset' | 'open'

/** The course of a connection. Indices count the connection's segments; a phase ends where the next begins. */
export interface Course {
  readonly opening: Opening
  /** Index of the first segment after the opening. */
  readonly dataStart: number
  /** Index of the first segment of the closing; count when there is none. */
  readonly closeStart: number
  readonly closing: Closing
  /** Who closed or reset first; undefined when nobody did. */
  readonly closer: Side | undefined
  /** First segment of each kind and side, or -1: SYN without ACK, SYN with ACK, FIN. */
  readonly syn: readonly [number, number]
  readonly synAck: readonly [number, number]
  readonly fin: readonly [number, number]
  /** First RST, or -1. */
  readonly reset: number
  /** The ACK that completed the opening, or -1. */
  readonly handshakeAck: number
  /** SYNs (without ACK) sent by the client. */
  readonly synCount: number
}

/** Finds the phases of a connection. */
export function courseOf(connection: Connection): Course {
  const { count } = connection
  const syn: [number, number] = [-1, -1]
  const synAck: [number, number] = [-1, -1]
  const fin: [number, number] = [-1, -1]
  let reset = -1
  let handshakeAck = -1
  let synCount = 0
  for (let index = 0; index < count; index++) {
    const flags = connection.flags(index)
    const side = connection.side(index)
    if ((flags & SYN) !== 0) {
      const which = (flags & ACK) === 0 ? syn : synAck
      if (which[side] < 0) which[side] = index
      if ((flags & ACK) === 0 && side === 0) synCount++
    } else if ((flags & RST) !== 0) {
      if (reset < 0) reset = index
    } else if ((flags & ACK) !== 0 && handshakeAck < 0 && reset < 0 && (synAck[0] >= 0 || synAck[1] >= 0)) handshakeAck = index
    if ((flags & FIN) !== 0 && fin[side] < 0) fin[side] = index
  }
  const opened = handshakeAck >= 0
  const simultaneous = syn[0] >= 0 && syn[1] >= 0
  const sawSyn = syn[0] >= 0 || synAck[1] >= 0 || simultaneous
  const opening: Opening = !sawSyn
    ? 'not-captured'
    : opened
      ? simultaneous
        ? 'simultaneous'
        : syn[0] >= 0
          ? 'handshake'
          : 'incomplete'
      : reset >= 0
        ? 'refused'
        : synAck[0] < 0 && synAck[1] < 0
          ? 'unanswered'
          : 'incomplete'
  const closeStart = firstOf([fin[0], fin[1], opening === 'refused' ? -1 : reset], count)
  const dataStart = Math.min(closeStart, sawSyn ? openingEnd(connection, opened, handshakeAck, count) : 0)
  const closer = closeStart < count ? connection.side(closeStart) : undefined
  return {
    opening,
    dataStart,
    closeStart,
    closing: closingOf(connection, fin, closeStart, reset),
    closer,
    syn,
    synAck,
    fin,
    reset: reset,
    handshakeAck,
    synCount,
  }
}

function firstOf(indices: readonly number[], none: number): number {
  return indices.reduce((first, index) => (index >= 0 && index < first ? index : first), none)
}

/** The acknowledgment that completes the handshake belongs to the opening unless it carries data. */
function openingEnd(connection: Connection, opened: boolean, handshakeAck: number, count: number): number {
  if (!opened) return count
  return connection.length(handshakeAck) > 0 || (connection.flags(handshakeAck) & FIN) !== 0 ? handshakeAck : handshakeAck + 1
}

function closingOf(connection: Connection, fin: readonly [number, number], closeStart: number, reset: number): Closing {
  if (closeStart >= connection.count) return 'open'
  const first = connection.side(closeStart)
  const opener = fin[first]
  const answer = fin[other(first)]
  if (opener < 0) return 'reset'
  if (answer < 0) return reset >= 0 ? 'reset' : 'half'
  const finEnd = connection.facts(opener)
  const sequenceOfFin = finEnd.sequence + finEnd.length
  // Each FIN left before the other had arrived.
  if (connection.facts(answer).acknowledgment <= sequenceOfFin) return 'simultaneous'
  for (let index = closeStart + 1; index < answer; index++) {
    if (connection.side(index) === other(first) && connection.facts(index).acknowledgment > sequenceOfFin) return 'four-segment'
  }
  return 'three-segment'
}

/** Which side the capture was taken at: 0 or 1, or undefined when the handshake does not tell (times in the middle, or no handshake). */
export function vantageOf(connection: Connection, course: Course): Side | undefined {
  const { syn, synAck, handshakeAck } = course
  if (course.opening !== 'handshake' || handshakeAck < 0) return undefined
  const there = connection.time(synAck[1]) - connection.time(lastSynBefore(connection, syn[0], synAck[1]))
  const back = connection.time(handshakeAck) - connection.time(synAck[1])
  if (there < 0 || back < 0 || there + back === 0) return undefined
  const share = there / (there + back)
  return share > 0.75 ? 0 : share < 0.25 ? 1 : undefined
}

function lastSynBefore(connection: Connection, first: number, end: number): number {
  let last = first
  for (let index = first; index < end; index++) {
    if ((connection.flags(index) & (SYN | ACK)) === SYN && connection.side(index) === 0) last = index
  }
  return last
}
