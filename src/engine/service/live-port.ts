// What the engine needs of its host to capture packets. The adapter for Node is src/node/live; tests use fakes.
import type { LiveCapture, LiveDiagnosis, LiveInterface, LiveRequest, LiveSpool } from '../../shared/contract'
import type { TraceError } from '../../shared/errors'

/** A file that is, or was, captured into. */
export interface LiveFile {
  readonly path: string
  /** For the tab. */
  readonly name: string
  /** Kept only until it is saved or discarded. */
  readonly temporary: boolean
  /** Still being written. */
  readonly growing: boolean
}

/** Counters of one interface; null is not known. */
export type LiveCounters = Pick<LiveCapture['interfaces'][number], 'received' | 'dropped'>

/** What a running capture tells. */
export interface LiveListener {
  /** Once a second. */
  statistics(packets: number, bytes: number, counters: readonly LiveCounters[]): void
  /** A ring went on in another file. */
  file(file: LiveFile): void
  /** It has ended and its file is closed, or the helper is gone; exactly once. `counters` is empty when they are not known. */
  ended(
    end: { readonly packets: number; readonly bytes: number; readonly counters: readonly LiveCounters[] } | undefined,
    error: TraceError | undefined,
  ): void
}

/** A capture that was started. */
export interface StartedCapture {
  readonly backend: LiveCapture['backend']
  readonly kernelTimes: boolean
  readonly file: LiveFile
  /** Ends it; resolves after the listener was told. */
  stop(): Promise<void>
}

/** Capturing. Every call rejects with TraceError. */
export interface LivePort {
  interfaces(): Promise<readonly LiveInterface[]>
  counters(): Promise<Readonly<Record<string, number>>>
  linkTypes(name: string, monitor: boolean): Promise<readonly { readonly name: string; readonly description: string }[]>
  checkFilter(filter: string, linkType: string): Promise<string | null>
  diagnose(): Promise<LiveDiagnosis>
  start(request: LiveRequest, listener: LiveListener): Promise<StartedCapture>
  spools(): Promise<readonly LiveSpool[]>
  /** Takes a temporary file over. */
  recover(id: string): Promise<LiveFile>
  discard(id: string): Promise<void>
  /** The packets of a temporary file are saved elsewhere: it is not offered again. */
  forget(path: string): void
  /** Removes a temporary file. */
  remove(path: string): void
}
