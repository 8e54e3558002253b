// The packet list: rows for what is on the screen, the way from packet to row, rows as text, and sorting.
import type { ColumnContent, PacketRow } from '../../shared/contract'
import { TraceError } from '../../shared/errors'
import type { CallContext, ServiceMethods } from '../../shared/rpc/dispatcher'
import { cellsOf, needsDissection, type CellOptions } from './cells'
import type { ColorRules } from './colors'
import { captureOf, SlicedTask, sliceTimer, type ServiceContext } from './context'
import { csvText } from '../../shared/text/csv'
import { plainText, yamlText } from './list-text'
import type { NameRegistry } from './names'
import type { OpenCapture } from './open-capture'
import { className, classOfChain } from './packet-class'
import { sortedNumbers } from './row-order'

const LIST = { summary: true, labels: false } as const

/** Methods of the packet list. */
export class Rows {
  private readonly context: ServiceContext
  private readonly names: NameRegistry
  private readonly colors: ColorRules

  constructor(context: ServiceContext, names: NameRegistry, colors: ColorRules) {
    this.context = context
    this.names = names
    this.colors = colors
  }

  methods(): Pick<ServiceMethods, 'rows.get' | 'rows.find' | 'rows.text' | 'rows.sort'> {
    const { context } = this
    return {
      'rows.get': async ({ captureId, first, count, columns, time, resolveNames, colorize }, call) => {
        const capture = captureOf(context, captureId)
        const options: CellOptions = { columns, time, names: resolveNames ? await this.namesFor(capture, call) : undefined }
        const task = new SlicedTask(context, call, capture)
        const rows: PacketRow[] = []
        const end = Math.min(first + count, capture.displayed.size)
        for (let row = first; row < end; row++) {
          const number = capture.displayed.at(row)
          if (number === 0) break
          rows.push(this.row(capture, number, options, colorize))
          if (task.isDue) await task.pause({ done: row - first, total: count })
        }
        return { first, rowCount: capture.displayed.size, rows }
      },
      'rows.find': ({ captureId, number }) => captureOf(context, captureId).displayed.find(number),
      'rows.text': async ({ captureId, numbers, columns, titles, time, resolveNames, format }, call) => {
        const capture = captureOf(context, captureId)
        const options: CellOptions = { columns, time, names: resolveNames ? await this.namesFor(capture, call) : undefined }
        const task = new SlicedTask(context, call, capture)
        const rows: string[][] = []
        for (const [index, number] of numbers.entries()) {
          if (number > capture.packets) continue
          rows.push(this.cells(capture, number, options))
          if (task.isDue) await task.pause({ done: index, total: numbers.length })
        }
        const table = { titles, rows }
        return { text: format === 'csv' ? csvText(table) : format === 'yaml' ? yamlText(table) : plainText(table) }
      },
      'rows.sort': async ({ captureId, column, descending }, call) => {
        const capture = captureOf(context, captureId)
        await this.sort(capture, column, descending, call)
        return { rowCount: capture.displayed.size }
      },
    }
  }

  private row(capture: OpenCapture, number: number, options: CellOptions, colorize: boolean): PacketRow {
    const ignored = capture.ignored.has(number)
    const matching = colorize && this.colors.isActive && !ignored
    const decoder = !ignored && (matching || needsDissection(options.columns)) ? capture.trace.dissect(number, LIST) : undefined
    return {
      number,
      cells: cellsOf(capture, { number, decoder }, options, this.context.ports.clock),
      // The index knows only what may be in a packet; its dissection knows what is.
      protocolClass: className(decoder === undefined ? capture.classOf(number) : classOfChain(decoder.tree.chain)),
      colorRule: matching && decoder !== undefined ? this.colors.match(decoder) : -1,
      severity: ignored ? 0 : capture.severityOf(number),
      marked: capture.marked.has(number),
      ignored,
      timeReference: capture.timeReferences.has(number),
      commented: capture.commented.has(number),
    }
  }

  /** Cells of a packet; dissects it when a column needs that. */
  cells(capture: OpenCapture, number: number, options: CellOptions): string[] {
    const dissect = !capture.ignored.has(number) && needsDissection(options.columns)
    const decoder = dissect ? capture.trace.dissect(number, LIST) : undefined
    return cellsOf(capture, { number, decoder }, options, this.context.ports.clock)
  }

  /** The names of a capture, learnt as far as it is indexed. */
  private async namesFor(capture: OpenCapture, call: CallContext): Promise<ReturnType<NameRegistry['of']>> {
    const names = this.names.of(capture)
    const task = new SlicedTask(this.context, call, capture)
    while (!names.learn(sliceTimer(this.context.ports.clock))) await task.pause({ done: 0, total: capture.packets })
    return names
  }

  private async sort(capture: OpenCapture, column: ColumnContent | null, descending: boolean, call: CallContext): Promise<void> {
    capture.sort = column === null ? undefined : { column, descending }
    const version = ++capture.listVersion
    if (column === null) {
      if (capture.test === undefined) capture.displayed.showAll(capture.packets)
      else {
        const numbers = capture.displayed.copy().sort()
        capture.displayed.show(numbers, numbers.length, true)
      }
      return
    }
    const task = new SlicedTask(this.context, call, capture)
    const options: CellOptions = { columns: [column], time: { kind: 'relative', precision: 9 }, names: undefined }
    const numbers = capture.displayed.copy().sort()
    const sorted = await sortedNumbers(
      capture,
      numbers,
      column,
      descending,
      task,
      (number) => this.cells(capture, number, options)[0] ?? '',
    )
    if (version !== capture.listVersion) throw new TraceError('rpc/cancelled', 'The list changed while it was being sorted.')
    // Packets that were indexed meanwhile follow at the end.
    const late = capture.displayed.copy().subarray(numbers.length)
    capture.displayed.show(sorted, sorted.length, false)
    for (const number of late) capture.displayed.append(number)
  }
}
