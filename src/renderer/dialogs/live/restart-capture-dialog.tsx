// Capturing again while the packets so far are not saved.
import { useApp } from '../../app/app-context'
import { liveMessages as m } from '../../app/i18n/live'
import { saveMessages } from '../../app/i18n/save'
import { uiMessages } from '../../app/i18n/ui'
import { useT } from '../../app/i18n/use-t'
import { restartCapture } from '../../app/live-actions'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'

/** Asks whether to discard what was captured. */
export function RestartCaptureDialog({ onClose }: { readonly onClose: () => void }) {
  const app = useApp()
  const t = useT()
  return (
    <Dialog
      title={t(m.restartTitle)}
      width={460}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="danger"
            onClick={() => {
              onClose()
              void restartCapture(app)
            }}
          >
            {t(m.restartDiscard)}
          </Button>
          <span className="sp" />
          <Button onClick={onClose}>{t(uiMessages.cancel)}</Button>
          <Button
            kind="primary"
            data-autofocus=""
            onClick={() => {
              onClose()
              const captureId = app.live.capture.get()?.captureId
              if (captureId !== undefined) app.openDialog('save', { captureId, scope: 'all' })
            }}
          >
            {t(saveMessages.saveAs)}
          </Button>
        </>
      }
    >
      <p>{t(m.restartText)}</p>
    </Dialog>
  )
}
