// The overview: packets over time, protocols by layer, lengths. All of it for the whole capture or for what the filter shows.
import { useState, type ReactNode } from 'react'
import { CHART_FORMATS, type CaptureStatistics, type StatisticsScope } from '../../../shared/contract'
import { useApp, useInfo, useSetting } from '../../app/app-context'
import { formatBytes, formatNumber, formatPercent } from '../../app/i18n/format'
import { statisticsMessages as m } from '../../app/i18n/statistics'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { downloadText } from '../../dialogs/save/download'
import type { CaptureSession } from '../../model/capture-session'
import { Segmented } from '../../ui/button'
import { ProgressBar } from '../../ui/progress'
import { PictureMenu } from '../sequence/picture-menu'
import { exportGraphs, FORMAT_NAMES } from './export-graphs'
import { hierarchyCsv, ioCsv, lengthsCsv } from './export-tables'
import { ioCharts, IoGraph, seriesName } from './io-graph'
import type { IoAnswer } from './use-io-series'
import { useStatistics } from './use-statistics'

/** The tab. */
export function OverviewTab({ session, tabs }: { readonly session: CaptureSession; readonly tabs: ReactNode }) {
  const app = useApp()
  const t = useT()
  const [chosen, setChosen] = useState<StatisticsScope>('all')
  const filter = useInfo(session, (info) => info.filter)
  const scope = filter === '' ? 'all' : chosen
  const { answer, progress } = useStatistics(session, scope)
  const [io, setIo] = useState<IoAnswer | null>(null)
  const language = useLanguage()
  const settings = useSetting('ioSeries')
  const name = session.info.get().name.replace(/\.[A-Za-z0-9]{1,8}$/, '')
  return (
    <>
      <div className="st-head" data-pane="toolbar">
        {tabs}
        <span className="sp" />
        {answer !== null && <span className="f3">{t(scope === 'all' ? m.scopeNote : m.filteredNote, { count: answer.packets })}</span>}
        <Segmented
          label={t(m.scope)}
          value={scope}
          options={[
            { value: 'all', name: t(m.scopeAll) },
            { value: 'displayed', name: t(m.scopeFiltered), disabled: filter === '' },
          ]}
          onChange={setChosen}
        />
        <PictureMenu
          title={t(m.exportGraphs)}
          disabled={answer === null || io === null}
          formats={CHART_FORMATS.map((format) => ({ format, label: t(FORMAT_NAMES[format]) }))}
          after={[
            {
              id: 'io',
              label: t(m.exportIo),
              onSelect: () => {
                if (io === null) return
                const series = io.series.map((one, index) => ({ ...one, name: seriesName(io.settings[index]?.filter ?? '', t) }))
                downloadText(`${name}-io.csv`, ioCsv(io.origin, io.interval, series))
              },
            },
            {
              id: 'hierarchy',
              label: t(m.exportHierarchy),
              onSelect: () => {
                if (answer !== null) downloadText(`${name}-protocols.csv`, hierarchyCsv(answer.hierarchy))
              },
            },
            {
              id: 'lengths',
              label: t(m.exportLengths),
              onSelect: () => {
                if (answer !== null) downloadText(`${name}-lengths.csv`, lengthsCsv(answer.lengths))
              },
            },
          ]}
          onExport={(format, look) => {
            if (io === null) return
            const charts = ioCharts(io, settings, t, language)
            void exportGraphs(app, `${name}-io`, { captureId: session.id, title: session.info.get().name, charts }, format, look)
          }}
        />
      </div>
      <div className="st-main" data-pane="list" tabIndex={0} role="region" aria-label={t(m.overview)}>
        <IoGraph session={session} scope={scope} onAnswer={setIo} />
        {progress !== null && (
          <ProgressBar
            share={progress.done / Math.max(1, progress.total)}
            label={t(m.counting, { done: progress.done, total: progress.total })}
          />
        )}
        {answer !== null && (
          <div className="st-row st-tables">
            <Hierarchy session={session} statistics={answer} />
            <Lengths statistics={answer} />
          </div>
        )}
      </div>
    </>
  )
}

function Hierarchy({ session, statistics }: { readonly session: CaptureSession; readonly statistics: CaptureStatistics }) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const share = (part: number, whole: number): string => formatPercent(whole === 0 ? 0 : part / whole, language)
  return (
    <section className="st-card">
      <h3>
        {t(m.hierarchy)} <span>{t(m.hierarchyNote)}</span>
      </h3>
      <table className="st-table">
        <thead>
          <tr>
            <th scope="col">{t(m.protocol)}</th>
            <th scope="col" colSpan={2} className="num">
              {t(m.packetsColumn)}
            </th>
            <th scope="col" className="num">
              {t(m.share)}
            </th>
            <th scope="col" colSpan={2} className="num">
              {t(m.bytesColumn)}
            </th>
            <th scope="col" className="num">
              {t(m.share)}
            </th>
          </tr>
        </thead>
        <tbody>
          {statistics.hierarchy.map((row, index) => (
            <tr key={index}>
              <th scope="row" style={{ paddingLeft: 8 + row.depth * 16 }}>
                <button
                  type="button"
                  className="st-link"
                  aria-label={t(m.filterFor, { name: row.label })}
                  onClick={() => {
                    app.view.set('packets')
                    session.applyFilter(row.name).catch((error: unknown) => {
                      session.fail(error)
                    })
                  }}
                >
                  {row.label}
                </button>
              </th>
              <Bar share={statistics.packets === 0 ? 0 : row.frames / statistics.packets} />
              <td className="num">{formatNumber(row.frames, language)}</td>
              <td className="num f3">{share(row.frames, statistics.packets)}</td>
              <Bar share={statistics.bytes === 0 ? 0 : row.bytes / statistics.bytes} />
              <td className="num">{formatNumber(row.bytes, language)}</td>
              <td className="num f3">{share(row.bytes, statistics.bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {statistics.hierarchy.length === 0 && <p className="st-none">{t(m.noPackets)}</p>}
    </section>
  )
}

function Lengths({ statistics }: { readonly statistics: CaptureStatistics }) {
  const t = useT()
  const language = useLanguage()
  const average = statistics.packets === 0 ? 0 : Math.round(statistics.bytes / statistics.packets)
  return (
    <section className="st-card st-lengths">
      <h3>
        {t(m.lengths)} <span>{t(m.lengthsNote, { average: formatBytes(average, language) })}</span>
      </h3>
      <table className="st-table">
        <thead>
          <tr>
            <th scope="col">{t(m.length)}</th>
            <th scope="col" colSpan={2} className="num">
              {t(m.packetsColumn)}
            </th>
            <th scope="col" className="num">
              {t(m.share)}
            </th>
            <th scope="col" className="num">
              {t(m.average)}
            </th>
          </tr>
        </thead>
        <tbody>
          {statistics.lengths.map(({ from, to, packets, bytes }) => (
            <tr key={from}>
              <th scope="row" className="mono">
                {to === null
                  ? t(m.andMore, { from: formatNumber(from, language) })
                  : `${formatNumber(from, language)}–${formatNumber(to, language)}`}
              </th>
              <Bar share={statistics.packets === 0 ? 0 : packets / statistics.packets} />
              <td className="num">{packets === 0 ? '·' : formatNumber(packets, language)}</td>
              <td className="num f3">{formatPercent(statistics.packets === 0 ? 0 : packets / statistics.packets, language)}</td>
              <td className="num">{packets === 0 ? '–' : formatNumber(Math.round(bytes / packets), language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** A bar in a cell, on a scale shared by the column. */
function Bar({ share }: { readonly share: number }) {
  return (
    <td className="st-bar" aria-hidden="true">
      <i>
        <b style={{ width: `${Math.max(share > 0 ? 1 : 0, share * 100)}%` }} />
      </i>
    </td>
  )
}
