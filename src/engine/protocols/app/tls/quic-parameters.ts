// QUIC transport parameters in a TLS extension (RFC 9000, 18; RFC 9368 for versions). Not covered: parameters of single vendors beyond those named.
import type { Decoder, FieldId } from '../../../dissect/define'
import { peekVarint, readVarint, varintSize } from '../../../dissect/quic-integer'
import { QUIC_TRANSPORT_PARAMETERS } from '../../../values/tls'
import type { TlsFields } from './fields'

/** Parameters that are connection IDs, which may have no bytes. */
const MAY_BE_EMPTY: ReadonlySet<number> = new Set([0x00, 0x0f, 0x10])

/** Reads the list of parameters up to d.end. */
export function quicParameters(d: Decoder, f: TlsFields): void {
  // before draft 27 numbers and lengths had 16 bits, and the list its own length before it
  const isOld = d.left > 6 && d.peek16() === d.left - 2
  if (isOld) d.u16(f['tls.quic.len'])
  while (d.at < d.end) {
    const start = d.at,
      type = isOld ? d.peek16(start) : peekVarint(d, start),
      lengthAt = start + (isOld ? 2 : varintSize(d, start)),
      length = isOld ? d.peek16(lengthAt) : peekVarint(d, lengthAt),
      from = lengthAt + (isOld ? 2 : varintSize(d, lengthAt)),
      grease = type % 31 === 27,
      name = QUIC_TRANSPORT_PARAMETERS[type] ?? (grease ? 'GREASE' : 'Unknown')
    d.require(from + length - start)
    d.range(f['tls.quic.parameter'], start, from + length)
    if (d.labels) d.label(`Parameter: ${name} (len=${length})`)
    const outer = d.enter(),
      end = d.end
    if (isOld) {
      d.value(f['tls.quic.parameter.type'], start, lengthAt, BigInt(type))
      d.at = lengthAt
    } else readVarint(d, f['tls.quic.parameter.type'])
    if (d.labels) d.label(`Type: ${name} (0x${type.toString(16)})`)
    if (isOld) d.u16(f['tls.quic.parameter.lengt.old'])
    else readVarint(d, f['tls.quic.parameter.length'])
    d.end = from + length
    d.range(f['tls.quic.parameter.value'], from, from + length)
    if (!grease && (length > 0 || MAY_BE_EMPTY.has(type))) parameter(d, f, type)
    d.end = end
    d.at = from + length
    d.leave(outer)
  }
}

function parameter(d: Decoder, f: TlsFields, type: number): void {
  const length = d.left
  const integer = (field: FieldId<'u64'>) => {
    readVarint(d, field)
  }
  switch (type) {
    case 0x00:
      d.span(f['tls.quic.parameter.original_destination_connection_id'], length)
      break
    case 0x01:
      integer(f['tls.quic.parameter.max_idle_timeout'])
      break
    case 0x02:
      d.span(f['tls.quic.parameter.stateless_reset_token'], 16)
      break
    case 0x03:
      integer(f['tls.quic.parameter.max_udp_payload_size'])
      break
    case 0x04:
      integer(f['tls.quic.parameter.initial_max_data'])
      break
    case 0x05:
      integer(f['tls.quic.parameter.initial_max_stream_data_bidi_local'])
      break
    case 0x06:
      integer(f['tls.quic.parameter.initial_max_stream_data_bidi_remote'])
      break
    case 0x07:
      integer(f['tls.quic.parameter.initial_max_stream_data_uni'])
      break
    case 0x08:
      integer(f['tls.quic.parameter.initial_max_streams_bidi'])
      break
    case 0x09:
      integer(f['tls.quic.parameter.initial_max_streams_uni'])
      break
    case 0x0a:
      integer(f['tls.quic.parameter.ack_delay_exponent'])
      break
    case 0x0b:
      integer(f['tls.quic.parameter.max_ack_delay'])
      break
    case 0x0d:
      preferredAddress(d, f)
      break
    case 0x0e:
      integer(f['tls.quic.parameter.active_connection_id_limit'])
      break
    case 0x0f:
      d.span(f['tls.quic.parameter.initial_source_connection_id'], length)
      break
    case 0x10:
      d.span(f['tls.quic.parameter.retry_source_connection_id'], length)
      break
    case 0xff73db:
      versionRows(d)
      break
    case 0x11:
      d.u32(f['tls.quic.parameter.vi.chosen_version'])
      while (d.left >= 4) d.u32(f['tls.quic.parameter.vi.other_version'])
      break
    case 0x20:
      integer(f['tls.quic.parameter.max_datagram_frame_size'])
      break
    case 0x1057:
      integer(f['tls.quic.parameter.loss_bits'])
      break
    case 0x3127:
      integer(f['tls.quic.parameter.google.initial_rtt'])
      break
    case 0x3128:
      d.span(f['tls.quic.parameter.google.connection_options'], length)
      break
    case 0x3129:
      d.span(f['tls.quic.parameter.google.user_agent'], length)
      break
    case 0x4752:
      d.u32(f['tls.quic.parameter.google.quic_version'])
      break
    case 0x7158:
      integer(f['tls.quic.parameter.enable_time_stamp_v2'])
      break
    case 0xde1a:
    case 0xff02de1a:
    case 0xff03de1a:
    case 0xff04de1a:
      integer(f['tls.quic.parameter.min_ack_delay'])
      break
    case 0xff00:
      integer(f['tls.quic.parameter.facebook.partial_reliability'])
      break
  }
}

function preferredAddress(d: Decoder, f: TlsFields): void {
  d.span(f['tls.quic.parameter.preferred_address.ipv4address'], 4)
  d.u16(f['tls.quic.parameter.preferred_address.ipv4port'])
  d.span(f['tls.quic.parameter.preferred_address.ipv6address'], 16)
  d.u16(f['tls.quic.parameter.preferred_address.ipv6port'])
  const length = d.u8(f['tls.quic.parameter.preferred_address.connectionid.length'])
  d.span(f['tls.quic.parameter.preferred_address.connectionid'], length)
  d.span(f['tls.quic.parameter.preferred_address.statelessresettoken'], 16)
}

/** Version information under its draft's number as rows without fields: Wireshark's are those of RFC 9368's number only. */
function versionRows(d: Decoder): void {
  for (let name = 'Chosen'; d.left >= 4; name = 'Available') {
    d.note(d.at, d.at + 4, `${name} version: 0x${d.peek32().toString(16).padStart(8, '0')}`)
    d.at += 4
  }
}
