// The packet index: one row a packet, in chunked typed arrays, so that growing copies nothing. 100 bytes a packet is the budget; a chunk whose rows
// are all zero is never made, so that a column costs only where it says something.
//
// Every column has get(row) with row = frame number - 1. Columns of protocol fields hold the first occurrence of the field in the packet; where the
// status has REPEATED, there may be more (or the fast path did not understand the packet): dissect it instead of trusting columns 'source' and below.
import { CHUNK_ROWS, Column, i32Column, u16Column, u32Column, u8Column } from '../bytes/column'
import type { AddressTable } from '../dissect/address-table'
import type { Conversations } from '../dissect/conversation'
import type { TcpTracker } from '../protocols/transport/tcp/tracker'

export { CHUNK_ROWS, Column }

/** Bits of the status column. */
export const STATUS = {
  /** The record has no time (Simple Packet Block). */
  NO_TIME: 1,
  /** pcapng packet options exist (comments). */
  HAS_OPTIONS: 2,
  /** A column's field may occur more than once in the packet (tunnels, ICMP quotes, stacked VLANs) or the fast path did not understand the packet:
   *  columns of protocol fields are not to be trusted for it, dissect it. */
  REPEATED: 4,
  /** Captured bytes are fewer than the original. */
  CUT: 16,
} as const

/** A column of which most rows have one same value: only what differs from the first row's value takes memory. */
export class SteadyColumn {
  private usual = 0
  private known = false
  private readonly differences: Column<Int32Array> = i32Column()
  get(row: number): number {
    return this.usual + this.differences.get(row)
  }
  set(row: number, value: number): void {
    if (!this.known) {
      this.known = true
      this.usual = value
    }
    this.differences.set(row, value - this.usual)
  }
  get memory(): number {
    return this.differences.memory
  }
}

/** File positions: 48 bits. */
export class PositionColumn {
  private readonly low: Column<Uint32Array> = u32Column()
  private readonly high: Column<Uint16Array> = u16Column()
  get(row: number): number {
    return this.high.get(row) * 0x1_0000_0000 + this.low.get(row)
  }
  set(row: number, value: number): void {
    this.low.set(row, value >>> 0)
    if (value >= 0x1_0000_0000) this.high.set(row, Math.floor(value / 0x1_0000_0000))
  }
  get memory(): number {
    return this.low.memory + this.high.memory
  }
}

/** Whole seconds, as differences from the first; what is absurdly far from it is kept apart. */
export class SecondsColumn {
  private base = 0
  private known = false
  private readonly differences: Column<Int32Array> = i32Column()
  private readonly far = new Map<number, number>()
  get(row: number): number {
    const difference = this.differences.get(row)
    return difference === FAR ? (this.far.get(row) ?? 0) : this.base + difference
  }
  set(row: number, value: number): void {
    if (!this.known) {
      this.known = true
      this.base = value
    }
    const difference = value - this.base
    if (difference > FAR && difference <= 0x7fffffff) {
      this.differences.set(row, difference)
      return
    }
    this.differences.set(row, FAR)
    this.far.set(row, value)
  }
  get memory(): number {
    return this.differences.memory + this.far.size * 40
  }
}
const FAR = -0x8000_0000

/** Captured lengths, as differences from the original ones. */
export class CapturedLengthColumn {
  private readonly differences: Column<Int32Array> = i32Column()
  private readonly original: Column<Uint32Array>
  constructor(original: Column<Uint32Array>) {
    this.original = original
  }
  get(row: number): number {
    return this.original.get(row) - this.differences.get(row)
  }
  /** The original length of the row is set before. */
  set(row: number, value: number): void {
    this.differences.set(row, this.original.get(row) - value)
  }
  get memory(): number {
    return this.differences.memory
  }
}

/** The record columns, which every packet has. */
export class RecordColumns {
  rows = 0
  /** File position of the packet's bytes. */
  readonly position = new PositionColumn()
  readonly seconds = new SecondsColumn()
  readonly nanoseconds: Column<Int32Array> = i32Column()
  readonly originalLength: Column<Uint32Array> = u32Column()
  readonly capturedLength = new CapturedLengthColumn(this.originalLength)
  /** Index into the reader's interfaces; -1 for records without one. */
  readonly interfaceIndex = new SteadyColumn()
  readonly linkType = new SteadyColumn()
  /** STATUS bits. */
  readonly status: Column<Uint8Array> = u8Column()

  get memory(): number {
    return (
      this.position.memory +
      this.seconds.memory +
      this.nanoseconds.memory +
      this.originalLength.memory +
      this.capturedLength.memory +
      this.interfaceIndex.memory +
      this.linkType.memory +
      this.status.memory
    )
  }
}

/** Bits of the protocols column. A bit that is not set says that the protocol does not occur, unless OTHER is set and it may be inside another (DNS
 *  in HTTP or TLS); one that is set, that it may (link, network and transport protocols: that it does, unless the status has REPEATED). */
export const PROTOCOL = {
  ETHERNET: 1 << 0,
  VLAN: 1 << 1,
  SLL: 1 << 2,
  NULL: 1 << 3,
  ARP: 1 << 4,
  IPV4: 1 << 5,
  IPV6: 1 << 6,
  ICMP: 1 << 7,
  ICMPV6: 1 << 8,
  IGMP: 1 << 9,
  TCP: 1 << 10,
  UDP: 1 << 11,
  DNS: 1 << 12,
  HTTP: 1 << 13,
  TLS: 1 << 14,
  SCTP: 1 << 15,
  QUIC: 1 << 16,
  DHCP: 1 << 17,
  /** http.request, http.response occur, or something else of HTTP may (the FACT bits, see factBits): known where the capture was indexed with state. */
  HTTP_REQUEST: 1 << 18,
  HTTP_RESPONSE: 1 << 19,
  HTTP_OTHER: 1 << 20,
  /** The first TCP segment is inside a message that ends later: no protocol above it occurs, whatever the other bits say. */
  SEGMENT: 1 << 21,
  /** Some of HTTP does not stand in the frame as it is. Known where the capture was indexed with state. */
  HTTP_ELSEWHERE: 1 << 22,
  /** Protocols without a bit of their own may occur. */
  OTHER: 1 << 30,
} as const

/** The FACT bits of a packet as PROTOCOL bits. */
export function factBits(facts: number): number {
  return facts * PROTOCOL.HTTP_REQUEST
}

const BITS_BY_NAME = new Map<string, number>([
  ['eth', PROTOCOL.ETHERNET],
  ['vlan', PROTOCOL.VLAN],
  ['sll', PROTOCOL.SLL],
  ['null', PROTOCOL.NULL],
  ['arp', PROTOCOL.ARP],
  ['ip', PROTOCOL.IPV4],
  ['ipv6', PROTOCOL.IPV6],
  ['icmp', PROTOCOL.ICMP],
  ['icmpv6', PROTOCOL.ICMPV6],
  ['igmp', PROTOCOL.IGMP],
  ['tcp', PROTOCOL.TCP],
  ['udp', PROTOCOL.UDP],
  ['dns', PROTOCOL.DNS],
  ['mdns', PROTOCOL.DNS],
  ['llmnr', PROTOCOL.DNS],
  ['http', PROTOCOL.HTTP],
  ['tls', PROTOCOL.TLS],
  ['sctp', PROTOCOL.SCTP],
  ['quic', PROTOCOL.QUIC],
  ['dhcp', PROTOCOL.DHCP],
])
const ALWAYS = new Set(['frame', 'ethertype', 'data'])

/** Bit of a protocol by filter name; 0 for 'frame' and 'data', which may always occur, OTHER for those without a bit. */
export function protocolBit(name: string): number {
  return BITS_BY_NAME.get(name) ?? (ALWAYS.has(name) ? 0 : PROTOCOL.OTHER)
}

/** Worst severity in the severity column, in the order of Wireshark's levels. */
export const SEVERITY = { NONE: 0, CHAT: 1, NOTE: 2, WARNING: 3, ERROR: 4 } as const

/** What the first visit notes of every packet's network and transport headers. */
export class PacketColumns {
  /** Addresses by number, as the two address columns hold them. */
  readonly addresses: AddressTable
  /** Source and Destination as shown: network addresses, or link addresses where there are none. Numbers of `addresses`; 0 = none. */
  readonly sourceAddress: Column<Uint32Array> = u32Column()
  readonly destinationAddress: Column<Uint32Array> = u32Column()
  /** Ports of the first TCP, UDP (or, REPEATED, innermost) header; 0 = none, see protocols. */
  readonly sourcePort: Column<Uint16Array> = u16Column()
  readonly destinationPort: Column<Uint16Array> = u16Column()
  /** PROTOCOL bits. */
  readonly protocols: Column<Uint32Array> = u32Column()
  /** SEVERITY of the worst expert item (as on the first visit). */
  readonly severity: Column<Uint8Array> = u8Column()
  /** Stream number + 1 (tcp.stream, udp.stream by the protocol bits); 0 = none. */
  readonly stream: Column<Uint32Array>
  /** Frame before this one in the same stream; 0 = none. */
  readonly previousInStream: Column<Uint32Array>
  /** Columns of the first TCP header: raw sequence, acknowledgment, flags, window, payload length, analysis (ANALYSIS and MARK bits), frame that is
   *  acknowledged, bytes in flight, bytes since the last PSH. All 0 for packets without TCP. For UDP `length` is the payload length. */
  readonly tcp: TcpTracker['main']
  /** Where the payload of the first TCP header begins in the frame, for segments whose payload was looked at; 0 for others. */
  readonly payloadAt: Column<Uint16Array>

  constructor(conversations: Conversations, tracker: TcpTracker) {
    this.addresses = conversations.addresses
    this.stream = conversations.stream
    this.previousInStream = conversations.previous
    this.tcp = tracker.main
    this.payloadAt = tracker.pdus.payloadAt
  }

  get memory(): number {
    return (
      this.sourceAddress.memory +
      this.destinationAddress.memory +
      this.sourcePort.memory +
      this.destinationPort.memory +
      this.protocols.memory +
      this.severity.memory
    )
  }
}
