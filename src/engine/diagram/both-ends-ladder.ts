// The ladder of one TCP connection that was captured at both ends: a row a packet on its way, with what became of it between the two places.
import type { Trace } from '../index/trace'
import { bothEnds, whenOf, type BothEnds } from '../session/both-ends/both-ends'
import { headerChanges, packetHeader, type HeaderChange } from '../session/both-ends/packet-header'
import type { End, Passage } from '../session/both-ends/passages'
import type { SameConnection } from '../session/both-ends/same-connection'
import { ACK, FIN, RST, SYN } from '../protocols/transport/tcp/analysis-flags'
import { BothEndsStates } from './both-ends-states'
import { Connection, other, type SegmentFacts } from './connection'
import { bytes, count, duration, seconds } from './format'
import type { ArrowRow, EndRow, FoldRow, Ladder, Lifeline, PhaseRow, Row, Span, StateMark, Unfolded } from './ladder'
import { flagNames, MARK_STYLE, markOf, type Mark } from './marks'
import { messageOf, synOptions, segmentOptions } from './packet-texts'
import { Retransmissions } from './retransmissions'
import { ROW_KIND, RowTable } from './row-table'
import { digitsOf } from './time-digits'
import { wordsOf, type Language, type Words } from './words'
import { bothEndsWords, type BothEndsWords } from './words-both-ends'

/** Two captures and the connection in both. */
export interface BothEndsScope {
  readonly trace: Trace
  readonly stream: number
  /** What the first capture is called. */
  readonly name: string
  readonly second: Trace
  readonly secondName: string
  readonly same: SameConnection
}

/** How it is drawn. */
export interface BothEndsOptions {
  readonly language: Language
  readonly unfolded: Unfolded
  readonly numbers: 'relative' | 'raw'
  readonly tcpOptions: boolean
  readonly messages: boolean
  readonly states: boolean
}

/** Packets looked at for what the path changes in every one of them. */
const USUAL_SAMPLE = 12

/** Makes the ladder of two captures. Times are those of the first one. */
export class BothEndsLadder implements Ladder {
  readonly language: Language
  readonly title: string
  readonly lifelines: readonly Lifeline[]
  readonly hasStates: boolean
  readonly hasPhases = true
  readonly numberTitle: string
  readonly packets: number
  readonly both: BothEnds
  /** By end. */
  readonly connections: readonly [Connection, Connection]
  readonly files: readonly [string, string]
  /** What the path changes in every packet from the client, and from the server. */
  readonly usualChanges: readonly [readonly HeaderChange[], readonly HeaderChange[]]
  readonly states: BothEndsStates
  readonly retransmissions: Retransmissions
  readonly digits: number
  private readonly options: BothEndsOptions
  private readonly words: Words
  private readonly own: BothEndsWords
  private readonly table = new RowTable()
  /** Places of the first packet with data and of the first that closes. */
  private readonly dataStart: number
  private readonly closeStart: number
  /** Rows by frame of the first capture, and by frame of the second one. */
  private readonly rows = new Map<number, number>()
  private readonly rowsThere = new Map<number, number>()

  constructor(scope: BothEndsScope, options: BothEndsOptions) {
    this.options = options
    this.language = options.language
    this.words = wordsOf(options.language)
    this.own = bothEndsWords(options.language)
    this.numberTitle = this.own.number
    const both = (this.both = bothEnds(scope.trace, scope.stream, scope.second, scope.same))
    const streams = both.firstEnd === 0 ? ([scope.stream, scope.same.stream] as const) : ([scope.same.stream, scope.stream] as const)
    this.files = both.firstEnd === 0 ? [scope.name, scope.secondName] : [scope.secondName, scope.name]
    this.connections = [new Connection(both.traces[0], streams[0]), new Connection(both.traces[1], streams[1])]
    this.states = new BothEndsStates(both, this.connections, options.states)
    this.hasStates = !this.states.isEmpty
    this.retransmissions = new Retransmissions(both)
    this.packets = both.passages.length
    this.digits = digitsOf(both.traces[both.firstEnd])
    this.lifelines = ([0, 1] as const).map((end) => ({
      role: end === 0 ? this.words.client : this.words.server,
      name: this.endpoint(end),
      remark: this.own.capturedIn(this.files[end]),
    }))
    this.title = this.own.title(scope.stream, this.endpoint(0), this.endpoint(1))
    this.usualChanges = [this.changesOfAll(0), this.changesOfAll(1)]
    const firstOf = (wanted: (flags: number, length: number) => boolean): number => {
      const found = both.passages.findIndex((passage) => wanted(this.flags(passage), this.length(passage)))
      return found < 0 ? both.passages.length : found
    }
    this.closeStart = firstOf((flags) => (flags & (FIN | RST)) !== 0)
    const opens = both.passages.some((passage) => (this.flags(passage) & SYN) !== 0)
    this.dataStart = opens
      ? Math.min(
          this.closeStart,
          firstOf((flags, length) => length > 0 && (flags & SYN) === 0),
        )
      : 0
    this.fill()
  }

  /** An end's address as its own capture has it. */
  private endpoint(end: End): string {
    const { connections, both } = this
    const connection = connections[end]
    return connection.endpoint(connection.clientDirection === both.clientDirection[end] ? end : other(end))
  }

  private fill(): void {
    const { passages, firstEnd } = this.both
    const { table } = this
    const classOf = (index: number): number => {
      const passage = passages[index]
      if (passage?.fate !== 'arrived' || passage.overtakenBy > 0 || passage.late > 0 || passage.arrived.length > 1) return 0
      const repeats = this.retransmissions.of(index).earlier !== undefined
      return repeats || (this.flags(passage) & (SYN | FIN | RST)) !== 0 || this.states.touches(passage) ? 0 : 1
    }
    const frameOf = (index: number): number => this.frameAt(passages[index], firstEnd)
    // What is sent at the other end carries later frames here: a fold is named by its least one.
    const nameOf = (index: number): number => {
      let least = frameOf(index)
      for (let at = index + 1; at < passages.length && classOf(at) !== 0; at++) least = Math.min(least, frameOf(at))
      return least
    }
    for (const [from, to] of [
      [0, this.dataStart],
      [this.dataStart, this.closeStart],
      [this.closeStart, passages.length],
    ] as const) {
      if (from >= to) continue
      table.add(ROW_KIND.PHASE, from, 0)
      table.addRun(from, to, classOf, nameOf, this.options.unfolded)
    }
    table.add(ROW_KIND.END, passages.length, 0)
    for (let row = 0; row < table.count; row++) {
      for (let index = table.first(row); index < table.first(row) + table.packets(row); index++) {
        for (const [rows, frame] of [
          [this.rows, frameOf(index)],
          [this.rowsThere, this.frameAt(passages[index], other(firstEnd))],
        ] as const) {
          if (frame > 0 && !rows.has(frame)) rows.set(frame, row)
        }
      }
    }
  }

  // -- packets

  /** End whose segment stands for a packet: where it was sent, or else where it arrived. */
  private shownAt({ sent, from }: Passage): End {
    return sent >= 0 ? from : other(from)
  }

  private indexOf(passage: Passage): number {
    return passage.sent >= 0 ? passage.sent : (passage.arrived[0] ?? 0)
  }

  private flags(passage: Passage): number {
    return this.connections[this.shownAt(passage)].flags(this.indexOf(passage))
  }

  private length(passage: Passage): number {
    return this.connections[this.shownAt(passage)].length(this.indexOf(passage))
  }

  /** Header values as its sender's capture has them, or the other one where that is all there is. */
  factsOf(passage: Passage): SegmentFacts {
    return this.connections[this.shownAt(passage)].facts(this.indexOf(passage))
  }

  /** Frame of a packet in the capture at an end, or 0. */
  frameAt(passage: Passage | undefined, end: End): number {
    if (passage === undefined) return 0
    const index = end === passage.from ? passage.sent : (passage.arrived.at(-1) ?? -1)
    return index < 0 ? 0 : this.connections[end].frameAt(index)
  }

  /** What the path changed in a packet; nothing where it was seen at one place only. */
  changesOf(passage: Passage): HeaderChange[] {
    if (passage.sent < 0 || passage.arrived.length === 0) return []
    const { traces } = this.both
    const all = headerChanges(
      packetHeader(traces[passage.from], this.frameAt(passage, passage.from)),
      packetHeader(traces[other(passage.from)], this.frameAt(passage, other(passage.from))),
    )
    // pieces are numbered one by one, whoever cut them
    return passage.arrived.length > 1 ? all.filter(({ fact }) => fact !== 'identification') : all
  }

  private changesOfAll(from: End): HeaderChange[] {
    const sample = this.both.passages.filter((one) => one.from === from && one.fate === 'arrived').slice(0, USUAL_SAMPLE)
    const [first, ...rest] = sample.map((passage) => this.changesOf(passage))
    return (first ?? []).filter((change) => rest.every((changes) => changes.some((one) => isSame(one, change))))
  }

  /** What the path changed in this packet and not in every one. */
  ownChanges(passage: Passage): HeaderChange[] {
    const usual = this.usualChanges[passage.from]
    return this.changesOf(passage).filter((change) => !usual.some((one) => isSame(one, change)))
  }

  /** "MSS 1460 → 1360". */
  changeText({ fact, before, after }: HeaderChange): string {
    const { own } = this
    return own.change(own.fact[fact], before === '' ? own.absent : before, after === '' ? own.absent : after)
  }

  // -- rows

  get rowCount(): number {
    return this.table.count
  }

  kindOf(row: number): Row['kind'] {
    return KINDS[this.table.kind(row)] ?? 'end'
  }

  /** Packets of a row: the first one, and behind the last one. */
  span(row: number): readonly [number, number] {
    const first = this.table.first(row)
    return [first, first + this.table.packets(row)]
  }

  deltaOf(row: number): number {
    const [first, end] = this.span(row)
    return first === end || first === 0 ? 0 : this.when(first) - this.when(first - 1)
  }

  rowOf(frame: number): number {
    return this.rows.get(frame) ?? -1
  }

  /** Row of a frame of the second capture; -1 when the diagram does not have it. */
  rowThere(frame: number): number {
    return this.rowsThere.get(frame) ?? -1
  }

  /** Common time of a packet. */
  when(index: number): number {
    const passage = this.both.passages[index]
    return passage === undefined ? 0 : whenOf(passage)
  }

  row(row: number): Row {
    const [first, end] = this.span(row)
    const passage = this.both.passages[first]
    switch (this.kindOf(row)) {
      case 'phase':
        return this.phaseRow(first)
      case 'arrow':
        return passage === undefined ? this.endRow() : this.arrowRow(first, passage)
      case 'fold':
        return this.foldRow(first, end)
      case 'end':
        return this.endRow()
    }
  }

  private phaseRow(first: number): PhaseRow {
    const { own, both } = this
    const [end, title] =
      first < this.dataStart
        ? [this.dataStart, own.opening]
        : first < this.closeStart
          ? [this.closeStart, own.data]
          : [both.passages.length, own.closing]
    const within = both.passages.slice(first, end)
    const delays = within.map(({ sentAt, arrivedAt }) => arrivedAt - sentAt).filter((delay) => !Number.isNaN(delay))
    delays.sort((a, b) => a - b)
    const usual = delays[delays.length >> 1]
    const facts = own.facts(count(within.length), lostOf(within), usual === undefined ? '' : duration(Math.round(usual)))
    return { kind: 'phase', title, facts, states: this.states.at(this.when(first)), sentence: `${title}. ${facts}.` }
  }

  /** The mark of a packet: what became of it, or else what TCP's own numbers say. */
  markAt(index: number, passage: Passage): Mark | undefined {
    switch (passage.fate) {
      case 'lost':
        return 'lost-between'
      case 'repeated':
        return 'repeated-between'
      case 'arrived':
        break
      default:
        return passage.fate
    }
    if (passage.overtakenBy > 0) return 'overtaken'
    if (this.retransmissions.of(index).earlier !== undefined) return 'retransmission'
    if (passage.late > 0) return 'late'
    return markOf(this.flags(passage), 0, false)
  }

  private arrowRow(index: number, passage: Passage): ArrowRow {
    const { both, digits, words, own } = this
    const facts = this.factsOf(passage)
    const mark = this.markAt(index, passage)
    const [bold, plain] = this.note(index, passage)
    const [frame, otherFrame] = [this.frameAt(passage, both.firstEnd), this.frameAt(passage, other(both.firstEnd))]
    const [left, right] = [this.frameAt(passage, passage.from), this.frameAt(passage, other(passage.from))]
    const at = whenOf(passage)
    const deltaNs = index === 0 ? 0 : at - this.when(index - 1)
    const title = flagNames(facts.flags)
    const details = this.detailsOf(passage, facts)
    const changes = this.states.of(passage)
    const message = this.options.messages && facts.length > 0 ? messageOf(this.both.traces[this.shownAt(passage)], facts.frame) : undefined
    const style = mark === undefined ? undefined : MARK_STYLE[mark]
    const notes: Span[] = [
      ...(bold === '' ? [] : [{ text: bold, bold: true, tone: style?.tone ?? 'fg2' } as const]),
      ...(plain === '' ? [] : [{ text: plain, tone: 'fg3' } as const]),
    ]
    const who = (end: End): string =>
      this.language === 'en' ? `the ${(end === 0 ? words.client : words.server).toLowerCase()}` : end === 0 ? words.client : words.server
    const parts = [
      title,
      ...details,
      ...(message === undefined ? [] : [`${message.protocol} ${message.text}`]),
      bold,
      ...(bold === '' ? [] : [plain]),
    ]
    const arrivals = passage.arrived.map((one) => this.connections[other(passage.from)].frameAt(one))
    const frames = arrivals.length > 1 ? `${arrivals[0]}–${arrivals.at(-1)}` : String(arrivals[0])
    return {
      kind: 'arrow',
      frame,
      otherFrame,
      number: `${left === 0 ? '–' : left} → ${right === 0 ? '–' : right}`,
      time: seconds(at, digits),
      delta: index === 0 ? '' : `${deltaNs < 0 ? '' : '+'}${duration(Math.round(deltaNs))}`,
      deltaNs,
      from: passage.from,
      to: other(passage.from),
      title,
      details: details.join('  '),
      mark,
      message,
      notes,
      changes,
      states: this.states.at(at),
      sentence: own.sentence(
        who(passage.from),
        who(other(passage.from)),
        left,
        Number.isNaN(passage.sentAt) ? '' : seconds(passage.sentAt, digits),
        [...parts.filter((part) => part !== ''), ...changes.map((change) => this.changeSentence(change))].join(
          this.language === 'zh' ? '，' : ', ',
        ),
        arrivals.length === 0 ? own.neverArrives : own.arrives(frames, seconds(passage.arrivedAt, digits)),
      ),
    }
  }

  private changeSentence({ lifeline, from, to, evidence }: StateMark): string {
    return this.words.stateChange(lifeline === 0 ? this.words.client : this.words.server, from, to, evidence !== 'observed')
  }

  /** A bold line and a plain one beside a packet. */
  private note(index: number, passage: Passage): readonly [string, string] {
    const { own, both } = this
    const delay = duration(Math.round(passage.arrivedAt - passage.sentAt))
    const { earlier, later } = this.retransmissions.of(index)
    switch (passage.fate) {
      case 'lost':
        return own.lost(
          later !== undefined
            ? own.sentAgainAs(
                `#${this.frameAt(both.passages[later], passage.from)}`,
                duration(Math.round(this.when(later) - this.when(index))),
              )
            : this.length(passage) > 0
              ? own.notSentAgain
              : '',
        )
      case 'partly-lost':
        return own.partlyLost(bytes(passage.missing), passage.arrived.length)
      case 'missed':
        return own.missed
      case 'repeated':
        return own.repeated(delay)
      case 'appeared':
        return own.appeared
      case 'outside':
        return own.outside(this.beganLater(passage))
      case 'arrived':
        break
    }
    const changes = this.ownChanges(passage)
    if (changes.length > 0) return own.changed(changes.map((change) => this.changeText(change)).join(', '), delay)
    if (passage.overtakenBy > 0) return own.overtaken(passage.overtakenBy, delay)
    if (earlier !== undefined) {
      const first = both.passages[earlier]
      const had = first?.fate !== 'lost' && first?.fate !== 'partly-lost'
      return own.sentAgain(had, `#${this.frameAt(first, passage.from)}`, own.delayed(delay))
    }
    if (passage.late > 0) return own.late(duration(Math.round(passage.late)), delay)
    return passage.arrived.length > 1 ? own.inPieces(passage.arrived.length, delay) : ['', own.delayed(delay)]
  }

  private beganLater(passage: Passage): boolean {
    const { passages } = this.both
    const both = passages.findIndex(({ fate }) => fate === 'arrived')
    return both < 0 || whenOf(passage) < this.when(both)
  }

  private detailsOf(passage: Passage, facts: SegmentFacts): string[] {
    const raw = this.options.numbers === 'raw'
    const trace = this.both.traces[this.shownAt(passage)]
    return [
      `Seq ${count(raw ? facts.rawSequence : facts.sequence)}`,
      ...((facts.flags & ACK) === 0 ? [] : [`Ack ${count(raw ? facts.rawAcknowledgment : facts.acknowledgment)}`]),
      ...(facts.length > 0 ? [`Len ${count(facts.length)}`] : []),
      ...((facts.flags & SYN) === 0 ? [] : synOptions(trace, facts.frame)),
      ...(this.options.tcpOptions ? segmentOptions(trace, facts.frame) : []),
    ]
  }

  private foldRow(first: number, end: number): FoldRow {
    const { own, words, both } = this
    const folded = both.passages.slice(first, end)
    const directions: [number, number] = [0, 0]
    let [size, least, most] = [0, Infinity, 0]
    for (const passage of folded) {
      directions[passage.from]++
      size += this.length(passage)
      least = Math.min(least, passage.arrivedAt - passage.sentAt)
      most = Math.max(most, passage.arrivedAt - passage.sentAt)
    }
    const frames = folded.map((passage) => this.frameAt(passage, both.firstEnd))
    const frame = frames.reduce((low, one) => Math.min(low, one), Infinity)
    const lastFrame = frames.reduce((high, one) => Math.max(high, one), 0)
    const single = directions[0] === 0 ? words.server : words.client
    const title =
      directions[0] > 0 && directions[1] > 0
        ? `${own.foldBoth(count(folded.length))}${size === 0 ? '' : `${this.language === 'zh' ? '，' : ', '}${bytes(size)}`}`
        : own.fold(this.language === 'en' ? `the ${single.toLowerCase()}` : single, count(folded.length), size === 0 ? '' : bytes(size))
    const second = own.foldDelays(duration(Math.round(least)), duration(Math.round(most)))
    const deltaNs = first === 0 ? 0 : this.when(first) - this.when(first - 1)
    return {
      kind: 'fold',
      frame,
      lastFrame,
      count: folded.length,
      time: seconds(this.when(first), this.digits),
      delta: first === 0 ? '' : `+${duration(Math.round(deltaNs))}`,
      deltaNs,
      between: [0, 1],
      title,
      details: '',
      second,
      action: words.expand(frame, lastFrame),
      notes: [],
      directions,
      states: this.states.at(this.when(first)),
      sentence: words.fold(frame, lastFrame, `${title}, ${second}`),
    }
  }

  private endRow(): EndRow {
    const { own, both } = this
    const text = own.end(this.clockText(), lostOf(both.passages), count(both.passages.length))
    return { kind: 'end', text, timeWait: undefined, states: this.states.last(), sentence: text }
  }

  /** "The clock of server.pcap is 3.70 s ahead, within 20.1 ms for certain." */
  clockText(): string {
    const { own, both } = this
    if (both.clock === undefined) return own.noClock
    const { offset, uncertainty } = both.clock
    const file = this.files[other(both.firstEnd)]
    return own.clock(file, exact(Math.abs(offset)), offset >= 0, uncertainty === undefined ? '' : `±${duration(Math.round(uncertainty))}`)
  }
}

function isSame(one: HeaderChange, two: HeaderChange): boolean {
  return one.fact === two.fact && one.before === two.before && one.after === two.after
}

const KINDS = ['phase', 'arrow', 'fold', 'end'] as const

/** Packets of which something was lost. */
export function lostOf(passages: readonly Passage[]): number {
  return passages.filter(({ fate }) => fate === 'lost' || fate === 'partly-lost').length
}

/** A clock's offset keeps its microseconds beside its seconds. */
export function exact(nanoseconds: number): string {
  return nanoseconds < 1e9 ? duration(Math.round(nanoseconds)) : `${seconds(nanoseconds, 6)} s`
}
