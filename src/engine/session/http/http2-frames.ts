// HTTP/2 frames of one direction from its ordered bytes (RFC 9113, 4): header blocks whole, DATA counted as it comes, nothing else kept.
import { u16be } from '../../bytes/integers'
import { nextFrame } from './http2-resume'
import { HTTP2_PREFACE } from '../../values/http2'

/** Types and flags of frames. */
export const DATA = 0,
  HEADERS = 1,
  RST_STREAM = 3,
  SETTINGS = 4,
  PUSH_PROMISE = 5
const CONTINUATION = 9
const END_STREAM = 1,
  END_HEADERS = 4,
  PADDED = 8,
  PRIORITY = 0x20
const HEADER = 9
/** Longest frame, other than DATA, and longest header block that is waited for. */
const LONGEST = 1 << 20

/** A header block with where it stands: frames and bytes of its side. */
export interface Block {
  readonly type: number
  readonly stream: number
  /** Stream that a promise is about; 0 otherwise. */
  readonly promised: number
  readonly bytes: Uint8Array
  readonly isLast: boolean
  readonly firstFrame: number
  readonly frame: number
  readonly start: number
  readonly end: number
}

/** What a reader tells. */
export interface FrameEvents {
  block(block: Block): void
  /** A piece of a DATA frame's content; `at` is its place among the bytes of the side. */
  data(stream: number, at: number, length: number, frame: number): void
  /** A DATA frame with END_STREAM is over. */
  dataEnds(stream: number, frame: number): void
  settings(isAcknowledgment: boolean, tableSize: number | undefined): void
  reset(stream: number, frame: number): void
  /** Bytes of a DATA frame's content that were sent, but not captured. */
  missing(stream: number, length: number, frame: number): void
  /** Frames are missing: nobody knows which. */
  lost(): void
}

interface Header {
  readonly type: number
  readonly flags: number
  readonly stream: number
  readonly length: number
  readonly start: number
  readonly firstFrame: number
}

/** Reads one direction. */
export class FrameReader {
  private readonly events: FrameEvents
  /** Bytes that came before those of the present call. */
  private before: number
  private broken = false
  /** Frames are missing; the next place is looked for where one certainly begins. */
  private isLost = false
  /** Bytes of the frame in progress are missing, and it is not DATA. */
  private isDamaged = false
  private lastStream = 0
  private held = new Uint8Array(HEADER)
  private heldLength = 0
  private heldFrame = 0
  private prefaceLeft = 0
  private header: Header | undefined
  /** Payload so far: bytes of it that came, and, unless it is DATA, the bytes. */
  private taken = 0
  private payload = new Uint8Array(0)
  private padding = 0
  private block: { first: Header; pieces: Uint8Array[]; length: number; promised: number } | undefined

  constructor(events: FrameEvents, position = 0) {
    this.events = events
    this.before = position
  }

  /** Takes the next bytes. */
  data(bytes: Uint8Array, frame: number): void {
    let start = 0
    if (this.isLost) {
      start = nextFrame(bytes, this.lastStream)
      this.isLost = start < 0
      if (start < 0) start = bytes.length
    }
    for (let at = start; at < bytes.length && !this.broken;) {
      if (this.prefaceLeft > 0) {
        const skipped = Math.min(this.prefaceLeft, bytes.length - at)
        this.prefaceLeft -= skipped
        at += skipped
      } else if (this.header) at = this.content(this.header, bytes, at, frame)
      else {
        if (this.heldLength === 0) this.heldFrame = frame
        this.held[this.heldLength++] = bytes[at++] ?? 0
        if (this.heldLength === HEADER) this.begin(this.before + at, frame)
      }
    }
    this.before += bytes.length
  }
  /** So many bytes are missing; 0 where nobody knows. Those of the frame in progress are counted; behind it, frames are told apart again from the next
   *  beginning on. */
  gap(length: number, frame: number): void {
    if (this.broken || this.isLost) return
    const { header } = this
    if (!header || length === 0) {
      this.lose()
      return
    }
    const missing = Math.min(length, header.length - this.taken)
    if (header.type === DATA)
      this.events.missing(header.stream, Math.max(0, Math.min(missing, header.length - this.padding - this.taken)), frame)
    else this.isDamaged = true
    this.taken += missing
    if (this.taken === header.length) this.finish(header, this.before, frame)
    if (missing < length) this.lose()
  }

  private lose(): void {
    this.isLost = true
    this.header = this.block = undefined
    this.isDamaged = false
    this.heldLength = this.prefaceLeft = 0
    this.payload = new Uint8Array(0)
    this.events.lost()
  }

  private begin(position: number, frame: number): void {
    const { held } = this
    this.heldLength = 0
    if (String.fromCharCode(...held) === HTTP2_PREFACE.slice(0, HEADER)) {
      this.prefaceLeft = HTTP2_PREFACE.length - HEADER
      return
    }
    const header = {
      length: ((held[0] ?? 0) << 16) | u16be(held, 1),
      type: held[3] ?? 0,
      flags: held[4] ?? 0,
      stream: (((held[5] ?? 0) & 0x7f) << 24) | ((held[6] ?? 0) << 16) | u16be(held, 7),
      start: position - HEADER,
      firstFrame: this.heldFrame,
    }
    if (header.type !== DATA && header.length > LONGEST) {
      this.broken = true
      return
    }
    this.header = header
    this.taken = this.padding = 0
    this.payload = new Uint8Array(header.type === DATA ? 0 : header.length)
    if (header.length === 0) this.finish(header, position, frame)
  }

  private content(header: Header, bytes: Uint8Array, at: number, frame: number): number {
    const end = Math.min(bytes.length, at + header.length - this.taken)
    if (header.type === DATA) this.dataContent(header, bytes, at, end, frame)
    else this.payload.set(bytes.subarray(at, end), this.taken)
    this.taken += end - at
    if (this.taken === header.length) this.finish(header, this.before + end, frame)
    return end
  }

  /** The length of the padding comes first, the padding itself last. */
  private dataContent(header: Header, bytes: Uint8Array, at: number, end: number, frame: number): void {
    let from = at,
      place = this.taken
    if (header.flags & PADDED && place === 0) {
      this.padding = bytes[from++] ?? 0
      place++
    }
    const length = Math.min(end - from, header.length - this.padding - place)
    if (length > 0) this.events.data(header.stream, this.before + from, length, frame)
  }

  private finish(header: Header, end: number, frame: number): void {
    const { payload } = this
    this.header = undefined
    this.payload = new Uint8Array(0)
    this.lastStream = Math.max(this.lastStream, header.stream)
    if (this.isDamaged) {
      this.isDamaged = false
      this.block = undefined
      // one of the others takes nothing with it
      if (header.type === HEADERS || header.type === PUSH_PROMISE || header.type === CONTINUATION || header.type === SETTINGS)
        this.events.lost()
      return
    }
    switch (header.type) {
      case DATA:
        if (header.flags & END_STREAM) this.events.dataEnds(header.stream, frame)
        break
      case HEADERS:
      case PUSH_PROMISE: {
        const padded = header.flags & PADDED ? 1 : 0,
          extra = header.type === PUSH_PROMISE ? 4 : header.flags & PRIORITY ? 5 : 0,
          to = payload.length - (padded ? (payload[0] ?? 0) : 0),
          from = padded + extra
        const promised =
          header.type === PUSH_PROMISE && payload.length >= from
            ? u16be(payload, padded + 2) + ((u16be(payload, padded) & 0x7fff) << 16)
            : 0
        this.block = { first: header, pieces: [payload.subarray(from, Math.max(from, to))], length: to - from, promised }
        this.continueBlock(header, end, frame)
        break
      }
      case CONTINUATION:
        if (!this.block) break
        this.block.pieces.push(payload)
        this.block.length += payload.length
        this.continueBlock(header, end, frame)
        break
      case SETTINGS:
        this.settings(header, payload)
        break
      case RST_STREAM:
        this.events.reset(header.stream, frame)
        break
      default:
    }
  }

  private continueBlock(header: Header, end: number, frame: number): void {
    const { block } = this
    if (!block) return
    if (block.length > LONGEST || block.pieces.length > 10_000) {
      this.broken = true
      return
    }
    if (!(header.flags & END_HEADERS)) return
    const { first, pieces, promised } = block,
      bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
    let at = 0
    for (const piece of pieces) {
      bytes.set(piece, at)
      at += piece.length
    }
    this.block = undefined
    const { type, stream, firstFrame, start } = first
    this.events.block({ type, stream, promised, bytes, isLast: (first.flags & END_STREAM) !== 0, firstFrame, frame, start, end })
  }

  private settings(header: Header, payload: Uint8Array): void {
    let tableSize: number | undefined
    for (let at = 0; at + 6 <= payload.length; at += 6)
      if (u16be(payload, at) === 1) tableSize = u16be(payload, at + 2) * 0x1_0000 + u16be(payload, at + 4)
    this.events.settings((header.flags & 1) !== 0, tableSize)
  }
}
