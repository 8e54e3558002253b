// The segments of a flow that were not acknowledged yet: a linked list from the newest to the oldest, in a pool with a list of free places.
import { F_BASE, F_OLDEST, F_SPAN_END, F_SPAN_START, F_STATE, F_UNACKED, F_UNACKED_COUNT, SPAN_UNKNOWN } from '../engine/core/layout'
import { allocate, withRoom } from './memory'

/** Words of a segment: first sequence number and the one behind the last, frame, next older segment. */
const START: usize = 0,
  END: usize = 4,
  FRAME: usize = 8,
  LINK: usize = 12,
  SIZE: i32 = 16

/** A place is an offset in the pool, which moves when it grows. */
let pool: usize = 0
let room: i32 = 256 * SIZE
let used: i32 = 0
let free: i32 = -1

/** Makes the pool. */
export function makePool(): void {
  pool = allocate(room)
}

function after(a: i32, b: i32): bool {
  return a - b > 0
}
function flowWord(flow: usize, word: i32): i32 {
  return load<i32>(flow + (word << 2))
}
function setFlowWord(flow: usize, word: i32, value: i32): void {
  store<i32>(flow + (word << 2), value)
}

/** Adds a segment, which ends before `end`, to the list of a flow. */
export function remember(flow: usize, sequence: i32, end: i32, frame: i32): void {
  const newest = flowWord(flow, F_UNACKED)
  let place = free
  if (place >= 0) free = load<i32>(pool + place, LINK)
  else {
    place = used
    used += SIZE
    if (place === room) {
      pool = withRoom(pool, room)
      room *= 4
    }
  }
  const at = pool + place
  store<i32>(at, sequence, START)
  store<i32>(at, end, END)
  store<i32>(at, frame, FRAME)
  store<i32>(at, newest, LINK)
  setFlowWord(flow, F_UNACKED, place)
  setFlowWord(flow, F_UNACKED_COUNT, flowWord(flow, F_UNACKED_COUNT) + 1)
  const flags = flowWord(flow, F_STATE)
  if (newest < 0) {
    setFlowWord(flow, F_OLDEST, place)
    setFlowWord(flow, F_SPAN_START, sequence)
    setFlowWord(flow, F_SPAN_END, end)
    setFlowWord(flow, F_STATE, flags & ~SPAN_UNKNOWN)
  } else if (!(flags & SPAN_UNKNOWN)) widen(flow, sequence, end)
}

/** Widens the known span by a segment. */
function widen(flow: usize, sequence: i32, end: i32): void {
  const base = flowWord(flow, F_BASE)
  if (((sequence - base) as u32) < ((flowWord(flow, F_SPAN_START) - base) as u32)) setFlowWord(flow, F_SPAN_START, sequence)
  if (((end - base) as u32) > ((flowWord(flow, F_SPAN_END) - base) as u32)) setFlowWord(flow, F_SPAN_END, end)
}

/** Takes acknowledged segments off the list of a flow. Returns the frame of the one that the number acknowledges exactly; 0 when none. */
export function acknowledge(flow: usize, acknowledgment: i32): i32 {
  const base = flowWord(flow, F_BASE)
  let previous = -1,
    frame = 0,
    from = 0,
    to = 0
  for (let place = flowWord(flow, F_UNACKED); place >= 0;) {
    const at = pool + place,
      link = load<i32>(at, LINK),
      end = load<i32>(at, END)
    if (after(end, acknowledgment)) {
      if (after(acknowledgment, load<i32>(at, START))) store<i32>(at, acknowledgment, START)
      const start = load<i32>(at, START)
      if (previous < 0) {
        from = start
        to = end
      } else {
        if (((start - base) as u32) < ((from - base) as u32)) from = start
        if (((end - base) as u32) > ((to - base) as u32)) to = end
      }
      previous = place
    } else {
      if (end === acknowledgment) frame = load<i32>(at, FRAME)
      if (previous < 0) setFlowWord(flow, F_UNACKED, link)
      else store<i32>(pool + previous, link, LINK)
      setFlowWord(flow, F_UNACKED_COUNT, flowWord(flow, F_UNACKED_COUNT) - 1)
      store<i32>(at, free, LINK)
      free = place
    }
    place = link
  }
  setFlowWord(flow, F_OLDEST, previous)
  setFlowWord(flow, F_SPAN_START, from)
  setFlowWord(flow, F_SPAN_END, to)
  return frame
}

/** Bytes from the first to the last unacknowledged one of a flow whose list is not empty. */
export function span(flow: usize): i32 {
  if (flowWord(flow, F_STATE) & SPAN_UNKNOWN) measure(flow)
  return flowWord(flow, F_SPAN_END) - flowWord(flow, F_SPAN_START)
}

/** Finds the span of a list that is not empty. */
function measure(flow: usize): void {
  let place = flowWord(flow, F_UNACKED)
  setFlowWord(flow, F_SPAN_START, load<i32>(pool + place, START))
  setFlowWord(flow, F_SPAN_END, load<i32>(pool + place, END))
  setFlowWord(flow, F_STATE, flowWord(flow, F_STATE) & ~SPAN_UNKNOWN)
  for (place = load<i32>(pool + place, LINK); place >= 0; place = load<i32>(pool + place, LINK))
    widen(flow, load<i32>(pool + place, START), load<i32>(pool + place, END))
}

/** Frame of the oldest unacknowledged segment of a flow whose list is not empty. */
export function oldestFrame(flow: usize): i32 {
  return load<i32>(pool + flowWord(flow, F_OLDEST), FRAME)
}
