// Cells of the packet list: what a column shows for one packet.
import type { ColumnContent, TimeFormat } from '../../shared/contract'
import { fieldText } from '../dissect/format'
import type { Decoder } from '../dissect/decoder'
import { fieldByName } from '../dissect/registry'
import { escapeText } from '../bytes/text'
import { displayAddress, type CaptureNames } from './names'
import type { OpenCapture } from './open-capture'
import type { Clock } from './ports'
import { digitsOf, timeText, type TimeReferences } from './times'

/** Longest text of a cell; the rest is in the detail tree. */
const MAX_CELL = 1000
const FIELD_PREFIX = 'field:'

/** What all cells of one request have in common. */
export interface CellOptions {
  readonly columns: readonly ColumnContent[]
  readonly time: TimeFormat
  readonly names: CaptureNames | undefined
}

/** Columns that are known from the index alone. */
const WITHOUT_DISSECTION: ReadonlySet<ColumnContent> = new Set<ColumnContent>([
  'number',
  'time',
  'time-delta',
  'time-delta-displayed',
  'time-relative',
  'time-absolute',
  'length',
  'captured-length',
  'interface',
  'cumulative-bytes',
  'comment',
])

/** True when some column needs the packet's dissection. */
export function needsDissection(columns: readonly ColumnContent[]): boolean {
  return columns.some((column) => !WITHOUT_DISSECTION.has(column))
}

/** One packet in the list. */
export interface ListedPacket {
  readonly number: number
  /** Its dissection (valid now), or undefined when it is ignored or no column needs it. */
  readonly decoder: Decoder | undefined
}

/** Texts of a packet's cells. */
export function cellsOf(capture: OpenCapture, packet: ListedPacket, options: CellOptions, clock: Clock): string[] {
  return options.columns.map((column) => {
    const text = cellOf(capture, packet, column, options, clock)
    return text.length > MAX_CELL ? `${text.slice(0, MAX_CELL)}…` : text
  })
}

function cellOf(capture: OpenCapture, packet: ListedPacket, column: ColumnContent, options: CellOptions, clock: Clock): string {
  const { number, decoder } = packet
  const { records, reader } = capture.trace
  switch (column) {
    case 'number':
      return String(number)
    case 'time':
      return time(capture, packet, options.time.kind, options.time, clock)
    case 'time-delta':
      return time(capture, packet, 'delta', options.time, clock)
    case 'time-delta-displayed':
      return time(capture, packet, 'delta-displayed', options.time, clock)
    case 'time-relative':
      return time(capture, packet, 'relative', options.time, clock)
    case 'time-absolute':
      return time(capture, packet, 'absolute-date', options.time, clock)
    case 'length':
      return String(records.originalLength.get(number - 1))
    case 'captured-length':
      return String(records.capturedLength.get(number - 1))
    case 'interface': {
      const index = records.interfaceIndex.get(number - 1)
      return escapeText(reader.interfaces[index]?.name ?? String(index))
    }
    case 'cumulative-bytes':
      return String(capture.cumulativeBytes(number))
    case 'comment':
      return capture.commented.has(number) ? escapeText(capture.commentsOf(number).join(' | ')) : ''
    case 'source':
      return decoder === undefined ? '' : displayAddress(decoder.packet.source, options.names)
    case 'destination':
      return decoder === undefined ? '' : displayAddress(decoder.packet.destination, options.names)
    case 'source-port':
      return portText(decoder?.packet.sourcePort)
    case 'destination-port':
      return portText(decoder?.packet.destinationPort)
    case 'stream':
      return portText(decoder?.packet.stream)
    case 'protocol':
      return decoder?.protocolColumn ?? ''
    case 'info':
      return decoder === undefined ? '<Ignored>' : escapeText(decoder.infoColumn)
    default:
      return decoder === undefined ? '' : fieldCell(decoder, column.slice(FIELD_PREFIX.length))
  }
}

function portText(value: number | undefined): string {
  return value === undefined || value < 0 ? '' : String(value)
}

/** All values of a field in the packet, as -T fields prints them. */
function fieldCell({ tree }: Decoder, name: string): string {
  const id = fieldByName(name)?.id
  if (id === undefined) return ''
  const values: string[] = []
  let length = 0
  for (let node = 0; node < tree.count && length <= MAX_CELL; node++) {
    if (tree.field(node) !== id) continue
    const text = fieldText(tree, node)
    values.push(text)
    length += text.length
  }
  return values.join(',')
}

function time(capture: OpenCapture, packet: ListedPacket, kind: TimeFormat['kind'], format: TimeFormat, clock: Clock): string {
  const { number } = packet
  if (kind === 'relative' && capture.timeReferences.has(number)) return '*REF*'
  const { records, reader } = capture.trace
  const digits =
    format.precision === 'auto' ? digitsOf(reader.interfaces[records.interfaceIndex.get(number - 1)]?.timeResolution) : format.precision
  const now = capture.time(number)
  const before = capture.displayedBefore(number)
  const references: TimeReferences = {
    time: now,
    reference: capture.time(capture.referenceOf(number)),
    previousCaptured: number > 1 ? capture.time(number - 1) : now,
    previousDisplayed: before > 0 ? capture.time(before) : now,
  }
  return timeText(kind, references, digits, clock)
}
