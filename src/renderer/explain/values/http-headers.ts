// Header fields of HTTP that the dissector has no field for (IANA's field name registry), by name in lower case. Those with a field have their card there.
import { value, type ValueText, type ValueTexts } from '../card'
import { fieldTexts } from '../lookup'

const headers: ValueTexts = {
  etag: value(
    'ETag',
    'Name of this version of the content. The client sends it back to ask whether it still holds.',
    '该内容版本的标识；客户端可用它询问副本是否仍有效。',
    'RFC 9110, 8.8.3',
  ),
  expires: value(
    'Expires',
    'Until when the answer is fresh; max-age counts before it.',
    '响应的有效期限；max-age 优先于它。',
    'RFC 9111, 5.3',
  ),
  age: value('Age', 'Seconds since a cache got this answer from the server.', '缓存从服务器取得该响应以来的秒数。', 'RFC 9111, 5.1'),
  vary: value(
    'Vary',
    'Request headers on which the answer depends: a cache compares them, too.',
    '响应取决于哪些请求首部；缓存也要比较它们。',
    'RFC 9110, 12.5.5',
  ),
  pragma: value(
    'Pragma',
    'no-cache for caches of HTTP/1.0; Cache-Control replaces it.',
    'HTTP/1.0 时代的 no-cache，已被 Cache-Control 取代。',
    'RFC 9111, 5.4',
  ),
  warning: value('Warning', 'Remark of a cache; no longer used.', '缓存的附注，已不再使用。', 'RFC 9111, 5.5'),
  'if-none-match': value(
    'If-None-Match',
    'Send the content only if its ETag is none of these; else 304.',
    '仅当 ETag 与这些都不同时才发送内容，否则返回 304。',
    'RFC 9110, 13.1.2',
  ),
  'if-modified-since': value(
    'If-Modified-Since',
    'Send the content only if it changed after this moment; else 304.',
    '仅当内容在此时间之后有修改才发送，否则返回 304。',
    'RFC 9110, 13.1.3',
  ),
  'if-match': value(
    'If-Match',
    'Act only if the content still has this ETag, so that nobody’s change is overwritten.',
    '仅当 ETag 仍匹配时才执行，避免覆盖他人的修改。',
    'RFC 9110, 13.1.1',
  ),
  'if-unmodified-since': value(
    'If-Unmodified-Since',
    'Act only if the content has not changed since.',
    '仅当内容此后未被修改时才执行。',
    'RFC 9110, 13.1.4',
  ),
  'if-range': value(
    'If-Range',
    'Send the rest if the version is the same, else all of it.',
    '版本相同则只发剩余部分，否则发送全部。',
    'RFC 9110, 13.1.5',
  ),
  range: value('Range', 'Only these bytes are wanted.', '只请求这些字节。', 'RFC 9110, 14.2'),
  'accept-ranges': value('Accept-Ranges', 'The server can send parts of the content.', '服务器支持只发送部分内容。', 'RFC 9110, 14.3'),
  'content-range': value('Content-Range', 'Which bytes of the whole these are.', '这些字节在整体中的位置。', 'RFC 9110, 14.4'),
  'content-language': value(
    'Content-Language',
    'Language of the readers that the content is for.',
    '内容所面向读者的语言。',
    'RFC 9110, 8.5',
  ),
  'content-location': value('Content-Location', 'Address of just this form of the content.', '该具体表示形式的地址。', 'RFC 9110, 8.7'),
  'content-disposition': value(
    'Content-Disposition',
    'Show the content or save it, and under which name.',
    '内容是显示还是另存，以及文件名。',
    'RFC 6266',
  ),
  'content-security-policy': value(
    'Content-Security-Policy',
    'From where the page may load what; stops injected scripts.',
    '页面可从哪里加载什么，用于阻止注入的脚本。',
    'W3C CSP',
  ),
  'keep-alive': value(
    'Keep-Alive',
    'How long and for how many requests the connection stays open.',
    '连接保持的时长和请求数。',
    'RFC 2068, 19.7.1',
  ),
  te: value('TE', 'Transfer codings and trailers that the client takes.', '客户端接受的传输编码和尾部字段。', 'RFC 9110, 10.1.4'),
  trailer: value('Trailer', 'Fields that follow after the last chunk.', '最后一块之后会出现的字段。', 'RFC 9110, 6.6.2'),
  expect: value(
    'Expect',
    '100-continue: the client waits for a yes before it sends the body.',
    '100-continue：客户端等到同意后才发送请求体。',
    'RFC 9110, 10.1.1',
  ),
  from: value('From', 'Mail address of whoever runs the client.', '客户端使用者的邮箱地址。', 'RFC 9110, 10.1.2'),
  origin: value(
    'Origin',
    'Site that caused the request; the server decides by it (CORS).',
    '发起请求的站点，服务器据此判断（CORS）。',
    'RFC 6454, 7',
  ),
  allow: value('Allow', 'Methods that this resource takes.', '该资源支持的方法。', 'RFC 9110, 10.2.1'),
  'retry-after': value('Retry-After', 'Try again after this time.', '请在此时间之后重试。', 'RFC 9110, 10.2.3'),
  via: value('Via', 'Proxies on the way.', '途经的代理。', 'RFC 9110, 7.6.3'),
  forwarded: value('Forwarded', 'What a proxy knows of the client behind it.', '代理所知的客户端信息。', 'RFC 7239'),
  'x-real-ip': value('X-Real-IP', 'Address of the client, as a proxy saw it.', '代理所见的客户端地址。'),
  'x-forwarded-proto': value('X-Forwarded-Proto', 'Scheme that the client used towards the proxy.', '客户端访问代理时所用的协议。'),
  'x-forwarded-host': value('X-Forwarded-Host', 'Host that the client asked the proxy for.', '客户端向代理请求的主机。'),
  link: value(
    'Link',
    'Relations to other resources, for example what to load early.',
    '与其他资源的关系，例如应预先加载的内容。',
    'RFC 8288',
  ),
  date: value('Date', 'When the server made the answer.', '服务器生成响应的时间。', 'RFC 9110, 6.6.1'),
  refresh: value('Refresh', 'Load again, or another page, after some seconds.', '若干秒后重新加载或跳转。', 'HTML'),
  'alt-svc': value(
    'Alt-Svc',
    'The same content is also there over another protocol or server, for example HTTP/3.',
    '同一内容也可经其他协议或服务器取得，例如 HTTP/3。',
    'RFC 7838',
  ),
  'strict-transport-security': value(
    'Strict-Transport-Security',
    'Come back over TLS only, for this long.',
    '在此期限内只允许经 TLS 访问。',
    'RFC 6797',
  ),
  'upgrade-insecure-requests': value('Upgrade-Insecure-Requests', 'The browser prefers https.', '浏览器希望使用 https。', 'W3C'),
  'x-content-type-options': value(
    'X-Content-Type-Options',
    'nosniff: the type is as said, do not guess.',
    'nosniff：以声明的类型为准，不要猜测。',
    'WHATWG Fetch',
  ),
  'x-frame-options': value(
    'X-Frame-Options',
    'Whether other pages may show this one in a frame.',
    '是否允许其他页面以框架嵌入本页。',
    'RFC 7034',
  ),
  'x-xss-protection': value('X-XSS-Protection', 'A filter of old browsers; no longer used.', '旧浏览器的过滤器，已不再使用。'),
  'x-powered-by': value('X-Powered-By', 'The program behind the server.', '服务器背后的程序。'),
  'x-requested-with': value(
    'X-Requested-With',
    'Set by scripts, to tell their requests from those of pages.',
    '由脚本设置，用以区别于页面本身的请求。',
  ),
  'x-cache': value('X-Cache', 'Whether a cache had the answer.', '缓存是否命中。'),
  'referrer-policy': value('Referrer-Policy', 'How much of the address goes into Referer.', 'Referer 中包含多少地址信息。', 'W3C'),
  'permissions-policy': value(
    'Permissions-Policy',
    'Which features of the browser the page may use.',
    '页面可使用浏览器的哪些功能。',
    'W3C',
  ),
  dnt: value('DNT', 'Do not track; hardly anybody minds it.', '请勿跟踪，几乎无人遵守。'),
  'sec-gpc': value('Sec-GPC', 'The user does not want data to be sold.', '用户不希望其数据被出售。'),
  'sec-fetch-site': value(
    'Sec-Fetch-Site',
    'Relation of the asking page to this site.',
    '发起请求的页面与本站的关系。',
    'W3C Fetch Metadata',
  ),
  'sec-fetch-mode': value(
    'Sec-Fetch-Mode',
    'How it is asked for: navigation, cors, no-cors.',
    '请求方式：导航、cors、no-cors。',
    'W3C Fetch Metadata',
  ),
  'sec-fetch-user': value(
    'Sec-Fetch-User',
    'The user caused it, with a click for example.',
    '由用户操作（如点击）引起。',
    'W3C Fetch Metadata',
  ),
  'sec-fetch-dest': value('Sec-Fetch-Dest', 'What it is for: document, image, script.', '用途：文档、图片、脚本等。', 'W3C Fetch Metadata'),
  'sec-ch-ua': value('Sec-CH-UA', 'Brand and version of the browser, in short.', '浏览器的品牌与版本（简要）。', 'WICG Client Hints'),
  'sec-ch-ua-mobile': value('Sec-CH-UA-Mobile', 'Whether it runs on a phone.', '是否运行在手机上。', 'WICG Client Hints'),
  'sec-ch-ua-platform': value('Sec-CH-UA-Platform', 'Operating system of the client.', '客户端的操作系统。', 'WICG Client Hints'),
  'accept-ch': value('Accept-CH', 'Client hints that the server would like.', '服务器希望得到的客户端提示。', 'RFC 8942'),
  'accept-charset': value(
    'Accept-Charset',
    'Character sets that the client takes; no longer sent.',
    '客户端接受的字符集，已不再发送。',
    'RFC 9110, 12.5.2',
  ),
  'accept-patch': value('Accept-Patch', 'Types that PATCH may have here.', '此处 PATCH 可用的类型。', 'RFC 5789, 3.1'),
  'access-control-allow-origin': value(
    'Access-Control-Allow-Origin',
    'Which sites’ scripts may read the answer (CORS).',
    '哪些站点的脚本可读取该响应（CORS）。',
    'WHATWG Fetch',
  ),
  'access-control-allow-methods': value(
    'Access-Control-Allow-Methods',
    'Methods allowed from other sites.',
    '其他站点可用的方法。',
    'WHATWG Fetch',
  ),
  'access-control-allow-headers': value(
    'Access-Control-Allow-Headers',
    'Headers allowed from other sites.',
    '其他站点可用的首部。',
    'WHATWG Fetch',
  ),
  'access-control-allow-credentials': value(
    'Access-Control-Allow-Credentials',
    'Cookies may come along from other sites.',
    '其他站点的请求可携带 Cookie。',
    'WHATWG Fetch',
  ),
  'access-control-expose-headers': value(
    'Access-Control-Expose-Headers',
    'Headers that scripts of other sites may read.',
    '其他站点的脚本可读取的首部。',
    'WHATWG Fetch',
  ),
  'access-control-max-age': value(
    'Access-Control-Max-Age',
    'Seconds for which this permission holds.',
    '该许可的有效秒数。',
    'WHATWG Fetch',
  ),
  'access-control-request-method': value(
    'Access-Control-Request-Method',
    'Would this method be allowed?',
    '询问是否允许此方法。',
    'WHATWG Fetch',
  ),
  'access-control-request-headers': value(
    'Access-Control-Request-Headers',
    'Would these headers be allowed?',
    '询问是否允许这些首部。',
    'WHATWG Fetch',
  ),
  'timing-allow-origin': value('Timing-Allow-Origin', 'Who may see the exact times of loading.', '谁可查看精确的加载时间。', 'W3C'),
  'server-timing': value('Server-Timing', 'Where the server spent its time.', '服务器的时间花在何处。', 'W3C'),
  priority: value('Priority', 'How urgent the answer is.', '响应的紧急程度。', 'RFC 9218'),
  purpose: value('Purpose', 'prefetch: asked for ahead of time.', 'prefetch：提前请求。'),
  'proxy-connection': value('Proxy-Connection', 'Connection for old proxies; no standard.', '用于旧代理的 Connection，非标准。'),
  'last-event-id': value('Last-Event-ID', 'Last event that was received, to go on from there.', '最后收到的事件，以便续接。', 'HTML'),
  dav: value('DAV', 'Parts of WebDAV that the server can.', '服务器支持的 WebDAV 部分。', 'RFC 4918, 10.1'),
  depth: value('Depth', 'WebDAV: only this, or what is below it, too.', 'WebDAV：只针对自身，还是包括其下内容。', 'RFC 4918, 10.2'),
  destination: value('Destination', 'WebDAV: where to copy or move to.', 'WebDAV：复制或移动的目标。', 'RFC 4918, 10.3'),
  soapaction: value('SOAPAction', 'Which operation of the web service is meant.', '要调用的 Web 服务操作。', 'SOAP 1.1'),
  nel: value('NEL', 'The browser is to report failures of loading.', '要求浏览器报告加载失败。', 'W3C'),
  'report-to': value('Report-To', 'Where reports go.', '报告发送的地址。', 'W3C'),
  'icy-metadata': value('Icy-MetaData', 'The client wants titles within the audio stream.', '客户端希望音频流中带有曲目信息。'),
  'mime-version': value('MIME-Version', 'From mail; has no meaning in HTTP.', '来自电子邮件，在 HTTP 中无意义。', 'RFC 2045'),
  p3p: value('P3P', 'Privacy policy for machines; no longer used.', '机器可读的隐私策略，已不再使用。'),
}

/** Dissector's fields whose name is not that of the header. */
const FIELDS: Readonly<Record<string, string>> = { 'content-length': 'http.content_length_header' }

/** What is written about a header: of the dissector's field, or here; null where neither has a word. */
export function headerText(name: string): ValueText | null {
  const field = FIELDS[name] ?? `http.${name.replaceAll('-', '_')}`
  if (Object.hasOwn(fieldTexts, field)) {
    const found = fieldTexts[field]
    if (found) return { name, what: found.what, source: found.source }
  }
  return Object.hasOwn(headers, name) ? (headers[name] ?? null) : null
}
