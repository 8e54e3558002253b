// Data of records about keys, signatures and denial of existence: RFC 2535, 2930, 3110, 4025, 4034, 4255, 4398, 4701, 5155, 6698, 7344, 7477, 7929, 8005, 8945, 8976.
import { dnsTypeName } from '../../../values/dns'
import type { RecordData, RecordDecoder } from './record'

/** One row for every type of a bitmap whose first bit is type `base`; Wireshark gives them the field of record types too. */
function typeBits(r: RecordData, at: number, length: number, base: number): void {
  const { d, f } = r
  for (let byte = 0; byte < length; byte++) {
    d.require(1, at + byte)
    const bits = d.peek8(at + byte)
    for (let bit = 0; bit < 8; bit++) {
      if (!(bits & (0x80 >> bit))) continue
      const type = base + byte * 8 + bit
      d.add(f['dns.resp.type'], at + byte, at + byte + 1, type)
      if (d.labels) d.label(`RR type in bit map: ${dnsTypeName(type) ?? `Unknown (${type})`}`)
    }
  }
}

/** Windows of type bits up to the record's end (RFC 4034, 4.1.2). */
function typeWindows(r: RecordData): void {
  const { d } = r
  while (r.left > 1) {
    d.require(2)
    const window = d.peek8(),
      length = d.peek8(d.at + 1)
    d.skip(2)
    if (length === 0 || length > 32) return
    typeBits(r, d.at, length, window * 256)
    d.skip(length)
  }
}

function nextName(r: RecordData): void {
  r.namedBy(r.f['dns.nsec.next_domain_name'], 'next domain name ')
  typeWindows(r)
}

function nextNameObsolete(r: RecordData): void {
  const { d } = r
  r.namedBy(r.f['dns.nxt.next_domain_name'], 'next domain name ')
  typeBits(r, d.at, r.left, 0)
}

function hashedDenial(r: RecordData): void {
  const { d, f } = r
  d.u8(f['dns.nsec3.algo'])
  const flags = d.u8(f['dns.nsec3.flags']),
    outer = d.enter()
  d.bits(f['dns.nsec3.flags.opt_out'], d.at - 1, d.at, flags)
  d.leave(outer)
  d.u16(f['dns.nsec3.iterations'])
  d.span(f['dns.nsec3.salt_value'], saltLength(r))
  const length = d.u8(f['dns.nsec3.hash_length'])
  d.require(length)
  d.value(f['dns.nsec3.hash_value'], d.at, d.at + length, base32(d.slice(d.at, d.at + length)))
  d.skip(length)
  typeWindows(r)
}

function saltLength(r: RecordData): number {
  return r.d.u8(r.f['dns.nsec3.salt_length'])
}

function hashedDenialParameters(r: RecordData): void {
  const { d, f } = r
  r.sayOwner()
  d.u8(f['dns.nsec3.algo'])
  d.u8(f['dns.nsec3.flags'])
  d.u16(f['dns.nsec3.iterations'])
  d.span(f['dns.nsec3.salt_value'], saltLength(r))
}

/** Base 32 with extended hex alphabet (RFC 4648, 7), lower case, without padding. */
function base32(bytes: Uint8Array): string {
  let text = '',
    bits = 0,
    held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += '0123456789abcdefghijklmnopqrstuv'.charAt((held >> bits) & 31)
    }
    held &= 0xff
  }
  if (bits > 0) text += '0123456789abcdefghijklmnopqrstuv'.charAt((held << (5 - bits)) & 31)
  return text
}

function signature(r: RecordData): void {
  const { d, f } = r
  d.u16(f['dns.rrsig.type_covered'])
  d.u8(f['dns.rrsig.algorithm'])
  d.u8(f['dns.rrsig.labels'])
  d.u32(f['dns.rrsig.original_ttl'])
  seconds(r, f['dns.rrsig.signature_expiration'])
  seconds(r, f['dns.rrsig.signature_inception'])
  d.u16(f['dns.rrsig.key_tag'])
  r.name(f['dns.rrsig.signers_name'])
  r.rest(f['dns.rrsig.signature'])
}

/** A time of 32 bits of seconds. */
function seconds(r: RecordData, field: Parameters<RecordData['d']['time']>[0]): void {
  const { d } = r,
    at = d.at
  d.require(4)
  d.time(field, d.peek32(), 0, at, at + 4, false)
  d.skip(4)
}

function dnsKey(r: RecordData): void {
  const { d, f } = r,
    at = d.at,
    flags = d.u16(f['dns.dnskey.flags']),
    outer = d.enter()
  for (const field of [f['dns.dnskey.flags.zone_key'], f['dns.dnskey.flags.key_revoked'], f['dns.dnskey.flags.secure_entry_point']])
    d.bits(field, at, at + 2, flags)
  d.bits(f['dns.dnskey.flags.reserved'], at, at + 2, flags)
  d.leave(outer)
  d.u8(f['dns.dnskey.protocol'])
  const algorithm = d.u8(f['dns.dnskey.algorithm'])
  keyTag(r, algorithm, f['dns.dnskey.key_id'])
  r.rest(f['dns.dnskey.public_key'])
}

function oldKey(r: RecordData): void {
  const { d, f } = r,
    at = d.at,
    flags = d.u16(f['dns.key.flags']),
    outer = d.enter()
  d.bits(f['dns.key.flags.authentication'], at, at + 2, flags)
  d.bits(f['dns.key.flags.confidentiality'], at, at + 2, flags)
  // both bits set: the record holds no key (RFC 2535, 3.1.2), so that nothing else is told
  if ((flags & 0xc000) !== 0xc000) {
    d.bits(f['dns.key.flags.required'], at, at + 2, flags)
    d.bits(f['dns.key.flags.associated_user'], at, at + 2, flags)
    d.bits(f['dns.key.flags.associated_named_entity'], at, at + 2, flags)
    d.bits(f['dns.key.flags.ipsec'], at, at + 2, flags)
    d.bits(f['dns.key.flags.mime'], at, at + 2, flags)
    d.bits(f['dns.key.flags.signatory'], at, at + 2, flags)
  }
  d.leave(outer)
  d.u8(f['dns.key.protocol'])
  const algorithm = d.u8(f['dns.key.algorithm'])
  keyTag(r, algorithm, f['dns.key.key_id'])
  r.rest(f['dns.key.public_key'])
}

/** Key tag (RFC 4034, appendix B). */
function keyTag(r: RecordData, algorithm: number, field: Parameters<RecordData['d']['generated']>[0]): void {
  const { d, f } = r
  if (r.length < 4) {
    d.expert(f['dns.key_id_buffer_too_short'], r.start, r.start)
    return
  }
  d.require(r.length, r.start)
  if (algorithm === 1) {
    d.generated(field, d.peek16(r.end - 3), r.start, r.end)
    return
  }
  let sum = 0
  for (let at = r.start; at < r.end; at++) sum += (at - r.start) & 1 ? d.peek8(at) : d.peek8(at) << 8
  sum += Math.floor(sum / 0x10000) & 0xffff
  d.generated(field, sum & 0xffff, r.start, r.end)
}

function delegation(r: RecordData): void {
  const { d, f } = r
  d.u16(f['dns.ds.key_id'])
  d.u8(f['dns.ds.algorithm'])
  d.u8(f['dns.ds.digest_type'])
  r.rest(f['dns.ds.digest'])
}

function certificate(r: RecordData): void {
  const { d, f } = r
  d.u16(f['dns.cert.type'])
  d.u16(f['dns.cert.key_tag'])
  d.u8(f['dns.cert.algorithm'])
  r.rest(f['dns.cert.certificate'])
}

function sshFingerprint(r: RecordData): void {
  const { d, f } = r
  d.u8(f['dns.sshfp.algorithm'])
  d.u8(f['dns.sshfp.fingerprint.type'])
  if (r.left > 0) r.rest(f['dns.sshfp.fingerprint'])
}

function ipsecKey(r: RecordData): void {
  const { d, f } = r
  d.u8(f['dns.ipseckey.gateway_precedence'])
  const gateway = d.u8(f['dns.ipseckey.gateway_type'])
  d.u8(f['dns.ipseckey.gateway_algorithm'])
  if (gateway === 1) d.span(f['dns.ipseckey.gateway_ipv4'], 4)
  else if (gateway === 2) d.span(f['dns.ipseckey.gateway_ipv6'], 16)
  else if (gateway === 3) r.name(f['dns.ipseckey.gateway_dns'])
  if (r.left !== 0) r.rest(f['dns.ipseckey.public_key'])
}

function tlsAssociation(r: RecordData): void {
  const { d, f } = r
  r.sayOwner()
  d.u8(f['dns.tlsa.certificate_usage'])
  d.u8(f['dns.tlsa.selector'])
  d.u8(f['dns.tlsa.matching_type'])
  r.rest(f['dns.tlsa.certificate_association_data'])
}

function hostIdentity(r: RecordData): void {
  const { d, f } = r
  r.sayOwner()
  const tagLength = d.u8(f['dns.hip.hit.length'])
  d.u8(f['dns.hip.hit.pk.algo'])
  const keyLength = d.u16(f['dns.hip.pk.length'])
  d.span(f['dns.hip.hit'], tagLength)
  d.span(f['dns.hip.pk'], keyLength)
  while (r.left > 0) r.name(f['dns.hip.rendezvous_server'])
}

function childSynchronization(r: RecordData): void {
  const { d, f } = r
  d.u32(f['dns.csync.soa'])
  const at = d.at,
    flags = d.u16(f['dns.csync.flags']),
    outer = d.enter()
  d.bits(f['dns.csync.flags.immediate'], at, at + 2, flags)
  d.bits(f['dns.csync.flags.soaminimum'], at, at + 2, flags)
  d.leave(outer)
  const length = r.left
  r.rest(f['dns.csync.type_bitmap'])
  d.at -= length
  typeWindows(r)
}

function zoneDigest(r: RecordData): void {
  const { d, f } = r
  d.u32(f['dns.zonemd.serial'])
  d.u8(f['dns.zonemd.scheme'])
  d.u8(f['dns.zonemd.hash_algo'])
  r.rest(f['dns.zonemd.digest'])
}

function transactionKey(r: RecordData): void {
  const { d, f } = r
  r.name(f['dns.tkey.algo_name'])
  seconds(r, f['dns.tkey.signature_inception'])
  seconds(r, f['dns.tkey.signature_expiration'])
  d.u16(f['dns.tkey.mode'])
  d.u16(f['dns.tkey.error'])
  const keyLength = d.u16(f['dns.tkey.key_size'])
  if (keyLength > 0) d.span(f['dns.tkey.key_data'], keyLength)
  const otherLength = d.u16(f['dns.tkey.other_size'])
  if (otherLength > 0) d.span(f['dns.tkey.other_data'], otherLength)
}

function transactionSignature(r: RecordData): void {
  const { d, f } = r,
    algorithm = r.name(f['dns.tsig.algorithm_name']),
    at = d.at
  d.require(6)
  d.time(f['dns.tsig.time_signed'], d.peekInteger(at, 6), 0, at, at + 6, false)
  d.skip(6)
  d.u16(f['dns.tsig.fudge'])
  const length = d.u16(f['dns.tsig.mac_size'])
  if (length > 0) {
    d.span(f['dns.tsig.mac'], length)
    const outer = d.enter()
    d.expert(f['dns.tsig.noalg'], d.at - length, d.at, `No dissector for algorithm:${algorithm.text}`)
    d.leave(outer)
  }
  d.u16(f['dns.tsig.original_id'])
  d.u16(f['dns.tsig.error'])
  const otherLength = d.u16(f['dns.tsig.other_len'])
  if (otherLength > 0) d.span(f['dns.tsig.other_data'], otherLength)
}

/** Decoders by record type. */
export const SECURITY_RECORDS: readonly (readonly [type: number, decode: RecordDecoder])[] = [
  [24, signature],
  [25, oldKey],
  [30, nextNameObsolete],
  [37, certificate],
  [43, delegation],
  [44, sshFingerprint],
  [45, ipsecKey],
  [46, signature],
  [47, nextName],
  [48, dnsKey],
  [
    49,
    (r) => {
      r.sayOwner()
      r.rest(r.f['dns.dhcid.rdata'])
    },
  ],
  [50, hashedDenial],
  [51, hashedDenialParameters],
  [52, tlsAssociation],
  [55, hostIdentity],
  [59, delegation],
  [60, dnsKey],
  [
    61,
    (r) => {
      r.text(r.f['dns.openpgpkey'], r.left)
    },
  ],
  [62, childSynchronization],
  [63, zoneDigest],
  [249, transactionKey],
  [250, transactionSignature],
  [32769, delegation],
]
