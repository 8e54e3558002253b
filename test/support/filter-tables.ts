// The tables of test/golden/filter: one filter a line with the number of packets of the sample page-load.pcapng that it selects, or its error.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

/** The capture that the tables are about. */
export const TABLE_CAPTURE = path.join(root, 'resources/samples/page-load.pcapng')

/** One line. */
export interface FilterCase {
  readonly filter: string
  /** Packets, or 'error MESSAGE @START..END'. */
  readonly expected: string
}

/** Tables by name. */
export function filterTables(): Map<string, FilterCase[]> {
  const folder = path.join(root, 'test/golden/filter')
  return new Map(
    readdirSync(folder)
      .sort()
      .map((name) => [path.basename(name, '.txt'), cases(readFileSync(path.join(folder, name), 'utf8'))]),
  )
}

function cases(text: string): FilterCase[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# '))
    .map((line) => {
      const at = line.lastIndexOf(' ==> ')
      return { filter: line.slice(0, at), expected: line.slice(at + 5) }
    })
}
