// State of each direction of each TCP stream while the capture is visited in file order: flow = stream * 2 + direction (0 as the stream's first packet).
// The index core keeps it (src/core/tracker.ts); the words are told in core/layout.ts.
import type { Core } from '../../../core/core'
import { FLOW_WORDS, S_FLOWS } from '../../../core/layout'

/** Words of flows (F_…). */
export class FlowTable {
  private readonly core: Core

  constructor(core: Core) {
    this.core = core
  }

  /** One word of a flow. */
  get(flow: number, word: number): number {
    return this.core.words[this.at(flow) + word] ?? 0
  }
  set(flow: number, word: number, value: number): void {
    this.core.words[this.at(flow) + word] = value
  }

  private at(flow: number): number {
    return (this.core.state(S_FLOWS) >>> 2) + flow * FLOW_WORDS
  }
}
