import { describe, expect, it } from 'vitest'
import type { HttpLane } from '../../../../../src/shared/contract'
import { limitStretches, placeOf, ticksOf, visiblePart } from '../../../../../src/renderer/views/http/clock'

describe('the clock of the waterfall', () => {
  it('puts moments in percent and cuts stretches at its ends', () => {
    expect(placeOf({ from: 10, to: 20 }, 15)).toBe(50)
    expect(visiblePart({ from: 10, to: 20 }, 8, 12)).toEqual({ left: 0, width: 20 })
    expect(visiblePart({ from: 10, to: 20 }, 21, 22)).toBeNull()
    expect(placeOf({ from: 1, to: 1 }, 1)).toBe(0)
  })
  it('has marks that are round from its origin', () => {
    expect(ticksOf({ from: 100.1, to: 100.95 }, 100, 5).map((tick) => Number((tick - 100).toFixed(6)))).toEqual([0.2, 0.4, 0.6, 0.8])
    expect(ticksOf({ from: 5, to: 5 }, 0, 5)).toEqual([])
    // minutes and hours are no hundreds of seconds
    expect(ticksOf({ from: 0, to: 100 }, 0, 4)).toEqual([0, 30, 60, 90])
    expect(ticksOf({ from: 0, to: 1600 }, 0, 4)).toEqual([0, 600, 1200])
    expect(ticksOf({ from: 0, to: 5 * 3600 }, 0, 5)).toEqual([0, 1, 2, 3, 4, 5].map((hours) => hours * 3600))
    expect(ticksOf({ from: 0, to: 1e9 }, 0, 4).length).toBeLessThan(7)
  })
})

describe('the limit of connections', () => {
  const lane = (stream: number, opened: number, ...requests: readonly (readonly [number, number])[]): HttpLane => ({
    stream,
    client: `10.0.0.1:${5000 + stream}`,
    opening: { from: 0, to: opened },
    requests: requests.map(([from, to], id) => ({ id, frame: id + 1, name: 'x', from, to })),
  })

  it('is reached while all are busy at once, and is not what delays while all are free', () => {
    const lanes = [lane(1, 1, [2, 5], [9, 12]), lane(2, 1, [3, 6], [10, 11])]
    expect(limitStretches(lanes, 2)).toEqual([
      { kind: 'free', from: 1, to: 2 },
      { kind: 'busy', from: 3, to: 5 },
      { kind: 'free', from: 6, to: 9 },
      { kind: 'busy', from: 10, to: 11 },
    ])
  })
  it('stays reached when the next request leaves as an answer ends', () => {
    expect(limitStretches([lane(1, 1, [2, 4], [4, 6]), lane(2, 1, [1, 8])], 2)).toEqual([{ kind: 'busy', from: 2, to: 6 }])
  })
  it('means nothing with fewer connections', () => {
    expect(limitStretches([lane(1, 1, [2, 4])], 2)).toEqual([])
  })
})
