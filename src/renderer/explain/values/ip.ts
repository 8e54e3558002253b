// Values of IP header fields: protocol numbers, DSCP, ECN, IPv4 options, IPv6 routing types.
import { value, type ValueTexts } from '../card'

/** Protocol numbers of IPv4 and next headers of IPv6 (IANA "Protocol Numbers"). */
export const ipProtocols: ValueTexts = {
  '0': value('Hop-by-Hop Options', 'IPv6: options that every router reads.', 'IPv6：每个路由器都要读取的逐跳选项。', 'RFC 8200, 4.3'),
  '1': value('ICMP', 'Errors and diagnosis of IPv4.', 'IPv4 的差错报告与诊断。', 'RFC 792'),
  '2': value('IGMP', 'Hosts join and leave IPv4 multicast groups.', '主机加入和离开 IPv4 组播组。', 'RFC 3376'),
  '4': value('IPv4', 'An IPv4 datagram inside another (tunnel).', '封装的 IPv4 数据报（隧道）。', 'RFC 2003'),
  '6': value('TCP', 'A reliable byte stream.', '可靠的字节流。', 'RFC 9293'),
  '8': value('EGP', 'An old routing protocol between networks.', '早期的外部路由协议。', 'RFC 904'),
  '17': value('UDP', 'Single messages without guarantees.', '不保证送达的单个消息。', 'RFC 768'),
  '41': value('IPv6', 'An IPv6 datagram inside another (tunnel).', '封装的 IPv6 数据报（隧道）。', 'RFC 2473'),
  '43': value('IPv6 Routing', 'A routing header follows.', '其后是路由首部。', 'RFC 8200, 4.4'),
  '44': value('IPv6 Fragment', 'A fragment header follows.', '其后是分片首部。', 'RFC 8200, 4.5'),
  '46': value('RSVP', 'Reserves capacity along a path.', '沿路径预留资源。', 'RFC 2205'),
  '47': value('GRE', 'A general tunnel.', '通用路由封装隧道。', 'RFC 2784'),
  '50': value('ESP', 'Encrypted content (IPsec).', '加密的内容（IPsec）。', 'RFC 4303'),
  '51': value('AH', 'Signed, not encrypted (IPsec).', '认证但不加密（IPsec）。', 'RFC 4302'),
  '58': value('ICMPv6', 'Errors, diagnosis and neighbour discovery of IPv6.', 'IPv6 的差错报告、诊断与邻居发现。', 'RFC 4443'),
  '59': value('No Next Header', 'Nothing follows.', '其后没有内容。', 'RFC 8200, 4.7'),
  '60': value('Destination Options', 'IPv6: options for the receiver.', 'IPv6：供接收方读取的目的地选项。', 'RFC 8200, 4.6'),
  '88': value('EIGRP', 'A routing protocol.', '一种路由协议。', 'RFC 7868'),
  '89': value('OSPF', 'A routing protocol inside an organisation.', '内部网关路由协议。', 'RFC 2328'),
  '103': value('PIM', 'Multicast routing.', '组播路由。', 'RFC 7761'),
  '112': value('VRRP', 'Two routers share one address, one stands by.', '多台路由器共享一个地址，互为备份。', 'RFC 9568'),
  '115': value('L2TPv3', 'Carries link-layer frames over IP.', '在 IP 上承载链路层帧。', 'RFC 3931'),
  '132': value('SCTP', 'Reliable messages in several streams.', '多流的可靠消息传输。', 'RFC 9260'),
  '135': value('Mobility Header', 'Mobile IPv6.', '移动 IPv6。', 'RFC 6275'),
  '136': value('UDP-Lite', 'UDP with a checksum over part of the data.', '检验和只覆盖部分数据的 UDP。', 'RFC 3828'),
}

/** ECN code points (RFC 3168, 5). */
export const ecnCodes: ValueTexts = {
  '0': value(
    'Not-ECT',
    'The sender does not use ECN for this packet: under congestion it is dropped.',
    '发送方对该分组不使用 ECN，拥塞时会被丢弃。',
    'RFC 3168, 5',
  ),
  '1': value('ECT(1)', 'ECN is supported; also marks low-latency traffic (L4S).', '支持 ECN；也用于标记低时延流量（L4S）。', 'RFC 9331'),
  '2': value('ECT(0)', 'ECN is supported: a router may mark instead of drop.', '支持 ECN：路由器可以标记而不丢弃。', 'RFC 3168, 5'),
  '3': value('CE', 'Congestion experienced: a router on the way marked the packet.', '遇到拥塞：途中的路由器作了标记。', 'RFC 3168, 5'),
}

/** DSCP values with a name (IANA "Differentiated Services Field Codepoints"). */
export const dscpClasses: ValueTexts = {
  '0': value('CS0, default', 'Best effort, nothing special.', '尽力而为，无特殊处理。', 'RFC 2474'),
  '1': value('LE', 'Lower effort: only what is left over.', '低于尽力而为：只用剩余容量。', 'RFC 8622'),
  '8': value('CS1', 'Background, low priority.', '后台，低优先级。', 'RFC 2474'),
  '10': value('AF11', 'Assured forwarding class 1, dropped last.', '确保转发第 1 类，低丢弃优先级。', 'RFC 2597'),
  '12': value('AF12', 'Assured forwarding class 1, medium drop.', '确保转发第 1 类，中丢弃优先级。', 'RFC 2597'),
  '14': value('AF13', 'Assured forwarding class 1, dropped first.', '确保转发第 1 类，高丢弃优先级。', 'RFC 2597'),
  '16': value('CS2', 'Management of the network.', '网络运维管理。', 'RFC 4594'),
  '18': value('AF21', 'Assured forwarding class 2, dropped last: fast transactions.', '确保转发第 2 类，低丢弃：低时延事务。', 'RFC 2597'),
  '20': value('AF22', 'Assured forwarding class 2, medium drop.', '确保转发第 2 类，中丢弃优先级。', 'RFC 2597'),
  '22': value('AF23', 'Assured forwarding class 2, dropped first.', '确保转发第 2 类，高丢弃优先级。', 'RFC 2597'),
  '24': value('CS3', 'Broadcast video.', '广播视频。', 'RFC 4594'),
  '26': value('AF31', 'Assured forwarding class 3, dropped last: streaming.', '确保转发第 3 类，低丢弃：流媒体。', 'RFC 2597'),
  '28': value('AF32', 'Assured forwarding class 3, medium drop.', '确保转发第 3 类，中丢弃优先级。', 'RFC 2597'),
  '30': value('AF33', 'Assured forwarding class 3, dropped first.', '确保转发第 3 类，高丢弃优先级。', 'RFC 2597'),
  '32': value('CS4', 'Real-time interactive.', '实时交互。', 'RFC 4594'),
  '34': value('AF41', 'Assured forwarding class 4, dropped last: video calls.', '确保转发第 4 类，低丢弃：视频会议。', 'RFC 2597'),
  '36': value('AF42', 'Assured forwarding class 4, medium drop.', '确保转发第 4 类，中丢弃优先级。', 'RFC 2597'),
  '38': value('AF43', 'Assured forwarding class 4, dropped first.', '确保转发第 4 类，高丢弃优先级。', 'RFC 2597'),
  '40': value('CS5', 'Signalling.', '信令。', 'RFC 4594'),
  '44': value('VOICE-ADMIT', 'Voice with admission control.', '经准入控制的语音。', 'RFC 5865'),
  '46': value('EF', 'Expedited forwarding: voice, little delay.', '加速转发：语音，低时延。', 'RFC 3246'),
  '48': value('CS6', 'Routing protocols.', '路由协议。', 'RFC 2474'),
  '56': value('CS7', 'Reserved for the network itself.', '留给网络自身使用。', 'RFC 2474'),
}

/** IPv4 option types (IANA "IP Option Numbers"). */
export const ipOptionTypes: ValueTexts = {
  '0': value('End of Options List', 'No more options follow.', '其后没有选项。', 'RFC 791, 3.1'),
  '1': value('No Operation', 'One byte of filling.', '一个字节的填充。', 'RFC 791, 3.1'),
  '7': value('Record Route', 'Each router writes down its address.', '每个路由器写入自己的地址。', 'RFC 791, 3.1'),
  '68': value('Time Stamp', 'Each router writes down the time.', '每个路由器写入时间。', 'RFC 791, 3.1'),
  '130': value('Security', 'Classification of the content.', '内容的密级。', 'RFC 1108'),
  '131': value(
    'Loose Source Route',
    'Routers that must be passed, others may lie between. Usually blocked.',
    '必须经过的路由器，其间可有其他；通常被禁止。',
    'RFC 791, 3.1',
  ),
  '134': value('Commercial Security (CIPSO)', 'Security label.', '安全标签。'),
  '136': value('Stream ID', 'Obsolete.', '已废弃。', 'RFC 791, 3.1'),
  '137': value('Strict Source Route', 'The exact list of routers. Usually blocked.', '精确的路由器列表；通常被禁止。', 'RFC 791, 3.1'),
  '148': value('Router Alert', 'Asks every router to look into the packet.', '请每个路由器检查该分组。', 'RFC 2113'),
}

/** IPv6 routing header types. */
export const routingTypes: ValueTexts = {
  '0': value(
    'Source route (deprecated)',
    'Lists nodes to visit. Forbidden, because it could be abused to multiply traffic.',
    '列出要经过的节点；因可被用来放大流量而禁止使用。',
    'RFC 5095',
  ),
  '2': value('Mobile IPv6', 'Home address of a mobile node.', '移动节点的家乡地址。', 'RFC 6275'),
  '3': value('RPL source route', 'Source route in networks of small devices.', '低功耗网络中的源路由。', 'RFC 6554'),
  '4': value('Segment routing (SRH)', 'A list of segments the packet visits in order.', '分组依次经过的段列表。', 'RFC 8754'),
}

/** What an IPv6 node does with an option it does not know (two highest bits of the type). */
export const optionActions: ValueTexts = {
  '0': value('Skip', 'Skip the option and go on.', '跳过该选项继续处理。', 'RFC 8200, 4.2'),
  '1': value('Discard', 'Drop the packet silently.', '直接丢弃分组。', 'RFC 8200, 4.2'),
  '2': value(
    'Discard and report',
    'Drop the packet and send an ICMPv6 Parameter Problem.',
    '丢弃并发送 ICMPv6 参数问题报文。',
    'RFC 8200, 4.2',
  ),
  '3': value(
    'Discard, report unless multicast',
    'Drop the packet; report only if the destination is no multicast group.',
    '丢弃；仅当目的地址不是组播时报告。',
    'RFC 8200, 4.2',
  ),
}
