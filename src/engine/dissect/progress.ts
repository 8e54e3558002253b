// What the packets of a conversation leave for later ones, for any protocol: a value that changes from frame to frame, written on the first visit and
// found again by frame on later ones. Values are immutable, so that a frame which changes nothing costs nothing.
import { conversationOf } from './conversation'
import type { Decoder } from './decoder'
import { defineState } from './session'
import type { StateKey } from './session'

/** The value of one conversation over the frames of a capture. */
export class Progress<T> {
  /** Value where the dissection stands; set it when something changes, on any visit. */
  now: T
  private readonly initial: T
  private readonly frames: number[] = []
  private readonly values: T[] = []

  constructor(initial: T) {
    this.now = this.initial = initial
  }

  /** Goes to the value before a frame. */
  goTo(frame: number): void {
    let low = 0,
      high = this.frames.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.frames[middle] ?? frame) < frame) low = middle + 1
      else high = middle
    }
    this.now = low === 0 ? this.initial : (this.values[low - 1] ?? this.initial)
  }

  /** First visit: keeps what a frame has changed. */
  keep(frame: number): void {
    const last = this.frames.length - 1
    if (this.now === (last < 0 ? this.initial : this.values[last])) return
    if (last >= 0 && this.frames[last] === frame) this.values[last] = this.now
    else {
      this.frames.push(frame)
      this.values.push(this.now)
    }
  }
}

/** Progress of all conversations of a capture. */
export interface ProgressTable<T> {
  readonly initial: T
  readonly of: Map<number, Progress<T>>
}

/** Declares the progress that a protocol keeps of each conversation, with its value before the first packet. */
export function defineProgress<T>(name: string, initial: T): StateKey<ProgressTable<T>> {
  return defineState(name, () => ({ initial, of: new Map<number, Progress<T>>() }))
}

/**
 * Progress of the current conversation, at what was known before this packet, or, for a further payload of the same packet, before that payload.
 * Call it at the start of decode, and `keep(d.packet.number)` at its end if d.first.
 */
export function progressOf<T>(d: Decoder, key: StateKey<ProgressTable<T>>): Progress<T> {
  const table = d.state(key),
    number = conversationOf(d),
    { chain } = d.tree
  let progress = table.of.get(number)
  if (!progress) {
    progress = new Progress(table.initial)
    if (number >= 0 && d.first) table.of.set(number, progress)
  }
  if (chain.indexOf(chain.at(-1) ?? '') === chain.length - 1) progress.goTo(d.packet.number)
  return progress
}
