// Beside a ladder of two captures: what the clocks' difference is and how sure, what was lost where, what the path changed; and each packet's own journey.
import { other } from './connection'
import { exact, type BothEndsLadder } from './both-ends-ladder'
import type { Explanation, SegmentExplanation } from './explain'
import type { ExplainSection } from './explain-words'
import { bothEndsExplanations, type BothEndsStory, type JourneyFacts } from './explain-both-ends-words'
import { bytes, count, duration, seconds } from './format'
import type { End, Passage } from '../session/both-ends/passages'
import { wordsOf } from './words'

/** Packets named in a list of what was lost; the rest is counted. */
const NAMED = 8

/** Explains both captures, and the packet of a row where there is one. */
export function explainBothEnds(ladder: BothEndsLadder, row: number | undefined): Explanation {
  const words = bothEndsExplanations(ladder.language)
  const story = storyOf(ladder)
  const sections: ExplainSection[] = [
    words.clock(story),
    words.lost(story),
    words.delay(story),
    ...(story.changes.some((changes) => changes !== '') ? [words.changed(story)] : []),
    words.same(story),
  ]
  return { segment: row === undefined ? undefined : segmentOf(ladder, row), connection: sections }
}

function storyOf(ladder: BothEndsLadder): BothEndsStory {
  const { both, files } = ladder
  const second = files[other(both.firstEnd)]
  const of = (from: End, wanted: (passage: Passage) => boolean): Passage[] =>
    both.passages.filter((one) => one.from === from && wanted(one))
  const pair = <T>(make: (from: End) => T): readonly [T, T] => [make(0), make(1)]
  const time = (value: number): string => (Number.isNaN(value) ? '' : duration(Math.round(value)))
  const { clock } = both
  return {
    files,
    second,
    firstEnd: both.firstEnd,
    placed: both.placed,
    endpoints: both.same.endpoints,
    moved: both.same.numbers === 'moved',
    offset: clock === undefined ? undefined : exact(Math.abs(clock.offset)),
    ahead: (clock?.offset ?? 0) >= 0,
    uncertainty: clock?.uncertainty === undefined ? undefined : duration(Math.round(clock.uncertainty)),
    roundTrip: clock?.uncertainty === undefined ? undefined : duration(Math.round(clock.uncertainty * 2)),
    drift: clock === undefined || clock.driftPpm === 0 ? undefined : `${clock.driftPpm.toFixed(1)} ppm`,
    samples: clock === undefined ? ['0', '0'] : [count(clock.samples[0]), count(clock.samples[1])],
    sent: pair((from) => count(of(from, ({ sent, fate }) => sent >= 0 && fate !== 'repeated').length)),
    lost: pair((from) => of(from, ({ fate }) => fate === 'lost' || fate === 'partly-lost').length),
    lostBytes: pair((from) =>
      bytes(
        lostBytes(
          ladder,
          of(from, ({ fate }) => fate === 'lost' || fate === 'partly-lost'),
        ),
      ),
    ),
    lostFrames: pair((from) => {
      const frames = of(from, ({ fate }) => fate === 'lost' || fate === 'partly-lost').map((passage) => `#${ladder.frameAt(passage, from)}`)
      return frames.length > NAMED ? `${frames.slice(0, NAMED).join(', ')} …` : frames.join(', ')
    }),
    overtaken: pair((from) => of(from, ({ overtakenBy }) => overtakenBy > 0).length),
    repeated: pair((from) => of(from, ({ fate }) => fate === 'repeated').length),
    missed: pair((from) => of(from, ({ fate }) => fate === 'missed').length),
    appeared: pair((from) => of(from, ({ fate }) => fate === 'appeared').length),
    outside: pair((from) => of(from, ({ fate }) => fate === 'outside').length),
    inPieces: pair((from) => of(from, ({ arrived }) => arrived.length > 1).length),
    resent: pair((from) => repeats(ladder, from, () => true)),
    needless: pair((from) => repeats(ladder, from, (first) => first.fate !== 'lost' && first.fate !== 'partly-lost')),
    usual: pair((from) => time(both.delays[from].usual)),
    shortest: pair((from) => time(both.delays[from].shortest)),
    longest: pair((from) => time(both.delays[from].longest)),
    changes: pair((from) => ladder.usualChanges[from].map((change) => ladder.changeText(change)).join(', ')),
    hops: pair((from) => {
      const change = ladder.usualChanges[from].find(({ fact }) => fact === 'hops')
      return change === undefined ? 0 : Number(change.before) - Number(change.after)
    }),
  }
}

/** Bytes of data that were lost. */
function lostBytes(ladder: BothEndsLadder, passages: readonly Passage[]): number {
  return passages.reduce((sum, passage) => sum + (passage.fate === 'lost' ? ladder.factsOf(passage).length : passage.missing), 0)
}

function repeats({ both, retransmissions }: BothEndsLadder, from: End, wanted: (first: Passage) => boolean): number {
  let found = 0
  for (const [index, passage] of both.passages.entries()) {
    const { earlier } = retransmissions.of(index)
    const first = earlier === undefined ? undefined : both.passages[earlier]
    if (passage.from === from && first !== undefined && wanted(first)) found++
  }
  return found
}

function segmentOf(ladder: BothEndsLadder, row: number): SegmentExplanation | undefined {
  const made = ladder.row(row)
  const [index] = ladder.span(row)
  const passage = ladder.both.passages[index]
  if (made.kind !== 'arrow' || passage === undefined) return undefined
  const { both, language, files } = ladder
  const words = bothEndsExplanations(language)
  const general = wordsOf(language)
  const name = (end: End): string => (end === 0 ? general.client : general.server)
  const facts = ladder.factsOf(passage)
  const receiver = other(passage.from)
  const { earlier, later } = ladder.retransmissions.of(index)
  const first = earlier === undefined ? undefined : both.passages[earlier]
  const again = later === undefined ? undefined : both.passages[later]
  const journey: JourneyFacts = {
    fate: passage.fate,
    from: name(passage.from),
    to: name(receiver),
    file: files[receiver],
    sender: files[passage.from],
    delay: Number.isNaN(passage.arrivedAt - passage.sentAt) ? '' : duration(Math.round(passage.arrivedAt - passage.sentAt)),
    usual: Number.isNaN(both.delays[passage.from].usual) ? '' : duration(Math.round(both.delays[passage.from].usual)),
    isLate: passage.late > 0,
    overtakenBy: passage.overtakenBy,
    pieces: passage.arrived.length,
    missing: bytes(passage.missing),
    repeats:
      first === undefined
        ? undefined
        : {
            frame: ladder.frameAt(first, passage.from),
            lost: first.fate === 'lost' || first.fate === 'partly-lost',
            after: duration(Math.round(ladder.when(index) - ladder.when(earlier ?? index))),
          },
    again:
      again === undefined
        ? undefined
        : { frame: ladder.frameAt(again, passage.from), after: duration(Math.round(ladder.when(later ?? index) - ladder.when(index))) },
  }
  const place = (end: End, at: number): string => {
    const frame = ladder.frameAt(passage, end)
    return frame === 0 ? words.labels.nowhere : `#${frame} · ${seconds(at, ladder.digits)} s`
  }
  const changes = ladder.changesOf(passage)
  return {
    frame: made.frame === 0 ? (made.otherFrame ?? 0) : made.frame,
    title: made.title,
    time: `${made.time} s`,
    text: words.journey(journey),
    facts: [
      [name(0), place(0, passage.from === 0 ? passage.sentAt : passage.arrivedAt)],
      [name(1), place(1, passage.from === 1 ? passage.sentAt : passage.arrivedAt)],
      ...(journey.delay === '' ? [] : [[words.labels.delay, `${journey.delay} (${words.labels.usual} ${journey.usual})`] as const]),
      ['Seq / Ack', `${count(facts.sequence)} / ${count(facts.acknowledgment)}`],
      [words.labels.length, `${count(facts.length)} B`],
      ...(changes.length === 0 ? [] : [[words.labels.changed, changes.map((change) => ladder.changeText(change)).join(', ')] as const]),
    ],
    changes: made.changes.map(({ lifeline, from, to, evidence }) => ({
      who: name(lifeline === 0 ? 0 : 1),
      from,
      to,
      inferred: evidence !== 'observed',
    })),
    sections: [],
    header: [],
  }
}
