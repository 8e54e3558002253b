// QUIC connections: found by connection ID, else by their UDP conversation; with both sides' keys, packet numbers and handshake streams. Written on the
// first visit only.
import { hex } from '../../../bytes/text'
import { conversationOf, defineState } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { HandshakeFacts } from '../../../dissect/carried-handshake'
import { KEY_LOG } from '../../../dissect/key-log'
import { CryptoStream } from './crypto-stream'
import { PacketKeys } from './keys'
import type { PacketKind } from './versions'

/** Packet number spaces, which are also the levels at which handshake bytes are numbered (RFC 9000, 12.3). */
export const SPACES = { initial: 0, handshake: 1, application: 2 } as const
export type Space = (typeof SPACES)[keyof typeof SPACES]

/** Suites of early data, which no message names: those whose secret has 32 bytes, and the one whose has 48. */
const EARLY_SUITES = [0x1301, 0x1303, 0x1304, 0x1302]

/** One end of a connection: what it sends. */
class Side {
  /** Bytes of the connection ID that it chose; -1 while unknown. */
  idLength = -1
  readonly largest: [number, number, number] = [-1, -1, -1]
  readonly crypto: readonly [CryptoStream, CryptoStream, CryptoStream] = [new CryptoStream(), new CryptoStream(), new CryptoStream()]
  initial: PacketKeys | undefined
  initialVersion = 0
  handshake: PacketKeys | undefined
  early: readonly PacketKeys[] = []
  /** Keys of 1-RTT packets: of the generation before, this one, and the next. */
  readonly application: { before: PacketKeys | undefined; now: PacketKeys | undefined; after: PacketKeys | undefined } = {
    before: undefined,
    now: undefined,
    after: undefined,
  }
  phase = 0
}

/** One connection. */
export class QuicConnection {
  readonly number: number
  /** That of the client's first packet, until the server answers in another: the client's packets alone do not change it (as in tshark). */
  version: number
  /** Destination of the client's first packet, from which the first keys come. */
  firstDestination: Uint8Array
  /** The server asked for another first packet: its keys come from that one's destination. */
  retried = false
  readonly facts: HandshakeFacts = { random: undefined, suite: 0 }
  readonly client = new Side()
  readonly server = new Side()

  constructor(number: number, version: number, firstDestination: Uint8Array) {
    this.number = number
    this.version = version
    this.firstDestination = firstDestination
  }

  side(fromServer: boolean): Side {
    return fromServer ? this.server : this.client
  }

  /** Begins again with another destination. */
  restart(destination: Uint8Array): void {
    this.firstDestination = destination
    this.retried = false
    this.client.initial = this.server.initial = undefined
  }

  /** Keys to try for a packet, the likeliest first. */
  keys(d: Decoder, kind: PacketKind, fromServer: boolean): readonly PacketKeys[] {
    const side = this.side(fromServer),
      { ciphers } = d.session,
      { version } = this
    if (kind === 'initial') {
      if (!side.initial || side.initialVersion !== version) {
        side.initial = PacketKeys.initial(ciphers, version, this.firstDestination, fromServer)
        side.initialVersion = version
      }
      return side.initial ? [side.initial] : []
    }
    const who = fromServer ? 'SERVER' : 'CLIENT'
    if (kind === 'early') {
      const secret = side.early.length ? undefined : this.secret(d, 'CLIENT_EARLY_TRAFFIC_SECRET')
      if (secret) side.early = EARLY_SUITES.flatMap((suite) => PacketKeys.of(ciphers, version, suite, secret) ?? [])
      return side.early
    }
    if (kind === 'handshake') {
      side.handshake ??= this.keysOf(d, `${who}_HANDSHAKE_TRAFFIC_SECRET`)
      return side.handshake ? [side.handshake] : []
    }
    const { application } = side
    application.now ??= this.keysOf(d, `${who}_TRAFFIC_SECRET_0`)
    return application.now ? [application.now] : []
  }

  private secret(d: Decoder, label: string): Uint8Array | undefined {
    return this.facts.random && d.state(KEY_LOG).secret(label, hex(this.facts.random))
  }
  private keysOf(d: Decoder, label: string): PacketKeys | undefined {
    const secret = this.secret(d, label)
    return secret && PacketKeys.of(d.session.ciphers, this.version, this.facts.suite, secret)
  }
}

/** A packet's connection and who sent the packet. */
export interface Found {
  readonly connection: QuicConnection
  readonly fromServer: boolean
}

/** All connections of a capture. */
export class QuicConnections {
  private count = 0
  /** Connections by the IDs that their ends chose; `ofServer` says whose ID it is. */
  private readonly byId = new Map<string, { readonly connection: QuicConnection; readonly ofServer: boolean }>()
  /** Connections by the destination of the client's first packet. */
  private readonly byFirst = new Map<string, QuicConnection>()
  private readonly byConversation = new Map<number, { readonly connection: QuicConnection; readonly clientDirection: 0 | 1 }>()
  /** Bit n: some end chose an ID of n bytes. */
  private lengths = 0

  /** The connection that a packet with a long header belongs to. */
  find(d: Decoder, kind: PacketKind, destination: Uint8Array): Found | undefined {
    if (destination.length > 0) {
      const id = hex(destination),
        known = this.byId.get(id)
      if (known && kind !== 'early') return { connection: known.connection, fromServer: !known.ofServer }
      const first = this.byFirst.get(id)
      if (first) return { connection: first, fromServer: false }
      if (known) return { connection: known.connection, fromServer: false }
      return undefined
    }
    return this.ofConversation(d)
  }

  /** The connection of a packet with a short header, and the bytes of its destination ID. */
  findShort(d: Decoder): (Found & { readonly idLength: number }) | undefined {
    const found = this.ofConversation(d)
    if (found) {
      const { idLength } = found.connection.side(!found.fromServer)
      return { ...found, idLength: Math.max(0, idLength) }
    }
    return this.byShortId(d, d.at)
  }

  /** A connection by an ID that stands behind a short header's first byte. */
  byShortId(d: Decoder, at: number): (Found & { readonly idLength: number }) | undefined {
    for (let length = 20; length > 0; length--) {
      if (!(this.lengths & (1 << length)) || !d.has(1 + length, at)) continue
      const known = this.byId.get(hex(d.slice(at + 1, at + 1 + length)))
      if (known) return { connection: known.connection, fromServer: !known.ofServer, idLength: length }
    }
    return undefined
  }

  /** A client's first packet. */
  create(d: Decoder, version: number, destination: Uint8Array): Found {
    const connection = new QuicConnection(this.count++, version, destination.slice()),
      conversation = conversationOf(d)
    if (destination.length > 0) this.byFirst.set(hex(destination), connection)
    if (conversation >= 0) this.byConversation.set(conversation, { connection, clientDirection: d.packet.direction })
    return { connection, fromServer: false }
  }

  /** What a packet with a long header tells of its connection. */
  update({ connection, fromServer }: Found, kind: PacketKind, version: number, destination: Uint8Array, source: Uint8Array): void {
    const side = connection.side(fromServer)
    if (kind === 'retry') {
      if (fromServer) connection.retried = true
    } else if (kind === 'initial' && !fromServer && connection.retried && destination.length > 0) {
      connection.restart(destination.slice())
      this.byFirst.set(hex(destination), connection)
    }
    if (kind !== 'negotiation' && fromServer) connection.version = version
    if (side.idLength < 0 || kind === 'retry' || (kind === 'initial' && fromServer)) side.idLength = source.length
    this.register(connection, fromServer, source)
  }

  /** Adds an ID that an end chose. */
  register(connection: QuicConnection, ofServer: boolean, id: Uint8Array): void {
    if (id.length === 0 || id.length > 20) return
    const key = hex(id)
    this.byId.set(key, { connection, ofServer })
    this.lengths |= 1 << id.length
  }

  private ofConversation(d: Decoder): Found | undefined {
    const known = this.byConversation.get(conversationOf(d))
    return known && { connection: known.connection, fromServer: d.packet.direction !== known.clientDirection }
  }
}

export const QUIC_CONNECTIONS = defineState('quic.connections', () => new QuicConnections())
