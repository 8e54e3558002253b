// Packets and their protection: opened on the first visit, in order, with the keys that are there; opened again later with what was kept.
import { CARRIED_HANDSHAKE } from '../../../dissect/carried-handshake'
import type { Decoder, FieldId } from '../../../dissect/define'
import { QUIC_CONNECTIONS, SPACES } from './connections'
import type { QuicConnection, Space } from './connections'
import { recordRange } from './crypto-stream'
import type { QuicFields } from './fields'
import { readFrames } from './frames'
import type { FrameHandlers } from './frames'
import { fullPacketNumber } from './keys'
import type { PacketKeys } from './keys'
import { PACKET_RECORDS } from './packet-records'
import type { PacketRecord } from './packet-records'
import { isGoogle } from './versions'
import type { PacketKind } from './versions'

function spaceOf(kind: PacketKind): Space {
  return kind === 'initial' ? SPACES.initial : kind === 'handshake' ? SPACES.handshake : SPACES.application
}

/** Plaintext of a packet whose packet number stands at `at`; undefined when it cannot be decrypted. First visit: fills the record. */
export function openPacket(d: Decoder, record: PacketRecord, kind: PacketKind, packet: Uint8Array, at: number): Uint8Array | undefined {
  if (!d.first) return record.keys && record.header && record.keys.open(packet, at, record.header, record.number)
  const { connection, fromServer } = record
  if (!connection) return undefined
  const side = connection.side(fromServer),
    space = spaceOf(kind)
  for (const keys of connection.keys(d, kind, fromServer)) {
    const header = keys.header(packet, at)
    if (!header) return undefined
    const number = fullPacketNumber(side.largest[space], header)
    // what was tried last is what a packet that is not authentic shows
    record.keys = keys
    record.header = header
    record.number = number
    const plain = kind === 'short' ? openPhase(record, connection, packet, at) : keys.open(packet, at, header, number)
    if (!plain) continue
    side.largest[space] = Math.max(side.largest[space], number)
    return plain
  }
  return undefined
}

/** A 1-RTT packet: by keys of the phase that its header says (RFC 9001, 6). */
function openPhase(record: PacketRecord, connection: QuicConnection, packet: Uint8Array, at: number): Uint8Array | undefined {
  const side = connection.side(record.fromServer),
    { application } = side,
    { header, number } = record
  if (!header || !application.now) return undefined
  const phase = (header.first >> 2) & 1
  const attempt = (keys: PacketKeys | undefined) => {
    const plain = keys?.open(packet, at, header, number)
    if (plain) record.keys = keys
    return plain
  }
  if (phase === side.phase) return attempt(application.now)
  application.after ??= application.now.next()
  const updated = attempt(application.after)
  if (!updated) return attempt(application.before)
  application.before = application.now
  application.now = application.after
  application.after = undefined
  side.phase = phase
  return updated
}

/** Row of the packet's connection. */
export function connectionRow(d: Decoder, f: QuicFields, { connection }: PacketRecord): void {
  d.note(d.at, d.at, 'QUIC Connection information')
  const outer = d.enter()
  if (connection) d.generated(f['quic.connection.number'], connection.number)
  else d.expert(f['quic.connection.unknown'])
  d.leave(outer)
}

/** What is left of a packet for which there are no keys. */
export function undecrypted(d: Decoder, f: QuicFields): void {
  d.expert(f['quic.decryption_failed'], d.at, d.readable)
  if (d.readable > d.at) d.range(f['quic.remaining_payload'], d.at, d.readable)
}

/** The payload from the cursor on, and the frames inside; `between` is called before the frames, behind the payload's row. */
export function showPayload(
  d: Decoder,
  f: QuicFields,
  field: FieldId<'bytes'>,
  record: PacketRecord,
  kind: PacketKind,
  plain: Uint8Array | undefined,
  between?: () => void,
): void {
  d.range(field, d.at, d.readable)
  if (!plain) {
    d.expert(f['quic.decryption_failed'], d.at, d.readable, '', d.last)
    between?.()
    return
  }
  between?.()
  const { parent } = d
  d.within('Decrypted QUIC', plain, () => {
    frames(d, f, record, kind)
  })
  d.parent = parent
}

function frames(d: Decoder, f: QuicFields, record: PacketRecord, kind: PacketKind): void {
  const { connection, fromServer } = record
  let count = 0
  const handlers: FrameHandlers = {
    crypto(offset, from, to) {
      if (connection) crypto(d, f, record, connection, spaceOf(kind), count++, offset, from, to)
    },
    hello(from, to) {
      if (connection) callTls(d, record, connection, spaceOf(kind), from, to)
    },
    newId(id) {
      if (connection && d.first) d.state(QUIC_CONNECTIONS).register(connection, fromServer, id)
    },
  }
  readFrames(d, f, handlers, isGoogle(connection?.version ?? 0))
}

/** The data of a CRYPTO frame: to TLS when it is in order, or completes what was not. */
function crypto(
  d: Decoder,
  f: QuicFields,
  record: PacketRecord,
  connection: QuicConnection,
  space: Space,
  ordinal: number,
  offset: number,
  from: number,
  to: number,
): void {
  const stream = connection.side(record.fromServer).crypto[space]
  if (d.first) record.crypto[ordinal] = stream.add(d.packet.number, offset, d.slice(from, to))
  const outcome = record.crypto[ordinal]
  if (!outcome || outcome.kind === 'repeat') return
  if (outcome.kind === 'inOrder') {
    callTls(d, record, connection, space, from + outcome.skip, to)
    return
  }
  const { range } = outcome
  if (outcome.completes && range.whole) {
    const { parent } = d
    d.within('Reassembled QUIC CRYPTO', range.whole, () => {
      recordRange(d, f, range)
      callTls(d, record, connection, space, 0, d.end)
    })
    d.parent = parent
  } else if (d.hindsight && range.completeFrame) d.generated(f['quic.crypto.reassembled_in'], range.completeFrame)
}

function callTls(d: Decoder, record: PacketRecord, connection: QuicConnection, space: Space, from: number, to: number): void {
  const { streams } = d.state(PACKET_RECORDS),
    stream = `quic/${connection.number}/${space}/${record.fromServer ? 1 : 0}`,
    carried = d.state(CARRIED_HANDSHAKE)
  carried.now = { stream, goesOn: streams.has(stream), facts: connection.facts }
  streams.add(stream)
  d.next('quic.crypto', 'tls', from, to, true)
  carried.now = undefined
}
