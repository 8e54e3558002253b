// The host's end of the capture helper: starts it, asks it, and notices when it is gone.
import { spawn, type ChildProcess } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { createInterface } from 'node:readline'
import { TraceError } from '../../shared/errors'
import type { HelperCall, HelperCalls, HelperMessage, HelperProblem, HelperQuestion } from '../capture-helper/messages'

/** Carries messages to one helper process and back. */
export interface HelperTransport {
  post(question: HelperQuestion): void
  /** Both are set once, before the first question. */
  listen(onMessage: (message: HelperMessage) => void, onGone: (reason: string) => void): void
  /** Lets the helper end by itself: it closes its file. */
  close(): void
}

/** Starts a helper process; with `stdin` it can read the host's standard input. */
export type StartHelper = (stdin: boolean) => HelperTransport

/** What the helper says without being asked. */
export type HelperEvent = Exclude<HelperMessage, { readonly type: 'answer' | 'failed' }>

/** A helper as its host sees it. */
export class HelperLink {
  private readonly transport: HelperTransport
  private readonly waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: TraceError) => void }>()
  private nextId = 1
  private gone: TraceError | undefined

  constructor(transport: HelperTransport, onEvent: (event: HelperEvent) => void, onGone: (error: TraceError) => void) {
    this.transport = transport
    transport.listen(
      (message) => {
        if (message.type !== 'answer' && message.type !== 'failed') {
          onEvent(message)
          return
        }
        const call = this.waiting.get(message.id)
        this.waiting.delete(message.id)
        if (message.type === 'answer') call?.resolve(message.result)
        else call?.reject(helperError(message.problem))
      },
      (reason) => {
        this.gone = new TraceError(
          'live/helper-stopped',
          `The capture helper stopped unexpectedly (${reason}). What it had written is kept.`,
        )
        for (const call of this.waiting.values()) call.reject(this.gone)
        this.waiting.clear()
        onGone(this.gone)
      },
    )
  }

  /** Asks; rejects with TraceError. */
  call<C extends HelperCall>(call: C, params: HelperCalls[C]['params']): Promise<HelperCalls[C]['result']> {
    if (this.gone !== undefined) return Promise.reject(this.gone)
    return new Promise((resolve, reject) => {
      const id = this.nextId++
      // The helper answers a call with its own result: both are built from the same table.
      this.waiting.set(id, { resolve: resolve as (result: unknown) => void, reject })
      this.transport.post({ id, call, params })
    })
  }

  close(): void {
    this.transport.close()
  }
}

/** The helper's problem as an error; the system's own words follow the message. */
export function helperError({ code, message, details }: HelperProblem): TraceError {
  const more = details !== undefined && details !== '' && !message.includes(details) ? ` (${details})` : ''
  return new TraceError(code, `${message}${more}`)
}

/** A copy of Node with the capture capability, made as the permission doctor tells; without one the host's own Node runs the helper. */
export const CAPABLE_NODE = '/usr/local/lib/wireglass/wireglass-capture'

/** Whether it is there and this user, with the groups of this process, may run it. */
function mayRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Starts the helper as a child process that speaks JSON lines. `stdin` is passed on as descriptor 3. */
export function spawnHelper(script: string, stdin = false): HelperTransport {
  const node = process.platform === 'linux' && mayRun(CAPABLE_NODE) ? CAPABLE_NODE : process.execPath
  return overPipes(spawn(node, [script], { stdio: ['pipe', 'pipe', 'inherit', stdin ? 0 : 'ignore'] }))
}

/** A helper process whose standard input and output are pipes, however it was started. */
export function overPipes(child: ChildProcess): HelperTransport {
  const { stdin: questions, stdout: answers } = child
  if (questions === null || answers === null) throw new TraceError('live/helper-stopped', 'The capture helper has no pipes.')
  let closing = false
  return {
    post(question) {
      questions.write(`${JSON.stringify(question)}\n`)
    },
    listen(onMessage, onGone) {
      // A helper that died cannot be written to; that it is gone is told by its exit.
      questions.on('error', () => undefined)
      createInterface({ input: answers }).on('line', (line) => {
        onMessage(JSON.parse(line) as HelperMessage)
      })
      child.on('error', (error) => {
        onGone(error.message)
      })
      child.on('close', (code, signal) => {
        if (!closing) onGone(signal ?? `exit code ${code}`)
      })
    },
    close() {
      closing = true
      questions.end()
    },
  }
}
