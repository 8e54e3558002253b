// Names of TLS values: IANA's "Transport Layer Security (TLS) Parameters" and "TLS ExtensionType Values" registries, RFC 8446, and for SSL 2.0 its draft.
import { TLS_CIPHER_SUITES } from './tls-cipher-suites'

/** Values that clients send to keep servers tolerant (RFC 8701). */
export function isGrease(value: number): boolean {
  return (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 0xff)
}

function withGrease(names: Readonly<Record<number, string>>): (value: number) => string | undefined {
  return (value) => names[value] ?? (isGrease(value) ? 'Reserved (GREASE)' : undefined)
}

export const TLS_CONTENT_TYPES: Readonly<Record<number, string>> = { 20: 'Change Cipher Spec', 21: 'Alert', 22: 'Handshake', 23: 'Application Data', 24: 'Heartbeat', 25: 'Connection ID' }

export const tlsVersionName = withGrease({ 0x0002: 'SSL 2.0', 0x0300: 'SSL 3.0', 0x0301: 'TLS 1.0', 0x0302: 'TLS 1.1', 0x0303: 'TLS 1.2', 0x0304: 'TLS 1.3', 0xfeff: 'DTLS 1.0', 0xfefd: 'DTLS 1.2' })

/** For the Protocol column. */
export const TLS_SHORT_VERSIONS: Readonly<Record<number, string>> = { 0x0002: 'SSLv2', 0x0300: 'SSLv3', 0x0301: 'TLSv1', 0x0302: 'TLSv1.1', 0x0303: 'TLSv1.2', 0x0304: 'TLSv1.3' }

export const TLS_HANDSHAKE_TYPES: Readonly<Record<number, string>> = {
  0: 'Hello Request', 1: 'Client Hello', 2: 'Server Hello', 3: 'Hello Verify Request', 4: 'New Session Ticket', 5: 'End of Early Data', 6: 'Hello Retry Request', 8: 'Encrypted Extensions', 11: 'Certificate',
  12: 'Server Key Exchange', 13: 'Certificate Request', 14: 'Server Hello Done', 15: 'Certificate Verify', 16: 'Client Key Exchange', 20: 'Finished', 21: 'Client Certificate URL',
  22: 'Certificate Status', 23: 'Supplemental Data', 24: 'Key Update', 25: 'Compressed Certificate', 67: 'Encrypted Extensions'
}

export const SSL2_HANDSHAKE_TYPES: Readonly<Record<number, string>> = {
  0: 'Error', 1: 'Client Hello', 2: 'Client Master Key', 3: 'Client Finished', 4: 'Server Hello', 5: 'Server Verify', 6: 'Server Finished', 7: 'Request Certificate', 8: 'Client Certificate'
}

export const TLS_ALERT_LEVELS: Readonly<Record<number, string>> = { 1: 'Warning', 2: 'Fatal' }

export const TLS_ALERTS: Readonly<Record<number, string>> = {
  0: 'Close Notify', 1: 'End of Early Data', 10: 'Unexpected Message', 20: 'Bad Record MAC', 21: 'Decryption Failed', 22: 'Record Overflow', 30: 'Decompression Failure', 40: 'Handshake Failure',
  41: 'No Certificate', 42: 'Bad Certificate', 43: 'Unsupported Certificate', 44: 'Certificate Revoked', 45: 'Certificate Expired', 46: 'Certificate Unknown', 47: 'Illegal Parameter', 48: 'Unknown CA',
  49: 'Access Denied', 50: 'Decode Error', 51: 'Decrypt Error', 60: 'Export Restriction', 70: 'Protocol Version', 71: 'Insufficient Security', 80: 'Internal Error', 86: 'Inappropriate Fallback',
  90: 'User Canceled', 100: 'No Renegotiation', 109: 'Missing Extension', 110: 'Unsupported Extension', 111: 'Certificate Unobtainable', 112: 'Unrecognized Name', 113: 'Bad Certificate Status Response',
  114: 'Bad Certificate Hash Value', 115: 'Unknown PSK Identity', 116: 'Certificate Required', 120: 'No application Protocol', 121: 'ECH Required'
}

export const tlsExtensionName = withGrease({
  0: 'server_name', 1: 'max_fragment_length', 2: 'client_certificate_url', 3: 'trusted_ca_keys', 4: 'truncated_hmac', 5: 'status_request', 6: 'user_mapping', 7: 'client_authz', 8: 'server_authz', 9: 'cert_type',
  10: 'supported_groups', 11: 'ec_point_formats', 12: 'srp', 13: 'signature_algorithms', 14: 'use_srtp', 15: 'heartbeat', 16: 'application_layer_protocol_negotiation', 17: 'status_request_v2',
  18: 'signed_certificate_timestamp', 19: 'client_certificate_type', 20: 'server_certificate_type', 21: 'padding', 22: 'encrypt_then_mac', 23: 'extended_master_secret', 24: 'token_binding', 25: 'cached_info',
  27: 'compress_certificate', 28: 'record_size_limit', 34: 'delegated_credentials', 35: 'session_ticket', 41: 'pre_shared_key', 42: 'early_data', 43: 'supported_versions', 44: 'cookie',
  45: 'psk_key_exchange_modes', 47: 'certificate_authorities', 48: 'oid_filters', 49: 'post_handshake_auth', 50: 'signature_algorithms_cert', 51: 'key_share', 52: 'transparency_info', 54: 'connection_id',
  55: 'external_id_hash', 56: 'external_session_id', 57: 'quic_transport_parameters', 58: 'ticket_request', 59: 'dnssec_chain', 13172: 'next_protocol_negotiation', 17513: 'application_settings',
  30031: 'channel_id_old', 30032: 'channel_id', 65281: 'renegotiation_info', 65486: 'encrypted_server_name'
})

export const tlsGroupName = withGrease({
  1: 'sect163k1', 2: 'sect163r1', 3: 'sect163r2', 4: 'sect193r1', 5: 'sect193r2', 6: 'sect233k1', 7: 'sect233r1', 8: 'sect239k1', 9: 'sect283k1', 10: 'sect283r1', 11: 'sect409k1', 12: 'sect409r1',
  13: 'sect571k1', 14: 'sect571r1', 15: 'secp160k1', 16: 'secp160r1', 17: 'secp160r2', 18: 'secp192k1', 19: 'secp192r1', 20: 'secp224k1', 21: 'secp224r1', 22: 'secp256k1', 23: 'secp256r1', 24: 'secp384r1',
  25: 'secp521r1', 26: 'brainpoolP256r1', 27: 'brainpoolP384r1', 28: 'brainpoolP512r1', 29: 'x25519', 30: 'x448', 41: 'curveSM2', 256: 'ffdhe2048', 257: 'ffdhe3072', 258: 'ffdhe4096', 259: 'ffdhe6144',
  260: 'ffdhe8192', 0xff01: 'arbitrary_explicit_prime_curves', 0xff02: 'arbitrary_explicit_char2_curves'
})

export const TLS_HASHES: Readonly<Record<number, string>> = { 0: 'None', 1: 'MD5', 2: 'SHA1', 3: 'SHA224', 4: 'SHA256', 5: 'SHA384', 6: 'SHA512', 7: 'SM3' }
export const TLS_SIGNATURES: Readonly<Record<number, string>> = { 0: 'Anonymous', 1: 'RSA', 2: 'DSA', 3: 'ECDSA', 4: 'SM2' }

function hashesWithSignatures(): Record<number, string> {
  const pairs: Record<number, string> = {}
  for (let hash = 1; hash <= 6; hash++)
    for (let signature = 1; signature <= 3; signature++) pairs[(hash << 8) | signature] = `${TLS_HASHES[hash] ?? ''} ${TLS_SIGNATURES[signature] ?? ''}`
  return pairs
}

/** TLS 1.3's schemes by name (RFC 8446, 4.2.3); what TLS 1.2 alone has is a hash and a signature (RFC 5246, 7.4.1.4.1). */
export const TLS_SIGNATURE_SCHEMES: Readonly<Record<number, string>> = {
  ...hashesWithSignatures(),
  0x0201: 'rsa_pkcs1_sha1', 0x0203: 'ecdsa_sha1', 0x0401: 'rsa_pkcs1_sha256', 0x0403: 'ecdsa_secp256r1_sha256', 0x0501: 'rsa_pkcs1_sha384', 0x0503: 'ecdsa_secp384r1_sha384', 0x0601: 'rsa_pkcs1_sha512',
  0x0603: 'ecdsa_secp521r1_sha512', 0x0708: 'sm2sig_sm3', 0x0804: 'rsa_pss_rsae_sha256', 0x0805: 'rsa_pss_rsae_sha384', 0x0806: 'rsa_pss_rsae_sha512', 0x0807: 'ed25519', 0x0808: 'ed448',
  0x0809: 'rsa_pss_pss_sha256', 0x080a: 'rsa_pss_pss_sha384', 0x080b: 'rsa_pss_pss_sha512'
}

export const TLS_POINT_FORMATS: Readonly<Record<number, string>> = { 0: 'uncompressed', 1: 'ansiX962_compressed_prime', 2: 'ansiX962_compressed_char2' }
export const TLS_COMPRESSIONS: Readonly<Record<number, string>> = { 0: 'null', 1: 'DEFLATE', 64: 'LZS' }
export const TLS_PSK_MODES: Readonly<Record<number, string>> = { 0: 'PSK-only key establishment (psk_ke)', 1: 'PSK with (EC)DHE key establishment (psk_dhe_ke)' }
export const TLS_CERTIFICATE_COMPRESSIONS: Readonly<Record<number, string>> = { 1: 'zlib', 2: 'brotli', 3: 'zstd' }

/** Client certificate types of a certificate request (RFC 5246, 7.4.4; RFC 8422, 5.5). */
export const TLS_CLIENT_CERTIFICATE_TYPES: Readonly<Record<number, string>> = {
  1: 'RSA Sign', 2: 'DSS Sign', 3: 'RSA Fixed DH', 4: 'DSS Fixed DH', 5: 'RSA Ephemeral DH', 6: 'DSS Ephemeral DH', 20: 'FORTEZZA DMS', 21: 'GOST01 Sign', 22: 'GOST12 256 Sign', 23: 'GOST12 512 Sign',
  64: 'ECDSA Sign', 65: 'RSA Fixed ECDH', 66: 'ECDSA Fixed ECDH', 80: 'IBC Params'
}

/** Kinds of certificates (RFC 6091, RFC 7250). */
export const TLS_CERTIFICATE_FORMATS: Readonly<Record<number, string>> = { 0: 'X.509', 1: 'OpenPGP', 2: 'Raw Public Key', 3: '1609Dot2' }

/** QUIC transport parameters (IANA "QUIC", RFC 9000, 18.2; others from drafts and implementations). */
export const QUIC_TRANSPORT_PARAMETERS: Readonly<Record<number, string>> = {
  0x00: 'original_destination_connection_id', 0x01: 'max_idle_timeout', 0x02: 'stateless_reset_token', 0x03: 'max_udp_payload_size', 0x04: 'initial_max_data', 0x05: 'initial_max_stream_data_bidi_local',
  0x06: 'initial_max_stream_data_bidi_remote', 0x07: 'initial_max_stream_data_uni', 0x08: 'initial_max_streams_bidi', 0x09: 'initial_max_streams_uni', 0x0a: 'ack_delay_exponent', 0x0b: 'max_ack_delay',
  0x0c: 'disable_active_migration', 0x0d: 'preferred_address', 0x0e: 'active_connection_id_limit', 0x0f: 'initial_source_connection_id', 0x10: 'retry_source_connection_id', 0x11: 'version_information',
  0x20: 'max_datagram_frame_size', 0x1057: 'loss_bits', 0x2ab2: 'grease_quic_bit', 0x3127: 'google_initial_rtt', 0x3128: 'google_connection_options', 0x3129: 'google_user_agent', 0x4752: 'google_quic_version',
  0x7158: 'enable_time_stamp_v2', 0xde1a: 'min_ack_delay', 0xff02de1a: 'min_ack_delay', 0xff03de1a: 'min_ack_delay', 0xff04de1a: 'min_ack_delay', 0xff00: 'facebook_partial_reliability', 0xff73db: 'version_information_draft'
}

const SSL2_CIPHERS: Readonly<Record<number, string>> = {
  0x010080: 'SSL2_RC4_128_WITH_MD5', 0x020080: 'SSL2_RC4_128_EXPORT40_WITH_MD5', 0x030080: 'SSL2_RC2_128_CBC_WITH_MD5', 0x040080: 'SSL2_RC2_128_CBC_EXPORT40_WITH_MD5', 0x050080: 'SSL2_IDEA_128_CBC_WITH_MD5',
  0x060040: 'SSL2_DES_64_CBC_WITH_MD5', 0x0700c0: 'SSL2_DES_192_EDE3_CBC_WITH_MD5', 0x080080: 'SSL2_RC4_64_WITH_MD5'
}

/** Name of a cipher suite. */
export const tlsCipherSuiteName = withGrease(TLS_CIPHER_SUITES)

/** Name of an SSL 2.0 cipher, or of a newer suite in a hello that both can read (RFC 5246, E.2). */
export function ssl2CipherName(value: number): string | undefined {
  return SSL2_CIPHERS[value] ?? (value < 0x1_0000 ? tlsCipherSuiteName(value) : undefined)
}
