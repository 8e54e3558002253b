// Memory of the core: shared out once and never moved, since the engine looks at the same bytes.
import { MOST_PAGES, PAGE, STATE_AT, S_USED } from '../engine/core/layout'
import { full, grown } from './engine'

/** Pages that are asked for at once, at least. */
const STEP = 256
const LINE: usize = 64

let next: usize = 0
let end: usize = 0

/** The memory from `at` on is the core's. */
export function useMemory(at: u32): void {
  next = (at + LINE - 1) & ~(LINE - 1)
  end = (memory.size() as usize) * PAGE
}

/** Fresh bytes, all zero, at the start of a line of the processor's cache. */
export function allocate(bytes: usize): usize {
  const at = next,
    size = (bytes + LINE - 1) & ~(LINE - 1)
  while (size > end - at) grow(size - (end - at))
  next = at + size
  setState(S_USED, state(S_USED) + (size as i32))
  return at
}

/** The numbers of a table in a place with room for four times as many bytes. Four times, since the system gives memory page by page when it is first
 *  touched: room that is never used costs next to nothing, and copying into fresh pages is what growing costs. */
export function withRoom(at: usize, bytes: usize): usize {
  const larger = allocate(bytes * 4)
  memory.copy(larger, at, bytes)
  return larger
}

function grow(least: usize): void {
  const pages = memory.size(),
    need = max<i32>(STEP, (((least as u64) + PAGE - 1) / PAGE) as i32)
  // the last page is left alone: addresses stay below 4 GB
  if (pages + need >= MOST_PAGES || memory.grow(need) < 0) {
    full()
    unreachable()
  }
  end = ((pages + need) as usize) * PAGE
  grown()
}

/** A word of the state. */
export function state(word: i32): i32 {
  return load<i32>(STATE_AT + ((word as usize) << 2))
}
export function setState(word: i32, value: i32): void {
  store<i32>(STATE_AT + ((word as usize) << 2), value)
}
