// One open capture: its trace, what the user did to it (marks, comments, filter), and the facts of each packet that lists need without
// dissecting it again.
import { readPacketOptions } from '../capture/pcapng-options'
import { STATUS } from '../index/columns'
import { Trace } from '../index/trace'
import type { Ciphers } from '../dissect/ciphers'
import { KEY_LOG } from '../dissect/key-log'
import type { Inflate } from '../dissect/session'
import { EndStates } from '../session/tcp/end-states'
import type { CaptureInfo, ColumnContent, Problem } from '../../shared/contract'
import type { TraceError } from '../../shared/errors'
import { toProblem } from '../../shared/rpc/problem'
import { DisplayedList } from './displayed-list'
import { linkTypeName } from './link-type-names'
import { NumberSet } from './number-set'
import { classOfBits } from './packet-class'
import type { GrowingSource, OpenedSource } from './ports'
import { epochText, type Moment } from './times'

/** How a packet passes a display filter; the decoder's tree is the packet's. */
export type PacketTest = (number: number) => boolean

/** Rows between two remembered sums of lengths. */
const SUM_EVERY = 1024

/** State of one open capture. */
export class OpenCapture {
  readonly id: number
  readonly opened: OpenedSource
  readonly source: GrowingSource
  trace: Trace
  /** States of the endpoints of all TCP connections at the end. */
  endStates: EndStates
  readonly displayed = new DisplayedList()
  readonly marked = new NumberSet()
  readonly ignored = new NumberSet()
  readonly timeReferences = new NumberSet()
  /** Packets with a comment, from the file or from the user. */
  readonly commented = new NumberSet()
  /** Comments that the user changed, by packet number. */
  readonly editedComments = new Map<number, readonly string[]>()
  state: CaptureInfo['state'] = 'indexing'
  problem: Problem | null = null
  filter = ''
  /** Column by which the list is sorted; undefined is file order. */
  sort: { readonly column: ColumnContent; readonly descending: boolean } | undefined
  /** The packets that pass the filter in force. */
  passing = new NumberSet()
  /** Passes packets that are indexed while a filter is in force. */
  test: PacketTest | undefined
  dirty = false
  /** Packets of a temporary capture that are saved elsewhere. */
  savedPackets = 0
  /** Milliseconds until all was indexed that the file held when it was opened; final once `loaded`. */
  loadMs = 0
  loaded = false
  closed = false
  /** Grows whenever the displayed list is made anew, so that a task that makes one notices another. */
  listVersion = 0
  /** Grows with every change that makes formatted rows stale. */
  version = 0
  /** Grows when everything is dissected anew: what was worked out before by other rules is stale then. */
  generation = 0
  /** Earliest and latest time in nanoseconds since the first packet, over the first `packets` packets; kept by the overview. */
  timeSpan = { packets: 0, fromNs: 0, toNs: 0 }
  private readonly makeTrace: () => Trace
  private interfacePackets: number[] = []
  private lengthSums: number[] = [0]
  private lastTime: Moment | undefined

  /** `configure` sets the rules of dissection, such as Decode As, before the first packet of a trace. */
  constructor(id: number, opened: OpenedSource, inflate: Inflate, ciphers?: Ciphers, configure?: (trace: Trace) => void) {
    this.id = id
    this.opened = opened
    this.source = opened.source
    this.makeTrace = () => {
      const trace = new Trace(opened.source, inflate, ciphers)
      trace.session.marks = {
        marked: (number) => this.marked.has(number),
        ignored: (number) => this.ignored.has(number),
        reference: (number) => this.referenceOf(number),
        comments: (number) => this.editedComments.get(number),
      }
      trace.session.displayedBefore = (number) => this.displayedBefore(number)
      configure?.(trace)
      return trace
    }
    this.trace = this.makeTrace()
    this.endStates = new EndStates(this.trace)
  }

  /** Begins again from the first packet, by the rules as they are now. Marks, comments and ignored packets stay; filter and order are the caller's. */
  restart(): void {
    this.trace = this.makeTrace()
    this.endStates = new EndStates(this.trace)
    this.generation++
    this.version++
    this.listVersion++
    this.displayed.showAll(0)
    this.filter = ''
    this.test = undefined
    this.passing = new NumberSet()
    this.sort = undefined
    this.problem = null
    this.timeSpan = { packets: 0, fromNs: 0, toNs: 0 }
    this.interfacePackets = []
    this.lengthSums = [0]
    this.lastTime = undefined
  }

  get packets(): number {
    return this.trace.packets
  }

  /** Indexes packets until `isTime` says so; answers whether there are more now. */
  indexSlice(isTime: () => boolean): boolean {
    const { trace } = this
    for (;;) {
      const before = trace.packets
      const visited = trace.advance(BATCH, INDEX)
      this.record(before + 1, trace.packets)
      if (visited < BATCH) return false
      if (isTime()) return true
    }
  }

  /** Notes what lists need of packets that were just indexed. */
  private record(first: number, last: number): void {
    const { records, reader } = this.trace
    // The usual file has one interface and no comments: nothing to look at packet by packet.
    if (reader.format === 'pcapng') {
      for (let number = first; number <= last; number++) {
        const interfaceIndex = records.interfaceIndex.get(number - 1)
        if (interfaceIndex >= 0) this.interfacePackets[interfaceIndex] = (this.interfacePackets[interfaceIndex] ?? 0) + 1
        if ((records.status.get(number - 1) & STATUS.HAS_OPTIONS) !== 0 && this.commentsInFile(number).length > 0)
          this.commented.set(number, true)
      }
    } else this.interfacePackets[0] = last
    if (this.test === undefined && this.displayed.isComplete) this.displayed.append(last)
    else for (let number = first; number <= last; number++) this.appendIfShown(number)
  }

  private appendIfShown(number: number): void {
    if (this.test?.(number) === false) return
    if (this.test !== undefined) this.passing.set(number, true)
    this.displayed.append(number)
  }

  /** Index into PROTOCOL_CLASSES. */
  classOf(number: number): number {
    return classOfBits(this.trace.columns.protocols.get(number - 1))
  }

  severityOf(number: number): number {
    return this.trace.columns.severity.get(number - 1)
  }

  time(number: number): Moment {
    const { seconds, nanoseconds } = this.trace.records
    return { seconds: seconds.get(number - 1), nanoseconds: nanoseconds.get(number - 1) }
  }

  /** Sum of the lengths of packets 1..number. */
  cumulativeBytes(number: number): number {
    const { originalLength } = this.trace.records
    const sums = this.lengthSums
    const block = Math.floor(number / SUM_EVERY)
    while (sums.length <= block) {
      const from = (sums.length - 1) * SUM_EVERY
      let sum = sums.at(-1) ?? 0
      for (let row = from; row < from + SUM_EVERY; row++) sum += originalLength.get(row)
      sums.push(sum)
    }
    let sum = sums[block] ?? 0
    for (let row = block * SUM_EVERY; row < number; row++) sum += originalLength.get(row)
    return sum
  }

  /** Comments of a packet as they are now. */
  commentsOf(number: number): readonly string[] {
    return this.editedComments.get(number) ?? this.commentsInFile(number)
  }

  private commentsInFile(number: number): readonly string[] {
    const { records } = this.trace
    if ((records.status.get(number - 1) & STATUS.HAS_OPTIONS) === 0) return []
    return readPacketOptions(this.source, records.position.get(number - 1), records.linkType.get(number - 1)).comments
  }

  setComments(number: number, comments: readonly string[]): void {
    this.editedComments.set(number, comments)
    this.commented.set(number, comments.length > 0)
    this.dirty = true
    this.version++
  }

  /** The packet displayed before this one in file order, whatever the list is sorted by; 0 for none. */
  displayedBefore(number: number): number {
    return this.test === undefined ? number - 1 : this.passing.next(number, true)
  }

  /** The last time reference at or before a packet, or the first packet. */
  referenceOf(number: number): number {
    if (this.timeReferences.size === 0) return 1
    if (this.timeReferences.has(number)) return number
    const found = this.timeReferences.next(number, true)
    return found === 0 ? 1 : found
  }

  /** Why the reader stopped, once it has. */
  takeProblem(): void {
    const error: TraceError | undefined = this.trace.reader.problem ?? this.source.failure
    if (error !== undefined) this.problem = toProblem(error)
  }

  /** What the interface is told. */
  info(): CaptureInfo {
    const { reader, packets } = this.trace
    if (packets > 0) this.lastTime = this.time(packets)
    const first = packets > 0 ? this.time(1) : undefined
    return {
      captureId: this.id,
      name: this.opened.name,
      path: this.opened.path,
      formatLabel: reader.formatLabel,
      size: Math.max(this.source.size, reader.consumed),
      indexed: reader.consumed,
      packets,
      shown: this.displayed.size,
      marked: this.marked.size,
      ignored: this.ignored.size,
      commented: this.commented.size,
      state: this.state,
      loadMs: Math.round(this.loadMs),
      firstTimeNs: first === undefined ? null : epochText(first),
      lastTimeNs: this.lastTime === undefined ? null : epochText(this.lastTime),
      interfaces: reader.interfaces.map((one, index) => ({
        index,
        name: one.name ?? null,
        description: one.description ?? null,
        linkType: one.linkType,
        linkTypeName: linkTypeName(one.linkType),
        snapLength: one.snapLength,
        filter: one.filter ?? null,
        os: one.os ?? null,
        hardware: one.hardware ?? null,
        packets: this.interfacePackets[index] ?? 0,
        dropped: droppedOf(one.statistics?.dropped),
      })),
      sectionComments: reader.sections.flatMap((section) => section.comments),
      application: reader.sections.find((section) => section.application !== undefined)?.application ?? null,
      os: reader.sections.find((section) => section.os !== undefined)?.os ?? null,
      problem: this.problem,
      filter: this.filter,
      dirty: this.dirty || this.isUnsaved,
      hasSecrets: reader.secrets.length > 0,
      usesKeys: this.trace.session.state(KEY_LOG).isUsed,
    }
  }

  /** True while packets are in a temporary file only. */
  get isUnsaved(): boolean {
    return this.opened.temporary === true && this.packets > this.savedPackets
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    this.trace.close()
    this.opened.released?.()
  }
}

/** Packets indexed between two looks at the clock, which costs more than a packet. */
const BATCH = 256
/** Protocols see what they need for their state, so that any packet can be dissected afterwards. */
const INDEX = { depth: 'state', keep: true } as const

function droppedOf(count: bigint | undefined): number | null {
  return count === undefined ? null : Number(count)
}
