// What a host and the capture helper say to each other: one JSON object a message. The host asks; the helper answers with the same id, and
// reports what happens to the capture that it runs. No packet travels here: packets go to the spool file.
import type { ErrorCode } from '../../shared/errors'

/** How packets are got from the system. 'stream' reads a pipe, a FIFO or standard input. */
export type BackendName = 'libpcap' | 'dumpcap' | 'cap' | 'stream'

/** A trouble in words for the user. `details` is the system's own text. */
export interface HelperProblem {
  readonly code: ErrorCode
  readonly message: string
  readonly details?: string
}

/** One interface of a capture. */
export interface InterfaceRequest {
  /** Name as the system has it; '-' for descriptor 3, a path for a FIFO or pipe. */
  readonly name: string
  /** Capture filter in libpcap's language; '' keeps everything. */
  readonly filter: string
  readonly promiscuous: boolean
  readonly monitor: boolean
  /** Bytes kept of each packet. */
  readonly snapLength: number
  /** Kernel buffer in MiB. */
  readonly bufferMiB: number
  /** Data link type by name (EN10MB); '' takes the interface's own. */
  readonly linkType: string
}

/** When to go on in another file. All that are given count. */
export interface RingRequest {
  readonly bytes?: number | undefined
  readonly seconds?: number | undefined
  readonly packets?: number | undefined
  /** Seconds of the wall clock that a file begins at a multiple of. */
  readonly interval?: number | undefined
  /** Files to keep; the oldest is removed. Undefined keeps all. */
  readonly files?: number | undefined
}

/** When to stop by itself; the first that is reached. */
export interface StopRequest {
  readonly packets?: number | undefined
  readonly bytes?: number | undefined
  readonly seconds?: number | undefined
  readonly files?: number | undefined
}

/** A capture to run. */
export interface CaptureRequest {
  readonly interfaces: readonly InterfaceRequest[]
  /** The file to write; with a ring the name that the names of its files are made of. */
  readonly path: string
  readonly ring?: RingRequest | undefined
  readonly stop?: StopRequest | undefined
  readonly backend: BackendName | 'auto'
  /** Name and version of the program, for the file. */
  readonly application: string
}

/** One interface of this machine. */
export interface InterfaceDescription {
  readonly name: string
  readonly description: string
  readonly addresses: readonly string[]
  readonly loopback: boolean
  readonly wireless: boolean
  readonly up: boolean
  /** Carrier or association; null where the system does not tell. */
  readonly connected: boolean | null
}

/** A data link type of an interface. */
export interface LinkTypeDescription {
  readonly name: string
  readonly description: string
}

/** What a back end can do here. */
export interface BackendState {
  readonly name: BackendName
  /** Its version where it is there, else null. */
  readonly version: string | null
  readonly permitted: boolean
  /** Why it cannot be used; null when it can. */
  readonly problem: HelperProblem | null
}

/** Packets and drops of one interface so far; null is not known. */
export interface InterfaceCounters {
  readonly received: number | null
  readonly dropped: number | null
}

/** Questions and their answers. */
export interface HelperCalls {
  readonly interfaces: { readonly params: object; readonly result: readonly InterfaceDescription[] }
  /** Packets that each interface has passed since the system started, for the sparklines. */
  readonly counters: { readonly params: object; readonly result: Readonly<Record<string, number>> }
  readonly linkTypes: {
    readonly params: { readonly name: string; readonly monitor: boolean }
    readonly result: readonly LinkTypeDescription[]
  }
  readonly checkFilter: {
    readonly params: { readonly filter: string; readonly linkType: string }
    readonly result: { readonly problem: string | null }
  }
  readonly backends: { readonly params: object; readonly result: readonly BackendState[] }
  readonly start: { readonly params: CaptureRequest; readonly result: { readonly backend: BackendName; readonly kernelTimes: boolean } }
  readonly stop: { readonly params: object; readonly result: CaptureEnd }
}
/** Name of a question. */
export type HelperCall = keyof HelperCalls

/** How a capture ended. */
export interface CaptureEnd {
  readonly packets: number
  readonly bytes: number
  readonly counters: readonly InterfaceCounters[]
  /** Why it ended early; null when it was asked to, or reached what it was to stop at. */
  readonly problem: HelperProblem | null
}

/** Host to helper. */
export interface HelperQuestion {
  readonly id: number
  readonly call: HelperCall
  readonly params: unknown
}

/** Helper to host. */
export type HelperMessage =
  | { readonly type: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly problem: HelperProblem }
  /** Once a second. */
  | { readonly type: 'statistics'; readonly packets: number; readonly bytes: number; readonly counters: readonly InterfaceCounters[] }
  /** Packets go to this file from now on. */
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'ended'; readonly end: CaptureEnd }
