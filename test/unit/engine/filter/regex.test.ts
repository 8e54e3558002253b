import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileMatcher } from '../../../../src/engine/filter/regex-matcher'
import { RegexError } from '../../../../src/engine/filter/regex-parser'

const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0))
const matches = (pattern: string, text: string) => compileMatcher(pattern).test(bytes(text))

describe('a pattern', () => {
  it.each<[string, string, boolean]>([
    ['get', 'a GET b', true],
    ['(?-i)get', 'a GET b', false],
    ['^get', 'a get', false],
    ['^get', 'get a', true],
    ['b$', 'ab', true],
    ['b$', 'ab\n', true],
    ['b$', 'b\na', false],
    ['b\\z', 'ab\n', false],
    ['b\\Z', 'ab\n', true],
    ['a.c', 'a\nc', false],
    ['(?s)a.c', 'a\nc', true],
    ['(?m)^b$', 'a\nb\nc', true],
    ['a{2,3}', 'aba', false],
    ['a{2,3}', 'baab', true],
    ['a{,3}', 'a{,3}', true],
    ['x{3', 'x{3', true],
    ['[^]a]', ']a', false],
    ['[]a]', ']', true],
    ['[a-c]+d', 'xxbcd', true],
    ['\\d+\\.\\d', 'v1.0', true],
    ['\\bcat\\b', 'a cat.', true],
    ['\\bcat\\b', 'concat', false],
    ['(?=.*b)a', 'ab', true],
    ['a(?!b)', 'ab', false],
    ['(?<=a)b', 'ab', true],
    ['(?<!a)b', 'ab', false],
    ['(a)\\1', 'xaa', true],
    ['(?<q>[ab])\\k<q>', 'ab', false],
    ['(?>a+)ab', 'aaab', false],
    ['a++b', 'aab', true],
    ['\\x41\\101', 'AA', true],
    ['\\Qa.b\\E', 'a.b', true],
    ['\\Qa.b\\E', 'axb', false],
    ['[[:digit:]]{3}', 'ab123', true],
    ['\\p{Lu}', 'abc', false],
    ['(?x) a b # c', 'ab', true],
    ['a|b|', 'zzz', true],
    ['^$', '', true],
    ['^$', '\n', true],
    ['$', 'abc', true],
    ['\\xff', '\xff', true],
    ['^\\n$', '\n', true],
    ['(|a)+b', 'aab', true],
    ['\\R', 'a\r\nb', true],
    ['[\\x00-\\x1f]', 'a\tb', true],
  ])('%j in %j: %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected)
  })

  it.each([
    '(',
    ')',
    '[a',
    'a**',
    '*a',
    '[z-a]',
    'a{3,2}',
    'a{99999}',
    '\\1',
    '(?z)',
    '\\y',
    'a\\',
    '(?<=a+)b',
    '(?R)',
    '[[:nope:]]',
    '\\p{Nope}',
    '(?',
  ])('%j is refused', (pattern) => {
    expect(() => compileMatcher(pattern)).toThrow(RegexError)
  })

  it('means what JavaScript means by it', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', 'c')
    const piece = fc.tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}', '{1,3}', '*?', '+?')).map(([a, q]) => a + q)
    const sequence = fc.array(piece, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''))
    const anchored = fc
      .tuple(fc.constantFrom('', '^', '\\b'), sequence, fc.constantFrom('', '$', '\\b', '(?=a)'))
      .map((parts) => parts.join(''))
    const pattern = fc.array(anchored, { minLength: 1, maxLength: 3 }).map((parts) => parts.map((part) => `(?:${part})`).join('|'))
    fc.assert(
      fc.property(pattern, fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', ' ', 'A'), maxLength: 12 }), (source, text) => {
        expect(matches(source, text)).toBe(new RegExp(source, 'i').test(text))
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    '(a+)+$',
    '(a|a)*b',
    '(a*)*c',
    '(x+x+)+y',
    '([a-z]+)*\\d',
    '(a|aa)+$',
    '(.*)*\\bq',
    '(a+)\\1+b',
    '((a{1,50}){1,50}){1,4}b',
    '(?=(a+)+b)a',
  ])('%s ends soon on text made to hang it', (pattern) => {
    expect(matches(pattern, `${'a'.repeat(5000)}!`)).toBe(false)
  })

  it('never fails otherwise than with RegexError', () => {
    const unit = fc.constantFrom(...Array.from('ab01()[]{}?*+.^$|\\-:=!<>#dwsbQEpx,/ \u00e9'))
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 16 }), fc.string({ unit: fc.constantFrom('a', 'b', '0', '\n', ' ') }), (pattern, text) => {
        try {
          matches(pattern, text)
        } catch (error) {
          expect(error).toBeInstanceOf(RegexError)
        }
      }),
      { numRuns: 5000 },
    )
  })
})
