// Every text of a diagram in both languages. States, flags and field names stay as they are in the standards.
import type { Closing, Course, Opening } from './phases'
import type { Mark } from './marks'
import { EN } from './words-en'
import { ZH } from './words-zh'

/** Languages of a diagram. */
export type Language = 'en' | 'zh'

/** Numbers of a fold, already formatted where they are text. */
export interface FoldFacts {
  readonly dataSegments: number
  readonly bytes: string
  readonly acks: number
  readonly duplicates: number
  /** Times that the sender filled the window. */
  readonly windowFull: number
  /** Who sent the data and who acknowledged. */
  readonly sender: string
  readonly receiver: string
  readonly bothSend: boolean
  readonly ackTo: string
}

/** A note beside an arrow: a bold line and a plain one; '' for none. */
export type Note = readonly [string, string]

/** One language's texts. */
export interface Words {
  readonly client: string
  readonly server: string
  readonly time: string
  readonly delta: string
  readonly number: string
  readonly notes: string
  readonly capturedHere: string
  readonly statesInferred: string
  readonly captured: string
  readonly inWords: string
  readonly mark: Readonly<Record<Mark, string>>
  title(stream: number, client: string, server: string): string
  pairTitle(a: string, b: string): string
  allTitle(packets: string, hosts: number): string
  opening(opening: Opening, course: Course): string
  data(clientBytes: string, serverBytes: string, clientSent: boolean, serverSent: boolean): string
  closing(closing: Closing, closer: string): string
  segments(count: string, time: string): string
  packets(count: string, time: string): string
  foldTitle(facts: FoldFacts, packets: string): string
  foldSecond(facts: FoldFacts): string
  waitingTitle(packets: string): string
  waitingSecond(probes: string): string
  expand(first: number, last: number): string
  readonly nothingMore: string
  readonly endsByTimer: string
  timeWait(total: string, msl: string): string
  readonly thenClosed: string
  roundTrip(value: string, from: number, to: number): Note
  gap(bytes: string, from: string, to: string): Note
  sentAgain(fast: boolean, first: number | undefined, after: string | undefined): Note
  readonly needless: Note
  fillsGap(complete: boolean): Note
  readonly ackUnseen: Note
  readonly windowFull: Note
  readonly zeroWindow: Note
  windowOpens(after: string): Note
  keepAlive(idle: string): Note
  readonly keepAliveAck: Note
  readonly probe: Note
  duplicateAck(number: number, frame: number): Note
  acknowledged(bytes: string): Note
  refused(port: number): Note
  resetBy(side: string): Note
  readonly threeSegmentClose: Note
  readonly simultaneousClose: Note
  readonly simultaneousOpen: Note
  synAgain(count: number, after: string): Note
  reusedPorts: Note
  toEverybody: string
  // sentences
  arrow(frame: number, time: string, from: string, to: string, what: string): string
  readonly carries: (bytes: string) => string
  sequence(value: string): string
  acknowledges(value: string): string
  windowIs(value: string): string
  stateChange(who: string, from: string, to: string, inferred: boolean): string
  fold(first: number, last: number, what: string): string
}

const LANGUAGES: Readonly<Record<Language, Words>> = { en: EN, zh: ZH }

/** Texts of a language. */
export function wordsOf(language: Language): Words {
  return LANGUAGES[language]
}
