// Series of graphs. Times are seconds since the capture's first packet; every point names the packet that it comes from (0 = none).
import { z } from 'zod'
import { CaptureId } from './schemas'

const Point = z.object({ time: z.number(), value: z.number(), frame: z.number() })
const Series = z.array(Point).readonly()
export type SeriesPoint = z.infer<typeof Point>

/** One direction of a TCP connection over time. */
export const TcpSeries = z.object({
  segments: z
    .array(
      z.object({
        time: z.number(),
        low: z.number(),
        high: z.number(),
        frame: z.number(),
        kind: z.enum(['data', 'retransmission', 'out-of-order']),
      }),
    )
    .readonly(),
  acknowledged: Series,
  /** Highest number that the receiver allows. */
  limit: Series,
  window: Series,
  /** Milliseconds. */
  roundTrips: Series,
  /** Bits a second. */
  throughput: Series,
  /** Seconds of a throughput bar. */
  interval: z.number(),
  from: z.number(),
  to: z.number(),
  count: z.number(),
})
export type TcpSeries = z.infer<typeof TcpSeries>

/** Methods about graphs. */
export const GRAPH_METHODS = {
  /** What `direction` of a stream (0 = as its first packet) sends, within a range of time (null = all), about `points` points a series. */
  'graph.tcp': {
    params: z.object({
      captureId: CaptureId,
      stream: z.number().int().nonnegative(),
      direction: z.union([z.literal(0), z.literal(1)]),
      range: z.object({ from: z.number(), to: z.number() }).nullable(),
      points: z.number().int().min(10).max(5000),
    }),
    result: TcpSeries,
  },
} as const
