// What the sequence view remembers of a capture while another view or tab is in front.
import type { DiagramSpec } from '../../../shared/contract'
import type { CaptureSession } from '../../model/capture-session'
import { createStore, type Store } from '../../model/store'

/** What the diagram shows; null until the selected packet has said which connection. */
export type Scope = DiagramSpec['scope'] | null

/** Which packet a row stands for: its frame in the capture, and in the second one of two; 0 where that does not have it. */
export interface PacketAtBoth {
  readonly frame: number
  readonly otherFrame: number
}

/** No packet. */
export const NO_PACKET: PacketAtBoth = { frame: 0, otherFrame: 0 }

/** The same connection as another open capture has it. */
export interface OtherEnd {
  readonly captureId: number
  readonly stream: number
}

/** State of one capture's diagram. */
export interface SequenceState {
  readonly scope: Store<Scope>
  readonly unfolded: Store<DiagramSpec['unfolded']>
  /** The connection in this capture alone, or beside another one. */
  readonly captures: Store<'one' | 'two'>
  /** What the user laid beside it; null for the likeliest. */
  readonly beside: Store<OtherEnd | null>
  readonly selected: Store<PacketAtBoth>
  /** Scroll position in the diagram's pixels. */
  readonly top: Store<number>
}

const STATES = new WeakMap<CaptureSession, SequenceState>()

/** The state of a capture's diagram. */
export function sequenceState(session: CaptureSession): SequenceState {
  let state = STATES.get(session)
  if (state === undefined) {
    state = {
      scope: createStore<Scope>(null),
      unfolded: createStore<DiagramSpec['unfolded']>([]),
      captures: createStore<'one' | 'two'>('one'),
      beside: createStore<OtherEnd | null>(null),
      selected: createStore(NO_PACKET),
      top: createStore(0),
    }
    STATES.set(session, state)
  }
  return state
}
