import { describe, expect, it } from 'vitest'
import { placeOf, ticksOf, visiblePart } from '../../../../../src/renderer/views/http/clock'

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
