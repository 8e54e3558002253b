// TLS (RFC 8446, RFC 5246): records, alerts and handshake messages; what hellos offer is in tls-offers.ts.
import { card, type FieldTexts } from '../card'
import { tlsAlertLevels, tlsAlerts, tlsCipherSuites, tlsContentTypes, tlsHandshakeTypes, tlsVersions } from '../values/tls'
import { tlsCompressions, tlsGroups } from '../values/tls-offers'

/** Cards of TLS records and messages. */
export const tlsFields: FieldTexts = {
  tls: card(
    ['Transport Layer Security', '传输层安全（TLS）'],
    'RFC 8446',
    [
      'Encrypts a connection, shows who the server is, and lets nothing be changed unnoticed.',
      '对连接加密，证明服务器身份，并使内容无法被暗中篡改。',
    ],
    [
      'Who watches sees addresses, times, sizes and most of the hellos, but not the content.',
      '旁观者能看到地址、时间、大小和大部分 hello，但看不到内容。',
    ],
  ),
  'tls.record': card(['Record', '记录'], 'RFC 8446, 5.1', [
    'The unit that TLS sends: five bytes of header, then at most 16 KiB of content.',
    'TLS 的发送单位：五字节首部，其后最多 16 KiB 内容。',
  ]),
  'tls.record.content_type': card(
    ['Content type', '内容类型'],
    'RFC 8446, 5.1',
    ['What the record holds.', '记录所含的内容。'],
    undefined,
    tlsContentTypes,
  ),
  'tls.record.opaque_type': card(
    ['Opaque type', '外层类型'],
    'RFC 8446, 5.2',
    [
      'In TLS 1.3 every protected record says application data; the true type is encrypted with the content.',
      'TLS 1.3 中所有加密记录的外层都写作应用数据，真实类型随内容一起加密。',
    ],
    undefined,
    tlsContentTypes,
  ),
  'tls.record.version': card(
    ['Record version', '记录版本'],
    'RFC 8446, 5.1',
    ['Kept for old middleboxes; it does not say which version is spoken.', '为兼容旧设备而保留，不代表实际版本。'],
    undefined,
    tlsVersions,
  ),
  'tls.record.length': card(['Record length', '记录长度'], 'RFC 8446, 5.1', ['Bytes that follow in this record.', '本记录后续的字节数。']),
  'tls.record.is_escape': card(['Escape', '转义'], 'draft-hickman-netscape-ssl-00', [
    'A bit of SSL 2.0’s record header.',
    'SSL 2.0 记录首部的一位。',
  ]),
  'tls.record.padding_length': card(['Padding length', '填充长度'], 'draft-hickman-netscape-ssl-00', [
    'Bytes of padding at the end of an SSL 2.0 record.',
    'SSL 2.0 记录末尾的填充字节数。',
  ]),
  'tls.app_data': card(['Encrypted application data', '加密的应用数据'], 'RFC 8446, 5.2', [
    'Content that only the two ends can read. A key log file decrypts it.',
    '只有两端能读的内容；可用密钥日志文件解密。',
  ]),
  'tls.app_data_proto': card(['Protocol inside', '内部协议'], 'RFC 7301', [
    'Which protocol runs inside, as ALPN, port or content tell it. Not in the packet as such.',
    '内部运行的协议，由 ALPN、端口或内容得知，分组中并无此字段。',
  ]),
  'tls.alert_message': card(['Alert', '警报'], 'RFC 8446, 6', [
    'A warning or an error of one side, or its goodbye.',
    '一方发出的警告、错误或结束通知。',
  ]),
  'tls.alert_message.level': card(
    ['Alert level', '警报级别'],
    'RFC 8446, 6',
    ['Whether the connection can go on.', '连接能否继续。'],
    undefined,
    tlsAlertLevels,
  ),
  'tls.alert_message.desc': card(
    ['Alert description', '警报原因'],
    'RFC 8446, 6',
    ['What happened, as the sender saw it.', '发送方所见的原因。'],
    undefined,
    tlsAlerts,
  ),
  'tls.change_cipher_spec': card(['Change cipher spec', '更换密码规格'], 'RFC 5246, 7.1', [
    'From the next record on, the sender uses the new keys.',
    '从下一条记录起，发送方使用新密钥。',
  ]),
  'tls.handshake': card(['Handshake message', '握手报文'], 'RFC 8446, 4', [
    'One step on the way to common keys.',
    '建立共同密钥过程中的一步。',
  ]),
  'tls.handshake.type': card(
    ['Handshake type', '握手类型'],
    'RFC 8446, 4',
    ['Which step it is.', '握手的哪一步。'],
    undefined,
    tlsHandshakeTypes,
  ),
  'tls.handshake.length': card(['Message length', '报文长度'], 'RFC 8446, 4', [
    'Bytes of the message; it may go on in further records.',
    '报文的字节数；可延续到后续记录。',
  ]),
  'tls.handshake.version': card(
    ['Version', '版本'],
    'RFC 8446, 4.1.2',
    [
      'The newest version the client speaks, or the one the server chose, up to TLS 1.2. TLS 1.3 hides behind 1.2 and uses supported_versions.',
      '客户端支持的最高版本或服务器选定的版本（至 TLS 1.2）。TLS 1.3 写作 1.2，真实版本见 supported_versions。',
    ],
    undefined,
    tlsVersions,
  ),
  'tls.handshake.random': card(
    ['Random', '随机数'],
    'RFC 8446, 4.1.2',
    ['32 random bytes of each side, which make every connection’s keys different.', '双方各 32 字节随机数，使每次连接的密钥都不同。'],
    ['The client random is how key log files find a connection’s keys.', '密钥日志文件以客户端随机数查找密钥。'],
  ),
  'tls.handshake.random_time': card(['Time in the random', '随机数中的时间'], 'RFC 5246, 7.4.1.2', [
    'The first four bytes were once the clock; today they are random as well.',
    '前四字节过去是时钟，如今也是随机数。',
  ]),
  'tls.handshake.random_bytes': card(['Random bytes', '随机字节'], 'RFC 5246, 7.4.1.2', [
    'The other 28 bytes of the random.',
    '随机数的其余 28 字节。',
  ]),
  'tls.handshake.session_id': card(['Session ID', '会话 ID'], 'RFC 8446, 4.1.2', [
    'Names a session that can be resumed. In TLS 1.3 the server only sends the client’s value back.',
    '标识可恢复的会话。TLS 1.3 中服务器仅原样返回客户端的值。',
  ]),
  'tls.handshake.session_id_hit': card(['Session ID hit', '会话命中'], 'draft-hickman-netscape-ssl-00', [
    'SSL 2.0: the server remembers the session.',
    'SSL 2.0：服务器记得该会话。',
  ]),
  'tls.handshake.ciphersuites': card(['Cipher suites', '密码套件列表'], 'RFC 8446, 4.1.2', [
    'What the client can use, best first.',
    '客户端可用的密码套件，按偏好排序。',
  ]),
  'tls.handshake.ciphersuite': card(
    ['Cipher suite', '密码套件'],
    'RFC 8446, B.4',
    [
      'How keys are agreed on and checked (until TLS 1.2), how content is encrypted, and the hash for deriving keys.',
      '密钥交换与认证方式（至 TLS 1.2）、加密算法以及派生密钥的散列。',
    ],
    undefined,
    tlsCipherSuites,
  ),
  'tls.handshake.cipherspec': card(['Cipher spec', '密码规格'], 'draft-hickman-netscape-ssl-00', [
    'A cipher in the three bytes that SSL 2.0 uses.',
    'SSL 2.0 用三字节表示的密码。',
  ]),
  'tls.handshake.comp_methods': card(['Compression methods', '压缩方法列表'], 'RFC 8446, 4.1.2', [
    'Compressions on offer; today none.',
    '可用的压缩方法；如今为空。',
  ]),
  'tls.handshake.comp_method': card(
    ['Compression method', '压缩方法'],
    'RFC 8446, 4.1.2',
    ['How content would be compressed before encryption.', '加密前的压缩方式。'],
    undefined,
    tlsCompressions,
  ),
  'tls.handshake.certificates': card(['Certificates', '证书链'], 'RFC 8446, 4.4.2', [
    'The sender’s own certificate first, then those that signed it.',
    '先是发送方自己的证书，然后是为其签名的证书。',
  ]),
  'tls.handshake.certificate': card(['Certificate', '证书'], 'RFC 5280', [
    'Ties a name to a public key, signed by an authority.',
    '将名称与公钥绑定，并由机构签名。',
  ]),
  'tls.handshake.certificate_request_context': card(['Request context', '请求上下文'], 'RFC 8446, 4.3.2', [
    'Which request for a certificate this answers; empty in the handshake.',
    '对应哪次证书请求；握手中为空。',
  ]),
  'tls.handshake.cert_type': card(['Client certificate type', '客户端证书类型'], 'RFC 5246, 7.4.4', [
    'Kinds of certificates that the server takes.',
    '服务器接受的证书类型。',
  ]),
  'tls.handshake.dname': card(['Authority', '颁发机构'], 'RFC 5246, 7.4.4', [
    'An authority whose certificates the server takes.',
    '服务器接受其证书的机构。',
  ]),
  'tls.handshake.server_curve_type': card(['Curve type', '曲线类型'], 'RFC 8422, 5.4', [
    'Whether the curve is given by its name; others are forbidden.',
    '曲线以名称给出；其他方式已禁止。',
  ]),
  'tls.handshake.server_named_curve': card(
    ['Curve', '曲线'],
    'RFC 8422, 5.4',
    ['The curve that the server chose.', '服务器选定的曲线。'],
    undefined,
    tlsGroups,
  ),
  'tls.handshake.server_point': card(
    ['Server’s public key', '服务器公钥'],
    'RFC 8422, 5.4',
    ['A fresh point on the curve, made for this connection alone.', '仅为本连接生成的曲线点。'],
    ['Fresh keys give forward secrecy: the certificate’s key cannot decrypt this later.', '临时密钥带来前向保密：日后证书私钥也无法解密。'],
  ),
  'tls.handshake.client_point': card(['Client’s public key', '客户端公钥'], 'RFC 8422, 5.7', [
    'The client’s fresh point on the curve.',
    '客户端临时生成的曲线点。',
  ]),
  'tls.handshake.p': card(['Prime', '素数 p'], 'RFC 5246, 7.4.3', ['The prime of Diffie-Hellman.', 'Diffie-Hellman 的素数。']),
  'tls.handshake.g': card(['Generator', '生成元 g'], 'RFC 5246, 7.4.3', ['The generator of Diffie-Hellman.', 'Diffie-Hellman 的生成元。']),
  'tls.handshake.ys': card(['Server’s public key', '服务器公钥'], 'RFC 5246, 7.4.3', [
    'The server’s fresh Diffie-Hellman value.',
    '服务器的临时 Diffie-Hellman 值。',
  ]),
  'tls.handshake.yc': card(['Client’s public key', '客户端公钥'], 'RFC 5246, 7.4.7.2', [
    'The client’s fresh Diffie-Hellman value.',
    '客户端的临时 Diffie-Hellman 值。',
  ]),
  'tls.handshake.epms': card(
    ['Encrypted pre-master secret', '加密的预主密钥'],
    'RFC 5246, 7.4.7.1',
    ['The secret from which all keys come, encrypted to the server’s RSA key.', '派生所有密钥的秘密，用服务器 RSA 公钥加密。'],
    ['Whoever has the server’s private key, even years later, can read the connection.', '日后得到服务器私钥者仍可解读该连接。'],
  ),
  'tls.handshake.sig': card(['Signature', '签名'], 'RFC 5246, 7.4.3', [
    'Made with the certificate’s key: the key exchange is really the server’s.',
    '用证书私钥生成，证明密钥交换参数确实来自服务器。',
  ]),
  'tls.handshake.client_cert_vrfy.sig': card(['Signature', '签名'], 'RFC 8446, 4.4.3', [
    'Over the whole handshake so far: the sender holds the certificate’s key.',
    '对此前全部握手的签名，证明持有证书私钥。',
  ]),
  'tls.handshake.identity': card(['PSK identity', 'PSK 标识'], 'RFC 4279', [
    'Which shared key the client means.',
    '客户端所指的预共享密钥。',
  ]),
  'tls.handshake.hint': card(['PSK hint', 'PSK 提示'], 'RFC 4279', [
    'Helps the client choose its shared key.',
    '帮助客户端选择预共享密钥。',
  ]),
  'tls.handshake.session_ticket': card(['Session ticket', '会话票据'], 'RFC 5077, 4; RFC 8446, 4.6.1', [
    'The session’s keys, encrypted so that only the server can read them; the client hands it back to resume.',
    '由服务器加密的会话密钥，客户端恢复会话时交还。',
  ]),
  'tls.handshake.session_ticket_lifetime_hint': card(['Ticket lifetime', '票据有效期'], 'RFC 8446, 4.6.1', [
    'Seconds for which the ticket may be used, at most seven days.',
    '票据可用的秒数，最多七天。',
  ]),
  'tls.handshake.session_ticket_age_add': card(['Ticket age add', '票据年龄偏移'], 'RFC 8446, 4.6.1', [
    'Added to the ticket’s age so that observers cannot link connections.',
    '加在票据年龄上，使旁观者无法关联连接。',
  ]),
  'tls.handshake.session_ticket_nonce': card(['Ticket nonce', '票据随机数'], 'RFC 8446, 4.6.1', [
    'Gives each ticket a key of its own.',
    '使每张票据有各自的密钥。',
  ]),
  'tls.handshake.verify_data': card(['Verify data', '校验数据'], 'RFC 8446, 4.4.4', [
    'A checksum over all messages so far: nobody has changed the handshake.',
    '对此前全部报文的校验值，证明握手未被篡改。',
  ]),
  'tls.handshake.key_update.request_update': card(['Update requested', '请求更新'], 'RFC 8446, 4.6.3', [
    'Whether the other side shall change its keys as well.',
    '是否要求对方也更换密钥。',
  ]),
  'tls.handshake.ja3': card(['JA3', 'JA3'], 'github.com/salesforce/ja3', [
    'MD5 of what the client’s hello offers: equal for the same software. Not in the packet as such.',
    '对 ClientHello 内容计算的 MD5：同一软件结果相同。分组中并无此字段。',
  ]),
  'tls.handshake.ja3_full': card(['JA3 string', 'JA3 字符串'], 'github.com/salesforce/ja3', [
    'Version, suites, extensions, groups and point formats, from which JA3 is made.',
    '用于计算 JA3 的版本、套件、扩展、组和点格式。',
  ]),
  'tls.handshake.ja3s': card(['JA3S', 'JA3S'], 'github.com/salesforce/ja3', [
    'The same for the server’s answer.',
    '对 ServerHello 的同样计算。',
  ]),
  'tls.handshake.ja3s_full': card(['JA3S string', 'JA3S 字符串'], 'github.com/salesforce/ja3', [
    'Version, suite and extensions of the server, from which JA3S is made.',
    '用于计算 JA3S 的版本、套件和扩展。',
  ]),
  'tls.heartbeat_message': card(
    ['Heartbeat', '心跳'],
    'RFC 6520',
    ['A question whether the other side is there, or the answer.', '探测对方是否在线的请求或应答。'],
    ['Heartbleed was a length here that was not checked.', '“心脏出血”漏洞即因此处长度未检查。'],
  ),
  'tls.handshake.fragments': card(['Fragments', '分片'], 'RFC 8446, 5.1', [
    'The records over which this message was spread.',
    '该报文跨越的各条记录。',
  ]),
  'tls.segments': card(['Segments', '分段'], 'RFC 8446, 5.1', [
    'The records from which the inner protocol’s message was put together.',
    '拼成内部协议报文的各条记录。',
  ]),
  'tls.resumed': card(['Resumed session', '恢复的会话'], 'RFC 8446, 2.2', [
    'Keys come from an earlier connection: no certificate is sent.',
    '密钥来自先前的连接，不再发送证书。',
  ]),
}
