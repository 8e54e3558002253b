// Regular expressions of the matches operator, read as Perl-compatible patterns over bytes. Not supported: recursion, conditions and callouts.
// A pattern becomes a small tree; regex-program.ts turns it into instructions.
import { full, of, except, inverted, merge, fold, single, CLASSES, POSIX, PROPERTIES } from './regex-sets'
import type { Sentence } from '../../shared/errors'
import { inPattern } from './sentences'

/** Part of a pattern. Sets hold 1 for every byte that they match. */
export type RegexNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly set: Uint8Array }
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly item: RegexNode; readonly min: number; readonly max: number; readonly greedy: boolean }
  | { readonly kind: 'capture'; readonly item: RegexNode; readonly index: number }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'look'; readonly item: RegexNode; readonly behind: boolean; readonly negative: boolean }
  | { readonly kind: 'atomic'; readonly item: RegexNode }
  | { readonly kind: 'back'; readonly index: number; readonly ignoreCase: boolean }

/** Zero-width conditions on a place. */
export type Assertion = 'start' | 'end' | 'end-or-newline' | 'line-start' | 'line-end' | 'word' | 'not-word'

/** A pattern that cannot be compiled. */
export class RegexError extends Error {
  /** Index into the pattern. */
  readonly at: number
  readonly sentence: Sentence
  constructor(sentence: Sentence, at: number) {
    super(sentence.en)
    this.sentence = sentence
    this.at = at
  }
}

interface Flags {
  readonly ignoreCase: boolean
  readonly multiline: boolean
  readonly dotAll: boolean
  readonly extended: boolean
  readonly ungreedy: boolean
}

const MAX_REPEAT = 65_535
const MAX_DEPTH = 250

/** Reads a pattern; `pattern` has one character (U+0000..U+00FF) a byte. Case is ignored unless the pattern says (?-i). Throws RegexError. */
export function parseRegex(pattern: string): { readonly node: RegexNode; readonly captures: number } {
  return new Parser(pattern).parse()
}

class Parser {
  private readonly text: string
  private at = 0
  private captures = 0
  private depth = 0
  private readonly names = new Map<string, number>()
  private readonly total: number

  constructor(text: string) {
    this.text = text
    this.total = countCaptures(text)
  }

  parse(): { node: RegexNode; captures: number } {
    const node = this.choice({ ignoreCase: true, multiline: false, dotAll: false, extended: false, ungreedy: false })
    if (this.at < this.text.length) throw new RegexError(inPattern.unmatched, this.at)
    return { node, captures: this.captures }
  }

  private choice(flags: Flags): RegexNode {
    if (++this.depth > MAX_DEPTH) throw new RegexError(inPattern.tooDeep, this.at)
    const items: RegexNode[] = []
    let current = flags
    for (;;) {
      const { node, flags: after } = this.sequence(current)
      items.push(node)
      // (?i) in one branch also holds in the branches after it
      current = after
      if (this.text.charAt(this.at) !== '|') break
      this.at++
    }
    this.depth--
    return items.length === 1 && items[0] ? items[0] : { kind: 'choice', items }
  }

  private sequence(start: Flags): { node: RegexNode; flags: Flags } {
    const items: RegexNode[] = []
    let flags = start
    while (this.at < this.text.length) {
      const c = this.text.charAt(this.at)
      if (c === '|' || c === ')') break
      if (flags.extended && /\s/.test(c)) {
        this.at++
        continue
      }
      if (flags.extended && c === '#') {
        const end = this.text.indexOf('\n', this.at)
        this.at = end < 0 ? this.text.length : end + 1
        continue
      }
      const changed = this.inlineFlags(flags)
      if (changed) {
        flags = changed
        continue
      }
      const from = this.at,
        atom = this.atom(flags)
      if (atom) items.push(this.quantified(atom, flags, from))
    }
    return { node: items.length === 1 && items[0] ? items[0] : items.length ? { kind: 'sequence', items } : { kind: 'empty' }, flags }
  }

  /** (?ims) as a whole group: changes the flags from here on. */
  private inlineFlags(flags: Flags): Flags | undefined {
    const match = /^\(\?\^?([a-zA-Z]*(?:-[a-zA-Z]*)?)\)/.exec(this.text.slice(this.at, this.at + 40))
    if (!match || match[0] === '(?R)') return undefined
    const result = this.applyFlags(flags, match[1] ?? '', this.at + 2)
    this.at += match[0].length
    return result
  }

  private applyFlags(flags: Flags, letters: string, at: number): Flags {
    let on = true
    const out = { ...flags }
    for (const letter of letters) {
      switch (letter) {
        case '-':
          on = false
          break
        case 'i':
          out.ignoreCase = on
          break
        case 'm':
          out.multiline = on
          break
        case 's':
          out.dotAll = on
          break
        case 'x':
          out.extended = on
          break
        case 'U':
          out.ungreedy = on
          break
        case 'n':
        case 'J':
          break
        default:
          throw new RegexError(inPattern.afterQuestion, at)
      }
    }
    return out
  }

  private quantified(atom: RegexNode, flags: Flags, from: number): RegexNode {
    let node = atom,
      any = false
    for (;;) {
      if (flags.extended) while (/\s/.test(this.text.charAt(this.at))) this.at++
      const range = this.quantifier()
      if (!range) return node
      if (any) throw new RegexError(inPattern.quantifier, this.at - 1)
      any = true
      if (node.kind === 'assert') throw new RegexError(inPattern.quantifier, from)
      const mark = this.text.charAt(this.at)
      let greedy = !flags.ungreedy,
        possessive = false
      if (mark === '?') {
        greedy = !greedy
        this.at++
      } else if (mark === '+') {
        possessive = true
        this.at++
      }
      node = { kind: 'repeat', item: node, min: range[0], max: range[1], greedy }
      if (possessive) node = { kind: 'atomic', item: node }
    }
  }

  private quantifier(): readonly [number, number] | undefined {
    const c = this.text.charAt(this.at)
    if (c === '*' || c === '+' || c === '?') {
      this.at++
      return c === '*' ? [0, Infinity] : c === '+' ? [1, Infinity] : [0, 1]
    }
    const match = c === '{' ? /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.text.slice(this.at, this.at + 40)) : null
    if (!match) return undefined
    const min = Number(match[1]),
      max = match[2] === undefined ? min : match[3] === '' ? Infinity : Number(match[3])
    if (min > MAX_REPEAT || (max !== Infinity && max > MAX_REPEAT)) throw new RegexError(inPattern.repeatTooBig, this.at)
    if (max < min) throw new RegexError(inPattern.repeatOrder, this.at)
    this.at += match[0].length
    return [min, max]
  }

  private atom(flags: Flags): RegexNode | undefined {
    const c = this.text.charAt(this.at)
    switch (c) {
      case '(':
        return this.group(flags)
      case '[':
        return this.bracket(flags)
      case '\\':
        return this.escape(flags)
      case '.':
        this.at++
        return { kind: 'set', set: flags.dotAll ? full() : except('\n') }
      case '^':
        this.at++
        return { kind: 'assert', what: flags.multiline ? 'line-start' : 'start' }
      case '$':
        this.at++
        return { kind: 'assert', what: flags.multiline ? 'line-end' : 'end-or-newline' }
      case '*':
      case '+':
      case '?':
        throw new RegexError(inPattern.quantifier, this.at)
      default:
        this.at++
        return { kind: 'set', set: single(c.charCodeAt(0), flags.ignoreCase) }
    }
  }

  private group(flags: Flags): RegexNode | undefined {
    const open = this.at,
      rest = this.text.slice(this.at, this.at + 80)
    const close = (node: RegexNode): RegexNode => {
      if (this.text.charAt(this.at) !== ')') throw new RegexError(inPattern.unclosed, open)
      this.at++
      return node
    }
    const inside = (skip: number, wrap: (item: RegexNode) => RegexNode, inner = flags): RegexNode => {
      this.at += skip
      return close(wrap(this.choice(inner)))
    }
    if (rest.startsWith('(?#')) {
      const end = this.text.indexOf(')', this.at)
      if (end < 0) throw new RegexError(inPattern.comment, open)
      this.at = end + 1
      return undefined
    }
    const look = /^\(\?(<?)([=!])/.exec(rest)
    if (look) return inside(look[0].length, (item) => ({ kind: 'look', item, behind: look[1] === '<', negative: look[2] === '!' }))
    if (rest.startsWith('(?>')) return inside(3, (item) => ({ kind: 'atomic', item }))
    if (rest.startsWith('(?|')) return inside(3, (item) => item)
    const name = /^\(\?(?:P?<([A-Za-z_]\w{0,31})>|'([A-Za-z_]\w{0,31})')/.exec(rest)
    if (name) {
      const index = ++this.captures
      this.names.set(name[1] ?? name[2] ?? '', index)
      return inside(name[0].length, (item) => ({ kind: 'capture', item, index }))
    }
    const named = /^\(\?P=(\w+)\)/.exec(rest)
    if (named) {
      this.at += named[0].length
      return this.namedBack(named[1] ?? '', flags, open)
    }
    const local = /^\(\?\^?([a-zA-Z]*(?:-[a-zA-Z]*)?):/.exec(rest)
    if (local) return inside(local[0].length, (item) => item, this.applyFlags(flags, local[1] ?? '', open + 2))
    if (rest.startsWith('(?')) {
      if (!this.text.includes(')', this.at)) throw new RegexError(inPattern.unclosed, open)
      throw new RegexError(/^\(\?(?:R|[+-]?\d|&|P>|\(|C)/.test(rest) ? inPattern.recursion : inPattern.afterQuestion, open + 2)
    }
    if (rest.startsWith('(*')) throw new RegexError(inPattern.verbs, open)
    const index = ++this.captures
    return inside(1, (item) => ({ kind: 'capture', item, index }))
  }

  private namedBack(name: string, flags: Flags, at: number): RegexNode {
    const index = this.names.get(name)
    if (index === undefined) throw new RegexError(inPattern.reference, at)
    return { kind: 'back', index, ignoreCase: flags.ignoreCase }
  }

  private escape(flags: Flags): RegexNode | undefined {
    const from = this.at,
      c = this.text.charAt(this.at + 1)
    if (c === '') throw new RegexError(inPattern.backslashEnd, from)
    if (c === 'Q') {
      const end = this.text.indexOf('\\E', this.at + 2),
        literal = this.text.slice(this.at + 2, end < 0 ? undefined : end)
      this.at = end < 0 ? this.text.length : end + 2
      const items = Array.from(literal, (each): RegexNode => ({ kind: 'set', set: single(each.charCodeAt(0), flags.ignoreCase) }))
      return items.length ? { kind: 'sequence', items } : undefined
    }
    if (c === 'E' || c === 'K' || c === 'G') {
      this.at += 2
      return c === 'G' ? { kind: 'assert', what: 'start' } : undefined
    }
    const assertion = ({ A: 'start', z: 'end', Z: 'end-or-newline', b: 'word', B: 'not-word' } as Readonly<Record<string, Assertion>>)[c]
    if (assertion) {
      this.at += 2
      return { kind: 'assert', what: assertion }
    }
    if (c === 'R') {
      this.at += 2
      const pair: RegexNode = {
        kind: 'sequence',
        items: [
          { kind: 'set', set: single(13, false) },
          { kind: 'set', set: single(10, false) },
        ],
      }
      return { kind: 'choice', items: [pair, { kind: 'set', set: of('\n\x0b\f\r\x85') }] }
    }
    const back = /^\\(?:([1-9]\d{0,2})|g\{?(-?\d{1,3})\}?|k[{<'](\w+)[}>'])/.exec(this.text.slice(this.at, this.at + 45))
    if (back) {
      if (back[3] !== undefined) {
        this.at += back[0].length
        return this.namedBack(back[3], flags, from)
      }
      const given = Number(back[1] ?? back[2]),
        index = given < 0 ? this.captures + 1 + given : given
      if (index > 0 && (index <= this.total || index < 10 || back[2] !== undefined)) {
        if (index > this.total) throw new RegexError(inPattern.reference, from)
        this.at += back[0].length
        return { kind: 'back', index, ignoreCase: flags.ignoreCase }
      }
    }
    const set = this.classEscape()
    if (set) return { kind: 'set', set }
    return { kind: 'set', set: single(this.byteEscape(false), flags.ignoreCase) }
  }

  /** \d, \w, \p{L} and the like at the cursor, or undefined. */
  private classEscape(): Uint8Array | undefined {
    const c = this.text.charAt(this.at + 1),
      make = CLASSES[c.toLowerCase()]
    if (c === 'N') {
      this.at += 2
      return except('\n')
    }
    if (c === 'p' || c === 'P') {
      const match = /^\\[pP](?:\{(\^?)(\w[\w &]*)\}|(\w))/.exec(this.text.slice(this.at, this.at + 40))
      if (!match) throw new RegexError(inPattern.propertyForm, this.at)
      const set = PROPERTIES[match[2] ?? match[3] ?? '']
      if (!set) throw new RegexError(inPattern.propertyName, this.at)
      this.at += match[0].length
      return (c === 'P') !== (match[1] === '^') ? inverted(set()) : set()
    }
    if (!make || !'dDwWsShHvV'.includes(c)) return undefined
    this.at += 2
    return c === c.toLowerCase() ? make() : inverted(make())
  }

  /** An escape that stands for one byte. */
  private byteEscape(inBracket: boolean): number {
    const from = this.at,
      rest = this.text.slice(this.at + 1, this.at + 14),
      c = rest.charAt(0)
    const simple = ({ n: 10, r: 13, t: 9, f: 12, a: 7, e: 27 } as Readonly<Record<string, number>>)[c]
    if (simple !== undefined) {
      this.at += 2
      return simple
    }
    if (c === 'b' && inBracket) {
      this.at += 2
      return 8
    }
    if (c === 'c' && rest.length > 1) {
      this.at += 3
      return (rest.charAt(1).toUpperCase().charCodeAt(0) ^ 64) & 255
    }
    const numeric = /^x\{([0-9A-Fa-f]+)\}|^x([0-9A-Fa-f]{0,2})|^o\{([0-7]+)\}|^([0-7]{1,3})/.exec(rest)
    if (numeric) {
      const octal = numeric[3] ?? numeric[4],
        value = octal !== undefined ? parseInt(octal, 8) : parseInt((numeric[1] ?? numeric[2]) || '0', 16)
      if (value > 255) throw new RegexError(inPattern.codeTooLarge, from)
      this.at += 1 + numeric[0].length
      return value
    }
    if (/[A-Za-z0-9]/.test(c) || c === '') throw new RegexError(c === '' ? inPattern.backslashEnd : inPattern.backslash, from)
    this.at += 2
    return c.charCodeAt(0)
  }

  private bracket(flags: Flags): RegexNode {
    const open = this.at++
    const negated = this.text.charAt(this.at) === '^'
    if (negated) this.at++
    const set = new Uint8Array(256)
    for (let first = true; ; first = false) {
      const c = this.text.charAt(this.at)
      if (c === '') throw new RegexError(inPattern.classEnd, open)
      if (c === ']' && !first) {
        this.at++
        break
      }
      const posix = /^\[:(\^?)([a-z]+):\]/.exec(this.text.slice(this.at, this.at + 16))
      if (posix) {
        const named = POSIX[posix[2] ?? '']
        if (!named) throw new RegexError(inPattern.posixClass, this.at)
        merge(set, posix[1] ? inverted(named()) : named())
        this.at += posix[0].length
        continue
      }
      const low = this.member(set)
      if (low === undefined) continue
      if (this.text.charAt(this.at) === '-' && this.text.charAt(this.at + 1) !== ']' && this.text.charAt(this.at + 1) !== '') {
        const dash = this.at++
        const high = this.member(set)
        if (high === undefined) {
          set[low] = set[45] = 1
          continue
        }
        if (high < low) throw new RegexError(inPattern.classOrder, dash)
        for (let byte = low; byte <= high; byte++) set[byte] = 1
      } else set[low] = 1
    }
    if (flags.ignoreCase) fold(set)
    return { kind: 'set', set: negated ? inverted(set) : set }
  }

  /** One member of a bracket: its byte, or undefined when it was a class that is merged into `set`. */
  private member(set: Uint8Array): number | undefined {
    const c = this.text.charAt(this.at)
    if (c !== '\\') {
      this.at++
      return c.charCodeAt(0)
    }
    if (this.text.charAt(this.at + 1) === 'E') {
      this.at += 2
      return undefined
    }
    const escaped = this.classEscape()
    if (escaped) {
      merge(set, escaped)
      return undefined
    }
    return this.byteEscape(true)
  }
}

/** Capturing parentheses of a pattern, roughly: enough to tell \1 from an octal escape. */
function countCaptures(text: string): number {
  let count = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i)
    if (c === '\\') i++
    else if (c === '(' && (text.charAt(i + 1) !== '?' || /^\(\?(?:P?<[A-Za-z_]|')/.test(text.slice(i, i + 5)))) count++
  }
  return count
}

// ---- sets of bytes
