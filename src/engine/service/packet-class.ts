// The coarse class of a packet, for colour and the overview: from its dissection, or from the index.
import { PROTOCOL } from '../index/columns'
import { PROTOCOL_CLASSES, type ProtocolClass } from '../../shared/contract'

const CLASS_OF: Readonly<Record<string, ProtocolClass>> = {
  http: 'http',
  http2: 'http',
  http3: 'http',
  websocket: 'http',
  tls: 'tls',
  ssl: 'tls',
  quic: 'tls',
  dtls: 'tls',
  dns: 'dns',
  mdns: 'dns',
  llmnr: 'dns',
  tcp: 'tcp',
  udp: 'udp',
  arp: 'arp',
  icmp: 'icmp',
  icmpv6: 'icmp',
  igmp: 'icmp',
}
const OTHER = PROTOCOL_CLASSES.indexOf('other')
const ICMP = PROTOCOL_CLASSES.indexOf('icmp')

/** Index into PROTOCOL_CLASSES for a chain of protocols; ICMP counts before what it quotes, otherwise the innermost known protocol. */
export function classOfChain(chain: readonly string[]): number {
  let found = OTHER
  for (const name of chain) {
    const known = CLASS_OF[name]
    if (known === undefined) continue
    const index = PROTOCOL_CLASSES.indexOf(known)
    if (index === ICMP) return ICMP
    found = index
  }
  return found
}

/** The class by its index. */
export function className(index: number): ProtocolClass {
  return PROTOCOL_CLASSES[index] ?? 'other'
}

const { HTTP, TLS, QUIC, DNS, TCP, UDP, ARP, ICMP: ICMPV4, ICMPV6, IGMP } = PROTOCOL
/** From the most telling bit to the least. */
const BITS: readonly (readonly [bits: number, name: ProtocolClass])[] = [
  [ICMPV4 | ICMPV6 | IGMP, 'icmp'],
  [HTTP, 'http'],
  [TLS | QUIC, 'tls'],
  [DNS, 'dns'],
  [TCP, 'tcp'],
  [UDP, 'udp'],
  [ARP, 'arp'],
]
const BY_BITS = BITS.map(([bits, name]) => [bits, PROTOCOL_CLASSES.indexOf(name)] as const)

/** The same from the protocol bits of the packet index. */
export function classOfBits(protocols: number): number {
  for (const [bits, index] of BY_BITS) if ((protocols & bits) !== 0) return index
  return OTHER
}
