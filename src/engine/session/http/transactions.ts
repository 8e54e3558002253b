// HTTP transactions as plain values, ready to be printed or sent: the shape of `wireglass http --json`.
import type { Trace } from '../../index/trace'
import { endpointsOf, timeOf } from './place'
import { requestLine, statusLine } from './exchanges'
import type { TlsFacts } from '../tls/connection-facts'
import type { HttpExchange } from './exchanges'
import { headerValue } from './message-reader'
import { webConnections } from './web-sessions'
import type { WebConnection } from './web-sessions'

/** One request with its response. Times are seconds since 1970, durations milliseconds; null where the capture does not tell. */
export interface HttpTransaction {
  readonly connection: {
    readonly stream: number
    readonly client: string
    readonly server: string
    readonly nth: number
    /** Over HTTP/2 the stream within the connection. */
    readonly http2Stream: number | null
  }
  readonly request: {
    readonly frame: number
    readonly time: number
    readonly method: string
    readonly target: string
    readonly version: string
    readonly host: string
    readonly bodyBytes: number
    readonly headers: readonly (readonly [string, string])[]
  }
  readonly response: {
    readonly frame: number
    readonly time: number
    readonly status: number
    readonly reason: string
    readonly version: string
    readonly bodyBytes: number
    /** With the framing of chunks, as servers count what they send. */
    readonly framedBytes: number
    readonly complete: boolean
    readonly headers: readonly (readonly [string, string])[]
  } | null
  readonly tls: { readonly version: string | null; readonly cipher: string | null } | null
  readonly timings: {
    /** TCP connect and TLS handshake, on a connection's first transaction. */
    readonly connect: number | null
    readonly tls: number | null
    readonly send: number
    readonly wait: number | null
    readonly receive: number | null
  }
}

/** All transactions of an indexed capture in the order of their requests. */
export function httpTransactions(trace: Trace): HttpTransaction[] {
  return transactionsOf(trace, webConnections(trace)).map(({ transaction }) => transaction)
}

/** A transaction with what it was made from. */
export interface TransactionSource {
  readonly transaction: HttpTransaction
  readonly connection: WebConnection
  readonly exchange: HttpExchange
}

/** The same of connections that were read already. */
export function transactionsOf(trace: Trace, connections: readonly WebConnection[]): TransactionSource[] {
  return connections
    .flatMap(
      (connection) =>
        connection.http?.exchanges.map((exchange) => ({
          transaction: transactionOf(trace, connection, exchange),
          connection,
          exchange,
        })) ?? [],
    )
    .sort(
      ({ transaction: a }, { transaction: b }) =>
        a.request.frame - b.request.frame || a.connection.stream - b.connection.stream || a.connection.nth - b.connection.nth,
    )
}

function transactionOf(trace: Trace, connection: WebConnection, exchange: HttpExchange): HttpTransaction {
  const { request, response } = exchange,
    { stream } = connection,
    tls = tlsAround(connection, exchange),
    line = requestLine(request.head),
    status = response && statusLine(response.head)
  return {
    connection: { stream, ...endpointsOf(trace, connection), nth: exchange.nth, http2Stream: exchange.http2Stream ?? null },
    request: {
      frame: request.head.frame,
      time: timeOf(trace, request.head.frame),
      ...line,
      host: headerValue(request.head, ':authority') || headerValue(request.head, 'host'),
      bodyBytes: request.bodyBytes,
      headers: request.head.fields,
    },
    response:
      response && status
        ? {
            frame: response.head.frame,
            time: timeOf(trace, response.head.frame),
            ...status,
            bodyBytes: response.bodyBytes,
            framedBytes: response.framedBytes,
            complete: response.complete,
            headers: response.head.fields,
          }
        : null,
    tls: tls ? { version: tls.version, cipher: tls.cipher } : null,
    timings: timings(trace, connection, exchange, tls),
  }
}

/** The TLS in which an exchange was; undefined in the clear, as where it asked a proxy for the tunnel in which TLS began then. */
export function tlsAround({ tls }: WebConnection, { request }: HttpExchange): TlsFacts | undefined {
  const [begin] = tls?.phases ?? []
  return begin && begin.frame > request.head.firstFrame ? undefined : tls
}

/** Whether an exchange is its connection's first inside TLS. */
export function isFirstInside(connection: WebConnection, exchange: HttpExchange): boolean {
  return connection.tls !== undefined && connection.http?.exchanges.find((one) => tlsAround(connection, one) !== undefined) === exchange
}

function timings(trace: Trace, connection: WebConnection, exchange: HttpExchange, tls: TlsFacts | undefined): HttpTransaction['timings'] {
  const { stream } = connection,
    { nth, request, response } = exchange
  const between = (from: number, to: number) => Math.max(0, Math.round((timeOf(trace, to) - timeOf(trace, from)) * 1e6) / 1e3),
    first = trace.conversations.tcp.firstFrame(stream),
    start = tls?.phases.find(({ name }) => name === 'ClientHello')?.frame ?? request.head.firstFrame,
    finished = tls?.phases.findLast(({ name }) => name === 'Finished')?.frame
  return {
    connect: nth === 1 && first > 0 && first < start ? between(first, start) : null,
    tls: tls && finished !== undefined && isFirstInside(connection, exchange) ? between(start, finished) : null,
    send: between(request.head.firstFrame, request.lastFrame),
    wait: response ? between(request.lastFrame, response.head.firstFrame) : null,
    receive: response ? between(response.head.firstFrame, response.lastFrame) : null,
  }
}
