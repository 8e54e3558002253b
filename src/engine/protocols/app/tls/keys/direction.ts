// One direction of a TLS connection: its keys, and where in its records it is.
import { HandshakeMessages } from './handshake-messages'
import type { Plaintext, RecordCipher } from './record-cipher'

const EMPTY = new Uint8Array(0)

/** Where a record's plaintext came from, so that it can be decrypted again. */
export interface Unlocked extends Plaintext {
  readonly cipher: RecordCipher
  readonly sequence: number
  readonly iv: Uint8Array
  /** Records under the same keys that are missing before it; undefined where the keys have changed meanwhile. */
  readonly skipped: number | undefined
}

/** One direction. */
export class Direction {
  cipher: RecordCipher | undefined
  sequence = 0
  lastBlock: Uint8Array = EMPTY
  /** The side has changed its cipher spec (up to TLS 1.2). */
  encrypted = false
  /** Traffic secret in force, for key updates. */
  secret: Uint8Array = EMPTY
  /** Where TLS 1.3's keys of this direction stand. */
  stage: 'none' | 'early' | 'handshake' | 'application' = 'none'
  /** How many records may be missing before the next; 0 = none is. */
  missing = 0
  /** Records since then that were found, and could not be opened. */
  unopened = 0
  /** The explicit part of the nonce less the sequence number, of the last record that was opened. */
  nonceOffset: bigint | undefined
  readonly messages = new HandshakeMessages()
}
