// HTTP transactions: the table of a capture, one transaction with its messages taken apart, and what can be saved of them.
import { z } from 'zod'
import { CaptureId } from './schemas'

/** Parts of a transaction on the clock. */
const Stretch = z.object({
  kind: z.enum(['dns', 'connect', 'tls', 'send', 'wait', 'receive']),
  /** Seconds since the capture's first packet. */
  from: z.number(),
  to: z.number(),
})
export type HttpStretch = z.infer<typeof Stretch>

/** One row of the table. */
export const HttpRow = z.object({
  /** Place among the capture's transactions, in the order of their requests. */
  id: z.number(),
  stream: z.number(),
  /** From 1 on its connection. */
  nth: z.number(),
  client: z.string(),
  server: z.string(),
  method: z.string(),
  url: z.string(),
  host: z.string(),
  /** Path and query. */
  target: z.string(),
  version: z.string(),
  status: z.number().nullable(),
  reason: z.string(),
  /** Media type of the response, without parameters. */
  type: z.string(),
  requestFrame: z.number(),
  responseFrame: z.number().nullable(),
  requestBytes: z.number(),
  responseBytes: z.number().nullable(),
  complete: z.boolean(),
  tls: z.object({ version: z.string().nullable(), cipher: z.string().nullable() }).nullable(),
  /** Seconds since the capture's first packet. */
  time: z.number(),
  /** Milliseconds from the request's first byte to the response's last; null without a response. */
  duration: z.number().nullable(),
  stretches: z.array(Stretch).readonly(),
})
export type HttpRow = Readonly<z.infer<typeof HttpRow>>

/** Columns that the table can be sorted by. */
export const HTTP_SORTS = ['time', 'method', 'url', 'host', 'status', 'type', 'size', 'duration', 'connection'] as const
const STATUS_CLASSES = ['all', '1', '2', '3', '4', '5', 'none'] as const
export type HttpSort = (typeof HTTP_SORTS)[number]
export type HttpStatusClass = (typeof STATUS_CLASSES)[number]

/** A piece of a message's own bytes; places are counted from the message's first byte. */
const Part = z.object({
  kind: z.enum(['start-line', 'header', 'blank', 'body', 'chunk-size', 'chunk-data', 'chunk-end', 'trailer']),
  start: z.number(),
  end: z.number(),
  /** The line as it is, without its end; '' for data. */
  text: z.string(),
  /** Header name in lower case, and its value. */
  name: z.string(),
  value: z.string(),
})
export type HttpPart = Readonly<z.infer<typeof Part>>

const Message = z.object({
  firstFrame: z.number(),
  lastFrame: z.number(),
  /** All bytes, head and body with its framing; 0 where the message is not one stretch of bytes (HTTP/2). */
  size: z.number(),
  headSize: z.number(),
  complete: z.boolean(),
  parts: z.array(Part).readonly(),
  /** Chunks that are not listed, since there are too many. */
  moreChunks: z.number(),
  /** The first bytes as they were sent, in base64. */
  bytes: z.string(),
  body: z.object({
    /** Body as sent, without the framing of chunks. */
    sent: z.number(),
    /** After all codings; null where they cannot be undone. */
    size: z.number().nullable(),
    codings: z.array(z.string()).readonly(),
    problem: z.enum(['none', 'unknown-coding', 'damaged', 'too-large', 'not-captured']),
    type: z.string(),
    charset: z.string(),
    kind: z.enum(['none', 'json', 'html', 'xml', 'css', 'script', 'text', 'image', 'other']),
    /** The beginning after all codings, in base64: all of a picture, or nothing of it where it is too large. */
    content: z.string(),
    truncated: z.boolean(),
  }),
})
export type HttpMessageView = Readonly<z.infer<typeof Message>>

const Link = z.object({ id: z.number(), frame: z.number(), status: z.number().nullable(), url: z.string() })
export type HttpLink = z.infer<typeof Link>

/** One transaction with what belongs to it. */
export const HttpTransactionView = z.object({
  row: HttpRow,
  request: Message,
  response: Message.nullable(),
  /** Interim responses before the final one. */
  interim: z.array(z.object({ status: z.number(), frame: z.number() })).readonly(),
  connection: z.object({
    transactions: z.array(Link).readonly(),
    /** Milliseconds that opening it cost (TCP and TLS); null where it was not captured. */
    openingMs: z.number().nullable(),
    /** Why it could serve more requests, or not. */
    persistence: z.enum(['kept', 'closed-by-request', 'closed-by-response', 'http-1.0', 'multiplexed']),
    /** The request before was not answered yet when this one was sent. */
    pipelined: z.boolean(),
    closedBy: z.number().nullable(),
  }),
  /** Connections of this client to this server at the time of the request. */
  limit: z.object({
    open: z.number(),
    busy: z.number(),
    /** Most that were open at once. */
    most: z.number(),
    /** Milliseconds for which six were busy right before this request was sent on one that had just become free; null where that was not so. */
    waitedMs: z.number().nullable(),
  }),
  cache: z.object({
    /** What the request asked to be compared with. */
    conditions: z.array(z.string()).readonly(),
    /** Headers of the response that say how long and by what it may be kept. */
    directives: z.array(z.tuple([z.string(), z.string()]).readonly()).readonly(),
    outcome: z.enum(['not-modified', 'modified', 'stored-before', 'may-be-stored', 'must-be-asked', 'must-not-be-stored', 'no-rule']),
    /** Seconds for which it is fresh by the response's own words; null where it says nothing. */
    freshFor: z.number().nullable(),
    /** Bytes of the body that a 304 saved: of an earlier answer of this capture, or as its own Content-Length says; null where neither is known. */
    savedBytes: z.number().nullable(),
    earlier: Link.nullable(),
  }),
  redirects: z.array(Link).readonly(),
  cookies: z.object({
    sent: z.array(z.object({ name: z.string(), value: z.string(), setBy: Link.nullable() })).readonly(),
    set: z.array(z.object({ name: z.string(), value: z.string(), attributes: z.array(z.string()).readonly() })).readonly(),
  }),
})
export type HttpTransactionView = Readonly<z.infer<typeof HttpTransactionView>>

/** Connections of one client to one server, for the connection chart. */
const Lane = z.object({
  stream: z.number(),
  client: z.string(),
  /** Seconds since the capture's first packet. */
  opening: z.object({ from: z.number(), to: z.number() }).nullable(),
  requests: z.array(z.object({ id: z.number(), frame: z.number(), name: z.string(), from: z.number(), to: z.number() })).readonly(),
})
export type HttpLane = Readonly<z.infer<typeof Lane>>

/** What can be taken out of a capture as a file. */
export const WebArtifact = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('har') }),
  z.object({
    kind: z.literal('body'),
    id: z.number().int().nonnegative(),
    side: z.enum(['request', 'response']),
    /** After all codings, or as it was sent. */
    decoded: z.boolean(),
  }),
  z.object({ kind: z.literal('certificates'), transport: z.enum(['tcp', 'udp']).optional(), stream: z.number().int().nonnegative() }),
])
export type WebArtifact = z.infer<typeof WebArtifact>
const Artifact = z.object({ captureId: CaptureId, what: WebArtifact })

/** Methods about HTTP. */
export const HTTP_METHODS = {
  /** Transactions that fit, sorted, `first` of them left out. Progress while they are found: {done,total} packets. */
  'http.transactions': {
    params: z.object({
      captureId: CaptureId,
      /** Looked for in method, URL, type and connection ('' = all). */
      text: z.string().max(200),
      status: z.enum(STATUS_CLASSES),
      stream: z.number().int().nonnegative().nullable(),
      sort: z.enum(HTTP_SORTS),
      descending: z.boolean(),
      first: z.number().int().nonnegative(),
      count: z.number().int().min(0).max(500),
    }),
    result: z.object({
      /** The capture's, and those that fit. */
      total: z.number(),
      matched: z.number(),
      connections: z.number(),
      /** Body bytes of the responses that fit. */
      bodyBytes: z.number(),
      errors: z.number(),
      unanswered: z.number(),
      /** From the first to the last moment of those that fit, in seconds since the capture's first packet. */
      from: z.number(),
      to: z.number(),
      transactions: z.array(HttpRow),
    }),
  },
  'http.transaction': {
    params: z.object({ captureId: CaptureId, id: z.number().int().nonnegative() }),
    result: HttpTransactionView,
  },
  /** Connections between the client and the server of a transaction, at most 64. */
  'http.connections': {
    params: z.object({ captureId: CaptureId, id: z.number().int().nonnegative() }),
    result: z.object({ server: z.string(), host: z.string(), lanes: z.array(Lane), more: z.number() }),
  },
  /** The transaction whose request or response a packet carries; -1 for none. */
  'http.find': {
    params: z.object({ captureId: CaptureId, number: z.number().int().min(1) }),
    result: z.object({ id: z.number() }),
  },
  /** A part of the capture as a file in base64, for a browser's download; at most 64 MiB. */
  'web.download': { params: Artifact, result: z.object({ name: z.string(), type: z.string(), bytes: z.string() }) },
  /** A name for such a file. */
  'web.name': { params: Artifact, result: z.object({ name: z.string() }) },
  /** Writes such a file, atomically. */
  'web.save': {
    params: Artifact.extend({ path: z.string().min(1).max(4096), overwrite: z.boolean() }),
    result: z.object({ path: z.string() }),
  },
} as const
