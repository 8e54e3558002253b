// Internet Control Message Protocol (RFC 792, 950, 1256, 4884, 8335). The quoted datagram of an error is dissected inside.
// Not covered: the fields of Photuris, Traceroute, domain name and conversion messages.
import { expectedChecksum, foldSum, internetChecksum } from '../../../bytes/checksum'
import { CONVERSATIONS } from '../../../dissect/conversation'
import {
  absoluteTime,
  bool,
  bytes,
  defineProtocol,
  defineState,
  double,
  expert,
  framenum,
  i32,
  ipv4,
  relativeTime,
  u16,
  u32,
  u8,
} from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { quoted } from '../../../dissect/quoted'
import type { FieldIds } from '../../../dissect/registry'
import { millisecondsBetween, TransactionTable } from '../../../dissect/transactions'
import { CHECKSUM, CHECKSUM_STATUS_FIELD } from '../../../values/checksum-status'
import { ICMP_TYPES, icmpCodeName } from '../../../values/icmp'
import { extensionFields, icmpExtensions } from './extensions'
import { mobileExtensions, mobileFields } from './mobile-ip'

const ECHO_REPLY = 0,
  UNREACHABLE = 3,
  QUENCH = 4,
  REDIRECT = 5,
  ECHO = 8,
  ADVERTISEMENT = 9,
  EXCEEDED = 11,
  PARAMETER = 12,
  TIMESTAMP = 13,
  TIMESTAMP_REPLY = 14,
  INFORMATION = 15,
  INFORMATION_REPLY = 16
const MASK = 17,
  MASK_REPLY = 18,
  EXTENDED_ECHO = 42,
  EXTENDED_ECHO_REPLY = 43
const ECHOES = defineState('icmp.echoes', () => new TransactionTable())
const STATES = { 0: 'Reserved', 1: 'Incomplete', 2: 'Reachable', 3: 'Stale', 4: 'Delay', 5: 'Probe', 6: 'Failed' }

const fields = {
  'icmp.type': u8('Type', { values: ICMP_TYPES }),
  'icmp.code': u8('Code'),
  'icmp.checksum': u16('Checksum', { base: 'hex' }),
  'icmp.checksum.status': u8('Checksum Status', CHECKSUM_STATUS_FIELD),
  'icmp.unused': bytes('Unused'),
  'icmp.ident': u16('Identifier (BE)', { base: 'dec-hex' }),
  'icmp.ident_le': u16('Identifier (LE)', { base: 'dec-hex' }),
  'icmp.seq': u16('Sequence Number (BE)', { base: 'dec-hex' }),
  'icmp.seq_le': u16('Sequence Number (LE)', { base: 'dec-hex' }),
  'icmp.mtu': u16('MTU of next hop'),
  'icmp.num_addrs': u8('Number of addresses'),
  'icmp.addr_entry_size': u8('Address entry size'),
  'icmp.lifetime': u16('Lifetime'),
  'icmp.pointer': u32('Pointer'),
  'icmp.router_address': ipv4('Router address'),
  'icmp.pref_level': i32('Preference level'),
  'icmp.originate_timestamp': u32('Originate Timestamp'),
  'icmp.receive_timestamp': u32('Receive Timestamp'),
  'icmp.transmit_timestamp': u32('Transmit Timestamp'),
  'icmp.address_mask': ipv4('Address Mask'),
  'icmp.redir_gw': ipv4('Gateway Address'),
  'icmp.length': u8('Length'),
  'icmp.length.original_datagram': u8('Length of original datagram', { generated: true }),
  'icmp.resp_in': framenum('Response frame', { generated: true }),
  'icmp.resp_to': framenum('Request frame', { generated: true }),
  'icmp.resptime': double('Response time', { generated: true, unit: ' ms' }),
  'icmp.data_time': absoluteTime('Timestamp from icmp data'),
  'icmp.data_time_relative': relativeTime('Timestamp from icmp data (relative)', { generated: true }),
  'icmp.ext.echo.seq': u8('Sequence Number', { base: 'dec-hex' }),
  'icmp.ext.echo.req.res': u8('Reserved', { base: 'hex', mask: 0xfe }),
  'icmp.ext.echo.req.local': bool('Local bit', { mask: 0x01 }),
  'icmp.ext.echo.rsp.state': u8('State', { mask: 0xe0, values: STATES }),
  'icmp.ext.echo.rsp.res': u8('Reserved', { base: 'hex', mask: 0x18 }),
  'icmp.ext.echo.rsp.active': bool('Active bit', { mask: 0x04 }),
  'icmp.ext.echo.rsp.ipv4': bool('IPv4 bit', { mask: 0x02 }),
  'icmp.ext.echo.rsp.ipv6': bool('IPv6 bit', { mask: 0x01 }),
  ...mobileFields,
  ...extensionFields,
  'icmp.resp_not_found': expert('warning', 'sequence', 'Response not found'),
  'icmp.checksum_bad': expert('warning', 'checksum', 'Bad checksum'),
} as const
type Ids = FieldIds<typeof fields>

export const icmp = defineProtocol({
  name: 'icmp',
  title: 'Internet Control Message Protocol',
  short: 'ICMP',
  accepts: { 'ip.proto': [1] },
  fields,
  decode(d, f) {
    const start = d.at
    d.setProtocol('ICMP')
    d.setInfo('')
    const type = d.peek8(start),
      code = d.peek8(start + 1)
    d.require(4)
    if (d.summary) info(d, type, code)
    d.u8(f['icmp.type'])
    if (d.labels) d.label(`Type: ${type} (${ICMP_TYPES[type] ?? 'Unknown ICMP (obsolete or malformed?)'})`)
    d.u8(f['icmp.code'])
    const codeName = icmpCodeName(type, code)
    if (d.labels && codeName) d.appendLabel(` (${codeName})`)
    const checksumSent = checksum(d, f, start)
    body(d, f, type, code, checksumSent)
  },
})

function info(d: Decoder, type: number, code: number): void {
  const codeName = icmpCodeName(type, code),
    name = ICMP_TYPES[type]
  d.setInfo((name ?? 'Unknown ICMP (obsolete or malformed?)').padEnd(20) + (codeName ? ` (${codeName})` : ''))
}

function checksum(d: Decoder, f: Ids, start: number): number {
  const sent = d.u16(f['icmp.checksum']),
    at = d.at - 2,
    node = d.last,
    p = d.packet,
    length = d.end - start
  if (p.fragmented || p.inError || !d.has(length, start)) {
    if (d.labels) d.appendLabel(p.inError ? ' [unverified] [in ICMP error packet]' : ' [unverified] [fragmented datagram]', node)
    d.generated(f['icmp.checksum.status'], CHECKSUM.unverified, at, at + 2)
    return sent
  }
  const result = internetChecksum(d.bytes, start, start + length),
    expected = expectedChecksum(sent, result).toString(16).padStart(4, '0')
  if (d.labels) d.appendLabel(result === 0 ? ' [correct]' : ` incorrect, should be 0x${expected}`, node)
  if (result !== 0) d.expert(f['icmp.checksum_bad'], at, at + 2, `Bad checksum [should be 0x${expected}]`, node)
  d.generated(f['icmp.checksum.status'], result === 0 ? CHECKSUM.good : CHECKSUM.bad, at, at + 2)
  return sent
}

function identifiers(d: Decoder, f: Ids): void {
  for (const [big, little] of [
    [f['icmp.ident'], f['icmp.ident_le']],
    [f['icmp.seq'], f['icmp.seq_le']],
  ] as const) {
    const at = d.at,
      value = d.peek16le()
    d.u16(big)
    d.add(little, at, at + 2, value)
  }
}

function body(d: Decoder, f: Ids, type: number, code: number, checksumSent: number): void {
  const start = d.layerStart
  switch (type) {
    case ECHO:
    case ECHO_REPLY:
    case TIMESTAMP:
    case TIMESTAMP_REPLY:
    case INFORMATION:
    case INFORMATION_REPLY:
    case MASK:
    case MASK_REPLY:
      if (d.summary) {
        const sequence = d.peek16(start + 6)
        d.appendInfo(
          ` id=0x${d
            .peek16(start + 4)
            .toString(16)
            .padStart(4, '0')}, seq=${sequence}/${d.peek16le(start + 6)}, ttl=${d.packet.timeToLive}`,
        )
      }
      identifiers(d, f)
      if (type === ECHO || type === ECHO_REPLY) echo(d, f, type === ECHO, checksumSent)
      else if (type === TIMESTAMP || type === TIMESTAMP_REPLY) timestamps(d, f)
      else if (type === MASK || type === MASK_REPLY) d.span(f['icmp.address_mask'], 4)
      return
    case UNREACHABLE:
    case QUENCH:
    case EXCEEDED:
    case PARAMETER:
    case REDIRECT:
      error(d, f, type, code)
      return
    case ADVERTISEMENT:
      advertisement(d, f)
      return
    case EXTENDED_ECHO:
    case EXTENDED_ECHO_REPLY:
      extendedEcho(d, f, type === EXTENDED_ECHO)
      return
    default:
  }
}

function echo(d: Decoder, f: Ids, isRequest: boolean, checksumSent: number): void {
  if (!d.packet.inError) match(d, f, isRequest, checksumSent)
  const p = d.packet,
    at = d.at
  if (d.left <= 0) return
  if (d.has(8)) {
    // ping puts the time of sending in front of its data, in either byte order
    let seconds = d.peek32(),
      microseconds = d.peek32(at + 4)
    if (Math.abs(seconds - p.seconds) >= 86400 || microseconds >= 1e6) {
      seconds = d.peek32le(at)
      microseconds = d.peek32le(at + 4)
    }
    if (Math.abs(seconds - p.seconds) < 86400 && microseconds < 1e6) {
      d.time(f['icmp.data_time'], seconds, microseconds * 1000, at, at + 8, false)
      let since = p.seconds - seconds,
        rest = p.nanoseconds - microseconds * 1000
      if (rest < 0 && since > 0) {
        since--
        rest += 1e9
      }
      if (rest > 0 && since < 0) {
        since++
        rest -= 1e9
      }
      d.time(f['icmp.data_time_relative'], since, rest, at, at + 8)
      d.skip(8)
    }
  }
  if (d.left > 0) nestedData(d)
}

/** Echo requests and replies carry the same data: a reply's checksum tells that of its request. */
function match(d: Decoder, f: Ids, isRequest: boolean, checksumSent: number): void {
  const { netSource, netDestination, number, sourcePort, destinationPort } = d.packet,
    echoes = d.state(ECHOES),
    { addresses } = d.state(CONVERSATIONS)
  const a = addresses.of(netSource),
    b = addresses.of(netDestination)
  const requestChecksum = isRequest ? checksumSent : ~foldSum((~checksumSent & 0xffff) + 0x0800) & 0xffff
  // the same echo may be seen twice, in a tunnel over UDP and beside it: the tunnel's port tells the two apart (the other port may change with the side)
  const tunnel = Math.min(sourcePort, destinationPort),
    key = `${Math.min(a, b)}-${Math.max(a, b)}/${tunnel}/${requestChecksum % 0xffff}/${d.peek32(d.layerStart + 4)}`
  if (isRequest) {
    const transaction = echoes.request(d, key)
    if (!d.hindsight || !transaction) return
    if (transaction.responseFrame) {
      d.generated(f['icmp.resp_in'], transaction.responseFrame)
      d.appendInfo(` (reply in ${transaction.responseFrame})`)
    } else {
      d.appendInfo(' (no response found!)')
      d.expert(f['icmp.resp_not_found'], d.layerStart, d.at, 'No response seen to ICMP request', d.parent)
    }
    return
  }
  const transaction = echoes.response(d, key)
  if (!transaction) return
  d.generated(f['icmp.resp_to'], transaction.requestFrame)
  d.generated(f['icmp.resptime'], millisecondsBetween(d, transaction.requestFrame, number))
  d.appendInfo(` (request in ${transaction.requestFrame})`)
}

function timestamps(d: Decoder, f: Ids): void {
  for (const name of ['originate', 'receive', 'transmit'] as const) {
    const value = d.u32(f[`icmp.${name}_timestamp`])
    if (d.labels) d.appendLabel(` (${midnight(value % 0x8000_0000)} after midnight UTC)`)
  }
}
/** "4 hours, 28 minutes, 51.171 seconds" of milliseconds. */
function midnight(milliseconds: number): string {
  const parts: string[] = [],
    add = (n: number, word: string) => {
      if (n) parts.push(`${n} ${word}${n === 1 ? '' : 's'}`)
    }
  add(Math.floor(milliseconds / 86_400_000), 'day')
  add(Math.floor(milliseconds / 3_600_000) % 24, 'hour')
  add(Math.floor(milliseconds / 60_000) % 60, 'minute')
  const rest = milliseconds % 60_000
  if (rest || !parts.length) parts.push(rest ? `${Math.floor(rest / 1000)}.${String(rest % 1000).padStart(3, '0')} seconds` : '0 seconds')
  return parts.join(', ')
}

function advertisement(d: Decoder, f: Ids): void {
  const count = d.u8(f['icmp.num_addrs']),
    size = d.u8(f['icmp.addr_entry_size'])
  d.u16(f['icmp.lifetime'])
  if (size === 2) {
    for (let i = 0; i < count; i++) {
      d.span(f['icmp.router_address'], 4)
      d.signed(f['icmp.pref_level'], 4)
    }
    if (d.left > 0) mobileExtensions(d, f)
  } else if (d.left > 0) nestedData(d)
}

function extendedEcho(d: Decoder, f: Ids, isRequest: boolean): void {
  const at = d.at,
    value = d.peek16le()
  d.u16(f['icmp.ident'])
  d.add(f['icmp.ident_le'], at, at + 2, value)
  d.u8(f['icmp.ext.echo.seq'])
  const bits = d.peek8(),
    place = d.at
  d.skip(1)
  for (const name of isRequest
    ? (['req.res', 'req.local'] as const)
    : (['rsp.state', 'rsp.res', 'rsp.active', 'rsp.ipv4', 'rsp.ipv6'] as const))
    d.bits(f[`icmp.ext.echo.${name}`], place, place + 1, bits)
  if (isRequest && d.left > 0) icmpExtensions(d, f)
}

/** Smallest quoted datagram before extensions where the length field is not used (RFC 4884, 5.5). */
const CLASSIC_QUOTE = 128

function error(d: Decoder, f: Ids, type: number, code: number): void {
  const at = d.at,
    end = d.end
  let quoteLength = 0
  d.require(4)
  if (type === REDIRECT) d.span(f['icmp.redir_gw'], 4)
  // as in tshark the four bytes of a source quench have no row
  else if (type === QUENCH) d.skip(4)
  else {
    quoteLength = d.peek8(at + 1)
    if (type === PARAMETER) d.unsigned(f['icmp.pointer'], 1)
    if (quoteLength > 0) {
      if (type !== PARAMETER) d.span(f['icmp.unused'], 1)
      d.u8(f['icmp.length'])
      d.generated(f['icmp.length.original_datagram'], quoteLength * 4, d.at - 1, d.at)
    }
    const rest = at + 4 - d.at
    if (type === UNREACHABLE && code === 4) {
      if (rest > 2) d.span(f['icmp.unused'], rest - 2)
      d.u16(f['icmp.mtu'])
    } else d.span(f['icmp.unused'], rest)
  }
  if (d.left <= 0) return
  const quote = d.at,
    extensible = type === UNREACHABLE || type === EXCEEDED || type === PARAMETER
  // extensions follow a quote of the stated length, or (in older messages) a datagram of at most 128 bytes that was padded to 128
  const stated = quoteLength * 4
  const usual =
    stated >= CLASSIC_QUOTE && end - quote > stated
      ? stated
      : end - quote > CLASSIC_QUOTE && d.peek16(quote + 2) <= CLASSIC_QUOTE
        ? CLASSIC_QUOTE
        : end - quote
  // of a redirected datagram the header and 64 bits count (RFC 792)
  const limit = type === REDIRECT ? Math.min(end - quote, (d.peek8(quote) & 15) * 4 + 8) : end - quote
  const quoteEnd = quote + (extensible ? usual : limit)
  quoted(d, () => d.next('ip.version', 4, quote, quoteEnd, true))
  if (!extensible || quoteEnd >= end || d.childStopped) return
  d.at = quoteEnd
  icmpExtensions(d, f)
}

function nestedData(d: Decoder): void {
  d.next('dissector', 'data', d.at, d.end, true)
}
