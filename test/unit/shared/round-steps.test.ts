// Round numbers of axes: 1, 2 or 5 times a power of ten.
import { expect, it } from 'vitest'
import { roundNumbers, roundStep } from '../../../src/shared/round-steps'

it('a step is the next of 1, 2 and 5 times a power of ten', () => {
  expect([0.00012, 0.3, 1, 1.1, 2, 4.5, 6, 130_000].map(roundStep)).toEqual([0.0002, 0.5, 1, 2, 2, 5, 10, 200_000])
})

it('an axis has at most as many numbers as fit, all of them round', () => {
  expect(roundNumbers(0, 6.3, 7, false)).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(roundNumbers(0.45, 1.9, 4, false)).toEqual([0.5, 1, 1.5])
  expect(roundNumbers(0, 2, 5, true)).toEqual([0, 1, 2])
  expect(roundNumbers(3, 3, 5, false)).toEqual([])
})
