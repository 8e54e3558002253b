// The colour rules that users of this field know: names, filters and colours of the table that Wireshark 4.0 starts with, as data.
import type { ColorRule } from '../../shared/contract'

const DARK = '#12272e'
const rule = (name: string, filter: string, background: string, foreground: string = DARK): ColorRule => ({
  name,
  filter,
  background,
  foreground,
  enabled: true,
})

/** The classic rules; the first one that matches a packet colours it. */
export const CLASSIC_COLOR_RULES: readonly ColorRule[] = [
  rule(
    'Bad TCP',
    'tcp.analysis.flags && !tcp.analysis.window_update && !tcp.analysis.keep_alive && !tcp.analysis.keep_alive_ack',
    DARK,
    '#f78787',
  ),
  rule('HSRP State Change', 'hsrp.state != 8 && hsrp.state != 16', DARK, '#fffc9c'),
  rule('Spanning Tree Topology Change', 'stp.type == 0x80', DARK, '#fffc9c'),
  rule('OSPF State Change', 'ospf.msg != 1', DARK, '#fffc9c'),
  rule('ICMP errors', 'icmp.type in { 3..5, 11 } || icmpv6.type in { 1..4 }', DARK, '#b7f774'),
  rule('ARP', 'arp', '#faf0d7'),
  rule('ICMP', 'icmp || icmpv6', '#fce0ff'),
  rule('TCP RST', 'tcp.flags.reset eq 1', '#a40000', '#fffc9c'),
  rule('SCTP ABORT', 'sctp.chunk_type eq ABORT', '#a40000', '#fffc9c'),
  rule(
    'TTL low or unexpected',
    '(ip.dst != 224.0.0.0/4 && ip.ttl < 5 && !pim && !ospf) || (ip.dst == 224.0.0.0/24 && ip.dst != 224.0.0.251 && ip.ttl != 1 && !(vrrp || carp))',
    '#a40000',
    '#ecf0eb',
  ),
  rule(
    'Checksum Errors',
    'eth.fcs.status=="Bad" || ip.checksum.status=="Bad" || tcp.checksum.status=="Bad" || udp.checksum.status=="Bad" || sctp.checksum.status=="Bad" || mstp.checksum.status=="Bad" || cdp.checksum.status=="Bad" || edp.checksum.status=="Bad" || wlan.fcs.status=="Bad" || stt.checksum.status=="Bad"',
    DARK,
    '#f78787',
  ),
  rule('SMB', 'smb || nbss || nbns || netbios', '#feffd0'),
  rule('HTTP', 'http || tcp.port == 80 || http2', '#e4ffc7'),
  rule('DCERPC', 'dcerpc', '#c797ff'),
  rule('Routing', 'hsrp || eigrp || ospf || bgp || cdp || vrrp || carp || gvrp || igmp || ismp', '#fff3d6'),
  rule('TCP SYN/FIN', 'tcp.flags & 0x02 || tcp.flags.fin == 1', '#a0a0a0'),
  rule('TCP', 'tcp', '#e7e6ff'),
  rule('UDP', 'udp', '#daeeff'),
  rule('Broadcast', 'eth[0] & 1', '#ffffff', '#babdb6'),
  rule('System Event', 'systemd_journal || sysdig', '#e6e6e6', '#2d6f9a'),
]
