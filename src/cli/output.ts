// Where printed bytes go. Writes are synchronous: the engine runs in the same thread, so a slow reader of the pipe slows the engine down and no
// output piles up in memory.
import { writeSync } from 'node:fs'

/** Thrown when whoever read our output has gone away (`| head -1`); the program then ends quietly. */
export class OutputClosed extends Error {}

const SIZE = 1 << 16
/** Characters of text that wait at most. */
const MOST_PENDING = 1 << 13
const SPACE = 32

/** Buffered bytes to a file descriptor. */
export class Output {
  /** Bytes not yet written; `length` of them are used. Hot printers write here after reserve(). */
  buffer = Buffer.allocUnsafe(SIZE)
  length = 0
  /** Text behind these bytes that is not encoded yet: one long text takes a fraction of the time of many short ones. */
  private pending = ''
  /** Flush after every packet (-l). */
  lineBuffered = false
  private readonly fd: number

  constructor(fd: number) {
    this.fd = fd
  }

  /** Makes room for `bytes` more bytes at buffer[length]. */
  reserve(bytes: number): void {
    if (this.pending !== '') this.encode()
    this.room(bytes)
  }

  /** Appends text as UTF-8. */
  text(text: string): void {
    this.pending += text
    if (this.pending.length > MOST_PENDING) this.encode()
  }

  /** Appends text and a newline. */
  line(text: string): void {
    this.text(`${text}\n`)
  }

  /** Appends a short text of ASCII alone, right-aligned in `width` cells, for tables of many lines: nothing is put together on the heap. Room was reserved. */
  cell(text: string, width: number): void {
    const { buffer } = this
    let at = this.length
    for (let space = width - text.length; space > 0; space--) buffer[at++] = SPACE
    for (let i = 0; i < text.length; i++) buffer[at++] = text.charCodeAt(i)
    this.length = at
  }

  /** Appends bytes. */
  bytes(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.buffer.set(bytes, this.length)
    this.length += bytes.length
  }

  /** Says that a packet's output is complete. */
  packetDone(): void {
    if (this.lineBuffered) this.flush()
  }

  private room(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return
    this.write()
    if (bytes > this.buffer.length) this.buffer = Buffer.allocUnsafe(bytes * 2)
  }

  /** Puts the text that waits behind the bytes. */
  private encode(): void {
    const { pending } = this
    this.pending = ''
    this.room(pending.length * 3)
    this.length += this.buffer.write(pending, this.length)
  }

  /** Writes everything out. Throws OutputClosed when nobody reads any more. */
  flush(): void {
    if (this.pending !== '') this.encode()
    this.write()
  }

  private write(): void {
    let at = 0
    const end = this.length
    this.length = 0
    while (at < end) {
      try {
        at += writeSync(this.fd, this.buffer, at, end - at)
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : ''
        if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'EOF') throw new OutputClosed()
        if (code !== 'EAGAIN') throw error
        // a pipe that was made non-blocking by whoever holds its other end
        Atomics.wait(pause, 0, 0, 2)
      }
    }
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4))
