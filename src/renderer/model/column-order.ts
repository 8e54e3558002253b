// Where new columns go.
import { makeColumn, type Column } from './columns'

/** The columns with one more for a field, before the last visible one (usually Info); a field that has a column is only made visible. */
export function insertFieldColumn(columns: readonly Column[], field: string): readonly Column[] {
  const content = `field:${field}`
  const known = columns.findIndex((column) => column.content === content)
  if (known >= 0) return columns.map((column, index) => (index === known ? { ...column, visible: true } : column))
  const column = makeColumn(
    content,
    columns.map((other) => other.id),
  )
  const last = columns.findLastIndex((other) => other.visible)
  const at = last < 0 ? columns.length : last
  return [...columns.slice(0, at), column, ...columns.slice(at)]
}
