// The packet index: one row a packet, in chunked typed arrays, so that growing copies nothing. 100 bytes a packet is the budget; a chunk whose rows
// are all zero is never made, so that a column costs only where it says something.
//
// Every column has get(row) with row = frame number - 1. Columns of protocol fields hold the first occurrence of the field in the packet; where the
// status has REPEATED, there may be more (or the fast path did not understand the packet): dissect it instead of trusting columns 'source' and below.
import { CHUNK_ROWS, Column, i32Column, u16Column, u32Column, u8Column } from '../bytes/column'
import type { Core } from '../core/core'
import {
  C_DESTINATION_ADDRESS,
  C_DESTINATION_PORT,
  C_MISSING_LENGTH,
  C_NANOSECONDS,
  C_ORIGINAL_LENGTH,
  C_POSITION_HIGH,
  C_POSITION_LOW,
  C_PROTOCOLS,
  C_SECONDS,
  C_SEVERITY,
  C_SOURCE_ADDRESS,
  C_SOURCE_PORT,
  C_STATUS,
  P_ETHERNET,
  P_IPV4,
  P_IPV6,
  P_NULL,
  P_OTHER,
  P_SLL,
  P_TCP,
  P_UDP,
  P_VLAN,
  STATUS_CUT,
} from '../core/layout'
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
  CUT: STATUS_CUT,
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
  private readonly low: Column<Uint32Array>
  private readonly high: Column<Uint16Array>
  constructor(core: Core) {
    this.low = core.column(C_POSITION_LOW, u32Column)
    this.high = core.column(C_POSITION_HIGH, u16Column)
  }
  get(row: number): number {
    return this.high.get(row) * 0x1_0000_0000 + this.low.get(row)
  }
  set(row: number, value: number): void {
    this.low.set(row, value >>> 0)
    if (value >= 0x1_0000_0000) this.high.set(row, Math.floor(value / 0x1_0000_0000))
  }
}

/** Whole seconds, as differences from the first; what is absurdly far from it is kept apart. */
export class SecondsColumn {
  private base = 0
  private known = false
  private readonly differences: Column<Int32Array>
  private readonly far = new Map<number, number>()
  constructor(core: Core) {
    this.differences = core.column(C_SECONDS, i32Column)
  }
  /** What is counted from: the first row's seconds. */
  get first(): number {
    return this.base
  }
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
  /** Bytes of memory held beside the core. */
  get memory(): number {
    return this.far.size * 40
  }
}
const FAR = -0x8000_0000

/** Captured lengths, as differences from the original ones. */
export class CapturedLengthColumn {
  private readonly differences: Column<Int32Array>
  private readonly original: Column<Uint32Array>
  constructor(core: Core, original: Column<Uint32Array>) {
    this.differences = core.column(C_MISSING_LENGTH, i32Column)
    this.original = original
  }
  get(row: number): number {
    return this.original.get(row) - this.differences.get(row)
  }
  /** The original length of the row is set before. */
  set(row: number, value: number): void {
    this.differences.set(row, this.original.get(row) - value)
  }
}

/** The record columns, which every packet has. */
export class RecordColumns {
  rows = 0
  /** File position of the packet's bytes. */
  readonly position: PositionColumn
  readonly seconds: SecondsColumn
  readonly nanoseconds: Column<Int32Array>
  readonly originalLength: Column<Uint32Array>
  readonly capturedLength: CapturedLengthColumn
  /** Index into the reader's interfaces; -1 for records without one. */
  readonly interfaceIndex = new SteadyColumn()
  readonly linkType = new SteadyColumn()
  /** STATUS bits. */
  readonly status: Column<Uint8Array>

  constructor(core: Core) {
    this.position = new PositionColumn(core)
    this.seconds = new SecondsColumn(core)
    this.nanoseconds = core.column(C_NANOSECONDS, i32Column)
    this.originalLength = core.column(C_ORIGINAL_LENGTH, u32Column)
    this.capturedLength = new CapturedLengthColumn(core, this.originalLength)
    this.status = core.column(C_STATUS, u8Column)
  }

  /** Bytes of memory held beside the core. */
  get memory(): number {
    return this.seconds.memory + this.interfaceIndex.memory + this.linkType.memory
  }
}

/** Bits of the protocols column. A bit that is not set says that the protocol does not occur, unless OTHER is set and it may be inside another (DNS
 *  in HTTP or TLS); one that is set, that it may (link, network and transport protocols: that it does, unless the status has REPEATED). */
export const PROTOCOL = {
  ETHERNET: P_ETHERNET,
  VLAN: P_VLAN,
  SLL: P_SLL,
  NULL: P_NULL,
  ARP: 1 << 4,
  IPV4: P_IPV4,
  IPV6: P_IPV6,
  ICMP: 1 << 7,
  ICMPV6: 1 << 8,
  IGMP: 1 << 9,
  TCP: P_TCP,
  UDP: P_UDP,
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
  OTHER: P_OTHER,
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

/** What the first visit notes of every packet's network and transport headers. */
export class PacketColumns {
  /** Addresses by number, as the two address columns hold them. */
  readonly addresses: AddressTable
  /** Source and Destination as shown: network addresses, or link addresses where there are none. Numbers of `addresses`; 0 = none. */
  readonly sourceAddress: Column<Uint32Array>
  readonly destinationAddress: Column<Uint32Array>
  /** Ports of the first TCP, UDP (or, REPEATED, innermost) header; 0 = none, see protocols. */
  readonly sourcePort: Column<Uint16Array>
  readonly destinationPort: Column<Uint16Array>
  /** PROTOCOL bits. */
  readonly protocols: Column<Uint32Array>
  /** Severity of the worst expert item (as on the first visit): 0 none, then in the order of Wireshark's levels chat, note, warning, error. */
  readonly severity: Column<Uint8Array>
  /** Stream number + 1 (tcp.stream, udp.stream by the protocol bits); 0 = none. */
  readonly stream: Column<Uint32Array>
  /** Frame before this one in the same stream; 0 = none. */
  readonly previousInStream: Column<Uint32Array>
  /** Columns of the first TCP header: raw sequence, acknowledgment, flags, window, payload length, analysis (ANALYSIS and MARK bits), frame that is
   *  acknowledged, bytes in flight, bytes since the last PSH. All 0 for packets without TCP. For UDP `length` is the payload length. */
  readonly tcp: TcpTracker['main']
  /** Where the payload of the first TCP header begins in the frame, for segments whose payload was looked at; 0 for others. */
  readonly payloadAt: Column<Uint16Array>

  constructor(core: Core, conversations: Conversations, tracker: TcpTracker) {
    this.sourceAddress = core.column(C_SOURCE_ADDRESS, u32Column)
    this.destinationAddress = core.column(C_DESTINATION_ADDRESS, u32Column)
    this.sourcePort = core.column(C_SOURCE_PORT, u16Column)
    this.destinationPort = core.column(C_DESTINATION_PORT, u16Column)
    this.protocols = core.column(C_PROTOCOLS, u32Column)
    this.severity = core.column(C_SEVERITY, u8Column)
    this.addresses = conversations.addresses
    this.stream = conversations.stream
    this.previousInStream = conversations.previous
    this.tcp = tracker.main
    this.payloadAt = tracker.pdus.payloadAt
  }
}
