// The files of one capture: a single one or a ring, and what the capture is to stop at.
import { rmSync } from 'node:fs'
import type { InterfaceCounters, CaptureRequest } from './messages'
import { ringFileName } from './ring-names'
import { SpoolFile, type SpoolInterface } from './spool-file'

/** Packets go through here to the present file. Methods throw TraceError when it cannot be written. */
export class Spool {
  packets = 0
  /** Bytes of the files that are finished. */
  private finishedBytes = 0
  private file: SpoolFile
  private number = 1
  private begun: number
  private readonly started: number
  private readonly names: string[] = []
  private readonly interfaces: SpoolInterface[] = []
  private readonly request: CaptureRequest
  private readonly onFile: (path: string) => void
  private counters: readonly InterfaceCounters[] = []
  /** Drops as the present file states them. */
  private stated: (number | null)[] = []

  constructor(request: CaptureRequest, onFile: (path: string) => void, now = Date.now()) {
    this.request = request
    this.onFile = onFile
    this.started = this.begun = now
    this.file = this.open(now)
  }

  get bytes(): number {
    return this.finishedBytes + this.file.bytes
  }

  interface(described: SpoolInterface): void {
    this.interfaces.push(described)
    this.file.interface(described)
  }

  /** Appends a packet; false when the capture has what it was to get. */
  packet(id: number, seconds: number, nanoseconds: number, bytes: Uint8Array, start: number, length: number, original: number): boolean {
    const { ring, stop } = this.request
    if (ring !== undefined && (this.file.bytes >= (ring.bytes ?? Infinity) || this.file.packets >= (ring.packets ?? Infinity))) {
      if (!this.next(Date.now())) return false
    }
    this.file.packet(id, seconds, nanoseconds, bytes, start, length, original)
    this.packets++
    if (this.packets >= (stop?.packets ?? Infinity)) return false
    // The size of a ring's file is the ring's; without one it ends the capture.
    return ring?.bytes !== undefined || this.bytes < (stop?.bytes ?? Infinity)
  }

  flush(): void {
    this.file.flush()
  }

  /** Looks at the clock and the counters, about ten times a second; false when the time is over. */
  tick(counters: readonly InterfaceCounters[], now = Date.now()): boolean {
    this.counters = counters
    const { ring, stop } = this.request
    if (now - this.started >= (stop?.seconds ?? Infinity) * 1000) return false
    // Drops are stated when they happen, so that a file whose writer was killed tells of them too.
    for (const [id, { dropped }] of counters.entries()) if (dropped !== null && dropped > (this.stated[id] ?? 0)) this.state(id, now)
    this.flush()
    const due =
      now - this.begun >= (ring?.seconds ?? Infinity) * 1000 ||
      (ring?.interval !== undefined && Math.floor(now / 1000 / ring.interval) > Math.floor(this.begun / 1000 / ring.interval))
    return !due || this.next(now)
  }

  /** Ends the present file with its statistics. */
  close(counters: readonly InterfaceCounters[], now = Date.now()): void {
    this.counters = counters
    this.finish(now)
  }

  private open(now: number): SpoolFile {
    const { ring, path, application } = this.request
    const name = ring === undefined ? path : ringFileName(path, this.number, new Date(now))
    const file = new SpoolFile(name, application)
    this.names.push(name)
    if (ring?.files !== undefined) while (this.names.length > ring.files) rmSync(this.names.shift() ?? '', { force: true })
    for (const described of this.interfaces) file.interface(described)
    file.flush()
    this.stated = []
    this.onFile(name)
    return file
  }

  private next(now: number): boolean {
    if (this.number >= (this.request.stop?.files ?? Infinity)) return false
    this.finish(now)
    this.finishedBytes += this.file.bytes
    this.number++
    this.begun = now
    this.file = this.open(now)
    return true
  }

  private finish(now: number): void {
    try {
      for (const id of this.interfaces.keys()) this.state(id, now)
    } finally {
      this.file.close()
    }
  }

  private state(id: number, now: number): void {
    const counters = this.counters[id]
    if (counters === undefined || id >= this.interfaces.length) return
    this.stated[id] = counters.dropped
    this.file.statistics(id, counters, now)
  }
}
