// What the two threads that read a file ahead agree on: blocks of the file in a ring of shared memory, each with room in front for what is left of the
// block before it. Whoever needs a block that nobody has taken reads it himself.

/** Bytes of a block. */
export const BLOCK = 1 << 19
/** Room in front of a block: a record that two blocks share is put together there. */
export const HEADROOM = 1 << 18
/** Blocks in the ring. */
export const SLOTS = 4
const SLOT = HEADROOM + BLOCK

/** Words of the shared state: the first block that nobody has taken; the block that is looked at; then, by slot, the number of the block in it + 1, negative
 *  where it could not be read. */
const NEXT = 0,
  LOOKED_AT = 1,
  READY = 2

/** The file and the ring. */
export interface ReadAheadOrder {
  readonly descriptor: number
  readonly size: number
  readonly state: SharedArrayBuffer
  /** Memory that holds the ring from `at` on. */
  readonly bytes: ArrayBufferLike
  readonly at: number
}
/** Bytes of the ring. */
export const RING = SLOTS * SLOT

/** Reads into target[targetOffset..]; answers how many bytes there were, fewer where the file cannot be read. */
export type ReadBytes = (target: Uint8Array, targetOffset: number, length: number, position: number) => number

/** One thread's view of the ring. */
export class BlockRing {
  readonly blocks: number
  private readonly state: Int32Array
  private readonly slots: readonly Uint8Array[]
  private readonly order: ReadAheadOrder
  private readonly readBytes: ReadBytes

  constructor(order: ReadAheadOrder, readBytes: ReadBytes) {
    this.order = order
    this.readBytes = readBytes
    this.blocks = Math.ceil(order.size / BLOCK)
    this.state = new Int32Array(order.state)
    this.slots = Array.from({ length: SLOTS }, (_, slot) => new Uint8Array(order.bytes, order.at + slot * SLOT, SLOT))
  }

  /** The order of a new ring over a file, in RING bytes of shared memory. */
  static order(descriptor: number, size: number, bytes: ArrayBufferLike, at: number): ReadAheadOrder {
    return { descriptor, size, state: new SharedArrayBuffer((READY + SLOTS) * 4), bytes, at }
  }

  /** Where a block begins in the file, and how many bytes it has. */
  position(block: number): number {
    return block * BLOCK
  }
  lengthOf(block: number): number {
    return Math.min(BLOCK, this.order.size - this.position(block))
  }

  /** In the thread that looks at the blocks, in order: waits for one; the one before it stays until the next call. Its bytes start at HEADROOM. Undefined where it could
   *  not be read. */
  take(block: number): Uint8Array | undefined {
    const { state } = this,
      slot = block % SLOTS
    Atomics.store(state, LOOKED_AT, block)
    Atomics.notify(state, LOOKED_AT)
    for (;;) {
      const ready = Atomics.load(state, READY + slot)
      if (ready === block + 1) return this.slots[slot]
      if (ready === -block - 1) return undefined
      if (Atomics.compareExchange(state, NEXT, block, block + 1) === block) this.fill(block)
      else Atomics.wait(state, READY + slot, ready)
    }
  }

  /** In the other thread: reads blocks as long as there are some, no further ahead than the ring has slots. */
  readAhead(): void {
    const { state } = this
    for (;;) {
      const looked = Atomics.load(state, LOOKED_AT),
        next = Atomics.load(state, NEXT)
      if (next >= this.blocks) return
      // neither the block that is looked at may be overwritten nor the one before it, whose end is still to be taken over
      if (next >= looked + SLOTS - 1) Atomics.wait(state, LOOKED_AT, looked)
      else if (Atomics.compareExchange(state, NEXT, next, next + 1) === next) this.fill(next)
    }
  }

  private fill(block: number): void {
    const slot = block % SLOTS,
      target = this.slots[slot],
      length = this.lengthOf(block)
    const isWhole = target !== undefined && this.readBytes(target, HEADROOM, length, this.position(block)) === length
    Atomics.store(this.state, READY + slot, isWhole ? block + 1 : -block - 1)
    Atomics.notify(this.state, READY + slot)
  }
}
