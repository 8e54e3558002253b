// Extensions of TLS hellos (RFC 8446, 4.2; RFC 6066, 7301, 8422, 5746). Not covered: QUIC transport parameters, certificate transparency, ECH and others,
// whose bytes are shown as they are.
import type { Decoder } from '../../../dissect/define'
import { tlsExtensionName } from '../../../values/tls'
import type { TlsFields } from './fields'

const CLIENT_HELLO = 1,
  SERVER_HELLO = 2

/** Reads a list of extensions (with the length before it) up to the end of the message, if there is one. */
export function readExtensions(d: Decoder, f: TlsFields, message: number): void {
  if (d.left < 2) return
  const length = d.u16(f['tls.handshake.extensions_length']),
    end = d.at + length,
    outer = d.end
  d.require(length)
  d.end = end
  while (d.left >= 4) extension(d, f, message)
  d.end = outer
  d.at = end
}

function extension(d: Decoder, f: TlsFields, message: number): void {
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
    content(decoder, f, type, message)
  })
  d.end = outerEnd
  d.at = end
  d.leave(outer)
}

function content(d: Decoder, f: TlsFields, type: number, message: number): void {
  if (d.left === 0) return
  switch (type) {
    case 0:
      serverNames(d, f)
      break
    case 5:
      statusRequest(d, f, message)
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
    case 17513:
      applicationSettings(d, f, message)
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
    case 51:
      keyShare(d, f, message)
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

/** A list with a 16-bit length before it, shown as a subtree that counts its items. */
function list16(
  d: Decoder,
  lengthField: TlsFields['tls.handshake.extensions_supported_groups_length'],
  field: TlsFields['tls.handshake.ciphersuites'],
  words: string,
  item: string,
  one: () => void,
): void {
  const length = d.u16(lengthField),
    end = d.at + length
  d.require(length)
  d.range(field, d.at, end)
  if (d.labels) d.label(`${words} (${length >> 1} ${item}${length >> 1 === 1 ? '' : 's'})`)
  const outer = d.enter()
  while (d.at + 2 <= end) one()
  d.at = end
  d.leave(outer)
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

function statusRequest(d: Decoder, f: TlsFields, message: number): void {
  if (message !== CLIENT_HELLO) {
    d.span(f['tls.handshake.extension.data'], d.left)
    return
  }
  d.u8(f['tls.handshake.extensions_status_request_type'])
  d.skip(d.u16(f['tls.handshake.extensions_status_request_responder_ids_len']))
  d.skip(d.u16(f['tls.handshake.extensions_status_request_exts_len']))
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

/** Signature schemes, as one number and as the pair of hash and signature that TLS 1.2 made of it. */
export function signatureAlgorithms(d: Decoder, f: TlsFields): void {
  list16(d, f['tls.handshake.sig_hash_alg_len'], f['tls.handshake.sig_hash_algs'], 'Signature Hash Algorithms', 'algorithm', () => {
    d.u16(f['tls.handshake.sig_hash_alg'])
    const outer = d.enter(),
      at = d.at - 2
    d.add(f['tls.handshake.sig_hash_hash'], at, at + 1, d.peek8(at))
    d.add(f['tls.handshake.sig_hash_sig'], at + 1, at + 2, d.peek8(at + 1))
    d.leave(outer)
  })
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
  if (message !== CLIENT_HELLO) {
    d.span(f['tls.handshake.extension.data'], d.left)
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
  if (message === SERVER_HELLO && d.left === 2) d.u16(f['tls.handshake.extensions_key_share_selected_group'])
  else {
    if (message === CLIENT_HELLO) d.u16(f['tls.handshake.extensions_key_share_client_length'])
    while (d.left >= 4) {
      const length = d.peek16(d.at + 2)
      d.note(d.at, Math.min(d.at + 4 + length, d.end), `Key Share Entry: Group ${d.peek16()}, Key Exchange length: ${length}`)
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
