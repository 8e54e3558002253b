// ICMPv6 (RFC 4443), neighbour discovery (RFC 4861), multicast listener discovery (RFC 3810).
import { card, type FieldTexts } from '../card'
import { icmpv6Types, ndOptionTypes } from '../values/icmp'

const RESERVED: FieldTexts[string] = card(['Reserved', '保留'], 'RFC 4861', ['Sent as 0 and ignored.', '发送时为 0，接收时忽略。'])

/** Cards of ICMPv6. */
export const icmpv6Fields: FieldTexts = {
  icmpv6: card(['Internet Control Message Protocol v6', '网际控制报文协议第 6 版（ICMPv6）'], 'RFC 4443', [
    'Errors and ping for IPv6, and more: it finds neighbours and routers and takes the place of ARP.',
    'IPv6 的差错报告与 ping，并负责发现邻居和路由器，取代 ARP。',
  ]),
  'icmpv6.type': card(
    ['Type', '类型'],
    'RFC 4443, 2.1',
    ['Kind of message. Below 128 errors, from 128 information.', '报文种类；小于 128 为差错，128 及以上为信息。'],
    undefined,
    icmpv6Types,
  ),
  'icmpv6.code': card(['Code', '代码'], 'RFC 4443, 2.1', ['Details of the type.', '对类型的细分。']),
  'icmpv6.checksum': card(['Checksum', '检验和'], 'RFC 4443, 2.3', [
    'Guards the message and the addresses of the IPv6 header.',
    '保护报文以及 IPv6 首部中的地址。',
  ]),
  'icmpv6.checksum.status': card(['Checksum status', '检验和状态'], '', [
    'Whether the checksum was checked, and the result.',
    '是否验证了检验和及其结果。',
  ]),
  'icmpv6.checksum_bad.expert': card(['Bad checksum', '检验和错误'], 'RFC 4443, 2.3', [
    'The checksum does not fit the message.',
    '检验和与报文不符。',
  ]),
  'icmpv6.reserved': RESERVED,
  'icmpv6.data': card(['Data', '数据'], 'RFC 4443', ['Further bytes of the message.', '报文的其余字节。']),
  'icmpv6.length': card(['Length', '长度'], 'RFC 4884', [
    'How much of the original packet is quoted, in units of 8 bytes.',
    '引用的原始分组长度，以 8 字节为单位。',
  ]),
  'icmpv6.pointer': card(['Pointer', '指针'], 'RFC 4443, 3.4', ['Position of the byte that was wrong.', '出错字节的位置。']),
  'icmpv6.mtu': card(
    ['MTU', 'MTU'],
    'RFC 4443, 3.2',
    ['The largest packet that fits the next link.', '下一段链路容许的最大分组。'],
    ['IPv6 routers never fragment, so this message must not be filtered.', 'IPv6 路由器不分片，因此不应过滤该报文。'],
  ),
  'icmpv6.echo.identifier': card(['Identifier', '标识符'], 'RFC 4443, 4.1', [
    'Tells the runs of ping on one host apart.',
    '区分同一主机上的多个 ping。',
  ]),
  'icmpv6.echo.sequence_number': card(['Sequence', '序号'], 'RFC 4443, 4.1', ['Counts the echo requests.', '回送请求的计数。']),
  'icmpv6.resp_to': card(['Response to', '所应答的请求'], '', ['The request that this reply answers.', '本应答所对应的请求。']),
  'icmpv6.resp_in': card(['Response in', '应答所在'], '', ['The packet with the reply.', '包含应答的分组。']),
  'icmpv6.resptime': card(['Response time', '响应时间'], '', ['From the request to this reply.', '从请求到该应答的时间。']),
  'icmpv6.no_resp': card(['No response', '无应答'], '', ['No reply to this request is in the capture.', '捕获中没有对该请求的应答。']),
  'icmpv6.resp_not_found': card(['No response found', '未找到应答'], '', [
    'No reply to this request is in the capture.',
    '捕获中没有对该请求的应答。',
  ]),
  'icmpv6.nd.ns.target_address': card(
    ['Target address', '目标地址'],
    'RFC 4861, 4.3',
    ['The address whose owner is looked for.', '要寻找其拥有者的地址。'],
    [
      'With source :: it checks whether the address is free (duplicate address detection).',
      '源地址为 :: 时用于检查地址是否空闲（重复地址检测）。',
    ],
  ),
  'icmpv6.nd.na.target_address': card(['Target address', '目标地址'], 'RFC 4861, 4.4', [
    'The address that the sender owns.',
    '发送方拥有的地址。',
  ]),
  'icmpv6.nd.na.flag': card(['Flags', '标志'], 'RFC 4861, 4.4', ['Router, solicited and override bits.', '路由器、被请求和覆盖三个位。']),
  'icmpv6.nd.na.flag.r': card(['Router', '路由器'], 'RFC 4861, 4.4', ['The sender is a router.', '发送方是路由器。']),
  'icmpv6.nd.na.flag.s': card(['Solicited', '被请求'], 'RFC 4861, 4.4', [
    'An answer to a question, so the neighbour is reachable.',
    '是对询问的应答，说明邻居可达。',
  ]),
  'icmpv6.nd.na.flag.o': card(['Override', '覆盖'], 'RFC 4861, 4.4', [
    'Replace a link address that is known already.',
    '应替换已缓存的链路地址。',
  ]),
  'icmpv6.nd.na.flag.rsv': RESERVED,
  'icmpv6.nd.ra.cur_hop_limit': card(['Current hop limit', '当前跳数限制'], 'RFC 4861, 4.2', [
    'Hop limit that hosts should use. 0: not said.',
    '主机应使用的跳数限制；0 表示未指定。',
  ]),
  'icmpv6.nd.ra.flag': card(['Flags', '标志'], 'RFC 4861, 4.2', ['How hosts get addresses and settings.', '主机如何获得地址与配置。']),
  'icmpv6.nd.ra.flag.m': card(['Managed addresses', '受管地址'], 'RFC 4861, 4.2', ['Addresses come from DHCPv6.', '地址由 DHCPv6 分配。']),
  'icmpv6.nd.ra.flag.o': card(['Other configuration', '其他配置'], 'RFC 4861, 4.2', [
    'Other settings, such as DNS servers, come from DHCPv6.',
    'DNS 服务器等其他配置由 DHCPv6 提供。',
  ]),
  'icmpv6.nd.ra.flag.h': card(['Home agent', '家乡代理'], 'RFC 6275', ['The router serves mobile nodes.', '该路由器为移动节点服务。']),
  'icmpv6.nd.ra.flag.prf': card(['Router preference', '路由器优先级'], 'RFC 4191', [
    'Which of several routers is preferred.',
    '多个路由器中优先选择哪一个。',
  ]),
  'icmpv6.nd.ra.flag.p': card(['Proxy', '代理'], 'RFC 4389', ['The message was passed on by a proxy.', '该报文由代理转发。']),
  'icmpv6.nd.ra.flag.rsv': RESERVED,
  'icmpv6.nd.ra.router_lifetime': card(['Router lifetime', '路由器生存时间'], 'RFC 4861, 4.2', [
    'Seconds for which it may be used as default router. 0: not as default router.',
    '可作为默认路由器的秒数；0 表示不作默认路由器。',
  ]),
  'icmpv6.nd.ra.reachable_time': card(['Reachable time', '可达时间'], 'RFC 4861, 4.2', [
    'Milliseconds a neighbour counts as reachable after an answer.',
    '邻居应答后视为可达的毫秒数。',
  ]),
  'icmpv6.nd.ra.retrans_timer': card(['Retransmission timer', '重传计时'], 'RFC 4861, 4.2', [
    'Milliseconds between repeated questions.',
    '重复询问之间的毫秒数。',
  ]),
  'icmpv6.nd.rd.target_address': card(['Target address', '目标地址'], 'RFC 4861, 4.5', ['The better next hop.', '更好的下一跳。']),
  'icmpv6.rd.na.destination_address': card(['Destination address', '目的地址'], 'RFC 4861, 4.5', [
    'The destination that is redirected.',
    '被重定向的目的地址。',
  ]),
  'icmpv6.opt': card(['ICMPv6 option', 'ICMPv6 选项'], 'RFC 4861, 4.6', [
    'Extra information of neighbour discovery.',
    '邻居发现的附加信息。',
  ]),
  'icmpv6.opt.type': card(
    ['Option type', '选项类型'],
    'RFC 4861, 4.6',
    ['Which option this is.', '选项的种类。'],
    undefined,
    ndOptionTypes,
  ),
  'icmpv6.opt.length': card(['Option length', '选项长度'], 'RFC 4861, 4.6', ['In units of 8 bytes.', '以 8 字节为单位。']),
  'icmpv6.opt.linkaddr': card(['Link-layer address', '链路层地址'], 'RFC 4861, 4.6.1', [
    'MAC address that goes with the IPv6 address.',
    '与 IPv6 地址对应的 MAC 地址。',
  ]),
  'icmpv6.opt.src_linkaddr': card(['Source link-layer address', '源链路层地址'], 'RFC 4861, 4.6.1', [
    'MAC address of the sender.',
    '发送方的 MAC 地址。',
  ]),
  'icmpv6.opt.target_linkaddr': card(['Target link-layer address', '目标链路层地址'], 'RFC 4861, 4.6.1', [
    'MAC address of the target: the answer.',
    '目标的 MAC 地址，即答案。',
  ]),
  'icmpv6.opt.mtu': card(['MTU', 'MTU'], 'RFC 4861, 4.6.4', ['MTU that all hosts of the link should use.', '链路上所有主机应使用的 MTU。']),
  'icmpv6.opt.nonce': card(['Nonce', '随机数'], 'RFC 3971, 5.3.2', ['Pairs an answer with its question.', '使应答与询问对应。']),
  'icmpv6.nonce': card(['Nonce', '随机数'], 'RFC 3971, 5.3.2', ['Pairs an answer with its question.', '使应答与询问对应。']),
  'icmpv6.opt.prefix': card(
    ['Prefix', '前缀'],
    'RFC 4861, 4.6.2',
    ['Addresses of this link start with it.', '本链路的地址以此开头。'],
    ['With the A flag a host forms its own address from it (SLAAC).', '带 A 标志时主机据此自行生成地址（SLAAC）。'],
  ),
  'icmpv6.opt.prefix.length': card(['Prefix length', '前缀长度'], 'RFC 4861, 4.6.2', [
    'Bits of the prefix; usually 64.',
    '前缀的位数，通常为 64。',
  ]),
  'icmpv6.opt.prefix.flag': card(['Prefix flags', '前缀标志'], 'RFC 4861, 4.6.2', ['What the prefix may be used for.', '前缀的用途。']),
  'icmpv6.opt.prefix.flag.l': card(['On-link', '在链路上（L）'], 'RFC 4861, 4.6.2', [
    'Addresses with this prefix are reached directly, without the router.',
    '具有该前缀的地址可直接到达，无需路由器。',
  ]),
  'icmpv6.opt.prefix.flag.a': card(['Autonomous address configuration', '自治地址配置（A）'], 'RFC 4862', [
    'Hosts may form addresses from it (SLAAC).',
    '主机可据此自动生成地址（SLAAC）。',
  ]),
  'icmpv6.opt.prefix.flag.r': card(['Router address', '路由器地址（R）'], 'RFC 6275', [
    'The prefix field holds the router’s full address.',
    '前缀字段为路由器的完整地址。',
  ]),
  'icmpv6.opt.prefix.flag.reserved': RESERVED,
  'icmpv6.opt.prefix.valid_lifetime': card(['Valid lifetime', '有效生存期'], 'RFC 4861, 4.6.2', [
    'Seconds for which the prefix is valid.',
    '前缀有效的秒数。',
  ]),
  'icmpv6.opt.prefix.preferred_lifetime': card(['Preferred lifetime', '首选生存期'], 'RFC 4861, 4.6.2', [
    'Seconds for which new connections should use it.',
    '新连接应使用它的秒数。',
  ]),
  'icmpv6.opt.route_lifetime': card(['Route lifetime', '路由生存期'], 'RFC 4191', [
    'Seconds for which the route is valid.',
    '路由有效的秒数。',
  ]),
  'icmpv6.opt.rdnss': card(['Recursive DNS server', '递归 DNS 服务器'], 'RFC 8106', [
    'DNS server that hosts should use.',
    '主机应使用的 DNS 服务器。',
  ]),
  'icmpv6.opt.rdnss.lifetime': card(['Lifetime', '生存期'], 'RFC 8106', [
    'Seconds for which the server may be used.',
    '服务器可用的秒数。',
  ]),
  'icmpv6.opt.dnssl': card(['DNS search list', 'DNS 搜索列表'], 'RFC 8106', ['Domain that is added to short names.', '为短名称补全的域。']),
  'icmpv6.opt.dnssl.lifetime': card(['Lifetime', '生存期'], 'RFC 8106', ['Seconds for which the list is valid.', '列表有效的秒数。']),
  'icmpv6.opt.reserved': RESERVED,
  'icmpv6.opt.redirected_packet': card(['Redirected packet', '被重定向的分组'], 'RFC 4861, 4.6.3', [
    'Start of the packet that caused the redirect.',
    '引起重定向的分组的开头。',
  ]),
  'icmpv6.mld.maximum_response_delay': card(['Maximum response delay', '最大响应时延'], 'RFC 2710', [
    'Hosts answer after a random time up to this.',
    '主机在此时间内随机应答。',
  ]),
  'icmpv6.mld.maximum_response_code': card(['Maximum response code', '最大响应码'], 'RFC 3810, 5.1.3', [
    'Hosts answer after a random time up to this.',
    '主机在此时间内随机应答。',
  ]),
  'icmpv6.mld.multicast_address': card(['Multicast address', '组播地址'], 'RFC 3810, 5.1.5', [
    'The group this is about; :: means all.',
    '所涉及的组；:: 表示全部。',
  ]),
  'icmpv6.mld.flag': card(['Flags', '标志'], 'RFC 3810, 5.1', ['Flags of a query.', '查询的标志。']),
  'icmpv6.mld.flag.s': card(['S flag', 'S 标志'], 'RFC 3810, 5.1.7', [
    'Other routers shall not reset their timers.',
    '其他路由器不要重置计时器。',
  ]),
  'icmpv6.mld.flag.qrv': card(['QRV', '健壮性变量'], 'RFC 3810, 5.1.8', [
    'How many messages may be lost without harm.',
    '可容忍丢失的报文数。',
  ]),
  'icmpv6.mld.flag.reserved': RESERVED,
  'icmpv6.mld.qqi': card(['QQI', '查询间隔'], 'RFC 3810, 5.1.9', ['Seconds between queries.', '查询之间的秒数。']),
  'icmpv6.mld.nb_sources': card(['Number of sources', '源地址数'], 'RFC 3810, 5.1.10', [
    'How many source addresses follow.',
    '其后源地址的个数。',
  ]),
  'icmpv6.mld.source_address': card(['Source address', '源地址'], 'RFC 3810, 5.1.11', ['A sender of the group.', '组的一个发送者。']),
  'icmpv6.mldr.nb_mcast_records': card(['Number of records', '记录数'], 'RFC 3810, 5.2', ['How many groups are reported.', '报告的组数。']),
  'icmpv6.mldr.mar': card(['Multicast address record', '组播地址记录'], 'RFC 3810, 5.2', [
    'What a host wants to receive of one group.',
    '主机对某个组的接收意愿。',
  ]),
  'icmpv6.mldr.mar.record_type': card(['Record type', '记录类型'], 'RFC 3810, 5.2.12', [
    '1, 2: current state; 3, 4: change to include or exclude; 5, 6: sources added or removed.',
    '1、2 为当前状态；3、4 为改为包含或排除；5、6 为增加或删除源。',
  ]),
  'icmpv6.mldr.mar.aux_data_len': card(['Aux data length', '辅助数据长度'], 'RFC 3810, 5.2.6', ['Always 0 today.', '目前总为 0。']),
  'icmpv6.mldr.mar.nb_sources': card(['Number of sources', '源地址数'], 'RFC 3810, 5.2.7', [
    'How many source addresses follow.',
    '其后源地址的个数。',
  ]),
  'icmpv6.mldr.mar.multicast_address': card(['Multicast address', '组播地址'], 'RFC 3810, 5.2.8', [
    'The group this record is about.',
    '该记录所涉及的组。',
  ]),
  'icmpv6.mldr.mar.source_address': card(['Source address', '源地址'], 'RFC 3810, 5.2.9', [
    'A sender that is wanted or not wanted.',
    '希望或不希望接收的发送者。',
  ]),
}
