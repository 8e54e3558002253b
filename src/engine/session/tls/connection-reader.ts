// One TLS connection from its ordered bytes, with its plaintext where there are keys, and what is missing of it.
import type { Ciphers } from '../../dissect/ciphers'
import type { KeyLog } from '../../dissect/key-log'
import type { Unlocked } from '../../protocols/app/tls/keys/direction'
import { HandshakeMessages } from '../../protocols/app/tls/keys/handshake-messages'
import type { Hello } from '../../protocols/app/tls/keys/hello'
import { TlsSecurity } from '../../protocols/app/tls/keys/security'
import type { SessionStore } from '../../protocols/app/tls/keys/security'
import type { Side } from '../tcp/byte-streams'
import { TlsFacts } from './connection-facts'
import type { Fingerprints, TlsGap } from './connection-facts'
import { ja3, ja4 } from './fingerprints'
import { RecordStream } from './record-stream'

/** What takes a connection's application data. */
export interface PlaintextEvents {
  data(side: Side, bytes: Uint8Array, frame: number): void
  /** Data of a side is missing: so many bytes, 0 where nobody knows. */
  gap(side: Side, length: number, frame: number): void
}

const CHANGE_CIPHER_SPEC = 20,
  HANDSHAKE = 22,
  APPLICATION_DATA = 23
const TLS12 = 0x0303,
  TLS13 = 0x0304
const HEADER = 5
/** Bytes of the shortest protected record, and of the longest (RFC 5246, 6.2.3), without its header. */
const SHORTEST = 16,
  LONGEST = 16_384 + 2048
/** Gaps of a connection that are listed. */
const MOST_GAPS = 1000

/** One side's bytes and messages. */
interface Incoming {
  readonly stream: RecordStream
  readonly messages: HandshakeMessages
  /** Gaps that no record behind them has explained yet; at most two, since only one can be counted. */
  open: TlsGap[]
  /** Bytes of the records that are missing by them, headers included; NaN where nobody knows. */
  missing: number
  /** Application data that is missing before the next: so many bytes, 0 where nobody knows; undefined for none. */
  dataGap: number | undefined
}

/** Names as OpenSSL has them. */
const VERSIONS: Readonly<Record<number, string>> = {
  0x0300: 'SSLv3',
  0x0301: 'TLSv1',
  0x0302: 'TLSv1.1',
  0x0303: 'TLSv1.2',
  0x0304: 'TLSv1.3',
}

/** Reads one connection. */
export class TlsConnectionReader extends TlsFacts {
  private readonly incoming: readonly [Incoming, Incoming]
  private readonly events: PlaintextEvents

  constructor(ciphers: Ciphers, keyLog: KeyLog, store: SessionStore, events: PlaintextEvents) {
    super(ciphers, new TlsSecurity(ciphers, keyLog, store))
    this.events = events
    this.incoming = [this.newIncoming(0), this.newIncoming(1)]
  }

  get hasLost(): boolean {
    return this.lostData || this.incoming.some(({ open }) => open.length > 0)
  }

  /** Takes the next bytes of a side. */
  data(side: Side, bytes: Uint8Array, frame: number): void {
    this.incoming[side].stream.data(bytes, frame)
  }
  /** So many bytes of a side are missing. */
  gap(side: Side, length: number, frame: number): void {
    const incoming = this.incoming[side],
      gap: TlsGap = { from: this.from(side), frame, bytes: length, records: null }
    if (this.gaps.length < MOST_GAPS) this.gaps.push(gap)
    if (incoming.open.length < 2) incoming.open.push(gap)
    incoming.stream.gap(length)
  }
  /** A side has ended. */
  end(side: Side, frame: number): void {
    const incoming = this.incoming[side]
    if (incoming.open.length > 0) incoming.dataGap = 0
    this.tellGap(side, frame)
  }

  protected versionName(version: number): string | null {
    return VERSIONS[version] ?? null
  }
  protected fingerprintsOf(ciphers: Ciphers, hello: Hello): Fingerprints {
    return { ja3: ja3(ciphers, hello), ja4: ja4(ciphers, hello) }
  }

  private newIncoming(side: Side): Incoming {
    const stream = new RecordStream({
      record: (type, version, payload, frame) => {
        this.record(side, type, version, payload, frame)
      },
      missing: (bytes, isOne) => {
        const incoming = this.incoming[side]
        incoming.missing += bytes
        incoming.messages.forget()
        this.security.gap(side, isOne ? 1 : Math.ceil(bytes / (HEADER + SHORTEST)))
      },
      isHeader: (type, version, length) => this.mayBegin(type, version, length),
    })
    return { stream, messages: new HandshakeMessages(), open: [], missing: 0, dataGap: undefined }
  }

  /** Whether a record with such a header may come now. */
  private mayBegin(type: number, version: number, length: number): boolean {
    const agreed = Math.min(this.security.version, TLS12)
    if (length === 0 || length > LONGEST || type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA) return false
    if (type === CHANGE_CIPHER_SPEC && this.security.version === TLS13 && length !== 1) return false
    return agreed === 0 ? version >= 0x0300 && version <= TLS12 : version === agreed
  }

  private record(side: Side, type: number, version: number, payload: Uint8Array, frame: number): void {
    const { security } = this,
      wasProtected = security.isProtected(side, type),
      opened = security.record(side, type, version, payload),
      // behind a gap the record itself may show that its side has changed its cipher spec
      isProtected = wasProtected || (type !== CHANGE_CIPHER_SPEC && security.isProtected(side, type)),
      inner = opened?.type ?? type
    if (this.incoming[side].open.length > 0) this.explainGap(side, type, isProtected, opened)
    const content = this.note({ side, type, version, payload, frame }, isProtected, opened)
    if (content === undefined) return
    if (inner === HANDSHAKE)
      this.incoming[side].messages.add(content, (kind, body) => {
        this.message(side, kind, body, frame, opened !== undefined)
      })
    else if (inner === APPLICATION_DATA) {
      this.tellGap(side, frame)
      this.events.data(side, content, frame)
    }
  }

  /** The first record behind a gap, which tells what is missing. */
  private explainGap(side: Side, type: number, isProtected: boolean, opened: Unlocked | undefined): void {
    const incoming = this.incoming[side]
    if (!opened) {
      // how many records there were is not known any more; one in the clear that is none of TLS 1.3's change of the cipher spec follows others in the clear
      incoming.missing = NaN
      if (isProtected || type === CHANGE_CIPHER_SPEC) return
      incoming.open = []
      incoming.missing = 0
      return
    }
    const { skipped, cipher } = opened,
      { open, missing, dataGap } = incoming,
      overhead = cipher.overhead
    if (open.length === 1 && open[0] !== undefined) open[0].records = skipped ?? null
    incoming.open = []
    incoming.missing = 0
    if (skipped === 0) return
    this.lostData = true
    const length = missing > 0 && skipped !== undefined && overhead !== undefined ? Math.max(0, missing - skipped * (HEADER + overhead)) : 0
    incoming.dataGap = length > 0 && dataGap !== 0 ? (dataGap ?? 0) + length : 0
  }

  private tellGap(side: Side, frame: number): void {
    const incoming = this.incoming[side],
      length = incoming.dataGap
    incoming.dataGap = undefined
    if (length !== undefined) this.events.gap(side, length, frame)
  }
}
