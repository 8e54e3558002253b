// What every source of this folder offers beyond the engine's port: a way to wait for more bytes.
import type { ByteSource } from '../../engine/bytes/byte-source'

/** A byte source that can be waited for. */
export interface CaptureSource extends ByteSource {
  /** Resolves when there are more bytes than at the time of the call, or when the source is complete; at once if it is already. */
  whenMore(): Promise<void>
  /** A followed file ends where it ends now; a stream that is still arriving is cut off here. */
  stop(): void
}
