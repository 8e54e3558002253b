// Values of ICMP, ICMPv6 and IGMP. Codes are keyed "type/code".
import { value, type ValueTexts } from '../card'

/** ICMP types (IANA "ICMP Parameters"). */
export const icmpTypes: ValueTexts = {
  '0': value('Echo reply', 'Answer to a ping.', '对 ping 的应答。', 'RFC 792'),
  '3': value('Destination unreachable', 'The packet could not be delivered; the code says why.', '分组无法送达，原因见代码。', 'RFC 792'),
  '4': value('Source quench (deprecated)', 'Asked a sender to slow down; no longer used.', '要求发送方放慢；已不再使用。', 'RFC 6633'),
  '5': value('Redirect', 'There is a nearer router for this destination.', '对该目的有更近的路由器。', 'RFC 792'),
  '8': value('Echo request', 'A ping: please send this back.', 'ping：请原样返回。', 'RFC 792'),
  '9': value('Router advertisement', 'A router announces itself.', '路由器通告自己。', 'RFC 1256'),
  '10': value('Router solicitation', 'A host asks for routers.', '主机询问路由器。', 'RFC 1256'),
  '11': value(
    'Time exceeded',
    'The TTL reached 0, or a fragment never came. traceroute lives on it.',
    'TTL 减到 0，或分片迟迟未到；traceroute 依靠它工作。',
    'RFC 792',
  ),
  '12': value('Parameter problem', 'A header field was wrong.', '首部中有错误的字段。', 'RFC 792'),
  '13': value('Timestamp request', 'Asks for the other side’s clock.', '询问对方的时钟。', 'RFC 792'),
  '14': value('Timestamp reply', 'Answers with three times.', '以三个时间应答。', 'RFC 792'),
  '15': value('Information request (obsolete)', 'Asked for the network number.', '询问网络号（已废弃）。', 'RFC 6918'),
  '16': value('Information reply (obsolete)', 'Answered with the network number.', '应答网络号（已废弃）。', 'RFC 6918'),
  '17': value('Address mask request (obsolete)', 'Asked for the subnet mask.', '询问子网掩码（已废弃）。', 'RFC 6918'),
  '18': value('Address mask reply (obsolete)', 'Answered with the subnet mask.', '应答子网掩码（已废弃）。', 'RFC 6918'),
  '30': value('Traceroute (obsolete)', 'An experiment.', '实验性报文（已废弃）。', 'RFC 6918'),
  '42': value('Extended echo request', 'Asks about an interface of the other side.', '询问对方的某个接口。', 'RFC 8335'),
  '43': value('Extended echo reply', 'Tells the state of an interface.', '告知接口的状态。', 'RFC 8335'),
}

/** ICMP codes by "type/code". */
export const icmpCodes: ValueTexts = {
  '0/0': value('Echo reply', 'Echo messages have only code 0.', '回送报文只有代码 0。', 'RFC 792'),
  '8/0': value('Echo request', 'Echo messages have only code 0.', '回送报文只有代码 0。', 'RFC 792'),
  '3/0': value('Network unreachable', 'A router knows no way to that network.', '路由器没有到该网络的路由。', 'RFC 792'),
  '3/1': value(
    'Host unreachable',
    'The last router got no answer from the host (no ARP reply).',
    '最后一个路由器得不到主机的回应（ARP 无应答）。',
    'RFC 792',
  ),
  '3/2': value('Protocol unreachable', 'The host does not speak this transport protocol.', '主机不支持该传输协议。', 'RFC 792'),
  '3/3': value('Port unreachable', 'No program listens on this UDP port.', '没有程序监听该 UDP 端口。', 'RFC 792'),
  '3/4': value(
    'Fragmentation needed',
    'The packet is too big for the next link and must not be split.',
    '分组对下一段链路过大，而 DF 置位不能分片。',
    'RFC 1191',
  ),
  '3/5': value('Source route failed', 'The source route cannot be followed.', '无法按源路由转发。', 'RFC 792'),
  '3/6': value('Destination network unknown', 'The network does not exist.', '目的网络不存在。', 'RFC 1122'),
  '3/7': value('Destination host unknown', 'The host does not exist.', '目的主机不存在。', 'RFC 1122'),
  '3/9': value('Network administratively prohibited', 'A rule forbids this network.', '按规则禁止访问该网络。', 'RFC 1122'),
  '3/10': value(
    'Host administratively prohibited',
    'A rule forbids this host (a firewall).',
    '按规则（防火墙）禁止访问该主机。',
    'RFC 1122',
  ),
  '3/11': value('Network unreachable for TOS', 'Not reachable with this class of service.', '对该服务类型不可达。', 'RFC 1122'),
  '3/12': value('Host unreachable for TOS', 'Not reachable with this class of service.', '对该服务类型不可达。', 'RFC 1122'),
  '3/13': value('Communication administratively prohibited', 'A firewall blocks it.', '被防火墙禁止。', 'RFC 1812'),
  '3/14': value('Host precedence violation', 'This priority is not allowed.', '不允许该优先级。', 'RFC 1812'),
  '3/15': value('Precedence cutoff', 'The priority is too low for this network.', '优先级低于该网络的要求。', 'RFC 1812'),
  '5/0': value('Redirect for network', 'For the whole network use the other router.', '到该网络改用另一路由器。', 'RFC 792'),
  '5/1': value('Redirect for host', 'For this host use the other router.', '到该主机改用另一路由器。', 'RFC 792'),
  '11/0': value('TTL exceeded in transit', 'The TTL reached 0 on the way.', 'TTL 在途中减到 0。', 'RFC 792'),
  '11/1': value('Fragment reassembly time exceeded', 'Some fragment did not arrive in time.', '某个分片未及时到达。', 'RFC 792'),
  '12/0': value('Pointer indicates the error', 'The pointer names the wrong byte.', '指针指出错误的字节。', 'RFC 792'),
}

/** ICMPv6 types (IANA "ICMPv6 Parameters"). */
export const icmpv6Types: ValueTexts = {
  '1': value(
    'Destination unreachable',
    'The packet could not be delivered; the code says why.',
    '分组无法送达，原因见代码。',
    'RFC 4443, 3.1',
  ),
  '2': value(
    'Packet too big',
    'The packet does not fit the next link; send smaller ones.',
    '分组对下一段链路过大，应发送更小的分组。',
    'RFC 4443, 3.2',
  ),
  '3': value('Time exceeded', 'The hop limit reached 0, or a fragment never came.', '跳数减到 0，或分片迟迟未到。', 'RFC 4443, 3.3'),
  '4': value('Parameter problem', 'A header field was wrong.', '首部中有错误的字段。', 'RFC 4443, 3.4'),
  '128': value('Echo request', 'A ping: please send this back.', 'ping：请原样返回。', 'RFC 4443, 4.1'),
  '129': value('Echo reply', 'Answer to a ping.', '对 ping 的应答。', 'RFC 4443, 4.2'),
  '130': value('Multicast listener query', 'A router asks who wants which groups.', '路由器询问谁要接收哪些组。', 'RFC 3810'),
  '131': value('Multicast listener report', 'A host wants a group.', '主机要接收某个组。', 'RFC 2710'),
  '132': value('Multicast listener done', 'A host no longer wants a group.', '主机不再接收某个组。', 'RFC 2710'),
  '133': value('Router solicitation', 'A host asks for routers.', '主机询问路由器。', 'RFC 4861, 4.1'),
  '134': value(
    'Router advertisement',
    'A router announces itself, prefixes and settings.',
    '路由器通告自己、前缀和配置。',
    'RFC 4861, 4.2',
  ),
  '135': value(
    'Neighbor solicitation',
    'Who has this address? The ARP request of IPv6.',
    '谁拥有这个地址？相当于 ARP 请求。',
    'RFC 4861, 4.3',
  ),
  '136': value(
    'Neighbor advertisement',
    'I have it, here is my MAC address. The ARP reply of IPv6.',
    '我拥有它，这是我的 MAC 地址；相当于 ARP 应答。',
    'RFC 4861, 4.4',
  ),
  '137': value('Redirect', 'There is a better first hop for this destination.', '对该目的有更好的第一跳。', 'RFC 4861, 4.5'),
  '143': value('Multicast listener report v2', 'A host reports the groups and sources it wants.', '主机报告要接收的组和源。', 'RFC 3810'),
  '155': value('RPL control', 'Routing in networks of small devices.', '低功耗网络中的路由。', 'RFC 6550'),
}

/** ICMPv6 codes by "type/code". */
export const icmpv6Codes: ValueTexts = {
  '1/0': value('No route to destination', 'A router knows no way.', '路由器没有到目的的路由。', 'RFC 4443, 3.1'),
  '1/1': value('Administratively prohibited', 'A firewall blocks it.', '被防火墙禁止。', 'RFC 4443, 3.1'),
  '1/2': value(
    'Beyond scope of source address',
    'A link-local source cannot leave the link.',
    '源地址作用域不允许离开链路。',
    'RFC 4443, 3.1',
  ),
  '1/3': value('Address unreachable', 'The host does not answer on its link.', '主机在其链路上无应答。', 'RFC 4443, 3.1'),
  '1/4': value('Port unreachable', 'No program listens on this UDP port.', '没有程序监听该 UDP 端口。', 'RFC 4443, 3.1'),
  '1/5': value('Source address failed policy', 'The source address is not allowed here.', '源地址不符合策略。', 'RFC 4443, 3.1'),
  '1/6': value('Reject route', 'A route says: reject.', '路由项要求拒绝。', 'RFC 4443, 3.1'),
  '3/0': value('Hop limit exceeded', 'The hop limit reached 0 on the way.', '跳数在途中减到 0。', 'RFC 4443, 3.3'),
  '3/1': value('Fragment reassembly time exceeded', 'Some fragment did not arrive in time.', '某个分片未及时到达。', 'RFC 4443, 3.3'),
  '4/0': value('Erroneous header field', 'The pointer names the wrong byte.', '指针指出错误的字节。', 'RFC 4443, 3.4'),
  '4/1': value('Unrecognized next header', 'The receiver does not know what follows.', '接收方不认识下一个首部。', 'RFC 4443, 3.4'),
  '4/2': value('Unrecognized option', 'The receiver does not know an option.', '接收方不认识某个选项。', 'RFC 4443, 3.4'),
}

/** Option types of neighbour discovery. */
export const ndOptionTypes: ValueTexts = {
  '1': value('Source link-layer address', 'MAC address of the sender.', '发送方的 MAC 地址。', 'RFC 4861, 4.6.1'),
  '2': value('Target link-layer address', 'MAC address of the target.', '目标的 MAC 地址。', 'RFC 4861, 4.6.1'),
  '3': value('Prefix information', 'A prefix of this link.', '本链路的前缀。', 'RFC 4861, 4.6.2'),
  '4': value('Redirected header', 'Start of the packet that is redirected.', '被重定向分组的开头。', 'RFC 4861, 4.6.3'),
  '5': value('MTU', 'MTU of the link.', '链路的 MTU。', 'RFC 4861, 4.6.4'),
  '14': value('Nonce', 'Pairs an answer with its question.', '使应答与询问对应。', 'RFC 3971, 5.3.2'),
  '24': value('Route information', 'A further route through this router.', '经该路由器的其他路由。', 'RFC 4191'),
  '25': value('Recursive DNS server', 'DNS servers to use.', '可使用的 DNS 服务器。', 'RFC 8106'),
  '31': value('DNS search list', 'Domains added to short names.', '为短名称补全的域。', 'RFC 8106'),
}

/** IGMP types. */
export const igmpTypes: ValueTexts = {
  '17': value('Membership query (0x11)', 'A router asks who wants which groups.', '路由器询问谁要接收哪些组。', 'RFC 3376, 4.1'),
  '18': value('Membership report v1 (0x12)', 'A host wants a group.', '主机要接收某个组。', 'RFC 1112'),
  '22': value('Membership report v2 (0x16)', 'A host wants a group.', '主机要接收某个组。', 'RFC 2236'),
  '23': value('Leave group (0x17)', 'A host no longer wants a group.', '主机离开某个组。', 'RFC 2236'),
  '34': value('Membership report v3 (0x22)', 'A host reports groups and sources.', '主机报告组和源。', 'RFC 3376, 4.2'),
}
