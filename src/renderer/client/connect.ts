// Finds the way to the engine: a MessagePort from the preload script (desktop), or a WebSocket to the server of this page (browser).
import type { Channel, ClientMessage } from '../../shared/contract'
import { ServerMessage } from '../../shared/contract'
import { createClient, type EngineClient } from '../../shared/rpc/client'
import { RPC_PATH, rpcProtocols } from '../../shared/rpc/websocket'

type ClientChannel = Channel<ClientMessage, ServerMessage>

/** The page was opened without the secret that the server printed. */
export class MissingTokenError extends Error {}

const PORT_WAIT_MS = 10_000
const TOKEN_KEY = 'wireglass-token'

function parse(text: unknown): ServerMessage | null {
  if (typeof text !== 'string') return null
  try {
    const message = ServerMessage.safeParse(JSON.parse(text))
    return message.success ? message.data : null
  } catch {
    // Not JSON: not a message of ours.
    return null
  }
}

/** A channel over a MessagePort. Messages travel as JSON text, the same as over the WebSocket. */
export function portChannel(port: MessagePort): ClientChannel {
  return {
    send(message) {
      port.postMessage(JSON.stringify(message))
    },
    onMessage(handler) {
      port.onmessage = (event: MessageEvent<unknown>) => {
        const message = parse(event.data)
        if (message !== null) handler(message)
      }
      port.start()
    },
    onClose(handler) {
      // Chromium fires 'close' on a port whose other end is gone.
      port.addEventListener('close', handler)
    },
    close() {
      port.close()
    },
  }
}

/** A channel over an open WebSocket. */
export function socketChannel(socket: WebSocket): ClientChannel {
  return {
    send(message) {
      socket.send(JSON.stringify(message))
    },
    onMessage(handler) {
      socket.addEventListener('message', (event: MessageEvent<unknown>) => {
        const message = parse(event.data)
        if (message !== null) handler(message)
      })
    },
    onClose(handler) {
      socket.addEventListener('close', handler)
    },
    close() {
      socket.close()
    },
  }
}

/** Takes the token from the page's address and removes it there, so that it stays out of history and screenshots; a reload finds it in the session. */
function takeToken(): string | null {
  const url = new URL(window.location.href)
  const fragment = new URLSearchParams(url.hash.slice(1))
  const token = fragment.get('token') ?? url.searchParams.get('token')
  if (token !== null && token !== '') {
    sessionStorage.setItem(TOKEN_KEY, token)
    url.searchParams.delete('token')
    fragment.delete('token')
    url.hash = fragment.toString()
    window.history.replaceState(null, '', url.toString())
    return token
  }
  return sessionStorage.getItem(TOKEN_KEY)
}

function askForPort(): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error('no port'))
    }, PORT_WAIT_MS)
    window.addEventListener('message', function listen(event: MessageEvent<unknown>) {
      const data = event.data
      if (event.source !== window || typeof data !== 'object' || data === null || !('type' in data) || data.type !== 'wireglass-port')
        return
      const port = event.ports[0]
      if (port === undefined) return
      clearTimeout(timer)
      window.removeEventListener('message', listen)
      resolve(port)
    })
    window.postMessage({ type: 'wireglass-ready' }, '*')
  })
}

function openSocket(token: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws'
    const socket = new WebSocket(`${scheme}://${window.location.host}${RPC_PATH}`, rpcProtocols(token))
    socket.addEventListener('open', () => {
      resolve(socket)
    })
    socket.addEventListener('error', () => {
      reject(new Error('no socket'))
    })
  })
}

/** Connects to the engine of this page's host. Throws MissingTokenError in a browser tab without the token. */
export async function connect(): Promise<EngineClient> {
  const inBrowser = window.location.protocol === 'http:' || window.location.protocol === 'https:'
  // In development the desktop's page also comes over http; there the preload script announces itself.
  const desktop = !inBrowser || navigator.userAgent.includes('Electron')
  if (desktop) return createClient(portChannel(await askForPort()))
  const token = takeToken()
  if (token === null) throw new MissingTokenError()
  return createClient(socketChannel(await openSocket(token)))
}
