// HTTP/2 (RFC 9113) and HPACK (RFC 7541): frames, streams, header blocks, bodies and settings.
import { card, type FieldTexts } from '../card'
import { http2Errors, http2FrameTypes, http2Settings } from '../values/http2'

/** Cards of HTTP/2. */
export const http2Fields: FieldTexts = {
  http2: card(
    ['HTTP/2', 'HTTP/2'],
    'RFC 9113',
    [
      'HTTP in binary frames: every request with its response is a stream, and the frames of many streams share one connection.',
      '以二进制帧传输的 HTTP：每个请求及其响应是一个流，多个流的帧共用一个连接。',
    ],
    [
      'So a slow answer does not hold up the others, and repeated headers cost almost nothing.',
      '因此缓慢的响应不会阻塞其他请求，重复的首部几乎不占空间。',
    ],
  ),
  'http2.stream': card(['Frame', '帧'], 'RFC 9113, 4.1', [
    'One frame: nine bytes of header, then what its type says.',
    '一个帧：9 字节的帧头，其后的内容由类型决定。',
  ]),
  'http2.magic': card(
    ['Connection preface', '连接前言'],
    'RFC 9113, 3.4',
    ['The client’s first bytes.', '客户端最先发送的字节。'],
    ['A server that speaks only HTTP/1.1 refuses them, so that nothing is misread.', '只支持 HTTP/1.1 的服务器会拒绝它，从而避免误读。'],
  ),
  'http2.length': card(['Length', '长度'], 'RFC 9113, 4.1', ['Bytes of the frame behind its header.', '帧头之后的字节数。']),
  'http2.type': card(['Type', '类型'], 'RFC 9113, 6', ['What kind of frame it is.', '帧的种类。'], undefined, http2FrameTypes),
  'http2.flags': card(['Flags', '标志'], 'RFC 9113, 4.1', ['Their meaning depends on the type.', '含义取决于帧的类型。']),
  'http2.flags.end_stream': card(['END_STREAM', 'END_STREAM'], 'RFC 9113, 6.1', [
    'The sender will send nothing more on this stream: its message is complete.',
    '发送方在该流上不再发送内容：报文已完整。',
  ]),
  'http2.flags.eh': card(['END_HEADERS', 'END_HEADERS'], 'RFC 9113, 6.2', [
    'The header block ends here; else CONTINUATION frames go on with it.',
    '首部块到此结束；否则由 CONTINUATION 帧继续。',
  ]),
  'http2.flags.padded': card(['PADDED', 'PADDED'], 'RFC 9113, 6.1', ['The frame has padding.', '帧带有填充。']),
  'http2.flags.priority': card(['PRIORITY', 'PRIORITY'], 'RFC 9113, 6.2', [
    'The frame says how important the stream is.',
    '帧中含有该流的优先级。',
  ]),
  'http2.flags.ack.ping': card(['ACK', 'ACK'], 'RFC 9113, 6.7', ['This is the answer to a ping.', '这是对 ping 的应答。']),
  'http2.flags.ack.settings': card(['ACK', 'ACK'], 'RFC 9113, 6.5', [
    'The other side’s settings were received and are in force.',
    '已收到对方的设置并开始生效。',
  ]),
  'http2.r': card(['Reserved bit', '保留位'], 'RFC 9113, 4.1', ['Always 0.', '总为 0。']),
  'http2.streamid': card(
    ['Stream identifier', '流标识符'],
    'RFC 9113, 5.1.1',
    ['Which stream the frame belongs to; 0 is the connection itself.', '帧所属的流；0 表示连接本身。'],
    ['Clients use odd numbers, servers even ones, always rising.', '客户端使用奇数，服务器使用偶数，且只增不减。'],
  ),
  'http2.padding': card(
    ['Pad length', '填充长度'],
    'RFC 9113, 6.1',
    ['Bytes of padding at the frame’s end.', '帧尾填充的字节数。'],
    ['Hides the true length from whoever watches encrypted traffic.', '使观察加密流量的人看不出真实长度。'],
  ),
  'http2.pad_length': card(['Pad length', '填充长度'], 'RFC 9113, 6.1', [
    'Bytes of padding; 0 without the flag.',
    '填充字节数；没有标志时为 0。',
  ]),
  'http2.exclusive': card(['Exclusive', '独占'], 'RFC 7540, 5.3.1', [
    'The stream was to be the only child of the one it depends on.',
    '该流应成为其依赖流的唯一子节点。',
  ]),
  'http2.stream_dependency': card(['Stream dependency', '依赖的流'], 'RFC 7540, 5.3.1', [
    'Stream that should be served before this one. RFC 9113 deprecates it.',
    '应先于该流得到服务的流。RFC 9113 已弃用。',
  ]),
  'http2.headers.weight': card(['Weight', '权重'], 'RFC 7540, 5.3.2', [
    'Share among streams with the same dependency, less one.',
    '在依赖相同的流之间的份额，减一。',
  ]),
  'http2.headers.weight_real': card(['Weight', '权重'], 'RFC 7540, 5.3.2', ['The share itself, 1 to 256.', '份额本身，1 到 256。']),
  'http2.data.data': card(['Data', '数据'], 'RFC 9113, 6.1', [
    'Content of the message: this frame’s, or with the last frame the whole, decompressed.',
    '报文内容：本帧的部分；在最后一帧则为解压后的全部。',
  ]),
  'http2.body.fragments': card(['Body fragments', '主体片段'], '', ['The DATA frames that make up the body.', '组成主体的各 DATA 帧。']),
  'http2.body.reassembled.in': card(['Reassembled in', '重组于'], '', ['The packet that completes the body.', '使主体完整的分组。']),
  'http2.headers': card(['Header block fragment', '首部块片段'], 'RFC 9113, 4.3', [
    'Header fields as HPACK compresses them.',
    '经 HPACK 压缩的首部字段。',
  ]),
  'http2.header': card(['Header field', '首部字段'], 'RFC 9113, 8.2', [
    'One field of the message’s head. Names that begin with a colon take the place of HTTP/1.1’s first line.',
    '报文首部的一个字段。以冒号开头的名称代替 HTTP/1.1 的起始行。',
  ]),
  'http2.header.length': card(['Header length', '首部长度'], 'RFC 7541, 1.3', [
    'Bytes of the decompressed fields.',
    '解压后字段的字节数。',
  ]),
  'http2.header.count': card(['Header count', '首部数量'], '', ['How many entries the block has.', '首部块中的条目数。']),
  'http2.header.name': card(['Name', '名称'], 'RFC 9113, 8.2.1', ['Name of the field, in lower case.', '字段名称，小写。']),
  'http2.header.value': card(['Value', '值'], 'RFC 9113, 8.2.1', ['Value of the field.', '字段的值。']),
  'http2.header.repr': card(
    ['Representation', '表示方式'],
    'RFC 7541, 6',
    ['How HPACK wrote the field: as a number from a table, or spelled out.', 'HPACK 对字段的写法：表中的编号，或完整拼写。'],
    [
      'Fields that are “never indexed” hold secrets: no proxy may put them into a table.',
      '“从不索引”的字段含有机密：任何代理都不得放入表中。',
    ],
  ),
  'http2.header.index': card(['Index', '索引'], 'RFC 7541, 2.3.3', [
    'Entry of the table: 1 to 61 are fixed, higher ones are what the connection has sent before.',
    '表中条目：1 至 61 固定，更大的编号是该连接先前发送过的字段。',
  ]),
  'http2.header_table_size_update': card(['Table size update', '表大小更新'], 'RFC 7541, 6.3', [
    'The sender changes how much of its table is kept.',
    '发送方改变其动态表的大小。',
  ]),
  'http2.header_lines_exceeded': card(['Too many fields', '字段过多'], '', [
    'Not all fields of the block are shown.',
    '首部块的字段没有全部显示。',
  ]),
  'http2.header_size_exceeded': card(['Too much to show', '内容过大'], '', [
    'The block unfolds to more than is shown, as an attack would.',
    '首部块解压后超过显示上限，可能是攻击。',
  ]),
  'http2.body_decompression_failed': card(['Decompression failed', '解压失败'], 'RFC 9110, 8.4', [
    'The body is not what its content-encoding says.',
    '主体与 content-encoding 所述不符。',
  ]),
  'http2.request.full_uri': card(['Full request URI', '完整请求 URI'], 'RFC 9113, 8.3.1', [
    'Scheme, authority and path put together.',
    '由 scheme、authority 和 path 组合而成。',
  ]),
  'http2.headers.method': card(['Method', '方法'], 'RFC 9113, 8.3.1', ['What the client wants done.', '客户端想要做的事。']),
  'http2.headers.path': card(['Path', '路径'], 'RFC 9113, 8.3.1', ['What is asked for: path and query.', '请求的对象：路径与查询。']),
  'http2.headers.authority': card(['Authority', '主机'], 'RFC 9113, 8.3.1', [
    'Host and port that the request is for, as Host in HTTP/1.1.',
    '请求针对的主机与端口，相当于 HTTP/1.1 的 Host。',
  ]),
  'http2.headers.scheme': card(['Scheme', '方案'], 'RFC 9113, 8.3.1', ['Usually https.', '通常为 https。']),
  'http2.headers.status': card(['Status code', '状态码'], 'RFC 9113, 8.3.2', [
    'How the request ended: 2xx well, 3xx elsewhere, 4xx the client’s fault, 5xx the server’s.',
    '请求的结果：2xx 成功，3xx 转到别处，4xx 客户端出错，5xx 服务器出错。',
  ]),
  'http2.rst_stream.error': card(
    ['Error', '错误'],
    'RFC 9113, 7',
    ['Why the stream is given up.', '终止该流的原因。'],
    undefined,
    http2Errors,
  ),
  'http2.settings': card(['Setting', '设置'], 'RFC 9113, 6.5.1', [
    'One parameter by which its sender wants to be treated.',
    '发送方希望对方遵守的一个参数。',
  ]),
  'http2.settings.id': card(['Setting', '设置项'], 'RFC 9113, 6.5.2', ['Which parameter it is.', '参数的种类。'], undefined, http2Settings),
  'http2.settings.header_table_size': card(['Header table size', '首部表大小'], 'RFC 9113, 6.5.2', [
    'Bytes of table that the sender keeps for decoding headers.',
    '发送方为解码首部保留的表的字节数。',
  ]),
  'http2.settings.enable_push': card(['Enable push', '允许推送'], 'RFC 9113, 6.5.2', [
    '0 forbids the server to send responses that nobody asked for.',
    '0 表示禁止服务器推送未被请求的响应。',
  ]),
  'http2.settings.max_concurrent_streams': card(['Concurrent streams', '并发流数'], 'RFC 9113, 6.5.2', [
    'How many streams the other side may have open at once.',
    '对方可同时打开的流的数量。',
  ]),
  'http2.settings.initial_window_size': card(['Initial window', '初始窗口'], 'RFC 9113, 6.5.2', [
    'Bytes of DATA that each new stream may send before a WINDOW_UPDATE.',
    '每个新流在收到 WINDOW_UPDATE 之前可发送的 DATA 字节数。',
  ]),
  'http2.settings.max_frame_size': card(['Largest frame', '最大帧'], 'RFC 9113, 6.5.2', [
    'Longest frame that the sender takes.',
    '发送方能接收的最长帧。',
  ]),
  'http2.settings.max_header_list_size': card(['Largest header list', '首部列表上限'], 'RFC 9113, 6.5.2', [
    'Advice: most bytes of decompressed headers.',
    '建议值：解压后首部的最大字节数。',
  ]),
  'http2.settings.extended_connect': card(['Extended CONNECT', '扩展 CONNECT'], 'RFC 8441, 3', [
    'WebSocket and others may be opened inside a stream.',
    '可在流内建立 WebSocket 等协议。',
  ]),
  'http2.push_promise.promised_stream_id': card(['Promised stream', '承诺的流'], 'RFC 9113, 6.6', [
    'Stream on which the server will push the response.',
    '服务器将在该流上推送响应。',
  ]),
  'http2.ping': card(['Ping', 'Ping'], 'RFC 9113, 6.7', ['Eight bytes that must come back.', '须原样返回的 8 个字节。']),
  'http2.pong': card(['Pong', 'Pong'], 'RFC 9113, 6.7', ['The bytes of the ping, sent back.', '返回的 ping 内容。']),
  'http2.goaway.last_stream_id': card(['Last stream', '最后的流'], 'RFC 9113, 6.8', [
    'Later streams were not looked at; their requests may be sent again elsewhere.',
    '之后的流未被处理，其请求可在别处重发。',
  ]),
  'http2.goaway.error': card(
    ['Error', '错误'],
    'RFC 9113, 7',
    ['Why the connection is closed; NO_ERROR is a regular end.', '关闭连接的原因；NO_ERROR 为正常结束。'],
    undefined,
    http2Errors,
  ),
  'http2.goaway.addata': card(['Debug data', '调试信息'], 'RFC 9113, 6.8', [
    'Words for whoever looks for the fault.',
    '供排查问题者参考的文字。',
  ]),
  'http2.window_update.window_size_increment': card(['Window increment', '窗口增量'], 'RFC 9113, 6.9', [
    'So many more bytes of DATA the other side may send, on this stream or, with stream 0, in all.',
    '对方还可发送的 DATA 字节数：针对该流，流 0 则针对整个连接。',
  ]),
}
