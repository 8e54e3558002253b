// Internet Protocol version 6 (RFC 8200) with its chain of extension headers; fragments are reassembled when all their bytes were captured.
// Not covered: GeoIP rows (they need a database), embedded IPv4 addresses of locally chosen prefixes.
import { ipv6Text } from '../../../bytes/text'
import { defineProtocol, defineState, expert, framenum, none, setAddress, u16, u24, u32, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { assemble, FragmentTable } from '../../../dissect/fragments'
import { fragmentFields, recordFragments } from '../../../dissect/fragment-tree'
import type { FieldIds } from '../../../dissect/registry'
import { DSCP_NAMES, ECN_NAMES, trafficClassText } from '../../../values/dscp'
import { ipProtocolName } from '../../../values/ip-protocols'
import { addressFields, addressRows } from './addresses'
import { jumboLength } from './options'
import './headers'

/** Datagrams of which fragments were seen. */
export const IPV6_FRAGMENTS = defineState('ipv6.fragments', () => new FragmentTable())
const HOP_BY_HOP = 0,
  ROUTING = 43,
  FRAGMENT = 44,
  AUTHENTICATION = 51,
  NO_NEXT = 59,
  DESTINATION = 60

const fields = {
  'ip.version': u8('Version', { hidden: true }),
  'ipv6.version': u8('Version'),
  'ipv6.tclass': u32('Traffic Class', { base: 'hex', mask: 0x0ff00000 }),
  'ipv6.tclass.dscp': u32('Differentiated Services Codepoint', { mask: 0x0fc00000, values: DSCP_NAMES }),
  'ipv6.tclass.ecn': u32('Explicit Congestion Notification', { mask: 0x00300000, values: ECN_NAMES }),
  'ipv6.flow': u24('Flow Label', { base: 'hex', mask: 0x0fffff }),
  'ipv6.plen': u16('Payload Length'),
  'ipv6.nxt': u8('Next Header', { values: ipProtocolName }),
  'ipv6.hlim': u8('Hop Limit'),
  ...addressFields,
  'ipv6.fragments': none('IPv6 Fragments', { generated: true }),
  ...fragmentFields('ipv6', 'IPv6'),
  'ipv6.reassembled.in': framenum('Reassembled IPv6 in frame', { generated: true }),
  'ipv6.opt.jumbo.missing': expert(
    'error',
    'malformed',
    'IPv6 payload length equals 0 and Hop-By-Hop present and Jumbo Payload option missing',
  ),
  'ipv6.opt.jumbo.fragment': expert('error', 'protocol', 'Jumbo Payload option cannot be used with a fragment header'),
  'ipv6.plen_exceeds_framing': expert('warning', 'protocol', 'IPv6 payload length does not match expected framing length'),
  'ipv6.plen_zero': expert('warning', 'protocol', 'IPv6 payload length equals 0 (maybe because of "TCP segmentation offload" (TSO))'),
  'ipv6.bogus_ipv6_version': expert('error', 'protocol', 'Bogus IP version'),
  'ipv6.invalid_header': expert('error', 'malformed', 'IPv6 header must be exactly 40 bytes'),
} as const
type Ids = FieldIds<typeof fields>

export const ipv6 = defineProtocol({
  name: 'ipv6',
  title: 'Internet Protocol Version 6',
  short: 'IPv6',
  accepts: {
    ethertype: [0x86dd],
    linktype: [229],
    'ip.proto': [41],
    'ip.version': [6],
    'null.type': [10, 24, 28, 30],
    'ppp.protocol': [0x0057],
  },
  fields,
  decode(d, f) {
    const start = d.at,
      p = d.packet,
      version = d.peek8(start) >> 4
    d.setProtocol('IPv6')
    d.setInfo('')
    d.require(1)
    if (d.left < 40) {
      d.setInfo(`Invalid IPv6 header (${d.left} bytes, need exactly 40)`)
      d.expert(f['ipv6.invalid_header'], start, start + 1)
    }
    if (d.labels && d.has(40))
      d.label(`Internet Protocol Version 6, Src: ${ipv6Text(d.bytes, start + 8)}, Dst: ${ipv6Text(d.bytes, start + 24)}`)
    d.add(f['ipv6.version'], start, start + 1, version)
    if (d.labels) d.label(`${version.toString(2).padStart(4, '0')} .... = Version: ${version}`)
    const versionNode = d.last
    d.add(f['ip.version'], start, start + 1, version)
    d.hide()
    if (version !== 6) {
      const text = `Bogus IPv6 version (${version}, must be 6)`
      d.setInfo(text)
      d.expert(f['ipv6.bogus_ipv6_version'], start, start + 1, text, versionNode)
      // tshark takes the layer back then, keeping its rows, and shows the bytes as data
      d.tree.chain.pop()
      d.data(start, d.end)
      return
    }
    d.require(4)
    const word = d.peek32(start),
      service = (word >>> 20) & 0xff
    d.bits(f['ipv6.tclass'], start, start + 4, word)
    if (d.labels)
      d.label(
        `.... ${(service >> 4).toString(2).padStart(4, '0')} ${(service & 15).toString(2).padStart(4, '0')} .... .... .... .... .... = Traffic Class: 0x${service.toString(16).padStart(2, '0')} (${trafficClassText(service)})`,
      )
    const outer = d.enter()
    d.bits(f['ipv6.tclass.dscp'], start, start + 4, word)
    d.bits(f['ipv6.tclass.ecn'], start, start + 4, word)
    d.leave(outer)
    d.bits(f['ipv6.flow'], start + 1, start + 4, word & 0xffffff)
    if (d.labels)
      d.label(
        `.... ${(word & 0xfffff)
          .toString(2)
          .padStart(20, '0')
          .replace(/(....)(?=.)/g, '$1 ')} = Flow Label: 0x${(word & 0xfffff).toString(16).padStart(5, '0')}`,
      )
    d.skip(4)
    const length = d.u16(f['ipv6.plen']),
      lengthNode = d.last
    const first = d.u8(f['ipv6.nxt'])
    p.timeToLive = d.u8(f['ipv6.hlim'])
    d.require(16)
    for (const address of [p.source, p.netSource]) setAddress(address, 'ipv6', d.bytes, start + 8)
    addressRows(d, f, 'src')
    d.require(16)
    for (const address of [p.destination, p.netDestination]) setAddress(address, 'ipv6', d.bytes, start + 24)
    p.finalDestination.kind = 'none'
    addressRows(d, f, 'dst')
    const complete = payloadLength(d, f, length, first, lengthNode)
    d.layerEnds(d.at)
    headers(d, f, first, start, complete)
  },
})

/** Sets the layer's end by the payload length (or the jumbo option's). Returns whether the frame holds that much. */
function payloadLength(d: Decoder, f: Ids, stated: number, first: number, node: number): boolean {
  const left = d.left,
    at = d.tree.start(node)
  let length = stated
  if (stated === 0) {
    if (first === HOP_BY_HOP) {
      length = jumboLength(d, d.at)
      if (length === 0) {
        d.expert(f['ipv6.opt.jumbo.missing'], at, at + 2, '', node)
        d.setInfo('Invalid IPv6 payload length')
        // no byte is left for the header that was announced
      }
    } else if (first !== NO_NEXT && !d.packet.inError) d.expert(f['ipv6.plen_zero'], at, at + 2, '', node)
  }
  if (length > left) {
    if (!d.packet.inError)
      d.expert(f['ipv6.plen_exceeds_framing'], at, at + 2, `IPv6 payload length exceeds framing length (${left} bytes)`, node)
    return false
  }
  d.end = d.at + length
  return true
}

/** Walks the extension headers, then hands the rest to the protocol above. */
function headers(d: Decoder, f: Ids, first: number, start: number, complete: boolean): void {
  let protocol = first
  const p = d.packet,
    carrier = d.tree.parent(d.layerNode)
  for (;;) {
    p.ipProtocol = protocol
    const at = d.at,
      known =
        protocol === HOP_BY_HOP || protocol === ROUTING || protocol === FRAGMENT || protocol === DESTINATION || protocol === AUTHENTICATION
    if (!known) break
    d.enter(protocol === AUTHENTICATION ? carrier : d.layerNode)
    const taken = d.next('ip.proto', protocol, at, d.end, d.parent >= 0)
    d.enter(d.layerNode)
    if (!taken) break
    if (d.childStopped) return
    const next = d.peek8(at),
      length = protocol === FRAGMENT ? 8 : protocol === AUTHENTICATION ? (d.peek8(at + 1) + 2) * 4 : (d.peek8(at + 1) + 1) * 8
    d.at = at + length
    if (protocol === FRAGMENT && fragment(d, f, at, start, complete)) return
    protocol = next
  }
  if (protocol === NO_NEXT) {
    if (d.summary) d.appendInfo(`${d.infoColumn ? ', ' : ''}IPv6 no next header`)
    if (d.left > 0) d.data()
    return
  }
  if (carrier >= 0) d.enter(carrier)
  if (d.next('ip.proto', protocol, d.at, d.end, carrier >= 0)) return
  if (d.summary) d.setInfo(`Unknown IP Protocol: ${ipProtocolName(protocol)} (${protocol})`)
  d.data()
}

/** The payload behind a fragment header. Returns whether it was dealt with (false: read on as if it were whole). */
function fragment(d: Decoder, f: Ids, header: number, start: number, complete: boolean): boolean {
  const p = d.packet,
    next = d.peek8(header),
    word = d.peek16(header + 2),
    offset = word & 0xfff8,
    more = (word & 1) !== 0,
    left = d.left
  if (offset === 0 && !more) return false
  if (complete && left > 0 && d.has(left)) {
    const key = `${d.latin1(start + 8, start + 40)}${d.peek32(header + 4)}`
    const datagram = d.state(IPV6_FRAGMENTS).add(d, key, d.at, offset, left, more)
    if (datagram && datagram.completedIn === p.number) {
      const whole = assemble(datagram, d.session.frames, { number: p.number, bytes: d.bytes })
      if (datagram.fragments.length === 1) return false
      d.within('Reassembled IPv6', whole, () => {
        recordFragments(d, 'IPv6', datagram, {
          fragments: f['ipv6.fragments'],
          fragment: f['ipv6.fragment'],
          overlap: f['ipv6.fragment.overlap'],
          conflict: f['ipv6.fragment.overlap.conflict'],
          multipleTails: f['ipv6.fragment.multipletails'],
          tooLong: f['ipv6.fragment.toolongfragment'],
          count: f['ipv6.fragment.count'],
          length: f['ipv6.reassembled.length'],
          data: f['ipv6.reassembled.data'],
        })
        headers(d, f, next, start, true)
      })
      return true
    }
    if (datagram) d.generated(f['ipv6.reassembled.in'], datagram.completedIn)
    d.data()
    return true
  }
  if (offset !== 0) {
    d.data()
    return true
  }
  p.fragmented = true
  d.endsInFragment()
  return false
}
