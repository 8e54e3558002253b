// TLS extensions (RFC 8446, 4.2; RFC 6066 and others): what hellos offer and choose.
import { card, type FieldTexts } from '../card'
import { tlsVersions } from '../values/tls'
import { tlsExtensions, tlsGroups, tlsPskModes, tlsSignatureSchemes } from '../values/tls-offers'

/** Cards of extensions. */
export const tlsOfferFields: FieldTexts = {
  'tls.handshake.extension.type': card(
    ['Extension', '扩展'],
    'RFC 8446, 4.2',
    [
      'What the extension is about. Unknown ones are skipped; some are sent only to keep servers tolerant (GREASE).',
      '扩展的种类。未知扩展会被跳过；有些仅为保持服务器兼容而发（GREASE）。',
    ],
    undefined,
    tlsExtensions,
  ),
  'tls.handshake.extension.len': card(['Extension length', '扩展长度'], 'RFC 8446, 4.2', ['Bytes of the extension.', '扩展的字节数。']),
  'tls.handshake.extension.data': card(['Extension data', '扩展数据'], 'RFC 8446, 4.2', [
    'Content of the extension as it is.',
    '扩展的原始内容。',
  ]),
  'tls.handshake.extensions_server_name': card(
    ['Server name', '服务器名称（SNI）'],
    'RFC 6066, 3',
    ['The host that the client wants, so that one address can serve many.', '客户端要访问的主机名，使一个地址可服务多个站点。'],
    ['It is sent in the clear: observers and filters read it. ECH hides it.', '以明文发送，旁观者和过滤设备可见；ECH 可将其隐藏。'],
  ),
  'tls.handshake.extensions_server_name_type': card(['Name type', '名称类型'], 'RFC 6066, 3', ['Always a host name.', '总是主机名。']),
  'tls.handshake.extensions_alpn_str': card(['ALPN protocol', 'ALPN 协议'], 'RFC 7301', [
    'A protocol for the inside: the client offers some, the server picks one.',
    '内部协议：客户端列出若干，服务器选定一个。',
  ]),
  'tls.handshake.extensions.supported_version': card(
    ['Supported version', '支持的版本'],
    'RFC 8446, 4.2.1',
    ['A version that the client speaks, or the one that is spoken now.', '客户端支持的版本，或服务器选定的版本。'],
    undefined,
    tlsVersions,
  ),
  'tls.handshake.extensions_supported_group': card(
    ['Group', '组'],
    'RFC 8446, 4.2.7',
    ['A curve or group for the key exchange.', '密钥交换可用的曲线或组。'],
    undefined,
    tlsGroups,
  ),
  'tls.handshake.extensions_key_share_group': card(
    ['Key share group', '密钥共享的组'],
    'RFC 8446, 4.2.8',
    ['The group of the public key that follows.', '其后公钥所属的组。'],
    undefined,
    tlsGroups,
  ),
  'tls.handshake.extensions_key_share_selected_group': card(
    ['Selected group', '选定的组'],
    'RFC 8446, 4.2.8',
    ['The server asks for a key of this group: costs a round trip.', '服务器要求改用该组的公钥，多一个往返。'],
    undefined,
    tlsGroups,
  ),
  'tls.handshake.extensions_key_share_key_exchange': card(['Public key', '公钥'], 'RFC 8446, 4.2.8', [
    'A fresh public key; with the other side’s it makes the common secret.',
    '临时公钥，与对方公钥共同算出共享秘密。',
  ]),
  'tls.handshake.extensions_ec_point_format': card(['Point format', '点格式'], 'RFC 8422, 5.1.2', [
    'How points of curves are written.',
    '曲线点的编码方式。',
  ]),
  'tls.handshake.sig_hash_alg': card(
    ['Signature scheme', '签名方案'],
    'RFC 8446, 4.2.3',
    ['Algorithm, curve and hash of a signature in one number.', '以一个数表示签名的算法、曲线和散列。'],
    undefined,
    tlsSignatureSchemes,
  ),
  'tls.handshake.sig_hash_hash': card(['Hash', '散列'], 'RFC 5246, 7.4.1.4.1', [
    'The scheme’s first byte, which TLS 1.2 reads as the hash.',
    '方案的首字节，TLS 1.2 视为散列算法。',
  ]),
  'tls.handshake.sig_hash_sig': card(['Signature', '签名算法'], 'RFC 5246, 7.4.1.4.1', [
    'The scheme’s second byte, which TLS 1.2 reads as the signature.',
    '方案的次字节，TLS 1.2 视为签名算法。',
  ]),
  'tls.extension.psk_ke_mode': card(
    ['PSK mode', 'PSK 模式'],
    'RFC 8446, 4.2.9',
    ['How a resumed session gets its keys.', '恢复会话时如何得到密钥。'],
    undefined,
    tlsPskModes,
  ),
  'tls.handshake.extensions.psk.identity.identity': card(['PSK identity', 'PSK 标识'], 'RFC 8446, 4.2.11', [
    'The ticket of an earlier connection.',
    '先前连接得到的票据。',
  ]),
  'tls.handshake.extensions.psk.identity.obfuscated_ticket_age': card(['Obfuscated ticket age', '混淆的票据年龄'], 'RFC 8446, 4.2.11.1', [
    'How old the ticket is, hidden by the number that came with it. Guards early data against replay.',
    '票据年龄，已用随票据给出的数隐藏；用于防止早期数据被重放。',
  ]),
  'tls.handshake.extensions.psk.binders': card(['Binders', '绑定值'], 'RFC 8446, 4.2.11.2', [
    'Prove that the client knows the keys of the tickets.',
    '证明客户端掌握票据对应的密钥。',
  ]),
  'tls.handshake.extensions.psk.identity.selected': card(['Selected identity', '选定的标识'], 'RFC 8446, 4.2.11', [
    'Which of the tickets the server took, counted from 0.',
    '服务器采用了哪张票据（从 0 数起）。',
  ]),
  'tls.handshake.extensions.cookie': card(['Cookie', 'Cookie'], 'RFC 8446, 4.2.2', [
    'The server’s state, kept by the client until its second hello.',
    '服务器的状态，由客户端保存到第二次 hello。',
  ]),
  'tls.early_data.max_early_data_size': card(['Most early data', '早期数据上限'], 'RFC 8446, 4.6.1', [
    'Bytes that may be sent before the next handshake is done.',
    '下次握手完成前可发送的字节数。',
  ]),
  'tls.record_size_limit': card(['Record size limit', '记录大小限制'], 'RFC 8449', [
    'Longest record that the sender takes.',
    '发送方可接收的最大记录。',
  ]),
  'tls.compress_certificate.algorithm': card(['Compression', '压缩算法'], 'RFC 8879', [
    'How the certificate may be compressed.',
    '证书可用的压缩算法。',
  ]),
  'tls.handshake.extension.heartbeat.mode': card(['Heartbeat mode', '心跳模式'], 'RFC 6520, 2', [
    'Whether the other side may send heartbeats.',
    '对方是否可以发送心跳。',
  ]),
  'tls.handshake.extensions_reneg_info': card(['Renegotiation info', '重协商信息'], 'RFC 5746, 3.2', [
    'Check values of the handshake before; empty in the first one.',
    '前一次握手的校验值；首次握手为空。',
  ]),
  'tls.handshake.extensions_status_request_type': card(['Status type', '状态类型'], 'RFC 6066, 8', [
    'What kind of proof is wanted or given: OCSP.',
    '请求或给出的证明类型：OCSP。',
  ]),
  'tls.sct.sct_logid': card(['Log ID', '日志标识'], 'RFC 6962, 3.2', [
    'The public log that has seen the certificate.',
    '记录了该证书的公开日志。',
  ]),
  'tls.sct.sct_timestamp': card(['Timestamp', '时间戳'], 'RFC 6962, 3.2', ['When the log saw it.', '日志收录的时间。']),
}
