// The one list of calls that the interface can make. Each has a schema for its parameters and its result; both hosts, the service and the
// client derive their types from here, and the service validates every argument at run time.
import { z } from 'zod'
import { CONVERSATION_METHODS } from './conversations'
import { DECODE_AS_METHODS } from './decode-as'
import { DIAGRAM_METHODS } from './diagram'
import { FOLLOW_METHODS } from './follow'
import { GRAPH_METHODS } from './graphs'
import { HTTP_METHODS } from './http'
import { KEY_METHODS } from './keys'
import { LIVE_EVENTS, LIVE_METHODS } from './live'
import { PROGRAM_EVENTS, PROGRAM_METHODS } from './programs'
import {
  CaptureId,
  CaptureInfo,
  ColorRule,
  ColumnContent,
  Completion,
  DirectoryEntry,
  ExportScope,
  FieldInfo,
  FilterCheck,
  OverviewBucket,
  PacketDetail,
  PacketNumber,
  PacketRow,
  Problem,
  Sentence,
  RecentFile,
  SampleInfo,
  TimeFormat,
} from './schemas'
import { TLS_METHODS } from './tls'
import { STATISTICS_METHODS } from './statistics'

const capture = { captureId: CaptureId }
const nothing = z.object({})
const numbers = z.array(PacketNumber).max(10_000_000)

/** name -> { params, result }. Names read as subject.verb. */
export const METHODS = {
  /** What kind of host this is and what it can do. */
  'host.info': {
    params: nothing,
    result: z.object({
      kind: z.enum(['desktop', 'browser']),
      version: z.string(),
      platform: z.string(),
      nativeDialogs: z.boolean(),
      homeFolder: z.string(),
      /** Captures that are open already: the program's FILE arguments and, when a page is loaded again, those it had open before. */
      opened: z.array(CaptureInfo),
      /** Files of the command line that could not be opened. */
      problems: z.array(Problem),
    }),
  },
  /** Native file dialogs (desktop only; the browser host answers 'host/unsupported' and the interface shows its own chooser). null = cancelled. */
  'host.openDialog': { params: nothing, result: z.object({ path: z.string().nullable() }) },
  'host.saveDialog': {
    params: z.object({ suggestedName: z.string(), format: z.string() }),
    result: z.object({ path: z.string().nullable() }),
  },
  /** A folder's entries, captures and sub-folders first; path '' is the home folder. Only what the local user can read. */
  'files.list': {
    params: z.object({ path: z.string().max(4096), showAll: z.boolean() }),
    result: z.object({ path: z.string(), parent: z.string().nullable(), entries: z.array(DirectoryEntry) }),
  },
  'files.recent': { params: nothing, result: z.object({ files: z.array(RecentFile) }) },
  'files.forgetRecent': { params: z.object({ path: z.string().nullable() }), result: nothing },
  'files.samples': { params: nothing, result: z.object({ samples: z.array(SampleInfo) }) },
  /** Dropped or chosen files of a browser tab arrive in pieces (base64, at most 4 MiB each); `done` opens the capture. */
  'files.uploadStart': {
    params: z.object({ name: z.string().max(500), size: z.number().int().nonnegative() }),
    result: z.object({ uploadId: z.number() }),
  },
  'files.uploadPiece': {
    params: z.object({ uploadId: z.number(), bytes: z.string().max(6_000_000) }),
    result: z.object({ received: z.number() }),
  },

  /** Opens a capture; returns as soon as the first packets can be shown. Event capture.changed follows while it is indexed. */
  'capture.open': {
    params: z.object({
      source: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('path'), path: z.string().min(1).max(4096) }),
        z.object({ kind: z.literal('sample'), id: z.string().max(200) }),
        z.object({ kind: z.literal('upload'), uploadId: z.number() }),
      ]),
    }),
    result: CaptureInfo,
  },
  'capture.close': { params: z.object(capture), result: nothing },
  'capture.info': { params: z.object(capture), result: CaptureInfo },
  /** Stops indexing; what was read stays usable. */
  'capture.stop': { params: z.object(capture), result: CaptureInfo },
  /** Dissects every open capture anew, after the rules of dissection (Decode As, keys) changed. Filters and sort orders are cleared. */
  'capture.redissect': { params: nothing, result: z.object({ captures: z.array(CaptureInfo) }) },
  /** Reads the file again from the start (for example after it changed on disk). */
  'capture.reload': { params: z.object(capture), result: CaptureInfo },
  /** Writes packets to a file: atomically, so a failed save loses nothing. Progress: {done,total} packets. */
  'capture.save': {
    params: z.object({
      ...capture,
      path: z.string().min(1).max(4096),
      format: z.enum(['pcapng', 'pcap', 'pcap-ns']),
      scope: ExportScope,
      keepComments: z.boolean(),
      keepSecrets: z.boolean(),
      overwrite: z.boolean(),
    }),
    result: z.object({ path: z.string(), packets: z.number(), bytes: z.number() }),
  },
  /** The same bytes for a browser's download, at most 256 MiB. */
  'capture.download': {
    params: z.object({
      ...capture,
      format: z.enum(['pcapng', 'pcap', 'pcap-ns']),
      scope: ExportScope,
      keepComments: z.boolean(),
      keepSecrets: z.boolean(),
    }),
    result: z.object({ name: z.string(), bytes: z.string() }),
  },

  /** Rows first..first+count-1 of the displayed list. `rowCount` is the number of displayed rows now. */
  'rows.get': {
    params: z.object({
      ...capture,
      first: z.number().int().nonnegative(),
      count: z.number().int().min(0).max(500),
      columns: z.array(ColumnContent).max(60),
      time: TimeFormat,
      resolveNames: z.boolean(),
      colorize: z.boolean(),
    }),
    result: z.object({ first: z.number(), rowCount: z.number(), rows: z.array(PacketRow) }),
  },
  /** Row of a packet in the displayed list; when it is hidden, the nearest one after it (exact = false). */
  'rows.find': { params: z.object({ ...capture, number: PacketNumber }), result: z.object({ row: z.number(), exact: z.boolean() }) },
  /** Displayed rows as text, for the clipboard and for export; CSV cells that begin with = + - @ are neutralised. */
  'rows.text': {
    params: z.object({
      ...capture,
      numbers: numbers,
      columns: z.array(ColumnContent).max(60),
      titles: z.array(z.string()),
      time: TimeFormat,
      resolveNames: z.boolean(),
      format: z.enum(['text', 'csv', 'yaml']),
    }),
    result: z.object({ text: z.string() }),
  },
  /** Sorts the displayed list by a column; null restores file order. */
  'rows.sort': {
    params: z.object({ ...capture, column: ColumnContent.nullable(), descending: z.boolean() }),
    result: z.object({ rowCount: z.number() }),
  },
  /** Next or previous displayed packet that fits; wraps around. `number` 0 = none. Progress: {done,total}. */
  'rows.search': {
    params: z.object({
      ...capture,
      from: z.number().int().nonnegative(),
      backwards: z.boolean(),
      what: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('filter'), text: z.string().max(4000) }),
        z.object({
          kind: z.literal('string'),
          text: z.string().max(1000),
          where: z.enum(['list', 'tree', 'bytes']),
          matchCase: z.boolean(),
        }),
        z.object({
          kind: z.literal('regex'),
          text: z.string().max(1000),
          where: z.enum(['list', 'tree', 'bytes']),
          matchCase: z.boolean(),
        }),
        z.object({ kind: z.literal('hex'), text: z.string().max(1000) }),
        z.object({ kind: z.literal('marked') }),
        z.object({ kind: z.literal('time-reference') }),
        z.object({ kind: z.literal('comment') }),
        /** Same TCP/UDP/IP conversation as `from`. */
        z.object({ kind: z.literal('conversation') }),
      ]),
    }),
    result: z.object({ number: z.number(), row: z.number(), wrapped: z.boolean() }),
  },

  'packet.get': { params: z.object({ ...capture, number: PacketNumber, resolveNames: z.boolean() }), result: PacketDetail },
  /** Text of packets for copying: tshark-like summary lines, trees or hex dumps. */
  'packet.text': {
    params: z.object({ ...capture, numbers: numbers, format: z.enum(['summary', 'tree', 'hex', 'json']) }),
    result: z.object({ text: z.string() }),
  },
  'packet.mark': {
    params: z.object({ ...capture, numbers: z.union([numbers, z.literal('displayed'), z.literal('none')]), on: z.boolean() }),
    result: CaptureInfo,
  },
  /** An ignored packet stays in the list but is not dissected, as in Wireshark. */
  'packet.ignore': {
    params: z.object({ ...capture, numbers: z.union([numbers, z.literal('displayed'), z.literal('none')]), on: z.boolean() }),
    result: CaptureInfo,
  },
  'packet.timeReference': { params: z.object({ ...capture, number: PacketNumber, on: z.boolean() }), result: CaptureInfo },
  'packet.setComments': {
    params: z.object({ ...capture, number: PacketNumber, comments: z.array(z.string().max(65_535)).max(100) }),
    result: CaptureInfo,
  },

  /** Checks a filter text without running it. */
  'filter.check': { params: z.object({ text: z.string().max(10_000) }), result: FilterCheck },
  'filter.complete': {
    params: z.object({ captureId: CaptureId.nullable(), text: z.string().max(10_000), cursor: z.number().int().nonnegative() }),
    result: z.object({ start: z.number(), end: z.number(), items: z.array(Completion) }),
  },
  /** How many packets a filter would show, without applying it. Progress as filter.apply; a new count or filter of the capture cancels it. */
  'filter.count': {
    params: z.object({ ...capture, text: z.string().min(1).max(10_000), reference: PacketNumber.optional() }),
    result: z.object({ matched: z.number() }),
  },
  /** Applies a display filter ('' removes it). Progress: {done,total,matched}. A new call cancels the one before. */
  'filter.apply': {
    /** `reference` is the packet that ${field} in the text refers to: usually the selected one. */
    params: z.object({ ...capture, text: z.string().max(10_000), reference: PacketNumber.optional() }),
    result: z.object({ shown: z.number(), info: CaptureInfo }),
  },
  'fields.search': {
    params: z.object({ captureId: CaptureId.nullable(), text: z.string().max(200), limit: z.number().int().min(1).max(1000) }),
    result: z.object({ fields: z.array(FieldInfo) }),
  },

  /** Colour rules in force, and which set they come from. */
  'colors.get': { params: nothing, result: z.object({ rules: z.array(ColorRule), profile: z.enum(['wireglass', 'classic', 'custom']) }) },
  'colors.set': {
    params: z.object({ rules: z.array(ColorRule).max(1000), profile: z.enum(['wireglass', 'classic', 'custom']) }),
    result: z.object({ problems: z.array(z.object({ rule: z.number(), message: Sentence })) }),
  },
  /** Rules in Wireshark's colorfilters format, and back. */
  'colors.export': { params: nothing, result: z.object({ text: z.string() }) },
  'colors.parse': {
    params: z.object({ text: z.string().max(1_000_000) }),
    result: z.object({ rules: z.array(ColorRule), problems: z.array(z.object({ line: z.number(), message: z.string() })) }),
  },

  /** Packets over time by protocol class; from/to are nanoseconds since the first packet (null = the ends). */
  'overview.get': {
    params: z.object({
      ...capture,
      buckets: z.number().int().min(1).max(4000),
      fromNs: z.number().nullable(),
      toNs: z.number().nullable(),
    }),
    result: z.object({ fromNs: z.number(), toNs: z.number(), buckets: z.array(OverviewBucket) }),
  },
  /** Marks for the strip beside the scroll bar: class and problem of `samples` evenly spaced displayed rows. */
  'overview.map': {
    params: z.object({ ...capture, samples: z.number().int().min(1).max(4000) }),
    result: z.object({ classes: z.array(z.number()), problems: z.array(z.number()) }),
  },

  ...CONVERSATION_METHODS,
  ...DECODE_AS_METHODS,
  ...DIAGRAM_METHODS,
  ...FOLLOW_METHODS,
  ...GRAPH_METHODS,
  ...HTTP_METHODS,
  ...KEY_METHODS,
  ...TLS_METHODS,
  ...LIVE_METHODS,
  ...PROGRAM_METHODS,
  ...STATISTICS_METHODS,

  /** The user's settings as one JSON document; unknown keys are kept. Stored by the host in the platform's configuration folder. */
  'settings.get': { params: nothing, result: z.object({ settings: z.record(z.string(), z.unknown()) }) },
  'settings.set': { params: z.object({ settings: z.record(z.string(), z.unknown()) }), result: nothing },
} as const

/** Name of a method. */
export type MethodName = keyof typeof METHODS
/** Parameters of a method, as the caller gives them. */
export type Params<M extends MethodName> = z.input<(typeof METHODS)[M]['params']>
/** Result of a method. */
export type Result<M extends MethodName> = z.output<(typeof METHODS)[M]['result']>

/** Events that the engine sends unasked. */
export const EVENTS = {
  ...LIVE_EVENTS,
  ...PROGRAM_EVENTS,
  /** Sent at most about ten times a second while a capture is indexed, and whenever its marks, filter or problems change. */
  'capture.changed': CaptureInfo,
  /** A command chosen in a native menu, or a file handed over by the operating system. */
  'host.command': z.object({ command: z.string(), argument: z.string().optional() }),
  /** A capture was opened by somebody else than this page: the operating system, a second start of the program. */
  'capture.opened': CaptureInfo,
  /** The key log in use has new lines; captures.redissect uses them. */
  'keys.changed': z.object({}),
  /** Something went wrong that no call of the page asked for, such as a file of the operating system that could not be opened. */
  'host.problem': Problem,
  /** The engine died; every capture has to be opened again. The connection closes after this; `restarted` tells whether connecting again works. */
  'host.engineStopped': z.object({ message: z.string(), restarted: z.boolean() }),
} as const
/** Name of an event. */
export type EventName = keyof typeof EVENTS
/** Payload of an event. */
export type EventPayload<E extends EventName> = z.output<(typeof EVENTS)[E]>
