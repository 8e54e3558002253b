// Field table of DTLS: that of TLS under DTLS's name, without what only TCP or old versions need, and what datagrams add (RFC 9147, 4 and 5; RFC 6347, 4).
import { bool, bytes, framenum, none, numberFields, u16, u24, u32, u64, u8 } from '../../../dissect/define'
import type { FieldSpec } from '../../../dissect/field'
import { TLS_FIELDS } from './fields'
import type { TlsFields } from './fields'

/** Fields that TLS alone has: records of SSL 2.0 and 3.0, segments of TCP. */
const TLS_ONLY =
  /^tls\.(segment|reassembled|ignored|handshake\.(fragment|reassembled|challenge|cipher_spec|cipherspec|clear_key|encrypted_key|key_arg|connection_id|md5|sha_hash|npn_|session_id_hit|session_id_length\.error)|record\.(is_escape|opaque_type|padding_length))/

/** RFC 5764, 4.1.2, and RFC 7714. */
const SRTP_PROFILES = {
  0x0001: 'SRTP_AES128_CM_HMAC_SHA1_80',
  0x0002: 'SRTP_AES128_CM_HMAC_SHA1_32',
  0x0005: 'SRTP_NULL_HMAC_SHA1_80',
  0x0006: 'SRTP_NULL_HMAC_SHA1_32',
  0x0007: 'SRTP_AEAD_AES_128_GCM',
  0x0008: 'SRTP_AEAD_AES_256_GCM',
}

const computed = { generated: true } as const
const OWN_FIELDS = {
  'dtls.record.epoch': u16('Epoch'),
  'dtls.record.sequence_number': u64('Sequence Number'),
  'dtls.handshake.message_seq': u16('Message Sequence'),
  'dtls.handshake.fragment_offset': u24('Fragment Offset'),
  'dtls.handshake.fragment_length': u24('Fragment Length'),
  'dtls.handshake.cookie_length': u8('Cookie Length'),
  'dtls.handshake.cookie': bytes('Cookie'),
  'dtls.use_srtp.protection_profiles_length': u16('Protection Profiles Length'),
  'dtls.use_srtp.protection_profile': u16('Protection Profile', { base: 'hex', values: SRTP_PROFILES }),
  'dtls.use_srtp.mki_length': u8('MKI Length'),
  'dtls.use_srtp.mki': bytes('MKI'),
  'dtls.fragments': none('Message fragments'),
  'dtls.fragment': framenum('Message fragment', computed),
  'dtls.fragment.overlap': bool('Message fragment overlap', computed),
  'dtls.fragment.overlap.conflicts': bool('Message fragment overlapping with conflicting data', computed),
  'dtls.fragment.multiple_tails': bool('Message has multiple tail fragments', computed),
  'dtls.fragment.too_long_fragment': bool('Message fragment too long', computed),
  'dtls.fragment.count': u32('Message fragment count', computed),
  'dtls.reassembled.length': u32('Reassembled message length', computed),
} as const

/** DTLS's own fields. */
export const D = numberFields('dtls', OWN_FIELDS)

/** TLS's names with DTLS's fields behind them, for the readers of messages that both have. */
export const DTLS: TlsFields = common()

function common(): TlsFields {
  const all = TLS_FIELDS as Record<string, FieldSpec>,
    names = Object.keys(all).filter((name) => !TLS_ONLY.test(name)),
    specs: Record<string, FieldSpec> = {}
  for (const name of names) specs[name.replace(/^tls/, 'dtls')] = all[name] as FieldSpec
  // shorter than in TLS, where SSL 2.0 has two bytes of it
  specs['dtls.handshake.session_id_length'] = u8('Session ID Length')
  const own = numberFields('dtls', specs) as Record<string, number>,
    // what only TLS has keeps TLS's name, should a hostile datagram come to it
    numbers: Record<string, number> = { ...numberFields('tls', TLS_FIELDS) }
  for (const name of names) numbers[name] = own[name.replace(/^tls/, 'dtls')] ?? numbers[name] ?? 0
  return numbers as unknown as TlsFields
}
