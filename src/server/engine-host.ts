// Keeps the engine's worker running and joins each page's WebSocket to it. This thread only passes text on: it parses no message and no
// packet, so it answers however busy the engine is, and it survives the engine.
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { WebSocket } from 'ws'
import type { EventPayload, ServerMessage } from '../shared/contract'

/** The engine as this host needs it: something that takes ports and may end. A node:worker_threads Worker fits. */
export interface EngineWorker {
  postMessage(message: EngineWorkerMessage, transfer: readonly MessagePort[]): void
  on(event: 'error', handler: (error: unknown) => void): unknown
  on(event: 'exit', handler: (code: number) => void): unknown
  terminate(): Promise<number>
}

/** What is posted to the engine's worker: the port of one page; text messages of the RPC follow on it. */
export interface EngineWorkerMessage {
  readonly type: 'page'
  readonly port: MessagePort
}

/** What the engine's worker is started with. */
export interface EngineWorkerData {
  readonly files: readonly string[]
  /** Why an earlier engine ended, or '' for the first one. */
  readonly restartedAfter: string
}

/** Close code of a page's WebSocket when the engine died: connect again. */
export const CLOSE_ENGINE_RESTARTED = 4001
/** The same when it was not started again. */
export const CLOSE_ENGINE_GONE = 4002

/** Crashes within the window after which the engine is not started again. */
const MAX_CRASHES = 5
const CRASH_WINDOW_MS = 60_000

/** Options of createEngineHost. */
export interface EngineHostOptions {
  readonly files: readonly string[]
  readonly start: (data: EngineWorkerData) => EngineWorker
  readonly onCrash: (reason: string) => void
  readonly now?: () => number
}

/** The running engine and its pages. */
export interface EngineHost {
  /** Joins a page to the engine until either goes away. */
  attach(page: WebSocket): void
  close(): Promise<void>
}

/** Starts the engine and keeps it running: after a crash the pages are told and disconnected, and a new one without captures is started. */
export function createEngineHost(options: EngineHostOptions): EngineHost {
  const now = options.now ?? Date.now
  const pages = new Set<WebSocket>()
  const crashes: number[] = []
  let closing = false
  let worker: EngineWorker | undefined

  const start = (data: EngineWorkerData): void => {
    const started = options.start(data)
    let reason = ''
    started.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error)
    })
    started.on('exit', (code) => {
      if (worker === started) worker = undefined
      if (!closing) crashed(reason === '' ? `exit code ${code}` : reason)
    })
    worker = started
  }

  const crashed = (reason: string): void => {
    options.onCrash(reason)
    const time = now()
    crashes.push(time)
    const restarted = crashes.filter((crash) => time - crash < CRASH_WINDOW_MS).length <= MAX_CRASHES
    tellPages(reason, restarted)
    // The files are not opened again by themselves: one of them may be what it died of.
    if (restarted) start({ files: [], restartedAfter: reason })
  }

  const tellPages = (reason: string, restarted: boolean): void => {
    const payload: EventPayload<'host.engineStopped'> = {
      message: restarted
        ? `The engine stopped unexpectedly (${reason}) and was started again. Open the capture once more; the files themselves are untouched.`
        : `The engine stopped unexpectedly ${MAX_CRASHES + 1} times within a minute (${reason}). Start Wireglass again.`,
      restarted,
    }
    const event: ServerMessage = { type: 'event', event: 'host.engineStopped', payload }
    for (const page of pages) {
      page.send(JSON.stringify(event))
      page.close(restarted ? CLOSE_ENGINE_RESTARTED : CLOSE_ENGINE_GONE, 'engine stopped')
    }
    pages.clear()
  }

  start({ files: options.files, restartedAfter: '' })

  return {
    attach(page) {
      if (worker === undefined) {
        page.close(CLOSE_ENGINE_GONE, 'engine stopped')
        return
      }
      const { port1, port2 } = new MessageChannel()
      pages.add(page)
      page.on('message', (data, isBinary) => {
        // The protocol is text; a single Buffer is ws's form of it unless fragments are asked for.
        if (isBinary || !Buffer.isBuffer(data)) page.close(1003, 'text only')
        else port1.postMessage(data.toString('utf8'))
      })
      page.on('close', () => {
        pages.delete(page)
        port1.close()
      })
      port1.on('message', (text: unknown) => {
        if (typeof text === 'string' && page.readyState === page.OPEN) page.send(text)
      })
      worker.postMessage({ type: 'page', port: port2 }, [port2])
    },
    async close() {
      closing = true
      for (const page of pages) page.close(1001, 'the program ends')
      await worker?.terminate()
    },
  }
}
