// The browser host as it ships: bundled, started as a process, spoken to over a real WebSocket.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Channel, ClientMessage, ServerMessage } from '../../../src/shared/contract'
import { createClient, type EngineClient } from '../../../src/shared/rpc/client'
import { RPC_PATH, rpcProtocols } from '../../../src/shared/rpc/websocket'
import { arpRequest, pcapFile, udpDatagram } from '../../support/pcap-builder'

const root = resolve(import.meta.dirname, '../../..')
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wireglass-test-'))
  await build({
    configFile: join(root, 'vite.node.config.ts'),
    mode: 'server',
    logLevel: 'error',
    build: { outDir: join(folder, 'out', 'server') },
  })
  mkdirSync(join(folder, 'out', 'renderer'))
  writeFileSync(join(folder, 'out', 'renderer', 'index.html'), '<title>page</title>')
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(
    join(folder, 'a.pcap'),
    pcapFile([{ bytes: arpRequest(1, 2) }, { bytes: udpDatagram(1, 2, 9, new Uint8Array(4)), seconds: 1 }]),
  )
}, 120_000)
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

interface Host {
  readonly child: ChildProcessWithoutNullStreams
  readonly output: () => string
  readonly errors: () => string
  readonly exit: Promise<number | null>
}

function startHost(args: readonly string[]): Host {
  const env = { ...process.env, WIREGLASS_CONFIG_DIR: join(folder, 'config'), DISPLAY: '', WAYLAND_DISPLAY: '' }
  const child = spawn(process.execPath, [join(folder, 'out', 'server', 'index.js'), ...args], { cwd: folder, env })
  let output = ''
  let errors = ''
  child.stdout.on('data', (data) => (output += String(data)))
  child.stderr.on('data', (data) => (errors += String(data)))
  return { child, output: () => output, errors: () => errors, exit: new Promise((done) => child.on('close', done)) }
}

async function connect(host: Host): Promise<EngineClient> {
  await expect.poll(host.output, { timeout: 20_000 }).toContain('\n')
  const url = new URL(host.output().trim())
  const socket = new WebSocket(`ws://${url.host}${RPC_PATH}`, rpcProtocols(url.hash.slice('#token='.length)), { origin: url.origin })
  await new Promise((done, fail) => socket.on('open', done).on('error', fail))
  const channel: Channel<ClientMessage, ServerMessage> = {
    send: (message) => {
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
  }
  return createClient(channel)
}

describe('the browser host', () => {
  it('prints its address and nothing else, opens the files it was given, and ends when it is told', async () => {
    const host = startHost(['a.pcap', 'none.pcap'])
    const client = await connect(host)
    const info = await client.call('host.info', {})
    expect(info).toMatchObject({
      kind: 'browser',
      nativeDialogs: false,
      opened: [{ name: 'a.pcap', path: join(folder, 'a.pcap') }],
      problems: [{ code: 'io/not-found' }],
    })
    const captureId = info.opened[0]?.captureId ?? 0
    expect((await client.call('packet.get', { captureId, number: 1, resolveNames: false })).protocol).toBe('ARP')
    expect((await client.call('files.list', { path: folder, showAll: false })).entries.map(({ name }) => name)).toEqual([
      'config',
      'out',
      'a.pcap',
    ])
    await client.call('settings.set', { settings: { theme: 'light' } })
    await client.call('capture.save', {
      captureId,
      path: join(folder, 'b.pcapng'),
      format: 'pcapng',
      scope: { what: 'all' },
      keepComments: true,
      keepSecrets: false,
      overwrite: false,
    })
    await expect(
      client.call('capture.save', {
        captureId,
        path: join(folder, 'b.pcapng'),
        format: 'pcapng',
        scope: { what: 'all' },
        keepComments: true,
        keepSecrets: false,
        overwrite: false,
      }),
    ).rejects.toMatchObject({ code: 'io/exists' })
    const saved = await client.call('capture.open', { source: { kind: 'path', path: join(folder, 'b.pcapng') } })
    expect(saved.formatLabel).toContain('pcapng')
    const closed = new Promise<void>((done) => client.onClose(done))
    host.child.kill('SIGTERM')
    await closed
    expect(await host.exit).toBe(0)
    expect(host.output()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{32}\n$/)
    expect(host.errors()).toBe('')
  })

  it('opens what comes on standard input, and what a page sends in pieces', async () => {
    const host = startHost(['-'])
    host.child.stdin.end(pcapFile([{ bytes: arpRequest(1, 2) }]))
    const client = await connect(host)
    expect((await client.call('host.info', {})).opened).toMatchObject([{ name: 'standard input', path: null }])
    const bytes = Buffer.from(pcapFile([{ bytes: arpRequest(1, 2) }, { bytes: arpRequest(3, 4) }]))
    const { uploadId } = await client.call('files.uploadStart', { name: 'dropped.pcap', size: bytes.length })
    await client.call('files.uploadPiece', { uploadId, bytes: bytes.subarray(0, 30).toString('base64') })
    await client.call('files.uploadPiece', { uploadId, bytes: bytes.subarray(30).toString('base64') })
    expect(await client.call('capture.open', { source: { kind: 'upload', uploadId } })).toMatchObject({
      name: 'dropped.pcap',
      path: null,
      packets: 2,
    })
    client.close()
    host.child.kill('SIGINT')
    expect(await host.exit).toBe(0)
  })

  it('says what is wrong with its arguments, and with a port that is taken', async () => {
    const wrong = startHost(['--listen'])
    expect(await wrong.exit).toBe(1)
    expect(wrong.errors()).toContain('Unknown option --listen')
    const first = startHost([])
    await expect.poll(first.output, { timeout: 20_000 }).toContain('\n')
    const second = startHost(['--port', new URL(first.output().trim()).port])
    expect(await second.exit).toBe(1)
    expect(second.errors()).toContain('is in use')
    first.child.kill('SIGTERM')
    await first.exit
  })
})
