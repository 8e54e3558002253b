// Expert information: what rules noticed, by severity, with the packets and what it means; beside it the capture's health.
import { Fragment, useMemo, useState, type ReactNode } from 'react'
import {
  ChevronDown,
  ChevronRight,
  CircleX,
  Download,
  Info,
  MessageCircle,
  MessageSquare,
  Search,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react'
import type { ExpertGroup } from '../../../shared/contract'
import { useApp } from '../../app/app-context'
import { expertMessages as m } from '../../app/i18n/expert'
import { statisticsMessages } from '../../app/i18n/statistics'
import type { PlainMessage } from '../../app/i18n/messages'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { downloadText } from '../../dialogs/save/download'
import { findFieldText } from '../../explain/lookup'
import type { CaptureSession } from '../../model/capture-session'
import { Button } from '../../ui/button'
import { PacketLink } from '../../ui/chip'
import { TextField } from '../../ui/fields'
import { Icon } from '../../ui/icon'
import { ProgressBar } from '../../ui/progress'
import { expertCsv } from './export-tables'
import { HealthPanel } from './health-panel'
import { useStatistics } from './use-statistics'

interface Level {
  readonly level: number
  readonly name: PlainMessage
  readonly icon: LucideIcon
  readonly tone: string
}
/** Worst first. */
const LEVELS: readonly Level[] = [
  { level: 4, name: m.error, icon: CircleX, tone: 'bad' },
  { level: 3, name: m.warning, icon: TriangleAlert, tone: 'warn' },
  { level: 2, name: m.note, icon: Info, tone: 'info' },
  { level: 1, name: m.chat, icon: MessageCircle, tone: 'quiet' },
  { level: 0, name: m.comment, icon: MessageSquare, tone: 'quiet' },
]
/** Packets named in a closed row, and listed in an open one before the filter takes over. */
const NAMED = 4
const LISTED = 100

/** The tab. */
export function ExpertTab({ session, tabs }: { readonly session: CaptureSession; readonly tabs: ReactNode }) {
  const app = useApp()
  const t = useT()
  const { answer, progress } = useStatistics(session, 'all')
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set())
  const [text, setText] = useState('')
  const groups = useMemo(() => answer?.expert ?? [], [answer])
  const counts = new Map(LEVELS.map(({ level }) => [level, groups.reduce((sum, one) => sum + (one.level === level ? one.count : 0), 0)]))
  const wanted = text.trim().toLowerCase()
  const shown = groups.filter(
    ({ level, summary, protocol, group }) => !hidden.has(level) && `${summary} ${protocol} ${group}`.toLowerCase().includes(wanted),
  )
  const open = (number: number): void => {
    session.goTo(number).catch((error: unknown) => {
      app.report(error)
    })
  }
  const name = session.info.get().name.replace(/\.[A-Za-z0-9]{1,8}$/, '')
  return (
    <>
      <div className="st-head" data-pane="toolbar">
        {tabs}
        <span className="sp" />
        <div className="st-levels" role="group" aria-label={t(m.levels)}>
          {LEVELS.filter(({ level }) => level > 0 || (counts.get(0) ?? 0) > 0).map(({ level, name: title, icon, tone }) => (
            <button
              key={level}
              type="button"
              className={`${tone} ${hidden.has(level) ? '' : 'on'}`}
              aria-pressed={!hidden.has(level)}
              onClick={() => {
                setHidden((before) => {
                  const next = new Set(before)
                  if (!next.delete(level)) next.add(level)
                  return next
                })
              }}
            >
              <Icon icon={icon} size="small" /> {t(title)} <span>{counts.get(level)}</span>
            </button>
          ))}
        </div>
        <TextField
          label={t(m.search)}
          hideLabel
          icon={Search}
          placeholder={t(m.summary)}
          value={text}
          onChange={setText}
          className="st-search"
        />
        <Button
          icon={Download}
          disabled={shown.length === 0}
          onClick={() => {
            downloadText(`${name}-expert.csv`, expertCsv(shown))
          }}
        >
          {t(m.csv)}
        </Button>
      </div>
      <div className="st-expert">
        <div className="st-list" data-pane="list" tabIndex={0} role="region" aria-label={t(m.table)}>
          {progress !== null && (
            <ProgressBar
              share={progress.done / Math.max(1, progress.total)}
              label={t(statisticsMessages.counting, { done: progress.done, total: progress.total })}
            />
          )}
          {answer !== null && groups.length === 0 && <p className="st-none">{t(m.none)}</p>}
          {groups.length > 0 && shown.length === 0 && <p className="st-none">{t(m.noMatch)}</p>}
          {shown.length > 0 && (
            <div className="st-er hd" aria-hidden="true">
              <span />
              <span />
              <span>{t(m.summary)}</span>
              <span>{t(m.group)}</span>
              <span>{t(m.protocol)}</span>
              <span className="num">{t(m.count)}</span>
              <span>{t(m.packets)}</span>
            </div>
          )}
          {LEVELS.map((level) => {
            const rows = shown.filter((one) => one.level === level.level)
            return rows.length === 0 ? null : (
              <Fragment key={level.level}>
                <h3 className="st-level">{t(level.name)}</h3>
                {rows.map((group) => (
                  <GroupRow key={`${group.protocol} ${group.field}`} session={session} group={group} level={level} onOpen={open} />
                ))}
              </Fragment>
            )
          })}
          {groups.length > 0 && (
            <p className="f3 st-hint st-caution">
              <Icon icon={Info} size="small" /> {t(m.caution)}{' '}
              {t(m.entries, { entries: groups.reduce((sum, { count }) => sum + count, 0), groups: groups.length })}
            </p>
          )}
        </div>
        <HealthPanel session={session} onOpen={open} />
      </div>
    </>
  )
}

/** One kind of item; opened, it says what it means and lists packets. */
function GroupRow({
  session,
  group,
  level,
  onOpen,
}: {
  readonly session: CaptureSession
  readonly group: ExpertGroup
  readonly level: Level
  readonly onOpen: (number: number) => void
}) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const [open, setOpen] = useState(false)
  const text = findFieldText(group.field)
  const at = language === 'zh' ? 1 : 0
  return (
    <div className={`st-group ${open ? 'on' : ''}`}>
      <div className="st-er">
        <button
          type="button"
          className="st-toggle"
          aria-expanded={open}
          onClick={() => {
            setOpen(!open)
          }}
        >
          <Icon icon={open ? ChevronDown : ChevronRight} size="small" />
          <span className={`st-mark ${level.tone}`}>
            <Icon icon={level.icon} />
            <span className="visually-hidden">{t(level.name)}</span>
          </span>
          <span className="st-sum">{group.summary}</span>
        </button>
        <span>{group.group}</span>
        <span>{group.protocol}</span>
        <span className="num">{group.count}</span>
        <span className="st-frames">
          {group.packets.slice(0, NAMED).map(({ number }, index) => (
            <PacketLink key={index} number={number} label={t(m.open, { number: String(number) })} onOpen={onOpen} />
          ))}
          {group.count > NAMED && <i>{t(m.more, { count: group.count - NAMED })}</i>}
        </span>
      </div>
      {open && (
        <div className="st-more">
          {text !== null && (
            <p>
              <b>{t(m.whatItMeans)}</b> {text.what[at]} {text.why?.[at]}
            </p>
          )}
          <ul>
            {group.packets.slice(0, LISTED).map(({ number, message }, index) => (
              <li key={index}>
                <PacketLink number={number} label={t(m.open, { number: String(number) })} onOpen={onOpen} /> <span>{message}</span>
              </li>
            ))}
          </ul>
          <p className="st-actions">
            {group.count > LISTED && <span className="f3">{t(m.listed, { count: Math.min(LISTED, group.packets.length) })}</span>}
            <Button
              kind="ghost"
              onClick={() => {
                app.view.set('packets')
                session.applyFilter(group.field).catch((error: unknown) => {
                  session.fail(error)
                })
              }}
            >
              {t(m.filter)}
            </Button>
          </p>
        </div>
      )}
    </div>
  )
}
