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
  cell: (number: number) => string,
): Promise<Uint32Array> {
  const known = numericColumn(capture, column)
  const keys = new Float64Array(numbers.length)
  let texts: string[] | undefined = known === undefined ? [] : undefined
  let allNumeric = true
  for (const [row, number] of numbers.entries()) {
    if (known !== undefined) keys[row] = known(number)
    else {
      const text = cell(number)
      const value = text === '' ? -Infinity : Number(text)
      keys[row] = value
      if (Number.isNaN(value)) allNumeric = false
      texts?.push(text)
    }
    if (task.isDue) await task.pause({ done: row, total: numbers.length })
  }
  if (allNumeric) texts = undefined
  const sortable = texts?.map(sortableText)
  const sign = descending ? -1 : 1
  const compare = (a: number, b: number): number =>
    sign * (sortable === undefined ? compareNumbers(keys[a] ?? 0, keys[b] ?? 0) : compareTexts(sortable[a] ?? '', sortable[b] ?? '')) ||
    a - b
  const order = await mergeSort(Uint32Array.from(numbers.keys()), compare, task)
  return order.map((row) => numbers[row] ?? 0)
}

/** Runs sorted at once; small enough that none takes longer than a slice. */
const RUN = 4096

/** Sorts in pieces that give way to calls: a million rows take a second, and a click in between is answered at once. */
async function mergeSort(order: Uint32Array, compare: (a: number, b: number) => number, task: SlicedTask): Promise<Uint32Array> {
  const total = order.length
  const pause = async (): Promise<void> => {
    if (task.isDue) await task.pause({ done: total, total })
  }
  for (let from = 0; from < total; from += RUN) {
    order.subarray(from, from + RUN).sort(compare)
    await pause()
  }
  let source = order
  let target: Uint32Array = new Uint32Array(total)
  for (let width = RUN; width < total; width *= 2) {
    for (let from = 0; from < total; from += 2 * width) {
      let left = from
      let right = Math.min(from + width, total)
      const leftEnd = right
      const end = Math.min(from + 2 * width, total)
      for (let at = from; at < end; at++) {
        const a = source[left] ?? 0
        const b = source[right] ?? 0
        const takeLeft = left < leftEnd && (right >= end || compare(a, b) <= 0)
        target[at] = takeLeft ? a : b
        if (takeLeft) left++
        else right++
        if ((at & 4095) === 0) await pause()
      }
    }
    const sorted = target
    target = source
    source = sorted
  }
  return source
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
  const { records, columns } = capture.trace
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
    case 'source':
      return addressRank(capture, (row) => columns.sourceAddress.get(row))
    case 'destination':
      return addressRank(capture, (row) => columns.destinationAddress.get(row))
    case 'source-port':
      return (number) => columns.sourcePort.get(number - 1)
    case 'destination-port':
      return (number) => columns.destinationPort.get(number - 1)
    case 'stream':
      return (number) => columns.stream.get(number - 1)
    case 'interface':
      return (number) => records.interfaceIndex.get(number - 1)
    default:
      return undefined
  }
}

/** Addresses in their order (by kind, then by value); an ignored packet shows none. */
function addressRank(capture: OpenCapture, address: (row: number) => number): (number: number) => number {
  const { addresses } = capture.trace.columns
  const order = Array.from({ length: addresses.count }, (_unused, id) => id).sort((a, b) => addresses.compare(a, b))
  const rank = new Uint32Array(addresses.count)
  for (const [place, id] of order.entries()) rank[id] = place
  return (number) => (capture.ignored.has(number) ? 0 : (rank[address(number - 1)] ?? 0))
}
