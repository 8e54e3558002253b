// ICMP (RFC 792) and IGMP (RFC 3376).
import { card, type FieldTexts } from '../card'
import { icmpTypes, igmpTypes } from '../values/icmp'

/** Cards of ICMP for IPv4. */
export const icmpFields: FieldTexts = {
  icmp: card(
    ['Internet Control Message Protocol', '网际控制报文协议（ICMP）'],
    'RFC 792',
    ['Reports errors of IPv4 and answers simple questions such as ping.', '报告 IPv4 的差错，并回应 ping 之类的简单询问。'],
    [
      'An error quotes the start of the packet that caused it, so that the sender can tell which connection it is about.',
      '差错报文会引用出错分组的开头，使发送方知道与哪个连接有关。',
    ],
  ),
  'icmp.type': card(['Type', '类型'], 'RFC 792', ['What kind of message this is.', '报文的种类。'], undefined, icmpTypes),
  'icmp.code': card(['Code', '代码'], 'RFC 792', [
    'Details of the type, for example why a destination is unreachable.',
    '对类型的细分，例如目的不可达的原因。',
  ]),
  'icmp.checksum': card(['Checksum', '检验和'], 'RFC 792', ['Guards the whole ICMP message.', '保护整个 ICMP 报文。']),
  'icmp.checksum.status': card(['Checksum status', '检验和状态'], '', [
    'Whether the checksum was checked, and the result.',
    '是否验证了检验和及其结果。',
  ]),
  'icmp.checksum_bad': card(['Bad checksum', '检验和错误'], 'RFC 792', ['The checksum does not fit the message.', '检验和与报文不符。']),
  'icmp.ident': card(['Identifier (BE)', '标识符（大端）'], 'RFC 792', [
    'Tells the runs of ping on one host apart: requests and replies of one run carry the same.',
    '区分同一主机上的多个 ping：同一次运行的请求与应答相同。',
  ]),
  'icmp.ident_le': card(['Identifier (LE)', '标识符（小端）'], 'RFC 792', [
    'The same two bytes read the other way round, as Windows does.',
    '同样两个字节按相反顺序读取（Windows 的做法）。',
  ]),
  'icmp.seq': card(['Sequence number (BE)', '序号（大端）'], 'RFC 792', [
    'Counts the echo requests. A missing reply means loss.',
    '回送请求的计数；缺少应答即丢包。',
  ]),
  'icmp.seq_le': card(['Sequence number (LE)', '序号（小端）'], 'RFC 792', [
    'The same two bytes read the other way round.',
    '同样两个字节按相反顺序读取。',
  ]),
  'icmp.resp_to': card(['Response to', '所应答的请求'], '', ['The request that this reply answers.', '本应答所对应的请求。']),
  'icmp.resp_in': card(['Response in', '应答所在'], '', ['The packet with the reply.', '包含应答的分组。']),
  'icmp.resptime': card(['Response time', '响应时间'], '', [
    'From the request to this reply, as seen where the capture was taken.',
    '从请求到该应答的时间（以捕获点所见为准）。',
  ]),
  'icmp.no_resp': card(['No response', '无应答'], '', ['No reply to this request is in the capture.', '捕获中没有对该请求的应答。']),
  'icmp.resp_not_found': card(['No response found', '未找到应答'], '', [
    'No reply to this request is in the capture.',
    '捕获中没有对该请求的应答。',
  ]),
  'icmp.data_time': card(['Timestamp from ICMP data', 'ICMP 数据中的时间'], '', [
    'Many ping programs put their clock into the data.',
    '许多 ping 程序把自己的时钟放入数据中。',
  ]),
  'icmp.data_time_relative': card(['Timestamp from ICMP data (relative)', 'ICMP 数据中的时间（相对）'], '', [
    'Time from the clock value in the data to this packet.',
    '从数据中的时钟值到本分组的时间。',
  ]),
  'icmp.data': card(['Data', '数据'], 'RFC 792', ['Bytes that a reply sends back unchanged.', '应答原样返回的字节。']),
  'icmp.mtu': card(
    ['MTU of next hop', '下一跳 MTU'],
    'RFC 1191, 4',
    [
      'The largest packet that fits the next link. The sender should send smaller ones from now on.',
      '下一段链路容许的最大分组；发送方此后应发送更小的分组。',
    ],
    [
      'If a firewall drops this message, large packets vanish without a trace (path MTU black hole).',
      '如果防火墙丢弃此报文，大分组会无声消失（路径 MTU 黑洞）。',
    ],
  ),
  'icmp.pointer': card(['Pointer', '指针'], 'RFC 792', ['Position of the byte that was wrong.', '出错字节的位置。']),
  'icmp.redir_gw': card(['Gateway address', '网关地址'], 'RFC 792', [
    'The router that is nearer to the destination.',
    '离目的更近的路由器。',
  ]),
  'icmp.length': card(['Length', '长度'], 'RFC 4884', [
    'How much of the original packet is quoted, in 32-bit words.',
    '引用的原始分组长度，以 32 位字为单位。',
  ]),
  'icmp.length.original_datagram': card(['Length of original datagram', '原始数据报长度'], 'RFC 4884', [
    'Bytes of the quoted packet.',
    '所引用分组的字节数。',
  ]),
  'icmp.unused': card(['Unused', '未使用'], 'RFC 792', ['Sent as 0.', '发送时为 0。']),
  'icmp.reserved': card(['Reserved', '保留'], 'RFC 792', ['Sent as 0.', '发送时为 0。']),
  'icmp.originate_timestamp': card(['Originate timestamp', '发起时间戳'], 'RFC 792', [
    'When the asker sent it, in ms since midnight UTC.',
    '询问者发送的时间，自 UTC 午夜起的毫秒数。',
  ]),
  'icmp.receive_timestamp': card(['Receive timestamp', '接收时间戳'], 'RFC 792', ['When the other side received it.', '对方收到的时间。']),
  'icmp.transmit_timestamp': card(['Transmit timestamp', '传送时间戳'], 'RFC 792', [
    'When the other side sent its answer.',
    '对方发送应答的时间。',
  ]),
  'icmp.address_mask': card(['Address mask', '地址掩码'], 'RFC 950 (deprecated)', [
    'The subnet mask that was asked for.',
    '所询问的子网掩码。',
  ]),
  'icmp.num_addrs': card(['Number of addresses', '地址个数'], 'RFC 1256', ['How many routers are announced.', '通告的路由器个数。']),
  'icmp.addr_entry_size': card(['Address entry size', '地址项长度'], 'RFC 1256', [
    '32-bit words per router.',
    '每个路由器占用的 32 位字数。',
  ]),
  'icmp.lifetime': card(['Lifetime', '生存时间'], 'RFC 1256', ['Seconds for which the announcement is valid.', '通告的有效秒数。']),
  'icmp.router_address': card(['Router address', '路由器地址'], 'RFC 1256', ['A router of this link.', '本链路上的路由器。']),
  'icmp.pref_level': card(['Preference level', '优先级'], 'RFC 1256', ['The highest is used as default router.', '最高者作为默认路由器。']),
  igmp: card(['Internet Group Management Protocol', '网际组管理协议（IGMP）'], 'RFC 3376', [
    'Hosts tell the router of their link which IPv4 multicast groups they want; switches listen in (snooping).',
    '主机告诉本链路的路由器想接收哪些 IPv4 组播组；交换机会侦听（snooping）。',
  ]),
  'igmp.type': card(['Type', '类型'], 'RFC 3376, 4', ['Question or report.', '查询或报告。'], undefined, igmpTypes),
  'igmp.version': card(['IGMP version', 'IGMP 版本'], '', ['Which version the message belongs to.', '报文所属的版本。']),
  'igmp.max_resp': card(['Max response time', '最大响应时间'], 'RFC 3376, 4.1.1', [
    'Hosts answer after a random time up to this, so that not all answer at once.',
    '主机在此时间内随机应答，避免同时应答。',
  ]),
  'igmp.max_resp.exp': card(['Exponent', '指数'], 'RFC 3376, 4.1.1', ['For large times: exponent.', '较大时间的指数部分。']),
  'igmp.max_resp.mant': card(['Mantissa', '尾数'], 'RFC 3376, 4.1.1', ['For large times: mantissa.', '较大时间的尾数部分。']),
  'igmp.checksum': card(['Checksum', '检验和'], 'RFC 3376, 4.1.2', ['Guards the whole message.', '保护整个报文。']),
  'igmp.checksum.status': card(['Checksum status', '检验和状态'], '', [
    'Whether the checksum was checked, and the result.',
    '是否验证了检验和及其结果。',
  ]),
  'igmp.bad_checksum': card(['Bad checksum', '检验和错误'], 'RFC 3376', ['The checksum does not fit the message.', '检验和与报文不符。']),
  'igmp.maddr': card(['Multicast address', '组播地址'], 'RFC 3376, 4.1.3', [
    'The group this is about. 0.0.0.0 in a general query means all groups.',
    '所涉及的组；普遍查询中的 0.0.0.0 表示所有组。',
  ]),
  'igmp.s': card(['S flag', 'S 标志'], 'RFC 3376, 4.1.5', ['Other routers shall not reset their timers.', '其他路由器不要重置其计时器。']),
  'igmp.qrv': card(['QRV', '健壮性变量（QRV）'], 'RFC 3376, 4.1.6', [
    'How many messages may be lost without harm.',
    '可容忍丢失的报文数。',
  ]),
  'igmp.qqic': card(['QQIC', '查询间隔（QQIC）'], 'RFC 3376, 4.1.7', ['Seconds between queries.', '查询之间的秒数。']),
  'igmp.num_src': card(['Number of sources', '源地址数'], 'RFC 3376, 4.1.8', ['How many source addresses follow.', '其后源地址的个数。']),
  'igmp.saddr': card(['Source address', '源地址'], 'RFC 3376, 4.1.9', [
    'A sender that is wanted or not wanted.',
    '希望或不希望接收的发送者。',
  ]),
  'igmp.num_grp_recs': card(['Number of group records', '组记录数'], 'RFC 3376, 4.2.3', ['How many groups are reported.', '报告的组数。']),
  'igmp.record_type': card(['Record type', '记录类型'], 'RFC 3376, 4.2.12', [
    '1, 2: current state; 3, 4: change to include or exclude; 5, 6: sources added or removed.',
    '1、2 为当前状态；3、4 为改为包含或排除；5、6 为增加或删除源。',
  ]),
  'igmp.aux_data_len': card(['Aux data length', '辅助数据长度'], 'RFC 3376, 4.2.6', ['Always 0 in version 3.', '在第 3 版中总为 0。']),
  'igmp.reserved': card(['Reserved', '保留'], 'RFC 3376', ['Sent as 0.', '发送时为 0。']),
  'igmp.data': card(['Data', '数据'], '', ['Further bytes of the message.', '报文的其余字节。']),
}
