// Following a stream: what its two sides said, in the order in which a program would have read it.
import { lazy, Suspense, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'
import { ChevronLeft, ChevronRight, EyeOff, Funnel } from 'lucide-react'
import { FOLLOW_FORMS, FOLLOW_PROTOCOLS, type FollowSpec } from '../../../shared/contract'
import { useApp, useInfo } from '../../app/app-context'
import { followMessages as m } from '../../app/i18n/follow'
import { formatBytes, formatNumber, formatPercent } from '../../app/i18n/format'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { NARROW, useWindowWidth } from '../../app/use-window-width'
import type { CaptureSession } from '../../model/capture-session'
import { patch, useSelected, useStore } from '../../model/store'
import { Button, IconButton, Key, Segmented } from '../../ui/button'
import { Icon } from '../../ui/icon'
import { Select } from '../../ui/select'
import { ScopePicker } from '../sequence/scope-picker'
import { sequenceState } from '../sequence/sequence-state'
import { FollowFind } from './follow-find'
import { FOLLOW_ROW, FollowRows, type Mark } from './follow-rows'
import { FollowSave } from './follow-save'
import { followState } from './follow-state'
import { useFollow, type Followed } from './use-follow'
import './follow.css'

/** The terminal is large: it is loaded with the first replay. */
const ReplayPane = lazy(() => import('./replay-pane').then((module) => ({ default: module.ReplayPane })))

/** Characters of a text row, as the engine breaks it. */
const TEXT_WIDTH = 160

/** What is said where nothing was said, and what is shown. */
const NOTHING = { tcp: m.nothing, udp: m.nothing, tls: m.nothingTls, http: m.nothingHttp, http2: m.nothingHttp2 } as const
const WHAT = { tcp: m.whatTcp, udp: m.whatUdp, tls: m.whatTls, http: m.whatHttp, http2: m.whatHttp2 } as const

/** The pane. */
export function FollowPane({ session, heading }: { readonly session: CaptureSession; readonly heading: ReactNode }) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const narrow = useWindowWidth() < NARROW
  const { follow, scroller } = followState(session)
  const { protocol, udpStream, substream, form, side, replay } = useStore(follow)
  const scope = useStore(sequenceState(session).scope)
  const stream = protocol === 'udp' ? udpStream : scope?.kind === 'stream' ? scope.stream : 0
  // Other keys decrypt other bytes of the same stream.
  const dissections = useStore(app.dissections)
  const spec = useMemo(
    (): FollowSpec => ({ captureId: session.id, protocol, stream, substream: protocol === 'http2' ? substream : 0, form, side }),
    [session, protocol, stream, substream, form, side],
  )
  const packets = useInfo(session, (info) => info.packets)
  const frame = useSelected(session.selection, ({ number }) => number)
  const followed = useFollow(spec, packets, dissections)
  const { info, rows, turns, progress } = followed
  // a connection's first stream with messages, where it does not have the one that was followed elsewhere
  const otherSubstream = info === null || info.substreams.includes(substream) ? undefined : info.substreams.find((number) => number > 0)
  useEffect(() => {
    if (otherSubstream !== undefined) patch(follow, { substream: otherSubstream })
  }, [follow, otherSubstream])
  const [mark, setMark] = useState<Mark | null>(null)
  const showMark = useCallback(
    (next: Mark | null) => {
      setMark(next)
      if (next !== null) scroller.scrollTo(Math.max(0, next.row - 6) * FOLLOW_ROW)
    },
    [scroller],
  )
  const goTo = (number: number): void => {
    session.goTo(number).catch((error: unknown) => {
      app.report(error)
    })
  }
  const toTurn = (by: 1 | -1): void => {
    const row = Math.round(scroller.top / FOLLOW_ROW)
    const next = by === 1 ? turns.find((turn) => turn.row > row) : turns.findLast((turn) => turn.row < row)
    if (next !== undefined) scroller.scrollTo(next.row * FOLLOW_ROW)
  }
  const setStream = (next: number): void => {
    scroller.scrollTo(0)
    if (protocol === 'udp') patch(follow, { udpStream: next })
    else sequenceState(session).scope.set({ kind: 'stream', stream: next })
  }
  const bytes = (index: 0 | 1): string => formatBytes(info?.bytes[index] ?? 0, language)
  return (
    <>
      <div className="cv-head" data-pane="toolbar">
        {heading}
        <i className="sep" />
        {protocol === 'udp' ? (
          <UdpPicker stream={stream} followed={followed} onChange={setStream} />
        ) : (
          <ScopePicker
            session={session}
            scope={{ kind: 'stream', stream }}
            streamsOnly
            onChange={(next) => {
              if (next.kind === 'stream') setStream(next.stream)
            }}
          />
        )}
        <Segmented
          label={t(m.protocol)}
          value={protocol}
          options={FOLLOW_PROTOCOLS.map((value) => ({ value, name: t(m[value]) }))}
          onChange={(value) => {
            scroller.scrollTo(0)
            patch(follow, { protocol: value })
          }}
        />
        {protocol === 'http2' && info !== null && info.substreams.length > 0 && (
          <Select
            label={t(m.substream)}
            value={String(substream)}
            options={info.substreams.map((number) => ({ value: String(number), name: t(m.substreamIs, { number: String(number) }) }))}
            onChange={(value) => {
              scroller.scrollTo(0)
              patch(follow, { substream: Number(value) })
            }}
          />
        )}
        {protocol === 'tcp' && (
          <Segmented
            label={t(m.view)}
            value={replay ? 'replay' : 'text'}
            options={[
              { value: 'text', name: t(m.text) },
              { value: 'replay', name: t(m.replay) },
            ]}
            onChange={(value) => {
              patch(follow, { replay: value === 'replay' })
            }}
          />
        )}
        <span className="sp" />
        {!narrow && (
          <Button
            icon={Funnel}
            disabled={info === null || info.streams === 0}
            onClick={() => {
              app.view.set('packets')
              session.applyFilter(`${protocol === 'udp' ? 'udp' : 'tcp'}.stream == ${stream}`).catch((error: unknown) => {
                app.report(error)
              })
            }}
          >
            {t(m.filterList)}
          </Button>
        )}
        <FollowSave spec={spec} gaps={info?.gaps ?? 0} />
      </div>
      {replay && protocol === 'tcp' ? (
        <Suspense>
          <ReplayPane key={stream} session={session} stream={stream} />
        </Suspense>
      ) : (
        <>
          <div className="cv-strip">
            <Segmented
              label={t(m.side)}
              value={side === null ? 'both' : side === 0 ? 'a' : 'b'}
              options={[
                { value: 'both', name: t(m.both) },
                { value: 'a', name: t(m.sideA, { bytes: bytes(0) }) },
                { value: 'b', name: t(m.sideB, { bytes: bytes(1) }) },
              ]}
              onChange={(value) => {
                scroller.scrollTo(0)
                patch(follow, { side: value === 'both' ? null : value === 'a' ? 0 : 1 })
              }}
            />
            <Segmented
              label={t(m.form)}
              value={form}
              options={FOLLOW_FORMS.map((value) => ({ value, name: t(m[value]) }))}
              onChange={(value) => {
                scroller.scrollTo(0)
                patch(follow, { form: value })
              }}
            />
            <span className="sp" />
            <FollowFind spec={spec} rowCount={info?.rows ?? 0} onMark={showMark} />
          </div>
          <div className="cv-body">
            <div className="cv-main">
              {info !== null && info.rows === 0 ? (
                <div className="state">
                  <h2>
                    {info.streams === 0 ? t(m.noStream, { protocol: t(m[protocol === 'udp' ? 'udp' : 'tcp']) }) : t(NOTHING[protocol])}
                  </h2>
                </div>
              ) : (
                <FollowRows
                  rows={rows}
                  rowCount={info?.rows ?? 0}
                  form={form}
                  scroller={scroller}
                  frame={frame}
                  mark={mark}
                  onSelect={goTo}
                  onTurn={toTurn}
                />
              )}
              {info === null && progress !== null && (
                <div className="state over">
                  <p>{t(m.reading, { percent: formatPercent(progress, language) })}</p>
                </div>
              )}
            </div>
            {!narrow && info !== null && info.rows > 0 && (
              <aside className="cv-side" data-pane="inspector">
                <div className="cv-title">
                  <h3>{t(m.turns)}</h3>
                  <span className="f3">
                    {t(m.turnCount, { count: info.turns })}
                    {info.gaps > 0 && ` · ${t(m.gapCount, { count: info.gaps })}`}
                  </span>
                </div>
                <Turns
                  followed={followed}
                  frame={frame}
                  onOpen={(row, number) => {
                    scroller.scrollTo(row * FOLLOW_ROW)
                    goTo(number)
                  }}
                />
                <section>
                  <p>{t(WHAT[protocol])}</p>
                  {(form === 'ascii' || form === 'utf8') && <p>{t(m.whatText, { width: String(TEXT_WIDTH) })}</p>}
                  {info.gaps > 0 && (
                    <p className="fl-note">
                      <span className="warn">
                        <Icon icon={EyeOff} />
                      </span>
                      {t(m.gapNote)}
                    </p>
                  )}
                </section>
                <dl>
                  <dt>{t(m.sideAName)}</dt>
                  <dd className="mono">{info.ends[0]}</dd>
                  <dt>{t(m.sideBName)}</dt>
                  <dd className="mono">{info.ends[1]}</dd>
                  <dt>{t(m.packets)}</dt>
                  <dd className="mono">
                    #{formatNumber(info.firstFrame, language)} – #{formatNumber(info.lastFrame, language)}
                  </dd>
                </dl>
                <div className="cv-keys">
                  <Key>J</Key> <Key>K</Key> {t(m.keyTurn)} <Key>Ctrl+F</Key> {t(m.keyFind)}
                </div>
              </aside>
            )}
          </div>
        </>
      )}
    </>
  )
}

function Turns({
  followed: { info, turns },
  frame,
  onOpen,
}: {
  readonly followed: Followed
  readonly frame: number
  readonly onOpen: (row: number, frame: number) => void
}) {
  const t = useT()
  const language = useLanguage()
  const most = turns.reduce((largest, { bytes }) => Math.max(largest, bytes), 1)
  const left = (info?.turns ?? 0) - turns.length
  return (
    <ol className="fl-turns">
      {turns.map((turn, index) => (
        <li key={turn.row}>
          <button
            type="button"
            className={turn.frame === frame ? 'on' : ''}
            onClick={() => {
              onOpen(turn.row, turn.frame)
            }}
          >
            <span className="f3">{index + 1}</span>
            <span className="cut">
              <span aria-hidden="true">{turn.side === 0 ? '→ ' : '← '}</span>
              {turn.text}
            </span>
            <i className={turn.side === 0 ? 'a' : 'b'} style={{ width: `${Math.max(2, (turn.bytes / most) * 36)}px` }} />
            <span className="num">{formatBytes(turn.bytes, language)}</span>
          </button>
        </li>
      ))}
      {left > 0 && <li className="f3">{t(m.moreTurns, { count: left })}</li>}
    </ol>
  )
}

/** UDP streams one after the other: the table finds one among many. */
function UdpPicker({
  stream,
  followed: { info },
  onChange,
}: {
  readonly stream: number
  readonly followed: Followed
  readonly onChange: (stream: number) => void
}) {
  const t = useT()
  const total = info?.streams ?? 0
  return (
    <>
      <IconButton
        label={t(m.previousStream)}
        icon={ChevronLeft}
        disabled={stream <= 0}
        onClick={() => {
          onChange(stream - 1)
        }}
      />
      <span className="fl-pick">
        <b>{t(m.streamOf, { number: String(stream), total: String(total) })}</b>
        <span className="mono f3">{info === null || info.ends[0] === '' ? '' : `${info.ends[0]} ↔ ${info.ends[1]}`}</span>
      </span>
      <IconButton
        label={t(m.nextStream)}
        icon={ChevronRight}
        disabled={stream + 1 >= total}
        onClick={() => {
          onChange(stream + 1)
        }}
      />
    </>
  )
}
