// Packets with a long header (RFC 9000, 17.2): Initial, 0-RTT, Handshake, Retry, and version negotiation.
import type { Decoder } from '../../../dissect/define'
import { peekVarint, readVarint, varintSize } from '../../../dissect/quic-integer'
import { hex } from '../../../bytes/text'
import { QUIC_CONNECTIONS } from './connections'
import type { Found } from './connections'
import type { QuicFields } from './fields'
import { PACKET_RECORDS } from './packet-records'
import type { PacketRecord } from './packet-records'
import { connectionRow, openPacket, showPayload, undecrypted } from './protection'
import { isVersion2, longKind } from './versions'
import type { PacketKind } from './versions'

const TITLES: Readonly<Record<PacketKind, string>> = {
  initial: 'Initial',
  early: '0-RTT',
  handshake: 'Handshake',
  retry: 'Retry',
  negotiation: 'Version Negotiation',
  short: 'Protected Payload',
}
const RETRY_TAG = 16

/** Where the parts of a long header stand. */
interface Places {
  readonly start: number
  readonly kind: PacketKind
  readonly version: number
  readonly destination: Uint8Array
  readonly source: Uint8Array
  /** Behind the source ID. */
  readonly rest: number
  /** Packet number of a protected packet, and the packet's end. */
  readonly numberAt: number
  readonly end: number
}

function places(d: Decoder): Places {
  const start = d.at,
    version = d.peek32(start + 1),
    kind = longKind(version, d.peek8(start)),
    destinationLength = d.peek8(start + 5),
    sourceAt = start + 6 + destinationLength,
    rest = sourceAt + 1 + d.peek8(sourceAt)
  let numberAt = rest,
    end = d.end
  if (kind === 'initial') numberAt += varintSize(d, numberAt) + peekVarint(d, numberAt)
  if (kind === 'initial' || kind === 'early' || kind === 'handshake') {
    const length = peekVarint(d, numberAt)
    numberAt += varintSize(d, numberAt)
    end = Math.min(d.end, numberAt + length)
  }
  return {
    start,
    kind,
    version,
    destination: d.slice(start + 6, start + 6 + destinationLength),
    source: d.slice(sourceAt + 1, rest),
    rest,
    numberAt,
    end,
  }
}

/** Reads the packet at the cursor; the cursor is left at its end. */
export function longHeader(d: Decoder, f: QuicFields, isFirst: boolean): void {
  const at = places(d),
    { kind } = at,
    packet = d.slice(at.start, at.end),
    record = d.state(PACKET_RECORDS).next(d, () => recordOf(d, at)),
    isProtected = kind === 'initial' || kind === 'early' || kind === 'handshake',
    plain = isProtected ? openPacket(d, record, kind, packet, at.numberAt - at.start) : undefined
  d.end = at.end
  if (isFirst) connectionRow(d, f, record)
  d.generated(f['quic.packet_length'], at.end - at.start, at.start, at.start)
  const type = record.header ? record.header.first : d.peek8(at.start)
  d.bits(f['quic.header_form'], at.start, at.start + 1, type)
  d.at = at.start + 1
  if (kind === 'negotiation') d.bits(f['quic.vn.unused'], at.start, at.start + 1, type)
  else {
    if (kind !== 'retry') d.bits(f['quic.fixed_bit'], at.start, at.start + 1, type)
    d.bits(isVersion2(at.version) ? f['quic.long.packet_type_v2'] : f['quic.long.packet_type'], at.start, at.start + 1, type)
    if (record.header) {
      d.bits(f['quic.long.reserved'], at.start, at.start + 1, type)
      d.bits(f['quic.packet_number_length'], at.start, at.start + 1, type)
    }
  }
  d.u32(f['quic.version'])
  connectionIds(d, f)
  if (d.summary) sayHeader(d, at)
  if (kind === 'negotiation') while (d.left >= 4) d.u32(f['quic.supported_version'])
  else if (kind === 'retry') retry(d, f)
  else protectedPart(d, f, at, record, plain)
  d.at = at.end
}

function sayHeader(d: Decoder, { kind, destination, source }: Places): void {
  const ids = [destination.length ? `DCID=${hex(destination)}` : '', source.length ? `SCID=${hex(source)}` : '']
  d.setInfo([TITLES[kind], ...ids].filter((word) => word !== '').join(', '))
}

function connectionIds(d: Decoder, f: QuicFields): void {
  const destination = d.u8(f['quic.dcil'])
  if (destination > 0) d.span(f['quic.dcid'], destination)
  const source = d.u8(f['quic.scil'])
  if (source > 0) d.span(f['quic.scid'], source)
}

function retry(d: Decoder, f: QuicFields): void {
  d.span(f['quic.retry_token'], Math.max(0, d.left - RETRY_TAG))
  d.span(f['quic.retry_integrity_tag'], RETRY_TAG)
}

function protectedPart(d: Decoder, f: QuicFields, at: Places, record: PacketRecord, plain: Uint8Array | undefined): void {
  if (at.kind === 'initial') {
    const length = readVarint(d, f['quic.token_length'])
    if (length > 0) d.span(f['quic.token'], length)
  }
  readVarint(d, f['quic.length'])
  const { header } = record
  if (!header) {
    undecrypted(d, f)
    return
  }
  d.value(f['quic.packet_number'], d.at, d.at + header.size, BigInt(record.number))
  if (d.summary) d.appendInfo(`, PKN: ${record.number}`)
  d.at += header.size
  showPayload(d, f, f['quic.payload'], record, at.kind, plain)
}

/** First visit: the packet's connection, with what the header tells of it. */
function recordOf(d: Decoder, at: Places): PacketRecord {
  const connections = d.state(QUIC_CONNECTIONS),
    { kind, version, destination, source } = at
  let found: Found | undefined = connections.find(d, kind, destination)
  if (!found && kind === 'initial') found = connections.create(d, version, destination)
  if (found) connections.update(found, kind, version, destination, source)
  return {
    connection: found?.connection,
    fromServer: found?.fromServer ?? false,
    idLength: 0,
    keys: undefined,
    header: undefined,
    number: 0,
    crypto: [],
  }
}
