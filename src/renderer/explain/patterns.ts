// Cards for families of fields, where a card of their own would say the same for each.
import { card, type FieldText } from './card'

/** A family: names it covers, and what to say of them. The first that fits wins. */
export const fieldPatterns: readonly (readonly [RegExp, FieldText])[] = [
  [
    /^http2\.flags\.unused/,
    card(['Unused flags', '未使用的标志'], 'RFC 9113, 4.1', [
      'Flags without a meaning in this type; always 0.',
      '在此类型中没有含义的标志，总为 0。',
    ]),
  ],
  [/^http2\..*padding$/, card(['Padding', '填充'], 'RFC 9113, 6.1', ['Bytes without a meaning.', '没有含义的字节。'])],
  [
    /^http2\.headers\./,
    card(['Header field', '首部字段'], 'RFC 9110', [
      'A header field; it means what it means in HTTP/1.1.',
      '首部字段，含义与 HTTP/1.1 相同。',
    ]),
  ],
  [
    /^http2\.(header|headers|push_promise|continuation|fake|header_table_size_update)\./,
    card(['Part of a header block', '首部块的一部分'], 'RFC 7541', [
      'Part of a header block as HPACK writes it.',
      'HPACK 首部块的一部分。',
    ]),
  ],
  [
    /^http2\.(body\.|data\.segment|reassembly_error)/,
    card(['Reassembled body', '重组的主体'], '', ['How the body was put together from DATA frames.', '由各 DATA 帧重组主体的情况。']),
  ],
  [
    /^http2\.(altsvc|origin|priority_update)/,
    card(['Extension frame', '扩展帧'], 'RFC 7838, RFC 8336 and RFC 9218', [
      'Part of a frame that an extension of HTTP/2 defines.',
      'HTTP/2 扩展所定义的帧的一部分。',
    ]),
  ],
  [
    /^http2\.(settings\.unknown|unknown|goway\.r|window_update\.r)$/,
    card(['Unknown or reserved', '未知或保留'], 'RFC 9113, 5.5', ['Receivers ignore it.', '接收方忽略它。']),
  ],
  [
    /^tcp\.options\.mptcp\./,
    card(['Multipath TCP', '多路径 TCP'], 'RFC 8684', [
      'Part of a Multipath TCP option: one connection over several paths at once.',
      '多路径 TCP 选项的一部分：一个连接同时使用多条路径。',
    ]),
  ],
  [
    /^(tcp\.options\.rvbd|tcp\.options\.rvbd\..*)/,
    card(['Riverbed option', 'Riverbed 选项'], '', [
      'WAN optimisers of one vendor find and mark each other’s connections.',
      '某厂商的广域网优化设备用它互相发现并标记连接。',
    ]),
  ],
  [
    /^tcp\.options\.(scps|snack|scpsflags)/,
    card(['SCPS option', 'SCPS 选项'], 'CCSDS 714.0', ['TCP for links through space.', '用于空间链路的 TCP。']),
  ],
  [
    /^tcp\.options\.(tar|tarr)\b/,
    card(['TCP ACK rate option', 'TCP ACK 速率选项'], '', [
      'Asks the other side to acknowledge less often (experiment).',
      '请求对方减少确认频率（实验）。',
    ]),
  ],
  [
    /^tcp\.(options\.timestamp\.tsval\.)?syncookie\./,
    card(['SYN cookie', 'SYN cookie'], 'RFC 4987, 3.6', [
      'Part of the sequence number read as a SYN cookie.',
      '把序号当作 SYN cookie 解读的一部分。',
    ]),
  ],
  [
    /^(tcp|udp)\.proc\./,
    card(['Process', '进程'], '', [
      'The program at one end, as the recording system (IPFIX) reported it.',
      '由记录系统（IPFIX）报告的一端的程序。',
    ]),
  ],
  [
    /^tcp\.options\.experimental\./,
    card(['Experimental option', '实验选项'], 'RFC 6994', ['Part of an option for experiments.', '实验选项的一部分。']),
  ],
  [
    /^ip\.cipso\.|^ip\.opt\.(sec_|ext_sec|cipso)/,
    card(['IP security label', 'IP 安全标签'], 'RFC 1108', [
      'Classification of the content, used in closed networks.',
      '内容的密级标签，用于封闭网络。',
    ]),
  ],
  [
    /^(ip|ipv6)\.opt\.qs_/,
    card(['Quick-Start option', '快速启动选项'], 'RFC 4782', [
      'Asks the routers on the path for a high starting rate (experiment).',
      '向路径上的路由器申请较高的起始速率（实验）。',
    ]),
  ],
  [
    /^ieee8021ad\./,
    card(['802.1ad tag', '802.1ad 标签'], 'IEEE 802.1ad', ['Part of a provider’s VLAN tag.', '运营商 VLAN 标签的一部分。']),
  ],
  [
    /^ip\.opt\./,
    card(['IPv4 option', 'IPv4 选项'], 'RFC 791, 3.1', [
      'Part of an IPv4 option. Options are rare and often dropped by routers.',
      'IPv4 选项的一部分；选项很少使用，常被路由器丢弃。',
    ]),
  ],
  [
    /^(ip|ipv6)\.geoip\./,
    card(['Location of the address', '地址的地理位置'], '', [
      'From a database of addresses, not from the packet. It may be wrong.',
      '来自地址数据库而非分组，可能有误。',
    ]),
  ],
  [
    /^ip\.(.*_)?host$|^ip\.(src|dst)_host$|^ipv6\.(src_|dst_)?host$/,
    card(['Host name', '主机名'], '', [
      'The name of the address where it is known from this capture, else the address.',
      '若本捕获中可知则为该地址的名称，否则为地址本身。',
    ]),
  ],
  [/^ipv6\.opt\.calipso\./, card(['CALIPSO', 'CALIPSO 安全标签'], 'RFC 5570', ['Security label for IPv6.', 'IPv6 的安全标签。'])],
  [
    /^ipv6\.opt\.ioam\./,
    card(['In situ OAM', '随流检测（IOAM）'], 'RFC 9197', [
      'Measurements that routers write into the packet.',
      '路由器写入分组的测量信息。',
    ]),
  ],
  [
    /^ipv6\.opt\.pdm\./,
    card(['Performance and diagnostic metrics', '性能与诊断度量'], 'RFC 8250', [
      'Numbers and times for measuring delay.',
      '用于测量时延的编号与时间。',
    ]),
  ],
  [
    /^ipv6\.opt\.(mpl|smf_dpd|dff|rpl|tel|lio|mipv6|ilnp|tpf|pmtu)/,
    card(['IPv6 option', 'IPv6 选项'], 'RFC 8200, 4.2', ['Part of a special IPv6 option.', '某种特殊 IPv6 选项的一部分。']),
  ],
  [
    /^ipv6\.opt[._]/,
    card(['IPv6 option', 'IPv6 选项'], 'RFC 8200, 4.2', ['Part of an option in an extension header.', '扩展首部中选项的一部分。']),
  ],
  [
    /^ipv6\.routing\.(srh|rpl|crh)/,
    card(['Routing header', '路由首部'], 'RFC 8754', [
      'Part of a routing header: where the packet goes next.',
      '路由首部的一部分：分组接下来去往何处。',
    ]),
  ],
  [/^ipv6\.routing\./, card(['Routing header', '路由首部'], 'RFC 8200, 4.4', ['Part of a routing header.', '路由首部的一部分。'])],
  [
    /^ipv6\.(src_|dst_)?6to4_/,
    card(['6to4 address', '6to4 地址'], 'RFC 3056', [
      'What an address of a 6to4 tunnel contains: the IPv4 address of the gateway and a subnet number.',
      '6to4 隧道地址中包含的网关 IPv4 地址与子网号。',
    ]),
  ],
  [
    /^ipv6\.(src_|dst_)?(ts|tc)_/,
    card(['Teredo address', 'Teredo 地址'], 'RFC 4380', [
      'What an address of a Teredo tunnel contains: server, and the client’s address and port, inverted.',
      'Teredo 隧道地址中包含的服务器以及按位取反的客户端地址与端口。',
    ]),
  ],
  [
    /^ipv6\.(src_|dst_)?(isatap|embed)_/,
    card(['Embedded IPv4 address', '内嵌的 IPv4 地址'], 'RFC 6052 and RFC 5214', [
      'An IPv4 address inside the IPv6 address.',
      'IPv6 地址中内嵌的 IPv4 地址。',
    ]),
  ],
  [
    /^ipv6\.(src_|dst_|sa_)?slaac_?mac$|^ipv6\.slaac_mac$|^ipv6\.(src|dst)_sa_mac$/,
    card(['MAC address in the IPv6 address', 'IPv6 地址中的 MAC 地址'], 'RFC 4862 and RFC 4291, App. A', [
      'This address was formed from a MAC address (EUI-64). It follows the device wherever it goes, so systems now use random ones.',
      '该地址由 MAC 地址生成（EUI-64），会随设备到处暴露身份，因此现在的系统改用随机地址。',
    ]),
  ],
  [
    /^ipv6\.src_route_list|^ipv6\.(invalid|dst_addr)/,
    card(['Header problem', '首部问题'], 'RFC 8200', ['Something in the IPv6 header is not as it should be.', 'IPv6 首部中有不合规之处。']),
  ],
  [
    /^icmp\.mip\./,
    card(['Mobile IP', '移动 IP'], 'RFC 5944', ['Part of an announcement for mobile hosts.', '面向移动主机的通告的一部分。']),
  ],
  [
    /^icmp\.mpls/,
    card(['MPLS label', 'MPLS 标签'], 'RFC 4950', [
      'The MPLS labels the packet had at the router that reports.',
      '报告路由器处该分组的 MPLS 标签。',
    ]),
  ],
  [
    /^icmp\.int_info/,
    card(['Interface information', '接口信息'], 'RFC 5837', ['The interface of the router that reports.', '报告路由器的接口。']),
  ],
  [
    /^icmp\.(ext|int_ident)/,
    card(['ICMP extension', 'ICMP 扩展'], 'RFC 4884 and RFC 8335', [
      'Extra information after the quoted packet, or about an interface.',
      '引用分组之后的附加信息，或关于接口的信息。',
    ]),
  ],
  [/^icmpv6\.ext\./, card(['Extended echo', '扩展回送'], 'RFC 8335', ['Asks about an interface of the other side.', '询问对方的接口。'])],
  [/^icmpv6\.rpl\./, card(['RPL', 'RPL 路由'], 'RFC 6550', ['Routing in networks of small devices.', '低功耗有损网络中的路由。'])],
  [
    /^icmpv6\.(mip6|opt\.(home_agent|advertisement_interval|map|hai|ipa|mn|lla|naack|nrpi|hkr)|fmip6)/,
    card(['Mobile IPv6', '移动 IPv6'], 'RFC 6275', ['Part of a message for mobile hosts.', '面向移动主机的报文的一部分。']),
  ],
  [/^icmpv6\.rr\./, card(['Router renumbering', '路由器重编号'], 'RFC 2894', ['Changes prefixes on routers.', '更改路由器上的前缀。'])],
  [
    /^icmpv6\.(ni|ilnp|mpl|mcast_ra|send)\b/,
    card(['ICMPv6, special use', 'ICMPv6 特殊用途'], 'RFC 4443', ['Part of a rare ICMPv6 message.', '少见的 ICMPv6 报文的一部分。']),
  ],
  [
    /^icmpv6\.opt\.(6co|6cio|abro|aro)/,
    card(['6LoWPAN option', '6LoWPAN 选项'], 'RFC 6775', ['Neighbour discovery for small devices.', '面向小型设备的邻居发现。']),
  ],
  [
    /^icmpv6\.opt\./,
    card(['Neighbour discovery option', '邻居发现选项'], 'RFC 4861, 4.6', [
      'Part of an option of neighbour discovery.',
      '邻居发现选项的一部分。',
    ]),
  ],
  [
    /^icmpv6\.(nd|mld|mldr)\./,
    card(['Neighbour or listener discovery', '邻居或侦听者发现'], 'RFC 4861 and RFC 3810', [
      'Part of a message between neighbours on the link.',
      '本链路邻居之间报文的一部分。',
    ]),
  ],
  [/^icmpv6\./, card(['ICMPv6 field', 'ICMPv6 字段'], 'RFC 4443', ['Part of an ICMPv6 message.', 'ICMPv6 报文的一部分。'])],
  [
    /^igmp\./,
    card(['IGMP field', 'IGMP 字段'], 'RFC 3376', [
      'Part of an IGMP message, perhaps of an old version.',
      'IGMP 报文的一部分，可能属于旧版本。',
    ]),
  ],
  [
    /^arp\.(src|dst)\.(hlen|htype|slen|stype|pln)|^arp\.(src|dst)\..*|^arp\.atm/,
    card(['ARP for other links', '其他链路的 ARP'], 'RFC 2225', [
      'Addresses of links that are not Ethernet, such as ATM.',
      'ATM 等非以太网链路的地址。',
    ]),
  ],
  [
    /_resolved$/,
    card(['Resolved name', '解析出的名称'], '', [
      'A name for the address: from a list of makers or from this capture. Not in the packet.',
      '地址的名称，来自厂商列表或本捕获，不在分组中。',
    ]),
  ],
  [
    /^dns\.(rrsig|ds|dnskey|nsec|nsec3|key|nxt|tlsa|sshfp|cert|ipseckey)\b/,
    card(['DNSSEC and keys', 'DNSSEC 与密钥'], 'RFC 4034', [
      'Part of a record that signs other records or holds a key or its fingerprint, so that forged answers are noticed.',
      '用于签名其他记录或存放密钥及其摘要的记录的一部分，使伪造的应答能被发现。',
    ]),
  ],
  [
    /^dns\.(tsig|tkey)\b/,
    card(['Signed message', '签名报文'], 'RFC 8945', [
      'Part of the signature of this message with a shared key.',
      '用共享密钥对本报文签名的一部分。',
    ]),
  ],
  [
    /^dns\.(svcb|svcparams?)\b/,
    card(['Service binding', '服务绑定'], 'RFC 9460', [
      'How to reach a service: versions, ports, addresses, keys.',
      '如何到达某服务：版本、端口、地址、密钥。',
    ]),
  ],
  [/^dns\.opt\./, card(['EDNS option', 'EDNS 选项'], 'RFC 6891, 6.1.2', ['Part of an EDNS option.', 'EDNS 选项的一部分。'])],
  [
    /^dns\.(dso|xpf|zone|depr|ttl|undecoded|extraneous|idsn)/,
    card(['DNS note', 'DNS 说明'], 'RFC 1035', ['Something special or unusual about this message.', '该报文的特殊或异常之处。']),
  ],
  [/^dns\./, card(['Record data', '记录数据'], 'RFC 1035, 3.3', ['Part of a DNS record of a rare type.', '少见类型的 DNS 记录的一部分。'])],
  [
    /^http\.authcitrix/,
    card(['Citrix credentials', 'Citrix 凭据'], '', ['Part of the log-in at a Citrix server.', '登录 Citrix 服务器凭据的一部分。']),
  ],
  [/^http\./, card(['HTTP field', 'HTTP 字段'], 'RFC 9110', ['Part of an HTTP message.', 'HTTP 报文的一部分。'])],
  [
    /^frame\.packet_flags_/,
    card(['Packet flag', '分组标志'], 'pcapng, 4.3.1', [
      'A link error or property that the capturing system noted.',
      '捕获系统记录的链路差错或属性。',
    ]),
  ],
  [
    /^frame\.(verdict|bblog|pcaplog)/,
    card(['Note of the capturing system', '捕获系统的记录'], 'pcapng, 4.3', [
      'Something the capturing system stored with the packet.',
      '捕获系统随分组保存的信息。',
    ]),
  ],
  [
    /^llc\./,
    card(['LLC or SNAP field', 'LLC 或 SNAP 字段'], 'IEEE 802.2', [
      'Which protocol follows, in the numbers of one organisation.',
      '以某组织的编号说明其后的协议。',
    ]),
  ],
  [
    /^sll\./,
    card(['Linux cooked header', 'Linux 伪首部字段'], 'LINKTYPE_LINUX_SLL', [
      'Part of the header that Linux makes up.',
      'Linux 生成的伪首部的一部分。',
    ]),
  ],
  [
    /\.checksum\.status$/,
    card(['Checksum status', '检验和状态'], '', ['Whether the checksum was checked, and the result.', '是否验证了检验和及其结果。']),
  ],
  [
    /^_ws\./,
    card(['Note of the program', '程序的说明'], '', ['A note of the program, not part of the packet.', '程序的说明，不属于分组。']),
  ],
  [
    /^tls\.(handshake\.fragment|handshake\.reassembled_in|segment|reassembled|reassembled_in)\b/,
    card(['Reassembly', '重组'], 'RFC 8446, 5.1', [
      'How a message was put together from several records. Not in the packet as such.',
      '如何由多条记录拼成一个报文；分组中并无此字段。',
    ]),
  ],
  [
    /^dtls\.(record\.(epoch|sequence_number))/,
    card(['Record number', '记录编号'], 'RFC 6347, 4.1', [
      'Counts the records of one set of keys, since datagrams may be lost, repeated or out of order.',
      '同一组密钥下的记录编号，因为数据报可能丢失、重复或乱序。',
    ]),
  ],
  [
    /^dtls\.handshake\.(message_seq|fragment_offset|fragment_length)/,
    card(['Place of a handshake message', '握手消息的位置'], 'RFC 6347, 4.2.2', [
      'Which message of the handshake this is, and which part of it, so that lost ones can be asked for and parts put together.',
      '这是握手中的第几条消息及其哪一部分，以便重传丢失的消息并拼接分片。',
    ]),
  ],
  [
    /^dtls\.handshake\.cookie/,
    card(['Cookie', 'Cookie'], 'RFC 6347, 4.2.1', [
      'The server makes the client show that it can be reached at its address before it does any work.',
      '服务器在处理之前先让客户端证明其地址可达。',
    ]),
  ],
  [
    /^dtls\./,
    card(['Part of DTLS', 'DTLS 的一部分'], 'RFC 6347', [
      'The same as in TLS, which DTLS carries over datagrams.',
      '与 TLS 中含义相同；DTLS 以数据报承载 TLS。',
    ]),
  ],
  [
    /^quic\./,
    card(['Part of a QUIC packet', 'QUIC 分组的一部分'], 'RFC 9000, 17 and 19', [
      'A field of QUIC’s header or of one of its frames.',
      'QUIC 首部或其某个帧的字段。',
    ]),
  ],
  [
    /^tls\.quic\./,
    card(['QUIC transport parameter', 'QUIC 传输参数'], 'RFC 9000, 18', [
      'A setting of QUIC that travels inside the TLS handshake.',
      '随 TLS 握手传送的 QUIC 设置。',
    ]),
  ],
  [
    /^tls\.sct\./,
    card(['Certificate timestamp', '证书时间戳'], 'RFC 6962, 3', [
      'Part of the proof that a certificate stands in a public log.',
      '证书已记入公开日志的证明的一部分。',
    ]),
  ],
  [
    /^tls\.esni\./,
    card(['Encrypted server name', '加密的服务器名称'], 'draft-ietf-tls-esni', [
      'Forerunner of ECH: only the server name was encrypted.',
      'ECH 的前身：只加密服务器名称。',
    ]),
  ],
  [
    /^tls\.handshake\.cred\./,
    card(['Delegated credential', '委托凭证'], 'RFC 9345', [
      'Part of a short-lived key that stands in for the certificate’s.',
      '代替证书密钥的短期密钥的一部分。',
    ]),
  ],
  [
    /^tls\.handshake\.(challenge|clear_key|encrypted_key|key_arg|connection_id|cipher_spec|md5_hash|sha_hash)/,
    card(['Old SSL', '旧版 SSL'], 'draft-hickman-netscape-ssl-00; RFC 6101', [
      'A field that only SSL 2.0 or SSL 3.0 has.',
      '仅 SSL 2.0 或 SSL 3.0 使用的字段。',
    ]),
  ],
  [
    /^tls\.(malformed|.*\.(error|invalid)$|ignored_unknown_record|unexpected_message)/,
    card(['TLS problem', 'TLS 问题'], 'RFC 8446', [
      'Something here does not follow the protocol, or is not TLS at all.',
      '此处不符合协议，或根本不是 TLS。',
    ]),
  ],
  [
    /^tls\..*(_len|_length|\.length|_count)$/,
    card(['Length', '长度'], 'RFC 8446, 3.4', [
      'How many bytes (or items) follow: TLS writes a length before everything that varies.',
      '后续字节（或项目）的数量：TLS 在可变内容前都写出长度。',
    ]),
  ],
  [
    /^tls\./,
    card(['TLS field', 'TLS 字段'], 'RFC 8446, 4', [
      'Part of a handshake message; its row says what it holds.',
      '握手报文的一部分，含义见该行。',
    ]),
  ],
]
