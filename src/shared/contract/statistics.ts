// Statistics of a capture: expert items, protocols by layer, packet lengths, packets over time, and what the capture can prove.
import { z } from 'zod'
import { CaptureId } from './schemas'

/** Which packets are counted: all, or those that the display filter shows. */
export const StatisticsScope = z.enum(['all', 'displayed'])
export type StatisticsScope = z.infer<typeof StatisticsScope>

/** Expert items of one kind. `level`: 0 comment, 1 chat, 2 note, 3 warning, 4 error. `packets` are the first ones only. */
export const ExpertGroup = z.object({
  level: z.number(),
  group: z.string(),
  protocol: z.string(),
  field: z.string(),
  summary: z.string(),
  count: z.number(),
  packets: z.array(z.object({ number: z.number(), message: z.string() })).readonly(),
})
export type ExpertGroup = z.infer<typeof ExpertGroup>

/** A protocol under those around it: rows in the order of a tree, `depth` 0 outermost. Bytes are those of whole frames. */
export const HierarchyRow = z.object({
  depth: z.number(),
  name: z.string(),
  label: z.string(),
  frames: z.number(),
  bytes: z.number(),
})
export type HierarchyRow = z.infer<typeof HierarchyRow>

/** Packets of a length class (bytes on the wire; `to` null: and more). */
export const LengthClass = z.object({ from: z.number(), to: z.number().nullable(), packets: z.number(), bytes: z.number() })
export type LengthClass = z.infer<typeof LengthClass>

/** What one look at every packet gives. */
export const CaptureStatistics = z.object({
  packets: z.number(),
  bytes: z.number(),
  hierarchy: z.array(HierarchyRow).readonly(),
  lengths: z.array(LengthClass).readonly(),
  expert: z.array(ExpertGroup).readonly(),
})
export type CaptureStatistics = z.infer<typeof CaptureStatistics>

/** One thing that a capture proves, cannot prove, or does not say. See engine/stats/capture-health.ts for the subjects. */
export const HealthFinding = z.object({
  subject: z.enum(['handshakes', 'one-way', 'holes', 'cut', 'oversize', 'drops', 'offload', 'checksums', 'clock', 'damage']),
  verdict: z.enum(['limit', 'unknown', 'proof']),
  count: z.number(),
  total: z.number(),
  amount: z.number(),
  frames: z.array(z.number()).readonly(),
  address: z.string(),
})
export type HealthFinding = z.infer<typeof HealthFinding>

/** A series over time: value, and first packet (0 = none), of each interval. */
export const IoSeries = z.object({ values: z.array(z.number()).readonly(), frames: z.array(z.number()).readonly(), packets: z.number() })
export type IoSeries = z.infer<typeof IoSeries>

/** Methods about statistics. */
export const STATISTICS_METHODS = {
  /** Dissects every packet once. Progress: {done,total} packets. The answer is kept until the capture or the list changes. */
  'statistics.read': { params: z.object({ captureId: CaptureId, scope: StatisticsScope }), result: CaptureStatistics },
  /** What the capture can prove, limits first. */
  'statistics.health': { params: z.object({ captureId: CaptureId }), result: z.object({ findings: z.array(HealthFinding).readonly() }) },
  /**
   * Packets (or bytes, or bits) over time for each filter ('' = all packets), in intervals of `interval` nanoseconds from `from` on (since the first
   * packet; null = the whole capture). `origin` is where the first interval begins. Throws FilterError for a wrong filter.
   */
  'statistics.io': {
    params: z.object({
      captureId: CaptureId,
      series: z.array(z.object({ filter: z.string().max(10_000), unit: z.enum(['packets', 'bytes', 'bits']) })).max(12),
      interval: z.number().min(1),
      range: z.object({ from: z.number(), to: z.number() }).nullable(),
    }),
    result: z.object({ origin: z.number(), interval: z.number(), end: z.number(), series: z.array(IoSeries).readonly() }),
  },
} as const
