// TCP option kinds and the bits of tcp.completeness.
import { value, type ValueTexts } from '../card'

/** TCP option kinds (IANA "TCP Option Kind Numbers"). */
export const tcpOptionKinds: ValueTexts = {
  '0': value('End of Option List', 'No more options follow.', '其后不再有选项。', 'RFC 9293, 3.2'),
  '1': value(
    'No-Operation',
    'One byte of filling, so that the next option starts at a multiple of 4.',
    '一个字节的填充，使下一个选项对齐到 4 的倍数。',
    'RFC 9293, 3.2',
  ),
  '2': value(
    'Maximum Segment Size',
    'The largest segment that this side wants to receive. Only in SYN segments.',
    '该方愿意接收的最大报文段长度，仅出现在 SYN 中。',
    'RFC 9293, 3.7.1',
  ),
  '3': value(
    'Window Scale',
    'The shift for this side’s windows. Only in SYN segments; works if both sides send it.',
    '该方窗口的移位数，仅在 SYN 中出现，双方都发送才生效。',
    'RFC 7323, 2',
  ),
  '4': value(
    'SACK Permitted',
    'This side understands selective acknowledgments. Only in SYN segments.',
    '该方支持选择确认，仅在 SYN 中出现。',
    'RFC 2018, 2',
  ),
  '5': value(
    'SACK',
    'Blocks that arrived after a gap, so that only the gap is sent again.',
    '缺口之后已收到的块，发送方只需重传缺口。',
    'RFC 2018, 3',
  ),
  '6': value('Echo (obsolete)', 'Replaced by Timestamps.', '已由时间戳选项取代。', 'RFC 1072'),
  '7': value('Echo Reply (obsolete)', 'Replaced by Timestamps.', '已由时间戳选项取代。', 'RFC 1072'),
  '8': value(
    'Timestamps',
    'The sender’s clock and an echo of the other side’s: measures the round trip and rejects old segments.',
    '发送方时钟和对对方时钟的回显：用于测量往返时间并拒绝过时的报文段。',
    'RFC 7323, 3',
  ),
  '19': value(
    'MD5 Signature',
    'Signs segments with a shared key, for BGP sessions. Superseded by TCP-AO.',
    '用共享密钥对报文段签名，用于 BGP 会话；已由 TCP-AO 取代。',
    'RFC 2385',
  ),
  '27': value(
    'Quick-Start Response',
    'An experiment to ask routers for a high starting rate.',
    '向路由器申请较高起始速率的实验。',
    'RFC 4782',
  ),
  '28': value(
    'User Timeout',
    'How long this side waits for acknowledgments before it gives up.',
    '该方在放弃连接之前等待确认的时间。',
    'RFC 5482',
  ),
  '29': value(
    'TCP-AO',
    'Authenticates segments with keys that can be changed while the connection lives.',
    '对报文段进行认证，连接期间可更换密钥。',
    'RFC 5925',
  ),
  '30': value(
    'Multipath TCP',
    'One connection over several paths; the subtype says what is agreed or sent.',
    '一个连接使用多条路径；子类型说明协商或传送的内容。',
    'RFC 8684',
  ),
  '34': value('Fast Open', 'A cookie that lets a client send data in its SYN.', '让客户端可在 SYN 中携带数据的 cookie。', 'RFC 7413'),
  '69': value(
    'Encryption Negotiation',
    'Agrees on encrypting the stream without the application (TCP-ENO).',
    '协商在应用不知情的情况下加密数据流（TCP-ENO）。',
    'RFC 8547',
  ),
  '76': value('Riverbed probe', 'WAN optimisers of one vendor find each other.', '某厂商的广域网优化设备互相发现。'),
  '78': value('Riverbed transparency', 'WAN optimisers of one vendor mark their connections.', '某厂商的广域网优化设备标记其连接。'),
  '172': value('Accurate ECN order 0', 'Byte counters of ECN marks.', 'ECN 标记的字节计数器。', 'RFC 9768'),
  '174': value(
    'Accurate ECN order 1',
    'Byte counters of ECN marks, in the other order.',
    'ECN 标记的字节计数器（另一种顺序）。',
    'RFC 9768',
  ),
  '253': value(
    'Experiment 1',
    'For experiments; the first bytes (ExID) say which.',
    '供实验使用，开头的 ExID 说明是哪个实验。',
    'RFC 6994',
  ),
  '254': value(
    'Experiment 2',
    'For experiments; the first bytes (ExID) say which.',
    '供实验使用，开头的 ExID 说明是哪个实验。',
    'RFC 6994',
  ),
}

/** Subtypes of Multipath TCP options. */
export const mptcpSubtypes: ValueTexts = {
  '0': value('MP_CAPABLE', 'Opens a Multipath TCP connection and exchanges keys.', '建立多路径 TCP 连接并交换密钥。', 'RFC 8684, 3.1'),
  '1': value('MP_JOIN', 'Adds a path (subflow) to a connection.', '为连接增加一条路径（子流）。', 'RFC 8684, 3.2'),
  '2': value(
    'DSS',
    'Maps bytes of this subflow to the connection as a whole, and acknowledges them.',
    '把子流字节映射到整个连接的序号并加以确认。',
    'RFC 8684, 3.3',
  ),
  '3': value('ADD_ADDR', 'Announces another address.', '通告另一个地址。', 'RFC 8684, 3.4.1'),
  '4': value('REMOVE_ADDR', 'Withdraws an address.', '撤回一个地址。', 'RFC 8684, 3.4.2'),
  '5': value('MP_PRIO', 'Changes which paths are only for backup.', '改变路径的备用优先级。', 'RFC 8684, 3.3.8'),
  '6': value('MP_FAIL', 'The mapping does not fit; go back to plain TCP.', '映射校验失败，退回普通 TCP。', 'RFC 8684, 3.7'),
  '7': value('MP_FASTCLOSE', 'Ends the whole connection at once.', '立即结束整个连接。', 'RFC 8684, 3.5'),
  '8': value('MP_TCPRST', 'Says why a subflow was reset.', '说明子流被复位的原因。', 'RFC 8684, 3.6'),
}
