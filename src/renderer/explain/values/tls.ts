// Values of TLS fields (IANA "TLS Parameters" and "TLS ExtensionType Values"): record types, versions, handshake messages, alerts.
import { value, type ValueTexts } from '../card'

/** Content types of records. */
export const tlsContentTypes: ValueTexts = {
  '20': value(
    'change_cipher_spec',
    'From here on the sender encrypts with the new keys. TLS 1.3 sends it only to please old middleboxes.',
    '发送方从此使用新密钥加密。TLS 1.3 仅为兼容旧的中间设备而发送。',
    'RFC 8446, 5; RFC 5246, 7.1',
  ),
  '21': value('alert', 'A warning, an error, or the end of the connection.', '警告、错误或连接结束的通知。', 'RFC 8446, 6'),
  '22': value('handshake', 'Messages that agree on version, ciphers and keys.', '协商版本、密码套件和密钥的报文。', 'RFC 8446, 4'),
  '23': value(
    'application_data',
    'Encrypted content. In TLS 1.3 also encrypted handshake messages and alerts carry this type.',
    '加密的内容。TLS 1.3 中加密的握手报文和警报也使用此类型。',
    'RFC 8446, 5.1',
  ),
  '24': value('heartbeat', 'Asks whether the other side is still there.', '探测对方是否仍在线。', 'RFC 6520'),
  '25': value('tls12_cid', 'A DTLS record with a connection ID.', '带连接 ID 的 DTLS 记录。', 'RFC 9146'),
}

/** Versions, as fields hold them. */
export const tlsVersions: ValueTexts = {
  '2': value('SSL 2.0', 'Broken and forbidden.', '已被攻破，禁止使用。', 'RFC 6176'),
  '768': value('SSL 3.0', 'Broken (POODLE) and forbidden.', '已被攻破（POODLE），禁止使用。', 'RFC 7568'),
  '769': value(
    'TLS 1.0',
    'Outdated. As a record’s version it only says that the sender is careful with old servers.',
    '已过时。出现在记录层时只表示发送方照顾旧服务器。',
    'RFC 8996',
  ),
  '770': value('TLS 1.1', 'Outdated.', '已过时。', 'RFC 8996'),
  '771': value(
    'TLS 1.2',
    'Still in wide use. TLS 1.3 writes this number too and tells its real version in an extension.',
    '仍广泛使用。TLS 1.3 也写此值，真实版本放在扩展中。',
    'RFC 5246',
  ),
  '772': value(
    'TLS 1.3',
    'The current version: one round trip, always forward secrecy.',
    '当前版本：一个往返即可，始终具有前向保密。',
    'RFC 8446',
  ),
}

/** Handshake message types. */
export const tlsHandshakeTypes: ValueTexts = {
  '0': value('hello_request', 'The server asks the client to begin a new handshake.', '服务器请求客户端重新握手。', 'RFC 5246, 7.4.1.1'),
  '1': value(
    'client_hello',
    'What the client can do: versions, cipher suites, extensions.',
    '客户端的能力：版本、密码套件和扩展。',
    'RFC 8446, 4.1.2',
  ),
  '2': value('server_hello', 'What the server has chosen of it.', '服务器从中作出的选择。', 'RFC 8446, 4.1.3'),
  '3': value('hello_verify_request', 'DTLS: show first that you can be reached.', 'DTLS：先证明地址可达。', 'RFC 6347, 4.2.1'),
  '4': value(
    'new_session_ticket',
    'A ticket with which the client can resume later.',
    '客户端以后可用于恢复会话的票据。',
    'RFC 8446, 4.6.1; RFC 5077',
  ),
  '5': value('end_of_early_data', 'The data before the handshake’s end is over.', '早期数据到此结束。', 'RFC 8446, 4.5'),
  '6': value(
    'hello_retry_request',
    'Drafts of TLS 1.3: ask again with another group.',
    'TLS 1.3 草案：请换一个组重试。',
    'RFC 8446, 4.1.4',
  ),
  '8': value('encrypted_extensions', 'Answers to extensions that nobody else needs to see.', '对扩展的答复，已加密。', 'RFC 8446, 4.3.1'),
  '11': value('certificate', 'The sender’s certificate and those that vouch for it.', '发送方证书及其担保证书链。', 'RFC 8446, 4.4.2'),
  '12': value('server_key_exchange', 'The server’s half of the key exchange, signed.', '服务器的密钥交换参数，带签名。', 'RFC 5246, 7.4.3'),
  '13': value('certificate_request', 'The server wants the client’s certificate.', '服务器要求客户端证书。', 'RFC 8446, 4.3.2'),
  '14': value('server_hello_done', 'The server waits for the client now.', '服务器的部分结束，等待客户端。', 'RFC 5246, 7.4.5'),
  '15': value(
    'certificate_verify',
    'A signature that proves possession of the certificate’s key.',
    '证明持有证书私钥的签名。',
    'RFC 8446, 4.4.3',
  ),
  '16': value('client_key_exchange', 'The client’s half of the key exchange.', '客户端的密钥交换参数。', 'RFC 5246, 7.4.7'),
  '20': value(
    'finished',
    'A checksum over the whole handshake, made with the new keys.',
    '用新密钥对整个握手计算的校验值。',
    'RFC 8446, 4.4.4',
  ),
  '21': value('certificate_url', 'Where the client’s certificate can be fetched.', '客户端证书的获取地址。', 'RFC 6066, 5'),
  '22': value('certificate_status', 'Proof that the certificate is not revoked (OCSP).', '证书未被吊销的证明（OCSP）。', 'RFC 6066, 8'),
  '23': value('supplemental_data', 'Further data for applications.', '供应用使用的补充数据。', 'RFC 4680'),
  '24': value('key_update', 'The sender goes on with new keys.', '发送方更换密钥。', 'RFC 8446, 4.6.3'),
  '25': value('compressed_certificate', 'The certificate message, compressed.', '压缩的证书报文。', 'RFC 8879'),
  '67': value('next_protocol', 'Which protocol follows; replaced by ALPN.', '接下来使用的协议；已被 ALPN 取代。'),
}

/** Alert levels. */
export const tlsAlertLevels: ValueTexts = {
  '1': value('warning', 'The connection may go on.', '连接可以继续。', 'RFC 8446, 6'),
  '2': value('fatal', 'The connection ends at once.', '连接立即终止。', 'RFC 8446, 6'),
}

/** Every alert. */
export const tlsAlerts: ValueTexts = {
  '0': value('close_notify', 'The sender is done; nothing was cut off.', '发送方正常结束，数据没有被截断。', 'RFC 8446, 6.1'),
  '1': value('end_of_early_data', 'Drafts of TLS 1.3: early data is over.', 'TLS 1.3 草案：早期数据结束。'),
  '10': value(
    'unexpected_message',
    'A message came that does not fit here: one side is broken, or does not speak TLS.',
    '收到此处不应出现的报文：一方实现有误，或对方不是 TLS。',
    'RFC 8446, 6.2',
  ),
  '20': value(
    'bad_record_mac',
    'A record could not be verified: it was changed on the way, or the keys differ.',
    '记录校验失败：传输中被改动，或双方密钥不同。',
    'RFC 8446, 6.2',
  ),
  '21': value('decryption_failed', 'A record could not be decrypted; no longer sent.', '无法解密记录；现已不再发送。', 'RFC 5246, 7.2.2'),
  '22': value('record_overflow', 'A record is longer than allowed.', '记录超过允许的长度。', 'RFC 8446, 6.2'),
  '30': value('decompression_failure', 'Compressed content could not be unpacked.', '无法解压内容。', 'RFC 5246, 7.2.2'),
  '40': value(
    'handshake_failure',
    'Nothing on offer was acceptable: no common cipher suite, group or signature scheme.',
    '所提供的参数无一可接受：没有共同的密码套件、组或签名算法。',
    'RFC 8446, 6.2',
  ),
  '41': value('no_certificate', 'SSL 3.0: the client has no certificate.', 'SSL 3.0：客户端没有证书。', 'RFC 6101, 5.4.2'),
  '42': value('bad_certificate', 'The certificate is damaged or its signature is wrong.', '证书损坏或签名错误。', 'RFC 8446, 6.2'),
  '43': value('unsupported_certificate', 'The certificate is of a kind that is not supported.', '不支持该类型的证书。', 'RFC 8446, 6.2'),
  '44': value('certificate_revoked', 'The issuer has revoked the certificate.', '证书已被颁发者吊销。', 'RFC 8446, 6.2'),
  '45': value('certificate_expired', 'The certificate is out of date, or not valid yet.', '证书已过期或尚未生效。', 'RFC 8446, 6.2'),
  '46': value(
    'certificate_unknown',
    'The certificate is not accepted for some other reason; the name may be wrong.',
    '证书因其他原因不被接受，例如名称不符。',
    'RFC 8446, 6.2',
  ),
  '47': value('illegal_parameter', 'A field holds a value that is not allowed there.', '某字段的值不被允许。', 'RFC 8446, 6.2'),
  '48': value(
    'unknown_ca',
    'The chain leads to no authority that the receiver trusts: often a self-signed certificate.',
    '证书链没有通向受信任的机构，常见于自签名证书。',
    'RFC 8446, 6.2',
  ),
  '49': value('access_denied', 'The certificate is valid, but its holder may not enter.', '证书有效，但持有者无权访问。', 'RFC 8446, 6.2'),
  '50': value('decode_error', 'A message could not be read: lengths do not fit.', '报文无法解析：长度不符。', 'RFC 8446, 6.2'),
  '51': value('decrypt_error', 'A signature or Finished value is wrong.', '签名或 Finished 校验失败。', 'RFC 8446, 6.2'),
  '60': value('export_restriction', 'Export rules of the 1990s were not kept.', '违反九十年代的出口限制。', 'RFC 5246, 7.2.2'),
  '70': value('protocol_version', 'The version is too old, or not known.', '版本过旧或不被支持。', 'RFC 8446, 6.2'),
  '71': value('insufficient_security', 'The server wants stronger ciphers.', '服务器要求更强的密码套件。', 'RFC 8446, 6.2'),
  '80': value('internal_error', 'Something failed that has nothing to do with the other side.', '与对方无关的内部错误。', 'RFC 8446, 6.2'),
  '86': value(
    'inappropriate_fallback',
    'The client came back with an older version though the server can do better: perhaps an attack.',
    '客户端降级重试，而服务器支持更高版本：可能是攻击。',
    'RFC 7507',
  ),
  '90': value('user_canceled', 'Somebody gave up; close_notify follows.', '用户取消；随后应有 close_notify。', 'RFC 8446, 6.1'),
  '100': value('no_renegotiation', 'The sender does not want a new handshake.', '发送方拒绝重新协商。', 'RFC 5246, 7.2.2'),
  '109': value('missing_extension', 'An extension is missing that this needs.', '缺少必需的扩展。', 'RFC 8446, 6.2'),
  '110': value('unsupported_extension', 'An extension was answered that nobody asked for.', '答复了未请求的扩展。', 'RFC 8446, 6.2'),
  '111': value(
    'certificate_unobtainable',
    'The certificate could not be fetched from its URL.',
    '无法从所给 URL 取得证书。',
    'RFC 6066, 9',
  ),
  '112': value(
    'unrecognized_name',
    'The server does not know the requested host name (SNI).',
    '服务器不认识所请求的主机名（SNI）。',
    'RFC 8446, 6.2',
  ),
  '113': value(
    'bad_certificate_status_response',
    'The stapled proof of non-revocation is not valid.',
    '附带的证书状态证明无效。',
    'RFC 8446, 6.2',
  ),
  '114': value(
    'bad_certificate_hash_value',
    'The fetched certificate has another hash than announced.',
    '取得的证书与所述散列不符。',
    'RFC 6066, 9',
  ),
  '115': value('unknown_psk_identity', 'No key is known under this identity.', '没有该标识对应的预共享密钥。', 'RFC 8446, 6.2'),
  '116': value('certificate_required', 'The server insists on a client certificate.', '服务器必须要求客户端证书。', 'RFC 8446, 6.2'),
  '120': value('no_application_protocol', 'No application protocol in common (ALPN).', '没有共同的应用协议（ALPN）。', 'RFC 7301, 3.2'),
  '121': value('ech_required', 'The server insists on Encrypted ClientHello.', '服务器要求使用加密的 ClientHello。', 'RFC 9849'),
}

/** Where the key of a connection comes from, and what protects the data, for the suites that are met most. */
export const tlsCipherSuites: ValueTexts = {
  '10': value(
    'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
    'Key sent encrypted to the server’s RSA key (no forward secrecy); 3DES, slow and weak.',
    '密钥用服务器 RSA 公钥加密传送（无前向保密）；3DES，慢且弱。',
    'RFC 5246, A.5',
  ),
  '47': value(
    'TLS_RSA_WITH_AES_128_CBC_SHA',
    'Key sent encrypted to the server’s RSA key: whoever gets that key later reads everything. AES-CBC with HMAC-SHA1.',
    '密钥用服务器 RSA 公钥加密传送：日后得到该私钥者可解读全部内容。AES-CBC 加 HMAC-SHA1。',
    'RFC 5246, A.5',
  ),
  '53': value(
    'TLS_RSA_WITH_AES_256_CBC_SHA',
    'As above with a 256-bit AES key; no forward secrecy.',
    '同上，AES 密钥为 256 位；无前向保密。',
    'RFC 5246, A.5',
  ),
  '156': value(
    'TLS_RSA_WITH_AES_128_GCM_SHA256',
    'RSA key transport without forward secrecy; AES-GCM.',
    'RSA 密钥传输，无前向保密；AES-GCM。',
    'RFC 5288',
  ),
  '157': value(
    'TLS_RSA_WITH_AES_256_GCM_SHA384',
    'RSA key transport without forward secrecy; AES-GCM.',
    'RSA 密钥传输，无前向保密；AES-GCM。',
    'RFC 5288',
  ),
  '158': value(
    'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
    'Fresh Diffie-Hellman keys, signed with RSA; AES-GCM.',
    '临时 DH 密钥，RSA 签名；AES-GCM。',
    'RFC 5288',
  ),
  '159': value(
    'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
    'Fresh Diffie-Hellman keys, signed with RSA; AES-GCM.',
    '临时 DH 密钥，RSA 签名；AES-GCM。',
    'RFC 5288',
  ),
  '255': value(
    'TLS_EMPTY_RENEGOTIATION_INFO_SCSV',
    'No cipher: a sign that the client renegotiates safely.',
    '不是密码套件：表示客户端支持安全重协商。',
    'RFC 5746, 3.3',
  ),
  '4865': value('TLS_AES_128_GCM_SHA256', 'TLS 1.3: AES-GCM with a 128-bit key.', 'TLS 1.3：128 位密钥的 AES-GCM。', 'RFC 8446, B.4'),
  '4866': value('TLS_AES_256_GCM_SHA384', 'TLS 1.3: AES-GCM with a 256-bit key.', 'TLS 1.3：256 位密钥的 AES-GCM。', 'RFC 8446, B.4'),
  '4867': value(
    'TLS_CHACHA20_POLY1305_SHA256',
    'TLS 1.3: ChaCha20-Poly1305, fast without AES hardware.',
    'TLS 1.3：ChaCha20-Poly1305，无 AES 硬件也很快。',
    'RFC 8446, B.4',
  ),
  '4868': value('TLS_AES_128_CCM_SHA256', 'TLS 1.3: AES-CCM, for small devices.', 'TLS 1.3：AES-CCM，用于小型设备。', 'RFC 8446, B.4'),
  '4869': value(
    'TLS_AES_128_CCM_8_SHA256',
    'TLS 1.3: AES-CCM with a short tag, for small devices.',
    'TLS 1.3：短标签的 AES-CCM，用于小型设备。',
    'RFC 8446, B.4',
  ),
  '22016': value(
    'TLS_FALLBACK_SCSV',
    'No cipher: the client says that it tries an older version now.',
    '不是密码套件：表示客户端正在降级重试。',
    'RFC 7507',
  ),
  '49171': value(
    'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
    'Fresh elliptic-curve keys, signed with RSA; AES-CBC.',
    '临时椭圆曲线密钥，RSA 签名；AES-CBC。',
    'RFC 8422',
  ),
  '49172': value(
    'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
    'Fresh elliptic-curve keys, signed with RSA; AES-CBC.',
    '临时椭圆曲线密钥，RSA 签名；AES-CBC。',
    'RFC 8422',
  ),
  '49195': value(
    'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
    'Fresh elliptic-curve keys, signed with ECDSA; AES-GCM.',
    '临时椭圆曲线密钥，ECDSA 签名；AES-GCM。',
    'RFC 5289',
  ),
  '49196': value(
    'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
    'Fresh elliptic-curve keys, signed with ECDSA; AES-GCM.',
    '临时椭圆曲线密钥，ECDSA 签名；AES-GCM。',
    'RFC 5289',
  ),
  '49199': value(
    'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    'Fresh elliptic-curve keys, signed with RSA; AES-GCM.',
    '临时椭圆曲线密钥，RSA 签名；AES-GCM。',
    'RFC 5289',
  ),
  '49200': value(
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    'Fresh elliptic-curve keys, signed with RSA; AES-GCM.',
    '临时椭圆曲线密钥，RSA 签名；AES-GCM。',
    'RFC 5289',
  ),
  '52392': value(
    'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
    'Fresh elliptic-curve keys, signed with RSA; ChaCha20-Poly1305.',
    '临时椭圆曲线密钥，RSA 签名；ChaCha20-Poly1305。',
    'RFC 7905',
  ),
  '52393': value(
    'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
    'Fresh elliptic-curve keys, signed with ECDSA; ChaCha20-Poly1305.',
    '临时椭圆曲线密钥，ECDSA 签名；ChaCha20-Poly1305。',
    'RFC 7905',
  ),
}
