// Capture helpers of the desktop: Electron's main process forks each of them and hands over a port, since this process cannot run Node scripts itself.
import { TraceError } from '../../shared/errors'
import type { HelperMessage, HelperQuestion } from '../../node/capture-helper/messages'
import type { StartHelper } from '../../node/live/helper-link'
import type { FromEngine } from './messages'

/** What is used of Electron's MessagePortMain. */
export interface HelperPort {
  postMessage(message: unknown): void
  on(event: 'message', handler: (event: { readonly data: unknown }) => void): unknown
  on(event: 'close', handler: () => void): unknown
  start(): void
  close(): void
}

/** Starts helpers, and where main's ports go. */
export interface HelperPorts {
  readonly start: StartHelper
  /** The port of a helper that was asked for. */
  attach(id: number, port: HelperPort): void
}

/** Makes them; `ask` sends a question to main. */
export function createHelperPorts(ask: (message: FromEngine) => void): HelperPorts {
  const waiting = new Map<number, (port: HelperPort) => void>()
  let nextId = 1
  return {
    start(stdin) {
      if (stdin) throw new TraceError('live/unsupported', 'The desktop program has no standard input to capture from. Use a named pipe.')
      const id = nextId++
      const early: HelperQuestion[] = []
      let port: HelperPort | undefined
      let closing = false
      ask({ type: 'start-helper', id })
      return {
        post(question) {
          if (port === undefined) early.push(question)
          else port.postMessage(question)
        },
        listen(onMessage, onGone) {
          waiting.set(id, (given) => {
            port = given
            given.on('message', ({ data }) => {
              // The helper is ours: both ends are built from the same table.
              onMessage(data as HelperMessage)
            })
            given.on('close', () => {
              if (!closing) onGone('its process ended')
            })
            given.start()
            for (const question of early) given.postMessage(question)
            if (closing) given.close()
          })
        },
        close() {
          closing = true
          port?.close()
        },
      }
    },
    attach(id, port) {
      const found = waiting.get(id)
      waiting.delete(id)
      if (found === undefined) port.close()
      else found(port)
    },
  }
}
