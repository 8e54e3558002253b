// What the TLS view remembers of a capture while another view or tab is in front.
import type { TlsTransport } from '../../../shared/contract'
import type { CaptureSession } from '../../model/capture-session'
import { createStore, type Store } from '../../model/store'

/** State of one capture's view. */
export interface TlsState {
  readonly text: Store<string>
  /** The selected connection: its stream, -1 for none yet, and what carries it. */
  readonly stream: Store<number>
  readonly transport: Store<TlsTransport>
}

const STATES = new WeakMap<CaptureSession, TlsState>()

/** The state of a capture's view. */
export function tlsState(session: CaptureSession): TlsState {
  let state = STATES.get(session)
  if (state === undefined)
    STATES.set(session, (state = { text: createStore(''), stream: createStore(-1), transport: createStore<TlsTransport>('tcp') }))
  return state
}
