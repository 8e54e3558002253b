// A filter's text as something that tells which packets pass.
import type { TreeBuffer } from '../dissect/tree-buffer'
import type { Condition } from './ast'
import { compileCondition } from './conditions'
import { compileCall } from './functions'
import { parseFilter } from './parser'
import { necessaryProtocols } from './plan'
import type { Scope } from './terms'

/** How a filter is compiled. */
export interface FilterOptions {
  /** Tree of the packet that ${field} refers to; without one such a comparison is false. Read while compiling only. */
  readonly reference?: TreeBuffer | undefined
}

/** A compiled filter. Not to be shared between two dissections that run at the same time: it reuses its lists. */
export interface Filter {
  readonly text: string
  readonly condition: Condition
  /** Whether a dissected packet passes. Needs neither labels nor summary columns. */
  matches(tree: TreeBuffer): boolean
  /** Numbers of all fields that it reads. */
  readonly fields: ReadonlySet<number>
  /** Protocols without which no packet passes. */
  readonly protocols: ReadonlySet<string>
}

/** Compiles a filter; the empty text passes every packet. Throws FilterError with the place of what is wrong, and nothing else. */
export function compileFilter(text: string, options: FilterOptions = {}): Filter {
  const condition = parseFilter(text), scope: Scope = { fields: new Set(), reference: options.reference, call: compileCall }
  const matches = compileCondition(condition, scope)
  return { text, condition, matches, fields: scope.fields, protocols: necessaryProtocols(condition) }
}
