// QUIC (RFC 9000, 9001): the packet's header and its frames.
import { card, value, type FieldTexts } from '../card'

/** Cards of QUIC. */
export const quicFields: FieldTexts = {
  quic: card(
    ['QUIC', 'QUIC 协议'],
    'RFC 9000',
    ['Streams, encryption and loss recovery over UDP; HTTP/3 runs on it.', '在 UDP 之上提供流、加密与丢包恢复；HTTP/3 运行于其上。'],
    [
      'Only the first packets can be read by everyone; the rest needs the connection’s keys.',
      '只有最初的分组人人可读，其余需要该连接的密钥。',
    ],
  ),
  'quic.header_form': card(['Header form', '首部形式'], 'RFC 9000, 17', [
    'Whether the header is long (while connecting) or short (afterwards).',
    '首部是长格式（建立连接时）还是短格式（之后）。',
  ]),
  'quic.fixed_bit': card(['Fixed bit', '固定位'], 'RFC 9000, 17.2', [
    'Always 1, so that QUIC can be told from other protocols on the port.',
    '恒为 1，便于与同一端口上的其他协议区分。',
  ]),
  'quic.long.packet_type': card(
    ['Packet type', '分组类型'],
    'RFC 9000, 17.2',
    ['What a packet with a long header is for.', '长首部分组的用途。'],
    undefined,
    {
      0: value('Initial', 'Carries the hellos; protected by keys that anyone can derive.', '承载 hello；其密钥任何人都能推导。'),
      1: value('0-RTT', 'Early data of a client that has been here before.', '曾连接过的客户端发送的早期数据。'),
      2: value('Handshake', 'The rest of the handshake, encrypted.', '握手的其余部分，已加密。'),
      3: value('Retry', 'The server asks the client to prove its address.', '服务器要求客户端证明其地址。'),
    },
  ),
  'quic.version': card(['Version', '版本'], 'RFC 9000, 15', [
    'The version of QUIC; 0 means version negotiation.',
    'QUIC 的版本；0 表示版本协商。',
  ]),
  'quic.dcid': card(
    ['Destination Connection ID', '目的连接标识'],
    'RFC 9000, 5.1',
    ['Names the connection for the receiver, who chose it.', '接收方自己选定的连接名称。'],
    ['So a connection survives a change of address or port.', '因此地址或端口改变后连接仍可继续。'],
  ),
  'quic.scid': card(['Source Connection ID', '源连接标识'], 'RFC 9000, 5.1', [
    'The name that the sender wants to be called by.',
    '发送方希望对方使用的连接名称。',
  ]),
  'quic.token': card(['Token', '令牌'], 'RFC 9000, 8.1', [
    'Proof of the client’s address, from a Retry or an earlier connection.',
    '客户端地址的凭证，来自 Retry 或先前的连接。',
  ]),
  'quic.retry_integrity_tag': card(['Retry Integrity Tag', 'Retry 完整性标签'], 'RFC 9001, 5.8', [
    'Shows that the Retry was not damaged and answers this connection.',
    '表明 Retry 未损坏且确为应答此连接。',
  ]),
  'quic.packet_number': card(
    ['Packet number', '分组编号'],
    'RFC 9000, 17.1',
    ['Counts the sender’s packets; no number is used twice.', '发送方分组的编号，不会重复使用。'],
    ['What was lost is sent again under a new number, so an ACK is never ambiguous.', '丢失的内容以新编号重发，因此确认不会有歧义。'],
  ),
  'quic.spin_bit': card(['Spin bit', '旋转位'], 'RFC 9000, 17.4', [
    'Flips once a round trip, so that the network can measure the delay.',
    '每个往返翻转一次，供网络测量时延。',
  ]),
  'quic.key_phase': card(['Key phase', '密钥阶段'], 'RFC 9001, 6', ['Flips when the keys were changed.', '更换密钥时翻转。']),
  'quic.payload': card(['Payload', '载荷'], 'RFC 9001, 5.3', ['The encrypted frames with their tag.', '加密的帧及其认证标签。']),
  'quic.remaining_payload': card(['Remaining payload', '剩余载荷'], 'RFC 9001, 5', [
    'The part of the packet for which there are no keys.',
    '没有密钥而无法解密的部分。',
  ]),
  'quic.frame_type': card(['Frame type', '帧类型'], 'RFC 9000, 19', ['What a frame inside the packet does.', '分组内一个帧的作用。']),
  'quic.crypto.offset': card(['Offset', '偏移'], 'RFC 9000, 19.6', [
    'Where the bytes stand in the stream of handshake messages.',
    '这些字节在握手消息流中的位置。',
  ]),
  'quic.stream.stream_id': card(['Stream ID', '流标识'], 'RFC 9000, 2.1', [
    'Which stream the data belongs to; its two lowest bits say who opened it and whether both sides send.',
    '数据所属的流；最低两位表明由谁打开以及是否双向。',
  ]),
  'quic.ack.largest_acknowledged': card(['Largest acknowledged', '最大确认编号'], 'RFC 9000, 19.3', [
    'The highest packet number that has arrived.',
    '已到达的最大分组编号。',
  ]),
  'quic.cc.error_code': card(['Error code', '错误码'], 'RFC 9000, 20', ['Why the connection was closed.', '关闭连接的原因。']),
}
