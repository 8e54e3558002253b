// Electron's app, with its rules on what must happen before and after 'ready'.
import { EventEmitter } from 'node:events'
import { BrowserWindow } from './window'

/** The state that a test may set or look at; one for each test. */
export const state = {
  ready: false,
  packaged: true,
  locale: 'en-GB',
  /** False makes this the second instance. */
  firstInstance: true,
  quits: 0,
  sandboxEnforced: false,
}

class App extends EventEmitter {
  readonly name = 'Wireglass'
  private whenReadyWaiters: (() => void)[] = []

  get isPackaged(): boolean {
    return state.packaged
  }
  isReady(): boolean {
    return state.ready
  }
  whenReady(): Promise<void> {
    return state.ready ? Promise.resolve() : new Promise((resolve) => this.whenReadyWaiters.push(resolve))
  }
  requestSingleInstanceLock(): boolean {
    return state.firstInstance
  }
  enableSandbox(): void {
    if (state.ready) throw new Error('app.enableSandbox() can only be called before app is ready')
    state.sandboxEnforced = true
  }
  getVersion(): string {
    return '1.2.3'
  }
  getLocale(): string {
    if (!state.ready) return ''
    return state.locale
  }
  /** Closes every window; only when all agreed the application ends. */
  quit(): void {
    this.emit('before-quit', { preventDefault: () => undefined })
    for (const window of BrowserWindow.getAllWindows()) window.close()
    this.emit('will-quit', { preventDefault: () => undefined })
    state.quits += 1
  }

  /** Test: what the operating system does. */
  becomeReady(): void {
    state.ready = true
    this.emit('ready')
    for (const waiter of this.whenReadyWaiters.splice(0)) waiter()
  }
  /** Test: forgets listeners and state. */
  reset(): void {
    this.removeAllListeners()
    this.whenReadyWaiters = []
    Object.assign(state, { ready: false, packaged: true, locale: 'en-GB', firstInstance: true, quits: 0, sandboxEnforced: false })
  }
}

export const app = new App()
