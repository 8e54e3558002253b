// BrowserWindow and WebContents as far as the desktop host uses them.
import { EventEmitter } from 'node:events'

/** A rectangle in screen coordinates. */
export interface Bounds {
  x: number
  y: number
  width: number
  height: number
}

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' }

interface Frame {
  url: string
}

/** Something with a method like emit; broken out because app and BrowserWindow need each other. */
export const contentsCreated = new EventEmitter()

export class WebContents extends EventEmitter {
  readonly mainFrame: Frame = { url: 'about:blank' }
  readonly sent: { channel: string; message: unknown; ports: readonly unknown[] }[] = []
  private openHandler: OpenHandler = () => ({ action: 'allow' })
  private destroyed = false

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }
  send(channel: string, ...messages: unknown[]): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed')
    this.sent.push({ channel, message: messages[0], ports: [] })
  }
  postMessage(channel: string, message: unknown, ports: readonly unknown[] = []): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed')
    this.sent.push({ channel, message, ports })
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  destroy(): void {
    this.destroyed = true
    this.emit('destroyed')
  }

  /** Test: the page tries to go elsewhere; answers whether it got there. */
  tryEvent(event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview', url: string): boolean {
    let allowed = true
    this.emit(event, { url, preventDefault: () => (allowed = false) })
    return allowed
  }
  /** Test: the page calls window.open; answers whether a window opens. */
  tryOpen(url: string): boolean {
    return this.openHandler({ url }).action === 'allow'
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly created: BrowserWindow[] = []
  /** Set by the double of app. */
  static isReady: () => boolean = () => true
  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.created.filter((window) => !window.closed)
  }

  readonly webContents = new WebContents()
  readonly loaded: string[] = []
  readonly calls: string[] = []
  readonly options: Record<string, unknown>
  bounds: Bounds
  maximized = false
  minimized = false
  closed = false

  constructor(options: Record<string, unknown>) {
    super()
    if (!BrowserWindow.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    this.options = options
    this.bounds = { x: 10, y: 20, width: Number(options['width']), height: Number(options['height']) }
    BrowserWindow.created.push(this)
    contentsCreated.emit('created', this.webContents)
  }
  loadURL(url: string): Promise<void> {
    this.loaded.push(url)
    this.webContents.mainFrame.url = url
    return Promise.resolve()
  }
  getNormalBounds(): Bounds {
    return this.bounds
  }
  isMaximized(): boolean {
    return this.maximized
  }
  isMinimized(): boolean {
    return this.minimized
  }
  maximize(): void {
    this.maximized = true
  }
  restore(): void {
    this.minimized = false
    this.calls.push('restore')
  }
  show(): void {
    this.calls.push('show')
  }
  focus(): void {
    this.calls.push('focus')
  }
  close(): void {
    if (this.closed) return
    this.emit('close', { preventDefault: () => undefined })
    this.closed = true
    this.webContents.destroy()
    this.emit('closed')
  }
}
