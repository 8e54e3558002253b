// State of each direction of each TCP stream while the capture is visited in file order: flow = stream * 2 + direction (0 as the stream's first packet).
// Plain words, so that the index's fast path touches no objects. Sequence numbers are raw, as signed 32-bit integers (which the engine's compiler keeps
// out of the heap); 0 stands for "not known yet", as tshark has it.

import { withRoom } from '../../../bytes/room'

/** Bits of `state`. */
export const FLOW = {
  BASE_KNOWN: 1,
  PUSH_LAST: 2,
  /** Bytes in flight cannot be told since a segment was lost; ends with the next ACK from the other side. */
  FLIGHT_UNKNOWN: 4,
  /** The window came with a segment other than a SYN, whose window is never scaled. */
  WINDOW_SCALED: 8,
  /** The other side acknowledged more than was seen: said once, until a segment shows a gap. */
  ACKED_UNSEEN: 16,
  TFO_COOKIE: 32,
  /** Of the flow in the direction of the stream's first packet: no further segment can end the handshake's round trip. */
  ROUND_TRIP_KNOWN: 64,
  UNTIL_FIN: 128,
  /** What numbers count from changed since the span of the unacknowledged segments was measured. */
  SPAN_UNKNOWN: 256,
} as const

/** Window scale when none was seen (-1) and when it is known not to be used (-2), as tshark shows them. */
export const SCALE_UNKNOWN = -1,
  SCALE_NONE = -2

/** Words of a flow; a flow's words stand together, so that a segment touches three lines of the processor's cache instead of forty. */
export const WORDS = 24
/** FLOW bits. */
export const STATE = 0
/** Initial sequence number, or a guess that makes relative numbers begin at 1. */
export const BASE = 1
/** Highest sequence number seen, plus one; and the frame that brought it. */
export const NEXT = 2,
  NEXT_FRAME = 3
/** Highest sequence number up to which all was seen. */
export const CONTIGUOUS = 4
/** Last acknowledgment, its frame, and the frame in which it was new. */
export const LAST_ACK = 5,
  LAST_ACK_FRAME = 6,
  NEW_ACK_FRAME = 7
export const DUPLICATE_ACKS = 8
/** Window of the last segment as in its header; -1 before the first. */
export const WINDOW = 9
/** Window scale, and the frame after which it is in force. */
export const SCALE = 10,
  SCALE_FRAME = 11
/** Analysis bits of the flow's last segment. */
export const LAST_ANALYSIS = 12
export const PUSH_BYTES = 13
/** Unacknowledged segments: newest and oldest as places in the pool (-1 = none), and how many. */
export const UNACKED = 14,
  OLDEST = 15,
  UNACKED_COUNT = 16
/** Frame of the first FIN. */
export const FIN_FRAME = 17
/** Newest PDU that spans segments; -1 = none. See pdus.ts. */
export const LATEST_PDU = 18
/** Lowest sequence number of the unacknowledged segments and the end of the highest, unless the state has SPAN_UNKNOWN. */
export const SPAN_START = 19,
  SPAN_END = 20

/** State of all flows: WORDS signed words a flow, at flow * WORDS. Replaced when it grows. */
export class FlowTable {
  words = new Int32Array(128 * WORDS)

  /** Makes the flows of a new stream. */
  reserve(stream: number): void {
    const need = (stream * 2 + 2) * WORDS
    if (need > this.words.length) this.words = withRoom(this.words, need)
    const { words } = this
    for (let at = need - 2 * WORDS; at < need; at += WORDS) {
      words[at + WINDOW] = words[at + UNACKED] = words[at + OLDEST] = words[at + LATEST_PDU] = -1
      words[at + SCALE] = SCALE_UNKNOWN
    }
  }

  /** One word of a flow. */
  get(flow: number, word: number): number {
    return this.words[flow * WORDS + word] ?? 0
  }
  set(flow: number, word: number, value: number): void {
    this.words[flow * WORDS + word] = value
  }

  /** Bytes of memory held. */
  get memory(): number {
    return this.words.byteLength
  }
}

/** Words of a segment of SegmentPool, which stand together. */
export const SEQUENCE = 0,
  SEQUENCE_END = 1,
  FRAME = 2,
  LINK = 3
const SEGMENT_WORDS = 4

/** Unacknowledged segments of all flows: linked lists over plain words with a list of free places. A place is the index of its first word. */
export class SegmentPool {
  words = new Int32Array(256 * SEGMENT_WORDS)
  private used = 0
  private free = -1

  /** Puts a segment before `head` and returns its place. */
  add(head: number, sequence: number, end: number, frame: number): number {
    let place = this.free
    if (place >= 0) this.free = this.words[place + LINK]!
    else {
      place = this.used
      this.used += SEGMENT_WORDS
      if (place === this.words.length) this.words = withRoom(this.words)
    }
    const { words } = this
    words[place + SEQUENCE] = sequence
    words[place + SEQUENCE_END] = end
    words[place + FRAME] = frame
    words[place + LINK] = head
    return place
  }
  /** Gives a place back; the caller has unlinked it. */
  release(place: number): void {
    this.words[place + LINK] = this.free
    this.free = place
  }
  get memory(): number {
    return this.words.byteLength
  }
}
