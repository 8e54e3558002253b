// What the engine service needs of the process that hosts it. Adapters for Node hosts are in src/node; tests use fakes.
import type { DirectoryEntry, RecentFile, SampleInfo } from '../../shared/contract'
import type { ByteSource } from '../bytes/byte-source'
import type { Ciphers } from '../dissect/ciphers'
import type { Inflate } from '../dissect/session'
import type { Painter } from '../diagram/export'
import type { SignatureCheck } from '../session/tls/certificates/chain'
import type { LiveFile, LivePort } from './live-port'
import type { ProgramsPort } from './programs-port'

/** Time as the engine needs it. */
export interface Clock {
  /** Monotonic milliseconds, for durations and rates. */
  now(): number
  /** Milliseconds since 1970, for "opened at". */
  wallTimeMs(): number
  /** Minutes to add to UTC for local time at that moment (epoch seconds); the zone is the user's. */
  zoneOffsetMinutes(epochSeconds: number): number
}

/** Lets other work of the engine's event loop (calls, events, input) run between two slices of a long task. */
export interface Scheduler {
  yield(): Promise<void>
  /** Calls back after about `ms` milliseconds; the returned function prevents it. Does not keep the process alive. */
  after(ms: number, callback: () => void): () => void
}

/** Documents of the user kept by the host in the platform's configuration folder, such as 'settings.json' and 'colorfilters'. */
export interface DocumentStore {
  /** Text of a document, or null when there is none (or it cannot be read). */
  read(name: string): string | null
  /** Replaces a document atomically. Throws TraceError. */
  write(name: string, text: string): void
}

/** A file that is being written beside its target; nothing of the target changes before commit(). */
export interface OutputFile {
  write(bytes: Uint8Array): void
  /** Puts the file in place. Throws TraceError, and then the old file is untouched. */
  commit(): void
  /** Removes what was written; harmless after commit(). */
  abort(): void
}

/** What capture.open may be asked to open. */
export type SourceSpec =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'sample'; readonly id: string }
  | { readonly kind: 'upload'; readonly uploadId: number }
  | ({ readonly kind: 'live' } & LiveFile)

/** A source that may still grow. */
export interface GrowingSource extends ByteSource {
  /** Resolves when there are more bytes than at the time of the call, or when the source is complete. */
  whenMore?(): Promise<void>
  /** Ends a source that is followed where it ends now. */
  stop?(): void
}

/** A source with what the interface calls it. */
export interface OpenedSource {
  readonly source: GrowingSource
  /** For the tab. */
  readonly name: string
  /** Full path, or null for standard input, uploads and samples. */
  readonly path: string | null
  /** Packets are being captured into it: it ends when it is stopped, never by waiting. */
  readonly live?: boolean
  /** It holds packets that are nowhere else: closing it asks first. */
  readonly temporary?: boolean
  /** Called once the source is closed (removes a temporary file). */
  readonly released?: () => void
}

/** Files as the local user can reach them. All throw TraceError with the path in it. */
export interface FilesPort {
  /** Opens a capture, decompressed where needed. Standard input has the path '-'. */
  open(spec: SourceSpec): Promise<OpenedSource>
  /** A file to save to. Refuses an existing file with 'io/exists' unless `overwrite`. Answers the full path too. */
  create(path: string, overwrite: boolean): { readonly file: OutputFile; readonly path: string }
  list(path: string, showAll: boolean): Promise<{ path: string; parent: string | null; entries: DirectoryEntry[] }>
  samples(): Promise<SampleInfo[]>
  recent(): Promise<RecentFile[]>
  /** Puts a file at the head of the recent files. */
  remember(path: string, wallTimeMs: number): void
  /** null forgets all. */
  forget(path: string | null): void
  uploadStart(name: string, size: number): number
  /** Appends base64 bytes; answers how many bytes have arrived. */
  uploadPiece(uploadId: number, bytes: string): number
}

/** Files with keys, as the local user can read them. */
export interface KeyFilesPort {
  /** The whole file as text. Throws TraceError. */
  read(path: string): string
  /** Calls back when the file may have changed, also when it comes into being; the returned function ends it. */
  watch(path: string, changed: () => void): () => void
}

/** What kind of host this is, and its native dialogs. */
export interface HostPort {
  readonly kind: 'desktop' | 'browser'
  readonly version: string
  readonly platform: string
  readonly nativeDialogs: boolean
  readonly homeFolder: string
  /** A file chosen by the user, or null. */
  readonly openDialog: () => Promise<string | null>
  readonly saveDialog: (suggestedName: string, format: string) => Promise<string | null>
}

/** What exported pictures need beyond the engine: fonts, a rasteriser, a PDF writer. */
export type PicturePort = Painter

/** Everything together. */
export interface EnginePorts {
  readonly host: HostPort
  readonly files: FilesPort
  readonly documents: DocumentStore
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly inflate: Inflate
  /** Without it nothing is decrypted. */
  readonly ciphers?: Ciphers
  /** Without it no signature of a certificate is checked. */
  readonly signatures?: SignatureCheck
  /** Without it keys can only be pasted. */
  readonly keyFiles?: KeyFilesPort
  readonly pictures: PicturePort
  /** Left out where nothing can be captured. */
  readonly live?: LivePort
  /** Left out where no programs can be started. */
  readonly programs?: ProgramsPort
}
