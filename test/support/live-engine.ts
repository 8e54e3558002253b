// An engine that captures with the real helper, built from its sources, into a folder of the test.
import { spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createEngineService, type EngineService } from '../../src/engine/service'
import { createNodePorts } from '../../src/node/host/engine-ports'
import { spawnHelper, type StartHelper } from '../../src/node/live/helper-link'
import { createLiveHost } from '../../src/node/live/live-host'
import { createPrograms } from '../../src/node/programs/programs'
import type { LiveCapture, LiveRequest } from '../../src/shared/contract'
import type { EngineClient } from '../../src/shared/rpc/client'
import { connectEngine } from './connect-engine'

const root = resolve(import.meta.dirname, '../..')

/** The built helper; it is built when a source of it is newer. */
export function helperScript(): string {
  const script = join(root, 'out/helper/index.js')
  const sources = join(root, 'src/node/capture-helper')
  const newest = Math.max(...readdirSync(sources).map((name) => statSync(join(sources, name)).mtimeMs))
  if (!existsSync(script) || statSync(script).mtimeMs < newest) {
    const vite = join(root, 'node_modules/vite/bin/vite.js')
    const built = spawnSync(process.execPath, [vite, 'build', '--config', 'vite.node.config.ts', '--mode', 'helper'], { cwd: root })
    if (built.status !== 0) throw new Error(`the capture helper could not be built: ${built.stderr.toString()}`)
  }
  return script
}

/** A copy of the built helper in a folder, where every user can read it. */
export function helperForEverybody(folder: string): string {
  chmodSync(folder, 0o755)
  const home = join(folder, 'program')
  mkdirSync(home)
  cpSync(join(helperScript(), '..'), join(home, 'helper'), { recursive: true })
  for (const name of ['koffi', '@koromix']) {
    cpSync(join(root, 'node_modules', name), join(home, 'node_modules', name), { recursive: true })
  }
  return join(home, 'helper/index.js')
}

/** A running engine. */
export interface LiveEngine {
  readonly client: EngineClient
  readonly service: EngineService
  /** Every live.changed so far. */
  readonly told: LiveCapture[]
}

/** Starts one over `folder`: settings, and temporary captures in `folder`/captures. */
export function startLiveEngine(folder: string, startHelper: StartHelper = (stdin) => spawnHelper(helperScript(), stdin)): LiveEngine {
  const live = createLiveHost({
    startHelper,
    folder: join(folder, 'captures'),
    application: 'Wireglass test',
    system: { platform: 'linux', user: 'ada', dumpcap: undefined, node: '/usr/bin/node', packages: 'apt-get' },
  })
  const service = createEngineService(
    createNodePorts({
      kind: 'browser',
      version: 'test',
      samplesFolder: '',
      configFolder: folder,
      live,
      programs: createPrograms(join(folder, 'keys')),
    }).ports,
  )
  const client = connectEngine(service)
  const told: LiveCapture[] = []
  client.on('live.changed', (state) => told.push(state))
  return { client, service, told }
}

/** A capture on the loopback of what goes to a UDP port. */
export function loopback(filter: string, changes: Partial<LiveRequest> = {}): LiveRequest {
  const one = { name: 'lo', filter, promiscuous: true, monitor: false, snapLength: 262_144, bufferMiB: 8, linkType: '' }
  return { interfaces: [one], path: '', overwrite: false, stop: {}, backend: 'auto', ...changes }
}

/** Sends datagrams over the loopback; each begins with its number. */
export async function sendDatagrams(port: number, count: number, size = 100, from = 0): Promise<void> {
  const receiver = createSocket('udp4')
  await new Promise<void>((done) => receiver.bind(port, '127.0.0.1', done))
  const socket = createSocket('udp4')
  // a port that the system chooses may be a protocol's
  await new Promise<void>((done) => socket.bind(port + 4500, '127.0.0.1', done))
  for (let index = from; index < from + count; index++) {
    const bytes = Buffer.alloc(size)
    bytes.writeUInt32BE(index)
    await new Promise((done) => socket.send(bytes, port, '127.0.0.1', done))
  }
  socket.close()
  receiver.close()
}

/** Waits until something is so; fails after 15 s with what was waited for. */
export async function until<T>(what: string, look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (const end = Date.now() + 15_000; Date.now() < end;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    await new Promise((done) => setTimeout(done, 20))
  }
  throw new Error(`waited in vain until ${what}`)
}
