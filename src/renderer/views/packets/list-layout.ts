// Geometry of the list's columns.
import { defaultWidth, type Column } from '../../model/columns'

/** Room that the window gives the list. */
export type ListSize = 'narrow' | 'normal' | 'wide'

/** Widths that replace standard ones the user did not change. 128 pixels just hold a MAC address. */
const WIDTHS: Readonly<Record<ListSize, Readonly<Partial<Record<string, number>>>>> = {
  narrow: { source: 128, destination: 128, time: 84 },
  normal: {},
  wide: { time: 104, source: 180, destination: 180, protocol: 76, length: 66 },
}

/** Width of the gutter at the left: colour bar, bracket, mark. */
export const GUTTER = 26
/** The last column is never narrower, in pixels; below that the list scrolls sideways. */
const LAST_MIN = 140
/** Height of the header row. */
export const HEADER_HEIGHT = 24

/** Width a column needs at least so that its numbers fit: packet numbers grow with the capture. */
export function columnWidth(column: Column, packets: number, size: ListSize): number {
  if (column.content === 'number') return Math.max(column.width, String(packets).length * 7.2 + 18)
  const other = column.width === defaultWidth(column.content) ? WIDTHS[size][column.content] : undefined
  return other ?? column.width
}

/** grid-template-columns of header and rows: the gutter, then the columns; the last one takes what is left. */
export function gridTemplate(columns: readonly Column[], packets: number, size: ListSize): string {
  const tracks = columns.map((column, index) => {
    const width = Math.round(columnWidth(column, packets, size))
    return index === columns.length - 1 ? `minmax(${String(Math.min(width, LAST_MIN))}px, 1fr)` : `${String(width)}px`
  })
  return `${String(GUTTER)}px ${tracks.join(' ')}`
}

/** Smallest width of a row. */
export function rowWidth(columns: readonly Column[], packets: number, size: ListSize): number {
  return Math.round(
    columns.reduce((sum, column, index) => {
      const width = columnWidth(column, packets, size)
      return sum + (index === columns.length - 1 ? Math.min(width, LAST_MIN) : width)
    }, GUTTER),
  )
}
