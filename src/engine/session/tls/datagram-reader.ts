// One DTLS connection from its datagrams, in the order in which they were captured (RFC 6347, RFC 4347): messages that were sent again count once.
import { u16be, u32be } from '../../bytes/integers'
import type { Ciphers } from '../../dissect/ciphers'
import type { KeyLog } from '../../dissect/key-log'
import { DTLS_VERSIONS, DatagramSecurity } from '../../protocols/app/tls/keys/datagram-security'
import type { Hello } from '../../protocols/app/tls/keys/hello'
import { TlsSecurity } from '../../protocols/app/tls/keys/security'
import type { SessionStore } from '../../protocols/app/tls/keys/security'
import type { Side } from '../tcp/byte-streams'
import { TlsFacts } from './connection-facts'
import type { Fingerprints } from './connection-facts'
import { ja3, ja4 } from './fingerprints'

/** Bytes of a record's header, and of a handshake message's. */
const RECORD_HEADER = 13,
  MESSAGE_HEADER = 12
const CHANGE_CIPHER_SPEC = 20,
  HANDSHAKE = 22
/** Longest message that is put together, and messages that are waited for at once. */
const LONGEST = 1 << 18,
  MOST_MESSAGES = 64

/** Names as OpenSSL has them, by the TLS version whose messages they have. */
const VERSIONS: Readonly<Record<number, string>> = { 0x0302: 'DTLSv1', 0x0303: 'DTLSv1.2', 0x0304: 'DTLSv1.3' }

/** DTLS's numbers of them. */
const NUMBERS: Readonly<Record<number, number>> = { 0x0302: 0xfeff, 0x0303: 0xfefd, 0x0304: 0xfefc }

/** A message of which fragments came. */
interface Fragments {
  readonly body: Uint8Array
  /** Which bytes are there: begins and ends, in order and apart. */
  stretches: (readonly [number, number])[]
}

/** Whether a datagram begins with a record of DTLS that may begin a connection: epoch 0, a whole handshake message's header. */
export function beginsDtls(bytes: Uint8Array): boolean {
  if (bytes.length < RECORD_HEADER + MESSAGE_HEADER || bytes[0] !== HANDSHAKE || DTLS_VERSIONS[u16be(bytes, 1)] === undefined) return false
  const type = bytes[RECORD_HEADER] ?? 0
  return u16be(bytes, 3) === 0 && (type === 1 || type === 2 || type === 3) && u16be(bytes, 11) <= bytes.length - RECORD_HEADER
}

/** Reads one connection. */
export class DatagramConnectionReader extends TlsFacts {
  private readonly datagrams: DatagramSecurity
  private readonly pending = new Map<string, Fragments>()
  private readonly done = new Set<string>()
  private random = ''

  constructor(ciphers: Ciphers, keyLog: KeyLog, store: SessionStore) {
    const security = new TlsSecurity(ciphers, keyLog, store)
    super(ciphers, security)
    this.datagrams = new DatagramSecurity(security)
  }

  /** Datagrams are lost without a trace. */
  get hasLost(): boolean {
    return false
  }

  /** Takes a datagram of a side. */
  data(side: Side, bytes: Uint8Array, frame: number): void {
    for (let at = 0; at + RECORD_HEADER <= bytes.length;) {
      const version = u16be(bytes, at + 1),
        end = at + RECORD_HEADER + u16be(bytes, at + 11)
      if (DTLS_VERSIONS[version] === undefined || end > bytes.length) return
      this.record(side, bytes.subarray(at, end), version, frame)
      at = end
    }
  }

  protected versionName(version: number): string | null {
    return VERSIONS[DTLS_VERSIONS[version] ?? version] ?? null
  }
  protected fingerprintsOf(ciphers: Ciphers, hello: Hello): Fingerprints {
    return { ja3: ja3(ciphers, { ...hello, version: NUMBERS[hello.version] ?? hello.version }), ja4: ja4(ciphers, hello, true) }
  }

  private record(side: Side, bytes: Uint8Array, version: number, frame: number): void {
    const type = bytes.at(0) ?? 0,
      epoch = u16be(bytes, 3),
      place = u16be(bytes, 5) * 0x1_0000_0000 + u32be(bytes, 7),
      payload = bytes.subarray(RECORD_HEADER),
      name = `${side}/${epoch}/change`
    if (type === CHANGE_CIPHER_SPEC) {
      if (this.done.has(name)) return
      this.done.add(name)
    }
    const opened = this.datagrams.open(side, epoch, place, type, version, payload)
    if (epoch > 0 && type !== CHANGE_CIPHER_SPEC) {
      if (opened) this.security.opened++
      else this.security.failed++
    }
    const content = this.note({ side, type, version, payload, frame }, epoch > 0, opened)
    if (content !== undefined && (opened?.type ?? type) === HANDSHAKE) this.messages(side, epoch, content, frame, opened !== undefined)
  }

  private messages(side: Side, epoch: number, bytes: Uint8Array, frame: number, isOpened: boolean): void {
    for (let at = 0; at + MESSAGE_HEADER <= bytes.length;) {
      const type = bytes[at] ?? 0,
        length = u32be(bytes, at) & 0xff_ffff,
        sequence = u16be(bytes, at + 4),
        offset = u32be(bytes, at + 5) & 0xff_ffff,
        part = u32be(bytes, at + 8) & 0xff_ffff,
        from = at + MESSAGE_HEADER,
        end = from + part
      if (length > LONGEST || offset + part > length || end > bytes.length) return
      // a client may begin anew on the same ports
      if (type === 1 && sequence === 0 && epoch === 0 && offset === 0) this.beginAnew(bytes.subarray(from, end))
      const name = `${side}/${epoch}/${sequence}/${type}`,
        body = this.done.has(name) ? undefined : this.whole(name, length, offset, bytes.subarray(from, end))
      if (body) {
        this.done.add(name)
        this.datagrams.message(side, { epoch, sequence, type, body })
        this.message(side, type, body, frame, isOpened)
      }
      at = end
    }
  }

  private beginAnew(hello: Uint8Array): void {
    const random = hello.subarray(2, 34).join()
    if (random !== this.random) this.done.clear()
    this.random = random
  }

  /** The message's body once all of it is there. */
  private whole(name: string, length: number, offset: number, part: Uint8Array): Uint8Array | undefined {
    if (part.length === length) return part
    let fragments = this.pending.get(name)
    if (!fragments || fragments.body.length !== length) {
      if (this.pending.size >= MOST_MESSAGES) this.pending.clear()
      fragments = { body: new Uint8Array(length), stretches: [] }
      this.pending.set(name, fragments)
    }
    fragments.body.set(part, offset)
    fragments.stretches = withStretch(fragments.stretches, offset, offset + part.length)
    const [first] = fragments.stretches
    if (first?.[0] !== 0 || first[1] !== length) return undefined
    this.pending.delete(name)
    return fragments.body
  }
}

/** Stretches with one more, those that touch made one. */
function withStretch(stretches: readonly (readonly [number, number])[], from: number, to: number): (readonly [number, number])[] {
  const touching = stretches.filter(([start, end]) => start <= to && from <= end),
    apart = stretches.filter(([start, end]) => start > to || from > end)
  const joined = [Math.min(from, ...touching.map(([start]) => start)), Math.max(to, ...touching.map(([, end]) => end))] as const
  return [...apart, joined].sort((a, b) => a[0] - b[0])
}
