// What ntpd tells of its peers and of itself in private messages (mode 7; ntp_request.h): the items of PEER_LIST_SUM, PEER_INFO and SYS_INFO. Not covered:
// a peer's filter registers and what follows them.
import { bool, bytes, i32, i8, ipv4, ipv6, u16, u32, u64, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { numberFields } from '../../../dissect/registry'
import { NTP_MODES } from '../../../values/ntp'
import type { NtpFields } from './fields'
import { timestamp } from './timestamp'

const PEER_LIST_SUM = 1,
  PEER_INFO = 2,
  SYS_INFO = 4
const PEER_FLAGS = ['config', 'syspeer', 'burst', 'refclock', 'prefer', 'authenable', 'sel_candidate', 'shortlist'] as const

const P = numberFields('ntp', {
  'ntp.priv.mode7.address': ipv4('Address'),
  'ntp.priv.mode7.dstaddress': ipv4('Destination address'),
  'ntp.priv.mode7.srcaddress': ipv4('Source address'),
  'ntp.priv.mode7.srcport': u16('Source port'),
  'ntp.priv.mode7.hpoll': i8('Host polling interval'),
  'ntp.priv.mode7.reach': u8('Reach'),
  'ntp.priv.mode7.unreach': u8('Unreach'),
  'ntp.priv.mode7.peer.flags': u8('Flags', { base: 'hex' }),
  'ntp.priv.mode7.peer.flags.config': bool('Configured', { mask: 0x01 }),
  'ntp.priv.mode7.peer.flags.syspeer': bool('System peer', { mask: 0x02 }),
  'ntp.priv.mode7.peer.flags.burst': bool('Burst', { mask: 0x04 }),
  'ntp.priv.mode7.peer.flags.refclock': bool('Reference clock', { mask: 0x08 }),
  'ntp.priv.mode7.peer.flags.prefer': bool('Preferred', { mask: 0x10 }),
  'ntp.priv.mode7.peer.flags.authenable': bool('Authentication enabled', { mask: 0x20 }),
  'ntp.priv.mode7.peer.flags.sel_candidate': bool('Candidate of the selection', { mask: 0x40 }),
  'ntp.priv.mode7.peer.flags.shortlist': bool('On the short list', { mask: 0x80 }),
  'ntp.priv.mode7.hmode': u8('Host mode', { values: NTP_MODES }),
  'ntp.priv.mode7.pmode': u8('Peer mode', { values: NTP_MODES }),
  'ntp.priv.mode7.leap': u8('Leap'),
  'ntp.priv.mode7.version': u8('Version'),
  'ntp.priv.mode7.flash': u8('Flash'),
  'ntp.priv.mode7.flash2': u16('Flash (new)'),
  'ntp.priv.mode7.ttl': u8('TTL'),
  'ntp.priv.mode7.associd': u16('Association ID'),
  'ntp.priv.mode7.pkeyid': u32('Peer key ID'),
  'ntp.priv.mode7.timer': u32('Timer'),
  'ntp.priv.mode7.delay': i32('Delay'),
  'ntp.priv.mode7.offset': u64('Offset'),
  'ntp.priv.mode7.dispersion': u32('Dispersion'),
  'ntp.priv.mode7.poll': u32('Poll'),
  'ntp.priv.mode7.ipv6_flag': u32('IPv6 flag'),
  'ntp.priv.mode7.unused': bytes('Unused'),
  'ntp.priv.mode7.dstaddress6': ipv6('IPv6 destination address'),
  'ntp.priv.mode7.srcaddress6': ipv6('IPv6 source address'),
})

/** Reads the item of `size` octets that answers a request, at the cursor, as far as its layout is known. */
export function peerItem(d: Decoder, f: NtpFields, request: number, size: number): void {
  const read = READERS[request]
  if (!read) return
  const end = d.end
  d.end = Math.min(end, d.at + size)
  read(d, f)
  d.end = end
}

const READERS: Readonly<Record<number, (d: Decoder, f: NtpFields) => void>> = {
  [PEER_LIST_SUM]: summary,
  [PEER_INFO]: peer,
  [SYS_INFO]: system,
}

function addresses(d: Decoder): void {
  d.span(P['ntp.priv.mode7.dstaddress'], 4)
  d.span(P['ntp.priv.mode7.srcaddress'], 4)
  d.u16(P['ntp.priv.mode7.srcport'])
}

function peerFlags(d: Decoder): void {
  const { at } = d,
    flags = d.u8(P['ntp.priv.mode7.peer.flags']),
    outer = d.enter()
  for (const flag of PEER_FLAGS) d.bits(P[`ntp.priv.mode7.peer.flags.${flag}`], at, at + 1, flags)
  d.leave(outer)
}

/** struct info_peer_summary; the addresses of version 6 are missing in what older servers send. */
function summary(d: Decoder, f: NtpFields): void {
  addresses(d)
  d.u8(f['ntp.stratum'])
  d.u8(P['ntp.priv.mode7.hpoll'])
  d.u8(f['ntp.ppoll'])
  d.u8(P['ntp.priv.mode7.reach'])
  peerFlags(d)
  d.u8(P['ntp.priv.mode7.hmode'])
  d.signed(P['ntp.priv.mode7.delay'], 4)
  d.u64(P['ntp.priv.mode7.offset'])
  d.u32(P['ntp.priv.mode7.dispersion'])
  if (d.left < 40) return
  d.u32(P['ntp.priv.mode7.ipv6_flag'])
  d.span(P['ntp.priv.mode7.unused'], 4)
  d.span(P['ntp.priv.mode7.dstaddress6'], 16)
  d.span(P['ntp.priv.mode7.srcaddress6'], 16)
}

/** struct info_peer, up to its filters. */
function peer(d: Decoder, f: NtpFields): void {
  addresses(d)
  peerFlags(d)
  octets(d, [P['ntp.priv.mode7.leap'], P['ntp.priv.mode7.hmode'], P['ntp.priv.mode7.pmode'], f['ntp.stratum'], f['ntp.ppoll']])
  octets(d, [P['ntp.priv.mode7.hpoll'], f['ntp.precision'], P['ntp.priv.mode7.version']])
  d.span(P['ntp.priv.mode7.unused'], 1)
  octets(d, [P['ntp.priv.mode7.reach'], P['ntp.priv.mode7.unreach'], P['ntp.priv.mode7.flash'], P['ntp.priv.mode7.ttl']])
  d.u16(P['ntp.priv.mode7.flash2'])
  d.u16(P['ntp.priv.mode7.associd'])
  d.span(f['ntp.keyid'], 4)
  d.u32(P['ntp.priv.mode7.pkeyid'])
  d.span(f['ntp.refid'], 4)
  d.u32(P['ntp.priv.mode7.timer'])
  d.u32(f['ntp.rootdelay'])
  d.u32(f['ntp.rootdispersion'])
  for (const field of [f['ntp.reftime'], f['ntp.org'], f['ntp.rec'], f['ntp.xmt']]) timestamp(d, field)
}

/** struct info_sys, up to its flags. */
function system(d: Decoder, f: NtpFields): void {
  d.span(P['ntp.priv.mode7.address'], 4)
  octets(d, [P['ntp.priv.mode7.pmode'], P['ntp.priv.mode7.leap'], f['ntp.stratum'], f['ntp.precision']])
  d.u32(f['ntp.rootdelay'])
  d.u32(f['ntp.rootdispersion'])
  d.span(f['ntp.refid'], 4)
  timestamp(d, f['ntp.reftime'])
  d.u32(P['ntp.priv.mode7.poll'])
}

function octets(d: Decoder, fields: readonly Parameters<Decoder['u8']>[0][]): void {
  for (const field of fields) d.u8(field)
}
