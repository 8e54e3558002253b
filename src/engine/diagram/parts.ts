// Small parts that diagrams are drawn from.
import type { Span } from './ladder'
import type { Shape } from './shapes'
import { isHatched, stateTone, type Tone } from './tones'

/** A line of text; `y` is its baseline. */
export function text(x: number, y: number, spans: readonly Span[], size: number, anchor: 'start' | 'middle' | 'end'): Shape {
  return { kind: 'text', x, y, anchor, size, spans }
}

/** A piece of a band that tells an endpoint's state; nothing for '' or without height. */
export function band(front: Shape[], x: number, top: number, bottom: number, state: string): void {
  if (state === '' || bottom <= top) return
  front.push({
    kind: 'rect',
    x,
    y: top,
    width: 8,
    height: bottom - top,
    fill: stateTone(state),
    ...(isHatched(state) ? { hatch: true } : {}),
  })
}

/** A cross: a reset before its head, or the place where a packet was lost. */
export function cross(front: Shape[], x: number, y: number, tone: Tone): void {
  front.push({ kind: 'line', x1: x - 4, y1: y - 4, x2: x + 4, y2: y + 4, tone, width: 1.8 })
  front.push({ kind: 'line', x1: x - 4, y1: y + 4, x2: x + 4, y2: y - 4, tone, width: 1.8 })
}
