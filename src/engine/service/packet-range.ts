// Packet numbers as a person writes them: "1-100,205,300-".
import { TraceError } from '../../shared/errors'

/** Inclusive ranges in ascending order, not overlapping; an open end is Infinity. */
export type PacketRanges = readonly (readonly [first: number, last: number])[]

/** Reads a range text. Throws 'rpc/bad-argument' that quotes the part that is wrong. */
export function parsePacketRange(text: string): PacketRanges {
  const ranges: [number, number][] = []
  for (const part of text.split(',')) {
    const trimmed = part.trim()
    if (trimmed === '') continue
    const match = /^(\d+)?(?:\s*(-)\s*(\d+)?)?$/.exec(trimmed)
    const [, first, dash, last] = match ?? []
    if (match === null || (first === undefined && last === undefined)) throw wrong(trimmed)
    const from = first === undefined ? 1 : Number(first)
    const to = last !== undefined ? Number(last) : dash === undefined ? from : Infinity
    if (from < 1 || from > to || !Number.isSafeInteger(from)) throw wrong(trimmed)
    ranges.push([from, to])
  }
  if (ranges.length === 0) throw new TraceError('rpc/bad-argument', 'The range names no packet. Write for example 1-100,205,300-.')
  ranges.sort((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const range of ranges) {
    const before = merged.at(-1)
    if (before !== undefined && range[0] <= before[1] + 1) before[1] = Math.max(before[1], range[1])
    else merged.push(range)
  }
  return merged
}

/** True when a number is in one of the ranges. */
export function inRanges(ranges: PacketRanges, number: number): boolean {
  return ranges.some(([first, last]) => number >= first && number <= last)
}

function wrong(part: string): TraceError {
  return new TraceError('rpc/bad-argument', `"${part}" is no range of packets. Write for example 1-100,205,300-.`)
}
