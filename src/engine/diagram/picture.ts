// What SVG, HTML, PNG and PDF are written from: rows of shapes below each other, under a header.
import type { Shape } from './shapes'
import type { Language } from './words'

/** A row: what lies behind everything (panels), the rest, and the same in a sentence. Coordinates are the picture's. */
export interface PictureRow {
  readonly row: { readonly sentence: string }
  readonly back: readonly Shape[]
  readonly front: readonly Shape[]
}

/** A picture of any height. */
export interface Picture {
  readonly title: string
  readonly language: Language
  readonly width: number
  /** Height of all rows, without the header. */
  readonly height: number
  readonly headerHeight: number
  readonly rowCount: number
  /** From y = 0 to headerHeight; a PDF repeats it on every page. */
  header(): Shape[]
  row(index: number): PictureRow
  top(index: number): number
  /** Row at a height. */
  rowAt(y: number): number
  /** The first row that draws anything at a height or below it. */
  firstReaching(y: number): number
}
