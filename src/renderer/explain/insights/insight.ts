// What can be said about this very value, from the values around it.
import type { Both } from '../card'
import type { TreeValues } from './tree-values'

/** One number of a sum. `evidence` is a display filter that finds the packet the number comes from. */
export interface SumPart {
  readonly value: string
  readonly label: Both
  readonly evidence?: string | undefined
}

/** A small calculation: parts joined by signs, and the result. */
export interface Sum {
  readonly parts: readonly SumPart[]
  /** One sign between each two parts. */
  readonly signs: readonly string[]
  readonly result: SumPart
}

/** What a rule adds to a card. `here` may hold numbers and addresses of the packet; it is the same sentence in both languages. */
export interface Insight {
  readonly here?: Both | undefined
  readonly sum?: Sum | undefined
  /** The value as the heading prints it, for example with a unit. */
  readonly shown?: string | undefined
}

/** Makes an insight for a field's value, or null when the packet does not hold what it needs. */
export type InsightRule = (value: string, packet: TreeValues) => Insight | null

/** A number with English grouping; both languages group alike. */
export function grouped(value: number): string {
  return value.toLocaleString('en-US')
}
