// HTTP/1.x messages of one direction from its ordered bytes (RFC 9112): heads as values, bodies counted without their framing, nothing kept.
import { latin1Text } from '../../bytes/text'

/** A message's head. */
export interface HttpHead {
  /** The first line, without its end. */
  readonly line: string
  /** Header fields in order, names in lower case. */
  readonly fields: readonly (readonly [string, string])[]
  /** Frames of its first and of its last byte. */
  readonly firstFrame: number
  readonly frame: number
  /** Its first byte and the byte behind it, counted over all that its side has sent on the connection. */
  readonly start: number
  readonly end: number
}

/** How far a body goes. */
export type BodyLength =
  { readonly kind: 'none' | 'chunked' | 'until-close' | 'tunnel' } | { readonly kind: 'length'; readonly length: number }

/** What a reader tells. */
export interface MessageEvents {
  /** A head is complete; answers how its body goes on. */
  head(head: HttpHead): BodyLength
  /** Body bytes, without framing. */
  body(length: number, frame: number): void
  /** Bytes of the body that were sent, but not captured. */
  missing(length: number, frame: number): void
  /** Bytes of the transfer coding's framing. */
  framing(length: number): void
  /** The message is complete. */
  complete(frame: number, end: number): void
  /** Bytes behind the head that made the connection a tunnel, in the same call. */
  tunnel(bytes: Uint8Array, frame: number): void
}

/** How a head begins that follows lost bytes. */
const HEAD = /^(?:[A-Z]{3,20} (?:\/|\*|https?:\/\/)|HTTP\/1\.\d \d{3})/

/** Longest head that is waited for. */
const LONGEST_HEAD = 1 << 20

type State = 'head' | 'body' | 'until-close' | 'chunk-size' | 'chunk-data' | 'chunk-end' | 'trailer' | 'tunnel' | 'lost' | 'broken'

/** First value of a header field; '' when there is none. */
export function headerValue(head: HttpHead, name: string): string {
  return head.fields.find(([known]) => known === name)?.[1] ?? ''
}

/** Reads one direction. */
export class MessageReader {
  private state: State = 'head'
  private text = ''
  private textFrame = 0
  private textLast = 0
  private textStart = 0
  private left = 0
  /** Bytes that came before those of the present call. */
  private before = 0
  private readonly events: MessageEvents

  /** `position` bytes of the side came before. */
  constructor(events: MessageEvents, position = 0) {
    this.events = events
    this.before = position
  }

  /** Bytes taken so far, without those of a call in progress. */
  get position(): number {
    return this.before
  }

  /** Takes the next bytes. */
  data(bytes: Uint8Array, frame: number): void {
    if (this.state === 'lost' && HEAD.test(latin1Text(bytes, 0, Math.min(bytes.length, 40)))) this.state = 'head'
    this.take(bytes, frame)
    this.before += bytes.length
  }

  private take(bytes: Uint8Array, frame: number): void {
    for (let at = 0; at < bytes.length;) {
      switch (this.state) {
        case 'head':
        case 'trailer':
        case 'chunk-size':
          at = this.line(bytes, at, frame)
          break
        case 'body':
        case 'chunk-data': {
          const taken = Math.min(this.left, bytes.length - at)
          this.events.body(taken, frame)
          this.left -= taken
          at += taken
          if (this.left === 0) {
            if (this.state === 'body') this.finish(frame, this.before + at)
            else this.chunkEnds()
          }
          break
        }
        case 'chunk-end':
          // CR LF; a lone LF is tolerated
          if (bytes[at] === 10 || --this.left === 0) this.state = 'chunk-size'
          at++
          this.events.framing(1)
          break
        case 'until-close':
          this.events.body(bytes.length - at, frame)
          return
        case 'tunnel':
          this.events.tunnel(bytes.subarray(at), frame)
          return
        case 'lost':
        case 'broken':
          return
      }
    }
  }
  /** Nothing more comes. */
  end(frame: number): void {
    if (this.state === 'until-close') this.finish(frame, this.before)
    this.abandonHead()
    this.state = 'broken'
  }
  /** So many bytes are missing, 0 where nobody knows. In a body whose end is known they are counted; else what follows is told apart again from the next
   *  segment on that begins a message, and the answer is true: messages may have been lost. */
  gap(length: number, frame: number): boolean {
    if (this.state === 'broken' || this.state === 'tunnel') return false
    const isBody = this.state === 'body' || this.state === 'chunk-data',
      inBody = this.state === 'until-close' ? length : isBody ? Math.min(length, this.left) : 0
    if (inBody > 0) this.events.missing(inBody, frame)
    if (isBody) {
      this.left -= inBody
      if (this.left === 0 && this.state === 'body') this.finish(frame, this.before)
      else if (this.left === 0) this.chunkEnds()
    }
    if (length > 0 && inBody === length) return false
    this.text = ''
    this.state = 'lost'
    return true
  }
  /** Makes a message of a head that does not go on, as far as it came. */
  abandonHead(): void {
    const { text } = this
    if (this.state !== 'head' || !HEAD.test(text)) return
    this.text = ''
    this.state = 'broken'
    this.events.head(this.headOf(text, this.textLast, this.before))
  }

  private chunkEnds(): void {
    this.state = 'chunk-end'
    this.left = 2
  }

  private finish(frame: number, end: number): void {
    this.state = 'head'
    this.events.complete(frame, end)
  }

  /** Takes bytes up to the end of a line; acts on it. Returns where it stopped. */
  private line(bytes: Uint8Array, at: number, frame: number): number {
    if (this.text === '') {
      this.textFrame = frame
      this.textStart = this.before + at
    }
    this.textLast = frame
    const newline = bytes.indexOf(10, at),
      end = newline < 0 ? bytes.length : newline + 1
    this.text += latin1Text(bytes, at, end)
    if (this.state !== 'head') this.events.framing(end - at)
    if (this.text.length > LONGEST_HEAD) {
      this.state = 'broken'
      return bytes.length
    }
    if (newline < 0) return end
    if (this.state === 'chunk-size') {
      const digits = /^[ \t]*([0-9a-f]+)/i.exec(this.text)?.[1]
      this.text = ''
      this.left = digits === undefined ? NaN : Number.parseInt(digits, 16)
      this.state = !Number.isSafeInteger(this.left) ? 'broken' : this.left === 0 ? 'trailer' : 'chunk-data'
      return end
    }
    if (!/(^|\n)\r?\n$/.test(this.text)) return end
    const text = this.text
    this.text = ''
    if (this.state === 'trailer') this.finish(frame, this.before + end)
    // empty lines before a message are skipped (RFC 9112, 2.2)
    else if (text.trim() !== '') this.head(text, frame, this.before + end)
    return end
  }

  private head(text: string, frame: number, end: number): void {
    const head = this.headOf(text, frame, end)
    if (!isFirstLine(head.line)) {
      this.state = 'broken'
      return
    }
    const body = this.events.head(head)
    switch (body.kind) {
      case 'none':
        this.finish(frame, end)
        break
      case 'chunked':
        this.state = 'chunk-size'
        break
      case 'length':
        this.left = body.length
        this.state = 'body'
        if (body.length === 0) this.finish(frame, end)
        break
      default:
        this.state = body.kind
    }
  }

  private headOf(text: string, frame: number, end: number): HttpHead {
    const [line = '', ...rest] = text.split(/\r?\n/),
      fields = rest.flatMap((one): [string, string][] => {
        const colon = one.indexOf(':')
        return colon > 0 ? [[one.slice(0, colon).trim().toLowerCase(), one.slice(colon + 1).trim()]] : []
      })
    return { line, fields, firstFrame: this.textFrame, frame, start: this.textStart, end }
  }
}

/** A status line, or a request line that names HTTP's version or none. */
function isFirstLine(line: string): boolean {
  return line.startsWith('HTTP/') || (/^[!-~]+ /.test(line) && !/ (?!HTTP\/)[A-Z]+\/\d\.\d$/.test(line))
}
