// Decrypted records of DTLS: opened on the first visit, afterwards any record is opened again alone from its own bytes.
import { conversationOf, defineState } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { newSecurity } from './decryption'
import { DatagramSecurity } from './keys/datagram-security'
import type { DatagramMessage } from './keys/datagram-security'
import type { Plaintext } from './keys/record-cipher'
import { OpenedRecords, reopen } from './opened-record'

/** Bytes of a record's header. */
const HEADER = 13

/** Decryption of one connection. */
class DtlsDecryption {
  readonly security: DatagramSecurity
  readonly records = new OpenedRecords()

  constructor(security: DatagramSecurity) {
    this.security = security
  }
}

const DECRYPTIONS = defineState('dtls.decryption', () => new Map<number, DtlsDecryption | undefined>())

function decryptionOf(d: Decoder): DtlsDecryption | undefined {
  const all = d.state(DECRYPTIONS),
    conversation = conversationOf(d)
  if (d.first && !all.has(conversation)) {
    const security = newSecurity(d)
    all.set(conversation, security && new DtlsDecryption(new DatagramSecurity(security)))
  }
  return all.get(conversation)
}

/** Says that the records of a datagram come next. */
export function beginDatagram(d: Decoder): void {
  decryptionOf(d)?.records.goTo(d.packet.number)
}

/** Opens the record at `start`, of `length` bytes behind its header; to be called for each in turn. Undefined where it was not protected, or cannot be opened. */
export function openRecord(d: Decoder, start: number, length: number): Plaintext | undefined {
  const decryption = decryptionOf(d)
  if (!decryption) return undefined
  const kept = decryption.records.next(),
    payload = d.slice(start + HEADER, start + HEADER + length)
  if (!d.first) return kept && reopen(kept, payload)
  // of a record that was cut nothing is authentic
  if (payload.length < length) return undefined
  const type = d.peek8(start),
    version = d.peek16(start + 1),
    place = d.peek16(start + 5) * 0x1_0000_0000 + d.peek32(start + 7),
    opened = decryption.security.open(d.packet.direction, d.peek16(start + 3), place, type, version, payload)
  if (!opened) return undefined
  const { cipher, sequence, iv } = opened,
    stays = cipher.once ? opened.bytes : undefined
  decryption.records.keep({ type: opened.type, cipher, sequence, iv, outerType: type, version, kept: stays, position: 0 })
  return opened
}

/** First visit: takes a whole handshake message. */
export function takeMessage(d: Decoder, message: DatagramMessage): void {
  decryptionOf(d)?.security.message(d.packet.direction, message)
}
