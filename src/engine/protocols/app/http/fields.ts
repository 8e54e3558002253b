// The field table of HTTP/1.x, which SSDP shares.
import { bool, bytes, expert, framenum, relativeTime, string, u16, u32, u64 } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'

const made = { generated: true } as const

/** Rows of the HTTP field table. */
export const HTTP_FIELDS = {
  'http.notification': bool('Notification', { hidden: true }), 'http.response': bool('Response', { hidden: true }), 'http.request': bool('Request', { hidden: true }),
  'http.response_number': u32('Response number', made), 'http.request_number': u32('Request number', made),
  'http.request.line': string('Request line'), 'http.response.line': string('Response line'), 'http.unknown_header': string('Unknown header'),
  'http.request.method': string('Request Method'), 'http.request.uri': string('Request URI'), 'http.request.uri.path': string('Request URI Path'),
  'http.request.uri.query': string('Request URI Query'), 'http.request.uri.query.parameter': string('Request URI Query Parameter'),
  'http.request.version': string('Request Version'), 'http.request.full_uri': string('Full request URI', made), 'http.path_segment': string('Path segment'),
  'http.path_sub_segment': string('Path sub segment'), 'http.response.version': string('Response Version'), 'http.response.code': u16('Status Code'),
  'http.response.code.desc': string('Status Code Description', made), 'http.response.phrase': string('Response Phrase'), 'http.response_for.uri': string('Request URI', made),
  'http.authbasic': string('Credentials'), 'http.authorization': string('Authorization'), 'http.proxy_authenticate': string('Proxy-Authenticate'),
  'http.proxy_authorization': string('Proxy-Authorization'), 'http.www_authenticate': string('WWW-Authenticate'), 'http.proxy_connect_host': string('Proxy-Connect-Hostname', made),
  'http.proxy_connect_port': u16('Proxy-Connect-Port', made), 'http.content_type': string('Content-Type'), 'http.content_length_header': string('Content-Length'),
  'http.content_length': u64('Content length', made), 'http.content_encoding': string('Content-Encoding'), 'http.transfer_encoding': string('Transfer-Encoding'),
  'http.upgrade': string('Upgrade'), 'http.user_agent': string('User-Agent'), 'http.host': string('Host'), 'http.connection': string('Connection'), 'http.cookie': string('Cookie'),
  'http.cookie_pair': string('Cookie pair'), 'http.accept': string('Accept'), 'http.referer': string('Referer'), 'http.accept_language': string('Accept-Language'),
  'http.accept_encoding': string('Accept-Encoding'), 'http.date': string('Date'), 'http.cache_control': string('Cache-Control'), 'http.server': string('Server'),
  'http.location': string('Location'), 'http.sec_websocket_accept': string('Sec-WebSocket-Accept'), 'http.sec_websocket_extensions': string('Sec-WebSocket-Extensions'),
  'http.sec_websocket_key': string('Sec-WebSocket-Key'), 'http.sec_websocket_protocol': string('Sec-WebSocket-Protocol'), 'http.sec_websocket_version': string('Sec-WebSocket-Version'),
  'http.set_cookie': string('Set-Cookie'), 'http.last_modified': string('Last-Modified'), 'http.x_forwarded_for': string('X-Forwarded-For'),
  'http.http2_settings': string('HTTP2-Settings'), 'http.http2_settings_uri': bytes('HTTP2 Settings URI'),
  'http.request_in': framenum('Request in frame', made), 'http.response_in': framenum('Response in frame', made), 'http.next_request_in': framenum('Next request in frame', made),
  'http.next_response_in': framenum('Next response in frame', made), 'http.prev_request_in': framenum('Prev request in frame', made),
  'http.prev_response_in': framenum('Prev response in frame', made), 'http.time': relativeTime('Time since request', made),
  'http.chunked_trailer_part': string('trailer-part'), 'http.chunk_boundary': bytes('Chunk boundary'), 'http.chunk_size': u32('Chunk size', {
    base: 'custom', format: (size) => `${size} octet${size === 1 ? '' : 's'}`
  }),
  'http.chunk_data': bytes('Chunk data'), 'http.file_data': string('File Data'),
  'http.chat': expert('chat', 'sequence', 'Formatted text'),
  'http.te_and_length': expert('warning', 'malformed', 'The Content-Length and Transfer-Encoding header must not be set together'),
  'http.te_unknown': expert('warning', 'undecoded', 'Unknown transfer coding name in Transfer-Encoding header'),
  'http.subdissector_failed': expert('note', 'malformed', 'HTTP body subdissector failed, trying heuristic subdissector'),
  'http.tls_port': expert('warning', 'security', 'Unencrypted HTTP protocol detected over encrypted port, could indicate a dangerous misconfiguration.'),
  'http.leading_crlf': expert('error', 'malformed', 'Leading CRLF previous message in the stream may have extra CRLF'),
  'http.bad_header_name': expert('warning', 'protocol', 'Illegal characters found in header name'),
  '_ws.string.trailing_stray_characters': expert('warning', 'undecoded', 'Trailing stray characters'),
  'http.decompression_failed': expert('warning', 'undecoded', 'Decompression failed')
} as const

/** Field numbers as handed to decode. */
export type HttpFields = FieldIds<typeof HTTP_FIELDS>

/** Names of header fields (lower case) that have a field of their own. */
export const HEADER_FIELDS: ReadonlyMap<string, keyof HttpFields> = new Map<string, keyof HttpFields>([
  ['authorization', 'http.authorization'], ['proxy-authorization', 'http.proxy_authorization'], ['proxy-authenticate', 'http.proxy_authenticate'],
  ['www-authenticate', 'http.www_authenticate'], ['content-type', 'http.content_type'], ['content-length', 'http.content_length_header'],
  ['content-encoding', 'http.content_encoding'], ['transfer-encoding', 'http.transfer_encoding'], ['upgrade', 'http.upgrade'], ['user-agent', 'http.user_agent'],
  ['host', 'http.host'], ['connection', 'http.connection'], ['cookie', 'http.cookie'], ['accept', 'http.accept'], ['referer', 'http.referer'],
  ['accept-language', 'http.accept_language'], ['accept-encoding', 'http.accept_encoding'], ['date', 'http.date'], ['cache-control', 'http.cache_control'],
  ['server', 'http.server'], ['location', 'http.location'], ['sec-websocket-accept', 'http.sec_websocket_accept'],
  ['sec-websocket-extensions', 'http.sec_websocket_extensions'], ['sec-websocket-key', 'http.sec_websocket_key'], ['sec-websocket-protocol', 'http.sec_websocket_protocol'],
  ['sec-websocket-version', 'http.sec_websocket_version'], ['set-cookie', 'http.set_cookie'], ['last-modified', 'http.last_modified'],
  ['x-forwarded-for', 'http.x_forwarded_for'], ['http2-settings', 'http.http2_settings']
])
