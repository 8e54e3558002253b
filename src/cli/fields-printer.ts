// -T fields: chosen fields of each packet on one line. Bytes go straight into the output buffer; no string is made per packet.
import { fieldText } from '../engine/service/terminal'
import type { Decoder } from '../engine/service/terminal'
import type { FieldSettings } from './options'
import type { Output } from './output'

/** Prints a fixed list of fields. */
export class FieldsPrinter {
  private readonly out: Output
  private readonly settings: FieldSettings
  /** Slot of a field number, -1 for fields that are not wanted. */
  private readonly slots: Int32Array
  /** Values of the current packet by slot; only slots named in `used` are filled. */
  private readonly cells: (string | undefined)[]
  /** Which slot each printed column takes its value from (a field may be printed twice). */
  private readonly columns: readonly number[]

  /** `ids` are field numbers in printing order; -1 prints an empty column. */
  constructor(out: Output, settings: FieldSettings, ids: readonly number[], fieldCount: number) {
    this.out = out
    this.settings = settings
    this.slots = new Int32Array(fieldCount).fill(-1)
    const columns: number[] = []
    let next = 0
    for (const id of ids) {
      if (id < 0) { columns.push(-1); continue }
      let slot = this.slots[id] ?? -1
      if (slot < 0) this.slots[id] = slot = next++
      columns.push(slot)
    }
    this.columns = columns
    this.cells = new Array<string | undefined>(next).fill(undefined)
  }

  /** One packet. */
  print(decoder: Decoder): void {
    const { cells, slots, settings, out } = this, tree = decoder.tree, count = tree.count, aggregator = settings.aggregator, occurrence = settings.occurrence
    cells.fill(undefined)
    for (let node = 0; node < count; node++) {
      const slot = slots[tree.field(node)]
      if (slot === undefined || slot < 0) continue
      const known = cells[slot]
      if (known === undefined || occurrence === 'l') cells[slot] = fieldText(tree, node)
      else if (occurrence === 'a') cells[slot] = known + aggregator + fieldText(tree, node)
    }
    let line = ''
    const columns = this.columns, separator = settings.separator, quote = settings.quote
    for (let i = 0; i < columns.length; i++) {
      if (i > 0) line += separator
      const cell = cells[columns[i] ?? -1]
      if (cell !== undefined) line += quote ? quote + cell + quote : cell
    }
    out.line(line)
  }
}
