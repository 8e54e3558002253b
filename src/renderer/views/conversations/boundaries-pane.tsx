// Message boundaries: where messages end in a stream, how they lie on TCP's segments, and what a reader without framing gets.
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import type { Result } from '../../../shared/contract'
import { isCancelled } from '../../../shared/rpc/problem'
import { useApp, useInfo } from '../../app/app-context'
import { boundaryMessages as m } from '../../app/i18n/boundaries'
import { followMessages } from '../../app/i18n/follow'
import { formatNumber } from '../../app/i18n/format'
import { useLanguage, useT } from '../../app/i18n/use-t'
import type { CaptureSession } from '../../model/capture-session'
import { useStore } from '../../model/store'
import { Segmented } from '../../ui/button'
import { Chip, PacketLink } from '../../ui/chip'
import { useSize } from '../packets/use-size'
import { ScopePicker, useStreams } from '../sequence/scope-picker'
import { sequenceState } from '../sequence/sequence-state'
import { ByteRuler } from './byte-ruler'
import { FIRST_DRAFT, FramingForm, plainWords, ruleOf, type RuleDraft } from './framing-form'
import './boundaries.css'

type Boundaries = Result<'follow.boundaries'>

/** Messages listed below the ruler. */
const LISTED = 200
const READ_SIZES = ['512', '1024', '4096', '16384', '65536'] as const
const SCALES = ['1', '4', '16'] as const

/** The pane. */
export function BoundariesPane({ session, heading }: { readonly session: CaptureSession; readonly heading: ReactNode }) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const scope = useStore(sequenceState(session).scope)
  const stream = scope?.kind === 'stream' ? scope.stream : 0
  const [side, setSide] = useState<'0' | '1'>('1')
  const [draft, setDraft] = useState<RuleDraft>(FIRST_DRAFT)
  const [readSize, setReadSize] = useState<(typeof READ_SIZES)[number]>('4096')
  const [scale, setScale] = useState<(typeof SCALES)[number]>('1')
  const [selected, setSelected] = useState(0)
  const main = useRef<HTMLDivElement>(null)
  const size = useSize(main)
  const ends = useStreams(session, stream, 1)?.streams[0]
  const rule = useMemo(() => ruleOf(draft), [draft])
  const boundaries = useBoundaries(session, stream, side === '0' ? 0 : 1, rule, Number(readSize))
  const number = (value: number): string => formatNumber(value, language)
  return (
    <>
      <div className="cv-head" data-pane="toolbar">
        {heading}
        <i className="sep" />
        <ScopePicker
          session={session}
          scope={{ kind: 'stream', stream }}
          streamsOnly
          onChange={(next) => {
            setSelected(0)
            sequenceState(session).scope.set(next)
          }}
        />
        {ends?.stream === stream && (
          <Segmented
            label={t(m.direction)}
            value={side}
            options={[
              { value: '0', name: `${ends.a} →` },
              { value: '1', name: `${ends.b} →` },
            ]}
            onChange={(value) => {
              setSelected(0)
              setSide(value)
            }}
          />
        )}
        <span className="sp" />
        {boundaries !== null && boundaries.coalesced > 0 && <Chip kind="warn">{t(m.coalesced, { count: boundaries.coalesced })}</Chip>}
        {boundaries !== null && boundaries.split > 0 && <Chip kind="warn">{t(m.split, { count: boundaries.split })}</Chip>}
      </div>
      <div className="cv-body">
        <div ref={main} className="cv-main bd-main" data-pane="list" tabIndex={0} role="region" aria-label={t(m.boundaries)}>
          {boundaries?.bytes === 0 && (
            <div className="state">
              <h2>{t(m.nothing)}</h2>
            </div>
          )}
          {boundaries !== null && boundaries.bytes > 0 && (
            <>
              <p>
                <b>
                  {t(m.sum, {
                    messages: t(m.sumMessages, { count: boundaries.totals.messages, number: number(boundaries.totals.messages) }),
                    segments: t(m.sumSegments, { count: boundaries.totals.segments, number: number(boundaries.totals.segments) }),
                    bytes: number(boundaries.bytes),
                  })}
                </b>
                <br />
                <span className="f2">{t(m.why)}</span>
                {boundaries.gap && <span className="warn"> {t(m.gap, { at: number(boundaries.bytes) })}</span>}
                {boundaries.limited && <span className="warn"> {t(m.limited, { bytes: number(boundaries.bytes) })}</span>}
              </p>
              <div className="bd-lanes">
                <div className="bd-names" aria-hidden="true">
                  <b>{t(m.messages)}</b>
                  <b>{t(m.segments)}</b>
                  <b>{t(m.reads)}</b>
                </div>
                <div className="bd-scroll" tabIndex={0} role="region" aria-label={t(m.ruler)}>
                  <ByteRuler
                    boundaries={boundaries}
                    width={Math.max(300, size.width - 170) * Number(scale)}
                    selected={selected}
                    onSelect={setSelected}
                  />
                </div>
              </div>
              <div className="bd-cards">
                <Card title={t(m.coalescedTitle)}>{t(m.coalescedText, { count: boundaries.coalesced })}</Card>
                <Card title={t(m.splitTitle)}>{t(m.splitText, { count: boundaries.split })}</Card>
                <Card title={t(m.readsTitle)}>
                  {t(m.readsText, {
                    reads: number(boundaries.totals.reads),
                    size: number(Number(readSize)),
                    whole: number(boundaries.wholeReads),
                  })}
                </Card>
              </div>
              <MessageTable
                boundaries={boundaries}
                selected={selected}
                onSelect={setSelected}
                onFrame={(frame) => {
                  session.goTo(frame).catch((error: unknown) => {
                    app.report(error)
                  })
                }}
              />
            </>
          )}
        </div>
        <aside className="cv-side" data-pane="inspector">
          <h3>{t(m.rule)}</h3>
          <FramingForm
            draft={draft}
            onChange={(next) => {
              setSelected(0)
              setDraft(next)
            }}
          />
          {rule === null ? (
            <p className="warn">{t(m.badRule)}</p>
          ) : (
            boundaries !== null &&
            boundaries.bytes > 0 && (
              <p className={boundaries.broken >= 0 || boundaries.messages.at(-1)?.complete === false ? 'warn' : 'ok'}>
                {boundaries.broken >= 0
                  ? t(m.broken, { at: number(boundaries.broken) })
                  : t(boundaries.messages.at(-1)?.complete === false ? m.cut : m.fits)}
              </p>
            )
          )}
          <section>
            <h4>{t(m.plain)}</h4>
            <p>{plainWords(draft, t)}</p>
          </section>
          <section>
            <h4>{t(m.readSize)}</h4>
            <Segmented
              label={t(m.readSize)}
              value={readSize}
              options={READ_SIZES.map((value) => ({ value, name: value }))}
              onChange={setReadSize}
            />
          </section>
          <section>
            <h4>{t(m.scale)}</h4>
            <Segmented
              label={t(m.scale)}
              value={scale}
              options={SCALES.map((value) => ({ value, name: value === '1' ? t(m.fit) : `${value}×` }))}
              onChange={setScale}
            />
          </section>
        </aside>
      </div>
    </>
  )
}

function useBoundaries(
  session: CaptureSession,
  stream: number,
  side: 0 | 1,
  rule: ReturnType<typeof ruleOf>,
  readSize: number,
): Boundaries | null {
  const app = useApp()
  const packets = useInfo(session, (info) => info.packets)
  const [boundaries, setBoundaries] = useState<Boundaries | null>(null)
  useEffect(() => {
    if (rule === null) return undefined
    const abort = new AbortController()
    app.client
      .call('follow.boundaries', { captureId: session.id, stream, side, rule, readSize }, { signal: abort.signal })
      .then(setBoundaries, (error: unknown) => {
        if (!isCancelled(error)) app.report(error)
      })
    return () => {
      abort.abort()
    }
  }, [app, session, stream, side, rule, readSize, packets])
  return boundaries
}

function Card({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      <p>{children}</p>
    </section>
  )
}

/** Numbers of the first and last range that hold bytes of [start, end); ranges are given by their ends. */
function spanOf(ends: readonly number[], start: number, end: number): readonly [number, number] {
  const first = ends.findIndex((value) => value > start)
  const last = ends.findIndex((value) => value >= end)
  return [first, last < 0 ? ends.length - 1 : last]
}

function MessageTable({
  boundaries: { messages, segments, reads },
  selected,
  onSelect,
  onFrame,
}: {
  readonly boundaries: Boundaries
  readonly selected: number
  readonly onSelect: (message: number) => void
  readonly onFrame: (frame: number) => void
}) {
  const t = useT()
  const language = useLanguage()
  const number = (value: number): string => formatNumber(value, language)
  const segmentEnds = segments.map(({ end }) => end)
  return (
    <table className="bd-table" aria-label={t(m.listed, { count: String(Math.min(LISTED, messages.length)) })}>
      <thead>
        <tr>
          <th>{t(m.messages)}</th>
          <th className="n">{t(m.start)}</th>
          <th className="n">{t(m.size)}</th>
          <th>{t(m.inSegments)}</th>
          <th>{t(m.inReads)}</th>
          <th>{t(m.edges)}</th>
        </tr>
      </thead>
      <tbody>
        {messages.slice(0, LISTED).map(({ start, end }, index) => {
          const [from, to] = spanOf(segmentEnds, start, end)
          const [firstRead, lastRead] = spanOf(reads, start, end)
          const begins = start === (segmentEnds[from - 1] ?? 0)
          const isAlone = begins && end === segmentEnds[to]
          return (
            <tr key={start} className={index === selected ? 'sel' : ''}>
              <td>
                <button
                  type="button"
                  aria-pressed={index === selected}
                  onClick={() => {
                    onSelect(index)
                  }}
                >
                  {t(m.message, { number: String(index + 1) })}
                </button>
              </td>
              <td className="n">{number(start)}</td>
              <td className="n">{number(end - start)}</td>
              <td>
                {[from, ...(to > from ? [to] : [])].map((at, place) => {
                  const frame = segments[at]?.frame ?? 0
                  return (
                    <span key={at}>
                      {place > 0 && ' – '}
                      <PacketLink number={frame} label={t(followMessages.goToPacket, { number: String(frame) })} onOpen={onFrame} />
                    </span>
                  )
                })}
              </td>
              <td>{firstRead < 0 ? '–' : firstRead === lastRead ? firstRead + 1 : `${firstRead + 1} – ${lastRead + 1}`}</td>
              <td className={to > from || !isAlone ? 'warn' : ''}>{t(to > from ? m.isSplit : isAlone ? m.alone : m.isShared)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
