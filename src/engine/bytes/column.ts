// One column of numbers in chunks, so that a growing column copies nothing and a stretch without values costs nothing.
const CHUNK_BITS = 13
/** Rows in a chunk. */
export const CHUNK_ROWS = 1 << CHUNK_BITS
const CHUNK_MASK = CHUNK_ROWS - 1

type Numbers = Uint32Array | Int32Array | Uint16Array | Uint8Array

/** One column of numbers, by 0-based row. Rows that were never set read as 0. */
export abstract class Column<A extends Numbers> {
  protected readonly chunks: (A | undefined)[] = []
  /** A chunk that was freed, to be used again. */
  private spare: A | undefined
  /** Chunks below this one are freed. */
  private kept = 0

  /** Value of a row; 0 where none was set. */
  abstract get(row: number): number
  abstract set(row: number, value: number): void
  protected abstract make(length: number): A

  /** Chunk by number for loops over whole columns, made when there is none: row r is chunk(r / CHUNK_ROWS)[r % CHUNK_ROWS]. */
  chunk(index: number): A {
    while (this.chunks.length <= index) this.chunks.push(undefined)
    return (this.chunks[index] ??= this.fresh())
  }
  /** Chunk by number, or undefined where no row of it was set (all zero). */
  peek(index: number): A | undefined {
    return this.chunks[index]
  }
  /** Frees the chunks that hold only rows below `row` (they read as 0 from then on). */
  forgetBefore(row: number): void {
    const stop = Math.min(row >>> CHUNK_BITS, this.chunks.length)
    for (; this.kept < stop; this.kept++) {
      this.spare = this.chunks[this.kept] ?? this.spare
      this.chunks[this.kept] = undefined
    }
  }
  /** Bytes of memory held. */
  get memory(): number {
    let bytes = this.spare?.byteLength ?? 0
    for (const chunk of this.chunks) bytes += chunk?.byteLength ?? 0
    return bytes
  }

  private fresh(): A {
    const { spare } = this
    if (!spare) return this.make(CHUNK_ROWS)
    this.spare = undefined
    spare.fill(0)
    return spare
  }
}

// The four kinds say the same in a text of their own each: the engine's compiler keeps what it learns of a function by its text, and one that serves
// four kinds of arrays is several times as slow as one that serves a single kind.

class U32Column extends Column<Uint32Array> {
  get(row: number): number {
    const chunk = this.chunks[row >>> CHUNK_BITS]
    return chunk === undefined ? 0 : chunk[row & CHUNK_MASK]!
  }
  set(row: number, value: number): void {
    let chunk = this.chunks[row >>> CHUNK_BITS]
    if (chunk === undefined) {
      // a stretch of zeros costs nothing
      if (value === 0) return
      chunk = this.chunk(row >>> CHUNK_BITS)
    }
    chunk[row & CHUNK_MASK] = value
  }
  protected make(length: number): Uint32Array {
    return new Uint32Array(length)
  }
}

class I32Column extends Column<Int32Array> {
  get(row: number): number {
    const chunk = this.chunks[row >>> CHUNK_BITS]
    return chunk === undefined ? 0 : chunk[row & CHUNK_MASK]!
  }
  set(row: number, value: number): void {
    let chunk = this.chunks[row >>> CHUNK_BITS]
    if (chunk === undefined) {
      if (value === 0) return
      chunk = this.chunk(row >>> CHUNK_BITS)
    }
    chunk[row & CHUNK_MASK] = value
  }
  protected make(length: number): Int32Array {
    return new Int32Array(length)
  }
}

class U16Column extends Column<Uint16Array> {
  get(row: number): number {
    const chunk = this.chunks[row >>> CHUNK_BITS]
    return chunk === undefined ? 0 : chunk[row & CHUNK_MASK]!
  }
  set(row: number, value: number): void {
    let chunk = this.chunks[row >>> CHUNK_BITS]
    if (chunk === undefined) {
      if (value === 0) return
      chunk = this.chunk(row >>> CHUNK_BITS)
    }
    chunk[row & CHUNK_MASK] = value
  }
  protected make(length: number): Uint16Array {
    return new Uint16Array(length)
  }
}

class U8Column extends Column<Uint8Array> {
  get(row: number): number {
    const chunk = this.chunks[row >>> CHUNK_BITS]
    return chunk === undefined ? 0 : chunk[row & CHUNK_MASK]!
  }
  set(row: number, value: number): void {
    let chunk = this.chunks[row >>> CHUNK_BITS]
    if (chunk === undefined) {
      if (value === 0) return
      chunk = this.chunk(row >>> CHUNK_BITS)
    }
    chunk[row & CHUNK_MASK] = value
  }
  protected make(length: number): Uint8Array {
    return new Uint8Array(length)
  }
}

export const u32Column = (): Column<Uint32Array> => new U32Column()
export const i32Column = (): Column<Int32Array> => new I32Column()
export const u16Column = (): Column<Uint16Array> => new U16Column()
export const u8Column = (): Column<Uint8Array> => new U8Column()
