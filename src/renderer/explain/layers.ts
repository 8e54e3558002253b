// The packet as a ladder of layers: OSI's seven and TCP/IP's four side by side, with what this packet has in each.
import type { PacketDetail, TreeRow } from '../../shared/contract'
import type { Both } from './card'

/** One rung of the OSI ladder. */
export interface Rung {
  readonly number: 1 | 2 | 3 | 4 | 5 | 6 | 7
  readonly name: Both
  /** What the packet has there, or null for nothing. */
  readonly content: string | null
  readonly device: Both
  /** Class that gives the rung its colour: p-tcp, p-http … */
  readonly color: string
  /** The selected row belongs to this rung. */
  readonly current: boolean
}

/** One part of the TCP/IP model: which rungs it spans. */
export interface Part {
  readonly name: Both
  readonly top: number
  readonly bottom: number
}

/** The four layers of TCP/IP (RFC 1122, 1.1.3) and the rungs they cover. */
export const TCP_IP_PARTS: readonly Part[] = [
  { name: ['Application', '应用层'], top: 7, bottom: 5 },
  { name: ['Transport', '运输层'], top: 4, bottom: 4 },
  { name: ['Internet', '网际层'], top: 3, bottom: 3 },
  { name: ['Link', '网络接口层'], top: 2, bottom: 1 },
]

const LINK =
  /^(eth|llc|vlan|ieee8021ad|sll|null|loop|ppp|pppoe[ds]?|pppoe|wlan|radiotap|tr|fddi|arp|rarp|lcp|ipcp|chap|pap|stp|lldp|cdp|lacp|raw|eapol|mpls|vxlan|geneve|eth_maybefcs)$/
const NETWORK = /^(ip|ipv6|icmp|icmpv6|igmp|ah|esp|gre|ipx|ospf|pim|vrrp|rsvp)$/
const TRANSPORT = /^(tcp|udp|udplite|sctp)$/
const PRESENTATION = /^(tls|ssl|dtls)$/

/** The OSI layer of a protocol by its filter name; 7 for everything above transport. */
export function osiLayer(protocol: string): 2 | 3 | 4 | 6 | 7 {
  if (LINK.test(protocol)) return 2
  if (NETWORK.test(protocol)) return 3
  if (TRANSPORT.test(protocol)) return 4
  return PRESENTATION.test(protocol) ? 6 : 7
}

function first(tree: readonly TreeRow[], ...fields: readonly string[]): string | undefined {
  for (const field of fields) {
    const row = tree.find((item) => item.field === field)
    if (row !== undefined && row.value !== '') return row.value
  }
  return undefined
}

function shortMac(address: string): string {
  return address.length === 17 ? `${address.slice(0, 5)}:…:${address.slice(-5)}` : address
}

function linkText(packet: PacketDetail, protocols: readonly string[]): string | null {
  const names = protocols.filter((name) => osiLayer(name) === 2)
  if (names.length === 0) return null
  const mac = first(packet.tree, 'eth.dst')
  if (names.includes('arp')) return mac === undefined ? 'ARP' : `ARP → ${shortMac(mac)}`
  return mac === undefined ? (shortOf(packet, names[0] ?? '') ?? null) : `→ ${shortMac(mac)}`
}

function networkText(packet: PacketDetail, protocols: readonly string[]): string | null {
  const inner = protocols.findLast((name) => osiLayer(name) === 3)
  if (inner === undefined) return null
  const version = protocols.findLast((name) => name === 'ip' || name === 'ipv6')
  const target = version === 'ipv6' ? first(packet.tree, 'ipv6.dst') : first(packet.tree, 'ip.dst')
  const name = inner === version ? (version === 'ip' ? 'IPv4' : 'IPv6') : (shortOf(packet, inner) ?? inner.toUpperCase())
  return target === undefined ? name : `${name} → ${target}`
}

function transportText(packet: PacketDetail, protocols: readonly string[]): string | null {
  const name = protocols.findLast((item) => osiLayer(item) === 4)
  if (name === undefined) return null
  const from = first(packet.tree, `${name}.srcport`)
  const to = first(packet.tree, `${name}.dstport`)
  return from === undefined || to === undefined ? name.toUpperCase() : `${name.toUpperCase()} ${from} → ${to}`
}

function applicationText(packet: PacketDetail, protocols: readonly string[]): string | null {
  const name = protocols.findLast((item) => osiLayer(item) === 7 && item !== 'frame' && item !== 'data')
  if (name === undefined) return protocols.includes('data') ? 'data' : null
  if (name === 'http' || protocols.includes('http')) {
    const method = first(packet.tree, 'http.request.method')
    if (method !== undefined) return `HTTP ${method} ${first(packet.tree, 'http.request.uri') ?? ''}`.trim()
    const code = first(packet.tree, 'http.response.code')
    if (code !== undefined) return `HTTP ${code}`
    return 'HTTP'
  }
  const query = first(packet.tree, 'dns.qry.name')
  const short = shortOf(packet, name) ?? name.toUpperCase()
  return query === undefined ? short : `${short} ${query}`
}

function presentationText(packet: PacketDetail, protocols: readonly string[]): string | null {
  const name = protocols.find((item) => osiLayer(item) === 6)
  if (name !== undefined) return shortOf(packet, name) ?? name.toUpperCase()
  return first(packet.tree, 'http.content_type', 'http.content_encoding') ?? null
}

function shortOf(packet: PacketDetail, protocol: string): string | undefined {
  // `short` may carry a length ("TCP 32"): only its name is wanted here.
  return packet.layers.find((layer) => layer.protocol === protocol)?.short.replace(/ \d+$/, '')
}

/** The seven rungs, from 7 down to 1. `protocol` is that of the selected row, or ''. */
export function layerLadder(packet: PacketDetail, protocol: string): readonly Rung[] {
  const protocols = packet.layers.map((layer) => layer.protocol)
  const selected = protocol === '' || protocol === 'frame' ? 0 : osiLayer(protocol)
  const application = `p-${packet.protocolClass === 'tcp' || packet.protocolClass === 'udp' ? 'other' : packet.protocolClass}`
  const rungs: readonly Omit<Rung, 'current'>[] = [
    {
      number: 7,
      name: ['Application', '应用层'],
      content: applicationText(packet, protocols),
      device: ['host', '主机'],
      color: application,
    },
    {
      number: 6,
      name: ['Presentation', '表示层'],
      content: presentationText(packet, protocols),
      device: ['host', '主机'],
      color: protocols.includes('tls') ? 'p-tls' : application,
    },
    { number: 5, name: ['Session', '会话层'], content: null, device: ['host', '主机'], color: 'p-other' },
    {
      number: 4,
      name: ['Transport', '运输层'],
      content: transportText(packet, protocols),
      device: ['host, firewall', '主机、防火墙'],
      color: 'p-tcp',
    },
    { number: 3, name: ['Network', '网络层'], content: networkText(packet, protocols), device: ['router', '路由器'], color: 'p-dns' },
    { number: 2, name: ['Data link', '数据链路层'], content: linkText(packet, protocols), device: ['switch', '交换机'], color: 'p-arp' },
    { number: 1, name: ['Physical', '物理层'], content: null, device: ['cable, hub', '线缆、集线器'], color: 'p-other' },
  ]
  return rungs.map((rung) => ({ ...rung, current: rung.number === selected }))
}
