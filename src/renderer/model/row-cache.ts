// Windows of packet rows, fetched when they come into view and kept until they are replaced. Rows that may be out of date stay visible while
// the new ones load, so the list never flickers. A few requests at a time; what the user no longer looks at is not fetched.
import { isCancelled } from '../../shared/rpc/problem'

/** Rows per block; one request fetches one block. */
export const BLOCK_ROWS = 128
/** Blocks kept in memory. */
export const CACHE_BLOCKS = 96
const MAX_REQUESTS = 2

/** Fetches rows first..first+count-1. */
export type FetchRows<R> = (
  first: number,
  count: number,
  signal: AbortSignal,
) => Promise<{ readonly rowCount: number; readonly rows: readonly R[] }>

interface Block<R> {
  rows: readonly R[]
  /** Generation of the data; older than the cache's means stale. */
  generation: number
  /** How many rows the list had when the block was read: a last block may have grown since. */
  complete: boolean
  used: number
}

/** Cache of rows for one capture and one arrangement of columns. */
export class RowCache<R> {
  private readonly blocks = new Map<number, Block<R>>()
  private readonly running = new Map<number, { generation: number; abort: AbortController }>()
  private readonly listeners = new Set<() => void>()
  private generation = 0
  private clock = 0
  private wanted: readonly number[] = []
  private readonly fetchRows: FetchRows<R>
  private readonly onError: (error: unknown) => void
  private version = 0
  private count = 0

  constructor(fetchRows: FetchRows<R>, onError: (error: unknown) => void = () => undefined) {
    this.fetchRows = fetchRows
    this.onError = onError
  }

  /** Number that changes whenever a row may have changed; for useSyncExternalStore. */
  readonly getVersion = (): number => this.version

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  /** Number of rows of the list, as the capture's info says. A block that ended at the old count is fetched again when it grew. */
  setRowCount(count: number): void {
    if (count === this.count) return
    this.count = count
    for (const [index, block] of this.blocks) {
      if (!block.complete && index * BLOCK_ROWS + block.rows.length < count) block.generation = -1
      if (index * BLOCK_ROWS >= count) this.blocks.delete(index)
    }
    this.pump()
  }

  /** A row, possibly stale; undefined while it was never read. */
  row(index: number): R | undefined {
    const block = this.blocks.get(Math.floor(index / BLOCK_ROWS))
    return block?.rows[index % BLOCK_ROWS]
  }

  /** True when the row is there and up to date. */
  isFresh(index: number): boolean {
    const block = this.blocks.get(Math.floor(index / BLOCK_ROWS))
    return block !== undefined && block.generation === this.generation && index % BLOCK_ROWS < block.rows.length
  }

  /** Says which rows are in view; they are fetched, then the blocks before and after them in the direction of movement. */
  want(first: number, last: number, direction: -1 | 0 | 1 = 0): void {
    const from = Math.max(0, Math.floor(first / BLOCK_ROWS))
    const to = Math.max(from, Math.floor(Math.max(first, last) / BLOCK_ROWS))
    const blocks: number[] = []
    for (let index = from; index <= to; index++) blocks.push(index)
    if (direction >= 0) blocks.push(to + 1, from - 1)
    else blocks.push(from - 1, to + 1)
    // what lies behind the end now may be there when the number of rows is known
    this.wanted = blocks.filter((index) => index >= 0)
    this.clock++
    for (const index of this.wanted) {
      const block = this.blocks.get(index)
      if (block !== undefined) block.used = this.clock
    }
    this.pump()
  }

  /** Everything may have changed (columns, time format, marks): rows stay visible and are read again. */
  invalidate(): void {
    this.generation++
    this.pump()
  }

  /** The list is another one now (filter, sort): old rows must not be shown under new numbers. */
  reset(): void {
    this.generation++
    this.blocks.clear()
    for (const request of this.running.values()) request.abort.abort()
    this.running.clear()
    this.changed()
    this.pump()
  }

  /** Stops all requests. */
  dispose(): void {
    this.wanted = []
    for (const request of this.running.values()) request.abort.abort()
    this.running.clear()
    this.listeners.clear()
  }

  private changed(): void {
    this.version++
    for (const listener of [...this.listeners]) listener()
  }

  private pump(): void {
    for (const index of this.wanted) {
      if (this.running.size >= MAX_REQUESTS) return
      if (index * BLOCK_ROWS >= this.count) continue
      const block = this.blocks.get(index)
      if (block?.generation === this.generation) continue
      const request = this.running.get(index)
      if (request !== undefined) {
        if (request.generation === this.generation) continue
        request.abort.abort()
        this.running.delete(index)
      }
      void this.load(index)
    }
  }

  private async load(index: number): Promise<void> {
    const request = { generation: this.generation, abort: new AbortController() }
    this.running.set(index, request)
    try {
      const answer = await this.fetchRows(index * BLOCK_ROWS, BLOCK_ROWS, request.abort.signal)
      if (this.running.get(index) !== request) return
      this.running.delete(index)
      this.blocks.set(index, {
        rows: answer.rows,
        generation: request.generation,
        complete: answer.rows.length === BLOCK_ROWS,
        used: this.clock,
      })
      // The list may have grown between the question and the answer's use.
      const block = this.blocks.get(index)
      if (block !== undefined && !block.complete && index * BLOCK_ROWS + block.rows.length < Math.min(this.count, answer.rowCount))
        block.generation = -1
      this.trim()
      this.changed()
    } catch (error) {
      if (this.running.get(index) !== request) return
      this.running.delete(index)
      this.wanted = this.wanted.filter((other) => other !== index)
      if (!isCancelled(error)) this.onError(error)
    }
    this.pump()
  }

  private trim(): void {
    if (this.blocks.size <= CACHE_BLOCKS) return
    const oldest = [...this.blocks].sort((a, b) => a[1].used - b[1].used)
    for (const [index] of oldest.slice(0, this.blocks.size - CACHE_BLOCKS)) this.blocks.delete(index)
  }
}
