// What a connection's handshake says of its keys, and the keys: fed with every record in order, it decrypts those that can be, and follows the handshake
// through them (RFC 8446, 7; RFC 5246, 6.3 and 8.1; RFC 7627; RFC 5077). One instance a connection; whoever feeds it decides what the order is.
import { joined } from '../../../../bytes/join'
import { u16be } from '../../../../bytes/integers'
import { hex } from '../../../../bytes/text'
import type { Ciphers } from '../../../../dissect/ciphers'
import type { KeyLog } from '../../../../dissect/key-log'
import { Tries, openBehindGap } from './behind-gap'
import type { Possible } from './behind-gap'
import { HASH_LENGTHS, suiteParameters } from './cipher-suites'
import type { SuiteParameters } from './cipher-suites'
import { expandLabel } from '../../../../dissect/hkdf'
import { pseudoRandom } from './derivation'
import { Direction } from './direction'
import type { Unlocked } from './direction'
import { keyBlock, recordKeys } from './key-block'
import { isWholeMessages } from './handshake-messages'
import { EXTENSION, alpnNames, chosenVersion, extensionData, isRetry, parseHello } from './hello'
import type { Hello } from './hello'
import { premasterSecret } from './premaster'
import { RecordCipher } from './record-cipher'

/** Side of a connection as its packets' direction. */
export type Side = 0 | 1

/** Sessions that later connections may resume, of the whole capture. */
export class SessionStore {
  readonly ids = new Map<string, Uint8Array>()
  readonly tickets = new Map<string, Uint8Array>()
}

const CHANGE_CIPHER_SPEC = 20,
  ALERT = 21,
  HANDSHAKE = 22,
  APPLICATION_DATA = 23
const TLS13 = 0x0304
const EMPTY = new Uint8Array(0)

/** Keys of one connection. */
export class TlsSecurity {
  readonly keyLog: KeyLog
  clientHello: Hello | undefined
  serverHello: Hello | undefined
  clientSide: Side = 0
  /** Negotiated version; 0 while unknown. */
  version = 0
  suite = 0
  alpn = ''
  /** Protected records that were decrypted, and those that were not. */
  opened = 0
  failed = 0
  private readonly tries = new Tries()
  private readonly ciphers: Ciphers
  private readonly store: SessionStore
  private readonly directions: readonly [Direction, Direction] = [new Direction(), new Direction()]
  private master: Uint8Array | undefined
  /** What both directions take their keys from (up to TLS 1.2); made when the first one changes its cipher spec. */
  private block: Uint8Array | undefined
  private encryptedPremaster: Uint8Array | undefined
  private ticket: Uint8Array | undefined
  /** Messages up to the client's key exchange, for extended master secrets. */
  private transcript: Uint8Array[] = []
  private transcriptEnds = false

  constructor(ciphers: Ciphers, keyLog: KeyLog, store: SessionStore) {
    this.ciphers = ciphers
    this.keyLog = keyLog
    this.store = store
  }

  /** Client's random in hexadecimal, by which key logs name the connection; '' before a hello. */
  get random(): string {
    return this.clientHello ? hex(this.clientHello.random) : ''
  }
  /** Whether the cipher suite is one that can be decrypted here. */
  get isCovered(): boolean {
    return suiteParameters(this.suite) !== undefined
  }
  /** Whether records of a side are protected now. */
  isProtected(side: Side, type: number): boolean {
    const direction = this.directions[side]
    return this.version === TLS13 ? type === APPLICATION_DATA : direction.encrypted || direction.stage === 'early'
  }

  /** Records of a side are missing, at most `most` of them: the number of the next one is looked for. */
  gap(side: Side, most: number): void {
    const direction = this.directions[side]
    direction.messages.forget()
    direction.missing += most
    direction.lastBlock = EMPTY
  }

  /** Takes the next record of a side. Returns its plaintext where it was protected and can be decrypted. */
  record(side: Side, type: number, version: number, payload: Uint8Array): Unlocked | undefined {
    const direction = this.directions[side],
      known = this.isProtected(side, type) || (type === APPLICATION_DATA && direction.stage === 'early'),
      // the change of the cipher spec may be among what is missing
      isProtected = known || (direction.missing > 0 && type !== CHANGE_CIPHER_SPEC && this.isBehindChange(type, payload)),
      unlocked = isProtected ? this.unlock(side, type, version, payload) : undefined
    if (isProtected) {
      if (unlocked) {
        this.opened++
        this.tries.earn()
      } else this.failed++
    }
    if (isProtected && !unlocked) {
      if (type === CHANGE_CIPHER_SPEC) this.changeCipherSpec(side)
      else if (!known) direction.encrypted = true
      return undefined
    }
    const plain = unlocked ?? { type, bytes: payload }
    if (plain.type === CHANGE_CIPHER_SPEC) this.changeCipherSpec(side)
    else if (plain.type === HANDSHAKE)
      direction.messages.add(plain.bytes, (kind, body, raw) => {
        this.learn(side, kind, body, raw)
      })
    return unlocked
  }

  private unlock(side: Side, type: number, version: number, payload: Uint8Array): Unlocked | undefined {
    const direction = this.directions[side]
    if (direction.missing > 0) return openBehindGap(direction, this.possible(side), { type, version, payload }, this.tries)
    for (;;) {
      const { cipher, sequence } = direction
      if (cipher) {
        const iv = direction.lastBlock,
          plain = cipher.open(sequence, type, version, payload, iv)
        if (cipher.chained) direction.lastBlock = cipher.lastBlock(payload)
        // a record that is not authentic (early data that a server skips) does not count, but those with a MAC always did
        if (plain || cipher.countsAll) direction.sequence++
        if (plain) {
          direction.nonceOffset = cipher.nonceOffset(sequence, payload)
          return { type: plain.type, bytes: plain.bytes, cipher, sequence, iv, skipped: 0 }
        }
      }
      if (this.version !== TLS13 || !this.nextStage(side)) return undefined
    }
  }

  /** Keys that records of a side may have behind a gap. */
  private possible(side: Side): Possible[] {
    const direction = this.directions[side],
      { cipher, stage, sequence } = direction,
      list: Possible[] = cipher ? [{ cipher, from: sequence, adopt: () => undefined, isNew: false }] : []
    if (this.version === 0) return list
    if (this.version !== TLS13) {
      // the first records behind the change of the cipher spec
      const next = sequence === 0 && cipher ? undefined : this.cipherOf(side === this.clientSide)
      if (next)
        list.push({
          cipher: next,
          from: 0,
          isNew: true,
          adopt: () => {
            direction.encrypted = true
            direction.cipher = next
          },
        })
      return list
    }
    const suite = suiteParameters(this.suite),
      add = (secret: Uint8Array | undefined, of: Direction['stage']) => {
        if (!secret || !suite) return
        const next = this.cipher13(suite, secret)
        list.push({
          cipher: next,
          from: 0,
          isNew: true,
          adopt: () => {
            direction.secret = secret
            direction.stage = of
            direction.cipher = next
          },
        })
      }
    if (stage === 'early') add(this.secret13(side, 'handshake'), 'handshake')
    if (stage !== 'application') add(this.secret13(side, 'application'), 'application')
    else if (suite) add(this.nextSecret(suite, direction.secret), 'application')
    return list
  }

  /** Whether a record behind a gap is protected though no change of the cipher spec was seen (up to TLS 1.2). */
  private isBehindChange(type: number, payload: Uint8Array): boolean {
    if (this.version === TLS13 || this.version === 0) return false
    return type === APPLICATION_DATA || (type === HANDSHAKE ? !isWholeMessages(payload) : type === ALERT && payload.length !== 2)
  }

  /** When keys do not fit: the client sent no early data that we can read any more, or the log has no handshake secrets. */
  private nextStage(side: Side): boolean {
    const direction = this.directions[side]
    if (direction.stage === 'early' && this.use13(side, 'handshake')) return true
    return direction.stage === 'none' && this.use13(side, 'application')
  }

  private changeCipherSpec(side: Side): void {
    if (this.version === TLS13 || this.version === 0) return
    const direction = this.directions[side],
      fromClient = side === this.clientSide
    direction.encrypted = true
    direction.cipher = this.cipherOf(fromClient)
    direction.sequence = direction.missing = direction.unopened = 0
    direction.lastBlock = direction.cipher?.iv ?? EMPTY
  }

  /** Takes a handshake message of a side that came without TLS's records; `raw` is the message as hashes of the handshake have it. Both are borrowed. */
  message(side: Side, type: number, body: Uint8Array, raw: Uint8Array): void {
    this.learn(side, type, body, raw)
  }

  /** Protection of a side's records by what was negotiated last (up to TLS 1.2); undefined where the keys are not there. */
  recordCipher(side: Side): RecordCipher | undefined {
    return this.cipherOf(side === this.clientSide)
  }

  private learn(side: Side, type: number, body: Uint8Array, raw: Uint8Array): void {
    if (type === 1) {
      this.transcript = []
      this.transcriptEnds = false
    }
    if (type !== 0 && !this.transcriptEnds) this.transcript.push(new Uint8Array(raw))
    switch (type) {
      case 1:
        this.onClientHello(side, body)
        break
      case 2:
        this.onServerHello(body)
        break
      case 4:
        if (this.version < TLS13 && body.length > 6) this.ticket = new Uint8Array(body.subarray(6, 6 + u16be(body, 4)))
        this.remember()
        break
      case 5:
        if (this.version === TLS13) this.use13(side, 'handshake')
        break
      case 8:
        this.alpn = alpnNames(alpnOf(body))[0] ?? this.alpn
        break
      case 16:
        this.encryptedPremaster = new Uint8Array(body)
        this.transcriptEnds = true
        break
      case 20:
        if (this.version === TLS13) this.use13(side, 'application')
        break
      case 24:
        this.updateKeys(side)
        break
      default:
    }
  }

  private onClientHello(side: Side, body: Uint8Array): void {
    const hello = parseHello(new Uint8Array(body), true)
    if (!hello) return
    const isSecond = this.clientHello !== undefined && this.version === TLS13
    this.clientSide = side
    this.clientHello = hello
    this.encryptedPremaster = this.ticket = this.block = undefined
    if (!isSecond) this.master = undefined
    if (!isSecond && extensionData(hello, EXTENSION.earlyData)) this.startEarly(side, hello)
  }

  /** Early data is protected by a suite that the hello does not name: the length of the secret tells its hash, and the offer the rest. */
  private startEarly(side: Side, hello: Hello): void {
    const secret = this.keyLog.secret('CLIENT_EARLY_TRAFFIC_SECRET', this.random)
    const suite = hello.suites.find((one) => {
      const parameters = suiteParameters(one)
      return one >> 8 === 0x13 && parameters !== undefined && HASH_LENGTHS[parameters.prf] === secret?.length
    })
    const parameters = suite === undefined ? undefined : suiteParameters(suite)
    if (secret && parameters) this.install13(side, parameters, secret, 'early')
  }

  private onServerHello(body: Uint8Array): void {
    const hello = parseHello(new Uint8Array(body), false)
    if (!hello) return
    this.version = chosenVersion(hello)
    this.suite = hello.suites[0] ?? 0
    this.serverHello = hello
    this.block = undefined
    const client = this.clientSide,
      server: Side = client === 0 ? 1 : 0
    if (this.version !== TLS13) {
      this.alpn = alpnNames(extensionData(hello, EXTENSION.alpn))[0] ?? ''
      this.directions[client].stage = 'none'
      return
    }
    // TLS 1.3's secrets come from the log alone
    this.transcript = []
    this.transcriptEnds = true
    if (isRetry(hello)) {
      this.directions[client].stage = 'none'
      this.directions[client].cipher = undefined
      return
    }
    this.use13(server, 'handshake')
    if (this.directions[client].stage !== 'early') this.use13(client, 'handshake')
  }

  /** Installs the key log's secret of a stage; false when it has none. */
  private use13(side: Side, stage: 'handshake' | 'application'): boolean {
    const secret = this.secret13(side, stage),
      parameters = suiteParameters(this.suite),
      direction = this.directions[side]
    if (!secret || !parameters) {
      direction.cipher = undefined
      direction.stage = 'none'
      return false
    }
    this.install13(side, parameters, secret, stage)
    return true
  }

  private secret13(side: Side, stage: 'handshake' | 'application'): Uint8Array | undefined {
    const who = side === this.clientSide ? 'CLIENT' : 'SERVER'
    return this.keyLog.secret(stage === 'handshake' ? `${who}_HANDSHAKE_TRAFFIC_SECRET` : `${who}_TRAFFIC_SECRET_0`, this.random)
  }

  private install13(side: Side, suite: SuiteParameters, secret: Uint8Array, stage: Direction['stage']): void {
    const direction = this.directions[side]
    direction.secret = secret
    direction.stage = stage
    direction.sequence = 0
    direction.cipher = this.cipher13(suite, secret)
  }

  private cipher13(suite: SuiteParameters, secret: Uint8Array): RecordCipher {
    const { ciphers } = this
    return new RecordCipher(ciphers, {
      suite,
      version: TLS13,
      key: expandLabel(ciphers, suite.prf, secret, 'key', suite.keyLength),
      iv: expandLabel(ciphers, suite.prf, secret, 'iv', 12),
      macKey: EMPTY,
      encryptThenMac: false,
    })
  }

  private updateKeys(side: Side): void {
    const direction = this.directions[side],
      parameters = suiteParameters(this.suite)
    if (this.version !== TLS13 || !parameters || direction.stage !== 'application') return
    this.install13(side, parameters, this.nextSecret(parameters, direction.secret), 'application')
  }

  /** Traffic secret behind a key update (RFC 8446, 7.2). */
  private nextSecret({ prf }: SuiteParameters, secret: Uint8Array): Uint8Array {
    return expandLabel(this.ciphers, prf, secret, 'traffic upd', HASH_LENGTHS[prf])
  }

  /** Keys of a side up to TLS 1.2, from the master secret. */
  private cipherOf(fromClient: boolean): RecordCipher | undefined {
    const suite = suiteParameters(this.suite),
      master = this.masterSecret(suite),
      { clientHello, serverHello, version } = this
    if (!suite || !master || !clientHello || !serverHello) return undefined
    this.block ??= keyBlock(this.ciphers, version, suite, master, clientHello.random, serverHello.random)
    const keys = recordKeys(this.ciphers, version, suite, this.block, clientHello.random, serverHello.random, fromClient)
    return new RecordCipher(this.ciphers, {
      ...keys,
      suite,
      version,
      encryptThenMac: suite.kind === 'cbc' && extensionData(serverHello, EXTENSION.encryptThenMac) !== undefined,
    })
  }

  private masterSecret(suite: SuiteParameters | undefined): Uint8Array | undefined {
    if (this.master || !suite || !this.clientHello || !this.serverHello) return this.master
    const { keyLog, store, version } = this,
      id = hex(this.serverHello.sessionId),
      ticket = extensionData(this.clientHello, EXTENSION.ticket)
    this.master =
      keyLog.secret('CLIENT_RANDOM', this.random) ??
      (this.encryptedPremaster ? undefined : (keyLog.secret('SESSION', id) ?? store.ids.get(id))) ??
      (this.encryptedPremaster || !ticket?.length ? undefined : store.tickets.get(hex(ticket)))
    if (!this.master) {
      const premaster = premasterSecret(this.ciphers, keyLog, this.random, version, suite, this.encryptedPremaster)
      if (premaster) {
        const extended = extensionData(this.serverHello, EXTENSION.extendedMaster) !== undefined
        this.master = pseudoRandom(
          this.ciphers,
          version,
          suite.prf,
          premaster,
          extended ? 'extended master secret' : 'master secret',
          extended ? this.sessionHash(suite) : joined(this.clientHello.random, this.serverHello.random),
          48,
        )
      } else if (id) this.master = keyLog.secret('SESSION', id)
    }
    this.remember()
    if (this.master) this.transcript = []
    return this.master
  }

  private sessionHash(suite: SuiteParameters): Uint8Array {
    const messages = joined(...this.transcript)
    if (this.version >= 0x0303) return this.ciphers.hash(suite.prf, messages)
    return joined(this.ciphers.hash('md5', messages), this.ciphers.hash('sha1', messages))
  }

  /** Keeps the master secret for connections that resume the session. */
  private remember(): void {
    if (!this.master) return
    if (this.serverHello?.sessionId.length) this.store.ids.set(hex(this.serverHello.sessionId), this.master)
    if (this.ticket?.length) this.store.tickets.set(hex(this.ticket), this.master)
  }
}

/** ALPN extension in EncryptedExtensions. */
function alpnOf(body: Uint8Array): Uint8Array | undefined {
  for (let at = 2; at + 4 <= body.length; at += 4 + u16be(body, at + 2))
    if (u16be(body, at) === EXTENSION.alpn) return body.subarray(at + 4, at + 4 + u16be(body, at + 2))
  return undefined
}
