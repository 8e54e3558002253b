// The DTLS connections of an indexed capture, from the datagrams of its UDP conversations.
import { KEY_LOG } from '../../dissect/key-log'
import { PROTOCOL } from '../../index/columns'
import type { Trace } from '../../index/trace'
import { udp } from '../../protocols/transport/udp'
import type { SessionStore } from '../../protocols/app/tls/keys/security'
import { DatagramConnectionReader, beginsDtls } from './datagram-reader'

/** Datagrams of a conversation that are looked at for the beginning of DTLS. */
const MOST_LOOKED_AT = 20
/** Packets between two pauses. */
const PACKETS_A_STEP = 64
const HEADER = 8

/** Reads them in file order, by their udp.stream, in steps; each answers the number of packets looked at. */
export function* datagramConnectionSteps(trace: Trace, store: SessionStore): Generator<number, Map<number, DatagramConnectionReader>> {
  const readers = new Map<number, DatagramConnectionReader>(),
    looked = new Map<number, number>()
  for (let frame = 1; frame <= trace.packets; frame++) {
    if (frame % PACKETS_A_STEP === 0) yield frame
    if (!(trace.columns.protocols.get(frame - 1) & PROTOCOL.UDP)) continue
    const known = trace.columns.stream.get(frame - 1) - 1
    if (known >= 0 && (looked.get(known) ?? 0) >= MOST_LOOKED_AT && !readers.has(known)) continue
    const { tree, packet } = trace.dissectHeaders(frame)
    if (packet.transport !== 'udp' || packet.stream < 0) continue
    let node = tree.count - 1
    while (node >= 0 && tree.field(node) !== udp.fieldId) node--
    if (node < 0) continue
    const source = tree.sources[tree.source[node] ?? 0]?.bytes ?? new Uint8Array(0),
      at = tree.start(node) + HEADER,
      // a datagram may be shorter than what its frame holds
      bytes = source.subarray(at, tree.start(node) + (((source[at - 4] ?? 0) << 8) | (source[at - 3] ?? 0)))
    let reader = readers.get(packet.stream)
    if (!reader) {
      looked.set(packet.stream, (looked.get(packet.stream) ?? 0) + 1)
      if (!beginsDtls(bytes)) continue
      reader = new DatagramConnectionReader(trace.session.ciphers, trace.session.state(KEY_LOG), store)
      readers.set(packet.stream, reader)
    }
    if (trace.isCut(frame)) reader.hasCut = true
    reader.data(packet.direction, bytes, frame)
  }
  return readers
}
