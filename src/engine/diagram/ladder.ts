// The model of a sequence diagram: lifelines and rows, in words and numbers, without a pixel. Exporters and the page's scene are made from it.
import type { Mark } from './marks'
import type { Tone } from './tones'
import type { Language } from './words'

/** One endpoint, or one host. */
export interface Lifeline {
  /** "Client", "Server", or '' for hosts. */
  readonly role: string
  /** "10.77.0.1:57674". */
  readonly name: string
  /** "captured here, times exact"; '' when nothing is known. */
  readonly remark: string
}

/** A piece of text with its meaning. */
export interface Span {
  readonly text: string
  /** Taken from the packet: set in the monospaced face. */
  readonly mono?: boolean
  readonly bold?: boolean
  readonly tone?: Tone
}

/** How sure a state is. */
export type Evidence = 'observed' | 'inferred' | 'unknown'

/** A side enters a state with this row: when it sends the segment, or when the segment reaches it. */
export interface StateMark {
  readonly lifeline: number
  readonly from: string
  readonly to: string
  readonly evidence: Evidence
  readonly sending: boolean
}

/** A message of the protocol above, complete with this packet. */
export interface Message {
  /** "HTTP". */
  readonly protocol: string
  readonly text: string
  readonly tone: Tone
}

interface RowBase {
  /** States of each lifeline when the row begins; '' where there is none to show. */
  readonly states: readonly string[]
  /** The whole row as a sentence. */
  readonly sentence: string
}

/** A heading. */
export interface PhaseRow extends RowBase {
  readonly kind: 'phase'
  readonly title: string
  readonly facts: string
}

/** One packet. */
export interface ArrowRow extends RowBase {
  readonly kind: 'arrow'
  /** 0 where the diagram's own capture does not have the packet (see BothEndsLadder). */
  readonly frame: number
  /** What stands in the column of numbers where that is not the frame: "12 → 15". */
  readonly number?: string
  /** Its frame in the second capture of a diagram of two; 0 where that does not have it. */
  readonly otherFrame?: number
  /** Seconds since the capture's first packet. */
  readonly time: string
  /** Since the row's predecessor in the diagram; '' for the first. */
  readonly delta: string
  readonly deltaNs: number
  readonly from: number
  /** Equals `from` where a packet is meant for everybody (broadcast). */
  readonly to: number
  readonly title: string
  readonly details: string
  readonly mark: Mark | undefined
  readonly message: Message | undefined
  /** Lines beside the arrow, the first one bold. */
  readonly notes: readonly Span[]
  readonly changes: readonly StateMark[]
}

/** Packets drawn as one. */
export interface FoldRow extends RowBase {
  readonly kind: 'fold'
  /** First frame, which also names the fold. */
  readonly frame: number
  readonly lastFrame: number
  readonly count: number
  readonly time: string
  readonly delta: string
  readonly deltaNs: number
  /** The two lifelines it lies between. */
  readonly between: readonly [number, number]
  readonly title: string
  readonly details: string
  readonly second: string
  /** "Expand #7–19". */
  readonly action: string
  readonly notes: readonly Span[]
  /** Packets from between[0] to between[1], and back. */
  readonly directions: readonly [number, number]
}

/** After the last packet. */
export interface EndRow extends RowBase {
  readonly kind: 'end'
  readonly text: string
  /** Lifelines in TIME-WAIT, how long they stay there, and what is inferred to come then: CLOSED. */
  readonly timeWait: { readonly lifelines: readonly number[]; readonly text: string; readonly then: string } | undefined
}

export type Row = PhaseRow | ArrowRow | FoldRow | EndRow

/** A sequence diagram. Rows are made when they are asked for, so that a long one costs nothing until it is drawn. */
export interface Ladder {
  readonly language: Language
  /** "TCP stream 0, 10.77.0.1:57674 to 10.77.0.2:80". */
  readonly title: string
  readonly lifelines: readonly Lifeline[]
  /** Room for state bands beside the lifelines. */
  readonly hasStates: boolean
  /** Rows are grouped under headings. */
  readonly hasPhases: boolean
  /** Name of the column of numbers where it holds more than frames. */
  readonly numberTitle?: string
  readonly rowCount: number
  readonly packets: number
  row(index: number): Row
  kindOf(index: number): Row['kind']
  /** Nanoseconds between a row's first packet and the packet before it in the diagram; 0 for headings. */
  deltaOf(index: number): number
  /** Row of a frame: its own, or that of its fold; -1 when the diagram does not have it. */
  rowOf(frame: number): number
}

/** Which folds are open: none, all, or those that begin with these frames. */
export type Unfolded = 'all' | ReadonlySet<number>
