// What the program concludes from the order and timing of segments ([SEQ/ACK analysis]). None of it is in the packet; each item is a hint.
import { card, type FieldTexts } from '../card'

/** Cards of tcp.analysis.*. */
export const tcpAnalysisFields: FieldTexts = {
  'tcp.analysis': card(
    ['SEQ/ACK analysis', '序号与确认分析'],
    '',
    [
      'What the program worked out by following sequence numbers and acknowledgments of this connection.',
      '程序跟踪本连接的序号与确认号得出的结论。',
    ],
    [
      'It sees only what was captured here. Packets that were lost before or after this point look alike.',
      '它只看得到此处捕获的分组；在此点之前或之后丢失的分组看起来是一样的。',
    ],
  ),
  'tcp.analysis.flags': card(
    ['TCP analysis flags', 'TCP 分析标记'],
    '',
    [
      'Something about this segment is unusual: lost, repeated, out of order, or a window problem.',
      '该报文段有异常：丢失、重复、乱序或窗口问题。',
    ],
    ['They are hints, not verdicts. A few repeats are normal on any network.', '这些只是提示而非定论；少量重传在任何网络中都正常。'],
  ),
  'tcp.analysis.retransmission': card(
    ['Retransmission', '重传'],
    'RFC 6298 and RFC 9293, 3.8.1',
    ['These bytes were sent before and are sent again.', '这些字节先前已发送过，现在再次发送。'],
    [
      'The sender had no acknowledgment in time: the segment or its ACK was lost or late. Many of them mean loss or overload on the path.',
      '发送方未及时收到确认：报文段或其 ACK 丢失或迟到。大量重传意味着路径上有丢包或过载。',
    ],
  ),
  'tcp.analysis.fast_retransmission': card(
    ['Fast retransmission', '快速重传'],
    'RFC 5681, 3.2',
    ['Sent again right after duplicate ACKs, without waiting for the timer.', '收到重复确认后立即重传，不等待超时。'],
    [
      'Three duplicate ACKs show that later data arrives, so only something in between is missing.',
      '三个重复 ACK 说明后面的数据仍在到达，只是中间缺了一段。',
    ],
  ),
  'tcp.analysis.spurious_retransmission': card(
    ['Spurious retransmission', '虚假重传'],
    'RFC 5682',
    ['The bytes had been acknowledged already when they were sent again.', '重传时这些字节其实已被确认。'],
    [
      'The ACK was lost or crossed the repeat on its way, or the timer was too short.',
      '可能是 ACK 丢失、与重传在途中交错，或超时时间过短。',
    ],
  ),
  'tcp.analysis.out_of_order': card(
    ['Out of order', '乱序'],
    '',
    [
      'The segment comes after one with a higher sequence number, soon enough that it was probably overtaken, not repeated.',
      '该报文段在序号更大的报文段之后到达，且间隔很短，多半是被超越而非重传。',
    ],
    ['Several paths, parallel queues or a fast repeat on the path can cause it.', '多条路径、并行队列或途中的快速重发都可能造成乱序。'],
  ),
  'tcp.analysis.lost_segment': card(
    ['Previous segment not captured', '前一报文段未捕获'],
    '',
    [
      'There is a gap before this segment: bytes of this direction are not in the capture.',
      '此报文段之前有缺口：该方向的部分字节不在捕获中。',
    ],
    [
      'They were lost on the network before this point, or the capture missed them. An ACK for them tells which.',
      '可能在到达此点之前丢失，也可能是捕获遗漏；若随后有对其的 ACK，则属于后者。',
    ],
  ),
  'tcp.analysis.ack_lost_segment': card(
    ['ACKed unseen segment', '确认了未见的报文段'],
    '',
    ['The receiver acknowledges bytes that this capture does not contain.', '接收方确认了本捕获中没有的字节。'],
    [
      'So the data did arrive: the capture missed it, or took only one of several paths.',
      '说明数据确已到达：是捕获遗漏，或只捕获了多条路径中的一条。',
    ],
  ),
  'tcp.analysis.duplicate_ack': card(
    ['Duplicate ACK', '重复确认'],
    'RFC 5681, 2',
    ['The same acknowledgment once more, without data or a new window.', '再次发送相同的确认，不带数据，窗口也未变。'],
    [
      'The receiver got something after a gap and asks for what is missing. The third one triggers a fast retransmission.',
      '接收方在缺口之后又收到数据，以此要求补上缺失部分；第三个会触发快速重传。',
    ],
  ),
  'tcp.analysis.duplicate_ack_num': card(['Duplicate ACK number', '重复确认的次数'], '', [
    'The how-many-eth repeat of the same ACK this is.',
    '这是同一确认的第几次重复。',
  ]),
  'tcp.analysis.duplicate_ack_frame': card(['Duplicate of the ACK in', '所重复的确认'], '', [
    'The packet that sent this acknowledgment first.',
    '首次发送该确认的分组。',
  ]),
  'tcp.analysis.zero_window': card(
    ['Zero window', '零窗口'],
    'RFC 9293, 3.8.6',
    ['The receiver has no room: the other side must stop sending data.', '接收方没有空间：对方必须停止发送数据。'],
    ['The program on that side does not read fast enough. The network is not the cause.', '该方的程序读取太慢，与网络无关。'],
  ),
  'tcp.analysis.zero_window_probe': card(
    ['Zero-window probe', '零窗口探测'],
    'RFC 9293, 3.8.6.1',
    ['One byte sent into a closed window to learn whether it has opened.', '向关闭的窗口发送一个字节，以了解窗口是否已打开。'],
    ['Without it a lost window update would make both sides wait forever.', '否则窗口更新一旦丢失，双方会永远等待（死锁）。'],
  ),
  'tcp.analysis.zero_window_probe_ack': card(['Answer to a zero-window probe', '零窗口探测的确认'], 'RFC 9293, 3.8.6.1', [
    'The receiver answers the probe and repeats its window.',
    '接收方回应探测并再次告知窗口。',
  ]),
  'tcp.analysis.window_update': card(['Window update', '窗口更新'], 'RFC 9293, 3.8.6', [
    'The receiver has read data and announces more room. Nothing else changed.',
    '接收方读走了数据并通告更大的窗口，其他没有变化。',
  ]),
  'tcp.analysis.window_full': card(
    ['Window full', '窗口已满'],
    'RFC 9293, 3.8.6',
    [
      'With this segment the sender has used up the whole window; it must wait for an ACK.',
      '发送该报文段后窗口已用完，发送方必须等待 ACK。',
    ],
    ['The receiver’s buffer limits the speed here, not the network.', '此处限制速度的是接收方的缓冲区而非网络。'],
  ),
  'tcp.analysis.keep_alive': card(['Keep-alive', '保活'], 'RFC 9293, 3.8.4', [
    'Asks an idle peer whether it is still there: a segment with the last byte’s number again.',
    '询问空闲的对方是否还在：再次发送序号为最后一个字节的报文段。',
  ]),
  'tcp.analysis.keep_alive_ack': card(['Keep-alive ACK', '保活确认'], 'RFC 9293, 3.8.4', [
    'The peer answers: it is still there.',
    '对方应答：仍在线。',
  ]),
  'tcp.analysis.reused_ports': card(
    ['Port numbers reused', '端口重用'],
    'RFC 9293, 3.4',
    [
      'A new connection with the same addresses and ports as an earlier one in this file.',
      '新连接使用了与本文件中先前连接相同的地址和端口。',
    ],
    [
      'Normal for clients that connect often; a problem if the old connection was still alive.',
      '频繁连接的客户端常见；若旧连接仍存在则有问题。',
    ],
  ),
  'tcp.analysis.tfo_syn': card(['SYN with a Fast Open cookie', '带快速打开 cookie 的 SYN'], 'RFC 7413', [
    'This SYN carries a cookie and may carry data.',
    '该 SYN 带有 cookie，可能还带数据。',
  ]),
  'tcp.analysis.tfo_ack': card(['Fast Open data acknowledged', '快速打开数据已确认'], 'RFC 7413', [
    'The server accepted the data of the SYN.',
    '服务器接受了 SYN 中的数据。',
  ]),
  'tcp.analysis.tfo_ignored': card(['Fast Open data ignored', '快速打开数据被忽略'], 'RFC 7413', [
    'The server did not accept the data of the SYN; it has to be sent again.',
    '服务器未接受 SYN 中的数据，需要重发。',
  ]),
  'tcp.analysis.acks_frame': card(['This acknowledges', '所确认的分组'], '', [
    'The packet whose data this segment acknowledges.',
    '本报文段所确认的数据所在的分组。',
  ]),
  'tcp.analysis.ack_rtt': card(
    ['Time to acknowledge', '确认往返时间'],
    'RFC 6298',
    [
      'From the data segment to this acknowledgment, as seen where the capture was taken.',
      '从数据报文段到该确认的时间，以捕获点所见为准。',
    ],
    [
      'It is a round-trip time only if captured at the sender of the data. The receiver may also wait a little (delayed ACK, up to 500 ms).',
      '仅当在数据发送方捕获时才等于往返时间 RTT；接收方也可能稍作等待（延迟确认，最多 500 ms）。',
    ],
  ),
  'tcp.analysis.initial_rtt': card(
    ['Initial round-trip time', '初始往返时间（iRTT）'],
    '',
    [
      'From the SYN to the client’s ACK of the handshake: the round trip between both hosts, wherever it was captured.',
      '从 SYN 到客户端握手 ACK 的时间：无论在何处捕获都等于两主机间的往返时间。',
    ],
    ['A good base line, because hosts answer handshakes at once.', '主机会立即回应握手，因此可作为基准。'],
  ),
  'tcp.analysis.bytes_in_flight': card(
    ['Bytes in flight', '在途字节数'],
    'RFC 5681, 2',
    [
      'Bytes this side has sent that are not acknowledged yet, as far as this capture shows.',
      '该方已发送但尚未确认的字节数（以本捕获为准）。',
    ],
    [
      'It cannot exceed the receiver’s window nor the sender’s congestion window; the latter is not in the packet.',
      '它不能超过接收窗口，也不能超过发送方的拥塞窗口；后者不在分组中。',
    ],
  ),
  'tcp.analysis.push_bytes_sent': card(['Bytes since last PSH', '自上次 PSH 以来的字节数'], '', [
    'Bytes sent since the last segment with PSH.',
    '自上一个带 PSH 的报文段以来发送的字节数。',
  ]),
  'tcp.analysis.rto': card(
    ['Retransmission timeout', '重传超时（RTO）'],
    'RFC 6298',
    ['Time between the first sending and this repeat.', '首次发送与此次重传之间的时间。'],
    ['The timer is set from measured round trips and doubles with each repeat.', '超时值由测得的往返时间计算，每次重传加倍。'],
  ),
  'tcp.analysis.rto_frame': card(['Timeout based on', '超时所依据的分组'], '', [
    'The packet that was sent first and is repeated here.',
    '首次发送、此处重传的分组。',
  ]),
}
