// The dissected packet as flat arrays, reused for every packet. Nodes are appended in the order in which they are read, which is also the order of
// -T fields; each names its parent, since a layer may add nodes after its payload was read (Ethernet's trailer), so a prefix order cannot be kept.
// Formatting happens only for what is shown.

/** Node flags. */
export const GENERATED = 1,
  HIDDEN = 2,
  LITTLE_ENDIAN = 4,
  HAS_OBJECT = 8,
  HEXADECIMAL = 32,
  ASCII_TEXT = 64
/** Beside them in the field table only: the value is true or false. */
export const TRUTH = 128
const STRIDE = 4
/** Most nodes a packet may have; the rest is cut with a problem node, so that no packet costs unbounded memory. */
export const MAX_NODES = 100_000

/** A byte source of a packet: the frame, or bytes that were reassembled, decompressed or decrypted. */
export interface TreeSource {
  readonly name: string
  readonly bytes: Uint8Array
  /** Which bytes of frames it was put together from, in order and without overlap, where it was. */
  readonly origin?: SourceOrigins
}

/** Where a source's bytes come from, worked out when somebody asks; all of them, even where only the first are at hand. */
export type SourceOrigins = () => readonly SourceOrigin[] | undefined

/** Bytes of a source that are a frame's bytes. */
export interface SourceOrigin {
  /** Position in the source. */
  readonly offset: number
  readonly frame: number
  /** Position in the frame. */
  readonly at: number
  readonly length: number
}

/** Value kept beside a node where the bytes alone do not give it: text, bytes, an exact 64-bit integer, a time. */
export type NodeObject = string | Uint8Array | bigint | TimeValue
/** A time as seconds and nanoseconds, both of the same sign for relative times. */
export interface TimeValue {
  readonly seconds: number
  readonly nanoseconds: number
}

/** Empties a short list without giving its memory back, which setting its length does: it is filled again at once. */
function empty(list: unknown[]): void {
  for (let left = list.length; left > 0; left--) list.pop()
}

export class TreeBuffer {
  /** Nodes recorded so far. */
  count = 0
  /** Quads (fieldId, start, end, parent); parent -1 is the root. */
  quads = new Int32Array(STRIDE * 256)
  /** Numeric value of integer, boolean and float nodes (after mask and shift). */
  numbers = new Float64Array(256)
  flags = new Uint8Array(256)
  /** Index into `sources`. */
  source = new Uint8Array(256)
  /** Values that the bytes do not give, by node; valid where HAS_OBJECT is set. */
  objects: (NodeObject | undefined)[] = []
  /** Label texts that replace the default "Label: value", by node. */
  labels: (string | undefined)[] = []
  sources: TreeSource[] = []
  /** Protocol chain in order, for frame.protocols. */
  chain: string[] = []

  /** Forgets everything; keeps the memory. */
  clear(): void {
    this.count = 0
    // objects keeps its length: HAS_OBJECT says which of them are this packet's
    if (this.labels.length > 0) this.labels.length = 0
    empty(this.sources)
    empty(this.chain)
  }

  /** Appends a node and returns its index. */
  add(fieldId: number, start: number, end: number, parent: number, value: number, flags: number, source: number): number {
    const node = this.count
    if (node === this.numbers.length) this.grow()
    const at = node * STRIDE
    const quads = this.quads
    quads[at] = fieldId
    quads[at + 1] = start
    quads[at + 2] = end
    quads[at + 3] = parent
    this.numbers[node] = value
    this.flags[node] = flags
    this.source[node] = source
    this.count = node + 1
    return node
  }

  field(node: number): number {
    return this.quads[node * STRIDE]!
  }
  start(node: number): number {
    return this.quads[node * STRIDE + 1]!
  }
  end(node: number): number {
    return this.quads[node * STRIDE + 2]!
  }
  parent(node: number): number {
    return this.quads[node * STRIDE + 3]!
  }
  setEnd(node: number, end: number): void {
    this.quads[node * STRIDE + 2] = end
  }
  setStart(node: number, start: number): void {
    this.quads[node * STRIDE + 1] = start
  }

  setObject(node: number, value: NodeObject): void {
    this.objects[node] = value
    this.flags[node]! |= HAS_OBJECT
  }

  object(node: number): NodeObject | undefined {
    return this.flags[node]! & HAS_OBJECT ? this.objects[node] : undefined
  }

  /** Bytes of a node (borrowed from its source). */
  bytes(node: number): Uint8Array {
    const value = this.object(node)
    if (value instanceof Uint8Array) return value
    const source = this.sources[this.source[node]!]
    return source ? source.bytes.subarray(this.start(node), this.end(node)) : new Uint8Array(0)
  }

  /** First node of a field, or -1. */
  find(fieldId: number): number {
    for (let node = 0, at = 0; node < this.count; node++, at += STRIDE) if (this.quads[at] === fieldId) return node
    return -1
  }

  /** Nodes in display order (parents before children, siblings in the order in which they were read) with their depth. */
  walk(visit: (node: number, depth: number, hasChildren: boolean) => void): void {
    const first = new Int32Array(this.count).fill(-1),
      last = new Int32Array(this.count).fill(-1),
      next = new Int32Array(this.count).fill(-1)
    let rootFirst = -1,
      rootLast = -1
    for (let node = 0; node < this.count; node++) {
      const parent = this.parent(node)
      if (parent < 0) {
        if (rootLast < 0) rootFirst = node
        else next[rootLast] = node
        rootLast = node
      } else {
        if (last[parent]! < 0) first[parent] = node
        else next[last[parent]!] = node
        last[parent] = node
      }
    }
    const stack: number[] = []
    let node = rootFirst
    while (node >= 0 || stack.length) {
      if (node < 0) {
        node = next[stack.pop()!]!
        continue
      }
      visit(node, stack.length, first[node]! >= 0)
      if (first[node]! >= 0) {
        stack.push(node)
        node = first[node]!
      } else node = next[node]!
    }
  }

  private grow(): void {
    const size = this.numbers.length * 2
    const quads = new Int32Array(size * STRIDE),
      numbers = new Float64Array(size),
      flags = new Uint8Array(size),
      source = new Uint8Array(size)
    quads.set(this.quads)
    numbers.set(this.numbers)
    flags.set(this.flags)
    source.set(this.source)
    this.quads = quads
    this.numbers = numbers
    this.flags = flags
    this.source = source
  }
}
