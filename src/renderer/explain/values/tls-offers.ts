// Values that TLS hellos offer and choose: extensions, groups, signature schemes and others (IANA "TLS Parameters").
import { value, type ValueTexts } from '../card'

/** Extensions. */
export const tlsExtensions: ValueTexts = {
  '0': value(
    'server_name',
    'The host that the client wants (SNI), readable by everybody.',
    '客户端要访问的主机名（SNI），任何人可见。',
    'RFC 6066, 3',
  ),
  '1': value('max_fragment_length', 'The client wants shorter records.', '客户端希望较短的记录。', 'RFC 6066, 4'),
  '5': value(
    'status_request',
    'The client wants proof that the certificate is not revoked (OCSP stapling).',
    '客户端请求附带证书状态（OCSP）。',
    'RFC 6066, 8',
  ),
  '9': value('cert_type', 'OpenPGP keys instead of certificates.', '以 OpenPGP 密钥代替证书。', 'RFC 6091'),
  '10': value(
    'supported_groups',
    'Curves and groups for the key exchange, best first.',
    '密钥交换可用的曲线和组，按偏好排序。',
    'RFC 8446, 4.2.7',
  ),
  '11': value(
    'ec_point_formats',
    'How points of curves may be written; today only one way.',
    '曲线点的编码格式，如今只有一种。',
    'RFC 8422, 5.1.2',
  ),
  '12': value('srp', 'A login with a password inside TLS.', '在 TLS 内以口令登录。', 'RFC 5054'),
  '13': value('signature_algorithms', 'Signatures that the sender can check.', '发送方能验证的签名算法。', 'RFC 8446, 4.2.3'),
  '14': value('use_srtp', 'Keys for encrypted telephony.', '用于加密语音的密钥。', 'RFC 5764'),
  '15': value('heartbeat', 'The sender answers heartbeats.', '发送方支持心跳。', 'RFC 6520'),
  '16': value(
    'application_layer_protocol_negotiation',
    'Protocols that the client speaks inside: h2, http/1.1 (ALPN).',
    '内部可用的应用协议：h2、http/1.1（ALPN）。',
    'RFC 7301',
  ),
  '17': value('status_request_v2', 'Proof for the whole chain that nothing is revoked.', '为整条证书链请求状态证明。', 'RFC 6961'),
  '18': value('signed_certificate_timestamp', 'Proof that the certificate is in a public log.', '证书已记入公开日志的证明。', 'RFC 6962'),
  '21': value('padding', 'Fills the hello to a length that old servers like.', '填充到旧服务器能接受的长度。', 'RFC 7685'),
  '22': value(
    'encrypt_then_mac',
    'CBC suites put the checksum over the encrypted bytes: safer.',
    'CBC 套件对密文计算校验，更安全。',
    'RFC 7366',
  ),
  '23': value('extended_master_secret', 'Binds the keys to this very handshake.', '将密钥绑定到本次握手。', 'RFC 7627'),
  '27': value('compress_certificate', 'The certificate may come compressed.', '证书可以压缩传送。', 'RFC 8879'),
  '28': value('record_size_limit', 'Longest record that the sender takes.', '发送方可接收的最大记录长度。', 'RFC 8449'),
  '34': value('delegated_credentials', 'A short-lived key in place of the certificate’s.', '以短期密钥代替证书密钥。', 'RFC 9345'),
  '35': value('session_ticket', 'The client can resume with tickets, or brings one.', '客户端支持或带来会话票据。', 'RFC 5077'),
  '41': value('pre_shared_key', 'A key from an earlier connection: resumption.', '来自先前连接的密钥：会话恢复。', 'RFC 8446, 4.2.11'),
  '42': value(
    'early_data',
    'Data goes out before the handshake is done (0-RTT); it can be replayed.',
    '握手完成前就发送数据（0-RTT）；可能被重放。',
    'RFC 8446, 4.2.10',
  ),
  '43': value('supported_versions', 'The versions that really count since TLS 1.3.', 'TLS 1.3 起真正有效的版本列表。', 'RFC 8446, 4.2.1'),
  '44': value('cookie', 'The server lets the client carry its state.', '服务器让客户端代存状态。', 'RFC 8446, 4.2.2'),
  '45': value(
    'psk_key_exchange_modes',
    'How resumption may be done: with fresh keys or without.',
    '恢复会话的方式：是否再做密钥交换。',
    'RFC 8446, 4.2.9',
  ),
  '47': value('certificate_authorities', 'Authorities that the sender trusts.', '发送方信任的机构。', 'RFC 8446, 4.2.4'),
  '49': value('post_handshake_auth', 'The client may be asked for a certificate later.', '客户端允许稍后再请求证书。', 'RFC 8446, 4.2.6'),
  '50': value('signature_algorithms_cert', 'Signatures accepted within certificates.', '证书内可接受的签名算法。', 'RFC 8446, 4.2.3'),
  '51': value(
    'key_share',
    'Public keys for the key exchange, sent at once to save a round trip.',
    '密钥交换的公钥，提前发送以省一个往返。',
    'RFC 8446, 4.2.8',
  ),
  '57': value('quic_transport_parameters', 'QUIC’s settings.', 'QUIC 的传输参数。', 'RFC 9001, 8.2'),
  '13172': value('next_protocol_negotiation', 'Forerunner of ALPN.', 'ALPN 的前身。'),
  '17513': value('application_settings', 'Settings of the protocol inside (HTTP/2), sent early.', '提前发送内部协议（HTTP/2）的设置。'),
  '17613': value('application_settings', 'Settings of the protocol inside (HTTP/2), sent early.', '提前发送内部协议（HTTP/2）的设置。'),
  '65037': value(
    'encrypted_client_hello',
    'The real hello, encrypted, so that nobody sees the host name (ECH).',
    '加密的真实 ClientHello，隐藏主机名（ECH）。',
    'RFC 9849',
  ),
  '65281': value('renegotiation_info', 'Ties a new handshake to the one before it.', '将重协商与之前的握手绑定。', 'RFC 5746'),
}

/** Groups and curves. */
export const tlsGroups: ValueTexts = {
  '23': value('secp256r1', 'NIST’s curve P-256.', 'NIST 曲线 P-256。', 'RFC 8422'),
  '24': value('secp384r1', 'NIST’s curve P-384.', 'NIST 曲线 P-384。', 'RFC 8422'),
  '25': value('secp521r1', 'NIST’s curve P-521.', 'NIST 曲线 P-521。', 'RFC 8422'),
  '29': value('x25519', 'Curve25519: fast and used by nearly everybody.', 'Curve25519：快速，几乎通用。', 'RFC 7748'),
  '30': value('x448', 'Curve448: larger margin than Curve25519.', 'Curve448：安全余量更大。', 'RFC 7748'),
  '256': value('ffdhe2048', 'Diffie-Hellman with 2048 bits.', '2048 位 Diffie-Hellman。', 'RFC 7919'),
  '257': value('ffdhe3072', 'Diffie-Hellman with 3072 bits.', '3072 位 Diffie-Hellman。', 'RFC 7919'),
  '258': value('ffdhe4096', 'Diffie-Hellman with 4096 bits.', '4096 位 Diffie-Hellman。', 'RFC 7919'),
  '4588': value(
    'X25519MLKEM768',
    'Curve25519 together with ML-KEM: withstands quantum computers too.',
    'Curve25519 与 ML-KEM 混合：可抵御量子计算机。',
    'draft-ietf-tls-ecdhe-mlkem',
  ),
  '25497': value('X25519Kyber768Draft00', 'Curve25519 together with Kyber, a draft of ML-KEM.', 'Curve25519 与 Kyber（ML-KEM 草案）混合。'),
}

/** Signature schemes. */
export const tlsSignatureSchemes: ValueTexts = {
  '513': value('rsa_pkcs1_sha1', 'RSA with SHA-1: no longer safe.', 'RSA 与 SHA-1：已不安全。', 'RFC 8446, 4.2.3'),
  '515': value('ecdsa_sha1', 'ECDSA with SHA-1: no longer safe.', 'ECDSA 与 SHA-1：已不安全。', 'RFC 8446, 4.2.3'),
  '1025': value(
    'rsa_pkcs1_sha256',
    'RSA in its old form with SHA-256; in TLS 1.3 only for certificates.',
    '旧式 RSA 签名与 SHA-256；TLS 1.3 中只用于证书。',
    'RFC 8446, 4.2.3',
  ),
  '1027': value('ecdsa_secp256r1_sha256', 'ECDSA on P-256 with SHA-256.', 'P-256 上的 ECDSA 与 SHA-256。', 'RFC 8446, 4.2.3'),
  '1281': value('rsa_pkcs1_sha384', 'RSA in its old form with SHA-384.', '旧式 RSA 签名与 SHA-384。', 'RFC 8446, 4.2.3'),
  '1283': value('ecdsa_secp384r1_sha384', 'ECDSA on P-384 with SHA-384.', 'P-384 上的 ECDSA 与 SHA-384。', 'RFC 8446, 4.2.3'),
  '1537': value('rsa_pkcs1_sha512', 'RSA in its old form with SHA-512.', '旧式 RSA 签名与 SHA-512。', 'RFC 8446, 4.2.3'),
  '1539': value('ecdsa_secp521r1_sha512', 'ECDSA on P-521 with SHA-512.', 'P-521 上的 ECDSA 与 SHA-512。', 'RFC 8446, 4.2.3'),
  '2052': value(
    'rsa_pss_rsae_sha256',
    'RSA-PSS with SHA-256 and an ordinary RSA key.',
    'RSA-PSS 与 SHA-256，普通 RSA 密钥。',
    'RFC 8446, 4.2.3',
  ),
  '2053': value(
    'rsa_pss_rsae_sha384',
    'RSA-PSS with SHA-384 and an ordinary RSA key.',
    'RSA-PSS 与 SHA-384，普通 RSA 密钥。',
    'RFC 8446, 4.2.3',
  ),
  '2054': value(
    'rsa_pss_rsae_sha512',
    'RSA-PSS with SHA-512 and an ordinary RSA key.',
    'RSA-PSS 与 SHA-512，普通 RSA 密钥。',
    'RFC 8446, 4.2.3',
  ),
  '2055': value('ed25519', 'EdDSA on Curve25519.', 'Curve25519 上的 EdDSA。', 'RFC 8032'),
  '2056': value('ed448', 'EdDSA on Curve448.', 'Curve448 上的 EdDSA。', 'RFC 8032'),
  '2057': value('rsa_pss_pss_sha256', 'RSA-PSS with a key for PSS alone.', '仅用于 PSS 的 RSA 密钥。', 'RFC 8446, 4.2.3'),
}

/** How a resumed TLS 1.3 session gets its keys. */
export const tlsPskModes: ValueTexts = {
  '0': value('psk_ke', 'From the old key alone: no forward secrecy.', '仅用旧密钥：无前向保密。', 'RFC 8446, 4.2.9'),
  '1': value('psk_dhe_ke', 'From the old key and a fresh key exchange.', '旧密钥加新的密钥交换。', 'RFC 8446, 4.2.9'),
}

/** Compression methods. */
export const tlsCompressions: ValueTexts = {
  '0': value('null', 'No compression, as it must be since the CRIME attack.', '不压缩；自 CRIME 攻击后必须如此。', 'RFC 8446, 4.1.2'),
  '1': value('DEFLATE', 'Compression: lets attackers guess secrets (CRIME).', '压缩：可被用于猜测秘密（CRIME）。', 'RFC 3749'),
}
