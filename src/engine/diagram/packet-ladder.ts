// The ladder of any packets: those between two hosts, or everything displayed. A lifeline a host, a row a packet, bulk folded.
import { TraceError } from '../../shared/errors'
import { ANALYSIS_MASK } from '../protocols/transport/tcp/analysis-flags'
import { PROTOCOL } from '../index/columns'
import type { Trace } from '../index/trace'
import { sinceStart } from './connection'
import { count, bytes, duration, seconds } from './format'
import type { ArrowRow, FoldRow, Ladder, Lifeline, Row, Span, Unfolded } from './ladder'
import { foldClass, markOf, MARK_STYLE } from './marks'
import { packetTexts, toneOfProtocol } from './packet-texts'
import { ROW_KIND, RowTable } from './row-table'
import { digitsOf } from './time-digits'
import { wordsOf, type Language, type Words } from './words'

/** How packets are drawn. */
export interface PacketLadderOptions {
  readonly language: Language
  readonly unfolded: Unfolded
  /** Addresses of a pair, for the title and the order of the lifelines. */
  readonly pair?: readonly [string, string]
}

/** Makes the ladder of a list of frames (in file order). */
export class PacketLadder implements Ladder {
  readonly language: Language
  readonly title: string
  readonly lifelines: readonly Lifeline[]
  readonly hasStates = false
  readonly hasPhases = false
  readonly packets: number
  private readonly trace: Trace
  private readonly frames: Uint32Array
  private readonly words: Words
  private readonly table = new RowTable()
  private readonly lifelineOf = new Map<number, number>()
  private readonly digits: number

  constructor(trace: Trace, frames: Uint32Array, options: PacketLadderOptions) {
    this.trace = trace
    this.frames = frames
    this.language = options.language
    this.words = wordsOf(options.language)
    this.packets = frames.length
    this.digits = digitsOf(trace)
    this.lifelines = this.findLifelines(options.pair)
    const [a, b] = options.pair ?? []
    this.title =
      a !== undefined && b !== undefined ? this.words.pairTitle(a, b) : this.words.allTitle(count(frames.length), this.lifelines.length)
    this.table.addRun(
      0,
      frames.length,
      (index) => this.classOf(index),
      (index) => this.frameAt(index),
      options.unfolded,
    )
    this.table.add(ROW_KIND.END, frames.length, 0)
  }

  private frameAt(index: number): number {
    return this.frames[index] ?? 0
  }

  private findLifelines(pair: readonly [string, string] | undefined): Lifeline[] {
    const { addresses } = this.trace.conversations
    const lifelines: Lifeline[] = []
    const add = (address: number): void => {
      if (this.lifelineOf.has(address)) return
      this.lifelineOf.set(address, lifelines.length)
      lifelines.push({ role: '', name: addresses.text(address), remark: '' })
    }
    const { sourceAddress, destinationAddress } = this.trace.columns
    const first = this.frames[0]
    // The pair's order is the caller's, whoever sends first.
    if (pair !== undefined && first !== undefined && addresses.text(sourceAddress.get(first - 1)) !== pair[0])
      add(destinationAddress.get(first - 1))
    for (const frame of this.frames) {
      add(sourceAddress.get(frame - 1))
      add(destinationAddress.get(frame - 1))
    }
    return lifelines
  }

  private ends(index: number): [number, number] {
    const { sourceAddress, destinationAddress } = this.trace.columns
    const row = this.frameAt(index) - 1
    return [this.lifelineOf.get(sourceAddress.get(row)) ?? 0, this.lifelineOf.get(destinationAddress.get(row)) ?? 0]
  }

  /** Bulk between two hosts folds together: one class a pair. */
  private classOf(index: number): number {
    const row = this.frameAt(index) - 1
    const { columns } = this.trace
    const protocols = columns.protocols.get(row)
    const tcp = (protocols & PROTOCOL.TCP) !== 0 && (protocols & (PROTOCOL.ICMP | PROTOCOL.ICMPV6)) === 0
    const isBulk = tcp
      ? foldClass(columns.tcp.flags.get(row), columns.tcp.analysis.get(row) & ANALYSIS_MASK, columns.tcp.length.get(row)) === 1
      : (protocols & PROTOCOL.QUIC) !== 0
    if (!isBulk) return 0
    const [from, to] = this.ends(index)
    return 1 + Math.min(from, to) * this.lifelines.length + Math.max(from, to)
  }

  get rowCount(): number {
    return this.table.count
  }

  kindOf(row: number): Row['kind'] {
    const kind = this.table.kind(row)
    return kind === ROW_KIND.ARROW ? 'arrow' : kind === ROW_KIND.FOLD ? 'fold' : 'end'
  }

  deltaOf(row: number): number {
    const first = this.table.first(row)
    return first === 0 || this.kindOf(row) === 'end' ? 0 : this.delta(first)
  }

  private delta(index: number): number {
    return sinceStart(this.trace, this.frameAt(index)) - sinceStart(this.trace, this.frameAt(index - 1))
  }

  rowOf(frame: number): number {
    let low = 0
    let high = this.frames.length - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const at = this.frameAt(middle)
      if (at === frame) return this.table.find(middle)
      if (at < frame) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  row(row: number): Row {
    const first = this.table.first(row)
    switch (this.table.kind(row)) {
      case ROW_KIND.ARROW:
        return this.arrowRow(first)
      case ROW_KIND.FOLD:
        return this.foldRow(first, this.table.packets(row))
      default:
        return { kind: 'end', text: this.words.nothingMore, timeWait: undefined, states: [], sentence: this.words.nothingMore }
    }
  }

  private timing(index: number): { time: string; delta: string; deltaNs: number } {
    const deltaNs = index === 0 ? 0 : this.delta(index)
    const time = seconds(sinceStart(this.trace, this.frameAt(index)), this.digits)
    return { time, delta: index === 0 ? '' : `${deltaNs < 0 ? '' : '+'}${duration(deltaNs)}`, deltaNs }
  }

  private arrowRow(index: number): ArrowRow {
    const { trace, words } = this
    const frame = this.frameAt(index)
    const [from, to] = this.ends(index)
    const { protocol, info } = packetTexts(trace, frame)
    const { tcp, protocols } = trace.columns
    const isTcp = (protocols.get(frame - 1) & PROTOCOL.TCP) !== 0
    const mark = isTcp ? markOf(tcp.flags.get(frame - 1), tcp.analysis.get(frame - 1) & ANALYSIS_MASK, false) : undefined
    const notes: Span[] = mark === undefined ? [] : [{ text: words.mark[mark], bold: true, tone: MARK_STYLE[mark].tone }]
    const timing = this.timing(index)
    const message = protocol === 'TCP' || protocol === 'UDP' ? undefined : { protocol, text: info, tone: toneOfProtocol(protocol) }
    return {
      kind: 'arrow',
      frame,
      ...timing,
      from,
      to,
      title: protocol,
      details: info,
      mark,
      message,
      notes,
      changes: [],
      states: [],
      sentence: words.arrow(
        frame,
        timing.time,
        this.nameOf(from),
        this.nameOf(to),
        [protocol, info, ...(mark === undefined ? [] : [words.mark[mark]])].filter((part) => part !== '').join(' '),
      ),
    }
  }

  private nameOf(lifeline: number): string {
    return this.lifelines[lifeline]?.name ?? ''
  }

  private foldRow(first: number, packets: number): FoldRow {
    const { trace, words } = this
    const [from, to] = this.ends(first)
    const between: [number, number] = [Math.min(from, to), Math.max(from, to)]
    let size = 0
    let forth = 0
    for (let index = first; index < first + packets; index++) {
      size += trace.records.originalLength.get(this.frameAt(index) - 1)
      if (this.ends(index)[0] === between[0]) forth++
    }
    const frame = this.frameAt(first)
    const lastFrame = this.frameAt(first + packets - 1)
    const title = words.packets(count(packets), bytes(size))
    return {
      kind: 'fold',
      frame,
      lastFrame,
      count: packets,
      ...this.timing(first),
      between,
      title,
      details: '',
      second: `${forth} → · ← ${packets - forth}`,
      action: words.expand(frame, lastFrame),
      notes: [],
      directions: [forth, packets - forth],
      states: [],
      sentence: words.fold(frame, lastFrame, title),
    }
  }
}

/** Frames between two hosts, in either direction. Throws TraceError when the capture does not have an address. */
export function framesBetween(trace: Trace, a: string, b: string): Uint32Array {
  const { addresses } = trace.conversations
  const idsOf = (text: string): ReadonlySet<number> => {
    const ids = new Set<number>()
    for (let id = 1; id < addresses.count; id++) if (addresses.text(id) === text) ids.add(id)
    if (ids.size === 0) throw new TraceError('rpc/bad-argument', `No packet of this capture has the address ${text}.`)
    return ids
  }
  const as = idsOf(a)
  const bs = idsOf(b)
  const { sourceAddress, destinationAddress } = trace.columns
  const frames: number[] = []
  for (let row = 0; row < trace.packets; row++) {
    const source = sourceAddress.get(row)
    const destination = destinationAddress.get(row)
    if ((as.has(source) && bs.has(destination)) || (bs.has(source) && as.has(destination))) frames.push(row + 1)
  }
  return Uint32Array.from(frames)
}
