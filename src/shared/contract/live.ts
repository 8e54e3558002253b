// Live capture: what the interface may ask of the capture helper through the engine, and what it is told while a capture runs.
import { z } from 'zod'
import { CaptureId, CaptureInfo, Problem } from './schemas'

/** An interface of this machine. */
export const LiveInterface = z.object({
  name: z.string(),
  description: z.string(),
  addresses: z.array(z.string()),
  loopback: z.boolean(),
  wireless: z.boolean(),
  up: z.boolean(),
  /** Carrier or association; null where the system does not tell. */
  connected: z.boolean().nullable(),
})
export type LiveInterface = z.infer<typeof LiveInterface>

/** Ways to get packets from the system; 'stream' is a pipe, a FIFO or standard input. */
export const LIVE_BACKENDS = ['libpcap', 'dumpcap', 'cap', 'stream'] as const

const count = (most: number) => z.number().int().positive().max(most)
const MAX_BYTES = 2 ** 50

/** One interface of a capture. */
export const LiveInterfaceRequest = z.object({
  /** Name as the system has it; '-' for the host's standard input, a path for a FIFO or pipe. */
  name: z.string().min(1).max(4096),
  /** Capture filter in libpcap's language; '' keeps everything. */
  filter: z.string().max(10_000),
  promiscuous: z.boolean(),
  monitor: z.boolean(),
  /** Bytes kept of each packet. */
  snapLength: count(262_144),
  /** Kernel buffer in MiB. */
  bufferMiB: count(2047),
  /** Data link type by name (EN10MB); '' takes the interface's own. */
  linkType: z.string().max(100),
})

/** A capture to run. */
export const LiveRequest = z.object({
  interfaces: z.array(LiveInterfaceRequest).min(1).max(64),
  /** The file to write; '' keeps the packets in a temporary file until they are saved or discarded. */
  path: z.string().max(4096),
  /** Whether an existing file may be replaced. */
  overwrite: z.boolean(),
  /** When to go on in another file; needs a path. */
  ring: z
    .object({
      bytes: count(MAX_BYTES).optional(),
      seconds: count(10 ** 9).optional(),
      packets: count(10 ** 12).optional(),
      /** Files to keep; the oldest is removed. */
      files: count(100_000).optional(),
    })
    .optional(),
  /** When to stop by itself; the first that is reached. */
  stop: z.object({
    packets: count(10 ** 12).optional(),
    bytes: count(MAX_BYTES).optional(),
    seconds: count(10 ** 9).optional(),
    files: count(100_000).optional(),
  }),
  backend: z.enum(['auto', 'libpcap', 'dumpcap', 'cap']),
})
export type LiveRequest = z.infer<typeof LiveRequest>

/** The running capture, or the last one. */
export const LiveCapture = z.object({
  /** The open capture that shows its packets; another one after each switch of a ring. */
  captureId: CaptureId,
  running: z.boolean(),
  backend: z.enum(LIVE_BACKENDS),
  /** False where packets carry the helper's times instead of the kernel's. */
  kernelTimes: z.boolean(),
  /** The present file, or '' while it is a temporary one. */
  path: z.string(),
  /** What the helper has written, which may be more than is indexed. */
  packets: z.number(),
  bytes: z.number(),
  /** Packets and drops of the last second. */
  packetsPerSecond: z.number(),
  droppedPerSecond: z.number(),
  /** Counters of the system for each interface; null where it does not tell. */
  interfaces: z.array(z.object({ name: z.string(), filter: z.string(), received: z.number().nullable(), dropped: z.number().nullable() })),
  /** Why it ended early, or null. */
  problem: Problem.nullable(),
})
export type LiveCapture = z.infer<typeof LiveCapture>

/** Packets of an earlier capture that were neither saved nor discarded. */
export const LiveSpool = z.object({
  id: z.string(),
  /** Milliseconds since 1970. */
  startedMs: z.number(),
  interfaces: z.array(z.string()),
  filter: z.string(),
  bytes: z.number(),
})
export type LiveSpool = z.infer<typeof LiveSpool>

/** What one way of capturing can do here. */
export const LiveBackendState = z.object({
  name: z.enum(LIVE_BACKENDS),
  /** Its version where it is there, else null. */
  version: z.string().nullable(),
  permitted: z.boolean(),
  problem: z.object({ code: z.string(), message: z.string(), details: z.string().optional() }).nullable(),
})
export type LiveBackendState = z.infer<typeof LiveBackendState>

/** What can be done where capturing is not permitted; the interface explains each. */
export const LIVE_REMEDIES = [
  'install-libpcap',
  'install-dumpcap',
  'dumpcap-group',
  'helper-capability',
  'chmod-bpf',
  'install-npcap',
  'start-npcap',
] as const

/** What the permission doctor found. */
export const LiveDiagnosis = z.object({
  permitted: z.boolean(),
  backends: z.array(LiveBackendState),
  /** In the order of recommendation; empty when capturing works. */
  remedies: z.array(z.object({ id: z.enum(LIVE_REMEDIES), commands: z.array(z.string()) })),
})
export type LiveDiagnosis = z.infer<typeof LiveDiagnosis>

const nothing = z.object({})

/** name -> { params, result }, as in METHODS. */
export const LIVE_METHODS = {
  /** Interfaces in libpcap's order. */
  'live.interfaces': { params: nothing, result: z.object({ interfaces: z.array(LiveInterface) }) },
  /** Packets that each interface has passed since it came up, for the sparklines; empty where only capturing could tell. */
  'live.counters': { params: nothing, result: z.object({ packets: z.record(z.string(), z.number()) }) },
  'live.linkTypes': {
    params: z.object({ name: z.string().min(1).max(4096), monitor: z.boolean() }),
    result: z.object({ linkTypes: z.array(z.object({ name: z.string(), description: z.string() })) }),
  },
  /** What libpcap's compiler says against a capture filter, or null. */
  'live.checkFilter': {
    params: z.object({ filter: z.string().max(10_000), linkType: z.string().max(100) }),
    result: z.object({ problem: z.string().nullable() }),
  },
  /** Finds out, each time anew, what may capture here and what would have to be done. */
  'live.diagnose': { params: nothing, result: LiveDiagnosis },
  /** Starts a capture and opens it; one runs at a time. Event live.changed follows every second. */
  'live.start': { params: LiveRequest, result: z.object({ live: LiveCapture, info: CaptureInfo }) },
  /** Ends the capture; its packets stay open. */
  'live.stop': { params: nothing, result: LiveCapture },
  /** Discards what was captured, and captures the same again. */
  'live.restart': { params: nothing, result: z.object({ live: LiveCapture, info: CaptureInfo }) },
  'live.state': { params: nothing, result: z.object({ live: LiveCapture.nullable() }) },
  /** Temporary files that nobody has open any more. */
  'live.spools': { params: nothing, result: z.object({ spools: z.array(LiveSpool) }) },
  /** Opens one of them; it stays temporary until it is saved or closed. */
  'live.recover': { params: z.object({ id: z.string().max(200) }), result: CaptureInfo },
  'live.discard': { params: z.object({ id: z.string().max(200) }), result: nothing },
} as const

/** Events of live capture. */
export const LIVE_EVENTS = {
  /** Once a second while a capture runs, and when it begins or ends. */
  'live.changed': LiveCapture,
  /** A capture took the place of another: the next file of a ring, or a restart. */
  'capture.replaced': z.object({ captureId: CaptureId, info: CaptureInfo }),
} as const
