// Series of a real transfer with losses: 400,000 bytes from the server, captured at the client.
import path from 'node:path'
import { expect, test } from 'vitest'
import { tcpSeries } from '../../../../src/engine/stats/tcp-series'
import { openTrace } from '../../../support/open-trace'

const trace = openTrace(path.join(import.meta.dirname, '../../../captures/tcp-states/bulk-loss.pcap'))

test('sequence numbers, acknowledgments and the window end where the transfer ends', () => {
  const series = tcpSeries(trace, 0, 1, undefined, 5000)
  expect(series.segments.at(-1)).toMatchObject({ frame: 537, high: 400_001 })
  expect(series.acknowledged.at(-1)).toMatchObject({ frame: 538, value: 400_002 })
  expect(series.segments.filter(({ kind }) => kind === 'retransmission').map(({ frame }) => frame)).toEqual([56, 100])
  expect(series.window[0]).toMatchObject({ frame: 5, value: 64_512 })
})

test('round trips are those of the direction asked for', () => {
  const client = tcpSeries(trace, 0, 0, undefined, 5000)
  expect(client.roundTrips.map(({ frame }) => frame)).toEqual([4, 7, 539])
  for (const { value } of client.roundTrips) expect(value).toBeCloseTo(20.6, 0)
})

test('throughput adds up to the bytes that were sent', () => {
  const { throughput, interval } = tcpSeries(trace, 0, 1, undefined, 5000)
  const bytes = throughput.reduce((sum, { value }) => sum + (value * interval) / 8, 0)
  expect(Math.round(bytes)).toBeGreaterThanOrEqual(400_000)
})

test('thinned out, the highest value and every repeated segment stay', () => {
  const whole = tcpSeries(trace, 0, 1, undefined, 5000)
  const thin = tcpSeries(trace, 0, 1, undefined, 40)
  expect(thin.window.length).toBeLessThan(60)
  const highest = (points: readonly { readonly value: number }[]) => Math.max(...points.map(({ value }) => value))
  expect(highest(thin.window)).toBe(highest(whole.window))
  expect(thin.segments.filter(({ kind }) => kind !== 'data')).toEqual(whole.segments.filter(({ kind }) => kind !== 'data'))
})

test('a range shows that part alone', () => {
  const { segments } = tcpSeries(trace, 0, 1, { from: 0.1, to: 0.15 }, 5000)
  expect(segments.every(({ time }) => time >= 0.1 && time <= 0.15)).toBe(true)
  expect(segments.length).toBeGreaterThan(10)
})
