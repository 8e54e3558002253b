// Handshake messages of one direction, put together over records (RFC 8446, 5.1).
import { u32be } from '../../../../bytes/integers'
import { joined } from '../../../../bytes/join'
import { TLS_HANDSHAKE_TYPES } from '../../../../values/tls'

/** Longest message that is waited for; certificate chains stay far below it. */
const LONGEST = 1 << 20

/** What comes when a message is complete: type, body, and the whole message with its header. All are borrowed. */
export type MessageHandler = (type: number, body: Uint8Array, raw: Uint8Array) => void

const NOTHING = new Uint8Array(0)

/** Collects what records bring. */
export class HandshakeMessages {
  private pending: Uint8Array = NOTHING

  /** Bytes of a message that is not complete. */
  get waiting(): number {
    return this.pending.length
  }

  /** Bytes are missing: what was begun does not go on. */
  forget(): void {
    this.pending = NOTHING
  }

  /** Takes a handshake record's content. */
  add(content: Uint8Array, handle: MessageHandler): void {
    const bytes = this.pending.length ? joined(this.pending, content) : content
    let at = 0
    while (at + 4 <= bytes.length) {
      const header = u32be(bytes, at),
        length = header & 0xff_ffff,
        end = at + 4 + length
      if (length > LONGEST) {
        // no message at all: what was taken for the clear is not
        at = bytes.length
        break
      }
      if (end > bytes.length) break
      handle(header >>> 24, bytes.subarray(at + 4, end), bytes.subarray(at, end))
      at = end
    }
    this.pending = at < bytes.length ? new Uint8Array(bytes.subarray(at)) : NOTHING
  }
}

/** Whether a record's content is handshake messages in the clear, each complete, of types that TLS knows. */
export function isWholeMessages(content: Uint8Array): boolean {
  let at = 0
  while (at + 4 <= content.length && TLS_HANDSHAKE_TYPES[content[at] ?? 0] !== undefined) at += 4 + (u32be(content, at) & 0xff_ffff)
  return at === content.length
}
