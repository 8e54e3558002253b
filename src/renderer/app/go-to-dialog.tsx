// Go to a packet by its number (Ctrl+G).
import { useState } from 'react'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { TextField } from '../ui/fields'
import { useApp } from './app-context'
import { formatNumber } from './i18n/format'
import { paletteMessages as m } from './i18n/palette'
import { uiMessages } from './i18n/ui'
import { useLanguage, useT } from './i18n/use-t'

/** Asks for a packet number and selects that packet. */
export function GoToDialog({ onClose }: { readonly onClose: () => void }) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const session = app.active.get()
  const packets = session?.info.get().packets ?? 0
  const last = formatNumber(packets, language)
  const [text, setText] = useState('')
  const [error, setError] = useState<string | undefined>(undefined)
  const submit = (): void => {
    const number = Number(text.replace(/[#,\s]/g, ''))
    if (session === null || !Number.isInteger(number) || number < 1 || number > packets) {
      setError(t(m.goToWrong, { last }))
      return
    }
    onClose()
    void (async () => {
      try {
        if (!(await session.goTo(number))) app.toasts.show({ kind: 'info', title: t(m.goToHidden, { number: String(number) }) })
      } catch (failure) {
        app.report(failure)
      }
    })()
  }
  return (
    <Dialog
      title={t(m.goToTitle)}
      width={340}
      onClose={onClose}
      onSubmit={submit}
      actions={
        <>
          <span className="sp" />
          <Button onClick={onClose}>{t(uiMessages.cancel)}</Button>
          <Button kind="primary" type="submit" shortcut="↵">
            {t(m.go)}
          </Button>
        </>
      }
    >
      <TextField
        label={t(m.goToLabel, { last })}
        value={text}
        onChange={(value) => {
          setText(value)
          setError(undefined)
        }}
        error={error}
        inputMode="numeric"
        mono
        data-autofocus=""
      />
    </Dialog>
  )
}
