// Names of HTTP/2 numbers (RFC 9113; IANA's HTTP/2 registries) and the static table of HPACK (RFC 7541, appendix A).

/** With what a client begins a connection (RFC 9113, 3.4). */
export const HTTP2_PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'

/** Types of frames. */
export const HTTP2_FRAMES: Readonly<Record<number, string>> = {
  0: 'DATA', 1: 'HEADERS', 2: 'PRIORITY', 3: 'RST_STREAM', 4: 'SETTINGS', 5: 'PUSH_PROMISE', 6: 'PING', 7: 'GOAWAY', 8: 'WINDOW_UPDATE', 9: 'CONTINUATION', 10: 'ALTSVC',
  11: 'BLOCKED', 12: 'ORIGIN', 16: 'PRIORITY_UPDATE'
}

/** Error codes of RST_STREAM and GOAWAY. */
export const HTTP2_ERRORS: Readonly<Record<number, string>> = {
  0: 'NO_ERROR', 1: 'PROTOCOL_ERROR', 2: 'INTERNAL_ERROR', 3: 'FLOW_CONTROL_ERROR', 4: 'SETTINGS_TIMEOUT', 5: 'STREAM_CLOSED', 6: 'FRAME_SIZE_ERROR', 7: 'REFUSED_STREAM',
  8: 'CANCEL', 9: 'COMPRESSION_ERROR', 10: 'CONNECT_ERROR', 11: 'ENHANCE_YOUR_CALM', 12: 'INADEQUATE_SECURITY', 13: 'HTTP_1_1_REQUIRED'
}

/** Parameters of SETTINGS. */
export const HTTP2_SETTINGS: Readonly<Record<number, string>> = {
  1: 'Header table size', 2: 'Enable PUSH', 3: 'Max concurrent streams', 4: 'Initial Windows size', 5: 'Max frame size', 6: 'Max header list size', 8: 'Extended CONNECT'
}

/** Entries 1 to 61 of the static table. */
export const STATIC_HEADERS: readonly { readonly name: string; readonly value: string }[] = (
  [
    [':authority'], [':method', 'GET'], [':method', 'POST'], [':path', '/'], [':path', '/index.html'], [':scheme', 'http'], [':scheme', 'https'], [':status', '200'],
    [':status', '204'], [':status', '206'], [':status', '304'], [':status', '400'], [':status', '404'], [':status', '500'], ['accept-charset'],
    ['accept-encoding', 'gzip, deflate'], ['accept-language'], ['accept-ranges'], ['accept'], ['access-control-allow-origin'], ['age'], ['allow'], ['authorization'],
    ['cache-control'], ['content-disposition'], ['content-encoding'], ['content-language'], ['content-length'], ['content-location'], ['content-range'], ['content-type'],
    ['cookie'], ['date'], ['etag'], ['expect'], ['expires'], ['from'], ['host'], ['if-match'], ['if-modified-since'], ['if-none-match'], ['if-range'],
    ['if-unmodified-since'], ['last-modified'], ['link'], ['location'], ['max-forwards'], ['proxy-authenticate'], ['proxy-authorization'], ['range'], ['referer'],
    ['refresh'], ['retry-after'], ['server'], ['set-cookie'], ['strict-transport-security'], ['transfer-encoding'], ['user-agent'], ['vary'], ['via'], ['www-authenticate']
  ] satisfies readonly (readonly [string, string?])[]
).map(([name, value = '']) => ({ name, value }))
