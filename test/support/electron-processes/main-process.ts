// Electron's main process as far as live capture needs it: main's own startEngine, with processes of Node in place of utility processes. The test that
// forked this is its page: what it sends goes over the page's port to the engine.
import { EventEmitter } from 'node:events'
import type { WebContents } from 'electron'
import { startEngine } from '../../../src/main/engine'
import type { MessagePortMain } from './electron'

/** The page: it gets its port from main. */
class Page extends EventEmitter {
  isDestroyed(): boolean {
    return false
  }
  send(): void {
    // Crashes of the engine are another test's.
  }
  postMessage(_channel: string, _message: unknown, [port]: readonly MessagePortMain[]): void {
    port?.on('message', ({ data }: { readonly data: unknown }) => process.send?.(data))
    process.on('message', (text) => port?.postMessage(text))
  }
}

const [modulePath = '', helperPath = ''] = process.argv.slice(2)
const engine = startEngine({
  modulePath,
  helperPath,
  version: 'test',
  samplesFolder: '',
  files: [],
  openDialog: () => Promise.resolve(null),
  saveDialog: () => Promise.resolve(null),
})
// What main calls of a page is all there.
engine.connect(new Page() as unknown as WebContents)
