// A large file that another thread reads ahead, block by block: copying the bytes out of the system takes a fifth of the time that a pass over them takes.
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { BytesAtHand } from '../../engine/bytes/byte-source'
import { newCoreMemory } from '../../engine/core/core'
import { HEAP_AT } from '../../engine/core/layout'
import type { TraceError } from '../../shared/errors'
import { BlockRing, HEADROOM, RING } from './block-ring'
import type { CaptureSource } from './capture-source'
import { FileSource } from './file-source'

/** Smaller files are read before another thread has started. */
const WORTHWHILE = 64 << 20

/** The other thread's program, among the built files. */
const PROGRAM = 'read-ahead-worker.cjs'

/** The source itself, or the same with its blocks read ahead where that is worthwhile. `folder` holds the built program of the other thread. */
export function readAhead(source: CaptureSource, folder: string): CaptureSource {
  const isLarge = source instanceof FileSource && source.complete && source.size >= WORTHWHILE
  return isLarge && availableParallelism() > 1 ? new ReadAheadSource(source, path.join(folder, PROGRAM)) : source
}

class ReadAheadSource implements CaptureSource {
  readonly name: string
  readonly size: number
  readonly complete = true
  /** The index reads the blocks where they are. */
  readonly sharing: NonNullable<CaptureSource['sharing']>
  private readonly file: FileSource
  private readonly ring: BlockRing
  private readonly worker: Worker
  private block = 0

  constructor(file: FileSource, program: string) {
    this.file = file
    this.name = file.name
    this.size = file.size
    const memory = newCoreMemory(RING)
    this.sharing = { memory, end: HEAP_AT + RING }
    const order = BlockRing.order(file.descriptor, this.size, memory.buffer, HEAP_AT)
    this.ring = new BlockRing(order, (target, targetOffset, length, position) => file.read(target, targetOffset, length, position))
    this.worker = new Worker(program, { workerData: order })
    // without the other thread every block is read here
    this.worker.on('error', () => undefined)
    this.worker.unref()
  }

  get failure(): TraceError | undefined {
    return this.file.failure
  }

  read(target: Uint8Array, targetOffset: number, length: number, position: number): number {
    return this.file.read(target, targetOffset, length, position)
  }

  next(position: number, tail: Uint8Array): BytesAtHand | undefined {
    const { ring, block } = this
    const begins = ring.position(block),
      skipped = position - begins
    if (block >= ring.blocks || skipped < 0 || skipped >= ring.lengthOf(block) || tail.length > HEADROOM) return undefined
    const bytes = ring.take(block)
    if (bytes === undefined) return undefined
    this.block++
    const at = HEADROOM + skipped
    bytes.set(tail, at - tail.length)
    return { bytes, at: at - tail.length, limit: HEADROOM + ring.lengthOf(block) }
  }

  whenMore(): Promise<void> {
    return this.file.whenMore()
  }
  stop(): void {
    this.file.stop()
  }
  close(): void {
    void this.worker.terminate()
    this.file.close()
  }
}
