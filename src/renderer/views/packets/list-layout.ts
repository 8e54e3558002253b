// Geometry of the list's columns.
import { defaultWidth, type Column } from '../../model/columns'

/** Width of the gutter at the left: colour bar, bracket, mark. */
export const GUTTER = 26
/** The last column is never narrower, in pixels; below that the list scrolls sideways. */
const LAST_MIN = 140
/** Height of the header row. */
export const HEADER_HEIGHT = 24

/** Width a column needs at least so that its numbers fit: packet numbers grow with the capture. */
export function columnWidth(column: Column, packets: number, narrow: boolean): number {
  if (column.content === 'number') return Math.max(column.width, String(packets).length * 7.2 + 18)
  // In a narrow window, addresses whose width nobody chose give room to Info.
  const standard = column.width === defaultWidth(column.content)
  return narrow && standard && (column.content === 'source' || column.content === 'destination') ? 116 : column.width
}

/** grid-template-columns of header and rows: the gutter, then the columns; the last one takes what is left. */
export function gridTemplate(columns: readonly Column[], packets: number, narrow: boolean): string {
  const tracks = columns.map((column, index) => {
    const width = Math.round(columnWidth(column, packets, narrow))
    return index === columns.length - 1 ? `minmax(${String(Math.min(width, LAST_MIN))}px, 1fr)` : `${String(width)}px`
  })
  return `${String(GUTTER)}px ${tracks.join(' ')}`
}

/** Smallest width of a row. */
export function rowWidth(columns: readonly Column[], packets: number, narrow: boolean): number {
  return Math.round(
    columns.reduce((sum, column, index) => {
      const width = columnWidth(column, packets, narrow)
      return sum + (index === columns.length - 1 ? Math.min(width, LAST_MIN) : width)
    }, GUTTER),
  )
}
