// Segments of one direction in the order of their bytes, against the plainest way to do it: look through all that waits for the first that fits.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FollowChunk } from '../../../../src/engine/stream/followed-stream'
import { Direction } from '../../../../src/engine/stream/put-in-order'

interface Segment {
  readonly at: number
  readonly length: number
}
type Step = Segment | { readonly acknowledged: number }

/** Close to where sequence numbers begin anew. */
const BASE = 0xffff_fff0 | 0

function ordered(steps: readonly Step[]): FollowChunk[] {
  const chunks: FollowChunk[] = [],
    direction = new Direction(0, chunks)
  steps.forEach((step, index) => {
    if ('at' in step) direction.add(index + 1, (BASE + step.at) | 0, step.length, false, step.length)
    else direction.acknowledged(index + 1, (BASE + step.acknowledged) | 0)
  })
  return chunks
}

/** The same by looking through a list; counts bytes from BASE. */
function plainly(steps: readonly Step[]): FollowChunk[] {
  const chunks: FollowChunk[] = []
  let next: number | undefined,
    waiting: (Segment & { frame: number })[] = []
  const take = ({ at, length }: Segment, frame: number): void => {
    const skip = (next ?? at) - at
    if (length > skip) {
      chunks.push({ side: 0, frame, skip, length: length - skip, missing: 0 })
      next = at + length
    }
  }
  const takeWaiting = (): void => {
    for (let one; (one = waiting.find(({ at }) => at <= (next ?? 0)));) {
      const taken = one
      waiting = waiting.filter((other) => other !== taken)
      take(taken, taken.frame)
    }
  }
  steps.forEach((step, index) => {
    const frame = index + 1
    if ('at' in step) {
      if (next === undefined) {
        next = step.at
        take(step, frame)
      } else if (step.at > next) waiting.push({ ...step, frame })
      else {
        take(step, frame)
        takeWaiting()
      }
      return
    }
    takeWaiting()
    while (waiting.length > 0) {
      const least = Math.min(...waiting.map(({ at }) => at))
      if (step.acknowledged <= least) break
      chunks.push({ side: 0, frame, skip: 0, length: 0, missing: least - (next ?? 0) })
      next = least
      takeWaiting()
    }
  })
  return chunks
}

test('late, repeated and overlapping segments and gaps are told as by looking through all that waits', () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ at: fc.nat(60), length: fc.integer({ min: 1, max: 12 }) }) },
    { weight: 1, arbitrary: fc.record({ acknowledged: fc.nat(80) }) },
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const all: Step[] = [{ at: 0, length: 3 }, ...steps]
      expect(ordered(all)).toEqual(plainly(all))
    }),
  )
})

test('a long stream with a gap that is acknowledged only at its end is followed', () => {
  const steps: Step[] = [{ at: 0, length: 10 }]
  for (let index = 0; index < 200_000; index++) steps.push({ at: 20 + index * 10, length: 10 }, { acknowledged: 10 })
  steps.push({ acknowledged: 20 + 200_000 * 10 })
  const chunks = ordered(steps)
  expect(chunks.length).toBe(200_002)
  expect(chunks[1]).toEqual({ side: 0, frame: steps.length, skip: 0, length: 0, missing: 10 })
})
