// Sequence diagrams: what the page asks for and gets. The page never holds a whole diagram: it asks for the rows of a stretch of its height.
import { z } from 'zod'
import { CaptureId, PacketNumber } from './schemas'

/** Roles of colours; the page maps them to its tokens. */
const TONES = [
  'fg1',
  'fg2',
  'fg3',
  'line1',
  'line2',
  'line3',
  'paper',
  'panel',
  'control',
  'accent',
  'ok',
  'warn',
  'bad',
  'pink',
  'tls',
  'http',
  'dns',
  'closed',
  'open',
  'established',
  'active',
  'passive',
] as const
export const Tone = z.enum(TONES)
export type DiagramTone = z.infer<typeof Tone>

const Span = z.object({ text: z.string(), mono: z.boolean().optional(), bold: z.boolean().optional(), tone: Tone.optional() }).readonly()

/** A shape in the diagram's coordinates (pixels; rows begin at y = 0). */
export const DiagramShape = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('line'),
    x1: z.number(),
    y1: z.number(),
    x2: z.number(),
    y2: z.number(),
    tone: Tone,
    width: z.number(),
    dash: z.string().optional(),
  }),
  z.object({
    kind: z.literal('path'),
    d: z.string(),
    fill: Tone.optional(),
    stroke: Tone.optional(),
    width: z.number().optional(),
    dash: z.string().optional(),
  }),
  z.object({
    kind: z.literal('rect'),
    x: z.number(),
    y: z.number(),
    width: z.number(),
    height: z.number(),
    fill: Tone.optional(),
    stroke: Tone.optional(),
    radius: z.number().optional(),
    hatch: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('text'),
    x: z.number(),
    y: z.number(),
    anchor: z.enum(['start', 'middle', 'end']),
    size: z.number(),
    spans: z.array(Span).readonly(),
    rotate: z.number().optional(),
  }),
])
export type DiagramShape = Readonly<z.infer<typeof DiagramShape>>

/** What a diagram shows and how. */
export const DiagramSpec = z.object({
  captureId: CaptureId,
  scope: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('stream'), stream: z.number().int().nonnegative() }),
    z.object({ kind: z.literal('pair'), a: z.string().max(100), b: z.string().max(100) }),
    /** The packets that the filter in force shows. */
    z.object({ kind: z.literal('displayed') }),
    /** The messages of the TLS connection on a TCP stream. */
    z.object({ kind: z.literal('tls'), transport: z.enum(['tcp', 'udp']).optional(), stream: z.number().int().nonnegative() }),
    /** A TCP stream beside the same connection in another open capture (see diagram.sameConnections). */
    z.object({
      kind: z.literal('both'),
      stream: z.number().int().nonnegative(),
      second: CaptureId,
      secondStream: z.number().int().nonnegative(),
    }),
  ]),
  language: z.enum(['en', 'zh']),
  /** First frames of the folds that are open. */
  unfolded: z.union([z.literal('all'), z.array(PacketNumber).max(100_000)]),
  numbers: z.enum(['relative', 'raw']),
  tcpOptions: z.boolean(),
  messages: z.boolean(),
  states: z.boolean(),
  spacing: z.enum(['even', 'scale']),
  /** Maximum segment lifetime in seconds. */
  msl: z.number().int().min(0).max(86_400),
  width: z.number().int().min(200).max(20_000),
})
export type DiagramSpec = z.infer<typeof DiagramSpec>

/** A row: where it is, what it says, how it is drawn. */
export const DiagramRow = z.object({
  index: z.number(),
  top: z.number(),
  height: z.number(),
  kind: z.enum(['phase', 'arrow', 'fold', 'end']),
  /** First and last frame; 0 for headings. */
  frame: z.number(),
  lastFrame: z.number(),
  /** Of a row of two captures: the packet's frame in the second one; 0 where that does not have it. */
  otherFrame: z.number(),
  sentence: z.string(),
  back: z.array(DiagramShape).readonly(),
  front: z.array(DiagramShape).readonly(),
})
export type DiagramRow = Readonly<z.infer<typeof DiagramRow>>

/** The diagram as a whole. */
export const DiagramInfo = z.object({
  title: z.string(),
  width: z.number(),
  height: z.number(),
  headerHeight: z.number(),
  header: z.array(DiagramShape).readonly(),
  rowCount: z.number(),
  packets: z.number(),
  /** Rows with a packet or a fold, the first one; -1 when there is none. */
  firstRow: z.number(),
  retransmissions: z.number(),
  outOfOrder: z.number(),
  resets: z.number(),
  /** Of a connection in two captures: what became of its packets between them, and how far the second clock is ahead (ns). */
  between: z
    .object({
      lost: z.number(),
      overtaken: z.number(),
      repeated: z.number(),
      late: z.number(),
      offset: z.number().nullable(),
      /** The offset is wrong by this at most; null where only one direction is in both captures. */
      uncertainty: z.number().nullable(),
    })
    .nullable(),
})
export type DiagramInfo = z.infer<typeof DiagramInfo>

const Section = z.object({ title: z.string(), paragraphs: z.array(z.string()).readonly(), source: z.string() })
export type ExplainSection = Readonly<z.infer<typeof Section>>

/** A segment in words and numbers, with the questions that it answers. */
export const SegmentExplanation = z.object({
  frame: z.number(),
  title: z.string(),
  time: z.string(),
  text: z.string(),
  facts: z.array(z.tuple([z.string(), z.string()]).readonly()).readonly(),
  changes: z.array(z.object({ who: z.string(), from: z.string(), to: z.string(), inferred: z.boolean() })).readonly(),
  sections: z.array(Section).readonly(),
  /** The TCP header, 32 bits a row. */
  header: z.array(z.array(z.object({ label: z.string(), value: z.string(), bits: z.number(), strong: z.boolean() })).readonly()).readonly(),
})
export type SegmentExplanation = Readonly<z.infer<typeof SegmentExplanation>>

/** A TCP stream for the stream picker; `a` sent its first packet. */
export const StreamSummary = z.object({ stream: z.number(), a: z.string(), b: z.string(), firstFrame: z.number() })
export type StreamSummary = z.infer<typeof StreamSummary>

/** Formats of an export. */
export const DIAGRAM_FORMATS = ['svg', 'png', 'pdf', 'html', 'mermaid', 'plantuml', 'text'] as const
export type DiagramFormat = (typeof DIAGRAM_FORMATS)[number]

const Picture = z.object({
  spec: DiagramSpec,
  format: z.enum(DIAGRAM_FORMATS),
  theme: z.enum(['dark', 'light', 'print']),
  /** Times the size, for PNG. */
  scale: z.number().int().min(1).max(4),
})

/** Methods about diagrams. */
export const DIAGRAM_METHODS = {
  /** TCP streams whose number or endpoints contain a text ('' = all), `first` of them left out. `total` counts those that fit. */
  'diagram.streams': {
    params: z.object({
      captureId: CaptureId,
      text: z.string().max(200),
      first: z.number().int().nonnegative(),
      count: z.number().int().min(1).max(500),
    }),
    result: z.object({ total: z.number(), streams: z.array(StreamSummary) }),
  },
  /** The TCP stream of a packet, or -1. */
  'diagram.streamOf': { params: z.object({ captureId: CaptureId, number: PacketNumber }), result: z.object({ stream: z.number() }) },
  /** Streams of another open capture that are the same connection, the likeliest first; `endpoints` of both are alike (2, 1, or none where addresses
   *  were rewritten). */
  'diagram.sameConnections': {
    params: z.object({ captureId: CaptureId, stream: z.number().int().nonnegative(), second: CaptureId }),
    result: z.object({ found: z.array(z.object({ stream: z.number(), endpoints: z.number(), a: z.string(), b: z.string() })) }),
  },
  'diagram.open': { params: z.object({ spec: DiagramSpec }), result: DiagramInfo },
  /** Rows that touch the heights from..to, at most 400. */
  'diagram.rows': {
    params: z.object({ spec: DiagramSpec, from: z.number().nonnegative(), to: z.number().nonnegative() }),
    result: z.object({ rows: z.array(DiagramRow) }),
  },
  /** One row by its index (limited to those that exist). */
  'diagram.row': { params: z.object({ spec: DiagramSpec, index: z.number().int() }), result: DiagramRow },
  /** The row of a packet: index -1 when the diagram does not have it. `second` numbers packets of a 'both' diagram's second capture. */
  'diagram.find': {
    params: z.object({ spec: DiagramSpec, number: PacketNumber, second: z.boolean() }),
    result: z.object({ index: z.number(), top: z.number(), height: z.number() }),
  },
  /** Explains the connection of a 'stream' diagram, and one of its segments. Throws for other scopes. */
  'diagram.explain': {
    params: z.object({ spec: DiagramSpec, number: PacketNumber.nullable() }),
    result: z.object({ segment: SegmentExplanation.nullable(), connection: z.array(Section).readonly() }),
  },
  /** Explains two captures of a connection, and the packet of a row (null = none). Throws for other scopes. */
  'diagram.explainRow': {
    params: z.object({ spec: DiagramSpec, index: z.number().int().nonnegative().nullable() }),
    result: z.object({ segment: SegmentExplanation.nullable(), connection: z.array(Section).readonly() }),
  },
  /** A name for the file. */
  'diagram.name': { params: Picture, result: z.object({ name: z.string() }) },
  /** The whole diagram as a file in base64, for a browser's download. */
  'diagram.download': { params: Picture, result: z.object({ name: z.string(), bytes: z.string() }) },
  /** Writes the whole diagram to a file, atomically. */
  'diagram.save': {
    params: Picture.extend({ path: z.string().min(1).max(4096), overwrite: z.boolean() }),
    result: z.object({ path: z.string() }),
  },
} as const
