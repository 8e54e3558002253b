// The row writer: link, network and transport headers straight from the packet's bytes into the columns. This is the one hand-written parser of headers beside
// the protocols; what it does not wholly understand, or where a dissector might have a remark to make, it leaves to them. A test holds columns against
// dissection for every packet of the corpus. See RowWriter.
import {
  ACK,
  ADDRESS_ETHER,
  ADDRESS_IPV6,
  ASKED_NOT,
  ASKED_STATE,
  A_ACK_LOST_SEGMENT,
  A_DUPLICATE_ACK,
  A_KEEP_ALIVE,
  A_KEEP_ALIVE_ACK,
  A_LOST_SEGMENT,
  A_OUT_OF_ORDER,
  A_RETRANSMISSION,
  A_REUSED_PORTS,
  A_TFO_ACK,
  A_TFO_IGNORED,
  A_TFO_SYN,
  A_WINDOW_FULL,
  A_WINDOW_UPDATE,
  A_ZERO_WINDOW,
  A_ZERO_WINDOW_PROBE,
  A_ZERO_WINDOW_PROBE_ACK,
  CARRIES_PACKETS,
  C_DESTINATION_ADDRESS,
  C_DESTINATION_PORT,
  C_MAIN,
  C_PROTOCOLS,
  C_SEVERITY,
  C_SOURCE_ADDRESS,
  C_SOURCE_PORT,
  DEPTH_COLUMNS,
  DEPTH_HEADERS,
  DEPTH_INDEX,
  ETHERTYPES_AT,
  FIN,
  F_LATEST_PDU,
  IP_PROTOCOLS_AT,
  LENGTH,
  PORT_BITS,
  P_ETHERNET,
  P_IPV4,
  P_IPV6,
  P_NULL,
  P_OTHER,
  P_SLL,
  P_TCP,
  P_UDP,
  P_VLAN,
  ROW_DONE,
  ROW_HEURISTIC,
  ROW_PAYLOAD,
  ROW_REMARK,
  ROW_STATE,
  ROW_UNKNOWN,
  RST,
  SAID_AT,
  SEVERITY_CHAT,
  SEVERITY_NOTE,
  SEVERITY_WARNING,
  SYN,
  S_CONTENT_BIT,
  S_DESTINATION,
  S_DESTINATION_PORT,
  S_NETWORK_AT,
  S_NETWORK_END,
  S_PAYLOAD_AT,
  S_PAYLOAD_LENGTH,
  S_PAYLOAD_SEQUENCE,
  S_PREVIOUS_FRAME,
  S_PROTOCOL,
  S_REMARK,
  S_SOURCE,
  S_SOURCE_PORT,
  S_TCP_BY_CONTENT,
  S_TRANSPORT_AT,
  S_UDP_BY_CONTENT,
  S_UDP_TUNNELS,
  S_VERSION,
  TCP_PORTS_AT,
  UDP_PORTS_AT,
  URG,
  WRITES_STATE,
} from '../engine/core/layout'
import { isUntimed } from './engine'
import { intern, ipv4 } from './addresses'
import { set16, set32, set8 } from './columns'
import { setState, state } from './memory'
import { clearOptions, hasMss, isDuplicateSack, isOdd, scanOptions } from './options'
import { createStream, findStream, isRemembered, place } from './streams'
import { analysis, flowWord, isUntilFin, segment, stream } from './tracker'

const NOTES =
  A_RETRANSMISSION |
  A_REUSED_PORTS |
  A_KEEP_ALIVE |
  A_KEEP_ALIVE_ACK |
  A_DUPLICATE_ACK |
  A_ZERO_WINDOW_PROBE |
  A_ZERO_WINDOW_PROBE_ACK |
  A_TFO_SYN |
  A_TFO_ACK |
  A_TFO_IGNORED
const WARNINGS = A_OUT_OF_ORDER | A_LOST_SEGMENT | A_ACK_LOST_SEGMENT | A_WINDOW_FULL | A_ZERO_WINDOW

let tcpTable: u32 = 0
let udpTable: u32 = 0

/** The tables of TCP's and UDP's streams. */
export function useTables(tcp: u32, udp: u32): void {
  tcpTable = tcp
  udpTable = udp
}

function u8At(at: usize): i32 {
  return load<u8>(at)
}
function u16At(at: usize): i32 {
  return bswap(load<u16>(at))
}
function u32At(at: usize): i32 {
  return bswap(load<i32>(at))
}
/** What a table of keys says of one. */
function said(table: usize, key: i32): i32 {
  return load<i32>(SAID_AT + ((load<u8>(table + key) as usize) << 2))
}

/** ARPHRD_ types of Linux whose cooked packets do not hold an ethertype: tunnels, wireless monitors, CAN and the like. */
function isTunnelDevice(type: i32): bool {
  return type !== 1 && type !== 512 && type !== 772 && type !== 65534 && type !== 519
}

/** Whether IPv4 options hold a source route (RFC 791, 3.1), which changes the destination, or cannot be told. */
function isRouted(at: usize, end: usize): bool {
  while (at < end) {
    const kind = u8At(at)
    if (kind === 0) return false
    if (kind === 1) {
      at++
      continue
    }
    const length = at + 1 < end ? u8At(at + 1) : 0
    if (kind === 131 || kind === 137 || length < 2 || at + length > end) return true
    at += length
  }
  return false
}

/** Number of the IPv6 address at a place. */
function ipv6(at: usize): i32 {
  return intern(ADDRESS_IPV6, u32At(at), u32At(at + 4), u32At(at + 8), u32At(at + 12))
}

/**
 * Writes the columns of the packet whose captured bytes are [start .. start + captured), with one network and one transport header. `asked` is what the
 * heuristics said (ASKED). Returns a ROW outcome; where that is UNKNOWN or HEURISTIC, nothing was written.
 */
export function writeRow(row: i32, start: usize, captured: i32, original: i32, linkType: i32, depth: i32, asked: i32): i32 {
  const end = start + captured
  let at = start,
    type = 0,
    protocols = 0,
    source = 0,
    destination = 0,
    remark = captured > original
  switch (linkType) {
    case 1: {
      if (captured < 14) return ROW_UNKNOWN
      type = u16At(start + 12)
      protocols = P_ETHERNET
      if (u8At(start + 6) & 1) remark = true
      at = start + 14
      break
    }
    case 113: {
      if (captured < 16 || isTunnelDevice(u16At(start + 2))) return ROW_UNKNOWN
      type = u16At(start + 14)
      protocols = P_SLL
      at = start + 16
      break
    }
    case 276: {
      if (captured < 20 || isTunnelDevice(u16At(start + 8))) return ROW_UNKNOWN
      type = u16At(start)
      protocols = P_SLL
      at = start + 20
      break
    }
    case 0:
    case 108: {
      if (captured < 4) return ROW_UNKNOWN
      const family = u8At(start) | u8At(start + 1) | u8At(start + 2) | u8At(start + 3)
      if ((u8At(start) | u8At(start + 3)) !== family) return ROW_UNKNOWN
      type = family === 2 ? 0x0800 : family === 24 || family === 28 || family === 30 || family === 10 ? 0x86dd : 0
      protocols = P_NULL
      at = start + 4
      break
    }
    case 101:
    case 12:
    case 14:
    case 228:
    case 229: {
      const version = captured > 0 ? u8At(start) >> 4 : 0
      type = version === 4 && linkType !== 229 ? 0x0800 : version === 6 && linkType !== 228 ? 0x86dd : 0
      protocols = linkType < 228 ? P_OTHER : 0
      break
    }
    default:
      return ROW_UNKNOWN
  }
  while (type === 0x8100 || type === 0x88a8) {
    if (at + 4 > end) return ROW_UNKNOWN
    protocols |= type === 0x8100 ? P_VLAN : P_OTHER
    type = u16At(at + 2)
    at += 4
  }
  // where the packet ends on the wire
  let wireEnd = start + original
  if (type === 0x8864) {
    // PPP over Ethernet (RFC 2516) with an uncompressed PPP protocol number
    if (at + 8 > end || u8At(at) !== 0x11 || u8At(at + 1) !== 0 || u8At(at + 6) !== 0 || said(ETHERTYPES_AT, type) === 0) return ROW_UNKNOWN
    const pppEnd = at + 6 + u16At(at + 4)
    type = u8At(at + 7) === 0x21 ? 0x0800 : u8At(at + 7) === 0x57 ? 0x86dd : 0
    if (type === 0 || pppEnd > wireEnd) return ROW_UNKNOWN
    wireEnd = pppEnd
    protocols |= P_OTHER
    at += 8
  }
  if (type === 0x8847) {
    // MPLS (RFC 3032): the first half octet behind the last label tells the IP version
    if (said(ETHERTYPES_AT, type) === 0) return ROW_UNKNOWN
    do {
      at += 4
      if (at >= end) return ROW_UNKNOWN
      // labels 0 to 15 have meanings of their own
      if (u16At(at - 4) === 0) return ROW_UNKNOWN
    } while (!(u8At(at - 2) & 1))
    const version = u8At(at) >> 4
    type = version === 4 ? 0x0800 : version === 6 ? 0x86dd : 0
    if (type === 0) return ROW_UNKNOWN
    protocols |= P_OTHER
  }
  let protocol: i32, networkEnd: usize
  setState(S_NETWORK_AT, (at - start) as i32)
  if (type === 0x0800) {
    if (at + 20 > end || u8At(at) >> 4 !== 4) return ROW_UNKNOWN
    const headerEnd = at + ((u8At(at) & 15) << 2)
    networkEnd = at + u16At(at + 2)
    if (headerEnd < at + 20 || headerEnd > end || networkEnd < headerEnd || networkEnd > wireEnd || (load<u16>(at, 6) & 0xffbf) !== 0)
      return ROW_UNKNOWN
    if (headerEnd > at + 20) {
      if (isRouted(at + 20, headerEnd)) return ROW_UNKNOWN
      remark = true
    }
    protocol = u8At(at + 9)
    const address = u32At(at + 16)
    source = ipv4(u32At(at + 12))
    destination = ipv4(address)
    if (u8At(at + 8) < 5 || address >>> 8 === 0xe00000) remark = true
    protocols |= P_IPV4
    setState(S_VERSION, 4)
    at = headerEnd
  } else if (type === 0x86dd) {
    if (at + 40 > end || u8At(at) >> 4 !== 6) return ROW_UNKNOWN
    const length = u16At(at + 4)
    networkEnd = at + 40 + length
    protocol = u8At(at + 6)
    if (length === 0 || protocol === 0 || protocol === 43 || protocol === 44 || protocol === 60) return ROW_UNKNOWN
    if (networkEnd > wireEnd) {
      // a wrong length is the dissector's to remark on; what nobody reads has no further headers, however long
      if ((depth !== DEPTH_HEADERS && depth !== DEPTH_COLUMNS) || said(IP_PROTOCOLS_AT, protocol) !== 0) return ROW_UNKNOWN
      networkEnd = wireEnd
    }
    source = ipv6(at + 8)
    destination = ipv6(at + 24)
    protocols |= P_IPV6
    setState(S_VERSION, 6)
    at += 40
  } else return linkType === 1 && type > 1535 ? otherEthernet(row, start, type, protocols, remark, depth) : ROW_UNKNOWN
  setState(S_TRANSPORT_AT, (at - start) as i32)
  setState(S_NETWORK_END, (networkEnd - start) as i32)
  setState(S_PROTOCOL, protocol)
  // a trailer that is not zeros
  if (depth === DEPTH_INDEX && !remark) {
    for (let i = networkEnd; i < end; i++) {
      if (u8At(i) === 0) continue
      remark = true
      break
    }
  }

  let outcome: i32
  if (protocol === 6) {
    outcome = writeTcp(row, start, at, end, networkEnd, source, destination, protocols, remark, depth)
    if (outcome === ROW_UNKNOWN) return ROW_UNKNOWN
  } else if (protocol === 17) {
    outcome = writeUdp(row, at, end, networkEnd, source, destination, protocols, remark, depth, asked)
    if (outcome === ROW_UNKNOWN || outcome === ROW_HEURISTIC) return outcome
  } else {
    const above = said(IP_PROTOCOLS_AT, protocol)
    if (above !== 0) {
      // errors quote packets; what is registered as a tunnel or not known here is dissected
      if (above & CARRIES_PACKETS || (protocol !== 1 && protocol !== 58 && protocol !== 2)) return ROW_UNKNOWN
      const kind = at < end ? u8At(at) : 0
      if (protocol === 1 && (kind === 3 || kind === 4 || kind === 5 || kind === 11 || kind === 12)) return ROW_UNKNOWN
      if (protocol === 58 && kind < 128) return ROW_UNKNOWN
      set32(C_PROTOCOLS, row, protocols | (above & PORT_BITS) | P_OTHER)
      if (above & WRITES_STATE) remark = true
    } else set32(C_PROTOCOLS, row, protocols)
    outcome = remark && depth === DEPTH_INDEX ? ROW_REMARK : ROW_DONE
  }
  set32(C_SOURCE_ADDRESS, row, source)
  set32(C_DESTINATION_ADDRESS, row, destination)
  return outcome
}

/** What Ethernet carries beside IP: nothing in it has a column but the Ethernet addresses. */
function otherEthernet(row: i32, start: usize, type: i32, protocols: i32, remark: bool, depth: i32): i32 {
  const above = said(ETHERTYPES_AT, type)
  if (above !== 0 && type !== 0x0806 && type !== 0x8035) return ROW_UNKNOWN
  set32(C_SOURCE_ADDRESS, row, intern(ADDRESS_ETHER, u16At(start + 6), u32At(start + 8), 0, 0))
  set32(C_DESTINATION_ADDRESS, row, intern(ADDRESS_ETHER, u16At(start), u32At(start + 2), 0, 0))
  set32(C_PROTOCOLS, row, protocols | (above !== 0 ? (above & PORT_BITS) | P_OTHER : 0))
  return depth === DEPTH_INDEX && (remark || (above & WRITES_STATE) !== 0) ? ROW_REMARK : ROW_DONE
}

function writeTcp(
  row: i32,
  start: usize,
  at: usize,
  end: usize,
  networkEnd: usize,
  source: i32,
  destination: i32,
  protocols: i32,
  remark: bool,
  depth: i32,
): i32 {
  if (at + 20 > end) return ROW_UNKNOWN
  const headerLength = (u8At(at + 12) >> 4) << 2,
    length = ((networkEnd - at) as i32) - headerLength,
    optionsEnd = at + headerLength
  if (headerLength < 20 || length < 0 || optionsEnd > end) return ROW_UNKNOWN
  const sourcePort = u16At(at),
    destinationPort = u16At(at + 2),
    sequence = u32At(at + 4),
    acknowledgment = u32At(at + 8),
    flags = u16At(at + 12) & 0xfff
  if (headerLength > 20) scanOptions(at + 20, optionsEnd)
  else clearOptions()
  segment(
    tcpTable,
    row + 1,
    0,
    row,
    source,
    sourcePort,
    destination,
    destinationPort,
    sequence,
    acknowledgment,
    flags,
    u16At(at + 14),
    length,
    0,
  )
  set16(C_SOURCE_PORT, row, sourcePort)
  set16(C_DESTINATION_PORT, row, destinationPort)
  const above = said(TCP_PORTS_AT, sourcePort) | said(TCP_PORTS_AT, destinationPort)
  // an option may be a protocol of its own (MPTCP)
  let bits = protocols | P_TCP | (isOdd ? P_OTHER : 0)
  // a FIN may complete a message without bringing bytes of its own
  if (length > 0 || flags & FIN) {
    if (above !== 0) bits |= (above & PORT_BITS) | P_OTHER
    if (state(S_TCP_BY_CONTENT) !== 0) bits |= state(S_CONTENT_BIT) | P_OTHER
    else if (isRemembered(tcpTable, stream)) bits |= P_OTHER
  }
  set32(C_PROTOCOLS, row, bits)
  if (depth !== DEPTH_INDEX) return ROW_DONE
  if (isOdd || (!(flags & ACK) && acknowledgment !== 0) || (!(flags & URG) && load<u16>(at, 18) !== 0) || (hasMss && !(flags & SYN)))
    remark = true
  const severity = flags & ACK && isDuplicateSack(acknowledgment) ? SEVERITY_WARNING : severityOf(flags, headerLength > 20 && !hasMss)
  if (severity > 0) set8(C_SEVERITY, row, severity)
  if (flags & FIN && isUntilFin()) return remark ? ROW_REMARK : ROW_STATE
  if (length > 0 && !(flags & RST)) {
    // bytes that no port, no memory, no heuristic and no open message claims need not be looked at
    if (above !== 0 || state(S_TCP_BY_CONTENT) !== 0 || flowWord(F_LATEST_PDU) >= 0 || isRemembered(tcpTable, stream)) {
      setState(S_PAYLOAD_AT, (optionsEnd - start) as i32)
      setState(S_PAYLOAD_LENGTH, length)
      setState(S_PAYLOAD_SEQUENCE, flags & SYN ? sequence + 1 : sequence)
      setState(S_SOURCE_PORT, sourcePort)
      setState(S_DESTINATION_PORT, destinationPort)
      setState(S_REMARK, remark ? 1 : 0)
      return ROW_PAYLOAD
    }
  }
  return remark ? ROW_REMARK : ROW_DONE
}

function severityOf(flags: i32, isWithoutMss: bool): i32 {
  if (flags & RST || analysis & WARNINGS || (flags & SYN && isWithoutMss)) return SEVERITY_WARNING
  if (analysis & NOTES) return SEVERITY_NOTE
  return flags & (SYN | FIN) || analysis & A_WINDOW_UPDATE ? SEVERITY_CHAT : 0
}

function writeUdp(
  row: i32,
  at: usize,
  end: usize,
  networkEnd: usize,
  source: i32,
  destination: i32,
  protocols: i32,
  remark: bool,
  depth: i32,
  asked: i32,
): i32 {
  if (at + 8 > end) return ROW_UNKNOWN
  const length = u16At(at + 4)
  if (length < 8 || at + length > networkEnd) return ROW_UNKNOWN
  const sourcePort = u16At(at),
    destinationPort = u16At(at + 2),
    above = said(UDP_PORTS_AT, sourcePort) | said(UDP_PORTS_AT, destinationPort)
  if (above & CARRIES_PACKETS) return ROW_UNKNOWN
  const byContent = state(S_UDP_BY_CONTENT) !== 0
  if (asked === ASKED_NOT && length > 8 && above === 0 && (state(S_UDP_TUNNELS) !== 0 || (byContent && depth === DEPTH_INDEX))) {
    setState(S_SOURCE, source)
    setState(S_DESTINATION, destination)
    setState(S_SOURCE_PORT, sourcePort)
    setState(S_DESTINATION_PORT, destinationPort)
    setState(S_PAYLOAD_LENGTH, length - 8)
    return ROW_HEURISTIC
  }
  let stream = findStream(udpTable, source, sourcePort, destination, destinationPort)
  if (stream < 0) stream = createStream(udpTable, source, sourcePort, destination, destinationPort, row + 1)
  place(udpTable, row + 1, 0, stream)
  if (length === 8) isUntimed(stream, row + 1, state(S_PREVIOUS_FRAME))
  set16(C_SOURCE_PORT, row, sourcePort)
  set16(C_DESTINATION_PORT, row, destinationPort)
  set32(C_MAIN + LENGTH, row, length - 8)
  const isKnown = isRemembered(udpTable, stream)
  let bits = protocols | P_UDP
  if (length > 8) {
    if (above !== 0) bits |= (above & PORT_BITS) | P_OTHER
    if (isKnown || byContent) bits |= P_OTHER
  }
  set32(C_PROTOCOLS, row, bits)
  if (depth !== DEPTH_INDEX) return ROW_DONE
  const isTraceroute = destinationPort > 33433 && destinationPort < 33534,
    isUnsummed = (protocols & P_IPV6) !== 0 && load<u16>(at, 6) === 0
  if (at + length < networkEnd || isTraceroute || isUnsummed) return ROW_REMARK
  if (length > 8 && (above & WRITES_STATE || isKnown || asked === ASKED_STATE)) return remark ? ROW_REMARK : ROW_STATE
  return remark ? ROW_REMARK : ROW_DONE
}
