// The numbers of the datagrams of scripts/bench/packet-sender.mjs in a capture file, as far as it is whole.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { memorySource } from '../../src/engine/bytes/byte-source'
import { openCapture } from '../../src/engine/capture/open'

/** Ethernet, IPv4 and UDP headers. */
const HEADERS = 42

/** Numbers in order; `size` limits it to what the file held at a moment. */
export function sequenceIn(path: string, size = existsSync(path) ? statSync(path).size : 0): number[] {
  const reader = openCapture(memorySource(new Uint8Array(readFileSync(path).subarray(0, size)), path))
  const numbers: number[] = []
  while (reader.next() === 'packet') {
    const at = reader.start + HEADERS
    numbers.push(new DataView(reader.buffer.buffer, reader.buffer.byteOffset).getUint32(at))
  }
  return numbers
}

/** Whether numbers are 0, 1, 2 … without a gap. */
export function isGapless(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => number === index)
}
