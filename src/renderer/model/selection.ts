// Which rows of the packet list are selected: one row has the focus, and there may be more in ranges (Shift and Ctrl).

/** Inclusive range of row indices. */
export type RowRange = readonly [first: number, last: number]

/** Selection of a list. Ranges are sorted and do not touch; the focused row need not be selected (after Ctrl+click on it). */
export interface Selection {
  /** Focused row, or -1 for none. */
  readonly focus: number
  /** Packet number of the focused row, or 0 while it is not known. */
  readonly number: number
  /** Where a Shift range starts. */
  readonly anchor: number
  readonly ranges: readonly RowRange[]
}

/** Nothing selected. */
export const NO_SELECTION: Selection = { focus: -1, number: 0, anchor: -1, ranges: [] }

/** Exactly one row. */
export function selectRow(row: number, number: number): Selection {
  return { focus: row, number, anchor: row, ranges: [[row, row]] }
}

/** From the anchor to `row`; what Ctrl had added elsewhere is dropped. */
export function extendSelection(selection: Selection, row: number, number: number): Selection {
  const anchor = selection.anchor < 0 ? row : selection.anchor
  return { focus: row, number, anchor, ranges: [[Math.min(anchor, row), Math.max(anchor, row)]] }
}

/** Adds or removes one row. */
export function toggleRow(selection: Selection, row: number, number: number): Selection {
  const ranges = isSelected(selection, row) ? removeRow(selection.ranges, row) : addRange(selection.ranges, [row, row])
  return { focus: row, number, anchor: row, ranges }
}

/** All rows; the focus stays. */
export function selectAll(selection: Selection, rowCount: number): Selection {
  return rowCount === 0 ? NO_SELECTION : { ...selection, anchor: 0, ranges: [[0, rowCount - 1]] }
}

/** True when the row is in one of the ranges. */
export function isSelected(selection: Selection, row: number): boolean {
  return selection.ranges.some(([first, last]) => row >= first && row <= last)
}

/** Number of selected rows. */
export function selectedCount(selection: Selection): number {
  return selection.ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0)
}

function addRange(ranges: readonly RowRange[], added: RowRange): readonly RowRange[] {
  const sorted = [...ranges, added].sort((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const [first, last] of sorted) {
    const previous = merged.at(-1)
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last)
    else merged.push([first, last])
  }
  return merged
}

function removeRow(ranges: readonly RowRange[], row: number): readonly RowRange[] {
  return ranges.flatMap(([first, last]): RowRange[] => {
    if (row < first || row > last) return [[first, last]]
    const parts: RowRange[] = []
    if (row > first) parts.push([first, row - 1])
    if (row < last) parts.push([row + 1, last])
    return parts
  })
}
