// The fields of -e, for every format that takes them: values of the current packet by field.
import { allFields, fieldByName, fieldText, stringValue } from '../engine/service/terminal'
import type { Decoder, Field } from '../engine/service/terminal'
import { COLUMN_TITLES } from './columns'
import type { Columns } from './columns'

const COLUMN_PREFIX = '_ws.col.'

/** A wanted field: a field of the table, or a column of the summary line. */
interface Wanted {
  readonly name: string
  readonly field: Field | undefined
  /** Index into the summary columns, or -1. */
  readonly column: number
  /** Where its values are collected: shared by names of one field. -1 for columns. */
  readonly slot: number
}

/** Names in `names` that no field and no column has. */
export function unknownFields(names: readonly string[]): string[] {
  return names.filter((name) => !fieldByName(name) && !name.startsWith(COLUMN_PREFIX))
}

/** The fields of -e in the order given. */
export class SelectedFields {
  readonly wanted: readonly Wanted[]
  /** Labels are needed: a wanted field prints its row. */
  readonly labels: boolean
  /** A summary column is wanted. */
  readonly summary: boolean
  /** Slot of a field number; -1 for fields that are not wanted. */
  readonly slots: Int32Array
  private readonly values: string[][]
  private readonly columns: Columns

  constructor(names: readonly string[], columns: Columns) {
    this.columns = columns
    const slots = new Int32Array(allFields().length).fill(-1)
    this.wanted = names.map((name, at) => {
      const field = fieldByName(name)
      if (field && (slots[field.id] ?? -1) < 0) slots[field.id] = at
      return { name, field, column: columnIndex(name), slot: field ? (slots[field.id] ?? -1) : -1 }
    })
    this.slots = slots
    this.values = this.wanted.map(() => [])
    this.labels = this.wanted.some(({ field }) => field?.type === 'protocol' || field?.name === '_ws.text')
    this.summary = this.wanted.some(({ column }) => column >= 0)
  }

  /** Calls `visit` for every wanted field that the packet has. */
  each(decoder: Decoder, visit: (name: string, values: readonly string[]) => void): void {
    const { slots, values, wanted } = this,
      tree = decoder.tree
    for (const list of values) list.length = 0
    for (let node = 0; node < tree.count; node++) {
      const slot = slots[tree.field(node)] ?? -1
      if (slot < 0) continue
      values[slot]?.push(wanted[slot]?.field?.type === 'string' ? stringValue(tree, node) : fieldText(tree, node))
    }
    const cells = this.summary ? this.columns.cells() : []
    for (const { name, column, slot } of wanted) {
      const own = column >= 0 ? [cells[column] ?? ''] : (values[slot] ?? [])
      if (own.length) visit(name, own)
    }
  }
}

function columnIndex(name: string): number {
  if (!name.startsWith(COLUMN_PREFIX)) return -1
  const title = name.slice(COLUMN_PREFIX.length)
  return COLUMN_TITLES.findIndex((known) => known === title)
}
