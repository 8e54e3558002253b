// What page and browser host must agree on to open the RPC over a WebSocket.

/** Path of the WebSocket on the browser host. */
export const RPC_PATH = '/rpc'

/** The subprotocol that the host selects. */
export const RPC_PROTOCOL = 'wireglass.1'

const TOKEN_PREFIX = 'token.'

/**
 * The subprotocols a page offers: `new WebSocket('ws://' + location.host + RPC_PATH, rpcProtocols(token))`. The token travels here because a
 * page cannot set headers on a WebSocket, and a query string would end up in histories and logs.
 */
export function rpcProtocols(token: string): string[] {
  return [RPC_PROTOCOL, TOKEN_PREFIX + token]
}

/** The token among offered subprotocols (the Sec-WebSocket-Protocol header), or '' when there is none. */
export function tokenOfProtocols(header: string): string {
  for (const part of header.split(',')) {
    const protocol = part.trim()
    if (protocol.startsWith(TOKEN_PREFIX)) return protocol.slice(TOKEN_PREFIX.length)
  }
  return ''
}
