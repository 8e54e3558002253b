// OpenFlow: the header, and the frames that switch and controller hand each other (OpenFlow Switch Specification 1.0, 5.3.5 and 5.4.1; 1.3, A.3.7 and A.4.1).
import type { Decoder } from '../../dissect/define'
import { defineOutlines } from '../../dissect/outline'
import { carried } from '../../dissect/quoted'

/** Versions that are protocols of their own inside. */
const VERSIONS: Readonly<Record<number, string>> = { 1: 'openflow_v1', 4: 'openflow_v4', 5: 'openflow_v5', 6: 'openflow_v6' }
const LEGACY_PORT = 6633,
  PACKET_IN = 10,
  PACKET_OUT = 13

/** How far from a message's start the frame stands that it carries; -1 = it carries none. */
function frameOffset(d: Decoder): number {
  const at = d.at,
    version = d.peek8(at),
    isFirst = version === 1
  if (!(version in VERSIONS)) return -1
  switch (d.peek8(at + 1)) {
    case PACKET_IN:
      // since 1.2 a match of variable size, padded to eight octets, stands in front, and two octets more
      return isFirst ? 18 : 24 + Math.ceil(d.peek16(at + 26) / 8) * 8 + 2
    case PACKET_OUT:
      // 1.5 has a match there, too
      return isFirst ? 16 + d.peek16(at + 14) : version < 6 ? 24 + d.peek16(at + 16) : -1
    default:
      return -1
  }
}

function message(d: Decoder): void {
  const end = d.end,
    offset = frameOffset(d),
    start = d.at + offset
  d.at = end
  if (offset < 0 || start >= end) return
  d.layerEnds(end)
  carried(d, () => {
    d.packet.fcsLength = 0
    d.next('linktype', 1, start, end, true)
  })
}

defineOutlines([
  {
    name: 'openflow',
    title: 'OpenFlow',
    short: 'OpenFlow',
    accepts: { 'tcp.port': [6653] },
    heuristic: ['tcp'],
    // to the port of old it is recognised, and answers are read after that
    recognises: (d) =>
      d.peek8() >= 1 && d.peek8() <= 6 && d.peek16(d.at + 2) >= 8 && (d.key === 6653 || d.packet.destinationPort === LEGACY_PORT),
    keeps: true,
    header: 8,
    length: (d, at) => d.peek16(at + 2),
    inner: (d) => VERSIONS[d.peek8()],
    payload: message,
  },
])
