// All TLS connections and HTTP transactions of an indexed capture as tables, from the ordered bytes of its TCP connections in one pass, and DTLS from its
// datagrams in another.
import { KEY_LOG } from '../../dissect/key-log'
import type { Trace } from '../../index/trace'
import { SessionStore } from '../../protocols/app/tls/keys/security'
import { byteStreamSteps } from '../tcp/byte-streams'
import type { Side, StreamReader } from '../tcp/byte-streams'
import type { TlsFacts } from '../tls/connection-facts'
import { TlsConnectionReader } from '../tls/connection-reader'
import { datagramConnectionSteps } from '../tls/datagram-connections'
import type { PlaintextHandler } from './http-finder'
import { isClientHello } from './connection-start'
import type { HttpReader } from './exchanges'
import { HttpFinder } from './http-finder'

/** One connection that carries TLS or HTTP over TCP, or DTLS. */
export interface WebConnection {
  readonly transport: 'tcp' | 'udp'
  /** Its tcp.stream or udp.stream. */
  readonly stream: number
  /** Side that spoke first as a client. */
  readonly clientSide: Side
  readonly tls: TlsFacts | undefined
  readonly http: HttpReader | undefined
  /** First frame that ended a direction; 0 where none did. */
  readonly closedBy: number
  /** Frames with the SYN of the side that sent the first packet, and of the other; 0 where none was captured. */
  readonly syns: readonly [number, number]
}

/** Tells what a connection carries by its first bytes, then reads it so. */
class ConnectionReader implements StreamReader {
  tls: TlsConnectionReader | undefined
  closedBy = 0
  readonly syns: [number, number] = [0, 0]
  private readonly clear: HttpFinder
  private inner: HttpFinder | undefined
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
    this.clear = new HttpFinder({
      http: onPlaintext,
      tls: (side, bytes, frame) => {
        this.tlsData(side, bytes, frame)
      },
    })
  }

  /** What was read last: inside a proxy's tunnel with the transactions before it. */
  get http(): HttpReader | undefined {
    return this.inner?.http ?? this.clear.http
  }
  get clientSide(): Side {
    return this.http?.clientSide ?? this.tls?.clientSide ?? 0
  }

  data(side: Side, bytes: Uint8Array, frame: number): void {
    const mayChange = this.clear.http ? this.clear.http.isTunnel : this.clear.isOther
    if (this.tls || (mayChange && isClientHello(bytes))) this.tlsData(side, bytes, frame)
    else this.clear.data(side, bytes, frame, this.syns[0] + this.syns[1] === 0)
  }
  opened(side: Side, frame: number): void {
    this.syns[side] ||= frame
  }
  gap(side: Side, frame: number, length: number): void {
    this.tls?.gap(side, length, frame)
    if (!this.tls) this.clear.gap(side, length, frame)
  }
  end(side: Side, frame: number): void {
    this.tls?.end(side, frame)
    this.clear.end(side, frame)
    this.inner?.end(side, frame)
    this.closedBy ||= frame
  }

  private tlsData(side: Side, bytes: Uint8Array, frame: number): void {
    this.tls ??= new TlsConnectionReader(this.trace.session.ciphers, this.trace.session.state(KEY_LOG), this.store, {
      data: (from, plain, at) => {
        this.onDecrypted(from, plain, at)
        this.inside().data(from, plain, at, this.tls?.hasLost === true)
      },
      gap: (from, length, at) => {
        this.inside().gap(from, length, at)
      },
    })
    if (this.trace.isCut(frame)) this.tls.hasCut = true
    this.tls.data(side, bytes, frame)
  }

  /** What reads the application data of TLS. */
  private inside(): HttpFinder {
    this.inner ??= new HttpFinder({ http: this.onPlaintext, tls: () => undefined }, this.clear)
    if (this.tls?.security.alpn === 'h2') this.inner.beginHttp2(this.tls.clientSide)
    return this.inner
  }
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
  const connections = Array.from(readers, ([stream, reader]): WebConnection => ({
    transport: 'tcp',
    stream,
    clientSide: reader.clientSide,
    tls: reader.tls,
    http: reader.http,
    closedBy: reader.closedBy,
    syns: reader.syns,
  })).filter(({ tls, http }) => tls !== undefined || http !== undefined)
  const overDatagrams = yield* datagramConnectionSteps(trace, store)
  for (const [stream, tls] of overDatagrams)
    connections.push({ transport: 'udp', stream, clientSide: tls.clientSide, tls, http: undefined, closedBy: 0, syns: [0, 0] })
  return connections
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
