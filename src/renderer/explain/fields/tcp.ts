// TCP header, payload and stream fields (RFC 9293).
import { card, type FieldTexts } from '../card'
import { tcpOptionKinds } from '../values/tcp'

/** Cards of the TCP header and of what belongs to a segment as a whole. */
export const tcpFields: FieldTexts = {
  tcp: card(
    ['Transmission Control Protocol', '传输控制协议'],
    'RFC 9293',
    [
      'Turns packets that may be lost, doubled or reordered into one reliable byte stream between two programs.',
      '把可能丢失、重复或乱序的分组变成两个程序之间一条可靠的字节流。',
    ],
    [
      'It numbers every byte, acknowledges what arrived, repeats what was lost, and slows down when the receiver or the network cannot keep up.',
      '它给每个字节编号，对收到的数据加以确认，重传丢失的数据，并在接收方或网络跟不上时放慢发送（流量控制与拥塞控制）。',
    ],
  ),
  'tcp.srcport': card(
    ['Source port', '源端口'],
    'RFC 9293, 3.1',
    ['The port of the program that sent this segment.', '发送本报文段的程序所用的端口。'],
    [
      'A client usually gets a free ephemeral port from its system (49152 to 65535 by IANA, 32768 to 60999 on Linux); a server uses a port that is known in advance.',
      '客户端的端口通常由系统临时分配（IANA 建议 49152–65535，Linux 为 32768–60999），服务器则使用事先约定的端口。',
    ],
  ),
  'tcp.dstport': card(
    ['Destination port', '目的端口'],
    'RFC 9293, 3.1',
    ['The port of the program that this segment is for.', '本报文段要交给的程序所用的端口。'],
    [
      'The system delivers a segment by all four: both addresses and both ports. That is why one server port can serve thousands of clients at once.',
      '系统依据四元组（双方的地址与端口）交付报文段，所以一个服务器端口可以同时服务成千上万个客户端。',
    ],
  ),
  'tcp.port': card(['Source or destination port', '源端口或目的端口'], 'RFC 9293, 3.1', [
    'Stands for either port, so that one filter finds both directions.',
    '代表两个端口中的任意一个，便于用一个过滤器找到两个方向的报文段。',
  ]),
  'tcp.stream': card(
    ['Stream index', '流编号'],
    '',
    [
      'A number that the program gives to each TCP connection of this file, from 0, in the order in which they appear. It is not in the packet.',
      '程序按出现顺序给本文件中每个 TCP 连接编的号，从 0 开始；数据包中没有这个值。',
    ],
    [
      'The same addresses and ports can be used again by a later connection; a new SYN with another sequence number then begins a new stream.',
      '后来的连接可能再次使用相同的地址和端口；出现序号不同的新 SYN 时便开始一个新流。',
    ],
  ),
  'tcp.len': card(
    ['Segment length', '报文段数据长度'],
    'RFC 9293, 3.4',
    ['Bytes of application data in this segment, without headers.', '本报文段携带的应用数据字节数，不含首部。'],
    [
      'Where does it come from? TCP has no length field of its own: it is the IP length less the IP and TCP headers. 0 means the segment only carries control information such as an acknowledgment.',
      '它从何而来？TCP 首部没有长度字段：该值由 IP 长度减去 IP 首部和 TCP 首部得到。0 表示报文段只携带确认等控制信息。',
    ],
  ),
  'tcp.seq': card(
    ['Sequence number', '序号'],
    'RFC 9293, 3.4',
    [
      'Number of the first data byte in this segment, counted from the start of the connection (relative number: the first SYN is 0).',
      '本报文段第一个数据字节的编号，从连接开始计数（相对序号，初始 SYN 为 0）。',
    ],
    [
      'The receiver puts bytes in order by it and notices gaps and repeats. SYN and FIN each use up one number, so that they too can be acknowledged.',
      '接收方据此排列字节并发现缺失与重复。SYN 和 FIN 各占用一个序号，因此它们也能得到确认。',
    ],
  ),
  'tcp.seq_raw': card(
    ['Sequence number (raw)', '序号（原始值）'],
    'RFC 9293, 3.4.1',
    ['The 32-bit sequence number exactly as it is in the header.', '首部中 32 位序号的原始值。'],
    [
      'Why not from 0? Each side starts at an unpredictable number, so that an attacker or a leftover segment of an older connection is unlikely to hit the window. It wraps around after 4,294,967,295.',
      '为什么不从 0 开始？双方都从难以预测的初始序号开始，使攻击者或旧连接遗留的报文段难以落入窗口。到 4,294,967,295 后回绕到 0。',
    ],
  ),
  'tcp.nxtseq': card(['Next sequence number', '下一个序号'], 'RFC 9293, 3.4', [
    'Where this sender continues: sequence number plus data bytes, plus one for SYN or FIN. The other side acknowledges with this number.',
    '该发送方接下来的序号：序号加数据字节数，SYN 或 FIN 再加一。对方会用这个号码确认。',
  ]),
  'tcp.ack': card(
    ['Acknowledgment number', '确认号'],
    'RFC 9293, 3.4',
    [
      'The next byte that this sender expects from the other side (relative number): everything before it has arrived.',
      '本报文段的发送方期望收到的下一个字节的编号（相对值）：此前的所有字节都已收到。',
    ],
    [
      'Acknowledgments are cumulative: a lost one does no harm as soon as a later one arrives. Blocks received after a gap can only be reported with the SACK option.',
      '确认是累积的：丢失一个确认并无妨碍，后面的确认会覆盖它。缺口之后已收到的块只能用 SACK 选项报告。',
    ],
  ),
  'tcp.ack_raw': card(['Acknowledgment number (raw)', '确认号（原始值）'], 'RFC 9293, 3.1', [
    'The 32-bit acknowledgment number as it is in the header. It only counts when the ACK flag is set.',
    '首部中 32 位确认号的原始值，仅在 ACK 标志置位时有效。',
  ]),
  'tcp.ack.nonzero': card(
    ['Acknowledgment number without ACK', '无 ACK 标志却有确认号'],
    'RFC 9293, 3.1',
    ['The ACK flag is off, yet the acknowledgment number is not 0.', 'ACK 标志未置位，但确认号不为 0。'],
    [
      'The receiver ignores the number. Some stacks and scanners simply do not clear it.',
      '接收方会忽略该值；有些实现和扫描工具只是没有将其清零。',
    ],
  ),
  'tcp.hdr_len': card(
    ['Header length', '首部长度（数据偏移）'],
    'RFC 9293, 3.1',
    [
      'Length of the TCP header in bytes. The 4-bit field (data offset) counts 32-bit words: 5 means 20 bytes.',
      'TCP 首部的字节数。4 位的数据偏移字段以 32 位字为单位：5 表示 20 字节。',
    ],
    [
      'Anything above 20 bytes is options; 15 words or 60 bytes is the most, so options fit in 40 bytes.',
      '超过 20 字节的部分是选项；最大为 15 个字即 60 字节，所以选项最多 40 字节。',
    ],
  ),
  'tcp.flags': card(
    ['Flags', '标志（控制位）'],
    'RFC 9293, 3.1',
    ['The control bits of the segment: what it does besides carrying data.', '报文段的控制位：除了携带数据之外它还做什么。'],
    [
      'SYN opens, FIN closes in order, RST breaks off, ACK makes the acknowledgment number valid, PSH asks for prompt delivery. In a normal connection every segment but the first SYN has ACK.',
      'SYN 建立连接，FIN 有序关闭，RST 立即中断，ACK 使确认号有效，PSH 请求尽快交付。正常连接中除首个 SYN 外每个报文段都带 ACK。',
    ],
  ),
  'tcp.flags.str': card(['Flags as text', '标志的文字形式'], '', [
    'The flags as letters, a dot for each one that is off. Handy as a column.',
    '用字母表示的标志，未置位的用点表示，适合作为一列显示。',
  ]),
  'tcp.flags.res': card(['Reserved', '保留位'], 'RFC 9293, 3.1', [
    'Bits kept for the future. They are sent as 0 and ignored.',
    '为将来保留的位，发送时为 0，接收时忽略。',
  ]),
  'tcp.flags.ns': card(['Nonce (historic)', 'Nonce（已废弃）'], 'RFC 3540, now historic', [
    'Was meant to protect ECN signals; the bit is now AE of Accurate ECN.',
    '原用于保护 ECN 信号；该位现在是 Accurate ECN 的 AE。',
  ]),
  'tcp.flags.ae': card(['AE (Accurate ECN)', 'AE（精确 ECN）'], 'RFC 9768', [
    'With CWR and ECE forms a 3-bit counter of congestion marks, or offers this scheme in a SYN.',
    '与 CWR、ECE 组成 3 位的拥塞标记计数器，在 SYN 中则表示提议使用该方案。',
  ]),
  'tcp.flags.ace': card(['ACE counter', 'ACE 计数器'], 'RFC 9768, 3.2', [
    'The three bits AE, CWR and ECE read as a counter of packets that arrived with a congestion mark.',
    '将 AE、CWR、ECE 三位合起来读作带拥塞标记到达的分组计数。',
  ]),
  'tcp.flags.cwr': card(['CWR: congestion window reduced', 'CWR：拥塞窗口已减小'], 'RFC 3168, 6.1.2', [
    'The sender answers an ECE: it has slowed down. In a SYN it offers ECN together with ECE.',
    '发送方对 ECE 的回应：已减小拥塞窗口。在 SYN 中与 ECE 一起表示支持 ECN。',
  ]),
  'tcp.flags.ece': card(['ECE: ECN echo', 'ECE：ECN 回显'], 'RFC 3168, 6.1', [
    'The receiver reports that a router marked a packet instead of dropping it. In a SYN: ECN is supported.',
    '接收方报告：路由器没有丢弃而是标记了分组，表示拥塞。在 SYN 中表示支持 ECN。',
  ]),
  'tcp.flags.urg': card(
    ['URG: urgent', 'URG：紧急'],
    'RFC 9293, 3.8.5',
    ['The urgent pointer is valid: data up to it should reach the program at once.', '紧急指针有效：到该位置为止的数据应立即交给程序。'],
    ['Hardly used since Telnet; new applications should not use it.', '除 Telnet 外几乎不用；新应用不应使用。'],
  ),
  'tcp.flags.ack': card(
    ['ACK: acknowledgment', 'ACK：确认'],
    'RFC 9293, 3.1',
    ['The acknowledgment number is valid.', '确认号有效。'],
    [
      'It is on in every segment after the first SYN. Only that SYN, and some RST, come without it.',
      '除首个 SYN 之外的所有报文段都会置位；只有该 SYN 和某些 RST 不带 ACK。',
    ],
  ),
  'tcp.flags.push': card(
    ['PSH: push', 'PSH：推送'],
    'RFC 9293, 3.9.1.2',
    ['Hand the data to the program without waiting for more.', '不必等待更多数据，立即交付给程序。'],
    [
      'Stacks set it on the last segment of what a program wrote at once. It does not mark the end of a message.',
      '协议栈通常在一次写入的最后一个报文段上置位；它并不标志消息边界。',
    ],
  ),
  'tcp.flags.reset': card(
    ['RST: reset', 'RST：复位'],
    'RFC 9293, 3.5.2',
    [
      'Breaks the connection off at once. Data under way is lost and nothing is acknowledged.',
      '立即中断连接；传输中的数据会丢失，也不会再确认。',
    ],
    [
      'Typical reasons: no program listens on the port, the program ended or closed with unread data, or a device in between does not allow the connection.',
      '常见原因：端口上没有程序监听；程序退出，或在仍有未读数据时关闭；中间设备不允许该连接。',
    ],
  ),
  'tcp.flags.syn': card(
    ['SYN: synchronize', 'SYN：同步'],
    'RFC 9293, 3.5',
    ['Opens the connection and announces the sender’s initial sequence number.', '请求建立连接，并告知发送方的初始序号。'],
    [
      'Why three segments? Both sides must learn that the other received its number, hence the three-way handshake: SYN, SYN-ACK, ACK. Options such as MSS and window scale can only be agreed here.',
      '为什么是三次？双方都必须确知对方收到了自己的初始序号，因此需要三次握手：SYN、SYN-ACK、ACK。MSS、窗口扩大等选项只能在此协商。',
    ],
  ),
  'tcp.flags.fin': card(
    ['FIN: finish', 'FIN：终止'],
    'RFC 9293, 3.6',
    [
      'The sender has no more data. It can still receive: each direction is closed on its own.',
      '发送方不再发送数据，但仍可接收：两个方向分别关闭。',
    ],
    [
      'The side that sends FIN first ends in TIME-WAIT, so that late segments die out before the ports are used again.',
      '先发送 FIN 的一方最后进入 TIME-WAIT 状态，使迟到的报文段在端口再次使用之前消失。',
    ],
  ),
  'tcp.window_size_value': card(
    ['Window field', '窗口字段'],
    'RFC 9293, 3.1',
    [
      'The 16-bit window as it is in the header, before scaling: how much more the sender of this packet can take.',
      '首部中 16 位的窗口值，尚未乘以扩大因子：本分组的发送方还能接收多少数据。',
    ],
    [
      'Why a factor? The field has 16 bits, so 65,535 at most. For more, the two SYNs agree on a shift. In a SYN itself the window is never scaled.',
      '为什么要乘以因子？该字段只有 16 位，最大 65,535。需要更大时由两个 SYN 协商移位数；SYN 自身的窗口从不扩大。',
    ],
  ),
  'tcp.window_size': card(
    ['Window', '窗口'],
    'RFC 9293, 3.1 and RFC 7323, 2',
    ['How many more bytes the sender of this packet can take right now.', '本分组的发送方此刻还能接收多少字节。'],
    [
      'Why a factor? The field has 16 bits, so 65,535 at most. The two SYNs agree on a shift. If they are not in the capture the true size is unknown, and the number in the header is printed as it is.',
      '为什么要乘以因子？该字段只有 16 位，最大 65,535，因此两个 SYN 协商一个移位数。如果捕获中没有 SYN，真实大小便不可知，只能按首部中的值原样显示。',
    ],
  ),
  'tcp.window_size_scalefactor': card(
    ['Window scaling factor', '窗口扩大因子'],
    'RFC 7323, 2.3',
    [
      'What the window in the header is multiplied by: 2 to the power of the shift that this side announced in its SYN. -1: the SYN is not in the capture; -2: no scaling agreed.',
      '首部窗口值要乘的因子：2 的移位数次方，移位数由该方在其 SYN 中给出。-1 表示捕获中没有 SYN，-2 表示未协商窗口扩大。',
    ],
    [
      'Scaling is only used when both SYNs carry the option, and each direction has its own factor.',
      '只有两个 SYN 都带该选项时才生效，两个方向的因子各自独立。',
    ],
  ),
  'tcp.checksum': card(
    ['Checksum', '检验和'],
    'RFC 9293, 3.1',
    [
      'Guards header, data and the addresses (a pseudo-header) against transmission errors: the one’s complement of a one’s complement sum of 16-bit words.',
      '保护首部、数据和地址（伪首部）免受传输差错：16 位字反码求和后再取反码。',
    ],
    [
      'Why is it wrong? On the sending machine it is often wrong in a capture: the network card fills it in after the packet was recorded (checksum offload).',
      '为什么会错？在发送方主机上捕获时它常常是错的：网卡在分组被记录之后才填入（检验和卸载）。',
    ],
  ),
  'tcp.checksum.status': card(
    ['Checksum status', '检验和状态'],
    '',
    ['Whether the program checked the checksum, and with which result.', '程序是否验证了检验和以及结果如何。'],
    [
      'Unverified is normal: checking is off, because captures on the sender would show false errors.',
      '未验证是常态：在发送方捕获会出现假错误，所以默认不检查。',
    ],
  ),
  'tcp.checksum_calculated': card(['Calculated checksum', '计算得到的检验和'], 'RFC 9293, 3.1', [
    'The checksum that these bytes should have. It is computed, not part of the packet.',
    '这些字节应有的检验和；是计算出来的，不在分组中。',
  ]),
  'tcp.checksum_bad.expert': card(
    ['Bad checksum', '检验和错误'],
    'RFC 9293, 3.1',
    ['The checksum does not fit the bytes.', '检验和与字节内容不符。'],
    [
      'Either the bytes were damaged on the way, or (on the sender) the card had not filled the checksum in yet.',
      '要么字节在途中损坏，要么（在发送方捕获时）网卡尚未填入检验和。',
    ],
  ),
  'tcp.checksum.ffff': card(['Checksum 0xffff', '检验和为 0xffff'], 'RFC 1624', [
    'A correct sender writes 0x0000 instead of 0xffff here.',
    '正确的发送方此处应写 0x0000 而非 0xffff。',
  ]),
  'tcp.urgent_pointer': card(['Urgent pointer', '紧急指针'], 'RFC 9293, 3.8.5', [
    'Offset from the sequence number to the end of urgent data. Only valid with URG.',
    '从序号到紧急数据末尾的偏移，仅在 URG 置位时有效。',
  ]),
  'tcp.urgent_pointer.non_zero': card(['Urgent pointer without URG', '无 URG 却有紧急指针'], 'RFC 9293, 3.1', [
    'URG is off, yet the urgent pointer is not 0. The receiver ignores it.',
    'URG 未置位但紧急指针不为 0；接收方会忽略它。',
  ]),
  'tcp.payload': card(
    ['TCP payload', 'TCP 数据'],
    'RFC 9293, 3.1',
    ['The application’s bytes in this segment.', '本报文段中的应用数据字节。'],
    [
      'TCP knows no messages: one may span several segments, and one segment may hold several messages.',
      'TCP 没有消息边界：一条消息可以跨多个报文段，一个报文段也可以含多条消息。',
    ],
  ),
  'tcp.options': card(['Options', '选项'], 'RFC 9293, 3.2', [
    'Extra information after the fixed 20 bytes, up to 40 bytes, padded to a multiple of 4.',
    '固定 20 字节之后的附加信息，最多 40 字节，填充到 4 的倍数。',
  ]),
  'tcp.option_kind': card(
    ['Option kind', '选项种类'],
    'RFC 9293, 3.2',
    ['Which option this is.', '指明这是哪一个选项。'],
    undefined,
    tcpOptionKinds,
  ),
  'tcp.option_len': card(['Option length', '选项长度'], 'RFC 9293, 3.2', [
    'Bytes of the option with its kind and length bytes. NOP and End have no length.',
    '选项的字节数，含种类和长度两个字节。NOP 和 End 没有长度字段。',
  ]),
  'tcp.time_relative': card(['Time since first packet of this stream', '自本流首个分组起的时间'], '', [
    'Seconds between the first packet of this connection in the file and this one.',
    '文件中本连接的首个分组到此分组的秒数。',
  ]),
  'tcp.time_delta': card(['Time since previous packet of this stream', '距本流上一个分组的时间'], '', [
    'Seconds since the packet before it on the same connection. Long waits show here.',
    '距同一连接上一个分组的秒数；较长的等待会在此显现。',
  ]),
  'tcp.pdu.size': card(['PDU size', 'PDU 大小'], '', [
    'Bytes of the application message that starts here.',
    '从此处开始的应用消息的字节数。',
  ]),
  'tcp.pdu.time': card(['Time to the last segment of the PDU', '到 PDU 最后一个报文段的时间'], '', [
    'How long the message took to arrive in full.',
    '该消息完整到达所用的时间。',
  ]),
  'tcp.pdu.last_frame': card(['Last frame of the PDU', 'PDU 的最后一帧'], '', [
    'The packet in which the message that starts here ends.',
    '此处开始的消息在哪个分组中结束。',
  ]),
  'tcp.continuation_to': card(['Continuation to', '接续'], '', [
    'The data of this segment continues a message that began in the packet named here.',
    '本报文段的数据接续此处所指分组中开始的消息。',
  ]),
  'tcp.segment': card(['Segment of a reassembled message', '重组消息的报文段'], '', [
    'One of the packets whose bytes form the message that is decoded here.',
    '其字节组成此处所解码消息的分组之一。',
  ]),
  'tcp.segments': card(['Reassembled segments', '重组的报文段'], '', [
    'The message did not fit into one segment. These are the packets it was put together from.',
    '消息超过一个报文段，这里列出拼成它的各个分组。',
  ]),
  'tcp.segment.count': card(['Segment count', '报文段数'], '', [
    'How many segments the message was put together from.',
    '拼成该消息的报文段数量。',
  ]),
  'tcp.segment_data': card(['TCP segment data', 'TCP 报文段数据'], '', [
    'Bytes that belong to a message which is decoded in another packet.',
    '属于在另一分组中解码的消息的字节。',
  ]),
  'tcp.reassembled_in': card(['Reassembled in', '重组于'], '', [
    'The packet in which the message is complete and decoded.',
    '消息在该分组中完整并被解码。',
  ]),
  'tcp.reassembled.length': card(['Reassembled length', '重组长度'], '', [
    'Bytes of the message after it was put together.',
    '拼接后消息的字节数。',
  ]),
  'tcp.reassembled.data': card(['Reassembled data', '重组数据'], '', [
    'The bytes of the message after it was put together.',
    '拼接后消息的字节。',
  ]),
  'tcp.segment.overlap': card(['Segment overlap', '报文段重叠'], '', [
    'This segment repeats bytes that another one has brought already.',
    '本报文段含有已由另一报文段送达的字节。',
  ]),
  'tcp.segment.overlap.conflict': card(['Conflicting overlap', '重叠内容冲突'], '', [
    'The repeated bytes differ from the first ones. That should never happen and may be an attempt to mislead a monitor.',
    '重复的字节与先前的不同；正常不应发生，可能是企图欺骗监测设备。',
  ]),
  'tcp.segment.multipletails': card(['Several ends', '多个结尾'], '', [
    'Two segments claim to be the last one.',
    '有两个报文段自称是最后一个。',
  ]),
  'tcp.segment.toolongfragment': card(['Segment too long', '报文段过长'], '', [
    'A segment reaches beyond the end of the message.',
    '报文段超出了消息的结尾。',
  ]),
  'tcp.segment.error': card(['Reassembly error', '重组错误'], '', ['The segments could not be put together.', '这些报文段无法拼接。']),
  'tcp.reset_cause': card(['Reset cause', '复位原因'], 'RFC 9293, 3.5.3', [
    'Text that some stacks put into an RST segment to say why.',
    '某些协议栈放在 RST 报文段中说明原因的文字。',
  ]),
  'tcp.fin_retransmission': card(['Retransmission of FIN', 'FIN 重传'], '', [
    'This FIN repeats the one in the packet named here.',
    '此 FIN 重传了所指分组中的 FIN。',
  ]),
  'tcp.syncookie': card(['SYN cookie', 'SYN cookie'], 'RFC 4987, 3.6', [
    'Reads the sequence number as a SYN cookie: state that a server under a SYN flood keeps in the number instead of in memory.',
    '把序号当作 SYN cookie 解读：服务器遭受 SYN 泛洪时把状态编码进序号而不占内存。',
  ]),
  'tcp.bogus_header_length': card(['Impossible header length', '不可能的首部长度'], 'RFC 9293, 3.1', [
    'The data offset is below 5 or reaches past the segment.',
    '数据偏移小于 5 或超出报文段。',
  ]),
  'tcp.short_segment': card(['Segment cut off', '报文段被截断'], '', [
    'The segment ends before its headers say.',
    '报文段在其首部所示长度之前就结束了。',
  ]),
  'tcp.option.len.invalid': card(['Wrong option length', '选项长度错误'], 'RFC 9293, 3.2', [
    'The option’s length does not fit its kind.',
    '选项长度与其种类不符。',
  ]),
  'tcp.non_zero_bytes_after_eol': card(['Bytes after end of options', '选项结束之后的字节'], 'RFC 9293, 3.1', [
    'After the End of Option List only zero padding may follow.',
    '选项表结束之后只应有零填充。',
  ]),
  'tcp.suboption_malformed': card(['Malformed option', '选项格式错误'], '', [
    'The content of an option cannot be read.',
    '选项的内容无法解读。',
  ]),
  'tcp.nop': card(['Many NOP options', '过多 NOP 选项'], 'RFC 9293, 3.2', [
    'More than four No-Operation options in a row, which serves no purpose.',
    '连续超过四个 NOP 选项，没有意义。',
  ]),
  'tcp.connection.syn': card(['Connection request', '连接请求'], 'RFC 9293, 3.5', [
    'A SYN: the client asks to open a connection and enters SYN-SENT.',
    'SYN：客户端请求建立连接并进入 SYN-SENT 状态。',
  ]),
  'tcp.connection.synack': card(['Connection accepted', '接受连接'], 'RFC 9293, 3.5', [
    'A SYN-ACK: the server accepts, announces its own number and waits in SYN-RECEIVED for the last ACK.',
    'SYN-ACK：服务器接受连接并告知自己的序号，在 SYN-RECEIVED 状态等待最后的 ACK。',
  ]),
  'tcp.connection.sack': card(['Connection accepted', '接受连接'], 'RFC 9293, 3.5', [
    'A SYN-ACK: the server accepts the connection.',
    'SYN-ACK：服务器接受连接。',
  ]),
  'tcp.connection.fin': card(['Connection finish', '连接终止'], 'RFC 9293, 3.6', [
    'A FIN: this side sends no more data.',
    'FIN：该方不再发送数据。',
  ]),
  'tcp.connection.fin_active': card(['Active close', '主动关闭'], 'RFC 9293, 3.6', [
    'The first FIN: this side closes first, goes through FIN-WAIT-1 and ends in TIME-WAIT.',
    '首个 FIN：该方先关闭，经过 FIN-WAIT-1，最后进入 TIME-WAIT。',
  ]),
  'tcp.connection.fin_passive': card(['Passive close', '被动关闭'], 'RFC 9293, 3.6', [
    'The second FIN: this side was in CLOSE-WAIT and now waits in LAST-ACK.',
    '第二个 FIN：该方此前处于 CLOSE-WAIT，现在进入 LAST-ACK 等待确认。',
  ]),
  'tcp.connection.rst': card(['Connection reset', '连接复位'], 'RFC 9293, 3.5.2', [
    'An RST: the connection ends at once, without the orderly exchange of FIN.',
    'RST：连接立即结束，没有 FIN 的有序交换。',
  ]),
  'tcp.completeness': card(
    ['Conversation completeness', '会话完整性'],
    '',
    [
      'Which parts of the connection are in this file, as a sum: 1 SYN, 2 SYN-ACK, 4 ACK, 8 data, 16 FIN, 32 RST.',
      '本文件包含该连接的哪些部分，用求和表示：1 SYN，2 SYN-ACK，4 ACK，8 数据，16 FIN，32 RST。',
    ],
    [
      '31 is a connection from handshake to orderly close with data. Without the opening (1, 2 and 4) window scale and options are unknown.',
      '31 表示从握手、传数据到有序关闭都完整。缺少开头（1、2、4）时无法得知窗口扩大等选项。',
    ],
  ),
}
