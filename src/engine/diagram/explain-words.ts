// The explanations' texts: what they are told, and where they are.
import type { SegmentKind } from './explain'
import { EXPLAIN_EN } from './explain-en'
import { EXPLAIN_ZH } from './explain-zh'
import type { Closing, Opening } from './phases'
import type { Language } from './words'

/** A question with its answer. */
export interface ExplainSection {
  readonly title: string
  readonly paragraphs: readonly string[]
  /** Section of the standard. */
  readonly source: string
}

/** A segment by frame and raw sequence number. */
export interface NamedSegment {
  readonly frame: number
  readonly raw: string
}

/** What the explanations know of a connection. Frames are 0 and texts '' where the capture does not have them. */
export interface ConnectionStory {
  readonly opening: Opening
  readonly syn: NamedSegment
  readonly synAck: NamedSegment
  /** The server's own SYN of a simultaneous open. */
  readonly crossing: NamedSegment
  readonly handshakeAck: number
  readonly roundTrip: string | undefined
  readonly repeatedSyn:
    | { readonly first: number; readonly last: number; readonly count: number; readonly waited: string; readonly sameNumber: boolean }
    | undefined
  readonly options:
    | {
        readonly clientMss: string | undefined
        readonly serverMss: string | undefined
        readonly scales: readonly [string, string] | undefined
        readonly sack: boolean
        readonly times: boolean
      }
    | undefined
  readonly windowEvents: number
  readonly windowFull: number
  readonly zeroWindow: number
  readonly largestWindow: readonly [string, string]
  readonly closing: Closing
  readonly closer: string
  readonly answerer: string
  readonly closerFin: number
  readonly answerFin: number
  readonly resetFrame: number
  readonly resetBy: string
  readonly resetPort: number
  /** State of the side that was reset, before it; '' when unknown. */
  readonly openAtReset: string
  /** The side in TIME-WAIT. */
  readonly waits: string | undefined
  readonly waitsBoth: boolean
  readonly msl: string
  readonly twoMsl: string
  readonly segments: string
  readonly withoutData: string
  readonly dataBytes: string
  readonly headerBytes: string
  readonly repeated: number
  readonly client: string
  readonly server: string
}

/** Labels of the facts and of the header's cells. */
export interface ExplainLabels {
  readonly direction: string
  readonly relative: string
  readonly length: string
  readonly window: string
  readonly answers: string
  after(frame: number, time: string): string
  readonly sourcePort: string
  readonly destinationPort: string
  readonly sequence: string
  readonly acknowledgment: string
  readonly offset: string
  readonly flags: string
  readonly options: string
}

/** One language. */
export interface ExplainWords {
  readonly labels: ExplainLabels
  segment(kind: SegmentKind, from: string, to: string): string
  opening(story: ConnectionStory): ExplainSection
  oldSyn(story: ConnectionStory): ExplainSection
  agreed(story: ConnectionStory): ExplainSection
  window(story: ConnectionStory): ExplainSection
  closing(story: ConnectionStory): ExplainSection
  whoWaits(story: ConnectionStory): ExplainSection
  twoMsl(story: ConnectionStory): ExplainSection
  reset(story: ConnectionStory): ExplainSection
  udp(story: ConnectionStory): ExplainSection
}

const LANGUAGES: Readonly<Record<Language, ExplainWords>> = { en: EXPLAIN_EN, zh: EXPLAIN_ZH }

/** Texts of a language. */
export function explainWordsOf(language: Language): ExplainWords {
  return LANGUAGES[language]
}
