import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { FromEngine, ToEngine } from '../../../src/main/engine-process/messages'
import type { ServerMessage } from '../../../src/shared/contract'
import { createClient, type EngineClient } from '../../../src/shared/rpc/client'
import { arpRequest, pcapFile } from '../../support/pcap-builder'

/** Electron's MessagePortMain as the engine process sees it: messages wait until start(). */
class Port extends EventEmitter {
  started = false
  readonly posted: unknown[] = []
  onPost: (text: unknown) => void = () => undefined
  postMessage(message: unknown): void {
    this.posted.push(message)
    this.onPost(message)
  }
  start(): void {
    this.started = true
  }
  close(): void {
    this.emit('close')
  }
  /** Test: the page sends. */
  receive(data: unknown): void {
    if (!this.started) throw new Error('the port was not started')
    this.emit('message', { data, ports: [] })
  }
}

class ParentPort extends EventEmitter {
  readonly posted: FromEngine[] = []
  postMessage(message: FromEngine): void {
    this.posted.push(message)
  }
  receive(data: ToEngine, ports: Port[] = []): void {
    this.emit('message', { data, ports })
  }
}

let folder: string
const parent = new ParentPort()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wireglass-test-'))
  writeFileSync(join(folder, 'a.pcap'), pcapFile([{ bytes: arpRequest(1, 2) }]))
  vi.stubEnv('WIREGLASS_CONFIG_DIR', join(folder, 'config'))
  Object.assign(process, { parentPort: parent })
  await import('../../../src/main/engine-process/index')
  parent.receive({
    type: 'start',
    settings: { version: '1.2.3', samplesFolder: '', files: [join(folder, 'a.pcap')], restartedAfter: 'exit code 139' },
  })
})
afterAll(() => {
  Reflect.deleteProperty(process, 'parentPort')
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

function openPage(): { client: EngineClient; port: Port } {
  const port = new Port()
  parent.receive({ type: 'page' }, [port])
  const client = createClient({
    send: (message) => {
      port.receive(JSON.stringify(message))
    },
    onMessage: (handler) =>
      (port.onPost = (text) => {
        handler(JSON.parse(String(text)) as ServerMessage)
      }),
    onClose: () => undefined,
    close: () => {
      port.emit('close')
    },
  })
  return { client, port }
}

describe('the engine process of the desktop', () => {
  it('serves a page over its port, knows the files it was started with and why it was started again', async () => {
    const { client } = openPage()
    expect(await client.call('host.info', {})).toMatchObject({
      kind: 'desktop',
      version: '1.2.3',
      nativeDialogs: true,
      opened: [{ name: 'a.pcap', packets: 1 }],
      problems: [{ code: 'host/engine-stopped', message: expect.stringContaining('exit code 139') }],
    })
  })

  it('asks main for dialogs and matches the answers, whatever their order', async () => {
    const { client } = openPage()
    const open = client.call('host.openDialog', {})
    const save = client.call('host.saveDialog', { suggestedName: 'x.pcapng', format: 'pcapng' })
    await expect.poll(() => parent.posted.length).toBe(2)
    const [first, second] = parent.posted
    expect([first, second]).toMatchObject([{ type: 'open-dialog' }, { type: 'save-dialog', suggestedName: 'x.pcapng', format: 'pcapng' }])
    parent.receive({ type: 'dialog-result', id: second?.id ?? 0, path: '/tmp/y.pcapng' })
    parent.receive({ type: 'dialog-result', id: 999, path: '/tmp/nobody' })
    parent.receive({ type: 'dialog-result', id: first?.id ?? 0, path: null })
    expect([await open, await save]).toEqual([{ path: null }, { path: '/tmp/y.pcapng' }])
  })

  it('passes commands and files on to every page', async () => {
    const pages = [openPage(), openPage()]
    const heard: string[] = []
    for (const { client } of pages) {
      client.on('host.command', ({ command }) => heard.push(command))
      client.on('capture.opened', ({ name }) => heard.push(name))
    }
    parent.receive({ type: 'command', command: 'file.open' })
    parent.receive({ type: 'open', files: [join(folder, 'a.pcap')] })
    await expect.poll(() => heard).toEqual(['file.open', 'file.open', 'a.pcap', 'a.pcap'])
  })

  it('is not disturbed by nonsense on a port', async () => {
    const { client, port } = openPage()
    for (const data of [undefined, null, 5, '{', '[]', '{"type":"call"}', { type: 'call' }]) port.receive(data)
    expect((await client.call('files.samples', {})).samples).toEqual([])
  })
})

describe('the capture helper', () => {
  const helperAsked = (): number => {
    const asked = parent.posted.findLast((message) => message.type === 'start-helper')
    if (asked?.type !== 'start-helper') throw new Error('no helper was asked for')
    return asked.id
  }

  it('is asked of main, and questions wait for its port', async () => {
    const { client } = openPage()
    const answer = client.call('live.checkFilter', { filter: 'tcp', linkType: '' })
    await vi.waitFor(helperAsked)
    const port = new Port()
    port.onPost = (question) => {
      port.receive({ type: 'answer', id: (question as { id: number }).id, result: { problem: 'as the helper says' } })
    }
    parent.receive({ type: 'helper', id: helperAsked() }, [port])
    expect(await answer).toEqual({ problem: 'as the helper says' })
  })

  it('is missed when its process ends, and asked for again', async () => {
    const { client } = openPage()
    const before = helperAsked()
    const answer = client.call('live.diagnose', {}).catch((error: unknown) => error)
    await vi.waitFor(() => {
      expect(helperAsked()).toBeGreaterThan(before)
    })
    const port = new Port()
    parent.receive({ type: 'helper', id: helperAsked() }, [port])
    port.emit('close')
    expect(await answer).toMatchObject({ code: 'live/helper-stopped' })
  })
})
