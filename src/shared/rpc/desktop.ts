// What page and preload script say to each other over window.postMessage, to get the engine's MessagePort in the desktop host.

/** Page to preload: I am ready (at start, and again after the engine was restarted). Answered with PORT_MESSAGE and the port. */
export const READY_MESSAGE = { type: 'wireglass-ready' } as const

/** Preload to page: event.ports[0] speaks the RPC; its messages are those of contract/rpc.ts as JSON text. */
export const PORT_MESSAGE = { type: 'wireglass-port' } as const

/** Preload to page: the engine died; `restarted` tells whether READY_MESSAGE gets a new port. */
export interface EngineStoppedMessage {
  readonly type: 'wireglass-engine-stopped'
  readonly message: string
  readonly restarted: boolean
}
