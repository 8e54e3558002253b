// The header walk: reads through what the row writer's straight path does not (fragments, tunnels, extension headers, LLC, quotes in ICMP errors) and takes
// down the network and transport headers it meets, without a tree. For who wants columns and streams only. It does what the dissectors do where all is in
// order, and gives up everywhere else, before any state is written; then the packet is dissected. A test holds it against dissection over the corpus.
//
// Each method reads the layer in bytes[at..end) and answers whether the walk understood it wholly.
import { latin1Text } from '../../bytes/text'
import type { AddressTable } from '../../dissect/address-table'
import type { FragmentTable } from '../../dissect/fragments'
import type { FrameAccess } from '../../dissect/session'
import type { DispatchTables } from '../dispatch-tables'
import { PROTOCOL } from '../columns'
import { isRouted } from '../header-checks'
import { FoundHeaders, HEADER } from './found-headers'
import type { HeaderKind } from './found-headers'
import { areOptionsPlain } from './option-bytes'

/** Deepest nesting of layers; what is deeper is dissected. */
const MOST_LAYERS = 16
/** EtherTypes of protocols that carry no network packets: ARP, RARP, IPX, PPPoE discovery, SNMP. */
const LEAF_ETHERTYPES: ReadonlySet<number> = new Set([0x0806, 0x8035, 0x8137, 0x8863, 0x814c])
/** IP protocols that carry none, or none that is read: IGMP, ESP, IP payload compression, SCTP. */
const LEAF_PROTOCOLS: ReadonlySet<number> = new Set([2, 50, 108, 132])
/** LLC services that carry none: spanning trees, IPX. */
const LEAF_SERVICES: ReadonlySet<number> = new Set([0x42, 0xe0])
/** IPv6 extension headers. */
const EXTENSION_HEADERS: ReadonlySet<number> = new Set([0, 43, 44, 51, 59, 60, 135, 139, 140])
/** PPP protocols that carry none: IPX, compressed datagrams, and the control and authentication protocols. */
const LEAF_PPP: ReadonlySet<number> = new Set([0x002b, 0x00fd, 0x8021, 0x8057, 0x80fd, 0xc021, 0xc023, 0xc223])

/** See WalkPort. */
export const UNKNOWN_TUNNEL = -1

/** What the walk asks of the row writer. */
export interface WalkPort {
  readonly addresses: AddressTable
  readonly dispatch: DispatchTables
  readonly fragments4: FragmentTable
  readonly fragments6: FragmentTable
  readonly frames: FrameAccess
  /** The port of a UDP header by which its payload carries network packets: 0 where it carries none, UNKNOWN_TUNNEL where its content says that it does. */
  tunnelPort(walk: HeaderWalk, at: number, end: number): number
}

/** A fragment that is to be noted once the whole packet was understood. */
interface OpenFragment {
  readonly table: FragmentTable
  readonly key: string
  readonly at: number
  readonly offset: number
  readonly length: number
  readonly more: boolean
}

/** One walk at a time; results are valid until the next. */
export class HeaderWalk {
  readonly found = new FoundHeaders()
  readonly open: OpenFragment[] = []
  /** PROTOCOL bits of all layers. */
  protocols = 0
  /** Addresses and ports that the packet shows: those of the innermost headers that are not quoted. */
  source = 0
  destination = 0
  /** More than one network header, or something quoted: columns cannot tell all. */
  repeated = false
  bytes: Uint8Array = new Uint8Array(0)
  /** Innermost network header while the walk runs: where it stands, and its IP version. */
  network: Uint8Array = this.bytes
  networkAt = 0
  version: 4 | 6 = 4
  protocol = 0
  /** End of the captured bytes. */
  limit = 0
  private readonly port: WalkPort
  private networks = 0
  private layers = 0
  private quoted = false
  private fragmented = false
  /** Addresses of the innermost network header, quoted or not. */
  private near = 0
  private far = 0

  constructor(port: WalkPort) {
    this.port = port
  }

  /** Walks a frame of Ethernet: bytes[start..limit) are captured, the frame ends at `end`. */
  ethernetFrame(bytes: Uint8Array, start: number, limit: number, end: number): boolean {
    this.bytes = bytes
    this.limit = limit
    this.found.clear()
    this.open.length = 0
    this.protocols = this.source = this.destination = this.networks = this.layers = 0
    this.quoted = this.fragmented = this.repeated = false
    return this.ethernet(start, end)
  }

  /** Whether bytes are captured and inside the layer. */
  private has(at: number, length: number, end: number): boolean {
    return at + length <= end && at + length <= this.limit
  }
  private u16(at: number): number {
    return (this.bytes[at]! << 8) | this.bytes[at + 1]!
  }
  private u32(at: number): number {
    return (this.u16(at) << 16) | this.u16(at + 2)
  }
  private take(kind: HeaderKind, source: number, destination: number, at: number, end: number): boolean {
    return this.found.add(kind, source, destination, this.bytes, this.limit, at, end, this.quoted)
  }
  private leaf(): true {
    this.protocols |= PROTOCOL.OTHER
    return true
  }

  private ethernet(at: number, end: number): boolean {
    if (!this.has(at, 14, end) || ++this.layers > MOST_LAYERS) return false
    const { addresses } = this.port,
      destination = addresses.ether(this.u16(at), this.u32(at + 2)),
      source = addresses.ether(this.u16(at + 6), this.u32(at + 8))
    if (!this.take(HEADER.ETHERNET, source, destination, at, end)) return false
    if (this.protocols & PROTOCOL.ETHERNET) this.repeated = true
    this.protocols |= PROTOCOL.ETHERNET
    if (!this.quoted) {
      this.source = source
      this.destination = destination
    }
    const type = this.u16(at + 12)
    if (type >= 1536) return this.byEthertype(type, at + 14, end)
    return type > 1500 || this.logicalLink(at + 14, Math.min(end, at + 14 + type))
  }

  private byEthertype(type: number, at: number, end: number): boolean {
    switch (type) {
      case 0x0800:
        return this.ipv4(at, end)
      case 0x86dd:
        return this.ipv6(at, end)
      case 0x8100:
      case 0x9100:
      case 0x9200:
      case 0x88a8:
        return this.vlan(type, at, end)
      case 0x8847:
      case 0x8848:
        return this.mpls(at, end)
      case 0x8864:
        return this.pppoe(at, end)
      case 0x880b:
        return this.ppp(at, end)
      case 0x6558:
        return this.ethernet(at, end)
      default:
        if (type === 0x0806 || type === 0x8035) this.protocols |= PROTOCOL.ARP
        return (LEAF_ETHERTYPES.has(type) || !this.port.dispatch.of('ethertype').has(type)) && this.leaf()
    }
  }

  /** IEEE 802.1Q and 802.1ad. */
  private vlan(tag: number, at: number, end: number): boolean {
    if (!this.has(at, 4, end) || ++this.layers > MOST_LAYERS) return false
    this.protocols |= tag === 0x88a8 ? PROTOCOL.OTHER : PROTOCOL.VLAN
    const type = this.u16(at + 2)
    if (type > 1500 || tag === 0x88a8) return this.byEthertype(type, at + 4, end)
    return this.logicalLink(at + 4, Math.min(end, at + 4 + type))
  }

  /** IEEE 802.2, with SNAP. */
  private logicalLink(at: number, end: number): boolean {
    this.leaf()
    if (!this.has(at, 4, end) || ++this.layers > MOST_LAYERS) return false
    // Novell's IPX directly behind the length
    if (this.u16(at) === 0xffff) return true
    const service = this.bytes[at]!,
      control = this.bytes[at + 2]!,
      isUnnumbered = (control & 3) === 3,
      information = isUnnumbered ? (control & 0xec) === 0 : (control & 1) === 0,
      behind = at + (isUnnumbered ? 3 : 4)
    if (this.u16(at) === 0xaaaa) {
      if (!this.has(behind, 5, end)) return false
      if (!information || behind + 5 >= end) return true
      const owner = (this.bytes[behind]! << 16) | this.u16(behind + 1)
      if (owner === 0 || owner === 0xf8) return this.byEthertype(this.u16(behind + 3), behind + 5, end)
      // protocols of organizations; bridged frames are dissected
      return owner !== 0x80c2
    }
    if (!information || behind >= end || LEAF_SERVICES.has(service)) return true
    return service === 0x06 ? this.ipv4(behind, end) : !this.port.dispatch.of('llc.dsap').has(service)
  }

  private mpls(at: number, end: number): boolean {
    this.leaf()
    do {
      if (!this.has(at, 4, end)) return false
      at += 4
    } while (!(this.bytes[at - 2]! & 1))
    if (at >= end) return true
    if (at >= this.limit || ++this.layers > MOST_LAYERS) return false
    const nibble = this.bytes[at]! >> 4
    if (nibble === 4) return this.ipv4(at, end)
    if (nibble === 6) return this.ipv6(at, end)
    // an Ethernet pseudowire with its control word
    return nibble !== 0 || (this.has(at, 18, end) && (this.u16(at) !== 0 || this.ethernet(at + 4, end)))
  }

  private pppoe(at: number, end: number): boolean {
    this.leaf()
    if (!this.has(at, 6, end)) return false
    return this.ppp(at + 6, Math.min(end, at + 6 + this.u16(at + 4)))
  }

  private ppp(at: number, end: number): boolean {
    this.leaf()
    if (!this.has(at, 2, end) || ++this.layers > MOST_LAYERS) return false
    if (this.u16(at) === 0xff03) at += 2
    if (!this.has(at, 2, end)) return false
    const isShort = (this.bytes[at]! & 1) === 1,
      protocol = isShort ? this.bytes[at]! : this.u16(at)
    at += isShort ? 1 : 2
    if (at >= end) return true
    if (protocol === 0x21) return this.ipv4(at, end)
    if (protocol === 0x57) return this.ipv6(at, end)
    return LEAF_PPP.has(protocol) || !this.port.dispatch.of('ppp.protocol').has(protocol)
  }

  private networkHeader(version: 4 | 6, at: number, source: number, destination: number, end: number): boolean {
    this.protocols |= version === 4 ? PROTOCOL.IPV4 : PROTOCOL.IPV6
    if (++this.networks > 1 || this.quoted) this.repeated = true
    this.network = this.bytes
    this.networkAt = at
    this.version = version
    this.near = source
    this.far = destination
    if (!this.quoted) {
      this.source = source
      this.destination = destination
    }
    return this.take(version === 4 ? HEADER.IPV4 : HEADER.IPV6, source, destination, at, end)
  }

  private ipv4(at: number, end: number): boolean {
    const { bytes } = this
    if (!this.has(at, 20, end) || bytes[at]! >> 4 !== 4 || ++this.layers > MOST_LAYERS) return false
    const headerEnd = at + (bytes[at]! & 15) * 4,
      stop = at + this.u16(at + 2),
      isWhole = stop <= end
    if (headerEnd < at + 20 || headerEnd > end || headerEnd > this.limit || stop < headerEnd || (!isWhole && !this.quoted)) return false
    if (headerEnd > at + 20 && isRouted(bytes, at + 20, headerEnd)) return false
    const { addresses } = this.port
    if (!this.networkHeader(4, at, addresses.ipv4(this.u32(at + 12)), addresses.ipv4(this.u32(at + 16)), end)) return false
    end = Math.min(end, stop)
    const word = this.u16(at + 6),
      offset = (word & 0x1fff) * 8,
      more = (word & 0x2000) !== 0,
      protocol = bytes[at + 9]!
    if (!more && offset === 0) return this.byProtocol(protocol, headerEnd, end)
    const length = end - headerEnd
    if (length > 0 && isWhole && end <= this.limit) {
      // the same key as the dissector's
      const key = `${latin1Text(bytes, at + 12, at + 20)}${this.u16(at + 4)}/${protocol}`
      return this.fragment(this.port.fragments4, key, protocol, headerEnd, offset, length, more)
    }
    return offset !== 0 || this.firstFragment(protocol, headerEnd, end)
  }

  /** A fragment all of whose bytes are there: the one that completes its datagram is followed by what the datagram carries. */
  private fragment(
    table: FragmentTable,
    key: string,
    protocol: number,
    at: number,
    offset: number,
    length: number,
    more: boolean,
  ): boolean {
    if (this.open.length > 0) return false
    this.open.push({ table, key, at, offset, length, more })
    if (!table.completes(key, offset, length, more)) return true
    const { bytes, limit } = this
    this.bytes = table.completed(key, bytes, at, offset, length, more, this.port.frames)
    this.limit = this.bytes.length
    const understood = this.byProtocol(protocol, 0, this.limit)
    this.bytes = bytes
    this.limit = limit
    return understood
  }

  /** A first fragment that was cut: its transport header is read without the rest. */
  private firstFragment(protocol: number, at: number, end: number): boolean {
    const outer = this.fragmented
    this.fragmented = true
    const understood = this.byProtocol(protocol, at, end)
    this.fragmented = outer
    return understood
  }

  private ipv6(at: number, end: number): boolean {
    const { bytes } = this
    if (!this.has(at, 40, end) || bytes[at]! >> 4 !== 6 || ++this.layers > MOST_LAYERS) return false
    const stated = this.u16(at + 4),
      isWhole = at + 40 + stated <= end,
      start = at
    if (stated === 0 || (!isWhole && !this.quoted)) return false
    const { addresses } = this.port
    const near = addresses.ipv6(this.u32(at + 8), this.u32(at + 12), this.u32(at + 16), this.u32(at + 20)),
      far = addresses.ipv6(this.u32(at + 24), this.u32(at + 28), this.u32(at + 32), this.u32(at + 36))
    if (!this.networkHeader(6, at, near, far, end)) return false
    if (isWhole) end = at + 40 + stated
    let protocol = bytes[at + 6]!
    at += 40
    for (let headers = 0; headers < MOST_LAYERS; headers++) {
      if (protocol === 59) return true
      if (protocol !== 0 && protocol !== 60 && protocol !== 51 && protocol !== 44) return this.byProtocol(protocol, at, end)
      this.leaf()
      if (!this.has(at, 8, end)) return false
      const next = bytes[at]!,
        length = protocol === 44 ? 8 : protocol === 51 ? (bytes[at + 1]! + 2) * 4 : (bytes[at + 1]! + 1) * 8
      if (!this.has(at, length, end) || (protocol === 51 && length < 12)) return false
      if ((protocol === 0 || protocol === 60) && !areOptionsPlain(bytes, at + 2, at + length)) return false
      const header = at
      at += length
      if (protocol === 44) {
        const word = this.u16(header + 2),
          offset = word & 0xfff8,
          more = (word & 1) !== 0,
          left = end - at
        if (offset !== 0 || more) {
          if (isWhole && left > 0 && end <= this.limit) {
            const key = `${latin1Text(bytes, start + 8, start + 40)}${this.u32(header + 4) >>> 0}`
            // further extension headers in what was fragmented are rare enough to be dissected
            if (EXTENSION_HEADERS.has(next) && this.port.fragments6.completes(key, offset, left, more)) return false
            return this.fragment(this.port.fragments6, key, next, at, offset, left, more)
          }
          if (offset !== 0) return true
          // what comes behind the headers of a cut first fragment is rare enough to be dissected
          return false
        }
      }
      protocol = next
    }
    return false
  }

  private byProtocol(protocol: number, at: number, end: number): boolean {
    this.protocol = protocol
    if (at >= end) return true
    switch (protocol) {
      case 6:
        return this.tcp(at, end)
      case 17:
        return this.udp(at, end)
      case 1:
        return this.icmp(at, end)
      case 58:
        // errors quote packets
        this.protocols |= PROTOCOL.ICMPV6
        return this.has(at, 4, end) && this.bytes[at]! >= 128
      case 4:
      case 94:
        return this.ipv4(at, end)
      case 41:
        // what only claims to be IPv6 is data
        return this.has(at, 1, end) && this.bytes[at]! >> 4 !== 6 ? this.leaf() : this.ipv6(at, end)
      case 47:
        return this.gre(at, end)
      case 51: {
        this.leaf()
        if (!this.has(at, 12, end)) return false
        const behind = at + (this.bytes[at + 1]! + 2) * 4
        return behind >= at + 12 && behind <= this.limit && this.byProtocol(this.bytes[at]!, behind, end)
      }
      default:
        if (protocol === 2) this.protocols |= PROTOCOL.IGMP
        if (protocol === 132) this.protocols |= PROTOCOL.SCTP
        return (LEAF_PROTOCOLS.has(protocol) || !this.port.dispatch.of('ip.proto').has(protocol)) && this.leaf()
    }
  }

  private gre(at: number, end: number): boolean {
    this.leaf()
    if (!this.has(at, 4, end) || ++this.layers > MOST_LAYERS) return false
    const flags = this.u16(at),
      version = flags & 7,
      type = this.u16(at + 2)
    if (flags & 0x4000 && version === 0) return false
    at += 4
    for (const bits of [0xc000, 0x2000, 0x1000]) if (flags & bits) at += 4
    if (version === 1 && flags & 0x80) at += 4
    if (at > this.limit || at > end) return false
    if (at === end) return true
    if (type === 0x88be || type === 0x22eb) return type === 0x88be && !(flags & 0x1000) ? this.ethernet(at, end) : this.erspan(at, end)
    return this.byEthertype(type, at, end)
  }

  /** Cisco's ERSPAN types II and III: an Ethernet frame behind a header of its own. */
  private erspan(at: number, end: number): boolean {
    if (!this.has(at, 12, end)) return false
    if (this.bytes[at]! >> 4 !== 2) return this.ethernet(at + 8, end)
    return this.ethernet(at + (this.bytes[at + 11]! & 1 ? 20 : 12), end)
  }

  private icmp(at: number, end: number): boolean {
    this.protocols |= PROTOCOL.ICMP
    if (!this.has(at, 8, end)) return false
    const type = this.bytes[at]!,
      isExtensible = type === 3 || type === 11 || type === 12
    if (!isExtensible && type !== 4 && type !== 5) return true
    const quote = at + 8,
      stated = this.bytes[at + 5]! * 4
    if (quote >= end) return true
    if (!this.has(quote, 20, end)) return false
    let quoteEnd = end
    // RFC 4884: extensions follow a quote of the stated length, or a datagram of at most 128 bytes that was padded to them
    if (isExtensible && stated >= 128 && end - quote > stated) quoteEnd = quote + stated
    else if (isExtensible && end - quote > 128 && this.u16(quote + 2) <= 128) quoteEnd = quote + 128
    // a redirect quotes the header and 64 bits (RFC 792)
    else if (type === 5) quoteEnd = Math.min(end, quote + (this.bytes[quote]! & 15) * 4 + 8)
    const outer = this.quoted
    this.quoted = true
    const understood = this.ipv4(quote, quoteEnd)
    this.quoted = outer
    return understood
  }

  private tcp(at: number, end: number): boolean {
    this.protocols |= PROTOCOL.TCP
    // an error quotes eight bytes at least, too few for a stream
    if (!this.has(at, 20, end)) return this.quoted
    // nothing is told of the stream of a fragment
    if (this.fragmented) return false
    const headerEnd = at + (this.bytes[at + 12]! >> 4) * 4
    if (headerEnd < at + 20 || (!this.quoted && (headerEnd > end || headerEnd > this.limit))) return false
    return this.take(HEADER.TCP, this.near, this.far, at, end)
  }

  private udp(at: number, end: number): boolean {
    this.protocols |= PROTOCOL.UDP
    if (!this.has(at, 8, end)) return this.quoted
    const length = this.u16(at + 4),
      stop = at + length
    if (length < 8 || (stop > end && !this.quoted && !this.fragmented)) return false
    end = Math.min(end, stop)
    if (!this.take(HEADER.UDP, this.near, this.far, at, end)) return false
    return end <= at + 8 || this.inDatagram(this.port.tunnelPort(this, at, end), at, end)
  }

  /** What the UDP datagram at `at` carries, whose port is that of a tunnel. */
  private inDatagram(port: number, at: number, end: number): boolean {
    if (port === 0) return true
    // a tunnel in an error is rare enough to be dissected
    if (this.quoted) return false
    this.leaf()
    switch (port) {
      case 2152:
        return this.gtp(at + 8, end)
      case 4789:
        // VXLAN (RFC 7348); its extension has a port of its own
        return this.u16(at + 2) !== 4790 && this.has(at + 8, 8, end) && this.ethernet(at + 16, end)
      case 6081: {
        // Geneve (RFC 8926)
        if (!this.has(at + 8, 8, end)) return false
        const behind = at + 16 + (this.bytes[at + 8]! & 0x3f) * 4
        return behind < end && behind < this.limit && this.byEthertype(this.u16(at + 10), behind, end)
      }
      default:
        return false
    }
  }

  /** GTP-U (3GPP TS 29.281). */
  private gtp(at: number, end: number): boolean {
    if (!this.has(at, 12, end) || this.bytes[at]! >> 4 !== 3) return false
    const flags = this.bytes[at]!,
      stop = at + 8 + this.u16(at + 2)
    // messages and extension headers are dissected
    if (this.bytes[at + 1] !== 255 || flags & 4 || stop > end) return false
    const behind = at + (flags & 3 ? 12 : 8)
    if (behind >= stop || behind >= this.limit) return false
    const version = this.bytes[behind]! >> 4
    return version === 4 ? this.ipv4(behind, stop) : version === 6 && this.ipv6(behind, stop)
  }
}
