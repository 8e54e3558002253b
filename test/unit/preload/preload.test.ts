import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CONNECT_CHANNEL, ENGINE_STOPPED_CHANNEL, PORT_CHANNEL } from '../../../src/main/channels'

class Renderer extends EventEmitter {
  readonly sent: unknown[][] = []
  send(...args: unknown[]): void {
    this.sent.push(args)
  }
}
const renderer = vi.hoisted(() => ({ current: undefined as Renderer | undefined }))
vi.mock('electron', () => ({
  get ipcRenderer() {
    return renderer.current
  },
}))

interface Posted {
  readonly message: unknown
  readonly origin: string
  readonly ports: readonly unknown[]
}
let listener: (event: { source: unknown; origin: string; data: unknown }) => void
let posted: Posted[]
let page: object

beforeEach(async () => {
  renderer.current = new Renderer()
  posted = []
  page = {
    addEventListener: (_type: string, handler: typeof listener) => (listener = handler),
    postMessage: (message: unknown, origin: string, ports: readonly unknown[] = []) => posted.push({ message, origin, ports }),
  }
  vi.stubGlobal('window', page)
  vi.stubGlobal('location', { origin: 'wireglass://app' })
  vi.resetModules()
  await import('../../../src/preload/index')
})
afterEach(() => {
  vi.unstubAllGlobals()
})

describe('the preload script', () => {
  it('asks for a port when the page is ready, and for nothing else that a page says', () => {
    for (const data of [null, 'wireglass-ready', { type: 'other' }, 7, {}]) listener({ source: page, origin: 'wireglass://app', data })
    listener({ source: {}, origin: 'wireglass://app', data: { type: 'wireglass-ready' } })
    listener({ source: page, origin: 'https://evil.example', data: { type: 'wireglass-ready' } })
    expect(renderer.current?.sent).toEqual([])
    listener({ source: page, origin: 'wireglass://app', data: { type: 'wireglass-ready' } })
    expect(renderer.current?.sent).toEqual([[CONNECT_CHANNEL]])
  })

  it('hands the port to the page alone', () => {
    renderer.current?.emit(PORT_CHANNEL, { ports: ['a port'] })
    expect(posted).toEqual([{ message: { type: 'wireglass-port' }, origin: 'wireglass://app', ports: ['a port'] }])
  })

  it('tells the page that the engine stopped', () => {
    renderer.current?.emit(ENGINE_STOPPED_CHANNEL, {}, { message: 'it stopped', restarted: true })
    expect(posted).toEqual([
      { message: { type: 'wireglass-engine-stopped', message: 'it stopped', restarted: true }, origin: 'wireglass://app', ports: [] },
    ])
  })
})
