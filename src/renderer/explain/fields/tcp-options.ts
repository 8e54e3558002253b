// TCP options: each option's row in the tree and the fields inside it.
import { card, type FieldTexts } from '../card'
import { mptcpSubtypes } from '../values/tcp'

/** Cards of TCP options. */
export const tcpOptionFields: FieldTexts = {
  'tcp.options.eol': card(['End of Option List', '选项表结束'], 'RFC 9293, 3.2', [
    'No more options follow; the rest up to the header length is padding.',
    '其后不再有选项，直到首部结束都是填充。',
  ]),
  'tcp.options.nop': card(['No-Operation', '无操作（NOP）'], 'RFC 9293, 3.2', [
    'One byte that does nothing. It moves the next option to a multiple of 4 bytes.',
    '不起作用的一个字节，用来把下一个选项对齐到 4 字节的倍数。',
  ]),
  'tcp.options.mss': card(
    ['Maximum Segment Size option', '最大报文段长度（MSS）选项'],
    'RFC 9293, 3.7.1',
    ['The largest amount of data in one segment that this side wants to receive.', '该方愿意接收的单个报文段的最大数据长度。'],
    [
      'Usually the MTU of its interface less 40 bytes for IPv4 and TCP headers (1500 − 40 = 1460), or less 60 for IPv6. It is announced, not negotiated: each side has its own.',
      '通常是接口 MTU 减去 IPv4 与 TCP 首部的 40 字节（1500 − 40 = 1460），IPv6 则减 60。它是单方通告而非协商，双方可以不同。',
    ],
  ),
  'tcp.options.mss_val': card(
    ['MSS value', 'MSS 值'],
    'RFC 9293, 3.7.1',
    ['Bytes of data that fit into one segment towards this side, without headers.', '发往该方的单个报文段可携带的数据字节数，不含首部。'],
    [
      'A value below 1460 on Ethernet hints at a tunnel or a router on the path that lowered it (MSS clamping). Without the option 536 is assumed.',
      '以太网上小于 1460 往往说明路径上有隧道或路由器改小了它（MSS 钳制）。没有该选项时按 536 处理。',
    ],
  ),
  'tcp.options.mss.absent': card(['MSS missing in SYN', 'SYN 中缺少 MSS'], 'RFC 9293, 3.7.1', [
    'This SYN announces no MSS, so the other side assumes 536 (IPv6: 1220) bytes.',
    '此 SYN 没有 MSS 选项，对方将按 536（IPv6 为 1220）字节处理。',
  ]),
  'tcp.options.mss.present': card(['MSS outside a SYN', '非 SYN 中出现 MSS'], 'RFC 9293, 3.7.1', [
    'The MSS option only makes sense in a SYN; here it is ignored.',
    'MSS 选项只在 SYN 中有意义，此处会被忽略。',
  ]),
  'tcp.options.wscale': card(
    ['Window Scale option', '窗口扩大选项'],
    'RFC 7323, 2',
    ['Announces by how many bits the windows of this side are shifted left.', '通告该方的窗口值要左移多少位。'],
    [
      'It only takes effect when both SYNs carry it, and only for segments after the handshake’s SYNs.',
      '只有两个 SYN 都带该选项时才生效，且 SYN 自身的窗口不扩大。',
    ],
  ),
  'tcp.options.wscale.shift': card(
    ['Shift count', '移位数'],
    'RFC 7323, 2.2',
    ['Number of bits to shift, 0 to 14. The factor is 2 to this power.', '左移的位数，0 到 14；扩大因子是 2 的该次方。'],
    [
      '14 is the limit, so that a window (up to 1 GiB) stays well below the range of sequence numbers.',
      '上限为 14，使窗口（最大 1 GiB）远小于序号空间。',
    ],
  ),
  'tcp.options.wscale.multiplier': card(['Multiplier', '乘数'], 'RFC 7323, 2.2', [
    '2 to the power of the shift: the factor for this side’s windows.',
    '2 的移位数次方，即该方窗口的扩大因子。',
  ]),
  'tcp.options.wscale.shift.invalid': card(['Shift above 14', '移位数大于 14'], 'RFC 7323, 2.3', [
    'More than the 14 allowed; the receiver uses 14.',
    '超过允许的 14，接收方按 14 处理。',
  ]),
  'tcp.options.sack_perm': card(
    ['SACK Permitted option', '允许选择确认（SACK）选项'],
    'RFC 2018, 2',
    ['This side can handle selective acknowledgments.', '该方支持选择确认。'],
    [
      'With SACK the sender repeats only what is missing instead of everything after a gap.',
      '有了 SACK，发送方只需重传缺失的部分，而不是缺口之后的一切。',
    ],
  ),
  'tcp.options.sack': card(
    ['SACK option', '选择确认（SACK）选项'],
    'RFC 2018, 3',
    ['Blocks of data that arrived although something before them is missing.', '尽管前面有缺失但已经收到的数据块。'],
    [
      'At most four blocks fit, three beside timestamps. The block with the newest segment comes first.',
      '最多容纳四个块，与时间戳同用时为三个；含最新报文段的块排在最前。',
    ],
  ),
  'tcp.options.sack.count': card(['SACK blocks', 'SACK 块数'], 'RFC 2018, 3', [
    'How many blocks the option reports.',
    '该选项报告的块数。',
  ]),
  'tcp.options.sack_le': card(['SACK left edge', 'SACK 左边界'], 'RFC 2018, 3', [
    'First sequence number of a block that has arrived.',
    '已收到的块的第一个序号。',
  ]),
  'tcp.options.sack_re': card(['SACK right edge', 'SACK 右边界'], 'RFC 2018, 3', [
    'The sequence number just after the block.',
    '块末尾之后的那个序号。',
  ]),
  'tcp.options.sack.dsack': card(['Duplicate SACK', '重复 SACK（D-SACK）'], 'RFC 2883', [
    'The first block reports data that arrived twice, so the repeat was not needed.',
    '第一个块报告了重复收到的数据，说明那次重传并无必要。',
  ]),
  'tcp.options.sack.dsack_le': card(['D-SACK left edge', 'D-SACK 左边界'], 'RFC 2883', [
    'First sequence number of data that arrived twice.',
    '重复收到的数据的第一个序号。',
  ]),
  'tcp.options.sack.dsack_re': card(['D-SACK right edge', 'D-SACK 右边界'], 'RFC 2883', [
    'The sequence number just after data that arrived twice.',
    '重复收到的数据末尾之后的序号。',
  ]),
  'tcp.options.timestamp': card(
    ['Timestamps option', '时间戳选项'],
    'RFC 7323, 3',
    [
      'The sender’s clock (TSval) and the last clock value it received from the other side (TSecr).',
      '发送方的时钟值（TSval）和它最近收到的对方时钟值（TSecr）。',
    ],
    [
      'The echo gives a round-trip time for every acknowledgment, and on fast connections tells old segments with a wrapped-around sequence number apart (PAWS).',
      '回显使每个确认都能测得往返时间，并在高速连接上识别序号回绕后的旧报文段（PAWS）。',
    ],
  ),
  'tcp.options.timestamp.tsval': card(['Timestamp value', '时间戳值（TSval）'], 'RFC 7323, 3.2', [
    'The sender’s own timestamp clock. Unit and start are its secret; often 1 ms with a random start.',
    '发送方自己的时间戳时钟，单位和起点由其自定，常为 1 ms 且起点随机。',
  ]),
  'tcp.options.timestamp.tsecr': card(['Timestamp echo reply', '时间戳回显（TSecr）'], 'RFC 7323, 3.2', [
    'The timestamp of the other side that is echoed back. It is 0 in the first SYN, when there is nothing to echo.',
    '回显对方的时间戳；首个 SYN 中没有可回显的值，故为 0。',
  ]),
  'tcp.options.md5': card(['MD5 Signature option', 'MD5 签名选项'], 'RFC 2385', [
    'Signs the segment with a shared key, mostly for BGP.',
    '用共享密钥为报文段签名，多用于 BGP。',
  ]),
  'tcp.options.md5.digest': card(['MD5 digest', 'MD5 摘要'], 'RFC 2385', [
    'The 16-byte signature of this segment.',
    '本报文段的 16 字节签名。',
  ]),
  'tcp.options.ao': card(['TCP-AO option', 'TCP 认证选项（TCP-AO）'], 'RFC 5925', [
    'Authenticates the segment with a key that may change during the connection.',
    '用可在连接期间更换的密钥认证报文段。',
  ]),
  'tcp.options.ao.keyid': card(['Key ID', '密钥编号'], 'RFC 5925, 2.2', ['Which key made the signature.', '生成签名所用的密钥。']),
  'tcp.options.ao.rnextkeyid': card(['Next key ID', '下一密钥编号'], 'RFC 5925, 2.2', [
    'Which key the sender would like the other side to use next.',
    '希望对方接下来使用的密钥。',
  ]),
  'tcp.options.ao.mac': card(['MAC', '消息认证码'], 'RFC 5925, 2.2', [
    'The authentication code of this segment.',
    '本报文段的消息认证码。',
  ]),
  'tcp.options.tfo': card(['Fast Open option', 'TCP 快速打开选项'], 'RFC 7413', [
    'Lets a client send data in its SYN, proving with a cookie that it has been here before.',
    '让客户端在 SYN 中就携带数据，并用 cookie 证明此前来过。',
  ]),
  'tcp.options.tfo.cookie': card(['Fast Open cookie', '快速打开 cookie'], 'RFC 7413, 4.1.2', [
    'The server made it from the client’s address; the client shows it in later SYNs.',
    '服务器依据客户端地址生成，客户端在以后的 SYN 中出示。',
  ]),
  'tcp.options.tfo.request': card(['Fast Open cookie request', '请求快速打开 cookie'], 'RFC 7413, 4.1.2', [
    'An empty option: the client asks for a cookie.',
    '空选项：客户端请求一个 cookie。',
  ]),
  'tcp.options.user_to': card(['User Timeout option', '用户超时选项'], 'RFC 5482', [
    'How long this side waits for an acknowledgment before it closes.',
    '该方在关闭连接之前等待确认的时间。',
  ]),
  'tcp.options.user_to_granularity': card(['Granularity', '单位'], 'RFC 5482, 2', ['0: seconds, 1: minutes.', '0 表示秒，1 表示分钟。']),
  'tcp.options.user_to_val': card(['User timeout', '用户超时值'], 'RFC 5482, 2', [
    'The time in the unit given by the granularity.',
    '以所给单位表示的时间。',
  ]),
  'tcp.options.qs': card(['Quick-Start option', '快速启动选项'], 'RFC 4782', [
    'An experiment: asks the routers on the path for a high starting rate.',
    '实验性选项：向路径上的路由器申请较高的起始速率。',
  ]),
  'tcp.options.qs.rate': card(['Quick-Start rate', '快速启动速率'], 'RFC 4782', [
    'The rate that was requested or granted.',
    '请求或批准的速率。',
  ]),
  'tcp.options.qs.ttl_diff': card(['TTL difference', 'TTL 差'], 'RFC 4782', [
    'Shows whether every router on the path took part.',
    '用于判断路径上的路由器是否全部参与。',
  ]),
  'tcp.options.echo': card(['Echo option', '回显选项'], 'RFC 1072 (obsolete)', ['Forerunner of the timestamp.', '时间戳选项的前身。']),
  'tcp.options.echoreply': card(['Echo Reply option', '回显应答选项'], 'RFC 1072 (obsolete)', [
    'Forerunner of the timestamp echo.',
    '时间戳回显的前身。',
  ]),
  'tcp.options.echo_value': card(['Echo value', '回显值'], 'RFC 1072 (obsolete)', [
    'The value to be echoed, or its echo.',
    '要求回显的值或其回显。',
  ]),
  'tcp.options.cc': card(['Connection Count option', '连接计数选项'], 'RFC 1644 (historic)', [
    'From T/TCP, an experiment to save the handshake.',
    '来自 T/TCP，一种省去握手的实验。',
  ]),
  'tcp.options.ccnew': card(['New connection count', '新连接计数'], 'RFC 1644 (historic)', [
    'From T/TCP: begins a new count.',
    '来自 T/TCP：开始新的计数。',
  ]),
  'tcp.options.ccecho': card(['Connection count echo', '连接计数回显'], 'RFC 1644 (historic)', [
    'From T/TCP: echoes the count.',
    '来自 T/TCP：回显计数。',
  ]),
  'tcp.options.cc_value': card(['Connection count', '连接计数值'], 'RFC 1644 (historic)', ['The count of T/TCP.', 'T/TCP 的连接计数。']),
  'tcp.options.acc_ecn': card(['Accurate ECN option', '精确 ECN 选项'], 'RFC 9768', [
    'Reports how many bytes arrived with each ECN mark.',
    '报告带各种 ECN 标记到达的字节数。',
  ]),
  'tcp.options.acc_ecn.ee0b': card(['ECT(0) bytes', 'ECT(0) 字节数'], 'RFC 9768', [
    'Bytes that arrived marked ECT(0).',
    '标记为 ECT(0) 到达的字节数。',
  ]),
  'tcp.options.acc_ecn.ee1b': card(['ECT(1) bytes', 'ECT(1) 字节数'], 'RFC 9768', [
    'Bytes that arrived marked ECT(1).',
    '标记为 ECT(1) 到达的字节数。',
  ]),
  'tcp.options.acc_ecn.eceb': card(['CE bytes', 'CE 字节数'], 'RFC 9768', [
    'Bytes that arrived marked as having met congestion.',
    '标记为遇到拥塞（CE）到达的字节数。',
  ]),
  'tcp.options.experimental': card(['Experimental option', '实验选项'], 'RFC 6994', ['An option for experiments.', '供实验使用的选项。']),
  'tcp.options.experimental.exid': card(['Experiment ID', '实验编号'], 'RFC 6994', [
    'Tells experiments that share one option kind apart.',
    '区分共用同一种类号的不同实验。',
  ]),
  'tcp.options.experimental.data': card(['Experiment data', '实验数据'], 'RFC 6994', [
    'Content of the experiment’s option.',
    '实验选项的内容。',
  ]),
  'tcp.options.unknown': card(['Unknown option', '未知选项'], 'RFC 9293, 3.2', [
    'An option kind that is not known here. Its length says how far to skip.',
    '此处未知的选项种类，可依长度跳过。',
  ]),
  'tcp.options.unknown.payload': card(['Unknown option data', '未知选项的数据'], '', [
    'Bytes of an option that is not known here.',
    '未知选项的字节。',
  ]),
  'tcp.options.mood': card(['Mood option', '情绪选项'], 'RFC 5841 (1 April)', [
    'A joke: packets may say how they feel.',
    '愚人节玩笑：分组可以说明自己的心情。',
  ]),
  mptcp: card(['Multipath TCP option', '多路径 TCP 选项'], 'RFC 8684', [
    'One connection over several paths at once, such as Wi-Fi and mobile.',
    '一个连接同时使用多条路径，例如 Wi-Fi 与移动网络。',
  ]),
  'tcp.options.mptcp.subtype': card(
    ['MPTCP subtype', 'MPTCP 子类型'],
    'RFC 8684, 3',
    ['What this option does.', '该选项的作用。'],
    undefined,
    mptcpSubtypes,
  ),
}
