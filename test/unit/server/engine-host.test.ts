import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import {
  CLOSE_ENGINE_GONE,
  CLOSE_ENGINE_RESTARTED,
  createEngineHost,
  type EngineHost,
  type EngineWorker,
  type EngineWorkerData,
} from '../../../src/server/engine-host'
import { startHttpServer, type HttpServer } from '../../../src/server/http-server'
import { RPC_PATH, rpcProtocols } from '../../../src/shared/rpc/websocket'

/** A worker that answers each text with itself in brackets. */
class EchoWorker extends EventEmitter implements EngineWorker {
  terminated = false
  readonly ports: MessagePort[] = []
  postMessage({ port }: { port: MessagePort }): void {
    this.ports.push(port)
    port.on('message', (text: string) => {
      port.postMessage(`[${text}]`)
    })
  }
  terminate(): Promise<number> {
    this.terminated = true
    this.emit('exit', 1)
    return Promise.resolve(1)
  }
}

let host: EngineHost
let server: HttpServer
let folder: string
let workers: { worker: EchoWorker; data: EngineWorkerData }[]
let crashes: string[]

async function begin(): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'wireglass-test-'))
  workers = []
  crashes = []
  host = createEngineHost({
    files: ['/tmp/a.pcap'],
    start: (data) => {
      const worker = new EchoWorker()
      workers.push({ worker, data })
      return worker
    },
    onCrash: (reason) => crashes.push(reason),
  })
  server = await startHttpServer({
    root: folder,
    port: 0,
    onPage: (page) => {
      host.attach(page)
    },
  })
}
afterEach(async () => {
  await host.close()
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Page {
  readonly socket: WebSocket
  readonly received: string[]
  readonly closed: Promise<number>
}

async function openPage(): Promise<Page> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${RPC_PATH}`, rpcProtocols(server.token), {
    origin: `http://127.0.0.1:${server.port}`,
  })
  const received: string[] = []
  socket.on('message', (data: Buffer) => received.push(data.toString()))
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  await new Promise((resolve) => socket.on('open', resolve))
  return { socket, received, closed }
}

const current = (): EchoWorker => {
  const last = workers.at(-1)
  if (last === undefined) throw new Error('no worker')
  return last.worker
}

describe('the engine of the browser host', () => {
  it('gets the files of the command line, and every page its own line to it', async () => {
    await begin()
    expect(workers.map(({ data }) => data)).toEqual([{ files: ['/tmp/a.pcap'], restartedAfter: '' }])
    const [first, second] = [await openPage(), await openPage()]
    first.socket.send('one')
    second.socket.send('two')
    await expect.poll(() => [first.received, second.received]).toEqual([['[one]'], ['[two]']])
  })

  it('never sees binary messages', async () => {
    await begin()
    const page = await openPage()
    page.socket.send(Buffer.from([1, 2, 3]))
    expect(await page.closed).toBe(1003)
  })

  it('learns when a page goes away', async () => {
    await begin()
    const page = await openPage()
    await expect.poll(() => current().ports.length).toBe(1)
    const gone = new Promise((resolve) => current().ports[0]?.on('close', resolve))
    page.socket.close()
    await gone
  })

  it('is started again when it dies, the pages are told, and a page that connects again is served', async () => {
    await begin()
    const page = await openPage()
    current().emit('error', new Error('out of memory'))
    current().emit('exit', 1)
    expect(await page.closed).toBe(CLOSE_ENGINE_RESTARTED)
    expect(JSON.parse(page.received[0] ?? '')).toMatchObject({ type: 'event', event: 'host.engineStopped', payload: { restarted: true } })
    expect(page.received[0]).toContain('out of memory')
    expect(crashes).toEqual(['out of memory'])
    expect(workers.map(({ data }) => data)).toEqual([
      { files: ['/tmp/a.pcap'], restartedAfter: '' },
      { files: [], restartedAfter: 'out of memory' },
    ])
    const again = await openPage()
    again.socket.send('back')
    await expect.poll(() => again.received).toEqual(['[back]'])
  })

  it('is given up when it dies again and again', async () => {
    await begin()
    const page = await openPage()
    for (let count = 0; count < 5; count++) current().emit('exit', 134)
    expect(await page.closed).toBe(CLOSE_ENGINE_RESTARTED)
    const last = await openPage()
    current().emit('exit', 134)
    expect(await last.closed).toBe(CLOSE_ENGINE_GONE)
    expect(last.received[0]).toContain('Start Wireglass again')
    expect(workers).toHaveLength(6)
    expect(await (await openPage()).closed).toBe(CLOSE_ENGINE_GONE)
  })

  it('ends with the program without being taken for a crash', async () => {
    await begin()
    const page = await openPage()
    await host.close()
    expect(await page.closed).toBe(1001)
    expect(crashes).toEqual([])
    expect(workers).toHaveLength(1)
  })
})
