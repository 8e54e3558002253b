// Captures outlive crashes: the server, the engine's worker and the helper are killed at 20,000 packets a second; what was in the file is there afterwards.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { ClientMessage, ServerMessage } from '../../../src/shared/contract'
import { createClient, type EngineClient } from '../../../src/shared/rpc/client'
import { RPC_PATH, rpcProtocols } from '../../../src/shared/rpc/websocket'
import { captureInFullSwing, expectKept, expectWhole, helpersOf, type Swing } from '../../support/crashed-capture'
import { helperScript, loopback, until } from '../../support/live-engine'

const root = resolve(import.meta.dirname, '../../..')
const isRoot = process.platform === 'linux' && process.getuid?.() === 0
const skipped = isRoot ? '' : ' (skipped: capturing on the loopback needs root)'

let folder: string
let config: string
let nextPort = 46_400
const children: ChildProcess[] = []
const workers: Worker[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wireglass-crash-'))
  if (!isRoot) return
  helperScript()
  await build({
    configFile: join(root, 'vite.node.config.ts'),
    mode: 'server',
    logLevel: 'error',
    build: { outDir: join(folder, 'out', 'server') },
  })
  symlinkSync(join(root, 'out/helper'), join(folder, 'out', 'helper'))
  mkdirSync(join(folder, 'out', 'renderer'))
  writeFileSync(join(folder, 'out', 'renderer', 'index.html'), '<title>page</title>')
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
}, 120_000)
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  config = mkdtempSync(join(folder, 'config-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const worker of workers.splice(0)) await worker.terminate()
})

async function startHost(): Promise<{ client: EngineClient; child: ChildProcess }> {
  const env = { ...process.env, WIREGLASS_CONFIG_DIR: config }
  const child = spawn(process.execPath, [join(folder, 'out/server/index.js'), '--no-open'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const url = await new Promise<URL>((done) =>
    child.stdout.once('data', (data) => {
      done(new URL(String(data).trim()))
    }),
  )
  const socket = new WebSocket(`ws://${url.host}${RPC_PATH}`, rpcProtocols(url.hash.slice('#token='.length)), { origin: url.origin })
  await new Promise((done, fail) => socket.on('open', done).on('error', fail))
  const client = createClient({
    send: (message: ClientMessage) => {
      socket.send(JSON.stringify(message))
    },
    onMessage: (handler) =>
      socket.on('message', (data: Buffer) => {
        handler(JSON.parse(data.toString()) as ServerMessage)
      }),
    onClose: (handler) => socket.on('close', handler),
    close: () => {
      socket.close()
    },
  })
  return { client, child }
}

/** The engine's worker alone, as the server starts it. */
function startWorker(): { client: EngineClient; worker: Worker } {
  const worker = new Worker(join(folder, 'out/server/engine-worker.js'), {
    workerData: { files: [], restartedAfter: '' },
    env: { ...process.env, WIREGLASS_CONFIG_DIR: config },
  })
  workers.push(worker)
  const { port1, port2 } = new MessageChannel()
  worker.postMessage({ type: 'page', port: port2 }, [port2])
  return { client: overPort(port1), worker }
}

function overPort(port: MessagePort): EngineClient {
  return createClient({
    send: (message: ClientMessage) => {
      port.postMessage(JSON.stringify(message))
    },
    onMessage: (handler) =>
      port.on('message', (text: string) => {
        handler(JSON.parse(text) as ServerMessage)
      }),
    onClose: (handler) => port.on('close', handler),
    close: () => {
      port.close()
    },
  })
}

const inFullSwing = async (client: EngineClient): Promise<Swing> => {
  const swing = await captureInFullSwing(client, join(config, 'captures'), nextPort++)
  children.push(swing.sender)
  return swing
}

describe.skipIf(!isRoot)(`a capture at 20,000 packets a second${skipped}`, () => {
  it('is offered after the server was killed, and the helper ends with it', async () => {
    const { client, child } = await startHost()
    const { path } = await inFullSwing(client)
    expect(helpersOf(path)).toHaveLength(1)
    const { size } = statSync(path)
    child.kill('SIGKILL')
    await until('the helper has ended', () => helpersOf(path).length === 0)
    await expectKept((await startHost()).client, path, size)
  })

  it('is offered after the engine was ended, and the helper ends with it', async () => {
    const { client, worker } = startWorker()
    const { path } = await inFullSwing(client)
    const { size } = statSync(path)
    await worker.terminate()
    await until('the helper has ended', () => helpersOf(path).length === 0)
    await expectKept(startWorker().client, path, size)
  })

  it('stays open after the helper was killed, which is told', async () => {
    const { client } = startWorker()
    const { captureId, path } = await inFullSwing(client)
    const [helper = 0] = helpersOf(path)
    const { size } = statSync(path)
    process.kill(helper, 'SIGKILL')
    const live = await until('the end is told', async () => {
      const state = (await client.call('live.state', {})).live
      return state?.running === false && state
    })
    expect(live.problem).toMatchObject({
      code: 'live/helper-stopped',
      message: expect.stringContaining('What it had written is kept') as string,
    })
    const numbers = expectWhole(path, size)
    await until('all packets are indexed', async () => (await client.call('capture.info', { captureId })).packets === numbers.length)
    // Capturing goes on with another helper.
    expect((await client.call('live.start', loopback('udp port 9'))).live.running).toBe(true)
  })
})
