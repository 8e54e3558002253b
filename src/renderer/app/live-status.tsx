// The running capture in the status bar: where, how fast, what was dropped. The numbers come every second.
import { Radio, TriangleAlert } from 'lucide-react'
import type { LiveCapture } from '../../shared/contract'
import { useStore } from '../model/store'
import { Icon } from '../ui/icon'
import { useApp } from './app-context'
import { formatNumber } from './i18n/format'
import { liveMessages as m } from './i18n/live'
import { useLanguage, useT } from './i18n/use-t'

/** Nothing while nothing is captured. */
export function LiveStatus() {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const live = useStore(app.live.capture)
  if (live?.running !== true) return null
  return (
    <span className="live-status row g6">
      <Icon icon={Radio} size="small" />
      <span className="cut">{t(m.capturing, { names: live.interfaces.map((one) => one.name).join(', ') })}</span>
      <b>{t(m.statusRate, { rate: formatNumber(live.packetsPerSecond, language) })}</b>
      <Drops live={live} />
      {!live.kernelTimes && <span className="warn-text opt">{t(m.programTimes)}</span>}
    </span>
  )
}

function Drops({ live }: { readonly live: LiveCapture }) {
  const t = useT()
  const language = useLanguage()
  const known = live.interfaces.filter((one) => one.dropped !== null)
  if (known.length === 0) return <span>{t(m.statusDroppedUnknown)}</span>
  const dropped = known.reduce((sum, one) => sum + (one.dropped ?? 0), 0)
  const total = formatNumber(dropped, language)
  if (dropped === 0) return <span>{t(m.statusDropped, { total })}</span>
  return (
    <span className="bad-text row g4">
      <Icon icon={TriangleAlert} size="small" />
      {t(m.statusDroppedNow, { total, rate: formatNumber(live.droppedPerSecond, language) })}
    </span>
  )
}
