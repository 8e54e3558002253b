// The transactions of one HTTP/1.x connection: requests with their responses, in the order of the requests (RFC 9112, 9.3.2). Behind an upgrade to h2c
// the reader of HTTP/2 goes on.
import type { Side } from '../tcp/byte-streams'
import { Http2ConnectionReader } from './http2-reader'
import { MessageReader, headerValue } from './message-reader'
import type { BodyLength, HttpHead } from './message-reader'

/** A request or a response. */
export interface HttpMessage {
  readonly head: HttpHead
  /** Body as sent, without transfer coding's framing. */
  bodyBytes: number
  /** The same with the framing of chunks, as servers count what they send. */
  framedBytes: number
  /** Frame of its last byte so far. */
  lastFrame: number
  /** The byte behind it, counted as in its head; 0 while it is not complete. */
  end: number
  complete: boolean
  /** Bytes of the body that were sent, but not captured; they are counted in `bodyBytes`. */
  missing: number
  /** Where the body's bytes are: begins and ends, counted likewise, where it is not one stretch behind the head (HTTP/2). */
  readonly stretches?: number[]
}

/** A request with its final response. */
export interface HttpExchange {
  /** From 1 on the connection. */
  readonly nth: number
  readonly request: HttpMessage
  response: HttpMessage | undefined
  /** Interim responses (1xx) before it. */
  readonly interim: HttpMessage[]
  /** The stream that carries it, over HTTP/2. */
  http2Stream?: number
}

/** What reads both directions of a connection. */
export interface HttpReader {
  /** In the order of the requests. */
  readonly exchanges: HttpExchange[]
  readonly clientSide: Side
  /** What comes is no longer HTTP: a tunnel or another protocol. */
  readonly isTunnel: boolean
  /** Takes the next bytes of a side. */
  data(side: Side, bytes: Uint8Array, frame: number): void
  /** A side has ended. */
  end(side: Side, frame: number): void
  /** So many bytes of a side are missing; 0 where nobody knows how many. */
  gap(side: Side, length: number, frame: number): void
}

/** How a connection goes on inside another (a tunnel, an upgrade): its exchanges so far, and the bytes of each side. */
export interface Continued {
  readonly exchanges: HttpExchange[]
  readonly positions: readonly [number, number]
}

/** Parts of a request line; empty where missing. A target with spaces in it, which is an error, keeps them. */
export function requestLine(head: HttpHead): { readonly method: string; readonly target: string; readonly version: string } {
  const match = /^(\S*) *(.*?)(?: +(HTTP\/\S*))? *$/.exec(head.line)
  return { method: match?.[1] ?? '', target: match?.[2] ?? '', version: match?.[3] ?? '' }
}

/** Parts of a status line. */
export function statusLine(head: HttpHead): { readonly version: string; readonly status: number; readonly reason: string } {
  const match = /^(\S+) +(\d{3})(?: (.*))?$/.exec(head.line)
  return { version: match?.[1] ?? '', status: Number(match?.[2] ?? 0), reason: match?.[3] ?? '' }
}

/** Reads both directions of one connection. */
export class HttpConnectionReader implements HttpReader {
  readonly exchanges: HttpExchange[]
  readonly clientSide: Side
  private readonly requests: MessageReader
  private readonly responses: MessageReader
  private request: HttpMessage | undefined
  private response: HttpMessage | undefined
  private tunnel = false
  private successor: Http2ConnectionReader | undefined
  /** Exchanges before this one get no response any more. */
  private firstOpen = 0
  /** Responses may have been lost since the last one. */
  private hasLost = false

  constructor(clientSide: Side, before?: Continued) {
    this.clientSide = clientSide
    this.exchanges = before?.exchanges ?? []
    this.firstOpen = this.exchanges.length
    this.requests = new MessageReader(
      {
        head: (head) => this.onRequest(head),
        body: (length, frame) => count(this.request, length, frame),
        missing: (length, frame) => {
          lose(this.request, length, frame)
        },
        framing: (length) => countFraming(this.request, length),
        complete: (frame, end) => finish(this.request, frame, end),
        tunnel: () => undefined,
      },
      before?.positions[clientSide],
    )
    this.responses = new MessageReader(
      {
        head: (head) => this.onResponse(head),
        body: (length, frame) => count(this.response, length, frame),
        missing: (length, frame) => {
          lose(this.response, length, frame)
        },
        framing: (length) => countFraming(this.response, length),
        complete: (frame, end) => finish(this.response, frame, end),
        tunnel: (bytes, frame) => {
          this.successor?.data(clientSide === 0 ? 1 : 0, bytes, frame)
        },
      },
      before?.positions[clientSide === 0 ? 1 : 0],
    )
  }

  /** Takes the next bytes of a side. */
  data(side: Side, bytes: Uint8Array, frame: number): void {
    if (this.successor) this.successor.data(side, bytes, frame)
    else if (!this.tunnel) this.reader(side).data(bytes, frame)
  }
  /** A side has ended. */
  end(side: Side, frame: number): void {
    this.reader(side).end(frame)
  }
  /** So many bytes of a side are missing. */
  gap(side: Side, length: number, frame: number): void {
    if (this.reader(side).gap(length, frame) && side !== this.clientSide) this.hasLost = true
    this.successor?.gap(side, length, frame)
  }
  /** A tunnel, or another protocol after an upgrade. */
  get isTunnel(): boolean {
    return this.tunnel
  }

  private reader(side: Side): MessageReader {
    return side === this.clientSide ? this.requests : this.responses
  }

  /** The request that the response of a frame answers. Where responses may have been lost it is the last one before it, or none if that came together with
   *  others. */
  private waiting(frame: number): HttpExchange | undefined {
    if (this.hasLost) {
      const asked = this.exchanges.findLastIndex(({ request }) => request.head.firstFrame <= frame) + 1,
        [before, last] = this.exchanges.slice(Math.max(0, asked - 2), asked),
        isPipelined = before?.response === undefined && last?.request.head.firstFrame === before?.request.head.firstFrame
      this.firstOpen = Math.max(this.firstOpen, asked - (isPipelined && last ? 0 : 1))
    }
    this.hasLost = false
    return this.exchanges.find(({ response, nth }) => response === undefined && nth > this.firstOpen)
  }

  private onRequest(head: HttpHead): BodyLength {
    const request = { head, bodyBytes: 0, framedBytes: 0, lastFrame: head.frame, end: 0, complete: false, missing: 0 }
    this.request = request
    this.exchanges.push({ nth: this.exchanges.length + 1, request, response: undefined, interim: [] })
    return framing(head) ?? { kind: 'none' }
  }

  private onResponse(head: HttpHead): BodyLength {
    const { status } = statusLine(head)
    // a request is refused before its head is complete
    if (status >= 400 && this.waiting(head.firstFrame) === undefined) this.requests.abandonHead()
    const exchange = this.waiting(head.firstFrame),
      response = { head, bodyBytes: 0, framedBytes: 0, lastFrame: head.frame, end: 0, complete: false, missing: 0 },
      method = exchange ? requestLine(exchange.request.head).method : ''
    this.response = response
    if (status >= 100 && status < 200 && status !== 101) {
      exchange?.interim.push(response)
      return { kind: 'none' }
    }
    if (status === 101 && exchange && headerValue(head, 'upgrade').toLowerCase() === 'h2c') {
      exchange.interim.push(response)
      const before = this.requests.position
      this.successor = new Http2ConnectionReader(this.clientSide, {
        exchanges: this.exchanges,
        positions: this.clientSide === 0 ? [before, head.end] : [head.end, before],
      })
      return { kind: 'tunnel' }
    }
    if (exchange) exchange.response = response
    if (status === 101 || (method === 'CONNECT' && status >= 200 && status < 300)) {
      this.tunnel = true
      return { kind: 'tunnel' }
    }
    if (method === 'HEAD' || status === 204 || status === 304) return { kind: 'none' }
    return framing(head) ?? { kind: 'until-close' }
  }
}

/** Body length that a head tells (RFC 9112, 6.3); undefined when it tells none. */
function framing(head: HttpHead): BodyLength | undefined {
  const codings = headerValue(head, 'transfer-encoding').toLowerCase()
  if (/(^|,)\s*chunked\s*$/.test(codings)) return { kind: 'chunked' }
  const text = headerValue(head, 'content-length').split(',')[0]?.trim() ?? ''
  return codings === '' && /^\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? { kind: 'length', length: Number(text) } : undefined
}

function count(message: HttpMessage | undefined, length: number, frame: number): void {
  if (!message) return
  message.bodyBytes += length
  message.framedBytes += length
  message.lastFrame = frame
}

function countFraming(message: HttpMessage | undefined, length: number): void {
  if (message) message.framedBytes += length
}

function lose(message: HttpMessage | undefined, length: number, frame: number): void {
  count(message, length, frame)
  if (message) message.missing += length
}

function finish(message: HttpMessage | undefined, frame: number, end: number): void {
  if (!message) return
  message.complete = message.missing === 0
  message.end = end
  message.lastFrame = frame
}
