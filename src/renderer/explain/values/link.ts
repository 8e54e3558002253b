// Values of link-layer fields: EtherTypes, ARP opcodes, packet types of Linux cooked capture.
import { value, type ValueTexts } from '../card'

/** EtherTypes (IANA "IEEE 802 Numbers"). */
export const etherTypes: ValueTexts = {
  '2048': value('IPv4 (0x0800)', 'An IPv4 datagram follows.', '其后是 IPv4 数据报。', 'RFC 894'),
  '2054': value('ARP (0x0806)', 'An ARP message follows.', '其后是 ARP 报文。', 'RFC 826'),
  '2114': value('Wake-on-LAN (0x0842)', 'Wakes a sleeping computer.', '唤醒休眠的计算机。'),
  '32821': value(
    'RARP (0x8035)',
    'Reverse ARP: from MAC address to IP address. Replaced by DHCP.',
    '逆地址解析：由 MAC 求 IP，已被 DHCP 取代。',
    'RFC 903',
  ),
  '33024': value('802.1Q (0x8100)', 'A VLAN tag follows.', '其后是 VLAN 标签。', 'IEEE 802.1Q'),
  '34525': value('IPv6 (0x86dd)', 'An IPv6 datagram follows.', '其后是 IPv6 数据报。', 'RFC 2464'),
  '34824': value('Flow control (0x8808)', 'Asks the link partner to pause.', '请求链路对端暂停发送。', 'IEEE 802.3, 31'),
  '34825': value(
    'Slow protocols (0x8809)',
    'Link aggregation (LACP) and its relatives.',
    '链路聚合（LACP）等慢速协议。',
    'IEEE 802.3, 57A',
  ),
  '34887': value('MPLS (0x8847)', 'MPLS labels follow.', '其后是 MPLS 标签。', 'RFC 3032'),
  '34888': value('MPLS multicast (0x8848)', 'MPLS labels follow, for multicast.', '其后是 MPLS 标签（组播）。', 'RFC 5332'),
  '34915': value('PPPoE discovery (0x8863)', 'Finds an access concentrator.', '发现接入集中器。', 'RFC 2516'),
  '34916': value('PPPoE session (0x8864)', 'Carries PPP over Ethernet.', '在以太网上承载 PPP。', 'RFC 2516'),
  '34958': value(
    'EAPOL (0x888e)',
    'Authentication before the network may be used (802.1X).',
    '接入网络前的认证（802.1X）。',
    'IEEE 802.1X',
  ),
  '34984': value(
    '802.1ad (0x88a8)',
    'Outer tag of a provider, another tag follows (QinQ).',
    '运营商外层标签，其后还有标签（QinQ）。',
    'IEEE 802.1ad',
  ),
  '35020': value('LLDP (0x88cc)', 'A device tells its neighbours who it is.', '设备向邻居通告自己的信息。', 'IEEE 802.1AB'),
  '35063': value('PTP (0x88f7)', 'Synchronises clocks precisely.', '精确同步时钟。', 'IEEE 1588'),
  '36864': value('Loopback test (0x9000)', 'A device tests its own connection.', '设备测试自身连接。'),
}

/** ARP opcodes (IANA "ARP Parameters"). */
export const arpOpcodes: ValueTexts = {
  '1': value('request', 'Who has this address? Sent to everybody.', '谁拥有这个地址？发给所有站点。', 'RFC 826'),
  '2': value('reply', 'The owner answers with its MAC address.', '拥有者以自己的 MAC 地址应答。', 'RFC 826'),
  '3': value('reverse request', 'Which IP address belongs to my MAC address? (RARP)', '我的 MAC 地址对应哪个 IP 地址？（RARP）', 'RFC 903'),
  '4': value('reverse reply', 'A RARP server answers.', 'RARP 服务器应答。', 'RFC 903'),
  '8': value('InARP request', 'Asks the other end of a circuit for its IP address.', '询问电路对端的 IP 地址。', 'RFC 2390'),
  '9': value('InARP reply', 'The other end answers.', '对端应答。', 'RFC 2390'),
}

/** Packet types of Linux cooked capture. */
export const slPacketTypes: ValueTexts = {
  '0': value('Unicast to us', 'Sent to this host by another one.', '由他人发给本机。'),
  '1': value('Broadcast', 'Sent to everybody on the link.', '发给链路上的所有站点。'),
  '2': value('Multicast', 'Sent to a group.', '发给一组站点。'),
  '3': value('Unicast to another host', 'Not for this host; seen in promiscuous mode.', '不是发给本机的；在混杂模式下看到。'),
  '4': value('Sent by us', 'Sent by this host.', '由本机发出。'),
}
