// Splits a filter text into coloured pieces by the tokens that filter.check returned.
import type { FilterCheck } from '../../../shared/contract'

/** A piece of the text: a token's kind, or 'plain' between tokens. */
export interface TokenPart {
  readonly kind: FilterCheck['tokens'][number]['kind'] | 'plain'
  readonly text: string
}

/** The pieces of `text`; joined they give it again. Tokens of an older text are cut to the part that is still the same. */
export function tokenParts(text: string, checked: string, check: FilterCheck | null): readonly TokenPart[] {
  if (check === null) return [{ kind: 'plain', text }]
  let same = 0
  while (same < text.length && same < checked.length && text[same] === checked[same]) same++
  const parts: TokenPart[] = []
  let at = 0
  for (const token of [...check.tokens].sort((a, b) => a.start - b.start)) {
    if (token.start < at || token.end > same) continue
    if (token.start > at) parts.push({ kind: 'plain', text: text.slice(at, token.start) })
    // What is still being typed is not wrong yet.
    const kind = token.kind === 'error' && check.state === 'incomplete' ? 'plain' : token.kind
    parts.push({ kind, text: text.slice(token.start, token.end) })
    at = token.end
  }
  if (at < text.length) parts.push({ kind: 'plain', text: text.slice(at) })
  return parts
}
