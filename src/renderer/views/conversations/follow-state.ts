// What following remembers of a capture while another view or tab is in front.
import type { FollowForm, FollowProtocol } from '../../../shared/contract'
import type { CaptureSession } from '../../model/capture-session'
import { ListScroller } from '../../model/list-scroller'
import { createStore, type Store } from '../../model/store'

/** What is followed and how. The TCP stream is that of the sequence view. */
export interface FollowState {
  readonly protocol: FollowProtocol
  readonly udpStream: number
  /** HTTP/2's number of a stream within the TCP stream. */
  readonly substream: number
  readonly form: FollowForm
  readonly side: 0 | 1 | null
  /** Shows a TCP stream as a terminal session. */
  readonly replay: boolean
}

const STATES = new WeakMap<CaptureSession, { readonly follow: Store<FollowState>; readonly scroller: ListScroller }>()

/** The state of a capture. */
export function followState(session: CaptureSession): { readonly follow: Store<FollowState>; readonly scroller: ListScroller } {
  let state = STATES.get(session)
  if (state === undefined) {
    state = {
      follow: createStore<FollowState>({ protocol: 'tcp', udpStream: 0, substream: 1, form: 'ascii', side: null, replay: false }),
      scroller: new ListScroller(),
    }
    STATES.set(session, state)
  }
  return state
}
