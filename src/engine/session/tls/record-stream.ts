// TLS records of one direction from its ordered bytes (RFC 8446, 5.1). Where bytes are missing, records are told apart again from the next place on where
// one certainly begins: behind a record whose header was read, else where one plausible header leads to the next, or to the end of a segment.
import { u16be } from '../../bytes/integers'

/** What a stream tells. */
export interface RecordEvents {
  /** A record; `payload` is borrowed. */
  record(type: number, version: number, payload: Uint8Array, frame: number): void
  /** Records are missing: one whose header is known (`isOne`), else one or more, with `bytes` bytes of the direction, headers included. */
  missing(bytes: number, isOne: boolean): void
  /** Whether such a header may stand where a record begins. */
  isHeader(type: number, version: number, length: number): boolean
}

const HEADER = 5
/** Room for the segment that brings a record's end. */
const SEGMENT = 2048
const NOTHING = new Uint8Array(0)

/** From which place on a frame brought what is held. */
interface Mark {
  readonly start: number
  readonly frame: number
}

/** Takes the bytes of one direction. */
export class RecordStream {
  private readonly events: RecordEvents
  private state: 'records' | 'skipping' | 'searching' | 'broken' = 'records'
  /** What is held back: a record's beginning; while one is looked for, the bytes that may hold it. */
  private buffer: Uint8Array = NOTHING
  private held = 0
  /** Bytes of a damaged record that still come. */
  private left = 0
  private hasGap = false
  /** While a beginning is looked for: bytes of missing records before what is held, and which frames brought what is held, from which place on. */
  private lost = 0
  private marks: Mark[] = []
  /** Places in what is held where a header may begin of which it is not decided, and how far was looked for them. */
  private candidates: number[] = []
  private scanned = 0

  constructor(events: RecordEvents) {
    this.events = events
  }

  /** Takes the next bytes. */
  data(bytes: Uint8Array, frame: number): void {
    if (this.state === 'searching') {
      this.search(bytes, frame)
      return
    }
    if (this.state === 'broken') return
    let all = this.joined(this.behindDamaged(bytes))
    while (all.length >= HEADER) {
      const type = all.at(0) ?? 0,
        version = u16be(all, 1),
        end = HEADER + u16be(all, 3)
      if (type < 20 || type > 24 || version >> 8 !== 3) {
        this.forget()
        // no record: it is another protocol, unless something was missing before
        this.state = this.hasGap ? 'searching' : 'broken'
        if (this.hasGap) this.search(all.slice(), frame)
        return
      }
      if (all.length < end) break
      this.events.record(type, version, all.subarray(HEADER, end), frame)
      all = all.subarray(end)
    }
    this.hold(all)
  }

  /** So many bytes are missing. */
  gap(length: number): void {
    if (this.state === 'broken') return
    this.hasGap = true
    if (this.state === 'searching') this.lost += this.held + length
    else if (this.state === 'skipping') {
      this.lost = length - this.left
      this.left -= length
      if (this.left <= 0) this.state = this.left === 0 ? 'records' : 'searching'
    } else {
      // of a record whose header was read it is known where it ends: what is missing may all be its own
      const size = this.held >= HEADER && this.isHeaderAt(this.buffer, 0) ? HEADER + u16be(this.buffer, 3) : 0
      this.left = size - this.held - length
      if (this.left < 0) this.lost = this.held + length
      else this.events.missing(size, true)
      this.state = this.left < 0 ? 'searching' : this.left === 0 ? 'records' : 'skipping'
    }
    this.forget()
  }

  private forget(): void {
    this.held = this.scanned = 0
    this.marks = []
    this.candidates = []
  }

  private behindDamaged(bytes: Uint8Array): Uint8Array {
    if (this.state !== 'skipping') return bytes
    const skipped = Math.min(this.left, bytes.length)
    this.left -= skipped
    if (this.left === 0) this.state = 'records'
    return bytes.subarray(skipped)
  }

  private search(bytes: Uint8Array, frame: number): void {
    const all = this.joined(bytes),
      found = this.beginning(all)
    this.marks.push({ start: all.length - bytes.length, frame })
    if (found < 0) {
      this.drop(all, this.candidates[0] ?? all.length)
      return
    }
    const { marks } = this
    this.events.missing(this.lost + found, false)
    this.state = 'records'
    this.lost = 0
    this.buffer = NOTHING
    this.forget()
    for (const [place, { start, frame: at }] of marks.entries()) {
      const end = marks[place + 1]?.start ?? all.length
      if (end > found) this.data(all.subarray(Math.max(start, found), end), at)
    }
  }

  /** Where a record begins for certain: its header leads to the end of a segment, or to the next header. -1 for nowhere yet. */
  private beginning(bytes: Uint8Array): number {
    for (; this.scanned < bytes.length; this.scanned++) {
      const at = this.scanned,
        type = bytes[at] ?? 0
      if (type < 20 || type > 24 || (bytes[at + 1] ?? 3) !== 3) continue
      if (at + HEADER > bytes.length || this.isHeaderAt(bytes, at)) this.candidates.push(at)
    }
    const open: number[] = []
    for (const at of this.candidates) {
      const next = at + HEADER + (at + HEADER <= bytes.length ? u16be(bytes, at + 3) : 0)
      if (at + HEADER > bytes.length || next > bytes.length) open.push(at)
      else if (!this.isHeaderAt(bytes, at)) continue
      else if (next === bytes.length || (next + HEADER <= bytes.length && this.isHeaderAt(bytes, next))) return at
      else if (next + HEADER > bytes.length) open.push(at)
    }
    this.candidates = open
    return -1
  }
  private isHeaderAt(bytes: Uint8Array, at: number): boolean {
    return this.events.isHeader(bytes[at] ?? 0, u16be(bytes, at + 1), u16be(bytes, at + 3))
  }

  /** Drops the bytes before a place. */
  private drop(all: Uint8Array, before: number): void {
    this.lost += before
    this.hold(all.subarray(before))
    if (before === 0) return
    this.scanned -= before
    this.candidates = this.candidates.map((at) => at - before)
    const first = this.held === 0 ? this.marks.length : this.marks.findLastIndex(({ start }) => start <= before)
    this.marks = this.marks.slice(first).map(({ start, frame }) => ({ start: start - before, frame }))
  }

  /** What was held back with these bytes behind it. */
  private joined(bytes: Uint8Array): Uint8Array {
    if (this.held === 0) return bytes
    const length = this.held + bytes.length
    if (length > this.buffer.length) this.move(this.buffer.subarray(0, this.held), Math.max(length, 2 * this.buffer.length))
    this.buffer.set(bytes, this.held)
    this.held = length
    return this.buffer.subarray(0, length)
  }
  /** Holds the rest of what joined() answered back: a record's beginning, or nothing. */
  private hold(rest: Uint8Array): void {
    // what records were taken out of stays as it is: parts of it may be kept
    if (rest.length > 0 && (rest.buffer !== this.buffer.buffer || rest.byteOffset !== this.buffer.byteOffset))
      this.move(rest, rest.length >= HEADER ? HEADER + u16be(rest, 3) + SEGMENT : SEGMENT)
    this.held = rest.length
  }
  private move(bytes: Uint8Array, room: number): void {
    this.buffer = new Uint8Array(Math.max(room, bytes.length))
    this.buffer.set(bytes)
  }
}
