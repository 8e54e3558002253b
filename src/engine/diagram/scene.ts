// Places a ladder's rows and draws each by itself, so that any window of a long diagram can be drawn without the rest.
import { band, cross, text, timeText } from './parts'
import { HEADER_HEIGHT, type DrawnLadder, type SceneRow, type Spacing } from './drawn-ladder'
import { duration } from './format'
import type { ArrowRow, EndRow, FoldRow, Ladder, PhaseRow, Row, Span, StateMark } from './ladder'
import { MARK_STYLE } from './marks'
import { fitted, textWidth, type Shape } from './shapes'
import { stateTone, type Tone } from './tones'
import { wordsOf, type Language } from './words'

const HEIGHT = { phase: 36, arrow: 37, fold: 48, end: 92 } as const
/** The arrow leaves and arrives this far below its row's top. */
const TAIL = 20
const HEAD = 30
/** To scale: a round trip (or the usual gap) is this long, and nothing is longer than LONGEST. */
const REFERENCE_PX = 60
const LONGEST_PX = 130
/** Rows sampled to find the usual gap. */
const SAMPLE = 500
const LAST_IN_PHASE = 8
/** Where in the last row TIME-WAIT's timer ends. */
const TIMER = 68

/** Narrowest diagram of two lifelines, and the narrowest where no states stand beside them. */
const MIN_WIDTH = 860
const MIN_WIDTH_WITHOUT_STATES = 680

/** A ladder with its rows placed. */
export class Scene implements DrawnLadder {
  readonly ladder: Ladder
  readonly headerHeight = HEADER_HEIGHT
  readonly width: number
  /** Left edge of the arrows: lifeline positions. */
  readonly xs: readonly number[]
  private readonly notesX: number
  private readonly wide: boolean
  private readonly tops: Float64Array
  private readonly gaps: Float64Array
  private readonly capped: Uint8Array

  constructor(ladder: Ladder, options: { readonly width: number; readonly spacing: Spacing }) {
    this.ladder = ladder
    const lanes = ladder.lifelines.length
    this.wide = lanes > 2
    if (this.wide) {
      const step = Math.max(170, Math.floor((Math.max(options.width, MIN_WIDTH) - 290) / (lanes - 1)))
      this.xs = ladder.lifelines.map((_unused, lane) => 250 + lane * step)
      this.width = 250 + (lanes - 1) * step + 220
      this.notesX = this.width
    } else if (!ladder.hasStates && lanes === 2 && options.width < MIN_WIDTH) {
      this.width = Math.max(MIN_WIDTH_WITHOUT_STATES, Math.round(options.width))
      this.xs = [232, this.width - 226]
      this.notesX = this.width - 166
    } else {
      this.width = Math.max(MIN_WIDTH, Math.round(options.width))
      const left = this.width < 980 ? 256 : 284
      const right = this.width < 980 ? 286 : 322
      this.xs = lanes === 2 ? [left, this.width - right] : [left]
      this.notesX = this.width - right + 148
    }
    const count = ladder.rowCount
    this.tops = new Float64Array(count + 1)
    this.gaps = new Float64Array(count)
    this.capped = new Uint8Array(count)
    this.place(options.spacing === 'scale' ? this.pixelsPerNanosecond() : 0)
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

  private place(scale: number): void {
    const { ladder, tops, gaps, capped } = this
    let y = 0
    for (let index = 0; index < ladder.rowCount; index++) {
      tops[index] = y
      const kind = ladder.kindOf(index)
      if (scale > 0 && (kind === 'arrow' || kind === 'fold')) {
        const gap = Math.max(0, ladder.deltaOf(index) * scale)
        gaps[index] = Math.min(gap, LONGEST_PX)
        capped[index] = gap > LONGEST_PX ? 1 : 0
      }
      const next = index + 1 < ladder.rowCount ? ladder.kindOf(index + 1) : 'end'
      y += HEIGHT[kind] + (gaps[index] ?? 0) + (next === 'phase' || next === 'end' ? LAST_IN_PHASE : 0)
    }
    tops[ladder.rowCount] = y
  }

  /** The usual gap between packets of the diagram is REFERENCE_PX long. */
  private pixelsPerNanosecond(): number {
    const { ladder } = this
    const deltas: number[] = []
    const step = Math.max(1, Math.floor(ladder.rowCount / SAMPLE))
    for (let index = 0; index < ladder.rowCount; index += step) {
      const delta = ladder.deltaOf(index)
      if (delta > 0) deltas.push(delta)
    }
    deltas.sort((a, b) => a - b)
    const usual = deltas[Math.floor(deltas.length * 0.75)]
    return usual === undefined ? 0 : REFERENCE_PX / usual
  }

  /** Height of all rows, without the header. */
  get height(): number {
    return this.tops[this.ladder.rowCount] ?? 0
  }

  top(index: number): number {
    return this.tops[index] ?? 0
  }

  /** Row at a height. */
  rowAt(y: number): number {
    let low = 0
    let high = this.ladder.rowCount - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (this.top(middle) <= y) low = middle
      else high = middle - 1
    }
    return low
  }

  firstReaching(y: number): number {
    return this.rowAt(y)
  }

  header(): Shape[] {
    const { ladder, xs } = this
    const words = wordsOf(ladder.language)
    const shapes: Shape[] = [
      text(76, 28, [{ text: words.time, tone: 'fg3' }], 11, 'end'),
      text(86, 28, [{ text: words.delta, tone: 'fg3' }], 11, 'start'),
      text(176, 28, [{ text: words.number, tone: 'fg3' }], 11, 'end'),
    ]
    if (!this.wide) shapes.push(text(this.notesX, 28, [{ text: words.notes, tone: 'fg3' }], 11, 'start'))
    for (const [lane, lifeline] of ladder.lifelines.entries()) {
      const x = xs[lane] ?? 0
      if (lifeline.role !== '') shapes.push(text(x, 20, [{ text: lifeline.role, bold: true, tone: 'fg1' }], 12, 'middle'))
      shapes.push(text(x, 36, fitted([{ text: lifeline.name, mono: true, tone: 'fg2' }], 10.5, this.wide ? 164 : 260), 10.5, 'middle'))
      shapes.push({ kind: 'line', x1: x, y1: 44, x2: x, y2: HEADER_HEIGHT, tone: 'line3', width: 1.5 })
    }
    this.remarks(shapes)
    return shapes
  }

  private remarks(shapes: Shape[]): void {
    const [left, right] = this.ladder.lifelines
    const [a = 0, b = 0] = this.xs
    if (this.wide || left === undefined || right === undefined) return
    const room = (b - a) / 2 - 4
    for (const [lifeline, x, anchor] of [
      [left, a, 'start'],
      [right, b, 'end'],
    ] as const) {
      const own = textWidth([{ text: lifeline.name, mono: true }], 10.5) / 2 + 14
      if (lifeline.remark === '' || room < own + 40) continue
      const spans = fitted([{ text: lifeline.remark, tone: 'fg3' }], 10.5, room - own)
      shapes.push(text(anchor === 'start' ? x + own : x - own, 36, spans, 10.5, anchor))
    }
  }

  /** One row. */
  row(index: number): SceneRow {
    const { ladder } = this
    const top = this.top(index)
    const height = this.top(index + 1) - top
    const row = ladder.row(index)
    const front: Shape[] = []
    const back = this.panel(index, top, height, row.kind)
    const at = top + (this.gaps[index] ?? 0)
    if (row.kind === 'arrow' || row.kind === 'fold') this.gap(front, index, top, row)
    this.lifelines(back, top, height, row)
    this.bands(front, top, at, height, row)
    switch (row.kind) {
      case 'phase':
        this.phase(front, at, row)
        break
      case 'arrow':
        this.arrow(front, at, row)
        break
      case 'fold':
        this.fold(front, at, row)
        break
      case 'end':
        this.end(front, index, at, row)
        break
    }
    return { index, top, height, row, back, front }
  }

  /** The panel of a phase, in the part that this row covers. */
  private panel(index: number, top: number, height: number, kind: Row['kind']): Shape[] {
    const { ladder } = this
    if (!ladder.hasPhases || kind === 'end') return []
    const next = index + 1 < ladder.rowCount ? ladder.kindOf(index + 1) : 'end'
    const last = next === 'phase' || next === 'end'
    const [x, right] = [8, this.width - 8]
    const y = kind === 'phase' ? top + 2 : top
    const bottom = top + height - (last ? 6 : 0)
    const r = 6
    const corners =
      kind === 'phase'
        ? `M${x} ${bottom}L${x} ${y + r}A${r} ${r} 0 0 1 ${x + r} ${y}L${right - r} ${y}A${r} ${r} 0 0 1 ${right} ${y + r}L${right} ${bottom}`
        : last
          ? `M${x} ${y}L${x} ${bottom - r}A${r} ${r} 0 0 0 ${x + r} ${bottom}L${right - r} ${bottom}A${r} ${r} 0 0 0 ${right} ${bottom - r}L${right} ${y}`
          : undefined
    if (corners !== undefined) return [{ kind: 'path', d: corners, fill: 'panel', stroke: 'line1', width: 1 }]
    return [
      { kind: 'rect', x, y, width: right - x, height: bottom - y, fill: 'panel' },
      { kind: 'line', x1: x, y1: y, x2: x, y2: bottom, tone: 'line1', width: 1 },
      { kind: 'line', x1: right, y1: y, x2: right, y2: bottom, tone: 'line1', width: 1 },
    ]
  }

  private lifelines(back: Shape[], top: number, height: number, row: Row): void {
    for (const x of this.xs) {
      const end = row.kind === 'end' ? top + height - 24 : top + height
      back.push({ kind: 'line', x1: x, y1: top, x2: x, y2: end, tone: 'line3', width: 1.5 })
    }
  }

  /** Idle time that is drawn to scale, or cut with a visible break. */
  private gap(front: Shape[], index: number, top: number, row: ArrowRow | FoldRow): void {
    const gap = this.gaps[index] ?? 0
    if (gap < 16) return
    const middle = top + gap / 2
    front.push({ kind: 'line', x1: 60, y1: top + 4, x2: 60, y2: top + gap - 2, tone: 'line3', width: 1, dash: '2 3' })
    front.push(text(86, middle + 4, [{ text: duration(row.deltaNs), mono: true, tone: 'fg3' }], 10.5, 'start'))
    if (this.capped[index] !== 1) return
    for (const x of [60, ...this.xs]) {
      for (const shift of [-3, 3]) {
        front.push({ kind: 'line', x1: x - 7, y1: middle + shift + 3, x2: x + 7, y2: middle + shift - 3, tone: 'fg3', width: 1.2 })
      }
    }
  }

  /** Both state bands within the row: one colour above the boundary, the next below it. */
  private bands(front: Shape[], top: number, at: number, height: number, row: Row): void {
    if (!this.ladder.hasStates || this.wide) return
    const changes = row.kind === 'arrow' ? row.changes : []
    for (const lane of [0, 1]) {
      const x = this.xs[lane] ?? 0
      const left = lane === 0 ? x - 13 : x + 5
      let state = row.states[lane] ?? ''
      let y = top
      const end = top + height
      for (const change of changes.filter((one) => one.lifeline === lane)) {
        const boundary = at + (change.sending ? TAIL : HEAD)
        band(front, left, y, boundary, state)
        y = boundary + (change.from === change.to ? 0 : 1)
        state = change.to
        this.stateTick(front, lane, boundary, change)
      }
      const last = changes.findLast((one) => one.lifeline === lane)
      if (last !== undefined) this.stateLabel(front, lane, at + (last.sending ? TAIL : HEAD) + 11, last.to)
      if (row.kind === 'phase' && top === 0) this.stateLabel(front, lane, top + 22, state)
      const waits = row.kind === 'end' && row.timeWait?.lifelines.includes(lane) === true
      band(front, left, y, waits ? at + TIMER : row.kind === 'end' ? end - 24 : end, state)
      if (waits) band(front, left, at + TIMER + 1, end, 'CLOSED')
    }
  }

  private stateLabel(front: Shape[], lane: number, y: number, state: string): void {
    if (state === '') return
    const x = this.xs[lane] ?? 0
    const spans: Span[] = [{ text: state, bold: true, tone: stateTone(state) }]
    front.push(lane === 0 ? text(x - 20, y, spans, 10.5, 'end') : text(x + 22, y, spans, 10.5, 'start'))
  }

  /** A dashed tick marks a boundary that is inferred. */
  private stateTick(front: Shape[], lane: number, y: number, change: StateMark): void {
    if (change.evidence === 'observed') return
    const x = this.xs[lane] ?? 0
    const [x1, x2] = lane === 0 ? [x - 18, x] : [x, x + 18]
    front.push({ kind: 'line', x1, y1: y, x2, y2: y, tone: 'fg3', width: 1, dash: '2 2' })
  }

  private phase(front: Shape[], at: number, row: PhaseRow): void {
    const room = (this.xs[0] ?? 0) - (this.ladder.hasStates && at === 0 ? 110 : 40)
    front.push(text(20, at + 22, fitted([{ text: row.title, bold: true, tone: 'fg1' }], 11.5, Math.max(room, 10)), 11.5, 'start'))
    if (textWidth([{ text: row.title, bold: true }], 11.5) > room) {
      front.pop()
      const a = (this.xs[0] ?? 0) + 12
      const b = (this.xs[1] ?? this.width) - 12
      front.push(text(a, at + 22, fitted([{ text: row.title, bold: true, tone: 'fg1' }], 11.5, b - a), 11.5, 'start'))
    }
    front.push(text(this.width - 20, at + 22, [{ text: row.facts, tone: 'fg3' }], 11, 'end'))
  }

  private gutter(front: Shape[], y: number, row: ArrowRow | FoldRow): void {
    front.push(timeText(y, row.time, 10.5))
    if (row.delta !== '') front.push(text(86, y, [{ text: row.delta, mono: true, tone: 'fg3' }], 10.5, 'start'))
    if (row.kind === 'arrow') front.push(text(176, y, [{ text: String(row.frame), mono: true, tone: 'fg3' }], 10.5, 'end'))
  }

  private noteLines(front: Shape[], top: number, notes: readonly Span[]): void {
    if (this.wide) return
    for (const [line, note] of notes.slice(0, 2).entries()) {
      const y = top + (notes.length === 1 ? 24 : 18 + line * 14)
      front.push(text(this.notesX, y, fitted([note], 10.5, this.width - this.notesX - 16), 10.5, 'start'))
    }
  }

  private arrow(front: Shape[], at: number, row: ArrowRow): void {
    this.gutter(front, at + 24, row)
    const style = row.mark === undefined ? undefined : MARK_STYLE[row.mark]
    const bulky = row.changes.length === 0 && style === undefined
    const tone: Tone = style?.tone ?? (bulky ? 'fg2' : 'fg1')
    const from = this.xs[row.from] ?? 0
    const to = this.xs[row.to] ?? 0
    const [y1, y2] = [at + TAIL, at + HEAD]
    if (from === to) this.loop(front, from, y1, y2, tone)
    else {
      const toward = to > from ? 1 : -1
      front.push({
        kind: 'line',
        x1: from,
        y1,
        x2: to - toward * 7,
        y2,
        tone,
        width: style?.dash === true || row.changes.length > 0 ? 1.6 : 1.3,
        ...(style?.dash === true ? { dash: '5 3' } : {}),
      })
      front.push({ kind: 'path', d: `M${to} ${y2}L${to - toward * 9} ${y2 - 4}L${to - toward * 9} ${y2 + 4}Z`, fill: tone })
      if (row.mark === 'reset') cross(front, to - toward * 20, y2 - 1, tone)
      if (row.mark === 'window-full' || row.mark === 'zero-window') bar(front, to - toward * 16, y2, tone)
    }
    this.label(front, at, row, Math.min(from, to), Math.max(from, to), tone)
    this.noteLines(front, at, row.notes)
  }

  private label(front: Shape[], at: number, row: ArrowRow, a: number, b: number, tone: Tone): void {
    const spans: Span[] = [{ text: row.title, bold: true, tone: tone !== 'fg2' ? tone : this.wide ? (row.message?.tone ?? 'fg1') : 'fg1' }]
    if (row.details !== '') spans.push({ text: `  ${row.details}`, mono: true, tone: 'fg2' })
    if (this.wide) {
      front.push(text(a + 10, at + 16, fitted(spans, 10.5, this.width - a - 26), 10.5, 'start'))
      return
    }
    front.push(text((a + b) / 2, at + 16, fitted(spans, 10.5, b - a - 24), 10.5, 'middle'))
    if (row.message === undefined || !this.ladder.hasPhases) return
    const message: Span[] = [
      { text: row.message.protocol, bold: true, tone: row.message.tone },
      { text: `  ${row.message.text}`, mono: true, tone: 'fg2' },
    ]
    front.push(text((a + b) / 2, at + 37, fitted(message, 10, b - a - 40), 10, 'middle'))
  }

  private loop(front: Shape[], x: number, y1: number, y2: number, tone: Tone): void {
    front.push({ kind: 'path', d: `M${x} ${y1}L${x + 26} ${y1}L${x + 26} ${y2}L${x + 8} ${y2}`, stroke: tone, width: 1.3 })
    front.push({ kind: 'path', d: `M${x} ${y2}L${x + 9} ${y2 - 4}L${x + 9} ${y2 + 4}Z`, fill: tone })
  }

  private fold(front: Shape[], at: number, row: FoldRow): void {
    this.gutter(front, at + 27, row)
    const a = this.xs[row.between[0]] ?? 0
    const b = this.xs[row.between[1]] ?? a
    const [left, right] = [a + 14, Math.max(b, a + 160) - 14]
    front.push({ kind: 'rect', x: left, y: at + 7, width: right - left, height: 34, fill: 'control', stroke: 'line2', radius: 5 })
    const room = right - left - 24
    const action: Span[] = [{ text: row.action, tone: 'accent' }]
    const actionWidth = textWidth(action, 10.5)
    const title: Span[] = [{ text: row.title, bold: true, tone: 'fg1' }]
    if (row.details !== '') title.push({ text: `  ${row.details}`, mono: true, tone: 'fg2' })
    front.push(text(left + 12, at + 21, fitted(title, 10.5, room - actionWidth - 8), 10.5, 'start'))
    front.push(text(left + 12, at + 34, fitted([{ text: row.second, tone: 'fg3' }], 10.5, room - actionWidth - 8), 10.5, 'start'))
    front.push(text(right - 12, at + 28, action, 10.5, 'end'))
    const [forth, back] = row.directions
    if (back > 0) stub(front, left, a, b, right, at + 18, -1)
    if (forth > 0) stub(front, left, a, b, right, at + 30, 1)
    this.noteLines(front, at + 6, row.notes)
  }

  private end(front: Shape[], index: number, at: number, row: EndRow): void {
    const [a = 0, b = this.width - 40] = this.xs
    front.push(text((a + b) / 2, at + 26, fitted([{ text: row.text, tone: 'fg3' }], 11, Math.max(b - a - 20, 240)), 11, 'middle'))
    const before = index > 0 ? this.ladder.row(index - 1) : undefined
    const named = before?.kind === 'arrow' ? before.changes.map((change) => change.lifeline) : []
    for (const [lane, state] of row.states.entries()) if (!named.includes(lane)) this.stateLabel(front, lane, at + 16, state)
    if (row.timeWait === undefined) return
    const y = at + TIMER
    const { lifelines, text: duration } = row.timeWait
    for (const lane of lifelines) {
      const x = this.xs[lane] ?? 0
      const [x1, x2] = lane === 0 ? [x - 18, x] : [x, x + 18]
      front.push({ kind: 'line', x1, y1: y, x2, y2: y, tone: 'active', width: 1.2, dash: '2 2' })
      this.stateLabel(front, lane, y + 14, 'CLOSED')
      for (const shift of [-3, 3]) {
        front.push({ kind: 'line', x1: x1 - 1, y1: at + 50 + shift + 2, x2: x2 + 1, y2: at + 50 + shift - 2, tone: 'fg3', width: 1.2 })
      }
    }
    // both sides wait after a simultaneous close: it is said once
    const [lane = 0] = lifelines
    const x = this.xs[lane] ?? 0
    front.push(text(lane === 0 ? x + 8 : x - 8, y + 1, [{ text: duration, tone: 'fg3' }], 10.5, lane === 0 ? 'start' : 'end'))
  }
}

/** A full or closed window: a bar across the line. */
function bar(front: Shape[], x: number, y: number, tone: Tone): void {
  front.push({ kind: 'line', x1: x, y1: y - 6, x2: x, y2: y + 6, tone, width: 2 })
}

/** The arrow ends that stick out of a fold: towards a (-1) or towards b (1). */
function stub(front: Shape[], left: number, a: number, b: number, right: number, y: number, toward: 1 | -1): void {
  const head = toward === 1 ? b : a
  front.push({ kind: 'line', x1: a, y1: y, x2: left, y2: y, tone: 'fg3', width: 1.2 })
  front.push({ kind: 'line', x1: right, y1: y, x2: b, y2: y, tone: 'fg3', width: 1.2 })
  front.push({ kind: 'path', d: `M${head} ${y}L${head - toward * 8} ${y - 3.5}L${head - toward * 8} ${y + 3.5}Z`, fill: 'fg3' })
}
