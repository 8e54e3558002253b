// The one place where the service meets the display-filter language: filters ready to run on what the decoder holds.
import type { Decoder } from '../dissect/decoder'
import { compileFilter as compile, compileKnown, type Filter, type FilterMacro } from '../filter'
import { planFilter, VERDICT } from '../filter/index-plan'
import type { Trace } from '../index/trace'

/** A filter that is ready to run. */
export interface DisplayFilter {
  /** Whether the packet that the decoder holds passes. */
  readonly matches: (decoder: Decoder) => boolean
  /** Whether an indexed packet passes; dissects it only where the index cannot tell. */
  readonly passes: (trace: Trace, number: number) => boolean
}

/** Compiles a filter; ${field} in it takes its value from the packet in `reference`, now. Throws FilterError. */
export function compileFilter(
  text: string,
  options: { readonly reference?: Decoder | undefined; readonly macros?: readonly FilterMacro[] } = {},
): DisplayFilter {
  return ready(compile(text, { reference: options.reference?.tree, macros: options.macros }))
}

/** Compiles a colour rule: what it says of fields that are not known here counts as absent. Undefined when it can never match. Throws FilterError. */
export function compileLeniently(text: string, macros: readonly FilterMacro[]): DisplayFilter | undefined {
  const filter = compileKnown(text, { macros })
  return filter === undefined ? undefined : ready(filter)
}

function ready(filter: Filter): DisplayFilter {
  const plan = planFilter(filter)
  return {
    matches: ({ tree }) => filter.matches(tree),
    passes(trace, number) {
      const verdict = plan(trace, number - 1)
      return verdict === VERDICT.DISSECT ? filter.matches(trace.dissect(number, PLAIN).tree) : verdict === VERDICT.YES
    },
  }
}

const PLAIN = { summary: false, labels: false } as const
