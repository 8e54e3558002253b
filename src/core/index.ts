// The index core: what every packet of a capture costs, compiled to WebAssembly (AssemblyScript). The engine's side is src/engine/core.
import { makeAddresses } from './addresses'
import { useMemory } from './memory'
import { takeOptions } from './options'
import { makeFlows, segment } from './tracker'
import { makePool } from './unacked'

export { appendAddress, intern, ipv4 } from './addresses'
export { freeChunk, makeChunk } from './columns'
export { allocate } from './memory'
export { readRecords } from './records'
export { useTables, writeRow } from './row'
export { createStream, directionOf, findStream, makeTable, place } from './streams'

/** Makes the tables of a capture in the memory from `at` on. Once, before everything else. */
export function begin(at: u32): void {
  useMemory(at)
  makeAddresses()
  makePool()
  makeFlows()
}

/** segment() with options that the engine has read. */
export function segmentWithOptions(
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
  takeOptions()
  segment(
    table,
    frame,
    ordinal,
    row,
    source,
    sourcePort,
    destination,
    destinationPort,
    sequence,
    acknowledgment,
    flags,
    window,
    length,
    isQuoted,
  )
}
