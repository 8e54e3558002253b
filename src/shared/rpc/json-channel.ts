// The RPC over anything that carries text: WebSocket, MessagePort, worker port. Every transport uses the same JSON, so that what works in one
// host works in the others.
import type { Channel, ClientMessage, ServerMessage } from '../contract'

/** A transport of text. */
export interface TextPort {
  readonly send: (text: string) => void
  /** Called for every message, whatever its type; set once. */
  readonly onText: (handler: (text: unknown) => void) => void
  readonly onClose: (handler: () => void) => void
  readonly close: () => void
}

/** The engine's end over a transport of text. What is not JSON arrives as undefined, which the dispatcher refuses like any other wrong message. */
export function serverChannel(port: TextPort): Channel<ServerMessage, ClientMessage> {
  return {
    send(message) {
      port.send(JSON.stringify(message))
    },
    onMessage(handler) {
      port.onText((text) => {
        // The dispatcher validates what it gets; until then the type is only hoped for.
        handler(parse(text) as ClientMessage)
      })
    },
    onClose(handler) {
      port.onClose(handler)
    },
    close() {
      port.close()
    },
  }
}

function parse(text: unknown): unknown {
  if (typeof text !== 'string') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
