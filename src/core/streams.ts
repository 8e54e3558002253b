// Conversations of transport protocols: pairs of (address, port), numbered in order of appearance. See StreamTable.
import {
  C_PREVIOUS,
  C_STREAM,
  STREAM_BITS,
  STREAM_DESTINATION,
  STREAM_FIRST_FRAME,
  STREAM_LAST_FRAME,
  STREAM_PORTS,
  STREAM_REMEMBERED,
  STREAM_SOURCE,
  S_ANNOUNCED,
  S_PLACED_FRAME,
  S_PREVIOUS_FRAME,
  TABLE_WORDS,
  T_COUNT,
  T_MASK,
  T_ROOM,
  T_SLOTS,
  T_STREAMS,
  T_TRANSPORT,
  T_USED,
} from '../engine/core/layout'
import { streamBegins } from './engine'
import { set32 } from './columns'
import { allocate, setState, state, withRoom } from './memory'

/** Whether the stream that was created last had been announced. */
export let wasAnnounced: bool = false

const STREAM_BYTES = 4 << STREAM_BITS

function word(table: usize, index: i32): i32 {
  return load<i32>(table + (index << 2))
}
function setWord(table: usize, index: i32, value: i32): void {
  store<i32>(table + (index << 2), value)
}
function streamAt(table: usize, stream: i32): usize {
  return (word(table, T_STREAMS) as usize) + (stream << (STREAM_BITS + 2))
}

/** A new table; `transport` is told to the engine when one of its streams begins. */
export function makeTable(transport: i32): u32 {
  const table = allocate(TABLE_WORDS << 2)
  setWord(table, T_TRANSPORT, transport)
  setWord(table, T_ROOM, 64)
  setWord(table, T_STREAMS, allocate(64 * STREAM_BYTES) as i32)
  setWord(table, T_MASK, 127)
  setWord(table, T_SLOTS, allocate(128 << 2) as i32)
  return table as u32
}

/** Symmetric in its two endpoints. */
function hash(source: i32, sourcePort: i32, destination: i32, destinationPort: i32): i32 {
  const a = (source ^ (sourcePort * 0x85ebca6b)) * 0x9e3779b1,
    b = (destination ^ (destinationPort * 0x85ebca6b)) * 0x9e3779b1
  let h = a + b
  h ^= h >>> 16
  h *= 0x7feb352d
  return h ^ (h >>> 15)
}

function slotOf(table: usize, source: i32, sourcePort: i32, destination: i32, destinationPort: i32): usize {
  const slots = word(table, T_SLOTS) as usize,
    mask = word(table, T_MASK),
    there = (sourcePort << 16) | destinationPort,
    back = (destinationPort << 16) | sourcePort
  let slot = hash(source, sourcePort, destination, destinationPort) & mask
  while (true) {
    const place = slots + (slot << 2),
      stream = load<i32>(place)
    if (stream === 0) return place
    const at = streamAt(table, stream - 1),
      a = load<i32>(at, STREAM_SOURCE << 2),
      b = load<i32>(at, STREAM_DESTINATION << 2),
      ports = load<i32>(at, STREAM_PORTS << 2)
    if ((a === source && b === destination && ports === there) || (a === destination && b === source && ports === back)) return place
    slot = (slot + 1) & mask
  }
}

/** The latest stream between two endpoints, in either direction; -1 when there is none. */
export function findStream(table: u32, source: i32, sourcePort: i32, destination: i32, destinationPort: i32): i32 {
  return load<i32>(slotOf(table, source, sourcePort, destination, destinationPort)) - 1
}

/** Starts a stream between two endpoints; it is the one that findStream() answers from now on. */
export function createStream(table: u32, source: i32, sourcePort: i32, destination: i32, destinationPort: i32, frame: i32): i32 {
  const stream = word(table, T_COUNT),
    room = word(table, T_ROOM)
  setWord(table, T_COUNT, stream + 1)
  if (stream === room) {
    setWord(table, T_STREAMS, withRoom(word(table, T_STREAMS), room * STREAM_BYTES) as i32)
    setWord(table, T_ROOM, room * 4)
  }
  const at = streamAt(table, stream)
  store<i32>(at, source, STREAM_SOURCE << 2)
  store<i32>(at, destination, STREAM_DESTINATION << 2)
  store<i32>(at, (sourcePort << 16) | destinationPort, STREAM_PORTS << 2)
  store<i32>(at, frame, STREAM_FIRST_FRAME << 2)
  const place = slotOf(table, source, sourcePort, destination, destinationPort)
  if (load<i32>(place) === 0) setWord(table, T_USED, word(table, T_USED) + 1)
  store<i32>(place, stream + 1)
  if (word(table, T_USED) * 2 > word(table, T_MASK) + 1) rehash(table)
  wasAnnounced = state(S_ANNOUNCED) > 0 && streamBegins(word(table, T_TRANSPORT), stream) !== 0
  return stream
}

function rehash(table: usize): void {
  const old = word(table, T_SLOTS) as usize,
    before = word(table, T_MASK) + 1
  setWord(table, T_SLOTS, allocate(before << 4) as i32)
  setWord(table, T_MASK, before * 4 - 1)
  for (let i = 0; i < before; i++) {
    const stream = load<i32>(old + (i << 2))
    if (stream === 0) continue
    const at = streamAt(table, stream - 1),
      ports = load<i32>(at, STREAM_PORTS << 2)
    store<i32>(slotOf(table, load<i32>(at), ports >>> 16, load<i32>(at, STREAM_DESTINATION << 2), ports & 0xffff), stream)
  }
}

/** 0 for packets sent like the stream's first packet, 1 for the others. */
export function directionOf(table: u32, stream: i32, source: i32, sourcePort: i32): i32 {
  const at = streamAt(table, stream)
  return load<i32>(at) === source && load<i32>(at, STREAM_PORTS << 2) >>> 16 === sourcePort ? 0 : 1
}

/** Ports of the sender and the receiver of a stream's first packet, the sender's in the upper half. */
export function portsOf(table: u32, stream: i32): i32 {
  return load<i32>(streamAt(table, stream), STREAM_PORTS << 2)
}

/** Whether a protocol is remembered for a stream. */
export function isRemembered(table: u32, stream: i32): bool {
  return load<i32>(streamAt(table, stream), STREAM_REMEMBERED << 2) !== 0
}

/** Puts a header into a stream: the frame's first where `ordinal` is 0, whose place is kept in columns. The frame before it in the stream is told in the state. */
export function place(table: u32, frame: i32, ordinal: i32, stream: i32): void {
  const at = streamAt(table, stream),
    previous = load<i32>(at, STREAM_LAST_FRAME << 2)
  store<i32>(at, frame, STREAM_LAST_FRAME << 2)
  setState(S_PREVIOUS_FRAME, previous)
  if (ordinal > 0) return
  setState(S_PLACED_FRAME, frame)
  set32(C_STREAM, frame - 1, stream + 1)
  if (previous > 0) set32(C_PREVIOUS, frame - 1, previous)
}
