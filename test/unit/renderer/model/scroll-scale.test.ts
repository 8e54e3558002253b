import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { centerRow, MAX_ELEMENT_HEIGHT, revealRow, scrollScale } from '../../../../src/renderer/model/scroll-scale'

describe('scrollScale', () => {
  it('is the identity for lists that fit into an element', () => {
    const scale = scrollScale(1000, 22, 500)
    expect([scale.scaled, scale.elementHeight, scale.maxTop]).toEqual([false, 22_000, 21_500])
    expect([scale.toList(777), scale.toElement(777)]).toEqual([777, 777])
  })

  it('never makes an element higher than browsers can draw', () => {
    for (const rows of [10_000_000, 100_000_000, 1_000_000_000]) {
      expect(scrollScale(rows, 26, 700).elementHeight).toBe(MAX_ELEMENT_HEIGHT)
    }
  })

  it('maps both ends of a scaled element to both ends of the list', () => {
    const scale = scrollScale(10_000_000, 22, 700)
    expect(scale.toList(0)).toBe(0)
    expect(scale.toList(scale.elementHeight - 700)).toBeCloseTo(scale.maxTop, 3)
    expect(scale.toElement(scale.maxTop)).toBeCloseTo(scale.elementHeight - 700, 3)
  })

  it('returns to the same row after a round trip through the element', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50_000_000 }),
        fc.integer({ min: 100, max: 2000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rows, viewport, share) => {
          const scale = scrollScale(rows, 22, viewport)
          const top = scale.maxTop * share
          expect(scale.toList(scale.toElement(top))).toBeCloseTo(top, 3)
        },
      ),
    )
  })

  it('has nothing to scroll when the list is shorter than the view', () => {
    const scale = scrollScale(3, 22, 500)
    expect([scale.maxTop, scale.clamp(80), scale.clamp(-5)]).toEqual([0, 0, 0])
  })
})

describe('revealing a row', () => {
  it('does not move when the row is in view', () => {
    expect(revealRow(10, 200, 22, 500)).toBe(200)
  })

  it('moves just enough up or down', () => {
    expect(revealRow(3, 200, 22, 500)).toBe(66)
    expect(revealRow(40, 200, 22, 500)).toBe(41 * 22 - 500)
  })

  it('keeps a margin of rows where there is room', () => {
    expect(revealRow(3, 200, 22, 500, 2)).toBe(22)
    expect(revealRow(0, 200, 22, 500, 2)).toBe(0)
  })

  it('centres a row, but not above the first', () => {
    expect(centerRow(100, 20, 400)).toBe(2000 - 190)
    expect(centerRow(2, 20, 400)).toBe(0)
  })
})
