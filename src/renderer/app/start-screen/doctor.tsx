// The permission doctor: what may capture here, and the exact commands for what may not.
import { useState } from 'react'
import { CircleCheck, Copy, RotateCw, ShieldAlert } from 'lucide-react'
import type { LiveBackendState, LiveDiagnosis } from '../../../shared/contract'
import { copyText } from '../../dialogs/copy'
import { useStore } from '../../model/store'
import { Button, IconButton } from '../../ui/button'
import { Icon } from '../../ui/icon'
import { useApp } from '../app-context'
import { liveMessages as m } from '../i18n/live'
import type { PlainMessage } from '../i18n/messages'
import { useT } from '../i18n/use-t'
import { CommandLines } from './pipes-and-hosts'

type RemedyId = LiveDiagnosis['remedies'][number]['id']

const REMEDIES: Readonly<Record<RemedyId, readonly [title: PlainMessage, text: PlainMessage]>> = {
  'install-libpcap': [m.remedyLibpcap, m.remedyLibpcapText],
  'install-dumpcap': [m.remedyDumpcap, m.remedyDumpcapText],
  'dumpcap-group': [m.remedyGroup, m.remedyGroupText],
  'helper-capability': [m.remedyHelper, m.remedyHelperText],
  'chmod-bpf': [m.remedyBpf, m.remedyBpfText],
  'install-npcap': [m.remedyNpcap, m.remedyNpcapText],
  'start-npcap': [m.remedyNpcapStart, m.remedyNpcapStartText],
}

/** What was found, and what to do. */
export function Doctor() {
  const app = useApp()
  const t = useT()
  const diagnosis = useStore(app.live.diagnosis)
  const [busy, setBusy] = useState(false)
  const again = async (): Promise<void> => {
    setBusy(true)
    try {
      await app.live.diagnose()
    } catch (error) {
      app.report(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="doctor">
      <div className="start-row">
        <Icon icon={diagnosis?.permitted === true ? CircleCheck : ShieldAlert} size="large" />
        <h2 role="status">{t(diagnosis?.permitted === true ? m.doctorOk : m.doctorTitle)}</h2>
        <span className="sp" />
        <Button icon={RotateCw} disabled={busy} onClick={() => void again()}>
          {t(m.doctorAgain)}
        </Button>
      </div>
      {diagnosis?.permitted === false && <p className="f2">{t(m.doctorText)}</p>}
      {diagnosis?.remedies.map(({ id, commands }) => (
        <div key={id} className="remedy">
          <h3>{t(REMEDIES[id][0])}</h3>
          <p className="f2">{t(REMEDIES[id][1])}</p>
          <CommandLines commands={commands} />
        </div>
      ))}
      {diagnosis !== null && <Findings backends={diagnosis.backends} />}
    </div>
  )
}

function Findings({ backends }: { readonly backends: readonly LiveBackendState[] }) {
  const app = useApp()
  const t = useT()
  const lines = backends.map(({ name, version, permitted, problem }) => {
    const state = permitted ? m.doctorUsable : version === null ? m.doctorMissing : m.doctorNotPermitted
    const head = [name, version ?? ''].filter((text) => text !== '').join(' ')
    return { name, head, state: t(state), reason: problem?.message ?? '', details: problem?.details ?? '' }
  })
  const text = lines
    .map(({ head, state, reason, details }) => [`${head}: ${state}`, reason, details].filter((part) => part !== '').join('\n  '))
    .join('\n')
  return (
    <div className="findings">
      <div className="start-row">
        <h3>{t(m.doctorFound)}</h3>
        <IconButton label={t(m.copyAll)} icon={Copy} size="small" onClick={() => void copyText(app, text)} />
      </div>
      <ul>
        {lines.map(({ name, head, state, reason, details }) => (
          <li key={name}>
            <b>{head}</b> {state}
            {reason !== '' && <span className="f2"> {reason}</span>}
            {details !== '' && (
              <details>
                <summary>{t(m.doctorWords)}</summary>
                <p className="f2">{details}</p>
              </details>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
