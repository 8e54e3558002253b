// Tables as comma-separated values, for files and the clipboard.

/** RFC 4180, every cell quoted; a cell that a spreadsheet would take for a formula begins with an apostrophe. */
export function csvText({ titles, rows }: { readonly titles: readonly string[]; readonly rows: readonly (readonly string[])[] }): string {
  const all = titles.length > 0 ? [titles, ...rows] : rows
  return all.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}

/** A cell for CSV. Formulas begin with = + - @, also behind a tab or line end; a plain negative number is none. */
function csvCell(text: string): string {
  const formula = /^[=+\-@\t\r\n]/.test(text) && !/^-\d+(\.\d+)?$/.test(text)
  return `"${formula ? "'" : ''}${text.replaceAll('"', '""')}"`
}
