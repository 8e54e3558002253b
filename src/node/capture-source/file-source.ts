// A plain file as a byte source, read where it lies; followed while it grows when asked.
import { closeSync, fstatSync, readSync } from 'node:fs'
import { TraceError } from '../../shared/errors'
import { fileError } from '../files/file-error'
import type { CaptureSource } from './capture-source'

/** How often a followed file is looked at. */
const POLL_MS = 100

/** Reads a regular file through its descriptor, which it owns. Positions beyond 4 GB are fine. */
export class FileSource implements CaptureSource {
  readonly name: string
  failure: TraceError | undefined = undefined
  /** Number by which the system knows the open file. */
  readonly descriptor: number
  private knownSize: number
  private following: boolean
  private readonly pollMs: number
  private closed = false

  constructor(name: string, descriptor: number, follow: boolean, pollMs = POLL_MS) {
    this.name = name
    this.descriptor = descriptor
    this.following = follow
    this.pollMs = pollMs
    this.knownSize = fstatSync(descriptor).size
  }

  get size(): number {
    if (this.following) this.refresh()
    return this.knownSize
  }

  get complete(): boolean {
    return !this.following
  }

  read(target: Uint8Array, targetOffset: number, length: number, position: number): number {
    let done = 0
    try {
      while (done < length) {
        const got = readSync(this.descriptor, target, targetOffset + done, length - done, position + done)
        if (got === 0) break
        done += got
      }
    } catch (error) {
      this.fail(fileError(error, this.name, 'read'))
    }
    return done
  }

  async whenMore(): Promise<void> {
    const before = this.knownSize
    // The timer keeps the process alive on purpose: whoever waits here has nothing else to do.
    while (this.following && this.size === before) await new Promise((resolve) => setTimeout(resolve, this.pollMs))
  }

  stop(): void {
    if (this.following) this.refresh()
    this.following = false
  }

  close(): void {
    if (this.closed) return
    this.following = false
    this.closed = true
    closeSync(this.descriptor)
  }

  private refresh(): void {
    try {
      const size = fstatSync(this.descriptor).size
      if (size < this.knownSize) {
        const message = `${this.name} became shorter while it was open (${this.knownSize} bytes before, ${size} now). Open it again.`
        this.fail(new TraceError('io/read', message, { file: this.name, offset: size }))
      }
      this.knownSize = size
    } catch (error) {
      this.fail(fileError(error, this.name, 'read'))
    }
  }

  private fail(error: TraceError): void {
    this.failure ??= error
    this.following = false
  }
}
