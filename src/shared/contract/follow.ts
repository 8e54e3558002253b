// Following a stream: what its two sides said, as rows of a screen. Side 0 sent the stream's first packet.
import { z } from 'zod'
import { CaptureId } from './schemas'

export const FOLLOW_PROTOCOLS = ['tcp', 'udp', 'tls', 'http', 'http2'] as const
export const FollowProtocol = z.enum(FOLLOW_PROTOCOLS)
export type FollowProtocol = z.infer<typeof FollowProtocol>

export const FOLLOW_FORMS = ['ascii', 'utf8', 'hex', 'c', 'raw'] as const
export const FollowForm = z.enum(FOLLOW_FORMS)
export type FollowForm = z.infer<typeof FollowForm>

const Side = z.union([z.literal(0), z.literal(1)])

/** Which stream, how written, and which side of it (null = both). `stream` is tcp.stream, also for TLS and HTTP, or udp.stream; `substream` is
 *  http2.streamid. */
export const FollowSpec = z.object({
  captureId: CaptureId,
  protocol: FollowProtocol,
  stream: z.number().int().nonnegative(),
  substream: z.number().int().nonnegative(),
  form: FollowForm,
  side: Side.nullable(),
})
export type FollowSpec = z.infer<typeof FollowSpec>

export const FollowRow = z.object({
  side: Side,
  /** Packet that brought the row's first byte; of a gap the packet that shows it. */
  frame: z.number(),
  /** Number of the chunk. */
  chunk: z.number(),
  /** First row of a turn. */
  starts: z.boolean(),
  /** Bytes that are missing here; the text is empty then. 0 = none. */
  missing: z.number(),
  text: z.string(),
})
export type FollowRow = z.infer<typeof FollowRow>

/** One side's uninterrupted bytes. */
export const FollowTurn = z.object({
  side: Side,
  frame: z.number(),
  /** Seconds since the capture's first packet. */
  time: z.number(),
  row: z.number(),
  bytes: z.number(),
  /** Its first characters. */
  text: z.string(),
})
export type FollowTurn = z.infer<typeof FollowTurn>

const both = z.tuple([z.number(), z.number()])
/** How missing bytes are written where a form has no room for a remark. */
const gaps = z.enum(['leave-out', 'zeros'])

/** What one side of a terminal session sent in a packet, made harmless: see engine/stream/terminal-text. */
export const ReplayEvent = z.object({
  side: Side,
  frame: z.number(),
  /** Seconds since the session's first event. */
  time: z.number(),
  text: z.string(),
  missing: z.number(),
})
export type ReplayEvent = z.infer<typeof ReplayEvent>

const Rule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fixed'), length: z.number().int().min(1).max(1_000_000_000) }),
  z.object({ kind: z.literal('delimiter'), bytes: z.string().regex(/^([0-9a-f]{2}){1,64}$/i) }),
  z.object({
    kind: z.literal('prefix'),
    offset: z.number().int().min(0).max(1000),
    width: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(8)]),
    littleEndian: z.boolean(),
    countsHeader: z.boolean(),
    add: z.number().int().min(-100_000).max(100_000),
  }),
  z.object({ kind: z.literal('http') }),
])
/** How messages are told apart; delimiters are hexadecimal digits. */
export const FramingRule = z.union([Rule, z.object({ kind: z.literal('any'), of: z.array(Rule).min(1).max(4) })])
export type FramingRule = z.infer<typeof FramingRule>

/** Methods about following. Progress: {done,total} chunks. */
export const FOLLOW_METHODS = {
  'follow.open': {
    params: z.object({ spec: FollowSpec }),
    result: z.object({
      /** Streams of the protocol in the capture. */
      streams: z.number(),
      rows: z.number(),
      /** Of HTTP/2: the streams that the connection has, in order. */
      substreams: z.array(z.number()),
      turns: z.number(),
      bytes: both,
      missing: both,
      gaps: z.number(),
      /** Ends as address and port; '' when there is no such stream. */
      ends: z.tuple([z.string(), z.string()]),
      /** Ports of both ends. */
      ports: both,
      firstFrame: z.number(),
      lastFrame: z.number(),
    }),
  },
  'follow.rows': {
    params: z.object({ spec: FollowSpec, first: z.number().int().nonnegative(), count: z.number().int().min(0).max(500) }),
    result: z.object({ rowCount: z.number(), rows: z.array(FollowRow) }),
  },
  'follow.turns': {
    params: z.object({ spec: FollowSpec, first: z.number().int().nonnegative(), count: z.number().int().min(0).max(500) }),
    result: z.object({ turns: z.array(FollowTurn) }),
  },
  /** Places of a text (`hex`: of bytes), at most 5,000. `column` counts characters of a text row, bytes of a dump's row. */
  'follow.find': {
    params: z.object({ spec: FollowSpec, text: z.string().min(1).max(1000), hex: z.boolean(), matchCase: z.boolean() }),
    result: z.object({ places: z.array(z.object({ row: z.number(), column: z.number() })), length: z.number(), more: z.boolean() }),
  },
  /** First row of what a packet said, or of the first one after it; -1 when there is none. */
  'follow.rowOf': { params: z.object({ spec: FollowSpec, number: z.number().int().nonnegative() }), result: z.object({ row: z.number() }) },
  /** A TCP stream as a terminal session, Telnet's commands taken out. `more`: the session is longer than what is given. */
  'follow.replay': {
    params: z.object({ captureId: CaptureId, stream: z.number().int().nonnegative() }),
    result: z.object({
      telnet: z.boolean(),
      /** Columns and rows that were agreed, or null. */
      size: both.nullable(),
      events: z.array(ReplayEvent),
      more: z.boolean(),
    }),
  },
  /** Messages of one side of a TCP stream against its segments and simulated reads, on the offsets of its bytes, up to the first gap. */
  'follow.boundaries': {
    params: z.object({
      captureId: CaptureId,
      stream: z.number().int().nonnegative(),
      side: Side,
      rule: FramingRule,
      readSize: z.number().int().min(1).max(1_048_576),
    }),
    result: z.object({
      bytes: z.number(),
      /** Ends of segments and reads; each begins where the one before ended. */
      segments: z.array(z.object({ end: z.number(), frame: z.number() })),
      reads: z.array(z.number()),
      messages: z.array(z.object({ start: z.number(), end: z.number(), complete: z.boolean() })),
      totals: z.object({ messages: z.number(), segments: z.number(), reads: z.number() }),
      coalesced: z.number(),
      split: z.number(),
      wholeReads: z.number(),
      /** From where the rule does not fit; -1 = it fits. */
      broken: z.number(),
      /** A gap follows the bytes. */
      gap: z.boolean(),
      /** More bytes follow than are looked at. */
      limited: z.boolean(),
    }),
  },
  'follow.name': { params: z.object({ spec: FollowSpec }), result: z.object({ name: z.string() }) },
  /** The whole as a file, at most 256 MiB, and for the clipboard as text. */
  'follow.download': { params: z.object({ spec: FollowSpec, gaps }), result: z.object({ name: z.string(), bytes: z.string() }) },
  'follow.save': {
    params: z.object({ spec: FollowSpec, gaps, path: z.string().min(1).max(4096), overwrite: z.boolean() }),
    result: z.object({ path: z.string() }),
  },
} as const
