// The column editor as a dialog; Settings shows the same editor as a page.
import { columnMessages as m } from '../../app/i18n/dialogs'
import { uiMessages } from '../../app/i18n/ui'
import { useT } from '../../app/i18n/use-t'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import '../dialogs.css'
import { ColumnEditor } from './column-editor'

/** The columns dialog. Changes apply at once. */
export function ColumnsDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT()
  return (
    <Dialog
      title={t(m.title)}
      width={680}
      height={560}
      onClose={onClose}
      onSubmit={onClose}
      actions={
        <>
          <span className="f3 t11">{t(m.order)}</span>
          <span className="sp" />
          <Button kind="primary" type="submit">
            {t(uiMessages.close)}
          </Button>
        </>
      }
    >
      <ColumnEditor />
    </Dialog>
  )
}
