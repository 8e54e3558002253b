// Fibre Distributed Data Interface (ISO 9314-2): logical link control frames. Not covered: station management frames, implementor frames.
import { defineProtocol, ether, setAddress, u8 } from '../../dissect/define'

/** Addresses on the ring are sent with each octet's most significant bit first: the octets of the canonical form are their mirrors (RFC 2469, 4). */
function canonical(bytes: Uint8Array): Uint8Array {
  return bytes.map((octet) => {
    let mirror = 0
    for (let bit = 0; bit < 8; bit++) if (octet & (1 << bit)) mirror |= 0x80 >> bit
    return mirror
  })
}

export const fddi = defineProtocol({
  name: 'fddi',
  title: 'Fiber Distributed Data Interface',
  short: 'FDDI',
  accepts: { linktype: [10] },
  fields: {
    'fddi.fc': u8('Frame Control', { base: 'hex' }),
    'fddi.fc.clf': u8('Class/Length/Format', { base: 'hex', mask: 0xf0 }),
    'fddi.fc.prio': u8('Priority', { mask: 0x07 }),
    'fddi.dst': ether('Destination'),
    'fddi.src': ether('Source'),
    'fddi.addr': ether('Source or Destination Address', { hidden: true }),
  },
  decode(d, f) {
    d.setProtocol('FDDI')
    d.setInfo('')
    const control = d.u8(f['fddi.fc']),
      isLlc = (control & 0xf0) === 0x50,
      outer = d.enter()
    d.bits(f['fddi.fc.clf'], d.at - 1, d.at, control)
    if (isLlc) d.bits(f['fddi.fc.prio'], d.at - 1, d.at, control)
    d.leave(outer)
    d.require(12)
    const addresses = canonical(d.slice(d.at, d.at + 12))
    setAddress(d.packet.destination, 'ether', addresses, 0)
    setAddress(d.packet.source, 'ether', addresses, 6)
    for (const [index, name] of (['fddi.dst', 'fddi.src'] as const).entries()) {
      const address = addresses.subarray(6 * index, 6 * index + 6)
      d.value(f[name], d.at, d.at + 6, address)
      // as tshark, once more for filters
      for (const again of [name, 'fddi.addr', 'fddi.addr'] as const) {
        d.value(f[again], d.at, d.at + 6, address)
        d.hide()
      }
      d.skip(6)
    }
    d.layerEnds(d.at)
    if (isLlc && d.next('ethernet.8023', 'llc')) return
    d.data()
  },
})
