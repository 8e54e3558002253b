// Tokens as a syntax tree. Precedence, loosest first: or, xor, and, not, comparison, &, + -, * / %, sign, slice and layer.
// Accepted beyond Wireshark 4.0, as its later versions do: xor, parentheses around arithmetic, literals on the left side.
import { FilterError, type Sentence } from '../../shared/errors'
import type { ArithmeticOperator, CompareOperator, Condition, Quantifier, RangePart, SetItem, Term } from './ast'
import { tokenize } from './lexer'
import type { Token } from './lexer'
import { expected, syntax } from './sentences'

const COMPARISONS = new Set(['==', '!=', '!==', '~=', '===', '>', '<', '>=', '<=', 'contains', 'matches', '~'])
/** Deepest nesting, so that no text overflows the stack. */
const MAX_DEPTH = 200

/** Parses a filter. Throws FilterError with the place of what was not expected. */
export function parseFilter(text: string): Condition {
  const parser = new Parser(tokenize(text))
  return parser.filter(text.length)
}

class Parser {
  private readonly tokens: readonly Token[]
  private at = 0
  private depth = 0

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  filter(length: number): Condition {
    if (this.peek.kind === 'end') return { kind: 'everything', start: 0, end: length }
    const condition = this.or()
    this.finish()
    return condition
  }

  private finish(): void {
    if (this.peek.kind !== 'end') this.unexpected()
  }
  private get peek(): Token {
    return this.tokens[this.at] ?? END
  }
  private is(operator: string): boolean {
    const token = this.peek
    return token.kind === 'operator' && token.text === operator
  }
  private accept(operator: string): boolean {
    if (!this.is(operator)) return false
    this.at++
    return true
  }
  private expect(operator: string, open: Token): void {
    if (this.accept(operator)) return
    if (this.peek.kind === 'end') throw new FilterError('filter/syntax', syntax.endsBefore(operator, open.text), open.start, open.end)
    this.unexpected(expected.operator(operator))
  }
  private unexpected(wanted?: Sentence): never {
    const token = this.peek
    if (token.kind === 'end') throw new FilterError('filter/syntax', syntax.incomplete(wanted), token.start, token.end)
    throw new FilterError('filter/syntax', syntax.unexpected(shown(token), wanted), token.start, token.end)
  }
  private nested<T>(inside: () => T): T {
    if (++this.depth > MAX_DEPTH) throw new FilterError('filter/syntax', syntax.tooDeep, this.peek.start, this.peek.end)
    const result = inside()
    this.depth--
    return result
  }

  // ---- conditions

  private or(): Condition {
    let left = this.xor()
    while (this.accept('||')) left = join('or', left, this.xor())
    return left
  }
  private xor(): Condition {
    let left = this.and()
    while (this.accept('^^')) left = join('xor', left, this.and())
    return left
  }
  private and(): Condition {
    let left = this.not()
    while (this.accept('&&')) left = join('and', left, this.not())
    return left
  }
  private not(): Condition {
    const start = this.peek.start
    if (this.accept('!')) {
      const operand = this.nested(() => this.not())
      return { kind: 'not', operand, start, end: operand.end }
    }
    return this.test()
  }

  /** A comparison, a membership, a presence, or conditions in parentheses. */
  private test(): Condition {
    const start = this.peek.start
    const quantifier: Quantifier = this.accept('any') ? 'any' : this.accept('all') ? 'all' : undefined
    let left: Term
    if (quantifier !== undefined && this.is('(')) this.unexpected(expected.quantifierFirst)
    if (this.is('(')) {
      const open = this.peek
      this.at++
      const inner = this.nested(() => this.or())
      this.expect(')', open)
      // parentheses around arithmetic, when something arithmetic follows
      if (inner.kind !== 'present' || !this.continuesTerm()) return inner
      left = this.arithmetic(this.postfix(inner.operand))
    } else left = this.arithmetic()
    return this.relation(left, quantifier, start)
  }

  private relation(left: Term, quantifier: Quantifier, start: number): Condition {
    if (this.is('in')) return this.member(left, quantifier, false, start)
    if (this.is('!') && this.tokens[this.at + 1]?.text === 'in' && this.tokens[this.at + 1]?.kind === 'operator') {
      this.at++
      return this.member(left, quantifier, true, start)
    }
    let result: Condition | undefined
    for (;;) {
      const token = this.peek
      if (token.kind !== 'operator' || !COMPARISONS.has(token.text)) break
      this.at++
      const right = this.arithmetic()
      const operator = (token.text === '~' ? 'matches' : token.text === '!==' ? '~=' : token.text) as CompareOperator
      const compare: Condition = { kind: 'compare', quantifier, operator, left, right, start: result ? left.start : start, end: right.end }
      // a < b < c means a < b and b < c
      result = result ? join('and', result, compare) : compare
      left = right
    }
    if (result) return result
    if (quantifier !== undefined) this.unexpected(expected.comparison)
    return { kind: 'present', operand: left, start, end: left.end }
  }

  private member(left: Term, quantifier: Quantifier, negated: boolean, start: number): Condition {
    this.at++
    const open = this.peek
    if (!this.accept('{')) this.unexpected(expected.set)
    const items: SetItem[] = []
    do {
      const low = this.signed(),
        high = this.accept('..') ? this.signed() : undefined
      items.push({ low, high, start: low.start, end: (high ?? low).end })
    } while (this.accept(','))
    const end = this.peek.end
    if (this.peek.kind === 'word') this.unexpected(expected.commas)
    this.expect('}', open)
    return { kind: 'member', quantifier, negated, left, items, start, end }
  }

  /** Whether what follows a closing parenthesis makes a term of what is inside. */
  private continuesTerm(): boolean {
    const token = this.peek
    if (token.kind !== 'operator') return false
    return (
      COMPARISONS.has(token.text) ||
      ['&', '+', '-', '*', '/', '%', '[', 'in'].includes(token.text) ||
      (token.text === '!' && this.tokens[this.at + 1]?.text === 'in')
    )
  }

  // ---- terms

  private arithmetic(first?: Term): Term {
    let left = this.sum(first)
    while (this.accept('&')) left = combine('&', left, this.sum())
    return left
  }
  private sum(first?: Term): Term {
    let left = this.product(first)
    for (;;) {
      if (this.accept('+')) left = combine('+', left, this.product())
      else if (this.accept('-')) left = combine('-', left, this.product())
      else return left
    }
  }
  private product(first?: Term): Term {
    let left = first ?? this.signed()
    for (;;) {
      if (this.accept('*')) left = combine('*', left, this.signed())
      else if (this.accept('/')) left = combine('/', left, this.signed())
      else if (this.accept('%')) left = combine('%', left, this.signed())
      else return left
    }
  }
  private signed(): Term {
    const token = this.peek
    if (this.is('-') || this.is('+')) {
      this.at++
      if (this.is('-') || this.is('+')) this.unexpected()
      const operand = this.postfix(this.entity())
      return { kind: 'sign', operator: token.text === '-' ? '-' : '+', operand, start: token.start, end: operand.end }
    }
    return this.postfix(this.entity())
  }

  /** Slices and layer numbers behind a term. */
  private postfix(term: Term): Term {
    for (;;) {
      if (this.is('[')) {
        this.at++
        const { ranges, end } = this.ranges()
        term = { kind: 'slice', operand: term, ranges, start: term.start, end }
      } else if (this.is('#')) {
        const hash = this.peek
        if (term.kind !== 'word') this.unexpected(expected.layer)
        this.at++
        const next = this.peek
        if (next.start !== hash.end) throw new FilterError('filter/syntax', syntax.behindHash, hash.start, hash.end)
        if (next.kind === 'word' && /^\d+$/.test(next.text)) {
          this.at++
          term = {
            kind: 'layer',
            operand: term,
            ranges: [{ kind: 'length', offset: Number(next.text), length: 1 }],
            start: term.start,
            end: next.end,
          }
        } else if (this.accept('[')) {
          const { ranges, end } = this.ranges()
          term = { kind: 'layer', operand: term, ranges, start: term.start, end }
        } else this.unexpected(expected.behindHash)
      } else return term
    }
  }

  private ranges(): { ranges: RangePart[]; end: number } {
    const token = this.peek
    if (token.kind !== 'range') this.unexpected(expected.range)
    this.at++
    const ranges: RangePart[] = []
    let from = token.start
    for (const part of token.text.split(',')) {
      ranges.push(rangePart(part, from))
      from += part.length + 1
    }
    const end = this.peek.end
    if (!this.accept(']')) this.unexpected(expected.operator(']'))
    return { ranges, end }
  }

  private entity(): Term {
    const token = this.peek
    switch (token.kind) {
      case 'word': {
        this.at++
        if (this.is('(') && this.peek.start === token.end) return this.call(token)
        return { kind: 'word', text: token.text, asField: false, start: token.start, end: token.end }
      }
      case 'field':
        this.at++
        return { kind: 'word', text: token.text, asField: true, start: token.start, end: token.end }
      case 'string':
      case 'raw':
        this.at++
        return { kind: 'string', value: token.text, raw: token.kind === 'raw', start: token.start, end: token.end }
      case 'char':
        this.at++
        return { kind: 'char', value: token.text.charCodeAt(0), start: token.start, end: token.end }
      case 'operator':
        break
      case 'range':
      case 'end':
        this.unexpected()
    }
    if (token.text === '{' || token.text === '(') {
      this.at++
      const inner = this.nested(() => this.arithmetic())
      this.expect(token.text === '{' ? '}' : ')', token)
      return inner
    }
    if (token.text === '${') {
      this.at++
      const inner = this.nested(() => this.postfix(this.entity()))
      if (inner.kind !== 'word' && inner.kind !== 'layer')
        throw new FilterError('filter/syntax', syntax.fieldInReference, inner.start, inner.end)
      const end = this.peek.end
      this.expect('}', token)
      return { kind: 'reference', operand: inner, start: token.start, end }
    }
    return this.unexpected(token.text === '==' || token.text === '&&' || token.text === '||' ? expected.somethingBefore : undefined)
  }

  private call(name: Token): Term {
    const open = this.peek
    this.at++
    const args: Term[] = []
    if (!this.is(')')) {
      do args.push(this.nested(() => this.arithmetic()))
      while (this.accept(','))
    }
    const end = this.peek.end
    this.expect(')', open)
    return { kind: 'call', name: name.text, args, start: name.start, end }
  }
}

const END: Token = { kind: 'end', text: '', start: 0, end: 0 }

function shown(token: Token): string {
  return token.text === '^^' ? 'xor' : token.text
}
function join(kind: 'and' | 'or' | 'xor', left: Condition, right: Condition): Condition {
  return { kind, left, right, start: left.start, end: right.end }
}
function combine(operator: ArithmeticOperator, left: Term, right: Term): Term {
  return { kind: 'arithmetic', operator, left, right, start: left.start, end: right.end }
}

const NUMBER = '([+-]?(?:0[xX][0-9A-Fa-f]+|\\d+))'
const BOTH = new RegExp(`^${NUMBER}([:-])${NUMBER}$`),
  FROM = new RegExp(`^${NUMBER}:$`),
  UPTO = new RegExp(`^:${NUMBER}$`),
  ONE = new RegExp(`^${NUMBER}$`)

/** One part of a range list; `from` is where its text starts. */
function rangePart(part: string, from: number): RangePart {
  const text = part.trim(),
    start = from + part.indexOf(text),
    wrong = (why: Sentence) => new FilterError('filter/syntax', why, start, start + Math.max(1, text.length))
  const number = (digits: string): number => {
    const value = digits.startsWith('-') ? -Number(digits.slice(1)) : Number(digits)
    if (Math.abs(value) > 0x7fffffff) throw wrong(syntax.rangeTooBig(digits))
    return value
  }
  const both = BOTH.exec(text)
  if (both) {
    const first = number(both[1] ?? ''),
      second = number(both[3] ?? '')
    if (both[2] === ':') {
      if (second <= 0) throw wrong(syntax.rangeLength(second))
      return { kind: 'length', offset: first, length: second }
    }
    if (first >= 0 === second >= 0 && first > second) throw wrong(syntax.rangeBackwards(text))
    return { kind: 'inclusive', offset: first, last: second }
  }
  const rest = FROM.exec(text)
  if (rest) return { kind: 'rest', offset: number(rest[1] ?? '') }
  const upto = UPTO.exec(text)
  if (upto) {
    const length = number(upto[1] ?? '')
    if (length <= 0) throw wrong(syntax.rangeLength(length))
    return { kind: 'length', offset: 0, length }
  }
  if (ONE.test(text)) return { kind: 'length', offset: number(text), length: 1 }
  throw wrong(syntax.noRange(text))
}
