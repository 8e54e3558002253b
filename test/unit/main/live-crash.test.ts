// kill -9 of the desktop's main process in the middle of a capture: main, engine and helper are real processes, joined as Electron joins them
// (test/support/electron-processes), only that nobody is told when main is gone.
import { fork, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ServerMessage } from '../../../src/shared/contract'
import { createClient, type EngineClient } from '../../../src/shared/rpc/client'
import { captureInFullSwing, expectKept, expectWhole, helpersOf } from '../../support/crashed-capture'
import { helperScript, loopback, until } from '../../support/live-engine'

const root = resolve(import.meta.dirname, '../../..')
const support = join(root, 'test/support/electron-processes')
const isRoot = process.platform === 'linux' && process.getuid?.() === 0
const skipped = isRoot ? '' : ' (skipped: capturing on the loopback needs root)'

let programs: string
let config: string
let nextPort = 46_430
const children: ChildProcess[] = []

beforeAll(async () => {
  // In the tree, where koffi is found.
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true })
  programs = mkdtempSync(join(root, 'node_modules/.cache/electron-processes-'))
  if (!isRoot) return
  helperScript()
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { electron: join(support, 'electron.ts') } },
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir: programs,
      rolldownOptions: {
        input: {
          main: join(support, 'main-process.ts'),
          'utility-shim': join(support, 'utility-shim.ts'),
          'engine-process': join(root, 'src/main/engine-process/index.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
      },
    },
  })
}, 120_000)
afterAll(() => {
  rmSync(programs, { recursive: true, force: true })
})
beforeEach(() => {
  config = mkdtempSync(join(tmpdir(), 'wireglass-desktop-crash-'))
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(config, { recursive: true, force: true })
})

function startDesktop(): { client: EngineClient; main: ChildProcess } {
  const main = fork(join(programs, 'main.mjs'), [join(programs, 'engine-process.mjs'), helperScript()], {
    env: { ...process.env, WIREGLASS_CONFIG_DIR: config },
    execArgv: [],
  })
  children.push(main)
  const client = createClient({
    send: (message) => main.connected && main.send(JSON.stringify(message)),
    onMessage: (handler) =>
      main.on('message', (text: string) => {
        handler(JSON.parse(text) as ServerMessage)
      }),
    onClose: (handler) => main.on('exit', handler),
    close: () => {
      main.disconnect()
    },
  })
  return { client, main }
}

/** Processes of this test's engine. */
function engines(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/cmdline`))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'latin1').split('\0')[3] === join(programs, 'engine-process.mjs')
      } catch {
        return false
      }
    })
    .map(Number)
}

describe.skipIf(!isRoot)(`a capture of the desktop at 20,000 packets a second${skipped}`, () => {
  it('is offered after main was killed, and neither engine nor helper outlives it', async () => {
    const { client, main } = startDesktop()
    const { path, sender } = await captureInFullSwing(client, join(config, 'captures'), nextPort++)
    children.push(sender)
    expect(helpersOf(path)).toHaveLength(1)
    expect(engines()).toHaveLength(1)
    const { size } = statSync(path)
    main.kill('SIGKILL')
    await until('helper and engine have ended', () => helpersOf(path).length + engines().length === 0)
    await expectKept(startDesktop().client, path, size)
  })

  it('is offered after the engine was killed, and the helper ends with it', async () => {
    const { client } = startDesktop()
    const { path, sender } = await captureInFullSwing(client, join(config, 'captures'), nextPort++)
    children.push(sender)
    const { size } = statSync(path)
    for (const engine of engines()) process.kill(engine, 'SIGKILL')
    await until('the helper has ended', () => helpersOf(path).length === 0)
    await expectKept(startDesktop().client, path, size)
  })

  it('stays open after the helper was killed, and capturing goes on with another', async () => {
    const { client } = startDesktop()
    const { path, sender } = await captureInFullSwing(client, join(config, 'captures'), nextPort++)
    children.push(sender)
    const { size } = statSync(path)
    for (const helper of helpersOf(path)) process.kill(helper, 'SIGKILL')
    const live = await until('the end is told', async () => {
      const state = (await client.call('live.state', {})).live
      return state?.running === false && state
    })
    expect(live.problem).toMatchObject({ code: 'live/helper-stopped' })
    expectWhole(path, size)
    expect((await client.call('live.start', loopback('udp port 9'))).live.running).toBe(true)
  })
})
