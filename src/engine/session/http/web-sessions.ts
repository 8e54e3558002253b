// All TLS connections and HTTP transactions of an indexed capture as tables, from the ordered bytes of its TCP connections in one pass.
import { KEY_LOG } from '../../dissect/key-log'
import type { Trace } from '../../index/trace'
import { SessionStore } from '../../protocols/app/tls/keys/security'
import { byteStreamSteps } from '../tcp/byte-streams'
import type { Side, StreamReader } from '../tcp/byte-streams'
import { TlsConnectionReader } from '../tls/connection-reader'
import type { PlaintextHandler } from '../tls/connection-reader'
import { HttpConnectionReader } from './exchanges'

/** One TCP connection that carries TLS or HTTP. */
export interface WebConnection {
  readonly stream: number
  /** Side that spoke first as a client. */
  readonly clientSide: Side
  readonly tls: TlsConnectionReader | undefined
  readonly http: HttpConnectionReader | undefined
  /** First frame that ended a direction; 0 where none did. */
  readonly closedBy: number
  /** Frames with the SYN of the side that sent the first packet, and of the other; 0 where none was captured. */
  readonly syns: readonly [number, number]
}

const METHOD = /^[A-Z]{3,20} \S/

/** Tells what a connection carries by its first bytes, then reads it so. */
class ConnectionReader implements StreamReader {
  tls: TlsConnectionReader | undefined
  http: HttpConnectionReader | undefined
  closedBy = 0
  readonly syns: [number, number] = [0, 0]
  private decided = false
  private readonly trace: Trace
  private readonly store: SessionStore
  private readonly onPlaintext: PlaintextHandler

  constructor(trace: Trace, store: SessionStore, onPlaintext: PlaintextHandler = () => undefined) {
    this.trace = trace
    this.store = store
    this.onPlaintext = onPlaintext
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
    } else if (METHOD.test(start(bytes))) this.http = new HttpConnectionReader(side)
  }

  private plaintext(side: Side, bytes: Uint8Array, frame: number): void {
    if (!this.http && METHOD.test(start(bytes)) && !start(bytes).startsWith('PRI * HTTP/2')) this.http = new HttpConnectionReader(side)
    if (!this.http) return
    this.onPlaintext(side, bytes, frame)
    this.http.data(side, bytes, frame)
  }
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
