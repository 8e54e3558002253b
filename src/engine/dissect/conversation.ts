// Conversations of transport protocols: pairs of (address, port), numbered in order of appearance as tshark numbers tcp.stream and udp.stream.
// Protocols above use conversationOf(d) as the key of their state, and rememberProtocol to say how the rest of a conversation is to be read.
//
// Written on the first visit of a packet only; later visits read which stream each transport header belongs to.
import { u32Column } from '../bytes/column'
import { withRoom } from '../bytes/room'
import { AddressTable } from './address-table'
import type { Decoder } from './decoder'
import type { Address } from './packet'
import { protocolByName } from './registry'
import type { Protocol } from './registry'
import { defineState } from './session'

/** Transports whose conversations are numbered, each from 0. */
export type StreamTransport = 'tcp' | 'udp' | 'sctp'
const TRANSPORT_CODES: Record<StreamTransport, number> = { tcp: 0, udp: 1, sctp: 2 }

/** Words of a stream in StreamTable: they stand together, so that finding a stream touches one line of the processor's cache. Addresses are numbers of the
 *  address table; the ports share a word (the sender's in its upper half). */
const STREAM_BITS = 3,
  SOURCE = 0,
  DESTINATION = 1,
  PORTS = 2,
  FIRST_FRAME = 3,
  LAST_FRAME = 4

/** The numbered conversations of one transport. Answers of a number that is not below `count` mean nothing. */
export class StreamTable {
  count = 0
  private words = new Int32Array(64 << STREAM_BITS)
  /** Hash table of stream numbers + 1; 0 = free. */
  private slots = new Int32Array(128)
  private used = 0
  private readonly onCreate: ((stream: number) => void) | undefined

  constructor(onCreate?: (stream: number) => void) {
    this.onCreate = onCreate
  }

  /** Sender and receiver of the stream's first packet: address numbers and ports. */
  sourceAddress(stream: number): number {
    return this.words[stream << STREAM_BITS] ?? 0
  }
  destinationAddress(stream: number): number {
    return this.words[(stream << STREAM_BITS) + DESTINATION] ?? 0
  }
  sourcePort(stream: number): number {
    return (this.words[(stream << STREAM_BITS) + PORTS] ?? 0) >>> 16
  }
  destinationPort(stream: number): number {
    return (this.words[(stream << STREAM_BITS) + PORTS] ?? 0) & 0xffff
  }
  firstFrame(stream: number): number {
    return this.words[(stream << STREAM_BITS) + FIRST_FRAME] ?? 0
  }
  /** Last frame so far. */
  lastFrame(stream: number): number {
    return this.words[(stream << STREAM_BITS) + LAST_FRAME] ?? 0
  }

  /** The latest stream between two endpoints, in either direction; -1 when there is none. */
  find(source: number, sourcePort: number, destination: number, destinationPort: number): number {
    return this.slots[this.slot(source, sourcePort, destination, destinationPort)]! - 1
  }

  /** Starts a stream between two endpoints; it is the one that find() answers from now on. */
  create(source: number, sourcePort: number, destination: number, destinationPort: number, frame: number): number {
    const stream = this.count++,
      at = stream << STREAM_BITS
    if (at === this.words.length) this.words = withRoom(this.words)
    const { words } = this
    words[at + SOURCE] = source
    words[at + DESTINATION] = destination
    words[at + PORTS] = (sourcePort << 16) | destinationPort
    words[at + FIRST_FRAME] = frame
    const slot = this.slot(source, sourcePort, destination, destinationPort)
    if (this.slots[slot] === 0) this.used++
    this.slots[slot] = stream + 1
    if (this.used * 2 > this.slots.length) this.rehash()
    this.onCreate?.(stream)
    return stream
  }

  /** Notes a stream's newest frame; returns the one before it, 0 for the first. */
  advance(stream: number, frame: number): number {
    const at = (stream << STREAM_BITS) + LAST_FRAME,
      previous = this.words[at]!
    this.words[at] = frame
    return previous
  }

  /** 0 for packets sent like the stream's first packet, 1 for the others. */
  direction(stream: number, source: number, sourcePort: number): 0 | 1 {
    const at = stream << STREAM_BITS
    return this.words[at] === source && this.words[at + PORTS]! >>> 16 === sourcePort ? 0 : 1
  }

  /** Bytes of memory held. */
  get memory(): number {
    return this.words.byteLength + this.slots.byteLength
  }

  private slot(source: number, sourcePort: number, destination: number, destinationPort: number): number {
    const { slots, words } = this,
      mask = slots.length - 1,
      there = (sourcePort << 16) | destinationPort,
      back = (destinationPort << 16) | sourcePort
    let slot = hash(source, sourcePort, destination, destinationPort) & mask
    for (;;) {
      const entry = slots[slot]!
      if (entry === 0) return slot
      const at = (entry - 1) << STREAM_BITS,
        a = words[at]!,
        b = words[at + DESTINATION]!,
        ports = words[at + PORTS]!
      if ((a === source && b === destination && ports === there) || (a === destination && b === source && ports === back)) return slot
      slot = (slot + 1) & mask
    }
  }
  private rehash(): void {
    const old = this.slots
    this.slots = new Int32Array(old.length * 4)
    for (const entry of old) {
      if (entry === 0) continue
      const stream = entry - 1
      this.slots[
        this.slot(this.sourceAddress(stream), this.sourcePort(stream), this.destinationAddress(stream), this.destinationPort(stream))
      ] = entry
    }
  }
}

/** Symmetric in its two endpoints. */
function hash(source: number, sourcePort: number, destination: number, destinationPort: number): number {
  const a = Math.imul(source ^ Math.imul(sourcePort, 0x85ebca6b), 0x9e3779b1),
    b = Math.imul(destination ^ Math.imul(destinationPort, 0x85ebca6b), 0x9e3779b1)
  let h = (a + b) | 0
  h ^= h >>> 16
  h = Math.imul(h, 0x7feb352d)
  return h ^ (h >>> 15)
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
  readonly addresses = new AddressTable()
  readonly tcp = new StreamTable((stream) => {
    this.expected('tcp', stream)
  })
  readonly udp = new StreamTable((stream) => {
    this.expected('udp', stream)
  })
  readonly sctp = new StreamTable((stream) => {
    this.expected('sctp', stream)
  })
  /** Stream number + 1 of each packet's first transport header, by row (frame number - 1); 0 = none. Which transport: see the protocol bits. */
  readonly stream = u32Column()
  /** Frame before it in the same stream; 0 = none. */
  readonly previous = u32Column()
  /** Places of second and further transport headers of a packet (tunnels, ICMP quotes), by frame * 64 + ordinal. */
  private readonly further = new Map<number, StreamPlace>()
  /** Packets of a stream that do not count for the time since the packet before (empty datagrams, quotes in errors): the last one before that does. */
  private readonly untimed = new Map<number, number>()
  /** Frames up to this one have the place of their first transport header. */
  private placedFrame = 0
  private readonly remembered = new Map<number, Remembered[]>()
  /** Announced conversations that did not begin yet, by endpoints; those that did, by conversation. */
  private readonly open = new Map<string, Announcement>()
  private readonly begun = new Map<number, Announcement>()

  table(transport: StreamTransport): StreamTable {
    return transport === 'tcp' ? this.tcp : transport === 'udp' ? this.udp : this.sctp
  }

  /** Whether the first visit of this header was made already (by the index's fast path, or an earlier visit). */
  placed(frame: number, ordinal: number): boolean {
    return ordinal === 0 ? frame <= this.placedFrame : this.further.has(frame * 64 + ordinal)
  }

  /** First visit: puts a header into a stream. */
  place(table: StreamTable, frame: number, ordinal: number, stream: number, direction: 0 | 1): void {
    const previous = table.advance(stream, frame)
    if (ordinal > 0) {
      this.further.set(frame * 64 + ordinal, { stream, direction, previousFrame: previous })
      return
    }
    this.placedFrame = frame
    this.stream.set(frame - 1, stream + 1)
    if (previous > 0) this.previous.set(frame - 1, previous)
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
    return this.further.get(frame * 64 + ordinal)
  }

  /** How a conversation is read from a frame on; null = as its ports say. See rememberProtocol. */
  remember(conversation: number, protocol: string | null, from: number): void {
    const list = this.remembered.get(conversation)
    if (!list) this.remembered.set(conversation, [{ from, protocol }])
    else if (list.at(-1)?.protocol !== protocol) list.push({ from, protocol })
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
  }
  /** What announced a conversation, or undefined. */
  announcementOf(conversation: number): Announcement | undefined {
    return this.begun.get(conversation)
  }
  /** A stream begins: if it was announced, its protocol is known. */
  private expected(transport: StreamTransport, stream: number): void {
    if (this.open.size === 0) return
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
      const conversation = conversationNumber(transport, stream)
      this.begun.set(conversation, announcement)
      this.remember(conversation, announcement.protocol, table.firstFrame(stream))
      return
    }
  }

  /** Bytes of memory held by tables and columns. */
  get memory(): number {
    return (
      this.addresses.memory +
      this.tcp.memory +
      this.udp.memory +
      this.sctp.memory +
      this.stream.memory +
      this.previous.memory +
      (this.further.size + this.untimed.size) * 100 +
      this.remembered.size * 150 +
      (this.open.size + this.begun.size) * 150
    )
  }
}

/** A number below 2^53 for each pair of a stream and a frame. */
function untimedKey(stream: number, frame: number): number {
  return frame * 0x20_0000 + (stream % 0x20_0000)
}

/** The capture's conversations. */
export const CONVERSATIONS = defineState('conversations', () => new Conversations())

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
