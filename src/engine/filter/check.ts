// A filter text while it is typed: is it right, unfinished, doubtful or wrong, and how it is coloured.
import type { FilterCheck } from '../../shared/contract'
import { FilterError, type Sentence } from '../../shared/errors'
import { allFields, fieldByName } from '../dissect/registry'
import type { Condition } from './ast'
import { compileFilter } from './compile'
import type { FilterMacro } from './macros'
import { filterInWords } from './words'
import { FUNCTIONS } from './functions'
import { scan } from './lexer'
import type { Token } from './lexer'
import { advice } from './sentences'

/** There is nothing to say. */
const NOTHING: Sentence = { en: '', zh: '' }

type Colored = FilterCheck['tokens'][number]

/** Checks a text without running it. 'incomplete' is wrong now but may become right by typing on; 'hint' is right but may not mean what one thinks. */
export function checkFilter(text: string, macros: readonly FilterMacro[] = []): FilterCheck {
  if (text.trim() === '') return { state: 'empty', message: NOTHING, start: 0, end: 0, tokens: [] }
  const { tokens } = scan(text),
    colors = tokens.flatMap((token, i) => colored(token, tokens[i - 1], tokens[i + 1]))
  try {
    const { condition } = compileFilter(text, { macros }),
      words = filterInWords(condition),
      // a macro's text is its author's affair
      hint = text.includes('${') ? undefined : hintFor(condition, text)
    if (hint) return { state: 'hint', ...hint, words, tokens: colors }
    return { state: 'valid', message: NOTHING, start: 0, end: 0, words, tokens: colors }
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
    const { sentence: message, start, end } = error
    return { state: isUnfinished(text, error) ? 'incomplete' : 'invalid', message, start, end, tokens: [...colors, ...rest(text, colors)] }
  }
}

/** The text behind the last token, which could not be split. */
function rest(text: string, colors: readonly Colored[]): Colored[] {
  const from = colors.at(-1)?.end ?? 0
  return text.slice(from).trim() === '' ? [] : [{ start: from + text.slice(from).search(/\S/), end: text.length, kind: 'error' }]
}

const PUNCTUATION: ReadonlySet<string> = new Set(['(', ')', '[', ']', '{', '}', ',', '#', ';', ':', '${', '..'])
const KEYWORDS: ReadonlySet<string> = new Set(['&&', '||', '^^', '!', 'in', 'any', 'all'])

function colored(token: Token, before: Token | undefined, next: Token | undefined): Colored[] {
  const { start, end } = token,
    as = (kind: Colored['kind']): Colored[] => [{ start, end, kind }]
  switch (token.kind) {
    case 'end':
      return []
    case 'string':
    case 'raw':
    case 'char':
      return as('string')
    case 'field':
      return as(fieldByName(token.text) ? 'field' : 'error')
    case 'range':
      return as('number')
    case 'operator':
      return as(PUNCTUATION.has(token.text) ? 'punctuation' : KEYWORDS.has(token.text) ? 'keyword' : 'operator')
    case 'word':
      if (fieldByName(token.text)) return as('field')
      if (next?.kind === 'operator' && next.text === '(' && token.text in FUNCTIONS) return as('function')
      if (/^\d+(?:\.\d+){3}(?:\/\d+)?$/.test(token.text) || token.text.includes(':')) return as('address')
      if (/^[0-9]/.test(token.text)) return as('number')
      // a bare word is a value behind an operator, and a wrong name where a condition begins
      return as(
        before?.kind === 'operator' && before.text !== '(' && !(KEYWORDS.has(before.text) && before.text !== 'in') ? 'string' : 'error',
      )
  }
}

/** Wrong only because the text is not finished: it ends too early, or its last word is the beginning of a name. */
function isUnfinished(text: string, error: FilterError): boolean {
  if (/is missing|not complete|filter ends before/.test(error.message)) return true
  const length = text.trimEnd().length
  if (error.end < length) return false
  if (error.start >= length) return true
  const word = /[A-Za-z_][A-Za-z0-9_.-]*$/.exec(text)?.[0].toLowerCase()
  return (
    word !== undefined &&
    (allFields().some((field) => field.name.startsWith(word)) || Object.keys(FUNCTIONS).some((name) => name.startsWith(word)))
  )
}

interface Hint {
  readonly message: Sentence
  readonly start: number
  readonly end: number
}

/** Fields that stand for two places of a packet, so that "not equal" is easily misread. */
const TWO_SIDED = /\.(?:addr|port|host)$/

/** What is easily misunderstood in a filter that is right. */
function hintFor(condition: Condition, text: string): Hint | undefined {
  switch (condition.kind) {
    case 'everything':
    case 'present':
    case 'member':
      return undefined
    case 'not':
      return hintFor(condition.operand, text)
    case 'and':
    case 'or':
    case 'xor': {
      const inner = hintFor(condition.left, text) ?? hintFor(condition.right, text)
      if (inner || condition.kind === 'and') return inner
      const mixed = [condition.left, condition.right].find((side) => side.kind === 'and' && !inParentheses(text, side))
      return mixed && { message: advice.precedence, start: mixed.start, end: mixed.end }
    }
    case 'compare': {
      const { left, operator, quantifier } = condition
      if (operator !== '~=' || quantifier !== undefined || left.kind !== 'word' || !TWO_SIDED.test(left.text)) return undefined
      return {
        message: advice.twoSided(left.text),
        start: condition.start,
        end: condition.end,
      }
    }
  }
}

function inParentheses(text: string, part: Condition): boolean {
  return text.slice(0, part.start).trimEnd().endsWith('(') && text.slice(part.end).trimStart().startsWith(')')
}
