// Graphs below each other as a picture: axes with round numbers, series as steps, dots, ticks or bars. The page draws the same series on its screen.
import { roundNumbers } from '../../shared/round-steps'
import { count } from './format'
import { text } from './parts'
import type { Picture, PictureRow } from './picture'
import { textWidth, type Shape } from './shapes'
import type { Tone } from './tones'
import type { Language } from './words'

/** A mark at a time in seconds; a stretch where it has `low` and `high`. */
export interface ChartMark {
  readonly time: number
  readonly value: number
  readonly low?: number | undefined
  readonly high?: number | undefined
}

/** How the marks of a series are drawn: joined by steps, as dots, as ticks from low to high, as bars from zero. */
export type ChartLook = 'step' | 'dashed' | 'dot' | 'tick' | 'bar'

/** What values are counted in. */
export type ChartUnit = 'count' | 'bytes' | 'bits/s' | 'ms'

/** One graph. */
export interface Chart {
  readonly title: string
  readonly note: string
  /** The graph in a sentence. */
  readonly sentence: string
  /** Pixels of the plot. */
  readonly height: number
  /** Seconds that are shown. */
  readonly range: readonly [number, number]
  readonly unit: ChartUnit
  readonly series: readonly {
    readonly name: string
    readonly tone: Tone
    readonly look: ChartLook
    readonly marks: readonly ChartMark[]
  }[]
}

const LEFT = 76
const RIGHT = 16
/** Above a plot: title and key; below it: the axis of time and space to the next graph. */
const ABOVE = 34
const BELOW = 40
const LABEL = 10.5
const TITLE = 12
/** Pixels between the numbers of an axis, at least. */
const TICK_X = 110
const TICK_Y = 42
const DOT = 2
/** Half the width of a tick's ends. */
const CAP = 2

/** Graphs of one width. */
export class ChartSheet implements Picture {
  readonly title: string
  readonly language: Language
  readonly width: number
  readonly height: number
  readonly headerHeight = 4
  private readonly charts: readonly Chart[]
  private readonly tops: readonly number[]

  constructor(title: string, language: Language, charts: readonly Chart[], width: number) {
    this.title = title
    this.language = language
    this.charts = charts
    this.width = width
    const tops = [0]
    for (const { height } of charts) tops.push((tops.at(-1) ?? 0) + ABOVE + height + BELOW)
    this.tops = tops
    this.height = tops.at(-1) ?? 0
  }

  get rowCount(): number {
    return this.charts.length
  }

  header(): Shape[] {
    return []
  }

  top(index: number): number {
    return this.tops[index] ?? this.height
  }

  rowAt(y: number): number {
    return Math.max(
      0,
      this.tops.findLastIndex((top, index) => top <= y && index < this.charts.length),
    )
  }

  firstReaching(y: number): number {
    return this.rowAt(y)
  }

  row(index: number): PictureRow {
    const chart = this.charts[index]
    if (chart === undefined) return { row: { sentence: '' }, back: [], front: [] }
    const top = this.top(index)
    const plot = new Plot(chart, this.width, top + ABOVE)
    return {
      row: { sentence: chart.sentence },
      back: plot.grid(),
      front: [...this.heading(chart, top), ...chart.series.flatMap((one) => plot.marks(one))],
    }
  }

  /** Title and note on the left, what is drawn in which colour on the right. */
  private heading(chart: Chart, top: number): Shape[] {
    const y = top + ABOVE - 14
    const shapes: Shape[] = [
      text(
        8,
        y,
        [
          { text: chart.title, bold: true, tone: 'fg1' },
          { text: `  ${chart.note}`, tone: 'fg3' },
        ],
        TITLE,
        'start',
      ),
    ]
    let x = this.width - RIGHT
    for (const { name, tone } of chart.series.toReversed()) {
      if (name === '') continue
      const spans = [{ text: name, tone: 'fg2' } as const]
      x -= textWidth(spans, LABEL)
      shapes.push(text(x, y, spans, LABEL, 'start'), { kind: 'rect', x: x - 13, y: y - 8, width: 8, height: 8, fill: tone })
      x -= 28
    }
    return shapes
  }
}

/** One graph's plot: from values to places. */
class Plot {
  private readonly chart: Chart
  private readonly width: number
  private readonly top: number
  private readonly domain: readonly [number, number]

  constructor(chart: Chart, width: number, top: number) {
    this.chart = chart
    this.width = width
    this.top = top
    let [least, most] = [0, 0]
    // only stretches of sequence numbers begin where they begin; all else is measured from zero
    const isFromZero = !chart.series.some(({ look }) => look === 'tick')
    if (!isFromZero) least = Infinity
    for (const { marks } of chart.series) {
      for (const { value, low, high } of marks) {
        most = Math.max(most, high ?? value)
        if (!isFromZero) least = Math.min(least, low ?? value)
      }
    }
    if (least > most) least = most
    this.domain = [least, most === least ? least + 1 : least + (most - least) * 1.02]
  }

  private x(time: number): number {
    const [from, to] = this.chart.range
    return LEFT + ((time - from) / (to - from)) * (this.width - LEFT - RIGHT)
  }

  /** What lies outside is drawn at the edge. */
  private y(value: number): number {
    const [least, most] = this.domain
    return this.top + (1 - Math.min(1, Math.max(0, (value - least) / (most - least)))) * this.chart.height
  }

  grid(): Shape[] {
    const { chart, width, top } = this
    const right = width - RIGHT
    const bottom = top + chart.height
    const shapes: Shape[] = []
    const values = roundNumbers(...this.domain, Math.max(2, Math.floor(chart.height / TICK_Y)), chart.unit === 'count'),
      names = axisTexts(values, chart.unit)
    for (const [place, value] of values.entries()) {
      const y = this.y(value)
      shapes.push({ kind: 'line', x1: LEFT, y1: y, x2: right, y2: y, tone: 'line1', width: 1 })
      shapes.push(text(LEFT - 8, y + 3.5, [{ text: names[place] ?? '', mono: true, tone: 'fg3' }], LABEL, 'end'))
    }
    const times = roundNumbers(...chart.range, Math.max(2, Math.floor((right - LEFT) / TICK_X)), false)
    const moments = durations(times)
    for (const [place, time] of times.entries()) {
      const x = this.x(time)
      shapes.push({ kind: 'line', x1: x, y1: top, x2: x, y2: bottom, tone: 'line1', width: 1 })
      shapes.push(text(x, bottom + 16, [{ text: moments[place] ?? '', mono: true, tone: 'fg3' }], LABEL, 'middle'))
    }
    shapes.push({ kind: 'line', x1: LEFT, y1: bottom, x2: right, y2: bottom, tone: 'line3', width: 1 })
    shapes.push({ kind: 'line', x1: LEFT, y1: top, x2: LEFT, y2: bottom, tone: 'line3', width: 1 })
    return shapes
  }

  marks({ tone, look, marks }: Chart['series'][number]): Shape[] {
    if (look === 'step' || look === 'dashed') {
      const d = this.steps(marks)
      return d === '' ? [] : [{ kind: 'path', d, stroke: tone, width: 1.2, ...(look === 'dashed' ? { dash: '3 3' } : {}) }]
    }
    const [from, to] = this.chart.range
    const shown = marks.filter(({ time }) => time >= from && time <= to)
    if (shown.length === 0) return []
    if (look === 'dot') return [{ kind: 'path', d: shown.map((mark) => dot(this.x(mark.time), this.y(mark.value))).join(''), fill: tone }]
    const base = this.domain[0]
    const d = shown.map(({ time, value, low, high }) => {
      const x = n(this.x(time))
      if (look === 'bar') return `M${x} ${n(this.y(base))}L${x} ${n(this.y(value))}`
      const [bottom, top] = [n(this.y(low ?? value)), n(this.y(high ?? value))]
      // a stretch of a few bytes is seen by its ends
      const [left, right] = [n(this.x(time) - CAP), n(this.x(time) + CAP)]
      return `M${x} ${bottom}L${x} ${top}M${left} ${bottom}L${right} ${bottom}M${left} ${top}L${right} ${top}`
    })
    return [{ kind: 'path', d: d.join(''), stroke: tone, width: look === 'bar' ? 3 : 1.4 }]
  }

  /** Each value holds until the next one; what lies outside is cut at the edges. */
  private steps(marks: readonly ChartMark[]): string {
    const [from, to] = this.chart.range
    let d = ''
    let [before, last] = [NaN, from]
    for (const { time, value } of marks) {
      if (time > to) break
      const y = n(this.y(value))
      if (time >= from) {
        if (d !== '') d += `L${n(this.x(time))} ${n(this.y(before))}L${n(this.x(time))} ${y}`
        else if (!Number.isNaN(before))
          d = `M${n(this.x(from))} ${n(this.y(before))}L${n(this.x(time))} ${n(this.y(before))}L${n(this.x(time))} ${y}`
        else d = `M${n(this.x(time))} ${y}`
        last = time
      }
      before = value
    }
    return d.includes('L') ? d : d === '' || last === to ? '' : `${d}L${n(this.x(to))} ${n(this.y(before))}`
  }
}

function dot(x: number, y: number): string {
  return `M${n(x - DOT)} ${n(y)}A${DOT} ${DOT} 0 1 0 ${n(x + DOT)} ${n(y)}A${DOT} ${DOT} 0 1 0 ${n(x - DOT)} ${n(y)}Z`
}

/** Numbers of an axis: "1.5 MB", "200 kb/s", "12 ms". */
function axisTexts(values: readonly number[], unit: ChartUnit): string[] {
  switch (unit) {
    case 'count':
      return values.map(count)
    case 'ms':
      return durations(values.map((value) => value / 1e3))
    case 'bytes':
      return values.map((value) => scaled(value, ['B', 'kB', 'MB', 'GB', 'TB']))
    case 'bits/s':
      return values.map((value) => scaled(value, ['b/s', 'kb/s', 'Mb/s', 'Gb/s', 'Tb/s']))
  }
}

/** Seconds of an axis, all in the unit that suits the greatest. */
function durations(seconds: readonly number[]): string[] {
  const most = seconds.reduce((greatest, value) => Math.max(greatest, Math.abs(value)), 0),
    [size, name] = TIME_UNITS.find(([unit]) => most >= unit) ?? [1e-9, 'ns']
  return seconds.map((value) => `${Number((value / size).toPrecision(12))} ${name}`)
}

const TIME_UNITS = [
  [1, 's'],
  [1e-3, 'ms'],
  [1e-6, 'µs'],
] as const

function scaled(value: number, units: readonly string[]): string {
  let [rest, unit] = [value, 0]
  while (Math.abs(rest) >= 1000 && unit < units.length - 1) {
    rest /= 1000
    unit++
  }
  return `${Number(rest.toPrecision(4))} ${units[unit] ?? ''}`
}

/** Coordinates with at most two decimals. */
function n(value: number): string {
  return String(Math.round(value * 100) / 100)
}
