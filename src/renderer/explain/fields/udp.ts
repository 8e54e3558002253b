// UDP (RFC 768) and plain data.
import { card, type FieldTexts } from '../card'

/** Cards of UDP and of undecoded data. */
export const udpFields: FieldTexts = {
  udp: card(
    ['User Datagram Protocol', '用户数据报协议（UDP）'],
    'RFC 768',
    [
      'Sends single messages between programs: ports, a length and a checksum, nothing more.',
      '在程序之间发送单个消息：只有端口、长度和检验和。',
    ],
    [
      'Why so little? No handshake, no repeats, no order. Fit for short questions (DNS) and for protocols that bring their own reliability (QUIC).',
      '为什么如此简单？没有握手、重传和顺序；适合短小的询问（DNS）以及自带可靠机制的协议（QUIC）。',
    ],
  ),
  'udp.srcport': card(
    ['Source port', '源端口'],
    'RFC 768',
    [
      'The port of the program that sent this datagram. Answers go there; 0 means no answer is expected.',
      '发送方程序的端口，应答发往此处；0 表示不期待应答。',
    ],
    ['Clients use a random free port, which also makes forged answers harder.', '客户端使用随机的空闲端口，这也使伪造应答更难。'],
  ),
  'udp.dstport': card(['Destination port', '目的端口'], 'RFC 768', [
    'The port of the program that this datagram is for.',
    '数据报要交给的程序的端口。',
  ]),
  'udp.port': card(['Source or destination port', '源或目的端口'], 'RFC 768', ['Stands for either port.', '代表两个端口中的任意一个。']),
  'udp.length': card(['Length', '长度'], 'RFC 768', [
    'Bytes of the datagram with its 8-byte header; 8 is the least.',
    '数据报的字节数，含 8 字节首部；最小为 8。',
  ]),
  'udp.length.bad': card(['Wrong length', '长度错误'], 'RFC 768', ['The length does not fit the IP packet.', '长度与 IP 分组不符。']),
  'udp.length.bad_zero': card(['Length 0', '长度为 0'], 'RFC 2675', [
    '0 is only allowed in an IPv6 jumbogram.',
    '仅在 IPv6 巨型分组中允许为 0。',
  ]),
  'udp.checksum': card(
    ['Checksum', '检验和'],
    'RFC 768 and RFC 8200, 8.1',
    [
      'Guards header, data and the addresses. 0 in IPv4 means the sender did not compute one; IPv6 requires it.',
      '保护首部、数据与地址。IPv4 中 0 表示未计算；IPv6 必须有。',
    ],
    [
      'On the sending machine it is often wrong in a capture: the network card fills it in later.',
      '在发送方捕获时常是错的：由网卡随后填入。',
    ],
  ),
  'udp.checksum.status': card(['Checksum status', '检验和状态'], '', [
    'Whether the checksum was checked, and the result.',
    '是否验证了检验和及其结果。',
  ]),
  'udp.checksum_calculated': card(['Calculated checksum', '计算得到的检验和'], 'RFC 768', [
    'The checksum that these bytes should have.',
    '这些字节应有的检验和。',
  ]),
  'udp.checksum_coverage': card(['Checksum coverage', '检验和覆盖长度'], 'RFC 3828', [
    'UDP-Lite: how many bytes the checksum covers.',
    'UDP-Lite：检验和覆盖的字节数。',
  ]),
  'udp.checksum.bad': card(['Bad checksum', '检验和错误'], 'RFC 768', [
    'The checksum does not fit: damage, or offload on the sending machine.',
    '检验和不符：损坏，或发送方的检验和卸载。',
  ]),
  'udp.checksum.zero': card(['Checksum 0', '检验和为 0'], 'RFC 8200, 8.1', [
    'IPv6 requires a checksum, but this one is 0.',
    'IPv6 要求检验和，但此处为 0。',
  ]),
  'udp.stream': card(['Stream index', '流编号'], '', [
    'A number that the program gives to each pair of addresses and ports, from 0. It is not in the packet.',
    '程序给每对地址和端口编的号，从 0 开始；不在分组中。',
  ]),
  'udp.time_relative': card(['Time since first packet of this stream', '自本流首个分组起的时间'], '', [
    'Seconds since the first packet between these addresses and ports.',
    '距这对地址和端口之间首个分组的秒数。',
  ]),
  'udp.time_delta': card(['Time since previous packet of this stream', '距本流上一个分组的时间'], '', [
    'Seconds since the packet before it between these addresses and ports.',
    '距这对地址和端口之间上一个分组的秒数。',
  ]),
  'udp.payload': card(['Payload', '数据'], 'RFC 768', ['The application’s message.', '应用层的消息。']),
  'udp.pdu.size': card(['PDU size', 'PDU 大小'], '', ['Bytes of the application message.', '应用消息的字节数。']),
  'udp.possible_traceroute': card(['Possible traceroute', '可能是 traceroute'], '', [
    'A datagram to a high port with a low TTL, as traceroute sends it.',
    '发往高端口且 TTL 很小的数据报，类似 traceroute。',
  ]),
  data: card(
    ['Data', '数据'],
    '',
    ['Bytes that no protocol here decodes.', '此处没有协议可解码的字节。'],
    [
      'The port is not known, the content is encrypted, or it belongs to a message that is not complete.',
      '端口未知、内容已加密，或属于不完整的消息。',
    ],
  ),
  'data.data': card(['Data', '数据'], '', ['The bytes as they are.', '原始字节。']),
  'data.len': card(['Length', '长度'], '', ['How many bytes there are.', '字节数。']),
  'data.text': card(['Text', '文本'], '', ['The bytes as text.', '以文本显示的字节。']),
}
