// Numbers of HTTP/2: frame types, error codes and settings (RFC 9113 and the RFCs of its extensions).
import { value, type ValueTexts } from '../card'

/** Types of frames. */
export const http2FrameTypes: ValueTexts = {
  0: value('DATA', 'Content of a message.', '报文的内容。', 'RFC 9113, 6.1'),
  1: value(
    'HEADERS',
    'Opens a stream with a message’s headers, or ends one with trailers.',
    '以报文首部打开流，或以尾部字段结束流。',
    'RFC 9113, 6.2',
  ),
  2: value('PRIORITY', 'How important a stream is; deprecated.', '流的优先级；已弃用。', 'RFC 9113, 6.3'),
  3: value('RST_STREAM', 'Gives a stream up at once.', '立即终止一个流。', 'RFC 9113, 6.4'),
  4: value('SETTINGS', 'How the sender wants the connection to be used.', '发送方对连接使用方式的要求。', 'RFC 9113, 6.5'),
  5: value('PUSH_PROMISE', 'The server announces a response that nobody asked for.', '服务器预告一个未被请求的响应。', 'RFC 9113, 6.6'),
  6: value('PING', 'Tests the connection and measures its round trip.', '检测连接并测量往返时间。', 'RFC 9113, 6.7'),
  7: value('GOAWAY', 'The connection ends; no new streams.', '连接即将结束，不再接受新流。', 'RFC 9113, 6.8'),
  8: value('WINDOW_UPDATE', 'Permits more DATA.', '允许对方发送更多 DATA。', 'RFC 9113, 6.9'),
  9: value('CONTINUATION', 'Goes on with a header block.', '继续首部块。', 'RFC 9113, 6.10'),
  10: value('ALTSVC', 'The same content is served elsewhere, too.', '相同内容在别处也可获得。', 'RFC 7838, 4'),
  12: value('ORIGIN', 'Names that the server answers for on this connection.', '服务器在此连接上负责的来源。', 'RFC 8336'),
  16: value('PRIORITY_UPDATE', 'Changes how urgent a stream is.', '更改流的紧急程度。', 'RFC 9218, 7.1'),
}

/** Error codes of RST_STREAM and GOAWAY. */
export const http2Errors: ValueTexts = {
  0: value('NO_ERROR', 'A regular end.', '正常结束。', 'RFC 9113, 7'),
  1: value('PROTOCOL_ERROR', 'The other side broke a rule.', '对方违反协议。', 'RFC 9113, 7'),
  2: value('INTERNAL_ERROR', 'Something went wrong inside.', '内部出错。', 'RFC 9113, 7'),
  3: value('FLOW_CONTROL_ERROR', 'More DATA came than the window permitted.', '收到的 DATA 超过窗口。', 'RFC 9113, 7'),
  4: value('SETTINGS_TIMEOUT', 'Settings were not acknowledged in time.', '设置未被及时确认。', 'RFC 9113, 7'),
  5: value('STREAM_CLOSED', 'A frame came for a stream that was over.', '流已关闭后仍收到帧。', 'RFC 9113, 7'),
  6: value('FRAME_SIZE_ERROR', 'A frame had an impossible length.', '帧长度无效。', 'RFC 9113, 7'),
  7: value('REFUSED_STREAM', 'Not looked at: the request may be sent again.', '未被处理：请求可以重发。', 'RFC 9113, 7'),
  8: value('CANCEL', 'No longer wanted, as when a user leaves the page.', '不再需要，例如用户离开了页面。', 'RFC 9113, 7'),
  9: value(
    'COMPRESSION_ERROR',
    'Header compression is out of step; the connection is lost.',
    '首部压缩状态不一致，连接无法继续。',
    'RFC 9113, 7',
  ),
  10: value('CONNECT_ERROR', 'The tunnelled connection failed.', '隧道连接失败。', 'RFC 9113, 7'),
  11: value('ENHANCE_YOUR_CALM', 'Too much, too fast.', '对方发送得过多过快。', 'RFC 9113, 7'),
  12: value('INADEQUATE_SECURITY', 'TLS is not good enough.', 'TLS 安全性不足。', 'RFC 9113, 7'),
  13: value('HTTP_1_1_REQUIRED', 'Try again with HTTP/1.1.', '须改用 HTTP/1.1。', 'RFC 9113, 7'),
}

/** Parameters of SETTINGS. */
export const http2Settings: ValueTexts = {
  1: value(
    'HEADER_TABLE_SIZE',
    'Bytes of table for header compression; 4096 unless said.',
    '首部压缩表的字节数，默认 4096。',
    'RFC 9113, 6.5.2',
  ),
  2: value('ENABLE_PUSH', 'Whether the server may push.', '是否允许服务器推送。', 'RFC 9113, 6.5.2'),
  3: value('MAX_CONCURRENT_STREAMS', 'Streams at once.', '同时打开的流数。', 'RFC 9113, 6.5.2'),
  4: value('INITIAL_WINDOW_SIZE', 'First window of a stream; 65535 unless said.', '流的初始窗口，默认 65535。', 'RFC 9113, 6.5.2'),
  5: value('MAX_FRAME_SIZE', 'Longest frame; 16384 unless said.', '最长帧，默认 16384。', 'RFC 9113, 6.5.2'),
  6: value('MAX_HEADER_LIST_SIZE', 'Most bytes of headers.', '首部的最大字节数。', 'RFC 9113, 6.5.2'),
  8: value('ENABLE_CONNECT_PROTOCOL', 'Extended CONNECT.', '扩展 CONNECT。', 'RFC 8441, 3'),
}
