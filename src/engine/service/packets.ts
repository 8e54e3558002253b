// One packet at a time: its detail, and what the user does to it.
import type { CaptureInfo, PacketDetail } from '../../shared/contract'
import { TraceError } from '../../shared/errors'
import type { CallContext, ServiceMethods } from '../../shared/rpc/dispatcher'
import { cellsOf } from './cells'
import { captureOf, SlicedTask, sliceTimer, type ServiceContext } from './context'
import { plainText } from './list-text'
import type { NameRegistry } from './names'
import type { NumberSet } from './number-set'
import type { OpenCapture } from './open-capture'
import { ignoredDetail, packetDetail } from './packet-detail'
import { hexDump, treeJson, treeText } from './packet-text'

const DETAIL = { summary: true, labels: true } as const
/** Packets that packet.text gives at once; more belongs into an export. */
const MAX_TEXT_PACKETS = 20_000

/** Methods about single packets. */
export class Packets {
  private readonly context: ServiceContext
  private readonly names: NameRegistry

  constructor(context: ServiceContext, names: NameRegistry) {
    this.context = context
    this.names = names
  }

  methods(): Pick<
    ServiceMethods,
    'packet.get' | 'packet.text' | 'packet.mark' | 'packet.ignore' | 'packet.timeReference' | 'packet.setComments'
  > {
    const { context } = this
    return {
      'packet.get': async ({ captureId, number, resolveNames }, call) => {
        const capture = captureOf(context, captureId)
        checkNumber(capture, number)
        if (resolveNames) {
          const task = new SlicedTask(context, call, capture)
          while (!this.names.of(capture).learn(sliceTimer(context.ports.clock))) await task.pause({ done: 0, total: capture.packets })
        }
        return this.detail(capture, number, resolveNames)
      },
      'packet.text': ({ captureId, numbers, format }, call) => this.text(captureOf(context, captureId), numbers, format, call),
      'packet.mark': ({ captureId, numbers, on }) => {
        const capture = captureOf(context, captureId)
        return this.flag(capture, capture.marked, numbers, on)
      },
      'packet.ignore': ({ captureId, numbers, on }) => {
        const capture = captureOf(context, captureId)
        return this.flag(capture, capture.ignored, numbers, on)
      },
      'packet.timeReference': ({ captureId, number, on }) => {
        const capture = captureOf(context, captureId)
        return this.flag(capture, capture.timeReferences, [number], on)
      },
      'packet.setComments': ({ captureId, number, comments }) => {
        const capture = captureOf(context, captureId)
        checkNumber(capture, number)
        capture.setComments(
          number,
          comments.filter((comment) => comment !== ''),
        )
        return this.changed(capture)
      },
    }
  }

  private detail(capture: OpenCapture, number: number, resolveNames: boolean): PacketDetail {
    const comments = capture.commentsOf(number)
    if (capture.ignored.has(number)) return ignoredDetail(number, capture.trace.copyFrame(number), comments)
    return packetDetail(number, capture.trace.dissect(number, DETAIL), comments, resolveNames ? this.names.of(capture) : undefined)
  }

  private async text(
    capture: OpenCapture,
    numbers: readonly number[],
    format: 'summary' | 'tree' | 'hex' | 'json',
    call: CallContext,
  ): Promise<{ text: string }> {
    if (numbers.length > MAX_TEXT_PACKETS) {
      throw new TraceError(
        'capture/too-large',
        `At most ${MAX_TEXT_PACKETS} packets can be copied at once (${numbers.length} are selected). Save them to a file instead.`,
      )
    }
    const task = new SlicedTask(this.context, call, capture)
    const parts: string[] = []
    const lines: string[][] = []
    const objects: unknown[] = []
    for (const [index, number] of numbers.entries()) {
      if (number > capture.packets) continue
      if (format === 'hex') parts.push(hexDump(capture.trace.copyFrame(number)))
      else if (format === 'summary') lines.push(this.summary(capture, number))
      else if (format === 'json') objects.push(treeJson(this.detail(capture, number, false)))
      else parts.push(treeText(this.detail(capture, number, false)))
      if (task.isDue) await task.pause({ done: index, total: numbers.length })
    }
    if (format === 'summary') return { text: plainText({ titles: [], rows: lines }) }
    if (format === 'json') return { text: `${JSON.stringify(objects, null, 2)}\n` }
    return { text: parts.join('\n') }
  }

  private summary(capture: OpenCapture, number: number): string[] {
    const decoder = capture.ignored.has(number) ? undefined : capture.trace.dissect(number, { summary: true, labels: false })
    return cellsOf(
      capture,
      { number, decoder },
      {
        columns: ['number', 'time', 'source', 'destination', 'protocol', 'length', 'info'],
        time: { kind: 'relative', precision: 'auto' },
        names: undefined,
      },
      this.context.ports.clock,
    )
  }

  private flag(capture: OpenCapture, set: NumberSet, numbers: readonly number[] | 'displayed' | 'none', on: boolean): CaptureInfo {
    if (numbers === 'none') set.clear()
    else if (numbers === 'displayed') for (let row = 0; row < capture.displayed.size; row++) set.set(capture.displayed.at(row), on)
    else for (const number of numbers) if (number <= capture.packets) set.set(number, on)
    return this.changed(capture)
  }

  private changed(capture: OpenCapture): CaptureInfo {
    capture.version++
    const info = capture.info()
    this.context.emit('capture.changed', info)
    return info
  }
}

/** Throws when there is no such packet (yet). */
export function checkNumber(capture: OpenCapture, number: number): void {
  if (number > capture.packets) {
    throw new TraceError('rpc/bad-argument', `There is no packet ${number}: ${capture.packets} are loaded.`, { packet: number })
  }
}
