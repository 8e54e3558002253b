// QUIC frames that have more than a few numbers.
import type { Decoder } from '../../../dissect/define'
import { readVarint } from '../../../dissect/quic-integer'
import type { QuicFields } from './fields'

/** ACK (RFC 9000, 19.3): ranges from the largest number down. */
export function acknowledgement(d: Decoder, f: QuicFields, withEcn: boolean): void {
  readVarint(d, f['quic.ack.largest_acknowledged'])
  readVarint(d, f['quic.ack.ack_delay'])
  const count = readVarint(d, f['quic.ack.ack_range_count'])
  readVarint(d, f['quic.ack.first_ack_range'])
  // each range takes bytes, so that a wrong count ends with the packet
  for (let i = 0; i < count; i++) {
    readVarint(d, f['quic.ack.gap'])
    readVarint(d, f['quic.ack.ack_range'])
  }
  if (!withEcn) return
  readVarint(d, f['quic.ack.ect0_count'])
  readVarint(d, f['quic.ack.ect1_count'])
  readVarint(d, f['quic.ack.ecn_ce_count'])
}

/** STREAM (19.8): the type's lowest bits say which fields there are. Returns the number of the stream. */
export function stream(d: Decoder, f: QuicFields, type: number, start: number): string {
  const typeNode = d.last,
    flags = d.enter(typeNode)
  d.bits(f['quic.stream.fin'], start, d.at, type)
  d.bits(f['quic.stream.len'], start, d.at, type)
  d.bits(f['quic.stream.off'], start, d.at, type)
  d.leave(flags)
  const at = d.at,
    id = readVarint(d, f['quic.stream.stream_id']),
    inner = d.enter()
  d.value(f['quic.stream.initiator'], at, d.at, BigInt(id % 2))
  d.value(f['quic.stream.direction'], at, d.at, BigInt(Math.floor(id / 2) % 2))
  d.leave(inner)
  if (type & 4) readVarint(d, f['quic.stream.offset'])
  const length = type & 2 ? readVarint(d, f['quic.stream.length']) : d.left
  d.span(f['quic.stream_data'], length)
  return String(id)
}

/** NEW_CONNECTION_ID (19.15). Returns the ID. */
export function newConnectionId(d: Decoder, f: QuicFields): Uint8Array {
  readVarint(d, f['quic.nci.sequence'])
  readVarint(d, f['quic.nci.retire_prior_to'])
  const length = d.u8(f['quic.nci.connection_id.length']),
    at = d.at
  d.span(f['quic.nci.connection_id'], length)
  d.span(f['quic.nci.stateless_reset_token'], 16)
  return d.slice(at, at + length)
}

/** CONNECTION_CLOSE (19.19): by the transport, or by what it carries. */
export function closes(d: Decoder, f: QuicFields, byApplication: boolean): void {
  const at = d.at
  if (byApplication) readVarint(d, f['quic.cc.error_code.app'])
  else {
    const code = readVarint(d, f['quic.cc.error_code'])
    if (code >= 0x100 && code <= 0x1ff) d.add(f['quic.cc.error_code.tls_alert'], at, d.at, code & 0xff)
    readVarint(d, f['quic.cc.frame_type'])
  }
  const length = readVarint(d, f['quic.cc.reason_phrase.length'])
  if (length > 0) d.span(f['quic.cc.reason_phrase'], length)
}

/** ACK_FREQUENCY (draft-ietf-quic-ack-frequency). */
export function ackFrequency(d: Decoder, f: QuicFields): void {
  readVarint(d, f['quic.af.sequence_number'])
  readVarint(d, f['quic.af.ack_eliciting_threshold'])
  readVarint(d, f['quic.af.request_max_ack_delay'])
  const at = d.at,
    last = d.u8(f['quic.af.last_byte']),
    outer = d.enter()
  d.bits(f['quic.af.reserved'], at, d.at, last)
  d.bits(f['quic.af.ignore_ce'], at, d.at, last)
  d.bits(f['quic.af.ignore_order'], at, d.at, last)
  d.leave(outer)
}
