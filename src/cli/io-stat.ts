// -z io,stat: packets, bytes or values of a field in equal intervals of time, in tshark's table.
import { compileFilter, fieldByName, fieldById, timeValue } from '../engine/service/terminal'
import type { Field, Filter, Trace } from '../engine/service/terminal'
import type { Output } from './output'
import { UsageError } from './usage-error'

const CALCULATIONS = ['FRAMES', 'BYTES', 'COUNT', 'SUM', 'MIN', 'MAX', 'AVG', 'LOAD'] as const
type Calculation = (typeof CALCULATIONS)[number]

/** One column as it was asked for: plain frames and bytes, or a calculation (over a field, where it takes one). */
interface ColumnRequest {
  readonly text: string
  readonly filter: string
  readonly calculation: Calculation | undefined
  readonly field: Field | undefined
}

/** A request that was understood. Times in nanoseconds; interval 0 is the whole capture. */
export interface IoStatRequest {
  readonly interval: number
  /** Decimals with which times are printed. */
  readonly decimals: number
  readonly columns: readonly ColumnRequest[]
}

/** Reads what follows "io,stat,". Throws UsageError. */
export function parseIoStat(words: readonly string[]): IoStatRequest {
  const [interval = '', ...filters] = words
  if (!/^\d*\.?\d+$/.test(interval) || (filters.length > 0 && filters.at(-1) === ''))
    throw new UsageError('invalid "-z io,stat,<interval>[,<filter>][,<filter>]..." argument')
  const fraction = (interval.split('.')[1] ?? '').replace(/0+$/, '').slice(0, 6)
  return {
    interval: Math.round(Number(interval) * 1e6) * 1000,
    decimals: fraction.length,
    columns: (filters.length === 0 ? [''] : filters).map(columnOf),
  }
}

function columnOf(text: string): ColumnRequest {
  const match = /^([A-Z]+)(?:\(([^)]*)\)(.*))?$/.exec(text.trim()),
    calculation = CALCULATIONS.find((name) => name === match?.[1])
  if (match === null || calculation === undefined) return { text, filter: text, calculation: undefined, field: undefined }
  const [, , name = '', filter = ''] = match
  if (calculation === 'FRAMES' || calculation === 'BYTES') return { text, filter, calculation, field: undefined }
  const field = fieldByName(name)
  if (field === undefined) throw new UsageError(`There is no field named '${name}'.`)
  const kind = kindOf(field)
  if (kind === 'other' && calculation !== 'COUNT')
    throw new UsageError(`${name} doesn't have integral values, so ${calculation}(*) calculations are not supported on it.`)
  if (kind !== 'time' && calculation === 'LOAD')
    throw new UsageError(`LOAD(*) is only supported for relative-time fields such as http.time`)
  return { text, filter, calculation, field }
}

function kindOf({ type }: Field): 'whole' | 'time' | 'other' {
  if (type === 'reltime') return 'time'
  return /^[ui]\d+$/.test(type) ? 'whole' : 'other'
}

/** What was counted in one interval. Values of times are nanoseconds. */
interface Cell {
  frames: number
  bytes: number
  count: number
  sum: number
  least: number
  most: number
}

const NOTHING: Cell = { frames: 0, bytes: 0, count: 0, sum: 0, least: 0, most: 0 }

/** A column while packets are counted. Intervals without packets have no cell: a capture of years may have very many. */
class IoColumn {
  readonly request: ColumnRequest
  readonly filter: Filter | undefined
  private readonly cells = new Map<number, Cell>()
  /** The widest that a value was while it was counted: tshark makes room for it. */
  private largest = 0
  private largestBytes = 0
  /** Nanoseconds that responses were waited for, by interval. */
  private readonly loads = new Map<number, number>()

  constructor(request: ColumnRequest) {
    this.request = request
    this.filter = request.filter.trim() === '' ? undefined : compileFilter(request.filter)
  }

  get isTime(): boolean {
    const { field, calculation } = this.request
    return field !== undefined && calculation !== 'COUNT' && kindOf(field) === 'time'
  }

  private cell(index: number): Cell {
    let cell = this.cells.get(index)
    if (cell === undefined) this.cells.set(index, (cell = { ...NOTHING }))
    return cell
  }

  add(trace: Trace, index: number, at: number, interval: number): void {
    const { tree } = trace.decoder,
      { field, calculation } = this.request
    if (this.filter?.matches(tree) === false) return
    const cell = this.cell(index)
    cell.frames++
    cell.bytes += trace.records.originalLength.get(trace.packets - 1)
    if (field !== undefined)
      for (let node = 0; node < tree.count; node++) {
        if (tree.field(node) !== field.id) continue
        const value = numberOf(trace, node)
        if (calculation === 'LOAD') this.load(at, interval, value)
        cell.least = cell.count === 0 ? value : Math.min(cell.least, value)
        cell.most = cell.count === 0 ? value : Math.max(cell.most, value)
        cell.count++
        cell.sum += value
      }
    this.largest = Math.max(this.largest, calculation === undefined ? cell.frames : this.value(cell, interval, index))
    this.largestBytes = Math.max(this.largestBytes, cell.bytes)
  }

  /** A response that took `value` occupied the time before it: each interval gets its part. */
  private load(at: number, interval: number, value: number): void {
    for (let index = Math.floor(at / interval), end = at, left = value; left > 0 && index >= 0; index--) {
      const part = Math.min(left, end - index * interval)
      this.loads.set(index, (this.loads.get(index) ?? 0) + part)
      left -= part
      end = index * interval
    }
  }

  value(cell: Cell, interval: number, index: number): number {
    switch (this.request.calculation) {
      case 'BYTES':
        return cell.bytes
      case 'COUNT':
        return cell.count
      case 'SUM':
        return cell.sum
      case 'MIN':
        return cell.least
      case 'MAX':
        return cell.most
      case 'AVG':
        return cell.count === 0 ? 0 : Math.floor(cell.sum / cell.count)
      case 'LOAD':
        return Math.floor(((this.loads.get(index) ?? 0) * 1e9) / interval)
      default:
        return cell.frames
    }
  }

  /** Widths of what stands in the column: one for a calculation, two for frames and bytes. */
  get widths(): readonly number[] {
    const { calculation } = this.request
    if (calculation === undefined) return [Math.max(6, String(this.largest).length), Math.max(5, String(this.largestBytes).length)]
    const digits = this.isTime ? String(Math.floor(this.largest / 1e9)).length + 7 : String(this.largest).length
    return [Math.max(calculation.length, digits)]
  }

  texts(index: number, interval: number): readonly string[] {
    const cell = this.cells.get(index) ?? NOTHING
    if (this.request.calculation === undefined) return [String(cell.frames), String(cell.bytes)]
    const value = this.value(cell, interval, index)
    if (!this.isTime) return [String(value)]
    // tshark rounds times, but not loads
    const microseconds = this.request.calculation === 'LOAD' ? Math.floor(value / 1000) : Math.round(value / 1000)
    return [`${Math.floor(microseconds / 1e6)}.${String(microseconds % 1e6).padStart(6, '0')}`]
  }

  get titles(): readonly string[] {
    return this.request.calculation === undefined ? ['Frames', 'Bytes'] : [this.request.calculation]
  }
}

function numberOf(trace: Trace, node: number): number {
  const { tree } = trace.decoder
  if (fieldById(tree.field(node)).type === 'reltime') {
    const { seconds, nanoseconds } = timeValue(tree, node)
    return seconds * 1e9 + nanoseconds
  }
  const object = tree.object(node)
  return typeof object === 'bigint' ? Number(object) : (tree.numbers[node] ?? 0)
}

/** The table, filled packet by packet. */
export class IoStat {
  readonly filter = undefined
  readonly needsTree: boolean
  private readonly trace: Trace
  private readonly request: IoStatRequest
  private readonly columns: readonly IoColumn[]
  /** Nanoseconds since the first packet of the latest. */
  private duration = 0

  /** Throws FilterError for a wrong filter. */
  constructor(trace: Trace, request: IoStatRequest) {
    this.trace = trace
    this.request = request
    this.columns = request.columns.map((column) => new IoColumn(column))
    this.needsTree = this.columns.some(({ filter, request: { field } }) => filter !== undefined || field !== undefined)
  }

  /** Counts the packet that was visited last; one from before the first packet is passed over. */
  add(): void {
    const { seconds, nanoseconds } = this.trace.records,
      row = this.trace.packets - 1,
      at = (seconds.get(row) - seconds.get(0)) * 1e9 + nanoseconds.get(row) - nanoseconds.get(0)
    if (at < 0) return
    this.duration = Math.max(this.duration, at)
    const { interval } = this.request
    // one interval of which the end is not known yet takes everything
    const index = interval === 0 ? 0 : Math.floor(at / interval)
    for (const column of this.columns) column.add(this.trace, index, at, interval === 0 ? Infinity : interval)
  }

  print(out: Output): void {
    const { request, columns } = this,
      whole = request.interval === 0 || request.interval > this.duration,
      interval = whole ? Math.max(1, this.duration) : request.interval,
      decimals = whole ? (this.duration < 10e9 ? 3 : 1) : request.decimals,
      rows = this.duration === 0 ? 0 : whole ? 1 : Math.floor(this.duration / interval) + 1,
      times = intervals(rows, interval, this.duration, decimals)
    const fixed = (ns: number, digits: number): string => (ns / 1e9).toFixed(digits),
      duration = fixed(this.duration, decimals === 0 ? 6 : decimals),
      integerDigits = String(Math.floor(this.duration / 1e9)).length
    const every = fixed(interval, decimals).padStart(integerDigits + (decimals === 0 ? 0 : decimals + 1))
    const parts = columns.map((column) => {
      const { widths, titles } = column
      return {
        titles: titles.map((title, at) =>
          widths.length === 1 ? centred(title, (widths[at] ?? 0) + 2) : ` ${title.padStart(widths[at] ?? 0)} `,
        ),
        cells: (index: number) => column.texts(index, interval).map((text, at) => ` ${text.padStart(widths[at] ?? 0)} `),
        width: widths.reduce((sum, width) => sum + width + 2, widths.length - 1),
      }
    })
    const names = columns.map(
      ({ request: { text } }, index) => ` ${index === 0 ? 'Col' : '   '} ${index + 1}: ${text.trim() === '' ? 'Frames and bytes' : text} `,
    )
    const inner = times.width + parts.reduce((sum, { width }) => sum + width + 1, 0),
      width = Math.max(inner, ...names.map(({ length }) => length), ` Duration: ${duration} secs`.length)
    const line = (text: string): void => {
      out.line(`|${text.padEnd(width)}|`)
    }
    const row = (cells: readonly string[]): void => {
      const text = cells.join('|')
      out.line(`|${width > inner ? `${text}|${' '.repeat(width - inner - 1)}` : text}|`)
    }
    out.line('')
    out.line('='.repeat(width + 2))
    line(' IO Statistics')
    line('')
    line(` Duration: ${duration} secs`)
    line(` Interval: ${every} secs`)
    line('')
    names.forEach(line)
    line('-'.repeat(width))
    row([' '.repeat(times.width), ...parts.map((part, index) => String(index + 1).padEnd(part.width))])
    row([' Interval'.padEnd(times.width), ...parts.map(({ titles }) => titles.join('|'))])
    row(['-'.repeat(inner)])
    for (let index = 0; index < rows; index++) row([times.text(index), ...parts.map(({ cells }) => cells(index).join('|'))])
    out.line('='.repeat(width + 2))
  }
}

/** The first column: from when to when, the last up to the end of the capture. */
function intervals(
  rows: number,
  interval: number,
  duration: number,
  decimals: number,
): { readonly width: number; readonly text: (index: number) => string } {
  const fixed = (ns: number): string => (ns / 1e9).toFixed(decimals),
    end = decimals === 0 ? 'Dur' : fixed(duration),
    digits = Math.max(fixed(duration).length, fixed(Math.max(0, rows - 1) * interval).length),
    width = Math.max(' Interval '.length, 2 * digits + 6)
  const side = (width - 6) / 2
  const text = (index: number): string => {
    const to = index === rows - 1 ? end : fixed((index + 1) * interval)
    // a single digit stands one place further in, which the word for the end does not need
    const narrow = digits < side && to !== 'Dur' ? ' ' : ''
    return ` ${fixed(index * interval).padStart(side)} <> ${to.padStart(to === 'Dur' ? 0 : digits)}${narrow}`.padEnd(width)
  }
  return { width, text }
}

function centred(text: string, width: number): string {
  return text.padStart(text.length + Math.ceil((width - text.length) / 2)).padEnd(width)
}
