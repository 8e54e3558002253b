// A double of the part of Electron that the desktop host uses, with Electron's own rules (what may be called before or after 'ready', what is
// destroyed when), so that tests of main run without Electron's binary. Use: vi.mock('electron', () => import('…/electron-double')).
import { EventEmitter } from 'node:events'
import { app, state } from './application'
import { BrowserWindow, contentsCreated, type Bounds, type WebContents } from './window'

export { app, state } from './application'
export { BrowserWindow, WebContents } from './window'

BrowserWindow.isReady = () => app.isReady()
contentsCreated.on('created', (contents: WebContents) => app.emit('web-contents-created', {}, contents))

type Answer = (request: Request) => Promise<Response> | Response
type RequestFilter = (details: { url: string }, callback: (answer: { cancel?: boolean }) => void) => void

class Protocol {
  readonly handlers = new Map<string, Answer>()
  privileged: { scheme: string; privileges: Record<string, boolean> }[] = []
  registerSchemesAsPrivileged(schemes: { scheme: string; privileges: Record<string, boolean> }[]): void {
    if (state.ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    this.privileged = schemes
  }
  handle(scheme: string, handler: Answer): void {
    if (!state.ready) throw new Error('Session can only be received when app is ready')
    if (this.handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
    this.handlers.set(scheme, handler)
  }
}

class FakeSession extends EventEmitter {
  readonly protocol = protocol
  permissionRequest: ((contents: unknown, permission: string, callback: (granted: boolean) => void) => void) | undefined
  permissionCheck: (() => boolean) | undefined
  devicePermission: (() => boolean) | undefined
  requestFilter: RequestFilter | undefined
  setPermissionRequestHandler(handler: FakeSession['permissionRequest']): void {
    this.permissionRequest = handler
  }
  setPermissionCheckHandler(handler: () => boolean): void {
    this.permissionCheck = handler
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.devicePermission = handler
  }
  readonly webRequest = {
    onBeforeRequest: (filter: RequestFilter): void => {
      this.requestFilter = filter
    },
  }
}

export const protocol = new Protocol()
let defaultSession = new FakeSession()
export const session = {
  get defaultSession(): FakeSession {
    if (!state.ready) throw new Error('Session can only be received when app is ready')
    return defaultSession
  },
}

export const ipcMain = new EventEmitter()

/** Addresses that were handed to the operating system. */
export const openedExternally: string[] = []
export const shell = {
  openExternal(url: string): Promise<void> {
    openedExternally.push(url)
    return Promise.resolve()
  },
}

/** What the user will answer, and what was asked. */
export const dialogScript = {
  open: { canceled: true, filePaths: [] as string[] },
  save: { canceled: true, filePath: '' },
  asked: [] as { kind: string; window: unknown; options: Record<string, unknown> }[],
  fail: false,
}
function ask<T>(kind: string, args: unknown[], answer: T): Promise<T> {
  const options = args.at(-1) as Record<string, unknown>
  dialogScript.asked.push({ kind, window: args.length > 1 ? args[0] : undefined, options })
  return dialogScript.fail ? Promise.reject(new Error('no display')) : Promise.resolve(answer)
}
export const dialog = {
  showOpenDialog: (...args: unknown[]) => ask('open', args, dialogScript.open),
  showSaveDialog: (...args: unknown[]) => ask('save', args, dialogScript.save),
}

/** One item of a menu template. */
export interface MenuItem {
  id?: string
  label?: string
  role?: string
  type?: string
  accelerator?: string
  registerAccelerator?: boolean
  click?: () => void
  submenu?: MenuItem[]
}
export class Menu {
  static current: Menu | undefined
  readonly items: MenuItem[]
  constructor(items: MenuItem[]) {
    this.items = items
  }
  static buildFromTemplate(items: MenuItem[]): Menu {
    for (const item of items) {
      if (item.type !== 'separator' && item.role === undefined && item.label === undefined)
        throw new TypeError('Invalid template for MenuItem')
      if (
        item.accelerator !== undefined &&
        !/^((CmdOrCtrl|Ctrl|Alt|Shift)\+)*([A-Z]|[,./]|F\d+|Left|Right|Up|Down|Home|End)$/.test(item.accelerator)
      ) {
        throw new TypeError(`conversion failure from ${item.accelerator}`)
      }
      if (item.submenu !== undefined) Menu.buildFromTemplate(item.submenu)
    }
    return new Menu(items)
  }
  static setApplicationMenu(menu: Menu): void {
    Menu.current = menu
  }
}

/** Displays that exist. */
export const displays: { workArea: Bounds }[] = [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }]
export const screen = {
  getAllDisplays(): { workArea: Bounds }[] {
    if (!state.ready) throw new Error("The 'screen' module can't be used before the app 'ready' event")
    return displays
  },
}

export class MessageChannelMain {
  readonly port1 = { name: 'port1' }
  readonly port2 = { name: 'port2' }
}

export class UtilityProcess extends EventEmitter {
  readonly posted: { message: unknown; ports: readonly unknown[] }[] = []
  killed = false
  readonly modulePath: string
  readonly options: Record<string, unknown>
  constructor(modulePath: string, options: Record<string, unknown>) {
    super()
    this.modulePath = modulePath
    this.options = options
  }
  postMessage(message: unknown, ports: readonly unknown[] = []): void {
    this.posted.push({ message, ports })
  }
  kill(): boolean {
    this.killed = true
    this.emit('exit', 0)
    return true
  }
}

/** Processes that were started. */
export const forked: UtilityProcess[] = []
export const utilityProcess = {
  fork(modulePath: string, _args: string[], options: Record<string, unknown>): UtilityProcess {
    if (!state.ready) throw new Error('utilityProcess cannot be created before app is ready.')
    const child = new UtilityProcess(modulePath, options)
    forked.push(child)
    return child
  },
}

/** A fresh Electron for the next test. */
export function resetElectron(): void {
  app.reset()
  ipcMain.removeAllListeners()
  protocol.handlers.clear()
  protocol.privileged = []
  defaultSession = new FakeSession()
  BrowserWindow.created.length = 0
  forked.length = 0
  openedExternally.length = 0
  Object.assign(dialogScript, { open: { canceled: true, filePaths: [] }, save: { canceled: true, filePath: '' }, asked: [], fail: false })
  Menu.current = undefined
}
