// HTTP/1.x (RFC 9110, RFC 9112): start lines, headers, transfer coding, and how requests and responses belong together.
import { card, type FieldTexts } from '../card'
import { httpMethods, httpStatusCodes, httpVersions } from '../values/http'

/** Cards of HTTP/1.x. */
export const httpFields: FieldTexts = {
  http: card(
    ['Hypertext Transfer Protocol', '超文本传输协议（HTTP）'],
    'RFC 9110 and RFC 9112',
    [
      'A client asks for something with a request, the server answers with a response: a start line, headers, an empty line, and perhaps content.',
      '客户端发出请求，服务器返回响应：起始行、首部字段、空行，以及可能的内容。',
    ],
    ['Without TLS everybody on the path can read and change it.', '没有 TLS 时，路径上的任何人都能读取和修改。'],
  ),
  'http.request': card(['Request', '请求'], 'RFC 9112, 3', ['This message is a request.', '该报文是请求。']),
  'http.response': card(['Response', '响应'], 'RFC 9112, 4', ['This message is a response.', '该报文是响应。']),
  'http.request.method': card(
    ['Method', '方法'],
    'RFC 9110, 9',
    ['What the client wants done.', '客户端想要做的事。'],
    undefined,
    httpMethods,
  ),
  'http.request.uri': card(['Request target', '请求目标'], 'RFC 9112, 3.2', [
    'What the method is applied to, usually path and query.',
    '方法作用的对象，通常是路径和查询。',
  ]),
  'http.request.uri.path': card(['Path', '路径'], 'RFC 3986, 3.3', ['The path of the target.', '目标的路径部分。']),
  'http.request.uri.query': card(['Query', '查询'], 'RFC 3986, 3.4', ['Everything after the question mark.', '问号之后的内容。']),
  'http.request.uri.query.parameter': card(['Query parameter', '查询参数'], 'RFC 3986, 3.4', [
    'One name=value of the query.',
    '查询中的一个 name=value。',
  ]),
  'http.request.version': card(
    ['Version', '版本'],
    'RFC 9112, 2.3',
    ['The version the client speaks.', '客户端使用的版本。'],
    undefined,
    httpVersions,
  ),
  'http.request.full_uri': card(['Full URI', '完整 URI'], 'RFC 9110, 7.1', [
    'Put together from Host and target. Not in the packet as such.',
    '由 Host 和请求目标拼成，分组中并无此字段。',
  ]),
  'http.request.line': card(['Request header line', '请求首部行'], 'RFC 9112, 5', [
    'One header of the request, as sent.',
    '请求中的一行首部。',
  ]),
  'http.response.line': card(['Response header line', '响应首部行'], 'RFC 9112, 5', [
    'One header of the response, as sent.',
    '响应中的一行首部。',
  ]),
  'http.response.version': card(
    ['Version', '版本'],
    'RFC 9112, 2.3',
    ['The version the server speaks.', '服务器使用的版本。'],
    undefined,
    httpVersions,
  ),
  'http.response.code': card(
    ['Status code', '状态码'],
    'RFC 9110, 15',
    ['How the request ended. The first digit is the class.', '请求的结果；首位数字表示类别。'],
    [
      '1xx go on, 2xx success, 3xx look elsewhere, 4xx the client’s mistake, 5xx the server’s.',
      '1xx 继续，2xx 成功，3xx 另寻他处，4xx 客户端错误，5xx 服务器错误。',
    ],
    httpStatusCodes,
  ),
  'http.response.code.desc': card(['Status code description', '状态码说明'], 'RFC 9110, 15', [
    'The standard’s name of the code.',
    '标准中该状态码的名称。',
  ]),
  'http.response.phrase': card(['Reason phrase', '原因短语'], 'RFC 9112, 4', [
    'Text for people; programs ignore it.',
    '供人阅读的文字，程序会忽略。',
  ]),
  'http.response_for.uri': card(['Request URI', '对应的请求 URI'], '', ['What this response answers.', '该响应所对应的请求。']),
  'http.host': card(['Host', 'Host'], 'RFC 9110, 7.2', [
    'Name of the server that is asked. Many sites share one address; this tells them apart. Required in HTTP/1.1.',
    '所请求的服务器名称；多个网站共用一个地址时以此区分。HTTP/1.1 必须有。',
  ]),
  'http.user_agent': card(['User-Agent', 'User-Agent'], 'RFC 9110, 10.1.5', [
    'The client program. Browsers carry much history in it.',
    '客户端程序的标识；浏览器的该字段带有许多历史包袱。',
  ]),
  'http.accept': card(['Accept', 'Accept'], 'RFC 9110, 12.5.1', [
    'Media types the client can take; q is the weight.',
    '客户端可接受的媒体类型，q 为权重。',
  ]),
  'http.accept_language': card(['Accept-Language', 'Accept-Language'], 'RFC 9110, 12.5.4', [
    'Languages the user prefers.',
    '用户偏好的语言。',
  ]),
  'http.accept_encoding': card(['Accept-Encoding', 'Accept-Encoding'], 'RFC 9110, 12.5.3', [
    'Compressions the client can undo.',
    '客户端可解压的压缩方式。',
  ]),
  'http.connection': card(['Connection', 'Connection'], 'RFC 9110, 7.6.1', [
    'Options for this connection only. close: ends after this message; HTTP/1.1 otherwise keeps it open.',
    '仅对本连接有效的选项；close 表示此报文后关闭，否则 HTTP/1.1 默认保持。',
  ]),
  'http.content_type': card(['Content-Type', 'Content-Type'], 'RFC 9110, 8.3', [
    'What the content is, for example text/html.',
    '内容的媒体类型，如 text/html。',
  ]),
  'http.content_length_header': card(['Content-Length', 'Content-Length'], 'RFC 9110, 8.6', [
    'Bytes of content. It tells where the message ends.',
    '内容的字节数，据此得知报文在何处结束。',
  ]),
  'http.content_length': card(['Content length (number)', '内容长度（数值）'], 'RFC 9110, 8.6', [
    'The header as a number.',
    '该首部的数值形式。',
  ]),
  'http.content_encoding': card(['Content-Encoding', 'Content-Encoding'], 'RFC 9110, 8.4', [
    'How the content is compressed.',
    '内容的压缩方式。',
  ]),
  'http.transfer_encoding': card(['Transfer-Encoding', 'Transfer-Encoding'], 'RFC 9112, 6.1', [
    'chunked: the content comes in pieces, each with its length, because the total was not known at the start.',
    'chunked：开始时总长未知，内容分块发送，每块带长度。',
  ]),
  'http.chunk_size': card(['Chunk size', '块大小'], 'RFC 9112, 7.1', [
    'Bytes of this piece, written in hexadecimal. 0 ends the content.',
    '该块的字节数（十六进制书写），0 表示结束。',
  ]),
  'http.chunk_data': card(['Chunk data', '块数据'], 'RFC 9112, 7.1', ['The bytes of this piece.', '该块的字节。']),
  'http.chunk_boundary': card(['Chunk boundary', '块边界'], 'RFC 9112, 7.1', ['The line end after a piece.', '块之后的换行。']),
  'http.chunked_trailer_part': card(['Trailer', '尾部字段'], 'RFC 9112, 7.1.2', [
    'Headers after the last piece.',
    '最后一块之后的首部字段。',
  ]),
  'http.location': card(['Location', 'Location'], 'RFC 9110, 10.2.2', [
    'Where to go instead (3xx), or where the new resource is (201).',
    '应转到的地址（3xx）或新资源的位置（201）。',
  ]),
  'http.server': card(['Server', 'Server'], 'RFC 9110, 10.2.4', ['The server program.', '服务器程序的标识。']),
  'http.date': card(['Date', 'Date'], 'RFC 9110, 6.6.1', [
    'When the message was made, by the server’s clock.',
    '报文生成的时间（服务器时钟）。',
  ]),
  'http.last_modified': card(['Last-Modified', 'Last-Modified'], 'RFC 9110, 8.8.2', [
    'When the resource changed last. The client can ask later whether it still holds.',
    '资源最后修改的时间；客户端以后可据此询问是否有变。',
  ]),
  'http.cache_control': card(['Cache-Control', 'Cache-Control'], 'RFC 9111, 5.2', [
    'Whether and how long the response may be kept.',
    '响应可否缓存以及多久。',
  ]),
  'http.referer': card(['Referer', 'Referer'], 'RFC 9110, 10.1.3', [
    'The page the request came from. The misspelling is part of the standard.',
    '发出请求的页面；拼写错误已成为标准。',
  ]),
  'http.cookie': card(
    ['Cookie', 'Cookie'],
    'RFC 6265, 5.4',
    ['What the server stored at the client earlier, sent back.', '服务器先前存放在客户端的数据，现送回。'],
    ['Often it proves who is logged in. Sent in the clear it can be stolen.', '常用来证明登录身份；明文传输会被窃取。'],
  ),
  'http.cookie_pair': card(['Cookie pair', 'Cookie 键值对'], 'RFC 6265, 4.2', ['One name=value.', '一个 name=value。']),
  'http.set_cookie': card(['Set-Cookie', 'Set-Cookie'], 'RFC 6265, 5.2', [
    'The server asks the client to keep this and send it back.',
    '服务器要求客户端保存并在以后送回。',
  ]),
  'http.authorization': card(['Authorization', 'Authorization'], 'RFC 9110, 11.6.2', [
    'Proof of who asks. “Basic” is name and password, only encoded.',
    '身份凭据；Basic 只是编码而非加密的用户名和密码。',
  ]),
  'http.authbasic': card(['Credentials', '凭据'], 'RFC 7617', [
    'Name and password of Basic authentication, readable by anybody.',
    'Basic 认证的用户名和密码，任何人都能读取。',
  ]),
  'http.www_authenticate': card(['WWW-Authenticate', 'WWW-Authenticate'], 'RFC 9110, 11.6.1', [
    'The server asks for credentials (401).',
    '服务器要求提供凭据（401）。',
  ]),
  'http.proxy_authenticate': card(['Proxy-Authenticate', 'Proxy-Authenticate'], 'RFC 9110, 11.7.1', [
    'The proxy asks for credentials (407).',
    '代理要求提供凭据（407）。',
  ]),
  'http.proxy_authorization': card(['Proxy-Authorization', 'Proxy-Authorization'], 'RFC 9110, 11.7.2', [
    'Credentials for a proxy.',
    '给代理的凭据。',
  ]),
  'http.proxy_connect_host': card(['CONNECT host', 'CONNECT 主机'], 'RFC 9110, 9.3.6', [
    'Host that the proxy is to connect to.',
    '要求代理连接的主机。',
  ]),
  'http.proxy_connect_port': card(['CONNECT port', 'CONNECT 端口'], 'RFC 9110, 9.3.6', [
    'Port that the proxy is to connect to.',
    '要求代理连接的端口。',
  ]),
  'http.x_forwarded_for': card(['X-Forwarded-For', 'X-Forwarded-For'], 'RFC 7239 (Forwarded)', [
    'The client’s address, as a proxy reports it. Anybody can write it.',
    '代理报告的客户端地址；任何人都可伪造。',
  ]),
  'http.upgrade': card(['Upgrade', 'Upgrade'], 'RFC 9110, 7.8', [
    'Change to another protocol on this connection, for example websocket.',
    '在此连接上切换到其他协议，如 websocket。',
  ]),
  'http.sec_websocket_key': card(['Sec-WebSocket-Key', 'Sec-WebSocket-Key'], 'RFC 6455, 11.3.1', [
    'A random value; the answer must be computed from it.',
    '随机值，应答须由它计算得出。',
  ]),
  'http.sec_websocket_accept': card(['Sec-WebSocket-Accept', 'Sec-WebSocket-Accept'], 'RFC 6455, 11.3.3', [
    'Shows that the server understood: SHA-1 over key and a constant.',
    '证明服务器理解了请求：对密钥与常量取 SHA-1。',
  ]),
  'http.sec_websocket_version': card(['Sec-WebSocket-Version', 'Sec-WebSocket-Version'], 'RFC 6455, 11.3.5', [
    '13 is the standard.',
    '标准版本为 13。',
  ]),
  'http.sec_websocket_protocol': card(['Sec-WebSocket-Protocol', 'Sec-WebSocket-Protocol'], 'RFC 6455, 11.3.4', [
    'Protocol spoken inside the WebSocket.',
    'WebSocket 内使用的子协议。',
  ]),
  'http.sec_websocket_extensions': card(['Sec-WebSocket-Extensions', 'Sec-WebSocket-Extensions'], 'RFC 6455, 11.3.2', [
    'Extensions such as compression.',
    '压缩等扩展。',
  ]),
  'http.http2_settings': card(['HTTP2-Settings', 'HTTP2-Settings'], 'RFC 7540, 3.2.1', [
    'Settings for the change to HTTP/2 without TLS.',
    '不经 TLS 切换到 HTTP/2 的设置。',
  ]),
  'http.http2_settings_uri': card(['HTTP2-Settings URI', 'HTTP2-Settings URI'], 'RFC 7540, 3.2', [
    'The request that starts the change to HTTP/2.',
    '发起切换到 HTTP/2 的请求。',
  ]),
  'http.path_segment': card(['Path segment', '路径段'], 'RFC 3986, 3.3', ['One part of the path.', '路径的一段。']),
  'http.path_sub_segment': card(['Path sub-segment', '路径子段'], 'RFC 3986, 3.3', ['A part of a path segment.', '路径段的一部分。']),
  'http.unknown_header': card(['Other header', '其他首部'], 'RFC 9110, 5', [
    'A header without a field of its own here.',
    '此处没有专门字段的首部。',
  ]),
  'http.file_data': card(['File data', '内容数据'], 'RFC 9110, 6.4', [
    'The content, after chunks were joined and compression undone.',
    '拼接分块并解压之后的内容。',
  ]),
  'http.request_in': card(['Request in', '请求所在'], '', ['The packet with the request.', '包含请求的分组。']),
  'http.response_in': card(['Response in', '响应所在'], '', ['The packet with the response.', '包含响应的分组。']),
  'http.prev_request_in': card(['Previous request in', '上一请求所在'], '', [
    'The request before it on this connection.',
    '本连接上的前一个请求。',
  ]),
  'http.prev_response_in': card(['Previous response in', '上一响应所在'], '', [
    'The response before it on this connection.',
    '本连接上的前一个响应。',
  ]),
  'http.next_request_in': card(['Next request in', '下一请求所在'], '', [
    'The request after it on this connection.',
    '本连接上的后一个请求。',
  ]),
  'http.next_response_in': card(['Next response in', '下一响应所在'], '', [
    'The response after it on this connection.',
    '本连接上的后一个响应。',
  ]),
  'http.request_number': card(['Request number', '请求序数'], '', ['Which request of this connection it is.', '本连接上的第几个请求。']),
  'http.response_number': card(['Response number', '响应序数'], '', ['Which response of this connection it is.', '本连接上的第几个响应。']),
  'http.time': card(
    ['Time since request', '自请求起的时间'],
    '',
    ['From the request to this response, as seen where the capture was taken.', '从请求到该响应的时间（以捕获点所见为准）。'],
    ['Less the round trip, the rest is the server’s work.', '减去往返时间，其余便是服务器的处理时间。'],
  ),
  'http.chat': card(['Start line', '起始行'], 'RFC 9112, 2.1', ['The request or status line.', '请求行或状态行。']),
  'http.notification': card(['Notification', '通知'], '', ['A notification over UDP (SSDP).', '经 UDP 的通知（SSDP）。']),
  'http.bad_header_name': card(['Wrong header name', '首部名称错误'], 'RFC 9110, 5.1', [
    'The header’s name has characters that are not allowed.',
    '首部名称含有不允许的字符。',
  ]),
  'http.leading_crlf': card(['Empty line before the message', '报文前的空行'], 'RFC 9112, 2.2', [
    'Some clients send a line end too many.',
    '有的客户端会多发一个换行。',
  ]),
  'http.te_and_length': card(['Transfer-Encoding and Content-Length', '同时出现两种长度'], 'RFC 9112, 6.3', [
    'Both are present. Programs may disagree on where the message ends (request smuggling).',
    '两者同时出现，不同程序可能对报文结束处看法不一（请求走私）。',
  ]),
  'http.te_unknown': card(['Unknown transfer coding', '未知的传输编码'], 'RFC 9112, 6.1', [
    'A coding that is not known here.',
    '此处未知的编码。',
  ]),
  'http.decompression_failed': card(['Decompression failed', '解压失败'], '', [
    'The content could not be unpacked: incomplete or damaged.',
    '内容无法解压：不完整或已损坏。',
  ]),
  'http.decompression_disabled': card(['Not decompressed', '未解压'], '', ['The content was left compressed.', '内容保持压缩状态。']),
  'http.subdissector_failed': card(['Content not decoded', '内容未解码'], '', ['The content does not fit its type.', '内容与其类型不符。']),
  'http.tls_port': card(['Plain HTTP on a TLS port', 'TLS 端口上的明文 HTTP'], '', [
    'Unencrypted HTTP on a port meant for TLS.',
    '在用于 TLS 的端口上出现未加密的 HTTP。',
  ]),
}
