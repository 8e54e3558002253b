// Closing a capture whose marks or comments exist only here.
import { useApp } from '../../app/app-context'
import { saveMessages as m } from '../../app/i18n/save'
import { uiMessages } from '../../app/i18n/ui'
import { useT } from '../../app/i18n/use-t'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'

/** Asks whether to save, discard or stay. */
export function CloseUnsavedDialog({ captureId, onClose }: { readonly captureId: number; readonly onClose: () => void }) {
  const app = useApp()
  const t = useT()
  const session = app.session(captureId)
  if (session === undefined) return null
  return (
    <Dialog
      title={t(m.closeTitle)}
      width={460}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="danger"
            onClick={() => {
              onClose()
              void app.close(session, true)
            }}
          >
            {t(m.discard)}
          </Button>
          <span className="sp" />
          <Button onClick={onClose}>{t(uiMessages.cancel)}</Button>
          <Button
            kind="primary"
            data-autofocus=""
            onClick={() => {
              onClose()
              app.openDialog('save', { captureId, scope: 'all' })
            }}
          >
            {t(m.saveAs)}
          </Button>
        </>
      }
    >
      <p>{t(m.closeText, { name: session.info.get().name })}</p>
    </Dialog>
  )
}
