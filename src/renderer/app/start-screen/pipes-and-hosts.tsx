// A pipe as an interface, and the commands that bring packets of another machine.
import { useState } from 'react'
import { Copy } from 'lucide-react'
import { copyText } from '../../dialogs/copy'
import { remoteCommand } from '../../model/capture-filter'
import { isPipe } from '../../model/live-settings'
import { Button, IconButton } from '../../ui/button'
import { TextField } from '../../ui/fields'
import { useApp, useSetting } from '../app-context'
import { liveMessages as m } from '../i18n/live'
import { useT } from '../i18n/use-t'
import { startCapture, updateLive } from '../live-actions'

const FIFO = '/tmp/wireglass.fifo'

/** Folded away until it is wanted. */
export function PipesAndHosts() {
  const app = useApp()
  const t = useT()
  const { interfaces, filter } = useSetting('live')
  const [pipe, setPipe] = useState(interfaces.find(isPipe) ?? '')
  const [target, setTarget] = useState('')
  const [remote, setRemote] = useState('eth0')
  const command = remoteCommand({ target, interface: remote, filter })
  return (
    <details className="start-more">
      <summary>{t(m.pipes)}</summary>
      <div className="start-filter">
        <TextField label={t(m.pipe)} mono className="sp" value={pipe} placeholder={FIFO} onChange={setPipe} />
        <Button
          disabled={!isPipe(pipe)}
          onClick={() => {
            updateLive(app, { interfaces: [pipe] })
            void startCapture(app)
          }}
        >
          {t(m.usePipe)}
        </Button>
      </div>
      <h3>{t(m.remote)}</h3>
      <div className="rec-numbers">
        <TextField label={t(m.remoteTarget)} mono value={target} placeholder="user@host" onChange={setTarget} />
        <TextField label={t(m.remoteInterface)} mono value={remote} onChange={setRemote} />
      </div>
      <p className="f3">{t(m.remoteTerminal)}</p>
      <CommandLines commands={[`${command} | wireglass -i -`]} />
      <p className="f3">{t(m.remoteHere)}</p>
      <CommandLines commands={[`mkfifo -m 600 ${FIFO}`, `${command} > ${FIFO}`]} />
    </details>
  )
}

/** Commands to copy. */
export function CommandLines({ commands }: { readonly commands: readonly string[] }) {
  const app = useApp()
  const t = useT()
  const text = commands.join('\n')
  return (
    <div className="cmdline">
      <pre tabIndex={0}>{text}</pre>
      <IconButton label={t(commands.length > 1 ? m.copyAll : m.copy)} icon={Copy} size="small" onClick={() => void copyText(app, text)} />
    </div>
  )
}
