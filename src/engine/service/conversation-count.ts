// The counts of one kind of conversations of an open capture. They grow with the capture: packets that were counted are not looked at again.
import { STATUS } from '../index/columns'
import { Conversations, type ConversationKind, type LinkHeader } from '../stats/conversations'
import type { EndStates } from '../session/tcp/end-states'
import { TcpFacts } from '../stats/tcp-facts'
import type { SlicedTask } from './context'
import type { OpenCapture } from './open-capture'

/** Bytes of the file read at once for link headers. */
const BLOCK = 1 << 20
const PLAIN = { summary: false, labels: false } as const

/** Counts of a capture, or of its displayed packets. */
export class ConversationCount {
  readonly conversations: Conversations
  /** Of TCP alone. */
  readonly facts: TcpFacts | undefined
  private readonly capture: OpenCapture
  private readonly displayed: boolean
  private readonly links: LinkHeaders
  private done = 0

  constructor(capture: OpenCapture, kind: ConversationKind, displayed: boolean) {
    this.capture = capture
    this.displayed = displayed
    this.conversations = new Conversations(capture.trace, kind, true)
    this.facts = kind === 'tcp' ? new TcpFacts(capture.trace) : undefined
    this.links = new LinkHeaders(capture)
  }

  /** States of TCP's endpoints, of all packets. */
  get endStates(): EndStates {
    return this.capture.endStates
  }

  /** Packets that were taken. */
  get packets(): number {
    return this.done
  }

  /** Takes the packets that were indexed since. Two callers may do so at once: each step takes the next packet. */
  async advance(task: SlicedTask): Promise<void> {
    const { capture } = this
    while (this.done < capture.packets) {
      this.take(this.done++)
      if (task.isDue) await task.pause({ done: this.done, total: capture.packets })
    }
  }

  private take(row: number): void {
    const { capture, conversations } = this,
      { trace } = capture
    if (capture.ignored.has(row + 1)) return
    const counts = !this.displayed || capture.test === undefined || capture.passing.has(row + 1)
    this.facts?.add(row, counts)
    if (!counts) return
    if ((trace.records.status.get(row) & STATUS.REPEATED) !== 0) {
      if (conversations.concerns(row)) conversations.addTree(row, trace.dissect(row + 1, PLAIN).tree)
    } else if (conversations.kind === 'eth') {
      const link = this.links.of(row)
      if (link) conversations.addLink(row, link)
    } else conversations.addRow(row)
  }
}

/** The first bytes of packets, read in large blocks since nearly every packet is asked for. */
class LinkHeaders {
  private readonly capture: OpenCapture
  private block = new Uint8Array(0)
  private from = 0
  private length = 0

  constructor(capture: OpenCapture) {
    this.capture = capture
  }

  of(row: number): LinkHeader | undefined {
    const { records, source } = this.capture.trace,
      linkType = records.linkType.get(row)
    if (linkType !== 1) return undefined
    const position = records.position.get(row),
      length = Math.min(14, records.capturedLength.get(row))
    if (position < this.from || position + length > this.from + this.length) {
      if (this.block.length === 0) this.block = new Uint8Array(BLOCK)
      this.from = position
      this.length = source.read(this.block, 0, BLOCK, position)
    }
    const start = position - this.from
    return { linkType, buffer: this.block, start, capturedLength: Math.min(length, this.length - start) }
  }
}
