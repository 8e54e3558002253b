// Errors that reach a user: what went wrong, where, and what to do next. One code union for engine, hosts and RPC.

/** Stable identity of an error; part of the RPC contract, never translated. */
export type ErrorCode =
  | 'capture/not-a-capture'
  | 'capture/unsupported-format'
  | 'capture/unsupported-link-type'
  | 'capture/empty'
  | 'capture/too-large'
  | 'pcap/truncated'
  | 'pcap/bad-packet-length'
  | 'pcap/bad-version'
  | 'pcapng/truncated'
  | 'pcapng/bad-block-length'
  | 'pcapng/bad-byte-order-magic'
  | 'pcapng/bad-version'
  | 'pcapng/bad-block'
  | 'pcapng/bad-interface'
  | 'pcapng/bad-packet-length'
  | 'pcapng/bad-option'
  | 'snoop/truncated'
  | 'snoop/bad-packet-length'
  | 'compression/damaged'
  | 'compression/truncated'
  | 'compression/unsupported'
  | 'io/not-found'
  | 'io/permission'
  | 'io/is-directory'
  | 'io/no-space'
  | 'io/read'
  | 'io/write'
  | 'io/closed'
  | 'export/mixed-link-types'
  | 'export/unsupported'
  | 'export/damaged-input'
  | 'filter/syntax'
  | 'filter/unknown-field'
  | 'filter/type'
  | 'rpc/bad-argument'
  | 'rpc/unknown-method'
  | 'rpc/cancelled'
  | 'rpc/closed'
  | 'rpc/forbidden'
  | 'rpc/busy'
  | 'host/unsupported'
  | 'host/engine-stopped'
  | 'capture/not-open'
  | 'io/exists'
  | 'live/no-library'
  | 'live/no-interface'
  | 'live/permission'
  | 'live/filter'
  | 'live/link-type'
  | 'live/interface-lost'
  | 'live/unsupported'
  | 'live/helper-stopped'
  | 'live/running'
  | 'program/not-started'
  | 'internal'

/** Where an error was met; every part that is known is given. */
export interface ErrorPlace {
  /** Path as the user gave it, "-" for standard input. */
  readonly file?: string | undefined
  /** Byte offset in the (decompressed) file. */
  readonly offset?: number | undefined
  /** Number of the last packet before the problem, from 1; 0 means before the first. */
  readonly packet?: number | undefined
  /** Display-filter name of a field. */
  readonly field?: string | undefined
}

/** Base of all errors whose message is meant for the user. Anything else that is thrown is a bug and becomes `internal`. */
export class TraceError extends Error {
  readonly code: ErrorCode
  readonly where: ErrorPlace

  constructor(code: ErrorCode, message: string, where: ErrorPlace = {}, options?: { cause?: unknown }) {
    super(message, options)
    this.name = new.target.name
    this.code = code
    this.where = where
  }
}

/** A capture file cannot be read, or not further than `where`. */
export class CaptureFileError extends TraceError {}

/** Writing or exporting failed; the original file is untouched. */
export class ExportError extends TraceError {}

/** The same sentence in both languages of the interface. */
export interface Sentence {
  readonly en: string
  readonly zh: string
}

/** A display filter is wrong; `start`..`end` is the part of its text to underline (UTF-16 offsets, end exclusive). The message is English, as the terminal's. */
export class FilterError extends TraceError {
  readonly sentence: Sentence
  readonly start: number
  readonly end: number

  constructor(code: ErrorCode, sentence: Sentence, start: number, end: number) {
    super(code, sentence.en)
    this.sentence = sentence
    this.start = start
    this.end = end
  }
}

/** True when a value thrown by anything is one of ours. */
export function isTraceError(value: unknown): value is TraceError {
  return value instanceof TraceError
}
