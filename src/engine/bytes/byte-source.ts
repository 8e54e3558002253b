// The port through which the engine reads capture bytes. Adapters for Node are in src/node/capture-source/.
import type { TraceError } from '../../shared/errors'

/** Random access to the bytes of one capture: a file, a growing spool file, or memory. Synchronous, since the engine owns its process. */
export interface ByteSource {
  /** As shown to the user: a path, or "-" for standard input. */
  readonly name: string
  /** Bytes available now; grows while a live or decompressed capture is written. Up to 2^53. */
  readonly size: number
  /** True once no more bytes will come. A plain file is complete unless it is being followed. */
  readonly complete: boolean
  /** Copies up to length bytes at position into target[targetOffset..]; returns how many were copied (fewer only at the current end). */
  read(target: Uint8Array, targetOffset: number, length: number, position: number): number
  /**
   * For who reads from the start to the end: the bytes from `position` on, as far as the source has them at hand, in a buffer of the source's own with
   * `tail`, the bytes right before them, in front. Valid until the next call. Undefined where there are none at hand: read() then.
   */
  next?(position: number, tail: Uint8Array): BytesAtHand | undefined
  /** Where next() hands out blocks of memory that it shares with the index: that memory, and where the source's part of it ends. */
  readonly sharing?: { readonly memory: { readonly buffer: ArrayBufferLike }; readonly end: number }
  /** An error that ended the source early (for example a damaged gzip stream); what was read before stays usable. */
  readonly failure?: TraceError | undefined
  close(): void
}

/** bytes[at..limit) are bytes of the source. */
export interface BytesAtHand {
  readonly bytes: Uint8Array
  readonly at: number
  readonly limit: number
}

/** A byte source over bytes that are already in memory; borrows them, copies nothing. */
export function memorySource(bytes: Uint8Array, name = 'memory'): ByteSource {
  return {
    name,
    size: bytes.length,
    complete: true,
    read(target, targetOffset, length, position) {
      const end = Math.min(position + length, bytes.length)
      if (end <= position) return 0
      target.set(bytes.subarray(position, end), targetOffset)
      return end - position
    },
    close() {
      // nothing is held
    },
  }
}
