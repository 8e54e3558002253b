// Sorting the packet list by a column: by number where all values are numbers, otherwise as text in which numbers count as such.
import type { ColumnContent } from '../../shared/contract'
import type { SlicedTask } from './context'
import type { OpenCapture } from './open-capture'

/** Orders packet numbers by a column. Equal values stay in file order. `cell` formats one packet's cell; it is used only where it must be. */
export async function sortedNumbers(
  capture: OpenCapture,
  numbers: Uint32Array,
  column: ColumnContent,
  descending: boolean,
  task: SlicedTask,
  cell: (number: number, previous: number) => string,
): Promise<Uint32Array> {
  const known = numericColumn(capture, column)
  const keys = new Float64Array(numbers.length)
  let texts: string[] | undefined = known === undefined ? [] : undefined
  let allNumeric = true
  for (const [row, number] of numbers.entries()) {
    if (known !== undefined) keys[row] = known(number)
    else {
      const text = cell(number, numbers[row - 1] ?? 0)
      const value = text === '' ? -Infinity : Number(text)
      keys[row] = value
      if (Number.isNaN(value)) allNumeric = false
      texts?.push(text)
    }
    if (task.isDue) await task.pause({ done: row, total: numbers.length })
  }
  if (allNumeric) texts = undefined
  const sortable = texts?.map(sortableText)
  const order = Uint32Array.from(numbers.keys())
  const sign = descending ? -1 : 1
  order.sort(
    (a, b) =>
      sign * (sortable === undefined ? compareNumbers(keys[a] ?? 0, keys[b] ?? 0) : compareTexts(sortable[a] ?? '', sortable[b] ?? '')) ||
      a - b,
  )
  return order.map((row) => numbers[row] ?? 0)
}

function compareNumbers(a: number, b: number): number {
  // Not a - b: two infinities would give NaN.
  return a < b ? -1 : a > b ? 1 : 0
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Pads every run of digits, so that 10.0.0.9 comes before 10.0.0.10 and "2" before "10". */
function sortableText(text: string): string {
  return text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'))
}

/** Value of a column that the index holds, without dissection. */
function numericColumn(capture: OpenCapture, column: ColumnContent): ((number: number) => number) | undefined {
  const { records } = capture.trace
  switch (column) {
    case 'number':
    case 'cumulative-bytes':
      return (number) => number
    case 'time':
    case 'time-relative':
    case 'time-absolute': {
      // Relative to the first packet, so that nanoseconds survive in a double.
      const origin = capture.packets > 0 ? records.seconds.get(0) : 0
      return (number) => (records.seconds.get(number - 1) - origin) * 1e9 + records.nanoseconds.get(number - 1)
    }
    case 'length':
      return (number) => records.originalLength.get(number - 1)
    case 'captured-length':
      return (number) => records.capturedLength.get(number - 1)
    default:
      return undefined
  }
}
