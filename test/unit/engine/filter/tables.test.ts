import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { memorySource } from '../../../../src/engine/bytes/byte-source'
import { compileFilter, parseFilter, printFilter } from '../../../../src/engine/filter'
import { Trace } from '../../../../src/engine/index/trace'
import { nodeInflate } from '../../../../src/node/host/inflate'
import { FilterError } from '../../../../src/shared/errors'
import { TABLE_CAPTURE, filterTables } from '../../../support/filter-tables'

const tables = filterTables()
const found = new Map<string, string>()

beforeAll(() => {
  const running: { filter: string; matches: ReturnType<typeof compileFilter>['matches']; count: number }[] = []
  for (const { filter } of [...tables.values()].flat()) {
    try {
      running.push({ filter, matches: compileFilter(filter).matches, count: 0 })
    } catch (error) {
      if (!(error instanceof FilterError)) throw error
      found.set(filter, `error ${error.message} @${error.start}..${error.end}`)
    }
  }
  const trace = new Trace(memorySource(new Uint8Array(readFileSync(TABLE_CAPTURE))), nodeInflate)
  while (trace.visitNext({ summary: false, labels: false })) for (const each of running) if (each.matches(trace.decoder.tree)) each.count++
  for (const { filter, count } of running) found.set(filter, String(count))
})

describe('filters of one kind select the packets that Wireshark selects', () => {
  it.each([...tables])('%s', (_name, cases) => {
    expect(cases.map(({ filter }) => `${filter} ==> ${found.get(filter) ?? ''}`)).toEqual(
      cases.map(({ filter, expected }) => `${filter} ==> ${expected}`),
    )
  })
})

describe('a filter printed from its syntax tree', () => {
  it.each([...tables].filter(([name]) => name !== 'error'))('means the same: %s', (_name, cases) => {
    for (const { filter } of cases) {
      const printed = printFilter(parseFilter(filter))
      expect(printFilter(parseFilter(printed))).toBe(printed)
    }
  })
})
