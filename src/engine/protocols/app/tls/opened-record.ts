// What is kept of a decrypted record: enough to open it again from its bytes.
import type { Plaintext, RecordCipher } from './keys/record-cipher'

/** How a record of a frame is opened again. */
export interface OpenedRecord {
  /** Content type inside. */
  readonly type: number
  readonly cipher: RecordCipher
  readonly sequence: number
  readonly iv: Uint8Array
  /** Header's content type and version, which are authenticated. */
  readonly outerType: number
  readonly version: number
  readonly kept: Uint8Array | undefined
  /** Place of its content among the application data of its direction. */
  readonly position: number
}

/** Records of a connection that were opened on the first visit, by their frames and their order in them. */
export class OpenedRecords {
  private readonly frames = new Map<number, (OpenedRecord | undefined)[]>()
  private frame = 0
  private ordinal = -1

  /** Says which frame's records come next. */
  goTo(frame: number): void {
    this.frame = frame
    this.ordinal = -1
  }
  /** Goes to the frame's next record; returns what was kept of it. */
  next(): OpenedRecord | undefined {
    this.ordinal++
    return this.frames.get(this.frame)?.[this.ordinal]
  }
  /** Keeps the record that was gone to. */
  keep(record: OpenedRecord): void {
    const list = this.frames.get(this.frame)
    if (list) list[this.ordinal] = record
    else {
      const fresh: (OpenedRecord | undefined)[] = []
      fresh[this.ordinal] = record
      this.frames.set(this.frame, fresh)
    }
  }
}

/** Opens a record again. */
export function reopen(record: OpenedRecord, payload: Uint8Array): Plaintext | undefined {
  if (record.kept) return { type: record.type, bytes: record.kept }
  return record.cipher.open(record.sequence, record.outerType, record.version, payload, record.iv)
}
