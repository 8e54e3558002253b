// The one place where the service meets the display-filter language: filters ready to run on what the decoder holds.
import type { Decoder } from '../dissect/decoder'
import { compileFilter as compile, compileKnown, type Filter } from '../filter/compile'

/** A filter that is ready to run. */
export interface DisplayFilter {
  /** Whether the packet that the decoder holds passes. */
  readonly matches: (decoder: Decoder) => boolean
  /** Protocols without which no packet passes. */
  readonly protocols: ReadonlySet<string>
}

/** Compiles a filter; ${field} in it takes its value from the packet in `reference`, now. Throws FilterError. */
export function compileFilter(text: string, reference?: Decoder): DisplayFilter {
  return ready(compile(text, { reference: reference?.tree }))
}

/** Compiles a colour rule: what it says of fields that are not known here counts as absent. Undefined when it can never match. Throws FilterError. */
export function compileLeniently(text: string): DisplayFilter | undefined {
  const filter = compileKnown(text)
  return filter === undefined ? undefined : ready(filter)
}

function ready(filter: Filter): DisplayFilter {
  return { matches: ({ tree }) => filter.matches(tree), protocols: filter.protocols }
}
