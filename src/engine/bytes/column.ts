// One column of numbers in chunks, so that a growing column copies nothing and a stretch without values costs nothing.
const CHUNK_BITS = 15
/** Rows in a chunk. */
export const CHUNK_ROWS = 1 << CHUNK_BITS
const CHUNK_MASK = CHUNK_ROWS - 1

type Numbers = Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array

/** One column of numbers, by 0-based row. Rows that were never set read as 0. */
export class Column<A extends Numbers> {
  private readonly chunks: (A | undefined)[] = []
  private readonly make: (length: number) => A
  constructor(make: (length: number) => A) {
    this.make = make
  }
  /** Value of a row; 0 where none was set. */
  get(row: number): number {
    const chunk = this.chunks[row >>> CHUNK_BITS]
    return chunk === undefined ? 0 : chunk[row & CHUNK_MASK]!
  }
  set(row: number, value: number): void {
    const index = row >>> CHUNK_BITS
    let chunk = this.chunks[index]
    if (chunk === undefined) {
      // a stretch of zeros costs nothing
      if (value === 0) return
      chunk = this.chunk(index)
    }
    chunk[row & CHUNK_MASK] = value
  }
  /** Chunk by number for loops over whole columns, made when there is none: row r is chunk(r >>> 15)[r & 32767]. */
  chunk(index: number): A {
    while (this.chunks.length <= index) this.chunks.push(undefined)
    return (this.chunks[index] ??= this.make(CHUNK_ROWS))
  }
  /** Chunk by number, or undefined where no row of it was set (all zero). */
  peek(index: number): A | undefined {
    return this.chunks[index]
  }
  /** Frees the chunks that hold only rows below `row` (they read as 0 from then on). */
  forgetBefore(row: number): void {
    const stop = Math.min(row >>> CHUNK_BITS, this.chunks.length)
    for (let i = 0; i < stop; i++) this.chunks[i] = undefined
  }
  /** Bytes of memory held. */
  get memory(): number {
    let bytes = 0
    for (const chunk of this.chunks) bytes += chunk?.byteLength ?? 0
    return bytes
  }
}

export const u32Column = () => new Column((n) => new Uint32Array(n))
export const i32Column = () => new Column((n) => new Int32Array(n))
export const u16Column = () => new Column((n) => new Uint16Array(n))
export const u8Column = () => new Column((n) => new Uint8Array(n))
