// The row writer: link, network and transport headers straight from the reader's buffer into the columns, without a tree, strings or objects. This is
// the one hand-written parser of headers beside the protocols; what it does not wholly understand, or where a dissector might have a remark to make,
// it leaves to them. A test holds columns against dissection for every packet of the corpus.
import { CONVERSATIONS, conversationNumber } from '../dissect/conversation'
import type { Conversations } from '../dissect/conversation'
import type { Decoder } from '../dissect/decoder'
import type { Session } from '../dissect/session'
import { ANALYSIS, MARK } from '../protocols/transport/tcp/analysis-flags'
import { FLOW, LATEST_PDU, STATE } from '../protocols/transport/tcp/flows'
import { PDU } from '../protocols/transport/tcp/pdus'
import { clearOptions, isDuplicateSack, newSegmentOptions, scanOptions } from '../protocols/transport/tcp/scan-options'
import { tcpTracker } from '../protocols/transport/tcp/tracker'
import type { TcpTracker } from '../protocols/transport/tcp/tracker'
import { CARRIES_PACKETS, DispatchTables, PORT_BITS, WRITES_STATE } from './dispatch-tables'
import { isRouted, isTunnelDevice } from './header-checks'
import { PROTOCOL, PacketColumns, SEVERITY } from './columns'
import { PayloadKinds } from './payload-kinds'
import type { PayloadPlace } from './payload-kinds'
import type { FoundHeaders } from './walk/found-headers'
import { WalkedRows } from './walk/walked-rows'

/** What is left to do for a packet: nothing; to dissect its transport payload for the state of a protocol above; to dissect it for remarks on its
 *  headers as well; for everything, as the headers were not understood; nothing, but the columns do not tell all of its headers (see RowWriter.found). */
export const ROW = { DONE: 0, STATE: 1, REMARK: 2, UNKNOWN: 3, WALKED: 4 } as const
export type RowOutcome = (typeof ROW)[keyof typeof ROW]

/** See RowWriter.write. */
export type RowDepth = 'headers' | 'columns' | 'index' | 'dissect'

const FIN = 1,
  SYN = 2,
  RST = 4,
  ACK = 16,
  URG = 32
const NOTES =
  ANALYSIS.RETRANSMISSION |
  ANALYSIS.REUSED_PORTS |
  ANALYSIS.KEEP_ALIVE |
  ANALYSIS.KEEP_ALIVE_ACK |
  ANALYSIS.DUPLICATE_ACK |
  ANALYSIS.ZERO_WINDOW_PROBE |
  ANALYSIS.ZERO_WINDOW_PROBE_ACK |
  ANALYSIS.TFO_SYN |
  ANALYSIS.TFO_ACK |
  ANALYSIS.TFO_IGNORED
const WARNINGS = ANALYSIS.OUT_OF_ORDER | ANALYSIS.LOST_SEGMENT | ANALYSIS.ACK_LOST_SEGMENT | ANALYSIS.WINDOW_FULL | ANALYSIS.ZERO_WINDOW
const RESENT = ANALYSIS.RETRANSMISSION | ANALYSIS.FAST_RETRANSMISSION | ANALYSIS.SPURIOUS_RETRANSMISSION | ANALYSIS.OUT_OF_ORDER

export class RowWriter {
  readonly columns: PacketColumns
  /** Of the packet written last, as offsets in the frame: its network header, its transport header, and the end of its network payload. */
  networkAt = 0
  transportAt = 0
  payloadEnd = 0
  /** IP version and transport protocol of the packet written last. */
  version: 4 | 6 = 4
  protocol = 0
  private readonly conversations: Conversations
  private readonly tracker: TcpTracker
  private readonly session: Session
  private readonly decoder: Decoder
  private readonly options = newSegmentOptions()
  private readonly dispatch: DispatchTables
  /** Made with the first packet: Decode As is set until then. */
  private payloads!: PayloadKinds
  private walked!: WalkedRows
  private ready = false

  constructor(session: Session, decoder: Decoder) {
    this.session = session
    this.decoder = decoder
    this.dispatch = new DispatchTables(session)
    this.conversations = session.state(CONVERSATIONS)
    this.tracker = tcpTracker(session)
    this.columns = new PacketColumns(this.conversations, this.tracker)
  }

  /** Headers of the packet written last, where the outcome was WALKED. */
  get found(): FoundHeaders {
    return this.walked.found
  }

  /**
   * Writes the columns of one packet. `bytes[start .. start + captured)` are its captured bytes, `original` its length on the wire. `depth` says
   * what comes after: 'index' and the outcome tells whether protocols above must see the packet; 'dissect' it is dissected in any case; 'headers' and
   * 'columns' nobody will dissect it unless its headers were not understood; for 'columns' that is also where the columns cannot tell all of them.
   */
  write(row: number, bytes: Uint8Array, start: number, captured: number, original: number, linkType: number, depth: RowDepth): RowOutcome {
    if (!this.ready) this.prepare()
    const outcome = this.straight(row, bytes, start, captured, original, linkType, depth)
    if (outcome !== ROW.UNKNOWN || linkType !== 1 || (depth !== 'headers' && depth !== 'columns')) return outcome
    if (!this.walked.write(row, bytes, start, captured, original, depth === 'columns')) return ROW.UNKNOWN
    return this.walked.repeated ? ROW.WALKED : ROW.DONE
  }

  /** The straight path: one network and one transport header. */
  private straight(
    row: number,
    bytes: Uint8Array,
    start: number,
    captured: number,
    original: number,
    linkType: number,
    depth: RowDepth,
  ): RowOutcome {
    const end = start + captured
    let at = start,
      type = 0,
      protocols = 0,
      source = 0,
      destination = 0,
      remark: boolean = captured > original
    switch (linkType) {
      case 1: {
        if (captured < 14) return ROW.UNKNOWN
        type = (bytes[start + 12]! << 8) | bytes[start + 13]!
        protocols = PROTOCOL.ETHERNET
        remark ||= (bytes[start + 6]! & 1) !== 0
        at = start + 14
        break
      }
      case 113:
        if (captured < 16 || isTunnelDevice((bytes[start + 2]! << 8) | bytes[start + 3]!)) return ROW.UNKNOWN
        type = (bytes[start + 14]! << 8) | bytes[start + 15]!
        protocols = PROTOCOL.SLL
        at = start + 16
        break
      case 276:
        if (captured < 20 || isTunnelDevice((bytes[start + 8]! << 8) | bytes[start + 9]!)) return ROW.UNKNOWN
        type = (bytes[start]! << 8) | bytes[start + 1]!
        protocols = PROTOCOL.SLL
        at = start + 20
        break
      case 0:
      case 108: {
        if (captured < 4) return ROW.UNKNOWN
        const family = bytes[start]! | bytes[start + 1]! | bytes[start + 2]! | bytes[start + 3]!
        if ((bytes[start]! | bytes[start + 3]!) !== family) return ROW.UNKNOWN
        type = family === 2 ? 0x0800 : family === 24 || family === 28 || family === 30 || family === 10 ? 0x86dd : 0
        protocols = PROTOCOL.NULL
        at = start + 4
        break
      }
      case 101:
      case 12:
      case 14:
      case 228:
      case 229: {
        const version = captured > 0 ? bytes[start]! >> 4 : 0
        type = version === 4 && linkType !== 229 ? 0x0800 : version === 6 && linkType !== 228 ? 0x86dd : 0
        protocols = linkType < 228 ? PROTOCOL.OTHER : 0
        break
      }
      default:
        return ROW.UNKNOWN
    }
    while (type === 0x8100 || type === 0x88a8) {
      if (at + 4 > end) return ROW.UNKNOWN
      protocols |= type === 0x8100 ? PROTOCOL.VLAN : PROTOCOL.OTHER
      type = (bytes[at + 2]! << 8) | bytes[at + 3]!
      at += 4
    }
    // where the packet ends on the wire, as a position in the buffer
    let wireEnd = start + original
    if (type === 0x8864) {
      // PPP over Ethernet (RFC 2516) with an uncompressed PPP protocol number
      if (at + 8 > end || bytes[at] !== 0x11 || bytes[at + 1] !== 0 || bytes[at + 6] !== 0 || !this.dispatch.of('ethertype').has(type))
        return ROW.UNKNOWN
      const pppEnd = at + 6 + ((bytes[at + 4]! << 8) | bytes[at + 5]!)
      type = bytes[at + 7] === 0x21 ? 0x0800 : bytes[at + 7] === 0x57 ? 0x86dd : 0
      if (type === 0 || pppEnd > wireEnd) return ROW.UNKNOWN
      wireEnd = pppEnd
      protocols |= PROTOCOL.OTHER
      at += 8
    }
    if (type === 0x8847) {
      // MPLS (RFC 3032): the first half octet behind the last label tells the IP version
      if (!this.dispatch.of('ethertype').has(type)) return ROW.UNKNOWN
      do {
        at += 4
        if (at >= end) return ROW.UNKNOWN
        // labels 0 to 15 have meanings of their own
        if ((bytes[at - 4]! | bytes[at - 3]!) === 0) return ROW.UNKNOWN
      } while (!(bytes[at - 2]! & 1))
      type = bytes[at]! >> 4 === 4 ? 0x0800 : bytes[at]! >> 4 === 6 ? 0x86dd : 0
      if (type === 0) return ROW.UNKNOWN
      protocols |= PROTOCOL.OTHER
    }
    let protocol: number, payloadEnd: number
    if (type === 0x0800) {
      if (at + 20 > end || bytes[at]! >> 4 !== 4) return ROW.UNKNOWN
      const total = (bytes[at + 2]! << 8) | bytes[at + 3]!,
        headerEnd = at + (bytes[at]! & 15) * 4
      payloadEnd = at + total
      if (
        headerEnd < at + 20 ||
        headerEnd > end ||
        payloadEnd < headerEnd ||
        payloadEnd > wireEnd ||
        (bytes[at + 6]! & 0xbf) !== 0 ||
        bytes[at + 7] !== 0
      )
        return ROW.UNKNOWN
      if (headerEnd > at + 20) {
        if (isRouted(bytes, at + 20, headerEnd)) return ROW.UNKNOWN
        remark = true
      }
      protocol = bytes[at + 9]!
      const address = (bytes[at + 16]! << 24) | (bytes[at + 17]! << 16) | (bytes[at + 18]! << 8) | bytes[at + 19]!
      source = this.columns.addresses.ipv4((bytes[at + 12]! << 24) | (bytes[at + 13]! << 16) | (bytes[at + 14]! << 8) | bytes[at + 15]!)
      destination = this.columns.addresses.ipv4(address)
      if (bytes[at + 8]! < 5 || address >>> 8 === 0xe00000) remark = true
      protocols |= PROTOCOL.IPV4
      this.networkAt = at - start
      this.version = 4
      at = headerEnd
    } else if (type === 0x86dd) {
      if (at + 40 > end || bytes[at]! >> 4 !== 6) return ROW.UNKNOWN
      const length = (bytes[at + 4]! << 8) | bytes[at + 5]!
      payloadEnd = at + 40 + length
      protocol = bytes[at + 6]!
      if (length === 0 || protocol === 0 || protocol === 43 || protocol === 44 || protocol === 60) return ROW.UNKNOWN
      if (payloadEnd > wireEnd) {
        // a wrong length is the dissector's to remark on; what nobody reads has no further headers, however long
        if ((depth !== 'headers' && depth !== 'columns') || this.dispatch.of('ip.proto').has(protocol)) return ROW.UNKNOWN
        payloadEnd = wireEnd
      }
      source = this.ipv6(bytes, at + 8)
      destination = this.ipv6(bytes, at + 24)
      protocols |= PROTOCOL.IPV6
      this.networkAt = at - start
      this.version = 6
      at += 40
    } else return linkType === 1 && type > 1535 ? this.otherEthernet(row, bytes, start, type, protocols, remark, depth) : ROW.UNKNOWN
    this.transportAt = at - start
    this.payloadEnd = payloadEnd - start
    this.protocol = protocol
    // a trailer that is not zeros
    if (depth === 'index') for (let i = payloadEnd; i < end && !remark; i++) if (bytes[i] !== 0) remark = true

    const columns = this.columns
    let outcome: RowOutcome
    if (protocol === 6) {
      outcome = this.tcp(row, bytes, start, at, end, payloadEnd, source, destination, protocols, remark, depth)
      if (outcome === ROW.UNKNOWN) return ROW.UNKNOWN
    } else if (protocol === 17) {
      outcome = this.udp(row, bytes, start, at, end, payloadEnd, source, destination, protocols, remark, depth)
      if (outcome === ROW.UNKNOWN) return ROW.UNKNOWN
    } else {
      const above = this.dispatch.of('ip.proto').get(protocol)
      if (above) {
        // errors quote packets; what is registered as a tunnel or not known here is dissected
        if (above.visit === 'packets' || (protocol !== 1 && protocol !== 58 && protocol !== 2)) return ROW.UNKNOWN
        const kind = at < end ? bytes[at]! : 0
        if (protocol === 1 && (kind === 3 || kind === 4 || kind === 5 || kind === 11 || kind === 12)) return ROW.UNKNOWN
        if (protocol === 58 && kind < 128) return ROW.UNKNOWN
        columns.protocols.set(row, protocols | above.bit | PROTOCOL.OTHER)
        remark ||= above.visit === 'state'
      } else columns.protocols.set(row, protocols)
      outcome = remark && depth === 'index' ? ROW.REMARK : ROW.DONE
    }
    columns.sourceAddress.set(row, source)
    columns.destinationAddress.set(row, destination)
    return outcome
  }

  /** What Ethernet carries beside IP: nothing in it has a column but the Ethernet addresses. */
  private otherEthernet(
    row: number,
    bytes: Uint8Array,
    start: number,
    type: number,
    protocols: number,
    remark: boolean,
    depth: RowDepth,
  ): RowOutcome {
    const above = this.dispatch.of('ethertype').get(type),
      isArp = type === 0x0806 || type === 0x8035,
      { addresses } = this.columns
    if (above && !isArp) return ROW.UNKNOWN
    this.columns.sourceAddress.set(row, addresses.ether((bytes[start + 6]! << 8) | bytes[start + 7]!, word(bytes, start + 8)))
    this.columns.destinationAddress.set(row, addresses.ether((bytes[start]! << 8) | bytes[start + 1]!, word(bytes, start + 2)))
    this.columns.protocols.set(row, protocols | (above ? above.bit | PROTOCOL.OTHER : 0))
    return depth === 'index' && (remark || above?.visit === 'state') ? ROW.REMARK : ROW.DONE
  }

  private tcp(
    row: number,
    bytes: Uint8Array,
    frameStart: number,
    at: number,
    end: number,
    payloadEnd: number,
    source: number,
    destination: number,
    protocols: number,
    remark: boolean,
    depth: RowDepth,
  ): RowOutcome {
    if (at + 20 > end) return ROW.UNKNOWN
    const headerLength = (bytes[at + 12]! >> 4) * 4,
      length = payloadEnd - at - headerLength,
      optionsEnd = at + headerLength
    if (headerLength < 20 || length < 0 || optionsEnd > end) return ROW.UNKNOWN
    const sourcePort = (bytes[at]! << 8) | bytes[at + 1]!,
      destinationPort = (bytes[at + 2]! << 8) | bytes[at + 3]!
    const sequence = (bytes[at + 4]! << 24) | (bytes[at + 5]! << 16) | (bytes[at + 6]! << 8) | bytes[at + 7]!
    const acknowledgment = (bytes[at + 8]! << 24) | (bytes[at + 9]! << 16) | (bytes[at + 10]! << 8) | bytes[at + 11]!
    const flags = ((bytes[at + 12]! & 15) << 8) | bytes[at + 13]!,
      { options, tracker, columns } = this
    if (headerLength > 20) scanOptions(options, bytes, at + 20, optionsEnd)
    else clearOptions(options)
    tracker.segment(
      row + 1,
      0,
      source,
      sourcePort,
      destination,
      destinationPort,
      sequence,
      acknowledgment,
      flags,
      (bytes[at + 14]! << 8) | bytes[at + 15]!,
      length,
      options,
      false,
    )
    columns.sourcePort.set(row, sourcePort)
    columns.destinationPort.set(row, destinationPort)
    // an option may be a protocol of its own (MPTCP)
    let bits = protocols | PROTOCOL.TCP | (options.odd ? PROTOCOL.OTHER : 0)
    // a FIN may complete a message without bringing bytes of its own
    if (length > 0 || flags & FIN) {
      const above = this.payloads.tcpPorts[sourcePort]! | this.payloads.tcpPorts[destinationPort]!
      if (above) bits |= (above & PORT_BITS) | PROTOCOL.OTHER
      if (this.payloads.tcpByContent) bits |= this.payloads.contentBit | PROTOCOL.OTHER
      else if (this.conversations.hasRemembered(conversationNumber('tcp', tracker.stream))) bits |= PROTOCOL.OTHER
    }
    columns.protocols.set(row, bits)
    if (depth !== 'index') return ROW.DONE
    if (
      remark ||
      options.odd ||
      (!(flags & ACK) && acknowledgment !== 0) ||
      (!(flags & URG) && (bytes[at + 18]! | bytes[at + 19]!) !== 0) ||
      (options.hasMss && !(flags & SYN))
    )
      remark = true
    const duplicate = flags & ACK && isDuplicateSack(options, acknowledgment),
      severity = duplicate ? SEVERITY.WARNING : this.severityOf(flags, tracker.analysis, headerLength > 20 && !options.hasMss)
    if (severity > 0) columns.severity.set(row, severity)
    if (flags & FIN && tracker.flows.get(tracker.flow, STATE) & FLOW.UNTIL_FIN) return remark ? ROW.REMARK : ROW.STATE
    if (length > 0 && !(flags & RST)) {
      const outcome = this.payload(
        row,
        bytes,
        frameStart,
        optionsEnd,
        end,
        payloadEnd,
        flags & SYN ? sequence + 1 : sequence,
        length,
        sourcePort,
        destinationPort,
      )
      if (outcome !== ROW.DONE) return remark ? ROW.REMARK : outcome
    }
    return remark ? ROW.REMARK : ROW.DONE
  }

  /** Whether a segment's payload must be dissected. Bytes in the middle of a PDU are only accounted for. */
  private payload(
    row: number,
    bytes: Uint8Array,
    frameStart: number,
    at: number,
    end: number,
    payloadEnd: number,
    sequence: number,
    length: number,
    sourcePort: number,
    destinationPort: number,
  ): RowOutcome {
    const { tracker, conversations } = this,
      { pdus } = tracker
    if (
      (this.payloads.tcpPorts[sourcePort]! | this.payloads.tcpPorts[destinationPort]!) === 0 &&
      !conversations.hasRemembered(conversationNumber('tcp', tracker.stream))
    ) {
      if (
        !this.payloads.tcpByContent ||
        !this.payloads.recognise(
          'tcp',
          row,
          this.place(
            bytes.subarray(frameStart, end),
            at - frameStart,
            payloadEnd - frameStart,
            sourcePort,
            destinationPort,
            tracker.stream,
          ),
          false,
        )
      ) {
        if (tracker.flows.get(tracker.flow, LATEST_PDU) < 0) return ROW.DONE
      }
      return ROW.STATE
    }
    const pdu = tracker.flows.get(tracker.flow, LATEST_PDU)
    if (pdu >= 0 && end >= payloadEnd && !(tracker.analysis & RESENT) && !(pdus.state[pdu]! & (PDU.OPEN | PDU.HOLES))) {
      const first = pdus.sequence[pdu]!,
        from = (sequence - first) >>> 0
      if (from === pdus.contiguous[pdu]! && from > 0 && from + length < (pdus.next[pdu]! - first) >>> 0 && at - frameStart <= 0xffff) {
        pdus.contiguous[pdu] = from + length
        pdus.lastFrame[pdu] = row + 1
        tracker.mark(MARK.CONTINUES)
        pdus.payloadAt.set(row, at - frameStart)
        this.columns.protocols.set(row, this.columns.protocols.get(row) | PROTOCOL.SEGMENT)
        return ROW.DONE
      }
    }
    return ROW.STATE
  }

  private udp(
    row: number,
    bytes: Uint8Array,
    frameStart: number,
    at: number,
    end: number,
    payloadEnd: number,
    source: number,
    destination: number,
    protocols: number,
    remark: boolean,
    depth: RowDepth,
  ): RowOutcome {
    if (at + 8 > end) return ROW.UNKNOWN
    const length = (bytes[at + 4]! << 8) | bytes[at + 5]!
    if (length < 8 || at + length > payloadEnd) return ROW.UNKNOWN
    const sourcePort = (bytes[at]! << 8) | bytes[at + 1]!,
      destinationPort = (bytes[at + 2]! << 8) | bytes[at + 3]!
    const above = this.payloads.udpPorts[sourcePort]! | this.payloads.udpPorts[destinationPort]!
    if (above & CARRIES_PACKETS) return ROW.UNKNOWN
    const content = length > 8 && above === 0 && (this.payloads.udpTunnels || (this.payloads.udpByContent && depth === 'index'))
    const recognised = content
      ? this.payloads.recognise(
          'udp',
          row,
          this.place(
            bytes.subarray(frameStart, end),
            at + 8 - frameStart,
            at + length - frameStart,
            sourcePort,
            destinationPort,
            this.conversations.udp.find(source, sourcePort, destination, destinationPort),
          ),
          depth !== 'index',
        )
      : undefined
    if (recognised?.firstVisit === 'packets') return ROW.UNKNOWN
    const { conversations, columns } = this,
      table = conversations.udp
    let stream = table.find(source, sourcePort, destination, destinationPort)
    if (stream < 0) stream = table.create(source, sourcePort, destination, destinationPort, row + 1)
    conversations.place(table, row + 1, 0, stream, table.direction(stream, source, sourcePort))
    if (length === 8) conversations.leaveUntimed(stream, row + 1, conversations.previous.get(row))
    columns.sourcePort.set(row, sourcePort)
    columns.destinationPort.set(row, destinationPort)
    columns.tcp.length.set(row, length - 8)
    const remembered = conversations.hasRemembered(conversationNumber('udp', stream))
    let bits = protocols | PROTOCOL.UDP
    if (length > 8) {
      if (above) bits |= (above & PORT_BITS) | PROTOCOL.OTHER
      if (remembered || this.payloads.udpByContent) bits |= PROTOCOL.OTHER
    }
    columns.protocols.set(row, bits)
    if (depth !== 'index') return ROW.DONE
    const traceroute = destinationPort > 33433 && destinationPort < 33534,
      unsummed = protocols & PROTOCOL.IPV6 && bytes[at + 6] === 0 && bytes[at + 7] === 0
    if (at + length < payloadEnd || traceroute || unsummed) return ROW.REMARK
    if (length > 8) {
      if (above & WRITES_STATE || remembered) return remark ? ROW.REMARK : ROW.STATE
      if (recognised?.firstVisit === 'state') return remark ? ROW.REMARK : ROW.STATE
    }
    return remark ? ROW.REMARK : ROW.DONE
  }

  private place(frame: Uint8Array, at: number, end: number, sourcePort: number, destinationPort: number, stream: number): PayloadPlace {
    const { networkAt, version, protocol } = this
    return { frame, network: frame, networkAt, version, protocol, at, end, sourcePort, destinationPort, stream }
  }

  private severityOf(flags: number, analysis: number, optionsWithoutMss: boolean): number {
    if (flags & RST || analysis & WARNINGS || (flags & SYN && optionsWithoutMss)) return SEVERITY.WARNING
    if (analysis & NOTES) return SEVERITY.NOTE
    return flags & (SYN | FIN) || analysis & ANALYSIS.WINDOW_UPDATE ? SEVERITY.CHAT : SEVERITY.NONE
  }

  private ipv6(bytes: Uint8Array, at: number): number {
    return this.columns.addresses.ipv6(word(bytes, at), word(bytes, at + 4), word(bytes, at + 8), word(bytes, at + 12))
  }

  /** Reads the dispatch tables once; they and Decode As do not change after the first packet. */
  private prepare(): void {
    this.ready = true
    this.payloads = new PayloadKinds(this.session, this.decoder, this.dispatch)
    this.walked = new WalkedRows(this.session, this.columns, this.dispatch, this.payloads)
  }
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
}
