// Packets, bytes or bits over time: one series a filter, units in graphs of their own, dragging to zoom.
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { Plus, X } from 'lucide-react'
import type { Chart, StatisticsScope } from '../../../shared/contract'
import { useApp, useSetting } from '../../app/app-context'
import { errorText } from '../../app/i18n/error-text'
import { formatBytes, formatNumber, formatSeconds } from '../../app/i18n/format'
import { statisticsMessages as m } from '../../app/i18n/statistics'
import type { Language, PlainMessage, Translate } from '../../app/i18n/messages'
import { useLanguage, useT } from '../../app/i18n/use-t'
import type { CaptureSession } from '../../model/capture-session'
import { IO_LOOKS, IO_UNITS, MAX_IO_SERIES, type IoSeriesSetting } from '../../model/settings'
import { Button, IconButton } from '../../ui/button'
import { Checkbox, TextField } from '../../ui/fields'
import { Select } from '../../ui/select'
import { seriesOfChart } from './export-graphs'
import type { ChartSeries } from './chart-marks'
import { INTERVALS, useIoSeries, type IoAnswer, type TimeRange } from './use-io-series'

const TcpChart = lazy(() => import('./tcp-chart').then((module) => ({ default: module.TcpChart })))

/** Colours by place, told apart in both themes; the filter's row has the same square. */
const COLORS = ['var(--fg-1)', 'var(--bad)', 'var(--p-tls)', 'var(--ok)', 'var(--p-udp)', 'var(--p-dns)', 'var(--warn)', 'var(--accent)']
const UNIT_NAMES: Readonly<Record<IoSeriesSetting['unit'], PlainMessage>> = { packets: m.packets, bytes: m.bytes, bits: m.bits }
const LOOK_NAMES: Readonly<Record<IoSeriesSetting['look'], PlainMessage>> = { step: m.line, bar: m.bars, dot: m.dots }
/** Heights of the first graph and of those of further units. */
const TALL = 220
const LOW = 110

/** What a series is called. */
export function seriesName(filter: string, t: Translate): string {
  return filter.trim() === '' ? t(m.allPackets) : filter
}

/** The graph with its table of series. */
export function IoGraph({
  session,
  scope,
  onAnswer,
}: {
  readonly session: CaptureSession
  readonly scope: StatisticsScope
  readonly onAnswer: (answer: IoAnswer) => void
}) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const settings = useSetting('ioSeries')
  const [interval, setChosen] = useState<number | null>(null)
  const [range, setRange] = useState<TimeRange | null>(null)
  const { answer, error } = useIoSeries(session, settings, scope, interval, range)
  useEffect(() => {
    if (answer !== null) onAnswer(answer)
  }, [answer, onAnswer])
  const change = (index: number, part: Partial<IoSeriesSetting>): void => {
    app.settings.update({ ioSeries: settings.map((one, at) => (at === index ? { ...one, ...part } : one)) })
  }
  const units = useMemo(() => [...new Set(answer?.settings.map((one) => one.unit) ?? [])], [answer])
  const colorOf = (setting: IoSeriesSetting): string => colorAt(settings.indexOf(setting))
  const shownRange: readonly [number, number] =
    range === null
      ? [(answer?.origin ?? 0) / 1e9, Math.max((answer?.end ?? 1) / 1e9, (answer?.origin ?? 0) / 1e9 + 1e-6)]
      : [range.from, range.to]
  const seconds = (value: number): string =>
    shownRange[1] - shownRange[0] < 2 ? `${formatNumber(Math.round(value * 10_000) / 10, language)} ms` : `${value.toFixed(1)} s`
  return (
    <section className="st-card st-io">
      <h3>
        {t(m.ioGraph)}
        <span>{t(m.ioHint)}</span>
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
        <Button
          icon={Plus}
          disabled={settings.length >= MAX_IO_SERIES}
          onClick={() => {
            app.settings.update({ ioSeries: [...settings, { filter: '', shown: true, look: 'step', unit: 'packets' }] })
          }}
        >
          {t(m.addSeries)}
        </Button>
        <Select
          label={t(m.interval)}
          value={interval === null ? 'auto' : String(interval)}
          end
          options={[
            { value: 'auto', name: t(m.intervalAuto) },
            ...INTERVALS.map((one) => ({ value: String(one), name: t(m.intervalIs, { interval: formatSeconds(one / 1e9, language) }) })),
          ]}
          onChange={(value) => {
            setChosen(value === 'auto' ? null : Number(value))
          }}
        />
      </h3>
      {answer !== null && (
        <Suspense>
          {units.map((unit, index) => (
            <div key={unit}>
              <p className="f3 st-unit">
                {t(m.perInterval, { unit: t(UNIT_NAMES[unit]), interval: formatSeconds(answer.interval / 1e9, language) })}
              </p>
              <TcpChart
                label={t(m.graph, {
                  name: `${t(m.ioGraph)}, ${t(UNIT_NAMES[unit])}`,
                  count: String(answer.series.reduce((sum, { values }) => sum + values.length, 0)),
                })}
                series={chartSeries(answer, unit, colorOf)}
                range={shownRange}
                height={index === 0 ? TALL : LOW}
                whole
                format={(value) => (unit === 'bytes' ? formatBytes(value, language) : formatNumber(Math.round(value), language))}
                formatTime={seconds}
                onSelect={(frame) => {
                  session.goTo(frame).catch((problem: unknown) => {
                    app.report(problem)
                  })
                }}
                onZoom={(from, to) => {
                  setRange({ from, to })
                }}
              />
            </div>
          ))}
        </Suspense>
      )}
      {error !== null && (
        <p role="alert" className="bad-text st-problem">
          {errorText(error, language)}
        </p>
      )}
      <div className="st-series" role="group" aria-label={t(m.ioGraph)}>
        {settings.map((setting, index) => (
          <div key={index} className="st-serie">
            <Checkbox
              label={t(m.show, { number: index + 1 })}
              hideLabel
              checked={setting.shown}
              onChange={(shown) => {
                change(index, { shown })
              }}
            />
            <i style={{ background: COLORS[index % COLORS.length] }} />
            <TextField
              label={t(m.seriesFilter, { number: index + 1 })}
              hideLabel
              mono
              placeholder={t(m.allPackets)}
              value={setting.filter}
              onChange={(filter) => {
                change(index, { filter })
              }}
            />
            <Select
              label={t(m.drawnAs)}
              value={setting.look}
              options={IO_LOOKS.map((look) => ({ value: look, name: t(LOOK_NAMES[look]) }))}
              onChange={(look) => {
                change(index, { look })
              }}
            />
            <Select
              label={t(m.value)}
              value={setting.unit}
              options={IO_UNITS.map((unit) => ({ value: unit, name: t(UNIT_NAMES[unit]) }))}
              onChange={(unit) => {
                change(index, { unit })
              }}
            />
            <span className="num mono">{countOf(answer, setting, language)}</span>
            <IconButton
              icon={X}
              label={t(m.remove, { number: index + 1 })}
              onClick={() => {
                app.settings.update({ ioSeries: settings.filter((_one, at) => at !== index) })
              }}
            />
          </div>
        ))}
      </div>
    </section>
  )
}

function colorAt(index: number): string {
  return COLORS[index % COLORS.length] ?? 'var(--fg-1)'
}

/** The graphs as they are drawn into a file, one a unit; `settings` are all series, which give the colours. */
export function ioCharts(answer: IoAnswer, settings: readonly IoSeriesSetting[], t: Translate, language: Language): Chart[] {
  const from = answer.origin / 1e9
  const units = [...new Set(answer.settings.map((one) => one.unit))]
  return units.map((unit, index) => {
    const series = chartSeries(answer, unit, (setting) => colorAt(settings.indexOf(setting)))
    const name = `${t(m.ioGraph)}, ${t(UNIT_NAMES[unit])}`
    return {
      title: name,
      note: t(m.perInterval, { unit: t(UNIT_NAMES[unit]), interval: formatSeconds(answer.interval / 1e9, language) }),
      sentence: t(m.graph, { name, count: String(series.reduce((sum, { points }) => sum + points.length, 0)) }),
      height: index === 0 ? TALL : LOW,
      range: [from, Math.max(answer.end / 1e9, from + 1e-6)],
      unit: unit === 'bytes' ? 'bytes' : 'count',
      series: seriesOfChart(series, (id) => seriesName(answer.settings[Number(id)]?.filter ?? '', t)),
    }
  })
}

function countOf(answer: IoAnswer | null, setting: IoSeriesSetting, language: 'en' | 'zh'): string {
  const index = answer?.settings.indexOf(setting) ?? -1
  const series = answer?.series[index]
  return series === undefined ? '–' : formatNumber(series.packets, language)
}

function chartSeries(answer: IoAnswer, unit: IoSeriesSetting['unit'], colorOf: (setting: IoSeriesSetting) => string): ChartSeries[] {
  return answer.settings.flatMap((setting, index) => {
    const series = answer.series[index]
    if (setting.unit !== unit || series === undefined) return []
    const points = series.values.map((value, at) => ({
      time: (answer.origin + at * answer.interval) / 1e9,
      value,
      frame: series.frames[at] ?? 0,
    }))
    // bars and dots of nothing say nothing
    return [
      {
        id: `${index}`,
        color: colorOf(setting),
        look: setting.look,
        points: setting.look === 'step' ? points : points.filter(({ value }) => value > 0),
      },
    ]
  })
}
