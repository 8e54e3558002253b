// What a diagram is drawn from: a handful of shapes with roles instead of colours, the same for the page, SVG, PNG and PDF.
import type { Span } from './ladder'
import type { Tone } from './tones'

export interface LineShape {
  readonly kind: 'line'
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  readonly tone: Tone
  readonly width: number
  /** Stroke dashes such as "5 3". */
  readonly dash?: string
}

/** An SVG path of M, L, A and Z commands. */
export interface PathShape {
  readonly kind: 'path'
  readonly d: string
  readonly fill?: Tone
  readonly stroke?: Tone
  readonly width?: number
  /** Stroke dashes such as "5 3". */
  readonly dash?: string
}

export interface RectShape {
  readonly kind: 'rect'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly fill?: Tone
  readonly stroke?: Tone
  readonly radius?: number
  readonly hatch?: boolean
}

export interface TextShape {
  readonly kind: 'text'
  readonly x: number
  /** Baseline. */
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
  readonly size: number
  readonly spans: readonly Span[]
  /** Degrees clockwise around (x, y). */
  readonly rotate?: number
}

export type Shape = LineShape | PathShape | RectShape | TextShape

/** Width of a text in pixels, near enough to shorten and to place it: the faces are Inter and JetBrains Mono, whose figures are tabular. */
export function textWidth(spans: readonly Span[], size: number): number {
  let width = 0
  for (const { text, mono, bold } of spans) {
    for (const character of text) {
      const code = character.codePointAt(0) ?? 0
      const wide = code >= 0x2e80 && code !== 0x2026
      width += size * (wide ? 1 : mono === true ? 0.6 : NARROW.has(character) ? 0.3 : bold === true ? 0.6 : 0.555)
    }
  }
  return width
}
const NARROW = new Set(Array.from(" .,:;!|iIl'()[]/·"))

/** Spans cut to a width, with an ellipsis where something is missing. */
export function fitted(spans: readonly Span[], size: number, width: number): Span[] {
  if (textWidth(spans, size) <= width) return [...spans]
  const kept: Span[] = []
  let left = width - size * 0.6
  for (const span of spans) {
    const whole = textWidth([span], size)
    if (whole <= left) {
      kept.push(span)
      left -= whole
      continue
    }
    let text = ''
    for (const character of span.text) {
      const next = textWidth([{ ...span, text: character }], size)
      if (next > left) break
      text += character
      left -= next
    }
    kept.push({ ...span, text: `${text.trimEnd()}…` })
    break
  }
  return kept
}
