// Series of graphs. Times are seconds since the capture's first packet; every point names the packet that it comes from (0 = none).
import { z } from 'zod'
import { Tone } from './diagram'
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
  /** How many round trips there are in the range: the series is thinned. */
  roundTripCount: z.number(),
  /** Bits a second. */
  throughput: Series,
  /** Seconds of a throughput bar. */
  interval: z.number(),
  from: z.number(),
  to: z.number(),
  count: z.number(),
})
export type TcpSeries = z.infer<typeof TcpSeries>

/** A number of a graph: more than any capture has, and little enough to be drawn. */
const Measure = z.number().min(-1e15).max(1e15)

/** A graph to be drawn into a file. */
const Chart = z.object({
  title: z.string().max(200),
  note: z.string().max(300),
  /** The graph in a sentence. */
  sentence: z.string().max(500),
  /** Pixels of the plot. */
  height: z.number().int().min(40).max(2000),
  /** Seconds since the capture's first packet. */
  range: z.tuple([Measure, Measure]).refine(([from, to]) => to - from >= 1e-9),
  unit: z.enum(['count', 'bytes', 'bits/s', 'ms']),
  series: z
    .array(
      z.object({
        /** '' = not in the key. */
        name: z.string().max(200),
        tone: Tone,
        look: z.enum(['step', 'dashed', 'dot', 'tick', 'bar']),
        marks: z
          .array(z.object({ time: Measure, value: Measure, low: Measure.optional(), high: Measure.optional() }).readonly())
          .readonly(),
      }),
    )
    .max(20),
})
export type Chart = z.infer<typeof Chart>

export const CHART_FORMATS = ['svg', 'png', 'pdf', 'html'] as const
export type ChartFormat = (typeof CHART_FORMATS)[number]

const Sheet = z.object({
  captureId: CaptureId,
  title: z.string().max(300),
  language: z.enum(['en', 'zh']),
  /** One below the other. */
  charts: z.array(Chart).min(1).max(10),
  width: z.number().int().min(300).max(10_000),
  format: z.enum(CHART_FORMATS),
  theme: z.enum(['dark', 'light', 'print']),
  /** Times the size, for PNG. */
  scale: z.number().int().min(1).max(4),
})

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
  /** Graphs as a file in base64, for a browser's download. The same bytes for the same graphs. */
  'graph.download': { params: Sheet, result: z.object({ bytes: z.string() }) },
  /** Writes graphs to a file, atomically. */
  'graph.save': {
    params: Sheet.extend({ path: z.string().min(1).max(4096), overwrite: z.boolean() }),
    result: z.object({ path: z.string() }),
  },
} as const
