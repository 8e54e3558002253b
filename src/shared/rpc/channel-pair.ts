// Two ends of a channel within one process, for tests and for hosts that need no transport.
import type { Channel, ClientMessage, ServerMessage } from '../contract'

/** Makes both ends. Messages arrive asynchronously, in order, as copies in the form that JSON keeps: as strict as the WebSocket. */
export function createChannelPair(): {
  client: Channel<ClientMessage, ServerMessage>
  server: Channel<ServerMessage, ClientMessage>
} {
  const state = { closed: false }
  const toClient = lane<ServerMessage>(state)
  const toServer = lane<ClientMessage>(state)
  const close = (): void => {
    if (state.closed) return
    state.closed = true
    toClient.closed()
    toServer.closed()
  }
  return {
    client: { send: toServer.send, onMessage: toClient.onMessage, onClose: toClient.onClose, close },
    server: { send: toClient.send, onMessage: toServer.onMessage, onClose: toServer.onClose, close },
  }
}

interface Lane<Message> {
  readonly send: (message: Message) => void
  readonly onMessage: (handler: (message: Message) => void) => void
  readonly onClose: (handler: () => void) => void
  readonly closed: () => void
}

/** One direction: send() at one end, handlers at the other. */
function lane<Message>(state: { closed: boolean }): Lane<Message> {
  let handler: ((message: Message) => void) | undefined
  let onClosed: (() => void) | undefined
  return {
    send(message) {
      const text = JSON.stringify(message)
      void Promise.resolve().then(() => {
        if (!state.closed) handler?.(JSON.parse(text) as Message)
      })
    },
    onMessage(next) {
      handler = next
    },
    onClose(next) {
      onClosed = next
    },
    closed() {
      void Promise.resolve().then(() => onClosed?.())
    },
  }
}
