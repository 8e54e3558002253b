// The coarse class of a packet (for colour and the overview) and its worst problem, from its dissection.
import type { TreeBuffer } from '../dissect/tree-buffer'
import { EXPERT_SEVERITY, severityLevel } from '../dissect/problems'
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

/** Severity of the worst expert item: 0 none, 1 chat, 2 note, 3 warning, 4 error. */
export function worstSeverity(tree: TreeBuffer): number {
  let worst = 0
  for (let node = 0; node < tree.count; node++) {
    if (tree.field(node) === EXPERT_SEVERITY) worst = Math.max(worst, severityLevel(tree.numbers[node] ?? 0))
  }
  return worst
}
