// HTTP Archive 1.2 of a capture's transactions: heads, sizes and timings; bodies are not put in.
import type { HttpTransaction } from './transactions'

/** The archive as a value to be printed as JSON. `version` is this program's. */
export function harOf(transactions: readonly HttpTransaction[], version: string): unknown {
  return { log: { version: '1.2', creator: { name: 'Wireglass', version }, entries: transactions.map(entry) } }
}

function entry({ connection, request, response, tls, timings }: HttpTransaction): unknown {
  const url = /^[a-z]+:\/\//i.test(request.target)
    ? request.target
    : `${tls ? 'https' : 'http'}://${request.host || connection.server}${request.target}`
  const parts = [timings.connect, timings.tls, timings.send, timings.wait, timings.receive]
  return {
    startedDateTime: new Date(request.time * 1000).toISOString(),
    time: parts.reduce<number>((sum, part) => sum + (part ?? 0), 0),
    request: {
      method: request.method,
      url,
      httpVersion: request.version,
      cookies: pairs(request.headers, 'cookie', ';'),
      headers: headers(request.headers),
      queryString: query(url),
      headersSize: -1,
      bodySize: request.bodyBytes,
    },
    response: {
      status: response?.status ?? 0,
      statusText: response?.reason ?? '',
      httpVersion: response?.version ?? '',
      cookies: pairs(response?.headers ?? [], 'set-cookie'),
      headers: headers(response?.headers ?? []),
      content: { size: response?.bodyBytes ?? 0, mimeType: value(response?.headers ?? [], 'content-type') },
      redirectURL: value(response?.headers ?? [], 'location'),
      headersSize: -1,
      bodySize: response?.bodyBytes ?? -1,
    },
    cache: {},
    timings: {
      blocked: -1,
      dns: -1,
      // HAR counts the handshake into the time of connecting
      connect: timings.connect === null ? -1 : timings.connect + (timings.tls ?? 0),
      ssl: timings.tls ?? -1,
      send: timings.send,
      wait: timings.wait ?? 0,
      receive: timings.receive ?? 0,
    },
    serverIPAddress: connection.server.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''),
    connection: String(connection.stream),
  }
}

type Fields = readonly (readonly [string, string])[]

function headers(fields: Fields): unknown[] {
  return fields.map(([name, text]) => ({ name, value: text }))
}
function value(fields: Fields, name: string): string {
  return fields.find(([known]) => known === name)?.[1] ?? ''
}
function pairs(fields: Fields, name: string, separator?: string): unknown[] {
  return fields
    .filter(([known]) => known === name)
    .flatMap(([, text]) => (separator ? text.split(separator) : [text.split(';')[0] ?? '']))
    .map((pair) => {
      const equals = pair.indexOf('=')
      return { name: pair.slice(0, Math.max(0, equals)).trim(), value: pair.slice(equals + 1).trim() }
    })
}
function query(url: string): unknown[] {
  const text = /\?([^#]*)/.exec(url)?.[1]
  return text ? pairs([['q', text]], 'q', '&') : []
}
