// A packet inside another (quoted by ICMP errors, handed over by OpenFlow): dissected in place, without touching the columns and addresses of the packet
// that carries it.
import type { Decoder } from './decoder'
import type { Address } from './packet'

/** Runs `inside` as a quoted packet. */
export function quoted(d: Decoder, inside: () => void): void {
  carried(d, () => {
    d.packet.inError = true
    inside()
  })
}

/** Runs `inside` as a packet that the present one carries. */
export function carried(d: Decoder, inside: () => void): void {
  const p = d.packet,
    { inError, sourcePort, destinationPort, transport, stream, ipProtocol, ipId, fragmented, direction, previousFrame, firstFrame } = p,
    summary = d.summary
  const addresses = [p.source, p.destination, p.netSource, p.netDestination].map((address): Address => ({ ...address }))
  d.summary = false
  try {
    inside()
  } finally {
    d.summary = summary
    Object.assign(p, {
      inError,
      sourcePort,
      destinationPort,
      transport,
      stream,
      ipProtocol,
      ipId,
      fragmented,
      direction,
      previousFrame,
      firstFrame,
    })
    for (const [i, address] of [p.source, p.destination, p.netSource, p.netDestination].entries()) Object.assign(address, addresses[i])
  }
}
