// EDNS0: options of the OPT pseudo record (RFC 6891; options of RFC 5001, 6975, 7828, 7830, 7871, 7873, 7901, 8914).
import { EDNS_OPTIONS } from '../../../values/dns'
import { paddedAddress } from './records'
import type { RecordData } from './record'

/** Reads the options of an OPT record. */
export function ednsOptions(r: RecordData): void {
  while (r.left > 0) option(r)
}

function option(r: RecordData): void {
  const { d, f } = r,
    at = d.at
  d.require(4)
  d.range(f['dns.opt'], at, at + 4)
  const node = d.last,
    outer = d.enter(),
    code = d.u16(f['dns.opt.code'])
  if (d.labels) d.tree.labels[node] = `Option: ${EDNS_OPTIONS[code] ?? `Unknown (${code})`}`
  const length = d.u16(f['dns.opt.len']),
    start = d.at,
    end = start + length
  d.span(f['dns.opt.data'], length)
  d.tree.setEnd(node, end)
  d.at = start
  content(r, code, length, end)
  d.at = end
  d.leave(outer)
}

function content(r: RecordData, code: number, length: number, end: number): void {
  const { d, f } = r
  switch (code) {
    case 5:
      while (d.at < end) d.u8(f['dns.opt.dau'])
      break
    case 6:
      while (d.at < end) d.u8(f['dns.opt.dhu'])
      break
    case 7:
      while (d.at < end) d.u8(f['dns.opt.n3u'])
      break
    case 8: {
      const family = d.u16(f['dns.opt.client.family'])
      d.u8(f['dns.opt.client.netmask'])
      d.u8(f['dns.opt.client.scope'])
      if (length < 4) d.malformed()
      if (length - 4 > 16) d.expert(f['dns.rr.opt.bad_length'], d.at, end)
      else paddedAddress(r, family, length - 4, f['dns.opt.client.addr4'], f['dns.opt.client.addr6'], f['dns.opt.client.addr'])
      break
    }
    case 10:
      d.span(f['dns.opt.cookie.client'], 8)
      d.span(f['dns.opt.cookie.server'], length - 8)
      break
    case 11:
      if (length === 2) d.u16(f['dns.opt.edns_tcp_keepalive.timeout'])
      break
    case 12:
      d.span(f['dns.opt.padding'], length)
      break
    case 13:
      // Wireshark takes the wire form for text, labels' lengths and all
      r.text(f['dns.opt.chain.fqdn'], length)
      break
    case 15:
      d.u16(f['dns.opt.ext_error.info_code'])
      if (length > 2) r.text(f['dns.opt.ext_error.extra_text'], length - 2)
      break
    default:
  }
}
