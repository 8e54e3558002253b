// Proposals for the word at the cursor of the filter box: fields where a condition may begin, operators behind a field, values behind an operator.
import type { Completion } from '../../shared/contract'
import type { Field } from '../dissect/field'
import { allFields, fieldByName, protocolByName } from '../dissect/registry'
import { FUNCTIONS } from './functions'
import { scan } from './lexer'
import { canSearch, classOf } from './value'

const MAX_ITEMS = 50
const MAX_VALUES = 200

/** What the open capture can add: how many packets have a field, and values seen in it, as filter text. */
export interface CompletionSource {
  packets(field: Field): number | null
  values(field: Field): readonly string[]
}

/** Proposals, with the part of the text that they replace. */
export interface Completions {
  readonly start: number
  readonly end: number
  readonly items: Completion[]
}

const WORD_BEFORE = /[A-Za-z0-9_.:-]*$/,
  WORD_AFTER = /^[A-Za-z0-9_.:-]*/
const COMPARING: ReadonlySet<string> = new Set(['==', '!=', '~=', '===', '>', '<', '>=', '<=', '!=='])
const CLOSING: ReadonlySet<string> = new Set([')', '}'])

/** Proposals for a cursor position (a UTF-16 offset). */
export function completeFilter(text: string, cursor: number, source?: CompletionSource): Completions {
  const at = Math.min(cursor, text.length),
    before = text.slice(0, at),
    word = WORD_BEFORE.exec(before)?.[0] ?? '',
    start = at - word.length
  const place = { start, end: at + (WORD_AFTER.exec(text.slice(at))?.[0].length ?? 0) }
  const { tokens, error } = scan(before.slice(0, start)),
    last = tokens.at(-2)
  // inside a string or behind a mistake there is nothing to propose
  if (error) return { ...place, items: [] }
  if (last?.kind === 'word' || last?.kind === 'field') {
    const field = fieldByName(last.text),
      known = tokens.at(-3)?.kind === 'operator' && COMPARING.has(tokens.at(-3)?.text ?? '')
    return { ...place, items: field && !known ? operators(field.type, word) : joiners(word) }
  }
  if (last?.kind === 'string' || last?.kind === 'raw' || last?.kind === 'char') return { ...place, items: joiners(word) }
  if (last?.kind !== 'operator') return { ...place, items: names(word, source) }
  if (last.text === ']') return { ...place, items: operators('bytes', word) }
  if (CLOSING.has(last.text)) return { ...place, items: joiners(word) }
  if (COMPARING.has(last.text)) {
    const left = tokens.at(-3),
      field = left?.kind === 'word' || left?.kind === 'field' ? fieldByName(left.text) : undefined
    return { ...place, items: [...(field ? values(field, word, source) : []), ...names(word, source)].slice(0, MAX_ITEMS) }
  }
  if (last.text === '{' || last.text === ',') {
    const left = tokens.findLast((token) => token.kind === 'word' && fieldByName(token.text)),
      field = left && fieldByName(left.text)
    return { ...place, items: field ? values(field, word, source) : names(word, source) }
  }
  return { ...place, items: names(word, source) }
}

function item(text: string, kind: Completion['kind'], label: string, type = ''): Completion {
  return { text, kind, label, type, packets: null }
}

/** Fields and functions that begin with the word: fields of this capture before others, protocols before their fields. */
function names(word: string, source: CompletionSource | undefined): Completion[] {
  const wanted = word.toLowerCase()
  if (wanted === '') return []
  const found = allFields().filter((field) => field.name !== '_ws.text' && field.name.startsWith(wanted))
  const ranked = found.map((field) => ({ field, packets: source?.packets(field) ?? null, depth: field.name.split('.').length }))
  ranked.sort(
    (a, b) => Number((b.packets ?? 1) > 0) - Number((a.packets ?? 1) > 0) || a.depth - b.depth || (a.field.name < b.field.name ? -1 : 1),
  )
  const fields = ranked.slice(0, MAX_ITEMS).map(({ field, packets }): Completion => ({
    text: field.name,
    kind: protocolByName(field.name) ? 'protocol' : 'field',
    label: field.label,
    type: field.type,
    packets,
  }))
  const functions = Object.entries(FUNCTIONS)
    .filter(([name]) => name.startsWith(wanted))
    .map(([name, label]) => item(`${name}(`, 'function', label))
  return [...fields, ...functions].slice(0, MAX_ITEMS)
}

function starting(list: readonly (readonly [string, string])[], word: string): Completion[] {
  return list.filter(([text]) => text.startsWith(word.toLowerCase())).map(([text, label]) => item(text, 'operator', label))
}

/** Operators that a type allows. */
function operators(type: Field['type'], word: string): Completion[] {
  const kind = classOf(type),
    list: (readonly [string, string])[] = []
  if (kind === 'protocol') list.push(['contains', 'contains text or bytes'], ['matches', 'matches a pattern'])
  else if (kind !== 'none') {
    list.push(['==', 'is'], ['!=', 'is not (all differ)'])
    if (kind !== 'boolean') list.push(['>', 'is greater than'], ['<', 'is less than'], ['>=', 'is at least'], ['<=', 'is at most'])
    list.push(['in {', 'is one of'])
    if (canSearch(type)) list.push(['contains', 'contains text or bytes'], ['matches', 'matches a pattern'])
    if (kind === 'integer') list.push(['&', 'has bits'])
  }
  return [...starting(list, word), ...joiners(word)]
}

function joiners(word: string): Completion[] {
  const list = [
    ['&&', 'and'],
    ['||', 'or'],
    ['and', 'and'],
    ['or', 'or'],
    ['xor', 'either, not both'],
  ] as const
  return starting(word === '' ? list.slice(0, 2) : list, word)
}

/** Named values of a field, and values that occur in the capture. */
function values(field: Field, word: string, source: CompletionSource | undefined): Completion[] {
  const wanted = word.toLowerCase(),
    items: Completion[] = []
  if (classOf(field.type) === 'boolean')
    items.push(item('1', 'value', field.names?.[0] ?? 'True'), item('0', 'value', field.names?.[1] ?? 'False'))
  if (typeof field.values === 'object') {
    const hex = field.base === 'hex' || field.base === 'hex-dec'
    for (const [value, name] of Object.entries(field.values).slice(0, MAX_VALUES)) {
      items.push(
        item(
          hex
            ? `0x${Number(value)
                .toString(16)
                .padStart(field.width * 2, '0')}`
            : value,
          'value',
          name,
          field.type,
        ),
      )
    }
  }
  for (const value of source?.values(field) ?? [])
    if (!items.some((known) => known.text === value)) items.push(item(value, 'value', '', field.type))
  return items
    .filter(({ text, label }) => text.toLowerCase().startsWith(wanted) || label.toLowerCase().includes(wanted))
    .slice(0, MAX_ITEMS)
}
