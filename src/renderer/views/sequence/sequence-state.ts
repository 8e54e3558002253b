// What the sequence view remembers of a capture while another view or tab is in front.
import type { DiagramSpec } from '../../../shared/contract'
import type { CaptureSession } from '../../model/capture-session'
import { createStore, type Store } from '../../model/store'

/** What the diagram shows; null until the selected packet has said which connection. */
export type Scope = DiagramSpec['scope'] | null

/** State of one capture's diagram. */
export interface SequenceState {
  readonly scope: Store<Scope>
  readonly unfolded: Store<DiagramSpec['unfolded']>
  /** Frame of the selected row; 0 for none. */
  readonly selected: Store<number>
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
      selected: createStore(0),
      top: createStore(0),
    }
    STATES.set(session, state)
  }
  return state
}
