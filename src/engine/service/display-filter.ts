// The one place where the service meets the display-filter language: filters ready to run on what the decoder holds.
import type { Decoder } from '../dissect/decoder'
import { protocolByName } from '../dissect/registry'
import { compileFilter as compile, compileKnown, type Filter } from '../filter/compile'
import { protocolBit, STATUS } from '../index/columns'
import type { Trace } from '../index/trace'

/** A filter that is ready to run. */
export interface DisplayFilter {
  /** Whether the packet that the decoder holds passes. */
  readonly matches: (decoder: Decoder) => boolean
  /** False when the index alone tells that a packet does not pass; then it need not be dissected. */
  readonly mayMatch: (trace: Trace, number: number) => boolean
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
  let needed = 0
  // Problem nodes (_ws) belong to no protocol and occur in any packet.
  for (const name of filter.protocols) if (protocolByName(name) !== undefined) needed |= protocolBit(name)
  return {
    matches: ({ tree }) => filter.matches(tree),
    mayMatch: ({ columns, records }, number) => {
      const row = number - 1
      return (columns.protocols.get(row) & needed) === needed || (records.status.get(row) & STATUS.REPEATED) !== 0
    },
  }
}
