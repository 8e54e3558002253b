// The display filter: checking a text while it is typed, applying it, completing it, and the table of fields.
import type { FieldInfo } from '../../shared/contract'
import { TraceError } from '../../shared/errors'
import type { CallContext, ServiceMethods } from '../../shared/rpc/dispatcher'
import { allFields } from '../dissect/registry'
import type { Field } from '../dissect/field'
import { completeFilter } from '../filter'
import { captureOf, SlicedTask, type ServiceContext } from './context'
import { compileFilter } from './display-filter'
import { checkFilterText } from './filter-check'
import { storedMacros } from './filter-macros'
import { NumberSet } from './number-set'
import { observedIn } from './observed-values'
import type { OpenCapture } from './open-capture'

const PLAIN = { summary: false, labels: false } as const

/** Methods of the filter box. */
export class Filters {
  private readonly context: ServiceContext
  /** What is applied, and what is counted, of each capture, so that a new one ends it. */
  private readonly applying = new WeakMap<OpenCapture, { superseded: boolean }>()
  private readonly counting = new WeakMap<OpenCapture, { superseded: boolean }>()
  private readonly kept = new WeakMap<OpenCapture, readonly Selected[]>()

  constructor(context: ServiceContext) {
    this.context = context
  }

  methods(): Pick<ServiceMethods, 'filter.check' | 'filter.complete' | 'filter.count' | 'filter.apply' | 'fields.search'> {
    return {
      'filter.check': ({ text }) => checkFilterText(text, storedMacros(this.context.ports.documents)),
      'filter.complete': ({ captureId, text, cursor }) => {
        const capture = captureId === null ? undefined : this.context.captures.get(captureId)
        return completeFilter(text, cursor, capture === undefined ? undefined : observedIn(capture, this.context.ports.clock))
      },
      'filter.count': async ({ captureId, text, reference }, call) => {
        const capture = captureOf(this.context, captureId)
        const { numbers } = await this.select(capture, text.trim(), reference, call, begin(this.counting, capture))
        return { matched: numbers.length }
      },
      'filter.apply': async ({ captureId, text, reference }, call) => {
        const capture = captureOf(this.context, captureId)
        await this.apply(capture, text.trim(), reference, call)
        const info = capture.info()
        this.context.emit('capture.changed', info)
        return { shown: info.shown, info }
      },
      'fields.search': ({ text, limit }) => ({ fields: searchFields(text, limit) }),
    }
  }

  /** Numbers of the packets that pass a filter, ascending; a filter of the list is not disturbed. Throws FilterError. */
  async find(capture: OpenCapture, text: string, call: CallContext): Promise<Uint32Array> {
    return (await this.select(capture, text, undefined, call, { superseded: false })).numbers
  }

  private async apply(capture: OpenCapture, text: string, reference: number | undefined, call: CallContext): Promise<void> {
    // what is applied is not held up by what is only counted; a count never ends what is applied
    begin(this.counting, capture)
    const run = begin(this.applying, capture)
    if (text === '') {
      capture.filter = ''
      capture.test = undefined
      capture.passing = new NumberSet()
      capture.sort = undefined
      capture.listVersion++
      capture.displayed.showAll(capture.packets)
      return
    }
    const { numbers, passing, passes } = await this.select(capture, text, reference, call, run)
    capture.filter = text
    // a result that is kept for later must not grow with the capture
    capture.passing = passing.copy()
    capture.sort = undefined
    capture.listVersion++
    capture.test = passes
    capture.displayed.show(numbers, numbers.length, true)
  }

  /** The packets that pass, found in slices and kept for the filters used last. */
  private async select(
    capture: OpenCapture,
    text: string,
    reference: number | undefined,
    call: CallContext,
    run: { readonly superseded: boolean },
  ): Promise<Selected> {
    const { trace } = capture
    const kept = this.kept.get(capture)?.find((result) => result.text === text && isFresh(result, capture))
    if (kept !== undefined) return kept
    const filter = compileFilter(text, {
      reference: reference !== undefined && reference <= capture.packets ? trace.dissect(reference, PLAIN) : undefined,
      macros: storedMacros(this.context.ports.documents),
    })
    const passes = (number: number): boolean => !capture.ignored.has(number) && filter.passes(trace, number)
    const task = new SlicedTask(this.context, call, capture)
    let numbers = new Uint32Array(1024)
    let length = 0
    const passing = new NumberSet()
    // The capture may grow while this runs: packets are taken until the end is reached, and after that they are tested as they are indexed.
    const rows = new Uint32Array(STRETCH)
    const candidates = new Candidates(filter.candidates(trace), capture.packets)
    for (let from = candidates.from(0), end = 0; from < capture.packets; from = candidates.from(end)) {
      end = Math.min(from - (from % STRETCH) + STRETCH, capture.packets)
      const count = candidates.take(from, end, rows, capture.ignored)
      const sifted = filter.sift(trace, rows, count)
      for (let i = 0; i <= sifted; i++) {
        const row = rows[i] ?? 0
        if (i < sifted && filter.confirms(trace, row)) {
          if (length === numbers.length) {
            const larger = new Uint32Array(numbers.length * 2)
            larger.set(numbers)
            numbers = larger
          }
          numbers[length++] = row + 1
          passing.set(row + 1, true)
        }
        if (task.isDue) {
          await task.pause({ done: i < sifted ? row : end, total: capture.packets, matched: length })
          if (run.superseded) throw new TraceError('rpc/cancelled', 'Another filter was applied meanwhile.')
        }
      }
    }
    const result = {
      text,
      generation: capture.generation,
      packets: capture.packets,
      ignored: capture.ignored.size,
      numbers: numbers.subarray(0, length),
      passing,
      passes,
    }
    // what ${field} means changes with the selected packet, and macros with the settings
    if (!text.includes('${')) this.kept.set(capture, [result, ...(this.kept.get(capture) ?? [])].slice(0, KEPT_RESULTS))
    return result
  }
}

/** Goes through the rows that may pass, stretch by stretch; those that are indexed meanwhile all may. */
class Candidates {
  private readonly rows: Uint32Array | undefined
  /** Rows from here on were not there when the candidates were found. */
  private readonly packets: number
  private next = 0

  constructor(rows: Uint32Array | undefined, packets: number) {
    this.rows = rows
    this.packets = packets
  }

  /** The first row from `row` on that may pass. */
  from(row: number): number {
    return this.rows === undefined || row >= this.packets ? row : (this.rows[this.next] ?? this.packets)
  }

  /** Puts the rows from..end that may pass into `rows`, all of one stretch; returns how many. */
  take(from: number, end: number, rows: Uint32Array, ignored: NumberSet): number {
    const all = this.rows,
      hasIgnored = ignored.size > 0
    let count = 0,
      row = from
    if (all !== undefined && from < this.packets) {
      for (; this.next < all.length; this.next++) {
        row = all[this.next] ?? end
        if (row >= end) break
        if (!hasIgnored || !ignored.has(row + 1)) rows[count++] = row
      }
      row = this.packets
    }
    for (; row < end; row++) if (!hasIgnored || !ignored.has(row + 1)) rows[count++] = row
    return count
  }
}

/** Ends what ran for a capture before; what is returned says when the next one ends this one. */
function begin(running: WeakMap<OpenCapture, { superseded: boolean }>, capture: OpenCapture): { readonly superseded: boolean } {
  const before = running.get(capture)
  if (before !== undefined) before.superseded = true
  const run = { superseded: false }
  running.set(capture, run)
  return run
}

/** Packets that are sifted by the index at once: a power of two, so that a stretch lies in one chunk of the columns. */
const STRETCH = 4096

/** Results kept for a capture. */
const KEPT_RESULTS = 6

/** The packets that passed a filter, and the test itself for those that come later. */
interface Selected {
  readonly text: string
  readonly generation: number
  /** Packets and ignored packets when it was found. */
  readonly packets: number
  readonly ignored: number
  readonly numbers: Uint32Array
  readonly passing: NumberSet
  readonly passes: (number: number) => boolean
}

/** Whether a result still holds: later packets may know more of earlier ones only while the capture is read. */
function isFresh(result: Selected, capture: OpenCapture): boolean {
  return (
    result.generation === capture.generation &&
    result.packets === capture.packets &&
    result.ignored === capture.ignored.size &&
    capture.state !== 'indexing'
  )
}

/** Fields whose name begins with, then contains, then whose label contains the text. */
function searchFields(text: string, limit: number): FieldInfo[] {
  const wanted = text.trim().toLowerCase()
  const ranked: { field: Field; rank: number }[] = []
  for (const field of allFields()) {
    if (field.name === '_ws.text') continue
    const rank =
      field.name === wanted
        ? 0
        : field.name.startsWith(wanted)
          ? 1
          : field.name.includes(wanted)
            ? 2
            : field.label.toLowerCase().includes(wanted)
              ? 3
              : -1
    if (rank >= 0) ranked.push({ field, rank })
  }
  ranked.sort((a, b) => a.rank - b.rank || (a.field.name < b.field.name ? -1 : 1))
  return ranked.slice(0, limit).map(({ field }) => fieldInfo(field))
}

function fieldInfo(field: Field): FieldInfo {
  return { name: field.name, label: field.label, type: field.type, protocol: field.protocol, packets: null }
}
