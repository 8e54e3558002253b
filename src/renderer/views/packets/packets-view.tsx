// The packets view: toolbar, overview, list, details, bytes, inspector; three layouts with movable borders.
import { useEffect, useRef, useState } from 'react'
import { CircleAlert, EyeOff, TriangleAlert } from 'lucide-react'
import type { PacketDetail } from '../../../shared/contract'
import { useApp, useInfo, useSetting } from '../../app/app-context'
import { errorText } from '../../app/i18n/error-text'
import { COMMANDS } from '../../app/commands/commands'
import { packetsMessages as m } from '../../app/i18n/packets'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { NARROW, useWindowHeight, useWindowWidth, WIDE } from '../../app/use-window-width'
import { ExplainPanel } from '../../explain/explain-panel'
import type { CaptureSession } from '../../model/capture-session'
import { DEFAULT_SETTINGS } from '../../model/settings'
import { useStore } from '../../model/store'
import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'
import { Splitter } from '../../ui/splitter'
import { BytesPane } from './bytes-pane'
import { DetailTree } from './detail-tree'
import { DetailsHeader, type LowerTab } from './details-header'
import { FilterButtons } from './filter-buttons'
import { FindBar } from './find-bar'
import { OverviewStrip } from './overview-strip'
import { PacketList } from './packet-list'
import { Toolbar } from './toolbar'
import { useSize } from './use-size'
import './packets.css'

/** Width of the bytes pane that just holds a line of sixteen bytes. */
const LINE_WIDTH = 526

/** Packet list, details and bytes of a capture. */
export function PacketsView({ session }: { readonly session: CaptureSession }) {
  const app = useApp()
  const t = useT()
  const width = useWindowWidth()
  const height = useWindowHeight()
  const narrow = width < NARROW
  const wanted = useSetting('layout')
  const layout = narrow ? 'bottom' : wanted
  const panes = useSetting('panes')
  const overview = useSetting('overview')
  const inspector = useSetting('inspector')
  const body = useRef<HTMLDivElement>(null)
  const size = useSize(body)
  const detail = useStore(session.detail)
  const field = useStore(session.field)
  const [tab, setTab] = useState<LowerTab>('details')
  useSelectionReset(session)

  const defaults = DEFAULT_SETTINGS.panes
  const lowerMax = Math.max(120, size.height - 120)
  const stacked = layout === 'rows'
  const standardLower = panes.lower === defaults.lower && width >= WIDE ? 400 : panes.lower
  const wantedLower = stacked ? panes.stacked : standardLower
  const lower = height < 760 && wantedLower === defaults.lower ? Math.round(size.height * 0.4) : Math.min(wantedLower, lowerMax)
  const besideMax = Math.max(240, size.width - 360)
  const list = <PacketList session={session} />
  const details = <Details session={session} layout={narrow ? 'tabs' : layout} tab={tab} onTab={setTab} />
  return (
    <>
      <Toolbar session={session} />
      <FilterButtons session={session} />
      <ProblemBanner session={session} />
      {overview && <OverviewStrip session={session} />}
      <FindBar />
      <div className="pbody">
        <div ref={body} className={`pcol ${layout}`}>
          {list}
          {layout === 'side' ? (
            <>
              <Splitter
                label={t(m.resizeBeside)}
                orientation="vertical"
                after
                value={Math.min(panes.beside, besideMax)}
                min={240}
                max={besideMax}
                initial={defaults.beside}
                onChange={(beside) => {
                  app.settings.resize({ beside })
                }}
              />
              <div className="lower" style={{ width: Math.min(panes.beside, besideMax) }}>
                {details}
              </div>
            </>
          ) : (
            <>
              <Splitter
                label={t(m.resizeLower)}
                orientation="horizontal"
                after
                value={lower}
                min={100}
                max={lowerMax}
                initial={stacked ? defaults.stacked : defaults.lower}
                onChange={(value) => {
                  app.settings.resize(stacked ? { stacked: value } : { lower: value })
                }}
              />
              <div className="lower" style={{ height: lower }}>
                {details}
              </div>
            </>
          )}
        </div>
        {inspector && (
          <>
            {!narrow && (
              <Splitter
                label={t(m.resizeInspector)}
                orientation="vertical"
                after
                value={panes.inspector}
                min={280}
                max={Math.max(280, Math.min(700, width - 600))}
                initial={defaults.inspector}
                onChange={(value) => {
                  app.settings.resize({ inspector: value })
                }}
              />
            )}
            <aside
              className={`insp ${narrow ? 'sheet' : ''}`}
              data-pane="inspector"
              style={narrow ? undefined : { width: panes.inspector }}
            >
              <ExplainPanel
                session={session}
                packet={detail.packet}
                row={detail.packet?.tree[field.row] ?? null}
                onClose={() => {
                  app.settings.update({ inspector: false })
                }}
              />
            </aside>
          </>
        )}
      </div>
    </>
  )
}

/** When another packet shows, or the same one dissected again, the same field stays selected if it has one; else nothing is. */
function useSelectionReset(session: CaptureSession): void {
  const packet = useStore(session.detail).packet
  const before = useRef<{ readonly packet: PacketDetail; readonly field: string } | null>(null)
  const field = useStore(session.field)
  useEffect(() => {
    const row = packet?.tree[field.row]
    if (packet !== null && before.current?.packet === packet) before.current = { packet, field: row?.field ?? '' }
  }, [packet, field.row])
  useEffect(() => {
    if (packet === null || before.current?.packet === packet) return
    const name = before.current?.field ?? ''
    const row = name === '' ? -1 : packet.tree.findIndex((item) => item.field === name)
    before.current = { packet, field: row < 0 ? '' : name }
    session.field.set({ row, hover: -1, source: row < 0 ? 0 : (packet.tree[row]?.source ?? 0), cursor: -1 })
  }, [session, packet])
}

function Details({
  session,
  layout,
  tab,
  onTab,
}: {
  readonly session: CaptureSession
  readonly layout: 'bottom' | 'side' | 'rows' | 'tabs'
  readonly tab: LowerTab
  readonly onTab: (tab: LowerTab) => void
}) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const panes = useSetting('panes')
  const { packet, error } = useStore(session.detail)
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const defaults = DEFAULT_SETTINGS.panes
  const beside = layout === 'bottom'
  const inspector = useSetting('inspector')
  const bytesMax = beside ? Math.max(160, size.width - 220) : Math.max(60, size.height - 80)
  // Beside an open inspector the bytes keep what a line needs, unless the user chose a width.
  const bytesWidth = inspector && panes.bytes === defaults.bytes ? LINE_WIDTH : panes.bytes
  const bytesSize = Math.min(beside ? bytesWidth : panes.bytesBelow, bytesMax)
  return (
    <>
      <DetailsHeader session={session} packet={packet} tab={layout === 'tabs' ? tab : null} onTab={onTab} />
      <div ref={box} className={`lb ${layout}`}>
        {packet === null ? (
          <div className={`state ${error === null ? '' : 'bad'}`}>
            {error !== null && (
              <>
                <Icon icon={CircleAlert} size="large" />
                <h2>{t(m.detailFailed)}</h2>
                <p>{errorText(error, language)}</p>
                <Button
                  onClick={() => {
                    session.loadDetail()
                  }}
                >
                  {t(m.retry)}
                </Button>
              </>
            )}
          </div>
        ) : layout === 'tabs' ? (
          tab === 'details' ? (
            <TreeOrNote session={session} packet={packet} />
          ) : (
            <BytesPane session={session} packet={packet} />
          )
        ) : (
          <>
            <TreeOrNote session={session} packet={packet} />
            <Splitter
              label={t(beside ? m.resizeBytes : m.resizeBytesBelow)}
              orientation={beside ? 'vertical' : 'horizontal'}
              after
              value={bytesSize}
              min={beside ? 160 : 60}
              max={bytesMax}
              initial={beside ? defaults.bytes : defaults.bytesBelow}
              onChange={(value) => {
                app.settings.resize(beside ? { bytes: value } : { bytesBelow: value })
              }}
            />
            <div className="bytes-slot" style={beside ? { width: bytesSize } : { height: bytesSize }}>
              <BytesPane session={session} packet={packet} />
            </div>
          </>
        )}
      </div>
    </>
  )
}

/** The tree of a packet; an ignored packet has none, and says so. */
function TreeOrNote({ session, packet }: { readonly session: CaptureSession; readonly packet: PacketDetail }) {
  const app = useApp()
  const t = useT()
  if (packet.tree.length > 0) return <DetailTree session={session} packet={packet} />
  return (
    <div className="state" data-pane="details">
      <Icon icon={EyeOff} size="large" />
      <h2>{t(m.ignoredTitle)}</h2>
      <p>{t(m.ignoredText)}</p>
      <Button data-pane-focus="" onClick={() => COMMANDS.run('packet.ignore', app)}>
        {t(m.useAgain)}
      </Button>
    </div>
  )
}

/** What is wrong with the file, where, and what can be done. */
function ProblemBanner({ session }: { readonly session: CaptureSession }) {
  const app = useApp()
  const t = useT()
  const problem = useInfo(session, (info) => info.problem)
  if (problem === null) return null
  const { offset, packet } = problem.where
  // Most messages say where already.
  const told = offset === undefined || problem.message.includes(`0x${offset.toString(16)}`) || problem.message.includes(String(offset))
  return (
    <div className="banner bad" role="alert">
      <Icon icon={TriangleAlert} />
      <div className="selectable">
        <b>{t(m.problemAt)}</b> {problem.message}
        {!told && (
          <span className="f3 where mono">
            {packet === undefined
              ? t(m.problemOffset, { offset: `0x${offset.toString(16)}` })
              : t(m.problemOffsetAfter, { offset: `0x${offset.toString(16)}`, packet: String(packet) })}
          </span>
        )}
      </div>
      <span className="sp" />
      <Button onClick={() => COMMANDS.run('file.salvage', app)}>{t(m.salvage)}</Button>
      <Button kind="ghost" onClick={() => void navigator.clipboard.writeText(`${problem.code}: ${problem.message}`)}>
        {t(m.copyProblem)}
      </Button>
    </div>
  )
}
