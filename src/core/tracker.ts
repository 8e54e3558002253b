// TCP connections as an observer sees them: which stream a segment belongs to and what its sequence numbers say (lost, retransmitted, out of order,
// window full …). RFC 9293 for the protocol; the verdicts are those of tshark 4.0.17, since users compare (each rule was checked against it).
//
// Every segment is analysed once, in file order. What the engine reads of it stands in the state and the columns; see TcpTracker.
import {
  ACK,
  ACKED_UNSEEN,
  ACKNOWLEDGMENT,
  ACKS_FRAME,
  ANALYSIS_BITS,
  ANALYSIS_MASK,
  A_ACK_LOST_SEGMENT,
  A_DUPLICATE_ACK,
  A_FAST_RETRANSMISSION,
  A_KEEP_ALIVE,
  A_KEEP_ALIVE_ACK,
  A_LOST_SEGMENT,
  A_OUT_OF_ORDER,
  A_RETRANSMISSION,
  A_REUSED_PORTS,
  A_SPURIOUS_RETRANSMISSION,
  A_TFO_ACK,
  A_TFO_IGNORED,
  A_TFO_SYN,
  A_WINDOW_FULL,
  A_WINDOW_UPDATE,
  A_ZERO_WINDOW,
  A_ZERO_WINDOW_PROBE,
  A_ZERO_WINDOW_PROBE_ACK,
  BASE_KNOWN,
  BYTES_IN_FLIGHT,
  C_FURTHER,
  C_FURTHER_FLAGS,
  C_FURTHER_WINDOW,
  C_MAIN,
  C_MAIN_FLAGS,
  C_MAIN_WINDOW,
  ECN_AGREED,
  ECN_ASKED,
  FIN,
  FLIGHT_UNKNOWN,
  FLOW_WORDS,
  F_BASE,
  F_COMPLETENESS,
  F_CONTIGUOUS,
  F_DUPLICATE_ACKS,
  F_FIN_FRAME,
  F_HANDSHAKE_FRAME,
  F_LAST_ACK,
  F_LAST_ACK_FRAME,
  F_LAST_ANALYSIS,
  F_LATEST_PDU,
  F_NEW_ACK_FRAME,
  F_NEXT,
  F_NEXT_FRAME,
  F_OLDEST,
  F_PUSH_BYTES,
  F_SACK,
  F_SCALE,
  F_SCALE_FRAME,
  F_SERVER_PORT,
  F_STATE,
  F_SYN_FRAME,
  F_UNACKED,
  F_UNACKED_COUNT,
  F_WINDOW,
  LENGTH,
  M_ANALYSED,
  M_FIN_ACTIVE,
  M_FIN_PASSIVE,
  M_NOT_ANALYSED,
  M_RARE,
  M_REVERSE,
  PSH,
  PUSHED_BYTES,
  PUSH_LAST,
  ROUND_TRIP_KNOWN,
  RST,
  RUNS_TO_FIN,
  SACK_AT,
  SCALE_NONE,
  SCALE_UNKNOWN,
  SEEN_ACK,
  SEEN_DATA,
  SEEN_FIN,
  SEEN_RST,
  SEEN_SYN,
  SEEN_SYN_ACK,
  SEQUENCE,
  SPAN_UNKNOWN,
  SYN,
  S_ACKS_FRAME,
  S_ANALYSIS,
  S_BYTES_IN_FLIGHT,
  S_COMPLETENESS_BEFORE,
  S_DIRECTION,
  S_FLOWS,
  S_IS_LEAN,
  S_PUSH_BYTES,
  S_SCALE,
  S_STREAM,
  TFO_COOKIE,
  WINDOW_SCALED,
} from '../engine/core/layout'
import { isTimeless, scaleChanges } from './engine'
import { set16, set32 } from './columns'
import { allocate, setState, state, withRoom } from './memory'
import { hasCookie, isCut, sackCount, scale } from './options'
import { keepRare } from './rare'
import { createStream, directionOf, findStream, place, portsOf, wasAnnounced } from './streams'
import { elapsedBetween } from './times'
import { acknowledge, oldestFrame, remember, span } from './unacked'

/** Most segments remembered as unacknowledged in one direction. */
const MAX_UNACKED = 10_000
const MILLISECOND: f64 = 1_000_000
const ECN_BITS = 0x1c0
const FLOW_BYTES = FLOW_WORDS << 2

let flows: usize = 0
let flowRoom: i32 = 128
/** Of the segment that is being analysed. */
let acksFrame: i32 = 0
let bytesInFlight: i32 = 0
let pushBytes: i32 = 0
let isFresh: bool = false
let isBegun: bool = false
let duplicateAckNumber: i32 = 0
let duplicateAckFrame: i32 = 0
let timeoutFrame: i32 = 0

/** What the row writer reads of the segment that was analysed last. */
export let stream: i32 = -1
export let analysis: i32 = 0
export let flow: usize = 0

/** Makes the table of flows. */
export function makeFlows(): void {
  flows = allocate(flowRoom * FLOW_BYTES)
  setState(S_FLOWS, flows as i32)
}

function get(flow: usize, word: i32): i32 {
  return load<i32>(flow + (word << 2))
}
function set(flow: usize, word: i32, value: i32): void {
  store<i32>(flow + (word << 2), value)
}
/** a > b in sequence space. */
function after(a: i32, b: i32): bool {
  return a - b > 0
}
function addState(flow: usize, bits: i32): void {
  set(flow, F_STATE, get(flow, F_STATE) | bits)
}
function dropState(flow: usize, bits: i32): void {
  set(flow, F_STATE, get(flow, F_STATE) & ~bits)
}

/** A word of a flow by its number. */
export function flowWord(word: i32): i32 {
  return get(flow, word)
}

/** Makes the flows of a new stream. */
function reserve(stream: i32): void {
  if (stream * 2 + 2 > flowRoom) {
    flows = withRoom(flows, flowRoom * FLOW_BYTES)
    flowRoom *= 4
    setState(S_FLOWS, flows as i32)
  }
  for (let i = 0; i < 2; i++) {
    const at = flows + (stream * 2 + i) * FLOW_BYTES
    set(at, F_WINDOW, -1)
    set(at, F_UNACKED, -1)
    set(at, F_OLDEST, -1)
    set(at, F_LATEST_PDU, -1)
    set(at, F_SCALE, SCALE_UNKNOWN)
  }
}

/**
 * First visit of a segment. `source` and `destination` are address numbers; `row` is its row in the columns of first headers (ordinal 0) or of further ones;
 * `length` is the payload by the IP length, or -1 when it cannot be told: then the segment gets its stream and nothing else. Options are those read last.
 */
export function segment(
  table: u32,
  frame: i32,
  ordinal: i32,
  row: i32,
  source: i32,
  sourcePort: i32,
  destination: i32,
  destinationPort: i32,
  sequence: i32,
  acknowledgment: i32,
  flags: i32,
  window: i32,
  length: i32,
  isQuoted: i32,
): void {
  let found = findStream(table, source, sourcePort, destination, destinationPort)
  analysis = 0
  isFresh = found < 0
  if (flags & SYN && found >= 0 && !isQuoted) {
    const own = flows + (found * 2 + directionOf(table, found, source, sourcePort)) * FLOW_BYTES
    if (get(own, F_STATE) & BASE_KNOWN && get(own, F_BASE) !== sequence) {
      analysis = A_REUSED_PORTS
      // a SYN with another number starts a new stream; an answer with another number makes the same stream count from there on
      if (flags & ACK) {
        set(own, F_BASE, sequence)
        addState(own, SPAN_UNKNOWN)
      } else {
        found = -1
        isFresh = true
      }
    }
  }
  isBegun = isFresh
  if (found < 0) {
    found = createStream(table, source, sourcePort, destination, destinationPort, frame)
    reserve(found)
    isBegun = !wasAnnounced
  }
  stream = found
  const first = flows + found * 2 * FLOW_BYTES,
    second = first + FLOW_BYTES,
    direction = directionOf(table, found, source, sourcePort)
  let completenessBefore = get(second, F_COMPLETENESS)
  place(table, frame, ordinal, found)
  flow = direction === 0 ? first : second
  acksFrame = bytesInFlight = pushBytes = 0
  duplicateAckNumber = duplicateAckFrame = timeoutFrame = 0
  const scaleBefore = get(flow, F_SCALE)
  if (direction !== 0) analysis |= M_REVERSE
  if (length < 0) analysis |= M_NOT_ANALYSED
  if (isQuoted || length < 0) complete(second, flags, 0)
  else
    analyse(
      table,
      frame,
      ordinal,
      row,
      flow,
      direction === 0 ? second : first,
      first,
      sequence,
      acknowledgment,
      flags,
      window,
      length,
      direction,
    )
  if (analysis & A_REUSED_PORTS && isFresh) completenessBefore = get(second, F_COMPLETENESS)

  setState(S_STREAM, found)
  setState(S_DIRECTION, direction)
  setState(S_ANALYSIS, analysis)
  setState(S_ACKS_FRAME, acksFrame)
  setState(S_BYTES_IN_FLIGHT, bytesInFlight)
  setState(S_PUSH_BYTES, pushBytes)
  setState(S_SCALE, scaleBefore)
  setState(S_COMPLETENESS_BEFORE, completenessBefore)
  if (ordinal === 0) {
    set32(C_MAIN + ANALYSIS_BITS, row, analysis)
    if (state(S_IS_LEAN) !== 0) return
    set32(C_MAIN + SEQUENCE, row, sequence)
    set32(C_MAIN + ACKNOWLEDGMENT, row, acknowledgment)
    set16(C_MAIN_FLAGS, row, flags)
    set16(C_MAIN_WINDOW, row, window)
    if (length > 0) set32(C_MAIN + LENGTH, row, length)
    if (acksFrame !== 0) set32(C_MAIN + ACKS_FRAME, row, acksFrame)
    if (bytesInFlight !== 0) set32(C_MAIN + BYTES_IN_FLIGHT, row, bytesInFlight)
    if (pushBytes !== 0) set32(C_MAIN + PUSHED_BYTES, row, pushBytes)
  } else if (state(S_IS_LEAN) === 0) {
    set32(C_FURTHER + SEQUENCE, row, sequence)
    set32(C_FURTHER + ACKNOWLEDGMENT, row, acknowledgment)
    set16(C_FURTHER_FLAGS, row, flags)
    set16(C_FURTHER_WINDOW, row, window)
    if (length > 0) set32(C_FURTHER + LENGTH, row, length)
    set32(C_FURTHER + ANALYSIS_BITS, row, analysis)
    if (acksFrame !== 0) set32(C_FURTHER + ACKS_FRAME, row, acksFrame)
    if (bytesInFlight !== 0) set32(C_FURTHER + BYTES_IN_FLIGHT, row, bytesInFlight)
    if (pushBytes !== 0) set32(C_FURTHER + PUSHED_BYTES, row, pushBytes)
  }
}

/** Where relative numbers count from: the SYN's number, or one before what is seen first. */
function setBases(own: usize, other: usize, sequence: i32, acknowledgment: i32, flags: i32): void {
  if (!(get(own, F_STATE) & BASE_KNOWN)) {
    set(own, F_BASE, flags & SYN ? sequence : sequence - 1)
    addState(own, BASE_KNOWN)
  }
  if (flags & ACK && !(get(other, F_STATE) & BASE_KNOWN)) {
    set(other, F_BASE, acknowledgment - 1)
    addState(other, BASE_KNOWN)
  }
}

function analyse(
  table: u32,
  frame: i32,
  ordinal: i32,
  row: i32,
  own: usize,
  other: usize,
  first: usize,
  sequence: i32,
  acknowledgment: i32,
  flags: i32,
  window: i32,
  length: i32,
  direction: i32,
): void {
  const plain = (flags & (SYN | FIN | RST)) === 0,
    sequenceEnd = sequence + length,
    carries = length > 0 || (flags & (SYN | FIN)) !== 0
  setBases(own, other, sequence, acknowledgment, flags)
  if (flags & FIN) {
    if (get(own, F_FIN_FRAME) === 0) set(own, F_FIN_FRAME, frame)
    const theirs = get(other, F_FIN_FRAME)
    analysis |= theirs === 0 || get(own, F_FIN_FRAME) < theirs ? M_FIN_ACTIVE : M_FIN_PASSIVE
  }
  if (flags & ACK) dropState(other, FLIGHT_UNKNOWN)

  // -- what the segment says of its own direction
  const expected = get(own, F_NEXT)
  if (length === 1 && sequence === expected && get(other, F_WINDOW) === 0) {
    analysis |= A_ZERO_WINDOW_PROBE
  } else {
    if (window === 0 && plain) analysis |= A_ZERO_WINDOW
    if (expected !== 0 && !(flags & RST) && after(sequence, expected)) {
      analysis |= A_LOST_SEGMENT
      addState(own, FLIGHT_UNKNOWN)
    }
    if (plain) {
      if (length <= 1 && sequence === expected - 1) analysis |= A_KEEP_ALIVE
      if (length > 0) {
        const scale = get(other, F_SCALE)
        if (scale !== SCALE_UNKNOWN) {
          const shift = get(other, F_STATE) & WINDOW_SCALED && scale > 0 ? scale : 0
          if (sequenceEnd === get(other, F_LAST_ACK) + (get(other, F_WINDOW) << shift)) analysis |= A_WINDOW_FULL
        }
      } else if (sequence === expected) analysis |= bareAck(own, other, acknowledgment, window)
    }
  }
  if (acknowledgment !== get(own, F_LAST_ACK)) {
    set(own, F_NEW_ACK_FRAME, frame)
    set(own, F_DUPLICATE_ACKS, 0)
  }

  // -- what it says of the other direction
  const contiguous = get(other, F_CONTIGUOUS)
  if (flags & ACK && contiguous !== 0 && after(acknowledgment, contiguous)) {
    if (contiguous !== get(other, F_NEXT)) analysis |= A_ACK_LOST_SEGMENT
    else {
      // said once, until the other side shows a gap or says something new
      const quiet = (get(other, F_STATE) & ACKED_UNSEEN) !== 0 || get(other, F_DUPLICATE_ACKS) > 0
      analysis |= quiet ? M_ANALYSED : A_ACK_LOST_SEGMENT
      set(other, F_DUPLICATE_ACKS, 0)
      addState(other, ACKED_UNSEEN)
    }
    set(other, F_CONTIGUOUS, get(other, F_NEXT))
  }
  if (carries && !(analysis & A_KEEP_ALIVE))
    analysis |= repeated(frame, own, other, first, sequence, sequenceEnd, length, flags & (SYN | FIN) ? sequenceEnd + 1 : sequenceEnd)

  handshake(table, frame, first, flags, direction)

  // -- remember it
  let next = sequenceEnd
  if (analysis & A_DUPLICATE_ACK || acknowledgment !== get(own, F_LAST_ACK)) dropState(own, ACKED_UNSEEN)
  if (carries) {
    if (flags & (SYN | FIN)) next++
    if (get(own, F_UNACKED_COUNT) < MAX_UNACKED) remember(own, sequence, next, frame)
    else if (flags & (SYN | FIN)) next = sequenceEnd
  }
  if (!(analysis & A_ZERO_WINDOW_PROBE)) {
    const highest = get(own, F_NEXT)
    if (highest === 0 || after(next, highest)) {
      set(own, F_NEXT, next)
      set(own, F_NEXT_FRAME, frame)
    }
    const known = get(own, F_CONTIGUOUS)
    if (known === 0 || known === sequence) set(own, F_CONTIGUOUS, get(own, F_NEXT))
  }
  set(own, F_WINDOW, window)
  set(own, F_LAST_ACK, acknowledgment)
  set(own, F_LAST_ACK_FRAME, frame)
  if (flags & SYN) dropState(own, WINDOW_SCALED)
  else addState(own, WINDOW_SCALED)
  set(own, F_LAST_ANALYSIS, analysis & ANALYSIS_MASK)
  if (get(other, F_UNACKED) >= 0) acksFrame = acknowledge(other, acknowledgment)
  if (length > 0 && countBytes(own, other, length, flags)) analysis |= M_ANALYSED

  connection(frame, own, other, first, flags, length)
  if (flags & SYN) analysis |= extensions(own, other, first, acknowledgment, flags)
  if (analysis & ANALYSIS_MASK || acksFrame !== 0 || bytesInFlight !== 0 || pushBytes !== 0) analysis |= M_ANALYSED
  if (duplicateAckNumber !== 0 || timeoutFrame !== 0) {
    analysis |= M_RARE
    if (state(S_IS_LEAN) !== 0) return
    if (ordinal === 0) keepRare(0, frame, duplicateAckNumber, duplicateAckFrame, timeoutFrame)
    else keepRare(1, row, duplicateAckNumber, duplicateAckFrame, timeoutFrame)
  }
}

/** A segment without data at the expected number: window update, duplicate, or answer to a probe. */
function bareAck(own: usize, other: usize, acknowledgment: i32, window: i32): i32 {
  const before = get(own, F_WINDOW)
  if (acknowledgment !== get(own, F_LAST_ACK)) return 0
  if (window !== before) return window === 0 ? 0 : A_WINDOW_UPDATE
  if (window === 0) return get(other, F_LAST_ANALYSIS) & A_ZERO_WINDOW_PROBE ? A_ZERO_WINDOW_PROBE_ACK : 0
  if (get(other, F_LAST_ANALYSIS) & A_KEEP_ALIVE) return A_KEEP_ALIVE_ACK
  duplicateAckNumber = get(own, F_DUPLICATE_ACKS) + 1
  duplicateAckFrame = get(own, F_NEW_ACK_FRAME)
  set(own, F_DUPLICATE_ACKS, duplicateAckNumber)
  return A_DUPLICATE_ACK
}

/** Whether a segment repeats what was sent, or comes late. */
function repeated(frame: i32, own: usize, other: usize, first: usize, sequence: i32, sequenceEnd: i32, length: i32, next: i32): i32 {
  const expected = get(own, F_NEXT),
    acked = get(other, F_LAST_ACK)
  if (length > 0 && acked !== 0 && !after(sequenceEnd, acked)) return A_SPURIOUS_RETRANSMISSION
  if (expected === 0 || !after(expected, sequence) || (length > 1 && expected - 1 === sequence)) return 0
  const asked = get(other, F_DUPLICATE_ACKS) >= 2 || (get(other, F_STATE) & ACKED_UNSEEN) !== 0
  if (asked && acked === sequence && isSoon(get(other, F_LAST_ACK_FRAME), frame, 20 * MILLISECOND)) return A_FAST_RETRANSMISSION
  const roundTrip = initialRoundTrip(first)
  if (expected !== next && isSoon(get(own, F_NEXT_FRAME), frame, roundTrip > 0 ? roundTrip : 3 * MILLISECOND)) return A_OUT_OF_ORDER
  timeoutFrame = get(own, F_UNACKED) >= 0 ? oldestFrame(own) : get(own, F_NEXT_FRAME)
  return A_RETRANSMISSION
}

/** Whether less time lies between two frames; a capture whose times run backwards says no. */
function isSoon(from: i32, to: i32, limit: f64): bool {
  const time = elapsedBetween(from, to)
  return time >= 0 && time < limit
}

/** Round-trip time of the handshake in nanoseconds, or -1. */
function initialRoundTrip(first: usize): f64 {
  const frame = get(first, F_HANDSHAKE_FRAME)
  return frame === 0 ? -1 : elapsedBetween(get(first, F_SYN_FRAME), frame)
}

function countBytes(own: usize, other: usize, length: i32, flags: i32): bool {
  if (get(own, F_UNACKED) < 0 || get(own, F_STATE) & FLIGHT_UNKNOWN) return false
  let flight = span(own)
  const sack = get(other, F_SACK) as usize
  if (sack !== 0) {
    const count = load<i32>(sack)
    for (let i = 0; i < count; i++) flight -= load<i32>(sack + (i << 3), 8) - load<i32>(sack + (i << 3), 4)
  }
  if (flags & (SYN | FIN)) flight--
  set(own, F_PUSH_BYTES, get(own, F_STATE) & PUSH_LAST ? length : get(own, F_PUSH_BYTES) + length)
  if (flags & PSH) addState(own, PUSH_LAST)
  else dropState(own, PUSH_LAST)
  if (flight > 0 && flight < 2_000_000_000) {
    bytesInFlight = flight
    pushBytes = get(own, F_PUSH_BYTES)
  }
  return true
}

/** Times of the handshake. */
function handshake(table: u32, frame: i32, first: usize, flags: i32, direction: i32): void {
  if (flags & SYN) {
    const toServer = (flags & ACK) === 0,
      ports = portsOf(table, stream)
    set(first + FLOW_BYTES, F_SERVER_PORT, toServer === (direction === 0) ? ports & 0xffff : ports >>> 16)
  }
  if ((flags & (SYN | ACK)) === SYN) {
    if (get(first, F_HANDSHAKE_FRAME) === 0) set(first, F_SYN_FRAME, frame)
  } else if (flags & ACK && !(flags & SYN)) {
    if (get(first, F_STATE) & ROUND_TRIP_KNOWN) return
    const syn = get(first, F_SYN_FRAME)
    if (syn === 0 || isTimeless(syn) !== 0) return
    if (get(first, F_HANDSHAKE_FRAME) === 0 || initialRoundTrip(first) === 0) set(first, F_HANDSHAKE_FRAME, frame)
    if (initialRoundTrip(first) !== 0) addState(first, ROUND_TRIP_KNOWN)
  }
}

/** What is known of the connection as a whole. */
function connection(frame: i32, own: usize, other: usize, first: usize, flags: i32, length: i32): void {
  if (flags & SYN) {
    // an answer cannot agree on what was not offered; a SYN that is sent again offers anew
    if (scale >= 0 && (!(flags & ACK) || get(own, F_SCALE) !== SCALE_NONE)) setScale(own, frame, scale)
    else if (scale < 0 && !isCut && get(own, F_SCALE) === SCALE_UNKNOWN) {
      setScale(own, frame, SCALE_NONE)
      setScale(other, frame, SCALE_NONE)
    }
  }
  let sack = get(own, F_SACK) as usize
  if (sackCount > 0) {
    if (sack === 0) {
      sack = allocate(SACK_BYTES)
      set(own, F_SACK, sack as i32)
    }
    store<i32>(sack, sackCount)
    memory.copy(sack + 4, SACK_AT, sackCount << 3)
  } else if (sack !== 0) store<i32>(sack, 0)
  complete(first + FLOW_BYTES, flags, length)
}
/** A count and four ranges. */
const SACK_BYTES = 36

/** Which parts of a connection were seen. */
function complete(second: usize, flags: i32, length: i32): void {
  // tshark notes nothing of a stream's first segment unless it is a SYN
  if (isFresh && (flags & (SYN | ACK)) !== SYN) return
  let known = get(second, F_COMPLETENESS)
  // a stream that another one announced had begun before
  if (flags & SYN) known |= flags & ACK ? SEEN_SYN_ACK : isBegun ? SEEN_SYN : 0
  else if (flags & ACK) known |= length > 0 ? SEEN_DATA : SEEN_ACK
  if (flags & SYN && isFresh && length > 0) known |= SEEN_DATA
  if ((flags & (FIN | ACK)) === (FIN | ACK)) known |= SEEN_FIN
  if (flags & RST) known |= SEEN_RST
  set(second, F_COMPLETENESS, known)
}

/** TCP Fast Open (RFC 7413) and Accurate ECN (RFC 9768), which SYN and SYN/ACK agree on. */
function extensions(own: usize, other: usize, first: usize, acknowledgment: i32, flags: i32): i32 {
  if (!(flags & ACK)) {
    if ((flags & ECN_BITS) === ECN_BITS) {
      dropState(first, ECN_AGREED)
      addState(first, ECN_ASKED)
    }
    if (!hasCookie) return 0
    addState(own, TFO_COOKIE)
    return A_TFO_SYN
  }
  const answer = (flags >> 6) & 7
  if (get(first, F_STATE) & ECN_ASKED && (answer === 2 || answer === 3 || answer === 4 || answer === 6)) {
    dropState(first, ECN_ASKED)
    addState(first, ECN_AGREED)
  }
  if (!(get(other, F_STATE) & TFO_COOKIE)) return 0
  return after(acknowledgment, get(other, F_BASE) + 1) ? A_TFO_ACK : A_TFO_IGNORED
}

function setScale(flow: usize, frame: i32, scale: i32): void {
  const before = get(flow, F_SCALE)
  if (before === scale) return
  if (before !== SCALE_UNKNOWN) scaleChanges(((flow - flows) / FLOW_BYTES) as i32, frame, before, get(flow, F_SCALE_FRAME))
  set(flow, F_SCALE, scale)
  set(flow, F_SCALE_FRAME, frame)
}

/** Whether the direction's bytes go on until its FIN, as a protocol said. */
export function isUntilFin(): bool {
  return (get(flow, F_STATE) & RUNS_TO_FIN) !== 0
}
