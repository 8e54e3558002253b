// Values that few segments have, in the order of their keys (which only grow), so that a binary search finds them. See RareTable.
import { RARE_WORDS, S_RARE, S_RARE_COUNT } from '../engine/core/layout'
import { allocate, setState, state, withRoom } from './memory'

const ROW_BYTES = RARE_WORDS << 2
const FIRST_ROOM = 64

/** Rows that there is room for, by set (0 = first headers, 1 = further ones). */
let mainRoom: i32 = 0
let furtherRoom: i32 = 0

/** Keeps the values of the segment with a key: a frame in the main set, a row in the set of further headers. */
export function keepRare(set: i32, key: i32, duplicateAckNumber: i32, duplicateAckFrame: i32, timeoutFrame: i32): void {
  const count = state(S_RARE_COUNT + set),
    room = set === 0 ? mainRoom : furtherRoom
  if (count === room) {
    setState(S_RARE + set, (room === 0 ? allocate(FIRST_ROOM * ROW_BYTES) : withRoom(state(S_RARE + set), room * ROW_BYTES)) as i32)
    if (set === 0) mainRoom = max(FIRST_ROOM, room * 4)
    else furtherRoom = max(FIRST_ROOM, room * 4)
  }
  const at = (state(S_RARE + set) as usize) + count * ROW_BYTES
  store<i32>(at, key)
  store<i32>(at, duplicateAckNumber, 4)
  store<i32>(at, duplicateAckFrame, 8)
  store<i32>(at, timeoutFrame, 12)
  setState(S_RARE_COUNT + set, count + 1)
}
