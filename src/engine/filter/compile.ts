// A filter's text as something that tells which packets pass.
import { FilterError } from '../../shared/errors'
import type { TreeBuffer } from '../dissect/tree-buffer'
import type { Condition } from './ast'
import { compileCondition } from './conditions'
import { compileCall } from './functions'
import { expandMacros } from './macros'
import type { FilterMacro } from './macros'
import { parseFilter } from './parser'
import { necessaryProtocols } from './plan'
import type { Scope } from './terms'

/** How a filter is compiled. */
export interface FilterOptions {
  /** Tree of the packet that ${field} refers to; without one such a comparison is false. Read while compiling only. */
  readonly reference?: TreeBuffer | undefined
  /** Macros that the text may use. */
  readonly macros?: readonly FilterMacro[] | undefined
}

/** A compiled filter. Not to be shared between two dissections that run at the same time: it reuses its lists. */
export interface Filter {
  readonly text: string
  readonly condition: Condition
  /** Whether a dissected packet passes. Needs neither labels nor summary columns. */
  readonly matches: (tree: TreeBuffer) => boolean
  /** Numbers of all fields that it reads. */
  readonly fields: ReadonlySet<number>
  /** Protocols without which no packet passes, and 'http.request' or 'http.response' where only such messages do. */
  readonly protocols: ReadonlySet<string>
}

/** Compiles a filter; the empty text passes every packet. Throws FilterError with the place of what is wrong, and nothing else. */
export function compileFilter(text: string, options: FilterOptions = {}): Filter {
  return expanding(text, options, (expanded) => compileParsed(text, parseFilter(expanded), options))
}

/** Runs `use` on the text without macros; errors and the condition get their places in the text as it was typed. */
function expanding<T extends Filter | undefined>(text: string, { macros }: FilterOptions, use: (expanded: string) => T): T {
  const { text: expanded, origin } = expandMacros(text, macros ?? [])
  try {
    return use(expanded)
  } catch (error) {
    if (!(error instanceof FilterError) || expanded === text) throw error
    throw new FilterError(error.code, error.sentence, origin(error.start), origin(error.end, true))
  }
}

/**
 * Compiles what is left of a filter when tests of fields that do not exist here count as false, as they would for packets without them: filters
 * that were made for more protocols (colour rules) work as far as they can. Undefined when no packet could pass. Throws FilterError for anything
 * else that is wrong.
 */
export function compileKnown(text: string, options: FilterOptions = {}): Filter | undefined {
  return expanding(text, options, (expanded) => {
    const known = withoutUnknown(parseFilter(expanded), options)
    return known && compileParsed(text, known, options)
  })
}

function compileParsed(text: string, condition: Condition, options: FilterOptions): Filter {
  const scope: Scope = { fields: new Set(), reference: options.reference, call: compileCall }
  const matches = compileCondition(condition, scope)
  return { text, condition, matches, fields: scope.fields, protocols: necessaryProtocols(condition) }
}

/** The condition with unknown fields taken as absent; undefined for one that is never true. */
function withoutUnknown(condition: Condition, options: FilterOptions): Condition | undefined {
  switch (condition.kind) {
    case 'everything':
      return condition
    case 'not': {
      const operand = withoutUnknown(condition.operand, options)
      return operand ? { ...condition, operand } : { kind: 'everything', start: condition.start, end: condition.end }
    }
    case 'and':
    case 'or':
    case 'xor': {
      const left = withoutUnknown(condition.left, options),
        right = withoutUnknown(condition.right, options)
      if (left && right) return { ...condition, left, right }
      return condition.kind === 'and' ? undefined : (left ?? right)
    }
    case 'present':
    case 'compare':
    case 'member':
      try {
        compileParsed('', condition, options)
        return condition
      } catch (error) {
        if (error instanceof FilterError && error.code === 'filter/unknown-field') return undefined
        throw error
      }
  }
}
