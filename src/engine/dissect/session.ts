// State that spans packets. A dissector may write to it only while d.first is true, which happens once for every packet in file order; later visits
// read. So any packet can be dissected again, alone and in any order, with the same result (Wireshark's two-pass rule).
import type { PacketOptions } from '../capture/pcapng-options'
import type { Core } from '../core/core'
import { NO_CIPHERS } from './ciphers'
import type { Ciphers } from './ciphers'

/** Key of one protocol's state in a session; made once beside the protocol. */
export interface StateKey<T> {
  readonly name: string
  readonly create: (session: Session) => T
}

/** Declares state of which each open capture has one. The value usually holds maps keyed by packet or conversation number. */
export function defineState<T>(name: string, create: (session: Session) => T): StateKey<T> {
  return { name, create }
}

/** What the user may set, as tshark's -d and -o. */
export interface SessionOptions {
  /** Decode As: table name (tcp.port, udp.port, ethertype …) -> key -> protocol name. */
  decodeAs: Map<string, Map<number | string, string>>
  /** Preferences by tshark's name, for example 'tcp.desegment_tcp_streams'. */
  preferences: Map<string, string>
}

/** Reads packets of the same capture, for reassembly. Frame numbers start at 1. */
export interface FrameAccess {
  /** Bytes of a frame that was already indexed; the result stays valid until the next call. */
  frame(number: number): Uint8Array
  /** Epoch time of a frame. */
  seconds(number: number): number
  nanoseconds(number: number): number
  /** What the file says of an interface (index over all sections). */
  interface?(index: number): InterfaceDescription | undefined
  /** pcapng options of a frame. */
  options?(number: number): PacketOptions | undefined
  /** Whose a custom block is that is listed as a frame, and whether programs that do not know it may copy it. */
  customBlock?(number: number): { readonly enterprise: number; readonly mayCopy: boolean }
}

/** An interface as the frame's rows show it. */
export interface InterfaceDescription {
  /** Set where the format numbers interfaces (pcapng): both count from 0, `id` within its section. */
  readonly place?: { readonly section: number; readonly id: number } | undefined
  readonly name?: string | undefined
  readonly description?: string | undefined
  /** Bytes of frame check sequence at each frame's end, where the file says so. */
  readonly fcsLength?: number | undefined
}

/** Decompression by port: the engine has no platform. Returns what could be decompressed, at most `limit` bytes; null when it cannot. */
export interface Inflate {
  inflate(bytes: Uint8Array, encoding: 'gzip' | 'deflate' | 'br' | 'zstd', limit: number): Uint8Array | null
}

/** What the user did to frames of an open capture. */
export interface FrameMarks {
  marked(number: number): boolean
  ignored(number: number): boolean
  /** Frame from which relative times count: the last time reference at or before this frame, or 1. */
  reference(number: number): number
  /** Comments that the user changed; undefined where the file's own hold. */
  comments(number: number): readonly string[] | undefined
}

const UNTOUCHED: FrameMarks = { marked: () => false, ignored: () => false, reference: () => 1, comments: () => undefined }

/** State of one open capture. */
export class Session {
  readonly options: SessionOptions = { decodeAs: new Map(), preferences: new Map() }
  /** Where addresses, streams and columns are. */
  readonly core: Core
  readonly frames: FrameAccess
  readonly inflate: Inflate
  readonly ciphers: Ciphers
  private readonly states = new Map<StateKey<unknown>, unknown>()

  constructor(core: Core, frames: FrameAccess, inflate: Inflate, ciphers: Ciphers = NO_CIPHERS) {
    this.core = core
    this.frames = frames
    this.inflate = inflate
    this.ciphers = ciphers
  }

  /** The service replaces it for a capture that a user works with. */
  marks: FrameMarks = UNTOUCHED

  /** Number of the frame displayed before this one, 0 for the first; a filtered pass replaces it. */
  displayedBefore: (number: number) => number = (number) => number - 1

  /** The session's one instance of a state. */
  state<T>(key: StateKey<T>): T {
    let value = this.states.get(key) as T | undefined
    if (value === undefined) this.states.set(key, (value = key.create(this)))
    return value
  }
}
