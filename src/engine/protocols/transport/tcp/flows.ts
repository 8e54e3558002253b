// State of each direction of each TCP stream while the capture is visited in file order: flow = stream * 2 + direction (0 as the stream's first packet).
// Plain arrays, so that the index's fast path touches no objects. Sequence numbers are raw; 0 stands for "not known yet", as tshark has it.

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
  UNTIL_FIN: 128,
} as const

/** Window scale when none was seen (-1) and when it is known not to be used (-2), as tshark shows them. */
export const SCALE_UNKNOWN = -1, SCALE_NONE = -2

export class FlowTable {
  private size = 0
  state = new Uint8Array(0)
  /** Initial sequence number, or a guess that makes relative numbers begin at 1. */
  base = new Uint32Array(0)
  /** Highest sequence number seen, plus one. */
  next = new Uint32Array(0)
  nextFrame = new Uint32Array(0)
  /** Highest sequence number up to which all was seen. */
  contiguous = new Uint32Array(0)
  lastAck = new Uint32Array(0)
  lastAckFrame = new Uint32Array(0)
  lastNewAckFrame = new Uint32Array(0)
  duplicateAcks = new Uint32Array(0)
  /** Window of the last segment as in its header; -1 before the first. */
  window = new Int32Array(0)
  scale = new Int8Array(0)
  /** Frame after which `scale` is in force. */
  scaleFrame = new Uint32Array(0)
  /** Analysis bits of the flow's last segment. */
  lastAnalysis = new Uint32Array(0)
  pushBytes = new Uint32Array(0)
  /** Unacknowledged segments: index into the pool, newest first; -1 = none. */
  unacked = new Int32Array(0)
  unackedCount = new Uint16Array(0)
  /** Frame of the first FIN. */
  finFrame = new Uint32Array(0)
  finNext = new Uint32Array(0)
  /** Newest PDU that spans segments; -1 = none. See reassembly.ts. */
  pdu = new Int32Array(0)

  /** Makes room for the flows of a stream. */
  reserve(stream: number): void {
    const need = stream * 2 + 2
    if (need <= this.size) return
    const old = this.size
    this.size = Math.max(128, old * 2, need)
    const size = this.size
    this.state = grow8(this.state, size)
    this.base = grow32(this.base, size)
    this.next = grow32(this.next, size)
    this.nextFrame = grow32(this.nextFrame, size)
    this.contiguous = grow32(this.contiguous, size)
    this.lastAck = grow32(this.lastAck, size)
    this.lastAckFrame = grow32(this.lastAckFrame, size)
    this.lastNewAckFrame = grow32(this.lastNewAckFrame, size)
    this.duplicateAcks = grow32(this.duplicateAcks, size)
    this.unackedCount = grow16(this.unackedCount, size)
    this.scaleFrame = grow32(this.scaleFrame, size)
    this.lastAnalysis = grow32(this.lastAnalysis, size)
    this.pushBytes = grow32(this.pushBytes, size)
    this.finFrame = grow32(this.finFrame, size)
    this.finNext = grow32(this.finNext, size)
    const scale = new Int8Array(size).fill(SCALE_UNKNOWN, old), unacked = new Int32Array(size).fill(-1, old), pdu = new Int32Array(size).fill(-1, old), window = new Int32Array(size).fill(-1, old)
    window.set(this.window)
    this.window = window
    scale.set(this.scale)
    unacked.set(this.unacked)
    pdu.set(this.pdu)
    this.scale = scale
    this.unacked = unacked
    this.pdu = pdu
  }

  /** Bytes of memory held. */
  get memory(): number {
    return this.size * (1 + 1 + 2 + 4 * 16)
  }
}

function grow32(old: Uint32Array, size: number): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(size)
  grown.set(old)
  return grown
}
function grow16(old: Uint16Array, size: number): Uint16Array<ArrayBuffer> {
  const grown = new Uint16Array(size)
  grown.set(old)
  return grown
}
function grow8(old: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(size)
  grown.set(old)
  return grown
}

/** Unacknowledged segments of all flows: linked lists over plain arrays with a list of free places. */
export class SegmentPool {
  sequence = new Uint32Array(256)
  next = new Uint32Array(256)
  frame = new Uint32Array(256)
  link = new Int32Array(256)
  private used = 0
  private free = -1

  /** Puts a segment before `head` and returns its place. */
  add(head: number, sequence: number, next: number, frame: number): number {
    let place = this.free
    if (place >= 0) this.free = this.link[place]!
    else {
      place = this.used++
      if (place === this.frame.length) this.grow()
    }
    this.sequence[place] = sequence
    this.next[place] = next
    this.frame[place] = frame
    this.link[place] = head
    return place
  }
  /** Gives a place back; the caller has unlinked it. */
  release(place: number): void {
    this.link[place] = this.free
    this.free = place
  }
  get memory(): number {
    return this.frame.length * 16
  }
  private grow(): void {
    const size = this.frame.length * 2, link = new Int32Array(size)
    this.sequence = grow32(this.sequence, size)
    this.next = grow32(this.next, size)
    this.frame = grow32(this.frame, size)
    link.set(this.link)
    this.link = link
  }
}
