// Search for a pattern in bytes, in time that no pattern can make run away: plain patterns run as a deterministic automaton that is built as far as
// it is needed (one table look-up a byte); patterns with look-around, word boundaries or back references run as a search that never tries the same
// instruction at the same place twice, and gives up after a fixed number of steps.
import { parseRegex } from './regex-parser'
import { compileRegex } from './regex-program'
import type { Instruction, Program } from './regex-program'

/** Steps of one search; more counts as no match. Back references prevent remembering what was tried, so they get fewer. */
const MAX_STEPS = 2_000_000,
  MAX_BACK_STEPS = 200_000
/** States of the deterministic automaton that are kept. */
const MAX_STATES = 1024

/** A compiled pattern. */
export interface Matcher {
  /** Whether the pattern occurs anywhere in the bytes. */
  test(bytes: Uint8Array): boolean
}

/** Compiles a pattern given with one character a byte. Case is ignored as Wireshark does. Throws RegexError. */
export function compileMatcher(pattern: string): Matcher {
  const { node, captures } = parseRegex(pattern)
  const program = compileRegex(node, captures)
  return program.simple ? new DeterministicMatcher(program) : new SearchMatcher(program)
}

/** A set of instructions that consume a byte, as a state of the deterministic automaton. */
interface State {
  readonly threads: readonly number[]
  /** State after each byte, -1 where it is not known yet. */
  readonly next: Int32Array
  readonly accepts: boolean
}

class DeterministicMatcher implements Matcher {
  private readonly code: readonly Instruction[]
  private readonly start: number
  private states: State[] = []
  private numbers = new Map<string, number>()
  private readonly marks: Uint32Array
  private mark = 0

  constructor(program: Program) {
    this.code = program.code
    this.start = program.start
    this.marks = new Uint32Array(program.code.length)
  }

  test(bytes: Uint8Array): boolean {
    const length = bytes.length,
      newline = length > 0 && bytes[length - 1] === 10
    // the first and the last places may satisfy assertions, so they are closed anew; between them the table answers
    let threads = this.close([this.start], true, length === 0, length === 0 || (newline && length === 1))
    if (this.accepts(threads)) return true
    const plain = newline ? length - 1 : length
    let at = 0,
      state = -1
    if (plain > 0) {
      threads = this.step(threads, bytes[0] ?? 0)
      at = 1
      if (at < plain) {
        state = this.number(this.close([...threads, this.start], false, false, false))
        for (;;) {
          let current = this.states[state]
          if (!current) return false
          if (current.accepts) return true
          const byte = bytes[at] ?? 0
          let next = current.next[byte] ?? -1
          if (next < 0) {
            threads = this.step(current.threads, byte)
            if (this.states.length >= MAX_STATES) {
              this.states = []
              this.numbers = new Map()
              current = undefined
            }
            next = this.number(this.close([...threads, this.start], false, false, false))
            if (current) current.next[byte] = next
          }
          state = next
          at++
          if (at === plain) break
        }
        threads = [...(this.states[state]?.threads ?? [])]
        if (this.states[state]?.accepts) return true
        threads = this.close(threads, false, at === length, true)
      } else threads = this.close([...threads, this.start], false, at === length, true)
      if (this.accepts(threads)) return true
    }
    if (!newline) return false
    if (plain === 0) {
      // the whole text is one newline; its start was looked at above
      threads = this.close([this.start], true, false, true)
    }
    threads = this.close([...this.step(threads, 10), this.start], false, true, true)
    return this.accepts(threads)
  }

  /** Instructions reached from `from` without a byte: bytes, matches, and assertions that do not hold here (they may hold at the end). */
  private close(from: readonly number[], atStart: boolean, atEnd: boolean, atLineEnd: boolean): number[] {
    const out: number[] = [],
      stack = [...from].reverse(),
      mark = ++this.mark
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (this.marks[at] === mark) continue
      this.marks[at] = mark
      const instruction = this.code[at]
      switch (instruction?.op) {
        case 'byte':
        case 'match':
          out.push(at)
          break
        case 'split':
          stack.push(instruction.other, instruction.next)
          break
        case 'jump':
        case 'open':
        case 'close':
          stack.push(instruction.next)
          break
        case 'assert': {
          const holds = instruction.what === 'start' ? atStart : instruction.what === 'end' ? atEnd : atEnd || atLineEnd
          if (holds) stack.push(instruction.next)
          else if (instruction.what !== 'start') out.push(at)
          break
        }
        default:
          break
      }
    }
    return out
  }

  private step(threads: readonly number[], byte: number): number[] {
    const out: number[] = []
    for (const at of threads) {
      const instruction = this.code[at]
      if (instruction?.op === 'byte' && instruction.set[byte]) out.push(instruction.next)
    }
    return out
  }

  private accepts(threads: readonly number[]): boolean {
    return threads.some((at) => this.code[at]?.op === 'match')
  }

  private number(threads: readonly number[]): number {
    const sorted = Int32Array.from(threads).sort(),
      key = sorted.join(',')
    let number = this.numbers.get(key)
    if (number === undefined) {
      number = this.states.length
      this.states.push({ threads: [...sorted], next: new Int32Array(256).fill(-1), accepts: this.accepts(threads) })
      this.numbers.set(key, number)
    }
    return number
  }
}

function isWord(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || byte === 95 || (byte >= 97 && byte <= 122))
}
function lower(byte: number | undefined): number {
  return byte === undefined ? -1 : byte >= 65 && byte <= 90 ? byte + 32 : byte
}

class SearchMatcher implements Matcher {
  private readonly program: Program
  private readonly limit: number
  private steps = 0

  constructor(program: Program) {
    this.program = program
    this.limit = program.hasBack ? MAX_BACK_STEPS : MAX_STEPS
  }

  test(bytes: Uint8Array): boolean {
    this.steps = 0
    const visited = this.program.hasBack ? undefined : new Set<number>()
    for (let at = 0; at <= bytes.length && this.steps < this.limit; at++) {
      if (this.run(bytes, this.program.start, at, visited, -1, this.captures()) >= 0) return true
    }
    return false
  }

  private captures(): Int32Array {
    return new Int32Array(this.program.hasBack ? 2 * (this.program.captures + 1) : 0).fill(-1)
  }

  /**
   * Where the first match of the instructions from `pc` at `from` ends, or -1. `visited` holds what was tried in vain; it may be shared by
   * searches that differ only in where they begin. `exact` >= 0 accepts only matches that end there.
   */
  private run(bytes: Uint8Array, pc: number, from: number, visited: Set<number> | undefined, exact: number, captures: Int32Array): number {
    const { code, hasBack } = this.program,
      width = bytes.length + 1
    const stack: { pc: number; at: number; captures: Int32Array }[] = [{ pc, at: from, captures }]
    for (let thread = stack.pop(); thread; thread = stack.pop()) {
      let at = thread.at,
        now = thread.pc,
        slots = thread.captures
      for (;;) {
        if (++this.steps > this.limit) return -1
        const instruction = code[now]
        if (!instruction) break
        if (visited && instruction.op !== 'jump') {
          const key = now * width + at
          if (visited.has(key)) break
          visited.add(key)
        }
        if (instruction.op === 'match') {
          if (exact < 0 || at === exact) return at
          break
        }
        let ok = true
        switch (instruction.op) {
          case 'byte':
            ok = at < bytes.length && instruction.set[bytes[at] ?? 0] === 1
            at++
            break
          case 'split':
            stack.push({ pc: instruction.other, at, captures: slots })
            break
          case 'jump':
            break
          case 'open':
          case 'close':
            if (hasBack) {
              slots = slots.slice()
              slots[2 * instruction.index + (instruction.op === 'close' ? 1 : 0)] = at
            }
            break
          case 'assert':
            ok = holds(instruction.what, bytes, at)
            break
          case 'look':
            ok = this.look(bytes, instruction, at, slots) !== instruction.negative
            break
          case 'atomic': {
            const end = this.run(bytes, instruction.sub, at, hasBack ? undefined : new Set(), -1, slots)
            ok = end >= 0
            at = end
            break
          }
          case 'back': {
            const start = slots[2 * instruction.index] ?? -1,
              end = slots[2 * instruction.index + 1] ?? -1
            ok = start >= 0 && end >= start && at + end - start <= bytes.length
            for (let i = start; ok && i < end; i++, at++)
              ok = instruction.ignoreCase ? lower(bytes[i]) === lower(bytes[at]) : bytes[i] === bytes[at]
            break
          }
        }
        if (!ok) break
        now = instruction.next
      }
    }
    return -1
  }

  private look(bytes: Uint8Array, instruction: Extract<Instruction, { op: 'look' }>, at: number, captures: Int32Array): boolean {
    const visited = () => (this.program.hasBack ? undefined : new Set<number>())
    if (!instruction.lengths) return this.run(bytes, instruction.sub, at, visited(), -1, captures) >= 0
    return instruction.lengths.some((length) => length <= at && this.run(bytes, instruction.sub, at - length, visited(), at, captures) >= 0)
  }
}

function holds(what: Extract<Instruction, { op: 'assert' }>['what'], bytes: Uint8Array, at: number): boolean {
  switch (what) {
    case 'start':
      return at === 0
    case 'end':
      return at === bytes.length
    case 'end-or-newline':
      return at === bytes.length || (at === bytes.length - 1 && bytes[at] === 10)
    case 'line-start':
      return at === 0 || bytes[at - 1] === 10
    case 'line-end':
      return at === bytes.length || bytes[at] === 10
    case 'word':
      return isWord(bytes[at - 1]) !== isWord(bytes[at])
    case 'not-word':
      return isWord(bytes[at - 1]) === isWord(bytes[at])
  }
}
