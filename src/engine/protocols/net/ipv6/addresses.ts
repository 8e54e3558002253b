// What an IPv6 address tells by itself: the MAC address of SLAAC (RFC 4291, appendix A), and the IPv4 addresses of ISATAP (RFC 5214), 6to4 (RFC 3056),
// Teredo (RFC 4380) and translators (RFC 6052, well-known prefix).
import { ether, ipv4, string, ipv6, u16 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { ipv6Text } from '../../../bytes/text'

const COMPUTED = { generated: true }
const HIDDEN = { generated: true, hidden: true }
const HOST = { ...HIDDEN, text: ipv6Text }

/** Fields of source and destination, a part of IPv6's table. */
export const addressFields = {
  'ipv6.src': ipv6('Source Address'),
  'ipv6.src_host': string('Source Host', HOST),
  'ipv6.src_slaac_mac': ether('Source SLAAC MAC', COMPUTED),
  'ipv6.src_isatap_ipv4': ipv4('Source ISATAP IPv4', COMPUTED),
  'ipv6.src_6to4_gw_ipv4': ipv4('Source 6to4 Gateway IPv4', COMPUTED),
  'ipv6.src_6to4_sla_id': u16('Source 6to4 SLA ID', COMPUTED),
  'ipv6.src_ts_ipv4': ipv4('Source Teredo Server IPv4', COMPUTED),
  'ipv6.src_tc_port': u16('Source Teredo Port', COMPUTED),
  'ipv6.src_tc_ipv4': ipv4('Source Teredo Client IPv4', COMPUTED),
  'ipv6.src_embed_ipv4': ipv4('Source Embedded IPv4', COMPUTED),
  'ipv6.dst': ipv6('Destination Address'),
  'ipv6.dst_host': string('Destination Host', HOST),
  'ipv6.dst_slaac_mac': ether('Destination SLAAC MAC', COMPUTED),
  'ipv6.dst_isatap_ipv4': ipv4('Destination ISATAP IPv4', COMPUTED),
  'ipv6.dst_6to4_gw_ipv4': ipv4('Destination 6to4 Gateway IPv4', COMPUTED),
  'ipv6.dst_6to4_sla_id': u16('Destination 6to4 SLA ID', COMPUTED),
  'ipv6.dst_ts_ipv4': ipv4('Destination Teredo Server IPv4', COMPUTED),
  'ipv6.dst_tc_port': u16('Destination Teredo Port', COMPUTED),
  'ipv6.dst_tc_ipv4': ipv4('Destination Teredo Client IPv4', COMPUTED),
  'ipv6.dst_embed_ipv4': ipv4('Destination Embedded IPv4', COMPUTED),
  'ipv6.addr': ipv6('Source or Destination Address', { hidden: true }),
  'ipv6.host': string('Source or Destination Host', HOST),
  'ipv6.slaac_mac': ether('SLAAC MAC', HIDDEN),
  'ipv6.isatap_ipv4': ipv4('ISATAP IPv4', HIDDEN),
  'ipv6.6to4_gw_ipv4': ipv4('6to4 Gateway IPv4', HIDDEN),
  'ipv6.6to4_sla_id': u16('6to4 SLA ID', HIDDEN),
  'ipv6.ts_ipv4': ipv4('Teredo Server IPv4', HIDDEN),
  'ipv6.tc_port': u16('Teredo Port', HIDDEN),
  'ipv6.tc_ipv4': ipv4('Teredo Client IPv4', HIDDEN),
  'ipv6.embed_ipv4': ipv4('Embedded IPv4', HIDDEN),
} as const
type Ids = FieldIds<typeof addressFields>

/** Reads one address of the header and records what follows from it. */
export function addressRows(d: Decoder, f: Ids, side: 'src' | 'dst'): void {
  const at = d.at
  d.span(f[`ipv6.${side}`], 16)
  d.range(f['ipv6.addr'], at, at + 16)
  d.range(f[`ipv6.${side}_host`], at, at + 16)
  d.range(f['ipv6.host'], at, at + 16)
  derived(d, f, side, at)
}

function derived(d: Decoder, f: Ids, side: 'src' | 'dst', at: number): void {
  const both = (name: 'isatap_ipv4' | '6to4_gw_ipv4' | 'ts_ipv4' | 'embed_ipv4', start: number) => {
    d.range(f[`ipv6.${side}_${name}`], start, start + 4)
    d.range(f[`ipv6.${name}`], start, start + 4)
  }
  if (d.peek8(at + 8) & 0x02 && d.peek16(at + 11) === 0xfffe) {
    const mac = Uint8Array.of(
      d.peek8(at + 8) ^ 0x02,
      d.peek8(at + 9),
      d.peek8(at + 10),
      d.peek8(at + 13),
      d.peek8(at + 14),
      d.peek8(at + 15),
    )
    d.generatedValue(f[`ipv6.${side}_slaac_mac`], mac, at + 8, at + 16)
    d.generatedValue(f['ipv6.slaac_mac'], mac, at + 8, at + 16)
  }
  if ((d.peek8(at + 8) & 0xfc) === 0 && d.peek8(at + 9) === 0 && d.peek16(at + 10) === 0x5efe) both('isatap_ipv4', at + 12)
  const prefix = d.peek32(at)
  if (prefix >>> 16 === 0x2002) {
    both('6to4_gw_ipv4', at + 2)
    d.generated(f[`ipv6.${side}_6to4_sla_id`], d.peek16(at + 6), at + 6, at + 8)
    d.generated(f['ipv6.6to4_sla_id'], d.peek16(at + 6), at + 6, at + 8)
  } else if (prefix === 0x20010000) {
    both('ts_ipv4', at + 4)
    const port = ~d.peek16(at + 10) & 0xffff,
      client = Uint8Array.of(~d.peek8(at + 12), ~d.peek8(at + 13), ~d.peek8(at + 14), ~d.peek8(at + 15))
    d.generated(f[`ipv6.${side}_tc_port`], port, at + 10, at + 12)
    d.generated(f['ipv6.tc_port'], port, at + 10, at + 12)
    d.generatedValue(f[`ipv6.${side}_tc_ipv4`], client, at + 12, at + 16)
    d.generatedValue(f['ipv6.tc_ipv4'], client, at + 12, at + 16)
  } else if (prefix === 0x0064ff9b && d.peek32(at + 4) === 0 && d.peek32(at + 8) === 0) both('embed_ipv4', at + 12)
}
