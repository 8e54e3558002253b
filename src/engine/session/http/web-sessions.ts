// All TLS connections and HTTP transactions of an indexed capture as tables, from the ordered bytes of its TCP connections in one pass.
import { KEY_LOG } from '../../dissect/key-log'
import type { Trace } from '../../index/trace'
import { SessionStore } from '../../protocols/app/tls/keys/security'
import { HTTP2_PREFACE } from '../../values/http2'
import { byteStreamSteps } from '../tcp/byte-streams'
import type { Side, StreamReader } from '../tcp/byte-streams'
import { TlsConnectionReader } from '../tls/connection-reader'
import type { PlaintextHandler } from '../tls/connection-reader'
import { HttpConnectionReader } from './exchanges'
import type { HttpReader } from './exchanges'
import { Http2ConnectionReader } from './http2-reader'

/** One TCP connection that carries TLS or HTTP. */
export interface WebConnection {
  readonly stream: number
  /** Side that spoke first as a client. */
  readonly clientSide: Side
  readonly tls: TlsConnectionReader | undefined
  readonly http: HttpReader | undefined
  /** First frame that ended a direction; 0 where none did. */
  readonly closedBy: number
  /** Frames with the SYN of the side that sent the first packet, and of the other; 0 where none was captured. */
  readonly syns: readonly [number, number]
}

const METHOD = /^[A-Z]{3,20} \S/
/** A SETTINGS frame of a few parameters, the first of which has a small number. */
const FIRST_SETTINGS = /^\0\0[\x06-\x3c]\x04\0\0\0\0\0\0[\x01-\x10]/

/** Tells what a connection carries by its first bytes, then reads it so. */
class ConnectionReader implements StreamReader {
  tls: TlsConnectionReader | undefined
  http: HttpReader | undefined
  closedBy = 0
  readonly syns: [number, number] = [0, 0]
  private decided = false
  private readonly trace: Trace
  private readonly store: SessionStore
  private readonly onPlaintext: PlaintextHandler
  private readonly onDecrypted: PlaintextHandler

  constructor(
    trace: Trace,
    store: SessionStore,
    onPlaintext: PlaintextHandler = () => undefined,
    onDecrypted: PlaintextHandler = () => undefined,
  ) {
    this.trace = trace
    this.store = store
    this.onPlaintext = onPlaintext
    this.onDecrypted = onDecrypted
  }

  get clientSide(): Side {
    return this.tls?.clientSide ?? 0
  }

  data(side: Side, bytes: Uint8Array, frame: number): void {
    if (!this.decided) this.decide(side, bytes)
    if (this.tls) {
      if (this.trace.isCut(frame)) this.tls.hasCut = true
      this.tls.data(side, bytes, frame)
    } else if (this.http) {
      this.onPlaintext(side, bytes, frame)
      this.http.data(side, bytes, frame)
    }
  }
  opened(side: Side, frame: number): void {
    this.syns[side] ||= frame
  }
  gap(side: Side): void {
    this.tls?.gap(side)
    this.http?.gap(side)
  }
  end(side: Side, frame: number): void {
    this.http?.end(side, frame)
    this.closedBy ||= frame
  }

  private decide(side: Side, bytes: Uint8Array): void {
    this.decided = true
    if ((bytes[0] ?? 0) >= 20 && (bytes[0] ?? 0) <= 23 && bytes[1] === 3) {
      this.tls = new TlsConnectionReader(
        this.trace.session.ciphers,
        this.trace.session.state(KEY_LOG),
        this.store,
        (from, plain, frame) => {
          this.plaintext(from, plain, frame)
        },
      )
    } else this.http = readerOf(side, bytes)
  }

  private plaintext(side: Side, bytes: Uint8Array, frame: number): void {
    this.onDecrypted(side, bytes, frame)
    if (!this.http) this.http = this.tls?.security.alpn === 'h2' ? new Http2ConnectionReader(this.tls.clientSide) : readerOf(side, bytes)
    if (!this.http) return
    this.onPlaintext(side, bytes, frame)
    this.http.data(side, bytes, frame)
  }
}

/** The reader of a connection on which a side begins with these bytes; undefined where they are not HTTP. */
function readerOf(side: Side, bytes: Uint8Array): HttpReader | undefined {
  const text = start(bytes)
  if (text.startsWith(HTTP2_PREFACE.slice(0, 16))) return new Http2ConnectionReader(side)
  // a server may send its SETTINGS before it has seen the client's preface (RFC 9113, 3.4)
  if (FIRST_SETTINGS.test(text)) return new Http2ConnectionReader(side === 0 ? 1 : 0)
  return METHOD.test(text) ? new HttpConnectionReader(side) : undefined
}

function start(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 40))
}

/** Reads all connections of a capture that was indexed (headers are enough). */
export function webConnections(trace: Trace, store = new SessionStore()): WebConnection[] {
  const steps = webConnectionSteps(trace, store)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** The same in steps; each answers the number of packets looked at. `store` keeps what later readings of single connections need. */
export function* webConnectionSteps(trace: Trace, store: SessionStore): Generator<number, WebConnection[]> {
  const readers = new Map<number, ConnectionReader>()
  yield* byteStreamSteps(trace, (stream) => {
    const reader = new ConnectionReader(trace, store)
    readers.set(stream, reader)
    return reader
  })
  return Array.from(readers, ([stream, reader]) => ({
    stream,
    clientSide: reader.http ? reader.http.clientSide : reader.clientSide,
    tls: reader.tls,
    http: reader.http,
    closedBy: reader.closedBy,
    syns: reader.syns,
  })).filter(({ tls, http }) => tls !== undefined || http !== undefined)
}

/** Reads one connection again for its application data, as it came or decrypted. `bytes` is borrowed until the call returns. */
export function* plaintextSteps(trace: Trace, store: SessionStore, stream: number, take: PlaintextHandler): Generator<number, void> {
  yield* byteStreamSteps(trace, () => new ConnectionReader(trace, store, take), stream)
}

/** Application data of a stream's TLS. */
export interface DecryptedStream {
  /** What each record held (empty ones are left out), in the order of the packets that completed them. */
  readonly records: readonly { readonly side: Side; readonly frame: number; readonly bytes: Uint8Array }[]
  /** Side whose protected record was the first that could be opened, whatever it held; undefined where none could. */
  readonly firstOpened: Side | undefined
}

/** Reads the TLS of one stream of an indexed capture. */
export function decryptedStream(trace: Trace, stream: number): DecryptedStream {
  const store = new SessionStore(),
    records: { side: Side; frame: number; bytes: Uint8Array }[] = [],
    last = trace.conversations.tcp.lastFrame(stream)
  let reader: ConnectionReader | undefined
  // the connections before it too, whose sessions it may resume
  const steps = byteStreamSteps(trace, (one) => {
    if (one !== stream) return new ConnectionReader(trace, store)
    reader = new ConnectionReader(trace, store, undefined, (side, bytes, frame) => {
      if (bytes.length > 0) records.push({ side, frame, bytes: bytes.slice() })
    })
    return reader
  })
  for (const frame of steps) if (frame > last) break
  return { records, firstOpened: reader?.tls?.firstOpened }
}
