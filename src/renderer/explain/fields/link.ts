// Link layer: Ethernet, VLAN tags, LLC and SNAP, Linux cooked capture, null/loopback; and ARP.
import { card, type FieldTexts } from '../card'
import { etherTypes, arpOpcodes, slPacketTypes } from '../values/link'

const IG: FieldTexts[string] = card(['IG bit', 'I/G 位（单播/组播）'], 'IEEE 802, 8.2', [
  'Lowest bit of the first byte: 0 is one station (unicast), 1 a group (multicast or broadcast).',
  '第一个字节的最低位：0 为单个站点（单播），1 为一组站点（组播或广播）。',
])
const LG: FieldTexts[string] = card(
  ['LG bit', 'G/L 位（全局/本地）'],
  'IEEE 802, 8.4',
  [
    '0: assigned by the maker and unique in the world. 1: set locally, by software.',
    '0 表示由厂商分配、全球唯一；1 表示由软件在本地设定。',
  ],
  ['Virtual machines, containers and phones that hide their identity use local addresses.', '虚拟机、容器以及隐藏身份的手机常用本地地址。'],
)
const OUI: FieldTexts[string] = card(['OUI', '组织唯一标识符（OUI）'], 'IEEE 802, 8.1', [
  'The first three bytes of the address, which IEEE gives to a maker.',
  '地址的前三个字节，由 IEEE 分配给厂商。',
])

/** Cards of the link layer. */
export const linkFields: FieldTexts = {
  eth: card(['Ethernet', '以太网'], 'IEEE 802.3', [
    'Carries a packet over one link, from one network card to the next. At each router the Ethernet header is replaced.',
    '在一段链路上把分组从一块网卡送到下一块网卡；每经过一个路由器都会更换以太网首部。',
  ]),
  'eth.dst': card(
    ['Destination MAC address', '目的 MAC 地址'],
    'IEEE 802.3, 3.2.4',
    [
      'The network card on this link that is to take the frame. ff:ff:ff:ff:ff:ff is everyone.',
      '本链路上应接收该帧的网卡；ff:ff:ff:ff:ff:ff 表示所有站点（广播）。',
    ],
    [
      'For a host on another network it is the router’s address: MAC addresses only reach as far as the link.',
      '目的主机在其他网络时这里是路由器的地址：MAC 地址只在本链路内有效。',
    ],
  ),
  'eth.src': card(['Source MAC address', '源 MAC 地址'], 'IEEE 802.3, 3.2.5', [
    'The network card that put this frame on the link. Switches learn from it where a station is.',
    '把该帧发送到链路上的网卡；交换机据此学习站点所在的端口。',
  ]),
  'eth.addr': card(['Source or destination address', '源或目的 MAC 地址'], 'IEEE 802.3', [
    'Stands for either address, so that one filter finds both directions.',
    '代表两个地址中的任意一个，便于过滤两个方向。',
  ]),
  'eth.type': card(
    ['EtherType', '以太类型'],
    'IEEE 802.3, 3.2.6',
    [
      'Which protocol the payload is. Values from 1536 are types, up to 1500 a length.',
      '指明负载所属的协议；1536 及以上为类型，1500 及以下为长度。',
    ],
    undefined,
    etherTypes,
  ),
  'eth.len': card(['Length', '长度'], 'IEEE 802.3, 3.2.6', [
    'Bytes of payload; the protocol is then named by the LLC header.',
    '负载字节数，此时由 LLC 首部指明协议。',
  ]),
  'eth.ig': IG,
  'eth.dst.ig': IG,
  'eth.src.ig': IG,
  'eth.lg': LG,
  'eth.dst.lg': LG,
  'eth.src.lg': LG,
  'eth.addr.oui': OUI,
  'eth.dst.oui': OUI,
  'eth.src.oui': OUI,
  'eth.padding': card(['Padding', '填充'], 'IEEE 802.3, 3.2.8', [
    'Zeros that bring a short frame to the minimum of 64 bytes (60 without FCS).',
    '把短帧补足到最小 64 字节（不含 FCS 为 60）的填充。',
  ]),
  'eth.trailer': card(['Trailer', '尾部'], '', [
    'Bytes after the end of the packet that is inside: padding, or what a switch or capture device added.',
    '内部分组结束之后的字节：填充，或交换机、捕获设备附加的内容。',
  ]),
  'eth.fcs': card(['Frame check sequence', '帧检验序列（FCS）'], 'IEEE 802.3, 3.2.9', [
    'CRC-32 over the frame. Network cards check and remove it, so captures seldom have it.',
    '对整帧的 CRC-32；网卡检查后会去掉它，因此捕获中很少见到。',
  ]),
  'eth.fcs.status': card(['FCS status', 'FCS 状态'], '', [
    'Whether the frame check sequence was checked, and the result.',
    '是否检查了帧检验序列及其结果。',
  ]),
  'eth.invalid_lentype': card(['Invalid length or type', '无效的长度/类型'], 'IEEE 802.3, 3.2.6', [
    'A value between 1501 and 1535 is neither a length nor a type.',
    '1501 到 1535 之间的值既不是长度也不是类型。',
  ]),
  'eth.invalid_lentype.expert': card(['Invalid length or type', '无效的长度/类型'], 'IEEE 802.3, 3.2.6', [
    'A value between 1501 and 1535 is neither a length nor a type.',
    '1501 到 1535 之间的值既不是长度也不是类型。',
  ]),
  'eth.len.past_end': card(['Length past the end', '长度超出帧尾'], 'IEEE 802.3, 3.2.6', [
    'The length promises more bytes than the frame has.',
    '长度字段大于帧中的实际字节数。',
  ]),
  'eth.padding_bad': card(['Padding is not zero', '填充不为零'], 'IEEE 802.3, 3.2.8', [
    'The padding holds other bytes than zero: old memory of a driver, or data of somebody.',
    '填充中有非零字节：驱动程序遗留的内存，或他人的数据。',
  ]),
  'eth.fcs_bad': card(['Bad frame check sequence', 'FCS 错误'], 'IEEE 802.3, 3.2.9', [
    'The frame was damaged, or the last four bytes are no FCS.',
    '帧已损坏，或最后四个字节并非 FCS。',
  ]),
  'eth.src_not_group': card(['Group address as source', '源地址为组地址'], 'IEEE 802.3, 3.2.3', [
    'A source must be one station, not a group.',
    '源地址必须是单个站点，不能是组地址。',
  ]),
  'vlan.len.past_end': card(['Length past the end', '长度超出帧尾'], 'IEEE 802.3, 3.2.6', [
    'The length promises more bytes than the frame has.',
    '长度字段大于帧中的实际字节数。',
  ]),
  ieee8021ad: card(['802.1ad provider tag', '802.1ad 运营商标签'], 'IEEE 802.1ad', [
    'Outer VLAN tag of a provider; the customer’s tag follows (QinQ).',
    '运营商的外层 VLAN 标签，其后是客户标签（QinQ）。',
  ]),
  'ieee8021ad.id': card(['Service VLAN ID', '业务 VLAN 编号'], 'IEEE 802.1ad', [
    'VLAN in the provider’s network.',
    '运营商网络中的 VLAN。',
  ]),
  vlan: card(['802.1Q VLAN tag', '802.1Q VLAN 标签'], 'IEEE 802.1Q', [
    'Four bytes that say which virtual LAN a frame belongs to, so that one cable carries many networks.',
    '用四个字节说明帧属于哪个虚拟局域网，使一根线缆可承载多个网络。',
  ]),
  'vlan.id': card(['VLAN ID', 'VLAN 编号'], 'IEEE 802.1Q, 9.6', [
    'Number of the virtual LAN, 1 to 4094. 0 only carries a priority.',
    '虚拟局域网的编号，1 到 4094；0 只表示优先级。',
  ]),
  'vlan.priority': card(['Priority', '优先级（PCP）'], 'IEEE 802.1Q, 6.9.3', [
    'Class of traffic from 0 to 7. 1 is the lowest (background), 0 best effort, 7 network control.',
    '流量类别 0 到 7：1 最低（后台），0 为尽力而为，7 为网络控制。',
  ]),
  'vlan.dei': card(['DEI', 'DEI（可丢弃指示）'], 'IEEE 802.1Q, 6.9.3', [
    'May be dropped first when a switch is overloaded.',
    '交换机过载时可优先丢弃。',
  ]),
  'vlan.cfi': card(['CFI', 'CFI'], 'IEEE 802.1Q-2005', [
    'Old meaning of the DEI bit: address format of Token Ring.',
    'DEI 位的旧含义：令牌环地址格式。',
  ]),
  'vlan.etype': card(
    ['EtherType', '以太类型'],
    'IEEE 802.1Q, 9.3',
    ['Which protocol follows the tag.', '标签之后的协议。'],
    undefined,
    etherTypes,
  ),
  'vlan.len': card(['Length', '长度'], 'IEEE 802.3, 3.2.6', ['Bytes of payload after the tag.', '标签之后的负载字节数。']),
  'vlan.trailer': card(['Trailer', '尾部'], '', ['Bytes after the end of the packet inside.', '内部分组结束之后的字节。']),
  'vlan.id_name': card(['VLAN name', 'VLAN 名称'], '', ['Name of the VLAN, if one was given.', 'VLAN 的名称（如有）。']),
  'vlan.too_many_tags': card(['Too many tags', '标签过多'], '', [
    'More tags in a row than a network uses.',
    '连续的标签多于网络中的正常用法。',
  ]),
  llc: card(['Logical Link Control', '逻辑链路控制（LLC）'], 'IEEE 802.2', [
    'Names the protocol inside a frame whose Ethernet header has a length instead of a type.',
    '当以太网首部是长度而非类型时，由它指明帧内的协议。',
  ]),
  'llc.dsap': card(['DSAP', '目的服务访问点（DSAP）'], 'IEEE 802.2, 3.2', [
    'Which protocol is to receive the content. 0xaa means SNAP follows.',
    '应接收内容的协议；0xaa 表示后接 SNAP。',
  ]),
  'llc.ssap': card(['SSAP', '源服务访问点（SSAP）'], 'IEEE 802.2, 3.2', ['Which protocol sent the content.', '发送内容的协议。']),
  'llc.dsap.sap': card(['SAP', '服务访问点'], 'IEEE 802.2, 3.3', ['The access point without its lowest bit.', '去掉最低位的服务访问点。']),
  'llc.ssap.sap': card(['SAP', '服务访问点'], 'IEEE 802.2, 3.3', ['The access point without its lowest bit.', '去掉最低位的服务访问点。']),
  'llc.dsap.ig': card(['IG bit', 'I/G 位'], 'IEEE 802.2, 3.3', ['0: one access point, 1: a group.', '0 表示单个访问点，1 表示一组。']),
  'llc.ssap.cr': card(['CR bit', 'C/R 位'], 'IEEE 802.2, 3.3', ['0: command, 1: response.', '0 为命令，1 为响应。']),
  'llc.control': card(['Control field', '控制字段'], 'IEEE 802.2, 5', [
    'Type of frame. 0x03 (UI) just carries data; the others run a connection with numbers.',
    '帧类型；0x03（UI）仅携带数据，其他用于带编号的连接。',
  ]),
  'llc.control.ftype': card(['Frame type', '帧类型'], 'IEEE 802.2, 5', [
    'Information, supervisory or unnumbered.',
    '信息帧、监控帧或无编号帧。',
  ]),
  'llc.control.n_s': card(['N(S)', 'N(S)'], 'IEEE 802.2, 5', ['Number of this frame.', '本帧的编号。']),
  'llc.control.n_r': card(['N(R)', 'N(R)'], 'IEEE 802.2, 5', ['Number of the next frame expected.', '期望的下一帧编号。']),
  'llc.oui': card(['Organization code', '组织代码'], 'IEEE 802, 9.5', [
    'Whose numbers the following type uses. 00:00:00 means EtherTypes.',
    '说明其后类型所用的编号体系；00:00:00 表示以太类型。',
  ]),
  'llc.type': card(['Type', '类型'], 'IEEE 802, 9.5', ['Which protocol follows.', '其后的协议。'], undefined, etherTypes),
  sll: card(['Linux cooked capture', 'Linux 伪链路层（SLL）'], 'LINKTYPE_LINUX_SLL', [
    'A header that Linux makes up when the real link header is not available, as on the interface "any".',
    '无法得到真实链路首部时（如 any 接口）由 Linux 生成的伪首部。',
  ]),
  'sll.pkttype': card(
    ['Packet type', '分组类型'],
    'LINKTYPE_LINUX_SLL',
    ['Whether the packet was for this host, for others, or sent by it.', '分组是发给本机、发给他人还是由本机发出。'],
    undefined,
    slPacketTypes,
  ),
  'sll.hatype': card(['Address type', '地址类型'], 'LINKTYPE_LINUX_SLL', [
    'Kind of link: 1 Ethernet, 772 loopback.',
    '链路种类：1 为以太网，772 为环回。',
  ]),
  'sll.halen': card(['Address length', '地址长度'], 'LINKTYPE_LINUX_SLL', [
    'Bytes of the link address that count.',
    '链路地址的有效字节数。',
  ]),
  'sll.src.eth': card(['Source', '源地址'], 'LINKTYPE_LINUX_SLL', [
    'Link address of the sender. There is no destination in this format.',
    '发送方的链路地址；此格式没有目的地址。',
  ]),
  'sll.src.other': card(['Source', '源地址'], 'LINKTYPE_LINUX_SLL', ['Link address of the sender.', '发送方的链路地址。']),
  'sll.src.ipv4': card(['Source', '源地址'], 'LINKTYPE_LINUX_SLL', [
    'Link address of the sender, here an IPv4 address (tunnel).',
    '发送方的链路地址，此处为 IPv4 地址（隧道）。',
  ]),
  'sll.unused': card(['Unused', '未使用'], 'LINKTYPE_LINUX_SLL', ['Bytes that fill the address field.', '补足地址字段的字节。']),
  'sll.etype': card(
    ['Protocol', '协议'],
    'LINKTYPE_LINUX_SLL',
    ['Which protocol follows, as an EtherType.', '其后的协议，用以太类型表示。'],
    undefined,
    etherTypes,
  ),
  'sll.ltype': card(['Protocol', '协议'], 'LINKTYPE_LINUX_SLL', [
    'Which protocol follows, as a number of Linux.',
    '其后的协议，用 Linux 的编号表示。',
  ]),
  'sll.ifindex': card(['Interface index', '接口索引'], 'LINKTYPE_LINUX_SLL2', [
    'Number of the interface on the machine that recorded.',
    '记录主机上接口的编号。',
  ]),
  'sll.trailer': card(['Trailer', '尾部'], '', ['Bytes after the packet inside.', '内部分组之后的字节。']),
  null: card(['Null/Loopback', '环回伪首部'], 'LINKTYPE_NULL', [
    'Four bytes before packets of a BSD or macOS loopback interface.',
    'BSD 或 macOS 环回接口分组前的四个字节。',
  ]),
  'null.family': card(['Family', '地址族'], 'LINKTYPE_NULL', [
    '2 is IPv4; IPv6 is 24, 28 or 30, depending on the system.',
    '2 为 IPv4；IPv6 依系统不同为 24、28 或 30。',
  ]),
  arp: card(
    ['Address Resolution Protocol', '地址解析协议（ARP）'],
    'RFC 826',
    [
      'Finds the MAC address that belongs to an IPv4 address on the same link: one asks all, the owner answers.',
      '在同一链路上由 IPv4 地址求出 MAC 地址：广播询问，拥有者应答。',
    ],
    ['Answers are not verified: any host can claim any address (ARP spoofing).', '应答不经验证，任何主机都可冒充任意地址（ARP 欺骗）。'],
  ),
  'arp.hw.type': card(['Hardware type', '硬件类型'], 'RFC 826', ['Kind of link address. 1 is Ethernet.', '链路地址的种类，1 为以太网。']),
  'arp.proto.type': card(
    ['Protocol type', '协议类型'],
    'RFC 826',
    [
      'Kind of network address that is looked up, as an EtherType. 0x0800 is IPv4.',
      '所解析的网络地址种类，用以太类型表示；0x0800 为 IPv4。',
    ],
    undefined,
    etherTypes,
  ),
  'arp.hw.size': card(['Hardware size', '硬件地址长度'], 'RFC 826', [
    'Bytes of a link address: 6 for Ethernet.',
    '链路地址的字节数，以太网为 6。',
  ]),
  'arp.proto.size': card(['Protocol size', '协议地址长度'], 'RFC 826', [
    'Bytes of a network address: 4 for IPv4.',
    '网络地址的字节数，IPv4 为 4。',
  ]),
  'arp.opcode': card(['Opcode', '操作码'], 'RFC 826', ['What this message does.', '此消息的作用。'], undefined, arpOpcodes),
  'arp.src.hw_mac': card(['Sender MAC address', '发送方 MAC 地址'], 'RFC 826', [
    'Link address of the sender. In a reply this is the answer.',
    '发送方的链路地址；在应答中这就是答案。',
  ]),
  'arp.src.hw': card(['Sender hardware address', '发送方硬件地址'], 'RFC 826', ['Link address of the sender.', '发送方的链路地址。']),
  'arp.src.proto_ipv4': card(['Sender IP address', '发送方 IP 地址'], 'RFC 826', [
    'Network address of the sender. 0.0.0.0 in a probe, when the sender does not own an address yet.',
    '发送方的网络地址；探测时尚无地址，为 0.0.0.0。',
  ]),
  'arp.src.proto': card(['Sender protocol address', '发送方协议地址'], 'RFC 826', ['Network address of the sender.', '发送方的网络地址。']),
  'arp.dst.hw_mac': card(['Target MAC address', '目标 MAC 地址'], 'RFC 826', [
    'In a request it is unknown and usually all zero; in a reply it is the one who asked.',
    '请求中未知，通常全零；应答中为询问者的地址。',
  ]),
  'arp.dst.hw': card(['Target hardware address', '目标硬件地址'], 'RFC 826', ['Link address of the target.', '目标的链路地址。']),
  'arp.dst.proto_ipv4': card(['Target IP address', '目标 IP 地址'], 'RFC 826', [
    'The address that is looked up, or in a reply the one who asked.',
    '要查询的地址；应答中为询问者的地址。',
  ]),
  'arp.dst.proto': card(['Target protocol address', '目标协议地址'], 'RFC 826', ['Network address of the target.', '目标的网络地址。']),
  'arp.isgratuitous': card(
    ['Is gratuitous', '免费 ARP'],
    'RFC 5227, 3',
    [
      'Sender and target address are the same: nobody is asked, the sender tells everybody who owns the address.',
      '发送方与目标地址相同：并非询问，而是告诉所有站点该地址属于谁。',
    ],
    [
      'Sent when an interface comes up or an address moves to another machine (failover). Also a sign of spoofing.',
      '接口启用或地址迁移（故障切换）时发送；也可能是欺骗的迹象。',
    ],
  ),
  'arp.isprobe': card(['Is probe', 'ARP 探测'], 'RFC 5227, 2.1', [
    'Asks whether an address is free before using it: the sender address is 0.0.0.0.',
    '在使用地址之前询问它是否空闲：发送方地址为 0.0.0.0。',
  ]),
  'arp.isannouncement': card(['Is announcement', 'ARP 通告'], 'RFC 5227, 2.3', [
    'Announces that the sender uses this address from now on.',
    '宣布发送方从现在起使用该地址。',
  ]),
  'arp.duplicate-address-detected': card(
    ['Duplicate address', '地址冲突'],
    'RFC 5227, 2.4',
    ['Two MAC addresses claim the same IP address.', '两个 MAC 地址声称拥有同一 IP 地址。'],
    ['A configuration mistake, a failover, or ARP spoofing.', '可能是配置错误、故障切换或 ARP 欺骗。'],
  ),
  'arp.duplicate-address-frame': card(['Frame showing earlier use', '先前使用该地址的帧'], '', [
    'The packet in which another MAC address had this IP address.',
    '另一 MAC 地址曾使用此 IP 地址的分组。',
  ]),
  'arp.seconds-since-duplicate-address-frame': card(['Seconds since earlier frame', '距先前帧的秒数'], '', [
    'Time since the other MAC address was seen with this IP address.',
    '距另一 MAC 地址使用此 IP 地址的时间。',
  ]),
  'arp.packet-storm-detected': card(['ARP packet storm', 'ARP 风暴'], '', [
    'Very many ARP requests in a short time.',
    '短时间内出现大量 ARP 请求。',
  ]),
}
