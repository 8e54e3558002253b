// Display-filter text as tokens. What a word means (a field, a number, an address) depends on what it is compared with, so the lexer only finds
// where words end: an address with colons or a prefix length is one word, a range 1..9 is three tokens.
import { FilterError } from '../../shared/errors'
import { syntax } from './sentences'

/** A token. `text` is the operator, the word, or the string's value. */
export interface Token {
  readonly kind: 'word' | 'field' | 'string' | 'raw' | 'char' | 'operator' | 'range' | 'end'
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Words that are operators. */
export const OPERATOR_WORDS: ReadonlyMap<string, string> = new Map([
  ['eq', '=='],
  ['ne', '!='],
  ['any_eq', '=='],
  ['all_eq', '==='],
  ['any_ne', '~='],
  ['all_ne', '!='],
  ['gt', '>'],
  ['lt', '<'],
  ['ge', '>='],
  ['le', '<='],
  ['bitwise_and', '&'],
  ['and', '&&'],
  ['or', '||'],
  ['xor', '^^'],
  ['not', '!'],
  ['contains', 'contains'],
  ['matches', 'matches'],
  ['in', 'in'],
  ['any', 'any'],
  ['all', 'all'],
])

const OPERATORS = [
  '===',
  '!==',
  '==',
  '!=',
  '~=',
  '>=',
  '<=',
  '&&',
  '||',
  '^^',
  '..',
  '${',
  '>',
  '<',
  '!',
  '&',
  '+',
  '-',
  '*',
  '/',
  '%',
  '(',
  ')',
  ',',
  '{',
  '}',
  '[',
  ']',
  '#',
  '~',
  ':',
  ';',
]
const WORD = /[A-Za-z0-9_]/
const COLON_BYTES = /[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2})+(?![0-9A-Za-z:])/y
const IPV6_LIKE = /[0-9A-Fa-f:]*:(?:\d+\.\d+\.\d+\.\d+|[0-9A-Fa-f]*)(?:\/\d{1,3})?/y
const IPV4_PREFIX = /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\/\d{1,2}/y

/** Splits a filter into tokens, the last of kind 'end'. Throws FilterError for text that cannot be one. */
export function tokenize(text: string): Token[] {
  const { tokens, error } = scan(text)
  if (error) throw error
  return tokens
}

/** Tokens as far as the text can be split, and what is wrong with the rest. */
export function scan(text: string): { readonly tokens: Token[]; readonly error: FilterError | undefined } {
  const tokens: Token[] = []
  let at = 0,
    error: FilterError | undefined
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at++
      continue
    }
    try {
      const token = next(text, at, tokens.at(-1))
      tokens.push(token)
      at = token.end
    } catch (thrown) {
      if (!(thrown instanceof FilterError)) throw thrown
      error = thrown
      break
    }
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length })
  return { tokens, error }
}

function next(text: string, at: number, before: Token | undefined): Token {
  const c = text.charAt(at)
  if (before?.kind === 'operator' && before.text === '[') return rangeText(text, at)
  if (c === '"') return quoted(text, at, at, false)
  if ((c === 'r' || c === 'R') && text.charAt(at + 1) === '"') return quoted(text, at, at + 1, true)
  if (c === "'") return character(text, at)
  const address = sticky(COLON_BYTES, text, at) ?? ipv6(text, at) ?? sticky(IPV4_PREFIX, text, at)
  if (address !== undefined) return { kind: 'word', text: address, start: at, end: at + address.length }
  if (WORD.test(c)) return word(text, at)
  if (c === '.' && /[A-Za-z_]/.test(text.charAt(at + 1))) {
    const inner = word(text, at + 1)
    return { kind: 'field', text: inner.text, start: at, end: inner.end }
  }
  for (const operator of OPERATORS)
    if (text.startsWith(operator, at)) return { kind: 'operator', text: operator, start: at, end: at + operator.length }
  throw new FilterError('filter/syntax', c === '=' ? syntax.noOperator : syntax.noMeaning(c), at, at + 1)
}

/** Letters, digits, underscore, and inside a word also dots and hyphens; two dots end it (they are the range operator). */
function word(text: string, at: number): Token {
  let end = at + 1
  for (; end < text.length; end++) {
    const c = text.charAt(end)
    if (WORD.test(c)) continue
    if ((c === '.' || c === '-') && text.charAt(end + 1) !== '.' && text.charAt(end - 1) !== '.' && WORD.test(text.charAt(end + 1)))
      continue
    break
  }
  const found = text.slice(at, end),
    operator = OPERATOR_WORDS.get(found)
  return operator === undefined ? { kind: 'word', text: found, start: at, end } : { kind: 'operator', text: operator, start: at, end }
}

/** Everything up to the closing bracket. */
function rangeText(text: string, at: number): Token {
  const end = text.indexOf(']', at)
  if (end < 0) throw new FilterError('filter/syntax', syntax.bracketMissing, at - 1, text.length)
  if (end === at) throw new FilterError('filter/syntax', syntax.rangeInBrackets, at - 1, end + 1)
  return { kind: 'range', text: text.slice(at, end), start: at, end }
}

function sticky(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

/** An IPv6 address, if the text here is one. */
function ipv6(text: string, at: number): string | undefined {
  const found = sticky(IPV6_LIKE, text, at)
  if (found === undefined || found.indexOf(':') === found.lastIndexOf(':')) return undefined
  const [address = '', prefix] = found.split('/')
  return parseIpv6(address) && (prefix === undefined || prefix !== '') ? found : undefined
}

/** 16 bytes of an IPv6 address as text, or undefined. */
export function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const groups = (part: string): number[] | undefined => {
    if (part === '') return []
    const out: number[] = []
    const pieces = part.split(':')
    for (let i = 0; i < pieces.length; i++) {
      const piece = pieces[i] ?? ''
      const dotted = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(piece)
      if (dotted && i === pieces.length - 1) {
        const parts = dotted.slice(1).map(Number)
        if (parts.some((n) => n > 255)) return undefined
        out.push((parts[0] ?? 0) * 256 + (parts[1] ?? 0), (parts[2] ?? 0) * 256 + (parts[3] ?? 0))
      } else if (/^[0-9A-Fa-f]{1,4}$/.test(piece)) out.push(parseInt(piece, 16))
      else return undefined
    }
    return out
  }
  const head = groups(halves[0] ?? ''),
    tail = halves.length === 2 ? groups(halves[1] ?? '') : []
  if (!head || !tail) return undefined
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const bytes = new Uint8Array(16)
  ;[...head, ...new Array<number>(missing).fill(0), ...tail].forEach((group, i) => {
    bytes[2 * i] = group >> 8
    bytes[2 * i + 1] = group & 255
  })
  return bytes
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
}

/** Reads one escape after a backslash at `at`; gives the character (a byte from 0x80 up as U+DC00 + byte, see textBytes) and where it ends. */
function escape(text: string, at: number): { value: string; end: number } {
  const c = text.charAt(at + 1),
    simple = ESCAPES[c]
  if (simple !== undefined) return { value: simple, end: at + 2 }
  const numeric = sticky(/x[0-9A-Fa-f]{1,2}|[0-7]{1,3}/y, text, at + 1)
  if (numeric !== undefined) {
    const byte = (numeric.startsWith('x') ? parseInt(numeric.slice(1), 16) : parseInt(numeric, 8)) & 255
    return { value: String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte), end: at + 1 + numeric.length }
  }
  const unicode = sticky(/u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}/y, text, at + 1)
  if (unicode !== undefined) {
    const code = parseInt(unicode.slice(1), 16)
    // the rule of C for universal character names
    if (code >= 0xa0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff))
      return { value: String.fromCodePoint(code), end: at + 1 + unicode.length }
    throw new FilterError('filter/syntax', syntax.noCharacter(unicode), at, at + 1 + unicode.length)
  }
  // a backslash may be the text's last character
  throw new FilterError('filter/syntax', syntax.noEscape(c), at, Math.min(at + 2, text.length))
}

function quoted(text: string, start: number, open: number, raw: boolean): Token {
  let value = '',
    at = open + 1
  for (;;) {
    const c = text.charAt(at)
    if (c === '') throw new FilterError('filter/syntax', syntax.stringEnd, start, text.length)
    if (c === '"') return { kind: raw ? 'raw' : 'string', text: value, start, end: at + 1 }
    if (c === '\\' && raw) {
      // a quote after a backslash does not end a raw string; both stay
      value += text.slice(at, at + 2)
      at += 2
    } else if (c === '\\') {
      if (at + 1 >= text.length || (text.charAt(at + 1) === '"' && text.indexOf('"', at + 2) < 0))
        throw new FilterError('filter/syntax', syntax.stringEnd, start, text.length)
      const { value: character, end } = escape(text, at)
      value += character
      at = end
    } else {
      const point = String.fromCodePoint(text.codePointAt(at) ?? 0)
      value += point
      at += point.length
    }
  }
}

function character(text: string, start: number): Token {
  const at = start + 1
  let value = text.charAt(at),
    end = at + 1
  if (value === "'") throw new FilterError('filter/syntax', syntax.characterEmpty, start, at + 1)
  if (value === '\\') ({ value, end } = escape(text, at))
  if (text.charAt(end) !== "'") {
    const close = text.indexOf("'", end)
    if (close < 0) throw new FilterError('filter/syntax', syntax.characterEnd, start, text.length)
    throw new FilterError('filter/syntax', syntax.characterLong(text.slice(start, close + 1)), start, close + 1)
  }
  if (value.charCodeAt(0) >= 0xdc80 && value.charCodeAt(0) <= 0xdcff) value = String.fromCharCode(value.charCodeAt(0) & 255)
  if (value.charCodeAt(0) > 255) throw new FilterError('filter/syntax', syntax.characterWide, start, end + 1)
  return { kind: 'char', text: value, start, end: end + 1 }
}
