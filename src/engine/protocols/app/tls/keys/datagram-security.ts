// Keys of a DTLS connection (RFC 6347): TLS's, with messages that come over datagrams. Records name their epoch and place, so that they may be lost,
// repeated, or come in any order; messages may come twice.
import { u16be } from '../../../../bytes/integers'
import { joined, sameBytes } from '../../../../bytes/join'
import type { Unlocked } from './direction'
import type { RecordCipher } from './record-cipher'
import type { Side, TlsSecurity } from './security'

/** Versions as in record headers, with the TLS version whose messages they have. */
export const DTLS_VERSIONS: Readonly<Record<number, number>> = { 0xfeff: 0x0302, 0xfefd: 0x0303, 0xfefc: 0x0304, 0x0100: 0x0302 }

const CLIENT_HELLO = 1,
  SERVER_HELLO = 2,
  HELLO_VERIFY_REQUEST = 3
/** Epochs that are followed: with the place of 48 bits behind them they are numbers that are exact. */
const MOST_EPOCHS = 32
const PLACES = 0x1_0000_0000_0000
const EMPTY = new Uint8Array(0)

/** A handshake message. */
export interface DatagramMessage {
  readonly epoch: number
  readonly sequence: number
  readonly type: number
  /** Borrowed. */
  readonly body: Uint8Array
}

/** Keys of one connection over datagrams. */
export class DatagramSecurity {
  private readonly tls: TlsSecurity
  /** By epoch and side. */
  private readonly ciphers = new Map<number, RecordCipher>()
  /** Messages that came, by side, epoch and sequence number. */
  private readonly seen = new Set<string>()
  private random: Uint8Array = EMPTY

  constructor(tls: TlsSecurity) {
    this.tls = tls
  }

  /** Takes a whole message of a side, in order of arrival; those that were sent again change nothing. */
  message(side: Side, { epoch, sequence, type, body }: DatagramMessage): void {
    // neither it nor the hello before it counts (RFC 6347, 4.2.1)
    if (type === HELLO_VERIFY_REQUEST) return
    if (type === CLIENT_HELLO && epoch === 0 && !sameBytes(body.subarray(2, 34), this.random)) {
      // another connection on the same ports
      this.random = new Uint8Array(body.subarray(2, 34))
      this.ciphers.clear()
      this.seen.clear()
    }
    const name = `${side}/${epoch}/${sequence}`
    if (this.seen.has(name)) return
    this.seen.add(name)
    this.tls.message(side, type, type === CLIENT_HELLO || type === SERVER_HELLO ? asTls(type, body) : body, asWhole(type, sequence, body))
  }

  /** Opens a record; undefined where it was not protected, or the keys are not there. `place` is its sequence number within the epoch. */
  open(side: Side, epoch: number, place: number, type: number, version: number, payload: Uint8Array): Unlocked | undefined {
    if (epoch === 0 || epoch >= MOST_EPOCHS) return undefined
    const key = epoch * 2 + side,
      known = this.ciphers.get(key),
      cipher = known ?? this.tls.recordCipher(side),
      sequence = epoch * PLACES + place,
      plain = cipher?.open(sequence, type, version, payload, EMPTY)
    if (!cipher || !plain) return undefined
    // before they have opened something, they may be those of a handshake that was not captured wholly
    if (!known) this.ciphers.set(key, cipher)
    return { type: plain.type, bytes: plain.bytes, cipher, sequence, iv: EMPTY, skipped: 0 }
  }
}

/** A hello as TLS has it: with TLS's number of the version, and a client's without its cookie. */
function asTls(type: number, body: Uint8Array): Uint8Array {
  const head = new Uint8Array(body),
    version = DTLS_VERSIONS[u16be(body, 0)] ?? 0x0303
  head[0] = version >> 8
  head[1] = version & 255
  if (type === SERVER_HELLO) return head
  const cookie = 35 + (body[34] ?? 0)
  return joined(head.subarray(0, cookie), head.subarray(cookie + 1 + (body[cookie] ?? 0)))
}

/** A message with its header as if it had come in one piece, which is what hashes of handshakes are made of (RFC 6347, 4.2.6). */
function asWhole(type: number, sequence: number, body: Uint8Array): Uint8Array {
  const { length } = body,
    [high, middle, low] = [length >> 16, (length >> 8) & 255, length & 255]
  return joined(Uint8Array.of(type, high, middle, low, sequence >> 8, sequence & 255, 0, 0, 0, high, middle, low), body)
}
