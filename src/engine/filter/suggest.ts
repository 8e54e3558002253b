// The nearest known name, for names that do not exist.
import { FilterError } from '../../shared/errors'
import { allFields } from '../dissect/registry'
import { syntax } from './sentences'

/** Error for a word that is no field, with the field that may have been meant. */
export function unknownField(name: string, start: number, end: number): FilterError {
  const near = closest(
    name,
    allFields().map((field) => field.name),
  )
  const minus = name.includes('-') && allFields().some((field) => name.startsWith(`${field.name}-`))
  return new FilterError('filter/unknown-field', syntax.unknownField(name, near, minus), start, end)
}

/** The candidate with the fewest different characters, if it is near enough. */
export function closest(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.toLowerCase(),
    limit = Math.max(1, Math.floor(wanted.length / 4))
  let best: string | undefined,
    bestDistance = limit + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) > limit) continue
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Levenshtein distance with swaps of neighbours; at least `limit` when it is not smaller. */
function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = [],
    previous = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let smallest = i
    for (let j = 1; j <= b.length; j++) {
      const same = a.charAt(i - 1) === b.charAt(j - 1)
      let value = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a.charAt(i - 1) === b.charAt(j - 2) && a.charAt(i - 2) === b.charAt(j - 1))
        value = Math.min(value, (before[j - 2] ?? 0) + 1)
      row.push(value)
      smallest = Math.min(smallest, value)
    }
    if (smallest >= limit) return limit
    before = previous
    previous = row
  }
  return previous[b.length] ?? limit
}
