// The packet index: one row a packet, in chunked typed arrays, so that growing copies nothing. 100 bytes a packet is the budget.
const CHUNK_BITS = 15
/** Rows in a chunk. */
export const CHUNK_ROWS = 1 << CHUNK_BITS
const CHUNK_MASK = CHUNK_ROWS - 1

/** Bits of the status column. */
export const STATUS = {
  /** The record has no time (Simple Packet Block). */
  NO_TIME: 1,
  /** pcapng packet options exist (comments). */
  HAS_OPTIONS: 2,
  /** A column's field may occur more than once in the packet (tunnels, ICMP quotes, stacked VLANs) or the hot pass did not understand the packet:
   *  columns are not to be trusted for it, dissect it. */
  REPEATED: 4,
  /** The packet has an expert item of severity warning or error that the hot pass knows of. */
  PROBLEM: 8,
  /** Captured bytes are fewer than the original. */
  CUT: 16,
} as const

type Numbers = Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array

/** One column of numbers. */
export class Column<A extends Numbers> {
  private readonly chunks: A[] = []
  private readonly make: (length: number) => A
  constructor(make: (length: number) => A) {
    this.make = make
  }
  /** Value of a row (0-based); 0 past the end. */
  get(row: number): number {
    const chunk = this.chunks[row >>> CHUNK_BITS]
    return chunk === undefined ? 0 : chunk[row & CHUNK_MASK]!
  }
  set(row: number, value: number): void {
    this.chunk(row >>> CHUNK_BITS)[row & CHUNK_MASK] = value
  }
  /** Chunk by number, for loops over whole columns; row r is chunk(r >>> 15)[r & 32767]. */
  chunk(index: number): A {
    while (this.chunks.length <= index) this.chunks.push(this.make(CHUNK_ROWS))
    return this.chunks[index]!
  }
}

const f64 = () => new Column((n) => new Float64Array(n)), u32 = () => new Column((n) => new Uint32Array(n)), u16 = () => new Column((n) => new Uint16Array(n))

/** The record columns, which every packet has. Transport columns are added by the index pass beside them. */
export class RecordColumns {
  rows = 0
  /** File position of the packet's bytes. */
  readonly position = f64()
  readonly seconds = f64()
  readonly nanoseconds = u32()
  readonly capturedLength = u32()
  readonly originalLength = u32()
  /** Index into the reader's interfaces. */
  readonly interfaceIndex = u16()
  readonly linkType = u16()
  readonly status = u16()
}
