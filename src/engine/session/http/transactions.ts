// HTTP transactions and TLS connections as plain values, ready to be printed or sent: the shapes of `wireglass http --json` and `wireglass tls --json`.
import type { Trace } from '../../index/trace'
import type { TlsAlert, TlsCertificate, TlsPhase, UndecryptedReason } from '../tls/connection-reader'
import { requestLine, statusLine } from './exchanges'
import type { HttpExchange } from './exchanges'
import { headerValue } from './message-reader'
import { webConnections } from './web-sessions'
import type { WebConnection } from './web-sessions'

/** One request with its response. Times are seconds since 1970, durations milliseconds; null where the capture does not tell. */
export interface HttpTransaction {
  readonly connection: { readonly stream: number; readonly client: string; readonly server: string; readonly nth: number }
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

/** One TLS connection. */
export interface TlsReport {
  readonly stream: number
  readonly client: string
  readonly server: string
  readonly version: string | null
  readonly cipher: string | null
  readonly group: string | null
  readonly resumed: boolean
  readonly sni: string | null
  readonly alpn: string | null
  readonly ja3: string | null
  readonly ja4: string | null
  readonly decrypted: boolean
  readonly reason: UndecryptedReason
  readonly phases: readonly (TlsPhase & { readonly time: number })[]
  readonly alerts: readonly (TlsAlert & { readonly time: number })[]
  readonly certificates: readonly TlsCertificate[]
}

/** All transactions of an indexed capture in the order of their requests. */
export function httpTransactions(trace: Trace): HttpTransaction[] {
  return webConnections(trace)
    .flatMap((connection) => connection.http?.exchanges.map((exchange) => transaction(trace, connection, exchange)) ?? [])
    .sort((a, b) => a.request.frame - b.request.frame || a.connection.nth - b.connection.nth)
}

/** All TLS connections of an indexed capture in the order of their streams. */
export function tlsReports(trace: Trace): TlsReport[] {
  return webConnections(trace).flatMap((connection) => {
    const { tls, stream } = connection
    if (!tls) return []
    const prints = tls.fingerprints,
      timed = <T extends { readonly frame: number }>(one: T) => ({ ...one, time: timeOf(trace, one.frame) })
    return [
      {
        stream,
        ...endpoints(trace, connection),
        version: tls.version,
        cipher: tls.cipher,
        group: tls.group || null,
        resumed: tls.resumed,
        sni: tls.serverName,
        alpn: tls.security.alpn || null,
        ja3: prints?.ja3 ?? null,
        ja4: prints?.ja4 ?? null,
        decrypted: tls.decrypted,
        reason: tls.reason,
        phases: tls.phases.map(timed),
        alerts: tls.alerts.map(timed),
        certificates: tls.certificates,
      },
    ]
  })
}

function transaction(trace: Trace, connection: WebConnection, exchange: HttpExchange): HttpTransaction {
  const { request, response } = exchange,
    { tls, stream } = connection,
    line = requestLine(request.head),
    status = response && statusLine(response.head)
  return {
    connection: { stream, ...endpoints(trace, connection), nth: exchange.nth },
    request: {
      frame: request.head.frame,
      time: timeOf(trace, request.head.frame),
      ...line,
      host: headerValue(request.head, 'host'),
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
    timings: timings(trace, connection, exchange),
  }
}

function timings(trace: Trace, { stream, tls }: WebConnection, { nth, request, response }: HttpExchange): HttpTransaction['timings'] {
  const between = (from: number, to: number) => Math.max(0, Math.round((timeOf(trace, to) - timeOf(trace, from)) * 1e6) / 1e3),
    first = trace.conversations.tcp.firstFrame[stream] ?? 0,
    start = tls?.phases.find(({ name }) => name === 'ClientHello')?.frame ?? request.head.firstFrame,
    finished = tls?.phases.findLast(({ name }) => name === 'Finished')?.frame
  return {
    connect: nth === 1 && first > 0 && first < start ? between(first, start) : null,
    tls: nth === 1 && tls && finished !== undefined ? between(start, finished) : null,
    send: between(request.head.firstFrame, request.lastFrame),
    wait: response ? between(request.lastFrame, response.head.firstFrame) : null,
    receive: response ? between(response.head.firstFrame, response.lastFrame) : null,
  }
}

function timeOf({ records }: Trace, frame: number): number {
  return records.seconds.get(frame - 1) + records.nanoseconds.get(frame - 1) / 1e9
}

/** address:port of client and server, IPv6 addresses in brackets. */
function endpoints(trace: Trace, { stream, clientSide }: WebConnection): { readonly client: string; readonly server: string } {
  const { tcp: table, addresses } = trace.conversations,
    endpoint = (address: number, port: number) => {
      const text = addresses.text(address)
      return text.includes(':') ? `[${text}]:${port}` : `${text}:${port}`
    }
  const source = endpoint(table.sourceAddress[stream] ?? 0, table.sourcePort[stream] ?? 0),
    destination = endpoint(table.destinationAddress[stream] ?? 0, table.destinationPort[stream] ?? 0)
  return clientSide === 0 ? { client: source, server: destination } : { client: destination, server: source }
}
