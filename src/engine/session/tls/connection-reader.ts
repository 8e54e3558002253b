// One TLS connection from its ordered bytes: its messages with their frames, what was agreed on, and its plaintext where there are keys. What cannot be
// decrypted, it says why.
import { encodeBase64 } from '../../bytes/base64'
import { u16be } from '../../bytes/integers'
import { utf8Text } from '../../bytes/text'
import type { Ciphers } from '../../dissect/ciphers'
import type { KeyLog } from '../../dissect/key-log'
import type { Unlocked } from '../../protocols/app/tls/keys/direction'
import { HandshakeMessages } from '../../protocols/app/tls/keys/handshake-messages'
import { EXTENSION, extensionData, isRetry, parseHello } from '../../protocols/app/tls/keys/hello'
import { TlsSecurity } from '../../protocols/app/tls/keys/security'
import type { SessionStore } from '../../protocols/app/tls/keys/security'
import { TLS_ALERTS, TLS_HANDSHAKE_TYPES, tlsCipherSuiteName } from '../../values/tls'
import type { TlsReason } from '../../../shared/contract'
import type { Side } from '../tcp/byte-streams'
import { ja3, ja4 } from './fingerprints'
import { groupName, schemeName } from './names'
import { RecordStream } from './record-stream'

/** One message of a connection. */
export interface TlsPhase {
  readonly name: string
  readonly from: 'client' | 'server'
  readonly frame: number
  /** The message itself was encrypted. */
  readonly protected: boolean
}

/** One alert. */
export interface TlsAlert {
  readonly frame: number
  readonly from: 'client' | 'server'
  readonly level: 'warning' | 'fatal' | 'unknown'
  readonly number: number
  readonly name: string
}

/** One certificate that a side has sent, in DER as base64. */
export interface TlsCertificate {
  readonly from: 'client' | 'server'
  readonly frame: number
  readonly der: string
}

/** What takes a connection's application data. */
export interface PlaintextEvents {
  data(side: Side, bytes: Uint8Array, frame: number): void
  /** Data of a side is missing: so many bytes, 0 where nobody knows. */
  gap(side: Side, length: number, frame: number): void
}

/** Bytes of a direction that the capture lacks. */
export interface TlsGap {
  readonly from: 'client' | 'server'
  /** The first packet that shows it. */
  readonly frame: number
  readonly bytes: number
  /** Records that are missing or damaged by it, counted by the sequence numbers of those around; null where nothing tells. */
  records: number | null
}

const CHANGE_CIPHER_SPEC = 20,
  ALERT = 21,
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

/** Reads one connection. */
export class TlsConnectionReader {
  readonly security: TlsSecurity
  readonly phases: TlsPhase[] = []
  readonly alerts: TlsAlert[] = []
  readonly certificates: TlsCertificate[] = []
  group = ''
  /** Scheme of the server's signature over the handshake; '' while none was read. */
  signature = ''
  /** Frames of the first protected record of client and server, and of their first application data; 0 for none. */
  readonly encryptedFrom = { client: 0, server: 0 }
  readonly application = { client: 0, server: 0 }
  /** Side whose protected record was the first that could be opened. */
  firstOpened: Side | undefined
  /** Version of the record that refused a connection without a server's hello. */
  refusedWith = 0
  hasCut = false
  /** The first of what the capture lacks. */
  readonly gaps: TlsGap[] = []
  private applicationRecords = 0
  private readableRecords = 0
  private serverDone = false
  private lostData = false
  private readonly ciphers: Ciphers
  private readonly incoming: readonly [Incoming, Incoming]
  private readonly events: PlaintextEvents

  constructor(ciphers: Ciphers, keyLog: KeyLog, store: SessionStore, events: PlaintextEvents) {
    this.ciphers = ciphers
    this.security = new TlsSecurity(ciphers, keyLog, store)
    this.events = events
    this.incoming = [this.newIncoming(0), this.newIncoming(1)]
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
  /** Which side is the client; side 0 until a hello says otherwise. */
  get clientSide(): Side {
    return this.security.clientSide
  }
  /** Version as OpenSSL names it; null when none was agreed on. */
  get version(): string | null {
    const names: Readonly<Record<number, string>> = {
      0x0300: 'SSLv3',
      0x0301: 'TLSv1',
      0x0302: 'TLSv1.1',
      0x0303: 'TLSv1.2',
      0x0304: 'TLSv1.3',
    }
    return names[this.security.version || this.refusedWith] ?? null
  }
  /** IANA's name of the cipher suite; null when none was agreed on. */
  get cipher(): string | null {
    return this.security.serverHello ? (tlsCipherSuiteName(this.security.suite) ?? `0x${this.security.suite.toString(16)}`) : null
  }
  /** The server took a session up again. */
  get resumed(): boolean {
    const { serverHello, version } = this.security
    if (!serverHello) return false
    if (version === TLS13) return extensionData(serverHello, EXTENSION.preSharedKey) !== undefined
    return this.phases.some(({ name, from }) => from === 'server' && name === 'ChangeCipherSpec') && !this.serverDone
  }
  /** Name that the client asked for. */
  get serverName(): string | null {
    const data = this.security.clientHello && extensionData(this.security.clientHello, EXTENSION.serverName)
    return data && data.length > 5 ? utf8Text(data.subarray(5, 5 + u16be(data, 3))) : null
  }
  /** JA3 and JA4 of the client's hello. */
  get fingerprints(): { readonly ja3: string; readonly ja4: string } | null {
    const hello = this.security.clientHello
    return hello ? { ja3: ja3(this.ciphers, hello), ja4: ja4(this.ciphers, hello) } : null
  }
  /** Application data may be missing. */
  get hasLost(): boolean {
    return this.lostData || this.incoming.some(({ open }) => open.length > 0)
  }
  /** Every record of application data was read. */
  get decrypted(): boolean {
    return this.applicationRecords > 0 && this.readableRecords === this.applicationRecords && !this.hasLost && !this.hasCut
  }
  /** Why not. */
  get reason(): TlsReason {
    if (this.decrypted) return 'none'
    const { clientHello, serverHello, keyLog, random, version } = this.security
    if (!clientHello) return 'no-client-hello'
    if (!serverHello) return 'no-server-hello'
    if (this.applicationRecords === 0 && this.security.failed === 0 && !this.hasLost) return 'no-application-data'
    if (this.hasCut) return 'cut-packets'
    if (keyLog.isEmpty) return 'no-key-log'
    const labels = keyLog.labelsOf(random)
    if (labels.length === 0 && keyLog.privateKeys.length === 0) {
      return extensionData(clientHello, EXTENSION.ech) ? 'ech' : 'no-key-for-random'
    }
    const needed = version === TLS13 ? ['CLIENT_TRAFFIC_SECRET_0', 'SERVER_TRAFFIC_SECRET_0'] : ['CLIENT_RANDOM']
    if (keyLog.privateKeys.length === 0 && !needed.every((label) => labels.includes(label))) return 'labels-missing'
    if (this.hasLost) return 'lost-segments'
    return this.security.isCovered ? 'key-does-not-fit' : 'cipher-not-supported'
  }

  private from(side: Side): 'client' | 'server' {
    return side === this.security.clientSide ? 'client' : 'server'
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
    if ((isProtected || opened) && type !== CHANGE_CIPHER_SPEC) this.encryptedFrom[this.from(side)] ||= frame
    if (!opened && isProtected && type !== CHANGE_CIPHER_SPEC) {
      if (type === APPLICATION_DATA) {
        this.applicationRecords++
        // in TLS 1.3 everything looks like application data
        if (security.version !== TLS13) this.application[this.from(side)] ||= frame
      }
      // up to TLS 1.2 the first protected message can be no other
      else if (type === HANDSHAKE && !this.phases.some(({ name, from }) => name === 'Finished' && from === this.from(side)))
        this.phases.push({ name: 'Finished', from: this.from(side), frame, protected: true })
      return
    }
    if (opened) this.firstOpened ??= side
    const content = opened?.bytes ?? payload,
      isOpened = opened !== undefined
    if (opened && inner === APPLICATION_DATA) this.application[this.from(side)] ||= frame
    switch (inner) {
      case CHANGE_CIPHER_SPEC:
        this.phases.push({ name: 'ChangeCipherSpec', from: this.from(side), frame, protected: isOpened })
        break
      case ALERT:
        this.alert(side, version, content, frame)
        break
      case HANDSHAKE:
        this.incoming[side].messages.add(content, (kind, body) => {
          this.message(side, kind, body, frame, isOpened)
        })
        break
      case APPLICATION_DATA:
        if (!opened) break
        this.applicationRecords++
        this.readableRecords++
        if (!this.phases.some(({ name, from }) => name === 'ApplicationData' && from === this.from(side)))
          this.phases.push({ name: 'ApplicationData', from: this.from(side), frame, protected: true })
        this.tellGap(side, frame)
        this.events.data(side, content, frame)
        break
      default:
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

  private alert(side: Side, version: number, content: Uint8Array, frame: number): void {
    if (content.length !== 2) return
    const level = content.at(0) ?? 0,
      number = content.at(1) ?? 0
    if (!this.security.serverHello) this.refusedWith = version
    this.alerts.push({
      frame,
      from: this.from(side),
      level: level === 1 ? 'warning' : level === 2 ? 'fatal' : 'unknown',
      number,
      name: (TLS_ALERTS[number] ?? 'unknown').toLowerCase().replace(/ /g, '_'),
    })
  }

  private message(side: Side, kind: number, body: Uint8Array, frame: number, isOpened: boolean): void {
    const isFirstHello = kind === 1 && this.security.clientSide === side,
      hello = kind === 2 ? parseHello(body, false) : undefined,
      name = hello && isRetry(hello) ? 'HelloRetryRequest' : (TLS_HANDSHAKE_TYPES[kind] ?? `Handshake ${kind}`).replace(/ /g, '')
    this.phases.push({ name, from: isFirstHello ? 'client' : this.from(side), frame, protected: isOpened })
    if (hello && name !== 'HelloRetryRequest') {
      const share = extensionData(hello, EXTENSION.keyShare)
      if (share && share.length >= 2) this.group = groupName(u16be(share, 0))
    } else if (kind === 11) this.certificate(side, body, frame)
    else if (kind === 12) {
      this.serverDone = true
      this.keyExchange(body)
    } else if (kind === 14) this.serverDone = true
    else if (kind === 15 && side !== this.security.clientSide && body.length > 4 && this.security.version === TLS13)
      this.signature = schemeName(u16be(body, 0))
  }

  /** Parameters of a server's key exchange (RFC 8422, 5.4; RFC 5246, 7.4.3). */
  private keyExchange(message: Uint8Array): void {
    const suite = tlsCipherSuiteName(this.security.suite) ?? '',
      hasHint = suite.includes('_PSK_'),
      // with a pre-shared key a hint stands before them (RFC 4279, 3; RFC 5489, 2)
      body = hasHint && message.length >= 2 ? message.subarray(2 + u16be(message, 0)) : message
    if (suite.includes('ECDH') && body.at(0) === 3 && body.length > 3) this.group = groupName(u16be(body, 1))
    else if (/_DHE?_|_DH_/.test(suite) && body.length > 2) this.group = `DH ${u16be(body, 0) * 8} bits`
    if (this.security.version === 0x0303 && !hasHint && !suite.includes('anon'))
      this.signature = signatureBehind(body, suite.includes('ECDH'))
  }

  private certificate(side: Side, body: Uint8Array, frame: number): void {
    const is13 = this.security.version === TLS13
    let at = is13 ? 1 + (body.at(0) ?? 0) : 0
    const length24 = (offset: number) => ((body.at(offset) ?? 0) << 16) | (offset + 3 <= body.length ? u16be(body, offset + 1) : 0)
    for (at += 3; at + 3 <= body.length;) {
      const end = at + 3 + length24(at)
      if (end > body.length) return
      this.certificates.push({ from: this.from(side), frame, der: encodeBase64(body.subarray(at + 3, end)) })
      at = end + (is13 && end + 2 <= body.length ? 2 + u16be(body, end) : 0)
    }
  }
}

/** Scheme of the signature behind a server's parameters in TLS 1.2: curve and point, or prime, generator and public value. */
function signatureBehind(body: Uint8Array, isElliptic: boolean): string {
  let at = 0
  if (isElliptic) at = 4 + (body.at(3) ?? 0)
  else for (let number = 0; number < 3 && at + 2 <= body.length; number++) at += 2 + u16be(body, at)
  return at + 2 <= body.length ? schemeName(u16be(body, at)) : ''
}
