// Places a ladder's rows: one capture row by row, two captures of a connection on a common clock.
import { BothEndsLadder } from './both-ends-ladder'
import { BothEndsScene } from './both-ends-scene'
import type { DrawnLadder, Spacing } from './drawn-ladder'
import type { Ladder } from './ladder'
import { Scene } from './scene'

/** A ladder placed in a width of pixels. */
export function drawLadder(ladder: Ladder, options: { readonly width: number; readonly spacing: Spacing }): DrawnLadder {
  return ladder instanceof BothEndsLadder ? new BothEndsScene(ladder, options) : new Scene(ladder, options)
}
