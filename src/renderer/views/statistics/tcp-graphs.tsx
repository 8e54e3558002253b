// TCP graphs: one connection, one direction at a time.
import { lazy, Suspense, useEffect, useMemo, useState, type ReactNode } from 'react'
import { Info } from 'lucide-react'
import { CHART_FORMATS, type Chart, type TcpSeries } from '../../../shared/contract'
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
import { PictureMenu } from '../sequence/picture-menu'
import { ScopePicker, useStreams } from '../sequence/scope-picker'
import { sequenceState } from '../sequence/sequence-state'
import { useInitialScope } from '../sequence/use-initial-scope'
import { exportGraphs, FORMAT_NAMES, seriesCsv, seriesOfChart } from './export-graphs'
import type { ChartPoint, ChartSeries } from './chart-marks'

/** The chart library is large: it is loaded with the first graph. */
const TcpChart = lazy(() => import('./tcp-chart').then((module) => ({ default: module.TcpChart })))

/** Points a series asks for: more than a screen has columns. */
const POINTS = 1200

interface Range {
  readonly from: number
  readonly to: number
}

/** Bits a second by their units. */
const RATES = [
  [1e9, 'Gb/s'],
  [1e6, 'Mb/s'],
  [1e3, 'kb/s'],
] as const

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
  const [which, setWhich] = useState('all')
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
  const rate = (value: number): string => {
    const [unit, name] = RATES.find(([size]) => value >= size) ?? [1, 'b/s']
    return `${formatNumber(Math.round((value / unit) * 10) / 10, language)} ${name}`
  }
  const common = { range: shown, formatTime: seconds, onSelect: select, onZoom: zoom }
  const sequence = useMemo(() => (series === null ? [] : sequenceSeries(series, style)), [series, style])
  const fileBase = `${session.info.get().name.replace(/\.[A-Za-z0-9]{1,8}$/, '')}-stream-${stream}`
  const label = (title: string, points: number): string => t(m.graph, { name: title, count: String(points) })
  const graphs: readonly Graph[] =
    series === null
      ? []
      : [
          {
            id: 'sequence',
            title: t(m.timeSequence),
            note: t(style === 'tcptrace' ? m.timeSequenceNote : m.stevensNote),
            sentence: label(t(m.timeSequence), series.segments.length),
            series: sequence,
            height: 380,
            unit: 'bytes',
            key: { data: t(m.segment), ack: t(m.acknowledged), limit: t(m.limit), again: t(m.retransmission), late: t(m.outOfOrder) },
          },
          {
            id: 'rtt',
            title: t(m.roundTrip),
            note: t(m.samples, { count: series.roundTripCount }),
            sentence: label(t(m.roundTrip), series.roundTrips.length),
            series: [{ id: 'rtt', color: 'var(--fg-1)', look: 'dot', points: series.roundTrips }],
            height: 170,
            unit: 'ms',
          },
          {
            id: 'window',
            title: t(m.window),
            note: t(m.windowNote),
            sentence: label(t(m.window), series.window.length),
            series: [{ id: 'window', color: 'var(--fg-1)', look: 'step', points: series.window }],
            height: 170,
            unit: 'bytes',
          },
          {
            id: 'throughput',
            title: t(m.throughput),
            note: t(m.throughputNote, {
              interval: `${formatNumber(Math.round(series.interval * 1e5) / 100, language)} ms`,
              peak: rate(series.throughput.reduce((most, point) => Math.max(most, point.value), 0)),
            }),
            sentence: label(t(m.throughput), series.throughput.length),
            series: [{ id: 'rate', color: 'var(--ok)', look: 'bar', points: series.throughput }],
            height: 170,
            unit: 'bits/s',
          },
        ]
  const [timeSequence, ...others] = graphs
  const formats: Readonly<Record<Graph['unit'], (value: number) => string>> = {
    count: String,
    bytes,
    ms: (value) => `${value.toFixed(1)} ms`,
    'bits/s': rate,
  }
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
        <PictureMenu
          title={t(m.exportGraphs)}
          disabled={graphs.length === 0}
          before={[
            { kind: 'heading', id: 'which', label: t(m.whichGraph) },
            ...['all', ...graphs.map(({ id }) => id)].map((id) => ({
              id: `which-${id}`,
              label: graphs.find((graph) => graph.id === id)?.title ?? t(m.allGraphs),
              checked: which === id,
              radio: true,
              onSelect: () => {
                setWhich(id)
              },
            })),
          ]}
          formats={CHART_FORMATS.map((format) => ({ format, label: t(FORMAT_NAMES[format]) }))}
          after={[
            {
              id: 'csv',
              label: t(m.exportCsv),
              onSelect: () => {
                if (series !== null) downloadText(`${fileBase}.csv`, seriesCsv(series))
              },
            },
          ]}
          onExport={(format, look) => {
            const charts = graphs
              .filter(({ id }) => which === 'all' || which === id)
              .map(({ id: _id, series: drawn, key, ...graph }) => ({
                ...graph,
                range: [shown[0], shown[1]] as [number, number],
                series: seriesOfChart(drawn, (name) => key?.[name] ?? ''),
              }))
            const title = [
              t(sequenceMessages.stream, { number: String(stream) }),
              ends === undefined ? '' : `${direction === '0' ? ends.a : ends.b} →`,
            ]
            void exportGraphs(app, fileBase, { captureId: session.id, title: title.join(' '), charts }, format, look)
          }}
        />
      </div>
      {streams?.total === 0 ? (
        <div className="state">
          <h2>{t(m.noTcp)}</h2>
        </div>
      ) : (
        timeSequence !== undefined && (
          <div className="st-main" data-pane="list" tabIndex={0} role="region" aria-label={t(m.tcpGraphs)}>
            <Suspense>
              <section className="st-card">
                <h3>
                  {timeSequence.title} <span>{timeSequence.note}</span>
                  <span className="sp" />
                  {timeSequence.series.map(({ id, color }) => (
                    <Key key={id} color={color} name={timeSequence.key?.[id] ?? ''} />
                  ))}
                </h3>
                <TcpChart
                  {...common}
                  label={timeSequence.sentence}
                  series={timeSequence.series}
                  height={timeSequence.height}
                  fromZero={false}
                  format={bytes}
                />
              </section>
              <div className="st-row">
                {others.map((graph) => (
                  <section key={graph.id} className="st-card">
                    <h3>
                      {graph.title} <span>{graph.note}</span>
                    </h3>
                    <TcpChart {...common} label={graph.sentence} series={graph.series} height={graph.height} format={formats[graph.unit]} />
                  </section>
                ))}
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

/** One graph, on the screen and in a file. */
interface Graph extends Pick<Chart, 'title' | 'note' | 'sentence' | 'height' | 'unit'> {
  readonly id: string
  readonly series: readonly ChartSeries[]
  /** Names of its series, where they need one. */
  readonly key?: Readonly<Record<string, string>>
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
