// One column of numbers in chunks, so that a growing column copies nothing and a stretch without values costs nothing.
const CHUNK_BITS = 13
/** Rows in a chunk. */
export const CHUNK_ROWS = 1 << CHUNK_BITS
const CHUNK_MASK = CHUNK_ROWS - 1

export type Numbers = Uint32Array | Int32Array | Uint16Array | Uint8Array

/** Who makes the chunks of a column that is kept in memory of somebody else's: make() answers by adopt(). */
export interface ChunkHome {
  make(index: number): void
  free(index: number): void
}

/** One column of numbers, by 0-based row. Rows that were never set read as 0. */
export abstract class Column<A extends Numbers> {
  protected readonly chunks: (A | undefined)[] = []
  /** A chunk that was freed, to be used again. */
  private spare: A | undefined
  /** Chunks below this one are freed. */
  private kept = 0
  private readonly home: ChunkHome | undefined

  constructor(home?: ChunkHome) {
    this.home = home
  }

  /** Value of a row; 0 where none was set. */
  abstract get(row: number): number
  abstract set(row: number, value: number): void
  protected abstract make(length: number): A
  protected abstract view(buffer: ArrayBufferLike, at: number): A

  /** Chunk by number for loops over whole columns, made when there is none: row r is chunk(r / CHUNK_ROWS)[r % CHUNK_ROWS]. */
  chunk(index: number): A {
    while (this.chunks.length <= index) this.chunks.push(undefined)
    if (this.chunks[index] === undefined && this.home) this.home.make(index)
    return (this.chunks[index] ??= this.fresh())
  }
  /** Takes a chunk that its home has made. */
  adopt(index: number, buffer: ArrayBufferLike, at: number): void {
    while (this.chunks.length <= index) this.chunks.push(undefined)
    this.chunks[index] = this.view(buffer, at)
  }
  /** Chunk by number, or undefined where no row of it was set (all zero). */
  peek(index: number): A | undefined {
    return this.chunks[index]
  }
  /** Frees the chunks that hold only rows below `row` (they read as 0 from then on). */
  forgetBefore(row: number): void {
    const stop = Math.min(row >>> CHUNK_BITS, this.chunks.length)
    for (; this.kept < stop; this.kept++) {
      if (this.home) this.home.free(this.kept)
      else this.spare = this.chunks[this.kept] ?? this.spare
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
  protected view(buffer: ArrayBufferLike, at: number): Uint32Array {
    return new Uint32Array(buffer, at, CHUNK_ROWS)
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
  protected view(buffer: ArrayBufferLike, at: number): Int32Array {
    return new Int32Array(buffer, at, CHUNK_ROWS)
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
  protected view(buffer: ArrayBufferLike, at: number): Uint16Array {
    return new Uint16Array(buffer, at, CHUNK_ROWS)
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
  protected view(buffer: ArrayBufferLike, at: number): Uint8Array {
    return new Uint8Array(buffer, at, CHUNK_ROWS)
  }
}

export const u32Column = (home?: ChunkHome): Column<Uint32Array> => new U32Column(home)
export const i32Column = (home?: ChunkHome): Column<Int32Array> => new I32Column(home)
export const u16Column = (home?: ChunkHome): Column<Uint16Array> => new U16Column(home)
export const u8Column = (home?: ChunkHome): Column<Uint8Array> => new U8Column(home)
