// Decrypted records of a connection: opened once, on the first visit and in order; afterwards any record is opened again alone from its own bytes, its key
// and its sequence number, so that no plaintext is kept (except that of stream ciphers, which cannot be entered in the middle).
import { defineState } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { KEY_LOG } from '../../../dissect/key-log'
import { InnerStream } from './inner-stream'
import type { Plaintext } from './keys/record-cipher'
import { SessionStore, TlsSecurity } from './keys/security'
import { OpenedRecords, reopen } from './opened-record'
import type { OpenedRecord } from './opened-record'

/** Bytes of a record's header. */
const HEADER = 5

/** Decryption of one connection. */
export class Decryption {
  readonly security: TlsSecurity
  readonly streams: readonly [InnerStream, InnerStream] = [new InnerStream(), new InnerStream()]
  private readonly records = new OpenedRecords()

  constructor(security: TlsSecurity) {
    this.security = security
  }

  /** Says which frame's records come next. */
  goTo(frame: number): void {
    this.records.goTo(frame)
  }

  /** Opens the record at `start`, of `length` bytes behind its header. Undefined where it was not protected, or cannot be opened. */
  open(d: Decoder, start: number, length: number): { readonly record: OpenedRecord; readonly plain: Plaintext } | undefined {
    const kept = this.records.next(),
      type = d.peek8(start),
      version = d.peek16(start + 1),
      payload = d.slice(start + HEADER, start + HEADER + length)
    if (!d.first) {
      const plain = kept && reopen(kept, payload)
      return kept && plain && { record: kept, plain }
    }
    // of a record that was cut nothing is authentic
    if (payload.length < length) return undefined
    const opened = this.security.record(d.packet.direction, type, version, payload)
    if (!opened) return undefined
    const stream = this.streams[d.packet.direction]
    const record: OpenedRecord = {
      type: opened.type,
      cipher: opened.cipher,
      sequence: opened.sequence,
      iv: opened.iv,
      outerType: type,
      version,
      kept: opened.cipher.once ? opened.bytes : undefined,
      position: stream.position,
    }
    if (opened.type === 23) stream.position += opened.bytes.length
    this.records.keep(record)
    return { record, plain: opened }
  }
}

const SESSIONS = defineState('tls.sessions', () => new SessionStore())

/** A new connection's decryption; undefined where the capture has no keys. */
export function newDecryption(d: Decoder): Decryption | undefined {
  const security = newSecurity(d)
  return security && new Decryption(security)
}

/** A new connection's keys; undefined where the capture has none. */
export function newSecurity(d: Decoder): TlsSecurity | undefined {
  const keyLog = d.state(KEY_LOG)
  return keyLog.isEmpty ? undefined : new TlsSecurity(d.session.ciphers, keyLog, d.state(SESSIONS))
}
