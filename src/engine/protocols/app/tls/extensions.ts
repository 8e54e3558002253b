// Extensions of TLS messages (RFC 8446, 4.2; RFC 6066, 7301, 8422, 5746, 6962, 9000 and others). Not covered: ECH, token binding and others, whose bytes
// are shown as they are.
import type { Decoder } from '../../../dissect/define'
import { tlsExtensionName, tlsGroupName } from '../../../values/tls'
import { certificateStatus } from './certificate-status'
import { certificateTimestamps } from './certificate-timestamps'
import { distinguishedNames } from './distinguished-names'
import { D, DTLS } from './dtls-fields'
import type { TlsFields } from './fields'
import { list16 } from './lists'
import { quicParameters } from './quic-parameters'
import { signatureAlgorithms, signatureScheme } from './signatures'

const CLIENT_HELLO = 1,
  SERVER_HELLO = 2,
  HELLO_RETRY_REQUEST = 6,
  ENCRYPTED_EXTENSIONS = 8
const TLS13 = 0x0304
/** Number of the key share in drafts of TLS 1.3 before the 23rd. */
const OLD_KEY_SHARE = 40

/** Reads a list of extensions (with the length before it) up to the end of the message, if there is one. */
export function readExtensions(d: Decoder, f: TlsFields, message: number, version: number): void {
  if (d.left < 2) return
  const length = d.u16(f['tls.handshake.extensions_length']),
    end = d.at + length,
    outer = d.end
  d.require(length)
  d.end = end
  while (d.left >= 4) extension(d, f, message, version)
  d.end = outer
  d.at = end
}

function extension(d: Decoder, f: TlsFields, message: number, version: number): void {
  const at = d.at,
    type = d.peek16(at),
    length = d.peek16(at + 2),
    end = at + 4 + length
  d.note(at, Math.min(end, d.end), `Extension: ${tlsExtensionName(type) ?? `Unknown type ${type}`} (len=${length})`)
  const outer = d.enter(),
    outerEnd = d.end
  d.u16(f['tls.handshake.extension.type'])
  d.u16(f['tls.handshake.extension.len'])
  d.require(length)
  d.end = end
  d.guard((decoder) => {
    content(decoder, f, type, message, version)
  })
  d.end = outerEnd
  d.at = end
  d.leave(outer)
}

/** Extensions whose own rows are left out when they hold nothing; others show their missing data. */
const HAS_ROWS = new Set([
  0, 1, 5, 9, 10, 11, 12, 13, 15, 16, 17, 18, 19, 20, 21, 22, 23, 27, 28, 34, 40, 41, 42, 43, 44, 45, 47, 48, 50, 51, 54, 57, 13172, 17513,
  65281, 65486,
])

function content(d: Decoder, f: TlsFields, type: number, message: number, version: number): void {
  if (d.left === 0 && HAS_ROWS.has(type)) return
  switch (type) {
    case 0:
      serverNames(d, f)
      break
    case 1:
      d.u8(f['tls.handshake.max_fragment_length'])
      break
    case 5:
      statusRequest(d, f, message, version)
      break
    case 10:
      list16(
        d,
        f['tls.handshake.extensions_supported_groups_length'],
        f['tls.handshake.extensions_supported_groups'],
        'Supported Groups',
        'group',
        () => d.u16(f['tls.handshake.extensions_supported_group']),
      )
      break
    case 11:
      pointFormats(d, f)
      break
    case 9:
    case 19:
    case 20:
      certificateTypes(d, f, message)
      break
    case 12:
      d.span(f['tls.handshake.extensions_srp_username'], d.u8(f['tls.handshake.extensions_srp_len']))
      break
    case 13:
    case 50:
      signatureAlgorithms(d, f)
      break
    case 15:
      d.u8(f['tls.handshake.extension.heartbeat.mode'])
      break
    case 16:
      protocolNames(d, f)
      break
    case 17:
      statusRequests(d, f, message, version)
      break
    case 18:
      certificateTimestamps(d, f)
      break
    case 34:
      if (message === CLIENT_HELLO) signatureAlgorithms(d, f)
      else delegatedCredential(d, f)
      break
    case 44:
      d.span(f['tls.handshake.extensions.cookie'], d.u16(f['tls.handshake.extensions.cookie_len']))
      break
    case 47:
      distinguishedNames(d, f)
      break
    case 48:
      oidFilters(d, f)
      break
    case 54:
      d.span(f['tls.connection_id'], d.u8(f['tls.connection_id_length']))
      break
    case 57:
    case 0xffa5:
      quicParameters(d, f)
      break
    case 65486:
      encryptedName(d, f, message)
      break
    case 17513:
      applicationSettings(d, f, message)
      break
    case 14:
      if (f === DTLS) secureMedia(d)
      else d.span(f['tls.handshake.extension.data'], d.left)
      break
    case 21:
      d.span(f['tls.handshake.extensions_padding_data'], d.left)
      break
    case 27:
      certificateCompressions(d, f)
      break
    case 28:
      d.u16(f['tls.record_size_limit'])
      break
    case 35:
      d.span(f['tls.handshake.extension.data'], d.left)
      break
    case 41:
      preSharedKey(d, f, message)
      break
    case 42:
      if (d.left >= 4) d.u32(f['tls.early_data.max_early_data_size'])
      break
    case 43:
      supportedVersions(d, f, message)
      break
    case 45:
      pskModes(d, f)
      break
    case OLD_KEY_SHARE:
    case 51:
      keyShare(d, f, message)
      break
    case 49:
      break
    case 13172:
      nextProtocols(d, f)
      break
    case 65281:
      renegotiation(d, f)
      break
    default:
      d.span(f['tls.handshake.extension.data'], d.left)
  }
}

/** Keys for SRTP (RFC 5764, 4.1.1), in DTLS only. */
function secureMedia(d: Decoder): void {
  const length = d.u16(D['dtls.use_srtp.protection_profiles_length']),
    end = Math.min(d.end, d.at + length)
  while (d.at + 2 <= end) d.u16(D['dtls.use_srtp.protection_profile'])
  const size = d.u8(D['dtls.use_srtp.mki_length'])
  if (size > 0) d.span(D['dtls.use_srtp.mki'], size)
}

/** Cipher suites of a client. */
export function cipherSuites(d: Decoder, f: TlsFields): void {
  list16(d, f['tls.handshake.cipher_suites_length'], f['tls.handshake.ciphersuites'], 'Cipher Suites', 'suite', () =>
    d.u16(f['tls.handshake.ciphersuite']),
  )
}

function serverNames(d: Decoder, f: TlsFields): void {
  d.note(d.at, d.end, 'Server Name Indication extension')
  const outer = d.enter(),
    length = d.u16(f['tls.handshake.extensions_server_name_list_len']),
    end = d.at + length
  while (d.at < end) {
    d.u8(f['tls.handshake.extensions_server_name_type'])
    const size = d.u16(f['tls.handshake.extensions_server_name_len'])
    d.span(f['tls.handshake.extensions_server_name'], size)
  }
  d.leave(outer)
}

function statusRequest(d: Decoder, f: TlsFields, message: number, version: number): void {
  if (message === CLIENT_HELLO) {
    d.u8(f['tls.handshake.extensions_status_request_type'])
    skipRequest(d, f)
  } else if (message !== SERVER_HELLO && version === TLS13) certificateStatus(d, f)
  else d.span(f['tls.handshake.extension.data'], d.left)
}

function skipRequest(d: Decoder, f: TlsFields): void {
  d.skip(d.u16(f['tls.handshake.extensions_status_request_responder_ids_len']))
  d.skip(d.u16(f['tls.handshake.extensions_status_request_exts_len']))
}

/** status_request_v2 (RFC 6961, 2.2). */
function statusRequests(d: Decoder, f: TlsFields, message: number, version: number): void {
  if (message !== CLIENT_HELLO) {
    statusRequest(d, f, message, version)
    return
  }
  const length = d.u16(f['tls.handshake.extensions_status_request_list_len']),
    end = d.at + length
  while (d.at < end) {
    d.u8(f['tls.handshake.extensions_status_request_type'])
    const next = d.u16(f['tls.handshake.extensions_status_request_len']) + d.at
    skipRequest(d, f)
    d.at = next
  }
}

/** Kinds of certificates (RFC 6091, 3; RFC 7250, 3): a client's list or a server's choice. */
function certificateTypes(d: Decoder, f: TlsFields, message: number): void {
  if (message !== CLIENT_HELLO) {
    d.u8(f['tls.handshake.cert_type.type'])
    return
  }
  const length = d.u8(f['tls.handshake.cert_type.types_len'])
  d.require(length)
  d.range(f['tls.handshake.cert_type.types'], d.at, d.at + length)
  if (d.labels) d.label(`Certificate Type List (${length})`)
  const outer = d.enter()
  for (let i = 0; i < length; i++) d.u8(f['tls.handshake.cert_type.type'])
  d.leave(outer)
}

function pointFormats(d: Decoder, f: TlsFields): void {
  const length = d.u8(f['tls.handshake.extensions_ec_point_formats_length'])
  d.require(length)
  d.range(f['tls.handshake.extensions_ec_point_formats'], d.at, d.at + length)
  if (d.labels) d.label(`Elliptic curves point formats (${length})`)
  const outer = d.enter()
  for (let i = 0; i < length; i++) d.u8(f['tls.handshake.extensions_ec_point_format'])
  d.leave(outer)
}

function protocolNames(d: Decoder, f: TlsFields): void {
  const length = d.u16(f['tls.handshake.extensions_alpn_len']),
    end = d.at + length
  d.require(length)
  d.range(f['tls.handshake.extensions_alpn_list'], d.at, end)
  const outer = d.enter()
  while (d.at < end) {
    const size = d.u8(f['tls.handshake.extensions_alpn_str_len'])
    d.span(f['tls.handshake.extensions_alpn_str'], size)
  }
  d.leave(outer)
}

function applicationSettings(d: Decoder, f: TlsFields, message: number): void {
  if (message === ENCRYPTED_EXTENSIONS) {
    d.span(f['tls.handshake.extensions_alps.settings'], d.left)
    return
  }
  const length = d.u16(f['tls.handshake.extensions_alps_len']),
    end = d.at + length
  d.require(length)
  d.range(f['tls.handshake.extensions_alps_alpn_list'], d.at, end)
  const outer = d.enter()
  while (d.at < end) {
    const size = d.u8(f['tls.handshake.extensions_alps_alpn_str_len'])
    d.span(f['tls.handshake.extensions_alps_alpn_str'], size)
  }
  d.leave(outer)
}

function certificateCompressions(d: Decoder, f: TlsFields): void {
  const end = d.u8(f['tls.compress_certificate.algorithms_length']) + d.at
  while (d.at + 2 <= end) d.u16(f['tls.compress_certificate.algorithm'])
}

function preSharedKey(d: Decoder, f: TlsFields, message: number): void {
  if (message === SERVER_HELLO) {
    d.u16(f['tls.handshake.extensions.psk.identity.selected'])
    return
  }
  const end = d.u16(f['tls.handshake.extensions.psk.identities.length']) + d.at
  while (d.at < end) {
    const length = d.u16(f['tls.handshake.extensions.psk.identity.identity_length'])
    d.span(f['tls.handshake.extensions.psk.identity.identity'], length)
    d.u32(f['tls.handshake.extensions.psk.identity.obfuscated_ticket_age'])
  }
  const binders = d.u16(f['tls.handshake.extensions.psk.binders_len'])
  d.span(f['tls.handshake.extensions.psk.binders'], binders)
}

function supportedVersions(d: Decoder, f: TlsFields, message: number): void {
  if (message === CLIENT_HELLO) d.u8(f['tls.handshake.extensions.supported_versions_len'])
  while (d.left >= 2) d.u16(f['tls.handshake.extensions.supported_version'])
}

function pskModes(d: Decoder, f: TlsFields): void {
  const length = d.u8(f['tls.extension.psk_ke_modes_length'])
  for (let i = 0; i < length; i++) d.u8(f['tls.extension.psk_ke_mode'])
}

function keyShare(d: Decoder, f: TlsFields, message: number): void {
  d.note(d.at, d.end, 'Key Share extension')
  const outer = d.enter()
  if ((message === SERVER_HELLO || message === HELLO_RETRY_REQUEST) && d.left === 2)
    d.u16(f['tls.handshake.extensions_key_share_selected_group'])
  else {
    if (message === CLIENT_HELLO) d.u16(f['tls.handshake.extensions_key_share_client_length'])
    while (d.left >= 4) {
      const length = d.peek16(d.at + 2)
      d.note(
        d.at,
        Math.min(d.at + 4 + length, d.end),
        `Key Share Entry: Group: ${tlsGroupName(d.peek16()) ?? `Unknown (${d.peek16()})`}, Key Exchange length: ${length}`,
      )
      const inner = d.enter()
      d.u16(f['tls.handshake.extensions_key_share_group'])
      d.u16(f['tls.handshake.extensions_key_share_key_exchange_length'])
      d.span(f['tls.handshake.extensions_key_share_key_exchange'], length)
      d.leave(inner)
    }
  }
  d.leave(outer)
}

function nextProtocols(d: Decoder, f: TlsFields): void {
  while (d.left > 0) {
    const length = d.u8(f['tls.handshake.extensions_npn_str_len'])
    d.span(f['tls.handshake.extensions_npn'], length)
  }
}

function renegotiation(d: Decoder, f: TlsFields): void {
  d.note(d.at, d.end, 'Renegotiation Info extension')
  const outer = d.enter(),
    length = d.u8(f['tls.handshake.extensions_reneg_info_len'])
  if (length > 0) d.span(f['tls.handshake.extensions_reneg_info'], length)
  d.leave(outer)
}

/** Delegated credential (RFC 9345, 4). */
function delegatedCredential(d: Decoder, f: TlsFields): void {
  d.u16(f['tls.handshake.cred.valid_time'])
  signatureScheme(d, f)
  const key = d.unsigned(f['tls.handshake.cred.pubkey_len'], 3)
  d.span(f['tls.handshake.cred.pubkey'], key)
  signatureScheme(d, f)
  const length = d.u16(f['tls.handshake.cred.signature_len'])
  d.span(f['tls.handshake.cred.signature'], length)
}

/** OID filters of a certificate request (RFC 8446, 4.2.5). */
function oidFilters(d: Decoder, f: TlsFields): void {
  const end = d.u16(f['tls.extension.oid_filters_length']) + d.at
  while (d.at < end) {
    d.span(f['tls.extension.oid_filters.oid'], d.u8(f['tls.extension.oid_filters.oid_length']))
    d.skip(d.u16(f['tls.extension.oid_filters.values_length']))
  }
}

/** Encrypted server name of draft-ietf-tls-esni-01, which ECH replaced. */
function encryptedName(d: Decoder, f: TlsFields, message: number): void {
  if (message !== CLIENT_HELLO) {
    if (message === ENCRYPTED_EXTENSIONS) d.span(f['tls.esni.nonce'], 16)
    return
  }
  d.u16(f['tls.esni.suite'])
  d.u16(f['tls.handshake.extensions_key_share_group'])
  const key = d.u16(f['tls.handshake.extensions_key_share_key_exchange_length'])
  d.span(f['tls.handshake.extensions_key_share_key_exchange'], key)
  const digest = d.u16(f['tls.esni.record_digest_length'])
  d.span(f['tls.esni.record_digest'], digest)
  const name = d.u16(f['tls.esni.encrypted_sni_length'])
  d.span(f['tls.esni.encrypted_sni'], name)
}
