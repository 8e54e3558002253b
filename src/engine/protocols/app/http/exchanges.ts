// Requests and responses of a connection, numbered and paired as tshark does in one pass: a response belongs to the latest request unless that has one
// already. Written on the first visit; later visits look up by frame, and know also what came afterwards.
import { conversationOf, defineState } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { Session } from '../../../dissect/session'

/** A request, a response, or both. Frames are 0 where there is none. */
export interface Exchange {
  /** From 1 within the connection. */
  readonly number: number
  requestFrame: number
  seconds: number
  nanoseconds: number
  responseFrame: number
}

/** What the latest request or notification asked, for responses after it. */
export interface RequestHead {
  readonly frame: number
  readonly method: string
  /** Full URI; the target as it was sent when there was no host. */
  readonly uri: string
  /** The target as it stands in the request line. */
  readonly target: string
  readonly exchange: Exchange | undefined
}

/** From here on the connection carries something else (CONNECT, Upgrade). */
export interface Handover {
  readonly frame: number
  /** How many requests and responses the frame has had then. */
  readonly requests: number
  readonly responses: number
  /** Host and port of CONNECT; for Upgrade the protocol's name in lower case. */
  readonly host: string
  readonly port: number
  readonly protocol: string
  /** For WebSocket: extensions and subprotocol that the response agreed to, with a line break between them. */
  readonly detail: string
}

/** State of one connection. */
export class HttpConnection {
  /** First frame with a request, response or notification; 0 before. */
  firstFrame = 0
  handover: Handover | undefined
  readonly exchanges: Exchange[] = []
  readonly heads: RequestHead[] = []
  /** Frames of responses beside their exchanges, in order. */
  readonly responses: { readonly frame: number; readonly exchange: Exchange }[] = []

  /** The latest request or notification before the next message of a frame, which has had `ordinal` of them so far. */
  latestHead(frame: number, ordinal: number): RequestHead | undefined {
    return this.heads[upperBound(this.heads, frame - 1) + ordinal - 1]
  }
  /** The `ordinal`th (from 0) request or notification in a frame. */
  headIn(frame: number, ordinal: number): RequestHead | undefined {
    const head = this.heads[upperBound(this.heads, frame - 1) + ordinal]
    return head?.frame === frame ? head : undefined
  }
  responseIn(frame: number, ordinal: number): Exchange | undefined {
    const response = this.responses[upperBound(this.responses, frame - 1) + ordinal]
    return response?.frame === frame ? response.exchange : undefined
  }

  /** First visit: enters a request (or, with `paired` false, a notification). */
  enterRequest(d: Decoder, method: string, target: string, uri: string, paired: boolean): RequestHead {
    const { number: frame, seconds, nanoseconds } = d.packet
    const exchange = paired ? { number: this.exchanges.length + 1, requestFrame: frame, seconds, nanoseconds, responseFrame: 0 } : undefined
    if (exchange) this.exchanges.push(exchange)
    const head = { frame, method, uri, target, exchange }
    this.heads.push(head)
    return head
  }
  /** First visit: enters a response. */
  enterResponse(frame: number): Exchange {
    let exchange = this.exchanges.at(-1)
    if (!exchange || exchange.responseFrame > 0) {
      exchange = { number: this.exchanges.length + 1, requestFrame: 0, seconds: 0, nanoseconds: 0, responseFrame: 0 }
      this.exchanges.push(exchange)
    }
    exchange.responseFrame = frame
    this.responses.push({ frame, exchange })
    return exchange
  }
}

function upperBound(list: readonly { readonly frame: number }[], frame: number): number {
  let low = 0,
    high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle]?.frame ?? 0) <= frame) low = middle + 1
    else high = middle
  }
  return low
}

const connections = defineState('http.connections', () => new Map<number, HttpConnection>())

/** State of the current packet's connection; `nested` is the one inside a tunnel. */
export function httpConnection(d: Decoder, nested: boolean): HttpConnection {
  const all = d.state(connections),
    key = conversationOf(d) * 2 + (nested ? 1 : 0)
  let connection = all.get(key)
  if (!connection) {
    connection = new HttpConnection()
    if (d.first) all.set(key, connection)
  }
  return connection
}

/** What a conversation was handed over to, which has state of its own in its messages. */
export function handoverOf(session: Session, conversation: number): Handover | undefined {
  return session.state(connections).get(conversation * 2)?.handover
}
