// The way through the packets for filters of which the packet index knows something: packets are visited for their state alone, and only those are
// dissected that the index does not reject. Output and state are those of dissecting every packet on its first visit.
import { IndexPlan, STATUS, VERDICT } from '../engine/service/terminal'
import type { Filter, Trace } from '../engine/service/terminal'
import type { ColumnFields } from './column-fields'
import type { Columns } from './columns'
import type { Output } from './output'
import type { Printer } from './printer'

/** What is done with packets that pass. */
export interface SiftedTarget {
  readonly trace: Trace
  readonly out: Output
  readonly columns: Columns
  readonly printer: Printer | undefined
  /** Prints from the index, where it holds all that is printed. */
  readonly fields: ColumnFields | undefined
  /** Called with each packet that was tested on a dissection of its first visit. */
  readonly showVisited: () => void
  /** Called with each packet that passed here. */
  readonly passed: (number: number) => void
}

/** Packets between two flushes: what was found is to be seen before the buffer is full. */
const FLUSH_EVERY = 4096
/** Where more than half of so many packets had to be dissected, the next ones are dissected on their first visit, which is cheaper than a second look. */
const SAMPLE = 512
const DISSECTED_AT_ONCE = 16 * SAMPLE
/** Rows are freed once they were tested. */
const STATE = { depth: 'state', keep: false } as const
const PLAIN = { summary: false, labels: false } as const

/** Sifts packets by filters. */
export class SiftedPass {
  private readonly target: SiftedTarget
  private readonly plans: readonly { readonly filter: Filter; readonly plan: IndexPlan }[]
  private seen = 0
  private dissected = 0
  private atOnce = 0

  private constructor(target: SiftedTarget, plans: SiftedPass['plans']) {
    this.target = target
    this.plans = plans
  }

  /** Undefined where the index knows nothing of the filters. */
  static of(target: SiftedTarget, filters: readonly Filter[]): SiftedPass | undefined {
    const plans = filters.map((filter) => ({ filter, plan: new IndexPlan(filter) }))
    return plans.some(({ plan }) => plan.helps) ? new SiftedPass(target, plans) : undefined
  }

  /** Visits, tests and prints what can be read now, until `limit` packets were read. */
  run(limit: number): void {
    const { target } = this,
      { trace, printer, out, showVisited } = target,
      wishes = { summary: printer?.summary ?? false, labels: printer?.labels ?? false }
    while (trace.packets < limit) {
      if (this.atOnce > 0) {
        this.atOnce--
        if (trace.visitNext(wishes) === 0) return
        showVisited()
      } else {
        if (trace.advance(1, STATE) === 0) return
        this.look(trace.packets - 1)
      }
      if (trace.packets % FLUSH_EVERY === 0) out.flush()
    }
  }

  private look(row: number): void {
    const { trace, columns } = this.target
    columns.begin(row + 1, (trace.records.status.get(row) & STATUS.NO_TIME) === 0)
    this.dissected += this.test(row) ? 1 : 0
    if (++this.seen < SAMPLE) return
    if (this.dissected * 2 > SAMPLE) this.atOnce = DISSECTED_AT_ONCE
    this.seen = this.dissected = 0
  }

  /** Tests a packet, and prints it if it passes; answers whether it had to be dissected for that. */
  private test(row: number): boolean {
    const { trace } = this.target
    let isSure = true
    for (const { plan } of this.plans) {
      const verdict = plan.verdict(trace, row)
      if (verdict === VERDICT.NO) return false
      if (verdict === VERDICT.DISSECT) isSure = false
    }
    if (!isSure) {
      const { tree } = trace.dissectLatest(PLAIN)
      for (const { filter } of this.plans) if (!filter.matches(tree)) return true
    }
    this.show(row)
    return !isSure
  }

  private show(row: number): void {
    const { trace, printer, fields, passed } = this.target
    if (fields && (trace.records.status.get(row) & STATUS.REPEATED) === 0) fields.printRow(row)
    else if (printer) printer.print(trace.dissectLatest({ summary: printer.summary, labels: printer.labels }))
    passed(row + 1)
  }
}
