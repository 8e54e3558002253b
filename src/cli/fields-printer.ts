// -T fields: chosen fields of each packet on one line.
import { exactFieldText, fieldText } from '../engine/service/terminal'
import type { Decoder } from '../engine/service/terminal'
import type { Columns } from './columns'
import type { FieldSettings } from './options'
import type { Output } from './output'
import type { Printer } from './printer'
import type { SelectedFields } from './selected-fields'

/** A terminal gets every control character escaped, so that packets cannot act on it; a pipe or a file gets what tshark writes. */
const valueText = process.stdout.isTTY ? fieldText : exactFieldText

/** Prints a fixed list of fields. */
export class FieldsPrinter implements Printer {
  readonly labels: boolean
  readonly summary: boolean
  private readonly out: Output
  private readonly settings: FieldSettings
  private readonly selected: SelectedFields
  private readonly columns: Columns
  private readonly cells: (string | undefined)[]

  constructor(out: Output, settings: FieldSettings, selected: SelectedFields, columns: Columns) {
    this.out = out
    this.settings = settings
    this.selected = selected
    this.columns = columns
    this.labels = selected.labels
    this.summary = selected.summary
    this.cells = new Array<string | undefined>(selected.wanted.length).fill(undefined)
  }

  begin(): void {
    if (this.settings.bom) this.out.text('\ufeff')
    if (this.settings.header) this.out.line(this.selected.wanted.map(({ name }) => name).join(this.settings.separator))
  }

  print(decoder: Decoder): void {
    const { cells, settings, out, selected } = this,
      tree = decoder.tree,
      count = tree.count,
      slots = selected.slots
    const aggregator = settings.aggregator,
      occurrence = settings.occurrence,
      separator = settings.separator,
      quote = settings.quote
    cells.fill(undefined)
    for (let node = 0; node < count; node++) {
      const slot = slots[tree.field(node)]
      if (slot === undefined || slot < 0) continue
      const known = cells[slot]
      if (known === undefined || occurrence === 'l') cells[slot] = valueText(tree, node)
      else if (occurrence === 'a') cells[slot] = known + aggregator + valueText(tree, node)
    }
    const summary = this.summary ? this.columns.cells() : undefined
    let line = '',
      first = true
    for (const { column, slot } of selected.wanted) {
      if (!first) line += separator
      first = false
      const cell = column >= 0 ? summary?.[column] : cells[slot]
      if (cell !== undefined) line += quote ? quote + cell + quote : cell
    }
    out.line(line)
  }
}
