// Status bar: shown, total, marked; file, format, load time, problems, indexing progress.
import { Square, TriangleAlert } from 'lucide-react'
import type { CaptureInfo } from '../../shared/contract'
import type { CaptureSession } from '../model/capture-session'
import { selectedCount } from '../model/selection'
import { sameParts, useSelected, useStore } from '../model/store'
import { IconButton } from '../ui/button'
import { Icon } from '../ui/icon'
import { ProgressBar } from '../ui/progress'
import { useActiveSession, useApp } from './app-context'
import { COMMANDS } from './commands/commands'
import { formatBytes, formatNumber, formatPercent, formatSeconds } from './i18n/format'
import { shellMessages as m } from './i18n/shell'
import { useLanguage, useT } from './i18n/use-t'
import { LiveStatus } from './live-status'

/** The status bar. */
export function StatusBar() {
  const t = useT()
  const session = useActiveSession()
  return (
    <footer className="status" aria-label={t(m.status)} data-pane="status">
      <LiveStatus />
      {session === null ? <Idle /> : <CaptureStatus session={session} />}
    </footer>
  )
}

/** Without a capture: what packets can be captured with here. */
function Idle() {
  const backends = useStore(useApp().live.diagnosis)?.backends.filter((one) => one.permitted) ?? []
  const names = backends.map(({ name, version }) => `${name} ${version ?? ''}`.trim())
  return (
    <>
      <span>Wireglass</span>
      {names.length > 0 && <i className="sep" />}
      <span>{names.join(' · ')}</span>
    </>
  )
}

interface Parts {
  readonly shown: number
  readonly packets: number
  readonly marked: number
  readonly ignored: number
  readonly size: number
  readonly indexed: number
  readonly state: CaptureInfo['state']
  readonly loadMs: number
  readonly name: string
  readonly formatLabel: string
  readonly first: string | null
  readonly last: string | null
  readonly problem: CaptureInfo['problem']
  readonly dropped: number | null
}

function partsOf(info: CaptureInfo): Parts {
  const drops = info.interfaces.map((item) => item.dropped)
  return {
    shown: info.shown,
    packets: info.packets,
    marked: info.marked,
    ignored: info.ignored,
    size: info.size,
    indexed: info.indexed,
    state: info.state,
    loadMs: info.loadMs,
    name: info.name,
    formatLabel: info.formatLabel,
    first: info.firstTimeNs,
    last: info.lastTimeNs,
    problem: info.problem,
    dropped: drops.some((value) => value !== null) ? drops.reduce<number>((sum, value) => sum + (value ?? 0), 0) : null,
  }
}

function CaptureStatus({ session }: { readonly session: CaptureSession }) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const info = useSelected(session.info, partsOf, sameParts)
  const running = useSelected(app.live.capture, (live) => live?.running === true && live.captureId === session.id)
  const isLive = useSelected(app.live.capture, (live) => live?.captureId === session.id)
  const selection = useStore(session.selection)
  const count = selectedCount(selection)
  const shown = formatNumber(info.shown, language)
  const total = formatNumber(info.packets, language)
  const seconds = info.first === null || info.last === null ? null : Number(BigInt(info.last) - BigInt(info.first)) / 1e9
  return (
    <>
      <span>
        {t(m.statusPackets)}{' '}
        <b>
          {info.shown === info.packets
            ? t(m.statusOf, { shown, total })
            : t(m.statusOfPercent, { shown, total, percent: formatPercent(info.shown / Math.max(1, info.packets), language) })}
        </b>
      </span>
      {count > 0 && (
        <>
          <i className="sep" />
          <span>
            {t(m.statusSelected, {
              what: count === 1 && selection.number > 0 ? formatNumber(selection.number, language) : formatNumber(count, language),
            })}
          </span>
        </>
      )}
      {info.marked > 0 && (
        <>
          <i className="sep" />
          <span>{t(m.statusMarked, { count: info.marked })}</span>
        </>
      )}
      {info.ignored > 0 && (
        <>
          <i className="sep opt" />
          <span className="opt">{t(m.statusIgnored, { count: info.ignored })}</span>
        </>
      )}
      {!running && <i className="sep opt" />}
      {!running && (
        <span className="opt">{info.dropped === null ? t(m.statusDroppedUnknown) : t(m.statusDropped, { count: info.dropped })}</span>
      )}
      {info.problem !== null && (
        <>
          <i className="sep" />
          <span className="bad-text row g4">
            <Icon icon={TriangleAlert} size="small" />
            {t(m.statusDamaged)}
          </span>
        </>
      )}
      <span className="sp" />
      {info.state === 'indexing' && !running && (
        <span className="row g6">
          {t(m.statusIndexing, { percent: formatPercent(info.size === 0 ? 0 : info.indexed / info.size, language) })}
          <ProgressBar share={info.size === 0 ? null : info.indexed / info.size} label={t(m.statusIndexing, { percent: '' })} />
          <IconButton label={t(m.stopReading)} icon={Square} size="small" onClick={() => COMMANDS.run('file.stop-reading', app)} />
        </span>
      )}
      {info.state === 'waiting' && !running && <span>{t(m.statusWaiting)}</span>}
      {info.state === 'cancelled' && <span className="warn-text">{t(m.statusStopped)}</span>}
      <span className="cut">
        {info.name} · {info.formatLabel} · {formatBytes(info.size, language)}
        {seconds === null ? '' : ` · ${formatSeconds(seconds, language)}`}
      </span>
      {info.state !== 'indexing' && !isLive && (
        <>
          <i className="sep opt" />
          <span className="opt">{t(m.statusLoaded, { time: formatSeconds(info.loadMs / 1000, language) })}</span>
        </>
      )}
    </>
  )
}
