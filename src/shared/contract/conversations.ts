// Conversations and endpoints: who talked with whom. Times are seconds since the capture's first packet; `a` sent the conversation's first packet.
import { z } from 'zod'
import { CaptureId } from './schemas'

/** What makes a conversation. */
export const CONVERSATION_KINDS = ['eth', 'ip', 'ipv6', 'tcp', 'udp'] as const
export const ConversationKind = z.enum(CONVERSATION_KINDS)
export type ConversationKind = z.infer<typeof ConversationKind>

/** How TCP connections went, in groups: in order, still open, reset, refused, without an answer, begun before the capture. */
export const OUTCOMES = ['normal', 'open', 'reset', 'refused', 'unanswered', 'partial'] as const
export const Outcome = z.enum(OUTCOMES)
export type Outcome = z.infer<typeof Outcome>

/** Zeek's conn_state. */
export const ConnectionState = z.enum(['S0', 'S1', 'SF', 'REJ', 'S2', 'S3', 'RSTO', 'RSTR', 'RSTOS0', 'RSTRH', 'SH', 'SHR', 'OTH'])
export type ConnectionState = z.infer<typeof ConnectionState>

/** An end: its address and, for TCP and UDP, its port. */
const End = z.object({ address: z.string(), port: z.number().nullable() })
export type ConversationEnd = z.infer<typeof End>
/** From `a` to `b`, and back. */
const Both = z.tuple([z.number(), z.number()])

export const ConversationRow = z.object({
  /** Number of the TCP or UDP stream, else of the pair by its first packet. */
  id: z.number(),
  a: End,
  b: End,
  packets: Both,
  bytes: Both,
  start: z.number(),
  duration: z.number(),
  firstFrame: z.number(),
  lastFrame: z.number(),
  /** Bytes over its life in equal stretches of `interval` seconds; null where there are too many conversations for it. */
  life: z.object({ interval: z.number(), there: z.array(z.number()).readonly(), back: z.array(z.number()).readonly() }).nullable(),
  /** Of TCP connections. */
  tcp: z
    .object({
      retransmissions: z.number(),
      outOfOrder: z.number(),
      payload: Both,
      /** Seconds; null when the handshake was not captured. */
      initialRoundTrip: z.number().nullable(),
      /** tcp.completeness: SYN 1, SYN-ACK 2, ACK 4, data 8, FIN 16, RST 32. */
      completeness: z.number(),
      state: ConnectionState,
      outcome: Outcome,
      /** RFC 9293's states of ends a and b after the last packet. */
      ends: z.tuple([z.string(), z.string()]),
      /** Which end opened it. */
      client: z.enum(['a', 'b']),
    })
    .nullable(),
})
export type ConversationRow = z.infer<typeof ConversationRow>

export const CONVERSATION_SORTS = [
  'id',
  'a',
  'b',
  'packets',
  'packets-there',
  'packets-back',
  'bytes',
  'bytes-there',
  'bytes-back',
  'start',
  'duration',
  'rate-there',
  'rate-back',
  'round-trip',
  'retransmissions',
  'state',
  'ends',
] as const
export const ConversationSort = z.enum(CONVERSATION_SORTS)
export type ConversationSort = z.infer<typeof ConversationSort>

export const EndpointRow = z.object({
  end: End,
  sentPackets: z.number(),
  sentBytes: z.number(),
  receivedPackets: z.number(),
  receivedBytes: z.number(),
})
export type EndpointRow = z.infer<typeof EndpointRow>

export const ENDPOINT_SORTS = [
  'address',
  'port',
  'packets',
  'bytes',
  'sent-packets',
  'sent-bytes',
  'received-packets',
  'received-bytes',
] as const
export const EndpointSort = z.enum(ENDPOINT_SORTS)
export type EndpointSort = z.infer<typeof EndpointSort>

/** Which table. `displayed` counts only packets that pass the display filter; `text` is looked for in addresses, ports and numbers. */
const table = {
  captureId: CaptureId,
  kind: ConversationKind,
  displayed: z.boolean(),
  text: z.string().max(200),
  descending: z.boolean(),
}
const page = { first: z.number().int().nonnegative(), count: z.number().int().min(0).max(500) }
const titles = { titles: z.array(z.string().max(200)).max(40) }
const conversations = { ...table, outcome: Outcome.nullable(), sort: ConversationSort }
const endpoints = { ...table, sort: EndpointSort }

/** Methods about conversations and endpoints. */
export const CONVERSATION_METHODS = {
  /** Rows of the sorted table. `total` conversations were counted, `shown` fit; the sums are those of what fits. Progress: {done,total} packets. */
  'conversations.get': {
    params: z.object({ ...conversations, ...page }),
    result: z.object({
      total: z.number(),
      shown: z.number(),
      packets: Both,
      bytes: Both,
      retransmissions: z.number(),
      /** How many connections of each outcome fit the text. */
      outcomes: z.record(Outcome, z.number()),
      rows: z.array(ConversationRow),
    }),
  },
  /** The whole sorted table as CSV; cells that begin with = + - @ are neutralised. */
  'conversations.csv': { params: z.object({ ...conversations, ...titles }), result: z.object({ text: z.string() }) },
  'endpoints.get': {
    params: z.object({ ...endpoints, ...page }),
    result: z.object({ total: z.number(), shown: z.number(), rows: z.array(EndpointRow) }),
  },
  'endpoints.csv': { params: z.object({ ...endpoints, ...titles }), result: z.object({ text: z.string() }) },
} as const
