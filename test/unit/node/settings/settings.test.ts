import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { configFolder } from '../../../../src/node/settings/config-folder'
import { createDocumentStore } from '../../../../src/node/settings/document-store'
import { createLogFile, logFolder } from '../../../../src/node/settings/log-file'
import { createRecentFiles, MAX_RECENT_FILES } from '../../../../src/node/settings/recent-files'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wireglass-test-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('the configuration folder', () => {
  const of = (platform: string, env: Record<string, string>): string => configFolder({ platform, env, home: '/home/u' })
  it('is where the platform keeps it', () => {
    expect(of('linux', {})).toBe('/home/u/.config/wireglass')
    expect(of('linux', { XDG_CONFIG_HOME: '/cfg' })).toBe('/cfg/wireglass')
    expect(of('linux', { XDG_CONFIG_HOME: 'relative' })).toBe('/home/u/.config/wireglass')
    expect(of('darwin', { XDG_CONFIG_HOME: '/cfg' })).toBe('/home/u/Library/Application Support/Wireglass')
    expect(of('win32', { APPDATA: '/roaming' })).toBe(join('/roaming', 'Wireglass'))
    expect(of('linux', { WIREGLASS_CONFIG_DIR: '/mine' })).toBe('/mine')
  })
  it('is apart from the log', () => {
    expect(logFolder({ platform: 'linux', env: {}, home: '/home/u' })).toBe('/home/u/.local/state/wireglass')
    expect(logFolder({ platform: 'darwin', env: {}, home: '/home/u' })).toBe('/home/u/Library/Logs/Wireglass')
  })
})

describe('documents', () => {
  it('are kept for this user alone and replaced whole', () => {
    const store = createDocumentStore(join(folder, 'config'))
    expect(store.read('settings.json')).toBeNull()
    store.write('settings.json', '{"a":1}')
    store.write('settings.json', '{"a":2}')
    expect(store.read('settings.json')).toBe('{"a":2}')
    expect(readdirSync(join(folder, 'config'))).toEqual(['settings.json'])
    expect(statSync(join(folder, 'config', 'settings.json')).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'config')).mode & 0o777).toBe(0o700)
  })

  it('have plain names', () => {
    const store = createDocumentStore(folder)
    for (const name of ['../x', 'a/b', '', '.hidden', 'A']) expect(() => store.read(name)).toThrow(RangeError)
  })

  it('that cannot be written are reported with their path, and the old one stays', () => {
    const store = createDocumentStore(folder)
    mkdirSync(join(folder, 'settings.json'))
    expect(() => {
      store.write('settings.json', 'x')
    }).toThrow(expect.objectContaining({ code: expect.stringMatching(/^io\//), where: { file: join(folder, 'settings.json') } }))
    expect(readdirSync(folder)).toEqual(['settings.json'])
  })
})

describe('recent files', () => {
  it('are listed newest first, each once, with what is known of them now', async () => {
    const recent = createRecentFiles(createDocumentStore(folder))
    const a = join(folder, 'a.pcap')
    writeFileSync(a, 'abc')
    recent.remember(a, 1)
    recent.remember('/gone/b.pcap', 2)
    recent.remember(a, 3)
    expect(await recent.list()).toEqual([
      { path: a, name: 'a.pcap', size: 3, openedMs: 3, exists: true },
      { path: '/gone/b.pcap', name: 'b.pcap', size: 0, openedMs: 2, exists: false },
    ])
    recent.forget(a)
    expect((await recent.list()).map(({ path }) => path)).toEqual(['/gone/b.pcap'])
    recent.forget(null)
    expect(await recent.list()).toEqual([])
  })

  it('are not more than a person looks through, and damage counts as none', async () => {
    const store = createDocumentStore(folder)
    const recent = createRecentFiles(store)
    for (let count = 0; count < MAX_RECENT_FILES + 5; count++) recent.remember(`/f${count}`, count)
    expect(await recent.list()).toHaveLength(MAX_RECENT_FILES)
    for (const text of ['{', '{}', '[1,null,{"path":3}]', '']) {
      store.write('recent.json', text)
      expect(await recent.list()).toEqual([])
    }
  })
})

describe('the log', () => {
  it('holds the id that the user was shown, and does not grow for ever', () => {
    const log = createLogFile(folder)
    log({ id: 'E1', method: 'rows.get', error: new Error('broken') })
    expect(readFileSync(join(folder, 'engine.log'), 'utf8')).toMatch(/E1 rows\.get: Error: broken/)
    writeFileSync(join(folder, 'engine.log'), 'x'.repeat(1024 * 1024 + 1))
    log({ id: 'E2', method: 'rows.get', error: 'text' })
    expect(readFileSync(join(folder, 'engine.log'), 'utf8')).toMatch(/^\S+ E2 rows\.get: text\n$/)
    expect(existsSync(join(folder, 'engine.log.1'))).toBe(true)
  })

  it('that cannot be written breaks nothing', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => {
      createLogFile(join(folder, 'file', 'x'))({ id: 'E1', method: 'm', error: 1 })
    }).not.toThrow()
  })
})
