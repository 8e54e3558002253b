// When did the last byte of an application fit into its host's send buffer? Nothing on the wire says so; it is reckoned as Linux keeps its buffer, from what was
// sent and acknowledged. Its limit grows with the congestion window while the application waits for room, the application goes on when a third of it is free
// (sk_stream_write_space), and it fills buffers of up to half the greatest window offered, each with some memory of its own. Measured with Linux 6.18.
import { FIN } from '../../protocols/transport/tcp/analysis-flags'
import type { Side, StreamEvidence } from './stream-evidence'
import { other } from './stream-evidence'
import { offeredWindow, sequenceDistance } from './stream-segments'

/** What the application writes, and what has become of it: `first` is its first segment and `fin` the last, `full` the length of a full segment. */
export interface Writing {
  readonly first: number
  readonly fin: number
  readonly full: number
  /** Segments that may have been in flight when it began. */
  readonly window: number
}

/** Memory of a buffer beside its bytes, and what headers take of the room for one segment. */
const BUFFER_OVERHEAD = 960,
  SEGMENT_HEADERS = 576,
  BUFFER_HEADER = 256
/** Room for each segment of the congestion window. */
const ROOMS = 3
const LARGEST_BUFFER = 65_216
/** Segments of a buffer that is in flight, and the first window. */
const SEGMENTS_IN_FLIGHT = 2
/** Seconds until an application that was woken up writes on. */
const AWAKENING = 0.0003
/** A sender whose queue is full sends again within so many seconds. */
const SOON = 0.005

/** Index of the first segment that left after the last byte had fitted into the send buffer, or of the acknowledgment that made room for it. */
export function lastByteFitted(evidence: StreamEvidence, side: Side, writing: Writing): number {
  const buffer = new SendBuffer(evidence, writing)
  const { first, fin } = writing
  if (buffer.write()) return first
  const theirs = evidence.acknowledging(other(side), evidence.sequence(first), first),
    mine = evidence.sent[side].plain.filter((index) => index >= first && index <= fin)
  // what answers an acknowledgment left after it had come: the measured way there and back may be a little long
  const way = 0.475 * evidence.leg[side],
    roundTrip = evidence.leg[0] + evidence.leg[1]
  // what wakes the application, and when it writes on
  let room = -1,
    writesAt = Infinity,
    next = 0
  /** Whether it has written everything by a time. */
  const hasWritten = (by: number) => {
    if (by <= writesAt) return false
    if (buffer.write()) return true
    writesAt = Infinity
    return false
  }
  for (const index of mine) {
    const leaves = evidence.time(index) - way
    // where nothing left soon after, the acknowledgment that made room says it better
    const nearest = () => (leaves - writesAt < SOON ? index : room)
    for (; next < theirs.length; next++) {
      const acknowledgment = theirs[next] ?? 0,
        arrives = evidence.time(acknowledgment) + way
      if (arrives > leaves) break
      if (hasWritten(arrives)) return nearest()
      if (!buffer.acknowledged(acknowledgment, arrives, roundTrip)) continue
      room = acknowledgment
      writesAt = arrives + AWAKENING
    }
    if (hasWritten(leaves)) return nearest()
    buffer.sends(index, leaves)
  }
  return fin
}

/** Bytes are counted from the application's first one. */
class SendBuffer {
  private readonly evidence: StreamEvidence
  private readonly start: number
  private readonly total: number
  private readonly full: number
  /** Memory for one segment of the congestion window. */
  private readonly room: number
  private limit: number
  private written = 0
  private sent = 0
  private acked = 0
  /** Ends of the buffers that were filled, and how many of them have left. */
  private readonly ends: number[] = []
  private left = 0
  private waits = false
  private window: number
  private greatestOffer = 0
  /** Segments that repeated acknowledgments speak of. */
  private beyond = 0
  /** A loss that is being made good: until what is acknowledged, since when, and the congestion window before it. */
  private recovery: { readonly until: number; readonly since: number; readonly window: number } | undefined

  constructor(evidence: StreamEvidence, { first, fin, full, window }: Writing) {
    this.evidence = evidence
    this.start = evidence.sequence(first)
    this.total = sequenceDistance(evidence.end(fin), this.start) - (evidence.flags(fin) & FIN ? 1 : 0)
    this.full = full
    this.window = window
    this.room = ROOMS * (2 ** Math.ceil(Math.log2(full + SEGMENT_HEADERS)) + BUFFER_HEADER)
    this.limit = this.room * window
    const side = evidence.side(first)
    for (const index of evidence.sent[other(side)].plain) {
      if (index > first) break
      this.greatestOffer = Math.max(this.greatestOffer, offeredWindow(evidence.segments, index))
    }
  }

  /** The application writes until it has to wait; answers whether everything is written. */
  write(): boolean {
    const begins = this.ends.length === 0,
      tail = this.ends.at(-1)
    if (tail !== undefined && tail > this.sent) this.fill(this.largest() - (tail - Math.max(this.ends.at(-2) ?? 0, this.sent)))
    while (this.written < this.total) {
      if (this.memory() >= this.limit) {
        this.waits = true
        return false
      }
      this.ends.push(this.written)
      this.fill(this.largest())
      // the first buffer's head leaves at once, which makes room behind it
      if (begins && this.ends.length === 1) this.fill(this.window * this.full)
    }
    return true
  }

  private fill(bytes: number): void {
    this.written = Math.min(this.total, this.written + Math.max(0, bytes))
    this.ends[this.ends.length - 1] = this.written
  }

  /** Bytes that go into one buffer. */
  private largest(): number {
    const most = Math.min(LARGEST_BUFFER, this.greatestOffer / 2)
    return Math.max(1, Math.floor(most / this.full)) * this.full
  }

  private memory(): number {
    const gone = Math.max(this.sent, this.acked)
    while (this.left < this.ends.length && (this.ends[this.left] ?? 0) <= gone) this.left++
    const flying = Math.ceil((gone - this.acked) / (SEGMENTS_IN_FLIGHT * this.full))
    return this.written - this.acked + BUFFER_OVERHEAD * (flying + this.ends.length - this.left)
  }

  /** A segment leaves; one that has left before shows a loss. */
  sends(index: number, at: number): void {
    const end = sequenceDistance(this.evidence.sequence(index), this.start) + this.evidence.length(index)
    if (end <= this.sent && end > this.acked && this.evidence.length(index) > 0 && this.recovery === undefined) {
      this.recovery = { until: this.sent, since: at, window: this.window }
      this.window = Math.max(1, (this.sent - this.acked) / this.full - this.beyond)
    }
    this.sent = Math.max(this.sent, end)
  }

  /** An acknowledgment comes; answers whether it wakes the application. */
  acknowledged(index: number, at: number, roundTrip: number): boolean {
    const { evidence } = this,
      to = sequenceDistance(evidence.acknowledgment(index), this.start),
      segments = Math.ceil(Math.max(0, to - this.acked) / this.full)
    let delivered = 0
    if (segments > 0) {
      delivered = Math.max(0, segments - this.beyond)
      this.beyond = Math.max(0, this.beyond - segments)
    } else if (evidence.length(index) === 0 && this.sent > this.acked) {
      delivered = 1
      this.beyond++
    }
    this.acked = Math.max(this.acked, Math.min(to, this.total))
    this.sent = Math.max(this.sent, this.acked)
    this.greatestOffer = Math.max(this.greatestOffer, offeredWindow(evidence.segments, index))
    this.grow(delivered, at, roundTrip)
    if (!this.waits) return false
    this.limit = Math.max(this.limit, this.room * Math.floor(this.window))
    if (this.memory() > (this.limit * 2) / 3) return false
    this.waits = false
    return true
  }

  /** The congestion window grows with what arrives, but not in the first round after a loss. */
  private grow(delivered: number, at: number, roundTrip: number): void {
    const { recovery } = this
    if (recovery === undefined) this.window += delivered
    else {
      if (at > recovery.since + roundTrip) this.window += delivered
      if (this.acked < recovery.until) return
      this.window = Math.max(this.window, recovery.window + 1)
      this.recovery = undefined
    }
  }
}
