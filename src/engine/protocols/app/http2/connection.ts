// What one HTTP/2 connection leaves from frame to frame. Written on the first visit: the header fields of each block and what became of each DATA frame,
// by packet and order in it, so that any packet can be read again alone.
import { conversationOf, defineState } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { Body } from './body-parts'
import { HeaderDecoder } from './hpack'
import type { Representation } from './hpack'

/** What may be kept of one capture, in bytes by estimate; beyond it header blocks and bodies are shown as they stand. */
const MOST_KEPT = 256 << 20
/** Settings that may wait for their acknowledgment. */
const MOST_WAITING = 100

/** The header fields of a block, or of the fragment of one. */
export interface HeaderBlock {
  readonly representations: readonly Representation[]
  /** Why not everything was taken. */
  readonly stopped: '' | 'lines' | 'size'
  /** The body that this block ends, being a trailer. */
  readonly ended: Body | undefined
}

/** What a DATA frame is of its body. */
export interface DataPart {
  /** 'part' belongs to a body that is put together; others are not looked into. */
  readonly kind: 'part' | 'alone' | 'transfer-coded' | 'tunnelled'
  readonly body: Body | undefined
  /** Its place among the body's parts. */
  readonly index: number
  /** It ends the body. */
  readonly ends: boolean
}

/** One direction of a stream: what its headers say of its body. */
export interface StreamSide {
  /** A header block with :method or :status was seen. */
  begun: boolean
  contentType: string
  parameters: string
  encoding: string
  isPartial: boolean
  transferCoded: boolean
  /** The body that grows. */
  body: Body | undefined
}

/** One stream. */
export interface Stream {
  readonly sides: readonly [StreamSide, StreamSide]
  /** CONNECT (RFC 9113, 8.5). */
  tunnel: boolean
}

/** How much all connections of a capture keep. */
export interface Kept {
  bytes: number
}

/** State of one connection. */
export class Http2Connection {
  readonly decoders: readonly [HeaderDecoder, HeaderDecoder] = [new HeaderDecoder(), new HeaderDecoder()]
  /** Table sizes that each side has asked for and the other one has not acknowledged yet; undefined where SETTINGS did not name one. */
  readonly waiting: readonly [(number | undefined)[], (number | undefined)[]] = [[], []]
  private readonly streams = new Map<number, Stream>()
  private readonly blocks = new Map<number, HeaderBlock[]>()
  private readonly parts = new Map<number, DataPart[]>()
  private readonly kept: Kept
  private frame = 0
  private blocksRead = 0
  private partsRead = 0

  constructor(kept: Kept) {
    this.kept = kept
  }

  /** Says which packet's frames come next. */
  goTo(frame: number): void {
    this.frame = frame
    this.blocksRead = this.partsRead = 0
  }

  /** Whether `size` more bytes may be kept; counts them. */
  mayKeep(size: number): boolean {
    if (this.kept.bytes + size > MOST_KEPT) return false
    this.kept.bytes += size
    return true
  }

  /** First visit: a stream's state; undefined when no more may be kept. */
  stream(id: number): Stream | undefined {
    let stream = this.streams.get(id)
    if (!stream && this.mayKeep(500)) {
      stream = { sides: [newSide(), newSide()], tunnel: false }
      this.streams.set(id, stream)
    }
    return stream
  }

  /** The next header block of the packet: made on the first visit, found again later. */
  block(make: (() => HeaderBlock | undefined) | undefined): HeaderBlock | undefined {
    return next(this.blocks, this.frame, this.blocksRead++, make)
  }
  /** The next DATA frame of the packet, likewise. */
  part(make: (() => DataPart | undefined) | undefined): DataPart | undefined {
    return next(this.parts, this.frame, this.partsRead++, make)
  }

  /** First visit: a side has sent SETTINGS with this table size, if any. */
  asked(side: 0 | 1, tableSize: number | undefined): void {
    const waiting = this.waiting[side]
    if (waiting.length < MOST_WAITING) waiting.push(tableSize)
  }
  /** First visit: a side has acknowledged the oldest SETTINGS of the other one, and keeps to them in what it sends. */
  acknowledged(side: 0 | 1): void {
    const size = this.waiting[side === 0 ? 1 : 0].shift()
    if (size !== undefined) this.decoders[side].agree(size)
  }
}

function newSide(): StreamSide {
  return { begun: false, contentType: '', parameters: '', encoding: '', isPartial: false, transferCoded: false, body: undefined }
}

function next<T>(all: Map<number, T[]>, frame: number, ordinal: number, make: (() => T | undefined) | undefined): T | undefined {
  if (!make) return all.get(frame)?.[ordinal]
  const made = make()
  if (!made) return undefined
  const list = all.get(frame)
  if (list) list[ordinal] = made
  else {
    const fresh: T[] = []
    fresh[ordinal] = made
    all.set(frame, fresh)
  }
  return made
}

const CONNECTIONS = defineState('http2', () => ({ kept: { bytes: 0 }, of: new Map<number, Http2Connection>() }))

/** State of the connection that is being dissected, at this packet or, for a further payload of it, where the one before ended. */
export function http2Connection(d: Decoder): Http2Connection {
  const { kept, of } = d.state(CONNECTIONS),
    number = conversationOf(d),
    { chain } = d.tree
  let connection = of.get(number)
  if (!connection) {
    connection = new Http2Connection(kept)
    if (d.first) of.set(number, connection)
  }
  if (chain.indexOf('http2') === chain.length - 1) connection.goTo(d.packet.number)
  return connection
}
