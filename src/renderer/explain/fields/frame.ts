// What the capture file says about a packet (frame.*), and the program's own notes (_ws.*).
import { card, type FieldTexts } from '../card'
import { expertSeverities } from '../values/expert'

/** Cards of frame.* and _ws.*. */
export const frameFields: FieldTexts = {
  frame: card(['Frame', '帧'], '', [
    'What the capture file noted about this packet: when, how long, on which interface. Not sent on the wire.',
    '捕获文件为该分组记录的信息：时间、长度、接口；不在线路上传输。',
  ]),
  'frame.number': card(['Frame number', '帧编号'], '', ['Position in the file, from 1.', '在文件中的位置，从 1 开始。']),
  'frame.len': card(['Frame length on the wire', '线路上的帧长度'], '', ['Bytes the packet had on the network.', '分组在网络上的字节数。']),
  'frame.cap_len': card(['Captured length', '捕获长度'], '', [
    'Bytes that are in the file. Fewer than on the wire if the capture was set to cut packets (snap length).',
    '文件中保存的字节数；若捕获设置了截断长度（snaplen），会少于线路长度。',
  ]),
  'frame.len_lt_caplen': card(['Captured more than there was', '捕获长度大于实际长度'], '', [
    'The file says more bytes were captured than the packet had.',
    '文件记录的捕获字节多于分组长度。',
  ]),
  'frame.time': card(['Arrival time', '到达时间'], '', [
    'When the packet was recorded, in local time. The clock of the recording machine may be off.',
    '记录该分组的本地时间；记录主机的时钟可能不准。',
  ]),
  'frame.time_utc': card(['UTC arrival time', '到达时间（UTC）'], '', ['When the packet was recorded, in UTC.', '以 UTC 表示的记录时间。']),
  'frame.time_epoch': card(['Epoch time', '纪元时间'], '', ['Seconds since 1970-01-01 00:00 UTC.', '自 1970-01-01 00:00 UTC 起的秒数。']),
  'frame.time_delta': card(
    ['Time since previous captured frame', '距上一捕获帧的时间'],
    '',
    ['Seconds since the packet before it in the file.', '距文件中上一个分组的秒数。'],
    ['A negative value means the file is not in time order, for example after merging.', '负值说明文件未按时间排序，例如合并之后。'],
  ),
  'frame.time_delta_displayed': card(['Time since previous displayed frame', '距上一显示帧的时间'], '', [
    'Seconds since the packet before it in the list, with the filter in force.',
    '在当前过滤器下，距列表中上一个分组的秒数。',
  ]),
  'frame.time_relative': card(['Time since reference or first frame', '自参考帧或首帧起的时间'], '', [
    'Seconds since the first packet or the last time reference.',
    '距首个分组或上一个时间参考的秒数。',
  ]),
  'frame.time_invalid': card(['Invalid time', '时间无效'], '', ['The time in the file is not a possible one.', '文件中的时间不合法。']),
  'frame.ref_time': card(['Time reference', '时间参考'], '', ['Times of later packets count from here.', '后续分组的时间从此处算起。']),
  'frame.offset_shift': card(['Time shift', '时间平移'], '', ['Seconds by which the times were shifted.', '时间被平移的秒数。']),
  'frame.marked': card(['Marked', '已标记'], '', ['You marked this packet (Ctrl+M).', '您标记了该分组（Ctrl+M）。']),
  'frame.ignored': card(['Ignored', '已忽略'], '', [
    'You set this packet aside: it is not decoded (Ctrl+D).',
    '您忽略了该分组，不对其解码（Ctrl+D）。',
  ]),
  'frame.protocols': card(['Protocols in frame', '帧中的协议'], '', [
    'The protocols that were decoded, from the outside in.',
    '由外到内解码出的各层协议。',
  ]),
  'frame.encap_type': card(['Encapsulation type', '封装类型'], '', ['Kind of link the packet was recorded on.', '记录该分组的链路种类。']),
  'frame.interface_id': card(['Interface id', '接口编号'], '', ['Number of the interface within the file.', '文件中的接口编号。']),
  'frame.interface_name': card(['Interface name', '接口名称'], '', [
    'Name of the interface on the recording machine.',
    '记录主机上的接口名称。',
  ]),
  'frame.interface_description': card(['Interface description', '接口描述'], '', [
    'Description of the interface, if the file has one.',
    '文件中的接口描述（如有）。',
  ]),
  'frame.interface_queue': card(['Interface queue', '接口队列'], '', [
    'Queue of the network card that received the packet.',
    '接收该分组的网卡队列。',
  ]),
  'frame.section_number': card(['Section number', '节编号'], '', ['Section of the pcapng file, from 1.', 'pcapng 文件中的节，从 1 开始。']),
  'frame.packet_flags': card(['Packet flags', '分组标志'], 'pcapng, 4.3.1', [
    'Direction, reception type and link errors, where the capturing system noted them.',
    '方向、接收类型与链路差错（如捕获系统有记录）。',
  ]),
  'frame.packet_flags_direction': card(['Direction', '方向'], 'pcapng, 4.3.1', ['1: received, 2: sent.', '1 为接收，2 为发送。']),
  'frame.packet_flags_reception_type': card(['Reception type', '接收类型'], 'pcapng, 4.3.1', [
    '1: unicast, 2: multicast, 3: broadcast, 4: promiscuous.',
    '1 单播，2 组播，3 广播，4 混杂。',
  ]),
  'frame.packet_flags_fcs_length': card(['FCS length', 'FCS 长度'], 'pcapng, 4.3.1', [
    'Bytes of frame check sequence at the end.',
    '末尾帧检验序列的字节数。',
  ]),
  'frame.packet_id': card(['Packet id', '分组标识'], 'pcapng, 4.3', [
    'Same number: the same packet seen at several interfaces.',
    '编号相同表示在多个接口看到的同一分组。',
  ]),
  'frame.drop_count': card(['Drop count', '丢弃计数'], 'pcapng, 4.3', [
    'Packets lost between this one and the one before.',
    '本分组与上一分组之间丢失的分组数。',
  ]),
  'frame.verdict': card(['Verdict', '裁决'], 'pcapng, 4.3', [
    'What hardware, eBPF or XDP decided about the packet.',
    '硬件、eBPF 或 XDP 对该分组的裁决。',
  ]),
  'frame.comment': card(['Packet comment', '分组注释'], 'pcapng, 3.5', [
    'A note that somebody stored with the packet.',
    '保存在分组中的注释。',
  ]),
  'frame.comment.expert': card(['Packet comment', '分组注释'], 'pcapng, 3.5', ['This packet carries a comment.', '该分组带有注释。']),
  'frame.coloring_rule.name': card(['Colouring rule name', '着色规则名称'], '', [
    'The first colour rule that matches.',
    '首个匹配的着色规则。',
  ]),
  'frame.coloring_rule.string': card(['Colouring rule filter', '着色规则过滤器'], '', ['The filter of that rule.', '该规则的过滤器。']),
  'frame.p2p_dir': card(['Point-to-point direction', '点对点方向'], '', [
    'Sent or received on a point-to-point link.',
    '点对点链路上的发送或接收。',
  ]),
  'frame.link_nr': card(['Link number', '链路号'], '', ['Number of the link.', '链路编号。']),
  'frame.file_off': card(['File offset', '文件偏移'], '', ['Where the packet is in the file.', '分组在文件中的位置。']),
  'frame.md5_hash': card(['MD5 hash', 'MD5 散列'], '', ['Hash of the packet’s bytes.', '分组字节的散列值。']),
  'frame.incomplete': card(['Incomplete dissection', '解码不完整'], '', ['Some bytes were left undecoded.', '部分字节未解码。']),
  'frame.cb_copy': card(['Custom block copied', '自定义块可复制'], 'pcapng, 4.8', [
    'Whether the block may be copied to another file.',
    '该块是否可复制到其他文件。',
  ]),
  'frame.cb_pen': card(['Private enterprise number', '私有企业号'], 'pcapng, 4.8', [
    'Whose custom block this is.',
    '该自定义块所属的组织。',
  ]),
  '_ws.expert': card(['Expert information', '专家信息'], '', [
    'Something worth knowing that the program noticed here. A hint, not a verdict.',
    '程序在此注意到的情况；只是提示而非定论。',
  ]),
  '_ws.expert.message': card(['Message', '说明'], '', ['The note in words.', '文字说明。']),
  '_ws.expert.severity': card(['Severity', '严重级别'], '', ['How important it is.', '重要程度。'], undefined, expertSeverities),
  '_ws.expert.group': card(['Group', '分类'], '', [
    'What the note is about: sequence, checksum, malformed and so on.',
    '说明的类别：序号、检验和、格式错误等。',
  ]),
  '_ws.short': card(['Packet cut off', '分组被截断'], '', [
    'The capture was set to keep only the first bytes of a packet (snap length). The rest is not in the file.',
    '捕获时只保存分组开头的若干字节（snaplen），其余不在文件中。',
  ]),
  '_ws.malformed': card(
    ['Malformed packet', '格式错误的分组'],
    '',
    ['The bytes do not follow the protocol: a length points past the end, for example.', '字节不符合协议，例如长度超出末尾。'],
    ['Faulty software, damage, or bytes of another protocol on this port.', '软件缺陷、数据损坏，或该端口上是其他协议。'],
  ),
  '_ws.malformed.expert': card(['Malformed packet', '格式错误的分组'], '', ['The bytes do not follow the protocol.', '字节不符合协议。']),
  '_ws.malformed.dissector_bug': card(['Fault in the program', '程序自身的错误'], '', [
    'Wireglass itself failed on this packet. Please report it.',
    'Wireglass 在此分组上出错，请报告。',
  ]),
  '_ws.unreassembled': card(['Unreassembled packet', '未重组的分组'], '', [
    'Part of a message; the other parts are not in the capture.',
    '消息的一部分，其余部分不在捕获中。',
  ]),
}
