import { describe, expect, it } from 'vitest'
import { makeColumn, moveColumn, parseColumns, presetColumns } from '../../../../src/renderer/model/columns'
import { createSettings, DEFAULT_SETTINGS, parseSettings } from '../../../../src/renderer/model/settings'
import { createFakeEngine } from '../../../support/fake-engine/fake-engine'
import { connectEngine } from '../../../support/connect-engine'

describe('settings', () => {
  it('start from their defaults', () => {
    expect(parseSettings({})).toEqual(DEFAULT_SETTINGS)
  })

  it('survive being written and read', () => {
    const settings = {
      ...DEFAULT_SETTINGS,
      theme: 'light',
      language: 'zh',
      layout: 'side',
      filterHistory: ['tcp'],
      expanded: { 'ip/ip.flags': true },
    } as const
    expect(parseSettings(JSON.parse(JSON.stringify(settings)) as Record<string, unknown>)).toEqual(settings)
  })

  it('take what is usable from a damaged document', () => {
    const settings = parseSettings({
      theme: 'purple',
      density: 7,
      panes: { lower: 'x', bytes: 1e9 },
      columns: [{ content: 'nonsense' }],
      timeFormat: { kind: 'epoch', precision: 99 },
      expanded: { a: 1 },
    })
    expect(settings.theme).toBe('system')
    expect(settings.density).toBe('default')
    expect([settings.panes.lower, settings.panes.bytes]).toEqual([DEFAULT_SETTINGS.panes.lower, 4000])
    expect(settings.columns).toEqual(DEFAULT_SETTINGS.columns)
    expect(settings.timeFormat).toEqual({ kind: 'epoch', precision: 'auto' })
    expect(settings.expanded).toEqual({})
  })

  it('are written with the keys they do not know', async () => {
    const engine = createFakeEngine({ captures: [], open: 0, settings: { future: { keep: 'me' } } })
    const client = connectEngine(engine)
    const { settings: document } = await client.call('settings.get', {})
    const store = createSettings(client, document)
    store.update({ theme: 'light' })
    await store.flush()
    const written = (await client.call('settings.get', {})).settings
    expect([written['theme'], written['future']]).toEqual(['light', { keep: 'me' }])
  })
})

describe('changed settings', () => {
  it('reach the host without waiting, and the last change is the last to be written', async () => {
    const engine = createFakeEngine({ captures: [], open: 0 })
    const written: unknown[] = []
    const client = connectEngine(engine)
    const call = client.call.bind(client)
    client.call = (method, params, ...rest) => {
      if (method === 'settings.set') written.push((params as { settings: { theme: unknown } }).settings.theme)
      return call(method, params, ...rest)
    }
    const store = createSettings(client, {})
    await store.flush()
    store.update({ theme: 'light' })
    expect(written).toEqual(['light'])
    store.update({ theme: 'dark' })
    store.update({ theme: 'system' })
    await store.flush()
    expect(written).toEqual(['light', 'system'])
    expect((await client.call('settings.get', {})).settings['theme']).toBe('system')
  })
})

describe('columns', () => {
  it('refuse contents that the engine does not have and repair widths', () => {
    expect(
      parseColumns([{ content: 'info', width: 1e9 }, { content: 'field:tcp.seq' }, { content: 'field:<script>' }])?.map((column) => [
        column.content,
        column.width,
      ]),
    ).toEqual([
      ['info', 1200],
      ['field:tcp.seq', 120],
    ])
  })

  it('need at least one that shows', () => {
    expect(parseColumns([{ content: 'info', visible: false }])).toBeNull()
    expect(parseColumns('columns')).toBeNull()
  })

  it('keep ids apart when a content occurs twice', () => {
    expect(makeColumn('time', ['time', 'time-2']).id).toBe('time-3')
  })

  it('move to the place where they were dropped', () => {
    const contents = (from: number, to: number): string[] => moveColumn(presetColumns('standard'), from, to).map((column) => column.content)
    expect(contents(0, 2).slice(0, 3)).toEqual(['time', 'source', 'number'])
    expect(contents(6, 0).slice(0, 2)).toEqual(['info', 'number'])
  })
})
