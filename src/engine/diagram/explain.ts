// What stands beside a ladder: the selected segment and the whole connection explained with the connection's own numbers.
import { ACK, ANALYSIS, FIN, RST, SYN } from '../protocols/transport/tcp/analysis-flags'
import { other, sinceStart, type Connection, type SegmentFacts, type Side } from './connection'
import { name } from './connection-notes'
import type { ConnectionLadder } from './connection-ladder'
import { explainWordsOf, type ConnectionStory, type ExplainSection } from './explain-words'
import { count, duration, seconds } from './format'
import { flagNames, markOf } from './marks'
import { valueOf } from './packet-texts'
import { digitsOf } from './time-digits'
import { wordsOf, type Language } from './words'

/** A cell of the TCP header: how many of the row's 32 bits it takes. */
export interface HeaderCell {
  readonly label: string
  readonly value: string
  readonly bits: number
  readonly strong: boolean
}

/** The selected segment. */
export interface SegmentExplanation {
  readonly frame: number
  readonly title: string
  readonly time: string
  readonly text: string
  readonly facts: readonly (readonly [string, string])[]
  readonly changes: readonly { readonly who: string; readonly from: string; readonly to: string; readonly inferred: boolean }[]
  readonly sections: readonly ExplainSection[]
  readonly header: readonly (readonly HeaderCell[])[]
}

export interface Explanation {
  readonly segment: SegmentExplanation | undefined
  readonly connection: readonly ExplainSection[]
}

/** Explains a connection, and one of its segments where `frame` is one. `msl` is in seconds. */
export function explain(ladder: ConnectionLadder, frame: number | undefined, msl: number): Explanation {
  const words = explainWordsOf(ladder.language)
  const story = storyOf(ladder, msl)
  const index = frame === undefined ? -1 : ladder.connection.indexOf(frame)
  const segment = index < 0 ? undefined : explainSegment(ladder, index, story)
  const isOpened = story.opening !== 'refused' && story.opening !== 'unanswered'
  return { segment, connection: allSections(story, ladder.language).concat(isOpened ? words.udp(story) : []) }
}

function allSections(story: ConnectionStory, language: Language): ExplainSection[] {
  const words = explainWordsOf(language)
  return [
    words.opening(story),
    ...(story.repeatedSyn === undefined ? [] : [words.oldSyn(story)]),
    ...(story.options === undefined ? [] : [words.agreed(story)]),
    ...(story.windowEvents === 0 ? [] : [words.window(story)]),
    ...(story.closing === 'open' ? [] : story.closing === 'reset' ? [words.reset(story)] : [words.closing(story)]),
    ...(story.waits === undefined ? [] : [words.whoWaits(story), words.twoMsl(story)]),
  ]
}

function explainSegment(ladder: ConnectionLadder, index: number, story: ConnectionStory): SegmentExplanation {
  const { connection, language, course } = ladder
  const words = explainWordsOf(language)
  const facts = connection.facts(index)
  const row = ladder.row(ladder.rowOf(facts.frame))
  const mark = markOf(facts.flags, facts.analysis, false)
  const changes = ladder.changesAt(facts.frame)
  const sides = wordsOf(language)
  const kind = kindOf(ladder, index, facts)
  const sections: ExplainSection[] = []
  if ((facts.flags & SYN) !== 0 || index === course.handshakeAck) {
    sections.push(words.opening(story))
    if (story.repeatedSyn !== undefined) sections.push(words.oldSyn(story))
    if ((facts.flags & SYN) !== 0 && story.options !== undefined) sections.push(words.agreed(story))
  }
  if ((facts.flags & FIN) !== 0) sections.push(words.closing(story))
  if (story.waits !== undefined && changes.some(({ to }) => to === 'TIME-WAIT' || to === 'CLOSED'))
    sections.push(words.whoWaits(story), words.twoMsl(story))
  if ((facts.flags & RST) !== 0) sections.push(words.reset(story))
  if (mark === 'window-full' || mark === 'zero-window' || mark === 'window-update') sections.push(words.window(story))
  return {
    frame: facts.frame,
    title: row.kind === 'arrow' ? row.title : flagNames(facts.flags),
    time: `${seconds(sinceStart(connection.trace, facts.frame), digitsOf(connection.trace))} s`,
    text: words.segment(kind, name(sides, facts.side), name(sides, other(facts.side))),
    facts: segmentFacts(ladder, facts),
    changes: changes.map(({ side, from, to, evidence }) => ({ who: name(sides, side), from, to, inferred: evidence !== 'observed' })),
    sections,
    header: headerOf(ladder, index, facts),
  }
}

/** What kind of segment it is, for the sentence about it. */
export type SegmentKind =
  | 'syn'
  | 'syn-ack'
  | 'crossed-syn-ack'
  | 'handshake-ack'
  | 'data'
  | 'ack'
  | 'fin'
  | 'last-ack'
  | 'reset'
  | 'refused'
  | 'retransmission'
  | 'repeated-fin'
  | 'out-of-order'
  | 'gap'
  | 'duplicate-ack'
  | 'keep-alive'
  | 'keep-alive-ack'
  | 'zero-window'
  | 'window-full'
  | 'window-update'

function kindOf({ course, connection }: ConnectionLadder, index: number, facts: SegmentFacts): SegmentKind {
  const { flags, analysis } = facts
  if ((flags & RST) !== 0) return course.opening === 'refused' ? 'refused' : 'reset'
  if ((analysis & (ANALYSIS.RETRANSMISSION | ANALYSIS.FAST_RETRANSMISSION | ANALYSIS.SPURIOUS_RETRANSMISSION)) !== 0 && (flags & SYN) === 0)
    return facts.length === 0 && (flags & FIN) !== 0 ? 'repeated-fin' : 'retransmission'
  if ((flags & SYN) !== 0) return (flags & ACK) === 0 ? 'syn' : course.opening === 'simultaneous' ? 'crossed-syn-ack' : 'syn-ack'
  if ((flags & FIN) !== 0) return 'fin'
  if (index === course.handshakeAck && facts.length === 0) return 'handshake-ack'
  if ((analysis & ANALYSIS.OUT_OF_ORDER) !== 0) return 'out-of-order'
  if ((analysis & ANALYSIS.LOST_SEGMENT) !== 0) return 'gap'
  if ((analysis & ANALYSIS.ZERO_WINDOW) !== 0) return 'zero-window'
  if ((analysis & ANALYSIS.WINDOW_FULL) !== 0) return 'window-full'
  if ((analysis & (ANALYSIS.KEEP_ALIVE | ANALYSIS.ZERO_WINDOW_PROBE)) !== 0) return 'keep-alive'
  if ((analysis & (ANALYSIS.KEEP_ALIVE_ACK | ANALYSIS.ZERO_WINDOW_PROBE_ACK)) !== 0) return 'keep-alive-ack'
  if ((analysis & ANALYSIS.DUPLICATE_ACK) !== 0) return 'duplicate-ack'
  if ((analysis & ANALYSIS.WINDOW_UPDATE) !== 0) return 'window-update'
  if (facts.length > 0) return 'data'
  const isLast = index === connection.count - 1 && course.fin[0] >= 0 && course.fin[1] >= 0
  return isLast ? 'last-ack' : 'ack'
}

function segmentFacts({ connection, language }: ConnectionLadder, facts: SegmentFacts): (readonly [string, string])[] {
  const { labels } = explainWordsOf(language)
  const sides = wordsOf(language)
  const answered = facts.acksFrame === 0 ? -1 : connection.indexOf(facts.acksFrame)
  const elapsed = answered < 0 ? 0 : sinceStart(connection.trace, facts.frame) - connection.time(answered)
  return [
    [labels.direction, `${name(sides, facts.side)} → ${name(sides, other(facts.side))}`],
    ['Seq / Ack', `${count(facts.sequence)} / ${(facts.flags & ACK) === 0 ? '–' : count(facts.acknowledgment)} (${labels.relative})`],
    [labels.length, `${count(facts.length)} B`],
    [labels.window, `${count(facts.window)} B`],
    ...(answered < 0 ? [] : [[labels.answers, labels.after(facts.acksFrame, duration(elapsed))] as const]),
  ]
}

/** The header as it lies in the packet, four bytes a row; what the segment is about stands out. */
function headerOf({ connection, language }: ConnectionLadder, index: number, facts: SegmentFacts): HeaderCell[][] {
  const { labels } = explainWordsOf(language)
  const decoder = connection.trace.dissect(facts.frame, { summary: false, labels: false })
  const length = valueOf(decoder, 'tcp.hdr_len') ?? ''
  const options = optionNames((field) => valueOf(decoder, field) !== undefined)
  const opens = (facts.flags & (SYN | FIN | RST)) !== 0
  const cell = (label: string, value: string, bits: number, strong = false): HeaderCell => ({ label, value, bits, strong })
  return [
    [
      cell(labels.sourcePort, String(connection.port(facts.side)), 16),
      cell(labels.destinationPort, String(connection.port(other(facts.side))), 16),
    ],
    [cell(labels.sequence, count(facts.rawSequence), 32, opens || facts.length > 0)],
    [cell(labels.acknowledgment, count(facts.rawAcknowledgment), 32, (facts.flags & ACK) !== 0 && (facts.length === 0 || opens))],
    [
      cell(labels.offset, length, 8),
      cell(labels.flags, flagNames(facts.flags), 12, opens),
      cell(
        labels.window,
        count(connection.segments.window[index] ?? 0),
        12,
        (facts.analysis & (ANALYSIS.ZERO_WINDOW | ANALYSIS.WINDOW_UPDATE)) !== 0,
      ),
    ],
    ...(options === '' ? [] : [[cell(labels.options, options, 32)]]),
  ]
}

function optionNames(has: (field: string) => boolean): string {
  const known: readonly (readonly [string, string])[] = [
    ['tcp.options.mss_val', 'MSS'],
    ['tcp.options.sack_perm', 'SACK-P'],
    ['tcp.options.timestamp.tsval', 'TS'],
    ['tcp.options.wscale.shift', 'WS'],
    ['tcp.options.sack_le', 'SACK'],
    ['tcp.options.tfo.request', 'TFO'],
  ]
  return known
    .filter(([field]) => has(field))
    .map(([, text]) => text)
    .join(', ')
}

/** Collects the numbers that the explanations name. */
function storyOf(ladder: ConnectionLadder, msl: number): ConnectionStory {
  const { connection, course, language } = ladder
  const sides = wordsOf(language)
  const frame = (index: number): number => (index < 0 ? 0 : connection.frameAt(index))
  const raw = (index: number): string => (index < 0 ? '' : count(connection.facts(index).rawSequence))
  const closer = course.closer ?? 0
  const sums = sumsOf(connection)
  const answer = course.fin[other(closer)]
  const waiting = ladder.lastStates().indexOf('TIME-WAIT')
  const lastSyn = lastSynBefore(connection, course.synAck[1])
  return {
    opening: course.opening,
    syn: { frame: frame(course.syn[0]), raw: raw(course.syn[0]) },
    synAck: { frame: frame(course.synAck[1]), raw: raw(course.synAck[1]) },
    crossing: { frame: frame(course.syn[1]), raw: raw(course.syn[1]) },
    handshakeAck: frame(course.handshakeAck),
    roundTrip: connection.initialRoundTrip < 0 ? undefined : duration(connection.initialRoundTrip),
    repeatedSyn:
      course.synCount > 1
        ? {
            first: frame(course.syn[0]),
            last: frame(lastSyn),
            count: course.synCount,
            waited: duration(connection.time(lastSyn) - connection.time(course.syn[0])),
            sameNumber: raw(lastSyn) === raw(course.syn[0]),
          }
        : undefined,
    options: optionsOf(connection, course.syn[0], course.synAck[1]),
    windowEvents: sums.full + sums.zero,
    windowFull: sums.full,
    zeroWindow: sums.zero,
    largestWindow: [count(sums.window[0]), count(sums.window[1])],
    closing: course.closing,
    closer: name(sides, closer),
    answerer: name(sides, other(closer)),
    closerFin: frame(course.fin[closer]),
    answerFin: frame(answer),
    resetFrame: frame(course.reset),
    resetBy: course.reset < 0 ? '' : name(sides, connection.side(course.reset)),
    resetPort: connection.port(1),
    openAtReset: ladder.stateBefore(frame(course.reset)),
    waits: waiting < 0 ? undefined : name(sides, waiting === 0 ? 0 : 1),
    waitsBoth: ladder.lastStates().every((state) => state === 'TIME-WAIT'),
    msl: `${count(msl)} s`,
    twoMsl: `${count(2 * msl)} s`,
    segments: count(connection.count),
    withoutData: count(sums.withoutData),
    dataBytes: count(connection.bytes[0] + connection.bytes[1]),
    headerBytes: count(sums.headers),
    repeated: sums.repeated,
    client: connection.endpoint(0),
    server: connection.endpoint(1),
  }
}

function lastSynBefore(connection: Connection, end: number): number {
  let last = -1
  for (let index = 0; index < (end < 0 ? connection.count : end); index++) {
    if ((connection.flags(index) & (SYN | ACK)) === SYN && connection.side(index) === 0) last = index
  }
  return last
}

function optionsOf(connection: Connection, syn: number, synAck: number): ConnectionStory['options'] {
  if (syn < 0 || synAck < 0) return undefined
  const read = (index: number) => {
    const decoder = connection.trace.dissect(connection.frameAt(index), { summary: false, labels: false })
    return {
      mss: valueOf(decoder, 'tcp.options.mss_val'),
      scale: valueOf(decoder, 'tcp.options.wscale.multiplier'),
      sack: valueOf(decoder, 'tcp.options.sack_perm') !== undefined,
      times: valueOf(decoder, 'tcp.options.timestamp.tsval') !== undefined,
    }
  }
  const client = read(syn)
  const server = read(synAck)
  return {
    clientMss: client.mss,
    serverMss: server.mss,
    scales: client.scale === undefined || server.scale === undefined ? undefined : [client.scale, server.scale],
    sack: client.sack && server.sack,
    times: client.times && server.times,
  }
}

interface Sums {
  readonly full: number
  readonly zero: number
  readonly repeated: number
  readonly withoutData: number
  readonly headers: number
  readonly window: readonly [number, number]
}

function sumsOf(connection: Connection): Sums {
  const { originalLength } = connection.trace.records
  const window: [number, number] = [0, 0]
  let full = 0
  let zero = 0
  let repeated = 0
  let withoutData = 0
  let headers = 0
  for (let index = 0; index < connection.count; index++) {
    const facts = connection.facts(index)
    const side: Side = facts.side
    if ((facts.analysis & ANALYSIS.WINDOW_FULL) !== 0) full++
    if ((facts.analysis & ANALYSIS.ZERO_WINDOW) !== 0) zero++
    if ((facts.analysis & (ANALYSIS.RETRANSMISSION | ANALYSIS.FAST_RETRANSMISSION)) !== 0) repeated++
    if (facts.length === 0) withoutData++
    headers += Math.max(0, originalLength.get(facts.frame - 1) - facts.length)
    if ((facts.flags & (SYN | RST)) === 0) window[side] = Math.max(window[side], facts.window)
  }
  return { full, zero, repeated, withoutData, headers, window }
}
