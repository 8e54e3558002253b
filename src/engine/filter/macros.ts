// Display-filter macros: a name for a part of a filter, with arguments. `${private}` or `${between:10.0.0.1;10.0.0.2}` stand for the macro's text, in
// which $1 to $9 are the arguments. Expanded before the filter is read, as Wireshark does; errors keep their place in what the user typed.
import { FilterError } from '../../shared/errors'
import { syntax } from './sentences'

/** A macro. `name` has letters, digits, `_` and `-`; `text` is any part of a filter. */
export interface FilterMacro {
  readonly name: string
  readonly text: string
}

/** A filter without macros, and where its characters come from. */
export interface Expanded {
  readonly text: string
  /** Place in the original text of a place in the expanded one: the macro call's beginning (or, for `end`, its end) for what a macro brought. */
  readonly origin: (at: number, end?: boolean) => number
}

/** Macros that use macros may go this deep; a macro that uses itself is stopped here. */
const MAX_DEPTH = 16
/** Longest expanded filter. */
const MAX_LENGTH = 100_000
const CALL = /\$\{([A-Za-z_][A-Za-z0-9_-]*)(?:[:;]([^{}]*))?\}/g

/** Expands the macros in a filter. `${field}` references stay, as they name no macro. Throws FilterError for missing arguments and endless macros. */
export function expandMacros(text: string, macros: readonly FilterMacro[]): Expanded {
  if (macros.length === 0 || !text.includes('${')) return { text, origin: (at) => at }
  const known = new Map(macros.map((macro) => [macro.name, macro.text]))
  const pieces: { readonly start: number; readonly end: number; readonly from: number; readonly to: number }[] = []
  let expanded = '',
    after = 0
  for (const match of text.matchAll(CALL)) {
    const body = known.get(match[1] ?? '')
    if (body === undefined) continue
    const from = match.index,
      to = from + match[0].length
    expanded += text.slice(after, from)
    const start = expanded.length
    expanded += filled(match[1] ?? '', body, match[2], known, from, to, 1)
    if (expanded.length > MAX_LENGTH) throw new FilterError('filter/syntax', syntax.macroTooLong, from, to)
    pieces.push({ start, end: expanded.length, from, to })
    after = to
  }
  expanded += text.slice(after)
  return {
    text: expanded,
    origin(at, end = false) {
      let shift = 0
      for (const piece of pieces) {
        if (at < piece.start || (at === piece.start && end)) break
        if (at < piece.end || (at === piece.end && end)) return end ? piece.to : piece.from
        shift = piece.to - piece.end
      }
      return at + shift
    },
  }
}

function filled(
  name: string,
  body: string,
  given: string | undefined,
  known: ReadonlyMap<string, string>,
  from: number,
  to: number,
  depth: number,
): string {
  if (depth > MAX_DEPTH) throw new FilterError('filter/syntax', syntax.macroItself(name), from, to)
  const args = given === undefined || given === '' ? [] : given.split(';')
  const text = body.replace(/\$([1-9])/g, (_, digit: string) => {
    const value = args[Number(digit) - 1]
    if (value === undefined) throw new FilterError('filter/syntax', syntax.macroArguments(name, digit), from, to)
    return value
  })
  return text.replace(CALL, (call: string, inner: string, innerArgs: string | undefined) => {
    const innerBody = known.get(inner)
    return innerBody === undefined ? call : filled(inner, innerBody, innerArgs, known, from, to, depth + 1)
  })
}
