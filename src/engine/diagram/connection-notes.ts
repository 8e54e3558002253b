// What stands beside an arrow: measured times, gaps and their filling, the window, how the connection was closed. Only what the packets show.
import { ACK, FIN, RST, SYN, ANALYSIS } from '../protocols/transport/tcp/analysis-flags'
import { other, type Connection, type SegmentFacts, type Side } from './connection'
import { bytes, count, duration } from './format'
import type { Mark } from './marks'
import type { Course } from './phases'
import type { Note, Words } from './words'

/** Segments looked at backwards to find the one that is repeated; a retransmission further back is not named. */
const LOOK_BACK = 20_000
const NOTHING: Note = ['', '']

/** Notes of one connection's segments. */
export class ConnectionNotes {
  private readonly connection: Connection
  private readonly course: Course
  private readonly vantage: Side | undefined
  private readonly words: Words

  constructor(connection: Connection, course: Course, vantage: Side | undefined, words: Words) {
    this.connection = connection
    this.course = course
    this.vantage = vantage
    this.words = words
  }

  /** A bold line and a plain one; both '' when there is nothing to say. */
  of(index: number, facts: SegmentFacts, mark: Mark | undefined): Note {
    const marked = mark === undefined ? NOTHING : this.ofMark(index, facts, mark)
    if (marked[0] !== '') return marked
    return this.ofCourse(index, facts)
  }

  private ofMark(index: number, facts: SegmentFacts, mark: Mark): Note {
    const { words, connection } = this
    switch (mark) {
      case 'reset':
        return this.course.opening === 'refused'
          ? words.refused(connection.port(other(facts.side) === 0 ? 1 : 0))
          : words.resetBy(name(words, facts.side))
      case 'retransmission':
      case 'fast-retransmission':
        return this.repeated(index, facts, mark === 'fast-retransmission')
      case 'spurious-retransmission':
        return words.needless
      case 'out-of-order':
        return words.fillsGap(this.fillsGap(index))
      case 'gap': {
        const gap = connection.gaps.get(facts.frame)
        return gap === undefined ? NOTHING : words.gap(bytes(gap.to - gap.from), count(gap.from), count(gap.to - 1))
      }
      case 'ack-unseen':
        return words.ackUnseen
      case 'window-full':
        return words.windowFull
      case 'zero-window':
        return words.zeroWindow
      case 'zero-window-probe':
        return words.probe
      case 'keep-alive':
        return this.isProbe(index, facts.side) ? words.probe : words.keepAlive(duration(this.sincePrevious(index)))
      case 'keep-alive-ack':
        return words.keepAliveAck
      case 'duplicate-ack': {
        const { duplicateAckNumber, duplicateAckFrame } = connection.rare(index)
        return words.duplicateAck(duplicateAckNumber, duplicateAckFrame)
      }
      case 'window-update':
        return this.windowOpens(index, facts)
      case 'zero-window-probe-ack':
      // between two places of capture: not known of one capture
      case 'lost-between':
      case 'partly-lost':
      case 'missed':
      case 'appeared':
      case 'outside':
      case 'repeated-between':
      case 'overtaken':
      case 'late':
        return NOTHING
    }
  }

  private ofCourse(index: number, facts: SegmentFacts): Note {
    const { course, connection, words } = this
    if ((facts.analysis & ANALYSIS.REUSED_PORTS) !== 0) return words.reusedPorts
    if (course.opening === 'simultaneous' && index === Math.max(...course.syn)) return words.simultaneousOpen
    if (course.opening === 'handshake') {
      const measured = this.vantage === 1 ? [course.synAck[1], course.handshakeAck] : [-1, course.synAck[1]]
      const [from = -1, to = -1] = measured
      const start = from >= 0 ? from : this.askedBy(to)
      if (index === to && start >= 0 && this.vantage !== undefined)
        return words.roundTrip(duration(connection.time(to) - connection.time(start)), connection.frameAt(start), facts.frame)
    }
    const fin = course.closer === undefined ? -1 : course.fin[other(course.closer)]
    if (index === fin) {
      if (course.closing === 'three-segment') return words.threeSegmentClose
      if (course.closing === 'simultaneous') return words.simultaneousClose
    }
    return this.progress(index, facts)
  }

  /** The SYN that a SYN, ACK answers: the last one before it. */
  private askedBy(answer: number): number {
    for (let index = answer - 1; index >= 0; index--) {
      if ((this.connection.flags(index) & (SYN | ACK)) === SYN && this.connection.side(index) === 0) return index
    }
    return -1
  }

  /** An acknowledgment after duplicates tells how much the receiver had been holding. */
  private progress(index: number, facts: SegmentFacts): Note {
    if (facts.length > 0 || (facts.flags & (SYN | FIN | RST)) !== 0) return NOTHING
    const before = this.previousOf(index, facts.side)
    if (before < 0) return NOTHING
    const earlier = this.connection.facts(before)
    if ((earlier.analysis & ANALYSIS.DUPLICATE_ACK) === 0) return NOTHING
    const gained = facts.acknowledgment - earlier.acknowledgment
    return gained > 0 ? this.words.acknowledged(bytes(gained)) : NOTHING
  }

  private repeated(index: number, facts: SegmentFacts, fast: boolean): Note {
    const { connection, words } = this
    const earlier = this.earlierCopy(index, facts)
    if ((facts.flags & (SYN | ACK)) === SYN && earlier >= 0) {
      let tries = 1
      for (let at = 0; at < index; at++) if ((connection.flags(at) & (SYN | ACK)) === SYN && connection.side(at) === facts.side) tries++
      return words.synAgain(tries, duration(connection.time(index) - connection.time(earlier)))
    }
    if (earlier >= 0) return words.sentAgain(fast, connection.frameAt(earlier), duration(connection.time(index) - connection.time(earlier)))
    const gap = this.gapOf(index, facts)
    return words.sentAgain(fast, undefined, gap < 0 ? undefined : duration(connection.time(index) - connection.time(gap)))
  }

  private earlierCopy(index: number, facts: SegmentFacts): number {
    const { connection } = this
    const end = facts.sequence + facts.length
    for (let at = index - 1; at >= Math.max(0, index - LOOK_BACK); at--) {
      if (connection.side(at) !== facts.side) continue
      const one = connection.facts(at)
      const carries = one.length > 0 || (one.flags & (SYN | FIN)) !== 0
      if (carries && one.sequence <= facts.sequence && one.sequence + one.length >= end) return at
    }
    return -1
  }

  /** The segment that first showed that this one was missing. */
  private gapOf(index: number, facts: SegmentFacts): number {
    const { connection } = this
    for (let at = index - 1; at >= Math.max(0, index - LOOK_BACK); at--) {
      const gap = connection.gaps.get(connection.frameAt(at))
      if (gap !== undefined && connection.side(at) === facts.side && gap.from <= facts.sequence && facts.sequence < gap.to) return at
    }
    return -1
  }

  /** Whether the receiver's next acknowledgment passes what was missing. */
  private fillsGap(index: number): boolean {
    const facts = this.connection.facts(index)
    for (let at = index + 1; at < Math.min(this.connection.count, index + 50); at++) {
      if (this.connection.side(at) === facts.side) continue
      return this.connection.facts(at).acknowledgment > facts.sequence + facts.length
    }
    return false
  }

  private windowOpens(index: number, facts: SegmentFacts): Note {
    const { connection } = this
    let closed = -1
    for (let at = index - 1; at >= Math.max(0, index - 1000); at--) {
      if (connection.side(at) !== facts.side) continue
      if (connection.facts(at).window !== 0) break
      closed = at
    }
    return closed < 0 ? NOTHING : this.words.windowOpens(duration(connection.time(index) - connection.time(closed)))
  }

  /** A keep-alive while the other side's window is closed is a probe of the window. */
  private isProbe(index: number, side: Side): boolean {
    const before = this.previousOf(index, other(side))
    return before >= 0 && this.connection.facts(before).window === 0
  }

  private previousOf(index: number, side: Side): number {
    for (let at = index - 1; at >= Math.max(0, index - 1000); at--) if (this.connection.side(at) === side) return at
    return -1
  }

  private sincePrevious(index: number): number {
    return index === 0 ? 0 : this.connection.time(index) - this.connection.time(index - 1)
  }
}

/** "Client" or "Server". */
export function name(words: Words, side: Side): string {
  return side === 0 ? words.client : words.server
}
