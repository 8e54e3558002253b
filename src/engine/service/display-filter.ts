// The one place where the service meets the display-filter language: filters ready to run on what the decoder holds.
import type { Decoder } from '../dissect/decoder'
import { compileFilter as compile, compileKnown, type Filter, type FilterMacro } from '../filter'
import { IndexPlan, VERDICT } from '../filter/index-plan'
import type { Trace } from '../index/trace'

/** A filter that is ready to run. */
export interface DisplayFilter {
  /** Whether the packet that the decoder holds passes. */
  readonly matches: (decoder: Decoder) => boolean
  /** Whether an indexed packet passes; dissects it only where the index cannot tell. */
  readonly passes: (trace: Trace, number: number) => boolean
  /** Rows (frame number - 1, ascending) outside of which no packet of those indexed now passes; undefined where all are to be sifted. */
  readonly candidates: (trace: Trace) => Uint32Array | undefined
  /** Keeps those of rows[0 .. count) (frame number - 1, ascending, of one stretch of CHUNK_ROWS) that may pass, in place; returns how many. */
  readonly sift: (trace: Trace, rows: Uint32Array, count: number) => number
  /** Whether a row that sift() kept passes; dissects it only where the index cannot tell. */
  readonly confirms: (trace: Trace, row: number) => boolean
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
  const plan = new IndexPlan(filter)
  const dissected = (trace: Trace, row: number): boolean => filter.matches(trace.dissect(row + 1, PLAIN).tree)
  return {
    matches: ({ tree }) => filter.matches(tree),
    passes(trace, number) {
      const verdict = plan.verdict(trace, number - 1)
      return verdict === VERDICT.DISSECT ? dissected(trace, number - 1) : verdict === VERDICT.YES
    },
    candidates: (trace) => plan.candidates(trace, trace.packets * FEW),
    sift: (trace, rows, count) => plan.sift(trace, rows, count),
    confirms: (trace, row) => plan.isSettled(trace, row) || dissected(trace, row),
  }
}

/** More packets than this part of all are found quicker by going through the columns. */
const FEW = 1 / 8
const PLAIN = { summary: false, labels: false } as const
