// Places a connection that was captured at both ends: time runs down, the same at both lifelines, so that an arrow falls as far as the packet was on its
// way. Evenly spaced, time runs unevenly, but in order: what leaves or arrives later stands lower.
import type { Passage } from '../session/both-ends/passages'
import type { BothEndsLadder } from './both-ends-ladder'
import { HEADER_HEIGHT, type DrawnLadder, type SceneRow, type Spacing } from './drawn-ladder'
import type { ArrowRow, FoldRow, PhaseRow, Span } from './ladder'
import { MARK_STYLE } from './marks'
import { band, cross, text, timeText } from './parts'
import { fitted, textWidth, type Shape } from './shapes'
import { stateTone, type Tone } from './tones'
import { wordsOf, type Language } from './words'

const HEIGHT = { phase: 36, arrow: 36, fold: 52, end: 64 } as const
/** An arrow leaves this far below its row's top. */
const TAIL = 22
/** Arrivals that follow each other are at least this far apart, and this far behind what happened before. */
const STEP = 9
/** To scale: a usual delay is this long, and no time in which nothing happens is longer than LONGEST. */
const DELAY_PX = 70
const LONGEST_PX = 130
const MIN_WIDTH = 900
const LABEL = 10.5

/** A ladder of two captures with its rows placed. */
export class BothEndsScene implements DrawnLadder {
  readonly ladder: BothEndsLadder
  readonly headerHeight = HEADER_HEIGHT
  readonly width: number
  private readonly xs: readonly [number, number]
  private readonly notesX: number
  private readonly tops: Float64Array
  /** Times in order, and the height of each. */
  private readonly times: number[] = []
  private readonly heights: number[] = []
  /** The lowest point that rows up to here draw. */
  private readonly reach: Float64Array
  /** Rows before which time was cut short, and where. */
  private readonly cuts = new Map<number, number>()

  constructor(ladder: BothEndsLadder, options: { readonly width: number; readonly spacing: Spacing }) {
    this.ladder = ladder
    this.width = Math.max(MIN_WIDTH, Math.round(options.width))
    this.xs = [this.width < 1000 ? 286 : 306, this.width - (this.width < 1000 ? 296 : 330)]
    this.notesX = this.xs[1] + 112
    this.tops = new Float64Array(ladder.rowCount + 1)
    this.reach = new Float64Array(ladder.rowCount)
    this.place(options.spacing === 'scale' ? this.pixelsPerNanosecond() : 0)
    this.findReach()
  }

  get title(): string {
    return this.ladder.title
  }
  get language(): Language {
    return this.ladder.language
  }
  get rowCount(): number {
    return this.ladder.rowCount
  }

  private pixelsPerNanosecond(): number {
    const usual = this.ladder.both.delays.map((delays) => delays.usual).filter((delay) => delay > 0)
    return usual.length === 0 ? 0 : DELAY_PX / Math.max(...usual)
  }

  /** Goes through what leaves and what arrives in order of time. */
  private place(scale: number): void {
    const { ladder, tops } = this
    const arrivals = this.arrivals()
    let [free, next] = [0, 0]
    for (let row = 0; row < ladder.rowCount; row++) {
      const kind = ladder.kindOf(row)
      const [first] = ladder.span(row)
      if (kind === 'arrow' || kind === 'fold') {
        const at = ladder.when(first)
        while (next < arrivals.length && (arrivals[next] ?? Infinity) <= at) this.knot(arrivals[next++] ?? 0, scale, -Infinity)
        const before = this.heights.at(-1)
        const height = this.knot(at, scale, free + TAIL, kind === 'arrow' && this.isArrival(first))
        if (this.cut) this.cuts.set(row, (before ?? free) + (height - (before ?? free)) / 2)
        tops[row] = height - TAIL
      } else {
        if (kind === 'end') while (next < arrivals.length) this.knot(arrivals[next++] ?? 0, scale, -Infinity)
        tops[row] = kind === 'end' ? Math.max(free, (this.heights.at(-1) ?? 0) + STEP) : free
      }
      free = (tops[row] ?? 0) + HEIGHT[kind]
    }
    tops[ladder.rowCount] = free
  }

  private cut = false

  /** Gives a time its height, and returns that: below everything earlier, and not above `least`. */
  private knot(time: number, scale: number, least: number, isArrival = false): number {
    const { times, heights } = this
    const [last, height] = [times.at(-1), heights.at(-1)]
    this.cut = false
    if (last === undefined || height === undefined) {
      const first = Math.max(least, TAIL + (isArrival ? STEP : 0))
      times.push(time)
      heights.push(first)
      return first
    }
    // the same moment stands at the same height, unless a row needs the room
    const step = time > last ? STEP : 0
    const gap = scale * (time - last)
    this.cut = gap > LONGEST_PX
    const at = Math.max(height + step, height + Math.min(gap, LONGEST_PX), least)
    times.push(time)
    heights.push(at)
    return at
  }

  private isArrival(index: number): boolean {
    return Number.isNaN(this.ladder.both.passages[index]?.sentAt)
  }

  /** Times at which packets that have an arrow of their own arrive. */
  private arrivals(): number[] {
    const { ladder } = this
    const times: number[] = []
    for (let row = 0; row < ladder.rowCount; row++) {
      const passage = ladder.kindOf(row) === 'arrow' ? ladder.both.passages[ladder.span(row)[0]] : undefined
      if (passage !== undefined && !Number.isNaN(passage.sentAt) && !Number.isNaN(passage.arrivedAt)) times.push(passage.arrivedAt)
    }
    return times.sort((a, b) => a - b)
  }

  private findReach(): void {
    let lowest = 0
    for (let row = 0; row < this.ladder.rowCount; row++) {
      const passage = this.ladder.kindOf(row) === 'arrow' ? this.ladder.both.passages[this.ladder.span(row)[0]] : undefined
      lowest = Math.max(lowest, this.top(row + 1), passage === undefined ? 0 : this.heads(passage, row).y2 + 8)
      this.reach[row] = lowest
    }
  }

  /** Height of a time of the common clock. */
  private heightAt(time: number): number {
    const { times, heights } = this
    let low = 0
    let high = times.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((times[middle] ?? 0) < time) low = middle + 1
      else high = middle
    }
    const [t2, y2] = [times[low], heights[low]]
    if (t2 === undefined || y2 === undefined) return (heights.at(-1) ?? 0) + STEP
    const [t1, y1] = [times[low - 1], heights[low - 1]]
    if (t2 === time || t1 === undefined || y1 === undefined) return y2
    return y1 + ((y2 - y1) * (time - t1)) / (t2 - t1)
  }

  get height(): number {
    return this.tops[this.ladder.rowCount] ?? 0
  }

  top(index: number): number {
    return this.tops[index] ?? 0
  }

  rowAt(y: number): number {
    return lastWhere(this.ladder.rowCount, (row) => this.top(row) <= y)
  }

  firstReaching(y: number): number {
    return Math.min(
      this.ladder.rowCount - 1,
      lastWhere(this.ladder.rowCount, (row) => row === 0 || (this.reach[row - 1] ?? 0) < y),
    )
  }

  header(): Shape[] {
    const { ladder, xs } = this
    const words = wordsOf(ladder.language)
    const shapes: Shape[] = [
      text(76, 28, [{ text: words.time, tone: 'fg3' }], 11, 'end'),
      text(86, 28, [{ text: words.delta, tone: 'fg3' }], 11, 'start'),
      text(206, 28, [{ text: ladder.numberTitle, tone: 'fg3' }], 11, 'end'),
      text(this.notesX, 28, [{ text: words.notes, tone: 'fg3' }], 11, 'start'),
    ]
    const room = Math.min(xs[1] - xs[0] - 20, 2 * (this.notesX - xs[1]) - 8)
    for (const [lane, { role, name, remark }] of ladder.lifelines.entries()) {
      const x = xs[lane === 0 ? 0 : 1]
      const title: Span[] = [
        { text: role, bold: true, tone: 'fg1' },
        { text: `  ${name}`, mono: true, tone: 'fg2' },
      ]
      shapes.push(text(x, 20, fitted(title, LABEL, room), LABEL, 'middle'))
      shapes.push(text(x, 36, fitted([{ text: remark, tone: 'fg3' }], LABEL, room), LABEL, 'middle'))
      shapes.push({ kind: 'line', x1: x, y1: 44, x2: x, y2: HEADER_HEIGHT, tone: 'line3', width: 1.5 })
    }
    return shapes
  }

  row(index: number): SceneRow {
    const { ladder } = this
    const [top, bottom] = [this.top(index), this.top(index + 1)]
    const row = ladder.row(index)
    const back: Shape[] = []
    const front: Shape[] = []
    const end = row.kind === 'end' ? bottom - 34 : bottom
    for (const x of this.xs) back.push({ kind: 'line', x1: x, y1: top, x2: x, y2: end, tone: 'line3', width: 1.5 })
    this.bands(back, top, end)
    const cut = this.cuts.get(index)
    if (cut !== undefined) this.cutMarks(front, cut)
    const passage = ladder.both.passages[ladder.span(index)[0]]
    switch (row.kind) {
      case 'phase':
        this.phase(front, top, row)
        break
      case 'arrow':
        if (passage !== undefined) this.arrow(front, top, row, passage, index)
        break
      case 'fold':
        this.fold(front, top, row)
        break
      case 'end':
        front.push(text(this.width / 2, top + 52, fitted([{ text: row.text, tone: 'fg2' }], 11, this.width - 40), 11, 'middle'))
        break
    }
    return { index, top, height: bottom - top, row, back, front }
  }

  /** State bands beside the lifelines between two heights, with the names of states that begin there. */
  private bands(back: Shape[], top: number, bottom: number): void {
    const { states } = this.ladder
    for (const lane of [0, 1] as const) {
      const x = this.xs[lane]
      const left = lane === 0 ? x - 13 : x + 5
      let [state, from] = [states.startOf(lane), 0]
      for (const change of states.changes[lane]) {
        const at = this.heightAt(change.at)
        if (at > bottom) break
        band(back, left, Math.max(from, top), at, state)
        if (at >= top && at < bottom) {
          const [x1, x2] = lane === 0 ? [x - 18, x] : [x, x + 18]
          if (change.evidence !== 'observed') back.push({ kind: 'line', x1, y1: at, x2, y2: at, tone: 'fg3', width: 1, dash: '2 2' })
          this.stateName(back, lane, at + 11, change.to)
        }
        state = change.to
        from = at + 1
      }
      band(back, left, Math.max(from, top), bottom, state)
    }
  }

  private stateName(back: Shape[], lane: 0 | 1, y: number, state: string): void {
    if (state === '') return
    const spans: Span[] = [{ text: state, bold: true, tone: stateTone(state) }]
    back.push(lane === 0 ? text(this.xs[0] - 20, y, spans, 9.5, 'end') : text(this.xs[1] + 22, y, spans, 9.5, 'start'))
  }

  private cutMarks(front: Shape[], y: number): void {
    for (const x of [60, ...this.xs]) {
      for (const shift of [-3, 3])
        front.push({ kind: 'line', x1: x - 7, y1: y + shift + 3, x2: x + 7, y2: y + shift - 3, tone: 'fg3', width: 1.2 })
    }
  }

  private phase(front: Shape[], top: number, row: PhaseRow): void {
    const y = top + 22
    const title: Span[] = [{ text: row.title, bold: true, tone: 'fg1' }]
    front.push({ kind: 'line', x1: 20, y1: top + 31, x2: this.width - 20, y2: top + 31, tone: 'line1', width: 1 })
    front.push(text(20, y, title, 11.5, 'start'), text(this.width - 20, y, [{ text: row.facts, tone: 'fg3' }], 11, 'end'))
  }

  private gutter(front: Shape[], y: number, row: ArrowRow | FoldRow): void {
    front.push(timeText(y, row.time, LABEL))
    if (row.delta !== '') front.push(text(86, y, [{ text: row.delta, mono: true, tone: 'fg3' }], LABEL, 'start'))
    if (row.kind === 'arrow') front.push(text(206, y, [{ text: row.number ?? '', mono: true, tone: 'fg2' }], LABEL, 'end'))
  }

  /** Where an arrow begins and ends; one of a packet that was seen at one place only covers a part of the way. */
  private heads({ from, fate, sentAt, arrivedAt }: Passage, row: number): { x1: number; y1: number; x2: number; y2: number } {
    const [a, b] = from === 0 ? this.xs : [this.xs[1], this.xs[0]]
    const usual = this.ladder.both.delays[from].usual
    const delay = Number.isNaN(usual) ? 0 : usual
    if (Number.isNaN(sentAt))
      return { x1: a + (b - a) * 0.55, y1: this.heightAt(arrivedAt - delay * 0.45), x2: b, y2: this.heightAt(arrivedAt) }
    const y1 = this.heightAt(sentAt)
    if (!Number.isNaN(arrivedAt)) return { x1: a, y1, x2: b, y2: this.heightAt(arrivedAt) }
    const share = fate === 'missed' ? 1 : 0.55
    const y2 = Math.max(y1 + STEP, this.heightAt(sentAt + delay * share))
    // a fold below must not hide where it ends
    const isOverFold = row + 1 < this.ladder.rowCount && this.ladder.kindOf(row + 1) === 'fold'
    return { x1: a, y1, x2: a + (b - a) * share, y2: isOverFold ? Math.min(y2, this.top(row + 1) + 3) : y2 }
  }

  private arrow(front: Shape[], top: number, row: ArrowRow, passage: Passage, index: number): void {
    const style = row.mark === undefined ? undefined : MARK_STYLE[row.mark]
    const tone: Tone = style?.tone ?? (row.changes.length === 0 ? 'fg2' : 'fg1')
    const { x1, y1, x2, y2 } = this.heads(passage, index)
    const toward = x2 > x1 ? 1 : -1
    const length = Math.hypot(x2 - x1, y2 - y1)
    const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length]
    const ends = passage.fate === 'lost'
    const open = !ends && Number.isNaN(passage.arrivedAt) && passage.fate !== 'missed'
    this.gutter(front, top + TAIL + 3, row)
    front.push({
      kind: 'line',
      x1,
      y1,
      x2: ends || open ? x2 : x2 - ux * 7,
      y2: ends || open ? y2 : y2 - uy * 7,
      tone,
      width: style === undefined ? 1.3 : 1.6,
      ...(style?.dash === true ? { dash: '5 3' } : {}),
    })
    if (ends) cross(front, x2, y2, tone)
    else if (!open) front.push({ kind: 'path', d: headAt(x2, y2, ux, uy), fill: tone })
    this.label(front, row, passage.from === 0 ? 'start' : 'end', Number.isNaN(passage.sentAt) ? top + TAIL : y1, tone, toward)
    this.notes(front, top, row.notes)
  }

  /** What the packet is, beside the place where it leaves; on a piece of paper of its own, since other arrows pass. */
  private label(front: Shape[], row: ArrowRow, anchor: 'start' | 'end', y: number, tone: Tone, toward: number): void {
    const [a, b] = this.xs
    const spans: Span[] = [{ text: row.title, bold: true, tone: tone === 'fg2' ? 'fg1' : tone }]
    if (row.details !== '') spans.push({ text: `  ${row.details}`, mono: true, tone: 'fg2' })
    if (row.message !== undefined)
      spans.push(
        { text: `  ${row.message.protocol}`, bold: true, tone: row.message.tone },
        { text: ` ${row.message.text}`, mono: true, tone: 'fg2' },
      )
    const shown = fitted(spans, LABEL, b - a - 60)
    const width = textWidth(shown, LABEL)
    const x = anchor === 'start' ? a + 16 : b - 16
    front.push({ kind: 'rect', x: (anchor === 'start' ? x : x - width) - 3, y: y - 17, width: width + 6, height: 14, fill: 'paper' })
    front.push(text(x, y - 6, shown, LABEL, toward > 0 || anchor === 'start' ? 'start' : 'end'))
  }

  private notes(front: Shape[], top: number, notes: readonly Span[]): void {
    for (const [line, note] of notes.slice(0, 2).entries()) {
      const y = top + (notes.length === 1 ? TAIL + 3 : 17 + line * 14)
      front.push(text(this.notesX, y, fitted([note], LABEL, this.width - this.notesX - 12), LABEL, 'start'))
    }
  }

  private fold(front: Shape[], top: number, row: FoldRow): void {
    this.gutter(front, top + TAIL + 5, row)
    const [left, right] = [this.xs[0] + 14, this.xs[1] - 14]
    front.push({ kind: 'rect', x: left, y: top + 9, width: right - left, height: 36, fill: 'control', stroke: 'line2', radius: 5 })
    const action: Span[] = [{ text: row.action, tone: 'accent' }]
    const room = right - left - 32 - textWidth(action, LABEL)
    front.push(text(left + 12, top + 24, fitted([{ text: row.title, bold: true, tone: 'fg1' }], LABEL, room), LABEL, 'start'))
    front.push(text(left + 12, top + 38, fitted([{ text: row.second, tone: 'fg3' }], LABEL, room), LABEL, 'start'))
    front.push(text(right - 12, top + 31, action, LABEL, 'end'))
    const [forth, back] = row.directions
    for (const [isThere, toward] of [
      [forth > 0, 1],
      [back > 0, -1],
    ] as const) {
      if (!isThere) continue
      const y = top + (toward === 1 ? 34 : 20)
      const x = toward === 1 ? this.xs[1] : this.xs[0]
      for (const [x1, x2] of [
        [this.xs[0], left],
        [right, this.xs[1]],
      ] as const)
        front.push({ kind: 'line', x1, y1: y, x2, y2: y, tone: 'fg3', width: 1.2 })
      front.push({ kind: 'path', d: headAt(x, y, toward, 0), fill: 'fg3' })
    }
  }
}

/** An arrow's head at a point, in a direction. */
function headAt(x: number, y: number, ux: number, uy: number): string {
  const point = (along: number, aside: number): string => `${round(x - ux * along - uy * aside)} ${round(y - uy * along + ux * aside)}`
  return `M${point(0, 0)}L${point(9, 4)}L${point(9, -4)}Z`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

/** The last index that fits, of a condition that holds up to some index; 0 when none does. */
function lastWhere(count: number, fits: (index: number) => boolean): number {
  let low = 0
  let high = Math.max(0, count - 1)
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (fits(middle)) low = middle
    else high = middle - 1
  }
  return low
}
