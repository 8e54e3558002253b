// What is known of one TLS or DTLS connection from its records, whatever brought them: messages with their frames, what was agreed on, alerts, certificates.
// What cannot be decrypted, it says why.
import { encodeBase64 } from '../../bytes/base64'
import { u16be } from '../../bytes/integers'
import { utf8Text } from '../../bytes/text'
import type { Ciphers } from '../../dissect/ciphers'
import { EXTENSION, extensionData, isRetry, parseHello } from '../../protocols/app/tls/keys/hello'
import type { Hello } from '../../protocols/app/tls/keys/hello'
import type { Plaintext } from '../../protocols/app/tls/keys/record-cipher'
import type { TlsSecurity } from '../../protocols/app/tls/keys/security'
import { TLS_ALERTS, TLS_HANDSHAKE_TYPES, tlsCipherSuiteName } from '../../values/tls'
import type { TlsReason } from '../../../shared/contract'
import type { Side } from '../tcp/byte-streams'
import { groupName, schemeName } from './names'

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

/** Bytes of a direction that the capture lacks. */
export interface TlsGap {
  readonly from: 'client' | 'server'
  /** The first packet that shows it. */
  readonly frame: number
  readonly bytes: number
  /** Records that are missing or damaged by it, counted by the sequence numbers of those around; null where nothing tells. */
  records: number | null
}

/** A record with the frame that completed it. */
interface NotedRecord {
  readonly side: Side
  readonly type: number
  readonly version: number
  readonly payload: Uint8Array
  readonly frame: number
}

/** JA3 and JA4 of a client's hello. */
export interface Fingerprints {
  readonly ja3: string
  readonly ja4: string
}

const CHANGE_CIPHER_SPEC = 20,
  ALERT = 21,
  HANDSHAKE = 22,
  APPLICATION_DATA = 23
const TLS13 = 0x0304

/** The facts. Whoever reads records notes each. */
export abstract class TlsFacts {
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
  /** Application data was lost for certain, or what a gap took is not known. */
  protected lostData = false
  private applicationRecords = 0
  private readableRecords = 0
  private serverDone = false
  private readonly ciphers: Ciphers

  constructor(ciphers: Ciphers, security: TlsSecurity) {
    this.ciphers = ciphers
    this.security = security
  }

  /** Application data may be missing. */
  abstract get hasLost(): boolean
  /** Name of a version, by its number in TLS. */
  protected abstract versionName(version: number): string | null
  protected abstract fingerprintsOf(ciphers: Ciphers, hello: Hello): Fingerprints

  /** Which side is the client; side 0 until a hello says otherwise. */
  get clientSide(): Side {
    return this.security.clientSide
  }
  /** Version as OpenSSL names it; null when none was agreed on. */
  get version(): string | null {
    return this.versionName(this.security.version || this.refusedWith)
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
  get fingerprints(): Fingerprints | null {
    const hello = this.security.clientHello
    return hello ? this.fingerprintsOf(this.ciphers, hello) : null
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

  protected from(side: Side): 'client' | 'server' {
    return side === this.security.clientSide ? 'client' : 'server'
  }

  /** Notes a record, opened where that was possible. Returns its content where it is known. */
  protected note(
    { side, type, version, payload, frame }: NotedRecord,
    isProtected: boolean,
    opened: Plaintext | undefined,
  ): Uint8Array | undefined {
    const { security } = this,
      inner = opened?.type ?? type
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
      return undefined
    }
    if (opened) this.firstOpened ??= side
    const content = opened?.bytes ?? payload
    if (inner === CHANGE_CIPHER_SPEC)
      this.phases.push({ name: 'ChangeCipherSpec', from: this.from(side), frame, protected: opened !== undefined })
    else if (inner === ALERT) this.alert(side, version, content, frame)
    else if (inner === APPLICATION_DATA) {
      if (!opened) return undefined
      this.application[this.from(side)] ||= frame
      this.applicationRecords++
      this.readableRecords++
      if (!this.phases.some(({ name, from }) => name === 'ApplicationData' && from === this.from(side)))
        this.phases.push({ name: 'ApplicationData', from: this.from(side), frame, protected: true })
    }
    return content
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

  protected message(side: Side, kind: number, body: Uint8Array, frame: number, isOpened: boolean): void {
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
