// Capturing into a file that is there already.
import { useApp } from '../../app/app-context'
import { liveMessages as m } from '../../app/i18n/live'
import { uiMessages } from '../../app/i18n/ui'
import { useT } from '../../app/i18n/use-t'
import { startCapture } from '../../app/live-actions'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'

/** Asks whether the file may be replaced. */
export function ReplaceCaptureDialog({ path, onClose }: { readonly path: string; readonly onClose: () => void }) {
  const app = useApp()
  const t = useT()
  return (
    <Dialog
      title={t(m.replaceTitle)}
      width={460}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="danger"
            onClick={() => {
              onClose()
              void startCapture(app, true)
            }}
          >
            {t(m.replace)}
          </Button>
          <span className="sp" />
          <Button data-autofocus="" onClick={onClose}>
            {t(uiMessages.cancel)}
          </Button>
        </>
      }
    >
      <p>{t(m.replaceText, { path })}</p>
    </Dialog>
  )
}
