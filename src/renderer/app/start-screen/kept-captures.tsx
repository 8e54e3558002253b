// Packets that a crash, or an end without saving, left behind.
import { useState } from 'react'
import { LifeBuoy } from 'lucide-react'
import type { LiveSpool } from '../../../shared/contract'
import { useStore } from '../../model/store'
import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'
import { useApp } from '../app-context'
import { formatBytes } from '../i18n/format'
import { liveMessages as m } from '../i18n/live'
import { languageTag } from '../i18n/messages'
import { useLanguage, useT } from '../i18n/use-t'
import { openKept } from '../live-actions'

/** The list; nothing where nothing was left. */
export function KeptCaptures() {
  const app = useApp()
  const t = useT()
  const spools = useStore(app.live.spools)
  if (spools.length === 0) return null
  return (
    <section className="start-card" aria-label={t(m.keptTitle)}>
      <div className="start-row">
        <Icon icon={LifeBuoy} />
        <h2>{t(m.keptTitle)}</h2>
        <span className="f3">{t(m.keptText)}</span>
      </div>
      <ul>
        {spools.map((spool) => (
          <KeptCapture key={spool.id} spool={spool} />
        ))}
      </ul>
    </section>
  )
}

function KeptCapture({ spool }: { readonly spool: LiveSpool }) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const [sure, setSure] = useState(false)
  const discard = async (): Promise<void> => {
    try {
      await app.client.call('live.discard', { id: spool.id })
      await app.live.loadSpools()
    } catch (error) {
      app.report(error)
    }
  }
  const when = new Date(spool.startedMs).toLocaleString(languageTag(language), { dateStyle: 'medium', timeStyle: 'medium' })
  return (
    <li className="start-row">
      <b>{spool.interfaces.join(', ')}</b>
      <span className="f2">{when}</span>
      {spool.filter !== '' && <span className="mono f3 cut">{spool.filter}</span>}
      <span className="sp" />
      <span className="f3 num">{formatBytes(spool.bytes, language)}</span>
      <Button kind="primary" onClick={() => void openKept(app, spool.id)}>
        {t(m.openKept)}
      </Button>
      <Button
        kind={sure ? 'danger' : 'ghost'}
        onBlur={() => {
          setSure(false)
        }}
        onClick={() => {
          if (sure) void discard()
          else setSure(true)
        }}
      >
        {t(sure ? m.discardSure : m.discardKept)}
      </Button>
    </li>
  )
}
