// Data that crosses the boundary between engine and interface. One definition: zod schemas, from which the TypeScript types are derived.
// Times that need nanoseconds are decimal strings of nanoseconds since 1970-01-01T00:00:00Z; a JavaScript number would lose digits.
import { z } from 'zod'

// No code generation at run time: the page's Content-Security-Policy forbids it, and the engine runs nothing that it did not ship.
z.config({ jitless: true })

/** Identifies one open capture for as long as it is open. */
export const CaptureId = z.number().int().nonnegative()
/** Packet number as shown in the No. column: 1 is the first packet of the file. */
export const PacketNumber = z.number().int().positive()

/** Where a problem was found; every part is optional because not every problem has it. */
export const ProblemWhere = z.object({
  file: z.string().optional(),
  offset: z.number().optional(),
  packet: z.number().optional(),
  field: z.string().optional(),
  /** Half-open range of characters in a filter text. */
  start: z.number().optional(),
  end: z.number().optional(),
})
/** The Sentence of shared/errors. */
export const Sentence = z.object({ en: z.string(), zh: z.string() })

/** A problem in words for the user: what, where, what next. `code` is stable and can be looked up in the documentation. */
export const Problem = z.object({
  code: z.string(),
  message: z.string(),
  /** The message in both languages, where the engine has both (display filters). */
  sentence: Sentence.optional(),
  where: ProblemWhere,
  retryable: z.boolean(),
})
export type Problem = z.infer<typeof Problem>

/** One interface of the capture file; a value the file does not hold is null ("not recorded", never 0). */
export const InterfaceInfo = z.object({
  index: z.number(),
  name: z.string().nullable(),
  description: z.string().nullable(),
  linkType: z.number(),
  linkTypeName: z.string(),
  snapLength: z.number(),
  filter: z.string().nullable(),
  os: z.string().nullable(),
  hardware: z.string().nullable(),
  packets: z.number(),
  /** Packets dropped by the capture system, where an Interface Statistics Block says so. */
  dropped: z.number().nullable(),
})

/** What is known of an open capture right now; sent again (event capture.changed) while it is being indexed. */
export const CaptureInfo = z.object({
  captureId: CaptureId,
  /** Name for the tab: the file's name without its folder, or "standard input". */
  name: z.string(),
  /** Full path, or null for standard input, an upload or a sample. */
  path: z.string().nullable(),
  formatLabel: z.string(),
  /** Bytes of the (decompressed) capture known so far, and bytes indexed so far. */
  size: z.number(),
  indexed: z.number(),
  packets: z.number(),
  /** Packets that pass the display filter, and packets that are marked, ignored, commented. */
  shown: z.number(),
  marked: z.number(),
  ignored: z.number(),
  commented: z.number(),
  state: z.enum(['indexing', 'waiting', 'complete', 'cancelled']),
  /** Milliseconds from open until the index was complete (so far, while it is not). */
  loadMs: z.number(),
  firstTimeNs: z.string().nullable(),
  lastTimeNs: z.string().nullable(),
  interfaces: z.array(InterfaceInfo),
  sectionComments: z.array(z.string()),
  application: z.string().nullable(),
  os: z.string().nullable(),
  /** Why reading stopped early, or null. Everything before it is loaded. */
  problem: Problem.nullable(),
  /** Display filter in force ('' = none). */
  filter: z.string(),
  /** True when marks, comments or a time shift were changed since opening or saving. */
  dirty: z.boolean(),
  /** The file holds decryption secrets. */
  hasSecrets: z.boolean(),
  /** Keys, the file's or the user's, open something in it. */
  usesKeys: z.boolean(),
})
export type CaptureInfo = z.infer<typeof CaptureInfo>

/** What a packet-list column shows. `field:` is followed by a display-filter field name. */
export const ColumnContent = z.union([
  z.enum([
    'number',
    'time',
    'time-delta',
    'time-delta-displayed',
    'time-relative',
    'time-absolute',
    'source',
    'destination',
    'source-port',
    'destination-port',
    'protocol',
    'length',
    'captured-length',
    'info',
    'interface',
    'stream',
    'cumulative-bytes',
    'comment',
  ]),
  z.string().regex(/^field:[A-Za-z0-9_.-]{1,120}$/),
])
export type ColumnContent = z.infer<typeof ColumnContent>

/** How the Time column prints. 'relative' is since the first packet or the last time reference. */
export const TimeFormat = z.object({
  kind: z.enum(['relative', 'delta', 'delta-displayed', 'absolute', 'absolute-date', 'utc', 'utc-date', 'epoch']),
  /** Digits after the decimal point; 'auto' takes the file's resolution. */
  precision: z.union([z.literal('auto'), z.number().int().min(0).max(9)]),
})
export type TimeFormat = z.infer<typeof TimeFormat>

/** Coarse class of a packet, for colour and for the overview. */
export const PROTOCOL_CLASSES = ['tcp', 'tls', 'http', 'dns', 'arp', 'udp', 'icmp', 'other'] as const
export const ProtocolClass = z.enum(PROTOCOL_CLASSES)
export type ProtocolClass = z.infer<typeof ProtocolClass>

/** One row of the packet list. `cells` follow the requested columns. */
export const PacketRow = z.object({
  number: PacketNumber,
  cells: z.array(z.string()),
  protocolClass: ProtocolClass,
  /** Index of the first colour rule that matches, or -1. */
  colorRule: z.number(),
  /** Expert severity of the worst problem: 0 none, 1 chat, 2 note, 3 warning, 4 error. */
  severity: z.number(),
  marked: z.boolean(),
  ignored: z.boolean(),
  timeReference: z.boolean(),
  commented: z.boolean(),
})
export type PacketRow = z.infer<typeof PacketRow>

/** One row of the detail tree, in prefix order (parents before children). */
export const TreeRow = z.object({
  depth: z.number(),
  /** Full text as Wireshark would print it, control and bidi characters escaped. */
  label: z.string(),
  /** Display-filter name ('' for a row of text only). */
  field: z.string(),
  /** Value in the form that a filter or -T fields uses; '' for rows without a value. */
  value: z.string(),
  /** A display filter that selects this value, or null when none can. */
  filter: z.string().nullable(),
  /** Which byte source (tab) the range is in, and the half-open byte range; start = end for generated rows. */
  source: z.number(),
  start: z.number(),
  end: z.number(),
  /** Not in the packet's bytes but computed; printed in brackets. */
  generated: z.boolean(),
  severity: z.number(),
  /** Filter name of the protocol this row belongs to (eth, ip, tcp, http …). */
  protocol: z.string(),
  /** A packet this row refers to (for example "Request in frame 7"), or 0. */
  frame: z.number(),
  /** Whether the row has children. */
  parent: z.boolean(),
})
export type TreeRow = z.infer<typeof TreeRow>

/** One tab of the bytes pane: the frame itself, reassembled or decompressed bytes. `bytes` is base64. */
export const ByteTab = z.object({ name: z.string(), bytes: z.string() })
export type ByteTab = z.infer<typeof ByteTab>

/** One packet, dissected. */
export const PacketDetail = z.object({
  number: PacketNumber,
  tree: z.array(TreeRow),
  sources: z.array(ByteTab),
  /** Top-level layers in order, with their byte range in source 0, for the layer bar above the bytes. */
  layers: z.array(
    z.object({ protocol: z.string(), title: z.string(), short: z.string(), source: z.number(), start: z.number(), end: z.number() }),
  ),
  protocolClass: ProtocolClass,
  protocol: z.string(),
  info: z.string(),
  comments: z.array(z.string()),
  /** Packets that belong to this one: request/response, reassembly, acknowledged segment. */
  related: z.array(
    z.object({
      number: PacketNumber,
      kind: z.enum(['request', 'response', 'acknowledges', 'retransmission-of', 'segment', 'reassembled-in', 'previous', 'next']),
    }),
  ),
})
export type PacketDetail = z.infer<typeof PacketDetail>

/** One field of the field table, for completion, columns and search. */
export const FieldInfo = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  protocol: z.string(),
  /** Packets of this capture that have the field, where that is known without reading them all; else null. */
  packets: z.number().nullable(),
})
export type FieldInfo = z.infer<typeof FieldInfo>

/** A colour rule: first match wins. Colours are #rrggbb. Same content as one line of Wireshark's colorfilters file. */
export const ColorRule = z.object({
  name: z.string().max(200),
  filter: z.string().max(4000),
  foreground: z.string().regex(/^#[0-9a-f]{6}$/),
  background: z.string().regex(/^#[0-9a-f]{6}$/),
  enabled: z.boolean(),
})
export type ColorRule = z.infer<typeof ColorRule>

/** State of a filter text while it is being typed: green, red, yellow ('hint'), or incomplete but on the way. */
export const FilterCheck = z.object({
  state: z.enum(['empty', 'valid', 'hint', 'invalid', 'incomplete']),
  /** Message for 'invalid', 'incomplete' and 'hint'; empty otherwise. */
  message: Sentence,
  /** Half-open character range the message is about. */
  start: z.number(),
  end: z.number(),
  /** A filter that was probably meant, for example the translation of a capture filter; replaces the whole text. */
  suggestion: z.string().optional(),
  /** What a 'valid' or 'hint' filter asks for, in words. */
  words: Sentence.optional(),
  /** Tokens for syntax colours. */
  tokens: z.array(
    z.object({
      start: z.number(),
      end: z.number(),
      kind: z.enum(['field', 'operator', 'number', 'string', 'address', 'function', 'keyword', 'punctuation', 'error']),
    }),
  ),
})
export type FilterCheck = z.infer<typeof FilterCheck>

/** A proposal for the filter box: replaces the characters start..end by `text`. */
export const Completion = z.object({
  text: z.string(),
  kind: z.enum(['field', 'protocol', 'operator', 'value', 'function']),
  label: z.string(),
  type: z.string(),
  packets: z.number().nullable(),
})
export type Completion = z.infer<typeof Completion>

/** One bar of the overview strip: packets (or bytes) by class between two times. */
export const OverviewBucket = z.object({ counts: z.array(z.number()), bytes: z.number(), problems: z.number(), firstPacket: z.number() })
export type OverviewBucket = z.infer<typeof OverviewBucket>

/** An entry of a folder, for the browser host's file chooser. */
export const DirectoryEntry = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'capture', 'file']),
  size: z.number(),
  modifiedMs: z.number(),
})
export type DirectoryEntry = z.infer<typeof DirectoryEntry>

/** A sample capture that ships with the program. */
export const SampleInfo = z.object({ id: z.string(), file: z.string(), size: z.number(), packets: z.number() })
export type SampleInfo = z.infer<typeof SampleInfo>

/** A file opened before. */
export const RecentFile = z.object({ path: z.string(), name: z.string(), size: z.number(), openedMs: z.number(), exists: z.boolean() })
export type RecentFile = z.infer<typeof RecentFile>

/** Packet numbers as a person writes them: "1-100,205,300-". */
export const PacketRange = z
  .string()
  .max(10000)
  .regex(/^[0-9,\s-]*$/)

/** Which packets an export writes. */
export const ExportScope = z.object({
  what: z.enum(['all', 'displayed', 'marked', 'selected', 'range']),
  /** For 'range': "1-100,205,300-". For 'selected': one number. */
  range: PacketRange.optional(),
  dropIgnored: z.boolean().optional(),
})
export type ExportScope = z.infer<typeof ExportScope>
