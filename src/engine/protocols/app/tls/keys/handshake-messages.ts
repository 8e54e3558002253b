// Handshake messages of one direction, put together over records (RFC 8446, 5.1).
import { u32be } from '../../../../bytes/integers'
import { joined } from '../../../../bytes/join'

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
