// The tables of conversations as the page asks for them: sorted, searched, by outcome, as CSV.
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { captureBytes } from '../../../support/corpus'
import { startEngine, type EngineHarness } from '../../../support/engine-harness'

let engine: EngineHarness
afterEach(() => {
  engine.service.dispose()
})

const query = {
  kind: 'tcp',
  displayed: false,
  text: '',
  sort: 'id',
  descending: false,
  outcome: null,
  first: 0,
  count: 100,
} as const

async function openSample(name: string): Promise<number> {
  engine = startEngine()
  engine.files.set('/t', captureBytes(path.resolve(import.meta.dirname, `../../../../resources/samples/${name}.pcapng`)))
  return (await engine.open('/t')).captureId
}

test.each([
  ['tcp-client-closes', 'SF', 'normal'],
  ['tcp-client-reset', 'RSTO', 'reset'],
  ['tcp-refused', 'REJ', 'refused'],
  ['tcp-simultaneous-open', 'RSTO', 'reset'],
  ['tcp-zero-window', 'SF', 'normal'],
])('%s ended as %s', async (name, state, outcome) => {
  const captureId = await openSample(name)
  const { rows, outcomes } = await engine.client.call('conversations.get', { ...query, captureId })
  expect(rows.map(({ tcp }) => [tcp?.state, tcp?.outcome])).toContainEqual([state, outcome])
  expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(rows.length)
})

test.each([
  // the side that closed first waits: 2MSL are longer than the capture
  ['tcp-client-closes', ['TIME-WAIT', 'CLOSED']],
  ['tcp-client-reset', ['CLOSED', 'CLOSED']],
  ['tcp-refused', ['CLOSED', 'CLOSED']],
])('the endpoints of %s end as %j', async (name, ends) => {
  const captureId = await openSample(name)
  const { rows } = await engine.client.call('conversations.get', { ...query, captureId })
  expect(rows.map(({ tcp }) => tcp?.ends)).toContainEqual(ends)
})

test('pages are parts of one order, and sums are those of what fits', async () => {
  const captureId = await openSample('page-load')
  const sorted = { ...query, captureId, sort: 'bytes-back', descending: true } as const
  const { rows, shown, bytes } = await engine.client.call('conversations.get', sorted)
  expect(rows.map((row) => row.bytes[1])).toEqual(rows.map((row) => row.bytes[1]).sort((a, b) => b - a))
  expect(bytes[1]).toBe(rows.reduce((sum, row) => sum + row.bytes[1], 0))
  const part = await engine.client.call('conversations.get', { ...sorted, first: 3, count: 2 })
  expect(part.rows).toEqual(rows.slice(3, 5))
  const found = await engine.client.call('conversations.get', { ...sorted, text: ':443' })
  expect(found.shown).toBe(rows.filter(({ b }) => b.port === 443).length)
  expect(found.shown).toBeLessThan(shown)
})

test('a filter counts displayed packets alone, and how a connection ended stays', async () => {
  const captureId = await openSample('tcp-bulk-loss')
  const all = await engine.client.call('conversations.get', { ...query, captureId })
  await engine.client.call('filter.apply', { captureId, text: 'tcp.len > 0' })
  const some = await engine.client.call('conversations.get', { ...query, captureId, displayed: true })
  expect(some.packets[0] + some.packets[1]).toBeLessThan(all.packets[0] + all.packets[1])
  expect(some.rows[0]?.tcp?.payload).toEqual(all.rows[0]?.tcp?.payload)
  expect(some.rows[0]?.tcp?.state).toBe(all.rows[0]?.tcp?.state)
  expect(await engine.client.call('conversations.get', { ...query, captureId })).toEqual(all)
})

test('CSV has a line for each row under the titles that are given', async () => {
  const captureId = await openSample('tcp-refused')
  const { first: _first, count: _count, ...whole } = query
  const { text } = await engine.client.call('conversations.csv', { ...whole, captureId, titles: ['Stream'] })
  const [title, line] = text.split('\r\n')
  expect(title).toBe('"Stream"')
  expect(line).toMatch(/^"0","10\.77\.0\.1","\d+","10\.77\.0\.2","\d+","2",.*,"0","\d+","REJ","CLOSED","CLOSED"$/)
})
