// What is told when capturing cannot be, or cannot go on: each its own message, and nothing else breaks.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { overPipes, type StartHelper } from '../../../../src/node/live/helper-link'
import {
  helperForEverybody,
  helperScript,
  loopback,
  sendDatagrams,
  startLiveEngine,
  until,
  type LiveEngine,
} from '../../../support/live-engine'

const isRoot = process.platform === 'linux' && process.getuid?.() === 0
const skipped = isRoot ? '' : ' (skipped: failures of live capture are tested by root)'
const NOBODY = 65_534

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wireglass-failures-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** A helper whose surroundings are others than this process's. */
function helperIn(env: Readonly<Record<string, string>>, script = helperScript(), uid?: number): StartHelper {
  return () =>
    overPipes(
      spawn(process.execPath, [script], {
        stdio: ['pipe', 'pipe', 'inherit', 'ignore'],
        env: { ...process.env, ...env },
        ...(uid === undefined ? {} : { uid, gid: uid }),
      }),
    )
}

const startError = (engine: LiveEngine, ...request: Parameters<typeof loopback>): Promise<unknown> =>
  engine.client.call('live.start', loopback(...request)).catch((error: unknown) => error)

describe.skipIf(!isRoot)(`capturing${skipped}`, () => {
  it('without libpcap, dumpcap and cap: says so, and lists the interfaces of the system', async () => {
    const engine = startLiveEngine(
      folder,
      helperIn({ WIREGLASS_LIBPCAP: '/nowhere/libpcap.so', WIREGLASS_DUMPCAP: 'none', WIREGLASS_CAP: '/nowhere/cap' }),
    )
    const { interfaces } = await engine.client.call('live.interfaces', {})
    expect(interfaces.map((one) => one.name)).toContain('lo')
    const diagnosis = await engine.client.call('live.diagnose', {})
    expect(diagnosis.backends.find((one) => one.name === 'libpcap')).toMatchObject({ version: null, problem: { code: 'live/no-library' } })
    expect(diagnosis.permitted).toBe(false)
    expect(diagnosis.remedies.map(({ id }) => id)).toContain('install-libpcap')
    expect(await startError(engine, '')).toMatchObject({ code: 'live/no-library', message: expect.stringContaining('libpcap') as string })
  })

  it('as an ordinary user: says so with the commands, and files open all the same', async () => {
    const script = helperForEverybody(folder)
    const home = dirname(dirname(script))
    const user = helperIn({ WIREGLASS_DUMPCAP: 'none' }, script, NOBODY)
    const engine = startLiveEngine(folder, user)
    const diagnosis = await engine.client.call('live.diagnose', {})
    expect(diagnosis.permitted).toBe(false)
    expect(diagnosis.backends.find((one) => one.name === 'libpcap')).toMatchObject({
      permitted: false,
      problem: { code: 'live/permission' },
    })
    const commands = diagnosis.remedies.flatMap((one) => one.commands)
    expect(commands).toContain('sudo setcap cap_net_raw,cap_net_admin+ep /usr/local/lib/wireglass/wireglass-capture')
    expect(commands.join('\n')).not.toMatch(/electron/i)
    expect((await engine.client.call('live.interfaces', {})).interfaces.length).toBeGreaterThan(0)
    const path = join(home, 'captures.pcapng')
    chmodSync(home, 0o777)
    expect(await startError(engine, '', { path })).toMatchObject({
      code: 'live/permission',
      message: expect.stringContaining('permission') as string,
    })
    expect((await engine.client.call('files.list', { path: folder, showAll: true })).entries.length).toBeGreaterThan(0)
  })

  it('on an interface that goes down: ends, says so, and keeps what came', async () => {
    const name = `wgd${process.pid % 10_000}`
    execFileSync('ip', ['link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}p`])
    try {
      execFileSync('ip', ['link', 'set', name, 'up'])
      const engine = startLiveEngine(folder)
      const request = loopback('')
      await engine.client.call('live.start', { ...request, interfaces: request.interfaces.map((one) => ({ ...one, name })) })
      execFileSync('ip', ['link', 'set', name, 'down'])
      const ended = await until('the end is told', () => engine.told.find((state) => !state.running))
      expect(ended.problem).toMatchObject({
        code: 'live/interface-lost',
        message: expect.stringContaining('What came before is kept') as string,
      })
      expect((await engine.client.call('capture.info', { captureId: ended.captureId })).problem).toBeNull()
      engine.service.dispose()
    } finally {
      spawnSync('ip', ['link', 'delete', name])
    }
  })

  it('onto a full disk: ends, says so, and what was written can be read', async ({ skip }) => {
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    skip(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', disk]).status !== 0, 'no tmpfs can be mounted here')
    try {
      const engine = startLiveEngine(folder)
      await engine.client.call('live.start', loopback('udp port 46301', { path: join(disk, 'full.pcapng') }))
      await sendDatagrams(46_301, 200, 1000)
      const ended = await until('the end is told', () => engine.told.find((state) => !state.running))
      expect(ended.problem).toMatchObject({ code: 'io/no-space', message: expect.stringContaining('full.pcapng') as string })
      const info = await until('it is read to its end', async () => {
        const now = await engine.client.call('capture.info', { captureId: ended.captureId })
        return now.state === 'complete' && now
      })
      expect(info.problem).toBeNull()
      expect(info.packets).toBeGreaterThan(20)
      engine.service.dispose()
    } finally {
      spawnSync('umount', [disk])
    }
  })
})
