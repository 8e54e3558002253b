// IPv4 (RFC 791) with options and reassembly.
import { card, type FieldTexts } from '../card'
import { dscpClasses, ecnCodes, ipOptionTypes, ipProtocols } from '../values/ip'

/** Cards of IPv4. */
export const ipFields: FieldTexts = {
  ip: card(
    ['Internet Protocol Version 4', '网际协议第 4 版（IPv4）'],
    'RFC 791',
    [
      'Carries a datagram from one host to another across many networks. It promises no delivery, order or protection from repeats.',
      '把数据报跨越多个网络从一台主机送到另一台；不保证送达、顺序或不重复。',
    ],
    ['Each router looks at the destination, picks the next hop and lowers the TTL.', '每个路由器查看目的地址，选择下一跳并将 TTL 减一。'],
  ),
  'ip.version': card(['Version', '版本'], 'RFC 791, 3.1', ['4 for IPv4.', 'IPv4 为 4。']),
  'ip.hdr_len': card(
    ['Header length', '首部长度'],
    'RFC 791, 3.1',
    [
      'Bytes of the IPv4 header. The 4-bit field counts 32-bit words: 5 means 20 bytes, the least.',
      'IPv4 首部的字节数。4 位字段以 32 位字为单位：最小 5，即 20 字节。',
    ],
    ['More than 20 means options.', '大于 20 表示有选项。'],
  ),
  'ip.dsfield': card(['Differentiated services field', '区分服务字段'], 'RFC 2474 and RFC 3168', [
    'How the packet wants to be treated (DSCP, 6 bits) and whether it met congestion (ECN, 2 bits).',
    '分组希望得到的处理（DSCP，6 位）以及是否遇到拥塞（ECN，2 位）。',
  ]),
  'ip.dsfield.dscp': card(
    ['DSCP', '区分服务码点（DSCP）'],
    'RFC 2474, 3',
    ['The class of service asked for. Networks often ignore or overwrite it.', '所请求的服务类别；网络常忽略或改写它。'],
    undefined,
    dscpClasses,
  ),
  'ip.dsfield.ecn': card(
    ['ECN', '显式拥塞通知（ECN）'],
    'RFC 3168, 5',
    ['Lets a router mark a packet instead of dropping it when its queue grows.', '队列增长时路由器可标记分组而不必丢弃。'],
    undefined,
    ecnCodes,
  ),
  'ip.tos': card(['Type of service (old)', '服务类型（旧）'], 'RFC 791, 3.1', [
    'Old reading of the differentiated services byte.',
    '区分服务字节的旧含义。',
  ]),
  'ip.tos.precedence': card(['Precedence', '优先级'], 'RFC 791, 3.1', [
    'Importance from 0 (routine) to 7 (network control).',
    '重要程度 0（常规）到 7（网络控制）。',
  ]),
  'ip.tos.delay': card(['Delay', '时延'], 'RFC 791, 3.1', ['1 asks for low delay.', '1 表示请求低时延。']),
  'ip.tos.throughput': card(['Throughput', '吞吐量'], 'RFC 791, 3.1', ['1 asks for high throughput.', '1 表示请求高吞吐量。']),
  'ip.tos.reliability': card(['Reliability', '可靠性'], 'RFC 791, 3.1', ['1 asks for high reliability.', '1 表示请求高可靠性。']),
  'ip.tos.cost': card(['Cost', '代价'], 'RFC 1349', ['1 asks for low monetary cost.', '1 表示请求低费用。']),
  'ip.len': card(
    ['Total length', '总长度'],
    'RFC 791, 3.1',
    ['Bytes of the datagram with header and data.', '数据报的字节数，含首部和数据。'],
    [
      '0 in a capture on the sender: the network card was left to split the data (segmentation offload) and fills it in. Padding of short Ethernet frames is not counted.',
      '在发送方捕获时可能为 0：由网卡负责切分（分段卸载）并填写。短以太网帧的填充不计入。',
    ],
  ),
  'ip.id': card(
    ['Identification', '标识'],
    'RFC 791, 3.1 and RFC 6864',
    [
      'Fragments of one datagram carry the same number, so that the receiver can put them together.',
      '同一数据报的各分片带有相同的标识，供接收方重组。',
    ],
    [
      'For a datagram that is never fragmented it has no meaning; many systems then send 0 or a counter.',
      '对不分片的数据报没有意义，许多系统填 0 或计数值。',
    ],
  ),
  'ip.flags': card(['Flags', '标志'], 'RFC 791, 3.1', ['Three bits that control fragmentation.', '控制分片的三个位。']),
  'ip.flags.rb': card(['Reserved bit', '保留位'], 'RFC 791, 3.1', ['Must be 0.', '必须为 0。']),
  'ip.flags.sf': card(['Security flag', '安全标志'], 'RFC 3514 (1 April)', [
    'A joke: attackers are to set the “evil bit”.',
    '愚人节玩笑：攻击者应置位“邪恶位”。',
  ]),
  'ip.evil_packet': card(['Packet with the evil bit', '带“邪恶位”的分组'], 'RFC 3514 (1 April)', [
    'The reserved bit is set. The RFC is a joke.',
    '保留位被置位；该 RFC 是玩笑。',
  ]),
  'ip.flags.df': card(
    ['Don’t fragment', '不要分片（DF）'],
    'RFC 791, 3.1 and RFC 1191',
    [
      'Routers must not split this datagram. If it does not fit they drop it and report so with ICMP.',
      '路由器不得对该数据报分片；放不下时丢弃并用 ICMP 报告。',
    ],
    ['TCP sets it to learn the largest packet of the path (path MTU discovery).', 'TCP 置位它以获知路径允许的最大分组（路径 MTU 发现）。'],
  ),
  'ip.flags.mf': card(['More fragments', '更多分片（MF）'], 'RFC 791, 3.1', [
    '1: other fragments follow. 0: the last one, or not fragmented.',
    '1 表示后面还有分片；0 表示最后一片或未分片。',
  ]),
  'ip.frag_offset': card(['Fragment offset', '片偏移'], 'RFC 791, 3.1', [
    'Where this fragment’s data begins in the whole datagram. The field counts units of 8 bytes.',
    '本分片数据在整个数据报中的位置，字段以 8 字节为单位。',
  ]),
  'ip.ttl': card(
    ['Time to live', '生存时间（TTL）'],
    'RFC 791, 3.1',
    [
      'How many more routers the packet may pass. Each lowers it by one; at 0 the packet is dropped and ICMP reports it.',
      '分组还能经过多少个路由器；每经过一个减一，到 0 时丢弃并用 ICMP 报告。',
    ],
    [
      'Systems start at 64 (Linux, macOS), 128 (Windows) or 255 (many routers), so 64 − TTL hints at the number of hops. traceroute uses it on purpose.',
      '常见初始值：64（Linux、macOS）、128（Windows）、255（许多路由器），由此可估计跳数；traceroute 正是利用了它。',
    ],
  ),
  'ip.ttl.too_small': card(['TTL below 5', 'TTL 小于 5'], 'RFC 791, 3.1', [
    'The packet may hardly travel further: a routing loop, traceroute, or a protocol for the link only.',
    '分组几乎走不远了：路由环路、traceroute 或仅限本链路的协议。',
  ]),
  'ip.ttl.lncb': card(['TTL for local network control', '本地网络控制的 TTL'], 'RFC 5771, 4', [
    'Packets to 224.0.0.x stay on the link and should have TTL 1 (or 255).',
    '发往 224.0.0.x 的分组不出本链路，TTL 应为 1（或 255）。',
  ]),
  'ip.proto': card(
    ['Protocol', '协议'],
    'RFC 791, 3.1',
    ['Which protocol the data belongs to.', '数据部分所属的协议。'],
    undefined,
    ipProtocols,
  ),
  'ip.checksum': card(
    ['Header checksum', '首部检验和'],
    'RFC 791, 3.1 and RFC 1071',
    [
      'Guards the header only. Each router checks it and computes it anew, because the TTL changes.',
      '只保护首部；因 TTL 改变，每个路由器都要检查并重新计算。',
    ],
    [
      'On the sending machine it may be wrong in a capture, because the card fills it in later.',
      '在发送方捕获时可能是错的，因为由网卡随后填入。',
    ],
  ),
  'ip.checksum.status': card(['Header checksum status', '首部检验和状态'], '', [
    'Whether the checksum was checked, and the result.',
    '是否验证了检验和及其结果。',
  ]),
  'ip.checksum_calculated': card(['Calculated checksum', '计算得到的检验和'], 'RFC 1071', [
    'The checksum that this header should have.',
    '该首部应有的检验和。',
  ]),
  'ip.checksum_bad.expert': card(['Bad checksum', '检验和错误'], 'RFC 791, 3.1', [
    'The checksum does not fit the header: damage, or offload on the sending machine.',
    '检验和与首部不符：损坏，或发送方的检验和卸载。',
  ]),
  'ip.src': card(
    ['Source address', '源地址'],
    'RFC 791, 3.1',
    ['The host that sent the datagram.', '发送数据报的主机。'],
    [
      'Behind NAT it is the address of the translating router. Nobody checks it on the way, so it can be forged.',
      '经过 NAT 时为转换路由器的地址；途中无人核实，因此可以伪造。',
    ],
  ),
  'ip.dst': card(['Destination address', '目的地址'], 'RFC 791, 3.1', [
    'The host (or group) the datagram is for. Routers choose the way by it.',
    '数据报要送达的主机（或组）；路由器据此选路。',
  ]),
  'ip.addr': card(['Source or destination address', '源或目的地址'], 'RFC 791, 3.1', [
    'Stands for either address, so that one filter finds both directions.',
    '代表两个地址中的任意一个，便于过滤两个方向。',
  ]),
  'ip.options.eol': card(['End of options', '选项结束'], 'RFC 791, 3.1', ['No more options follow.', '其后没有选项。']),
  'ip.options.nop': card(['No operation', '无操作'], 'RFC 791, 3.1', ['One byte of filling.', '一个字节的填充。']),
  'ip.options.record_route': card(['Record route option', '记录路由选项'], 'RFC 791, 3.1', [
    'Each router writes down its address, nine at most.',
    '每个路由器写入自己的地址，最多九个。',
  ]),
  'ip.options.source_route': card(['Strict source route option', '严格源路由选项'], 'RFC 791, 3.1', [
    'The exact list of routers to pass, chosen by the sender. Usually blocked.',
    '由发送方指定的精确路由器列表；通常被禁止。',
  ]),
  'ip.options.route': card(['Loose source route option', '宽松源路由选项'], 'RFC 791, 3.1', [
    'Routers to pass, others may lie between. Usually blocked, because it helps to get around rules.',
    '须经过的路由器，其间可有其他；因可绕过规则通常被禁止。',
  ]),
  'ip.options.timestamp': card(['Time stamp option', '时间戳选项'], 'RFC 791, 3.1', [
    'Each router writes down the time.',
    '每个路由器写入时间。',
  ]),
  'ip.options.routeralert': card(['Router alert option', '路由器警告选项'], 'RFC 2113', [
    'Asks every router to look into the packet; used by IGMP and RSVP.',
    '请每个路由器检查该分组，用于 IGMP 和 RSVP。',
  ]),
  'ip.options.security': card(['Security option', '安全选项'], 'RFC 1108', ['Classification of the content.', '内容的密级。']),
  'ip.options.ext_security': card(['Extended security option', '扩展安全选项'], 'RFC 1108', [
    'Further classification of the content.',
    '内容密级的补充。',
  ]),
  'ip.options.cipso': card(['Commercial security option', 'CIPSO 安全选项'], '', [
    'Security label for closed networks.',
    '封闭网络的安全标签。',
  ]),
  'ip.options.sid': card(['Stream ID option', '流标识选项'], 'RFC 791, 3.1 (obsolete)', [
    'From SATNET, obsolete.',
    '源自 SATNET，已废弃。',
  ]),
  'ip.options.mtu_probe': card(['MTU probe option', 'MTU 探测选项'], 'RFC 1063 (obsolete)', [
    'An early way to learn the path MTU.',
    '获知路径 MTU 的早期方法。',
  ]),
  'ip.options.mtu_reply': card(['MTU reply option', 'MTU 应答选项'], 'RFC 1063 (obsolete)', [
    'Answer to the MTU probe.',
    '对 MTU 探测的应答。',
  ]),
  'ip.options.traceroute': card(['Traceroute option', '路由跟踪选项'], 'RFC 1393 (obsolete)', [
    'An experiment: routers report themselves.',
    '实验性选项：路由器报告自己。',
  ]),
  'ip.options.sdb': card(['Selective directed broadcast', '选择性定向广播'], 'RFC 6814 (obsolete)', [
    'A list of addresses to send to.',
    '要发送到的地址列表。',
  ]),
  'ip.options.qs': card(['Quick-Start option', '快速启动选项'], 'RFC 4782', [
    'Asks the routers on the path for a high starting rate (experiment).',
    '向路径上的路由器申请较高的起始速率（实验）。',
  ]),
  'ip.opt.type': card(
    ['Option type', '选项类型'],
    'RFC 791, 3.1',
    ['Which option this is, with its copy bit and class.', '选项的种类，含复制位和类别。'],
    undefined,
    ipOptionTypes,
  ),
  'ip.opt.type.copy': card(['Copy on fragmentation', '分片时复制'], 'RFC 791, 3.1', [
    '1: the option is copied into every fragment.',
    '1 表示该选项要复制到每个分片。',
  ]),
  'ip.opt.type.class': card(['Class', '类别'], 'RFC 791, 3.1', ['0: control, 2: debugging and measurement.', '0 为控制，2 为调试与测量。']),
  'ip.opt.type.number': card(['Number', '编号'], 'RFC 791, 3.1', ['Number of the option within its class.', '选项在其类别中的编号。']),
  'ip.opt.len': card(['Option length', '选项长度'], 'RFC 791, 3.1', [
    'Bytes of the option with type and length.',
    '选项的字节数，含类型和长度。',
  ]),
  'ip.opt.len.invalid': card(['Wrong option length', '选项长度错误'], 'RFC 791, 3.1', [
    'The length does not fit the option.',
    '长度与选项不符。',
  ]),
  'ip.opt.ptr': card(['Pointer', '指针'], 'RFC 791, 3.1', [
    'Where the next address or time goes, counted from the start of the option; 4 is the first place.',
    '下一个地址或时间写入的位置，从选项开头计；4 为第一个位置。',
  ]),
  'ip.opt.ptr.before_address': card(['Pointer too small', '指针过小'], 'RFC 791, 3.1', [
    'The pointer is before the first address.',
    '指针位于第一个地址之前。',
  ]),
  'ip.opt.ptr.middle_address': card(['Pointer inside an address', '指针位于地址中间'], 'RFC 791, 3.1', [
    'The pointer is not at the start of an address.',
    '指针不在地址的开头。',
  ]),
  'ip.opt.ra': card(['Router alert', '路由器警告'], 'RFC 2113', [
    'Asks every router on the path to look into the packet. 0: examine.',
    '请路径上每个路由器检查该分组；0 表示检查。',
  ]),
  'ip.opt.overflow': card(['Overflow', '溢出'], 'RFC 791, 3.1', [
    'How many routers found no room for their timestamp.',
    '有多少路由器因空间不足未能记录时间戳。',
  ]),
  'ip.opt.flag': card(['Flag', '标志'], 'RFC 791, 3.1', [
    '0: times only, 1: address and time, 3: only at the addresses given.',
    '0 仅时间；1 地址和时间；3 仅由给定地址记录。',
  ]),
  'ip.opt.time_stamp': card(['Timestamp', '时间戳'], 'RFC 791, 3.1', ['Milliseconds since midnight UTC.', '自 UTC 午夜起的毫秒数。']),
  'ip.opt.time_stamp_addr': card(['Router', '路由器地址'], 'RFC 791, 3.1', [
    'Address of the router that wrote the time.',
    '写入时间的路由器地址。',
  ]),
  'ip.opt.mtu': card(['MTU', 'MTU'], 'RFC 1063 (obsolete)', [
    'Largest packet of the path, an early experiment.',
    '路径的最大分组，早期的实验。',
  ]),
  'ip.opt.sid': card(['Stream ID', '流标识'], 'RFC 791, 3.1 (obsolete)', ['From SATNET.', '源自 SATNET。']),
  'ip.rec_rt': card(['Recorded route', '记录的路由'], 'RFC 791, 3.1', [
    'Address that a router on the way wrote down.',
    '途中路由器写入的地址。',
  ]),
  'ip.cur_rt': card(['Current route', '当前路由'], 'RFC 791, 3.1', ['The next address of the source route.', '源路由中的下一个地址。']),
  'ip.src_rt': card(['Source route', '源路由'], 'RFC 791, 3.1', [
    'A router the packet has to pass, chosen by the sender.',
    '由发送方指定、分组须经过的路由器。',
  ]),
  'ip.empty_rt': card(['Empty route', '空路由项'], 'RFC 791, 3.1', [
    'Room for an address that has not been filled in.',
    '尚未填入地址的空位。',
  ]),
  'ip.fragment': card(['IPv4 fragment', 'IPv4 分片'], 'RFC 791, 3.2', [
    'One of the packets that this datagram was put together from.',
    '拼成该数据报的分组之一。',
  ]),
  'ip.fragments': card(['IPv4 fragments', 'IPv4 各分片'], 'RFC 791, 3.2', [
    'The packets that this datagram was put together from.',
    '拼成该数据报的各个分组。',
  ]),
  'ip.fragment.count': card(['Fragment count', '分片数'], '', ['How many fragments there were.', '分片的数量。']),
  'ip.fragment.overlap': card(['Fragment overlap', '分片重叠'], 'RFC 791, 3.2', [
    'Two fragments bring the same bytes. Seldom an accident: it was used to get past filters.',
    '两个分片含相同的字节；少有偶然，曾被用来绕过过滤。',
  ]),
  'ip.fragment.overlap.conflict': card(['Conflicting overlap', '重叠内容冲突'], '', [
    'Two fragments bring different bytes for the same place.',
    '两个分片对同一位置给出不同的字节。',
  ]),
  'ip.fragment.multipletails': card(['Several last fragments', '多个末片'], '', [
    'Two fragments claim to be the last.',
    '有两个分片自称末片。',
  ]),
  'ip.fragment.toolongfragment': card(['Fragment too long', '分片过长'], '', ['A fragment reaches past the end.', '分片超出了结尾。']),
  'ip.fragment.error': card(['Reassembly error', '重组错误'], '', ['The fragments cannot be put together.', '分片无法重组。']),
  'ip.reassembled_in': card(['Reassembled in', '重组于'], '', [
    'The packet in which the datagram is complete and decoded.',
    '数据报在该分组中完整并被解码。',
  ]),
  'ip.reassembled.length': card(['Reassembled length', '重组长度'], '', ['Bytes of data after reassembly.', '重组后的数据字节数。']),
  'ip.reassembled.data': card(['Reassembled data', '重组数据'], '', ['The bytes after reassembly.', '重组后的字节。']),
  'ip.bogus_header_length': card(['Impossible header length', '不可能的首部长度'], 'RFC 791, 3.1', [
    'The header length is below 20 bytes.',
    '首部长度小于 20 字节。',
  ]),
  'ip.bogus_ip_length': card(['Impossible total length', '不可能的总长度'], 'RFC 791, 3.1', [
    'The total length is smaller than the header or larger than what is there.',
    '总长度小于首部或大于实际内容。',
  ]),
  'ip.bogus_ip_version': card(['Wrong version', '版本错误'], 'RFC 791, 3.1', ['The version is not 4.', '版本不是 4。']),
  'ip.subopt_too_long': card(['Option too long', '选项过长'], 'RFC 791, 3.1', ['An option reaches past the header.', '选项超出首部。']),
  'ip.nop': card(['Many NOP options', '过多 NOP 选项'], 'RFC 791, 3.1', [
    'More than four No-Operation options in a row.',
    '连续超过四个 NOP 选项。',
  ]),
}
