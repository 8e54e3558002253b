// States of both endpoints along a connection's segments, for the bands beside the lifelines.
import type { Side } from './connection'
import type { Evidence } from './ladder'

/** An endpoint's transition with a segment. */
export interface StateChange {
  readonly frame: number
  readonly side: Side
  readonly from: string
  readonly to: string
  readonly evidence: Evidence
}

/** States of both endpoints: before the first segment ('' when unknown), and every change in file order. */
export interface EndpointStates {
  readonly start: readonly [string, string]
  readonly changes: readonly StateChange[]
}

/** Without states. */
export const NO_STATES: EndpointStates = { start: ['', ''], changes: [] }

/** Transitions of one connection, to be asked for by frame. */
export class StateTrack {
  private readonly byFrame = new Map<number, StateChange[]>()
  private readonly bySide: readonly [StateChange[], StateChange[]] = [[], []]

  private readonly start: readonly [string, string]

  constructor({ start, changes }: EndpointStates) {
    this.start = start
    for (const change of changes) {
      this.bySide[change.side].push(change)
      const here = this.byFrame.get(change.frame)
      if (here === undefined) this.byFrame.set(change.frame, [change])
      else here.push(change)
    }
  }

  get isEmpty(): boolean {
    return this.byFrame.size === 0 && this.start.every((state) => state === '')
  }

  /** Transitions with a frame. */
  at(frame: number): readonly StateChange[] {
    return this.byFrame.get(frame) ?? []
  }

  /** A side's state just before a frame; '' when nothing is known of it. */
  before(side: Side, frame: number): string {
    const changes = this.bySide[side]
    let low = 0
    let high = changes.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((changes[middle]?.frame ?? 0) < frame) low = middle + 1
      else high = middle
    }
    return low === 0 ? this.start[side] : (changes[low - 1]?.to ?? '')
  }

  /** A side's last state. */
  last(side: Side): string {
    return this.bySide[side].at(-1)?.to ?? this.start[side]
  }
}
