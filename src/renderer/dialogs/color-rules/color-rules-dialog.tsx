// The colour rules editor as a dialog; Settings shows the same editor as a page.
import { colorRuleMessages as m } from '../../app/i18n/color-rules'
import { uiMessages } from '../../app/i18n/ui'
import { useT } from '../../app/i18n/use-t'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import '../dialogs.css'
import { ColorRulesEditor } from './color-rules-editor'

/** The colour rules dialog. `filter` begins a new rule for it. */
export function ColorRulesDialog({ filter, onClose }: { readonly filter?: string; readonly onClose: () => void }) {
  const t = useT()
  return (
    <Dialog
      title={t(m.title)}
      width={760}
      height={600}
      onClose={onClose}
      actions={
        <>
          <span className="sp" />
          <Button kind="primary" onClick={onClose}>
            {t(uiMessages.close)}
          </Button>
        </>
      }
    >
      <ColorRulesEditor start={filter} />
    </Dialog>
  )
}
