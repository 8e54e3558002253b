// ICMP multi-part messages (RFC 4884): MPLS label stacks (RFC 4950), interface information (RFC 5837) and identification (RFC 8335).
import { expectedChecksum, internetChecksum } from '../../../bytes/checksum'
import { bool, bytes, expert, ipv4, ipv6, none, string, u16, u24, u32, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { CHECKSUM, CHECKSUM_STATUS_FIELD } from '../../../values/checksum-status'

const PRESENT: readonly [string, string] = ['Present', 'Not Present']
const ROLES = {
  0: 'IP interface upon which datagram arrived',
  1: 'sub-IP component of an IP interface upon which datagram arrived',
  2: 'IP interface through which datagram would have been forwarded',
  3: 'IP next hop to which datagram would have been forwarded',
}

/** Fields of extensions, a part of ICMP's table. */
export const extensionFields = {
  'icmp.ext': none('ICMP Multi-Part Extensions'),
  'icmp.ext.version': u8('Version'),
  'icmp.ext.res': u16('Reserved', { base: 'hex', mask: 0x0fff }),
  'icmp.ext.checksum': u16('Checksum', { base: 'hex' }),
  'icmp.ext.checksum.status': u8('Checksum Status', CHECKSUM_STATUS_FIELD),
  'icmp.ext.length': u16('Length'),
  'icmp.ext.class': u8('Class', {
    values: { 1: 'MPLS Label Stack Class', 2: 'Interface Information Object', 3: 'Interface Identification Object' },
  }),
  'icmp.ext.ctype': u8('C-Type'),
  'icmp.ext.data': bytes('Data'),
  'icmp.mpls.label': u24('Label', { mask: 0xfffff0 }),
  'icmp.mpls.exp': u24('Experimental', { mask: 0x00000e }),
  'icmp.mpls.s': bool('Stack bit', { mask: 0x000001, bits: 24 }),
  'icmp.mpls.ttl': u8('Time to live'),
  'icmp.mpls.data': bytes('Data'),
  'icmp.reserved': bytes('Reserved'),
  'icmp.int_info.role': u8('Interface Role', { mask: 0xc0, values: ROLES }),
  'icmp.int_info.reserved': u8('Reserved', { mask: 0x30 }),
  'icmp.int_info.ifindex': bool('ifIndex', { mask: 0x08, names: ['True', 'False'] }),
  'icmp.int_info.ipaddr': bool('IP Address', { mask: 0x04, names: PRESENT }),
  'icmp.int_info.name_present': bool('Interface Name', { mask: 0x02, names: PRESENT }),
  'icmp.int_info.mtu_present': bool('MTU', { mask: 0x01, names: PRESENT }),
  'icmp.int_info.index': u32('Interface Index'),
  'icmp.int_info.afi': u16('Address Family Identifier'),
  'icmp.int_info.ipv4': ipv4('Source'),
  'icmp.int_info.ipv6': ipv6('Source'),
  'icmp.int_info.ipunknown': bytes('Source'),
  'icmp.int_info.name_length': u8('Name Length'),
  'icmp.int_info.name': string('Name'),
  'icmp.int_info.mtu': u32('Maximum Transmission Unit'),
  'icmp.int_ident.name': string('Name'),
  'icmp.int_ident.index': u32('Interface Index'),
  'icmp.int_ident.afi': u16('Address Family Identifier'),
  'icmp.int_ident.addr_length': u8('Address Length'),
  'icmp.int_ident.reserved': bytes('Reserved'),
  'icmp.int_ident.ipv4': ipv4('Address'),
  'icmp.int_ident.ipv6': ipv6('Address'),
  'icmp.int_ident.address': bytes('Address'),
  'icmp.ext.checksum_bad': expert('warning', 'checksum', 'Bad checksum'),
} as const
type Ids = FieldIds<typeof extensionFields>

/** Records the extension structure at d.at, up to d.end. The parent is ICMP's node. */
export function icmpExtensions(d: Decoder, f: Ids): void {
  const start = d.at,
    end = d.end
  d.range(f['icmp.ext'], start, Math.min(end, d.readable))
  const outer = d.enter(),
    version = d.peek8() >> 4
  d.require(1)
  d.add(f['icmp.ext.version'], start, start + 1, version)
  d.bits(f['icmp.ext.res'], start, start + 2, d.peek16())
  d.skip(2)
  if (version !== 2) {
    d.at = start
    if (end > start) d.span(f['icmp.ext.data'], d.leftCaptured)
    d.leave(outer)
    return
  }
  d.require(end - start, start)
  const sent = d.u16(f['icmp.ext.checksum']),
    node = d.last
  if (d.has(end - start, start)) {
    const result = internetChecksum(d.bytes, start, end),
      expected = expectedChecksum(sent, result).toString(16).padStart(4, '0')
    if (d.labels) d.appendLabel(result === 0 ? ' [correct]' : ` incorrect, should be 0x${expected}`, node)
    if (result !== 0) d.expert(f['icmp.ext.checksum_bad'], start + 2, start + 4, `Bad checksum [should be 0x${expected}]`, node)
    d.generated(f['icmp.ext.checksum.status'], result === 0 ? CHECKSUM.good : CHECKSUM.bad, start + 2, start + 4)
  } else {
    if (d.labels) d.appendLabel(' [unverified]', node)
    d.generated(f['icmp.ext.checksum.status'], CHECKSUM.unverified, start + 2, start + 4)
  }
  while (d.at + 4 <= end) {
    const at = d.at,
      length = d.peek16(),
      kind = d.peek8(at + 2),
      objectEnd = at + length
    d.require(4)
    d.note(
      at,
      Math.min(end, d.readable, at + Math.max(4, length)),
      kind === 1
        ? 'MPLS Stack Entry'
        : kind === 2
          ? 'Interface Information Object'
          : kind === 3
            ? 'Interface Identification Object'
            : `Unknown object (${kind}/${d.peek8(at + 3)})`,
    )
    const inner = d.enter()
    d.u16(f['icmp.ext.length'])
    d.u8(f['icmp.ext.class'])
    const type = d.u8(f['icmp.ext.ctype'])
    if (length < 4 || objectEnd > end) {
      if (kind === 1 || kind > 3) {
        d.leave(inner)
        break
      }
    }
    const limit = Math.max(d.at, Math.min(end, objectEnd))
    if (kind === 1) mplsStack(d, f, type, limit)
    else if (kind === 2) interfaceInformation(d, f, type, limit)
    else if (kind === 3) interfaceIdentification(d, f, type, limit)
    else if (limit > d.at) d.span(f['icmp.ext.data'], limit - d.at)
    d.leave(inner)
    d.at = Math.max(at + 4, objectEnd)
  }
  d.leave(outer)
}

function mplsStack(d: Decoder, f: Ids, type: number, end: number): void {
  if (type !== 1) {
    if (end > d.at) d.span(f['icmp.mpls.data'], end - d.at)
    return
  }
  while (d.at + 4 <= end) {
    const at = d.at,
      word = d.peek24()
    d.require(4)
    d.note(at, at + 4, `Label: ${word >> 4}, Exp: ${(word >> 1) & 7}, S: ${word & 1}, TTL: ${d.peek8(at + 3)}`)
    const outer = d.enter()
    d.bits(f['icmp.mpls.label'], at, at + 3, word)
    d.bits(f['icmp.mpls.exp'], at, at + 3, word)
    d.bits(f['icmp.mpls.s'], at, at + 3, word)
    d.skip(3)
    d.u8(f['icmp.mpls.ttl'])
    d.leave(outer)
  }
  if (end > d.at) d.span(f['icmp.mpls.data'], end - d.at)
}

function interfaceInformation(d: Decoder, f: Ids, type: number, end: number): void {
  const at = d.at - 1,
    outer = d.enter()
  for (const name of ['role', 'reserved', 'ifindex', 'ipaddr', 'name_present', 'mtu_present'] as const)
    d.bits(f[`icmp.int_info.${name}`], at, at + 1, type)
  d.leave(outer)
  if (type & 8 && d.at + 4 <= end) d.u32(f['icmp.int_info.index'])
  if (type & 4 && d.at + 4 <= end) {
    const family = d.peek16(),
      size = family === 1 ? 4 : family === 2 ? 16 : 0
    d.note(d.at, Math.min(end, d.at + 4 + size), 'IP Address Sub-Object')
    const inner = d.enter()
    d.u16(f['icmp.int_info.afi'])
    d.span(f['icmp.reserved'], 2)
    if (family === 1) d.span(f['icmp.int_info.ipv4'], 4)
    else if (family === 2) d.span(f['icmp.int_info.ipv6'], 16)
    else if (end > d.at) d.span(f['icmp.int_info.ipunknown'], end - d.at)
    d.leave(inner)
  }
  if (type & 2 && d.at < end) {
    const length = d.peek8()
    d.note(d.at, Math.min(end, d.at + Math.max(1, length)), 'Interface Name Sub-Object')
    const inner = d.enter()
    d.u8(f['icmp.int_info.name_length'])
    if (d.at + length <= end && length > 0) d.span(f['icmp.int_info.name'], length - 1)
    d.leave(inner)
  }
  if (type & 1 && d.at + 4 <= end) d.u32(f['icmp.int_info.mtu'])
}

function interfaceIdentification(d: Decoder, f: Ids, type: number, end: number): void {
  if (type === 1) {
    if (end > d.at) d.span(f['icmp.int_ident.name'], end - d.at)
  } else if (type === 2) d.u32(f['icmp.int_ident.index'])
  else if (type === 3) {
    const family = d.u16(f['icmp.int_ident.afi'])
    d.u8(f['icmp.int_ident.addr_length'])
    d.span(f['icmp.int_ident.reserved'], 1)
    if (family === 1) d.span(f['icmp.int_ident.ipv4'], 4)
    else if (family === 2) d.span(f['icmp.int_ident.ipv6'], 16)
    else if (end > d.at) d.span(f['icmp.int_ident.address'], end - d.at)
  } else if (end > d.at) d.span(f['icmp.ext.data'], end - d.at)
}
