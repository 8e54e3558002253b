// Why the capture in front ended early.
import { CircleAlert, Copy } from 'lucide-react'
import { copyText } from '../dialogs/copy'
import type { CaptureSession } from '../model/capture-session'
import { useSelected } from '../model/store'
import { IconButton } from '../ui/button'
import { Icon } from '../ui/icon'
import { useApp } from './app-context'
import { liveMessages as m, liveProblemTitle } from './i18n/live'
import { useT } from './i18n/use-t'

/** Nothing where it ended as it was to. */
export function LiveBanner({ session }: { readonly session: CaptureSession }) {
  const app = useApp()
  const t = useT()
  const problem = useSelected(app.live.capture, (live) => (live?.captureId === session.id ? live.problem : null))
  if (problem === null) return null
  return (
    <div className="banner bad" role="alert">
      <Icon icon={CircleAlert} />
      <div>
        <b>{t(liveProblemTitle(problem.code))}</b> {problem.message}
      </div>
      <span className="sp" />
      <IconButton label={t(m.copy)} icon={Copy} size="small" onClick={() => void copyText(app, `${problem.code}: ${problem.message}`)} />
    </div>
  )
}
