// Values of a field that occur in a capture, as filter text, for completion. A sample of the capture: what is proposed must be at hand at once.
import type { CompletionSource } from '../filter'
import type { Field } from '../dissect/field'
import { filterFor } from '../dissect/format'
import type { OpenCapture } from './open-capture'
import type { Clock } from './ports'

/** Values proposed at most, time spent on them once enough packets were looked at, and packets looked at at most. */
const MAX_VALUES = 30
const BUDGET_MS = 25
const MIN_PACKETS = 200
const MAX_PACKETS = 20_000

/** What an open capture adds to completion. */
export function observedIn(capture: OpenCapture, clock: Clock): CompletionSource {
  return {
    // Counting would mean to read every packet.
    packets: () => null,
    values: (field) => observedValues(capture, field, clock),
  }
}

function observedValues(capture: OpenCapture, field: Field, clock: Clock): string[] {
  if (field.type === 'protocol' || field.type === 'none' || field.type === 'expert') return []
  const found = new Set<string>()
  const end = clock.now() + BUDGET_MS
  let looked = 0
  const prefix = `${field.name} == `
  const step = Math.max(1, Math.floor(capture.packets / MAX_PACKETS))
  for (let number = 1; number <= capture.packets && found.size < MAX_VALUES; number += step) {
    const { tree } = capture.trace.dissect(number, { summary: false, labels: false })
    const node = tree.find(field.id)
    const filter = node < 0 ? null : filterFor(tree, node)
    if (filter?.startsWith(prefix) === true) found.add(filter.slice(prefix.length))
    if (++looked >= MIN_PACKETS && clock.now() > end) break
  }
  return [...found]
}
