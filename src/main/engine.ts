// Starts the engine's utility process, joins the page to it, and starts it again when it dies.
import { MessageChannelMain, utilityProcess, type UtilityProcess, type WebContents } from 'electron'
import type { HostCommand } from '../shared/contract'
import { ENGINE_STOPPED_CHANNEL, PORT_CHANNEL } from './channels'
import type { FromEngine, ToEngine } from './engine-process/messages'

/** Crashes within the window after which the engine is not started again. */
const MAX_CRASHES = 5
const CRASH_WINDOW_MS = 60_000

/** Options of startEngine. */
export interface EngineOptions {
  /** The built entry of the engine process. */
  readonly modulePath: string
  /** The built entry of the capture helper. */
  readonly helperPath: string
  readonly version: string
  readonly samplesFolder: string
  readonly files: readonly string[]
  readonly openDialog: () => Promise<string | null>
  readonly saveDialog: (suggestedName: string, format: string) => Promise<string | null>
  readonly now?: () => number
}

/** The engine as main sees it. */
export interface Engine {
  /** Gives a page a port to the engine. */
  connect(page: WebContents): void
  /** Opens files that came from outside the page. */
  open(files: readonly string[]): void
  command(command: HostCommand): void
  stop(): void
}

/** Starts the engine. Call when the application is ready. */
export function startEngine(options: EngineOptions): Engine {
  const now = options.now ?? Date.now
  const pages = new Set<WebContents>()
  const crashes: number[] = []
  let stopping = false
  let child: UtilityProcess | undefined

  const post = (message: ToEngine, ports: Electron.MessagePortMain[] = []): void => {
    child?.postMessage(message, ports)
  }

  const start = (files: readonly string[], restartedAfter: string): void => {
    const started = utilityProcess.fork(options.modulePath, [], {
      serviceName: 'Wireglass engine',
      stdio: 'ignore',
      env: engineEnvironment(),
    })
    child = started
    started.on('message', (message: FromEngine) => {
      if (message.type === 'start-helper') startHelper(message.id)
      else void answer(message)
    })
    started.on('exit', (code) => {
      if (child !== started) return
      child = undefined
      if (!stopping) crashed(code)
    })
    post({ type: 'start', settings: { version: options.version, samplesFolder: options.samplesFolder, files, restartedAfter } })
  }

  /** A process of its own, joined to the engine alone: when either end goes away, the other notices. */
  const startHelper = (id: number): void => {
    const { port1, port2 } = new MessageChannelMain()
    const helper = utilityProcess.fork(options.helperPath, [], {
      serviceName: 'Wireglass capture helper',
      stdio: 'ignore',
      env: engineEnvironment(),
    })
    helper.postMessage({ type: 'engine' }, [port1])
    post({ type: 'helper', id }, [port2])
  }

  const answer = async (message: Exclude<FromEngine, { type: 'start-helper' }>): Promise<void> => {
    const asked = child
    const choose = message.type === 'open-dialog' ? options.openDialog() : options.saveDialog(message.suggestedName, message.format)
    // A dialog that cannot be shown counts as cancelled.
    const path = await choose.catch(() => null)
    if (child === asked) post({ type: 'dialog-result', id: message.id, path })
  }

  const crashed = (code: number): void => {
    const time = now()
    crashes.push(time)
    const restarted = crashes.filter((crash) => time - crash < CRASH_WINDOW_MS).length <= MAX_CRASHES
    const reason = `exit code ${code}`
    // The files are not opened again by themselves: one of them may be what it died of.
    if (restarted) start([], reason)
    const message = restarted
      ? `The engine stopped unexpectedly (${reason}) and was started again. Open the capture once more; the files themselves are untouched.`
      : `The engine stopped unexpectedly ${MAX_CRASHES + 1} times within a minute (${reason}). Start Wireglass again.`
    for (const page of pages) if (!page.isDestroyed()) page.send(ENGINE_STOPPED_CHANNEL, { message, restarted })
  }

  start(options.files, '')

  return {
    connect(page) {
      if (!pages.has(page)) {
        pages.add(page)
        page.once('destroyed', () => pages.delete(page))
      }
      if (child === undefined) return
      const { port1, port2 } = new MessageChannelMain()
      post({ type: 'page' }, [port1])
      page.postMessage(PORT_CHANNEL, null, [port2])
    },
    open(files) {
      if (files.length > 0) post({ type: 'open', files })
    },
    command(command) {
      post({ type: 'command', command })
    },
    stop() {
      stopping = true
      child?.kill()
    },
  }
}

/** The engine needs to know where folders are and which zone the user is in; nothing else of the environment. */
function engineEnvironment(): Record<string, string> {
  const kept = [
    'HOME',
    'USERPROFILE',
    'APPDATA',
    'LOCALAPPDATA',
    'XDG_CONFIG_HOME',
    'XDG_STATE_HOME',
    'TMPDIR',
    'TEMP',
    'TMP',
    'TZ',
    'LANG',
    'LC_ALL',
    'SystemRoot',
    'WIREGLASS_CONFIG_DIR',
  ]
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))
}
