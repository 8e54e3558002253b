// What is known of the packet that is being dissected, outside its bytes: the capture record, and what outer layers leave for inner ones.

/** How an address is written; decides its text and the conversation it belongs to. */
export type AddressKind = 'none' | 'ether' | 'ipv4' | 'ipv6' | 'text'

/** One endpoint address: a range of a byte source, so that nothing is formatted unless it is shown. */
export interface Address {
  kind: AddressKind
  bytes: Uint8Array
  at: number
  /** For kind 'text'. */
  text: string
}

/** Reused for every packet; see Decoder.begin. */
export class PacketContext {
  number = 0
  seconds = 0
  nanoseconds = 0
  hasTime = true
  capturedLength = 0
  originalLength = 0
  linkType = 1
  interfaceIndex = 0
  /** Where the frame's file position is, for whoever must read packet options. */
  position = 0
  hasOptions = false
  /** Bytes of frame check sequence at the frame's end as the capture file says; -1 when it does not. */
  fcsLength = -1

  /** Innermost addresses so far: link layer first, overwritten by the network layer (as Wireshark's Source and Destination columns). */
  source: Address = { kind: 'none', bytes: EMPTY, at: 0, text: '' }
  destination: Address = { kind: 'none', bytes: EMPTY, at: 0, text: '' }
  /** Network addresses (ipv4 or ipv6) of the innermost network layer, for transport conversations and pseudo headers; kind 'none' before one was read. */
  netSource: Address = { kind: 'none', bytes: EMPTY, at: 0, text: '' }
  netDestination: Address = { kind: 'none', bytes: EMPTY, at: 0, text: '' }
  /** Where a routing header sends the packet in the end, for pseudo headers (RFC 8200, 8.1); kind 'none' where that is netDestination. */
  finalDestination: Address = { kind: 'none', bytes: EMPTY, at: 0, text: '' }
  /** Ports of the innermost transport layer; -1 when there is none. */
  sourcePort = -1
  destinationPort = -1
  transport: 'none' | 'tcp' | 'udp' | 'sctp' = 'none'
  /** Protocol number of the innermost IP header (for pseudo headers). */
  ipProtocol = 0
  /** Time to live or hop limit of the innermost IP header. */
  timeToLive = 0
  /** IPv4 identification, for Info texts and duplicate detection; -1 when there is none. */
  ipId = -1
  /** Stream number of the innermost TCP or UDP conversation, or -1. */
  stream = -1
  /** Number of the stream within that conversation, of protocols that carry several at once (HTTP/2); -1 outside of such. */
  innerStream = -1
  /** Which side of that conversation sent the packet: 0 the side that sent the conversation's first packet, 1 the other. */
  direction: 0 | 1 = 0
  /** First frame of that conversation, and its frame before this one; 0 when there is none. */
  firstFrame = 0
  previousFrame = 0
  /** For protocols over TCP: how many bytes of the payload are urgent, the urgent pointer (RFC 9293, 3.8.5); 0 = none. */
  urgentPointer = 0
  /** For protocols over TCP: the payload being dissected was put together from several segments. */
  reassembled = false
  /** For protocols over TCP: the stream ends with this payload (FIN), so that nothing more can be asked for. */
  streamEnds = false
  /** True inside a packet quoted by an ICMP error. */
  inError = false
  /** True while a fragment's payload cannot be complete. */
  fragmented = false
  /** How many TCP (or UDP) headers were seen before this one in the packet, to keep per-layer state apart. */
  transportOrdinal = 0

  /** Destination in the pseudo header of the innermost network layer. */
  get pseudoDestination(): Address {
    return this.finalDestination.kind === 'none' ? this.netDestination : this.finalDestination
  }

  /** Back to the state before any layer was read. */
  reset(): void {
    this.source.kind = this.destination.kind = this.netSource.kind = this.netDestination.kind = this.finalDestination.kind = 'none'
    this.sourcePort = this.destinationPort = this.ipId = this.stream = this.innerStream = -1
    this.transport = 'none'
    this.ipProtocol = 0
    this.direction = 0
    this.firstFrame = this.previousFrame = 0
    this.inError = this.fragmented = this.reassembled = this.streamEnds = false
    this.transportOrdinal = 0
  }
}

const EMPTY = new Uint8Array(0)

/** Points an address at bytes. */
export function setAddress(address: Address, kind: AddressKind, bytes: Uint8Array, at: number): void {
  address.kind = kind
  address.bytes = bytes
  address.at = at
}
