// The overview: packets over time, protocols by layer, lengths. All of it for the whole capture or for what the filter shows.
import { useState, type ReactNode } from 'react'
import { Download } from 'lucide-react'
import type { CaptureStatistics, StatisticsScope } from '../../../shared/contract'
import { useApp, useInfo } from '../../app/app-context'
import { formatBytes, formatNumber, formatPercent } from '../../app/i18n/format'
import { sequenceMessages } from '../../app/i18n/sequence'
import { statisticsMessages as m } from '../../app/i18n/statistics'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { downloadBlob, downloadText } from '../../dialogs/save/download'
import type { CaptureSession } from '../../model/capture-session'
import { Button, Segmented } from '../../ui/button'
import { Menu, useMenuAnchor } from '../../ui/menu'
import { ProgressBar } from '../../ui/progress'
import { chartPng, chartSvg } from './export-graphs'
import { hierarchyCsv, ioCsv, lengthsCsv } from './export-tables'
import { IoGraph, seriesName } from './io-graph'
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
  const { anchor, openAt, close } = useMenuAnchor()
  const name = session.info.get().name.replace(/\.[A-Za-z0-9]{1,8}$/, '')
  const graph = (): Element | null => document.querySelector('.st-io svg.recharts-surface')
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
        <Button
          icon={Download}
          disabled={answer === null}
          aria-haspopup="menu"
          onClick={(event) => {
            openAt({ element: event.currentTarget })
          }}
        >
          {t(sequenceMessages.export)}
        </Button>
        {anchor !== null && answer !== null && (
          <Menu
            label={t(sequenceMessages.export)}
            anchor={anchor}
            end
            onClose={close}
            items={[
              {
                id: 'io',
                label: t(m.exportIo),
                disabled: io === null,
                onSelect: () => {
                  if (io === null) return
                  const series = io.series.map((one, index) => ({ ...one, name: seriesName(io.settings[index]?.filter ?? '', t) }))
                  downloadText(`${name}-io.csv`, ioCsv(io.origin, io.interval, series))
                },
              },
              {
                id: 'svg',
                label: t(m.exportIoSvg),
                onSelect: () => {
                  const svg = chartSvg(graph())
                  if (svg !== null) downloadText(`${name}-io.svg`, svg)
                },
              },
              {
                id: 'png',
                label: t(m.exportIoPng),
                onSelect: () => {
                  const drawn = graph()
                  if (drawn === null) return
                  chartPng(drawn, 2).then(
                    (blob) => {
                      downloadBlob(`${name}-io.png`, blob)
                    },
                    (error: unknown) => {
                      app.report(error)
                    },
                  )
                },
              },
              {
                id: 'hierarchy',
                label: t(m.exportHierarchy),
                onSelect: () => {
                  downloadText(`${name}-protocols.csv`, hierarchyCsv(answer.hierarchy))
                },
              },
              {
                id: 'lengths',
                label: t(m.exportLengths),
                onSelect: () => {
                  downloadText(`${name}-lengths.csv`, lengthsCsv(answer.lengths))
                },
              },
            ]}
          />
        )}
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
