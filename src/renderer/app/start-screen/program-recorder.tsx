// A button for each installed browser, and a line for any other program: started with their TLS keys logged, and captured.
import { useEffect, useState } from 'react'
import { KeyRound } from 'lucide-react'
import type { InstalledBrowser, RecordedProgram } from '../../../shared/contract'
import { Button } from '../../ui/button'
import { TextField } from '../../ui/fields'
import { useApp } from '../app-context'
import { programMessages as m } from '../i18n/programs'
import { useT } from '../i18n/use-t'
import { recordProgram } from '../record-program'
import './start-screen.css'

const ADDRESS = /^(https?:\/\/\S+)?$/

/** What can be recorded; `onStarted` is called once a program runs. */
export function ProgramRecorder({ onStarted }: { readonly onStarted?: () => void }) {
  const app = useApp()
  const t = useT()
  const [browsers, setBrowsers] = useState<readonly InstalledBrowser[] | null>(null)
  const [address, setAddress] = useState('')
  const [line, setLine] = useState('')
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    app.client.call('program.browsers', {}).then(
      (found) => {
        setBrowsers(found.browsers)
      },
      (error: unknown) => {
        app.report(error)
      },
    )
  }, [app])
  const record = async (program: RecordedProgram, name: string): Promise<void> => {
    setBusy(true)
    const started = await recordProgram(app, program, name)
    setBusy(false)
    if (started) onStarted?.()
  }
  const page = address.trim()
  const isAddress = ADDRESS.test(page)
  const command = line.trim()
  return (
    <div className="recorder">
      <p className="f2">{t(m.intro)}</p>
      {browsers?.length === 0 && <p className="f2">{t(m.noBrowser)}</p>}
      {browsers !== null && browsers.length > 0 && (
        <>
          <TextField
            label={t(m.address)}
            mono
            value={address}
            placeholder="https://example.org/"
            onChange={setAddress}
            error={isAddress ? undefined : t(m.badAddress)}
          />
          <div className="recorder-browsers">
            {browsers.map(({ id, name }) => (
              <Button
                key={id}
                icon={KeyRound}
                disabled={busy || !isAddress}
                onClick={() => void record({ kind: 'browser', id, address: page }, name)}
              >
                {t(m.browser, { name })}
              </Button>
            ))}
          </div>
        </>
      )}
      <form
        className="start-filter"
        onSubmit={(event) => {
          event.preventDefault()
          if (command !== '' && !busy) void record({ kind: 'command', line: command }, command.split(/\s/)[0] ?? command)
        }}
      >
        <TextField label={t(m.line)} mono className="sp" value={line} placeholder="curl https://example.org/" onChange={setLine} />
        <Button type="submit" disabled={command === '' || busy}>
          {t(m.record)}
        </Button>
      </form>
    </div>
  )
}
