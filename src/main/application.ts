// The desktop host's life: one instance, one window, one engine.
import { join } from 'node:path'
import { app, ipcMain, session, type BrowserWindow, type IpcMainEvent } from 'electron'
import type { DocumentStore } from '../engine/service'
import { APP_ORIGIN, isAppUrl, registerAppScheme, serveAppProtocol } from './app-protocol'
import { CONNECT_CHANNEL } from './channels'
import { askForCapture, askWhereToSave } from './dialogs'
import { startEngine, type Engine } from './engine'
import { fileArguments } from './file-arguments'
import { installMenus, menuLanguage } from './menu'
import { lockAllContents, lockSession } from './security'
import { openMainWindow } from './window'

/** Where things are. */
export interface ApplicationPaths {
  /** Folder of the built files: main/, preload/ and renderer/ are in it. */
  readonly out: string
  readonly samples: string
  readonly icon: string | undefined
}

/** Runs the application. Resolves when the window is open, or at once in an instance that hands its files to the first one. */
export async function runApplication(paths: ApplicationPaths, documents: DocumentStore): Promise<void> {
  const skip = app.isPackaged ? 1 : 2
  if (!app.requestSingleInstanceLock()) {
    // The first instance receives our arguments with its event second-instance.
    app.quit()
    return
  }
  let engine: Engine | undefined = undefined
  let window: BrowserWindow | undefined
  const early: string[] = fileArguments(process.argv, skip, process.cwd())

  const open = (files: readonly string[]): void => {
    if (engine === undefined) early.push(...files)
    else engine.open(files)
  }
  const show = (): void => {
    if (!app.isReady()) return
    if (window === undefined) {
      const opened = openMainWindow(join(paths.out, 'preload', 'index.cjs'), documents, paths.icon)
      opened.on('closed', () => (window = undefined))
      window = opened
      return
    }
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  registerAppScheme()
  app.enableSandbox()
  lockAllContents()
  app.on('open-file', (event, path) => {
    event.preventDefault()
    open([path])
    show()
  })
  app.on('second-instance', (_event, args, folder) => {
    open(fileArguments(args, skip, folder))
    show()
  })
  app.on('activate', show)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('will-quit', () => engine?.stop())
  ipcMain.on(CONNECT_CHANNEL, (event) => {
    if (isOurPage(event, window)) engine?.connect(event.sender)
  })

  await app.whenReady()
  lockSession(session.defaultSession)
  serveAppProtocol(session.defaultSession, join(paths.out, 'renderer'))
  engine = startEngine({
    modulePath: join(paths.out, 'main', 'engine-process.js'),
    helperPath: join(paths.out, 'helper', 'index.js'),
    version: app.getVersion(),
    samplesFolder: paths.samples,
    files: early.splice(0),
    openDialog: () => askForCapture(window),
    saveDialog: (suggestedName, format) => askWhereToSave(window, suggestedName, format),
  })
  const started = engine
  installMenus(chosenLanguage(documents), (command) => {
    started.command(command)
  })
  show()
}

/** Only the main frame of our own window, showing our own page, gets a port. */
function isOurPage(event: IpcMainEvent, window: BrowserWindow | undefined): boolean {
  const frame = event.senderFrame
  return (
    window !== undefined &&
    frame !== null &&
    event.sender === window.webContents &&
    frame === event.sender.mainFrame &&
    isAppUrl(frame.url) &&
    frame.url.startsWith(`${APP_ORIGIN}/`)
  )
}

/** The language of the interface's settings, or the system's. */
function chosenLanguage(documents: DocumentStore): 'en' | 'zh' {
  try {
    const settings: unknown = JSON.parse(documents.read('settings.json') ?? '{}')
    const language = typeof settings === 'object' && settings !== null && 'language' in settings ? settings.language : 'system'
    if (language === 'en' || language === 'zh') return language
  } catch {
    // Damaged settings: the system's language will do.
  }
  return menuLanguage(app.getLocale())
}
