// Where written captures go, and the buffer in front of it.

/** Takes the bytes of a file in order. Borrows them: they are overwritten after the call. Throws what ends the writing. */
export interface ByteSink {
  write(bytes: Uint8Array): void
}

const BUFFER = 1 << 18

/** Collects small pieces, so that the sink sees few large ones. Memory stays bounded whatever is written. */
export class SinkBuffer {
  /** Valid after reserve(): the reserved bytes start at the index that it answered. */
  bytes = new Uint8Array(BUFFER)
  /** Bytes written so far, also those still here. */
  written = 0
  private used = 0
  private readonly sink: ByteSink

  constructor(sink: ByteSink) {
    this.sink = sink
  }

  /** Makes room for `length` bytes (not cleared) and answers where they start in `bytes`; the caller fills them all. */
  reserve(length: number): number {
    if (this.used + length > this.bytes.length) {
      this.flush()
      if (length > this.bytes.length) this.bytes = new Uint8Array(length)
    }
    const at = this.used
    this.used += length
    this.written += length
    return at
  }

  /** Writes bytes[from..to). */
  append(bytes: Uint8Array, from = 0, to = bytes.length): void {
    const at = this.reserve(to - from)
    this.bytes.set(bytes.subarray(from, to), at)
  }

  /** Hands everything to the sink. */
  flush(): void {
    if (this.used > 0) this.sink.write(this.bytes.subarray(0, this.used))
    this.used = 0
  }
}
