// What exporters and the page need of a placed diagram, whoever placed its rows.
import type { Ladder, Row } from './ladder'
import type { Picture, PictureRow } from './picture'

/** How rows are spaced. */
export type Spacing = 'even' | 'scale'

/** Space of the lifelines' names above the first row. */
export const HEADER_HEIGHT = 62

/** A drawn row: what lies behind everything (panels), and the rest. Coordinates are the diagram's. */
export interface SceneRow extends PictureRow {
  readonly index: number
  readonly top: number
  readonly height: number
  readonly row: Row
}

/** A ladder with its rows placed, one below the other; what a row draws may reach below it. */
export interface DrawnLadder extends Picture {
  readonly ladder: Ladder
  row(index: number): SceneRow
  /** Row at a height. */
  rowAt(y: number): number
}
