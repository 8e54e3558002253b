// Programs that are recorded: where browsers are looked for, how they are started, and the order of capture, key log and program.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { browserArguments, browserPlaces, findBrowsers } from '../../../src/node/programs/browsers'
import type { EventPayload } from '../../../src/shared/contract'
import { loopback, startLiveEngine } from '../../support/live-engine'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wireglass-programs-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('browsers', () => {
  it('are looked for where each system installs them', () => {
    const places = (platform: string, env: Record<string, string>): string[] => browserPlaces(platform, env).map(({ path }) => path)
    expect(places('darwin', { HOME: '/Users/ada' })).toContain('/Users/ada/Applications/Firefox.app/Contents/MacOS/firefox')
    expect(places('win32', { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' })).toContain(
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    )
    expect(places('linux', { PATH: '/usr/bin:/snap/bin' })).toContain('/snap/bin/chromium')
    expect(places('linux', {})).toEqual([])
  })

  it('are found once each, and only where they can be started', () => {
    for (const bin of ['a', 'b']) {
      mkdirSync(join(folder, bin))
      writeFileSync(join(folder, bin, 'chromium'), '#!/bin/sh\n', { mode: 0o755 })
    }
    writeFileSync(join(folder, 'a', 'firefox'), 'no program')
    chmodSync(join(folder, 'a', 'firefox'), 0o644)
    const found = findBrowsers('linux', { PATH: `${join(folder, 'a')}:${join(folder, 'b')}` })
    expect(found.map(({ id, path }) => [id, path])).toEqual([['chromium', join(folder, 'a', 'chromium')]])
  })

  it('start in a profile of their own; the sandbox goes only where Chromium refuses to run with it', () => {
    expect(browserArguments('chromium', '/p', 'https://a.example/', false)).toEqual([
      '--user-data-dir=/p',
      '--no-first-run',
      '--no-default-browser-check',
      'https://a.example/',
    ])
    expect(browserArguments('chromium', '/p', '', true)).toContain('--no-sandbox')
    expect(browserArguments('firefox', '/p', '', true)).toEqual(['-no-remote', '-profile', '/p'])
  })
})

describe.skipIf(process.getuid?.() !== 0 || process.platform !== 'linux')('recording (needs root)', () => {
  const secret = `CLIENT_RANDOM ${'ab'.repeat(32)} ${'cd'.repeat(48)}`

  it('captures from before the program starts to its end, and takes its keys', async () => {
    const engine = startLiveEngine(folder)
    const ended = new Promise<EventPayload<'program.ended'>>((resolve) => engine.client.on('program.ended', resolve))
    const changed = new Promise((resolve) => engine.client.on('keys.changed', resolve))
    const line = `printf '${secret}\\n' > "$SSLKEYLOGFILE"; echo gone >&2; exit 3`
    const { info, keyLog } = await engine.client.call('program.record', { program: { kind: 'command', line }, request: loopback('') })
    expect(statSync(keyLog).mode & 0o777).toBe(0o600)
    expect(await ended).toEqual({ captureId: info.captureId, status: 3, said: 'gone', secrets: 1 })
    await changed
    expect((await engine.client.call('live.state', {})).live?.running).toBe(false)
    engine.service.dispose()
  })

  it('stops the capture again where the browser is not there, and says so', async () => {
    const engine = startLiveEngine(folder)
    const program = { kind: 'browser', id: 'mosaic', address: '' } as const
    await expect(engine.client.call('program.record', { program, request: loopback('') })).rejects.toMatchObject({
      code: 'program/not-started',
      message: expect.stringContaining('"mosaic" is not installed') as unknown,
    })
    expect((await engine.client.call('live.state', {})).live?.running).toBe(false)
    engine.service.dispose()
  })

  it('takes no option of the browser for an address', async () => {
    const engine = startLiveEngine(folder)
    const program = { kind: 'browser', id: 'chromium', address: '--gpu-launcher=/bin/sh' } as const
    await expect(engine.client.call('program.record', { program, request: loopback('') })).rejects.toMatchObject({
      code: 'rpc/bad-argument',
    })
    engine.service.dispose()
  })
})
