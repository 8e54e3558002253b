// What exporters and the page need of a placed diagram, whoever placed its rows.
import type { Ladder, Row } from './ladder'
import type { Shape } from './shapes'

/** How rows are spaced. */
export type Spacing = 'even' | 'scale'

/** Space of the lifelines' names above the first row. */
export const HEADER_HEIGHT = 62

/** A drawn row: what lies behind everything (panels), and the rest. Coordinates are the diagram's. */
export interface SceneRow {
  readonly index: number
  readonly top: number
  readonly height: number
  readonly row: Row
  readonly back: readonly Shape[]
  readonly front: readonly Shape[]
}

/** A ladder with its rows placed, one below the other; what a row draws may reach below it. */
export interface DrawnLadder {
  readonly ladder: Ladder
  readonly width: number
  /** Height of all rows, without the header. */
  readonly height: number
  /** Names of lifelines and columns, from y = 0 to HEADER_HEIGHT. */
  header(): Shape[]
  row(index: number): SceneRow
  top(index: number): number
  /** Row at a height. */
  rowAt(y: number): number
  /** The first row that draws anything at a height or below it. */
  firstReaching(y: number): number
}
