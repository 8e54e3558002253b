// What the HTTP view remembers of a capture while another view or tab is in front.
import type { HttpSort, HttpStatusClass } from '../../../shared/contract'
import type { CaptureSession } from '../../model/capture-session'
import { createStore, type Store } from '../../model/store'

/** What the table shows, and in which order. */
export interface HttpQuery {
  readonly text: string
  readonly status: HttpStatusClass
  readonly sort: HttpSort
  readonly descending: boolean
}

/** A stretch of the clock, in seconds since the capture's first packet. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** State of one capture's view. */
export interface HttpState {
  readonly query: Store<HttpQuery>
  /** Text in the filter field; the query follows it. */
  readonly draft: Store<string>
  /** Transaction that is selected; -1 for none. */
  readonly selected: Store<number>
  /** Part of the clock that is shown; null for all of it. */
  readonly zoom: Store<Span | null>
  readonly top: Store<number>
  readonly lanes: Store<boolean>
}

const STATES = new WeakMap<CaptureSession, HttpState>()

/** The state of a capture's view. */
export function httpState(session: CaptureSession): HttpState {
  let state = STATES.get(session)
  if (state === undefined) {
    state = {
      query: createStore<HttpQuery>({ text: '', status: 'all', sort: 'time', descending: false }),
      draft: createStore(''),
      selected: createStore(-1),
      zoom: createStore<Span | null>(null),
      top: createStore(0),
      lanes: createStore(true),
    }
    STATES.set(session, state)
  }
  return state
}
