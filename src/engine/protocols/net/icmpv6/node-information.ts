// Node information queries and replies (RFC 4620).
import { bool, bytes, ipv4, ipv6, string, u16, u32, u64 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'

const flag = (label: string, mask: number) => bool(label, { mask, bits: 16 })

/** Fields of the messages, a part of ICMPv6's table. */
export const nodeInformationFields = {
  'icmpv6.data': bytes('Data'),
  'icmpv6.ni.qtype': u16('Qtype', { values: { 0: 'NOOP', 1: 'Unused', 2: 'Node Name', 3: 'Node addresses', 4: 'IPv4 node addresses' } }),
  'icmpv6.ni.flag': u16('Flags', { base: 'hex' }),
  'icmpv6.ni.flag.g': flag('Global-scope addresses', 0x0020),
  'icmpv6.ni.flag.s': flag('Site-local addresses', 0x0010),
  'icmpv6.ni.flag.l': flag('Link-local addresses', 0x0008),
  'icmpv6.ni.flag.c': flag('Compression', 0x0004),
  'icmpv6.ni.flag.a': flag('Unicast Addresses', 0x0002),
  'icmpv6.ni.flag.t': flag('Truncated', 0x0001),
  'icmpv6.ni.flag.rsv': u16('Reserved', { base: 'hex', mask: 0xffc0 }),
  'icmpv6.ni.nonce': u64('Nonce', { base: 'hex' }),
  'icmpv6.ni.query.subject_ipv6': ipv6('IPv6 subject address'),
  'icmpv6.ni.query.subject_fqdn': string('FQDN subject'),
  'icmpv6.ni.query.subject_ipv4': ipv4('IPv4 subject address'),
  'icmpv6.ni.reply.node_ttl': u32('TTL'),
  'icmpv6.ni.reply.node_name': string('Name Node'),
  'icmpv6.ni.reply.node_address': ipv6('IPv6 Node address'),
  'icmpv6.ni.reply.ipv4_address': ipv4('IPv4 Node address'),
} as const
type Ids = FieldIds<typeof nodeInformationFields>

/** Records the message from its query type on. */
export function nodeInformation(d: Decoder, f: Ids, isQuery: boolean, code: number): void {
  const kind = d.u16(f['icmpv6.ni.qtype']),
    flags = d.u16(f['icmpv6.ni.flag']),
    at = d.at - 2
  if (d.labels) {
    const words = [
      [0x20, 'Global-scope addresses'],
      [0x10, 'Site-local addresses'],
      [8, 'Link-local addresses'],
      [4, 'Compression'],
      [2, 'Unicast Addresses'],
      [1, 'Truncated'],
    ] as const
    d.appendLabel(
      words
        .filter(([mask]) => flags & mask)
        .map(([, word]) => `, ${word}`)
        .join(''),
    )
  }
  const outer = d.enter()
  for (const name of ['g', 's', 'l', 'c', 'a', 't', 'rsv'] as const) d.bits(f[`icmpv6.ni.flag.${name}`], at, at + 2, flags)
  d.leave(outer)
  d.u64(f['icmpv6.ni.nonce'])
  if (isQuery) {
    if (code === 0) while (d.left >= 16) d.span(f['icmpv6.ni.query.subject_ipv6'], 16)
    else if (code === 1) {
      if (d.left > 0) name(d, f['icmpv6.ni.query.subject_fqdn'])
    } else if (code === 2) while (d.left >= 4) d.span(f['icmpv6.ni.query.subject_ipv4'], 4)
  } else if (kind === 2) {
    d.u32(f['icmpv6.ni.reply.node_ttl'])
    if (d.left > 0) name(d, f['icmpv6.ni.reply.node_name'])
  } else if (kind === 3)
    while (d.left >= 20) {
      d.u32(f['icmpv6.ni.reply.node_ttl'])
      d.span(f['icmpv6.ni.reply.node_address'], 16)
    }
  else if (kind === 4)
    while (d.left >= 8) {
      d.u32(f['icmpv6.ni.reply.node_ttl'])
      d.span(f['icmpv6.ni.reply.ipv4_address'], 4)
    }
  if (d.left > 0) d.span(f['icmpv6.data'], d.leftCaptured)
}

/** A domain name in labels; the rest of the message belongs to it. */
function name(d: Decoder, field: Ids['icmpv6.ni.reply.node_name']): void {
  const labels: string[] = []
  let at = d.at
  while (at < d.end && d.peek8(at) !== 0) {
    const size = d.peek8(at)
    if (size >= 0xc0) break
    d.require(size + 1, at)
    labels.push(d.latin1(at + 1, at + 1 + size))
    at += size + 1
  }
  d.text(field, d.leftCaptured, labels.join('.'))
}
