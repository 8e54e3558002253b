// Internet Protocol version 4 (RFC 791; DSCP RFC 2474, ECN RFC 3168). Fragments are reassembled when all their bytes were captured.
// Not covered: GeoIP rows (they need a database), the RFC 3514 security flag.
import { internetChecksum, expectedChecksum } from '../../../bytes/checksum'
import { ipv4Text } from '../../../bytes/text'
import {
  bool,
  bytes,
  defineProtocol,
  defineState,
  double,
  expert,
  framenum,
  ipv4,
  setAddress,
  string,
  u16,
  u32,
  u8,
} from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { assemble, FragmentTable } from '../../../dissect/fragments'
import { fragmentFields, recordFragments } from '../../../dissect/fragment-tree'
import type { FieldIds } from '../../../dissect/registry'
import { CHECKSUM, CHECKSUM_STATUS_FIELD } from '../../../values/checksum-status'
import { DSCP_NAMES, ECN_NAMES, trafficClassText } from '../../../values/dscp'
import { ipProtocolName } from '../../../values/ip-protocols'
import { finalDestination, ipv4Options, optionFields } from './options'

/** Datagrams of which fragments were seen. */
export const IPV4_FRAGMENTS = defineState('ip.fragments', () => new FragmentTable())
const HOST = { hidden: true, generated: true, text: ipv4Text }

const fields = {
  // names that a filter may use and no packet here has: see what is not covered, and the old reading of the DSCP byte (RFC 1349)
  'ip.geoip.country': string('GeoIP Country'),
  'ip.geoip.country_iso': string('GeoIP Country Code'),
  'ip.geoip.city': string('GeoIP City'),
  'ip.geoip.asnum': u32('GeoIP AS Number'),
  'ip.geoip.org': string('GeoIP AS Organization'),
  'ip.geoip.lat': double('GeoIP Latitude'),
  'ip.flags.sf': bool('Security flag', { mask: 0x80, bits: 8 }),
  'ip.tos': u8('Type of Service'),
  'ip.tos.precedence': u8('Precedence', { mask: 0xe0 }),
  'ip.tos.delay': bool('Delay', { mask: 0x10, bits: 8 }),
  'ip.tos.throughput': bool('Throughput', { mask: 0x08, bits: 8 }),
  'ip.tos.reliability': bool('Reliability', { mask: 0x04, bits: 8 }),
  'ip.tos.cost': bool('Cost', { mask: 0x02, bits: 8 }),
  'ip.version': u8('Version'),
  'ip.hdr_len': u8('Header Length'),
  'ip.dsfield': u8('Differentiated Services Field', { base: 'hex' }),
  'ip.dsfield.dscp': u8('Differentiated Services Codepoint', { mask: 0xfc, values: DSCP_NAMES }),
  'ip.dsfield.ecn': u8('Explicit Congestion Notification', { mask: 0x03, values: ECN_NAMES }),
  'ip.len': u16('Total Length'),
  'ip.id': u16('Identification', { base: 'hex-dec' }),
  'ip.flags': u8('Flags', { base: 'hex', mask: 0xe0 }),
  'ip.flags.rb': bool('Reserved bit', { mask: 0x80 }),
  'ip.flags.df': bool("Don't fragment", { mask: 0x40 }),
  'ip.flags.mf': bool('More fragments', { mask: 0x20 }),
  'ip.frag_offset': u16('Fragment Offset', { mask: 0x1fff }),
  'ip.ttl': u8('Time to Live'),
  'ip.proto': u8('Protocol', { values: ipProtocolName }),
  'ip.checksum': u16('Header Checksum', { base: 'hex' }),
  'ip.checksum_calculated': u16('Calculated Checksum', { base: 'hex', generated: true }),
  'ip.checksum.status': u8('Header checksum status', CHECKSUM_STATUS_FIELD),
  'ip.src': ipv4('Source Address'),
  'ip.src_host': string('Source Host', HOST),
  'ip.cur_rt': ipv4('Current Route'),
  'ip.cur_rt_host': string('Current Route Host', HOST),
  ...optionFields,
  'ip.fragments': bytes('IPv4 Fragments', { generated: true }),
  ...fragmentFields('ip', 'IPv4'),
  'ip.reassembled_in': framenum('Reassembled IPv4 in frame', { generated: true }),
  'ip.bogus_ip_length': expert('error', 'protocol', 'Bogus IP length'),
  'ip.evil_packet': expert('warning', 'protocol', 'Packet has evil intent'),
  'ip.checksum_bad.expert': expert('error', 'checksum', 'Bad checksum'),
  'ip.ttl.lncb': expert('note', 'sequence', 'Time To Live'),
  'ip.ttl.too_small': expert('note', 'sequence', 'Time To Live'),
  'ip.bogus_ip_version': expert('error', 'protocol', 'Bogus IP version'),
  'ip.bogus_header_length': expert('error', 'protocol', 'Bogus IP header length'),
} as const
type Ids = FieldIds<typeof fields>

export const ip = defineProtocol({
  name: 'ip',
  title: 'Internet Protocol Version 4',
  short: 'IPv4',
  accepts: {
    ethertype: [0x0800],
    linktype: [228],
    'ip.proto': [4, 94],
    'ip.version': [4],
    'null.type': [2],
    'ppp.protocol': [0x0021],
    'llc.dsap': [0x06],
  },
  fields,
  decode(d, f) {
    const start = d.at,
      p = d.packet,
      octet = d.peek8(start),
      headerLength = (octet & 15) * 4,
      version = octet >> 4
    d.setProtocol('IPv4')
    d.setInfo('')
    d.require(1)
    d.add(f['ip.version'], start, start + 1, version)
    if (d.labels) d.label(`${bits4(version)} .... = Version: ${version}`)
    if (version !== 4) {
      d.expert(f['ip.bogus_ip_version'], start, start + 1, 'Bogus IPv4 version', d.last)
      if (version === 6) {
        // a version-6 header under version 4's number: shown as what it is
        d.layerEnds(start)
        if (d.next('ip.version', 6, start)) return
      }
      d.setInfo(`Bogus IPv4 version (${version}, must be 4)`)
      return
    }
    d.add(f['ip.hdr_len'], start, start + 1, headerLength)
    if (d.labels) d.label(`.... ${bits4(octet & 15)} = Header Length: ${headerLength} bytes (${octet & 15})`)
    if (headerLength < 20) {
      const text = `Bogus IP header length (${headerLength}, must be at least 20)`
      d.setInfo(text)
      d.expert(f['ip.bogus_header_length'], start, start + 1, text, d.last)
      return
    }
    if (d.addressesOnly && headerLength === 20 && addressesAlone(d, f, start)) return
    d.skip(1)
    const service = d.u8(f['ip.dsfield'])
    if (d.labels) d.label(`Differentiated Services Field: 0x${hex2(service)} (${trafficClassText(service)})`)
    const outer = d.enter()
    d.bits(f['ip.dsfield.dscp'], d.at - 1, d.at, service)
    d.bits(f['ip.dsfield.ecn'], d.at - 1, d.at, service)
    d.leave(outer)
    if (!length(d, f, start, headerLength)) return
    p.ipId = d.u16(f['ip.id'])
    const flagsAt = d.at,
      word = d.peek16()
    d.require(2)
    flags(d, f, flagsAt, word >> 8)
    d.bits(f['ip.frag_offset'], flagsAt, flagsAt + 2, word)
    if (d.labels) d.label(`${bits16(word & 0x1fff)} = Fragment Offset: ${(word & 0x1fff) * 8}`)
    d.skip(2)
    const ttl = (p.timeToLive = d.u8(f['ip.ttl'])),
      ttlNode = d.last
    const protocol = (p.ipProtocol = d.u8(f['ip.proto']))
    checksum(d, f, start, headerLength)
    const finalAt = finalDestination(d, start + 20, start + headerLength)
    d.span(f['ip.src'], 4)
    hidden(d, f, 'ip.src_host')
    const destinationAt = finalAt < 0 ? d.at : finalAt
    if (finalAt < 0) {
      d.span(f['ip.dst'], 4)
      hidden(d, f, 'ip.dst_host')
    } else {
      d.span(f['ip.cur_rt'], 4)
      host(d, f['ip.cur_rt_host'])
    }
    setAddresses(d, start + 12, destinationAt)
    timeToLive(d, f, ttl, ttlNode, d.peek32(destinationAt), protocol)
    if (d.labels) labelLayer(d, start, destinationAt)
    if (headerLength > 20) ipv4Options(d, f, start + headerLength)
    d.layerEnds(d.at)
    payload(d, f, start, protocol, (word & 0x1fff) * 8, (word & 0x2000) !== 0)
  },
})

/** Reads a header of which nobody wants more than the addresses. False, and nothing done, where the header is not plain. */
function addressesAlone(d: Decoder, f: Ids, start: number): boolean {
  const p = d.packet,
    total = d.peek16(start + 2),
    word = d.peek16(start + 6)
  if (!d.has(20, start) || total < 20 || start + total > d.end) return false
  d.end = start + total
  p.ipId = d.peek16(start + 4)
  p.timeToLive = d.peek8(start + 8)
  p.ipProtocol = d.peek8(start + 9)
  d.at = start + 12
  d.span(f['ip.src'], 4)
  d.span(f['ip.dst'], 4)
  setAddresses(d, start + 12, start + 16)
  payload(d, f, start, p.ipProtocol, (word & 0x1fff) * 8, (word & 0x2000) !== 0)
  return true
}

function setAddresses(d: Decoder, source: number, destination: number): void {
  const p = d.packet
  for (const address of [p.source, p.netSource]) setAddress(address, 'ipv4', d.bytes, source)
  for (const address of [p.destination, p.netDestination]) setAddress(address, 'ipv4', d.bytes, destination)
  p.finalDestination.kind = 'none'
}

/** Total length: trims the layer, or says what is wrong with it. Returns whether the rest of the header is to be read. */
function length(d: Decoder, f: Ids, start: number, headerLength: number): boolean {
  const total = d.peek16(),
    left = d.end - start
  d.require(2)
  if (total === 0) {
    // the network card would have filled it in while segmenting
    d.u16(f['ip.len'])
    d.tree.numbers[d.last] = left
    if (d.labels) d.label(`Total Length: ${left} bytes (reported as 0, presumed to be because of "TCP segmentation offload" (TSO))`)
    d.markGenerated()
    return true
  }
  d.u16(f['ip.len'])
  if (total < headerLength) {
    d.setInfo(`Bogus IP length (${total}, less than header length ${headerLength})`)
    if (d.labels) d.label(`Total Length: ${total} bytes (bogus, less than header length ${headerLength})`)
    d.expert(f['ip.bogus_ip_length'], d.at - 2, d.at, '', d.last)
    return false
  }
  if (total > left && !d.packet.inError)
    d.expert(f['ip.bogus_ip_length'], d.at - 2, d.at, `IPv4 total length exceeds packet length (${left} bytes)`, d.last)
  else d.end = Math.min(d.end, start + total)
  return true
}

function flags(d: Decoder, f: Ids, at: number, octet: number): void {
  d.bits(f['ip.flags'], at, at + 1, octet)
  if (d.labels) {
    const words = [octet & 0x80 ? 'Reserved bit' : '', octet & 0x40 ? "Don't fragment" : '', octet & 0x20 ? 'More fragments' : ''].filter(
      Boolean,
    )
    d.label(
      `${(octet >> 5).toString(2).padStart(3, '0')}. .... = Flags: 0x${(octet >> 5).toString(16)}${words.map((word) => `, ${word}`).join('')}`,
    )
  }
  const outer = d.enter()
  d.bits(f['ip.flags.rb'], at, at + 1, octet)
  d.bits(f['ip.flags.df'], at, at + 1, octet)
  d.bits(f['ip.flags.mf'], at, at + 1, octet)
  d.leave(outer)
}

function checksum(d: Decoder, f: Ids, start: number, headerLength: number): void {
  const sent = d.u16(f['ip.checksum']),
    at = d.at - 2,
    node = d.last
  if (d.session.options.preferences.get('ip.check_checksum') !== 'TRUE' || !d.has(headerLength, start)) {
    if (d.labels) d.appendLabel(' [validation disabled]', node)
    d.generated(f['ip.checksum.status'], CHECKSUM.unverified, at, at + 2)
    return
  }
  const result = internetChecksum(d.bytes, start, start + headerLength),
    good = result === 0,
    expected = expectedChecksum(sent, result)
  if (d.labels) d.appendLabel(good ? ' [correct]' : ` incorrect, should be 0x${expected.toString(16).padStart(4, '0')}`, node)
  d.generated(f['ip.checksum.status'], good ? CHECKSUM.good : CHECKSUM.bad, at, at + 2)
  if (!good) d.expert(f['ip.checksum_bad.expert'], at, at + 2, `Bad checksum [should be 0x${expected.toString(16).padStart(4, '0')}]`, node)
  d.generated(f['ip.checksum_calculated'], expected, at, at + 2)
}

function hidden(d: Decoder, f: Ids, own: 'ip.src_host' | 'ip.dst_host'): void {
  d.range(f['ip.addr'], d.at - 4, d.at)
  host(d, f[own])
  host(d, f['ip.host'])
}
function host(d: Decoder, field: Ids['ip.src_host']): void {
  d.range(field, d.at - 4, d.at)
}

/** Datagrams for the local network control block (224.0.0/24, RFC 5771, 4) usually have a time to live of 1; others rarely have so little left. */
function timeToLive(d: Decoder, f: Ids, ttl: number, node: number, destination: number, protocol: number): void {
  if (destination >>> 8 === 0xe00000) {
    const last = destination & 255
    if (FREE_TTL.has(last)) return
    const expected = last === 18 || last === 102 ? 255 : 1
    if (ttl !== expected) {
      d.expert(
        f['ip.ttl.lncb'],
        d.tree.start(node),
        d.tree.end(node),
        `"Time To Live" != ${expected} for a packet sent to the Local Network Control Block (see RFC 3171)`,
        node,
      )
    }
  } else if (ttl < 5 && destination >>> 28 !== 14 && protocol !== 103 && protocol !== 89) {
    d.expert(f['ip.ttl.too_small'], d.tree.start(node), d.tree.end(node), `"Time To Live" only ${ttl}`, node)
  }
}
/** Last octets of control-block groups whose protocols set any time to live. */
const FREE_TTL: ReadonlySet<number> = new Set([1, 2, 22, 251, 252])

function labelLayer(d: Decoder, start: number, destinationAt: number): void {
  d.tree.labels[d.layerNode] =
    `Internet Protocol Version 4, Src: ${ipv4Text(d.bytes, start + 12)}, Dst: ${ipv4Text(d.bytes, destinationAt)}`
}

function payload(d: Decoder, f: Ids, start: number, protocol: number, offset: number, more: boolean): void {
  const p = d.packet,
    wasFragmented = p.fragmented,
    left = d.left
  if (!more && offset === 0) {
    next(d, protocol)
    return
  }
  // a quoted or cut datagram is not all there, whatever its header says
  const isWhole = start + d.peek16(start + 2) <= d.end
  if (left > 0 && isWhole && d.has(left)) {
    const key = `${d.latin1(start + 12, start + 20)}${p.ipId}/${protocol}`
    const datagram = d.state(IPV4_FRAGMENTS).add(d, key, d.at, offset, left, more)
    if (datagram && datagram.completedIn === p.number) {
      const whole = assemble(datagram, d.session.frames, { number: p.number, bytes: d.bytes })
      if (datagram.fragments.length === 1) {
        next(d, protocol)
        return
      }
      d.within('Reassembled IPv4', whole, () => {
        const bad = recordFragments(d, 'IPv4', datagram, {
          fragments: f['ip.fragments'],
          fragment: f['ip.fragment'],
          overlap: f['ip.fragment.overlap'],
          conflict: f['ip.fragment.overlap.conflict'],
          multipleTails: f['ip.fragment.multipletails'],
          tooLong: f['ip.fragment.toolongfragment'],
          count: f['ip.fragment.count'],
          length: f['ip.reassembled.length'],
          data: f['ip.reassembled.data'],
        })
        if (bad) d.setInfo('[Illegal fragments]')
        next(d, protocol)
      })
      return
    }
    fragment(d, protocol, offset, datagram?.completedIn)
    if (datagram) d.generated(f['ip.reassembled_in'], datagram.completedIn)
    d.data()
    return
  }
  if (offset === 0) {
    p.fragmented = true
    d.endsInFragment()
    next(d, protocol)
    p.fragmented = wasFragmented
    return
  }
  fragment(d, protocol, offset, undefined)
  d.data()
}

function fragment(d: Decoder, protocol: number, offset: number, completedIn: number | undefined): void {
  if (!d.summary) return
  d.setInfo(
    `Fragmented IP protocol (proto=${ipProtocolName(protocol)} ${protocol}, off=${offset}, ID=${d.packet.ipId.toString(16).padStart(4, '0')})`,
  )
  if (completedIn !== undefined) d.appendInfo(` [Reassembled in #${completedIn}]`)
}

function next(d: Decoder, protocol: number): void {
  if (d.left <= 0) return
  // what an ICMP error quotes stays inside the error's rows
  const carrier = d.tree.parent(d.layerNode),
    nested = carrier >= 0
  if (nested) d.enter(carrier)
  if (d.next('ip.proto', protocol, d.at, d.end, nested)) return
  if (d.summary) d.setInfo(`${ipProtocolName(protocol)} (${protocol})`)
  d.data()
}

function bits4(value: number): string {
  return value.toString(2).padStart(4, '0')
}
function bits16(value: number): string {
  const digits = value.toString(2).padStart(13, '0')
  return `...${digits.slice(0, 1)} ${digits.slice(1, 5)} ${digits.slice(5, 9)} ${digits.slice(9)}`
}
function hex2(value: number): string {
  return value.toString(16).padStart(2, '0')
}
