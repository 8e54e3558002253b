// Holds the filter tables against the installed tshark: one run of io,stat counts the packets of many filters.
import { describe, expect, it } from 'vitest'
import { TABLE_CAPTURE, filterTables } from '../support/filter-tables'
import { NO_TSHARK, tshark, tsharkVersion } from '../support/tshark'

const PER_RUN = 40

/** Packets by filter, without TLS (the capture holds its keys); a comma separates filters there, so filters with one cannot be asked. */
function counts(filters: readonly string[]): number[] {
  const { stdout } = tshark(['-n', '-r', TABLE_CAPTURE, '--disable-protocol', 'tls', '-q', '-z', `io,stat,0,${filters.join(',')}`])
  const row = stdout.split('\n').find((line) => /^\| *[\d.]+ <>/.test(line)) ?? ''
  return row
    .split('|')
    .slice(2)
    .map((cell) => Number(cell))
    .filter((_count, i) => i % 2 === 0)
    .slice(0, filters.length)
}

describe.skipIf(tsharkVersion === undefined)(`filter tables and tshark${tsharkVersion === undefined ? ` (${NO_TSHARK})` : ''}`, () => {
  const tables = [...filterTables()].filter(([name]) => name !== 'error' && name !== 'later')

  it.each(tables)('agree on %s', (_name, cases) => {
    const asked = cases.filter(({ filter }) => !/[,"']/.test(filter))
    for (let at = 0; at < asked.length; at += PER_RUN) {
      const some = asked.slice(at, at + PER_RUN),
        theirs = counts(some.map(({ filter }) => filter))
      expect(some.map(({ filter, expected }) => `${filter} ==> ${expected}`)).toEqual(
        some.map(({ filter }, i) => `${filter} ==> ${theirs[i] ?? ''}`),
      )
    }
  })

  it('refuse the same filters', () => {
    const wrong = filterTables().get('error') ?? []
    // a sample of them: each costs a run
    for (const { filter } of wrong.filter((_case, i) => i % 24 === 0)) {
      const { status, stdout } = tshark(['-n', '-r', TABLE_CAPTURE, '-c', '1', '-Y', filter])
      expect([filter, status === 0, stdout]).toEqual([filter, false, ''])
    }
  })
})
