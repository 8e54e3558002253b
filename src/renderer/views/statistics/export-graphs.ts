// Graphs as files: the numbers as CSV, the drawing as the engine draws it.
import type { Chart, ChartFormat, DiagramTone, Params, TcpSeries } from '../../../shared/contract'
import { fileName, type App } from '../../app/app-model'
import type { PlainMessage } from '../../app/i18n/messages'
import { sequenceMessages as m } from '../../app/i18n/sequence'
import { downloadFile } from '../../dialogs/save/download'
import type { PictureLook } from '../sequence/picture-menu'
import type { ChartSeries } from './chart-marks'

/** One line a point: series, time, value (segments: low and high), packet. */
export function seriesCsv(series: TcpSeries): string {
  const lines = ['series,time_s,value,high,packet']
  for (const { kind, time, low, high, frame } of series.segments) lines.push(`segment ${kind},${time},${low},${high},${frame}`)
  for (const [name, points] of [
    ['acknowledged', series.acknowledged],
    ['limit', series.limit],
    ['window_bytes', series.window],
    ['rtt_ms', series.roundTrips],
    ['throughput_bps', series.throughput],
  ] as const) {
    for (const { time, value, frame } of points) lines.push(`${name},${time},${value},,${frame === 0 ? '' : frame}`)
  }
  return `${lines.join('\r\n')}\r\n`
}

/** What a graph's colour on screen is called in a file. */
const TONES: Readonly<Record<string, DiagramTone>> = {
  'var(--fg-1)': 'fg1',
  'var(--fg-3)': 'fg3',
  'var(--ok)': 'ok',
  'var(--bad)': 'bad',
  'var(--warn)': 'warn',
  'var(--accent)': 'accent',
  'var(--p-udp)': 'pink',
  'var(--p-tls)': 'tls',
  'var(--p-dns)': 'dns',
}

/** Series of the screen as series of a file; `nameOf` says what stands in the key ('' = nothing). */
export function seriesOfChart(series: readonly ChartSeries[], nameOf: (id: string) => string): Chart['series'] {
  return series.map(({ id, color, look, points }) => ({
    name: nameOf(id),
    tone: TONES[color] ?? 'fg1',
    look,
    marks: points.map(({ time, value, low, high }) => ({
      time,
      value,
      ...(low === undefined ? {} : { low }),
      ...(high === undefined ? {} : { high }),
    })),
  }))
}

/** Formats by name. */
export const FORMAT_NAMES: Readonly<Record<ChartFormat, PlainMessage>> = {
  svg: m.formatSvg,
  png: m.formatPng,
  pdf: m.formatPdf,
  html: m.formatHtml,
}

/** Pixels of an exported graph's width. */
const WIDTH = 1032
const TYPES: Readonly<Record<ChartFormat, string>> = { svg: 'image/svg+xml', png: 'image/png', pdf: 'application/pdf', html: 'text/html' }

/** Draws graphs into a file: a download in the browser, a file that is asked for on the desktop. `name` has no extension. */
export async function exportGraphs(
  app: App,
  name: string,
  graphs: Pick<Params<'graph.download'>, 'captureId' | 'title' | 'charts'>,
  format: ChartFormat,
  look: PictureLook,
): Promise<void> {
  const sheet = { ...graphs, ...look, format, language: app.language(), width: WIDTH }
  const file = `${name}.${format}`
  try {
    if (!app.host.nativeDialogs) {
      const { bytes } = await app.client.call('graph.download', sheet)
      downloadFile(file, bytes, TYPES[format])
      app.toasts.show({ kind: 'ok', title: app.t(m.exported, { name: file }) })
      return
    }
    const { path } = await app.client.call('host.saveDialog', { suggestedName: file, format })
    if (path === null) return
    // The native dialog has asked already.
    const saved = await app.client.call('graph.save', { ...sheet, path, overwrite: true })
    app.toasts.show({ kind: 'ok', title: app.t(m.saved, { name: fileName(saved.path) }) })
  } catch (error) {
    app.report(error)
  }
}
