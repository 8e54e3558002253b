import { describe, expect, it } from 'vitest'
import {
  bucketOfPacket,
  findGaps,
  niceStep,
  rangeFilter,
  tickLabel,
  ticks,
  withoutRange,
} from '../../../../../src/renderer/views/packets/overview-model'

const bucket = (count: number, firstPacket = 0): { counts: number[]; bytes: number; problems: number; firstPacket: number } => ({
  counts: [count],
  bytes: 0,
  problems: 0,
  firstPacket,
})

describe('overview', () => {
  it('names gaps between packets, not the empty ends', () => {
    const buckets = [0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0].map((count) => bucket(count))
    expect(findGaps(buckets, 0.2)).toEqual([{ from: 4 / 11, to: 8 / 11 }])
    expect(findGaps(buckets, 0.5)).toEqual([])
  })

  it('puts ticks at round times', () => {
    expect(ticks(0, 5.155, 1300, 240)).toEqual([0, 1, 2, 3, 4, 5])
    expect(ticks(0, 0, 1300, 240)).toEqual([])
    expect([0.003, 0.7, 7, 40, 70, 4000].map(niceStep)).toEqual([0.005, 1, 10, 50, 120, 7200])
  })

  it('labels ticks in the unit of their step', () => {
    expect([tickLabel(2, 1), tickLabel(0.25, 0.05), tickLabel(0.0002, 0.0001), tickLabel(0, 0.1), tickLabel(3725, 60)]).toEqual([
      '2 s',
      '250 ms',
      '200 µs',
      '0 s',
      '1:02:05',
    ])
  })

  it('knows in which bucket a packet lies', () => {
    const buckets = [bucket(3, 1), bucket(0), bucket(2, 4)]
    expect([1, 3, 4, 99].map((number) => bucketOfPacket(buckets, number))).toEqual([0, 0, 2, 2])
  })

  it('adds a time range to the filter and replaces an earlier one', () => {
    expect(rangeFilter('', 0.5, 1.25)).toBe('frame.time_relative >= 0.5 && frame.time_relative <= 1.25')
    expect(rangeFilter('tcp', 0.5, 1)).toBe('tcp && frame.time_relative >= 0.5 && frame.time_relative <= 1')
    expect(rangeFilter('tcp || udp', 0, 1)).toBe('(tcp || udp) && frame.time_relative >= 0 && frame.time_relative <= 1')
    expect(rangeFilter(rangeFilter('tcp', 0.5, 1), 2, 3)).toBe('tcp && frame.time_relative >= 2 && frame.time_relative <= 3')
    expect(withoutRange(rangeFilter('', 0.5, 1))).toBe('')
  })
})
