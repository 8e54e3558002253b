// The conversations view: who talked with whom, as tables.
import { conversationMessages as m } from '../../app/i18n/conversations'
import { useT } from '../../app/i18n/use-t'
import type { CaptureSession } from '../../model/capture-session'
import { TablePane } from './table-pane'
import './conversations.css'

/** The view. */
export function ConversationsView({ session }: { readonly session: CaptureSession }) {
  const t = useT()
  return (
    <div className="cv-view">
      <TablePane session={session} heading={<h2>{t(m.title)}</h2>} />
    </div>
  )
}
