// Geometry of the list's columns.
import type { Column } from '../../model/columns'

/** Width of the gutter at the left: colour bar, bracket, mark. */
export const GUTTER = 26
/** Height of the header row. */
export const HEADER_HEIGHT = 24

/** Width a column needs at least so that its numbers fit: packet numbers grow with the capture. */
export function columnWidth(column: Column, packets: number): number {
  return column.content === 'number' ? Math.max(column.width, String(packets).length * 7.2 + 18) : column.width
}

/** grid-template-columns of header and rows: the gutter, then the columns; the last one takes what is left. */
export function gridTemplate(columns: readonly Column[], packets: number): string {
  const tracks = columns.map((column, index) => {
    const width = `${String(Math.round(columnWidth(column, packets)))}px`
    return index === columns.length - 1 ? `minmax(${width}, 1fr)` : width
  })
  return `${String(GUTTER)}px ${tracks.join(' ')}`
}

/** Smallest width of a row. */
export function rowWidth(columns: readonly Column[], packets: number): number {
  return Math.round(columns.reduce((sum, column) => sum + columnWidth(column, packets), GUTTER))
}
