// The one window.
import { BrowserWindow } from 'electron'
import type { DocumentStore } from '../engine/service'
import { APP_ORIGIN } from './app-protocol'
import { keepWindowState, MIN_SIZE, readWindowState } from './window-state'

/** Opens the window with a sandboxed page; it is shown when there is something to see. */
export function openMainWindow(preload: string, documents: DocumentStore, icon: string | undefined): BrowserWindow {
  const { maximized, ...bounds } = readWindowState(documents)
  const window = new BrowserWindow({
    ...bounds,
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    title: 'Wireglass',
    backgroundColor: '#14161a',
    ...(icon === undefined ? {} : { icon }),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      enableWebSQL: false,
    },
  })
  keepWindowState(window, documents)
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  void window.loadURL(`${APP_ORIGIN}/`)
  return window
}
