// A parsed pattern as instructions of a nondeterministic automaton.
import type { Assertion, RegexNode } from './regex-parser'
import { RegexError } from './regex-parser'
import { inPattern } from './sentences'

/** Instructions. `next` is the following instruction. */
export type Instruction =
  | { readonly op: 'byte'; readonly set: Uint8Array; next: number }
  | { readonly op: 'split'; next: number; other: number }
  | { readonly op: 'jump'; next: number }
  | { readonly op: 'assert'; readonly what: Assertion; next: number }
  | { readonly op: 'open' | 'close'; readonly index: number; next: number }
  | { readonly op: 'look'; readonly sub: number; readonly negative: boolean; readonly lengths: readonly number[] | undefined; next: number }
  | { readonly op: 'atomic'; readonly sub: number; next: number }
  | { readonly op: 'back'; readonly index: number; readonly ignoreCase: boolean; next: number }
  | { readonly op: 'match' }

/** A compiled pattern. */
export interface Program {
  readonly code: readonly Instruction[]
  readonly start: number
  readonly captures: number
  /** Only bytes, splits, jumps and start/end assertions: the automaton may be made deterministic. */
  readonly simple: boolean
  readonly hasBack: boolean
}

/** More than this is refused, so that a{1000}{1000} costs nothing. */
const MAX_INSTRUCTIONS = 50_000

/** Turns a pattern into instructions. Throws RegexError when it would be too large. */
export function compileRegex(node: RegexNode, captures: number): Program {
  const code: Instruction[] = []
  let simple = true,
    hasBack = false
  const add = (instruction: Instruction): number => {
    if (code.length >= MAX_INSTRUCTIONS) throw new RegexError(inPattern.tooLarge, 0)
    code.push(instruction)
    return code.length - 1
  }
  // built back to front: every part is given the instruction that follows it
  const build = (part: RegexNode, next: number): number => {
    switch (part.kind) {
      case 'empty':
        return next
      case 'set':
        return add({ op: 'byte', set: part.set, next })
      case 'sequence':
        return part.items.reduceRight((after, item) => build(item, after), next)
      case 'choice':
        return part.items.map((item) => build(item, next)).reduceRight((other, first) => add({ op: 'split', next: first, other }))
      case 'capture':
        return add({ op: 'open', index: part.index, next: build(part.item, add({ op: 'close', index: part.index, next })) })
      case 'assert':
        if (part.what !== 'start' && part.what !== 'end' && part.what !== 'end-or-newline') simple = false
        return add({ op: 'assert', what: part.what, next })
      case 'look': {
        simple = false
        const lengths = part.behind ? widths(part.item) : undefined
        return add({ op: 'look', sub: build(part.item, add({ op: 'match' })), negative: part.negative, lengths, next })
      }
      case 'atomic':
        simple = false
        return add({ op: 'atomic', sub: build(part.item, add({ op: 'match' })), next })
      case 'back':
        simple = false
        hasBack = true
        return add({ op: 'back', index: part.index, ignoreCase: part.ignoreCase, next })
      case 'repeat': {
        let after = next
        const fork = (into: number, past: number) =>
          part.greedy ? add({ op: 'split', next: into, other: past }) : add({ op: 'split', next: past, other: into })
        if (part.max === Infinity) {
          const loop = add({ op: 'jump', next: 0 }),
            body = build(part.item, loop),
            split = fork(body, next)
          const jump = code[loop]
          if (jump?.op === 'jump') jump.next = split
          after = split
        } else for (let i = part.min; i < part.max; i++) after = fork(build(part.item, after), next)
        for (let i = 0; i < part.min; i++) after = build(part.item, after)
        return after
      }
    }
  }
  const start = build(node, add({ op: 'match' }))
  return { code, start, captures, simple, hasBack }
}

/** Lengths that a part of a lookbehind can have. Throws RegexError when they are not limited. */
function widths(node: RegexNode): readonly number[] {
  const unlimited = () => new RegexError(inPattern.lookbehind, 0)
  const sums = (a: readonly number[], b: readonly number[]): number[] => {
    const out = new Set<number>()
    for (const x of a) for (const y of b) out.add(x + y)
    if (out.size > 256) throw unlimited()
    return [...out]
  }
  switch (node.kind) {
    case 'empty':
    case 'assert':
    case 'look':
      return [0]
    case 'set':
      return [1]
    case 'sequence':
      return node.items.reduce<readonly number[]>((all, item) => sums(all, widths(item)), [0])
    case 'choice':
      return [...new Set(node.items.flatMap((item) => widths(item)))]
    case 'capture':
    case 'atomic':
      return widths(node.item)
    case 'back':
      throw unlimited()
    case 'repeat': {
      if (node.max !== node.min || node.max > 255) throw unlimited()
      let all: readonly number[] = [0]
      const once = widths(node.item)
      for (let i = 0; i < node.min; i++) all = sums(all, once)
      return all
    }
  }
}
