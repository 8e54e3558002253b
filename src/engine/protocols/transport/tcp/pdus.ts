// Which PDUs of the protocols above span segments, and which segments they are made of. Nothing of the payload is kept: a PDU's bytes are read again
// from the frames, found by walking the stream's chain of frames backwards; only payloads that no frame holds as they are (reassembled datagrams,
// decrypted tunnels) are copied.
import { u16Column } from '../../../bytes/column'
import { withRoom } from '../../../bytes/room'
import type { FrameAccess } from '../../../dissect/session'
import { MARK, SYN } from './analysis-flags'
import { F_LATEST_PDU } from '../../../core/layout'
import { HeadRing } from './head-ring'
import type { SourceOrigin } from '../../../dissect/tree-buffer'
import type { TcpTracker } from './tracker'

/** PDUs of unknown length whose bytes are kept at hand. */
const RECENT = 16

/** Bits of `state`. */
export const PDU = {
  /** How much more is needed is not known: every further segment is offered whole. */
  OPEN: 1,
  /** Bytes arrived out of order: `holes` says which. */
  HOLES: 2,
  /** Ends with the stream. */
  UNTIL_FIN: 4,
  /** Segments overlapped. */
  OVERLAP: 8,
} as const

/** A segment's share of a PDU. */
export interface PduPart {
  readonly frame: number
  /** Offset in the PDU. */
  readonly offset: number
  readonly length: number
  /** Bytes of the segment's payload before the part. */
  readonly skip: number
  /** It repeats bytes of an earlier part. */
  overlaps: boolean
}

/** PDUs that span segments, of all flows, as plain arrays by number; a flow's PDUs are linked from the highest sequence number down. */
export class PduTable {
  count = 0
  /** First sequence number, and the one after the last. */
  sequence = new Uint32Array(32)
  next = new Uint32Array(32)
  firstFrame = new Uint32Array(32)
  /** Frame of the last segment that was added. */
  lastFrame = new Uint32Array(32)
  /** Frame in which the PDU was complete; 0 = not (yet). */
  completeFrame = new Uint32Array(32)
  /** Bytes without a gap from the start on. */
  contiguous = new Uint32Array(32)
  /** Bytes at the start that the protocol above needs for its state; 0 = not known. */
  head = new Uint16Array(32)
  state = new Uint8Array(32)
  /** Transport ordinal of the segments (0 = the packet's first transport header). */
  ordinal = new Uint8Array(32)
  private link = new Int32Array(32)
  /** Where the payload of each packet's first TCP header starts in its frame; 0 = not in the frame as it is. */
  readonly payloadAt = u16Column()
  private readonly copies = new Map<string, Uint8Array>()
  private readonly holes = new Map<number, [number, number][]>()
  /** PDUs of unknown length, and the bytes of those put together last, so that one more segment does not mean to read all of them again. */
  private readonly openFrames = new Set<number>()
  private readonly recent = new Map<number, { buffer: Uint8Array; length: number }>()
  /** Starts of PDUs that are not complete. */
  readonly heads = new HeadRing()
  private readonly tracker: TcpTracker

  constructor(tracker: TcpTracker) {
    this.tracker = tracker
  }

  /** The PDU of a flow that starts at a sequence number, as known before frame `before`; -1 when there is none. */
  startingAt(flow: number, sequence: number, before: number): number {
    for (let pdu = this.tracker.flows.get(flow, F_LATEST_PDU); pdu >= 0; pdu = this.link[pdu]!) {
      const difference = (sequence - this.sequence[pdu]!) | 0
      if (difference === 0 && this.firstFrame[pdu]! < before) return pdu
      if (difference > 0) return -1
    }
    return -1
  }
  /** The PDU of a flow that started before a sequence number and reaches beyond it; -1 when there is none. */
  covering(flow: number, sequence: number, before: number): number {
    for (let pdu = this.tracker.flows.get(flow, F_LATEST_PDU); pdu >= 0; pdu = this.link[pdu]!) {
      if (this.firstFrame[pdu]! >= before || ((sequence - this.sequence[pdu]!) | 0) <= 0) continue
      return ((this.next[pdu]! - sequence) | 0) > 0 ? pdu : -1
    }
    return -1
  }

  /** The PDU of a flow that started last before a sequence number, wherever it ends; -1 when there is none. */
  startedBefore(flow: number, sequence: number, before: number): number {
    for (let pdu = this.tracker.flows.get(flow, F_LATEST_PDU); pdu >= 0; pdu = this.link[pdu]!) {
      if (this.firstFrame[pdu]! < before && ((sequence - this.sequence[pdu]!) | 0) > 0) return pdu
    }
    return -1
  }

  /** First visit: a PDU starts in a frame. Returns its number. */
  start(flow: number, ordinal: number, sequence: number, next: number, frame: number, open: boolean, head: number): number {
    const pdu = this.count++
    if (pdu === this.sequence.length) this.grow()
    this.head[pdu] = head <= 0xffff ? head : 0
    this.sequence[pdu] = sequence
    this.next[pdu] = next
    this.firstFrame[pdu] = this.lastFrame[pdu] = frame
    this.state[pdu] = open ? PDU.OPEN : 0
    this.ordinal[pdu] = ordinal
    const flows = this.tracker.flows
    let after = -1,
      place = flows.get(flow, F_LATEST_PDU)
    while (place >= 0 && ((this.sequence[place]! - sequence) | 0) > 0) {
      after = place
      place = this.link[place]!
    }
    this.link[pdu] = place
    if (after < 0) flows.set(flow, F_LATEST_PDU, pdu)
    else this.link[after] = pdu
    return pdu
  }

  /** First visit: adds a segment's share. `length` bytes from `sequence` on. Returns whether all of the PDU is there now. */
  add(pdu: number, sequence: number, length: number, frame: number): boolean {
    const from = (sequence - this.sequence[pdu]!) >>> 0,
      to = from + length,
      size = (this.next[pdu]! - this.sequence[pdu]!) >>> 0
    this.lastFrame[pdu] = frame
    const known = this.contiguous[pdu]!
    if (from <= known) {
      if (from < known) this.state[pdu]! |= PDU.OVERLAP
      if (to > known) this.contiguous[pdu] = to
      if (this.state[pdu]! & PDU.HOLES) this.close(pdu)
    } else {
      this.state[pdu]! |= PDU.HOLES
      const list = this.holes.get(pdu)
      if (list) list.push([from, to])
      else this.holes.set(pdu, [[from, to]])
    }
    return this.contiguous[pdu]! >= size
  }

  /** Says how long a PDU is after all. */
  extend(pdu: number, next: number, open: boolean): void {
    this.next[pdu] = next
    this.completeFrame[pdu] = 0
    if (open) this.state[pdu]! |= PDU.OPEN
    else this.state[pdu]! &= ~PDU.OPEN
    this.openFrames.add(pdu)
  }
  /** Whether a PDU's length was said more than once. */
  grew(pdu: number): boolean {
    return this.openFrames.has(pdu)
  }
  /** Forgets what was kept of a PDU until it is complete. */
  finish(pdu: number): void {
    this.openFrames.delete(pdu)
    this.recent.delete(pdu)
    this.heads.forget(pdu)
  }

  /** Keeps a payload that cannot be read again from its frame. */
  keepCopy(frame: number, ordinal: number, payload: Uint8Array): void {
    this.copies.set(`${frame}/${ordinal}`, payload.slice())
  }

  /** Segments of a PDU in the order of their offsets, up to frame `until`; with `limit`, only those that begin before that offset. */
  parts(pdu: number, until: number, limit = Infinity): PduPart[] {
    const parts: PduPart[] = [],
      first = this.sequence[pdu]!,
      size = Math.min((this.next[pdu]! - first) >>> 0, limit),
      ordinal = this.ordinal[pdu]!,
      { conversations } = this.tracker
    const firstFrame = this.firstFrame[pdu]!,
      stream = this.streamOf(firstFrame, ordinal),
      direction = this.directionOf(firstFrame, ordinal)
    let sorted = true,
      before = Infinity
    for (let frame = Math.min(this.lastFrame[pdu]!, until); frame >= firstFrame && frame > 0;) {
      let at = ordinal
      // the same stream may stand at another depth of the packet (a tunnel that some packets take)
      if (this.streamOf(frame, at) !== stream) for (at = 0; at < 8 && this.streamOf(frame, at) !== stream; at++);
      if (at === 8) break
      const columns = at === 0 ? this.tracker.main : this.tracker.further,
        row = at === 0 ? frame - 1 : this.tracker.rowOf(frame, at).row,
        analysis = columns.analysis.get(row)
      if (at === ordinal && (analysis & MARK.REVERSE) === direction && (frame === firstFrame || analysis & MARK.CONTINUES)) {
        const start = (columns.sequence.get(row) + (columns.flags.get(row) & SYN ? 1 : 0) - first) | 0,
          from = Math.max(0, start),
          to = Math.min(size, start + columns.length.get(row))
        if (to > from) {
          if (from >= before) sorted = false
          before = from
          parts.push({ frame, offset: from, length: to - from, skip: from - start, overlaps: false })
        }
      }
      frame = at === 0 ? conversations.previous.get(frame - 1) : (conversations.furtherPlace(frame, at)?.previousFrame ?? 0)
    }
    parts.reverse()
    if (!sorted) parts.sort((a, b) => a.offset - b.offset || a.frame - b.frame)
    let reached = 0
    for (const part of parts) {
      part.overlaps = part.offset < reached
      reached = Math.max(reached, part.offset + part.length)
    }
    return parts
  }

  /**
   * The first `limit` bytes of a PDU from its parts. `present` is the payload of the frame that is being dissected. Bytes that are missing stay 0.
   */
  bytes(
    pdu: number,
    parts: readonly PduPart[],
    frames: FrameAccess,
    presentFrame: number,
    present: Uint8Array,
    limit = Infinity,
  ): Uint8Array {
    const whole = (this.next[pdu]! - this.sequence[pdu]!) >>> 0,
      size = Math.min(whole, limit),
      last = parts.at(-1)
    const grown = last?.frame === presentFrame && limit === Infinity ? this.grown(pdu, size, last, present) : undefined
    if (grown) return grown
    // a PDU that was open until now is likely to be extended again
    const open = presentFrame === this.lastFrame[pdu] && limit === Infinity && this.openFrames.has(pdu),
      bytes = new Uint8Array(open ? size * 2 : size)
    for (let i = parts.length - 1; i >= 0; i--) {
      const part = parts[i]!
      if (part.offset >= size) continue
      const payload = this.payload(pdu, part.frame, frames, presentFrame, present)
      if (payload) bytes.set(payload.subarray(part.skip, part.skip + Math.min(part.length, size - part.offset)), part.offset)
    }
    if (!open) return bytes
    this.recent.set(pdu, { buffer: bytes, length: size })
    if (this.recent.size > RECENT) this.recent.delete(this.recent.keys().next().value!)
    return bytes.subarray(0, size)
  }

  /** Which bytes of frames a PDU is made of; undefined where copies were kept, or segments overlap. `presentAt` is the payload's place in the present frame. */
  origin(pdu: number, parts: readonly PduPart[], presentFrame: number, presentAt: number): SourceOrigin[] | undefined {
    if (this.ordinal[pdu] !== 0 || this.state[pdu]! & PDU.OVERLAP || this.copies.size > 0) return undefined
    return parts.map((part) => ({
      offset: part.offset,
      frame: part.frame,
      at: (part.frame === presentFrame ? presentAt : this.payloadAt.get(part.frame - 1)) + part.skip,
      length: part.length,
    }))
  }

  /** Payload of a segment of a PDU. */
  private payload(pdu: number, frame: number, frames: FrameAccess, presentFrame: number, present: Uint8Array): Uint8Array | undefined {
    if (frame === presentFrame) return present
    const copy = this.copies.get(`${frame}/${this.ordinal[pdu]!}`)
    if (copy) return copy
    const at = this.ordinal[pdu] === 0 ? this.payloadAt.get(frame - 1) : 0
    return at === 0 ? undefined : frames.frame(frame).subarray(at)
  }
  /** Bytes that were put together one segment ago, with the last segment behind them. */
  private grown(pdu: number, size: number, last: PduPart, present: Uint8Array): Uint8Array | undefined {
    const entry = this.recent.get(pdu)
    if (!entry || entry.length !== last.offset || this.state[pdu]! & (PDU.HOLES | PDU.OVERLAP)) return undefined
    if (size > entry.buffer.length) {
      const larger = new Uint8Array(size * 2)
      larger.set(entry.buffer.subarray(0, entry.length))
      entry.buffer = larger
    }
    entry.buffer.set(present.subarray(last.skip, last.skip + last.length), last.offset)
    entry.length = size
    return entry.buffer.subarray(0, size)
  }

  get memory(): number {
    let copied = 0
    for (const copy of this.copies.values()) copied += copy.length + 80
    return this.sequence.length * 32 + this.payloadAt.memory + this.heads.memory + copied
  }

  private streamOf(frame: number, ordinal: number): number {
    const { conversations } = this.tracker
    return ordinal === 0 ? conversations.stream.get(frame - 1) - 1 : (conversations.furtherPlace(frame, ordinal)?.stream ?? -1)
  }
  private directionOf(frame: number, ordinal: number): number {
    const { columns, row } = this.tracker.rowOf(frame, ordinal)
    return columns.analysis.get(row) & MARK.REVERSE
  }
  /** Puts bytes that arrived early behind the gap that is closed now. */
  private close(pdu: number): void {
    const list = this.holes.get(pdu)
    if (!list) return
    list.sort((a, b) => a[0] - b[0])
    while (list.length && list[0]![0] <= this.contiguous[pdu]!) {
      const [, to] = list.shift()!
      if (to > this.contiguous[pdu]!) this.contiguous[pdu] = to
    }
    if (list.length === 0) {
      this.holes.delete(pdu)
      this.state[pdu]! &= ~PDU.HOLES
    }
  }
  private grow(): void {
    this.sequence = withRoom(this.sequence)
    this.next = withRoom(this.next)
    this.firstFrame = withRoom(this.firstFrame)
    this.lastFrame = withRoom(this.lastFrame)
    this.completeFrame = withRoom(this.completeFrame)
    this.contiguous = withRoom(this.contiguous)
    this.head = withRoom(this.head)
    this.state = withRoom(this.state)
    this.ordinal = withRoom(this.ordinal)
    this.link = withRoom(this.link)
  }
}
