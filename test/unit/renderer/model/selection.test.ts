import { describe, expect, it } from 'vitest'
import {
  extendSelection,
  isSelected,
  NO_SELECTION,
  selectAll,
  selectedCount,
  selectRow,
  toggleRow,
} from '../../../../src/renderer/model/selection'
import { VisitHistory } from '../../../../src/renderer/model/visit-history'

describe('selection', () => {
  it('extends from the anchor in both directions', () => {
    const start = selectRow(10, 11)
    expect(extendSelection(start, 14, 15).ranges).toEqual([[10, 14]])
    expect(extendSelection(extendSelection(start, 14, 15), 7, 8).ranges).toEqual([[7, 10]])
  })

  it('adds and removes single rows and joins neighbours', () => {
    let selection = selectRow(3, 4)
    selection = toggleRow(selection, 5, 6)
    selection = toggleRow(selection, 4, 5)
    expect(selection.ranges).toEqual([[3, 5]])
    selection = toggleRow(selection, 4, 5)
    expect([selection.ranges, selectedCount(selection), isSelected(selection, 4)]).toEqual([
      [
        [3, 3],
        [5, 5],
      ],
      2,
      false,
    ])
  })

  it('selects ten million rows as one range', () => {
    const selection = selectAll(selectRow(2, 3), 10_000_000)
    expect([selectedCount(selection), selection.focus]).toEqual([10_000_000, 2])
    expect(selectAll(NO_SELECTION, 0)).toBe(NO_SELECTION)
  })
})

describe('VisitHistory', () => {
  it('goes back and forward, and a new visit drops what was ahead', () => {
    const history = new VisitHistory()
    for (const number of [1, 5, 9, 9]) history.visit(number)
    expect([history.go(-1), history.go(-1), history.go(-1), history.go(1)]).toEqual([5, 1, 0, 5])
    history.visit(7)
    expect([history.can(1), history.go(-1)]).toEqual([false, 5])
  })
})
