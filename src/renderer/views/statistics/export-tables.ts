// Tables of the statistics view as CSV.
import type { ExpertGroup, HierarchyRow, IoSeries, LengthClass } from '../../../shared/contract'
import { csvText } from '../../../shared/text/csv'

function table([titles = [], ...rows]: readonly (readonly (string | number)[])[]): string {
  return csvText({ titles: titles.map(String), rows: rows.map((row) => row.map(String)) })
}

const LEVELS = ['comment', 'chat', 'note', 'warning', 'error']

/** One line a packet and item; of very many packets, the first. */
export function expertCsv(groups: readonly ExpertGroup[]): string {
  return table([
    ['severity', 'group', 'protocol', 'summary', 'count', 'packet', 'message'],
    ...groups.flatMap(({ level, group, protocol, summary, count, packets }) =>
      packets.map(({ number, message }) => [LEVELS[level] ?? '', group, protocol, summary, count, number, message]),
    ),
  ])
}

/** One line a level, with its depth. */
export function hierarchyCsv(rows: readonly HierarchyRow[]): string {
  return table([
    ['depth', 'protocol', 'name', 'packets', 'bytes'],
    ...rows.map(({ depth, name, label, frames, bytes }) => [depth, name, label, frames, bytes]),
  ])
}

/** One line a class of lengths. */
export function lengthsCsv(classes: readonly LengthClass[]): string {
  return table([['from', 'to', 'packets', 'bytes'], ...classes.map(({ from, to, packets, bytes }) => [from, to ?? '', packets, bytes])])
}

/** One line an interval: its beginning in seconds, and each series. */
export function ioCsv(origin: number, interval: number, series: readonly (IoSeries & { readonly name: string })[]): string {
  const intervals = series[0]?.values.length ?? 0
  return table([
    ['time_s', ...series.map(({ name }) => name)],
    ...Array.from({ length: intervals }, (_unused, index) => [
      (origin + index * interval) / 1e9,
      ...series.map(({ values }) => values[index] ?? 0),
    ]),
  ])
}
