// What the conversations view remembers of a capture while another view or tab is in front.
import type { ConversationKind, ConversationRow, ConversationSort, EndpointSort, Outcome } from '../../../shared/contract'
import type { CaptureSession } from '../../model/capture-session'
import { ListScroller } from '../../model/list-scroller'
import { createStore, type Store } from '../../model/store'

/** What the table shows. */
export interface TableState {
  readonly what: 'conversations' | 'endpoints'
  readonly kind: ConversationKind
  readonly displayed: boolean
  readonly text: string
  readonly outcome: Outcome | null
  readonly sort: { readonly by: ConversationSort; readonly descending: boolean }
  readonly endpointSort: { readonly by: EndpointSort; readonly descending: boolean }
  /** Selected conversation, and where it stood in the list (-1: not known any more). */
  readonly selected: { readonly row: ConversationRow | null; readonly index: number }
}

/** Tabs of the view. */
export type ConversationsTab = 'table' | 'follow' | 'boundaries'

/** State of one capture's conversations. */
export interface ConversationsState {
  readonly tab: Store<ConversationsTab>
  readonly table: Store<TableState>
  readonly scroller: ListScroller
}

/** No conversation. */
export const NOTHING_SELECTED: TableState['selected'] = { row: null, index: -1 }

const STATES = new WeakMap<CaptureSession, ConversationsState>()

/** The state of a capture's conversations. */
export function conversationsState(session: CaptureSession): ConversationsState {
  let state = STATES.get(session)
  if (state === undefined) {
    state = {
      tab: createStore<ConversationsTab>('table'),
      table: createStore<TableState>({
        what: 'conversations',
        kind: 'tcp',
        displayed: false,
        text: '',
        outcome: null,
        sort: { by: 'id', descending: false },
        endpointSort: { by: 'packets', descending: true },
        selected: NOTHING_SELECTED,
      }),
      scroller: new ListScroller(),
    }
    STATES.set(session, state)
  }
  return state
}
