// Methods of the HTTP and the TLS view: pages of their tables, and one transaction or connection with everything that belongs to it.
import type { HttpMessageView, HttpRow, HttpSort, HttpStatusClass, HttpTransactionView, TlsConnection } from '../../shared/contract'
import { TraceError } from '../../shared/errors'
import type { Arguments, CallContext, ServiceMethods } from '../../shared/rpc/dispatcher'
import { encodeBase64 } from '../../shared/text/base64'
import { PROTOCOL } from '../index/columns'
import { bodyKind, charsetOf, decodeBody } from '../session/http/body'
import { cachingOf } from '../session/http/caching'
import { connectionUse, lanesOf, limitKey, limitOf } from '../session/http/connection-use'
import { cookiesOf } from '../session/http/cookies'
import type { HttpMessage } from '../session/http/exchanges'
import { statusLine } from '../session/http/exchanges'
import { headerValue } from '../session/http/message-reader'
import { messageRanges, partsOf } from '../session/http/message-parts'
import { redirectsOf } from '../session/http/redirects'
import { mediaType, type HttpEntry } from '../session/http/rows'
import { normalUrl } from '../session/http/url'
import type { WebConnection } from '../session/http/web-sessions'
import { plaintextSteps } from '../session/http/web-sessions'
import type { TlsFacts } from '../session/tls/connection-facts'
import { tlsDetails, tlsRow } from '../session/tls/details'
import { captureOf, SlicedTask, type ServiceContext } from './context'
import type { OpenCapture } from './open-capture'
import { WebTables, type WebTable } from './web-table'

/** Most bytes of a message that are read for looking at it, most bytes of its own that are handed out, and most of its content. */
const MOST_READ = 32 << 20
const MOST_RAW = 64 << 10
const MOST_TEXT = 512 << 10
const MOST_IMAGE = 4 << 20
/** Earlier transactions of a client that are searched for a cookie's source. */
const COOKIE_HORIZON = 5000

type WebMethod =
  'http.transactions' | 'http.transaction' | 'http.connections' | 'http.find' | 'tls.connections' | 'tls.connection' | 'tls.find'
type TlsOnly = WebConnection & { readonly tls: TlsFacts }

/** The methods. */
export class WebViews {
  private readonly context: ServiceContext
  private readonly tables: WebTables

  constructor(context: ServiceContext) {
    this.context = context
    this.tables = new WebTables(context)
  }

  methods(): Pick<ServiceMethods, WebMethod> {
    return {
      'http.transactions': async (wanted, call) => {
        const { table } = await this.tableOf(wanted.captureId, call)
        return page(table, wanted)
      },
      'http.transaction': async ({ captureId, id }, call) => {
        const { capture, table } = await this.tableOf(captureId, call)
        return this.transaction(capture, table, entryOf(table, id), call)
      },
      'http.connections': async ({ captureId, id }, call) => {
        const { table } = await this.tableOf(captureId, call)
        const entry = entryOf(table, id)
        return { server: entry.row.server, host: entry.row.host, ...lanesOf(table.byLimit.get(limitKey(entry)) ?? []) }
      },
      'http.find': async ({ captureId, number }, call) => {
        const { capture, table } = await this.tableOf(captureId, call)
        return { id: number > capture.packets ? -1 : find(capture, table, number) }
      },
      'tls.connections': async ({ captureId, text, first, count }, call) => {
        const { capture, table } = await this.tableOf(captureId, call)
        const all = table.connections.filter(isTls)
        const wanted = text.trim().toLowerCase()
        const found = wanted === '' ? all : all.filter(({ stream, tls }) => tlsText(stream, tls).includes(wanted))
        return {
          total: all.length,
          matched: found.length,
          decrypted: all.filter(({ tls }) => tls.decrypted).length,
          connections: found.slice(first, first + count).map((one) => tlsRow(capture.trace, one, this.context.ports.signatures)),
        }
      },
      'tls.connection': async ({ captureId, transport, stream }, call) => ({
        connection: await this.tlsConnection(captureId, transport ?? 'tcp', stream, call),
      }),
      'tls.find': async ({ captureId, number }, call) => {
        const { capture, table } = await this.tableOf(captureId, call)
        const { columns } = capture.trace
        const stream = number > capture.packets ? -1 : columns.stream.get(number - 1) - 1
        const transport = stream >= 0 && columns.protocols.get(number - 1) & PROTOCOL.UDP ? 'udp' : 'tcp'
        return { transport, stream: table.connections.some((one) => isTls(one) && isAt(one, transport, stream)) ? stream : -1 }
      },
    }
  }

  /** The TLS connection of a stream; null when it carries none. */
  async tlsConnection(captureId: number, transport: 'tcp' | 'udp', stream: number, call: CallContext): Promise<TlsConnection | null> {
    const { capture, table } = await this.tableOf(captureId, call)
    const found = table.connections.filter(isTls).find((one) => isAt(one, transport, stream))
    return found ? tlsDetails(capture.trace, found, this.context.ports.signatures) : null
  }

  /** An open capture with its table. */
  async tableOf(captureId: number, call: CallContext): Promise<{ capture: OpenCapture; table: WebTable }> {
    const capture = captureOf(this.context, captureId)
    return { capture, table: await this.tables.of(capture, call) }
  }

  /** The bytes of a message as they were sent, at most `limit` of them. */
  async messageBytes(
    capture: OpenCapture,
    table: WebTable,
    { connection, row }: HttpEntry,
    message: HttpMessage,
    side: 'request' | 'response',
    limit: number,
    call: CallContext,
  ): Promise<Uint8Array> {
    const client = connection.http?.clientSide ?? 0
    const wanted = side === 'request' ? client : client === 0 ? 1 : 0
    const ranges = messageRanges(message, limit)
    const end = ranges.at(-1)?.[1] ?? 0
    let taken = new Uint8Array(
      Math.min(
        ranges.reduce((sum, [from, to]) => sum + to - from, 0),
        1 << 16,
      ),
    )
    let length = 0
    let at = 0
    let next = 0
    const steps = plaintextSteps(capture.trace, table.store, row.stream, (from, bytes) => {
      if (from !== wanted) return
      for (let range = ranges[next]; range !== undefined && at + bytes.length > range[0]; range = ranges[next]) {
        const piece = bytes.subarray(Math.max(0, range[0] - at), Math.min(bytes.length, range[1] - at))
        if (length + piece.length > taken.length) {
          const larger = new Uint8Array(Math.max(2 * taken.length, length + piece.length))
          larger.set(taken)
          taken = larger
        }
        taken.set(piece, length)
        length += piece.length
        if (at + bytes.length < range[1]) break
        next++
      }
      at += bytes.length
    })
    const task = new SlicedTask(this.context, call, capture)
    while (at < end) {
      const step = steps.next()
      if (step.done === true) break
      if (task.isDue) await task.pause({ done: step.value, total: capture.packets })
    }
    return taken.subarray(0, length)
  }

  private async transaction(capture: OpenCapture, table: WebTable, entry: HttpEntry, call: CallContext): Promise<HttpTransactionView> {
    const { exchange, row } = entry
    const { trace } = capture
    const view = async (message: HttpMessage, side: 'request' | 'response'): Promise<HttpMessageView> =>
      this.messageView(message, await this.messageBytes(capture, table, entry, message, side, MOST_READ, call))
    const same = table.byUrl.get(normalUrl(row.url)) ?? []
    const client = row.client.replace(/:\d+$/, '')
    const before = table.entries.slice(Math.max(0, row.id - COOKIE_HORIZON), row.id).filter((one) => one.row.client.startsWith(client))
    return {
      row,
      request: await view(exchange.request, 'request'),
      response: exchange.response ? await view(exchange.response, 'response') : null,
      interim: exchange.interim.map(({ head }) => ({ status: statusLine(head).status, frame: head.frame })),
      connection: connectionUse(trace, entry, table.byStream.get(row.stream) ?? []),
      limit: limitOf(trace, entry, table.byLimit.get(limitKey(entry)) ?? []),
      cache: cachingOf(
        entry,
        same.filter((one) => one.row.id < row.id && one.row.client.startsWith(client)),
      ),
      redirects: redirectsOf(entry, table.entries, table.byUrl),
      cookies: cookiesOf(entry, before),
    }
  }

  private messageView(message: HttpMessage, bytes: Uint8Array): HttpMessageView {
    const { head } = message
    const headSize = message.stretches ? 0 : head.end - head.start
    const { parts, moreChunks, body } = partsOf(message, bytes)
    const decoded = decodeBody(head, body, this.context.ports.inflate, MOST_READ)
    const content = decoded.bytes ?? new Uint8Array(0)
    const kind = bodyKind(head, content)
    const most = kind === 'image' ? MOST_IMAGE : kind === 'other' ? 4096 : MOST_TEXT
    const isTooLong = content.length > most
    const isCut = message.missing > 0 || (message.end === 0 && message.bodyBytes > body.length)
    return {
      firstFrame: head.firstFrame,
      lastFrame: message.lastFrame,
      size: message.stretches ? 0 : headSize + message.framedBytes,
      headSize,
      complete: message.complete,
      parts,
      moreChunks,
      bytes: encodeBase64(bytes.subarray(0, MOST_RAW)),
      body: {
        sent: message.bodyBytes,
        size: decoded.bytes === null ? null : content.length,
        codings: decoded.codings,
        problem: isCut ? 'not-captured' : message.bodyBytes > MOST_READ ? 'too-large' : decoded.problem,
        type: mediaType(headerValue(head, 'content-type')),
        charset: charsetOf(head),
        kind: message.bodyBytes === 0 ? 'none' : kind === 'none' ? 'other' : kind,
        content: kind === 'image' && isTooLong ? '' : encodeBase64(content.subarray(0, most)),
        truncated: isTooLong,
      },
    }
  }
}

/** The entry of an id. Throws 'rpc/bad-argument'. */
export function entryOf(table: WebTable, id: number): HttpEntry {
  const entry = table.entries[id]
  if (entry === undefined) throw new TraceError('rpc/bad-argument', `There is no HTTP transaction ${id} in this capture.`)
  return entry
}

function isAt(connection: WebConnection, transport: 'tcp' | 'udp', stream: number): boolean {
  return connection.transport === transport && connection.stream === stream
}

function isTls(connection: WebConnection): connection is TlsOnly {
  return connection.tls !== undefined
}

function tlsText(stream: number, tls: TlsFacts): string {
  return `${stream} ${tls.serverName ?? ''} ${tls.version ?? ''} ${tls.cipher ?? ''} ${tls.security.alpn} ${tls.reason}`.toLowerCase()
}

function page(table: WebTable, wanted: Arguments<'http.transactions'>) {
  const text = wanted.text.trim().toLowerCase()
  const rows = table.entries
    .map(({ row }) => row)
    .filter(
      (row) =>
        (wanted.stream === null || row.stream === wanted.stream) &&
        hasStatus(row, wanted.status) &&
        (text === '' ||
          `${row.method} ${row.url} ${row.status ?? ''} ${row.type} ${row.stream} ${row.client}`.toLowerCase().includes(text)),
    )
  const first = rows.reduce((least, row) => Math.min(least, row.stretches[0]?.from ?? row.time), Infinity)
  const last = rows.reduce((most, row) => Math.max(most, row.stretches.at(-1)?.to ?? row.time), 0)
  const sorted = wanted.sort === 'time' ? rows : rows.toSorted(ORDER[wanted.sort])
  if (wanted.descending) sorted.reverse()
  return {
    total: table.entries.length,
    matched: rows.length,
    connections: new Set(rows.map(({ stream }) => stream)).size,
    bodyBytes: rows.reduce((sum, row) => sum + (row.responseBytes ?? 0), 0),
    errors: rows.filter(({ status }) => (status ?? 0) >= 400).length,
    unanswered: rows.filter(({ status }) => status === null).length,
    from: rows.length === 0 ? 0 : first,
    to: last,
    transactions: sorted.slice(wanted.first, wanted.first + wanted.count),
  }
}

function hasStatus({ status }: HttpRow, wanted: HttpStatusClass): boolean {
  if (wanted === 'all') return true
  return wanted === 'none' ? status === null : status !== null && Math.floor(status / 100) === Number(wanted)
}

const by =
  (value: (row: HttpRow) => number | string) =>
  (a: HttpRow, b: HttpRow): number => {
    const [x, y] = [value(a), value(b)]
    return x < y ? -1 : x > y ? 1 : a.id - b.id
  }
const ORDER: Readonly<Record<Exclude<HttpSort, 'time'>, (a: HttpRow, b: HttpRow) => number>> = {
  method: by(({ method }) => method),
  url: by(({ target }) => target),
  host: by(({ host }) => host),
  status: by(({ status }) => status ?? 0),
  type: by(({ type }) => type),
  size: by(({ responseBytes }) => responseBytes ?? -1),
  duration: by(({ duration }) => duration ?? -1),
  connection: by(({ stream, nth }) => stream * 1e6 + nth),
}

function find(capture: OpenCapture, table: WebTable, number: number): number {
  const stream = capture.trace.columns.stream.get(number - 1) - 1
  const same = table.byStream.get(stream) ?? []
  const touches = (message: HttpMessage | undefined): boolean =>
    message !== undefined && message.head.firstFrame <= number && number <= message.lastFrame
  return (same.find(({ exchange }) => touches(exchange.request)) ?? same.find(({ exchange }) => touches(exchange.response)))?.row.id ?? -1
}
