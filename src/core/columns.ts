// Columns by row, in chunks that are made where something other than zero is written. The engine reads and writes the same chunks.
import { CHUNK_BITS, C_FIRST_OF_16, C_FIRST_OF_8, DIRECTORY_AT, DIRECTORY_BITS } from '../engine/core/layout'
import { chunkMade } from './engine'
import { allocate } from './memory'

const CHUNK_ROWS = 1 << CHUNK_BITS
const MASK = CHUNK_ROWS - 1
/** Chunks lie this much more than their size apart: else the rows of all columns would share one set of lines of the processor's cache. */
const LINE = 64

/** Chunks that were freed, by width: a list whose links are their first words. */
let free4: usize = 0
let free2: usize = 0
let free1: usize = 0

function entry(column: i32, index: i32): usize {
  return DIRECTORY_AT + ((((index as usize) << DIRECTORY_BITS) + column) << 2)
}

/** The chunk of a column, made when there is none. */
export function makeChunk(column: i32, index: i32): u32 {
  const place = entry(column, index)
  let chunk: usize = load<u32>(place)
  if (chunk !== 0) return chunk as u32
  if (column < C_FIRST_OF_16) {
    if (free4 !== 0) {
      chunk = free4
      free4 = load<u32>(chunk)
      memory.fill(chunk, 0, CHUNK_ROWS << 2)
    } else chunk = allocate((CHUNK_ROWS << 2) + LINE)
  } else if (column < C_FIRST_OF_8) {
    if (free2 !== 0) {
      chunk = free2
      free2 = load<u32>(chunk)
      memory.fill(chunk, 0, CHUNK_ROWS << 1)
    } else chunk = allocate((CHUNK_ROWS << 1) + LINE)
  } else if (free1 !== 0) {
    chunk = free1
    free1 = load<u32>(chunk)
    memory.fill(chunk, 0, CHUNK_ROWS)
  } else chunk = allocate(CHUNK_ROWS + LINE)
  store<u32>(place, chunk as u32)
  chunkMade(column, index, chunk as u32)
  return chunk as u32
}

/** Gives a chunk back; its rows read as 0. */
export function freeChunk(column: i32, index: i32): void {
  const place = entry(column, index),
    chunk: usize = load<u32>(place)
  if (chunk === 0) return
  store<u32>(place, 0)
  if (column < C_FIRST_OF_16) {
    store<u32>(chunk, free4 as u32)
    free4 = chunk
  } else if (column < C_FIRST_OF_8) {
    store<u32>(chunk, free2 as u32)
    free2 = chunk
  } else {
    store<u32>(chunk, free1 as u32)
    free1 = chunk
  }
}

/** A row of a column of 32 bits. */
export function get32(column: i32, row: i32): i32 {
  const chunk: usize = load<u32>(entry(column, row >>> CHUNK_BITS))
  return chunk === 0 ? 0 : load<i32>(chunk + ((row & MASK) << 2))
}

/** Sets a row of a column of 32, 16 or 8 bits. A stretch of zeros costs nothing. */
export function set32(column: i32, row: i32, value: i32): void {
  let chunk: usize = load<u32>(entry(column, row >>> CHUNK_BITS))
  if (chunk === 0) {
    if (value === 0) return
    chunk = makeChunk(column, row >>> CHUNK_BITS)
  }
  store<i32>(chunk + ((row & MASK) << 2), value)
}
export function set16(column: i32, row: i32, value: i32): void {
  let chunk: usize = load<u32>(entry(column, row >>> CHUNK_BITS))
  if (chunk === 0) {
    if (value === 0) return
    chunk = makeChunk(column, row >>> CHUNK_BITS)
  }
  store<u16>(chunk + ((row & MASK) << 1), value as u16)
}
export function set8(column: i32, row: i32, value: i32): void {
  let chunk: usize = load<u32>(entry(column, row >>> CHUNK_BITS))
  if (chunk === 0) {
    if (value === 0) return
    chunk = makeChunk(column, row >>> CHUNK_BITS)
  }
  store<u8>(chunk + (row & MASK), value as u8)
}
