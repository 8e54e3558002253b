// Statistics for the page: one look at every packet, kept while the capture and the list stay as they are.
import type { CaptureStatistics, HierarchyRow, StatisticsScope } from '../../shared/contract'
import type { CallContext, ServiceMethods } from '../../shared/rpc/dispatcher'
import { CaptureHealth } from '../stats/capture-health'
import { ExpertGroups } from '../stats/expert-groups'
import { IoSeries, MAX_INTERVALS } from '../stats/io-series'
import { PacketLengths } from '../stats/packet-lengths'
import { ProtocolHierarchy, type HierarchyLevel } from '../stats/protocol-hierarchy'
import { captureOf, SlicedTask, type ServiceContext } from './context'
import type { Filters } from './filters'
import type { OpenCapture } from './open-capture'
import { timeSpan } from './overview'

const PLAIN = { summary: false, labels: false } as const

/** An answer and what it holds for. */
interface Kept {
  readonly key: string
  readonly statistics: CaptureStatistics
}

/** Methods about statistics. */
export class Statistics {
  private readonly context: ServiceContext
  private readonly filters: Filters
  private readonly kept = new WeakMap<OpenCapture, Kept>()

  constructor(context: ServiceContext, filters: Filters) {
    this.context = context
    this.filters = filters
  }

  methods(): Pick<ServiceMethods, 'statistics.read' | 'statistics.health' | 'statistics.io'> {
    return {
      'statistics.read': ({ captureId, scope }, call) => this.read(captureOf(this.context, captureId), scope, call),
      'statistics.health': async ({ captureId }, call) => {
        const capture = captureOf(this.context, captureId)
        const task = new SlicedTask(this.context, call, capture)
        const health = new CaptureHealth(capture.trace)
        const { packets } = capture
        for (let number = 1; number <= packets; number++) {
          health.add(number)
          if ((number & 255) === 0 && task.isDue) await task.pause({ done: number, total: packets })
        }
        const dropped = capture.info().interfaces.map((one) => one.dropped)
        const known = dropped.filter((count) => count !== null)
        return {
          findings: health.findings(known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0), capture.problem !== null),
        }
      },
      'statistics.io': async ({ captureId, series, interval, range }, call) => {
        const capture = captureOf(this.context, captureId)
        const task = new SlicedTask(this.context, call, capture)
        const span = await timeSpan(capture, capture.packets, task)
        const from = Math.max(range?.from ?? 0, Math.min(0, span.fromNs))
        const to = Math.min(range?.to ?? span.toNs, span.toNs)
        // an interval that would give more than can be answered is widened to the next whole multiple
        const width = interval * Math.max(1, Math.ceil((to - from) / interval / MAX_INTERVALS))
        const count = Math.floor(Math.max(0, to - from) / width) + 1
        const answers = []
        for (const { filter, unit } of series) {
          const counted = new IoSeries(capture.trace, from, width, count)
          let packets = 0
          for await (const number of this.packetsOf(capture, filter, call, task)) {
            counted.add(number)
            packets++
          }
          const values =
            unit === 'packets' ? [...counted.packets] : unit === 'bytes' ? [...counted.bytes] : [...counted.bytes].map((bytes) => bytes * 8)
          answers.push({ values, frames: [...counted.first], packets })
        }
        return { origin: from, interval: width, end: to, series: answers }
      },
    }
  }

  private async *packetsOf(capture: OpenCapture, filter: string, call: CallContext, task: SlicedTask): AsyncIterable<number> {
    const numbers = filter.trim() === '' ? undefined : await this.filters.find(capture, filter.trim(), call)
    const total = numbers?.length ?? capture.packets
    for (let index = 0; index < total; index++) {
      yield numbers === undefined ? index + 1 : (numbers[index] ?? 0)
      if ((index & 4095) === 4095 && task.isDue) await task.pause({ done: index, total })
    }
  }

  private async read(capture: OpenCapture, scope: StatisticsScope, call: CallContext): Promise<CaptureStatistics> {
    const { packets } = capture
    const key = `${scope} ${packets} ${capture.version} ${scope === 'displayed' ? capture.listVersion : ''}`
    const kept = this.kept.get(capture)
    if (kept?.key === key) return kept.statistics
    const task = new SlicedTask(this.context, call, capture)
    const hierarchy = new ProtocolHierarchy(false)
    const lengths = new PacketLengths()
    const expert = new ExpertGroups()
    let counted = 0
    let bytes = 0
    for (let number = 1; number <= packets; number++) {
      if (task.isDue) await task.pause({ done: number, total: packets })
      if (capture.ignored.has(number) || (scope === 'displayed' && capture.test !== undefined && !capture.passing.has(number))) continue
      const { tree } = capture.trace.dissect(number, PLAIN)
      const length = capture.trace.records.originalLength.get(number - 1)
      hierarchy.add(tree, length)
      lengths.add(length)
      expert.add(tree, number)
      counted++
      bytes += length
    }
    const statistics: CaptureStatistics = {
      packets: counted,
      bytes,
      hierarchy: [...rowsOf(hierarchy.top, 0)],
      lengths: lengths.classes,
      expert: expert.list(),
    }
    this.kept.set(capture, { key, statistics })
    return statistics
  }
}

function* rowsOf(level: HierarchyLevel, depth: number): Iterable<HierarchyRow> {
  for (const { name, label, frames, bytes, inside } of level.inside.values()) {
    yield { depth, name, label, frames, bytes }
    yield* rowsOf({ name, label, frames, bytes, inside }, depth + 1)
  }
}
