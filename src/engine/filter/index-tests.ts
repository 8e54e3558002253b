// Parts of a filter that the packet index answers, over many rows at a time: the row numbers of a stretch are sifted by one part after the other, each
// in one loop over the columns. For rows whose status has no REPEATED only.
import { TreeBuffer } from '../dissect/tree-buffer'
import { CHUNK_ROWS } from '../index/columns'
import type { Trace } from '../index/trace'
import { addStored } from './index-fields'
import type { ColumnLoader, StoredField } from './index-fields'
import type { EndpointTest } from './stream-candidates'

/** A part of a filter that the index answers. */
export interface IndexTest {
  /** How long a row takes, in the order of reading a column: what is cheap is asked first. */
  readonly cost: number
  /**
   * Keeps those of rows[0 .. count) for which the part holds, in place and in order; returns how many. The rows ascend and belong to one chunk of the
   * columns (CHUNK_ROWS).
   */
  sift(trace: Trace, rows: Uint32Array, count: number): number
}

const LOCAL = CHUNK_ROWS - 1
const ZEROS = new Uint16Array(CHUNK_ROWS)

function protocolsOf(trace: Trace, row: number): Held {
  return trace.columns.protocols.peek(Math.floor(row / CHUNK_ROWS)) ?? ZEROS
}

/** Whether a packet has one of the PROTOCOL bits. */
export function anyBit(bits: number): IndexTest {
  return {
    cost: 1,
    sift(trace, rows, count) {
      const protocols = count > 0 ? protocolsOf(trace, rows[0]!) : ZEROS
      let kept = 0
      for (let i = 0; i < count; i++) {
        const row = rows[i]!
        if ((protocols[row & LOCAL]! & bits) !== 0) rows[kept++] = row
      }
      return kept
    },
  }
}

/** Whether a packet has all of the PROTOCOL bits. */
export function allBits(bits: number): IndexTest {
  return {
    cost: 1,
    sift(trace, rows, count) {
      const protocols = count > 0 ? protocolsOf(trace, rows[0]!) : ZEROS
      let kept = 0
      for (let i = 0; i < count; i++) {
        const row = rows[i]!
        if ((protocols[row & LOCAL]! & bits) === bits) rows[kept++] = row
      }
      return kept
    },
  }
}

/** A part that is put to a tree which holds nothing but the values that it reads. */
export function treeTest(loaders: readonly ColumnLoader[], matches: (tree: TreeBuffer) => boolean): IndexTest {
  const tree = new TreeBuffer()
  return {
    cost: 50,
    sift(trace, rows, count) {
      let kept = 0
      for (let i = 0; i < count; i++) {
        const row = rows[i]!
        tree.clear()
        for (const loader of loaders) loader(trace, row, tree)
        if (matches(tree)) rows[kept++] = row
      }
      return kept
    },
  }
}

type Held = Uint32Array | Uint16Array

const UNKNOWN = 0,
  HOLDS = 1,
  FAILS = 2
/** Different values of a field whose answers are remembered. */
const MOST_REMEMBERED = 1 << 22

/** A part that reads one stored field, once: its answer depends on nothing but the value, so that it is worked out once for each value. */
export class ValueTest implements IndexTest, EndpointTest {
  readonly cost: number
  readonly field: StoredField
  private readonly id: number
  private readonly matches: (tree: TreeBuffer) => boolean
  /** Whether the part must hold for all values of a packet (else for any). */
  readonly all: boolean
  /** Whether the part holds for packets without the field. */
  readonly ofAbsent: boolean
  private readonly tree = new TreeBuffer()
  private trace: Trace | undefined
  private answers = new Uint8Array(1024)

  constructor(id: number, field: StoredField, matches: (tree: TreeBuffer) => boolean, all: boolean) {
    this.id = id
    this.field = field
    this.cost = 1 + field.columns.length
    this.matches = matches
    this.all = all
    this.ofAbsent = matches(this.tree)
  }

  sift(trace: Trace, rows: Uint32Array, count: number): number {
    if (count === 0) return 0
    this.belongTo(trace)
    const chunk = Math.floor(rows[0]! / CHUNK_ROWS),
      protocols = protocolsOf(trace, rows[0]!),
      [first, second] = this.field.columns.map((column) => column(trace).peek(chunk) ?? ZEROS)
    if (first === undefined) return count
    return second === undefined ? this.siftOne(rows, count, protocols, first) : this.siftTwo(rows, count, protocols, first, second)
  }

  holds(trace: Trace, held: number): boolean {
    this.belongTo(trace)
    const answer = held < this.answers.length ? this.answers[held]! : UNKNOWN
    return (answer === UNKNOWN ? this.learn(held) : answer) === HOLDS
  }

  /** The numbers of addresses are a trace's own. */
  private belongTo(trace: Trace): void {
    if (this.trace !== trace) this.answers.fill(UNKNOWN)
    this.trace = trace
  }

  private siftOne(rows: Uint32Array, count: number, protocols: Held, first: Held): number {
    const { ofAbsent } = this,
      { bit } = this.field
    let { answers } = this,
      kept = 0
    for (let i = 0; i < count; i++) {
      const row = rows[i]!,
        local = row & LOCAL
      if (bit !== 0 && (protocols[local]! & bit) === 0) {
        if (ofAbsent) rows[kept++] = row
        continue
      }
      const held = first[local]!
      let answer = held < answers.length ? answers[held]! : UNKNOWN
      if (answer === UNKNOWN) {
        answer = this.learn(held)
        answers = this.answers
      }
      if (answer === HOLDS) rows[kept++] = row
    }
    return kept
  }

  private siftTwo(rows: Uint32Array, count: number, protocols: Held, first: Held, second: Held): number {
    const { ofAbsent } = this,
      { bit } = this.field,
      // for any: one that holds decides; for all: one that fails
      decisive = this.all ? FAILS : HOLDS
    let { answers } = this,
      kept = 0
    for (let i = 0; i < count; i++) {
      const row = rows[i]!,
        local = row & LOCAL
      if (bit !== 0 && (protocols[local]! & bit) === 0) {
        if (ofAbsent) rows[kept++] = row
        continue
      }
      let held = first[local]!,
        answer = held < answers.length ? answers[held]! : UNKNOWN
      if (answer === UNKNOWN) {
        answer = this.learn(held)
        answers = this.answers
      }
      if (answer !== decisive) {
        held = second[local]!
        answer = held < answers.length ? answers[held]! : UNKNOWN
        if (answer === UNKNOWN) {
          answer = this.learn(held)
          answers = this.answers
        }
      }
      if (answer === HOLDS) rows[kept++] = row
    }
    return kept
  }

  private learn(held: number): number {
    const { tree } = this
    if (this.trace === undefined) return FAILS
    tree.clear()
    addStored(this.id, this.field, this.trace, held, tree)
    const answer = this.matches(tree) ? HOLDS : FAILS
    if (held < MOST_REMEMBERED) {
      if (held >= this.answers.length) {
        const larger = new Uint8Array(Math.min(MOST_REMEMBERED, Math.max(held + 1, this.answers.length * 2)))
        larger.set(this.answers)
        this.answers = larger
      }
      this.answers[held] = answer
    }
    return answer
  }
}
