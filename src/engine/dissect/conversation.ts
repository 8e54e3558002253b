// Conversations of transport protocols: pairs of (address, port), numbered in order of appearance as tshark numbers tcp.stream and udp.stream.
// Protocols above use conversationOf(d) as the key of their state, and rememberProtocol to say how the rest of a conversation is to be read.
//
// Written on the first visit of a packet only; later visits read which stream each transport header belongs to.
import { u32Column } from '../bytes/column'
import type { Column } from '../bytes/column'
import type { Core } from '../core/core'
import {
  C_PREVIOUS,
  C_STREAM,
  STREAM_BITS,
  STREAM_DESTINATION,
  STREAM_FIRST_FRAME,
  STREAM_LAST_FRAME,
  STREAM_PORTS,
  STREAM_REMEMBERED,
  STREAM_SOURCE,
  S_ANNOUNCED,
  S_PLACED_FRAME,
  S_PREVIOUS_FRAME,
  T_COUNT,
  T_STREAMS,
} from '../core/layout'
import { AddressTable } from './address-table'
import type { Decoder } from './decoder'
import { FurtherPlaces } from './further-places'
import type { Address } from './packet'
import { protocolByName } from './registry'
import type { Protocol } from './registry'
import { defineState } from './session'

/** Transports whose conversations are numbered, each from 0. */
export type StreamTransport = 'tcp' | 'udp' | 'sctp'
const TRANSPORT_CODES: Record<StreamTransport, number> = { tcp: 0, udp: 1, sctp: 2 }
const TRANSPORTS: readonly StreamTransport[] = ['tcp', 'udp', 'sctp']

/** The numbered conversations of one transport. Answers of a number that is not below `count` mean nothing. */
export class StreamTable {
  /** By which the core knows it. */
  readonly at: number
  private readonly core: Core
  private readonly words: number

  constructor(core: Core, transport: StreamTransport) {
    this.core = core
    this.at = core.fn.makeTable(TRANSPORT_CODES[transport])
    this.words = this.at >>> 2
  }

  get count(): number {
    return this.core.words[this.words + T_COUNT]!
  }

  /** Sender and receiver of the stream's first packet: address numbers and ports. */
  sourceAddress(stream: number): number {
    return this.word(stream, STREAM_SOURCE)
  }
  destinationAddress(stream: number): number {
    return this.word(stream, STREAM_DESTINATION)
  }
  sourcePort(stream: number): number {
    return this.word(stream, STREAM_PORTS) >>> 16
  }
  destinationPort(stream: number): number {
    return this.word(stream, STREAM_PORTS) & 0xffff
  }
  firstFrame(stream: number): number {
    return this.word(stream, STREAM_FIRST_FRAME)
  }
  /** Last frame so far. */
  lastFrame(stream: number): number {
    return this.word(stream, STREAM_LAST_FRAME)
  }

  /** The latest stream between two endpoints, in either direction; -1 when there is none. */
  find(source: number, sourcePort: number, destination: number, destinationPort: number): number {
    return this.core.fn.findStream(this.at, source, sourcePort, destination, destinationPort)
  }

  /** Starts a stream between two endpoints; it is the one that find() answers from now on. */
  create(source: number, sourcePort: number, destination: number, destinationPort: number, frame: number): number {
    return this.core.fn.createStream(this.at, source, sourcePort, destination, destinationPort, frame)
  }

  /** 0 for packets sent like the stream's first packet, 1 for the others. */
  direction(stream: number, source: number, sourcePort: number): 0 | 1 {
    return this.core.fn.directionOf(this.at, stream, source, sourcePort)
  }

  /** Says that a protocol is remembered for a stream. */
  setRemembered(stream: number): void {
    this.core.words[this.place(stream) + STREAM_REMEMBERED] = 1
  }

  private word(stream: number, index: number): number {
    return this.core.words[this.place(stream) + index] ?? 0
  }
  private place(stream: number): number {
    return (this.core.words[this.words + T_STREAMS]! >>> 2) + (stream << STREAM_BITS)
  }
}

/** Which stream a transport header belongs to, and its neighbours in it. */
export interface StreamPlace {
  stream: number
  /** 0 as the stream's first packet, 1 the other way. */
  direction: 0 | 1
  /** Frame of the stream's packet before this one; 0 for its first. */
  previousFrame: number
}

/** A conversation that another one agreed on (FTP's data connections, TFTP's transfers). */
export interface Announcement {
  /** Protocol by which it is read. */
  readonly protocol: string
  /** Frame of the announcement. */
  readonly frame: number
}

function endpoints(transport: StreamTransport, address: number, port: number, peer: number, peerPort: number): string {
  return `${transport}/${address}:${port}/${peer}:${peerPort}`
}

interface Remembered {
  readonly from: number
  readonly protocol: string | null
}

/** Conversations of one capture. */
export class Conversations {
  readonly addresses: AddressTable
  readonly tcp: StreamTable
  readonly udp: StreamTable
  readonly sctp: StreamTable
  /** Stream number + 1 of each packet's first transport header, by row (frame number - 1); 0 = none. Which transport: see the protocol bits. */
  readonly stream: Column<Uint32Array>
  /** Frame before it in the same stream; 0 = none. */
  readonly previous: Column<Uint32Array>
  /** Places of second and further transport headers of a packet (tunnels, ICMP quotes), by frame * 64 + ordinal. */
  readonly further = new FurtherPlaces()
  /** Packets of a stream that do not count for the time since the packet before (empty datagrams, quotes in errors): the last one before that does. */
  private readonly untimed = new Map<number, number>()
  private readonly remembered = new Map<number, Remembered[]>()
  /** Announced conversations that did not begin yet, by endpoints; those that did, by conversation. */
  private readonly open = new Map<string, Announcement>()
  private readonly begun = new Map<number, Announcement>()
  private readonly core: Core

  constructor(core: Core) {
    this.core = core
    this.addresses = new AddressTable(core)
    this.tcp = new StreamTable(core, 'tcp')
    this.udp = new StreamTable(core, 'udp')
    this.sctp = new StreamTable(core, 'sctp')
    this.stream = core.column(C_STREAM, u32Column)
    this.previous = core.column(C_PREVIOUS, u32Column)
    core.fn.useTables(this.tcp.at, this.udp.at)
    core.questions.streamBegins = (transport, stream) => this.expected(TRANSPORTS[transport] ?? 'tcp', stream)
    core.questions.isUntimed = (stream, frame, previousFrame) => {
      this.leaveUntimed(stream, frame, previousFrame)
    }
  }

  table(transport: StreamTransport): StreamTable {
    return transport === 'tcp' ? this.tcp : transport === 'udp' ? this.udp : this.sctp
  }

  /** Whether the first visit of this header was made already (by the index's fast path, or an earlier visit). */
  placed(frame: number, ordinal: number): boolean {
    return ordinal === 0 ? frame <= this.core.state(S_PLACED_FRAME) : this.further.indexOf(frame, ordinal) >= 0
  }

  /** First visit: puts a header into a stream. */
  place(table: StreamTable, frame: number, ordinal: number, stream: number, direction: 0 | 1): void {
    this.core.fn.place(table.at, frame, ordinal, stream)
    if (ordinal > 0) this.placeFurther(table, frame, ordinal, stream, direction)
  }
  /** First visit: keeps the place of a second or further header that the core has just put into a stream. */
  placeFurther(table: StreamTable, frame: number, ordinal: number, stream: number, direction: 0 | 1): void {
    this.further.add(frame, ordinal, table === this.tcp, stream, direction, this.core.state(S_PREVIOUS_FRAME))
  }

  /** First visit: a stream's packet, with the frame of the one before it, does not count for the time between packets. */
  leaveUntimed(stream: number, frame: number, previousFrame: number): void {
    this.untimed.set(untimedKey(stream, frame), this.timedBefore(stream, previousFrame))
  }
  /** The packet of a stream from which the time counts, where `previousFrame` is the one before; 0 = none. */
  timedBefore(stream: number, previousFrame: number): number {
    return this.untimed.size === 0 ? previousFrame : (this.untimed.get(untimedKey(stream, previousFrame)) ?? previousFrame)
  }

  /** Place of a second or further header of a packet. */
  furtherPlace(frame: number, ordinal: number): StreamPlace | undefined {
    const { further } = this,
      index = further.indexOf(frame, ordinal)
    if (index < 0) return undefined
    return { stream: further.stream(index), direction: further.direction(index), previousFrame: further.previousFrame(index) }
  }

  /** How a conversation is read from a frame on; null = as its ports say. See rememberProtocol. */
  remember(conversation: number, protocol: string | null, from: number): void {
    const list = this.remembered.get(conversation)
    if (!list) {
      this.remembered.set(conversation, [{ from, protocol }])
      this.table(TRANSPORTS[conversation & 3] ?? 'tcp').setRemembered(conversation >>> 2)
    } else if (list.at(-1)?.protocol !== protocol) list.push({ from, protocol })
  }
  /** The protocol in force at a frame, or undefined. */
  rememberedAt(conversation: number, frame: number): Protocol | undefined {
    const list = this.remembered.get(conversation)
    if (!list) return undefined
    for (let i = list.length - 1; i >= 0; i--) {
      const entry = list[i]!
      if (entry.from <= frame) return entry.protocol === null ? undefined : protocolByName(entry.protocol)
    }
    return undefined
  }
  /** Whether anything was remembered for a conversation, at any frame. */
  hasRemembered(conversation: number): boolean {
    return this.remembered.has(conversation)
  }

  /** First visit: expects a conversation between two endpoints (address numbers and ports; port 0 of the second one = any). A newer announcement of
   *  the same endpoints takes the place of an older one. */
  announce(transport: StreamTransport, address: number, port: number, peer: number, peerPort: number, announcement: Announcement): void {
    this.open.set(endpoints(transport, address, port, peer, peerPort), announcement)
    this.core.setState(S_ANNOUNCED, this.open.size)
  }
  /** What announced a conversation, or undefined. */
  announcementOf(conversation: number): Announcement | undefined {
    return this.begun.get(conversation)
  }
  /** A stream begins: if it was announced, its protocol is known. Answers whether it was. */
  private expected(transport: StreamTransport, stream: number): boolean {
    const table = this.table(transport),
      a = table.sourceAddress(stream),
      b = table.destinationAddress(stream),
      ap = table.sourcePort(stream),
      bp = table.destinationPort(stream)
    for (const key of [
      endpoints(transport, a, ap, b, bp),
      endpoints(transport, b, bp, a, ap),
      endpoints(transport, a, ap, b, 0),
      endpoints(transport, b, bp, a, 0),
    ]) {
      const announcement = this.open.get(key)
      if (!announcement) continue
      this.open.delete(key)
      this.core.setState(S_ANNOUNCED, this.open.size)
      const conversation = conversationNumber(transport, stream)
      this.begun.set(conversation, announcement)
      this.remember(conversation, announcement.protocol, table.firstFrame(stream))
      return true
    }
    return false
  }

  /** Bytes of memory held beside the core. */
  get memory(): number {
    return this.further.memory + this.untimed.size * 100 + this.remembered.size * 150 + (this.open.size + this.begun.size) * 150
  }
}

/** A number below 2^53 for each pair of a stream and a frame. */
function untimedKey(stream: number, frame: number): number {
  return frame * 0x20_0000 + (stream % 0x20_0000)
}

/** The capture's conversations. */
export const CONVERSATIONS = defineState('conversations', ({ core }) => new Conversations(core))

/** Number of a stream that is unique over all transports. */
export function conversationNumber(transport: StreamTransport, stream: number): number {
  return stream * 4 + TRANSPORT_CODES[transport]
}

/**
 * Number of the conversation that the innermost transport header belongs to: a stable key for a protocol's state, unique over TCP, UDP and SCTP.
 * -1 when there is none. Which side sent the packet is d.packet.direction (0 = the side that sent the conversation's first packet).
 */
export function conversationOf(d: Decoder): number {
  const { transport, stream } = d.packet
  return stream < 0 || transport === 'none' ? -1 : conversationNumber(transport, stream)
}

/**
 * Enters the conversation of the transport header being dissected; for UDP and the like, whose streams are told by addresses and ports alone
 * (TCP has rules of its own). Call it once a header, after d.packet.netSource, netDestination, sourcePort and destinationPort are set.
 * Sets d.packet.transport, stream, direction, previousFrame and firstFrame, and returns the stream number.
 */
export function enterConversation(d: Decoder, transport: StreamTransport): number {
  const p = d.packet,
    conversations = d.state(CONVERSATIONS),
    table = conversations.table(transport)
  const ordinal = p.transportOrdinal++
  p.transport = transport
  if (!conversations.placed(p.number, ordinal)) {
    if (!d.first) {
      p.stream = -1
      return -1
    }
    const source = conversations.addresses.of(p.netSource),
      destination = conversations.addresses.of(p.netDestination)
    let stream = table.find(source, p.sourcePort, destination, p.destinationPort)
    if (stream < 0) stream = table.create(source, p.sourcePort, destination, p.destinationPort, p.number)
    conversations.place(table, p.number, ordinal, stream, table.direction(stream, source, p.sourcePort))
  }
  readPlace(d, conversations, table, ordinal)
  return p.stream
}

/** Fills d.packet's stream, direction, previousFrame and firstFrame from what the first visit stored. */
export function readPlace(d: Decoder, conversations: Conversations, table: StreamTable, ordinal: number): void {
  const p = d.packet
  if (ordinal === 0) {
    p.stream = conversations.stream.get(p.number - 1) - 1
    p.previousFrame = conversations.previous.get(p.number - 1)
    const source = conversations.addresses.of(p.netSource)
    p.direction = p.stream < 0 ? 0 : table.direction(p.stream, source, p.sourcePort)
  } else {
    const place = conversations.furtherPlace(p.number, ordinal)
    p.stream = place?.stream ?? -1
    p.previousFrame = place?.previousFrame ?? 0
    p.direction = place?.direction ?? 0
  }
  p.firstFrame = p.stream < 0 ? 0 : table.firstFrame(p.stream)
}

/**
 * Remembers (first visit only) by which protocol the payload of the current conversation is read from frame `from` on, whatever its ports say:
 * what HTTP does after CONNECT or Upgrade, or a heuristic after it has recognised a conversation. `from` defaults to the current packet.
 */
export function rememberProtocol(d: Decoder, protocol: string | null, from = d.packet.number): void {
  const conversation = conversationOf(d)
  if (d.first && conversation >= 0) d.state(CONVERSATIONS).remember(conversation, protocol, from)
}

/** The protocol remembered for the current conversation at this packet, or undefined. */
export function rememberedProtocol(d: Decoder): Protocol | undefined {
  const conversation = conversationOf(d)
  return conversation < 0 ? undefined : d.state(CONVERSATIONS).rememberedAt(conversation, d.packet.number)
}

/**
 * Announces (first visit only) that a conversation between `address`:`port` and `peer`:`peerPort` will follow, and by which protocol it is to be read;
 * peerPort 0 stands for any port. The first stream between them that begins afterwards is taken for it. Returns the announcement, by which the
 * announced conversation can be told (announcementOf).
 */
export function announceConversation(
  d: Decoder,
  transport: StreamTransport,
  protocol: string,
  ends: { readonly address: Address; readonly port: number; readonly peer: Address; readonly peerPort: number },
): Announcement | undefined {
  if (!d.first) return undefined
  const conversations = d.state(CONVERSATIONS),
    announcement = { protocol, frame: d.packet.number }
  const address = conversations.addresses.of(ends.address),
    peer = conversations.addresses.of(ends.peer)
  conversations.announce(transport, address, ends.port, peer, ends.peerPort, announcement)
  return announcement
}

/** What announced the current conversation, or undefined. */
export function announcementOf(d: Decoder): Announcement | undefined {
  const conversation = conversationOf(d)
  return conversation < 0 ? undefined : d.state(CONVERSATIONS).announcementOf(conversation)
}
