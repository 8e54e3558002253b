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

/** Opens a record again. */
export function reopen(record: OpenedRecord, payload: Uint8Array): Plaintext | undefined {
  if (record.kept) return { type: record.type, bytes: record.kept }
  return record.cipher.open(record.sequence, record.outerType, record.version, payload, record.iv)
}
