// -T fields where the packet index holds all wanted fields: no dissection, no strings. Packets whose headers the index did not understand are printed
// from their tree, which the index made for them.
import { fieldByName } from '../engine/service/terminal'
import type { Trace } from '../engine/service/terminal'
import { CELL_ROOM, columnCell, writeBytes } from './column-cells'
import type { Cell } from './column-cells'
import type { FieldsPrinter } from './fields-printer'
import type { FieldSettings } from './options'
import type { Output } from './output'

/** Headers only, from the tree where columns cannot tell all, and rows are freed once printed. */
const COLUMNS = { depth: 'columns', keep: false } as const
const NEWLINE = 10

/** Prints packets from the index. */
export class ColumnFields {
  private readonly trace: Trace
  private readonly out: Output
  private readonly cells: readonly Cell[]
  private readonly separator: Uint8Array
  private readonly quote: number
  private readonly slow: FieldsPrinter

  private constructor(trace: Trace, out: Output, cells: readonly Cell[], settings: FieldSettings, slow: FieldsPrinter) {
    this.trace = trace
    this.out = out
    this.cells = cells
    this.separator = Buffer.from(settings.separator)
    this.quote = settings.quote === '' ? 0 : settings.quote.charCodeAt(0)
    this.slow = slow
  }

  /** Undefined when a wanted field is not in the index. `slow` prints the packets that must be dissected. */
  static of(trace: Trace, out: Output, names: readonly string[], settings: FieldSettings, slow: FieldsPrinter): ColumnFields | undefined {
    const cells: Cell[] = []
    for (const name of names) {
      const cell = columnCell(fieldByName(name)?.name ?? name, trace, out, settings)
      if (!cell) return undefined
      cells.push(cell)
    }
    return new ColumnFields(trace, out, cells, settings, slow)
  }

  /** Visits and prints packets until the present end or until `limit` packets were read. */
  run(limit: number): void {
    const { trace, out } = this
    while (trace.packets < limit && trace.advance(1, COLUMNS) > 0) {
      if (trace.dissected) {
        this.slow.print(trace.decoder)
        out.packetDone()
        continue
      }
      this.printRow(trace.packets - 1)
      out.packetDone()
    }
  }

  /** Prints a packet whose headers the index understood. */
  printRow(row: number): void {
    const { out, cells, separator, quote } = this
    out.reserve(cells.length * (CELL_ROOM + separator.length) + 1)
    for (let i = 0; i < cells.length; i++) {
      if (i > 0) writeBytes(out, separator)
      const start = out.length
      if (quote) out.buffer[out.length++] = quote
      if (!cells[i]?.(row)) out.length = start
      else if (quote) out.buffer[out.length++] = quote
    }
    out.buffer[out.length++] = NEWLINE
  }
}
