// Keys for decryption: a key log file, pasted lines, RSA private keys. Applying them dissects what is open anew.
import { useEffect, useRef, useState } from 'react'
import { Plus, Trash2 } from 'lucide-react'
import type { KeyStatus } from '../../shared/contract'
import { useApp } from '../app/app-context'
import { keysMessages as m } from '../app/i18n/decryption-keys'
import { uiMessages } from '../app/i18n/ui'
import { useT } from '../app/i18n/use-t'
import { Button, IconButton } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { TextArea, TextField } from '../ui/fields'
import './dialogs.css'

/** The dialog. */
export function DecryptionKeysDialog({ onClose }: { readonly onClose: () => void }) {
  const app = useApp()
  const t = useT()
  const stored = app.settings.get()
  const [path, setPath] = useState(stored.keyLogFile)
  const [keys, setKeys] = useState<readonly string[]>(stored.privateKeyFiles)
  const [pasted, setPasted] = useState<string | null>(null)
  const [status, setStatus] = useState<KeyStatus | null>(null)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    app.client.call('keys.status', {}).then(setStatus, (error: unknown) => {
      app.report(error)
    })
  }, [app])
  const apply = async (): Promise<void> => {
    try {
      app.settings.update({ keyLogFile: path.trim(), privateKeyFiles: keys.map((key) => key.trim()).filter((key) => key !== '') })
      await app.settings.flush()
      const now = pasted === null ? await app.client.call('keys.status', {}) : await app.client.call('keys.paste', { text: pasted })
      setStatus(now)
      await app.redissect()
      // what could not be read keeps the dialog open, beside its field
      if (now.keyLog?.problem || now.privateKeys.some(({ problem, secrets }) => problem !== '' || secrets === 0)) return
      onClose()
    } catch (error) {
      app.report(error)
    }
  }
  const browse = async (put: (path: string) => void): Promise<void> => {
    try {
      const { path: chosen } = await app.client.call('host.openDialog', {})
      if (chosen !== null) put(chosen)
    } catch (error) {
      app.report(error)
    }
  }
  const log = status?.keyLog?.path === path.trim() ? status.keyLog : null
  const words = (secrets: number, badLines: number, found: string): string =>
    badLines > 0 ? `${found}, ${t(m.badLines, { count: badLines })}` : secrets > 0 ? found : ''
  return (
    <Dialog
      title={t(m.title)}
      width={600}
      onClose={onClose}
      onSubmit={() => void apply()}
      actions={
        <>
          <span className="sp" />
          <Button onClick={onClose}>{t(uiMessages.cancel)}</Button>
          <Button kind="primary" type="submit">
            {t(m.apply)}
          </Button>
        </>
      }
    >
      <div className="dl-form">
        <p className="f2 t12">{t(m.intro)}</p>
        <TextField
          label={t(m.keyLog)}
          mono
          value={path}
          onChange={setPath}
          error={log !== null && log.problem !== '' ? log.problem : undefined}
          hint={
            log !== null && log.secrets + log.badLines > 0
              ? words(log.secrets, log.badLines, t(m.watched, { count: log.secrets }))
              : t(m.keyLogHint)
          }
          data-autofocus=""
          end={app.host.nativeDialogs ? <Button onClick={() => void browse(setPath)}>{t(m.browse)}</Button> : undefined}
        />
        <TextArea
          label={t(m.paste)}
          rows={4}
          spellCheck={false}
          value={pasted ?? ''}
          placeholder="CLIENT_RANDOM …"
          onChange={(text) => {
            setPasted(text)
          }}
        />
        <div className="row g8">
          <Button
            onClick={() => {
              input.current?.click()
            }}
          >
            {t(m.load)}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            aria-hidden="true"
            tabIndex={-1}
            onChange={(event) => {
              void event.target.files?.[0]?.text().then(setPasted)
            }}
          />
          <span className="f3 t11">
            {pasted === null && status !== null && status.pasted.secrets > 0
              ? words(status.pasted.secrets, status.pasted.badLines, t(m.pasted, { count: status.pasted.secrets }))
              : t(m.pasteHint)}
          </span>
        </div>
        {keys.map((key, index) => {
          const found = status?.privateKeys.find((one) => one.path === key.trim())
          return (
            // Keys have no identity but their place.
            <div key={index} className="row g8">
              <TextField
                label={t(m.privateKey, { number: index + 1 })}
                mono
                className="grow"
                value={key}
                onChange={(text) => {
                  setKeys(keys.map((one, at) => (at === index ? text : one)))
                }}
                error={
                  found === undefined ? undefined : found.problem !== '' ? found.problem : found.secrets === 0 ? t(m.noKey) : undefined
                }
                hint={found !== undefined && found.secrets > 0 ? t(m.isKey) : undefined}
              />
              <IconButton
                label={t(m.removeKey, { number: index + 1 })}
                icon={Trash2}
                onClick={() => {
                  setKeys(keys.filter((_, at) => at !== index))
                }}
              />
            </div>
          )
        })}
        <div className="row g8">
          <Button
            icon={Plus}
            onClick={() => {
              setKeys([...keys, ''])
            }}
          >
            {t(m.addKey)}
          </Button>
          <span className="f3 t11">{t(m.privateKeyHint)}</span>
        </div>
      </div>
    </Dialog>
  )
}
