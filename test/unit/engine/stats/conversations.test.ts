// How connections went in Zeek's letters, and bars over a conversation's life.
import { expect, test } from 'vitest'
import { connectionState, SEEN } from '../../../../src/engine/stats/connection-state'
import { LIFE_BARS, LifeBars } from '../../../../src/engine/stats/life-bars'

const { SYN, SYN_ACK, FIN, RST, OTHER } = SEEN

test.each([
  ['S0', SYN, 0, null],
  ['S1', SYN | OTHER, SYN_ACK | OTHER, null],
  ['SF', SYN | OTHER | FIN, SYN_ACK | OTHER | FIN, null],
  ['SF', SYN | OTHER | FIN | RST, SYN_ACK | OTHER | FIN, 0],
  ['REJ', SYN, RST, 1],
  ['S2', SYN | OTHER | FIN, SYN_ACK | OTHER, null],
  ['S3', SYN | OTHER, SYN_ACK | OTHER | FIN, null],
  ['RSTO', SYN | OTHER | RST, SYN_ACK | OTHER, 0],
  ['RSTR', SYN | OTHER, SYN_ACK | OTHER | RST, 1],
  ['RSTOS0', SYN | RST, 0, 0],
  ['RSTRH', SYN_ACK | RST, 0, 0],
  ['SH', SYN | FIN, 0, null],
  ['SHR', SYN_ACK | FIN, 0, null],
  ['OTH', OTHER, OTHER, null],
  ['OTH', SYN, SYN_ACK, null],
  ['SF', OTHER | FIN, OTHER | FIN, null],
] as const)('%s: side 0 sent %i, side 1 sent %i', (state, first, second, reset) => {
  expect(connectionState([first, second], reset).state).toBe(state)
})

test('a capture that begins with the SYN-ACK knows who opened the connection', () => {
  expect(connectionState([SYN_ACK | OTHER, OTHER], null)).toEqual({ state: 'OTH', client: 1 })
})

test('bars hold every byte, whatever the life of a conversation', () => {
  const bars = new LifeBars()
  const times = [0, 1e-7, 0.5, 0.25, 3, 1000, -1, 86_400]
  times.forEach((time, index) => {
    bars.add(3, index % 2 === 0 ? 0 : 1, 10 + time, 100)
  })
  const life = bars.of(3)
  const sum = (values: readonly number[] | undefined) => values?.reduce((total, value) => total + value, 0)
  expect(sum(life?.there)).toBe(400)
  expect(sum(life?.back)).toBe(400)
  expect(life?.there.length).toBeLessThanOrEqual(LIFE_BARS)
  expect(life?.there.length).toBeGreaterThan(LIFE_BARS / 2)
  expect((life?.interval ?? 0) * LIFE_BARS).toBeGreaterThan(86_400)
  expect(bars.of(2)).toBeUndefined()
})
