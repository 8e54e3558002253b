// NTP private messages, mode 7, of ntpd and xntpd (no RFC; ntp_request.h): the header and the list of clients (MON_GETLIST), which reflection attacks ask
// for; peers.ts has the server's peers. Not covered: the items of other requests.
import { ipv4Text, ipv6Text } from '../../../bytes/text'
import type { Decoder } from '../../../dissect/define'
import { NTP_MODES, NTP_PRIVATE_REQUESTS, ntpVersion } from '../../../values/ntp'
import type { NtpFields } from './fields'
import { peerItem } from './peers'

const XNTPD = 3
const MON_GETLIST = 20,
  MON_GETLIST_1 = 42

/** Reads a private message from its flags on. */
export function privateMessage(d: Decoder, f: NtpFields): void {
  const start = d.at,
    flags = d.u8(f['ntp.flags']),
    isResponse = (flags & 0x80) !== 0,
    direction = isResponse ? 'Response' : 'Request',
    version = (flags >> 3) & 7
  if (d.labels) d.appendLabel(`, Response bit: ${direction}, Version number: ${ntpVersion(version)}, Mode: ${NTP_MODES[7] ?? ''}`)
  const outer = d.enter()
  d.bits(f['ntp.priv.flags.r'], start, start + 1, flags)
  d.bits(f['ntp.priv.flags.more'], start, start + 1, flags)
  d.bits(f['ntp.flags.vn'], start, start + 1, flags)
  d.bits(f['ntp.flags.mode'], start, start + 1, flags)
  d.leave(outer)
  const authAt = d.at,
    auth = d.u8(f['ntp.priv.auth_seq']),
    outerAuth = d.enter()
  d.bits(f['ntp.priv.auth'], authAt, authAt + 1, auth)
  d.bits(f['ntp.priv.seq'], authAt, authAt + 1, auth)
  d.leave(outerAuth)
  const implementation = d.u8(f['ntp.priv.impl']),
    request = d.u8(f['ntp.priv.reqcode'])
  if (d.summary) d.appendInfo(`, ${direction}, ${NTP_PRIVATE_REQUESTS[request] ?? 'Unknown'}`)
  if (implementation !== XNTPD) return
  const countAt = d.at
  d.skip(4)
  const countWord = d.peek16(countAt),
    sizeWord = d.peek16(countAt + 2)
  d.bits(f['ntp.priv.err'], countAt, countAt + 1, countWord >> 8)
  const items = d.bits(f['ntp.priv.numitems'], countAt, countAt + 2, countWord)
  d.bits(f['ntp.priv.reserved'], countAt + 2, countAt + 3, sizeWord >> 8)
  const size = d.bits(f['ntp.priv.itemsize'], countAt + 2, countAt + 4, sizeWord)
  if (!isResponse || size === 0) return
  for (let i = 0; i < items; i++) {
    const at = d.at
    if (request === MON_GETLIST || request === MON_GETLIST_1) client(d, f, request === MON_GETLIST_1, size)
    else {
      item(d, f, size)
      if (d.labels) d.label(`${NTP_PRIVATE_REQUESTS[request] ?? 'Unknown'} item`)
      const outerItem = d.enter()
      peerItem(d, f, request, size)
      d.leave(outerItem)
    }
    d.at = at
    d.skip(size)
  }
}

/** The row of an item, which as in tshark has a label and no value. */
function item(d: Decoder, f: NtpFields, size: number): void {
  d.require(size)
  d.value(f['ntp.priv.mode7.item'], d.at, d.at + size, '')
}

/** A client that the server heard of. */
function client(d: Decoder, f: NtpFields, hasLocalAddress: boolean, size: number): void {
  const { at } = d,
    remote = at + 16,
    withIpv6 = size >= 56
  item(d, f, size)
  if (d.labels) {
    const isIpv6 = withIpv6 && d.peek32(at + (hasLocalAddress ? 32 : 24)) !== 0,
      port = d.peek16(at + (hasLocalAddress ? 28 : 20)),
      address = isIpv6 ? ipv6Text(d.bytes, at + (hasLocalAddress ? 40 : 32)) : ipv4Text(d.bytes, remote)
    d.label(`Monlist item: address: ${address}:${port}`)
  }
  const outer = d.enter()
  d.u32(f['ntp.priv.monlist.avgint'])
  d.u32(f['ntp.priv.monlist.lsint'])
  d.u32(f['ntp.priv.monlist.restr'])
  d.u32(f['ntp.priv.monlist.count'])
  d.span(f['ntp.priv.monlist.remote_address'], 4)
  if (hasLocalAddress) {
    d.span(f['ntp.priv.monlist.local_address'], 4)
    d.u32(f['ntp.priv.monlist.flags'])
  }
  d.u16(f['ntp.priv.monlist.port'])
  d.u8(f['ntp.priv.monlist.mode'])
  d.u8(f['ntp.priv.monlist.version'])
  if (withIpv6) {
    d.u32(f['ntp.priv.monlist.ipv6'])
    d.u32(f['ntp.priv.monlist.unused'])
    d.span(f['ntp.priv.monlist.addr6'], 16)
    if (hasLocalAddress) d.span(f['ntp.priv.monlist.daddr6'], 16)
  }
  d.leave(outer)
}
