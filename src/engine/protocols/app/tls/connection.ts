// What one packet of a TLS connection leaves for the next: the version, which directions are encrypted, and the protocol that ALPN named.
import { CARRIED_RECORDS } from '../../../dissect/carried-records'
import { conversationOf, defineState } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { newDecryption } from './decryption'
import type { Decryption } from './decryption'
import type { Fragments } from './fragments'

/** State of a connection at some place of the capture. */
export interface TlsProgress {
  /** Negotiated version as in its record headers (0x0304 for TLS 1.3); 0 while unknown. */
  version: number
  /** Bit 1 << direction: that side has changed its cipher spec. */
  encrypted: number
  /** Cipher suite that the server chose last; 0 while unknown. */
  suite: number
  /** The side that sent the last ServerHello, as long as no key exchange follows: a handshake that takes up an earlier session has none. -1 = none. */
  briefServer: 0 | 1 | -1
  /** Random of the client's last hello. */
  random: Uint8Array | undefined
  /** Protocol that ALPN chose; '' = none. */
  alpn: string
  /** Bytes of a handshake message that the next record of a direction continues with. */
  pending: [number, number]
  /** What was seen of that message. */
  fragments: [Fragments | undefined, Fragments | undefined]
}

interface Snapshot extends TlsProgress {
  readonly frame: number
}

function nothingYet(): TlsProgress {
  return {
    version: 0,
    encrypted: 0,
    suite: 0,
    briefServer: -1,
    random: undefined,
    alpn: '',
    pending: [0, 0],
    fragments: [undefined, undefined],
  }
}

function copy(progress: TlsProgress): TlsProgress {
  return {
    version: progress.version,
    encrypted: progress.encrypted,
    suite: progress.suite,
    briefServer: progress.briefServer,
    random: progress.random,
    alpn: progress.alpn,
    pending: [progress.pending[0], progress.pending[1]],
    fragments: [progress.fragments[0], progress.fragments[1]],
  }
}

function same(a: TlsProgress, b: TlsProgress): boolean {
  return (
    a.version === b.version &&
    a.encrypted === b.encrypted &&
    a.suite === b.suite &&
    a.briefServer === b.briefServer &&
    a.random === b.random &&
    a.alpn === b.alpn &&
    a.pending[0] === b.pending[0] &&
    a.pending[1] === b.pending[1] &&
    a.fragments[0] === b.fragments[0] &&
    a.fragments[1] === b.fragments[1]
  )
}

/** One connection: the frames after which something was different. */
export class TlsConnection {
  /** Where the capture has keys: what decrypts the connection. */
  readonly decryption: Decryption | undefined
  /** Protocol that its content showed to be inside; '' while none did. */
  innerName = ''
  private readonly snapshots: Snapshot[] = []
  /** Where the dissection in progress is: a frame may hold several payloads. */
  now: TlsProgress = nothingYet()

  constructor(decryption: Decryption | undefined) {
    this.decryption = decryption
  }

  /** Goes to the state before a frame. */
  goTo(frame: number): TlsProgress {
    this.decryption?.goTo(frame)
    let low = 0,
      high = this.snapshots.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.snapshots[middle]?.frame ?? frame) < frame) low = middle + 1
      else high = middle
    }
    const before = this.snapshots[low - 1]
    return (this.now = before ? copy(before) : nothingYet())
  }
  /** First visit: keeps what a frame has changed. */
  keep(frame: number): void {
    const last = this.snapshots.at(-1)
    if (last && same(last, this.now)) return
    if (!last && same(this.now, nothingYet())) return
    if (last?.frame === frame) this.snapshots.pop()
    this.snapshots.push({ frame, ...copy(this.now) })
  }
}

const CONNECTIONS = defineState('tls', () => new Map<number, TlsConnection>())

const CARRIED = defineState('tls.carried', () => new Map<string, TlsConnection>())

/** The connection of the segment, or of the records of another carrier, being dissected. */
export function tlsConnection(d: Decoder): TlsConnection {
  const { now } = d.state(CARRIED_RECORDS)
  if (now) return carriedConnection(d, now.connection, newDecryption)
  // a proxy that is spoken to over TLS may carry TLS to somewhere else
  const connections = d.state(CONNECTIONS),
    number = conversationOf(d) * 2 + (d.isInside('tls') ? 1 : 0)
  let connection = connections.get(number)
  if (!connection) connections.set(number, (connection = new TlsConnection(newDecryption(d))))
  return connection
}

/** A stream of handshake messages without records (which its carrier protects), or a connection whose carrier is not TCP. */
export function carriedConnection(d: Decoder, stream: string, decryption?: (d: Decoder) => Decryption | undefined): TlsConnection {
  const streams = d.state(CARRIED)
  let connection = streams.get(stream)
  if (!connection) streams.set(stream, (connection = new TlsConnection(decryption?.(d))))
  return connection
}
