// A run over the records of a plain pcap file (pcap-reader.ts reads all others, and where this one ends): record columns, and the row of each packet.
import {
  ASKED_NOT,
  C_MISSING_LENGTH,
  C_NANOSECONDS,
  C_ORIGINAL_LENGTH,
  C_POSITION_HIGH,
  C_POSITION_LOW,
  C_SECONDS,
  C_STATUS,
  ROW_DONE,
  STATUS_CUT,
  S_LAST_AT,
  S_OUTCOME,
} from '../engine/core/layout'
import { set16, set32, set8 } from './columns'
import { setState } from './memory'
import { writeRow } from './row'

/** Bytes of a record's header. */
const HEADER = 16

/**
 * Reads records from [at .. limit) until one is not whole, or is odd in any way (the reader has words for it), or its packet is more than headers (state:
 * OUTCOME), or `count` were read. `position` is the place of address 0 in the file, `unit` the nanoseconds of a fraction's unit, `maximum` the longest
 * packet, `firstSeconds` the time of the capture's first packet. Returns how many packets there were; the state says where the last record begins.
 */
export function readRecords(
  at: usize,
  limit: usize,
  position: f64,
  row: i32,
  count: i32,
  isBigEndian: bool,
  unit: i32,
  maximum: i32,
  linkType: i32,
  firstSeconds: f64,
  depth: i32,
): i32 {
  const base = position as i64,
    since = firstSeconds as i64
  let done = 0,
    last = at,
    outcome = ROW_DONE
  while (done < count && at + HEADER <= limit) {
    let seconds = load<u32>(at),
      fraction = load<u32>(at, 4),
      captured = load<i32>(at, 8),
      original = load<i32>(at, 12)
    if (isBigEndian) {
      seconds = bswap(seconds)
      fraction = bswap(fraction)
      captured = bswap(captured)
      original = bswap(original)
    }
    const start = at + HEADER,
      later = (seconds as i64) - since
    if (captured < 0 || captured > maximum || original < 0 || start + captured > limit || later > i32.MAX_VALUE || later <= i32.MIN_VALUE)
      break
    const place = base + start
    set32(C_POSITION_LOW, row, place as i32)
    if (place > 0xffff_ffff) set16(C_POSITION_HIGH, row, (place >> 32) as i32)
    set32(C_SECONDS, row, later as i32)
    set32(C_NANOSECONDS, row, (fraction as i32) * unit)
    set32(C_ORIGINAL_LENGTH, row, original)
    if (captured !== original) set32(C_MISSING_LENGTH, row, original - captured)
    if (captured < original) set8(C_STATUS, row, STATUS_CUT)
    last = at
    at = start + captured
    done++
    outcome = writeRow(row, start, captured, original, linkType, depth, ASKED_NOT)
    row++
    if (outcome !== ROW_DONE) break
  }
  setState(S_LAST_AT, last as i32)
  setState(S_OUTCOME, outcome)
  return done
}
