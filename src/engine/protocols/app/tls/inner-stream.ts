// Messages of the protocol inside that span records: which bytes of the decrypted stream they are, and where to read them again. The counterpart of TCP's
// table of PDUs, simpler because nothing is repeated or out of order here.
import { joined } from '../../../bytes/join'
import type { Decoder } from '../../../dissect/define'
import { readOrigin } from '../../../dissect/source-origin'
import type { SourceOrigin } from '../../../dissect/tree-buffer'
import { reopen } from './opened-record'
import type { OpenedRecord } from './opened-record'

/** A record's share of a message. */
export interface InnerPart {
  readonly frame: number
  readonly record: OpenedRecord
  /** Part of the record's content: from, and length. */
  readonly from: number
  readonly length: number
  /** Where the record's protected bytes are: in frames, or kept. */
  readonly protectedBytes: readonly SourceOrigin[] | Uint8Array
  readonly protectedLength: number
}

/** A message that spans records. Positions count the decrypted bytes of its direction. */
export class InnerPdu {
  readonly start: number
  end: number
  /** How much more is needed is not known: the next record is offered whole. */
  open: boolean
  /** It was complete before, but the protocol asked for more. */
  grew = false
  readonly firstFrame: number
  /** Position of the record that completed it; -1 while it is not complete. */
  completedBy = -1
  completeFrame = 0
  readonly parts: InnerPart[] = []
  /** Bytes so far, while the message may grow step by step. */
  private buffer: Uint8Array | undefined

  constructor(start: number, end: number, open: boolean, frame: number) {
    this.start = start
    this.end = end
    this.open = open
    this.firstFrame = frame
  }

  /** First visit: adds a share; `content` is kept only while the length is unknown. */
  add(part: InnerPart, content: Uint8Array, growing: boolean): void {
    this.parts.push(part)
    if (growing) this.buffer = this.buffer ? joined(this.buffer, content) : undefined
  }
  /** Keeps what was put together, since more is to come. */
  keep(bytes: Uint8Array): void {
    this.buffer = bytes
  }
  /** Forgets what was kept. */
  finish(): void {
    this.buffer = undefined
  }

  /** The message's first `limit` bytes: opened again, except the present record's part. */
  bytes(d: Decoder, present: OpenedRecord, content: Uint8Array, limit = Infinity): Uint8Array {
    if (this.buffer && limit === Infinity) return this.buffer
    const pieces: Uint8Array[] = []
    let total = 0
    for (const part of this.parts) {
      if (total >= limit) break
      const whole = part.record === present ? content : reopened(d, part)
      const piece = whole ? whole.slice(part.from, part.from + part.length) : new Uint8Array(part.length)
      pieces.push(piece)
      total += piece.length
      if (part.record === present) break
    }
    const bytes = joined(...pieces)
    return bytes.length > limit ? bytes.subarray(0, limit) : bytes
  }
}

function reopened(d: Decoder, part: InnerPart): Uint8Array | undefined {
  const { protectedBytes } = part
  if (part.record.kept) return part.record.kept
  if (protectedBytes instanceof Uint8Array) return reopen(part.record, protectedBytes)?.bytes
  return reopen(part.record, readOrigin(d, protectedBytes, part.protectedLength))?.bytes
}

/** One direction's decrypted application data. */
export class InnerStream {
  /** Bytes so far. */
  position = 0
  private readonly pdus: InnerPdu[] = []

  /** The message that began before a position and goes on there. */
  covering(position: number): InnerPdu | undefined {
    const { pdus } = this
    let low = 0,
      high = pdus.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pdus[middle]?.start ?? position) < position) low = middle + 1
      else high = middle
    }
    const found = pdus[low - 1]
    return found && found.end > position ? found : undefined
  }
  /** First visit: a message begins. */
  begin(pdu: InnerPdu): void {
    this.pdus.push(pdu)
  }
}
