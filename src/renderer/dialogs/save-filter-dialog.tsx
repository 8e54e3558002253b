// Gives the filter in the box a name; it becomes a button of the packets view.
import { useState } from 'react'
import { useApp } from '../app/app-context'
import { filterMessages as m } from '../app/i18n/filter'
import { uiMessages } from '../app/i18n/ui'
import { useT } from '../app/i18n/use-t'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { TextField } from '../ui/fields'
import './dialogs.css'

/** Asks for the name of a filter. A name that is taken already replaces what it stood for. */
export function SaveFilterDialog({ text, onClose }: { readonly text: string; readonly onClose: () => void }) {
  const app = useApp()
  const t = useT()
  const [name, setName] = useState(text)
  const wanted = name.trim()
  const save = (): void => {
    if (wanted === '') return
    const others = app.settings.get().savedFilters.filter((item) => item.name !== wanted)
    app.settings.update({ savedFilters: [...others, { name: wanted, text }] })
    onClose()
  }
  return (
    <Dialog
      title={t(m.saveTitle)}
      width={440}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t(uiMessages.cancel)}</Button>
          <Button kind="primary" disabled={wanted === ''} onClick={save}>
            {t(m.save)}
          </Button>
        </>
      }
    >
      <div
        className="save-filter"
        onKeyDown={(event) => {
          if (event.key === 'Enter') save()
        }}
      >
        <TextField label={t(m.buttonName)} value={name} data-autofocus="" onChange={setName} />
        <p className="mono f2">{text}</p>
      </div>
    </Dialog>
  )
}
