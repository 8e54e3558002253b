// Finds HTTP in what a connection carries, in the clear or decrypted, and reads it: its first bytes are held until they tell.
import type { Side } from '../tcp/byte-streams'
import { START_LENGTH, startOf } from './connection-start'
import type { Start } from './connection-start'
import { HttpConnectionReader } from './exchanges'
import type { HttpReader } from './exchanges'
import { Http2ConnectionReader } from './http2-reader'

/** What takes a connection's bytes, as they came or decrypted. */
export type PlaintextHandler = (side: Side, bytes: Uint8Array, frame: number) => void

/** What a finder tells. */
export interface HttpFinderEvents {
  /** Bytes that belong to HTTP, before they are read. */
  readonly http: PlaintextHandler
  /** It is TLS: called with all bytes so far, and not again. */
  readonly tls: PlaintextHandler
}

interface Piece {
  readonly side: Side
  readonly bytes: Uint8Array
  readonly frame: number
}

/** Reads the bytes of both sides of one connection. */
export class HttpFinder {
  http: HttpReader | undefined
  /** It is neither HTTP nor TLS. */
  isOther = false
  private held: Piece[] = []
  /** Bytes of either side that were taken for HTTP. */
  private readonly positions: [number, number]
  private readonly events: HttpFinderEvents
  private readonly tunnel: HttpReader | undefined

  /** `around` has found the exchange that asked for the tunnel in which these bytes are; its transactions go on. */
  constructor(events: HttpFinderEvents, around?: HttpFinder) {
    this.events = events
    this.tunnel = around?.http
    this.positions = around ? [...around.positions] : [0, 0]
  }

  /** Takes the next bytes of a side. With `isLate` HTTP may begin behind something else: the capture began in the middle. */
  data(side: Side, bytes: Uint8Array, frame: number, isLate: boolean): void {
    if (this.http) {
      this.positions[side] += bytes.length
      this.events.http(side, bytes, frame)
      this.http.data(side, bytes, frame)
      return
    }
    const before = this.held.filter((piece) => piece.side === side).map((piece) => piece.bytes),
      start = startOf(before.length === 0 ? bytes : joined([...before, bytes.subarray(0, START_LENGTH)]))
    if (start === undefined || (this.isOther && !isLate)) {
      this.isOther = true
      this.held = []
    } else if (start === 'more') this.held.push({ side, bytes: bytes.slice(), frame })
    else this.begin(start, { side, bytes, frame })
  }
  /** Bytes of a side are missing: `length` of them, 0 where nobody knows how many. */
  gap(side: Side, length: number, frame: number): void {
    this.held = []
    this.http?.gap(side, length, frame)
  }
  /** A side has ended. */
  end(side: Side, frame: number): void {
    this.http?.end(side, frame)
  }

  /** It is HTTP/2, as was agreed on. */
  beginHttp2(clientSide: Side): void {
    this.http ??= new Http2ConnectionReader(clientSide)
  }

  private begin(start: Exclude<Start, 'more' | undefined>, last: Piece): void {
    const pieces = [...this.held, last]
    this.held = []
    if (start === 'tls') {
      for (const { side, bytes, frame } of pieces) this.events.tls(side, bytes, frame)
      return
    }
    this.http = this.readerOf(start, last.side)
    for (const { side, bytes, frame } of pieces) this.data(side, bytes, frame, false)
  }

  private readerOf(start: Exclude<Start, 'more' | 'tls' | undefined>, side: Side): HttpReader {
    const other = side === 0 ? 1 : 0
    if (start === 'http2-client') return new Http2ConnectionReader(side)
    if (start === 'http2-server') return new Http2ConnectionReader(other)
    return new HttpConnectionReader(
      start === 'request' ? side : other,
      this.tunnel && { exchanges: this.tunnel.exchanges, positions: this.positions },
    )
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(pieces.flatMap((piece) => Array.from(piece.subarray(0, START_LENGTH))))
}
