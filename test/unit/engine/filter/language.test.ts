import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileFilter, parseFilter, printFilter } from '../../../../src/engine/filter'
import { allFields } from '../../../../src/engine/dissect/registry'
import type { CompareOperator, Condition, RangePart, Term } from '../../../../src/engine/filter/ast'
import '../../../../src/engine/protocols/all'
import { FilterError } from '../../../../src/shared/errors'

const span = { start: 0, end: 0 }
const names = fc.constantFrom('tcp.port', 'ip.src', 'http.host', 'frame', 'eth.addr', 'tcp.flags.syn', 'frame.time_delta')
const offset = fc.integer({ min: -20, max: 20 })
const range: fc.Arbitrary<RangePart> = fc.oneof(
  fc.record({ kind: fc.constant('length' as const), offset, length: fc.integer({ min: 1, max: 20 }) }),
  fc.tuple(fc.nat(20), fc.nat(20)).map(([a, b]) => ({ kind: 'inclusive' as const, offset: Math.min(a, b), last: Math.max(a, b) })),
  fc.record({ kind: fc.constant('rest' as const), offset }),
)
const ranges = fc.array(range, { minLength: 1, maxLength: 3 })
const field: fc.Arbitrary<Term> = fc.record({
  kind: fc.constant('word' as const),
  text: names,
  asField: fc.boolean(),
  start: fc.constant(0),
  end: fc.constant(0),
})
const literal: fc.Arbitrary<Term> = fc.oneof(
  fc
    .constantFrom('80', '0x50', '10.0.0.1', '10.0.0.0/8', 'fe80::/10', 'ff:ff:ff', 'GET', '2020-01-01', '0.5')
    .map((text): Term => ({ kind: 'word', text, asField: false, ...span })),
  fc.string({ unit: 'binary' }).map((value): Term => ({ kind: 'string', value, raw: false, ...span })),
  fc.nat(255).map((value): Term => ({ kind: 'char', value, ...span })),
)
const { term } = fc.letrec<{ term: Term; base: Term }>((tie) => ({
  base: fc.oneof(
    field,
    literal,
    fc.record({ kind: fc.constant('reference' as const), operand: field, start: fc.constant(0), end: fc.constant(0) }),
  ),
  term: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('base'),
    fc.record({
      kind: fc.constant('slice' as const),
      operand: tie('term').filter((t) => t.kind !== 'arithmetic' && t.kind !== 'sign'),
      ranges,
      start: fc.constant(0),
      end: fc.constant(0),
    }),
    fc.record({ kind: fc.constant('layer' as const), operand: field, ranges, start: fc.constant(0), end: fc.constant(0) }),
    fc.record({
      kind: fc.constant('call' as const),
      name: fc.constantFrom('len', 'max', 'lower'),
      args: fc.array(tie('term'), { minLength: 1, maxLength: 3 }),
      start: fc.constant(0),
      end: fc.constant(0),
    }),
    fc.record({
      kind: fc.constant('sign' as const),
      operator: fc.constantFrom('-' as const, '+' as const),
      operand: tie('term'),
      start: fc.constant(0),
      end: fc.constant(0),
    }),
    fc.record({
      kind: fc.constant('arithmetic' as const),
      operator: fc.constantFrom('&' as const, '+' as const, '-' as const, '*' as const, '/' as const, '%' as const),
      left: tie('term'),
      right: tie('term'),
      start: fc.constant(0),
      end: fc.constant(0),
    }),
  ),
}))
const operator = fc.constantFrom<CompareOperator>('==', '!=', '~=', '===', '>', '<', '>=', '<=', 'contains', 'matches')
const quantifier = fc.constantFrom('any' as const, 'all' as const, undefined)
const { condition } = fc.letrec<{ condition: Condition; base: Condition }>((tie) => ({
  base: fc.oneof(
    fc.record({ kind: fc.constant('present' as const), operand: term, start: fc.constant(0), end: fc.constant(0) }),
    fc.record({
      kind: fc.constant('compare' as const),
      quantifier,
      operator,
      left: term,
      right: term,
      start: fc.constant(0),
      end: fc.constant(0),
    }),
    fc.record({
      kind: fc.constant('member' as const),
      quantifier,
      negated: fc.boolean(),
      left: field,
      start: fc.constant(0),
      end: fc.constant(0),
      items: fc.array(
        fc.record({ low: literal, high: fc.option(literal, { nil: undefined }), start: fc.constant(0), end: fc.constant(0) }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
  ),
  condition: fc.oneof(
    { maxDepth: 4 },
    tie('base'),
    fc.record({ kind: fc.constant('not' as const), operand: tie('condition'), start: fc.constant(0), end: fc.constant(0) }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const, 'xor' as const),
      left: tie('condition'),
      right: tie('condition'),
      start: fc.constant(0),
      end: fc.constant(0),
    }),
  ),
}))

/** A tree without places. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, each]) => key !== 'start' && key !== 'end' && each !== undefined)
      .map(([key, each]) => [key, bare(each)]),
  )
}

describe('any syntax tree', () => {
  it('is what its printed text means', () => {
    fc.assert(
      fc.property(condition, (tree) => {
        expect(bare(parseFilter(printFilter(tree)))).toEqual(bare(tree))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('any text', () => {
  const words = fc.constantFrom(
    ...allFields()
      .slice(0, 400)
      .map(({ name }) => name),
    '==',
    '!=',
    '&&',
    'or',
    'not',
    'in',
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    '0:2',
    '80',
    '10.0.0.0/8',
    '"x"',
    "'c'",
    'matches',
    'contains',
    '..',
    ',',
    '#1',
    '${',
    'any',
    'all',
    '-',
    '&',
    'len(',
    'max(',
  )
  it('is a filter or a FilterError with a place inside it', () => {
    const check = (text: string) => {
      try {
        compileFilter(text)
      } catch (error) {
        expect(error).toBeInstanceOf(FilterError)
        if (!(error instanceof FilterError)) return
        expect(error.message).not.toBe('')
        expect(error.start).toBeGreaterThanOrEqual(0)
        expect(error.end).toBeGreaterThanOrEqual(error.start)
        expect(error.end).toBeLessThanOrEqual(text.length)
      }
    }
    fc.assert(fc.property(fc.string({ unit: 'binary' }), check), { numRuns: 1000 })
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 14 }).map((parts) => parts.join(' ')),
        check,
      ),
      { numRuns: 2000 },
    )
  })

  it('however deep is answered', () => {
    for (const text of [
      '('.repeat(100_000),
      '!'.repeat(100_000),
      '{'.repeat(10_000),
      `tcp.port == ${'{'.repeat(10_000)}`,
      'len('.repeat(10_000),
    ]) {
      expect(() => compileFilter(text)).toThrow(FilterError)
    }
  })
})

describe('an unknown name', () => {
  it.each([
    ['tcp.prot == 80', 'tcp.port'],
    ['http.hots contains "x"', 'http.host'],
    ['ip.adr', 'ip.addr'],
    ['lenght(tcp) > 1', undefined],
    ['uper(http.host) == "X"', 'upper'],
  ])('%s is answered with the nearest', (text, near) => {
    try {
      compileFilter(text)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(FilterError)
      if (near !== undefined) expect(String(error)).toContain(near)
    }
  })
})
