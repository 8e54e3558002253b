// The ladder of one TCP connection: phases, arrows, folds and state bands.
import { digitsOf } from './time-digits'
import { FIN, RST, SYN, ACK, ANALYSIS, ANALYSIS_MASK } from '../protocols/transport/tcp/analysis-flags'
import { other, sinceStart, type Connection, type SegmentFacts, type Side } from './connection'
import { ConnectionNotes, name } from './connection-notes'
import { bytes, count, duration, seconds } from './format'
import type { ArrowRow, EndRow, FoldRow, Ladder, Lifeline, PhaseRow, Row, Span, StateMark, Unfolded } from './ladder'
import { flagNames, foldClass, markOf, MARK_STYLE, type Mark } from './marks'
import { messageOf, segmentOptions, synOptions } from './packet-texts'
import { courseOf, vantageOf, type Course } from './phases'
import { ROW_KIND, RowTable } from './row-table'
import { StateTrack, type EndpointStates, type StateChange } from './state-track'
import { wordsOf, type FoldFacts, type Language, type Words } from './words'

/** How a connection is drawn. */
export interface ConnectionOptions {
  readonly language: Language
  readonly unfolded: Unfolded
  readonly numbers: 'relative' | 'raw'
  /** Time stamps and SACK ranges on every segment. */
  readonly tcpOptions: boolean
  /** Messages of the protocol above (HTTP, TLS, DNS) beside the segments that complete them. */
  readonly messages: boolean
  /** Maximum segment lifetime in seconds. */
  readonly msl: number
}

/** Marks that name the arrow instead of its flags. */
const NAMING: ReadonlySet<Mark> = new Set<Mark>([
  'retransmission',
  'fast-retransmission',
  'spurious-retransmission',
  'out-of-order',
  'duplicate-ack',
  'keep-alive',
  'keep-alive-ack',
  'zero-window-probe',
  'zero-window-probe-ack',
])

/** Data segments dissected to find where messages end, so that a long transfer opens at once. */
const MAX_MESSAGES_LOOKED_AT = 4000

/** Makes the ladder of a connection from its segments and the transitions of its endpoints. */
export class ConnectionLadder implements Ladder {
  readonly language: Language
  readonly title: string
  readonly lifelines: readonly Lifeline[]
  readonly hasStates: boolean
  readonly hasPhases = true
  readonly packets: number
  readonly course: Course
  readonly connection: Connection
  readonly vantage: Side | undefined
  private readonly options: ConnectionOptions
  private readonly words: Words
  private readonly track: StateTrack
  private readonly notes: ConnectionNotes
  private readonly table = new RowTable()
  private readonly digits: number

  constructor(connection: Connection, states: EndpointStates, options: ConnectionOptions) {
    this.connection = connection
    this.options = options
    this.language = options.language
    const words = (this.words = wordsOf(options.language))
    this.course = courseOf(connection)
    this.vantage = vantageOf(connection, this.course)
    this.track = new StateTrack(states)
    this.hasStates = !this.track.isEmpty
    this.notes = new ConnectionNotes(connection, this.course, this.vantage, words)
    this.title = words.title(connection.stream, connection.endpoint(0), connection.endpoint(1))
    this.packets = connection.count
    this.digits = digitsOf(connection.trace)
    this.lifelines = [this.lifeline(0), this.lifeline(1)]
    this.fill()
  }

  private lifeline(side: Side): Lifeline {
    const { words, vantage } = this
    const remark = vantage === undefined ? '' : vantage === side ? words.capturedHere : this.hasStates ? words.statesInferred : ''
    return { role: name(words, side), name: this.connection.endpoint(side), remark }
  }

  private fill(): void {
    const { connection, course, table } = this
    const { count: total } = connection
    const shown = this.alwaysShown()
    const classOf = (index: number): number => {
      if (shown.has(index) || this.track.at(connection.frameAt(index)).length > 0) return 0
      return foldClass(connection.flags(index), connection.analysis(index) & ANALYSIS_MASK, connection.length(index))
    }
    const phase = (from: number, to: number): void => {
      if (from >= to) return
      table.add(ROW_KIND.PHASE, from, 0)
      table.addRun(from, to, classOf, (index) => connection.frameAt(index), this.options.unfolded)
    }
    phase(0, course.dataStart)
    phase(course.dataStart, course.closeStart)
    phase(course.closeStart, total)
    table.add(ROW_KIND.END, total, 0)
  }

  /** What a fold must not hide: the first data, which the rest answers; a window that fills up for the first time, and each time that it closes. */
  private alwaysShown(): Set<number> {
    const { connection } = this
    const shown = new Set<number>()
    const once = new Set<string>()
    const first = (what: string, index: number): void => {
      if (!once.has(what)) shown.add(index)
      once.add(what)
    }
    const closed: [boolean, boolean] = [false, false]
    for (let index = 0; index < connection.count; index++) {
      const analysis = connection.analysis(index)
      if (connection.length(index) > 0) first('data', index)
      if ((analysis & ANALYSIS.WINDOW_FULL) !== 0) first('full', index)
      const side = connection.side(index)
      const zero = (analysis & ANALYSIS.ZERO_WINDOW) !== 0
      if (zero && !closed[side]) shown.add(index)
      // A closed window opens with the first segment that offers room.
      if (!zero && closed[side] && connection.facts(index).window > 0) shown.add(index)
      closed[side] = zero || (closed[side] && connection.facts(index).window === 0)
    }
    for (const index of this.newMessages()) shown.add(index)
    return shown
  }

  /** Segments that complete a message which says something else than the one before it in the same direction: a stream of like records folds. */
  private newMessages(): number[] {
    const { connection } = this
    if (!this.options.messages) return []
    const found: number[] = []
    const last: [string, string] = ['', '']
    let looked = 0
    for (let index = 0; index < connection.count && looked < MAX_MESSAGES_LOOKED_AT; index++) {
      if (connection.length(index) === 0) continue
      looked++
      const message = messageOf(connection.trace, connection.frameAt(index))
      if (message === undefined) continue
      const side = connection.side(index)
      if (message.text !== last[side]) found.push(index)
      last[side] = message.text
    }
    return found
  }

  get rowCount(): number {
    return this.table.count
  }

  kindOf(row: number): Row['kind'] {
    return KINDS[this.table.kind(row)] ?? 'end'
  }

  deltaOf(row: number): number {
    const kind = this.table.kind(row)
    const first = this.table.first(row)
    if (kind === ROW_KIND.PHASE || kind === ROW_KIND.END || first === 0) return 0
    return this.connection.time(first) - this.connection.time(first - 1)
  }

  rowOf(frame: number): number {
    const index = this.connection.indexOf(frame)
    return index < 0 ? -1 : this.table.find(index)
  }

  row(row: number): Row {
    const first = this.table.first(row)
    switch (this.table.kind(row)) {
      case ROW_KIND.PHASE:
        return this.phaseRow(first)
      case ROW_KIND.ARROW:
        return this.arrowRow(first)
      case ROW_KIND.FOLD:
        return this.foldRow(first, this.table.packets(row))
      default:
        return this.endRow()
    }
  }

  /** Transitions with a frame. */
  changesAt(frame: number): readonly StateChange[] {
    return this.track.at(frame)
  }

  /** States after the last segment, by side; '' when unknown. */
  lastStates(): readonly string[] {
    return this.statesAt(this.connection.count)
  }

  /** State of the side that receives a segment, just before it; '' when unknown. */
  stateBefore(frame: number): string {
    const index = this.connection.indexOf(frame)
    return index < 0 ? '' : this.track.before(other(this.connection.side(index)), frame)
  }

  private statesAt(index: number): string[] {
    if (!this.hasStates) return ['', '']
    if (index >= this.connection.count) return [this.track.last(0), this.track.last(1)]
    const frame = this.connection.frameAt(index)
    return [this.track.before(0, frame), this.track.before(1, frame)]
  }

  private phaseRow(first: number): PhaseRow {
    const { course, connection, words } = this
    const end = first < course.dataStart ? course.dataStart : first < course.closeStart ? course.closeStart : connection.count
    const facts = words.segments(count(end - first), end - first > 1 ? duration(connection.time(end - 1) - connection.time(first)) : '')
    const title = this.phaseTitle(first)
    return { kind: 'phase', title, facts, states: this.statesAt(first), sentence: `${title}. ${facts}.` }
  }

  private phaseTitle(first: number): string {
    const { course, connection, words } = this
    if (first < course.dataStart) return words.opening(course.opening, course)
    if (first >= course.closeStart) return words.closing(course.closing, name(words, course.closer ?? 0))
    const [client, server] = connection.bytes
    return words.data(bytes(client), bytes(server), client > 0 && client * 100 >= server, server > 0 && server * 100 >= client)
  }

  private arrowRow(index: number): ArrowRow {
    const { connection, digits } = this
    const facts = connection.facts(index)
    const mark = this.markAt(index, facts)
    const style = mark === undefined ? undefined : MARK_STYLE[mark]
    const [bold, plain] = this.notes.of(index, facts, mark)
    const message = this.options.messages && facts.length > 0 ? messageOf(connection.trace, facts.frame) : undefined
    const deltaNs = index === 0 ? 0 : connection.time(index) - connection.time(index - 1)
    const title = this.titleOf(facts, mark)
    const changes = this.track.at(facts.frame).map((change): StateMark => ({
      lifeline: change.side,
      from: change.from,
      to: change.to,
      evidence: change.evidence,
      sending: change.side === facts.side,
    }))
    const notes: Span[] = [
      ...(bold === '' ? [] : [{ text: bold, bold: true, tone: style?.tone ?? 'fg2' } as const]),
      ...(plain === '' ? [] : [{ text: plain, tone: 'fg3' } as const]),
    ]
    return {
      kind: 'arrow',
      frame: facts.frame,
      time: seconds(sinceStart(connection.trace, facts.frame), digits),
      delta: index === 0 ? '' : signed(deltaNs),
      deltaNs,
      from: facts.side,
      to: other(facts.side),
      title,
      details: this.detailsOf(facts).join('  '),
      mark,
      message,
      notes,
      changes,
      states: this.statesAt(index),
      sentence: this.sentence(facts, title, changes, [bold, plain], message === undefined ? '' : `${message.protocol} ${message.text}`),
    }
  }

  /** SYN, ACKs of a simultaneous open repeat a number that only the SYN had, as the standard asks. */
  private markAt(index: number, facts: SegmentFacts): Mark | undefined {
    const crossing =
      this.course.opening === 'simultaneous' && (facts.flags & (SYN | ACK)) === (SYN | ACK) && this.course.synAck[facts.side] === index
    return markOf(facts.flags, facts.analysis, crossing)
  }

  private titleOf(facts: SegmentFacts, mark: Mark | undefined): string {
    const flags = flagNames(facts.flags)
    if (mark === undefined || !NAMING.has(mark)) return flags
    const label = this.words.mark[mark]
    return (facts.flags & (SYN | FIN)) === 0 ? label : `${flags} · ${label}`
  }

  private detailsOf(facts: SegmentFacts): string[] {
    const raw = this.options.numbers === 'raw'
    const { trace } = this.connection
    const sequence = `Seq ${count(raw ? facts.rawSequence : facts.sequence)}`
    const ack = (facts.flags & ACK) === 0 ? [] : [`Ack ${count(raw ? facts.rawAcknowledgment : facts.acknowledgment)}`]
    const length = facts.length > 0 ? [`Len ${count(facts.length)}`] : []
    const more = this.options.tcpOptions ? segmentOptions(trace, facts.frame) : []
    if ((facts.flags & SYN) !== 0) return [sequence, ...ack, ...length, ...synOptions(trace, facts.frame), ...more]
    if ((facts.flags & (FIN | RST)) !== 0) return [sequence, ...ack, ...length, ...more]
    return facts.length > 0
      ? [sequence, ...ack, ...length, ...more]
      : [sequence, ...ack, ...(facts.analysis === 0 || facts.window === 0 ? [`Win ${count(facts.window)}`] : []), ...more]
  }

  private sentence(facts: SegmentFacts, title: string, changes: readonly StateMark[], note: readonly string[], message: string): string {
    const { words, options } = this
    const who = (side: Side): string => (options.language === 'en' ? `the ${name(words, side).toLowerCase()}` : name(words, side))
    const parts = [
      title,
      words.sequence(count(facts.sequence)),
      ...((facts.flags & ACK) === 0 ? [] : [words.acknowledges(count(facts.acknowledgment))]),
      ...(facts.length === 0 ? [] : [words.carries(bytes(facts.length))]),
      words.windowIs(count(facts.window)),
      ...(message === '' ? [] : [message]),
      ...note.filter((line) => line !== ''),
      ...changes.map((change) =>
        words.stateChange(name(words, change.lifeline === 0 ? 0 : 1), change.from, change.to, change.evidence !== 'observed'),
      ),
    ]
    const time = seconds(sinceStart(this.connection.trace, facts.frame), this.digits)
    return words.arrow(facts.frame, time, who(facts.side), who(other(facts.side)), parts.join(options.language === 'zh' ? '，' : ', '))
  }

  private foldRow(first: number, packets: number): FoldRow {
    const { connection, words, digits } = this
    const sum = sumOf(connection, first, packets, words)
    const frame = connection.frameAt(first)
    const lastFrame = connection.frameAt(first + packets - 1)
    const waiting = (connection.analysis(first) & ANALYSIS_MASK) !== 0 && sum.facts.dataSegments === 0 && sum.probes > 0
    const deltaNs = first === 0 ? 0 : connection.time(first) - connection.time(first - 1)
    const title = waiting ? words.waitingTitle(count(packets)) : words.foldTitle(sum.facts, count(packets))
    const second = waiting ? words.waitingSecond(count(sum.probes)) : words.foldSecond(sum.facts)
    const details = sum.facts.dataSegments === 0 || sum.facts.bothSend ? '' : `Seq ${count(sum.from)}–${count(sum.to - 1)}`
    return {
      kind: 'fold',
      frame,
      lastFrame,
      count: packets,
      time: seconds(sinceStart(connection.trace, frame), digits),
      delta: first === 0 ? '' : signed(deltaNs),
      deltaNs,
      between: [0, 1],
      title,
      details,
      second,
      action: words.expand(frame, lastFrame),
      notes: [],
      directions: sum.directions,
      states: this.statesAt(first),
      sentence: words.fold(frame, lastFrame, [title, details, second].filter((part) => part !== '').join(', ')),
    }
  }

  private endRow(): EndRow {
    const { words, options, connection } = this
    const states = this.statesAt(connection.count)
    const lifelines = states.flatMap((state, lane) => (state === 'TIME-WAIT' ? [lane] : []))
    const text = lifelines.length === 0 ? words.nothingMore : words.endsByTimer
    const timeWait =
      lifelines.length === 0
        ? undefined
        : { lifelines, text: words.timeWait(`${count(options.msl * 2)} s`, `${count(options.msl)} s`), then: words.thenClosed }
    return { kind: 'end', text, timeWait, states, sentence: timeWait === undefined ? text : `${text} ${timeWait.text}, ${timeWait.then}.` }
  }
}

const KINDS = ['phase', 'arrow', 'fold', 'end'] as const

function signed(nanoseconds: number): string {
  return `${nanoseconds < 0 ? '' : '+'}${duration(nanoseconds)}`
}

interface FoldSum {
  readonly facts: FoldFacts
  readonly directions: readonly [number, number]
  readonly probes: number
  /** Sequence numbers of the data, `to` exclusive. */
  readonly from: number
  readonly to: number
}

function sumOf(connection: Connection, first: number, packets: number, words: Words): FoldSum {
  const data: [number, number] = [0, 0]
  const directions: [number, number] = [0, 0]
  let size = 0
  let acks = 0
  let duplicates = 0
  let probes = 0
  let full = 0
  let ackTo = 0
  let from = Infinity
  let to = 0
  for (let index = first; index < first + packets; index++) {
    const facts = connection.facts(index)
    directions[facts.side]++
    const mark = markOf(facts.flags, facts.analysis, false)
    if (mark === 'duplicate-ack') duplicates++
    if (mark === 'window-full') full++
    if (mark === 'keep-alive' || mark === 'zero-window-probe') probes++
    if (facts.length > 0) {
      data[facts.side]++
      size += facts.length
      from = Math.min(from, facts.sequence)
      to = Math.max(to, facts.sequence + facts.length)
    } else {
      acks++
      ackTo = Math.max(ackTo, facts.acknowledgment)
    }
  }
  const sender: Side = data[0] > data[1] ? 0 : data[1] > 0 ? 1 : directions[0] > 0 ? 1 : 0
  const facts: FoldFacts = {
    dataSegments: data[0] + data[1],
    bytes: bytes(size),
    acks,
    duplicates,
    windowFull: full,
    sender: name(words, sender),
    receiver: name(words, other(sender)),
    bothSend: data[0] > 0 && data[1] > 0,
    ackTo: count(ackTo),
  }
  return { facts, directions, probes, from, to }
}
