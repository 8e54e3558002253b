// DHCP for IPv6 (RFC 8415), with relays inside each other and lease queries (RFC 5007) over UDP. Not covered: bulk lease queries over TCP (RFC 5460),
// failover (RFC 8156), softwire (RFC 7598) and cable options, whose lengths alone are shown.
import { ipv6Text } from '../../../bytes/text'
import { defineProtocol } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { DHCPV6_MESSAGES, DHCPV6_OPTIONS } from '../../../values/dhcpv6'
import { DHCPV6_FIELDS } from './fields'
import type { Dhcpv6Fields } from './fields'
import { optionContents } from './options'
import type { OptionContext } from './options'

const RELAY_FORWARD = 12,
  RELAY_REPLY = 13
const RELAY_MESSAGE = 9
/** Limit of relays on a path (RFC 8415, 7.6). */
const HOP_COUNT_LIMIT = 32
/** Relays and options inside each other that are followed. */
const MAX_NESTING = 32

export const dhcpv6 = defineProtocol({
  name: 'dhcpv6',
  title: 'DHCPv6',
  short: 'DHCPv6',
  accepts: { 'udp.port': [546, 547] },
  firstVisit: 'none',
  fields: DHCPV6_FIELDS,
  decode(d, f) {
    d.setProtocol('DHCPv6')
    if (d.summary) d.setInfo('')
    message(d, f, d.end, 0)
  },
})

function isRelay(type: number): boolean {
  return type === RELAY_FORWARD || type === RELAY_REPLY
}

/** A client's, server's or relay's message between d.at and `end`. */
function message(d: Decoder, f: Dhcpv6Fields, end: number, depth: number): void {
  if (depth > MAX_NESTING) d.malformed()
  const type = d.u8(f['dhcpv6.msgtype'])
  if (d.summary) d.appendInfo(`${DHCPV6_MESSAGES[type] ?? `Message Type ${type}`} `)
  if (isRelay(type)) relayHeader(d, f, type, end)
  else {
    const xid = d.u24(f['dhcpv6.xid'])
    if (d.summary) d.appendInfo(`XID: 0x${xid.toString(16).padStart(6, '0')} `)
  }
  options(d, f, end, { type, depth })
}

function relayHeader(d: Decoder, f: Dhcpv6Fields, type: number, end: number): void {
  const hops = d.u8(f['dhcpv6.hopcount']),
    node = d.last,
    at = d.at - 1
  if (hops > HOP_COUNT_LIMIT)
    d.expert(f['dhcpv6.error_hopcount'], at, at + 1, `Hop count ${hops} exceeds the limit of ${HOP_COUNT_LIMIT}`, node)
  d.span(f['dhcpv6.linkaddr'], 16)
  if (d.summary) d.appendInfo(`L: ${ipv6Text(d.bytes, d.at - 16)} `)
  d.span(f['dhcpv6.peeraddr'], 16)
  const inner = relayed(d, end)
  if (inner < 0) return
  const isSame = d.peek8(inner) === type,
    expected = isSame ? d.peek8(inner + 1) + 1 : 0
  if (hops === expected) return
  const text = isSame
    ? `Hop count ${hops} where the relays inside let expect ${expected}`
    : `Hop count ${hops} of the innermost relay is not 0`
  d.expert(f['dhcpv6.error_hopcount'], at, at + 1, text, node)
}

/** Position of the message that a relay passes on; -1 when there is none. */
function relayed(d: Decoder, end: number): number {
  for (let at = d.at; at + 4 <= end; at += 4 + d.peek16(at + 2)) if (d.peek16(at) === RELAY_MESSAGE) return at + 4
  return -1
}

function options(d: Decoder, f: Dhcpv6Fields, end: number, context: OptionContext): void {
  if (context.depth > MAX_NESTING) d.malformed()
  while (end - d.at >= 4) {
    const start = d.at,
      code = d.peek16(),
      length = d.peek16(start + 2),
      stop = start + 4 + length
    d.require(4)
    if (stop > end) {
      d.expert(
        f['dhcpv6.bogus_length'],
        start,
        Math.min(end, d.readable),
        `Option ${code} of ${length} bytes exceeds the ${end - start - 4} that are left`,
      )
      d.at = end
      return
    }
    d.require(4 + length)
    const name = DHCPV6_OPTIONS[code]
    d.note(start, stop, name ?? `DHCP option ${code}`)
    const outer = d.enter()
    d.value(f['dhcpv6.option.type_str'], start, start + 2, name ?? `DHCP option ${code}`)
    d.u16(f['dhcpv6.option.type'])
    d.u16(f['dhcpv6.option.length'])
    if (code === RELAY_MESSAGE) relayMessage(d, f, stop, context)
    else
      optionContents(d, f, code, stop, context, (at) => {
        d.at = at
        options(d, f, stop, { ...context, depth: context.depth + 1 })
      })
    d.at = start
    d.skip(4 + length)
    d.leave(outer)
  }
  d.at = end
}

function relayMessage(d: Decoder, f: Dhcpv6Fields, end: number, context: OptionContext): void {
  if (end === d.at) return
  d.note(d.at, Math.min(end, d.readable), 'DHCPv6')
  const outer = d.enter()
  message(d, f, end, context.depth + 1)
  d.leave(outer)
}
