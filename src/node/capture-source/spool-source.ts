// Bytes that arrive as a stream (standard input, decompressed files), kept so that any part can be read again: in memory while
// they are few, else in a temporary file that has no name and vanishes with the process.
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TraceError } from '../../shared/errors'
import { fileError } from '../files/file-error'
import type { CaptureSource } from './capture-source'

/** More than this goes to a temporary file. */
export const MEMORY_LIMIT = 32 << 20

/** A growing byte source: append() until finish() or fail(). */
export class SpoolSource implements CaptureSource {
  readonly name: string
  size = 0
  complete = false
  failure: TraceError | undefined = undefined
  private memory = new Uint8Array(1 << 16)
  private descriptor: number | undefined = undefined
  private waiting: (() => void)[] = []
  private readonly memoryLimit: number

  constructor(name: string, memoryLimit = MEMORY_LIMIT) {
    this.name = name
    this.memoryLimit = memoryLimit
  }

  /** Adds bytes (copied). After close(), stop() or an error they are dropped; answers whether more is wanted. */
  append(bytes: Uint8Array): boolean {
    if (this.complete) return false
    try {
      if (this.descriptor === undefined && this.size + bytes.length > this.memoryLimit) this.moveToFile()
      if (this.descriptor === undefined) {
        if (this.size + bytes.length > this.memory.length) {
          const larger = new Uint8Array(Math.max(this.memory.length * 2, this.size + bytes.length))
          larger.set(this.memory.subarray(0, this.size))
          this.memory = larger
        }
        this.memory.set(bytes, this.size)
      } else {
        for (let done = 0; done < bytes.length;) {
          done += writeSync(this.descriptor, bytes, done, bytes.length - done, this.size + done)
        }
      }
    } catch (error) {
      this.fail(fileError(error, join(tmpdir(), 'wireglass-spool'), 'write'))
      return false
    }
    this.size += bytes.length
    if (bytes.length > 0) this.notify()
    return true
  }

  /** No more bytes will come. */
  finish(): void {
    this.complete = true
    this.notify()
  }

  /** No more bytes will come, because of `error`; those that came stay readable. */
  fail(error: TraceError): void {
    if (this.complete) return
    this.failure = error
    this.finish()
  }

  read(target: Uint8Array, targetOffset: number, length: number, position: number): number {
    const wanted = Math.min(length, this.size - position)
    if (wanted <= 0) return 0
    if (this.descriptor === undefined) {
      target.set(this.memory.subarray(position, position + wanted), targetOffset)
      return wanted
    }
    let done = 0
    try {
      while (done < wanted) {
        const got = readSync(this.descriptor, target, targetOffset + done, wanted - done, position + done)
        if (got === 0) break
        done += got
      }
    } catch (error) {
      this.failure ??= fileError(error, this.name, 'read')
    }
    return done
  }

  whenMore(): Promise<void> {
    if (this.complete) return Promise.resolve()
    return new Promise((resolve) => {
      this.waiting.push(resolve)
    })
  }

  stop(): void {
    if (!this.complete) this.finish()
  }

  close(): void {
    this.stop()
    if (this.descriptor !== undefined) closeSync(this.descriptor)
    this.descriptor = undefined
    this.memory = new Uint8Array(0)
    this.size = 0
  }

  private moveToFile(): void {
    const path = join(tmpdir(), `wireglass-spool-${randomBytes(8).toString('hex')}`)
    const descriptor = openSync(path, 'wx+', 0o600)
    try {
      unlinkSync(path)
    } catch {
      // Windows does not remove open files: the temporary folder is cleaned by the system.
    }
    this.descriptor = descriptor
    for (let done = 0; done < this.size;) done += writeSync(descriptor, this.memory, done, this.size - done, done)
    this.memory = new Uint8Array(0)
  }

  private notify(): void {
    const waiting = this.waiting
    this.waiting = []
    for (const resolve of waiting) resolve()
  }
}
