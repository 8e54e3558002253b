// TCP graphs: one connection, one direction at a time.
import { lazy, Suspense, useEffect, useMemo, useState, type ReactNode } from 'react'
import { Download, Info } from 'lucide-react'
import type { TcpSeries } from '../../../shared/contract'
import { isCancelled } from '../../../shared/rpc/problem'
import { useApp } from '../../app/app-context'
import { formatBytes, formatNumber } from '../../app/i18n/format'
import { sequenceMessages } from '../../app/i18n/sequence'
import { statisticsMessages as m } from '../../app/i18n/statistics'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { useGrowth } from '../../app/use-calm'
import { downloadText } from '../../dialogs/save/download'
import type { CaptureSession } from '../../model/capture-session'
import { useStore } from '../../model/store'
import { Button, Segmented } from '../../ui/button'
import { Icon } from '../../ui/icon'
import { Menu, useMenuAnchor } from '../../ui/menu'
import { ScopePicker, useStreams } from '../sequence/scope-picker'
import { sequenceState } from '../sequence/sequence-state'
import { useInitialScope } from '../sequence/use-initial-scope'
import { chartSvg, seriesCsv } from './export-graphs'
import type { ChartPoint, ChartSeries } from './tcp-chart'

/** The chart library is large: it is loaded with the first graph. */
const TcpChart = lazy(() => import('./tcp-chart').then((module) => ({ default: module.TcpChart })))

/** Points a series asks for: more than a screen has columns. */
const POINTS = 1200

interface Range {
  readonly from: number
  readonly to: number
}

/** The tab; `tabs` is drawn at the start of its header. */
export function TcpGraphs({ session, tabs }: { readonly session: CaptureSession; readonly tabs: ReactNode }) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  useInitialScope(session)
  const scope = useStore(sequenceState(session).scope)
  const stream = scope?.kind === 'stream' ? scope.stream : 0
  const [direction, setDirection] = useState<'0' | '1'>('1')
  const [style, setStyle] = useState<'tcptrace' | 'stevens'>('tcptrace')
  const [range, setRange] = useState<Range | null>(null)
  const { anchor, openAt, close } = useMenuAnchor()
  const streams = useStreams(session, stream, 1)
  const series = useSeries(session, stream, direction === '0' ? 0 : 1, range)
  const ends = streams?.streams[0]
  const shown: readonly [number, number] =
    range === null ? [series?.from ?? 0, Math.max(series?.to ?? 1, (series?.from ?? 0) + 1e-6)] : [range.from, range.to]
  const select = (frame: number): void => {
    session.goTo(frame).catch((error: unknown) => {
      app.report(error)
    })
  }
  const zoom = (from: number, to: number): void => {
    setRange({ from, to })
  }
  const seconds = (value: number): string =>
    shown[1] - shown[0] < 2 ? `${formatNumber(Math.round(value * 10_000) / 10, language)} ms` : `${value.toFixed(1)} s`
  const bytes = (value: number): string => formatBytes(value, language)
  const rate = (value: number): string => (value >= 1e6 ? `${(value / 1e6).toFixed(1)} Mb/s` : `${(value / 1e3).toFixed(0)} kb/s`)
  const common = { range: shown, formatTime: seconds, onSelect: select, onZoom: zoom }
  const sequence = useMemo(() => (series === null ? [] : sequenceSeries(series, style)), [series, style])
  const name = session.info.get().name.replace(/\.[A-Za-z0-9]{1,8}$/, '')
  const label = (title: string, points: number): string => t(m.graph, { name: title, count: String(points) })
  return (
    <>
      <div className="st-head" data-pane="toolbar">
        {tabs}
        <i className="sep" />
        <ScopePicker
          session={session}
          scope={{ kind: 'stream', stream }}
          streamsOnly
          onChange={(next) => {
            setRange(null)
            sequenceState(session).scope.set(next)
          }}
        />
        {ends?.stream === stream && (
          <Segmented
            label={t(m.direction)}
            value={direction}
            options={[
              { value: '0', name: `${ends.a} →` },
              { value: '1', name: `${ends.b} →` },
            ]}
            onChange={setDirection}
          />
        )}
        <span className="sp" />
        {range !== null && (
          <Button
            kind="ghost"
            onClick={() => {
              setRange(null)
            }}
          >
            {t(m.resetZoom)}
          </Button>
        )}
        <Segmented
          label={t(m.style)}
          value={style}
          options={[
            { value: 'stevens', name: t(m.stevens) },
            { value: 'tcptrace', name: t(m.tcptrace) },
          ]}
          onChange={setStyle}
        />
        <Button
          icon={Download}
          disabled={series === null}
          aria-haspopup="menu"
          onClick={(event) => {
            openAt({ element: event.currentTarget })
          }}
        >
          {t(sequenceMessages.export)}
        </Button>
        {anchor !== null && series !== null && (
          <Menu
            label={t(sequenceMessages.export)}
            anchor={anchor}
            end
            onClose={close}
            items={[
              {
                id: 'csv',
                label: t(m.exportCsv),
                onSelect: () => {
                  downloadText(`${name}-stream-${stream}.csv`, seriesCsv(series))
                },
              },
              {
                id: 'svg',
                label: t(m.exportSvg),
                onSelect: () => {
                  const svg = chartSvg(document.querySelector('.st-main svg.recharts-surface'))
                  if (svg !== null) downloadText(`${name}-stream-${stream}.svg`, svg)
                },
              },
            ]}
          />
        )}
      </div>
      {streams?.total === 0 ? (
        <div className="state">
          <h2>{t(m.noTcp)}</h2>
        </div>
      ) : (
        series !== null && (
          <div className="st-main" data-pane="list" tabIndex={0} role="region" aria-label={t(m.tcpGraphs)}>
            <Suspense>
              <section className="st-card">
                <h3>
                  {t(m.timeSequence)} <span>{t(style === 'tcptrace' ? m.timeSequenceNote : m.stevensNote)}</span>
                  <span className="sp" />
                  <Key color="var(--fg-1)" name={t(m.segment)} />
                  {style === 'tcptrace' && <Key color="var(--ok)" name={t(m.acknowledged)} />}
                  {style === 'tcptrace' && <Key color="var(--fg-3)" name={t(m.limit)} />}
                  <Key color="var(--bad)" name={t(m.retransmission)} />
                  <Key color="var(--p-udp)" name={t(m.outOfOrder)} />
                </h3>
                <TcpChart
                  {...common}
                  label={label(t(m.timeSequence), series.segments.length)}
                  series={sequence}
                  height={380}
                  format={bytes}
                />
              </section>
              <div className="st-row">
                <section className="st-card">
                  <h3>
                    {t(m.roundTrip)} <span>{t(m.samples, { count: series.roundTrips.length })}</span>
                  </h3>
                  <TcpChart
                    {...common}
                    label={label(t(m.roundTrip), series.roundTrips.length)}
                    series={[{ id: 'rtt', color: 'var(--fg-1)', look: 'dot', points: series.roundTrips }]}
                    height={170}
                    format={(value) => `${value.toFixed(1)} ms`}
                  />
                </section>
                <section className="st-card">
                  <h3>
                    {t(m.window)} <span>{t(m.windowNote)}</span>
                  </h3>
                  <TcpChart
                    {...common}
                    label={label(t(m.window), series.window.length)}
                    series={[{ id: 'window', color: 'var(--fg-1)', look: 'step', points: series.window }]}
                    height={170}
                    format={bytes}
                  />
                </section>
                <section className="st-card">
                  <h3>
                    {t(m.throughput)}{' '}
                    <span>
                      {t(m.throughputNote, {
                        interval: `${formatNumber(Math.round(series.interval * 1e5) / 100, language)} ms`,
                        peak: rate(series.throughput.reduce((most, point) => Math.max(most, point.value), 0)),
                      })}
                    </span>
                  </h3>
                  <TcpChart
                    {...common}
                    label={label(t(m.throughput), series.throughput.length)}
                    series={[{ id: 'rate', color: 'var(--ok)', look: 'bar', points: series.throughput }]}
                    height={170}
                    format={rate}
                  />
                </section>
              </div>
            </Suspense>
            <p className="f3 st-hint">
              <Icon icon={Info} size="small" /> {t(m.hint)}
            </p>
          </div>
        )
      )}
    </>
  )
}

function Key({ color, name }: { readonly color: string; readonly name: string }) {
  return (
    <span className="st-key">
      <i style={{ background: color }} />
      {name}
    </span>
  )
}

function sequenceSeries(series: TcpSeries, style: 'tcptrace' | 'stevens'): ChartSeries[] {
  const of = (kind: TcpSeries['segments'][number]['kind']): ChartPoint[] =>
    series.segments.filter((one) => one.kind === kind).map((one) => ({ ...one, value: one.low }))
  const look = style === 'tcptrace' ? 'tick' : 'dot'
  const lines: ChartSeries[] =
    style === 'tcptrace'
      ? [
          { id: 'limit', color: 'var(--fg-3)', look: 'dashed', points: series.limit },
          { id: 'ack', color: 'var(--ok)', look: 'step', points: series.acknowledged },
        ]
      : []
  return [
    ...lines,
    { id: 'data', color: 'var(--fg-1)', look, points: of('data') },
    { id: 'late', color: 'var(--p-udp)', look: 'dot', points: of('out-of-order') },
    { id: 'again', color: 'var(--bad)', look: 'dot', points: of('retransmission') },
  ]
}

/** The series; null while they are on their way for the first time. */
function useSeries(session: CaptureSession, stream: number, direction: 0 | 1, range: Range | null): TcpSeries | null {
  const app = useApp()
  const packets = useGrowth(session)
  const [series, setSeries] = useState<TcpSeries | null>(null)
  useEffect(() => {
    const abort = new AbortController()
    app.client
      .call('graph.tcp', { captureId: session.id, stream, direction, range, points: POINTS }, { signal: abort.signal })
      .then(setSeries, (error: unknown) => {
        if (!isCancelled(error)) app.report(error)
      })
    return () => {
      abort.abort()
    }
  }, [app, session, stream, direction, range, packets])
  return series
}
