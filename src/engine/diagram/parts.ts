// Small parts that diagrams are drawn from.
import type { Span } from './ladder'
import { textWidth, type Shape } from './shapes'
import { isHatched, stateTone, type Tone } from './tones'

/** A line of text; `y` is its baseline. */
export function text(x: number, y: number, spans: readonly Span[], size: number, anchor: 'start' | 'middle' | 'end'): Shape {
  return { kind: 'text', x, y, anchor, size, spans }
}

/** Where the times end that stand beside the rows, and how much room is before it. */
const TIME_AT = 76,
  TIME_ROOM = 64

/** A packet's time beside its row; one of many digits is smaller, so that it does not reach the diagram's edge. */
export function timeText(y: number, time: string, size: number): Shape {
  const spans: Span[] = [{ text: time, mono: true, tone: 'fg3' }],
    width = textWidth(spans, size)
  return text(TIME_AT, y, spans, width > TIME_ROOM ? Math.floor((size * TIME_ROOM * 10) / width) / 10 : size, 'end')
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
