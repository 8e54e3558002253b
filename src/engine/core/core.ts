// The engine's side of the index core, which is compiled to WebAssembly (src/core): one instance a capture. Both look at the same memory (layout.ts).
import { decodeBase64 } from '../bytes/base64'
import type { ChunkHome, Column, Numbers } from '../bytes/column'
import { CORE_BINARY } from './binary'
import { HEAP_AT, MOST_PAGES, PAGE, STATE_AT, S_USED } from './layout'
import { newInstance, newMemory, newModule } from './webassembly'
import type { CoreMemory } from './webassembly'

/** Functions of the core; see the files of src/core. Addresses are bytes in its memory. */
export interface CoreFunctions {
  begin(at: number): void
  allocate(bytes: number): number
  ipv4(value: number): number
  intern(kind: number, a: number, b: number, c: number, d: number): number
  appendAddress(kind: number, a: number, b: number, c: number, d: number): number
  makeTable(transport: number): number
  useTables(tcp: number, udp: number): void
  findStream(table: number, source: number, sourcePort: number, destination: number, destinationPort: number): number
  createStream(table: number, source: number, sourcePort: number, destination: number, destinationPort: number, frame: number): number
  directionOf(table: number, stream: number, source: number, sourcePort: number): 0 | 1
  place(table: number, frame: number, ordinal: number, stream: number): void
  makeChunk(column: number, index: number): number
  freeChunk(column: number, index: number): void
  segmentWithOptions(
    table: number,
    frame: number,
    ordinal: number,
    row: number,
    source: number,
    sourcePort: number,
    destination: number,
    destinationPort: number,
    sequence: number,
    acknowledgment: number,
    flags: number,
    window: number,
    length: number,
    isQuoted: number,
  ): void
  writeRow(row: number, start: number, captured: number, original: number, linkType: number, depth: number, asked: number): number
  readRecords(
    at: number,
    limit: number,
    position: number,
    row: number,
    count: number,
    isBigEndian: number,
    unit: number,
    maximum: number,
    linkType: number,
    firstSeconds: number,
    depth: number,
  ): number
}

/** What the core asks of the engine; whoever knows the answer enters himself. See src/core/engine.ts. */
export interface CoreQuestions {
  streamBegins: (transport: number, stream: number) => boolean
  isUntimed: (stream: number, frame: number, previousFrame: number) => void
  elapsed: (from: number, to: number) => number
  isTimeless: (frame: number) => boolean
  scaleChanges: (flow: number, frame: number, before: number, since: number) => void
}

/** The program, compiled once for all captures. */
let program: object | undefined

function compiled(): object {
  return (program ??= newModule(Uint8Array.from(decodeBase64(CORE_BINARY), (c) => c.charCodeAt(0))))
}

/** Memory for a core whose first `reserved` bytes behind the tables of fixed size are somebody else's. */
export function newCoreMemory(reserved = 0): CoreMemory {
  return newMemory(Math.ceil((HEAP_AT + reserved) / PAGE) + FIRST_PAGES, MOST_PAGES)
}
/** Pages that a small capture needs. */
const FIRST_PAGES = 64

/** The core of one capture. */
export class Core {
  readonly memory: CoreMemory
  readonly fn: CoreFunctions
  readonly questions: CoreQuestions = {
    streamBegins: () => false,
    isUntimed: () => undefined,
    elapsed: () => 0,
    isTimeless: () => true,
    scaleChanges: () => undefined,
  }
  /** The whole memory as words; another array after it has grown. */
  words: Int32Array
  /** Buffers by which the memory is known. */
  private readonly buffers = new Set<ArrayBufferLike>()
  private readonly columns: (Column<Numbers> | undefined)[] = []

  /** `memory`, of which the first bytes behind the tables of fixed size are somebody else's up to `at`, or fresh memory. */
  constructor(memory: CoreMemory = newCoreMemory(), at: number = HEAP_AT) {
    this.memory = memory
    const { questions } = this
    this.fn = newInstance(compiled(), memory, {
      grown: () => {
        this.look()
      },
      full: () => {
        throw new RangeError(
          'The index of this capture has grown to 4 GB, which is all that it can have: open a part of the capture (editcap -r splits it).',
        )
      },
      chunkMade: (column = 0, index = 0, place = 0) => {
        this.columns[column]?.adopt(index, this.memory.buffer, place >>> 0)
      },
      streamBegins: (transport = 0, stream = 0) => (questions.streamBegins(transport, stream) ? 1 : 0),
      isUntimed: (stream = 0, frame = 0, previousFrame = 0) => {
        questions.isUntimed(stream, frame, previousFrame)
      },
      elapsed: (from = 0, to = 0) => questions.elapsed(from, to),
      isTimeless: (frame = 0) => (questions.isTimeless(frame) ? 1 : 0),
      scaleChanges: (flow = 0, frame = 0, before = 0, since = 0) => {
        questions.scaleChanges(flow, frame, before, since)
      },
    }) as CoreFunctions
    this.words = new Int32Array(memory.buffer)
    this.buffers.add(memory.buffer)
    this.fn.begin(at)
  }

  /** A word of the state (S_…). */
  state(word: number): number {
    return this.words[STATE + word] ?? 0
  }
  setState(word: number, value: number): void {
    this.words[STATE + word] = value
  }

  /** A column that the core knows by a number (C_…). */
  column<C extends Column<Numbers>>(number: number, make: (home: ChunkHome) => C): C {
    const column = make({
      make: (index) => {
        this.fn.makeChunk(number, index)
      },
      free: (index) => {
        this.fn.freeChunk(number, index)
      },
    })
    this.columns[number] = column
    return column
  }

  /** Fresh bytes in the core's memory. */
  allocate(length: number): Uint8Array {
    const at = this.fn.allocate(length) >>> 0
    return new Uint8Array(this.memory.buffer, at, length)
  }

  /** Where a view of the core's memory begins; -1 for bytes that are elsewhere. */
  addressOf(bytes: Uint8Array): number {
    return this.buffers.has(bytes.buffer) ? bytes.byteOffset : -1
  }

  /** Bytes of memory that tables and columns take. */
  get used(): number {
    return this.state(S_USED) >>> 0
  }

  private look(): void {
    const { buffer } = this.memory
    this.words = new Int32Array(buffer)
    this.buffers.add(buffer)
  }
}

const STATE = STATE_AT / 4
