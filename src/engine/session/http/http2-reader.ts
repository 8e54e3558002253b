// The transactions of one HTTP/2 connection (RFC 9113, 8): each stream a request with its response, in the order of the requests.
import { HeaderDecoder, UNKNOWN } from '../../protocols/app/http2/hpack'
import type { Side } from '../tcp/byte-streams'
import type { Continued, HttpExchange, HttpMessage, HttpReader } from './exchanges'
import { FrameReader, PUSH_PROMISE } from './http2-frames'
import type { Block } from './http2-frames'
import { headerValue } from './message-reader'
import type { HttpHead } from './message-reader'

/** Most fields of one head that are kept. */
const MOST_FIELDS = 2000
/** Most stretches of a body whose places are kept. */
const MOST_STRETCHES = 200_000
/** Streams that may be open at once, and settings that may wait to be acknowledged. */
const MOST_OPEN = 100_000,
  MOST_WAITING = 100

/** A stream that did not end yet. */
interface Open {
  readonly exchange: HttpExchange
  readonly ended: [boolean, boolean]
  /** How often frames of each side were missing when it began. */
  readonly losses: readonly [number, number]
}

/** Reads both directions of one connection. */
export class Http2ConnectionReader implements HttpReader {
  readonly exchanges: HttpExchange[]
  readonly clientSide: Side
  readonly isTunnel = false
  private readonly readers: readonly [FrameReader, FrameReader]
  private readonly decoders = [new HeaderDecoder(), new HeaderDecoder()] as const
  private readonly waiting: readonly [(number | undefined)[], (number | undefined)[]] = [[], []]
  private readonly open = new Map<number, Open>()
  /** How often frames of each side were missing. */
  private readonly losses: [number, number] = [0, 0]

  constructor(clientSide: Side, upgraded?: Continued) {
    this.clientSide = clientSide
    this.exchanges = upgraded?.exchanges ?? []
    this.readers = [this.reader(0, upgraded?.positions[0]), this.reader(1, upgraded?.positions[1])]
    const asked = this.exchanges.at(-1)
    if (!asked) return
    asked.http2Stream = 1
    this.open.set(1, { exchange: asked, ended: clientSide === 0 ? [true, false] : [false, true], losses: [0, 0] })
  }

  /** Takes the next bytes of a side. */
  data(side: Side, bytes: Uint8Array, frame: number): void {
    this.readers[side].data(bytes, frame)
  }
  /** A side has ended: nothing that is open becomes complete by it. */
  end(): void {
    this.open.clear()
  }
  /** So many bytes of a side are missing. */
  gap(side: Side, length: number, frame: number): void {
    this.readers[side].gap(length, frame)
  }

  private reader(side: Side, position = 0): FrameReader {
    return new FrameReader(
      {
        block: (block) => {
          this.block(side, block)
        },
        data: (stream, at, length, frame) => {
          this.body(side, stream, at, length, frame)
        },
        dataEnds: (stream, frame) => {
          this.endSide(side, stream, frame)
        },
        settings: (isAcknowledgment, tableSize) => {
          this.settings(side, isAcknowledgment, tableSize)
        },
        reset: (stream) => {
          this.reset(side, stream)
        },
        missing: (stream, length, frame) => {
          this.missing(side, stream, length, frame)
        },
        lost: () => {
          this.losses[side]++
          this.decoders[side].forget()
        },
      },
      position,
    )
  }

  private settings(side: Side, isAcknowledgment: boolean, tableSize: number | undefined): void {
    if (!isAcknowledgment) {
      if (this.waiting[side].length < MOST_WAITING) this.waiting[side].push(tableSize)
      return
    }
    const size = this.waiting[side === 0 ? 1 : 0].shift()
    if (size !== undefined) this.decoders[side].agree(size)
  }

  private block(side: Side, block: Block): void {
    const fields: [string, string][] = []
    this.decoders[side].read(block.bytes, true, ({ field }) => {
      if (field && fields.length < MOST_FIELDS) fields.push([field.name, field.value])
    })
    const method = fields.find(([name]) => name === ':method')?.[1],
      status = fields.find(([name]) => name === ':status')?.[1],
      isClient = side === this.clientSide,
      isUnknown = fields.some(([name]) => name === UNKNOWN.name)
    if (block.type === PUSH_PROMISE) {
      if (!isClient && method !== undefined) this.request(block.promised, block, fields, side).ended[this.clientSide] = true
      return
    }
    const known = this.open.get(block.stream)
    if ((method !== undefined || isUnknown) && isClient && !known) this.request(block.stream, block, fields, side)
    else if (known && !isClient && (status !== undefined || (isUnknown && !known.exchange.response)))
      response(known.exchange, newMessage(head(`HTTP/2 ${status ?? UNKNOWN.name}`, fields, block)))
    else if (known) touch(messageOf(known, isClient), block.frame)
    if (block.isLast) this.endSide(side, block.stream, block.frame)
  }

  private request(stream: number, block: Block, fields: [string, string][], side: Side): Open {
    // what refers to an entry that is not known may be any of them
    const missing = fields.some(([name]) => name === UNKNOWN.name) ? UNKNOWN.name : '',
      value = (name: string) => fields.find(([known]) => known === name)?.[1] ?? '',
      line = `${value(':method') || missing} ${value(':path') || missing || value(':authority')} HTTP/2`,
      exchange: HttpExchange = {
        nth: this.exchanges.length + 1,
        request: newMessage(head(line, fields, block)),
        response: undefined,
        interim: [],
        http2Stream: stream,
      },
      open: Open = { exchange, ended: [false, false], losses: [...this.losses] }
    this.exchanges.push(exchange)
    if (side !== this.clientSide) exchange.request.complete = true
    if (this.open.size < MOST_OPEN) this.open.set(stream, open)
    return open
  }

  private body(side: Side, stream: number, at: number, length: number, frame: number): void {
    const known = this.open.get(stream),
      message = known && messageOf(known, side === this.clientSide)
    if (!message) return
    message.bodyBytes += length
    message.framedBytes += length
    message.lastFrame = frame
    const { stretches } = message
    if (!stretches) return
    if (stretches.at(-1) === at) stretches[stretches.length - 1] = at + length
    else if (stretches.length < 2 * MOST_STRETCHES) stretches.push(at, at + length)
  }

  /** Content of a DATA frame that was sent, but not captured. */
  private missing(side: Side, stream: number, length: number, frame: number): void {
    const known = this.open.get(stream),
      message = known && messageOf(known, side === this.clientSide)
    if (!message) return
    message.bodyBytes += length
    message.framedBytes += length
    message.missing += length
    message.lastFrame = frame
  }

  /** A side has given a stream up. What the other one had sent by then still arrives (RFC 9113, 5.1). */
  private reset(side: Side, stream: number): void {
    const known = this.open.get(stream)
    if (!known) return
    known.ended[side] = true
    if (known.ended[0] && known.ended[1]) this.open.delete(stream)
  }

  private endSide(side: Side, stream: number, frame: number): void {
    const known = this.open.get(stream)
    if (!known) return
    const message = messageOf(known, side === this.clientSide)
    if (message) {
      message.complete = message.missing === 0 && known.losses[side] === this.losses[side]
      message.end = message.stretches?.at(-1) ?? message.head.end
      message.lastFrame = frame
    }
    known.ended[side] = true
    if (known.ended[0] && known.ended[1]) this.open.delete(stream)
  }
}

function response(exchange: HttpExchange, message: HttpMessage): void {
  const status = Number(headerValue(message.head, ':status'))
  if (status >= 100 && status < 200) exchange.interim.push(message)
  else exchange.response ??= message
}

function messageOf({ exchange }: Open, isRequest: boolean): HttpMessage | undefined {
  return isRequest ? exchange.request : exchange.response
}

function touch(message: HttpMessage | undefined, frame: number): void {
  if (message) message.lastFrame = frame
}

function newMessage(messageHead: HttpHead): HttpMessage {
  return {
    head: messageHead,
    bodyBytes: 0,
    framedBytes: 0,
    lastFrame: messageHead.frame,
    end: 0,
    complete: false,
    missing: 0,
    stretches: [],
  }
}

/** A head as HTTP/1.1 would have it, with the pseudo header fields as they came; the pieces of a cookie are put together (RFC 9113, 8.2.3). */
function head(line: string, fields: readonly (readonly [string, string])[], block: Block): HttpHead {
  const cookies = fields.filter(([name]) => name === 'cookie').map(([, value]) => value),
    first = fields.findIndex(([name]) => name === 'cookie')
  const { firstFrame, frame, start, end } = block
  return {
    line,
    fields: fields
      .filter(([name], i) => name !== 'cookie' || i === first)
      .map(([name, value]) => (name === 'cookie' ? [name, cookies.join('; ')] : [name, value])),
    firstFrame,
    frame,
    start,
    end,
  }
}
