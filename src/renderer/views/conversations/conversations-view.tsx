// The conversations view: who talked with whom, and what they said. Its tabs keep the stream.
import { boundaryMessages } from '../../app/i18n/boundaries'
import { conversationMessages as m } from '../../app/i18n/conversations'
import { followMessages } from '../../app/i18n/follow'
import { useT } from '../../app/i18n/use-t'
import type { CaptureSession } from '../../model/capture-session'
import { useStore } from '../../model/store'
import { Tabs } from '../../ui/tabs'
import { useInitialScope } from '../sequence/use-initial-scope'
import { BoundariesPane } from './boundaries-pane'
import { conversationsState } from './conversations-state'
import { FollowPane } from './follow-pane'
import { TablePane } from './table-pane'
import './conversations.css'

const PANES = { table: TablePane, follow: FollowPane, boundaries: BoundariesPane } as const

/** The view. */
export function ConversationsView({ session }: { readonly session: CaptureSession }) {
  const t = useT()
  useInitialScope(session)
  const { tab } = conversationsState(session)
  const current = useStore(tab)
  const Pane = PANES[current]
  const heading = (
    <>
      <h2>{t(m.title)}</h2>
      <i className="sep" />
      <Tabs
        label={t(m.tabs)}
        value={current}
        tabs={[
          { value: 'table', name: t(m.table) },
          { value: 'follow', name: t(followMessages.follow) },
          { value: 'boundaries', name: t(boundaryMessages.boundaries) },
        ]}
        onChange={(value) => {
          tab.set(value)
        }}
      />
    </>
  )
  return (
    <div className="cv-view">
      <Pane session={session} heading={heading} />
    </div>
  )
}
