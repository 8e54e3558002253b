// DNS Stateful Operations: TLVs in place of records (RFC 8490, 5.4).
import type { Decoder } from '../../../dissect/define'
import { DSO_TYPES } from '../../../values/dns'
import type { DnsFields } from './fields'

/** Reads the TLVs from the cursor to the end of the message. */
export function statefulOperation(d: Decoder, f: DnsFields): void {
  if (d.left <= 0) return
  d.range(f['dns.dso'], d.at, d.readable)
  const outer = d.enter()
  while (d.left > 0) {
    const at = d.at
    d.range(f['dns.dso.tlv'], at, Math.min(at + 4, d.readable))
    const node = d.last,
      inner = d.enter(),
      type = d.u16(f['dns.dso.tlv.type'])
    if (d.labels) d.tree.labels[node] = `DSO TLV: ${DSO_TYPES[type] ?? `Unknown (${type})`}`
    const length = d.u16(f['dns.dso.tlv.length']),
      end = d.at + length
    d.require(length)
    d.tree.setEnd(node, end)
    if (type === 1 && length >= 8) {
      d.u32(f['dns.dso.tlv.keepalive.inactivity'])
      d.u32(f['dns.dso.tlv.keepalive.interval'])
    } else if (type === 2 && length >= 4) d.u32(f['dns.dso.tlv.retrydelay.retrydelay'])
    else if (type === 3) d.span(f['dns.dso.tlv.encpad.padding'], length)
    else if (length > 0) d.span(f['dns.dso.tlv.data'], length)
    d.at = end
    d.leave(inner)
  }
  d.leave(outer)
}
