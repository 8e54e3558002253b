// Packets with a short header (RFC 9000, 17.3): 1-RTT. The destination ID's length is known from the connection only.
import type { Decoder } from '../../../dissect/define'
import { hex } from '../../../bytes/text'
import { QUIC_CONNECTIONS } from './connections'
import type { QuicFields } from './fields'
import { PACKET_RECORDS } from './packet-records'
import type { PacketRecord } from './packet-records'
import { connectionRow, openPacket, showPayload, undecrypted } from './protection'

/** Reads the packet at the cursor, which goes to the datagram's end. */
export function shortHeader(d: Decoder, f: QuicFields, isFirst: boolean): void {
  const start = d.at,
    end = d.end,
    record = d.state(PACKET_RECORDS).next(d, () => recordOf(d)),
    numberAt = start + 1 + record.idLength,
    plain = openPacket(d, record, 'short', d.slice(start, end), numberAt - start),
    { header } = record,
    type = header ? header.first : d.peek8(start)
  if (isFirst) connectionRow(d, f, record)
  d.generated(f['quic.packet_length'], end - start, start, start)
  d.range(f['quic.short'], start, Math.min(numberAt, d.readable))
  const destination = hex(d.slice(start + 1, numberAt)),
    words = (destination ? ` DCID=${destination}` : '') + (header ? ` PKN=${record.number}` : '')
  if (d.labels) d.label(`QUIC Short Header${words}`)
  const outer = d.enter()
  d.bits(f['quic.header_form'], start, start + 1, type)
  d.bits(f['quic.fixed_bit'], start, start + 1, type)
  d.bits(f['quic.spin_bit'], start, start + 1, type)
  if (header) {
    d.bits(f['quic.short.reserved'], start, start + 1, type)
    d.bits(f['quic.key_phase'], start, start + 1, type)
    d.bits(f['quic.packet_number_length'], start, start + 1, type)
  }
  d.at = start + 1
  if (record.idLength > 0) d.span(f['quic.dcid'], record.idLength)
  if (d.summary) {
    d.setInfo(`Protected Payload (KP${(type >> 2) & 1})${destination ? `, DCID=${destination}` : ''}`)
    if (header) d.appendInfo(`, PKN: ${record.number}`)
  }
  if (header) {
    d.value(f['quic.packet_number'], d.at, d.at + header.size, BigInt(record.number))
    d.at += header.size
    showPayload(d, f, f['quic.protected_payload'], record, 'short', plain, () => {
      d.leave(outer)
    })
  } else {
    d.leave(outer)
    undecrypted(d, f)
  }
  d.at = end
}

function recordOf(d: Decoder): PacketRecord {
  const found = d.state(QUIC_CONNECTIONS).findShort(d)
  return {
    connection: found?.connection,
    fromServer: found?.fromServer ?? false,
    idLength: found?.idLength ?? 0,
    keys: undefined,
    header: undefined,
    number: 0,
    crypto: [],
  }
}
