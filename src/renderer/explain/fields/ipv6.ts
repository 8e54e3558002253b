// IPv6 (RFC 8200) with extension headers and reassembly.
import { card, type FieldTexts } from '../card'
import { dscpClasses, ecnCodes, ipProtocols, optionActions, routingTypes } from '../values/ip'

const NEXT = (where: string): FieldTexts[string] =>
  card(
    ['Next header', '下一个首部'],
    where,
    ['What follows this header: another extension header or the transport protocol.', '此首部之后的内容：另一个扩展首部或传输层协议。'],
    undefined,
    ipProtocols,
  )
const LENGTH = (where: string): FieldTexts[string] =>
  card(['Length', '长度'], where, [
    'Length of this extension header in units of 8 bytes, without the first 8.',
    '该扩展首部的长度，以 8 字节为单位，不含前 8 字节。',
  ])
const OCTETS = (where: string): FieldTexts[string] =>
  card(['Length in bytes', '长度（字节）'], where, ['Length of this extension header in bytes.', '该扩展首部的字节数。'])

/** Cards of IPv6. */
export const ipv6Fields: FieldTexts = {
  ipv6: card(['Internet Protocol Version 6', '网际协议第 6 版（IPv6）'], 'RFC 8200', [
    'The successor of IPv4: 128-bit addresses, a header of fixed length, no checksum and no fragmentation by routers.',
    'IPv4 的后继：128 位地址、定长首部、无首部检验和，路由器不再分片。',
  ]),
  'ipv6.version': card(['Version', '版本'], 'RFC 8200, 3', ['6 for IPv6.', 'IPv6 为 6。']),
  'ipv6.tclass': card(['Traffic class', '流量类别'], 'RFC 8200, 7 and RFC 2474', [
    'Class of service (DSCP) and congestion mark (ECN), as in IPv4.',
    '与 IPv4 相同的服务类别（DSCP）与拥塞标记（ECN）。',
  ]),
  'ipv6.tclass.dscp': card(
    ['DSCP', '区分服务码点（DSCP）'],
    'RFC 2474, 3',
    ['The class of service asked for.', '所请求的服务类别。'],
    undefined,
    dscpClasses,
  ),
  'ipv6.tclass.ecn': card(
    ['ECN', '显式拥塞通知（ECN）'],
    'RFC 3168, 5',
    ['Lets a router mark a packet instead of dropping it.', '路由器可标记分组而不必丢弃。'],
    undefined,
    ecnCodes,
  ),
  'ipv6.flow': card(['Flow label', '流标号'], 'RFC 6437', [
    'Packets of one flow carry the same label, so that routers can keep them on one path without looking further in.',
    '同一流的分组带有相同标号，路由器无需深入解析就能让它们走同一路径。',
  ]),
  'ipv6.plen': card(['Payload length', '有效载荷长度'], 'RFC 8200, 3', [
    'Bytes after the 40-byte header, extension headers included. 0 with a jumbogram.',
    '40 字节首部之后的字节数，含扩展首部；巨型分组时为 0。',
  ]),
  'ipv6.nxt': NEXT('RFC 8200, 3'),
  'ipv6.hlim': card(
    ['Hop limit', '跳数限制'],
    'RFC 8200, 3',
    [
      'How many more routers the packet may pass; each lowers it by one. The TTL of IPv6.',
      '还能经过的路由器数，每经过一个减一；相当于 IPv4 的 TTL。',
    ],
    [
      'Neighbour discovery requires 255: no packet from outside the link can have it.',
      '邻居发现要求为 255：链路之外来的分组不可能有这个值。',
    ],
  ),
  'ipv6.src': card(['Source address', '源地址'], 'RFC 8200, 3 and RFC 4291', [
    'The host that sent the packet. fe80::/10 only counts on the link; :: is “no address yet”.',
    '发送分组的主机。fe80::/10 仅在本链路有效，:: 表示尚无地址。',
  ]),
  'ipv6.dst': card(['Destination address', '目的地址'], 'RFC 8200, 3 and RFC 4291', [
    'Where the packet goes. ff00::/8 are multicast groups; there is no broadcast.',
    '分组要去的地址。ff00::/8 为组播；IPv6 没有广播。',
  ]),
  'ipv6.addr': card(['Source or destination address', '源或目的地址'], 'RFC 4291', [
    'Stands for either address.',
    '代表两个地址中的任意一个。',
  ]),
  'ipv6.hopopts': card(['Hop-by-hop options', '逐跳选项'], 'RFC 8200, 4.3', [
    'Options that every router on the path may read. Always the first extension header.',
    '路径上每个路由器都可读取的选项，总是第一个扩展首部。',
  ]),
  'ipv6.hopopts.nxt': NEXT('RFC 8200, 4.3'),
  'ipv6.hopopts.len': LENGTH('RFC 8200, 4.3'),
  'ipv6.hopopts.len_oct': OCTETS('RFC 8200, 4.3'),
  'ipv6.hopopts.not_first': card(['Not the first header', '不是首个扩展首部'], 'RFC 8200, 4.1', [
    'Hop-by-hop options must come first.',
    '逐跳选项必须排在最前。',
  ]),
  'ipv6.dstopts': card(['Destination options', '目的地选项'], 'RFC 8200, 4.6', [
    'Options that only the receiver reads.',
    '仅由接收方读取的选项。',
  ]),
  'ipv6.dstopts.nxt': NEXT('RFC 8200, 4.6'),
  'ipv6.dstopts.len': LENGTH('RFC 8200, 4.6'),
  'ipv6.dstopts.len_oct': OCTETS('RFC 8200, 4.6'),
  'ipv6.routing': card(['Routing header', '路由首部'], 'RFC 8200, 4.4', [
    'Nodes the packet has to visit on its way.',
    '分组途中须经过的节点。',
  ]),
  'ipv6.routing.nxt': NEXT('RFC 8200, 4.4'),
  'ipv6.routing.len': LENGTH('RFC 8200, 4.4'),
  'ipv6.routing.len_oct': OCTETS('RFC 8200, 4.4'),
  'ipv6.routing.type': card(
    ['Routing type', '路由类型'],
    'RFC 8200, 4.4',
    ['Which kind of routing header.', '路由首部的类型。'],
    undefined,
    routingTypes,
  ),
  'ipv6.routing.segleft': card(['Segments left', '剩余段数'], 'RFC 8200, 4.4', [
    'Nodes that are still to be visited. 0: the destination is the last.',
    '尚需经过的节点数，0 表示已到最后。',
  ]),
  'ipv6.routing.src.addr': card(['Address', '地址'], 'RFC 2460, 4.4 (deprecated by RFC 5095)', [
    'A node of the source route.',
    '源路由中的节点。',
  ]),
  'ipv6.routing.src.reserved': card(['Reserved', '保留'], 'RFC 2460, 4.4', ['Sent as 0.', '发送时为 0。']),
  'ipv6.fraghdr': card(['Fragment header', '分片首部'], 'RFC 8200, 4.5', [
    'This packet is part of a larger one. Only the sender fragments in IPv6.',
    '该分组是更大分组的一部分；IPv6 只有发送方才能分片。',
  ]),
  'ipv6.fraghdr.nxt': NEXT('RFC 8200, 4.5'),
  'ipv6.fraghdr.reserved_octet': card(['Reserved', '保留'], 'RFC 8200, 4.5', ['Sent as 0.', '发送时为 0。']),
  'ipv6.fraghdr.reserved_bits': card(['Reserved', '保留'], 'RFC 8200, 4.5', ['Sent as 0.', '发送时为 0。']),
  'ipv6.fraghdr.offset': card(['Offset', '片偏移'], 'RFC 8200, 4.5', [
    'Where this part begins in the whole packet; the field counts units of 8 bytes.',
    '本分片在整个分组中的位置，字段以 8 字节为单位。',
  ]),
  'ipv6.fraghdr.more': card(['More fragments', '更多分片'], 'RFC 8200, 4.5', ['1: more parts follow.', '1 表示后面还有分片。']),
  'ipv6.fraghdr.ident': card(['Identification', '标识'], 'RFC 8200, 4.5', [
    'Parts of one packet carry the same number.',
    '同一分组的各分片标识相同。',
  ]),
  'ipv6.opt': card(['Option', '选项'], 'RFC 8200, 4.2', ['One option of an extension header.', '扩展首部中的一个选项。']),
  'ipv6.opt.type': card(['Option type', '选项类型'], 'RFC 8200, 4.2', [
    'Which option; the two highest bits say what to do if it is not known.',
    '选项种类；最高两位说明不认识时如何处理。',
  ]),
  'ipv6.opt.type.action': card(
    ['Action', '处理方式'],
    'RFC 8200, 4.2',
    ['What a node does that does not know the option.', '不认识该选项的节点如何处理。'],
    undefined,
    optionActions,
  ),
  'ipv6.opt.type.change': card(['May change', '可改变'], 'RFC 8200, 4.2', [
    '1: routers may change the option on the way.',
    '1 表示途中路由器可修改该选项。',
  ]),
  'ipv6.opt.type.rest': card(['Low-order bits', '低位'], 'RFC 8200, 4.2', ['The rest of the type number.', '类型号的其余位。']),
  'ipv6.opt.length': card(['Option length', '选项长度'], 'RFC 8200, 4.2', ['Bytes of the option’s data.', '选项数据的字节数。']),
  'ipv6.opt.pad1': card(['Pad1', 'Pad1 填充'], 'RFC 8200, 4.2', ['One byte of padding.', '一个字节的填充。']),
  'ipv6.opt.padn': card(['PadN', 'PadN 填充'], 'RFC 8200, 4.2', ['Two or more bytes of padding.', '两个或更多字节的填充。']),
  'ipv6.opt.router_alert': card(['Router alert', '路由器警告'], 'RFC 2711', [
    'Asks routers to look into the packet. 0: multicast listener discovery.',
    '请路由器检查该分组；0 表示组播侦听者发现。',
  ]),
  'ipv6.opt.jumbo': card(['Jumbo payload length', '巨型载荷长度'], 'RFC 2675', [
    'Length of a packet beyond 65,535 bytes.',
    '超过 65,535 字节的分组长度。',
  ]),
  'ipv6.opt.experimental': card(['Experimental option', '实验选项'], 'RFC 4727', ['For experiments.', '供实验使用。']),
  'ipv6.opt.unknown': card(['Unknown option', '未知选项'], 'RFC 8200, 4.2', ['An option that is not known here.', '此处未知的选项。']),
  'ipv6.opt.unknown_data.expert': card(['Unknown option data', '未知选项数据'], '', [
    'The content of the option is not known here.',
    '该选项的内容未知。',
  ]),
  'ipv6.opt.invalid_len': card(['Wrong option length', '选项长度错误'], 'RFC 8200, 4.2', [
    'The length does not fit the option.',
    '长度与选项不符。',
  ]),
  'ipv6.fragment': card(['IPv6 fragment', 'IPv6 分片'], 'RFC 8200, 4.5', [
    'One of the packets that this one was put together from.',
    '拼成该分组的分片之一。',
  ]),
  'ipv6.fragments': card(['IPv6 fragments', 'IPv6 各分片'], 'RFC 8200, 4.5', [
    'The packets that this one was put together from.',
    '拼成该分组的各分片。',
  ]),
  'ipv6.fragment.count': card(['Fragment count', '分片数'], '', ['How many fragments there were.', '分片数量。']),
  'ipv6.fragment.overlap': card(['Fragment overlap', '分片重叠'], 'RFC 5722', [
    'Fragments overlap. IPv6 forbids it: the whole packet is dropped.',
    '分片重叠；IPv6 禁止，整个分组应丢弃。',
  ]),
  'ipv6.fragment.overlap.conflict': card(['Conflicting overlap', '重叠内容冲突'], 'RFC 5722', [
    'Fragments bring different bytes for the same place.',
    '分片对同一位置给出不同字节。',
  ]),
  'ipv6.fragment.multipletails': card(['Several last fragments', '多个末片'], '', [
    'Two fragments claim to be the last.',
    '有两个分片自称末片。',
  ]),
  'ipv6.fragment.toolongfragment': card(['Fragment too long', '分片过长'], '', ['A fragment reaches past the end.', '分片超出结尾。']),
  'ipv6.fragment.error': card(['Reassembly error', '重组错误'], '', ['The fragments cannot be put together.', '分片无法重组。']),
  'ipv6.reassembled.in': card(['Reassembled in', '重组于'], '', [
    'The packet in which this one is complete and decoded.',
    '在该分组中完整并被解码。',
  ]),
  'ipv6.reassembled.length': card(['Reassembled length', '重组长度'], '', ['Bytes of data after reassembly.', '重组后的数据字节数。']),
  'ipv6.reassembled.data': card(['Reassembled data', '重组数据'], '', ['The bytes after reassembly.', '重组后的字节。']),
  'ipv6.bogus_ipv6_version': card(['Wrong version', '版本错误'], 'RFC 8200, 3', ['The version is not 6.', '版本不是 6。']),
  'ipv6.plen_exceeds_framing': card(['Payload longer than the frame', '载荷超出帧'], '', [
    'The payload length promises more than the frame holds.',
    '载荷长度超过帧中的实际内容。',
  ]),
  'ipv6.plen_zero': card(['Payload length 0', '载荷长度为 0'], 'RFC 2675', [
    'The payload length is 0 without a jumbo option.',
    '没有巨型载荷选项而载荷长度为 0。',
  ]),
}
