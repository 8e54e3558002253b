// Rows of the packet list as text for the clipboard and for files.

/** A table of cells with column titles. */
export interface TextTable {
  readonly titles: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Aligned columns, numbers to the right, as a terminal shows them. */
export function plainText({ titles, rows }: TextTable): string {
  const all = titles.length > 0 ? [titles, ...rows] : rows
  const columns = Math.max(0, ...all.map((row) => row.length))
  const widths: number[] = []
  const numeric: boolean[] = []
  for (let column = 0; column < columns; column++) {
    widths.push(Math.max(...all.map((row) => (row[column] ?? '').length)))
    numeric.push(rows.length > 0 && rows.every((row) => /^-?\d*\.?\d*$/.test(row[column] ?? '')))
  }
  const lines = all.map((row) =>
    row
      .map((cell, column) =>
        numeric[column] === true ? cell.padStart(widths[column] ?? 0) : column === columns - 1 ? cell : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
  return lines.map((line) => `${line}\n`).join('')
}

/** A YAML list of mappings; texts are quoted, so that none is taken for anything else. */
export function yamlText({ titles, rows }: TextTable): string {
  const entries = rows.map((row) =>
    row
      .map(
        (cell, column) =>
          `${column === 0 ? '- ' : '  '}${JSON.stringify(titles[column] ?? `column ${column + 1}`)}: ${JSON.stringify(cell)}\n`,
      )
      .join(''),
  )
  return entries.join('')
}
