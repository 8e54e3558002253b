// The engine's end of the RPC: validates every message, runs the method, answers exactly once, and never throws.
import type { z } from 'zod'
import {
  ClientMessage,
  METHODS,
  type Channel,
  type EventName,
  type EventPayload,
  type MethodName,
  type Result,
  type ServerMessage,
} from '../contract'
import { isTraceError, TraceError } from '../errors'
import { createCancelSource, type Cancel, type CancelSource } from './cancel'
import type { Progress } from './client'
import { toProblem } from './problem'

/** What a running method knows about its call. */
export interface CallContext {
  /** Triggers when the caller cancels or goes away. */
  readonly cancel: Cancel
  /** Tells the caller how far the call is; the method keeps the rate low (at most ten a second). */
  progress(progress: Progress): void
}

/** Parameters of a method as the service receives them: validated, defaults filled in. */
export type Arguments<M extends MethodName> = z.output<(typeof METHODS)[M]['params']>

/** An implementation of every method of the contract. */
export type ServiceMethods = {
  readonly [M in MethodName]: (params: Arguments<M>, context: CallContext) => Result<M> | Promise<Result<M>>
}

/** Sends one event to whoever listens. */
export type EventSink = <E extends EventName>(event: E, payload: EventPayload<E>) => void

/** What serve() needs of a service: its methods, and its events. */
export interface ServedEngine {
  readonly methods: ServiceMethods
  /** Adds a listener of all events; the returned function removes it. */
  subscribe(sink: EventSink): () => void
}

/** Something for the host's log: an internal error, or a message that was refused. */
export interface LogEntry {
  /** Appears in the message that the user sees. */
  readonly id: string
  readonly method: string
  readonly error: unknown
}

/** Options of serve(). */
export interface ServeOptions {
  readonly onLog: (entry: LogEntry) => void
  /** Also validate results against the contract; for tests, since results can be large. */
  readonly checkResults?: boolean
}

/** Calls that one client may have under way at once; more are refused with 'rpc/busy'. */
export const MAX_PENDING_CALLS = 256

let nextLogId = 1

/** Serves one client until its channel closes; then its calls are cancelled. The returned function stops serving. */
export function serve(channel: Channel<ServerMessage, ClientMessage>, engine: ServedEngine, options: ServeOptions): () => void {
  const pending = new Map<number, CancelSource>()
  let stopped = false

  const log = (method: string, error: unknown): string => {
    const id = `E${nextLogId++}`
    try {
      options.onLog({ id, method, error })
    } catch {
      // A broken log must not break the call.
    }
    return id
  }

  const send = (message: ServerMessage): boolean => {
    if (stopped) return false
    try {
      channel.send(message)
      return true
    } catch (error) {
      log(message.type, error)
      return false
    }
  }

  const fail = (id: number, method: string, error: unknown): void => {
    const known = isTraceError(error)
      ? error
      : new TraceError('internal', `Internal error in ${method} (log entry ${log(method, error)}). Please report it with the log.`)
    send({ type: 'error', id, error: toProblem(known) })
  }

  const run = async (id: number, name: string, params: unknown): Promise<void> => {
    const source = createCancelSource()
    pending.set(id, source)
    try {
      const method = methodNamed(name)
      const argument = validated(method, params)
      const context: CallContext = {
        cancel: source.cancel,
        progress(progress) {
          if (pending.get(id) === source && !source.cancel.aborted) send({ type: 'progress', id, progress: { ...progress } })
        },
      }
      const result: unknown = await invoke(engine.methods, method, argument, context)
      if (options.checkResults === true) METHODS[method].result.parse(result)
      pending.delete(id)
      if (!send({ type: 'result', id, result }) && !stopped) {
        fail(id, name, new TraceError('internal', `The result of ${name} could not be sent.`))
      }
    } catch (error) {
      pending.delete(id)
      fail(id, name, error)
    }
  }

  const stop = (): void => {
    if (stopped) return
    stopped = true
    unsubscribe()
    for (const source of pending.values()) source.abort()
  }

  const unsubscribe = engine.subscribe((event, payload) => {
    send({ type: 'event', event, payload })
  })
  channel.onClose(stop)
  channel.onMessage((raw) => {
    if (stopped) return
    try {
      const parsed = ClientMessage.safeParse(raw)
      if (!parsed.success) {
        refuse(raw, parsed.error)
        return
      }
      const message = parsed.data
      if (message.type === 'cancel') {
        pending.get(message.id)?.abort()
        return
      }
      if (pending.has(message.id)) {
        // Answering would settle the call that is under way with this id.
        log(message.method, new Error(`call id ${message.id} is in use`))
        return
      }
      if (pending.size >= MAX_PENDING_CALLS) {
        fail(
          message.id,
          message.method,
          new TraceError('rpc/busy', `More than ${MAX_PENDING_CALLS} calls are under way. Wait for some to finish.`),
        )
        return
      }
      void run(message.id, message.method, message.params)
    } catch (error) {
      // Reached only by values that structured clone or JSON cannot carry, such as objects with throwing getters.
      log('message', error)
    }
  })

  const refuse = (raw: unknown, error: z.ZodError): void => {
    const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined
    log('message', error)
    if (typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 && !pending.has(id)) {
      fail(id, 'message', new TraceError('rpc/bad-argument', `Not a message of this protocol: ${firstIssue(error)}.`))
    }
  }

  return stop
}

function methodNamed(name: string): MethodName {
  if (Object.hasOwn(METHODS, name)) return name as MethodName
  throw new TraceError('rpc/unknown-method', `There is no method "${name}". The page may be newer or older than the engine: reload it.`)
}

function validated<M extends MethodName>(method: M, params: unknown): Arguments<M> {
  const parsed = METHODS[method].params.safeParse(params)
  if (parsed.success) return parsed.data as Arguments<M>
  throw new TraceError('rpc/bad-argument', `${method}: ${firstIssue(parsed.error)}.`)
}

/** The one place where the relation between a method's name and its parameters is beyond the type checker. */
function invoke<M extends MethodName>(methods: ServiceMethods, method: M, params: Arguments<M>, context: CallContext): unknown {
  const implementation = methods[method] as (params: Arguments<M>, context: CallContext) => unknown
  return implementation.call(methods, params, context)
}

/** Names the argument and what is wrong with it. */
function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  if (issue === undefined) return 'invalid'
  const path = issue.path.map(String).join('.')
  return `${path === '' ? 'the parameters' : `argument "${path}"`}: ${issue.message}`
}
