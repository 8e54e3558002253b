// The interface's end of the RPC: typed calls with progress and cancellation, and events. One client per channel, any transport.
import type { Channel, ClientMessage, EventName, EventPayload, MethodName, Params, Problem, Result, ServerMessage } from '../contract'
import type { Cancel } from './cancel'
import { RpcError } from './problem'

/** How far a long call has come; `matched` where the call counts hits. */
export interface Progress {
  readonly done: number
  readonly total: number
  readonly matched?: number | undefined
}

/** Extras of one call. */
export interface CallOptions {
  /** Cancels the call: the promise then rejects with code 'rpc/cancelled'. An AbortSignal fits. */
  readonly signal?: Cancel | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

/** The engine, seen from the interface. */
export interface EngineClient {
  /** Calls a method; rejects with an RpcError (code, message, where, retryable). After the channel closed: 'rpc/closed'. */
  call<M extends MethodName>(method: M, params: Params<M>, options?: CallOptions): Promise<Result<M>>
  /** Listens to an event; the returned function stops listening. */
  on<E extends EventName>(event: E, handler: (payload: EventPayload<E>) => void): () => void
  /** Called once when the channel closes, from either end; immediately if it is closed already. */
  onClose(handler: () => void): () => void
  close(): void
}

interface PendingCall {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: RpcError) => void
  readonly onProgress: ((progress: Progress) => void) | undefined
  readonly release: () => void
}

const CLOSED: Problem = {
  code: 'rpc/closed',
  message: 'The connection to the engine is closed. Reload to connect again.',
  where: {},
  retryable: true,
}
const CANCELLED: Problem = { code: 'rpc/cancelled', message: 'The call was cancelled.', where: {}, retryable: true }

/** Makes a client on a channel and takes over its handlers. Messages that are not the protocol's are ignored. */
export function createClient(channel: Channel<ClientMessage, ServerMessage>): EngineClient {
  const pending = new Map<number, PendingCall>()
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const closeHandlers = new Set<() => void>()
  let nextId = 1
  let closed = false

  const settle = (id: number): PendingCall | undefined => {
    const call = pending.get(id)
    if (call !== undefined) {
      pending.delete(id)
      call.release()
    }
    return call
  }

  const onClosed = (): void => {
    if (closed) return
    closed = true
    for (const id of [...pending.keys()]) settle(id)?.reject(new RpcError(CLOSED))
    for (const handler of [...closeHandlers]) handler()
    closeHandlers.clear()
  }

  channel.onMessage((message) => {
    switch (message.type) {
      case 'result':
        settle(message.id)?.resolve(message.result)
        return
      case 'error':
        settle(message.id)?.reject(new RpcError(message.error))
        return
      case 'progress':
        pending.get(message.id)?.onProgress?.(message.progress)
        return
      case 'event':
        for (const handler of [...(listeners.get(message.event) ?? [])]) (handler as (payload: unknown) => void)(message.payload)
        return
      default:
        // A newer engine may send more kinds of message; they are not for this client.
        return
    }
  })
  channel.onClose(onClosed)

  return {
    call<M extends MethodName>(method: M, params: Params<M>, options: CallOptions = {}): Promise<Result<M>> {
      const { signal, onProgress } = options
      if (closed) return Promise.reject(new RpcError(CLOSED))
      if (signal?.aborted === true) return Promise.reject(new RpcError(CANCELLED))
      return new Promise<Result<M>>((resolve, reject) => {
        const id = nextId++
        // The caller is freed at once; the engine's own answer to a cancelled call finds nobody waiting and is dropped.
        const onAbort = (): void => {
          if (settle(id) === undefined) return
          if (!closed) channel.send({ type: 'cancel', id })
          reject(new RpcError(CANCELLED))
        }
        signal?.addEventListener('abort', onAbort)
        pending.set(id, {
          // The result's type is the contract's: the engine is built from the same schemas.
          resolve: resolve as (result: unknown) => void,
          reject,
          onProgress,
          release: () => signal?.removeEventListener('abort', onAbort),
        })
        channel.send({ type: 'call', id, method, params })
      })
    },
    on(event, handler) {
      const handlers = listeners.get(event) ?? new Set()
      listeners.set(event, handlers)
      handlers.add(handler)
      return () => handlers.delete(handler)
    },
    onClose(handler) {
      if (closed) handler()
      else closeHandlers.add(handler)
      return () => closeHandlers.delete(handler)
    },
    close() {
      channel.close()
      onClosed()
    },
  }
}
