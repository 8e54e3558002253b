// What runs through many rows of a diagram (panels, lifelines, state bands) as one shape each: a window of fifty rows has a handful of them, not hundreds
// of pieces that the browser would lay out one by one while it scrolls.
import type { DiagramRow, DiagramShape } from '../../../shared/contract'

/** Pieces meet to the hundredth of a pixel. */
const TOUCHING = 0.01

/** Whether a shape lies below the others of its row: a piece of a band. Paper is no band: it keeps a text free of the lines below it. */
export function isGround(shape: DiagramShape): boolean {
  return shape.kind === 'rect' && shape.stroke === undefined && shape.radius === undefined && shape.fill !== 'paper'
}

/** What lies below all rows, in drawing order; pieces that continue each other from row to row are one shape. */
export function groundOf(rows: readonly DiagramRow[]): DiagramShape[] {
  const shapes: DiagramShape[] = []
  /** Places of shapes that may go on, by what a continuation has in common with them. */
  const open = new Map<string, number>()
  const back = rows.flatMap((row) => row.back)
  const isLine = (shape: DiagramShape): boolean => shape.kind === 'line'
  // a line that runs on stands where it began: all panels come before it
  const layers = [back.filter((shape) => !isLine(shape)), back.filter(isLine), rows.flatMap((row) => row.front.filter(isGround))]
  for (const shape of layers.flat()) {
    const way = wayOf(shape)
    if (way === undefined) {
      shapes.push(shape)
      continue
    }
    const place = open.get(way) ?? -1
    const longer = continued(shapes[place], shape)
    if (longer !== undefined) shapes[place] = longer
    else {
      open.set(way, shapes.length)
      shapes.push(shape)
    }
  }
  return shapes
}

/** Equal for shapes that are pieces of one vertical line or column; undefined for others. */
function wayOf(shape: DiagramShape): string | undefined {
  if (shape.kind === 'line' && shape.x1 === shape.x2 && shape.dash === undefined) return `${shape.x1} ${shape.tone} ${shape.width}`
  if (shape.kind !== 'rect' || !isGround(shape)) return undefined
  return `${shape.x} ${shape.width} ${shape.fill ?? ''} ${shape.hatch === true}`
}

function continued(upper: DiagramShape | undefined, lower: DiagramShape): DiagramShape | undefined {
  if (upper?.kind === 'line' && lower.kind === 'line' && Math.abs(upper.y2 - lower.y1) <= TOUCHING) return { ...upper, y2: lower.y2 }
  if (upper?.kind === 'rect' && lower.kind === 'rect' && Math.abs(upper.y + upper.height - lower.y) <= TOUCHING)
    return { ...upper, height: lower.y + lower.height - upper.y }
  return undefined
}
