// Scaled scrolling. Chromium clips elements above 33,554,400 px, so beyond a limit the scrolled element is shorter than the list, and scroll
// positions are converted. Wheel and keys work in list pixels and stay exact to the row; only the thumb covers several rows per pixel.

/** Greatest height given to an element, in pixels. */
export const MAX_ELEMENT_HEIGHT = 8_000_000

/** Conversion between the scroll position of the element and the position in the list, both in pixels. */
export interface ScrollScale {
  /** Height of the whole list. */
  readonly listHeight: number
  /** Height given to the element. */
  readonly elementHeight: number
  /** Largest position in the list: its last row stands at the bottom. */
  readonly maxTop: number
  /** True when the element is shorter than the list. */
  readonly scaled: boolean
  toList(scrollTop: number): number
  toElement(top: number): number
  /** Limits a position to what the list has. */
  clamp(top: number): number
}

/** Makes the conversion for a list of `rowCount` rows of `rowHeight` pixels, of which `viewport` pixels show. */
export function scrollScale(rowCount: number, rowHeight: number, viewport: number): ScrollScale {
  const listHeight = rowCount * rowHeight
  const elementHeight = Math.min(listHeight, MAX_ELEMENT_HEIGHT)
  const maxTop = Math.max(0, listHeight - viewport)
  const maxScroll = Math.max(0, elementHeight - viewport)
  const scaled = elementHeight < listHeight
  const ratio = maxScroll === 0 ? 1 : maxTop / maxScroll
  const clamp = (top: number): number => Math.min(Math.max(0, top), maxTop)
  return {
    listHeight,
    elementHeight,
    maxTop,
    scaled,
    toList: (scrollTop) => (scaled ? clamp(scrollTop * ratio) : clamp(scrollTop)),
    toElement: (top) => (scaled ? clamp(top) / ratio : clamp(top)),
    clamp,
  }
}

/** The position that shows `row` with the least movement. `margin` rows stay visible around it where possible. */
export function revealRow(row: number, top: number, rowHeight: number, viewport: number, margin = 0): number {
  const rowsShown = Math.floor(viewport / rowHeight)
  const keep = Math.max(0, Math.min(margin, Math.floor((rowsShown - 1) / 2)))
  const first = (row - keep) * rowHeight
  const last = (row + 1 + keep) * rowHeight
  if (first < top) return Math.max(0, first)
  if (last > top + viewport) return last - viewport
  return top
}

/** The position that puts `row` in the middle. */
export function centerRow(row: number, rowHeight: number, viewport: number): number {
  return Math.max(0, row * rowHeight - (viewport - rowHeight) / 2)
}
