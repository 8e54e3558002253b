// The TLS connections and HTTP transactions of a capture: found once for what is indexed, in slices, and kept until there is more.
import type { CallContext } from '../../shared/rpc/dispatcher'
import { SessionStore } from '../protocols/app/tls/keys/security'
import { limitKey } from '../session/http/connection-use'
import { lookupSteps } from '../session/http/lookups'
import { httpRows, type HttpEntry } from '../session/http/rows'
import { transactionsOf } from '../session/http/transactions'
import { normalUrl } from '../session/http/url'
import { webConnectionSteps, type WebConnection } from '../session/http/web-sessions'
import { SlicedTask, type ServiceContext } from './context'
import type { OpenCapture } from './open-capture'

/** What was found. */
export interface WebTable {
  readonly connections: readonly WebConnection[]
  /** What reading a connection again needs of the others. */
  readonly store: SessionStore
  readonly entries: readonly HttpEntry[]
  readonly byStream: ReadonlyMap<number, readonly HttpEntry[]>
  readonly byUrl: ReadonlyMap<string, readonly HttpEntry[]>
  readonly byLimit: ReadonlyMap<string, readonly HttpEntry[]>
}

/** Finding them; whoever waits drives it, so that nobody's giving up stops the others. */
class WebJob {
  readonly packets: number
  readonly generation: number
  done = 0
  table: WebTable | undefined
  private readonly steps: Generator<number, WebTable>

  constructor(capture: OpenCapture) {
    this.packets = capture.packets
    this.generation = capture.generation
    this.steps = findSteps(capture)
  }

  step(): void {
    if (this.table !== undefined) return
    const step = this.steps.next()
    if (step.done === true) this.table = step.value
    else this.done = step.value
  }
}

function* findSteps(capture: OpenCapture): Generator<number, WebTable> {
  const { trace } = capture
  const store = new SessionStore()
  const connections = yield* webConnectionSteps(trace, store)
  const { packets } = capture
  const lookups = lookupSteps(trace)
  for (let step = lookups.next(); ; step = lookups.next()) {
    if (step.done !== true) {
      yield packets + step.value
      continue
    }
    const entries = httpRows(trace, transactionsOf(trace, connections), step.value)
    return {
      connections,
      store,
      entries,
      byStream: grouped(entries, ({ row }) => row.stream),
      byUrl: grouped(entries, ({ row }) => normalUrl(row.url)),
      byLimit: grouped(entries, limitKey),
    }
  }
}

function grouped<K>(entries: readonly HttpEntry[], keyOf: (entry: HttpEntry) => K): Map<K, HttpEntry[]> {
  const groups = new Map<K, HttpEntry[]>()
  for (const entry of entries) {
    const key = keyOf(entry)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [entry])
    else group.push(entry)
  }
  return groups
}

/** Tables of the open captures. */
export class WebTables {
  private readonly context: ServiceContext
  private readonly jobs = new WeakMap<OpenCapture, WebJob>()

  constructor(context: ServiceContext) {
    this.context = context
  }

  /** The table of what is indexed now. Throws 'rpc/cancelled', and 'capture/not-open' when the capture is closed meanwhile. */
  async of(capture: OpenCapture, call: CallContext): Promise<WebTable> {
    let job = this.jobs.get(capture)
    if (job?.packets !== capture.packets || job.generation !== capture.generation) this.jobs.set(capture, (job = new WebJob(capture)))
    const task = new SlicedTask(this.context, call, capture)
    for (;;) {
      job.step()
      if (job.table !== undefined) return job.table
      if (task.isDue) await task.pause({ done: Math.min(job.done, job.packets * 2), total: job.packets * 2 })
    }
  }
}
