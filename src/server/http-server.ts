// The loopback HTTP server: the page's files, the WebSocket of the RPC, and a one-time link for the browser that is opened at start.
import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { findStaticFile, securityHeaders } from '../node/host/static-files'
import { RPC_PATH, RPC_PROTOCOL, tokenOfProtocols } from '../shared/rpc/websocket'
import { allowedHosts, createToken, hostAllowed, originOf, sameToken } from './access'

/** Largest message of a page: a piece of an upload (4 MiB as base64) or a long list of packet numbers. */
export const MAX_MESSAGE_BYTES = 16 * 1024 * 1024
/** TCP connections at once; a page needs a handful. */
const MAX_CONNECTIONS = 64
/** Pages at once. */
export const MAX_PAGES = 16
/** How long the one-time link works. */
const LAUNCH_LINK_MS = 60_000
const LAUNCH_PATH = '/launch/'

/** What the server needs. */
export interface HttpServerOptions {
  /** Folder of the built page (out/renderer). */
  readonly root: string
  readonly port: number
  /** Called for each page that connected with the token. */
  readonly onPage: (socket: WebSocket) => void
}

/** A running server. */
export interface HttpServer {
  readonly port: number
  readonly token: string
  /** Address with the token; give it only to the user. */
  readonly url: string
  /** A link that leads to `url` once, within a minute: command lines are visible to other users, so the token stays out of them. */
  launchLink(): string
  close(): Promise<void>
}

/** Starts listening on 127.0.0.1. Rejects when the port is taken. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const token = createToken()
  const launchCodes = new Map<string, number>()
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(RPC_PROTOCOL) ? RPC_PROTOCOL : false),
  })
  const server = createServer({ maxHeaderSize: 16 * 1024, headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 10_000 })
  server.maxConnections = MAX_CONNECTIONS
  const port = await listen(server, options.port)
  const url = `http://127.0.0.1:${port}/#token=${token}`

  const takeLaunchCode = (path: string): boolean => {
    const code = path.slice(LAUNCH_PATH.length)
    const expires = launchCodes.get(code)
    launchCodes.delete(code)
    return expires !== undefined && Date.now() < expires
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? ''
    if (!hostAllowed(request, port)) {
      refuse(response, port, 403, 'This address is not served here.')
      return
    }
    if (originOf(request, port) === 'foreign') {
      refuse(response, port, 403, 'Requests of other sites are refused.')
      return
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(response, port, 405, 'Only GET and HEAD.')
      return
    }
    if (path === RPC_PATH || path.startsWith(`${RPC_PATH}?`) || path.startsWith(`${RPC_PATH}/`)) {
      refuse(response, port, 401, 'The token is needed.')
      return
    }
    if (path.startsWith(LAUNCH_PATH)) {
      if (request.method !== 'GET' || !takeLaunchCode(path)) {
        refuse(response, port, 410, 'This link was used or is too old. Open the printed address.')
        return
      }
      response.writeHead(302, { ...securityHeaders(), Location: `/#token=${token}` }).end()
      return
    }
    const file = await findStaticFile(options.root, path)
    if (file === 'refused') {
      refuse(response, port, 400, 'This is not the path of a file of the page.')
      return
    }
    if (file === 'missing') {
      refuse(response, port, 404, 'There is no such file.')
      return
    }
    const headers = { ...securityHeaders(pageConnections(port)), 'Content-Type': file.type, 'Content-Length': String(file.size) }
    response.writeHead(200, headers)
    if (request.method === 'HEAD') {
      response.end()
      return
    }
    createReadStream(file.path)
      .on('error', () => response.destroy())
      .pipe(response)
  }

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy())
    if (request.url !== RPC_PATH) {
      refuseUpgrade(socket, '404 Not Found')
      return
    }
    if (!hostAllowed(request, port) || originOf(request, port) !== 'ours') {
      refuseUpgrade(socket, '403 Forbidden')
      return
    }
    if (!sameToken(tokenOfProtocols(request.headers['sec-websocket-protocol'] ?? ''), token)) {
      refuseUpgrade(socket, '401 Unauthorized')
      return
    }
    if (sockets.clients.size >= MAX_PAGES) {
      refuseUpgrade(socket, '503 Service Unavailable')
      return
    }
    sockets.handleUpgrade(request, socket, head, (page) => {
      page.on('error', () => {
        // Too large or malformed frames: ws closes the connection itself, and 'close' follows.
      })
      options.onPage(page)
    })
  }

  server.on('request', (request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  server.on('upgrade', upgrade)
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })

  return {
    port,
    token,
    url,
    launchLink() {
      const code = createToken()
      launchCodes.set(code, Date.now() + LAUNCH_LINK_MS)
      return `http://127.0.0.1:${port}${LAUNCH_PATH}${code}`
    },
    close: () =>
      new Promise((resolve) => {
        for (const page of sockets.clients) page.terminate()
        sockets.close()
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

/** 'self' does not cover WebSockets in every browser, so they are named. */
function pageConnections(port: number): string[] {
  return allowedHosts(port).map((host) => `ws://${host}`)
}

function refuse(response: ServerResponse, port: number, status: number, text: string): void {
  const body = `${text}\n`
  response.writeHead(status, {
    ...securityHeaders(pageConnections(port)),
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  })
  response.end(response.req.method === 'HEAD' ? undefined : body)
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}
