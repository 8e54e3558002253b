// Outline of RADIUS (RFC 2865, 2866, 5176) with the EAP packets inside (RFC 3579, 3.1). Not covered: attributes of other kinds.
import { joined } from '../../bytes/join'
import type { Decoder } from '../../dissect/define'
import { defineOutlines } from '../../dissect/outline'

const HEADER = 20,
  LONGEST = 4096,
  EAP_MESSAGE = 79
/** Codes that IANA has given out, as ranges. */
const CODES = [
  [1, 13],
  [21, 27],
  [29, 34],
  [40, 45],
  [50, 51],
] as const

/** A code that is in use, and a length that a message may have (RFC 2865, 3). */
function isRadius(d: Decoder): boolean {
  const code = d.peek8(),
    length = d.peek16(d.at + 2)
  return length >= HEADER && length <= LONGEST && CODES.some(([first, last]) => code >= first && code <= last)
}

/** Hands the EAP packet on, which attributes in a row carry in pieces. */
function attributes(d: Decoder): void {
  const end = Math.min(d.end, d.at + d.peek16(d.at + 2)),
    pieces: [start: number, end: number][] = []
  for (let at = d.at + HEADER; at + 2 <= end;) {
    const next = at + d.peek8(at + 1)
    if (next < at + 2 || next > end) break
    if (d.peek8(at) === EAP_MESSAGE) pieces.push([at + 2, next])
    else if (pieces.length) break
    at = next
  }
  eapPacket(d, pieces)
  d.at = d.end
}

function eapPacket(d: Decoder, pieces: readonly (readonly [number, number])[]): void {
  const [first] = pieces
  if (!first) return
  if (pieces.length === 1) d.next('eapol.type', 0, first[0], first[1])
  else {
    const whole = joined(...pieces.map(([start, end]) => d.slice(start, end)))
    d.within('EAP packet', whole, () => d.next('eapol.type', 0, 0, whole.length))
  }
}

defineOutlines([
  {
    name: 'radius',
    title: 'Remote Authentication Dial In User Service',
    short: 'RADIUS',
    accepts: { 'udp.port': [1645, 1646, 1700, 1812, 1813, 3799] },
    recognises: isRadius,
    payload: attributes,
  },
])
