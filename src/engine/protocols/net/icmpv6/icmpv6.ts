// Internet Control Message Protocol version 6 (RFC 4443) with neighbour discovery (RFC 4861), multicast listener discovery (RFC 2710, 3810), node information
// (RFC 4620), router renumbering (RFC 2894), mobility (RFC 6275), RPL control messages (RFC 6550) and duplicate address messages of 6LoWPAN (RFC 6775).
// Not covered: SEND certification paths, fast handover, ILNP, MPL.
import { expectedChecksum, foldSum, internetSum } from '../../../bytes/checksum'
import { ipv6Text } from '../../../bytes/text'
import { bool, bytes, defineProtocol, defineState, double, eui64, expert, framenum, ipv6, u16, u32, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { quoted } from '../../../dissect/quoted'
import type { FieldIds } from '../../../dissect/registry'
import { millisecondsBetween, TransactionTable } from '../../../dissect/transactions'
import { CHECKSUM, CHECKSUM_STATUS_FIELD } from '../../../values/checksum-status'
import { icmpv6CodeName, icmpv6TypeName } from '../../../values/icmpv6'
import { listenerFields, listenerQuery, listenerReports } from './listeners'
import { nodeInformation, nodeInformationFields } from './node-information'
import { ndOptions, optionFields } from './options'
import { renumbering, renumberingFields } from './renumbering'
import { rplFields, rplMessage } from './rpl'

const ECHOES = defineState('icmpv6.echoes', () => new TransactionTable())
/** Teredo's probes carry a nonce instead of data (RFC 4380, 5.2.9). */
const TEREDO_PORT = 3544
const STATES = { 0: 'Reserved', 1: 'Incomplete', 2: 'Reachable', 3: 'Stale', 4: 'Delay', 5: 'Probe', 6: 'Failed' }
const flag32 = (label: string, mask: number) => bool(label, { mask, bits: 32 })
const flag16 = (label: string, mask: number) => bool(label, { mask, bits: 16 })

const fields = {
  'icmpv6.type': u8('Type', { values: icmpv6TypeName }),
  'icmpv6.code': u8('Code'),
  'icmpv6.checksum': u16('Checksum', { base: 'hex' }),
  'icmpv6.checksum.status': u8('Checksum Status', CHECKSUM_STATUS_FIELD),
  'icmpv6.unknown_data': bytes('Unknown Data'),
  'icmpv6.mtu': u32('MTU'),
  'icmpv6.pointer': u32('Pointer'),
  'icmpv6.length': u8('Length of original datagram'),
  'icmpv6.echo.identifier': u16('Identifier', { base: 'hex' }),
  'icmpv6.echo.sequence_number': u16('Sequence'),
  'icmpv6.nonce': bytes('Nonce'),
  'icmpv6.nd.ra.cur_hop_limit': u8('Cur hop limit'),
  'icmpv6.nd.ra.flag': u8('Flags', { base: 'hex' }),
  'icmpv6.nd.ra.flag.m': bool('Managed address configuration', { mask: 0x80 }),
  'icmpv6.nd.ra.flag.o': bool('Other configuration', { mask: 0x40 }),
  'icmpv6.nd.ra.flag.h': bool('Home Agent', { mask: 0x20 }),
  'icmpv6.nd.ra.flag.prf': u8('Prf (Default Router Preference)', {
    mask: 0x18,
    values: { 0: 'Medium', 1: 'High', 2: 'Reserved', 3: 'Low' },
  }),
  'icmpv6.nd.ra.flag.p': bool('Proxy', { mask: 0x04 }),
  'icmpv6.nd.ra.flag.rsv': u8('Reserved', { mask: 0x03 }),
  'icmpv6.nd.ra.router_lifetime': u16('Router lifetime (s)'),
  'icmpv6.nd.ra.reachable_time': u32('Reachable time (ms)'),
  'icmpv6.nd.ra.retrans_timer': u32('Retrans timer (ms)'),
  'icmpv6.nd.ns.target_address': ipv6('Target Address'),
  'icmpv6.nd.na.flag': u32('Flags', { base: 'hex' }),
  'icmpv6.nd.na.flag.r': flag32('Router', 0x80000000),
  'icmpv6.nd.na.flag.s': flag32('Solicited', 0x40000000),
  'icmpv6.nd.na.flag.o': flag32('Override', 0x20000000),
  'icmpv6.nd.na.flag.rsv': u32('Reserved', { mask: 0x1fffffff }),
  'icmpv6.nd.na.target_address': ipv6('Target Address'),
  'icmpv6.nd.rd.target_address': ipv6('Target Address'),
  'icmpv6.rd.na.destination_address': ipv6('Destination Address'),
  'icmpv6.mip6.identifier': u16('Identifier', { base: 'dec-hex' }),
  'icmpv6.mip6.home_agent_address': ipv6('Home Agent Address'),
  'icmpv6.mip6.flag': u16('Flags', { base: 'hex' }),
  'icmpv6.mip6.flag.m': flag16('Managed address configuration', 0x8000),
  'icmpv6.mip6.flag.o': flag16('Other configuration', 0x4000),
  'icmpv6.mip6.flag.rsv': u16('Reserved', { mask: 0x3fff }),
  'icmpv6.mcast_ra.query_interval': u16('Query Interval'),
  'icmpv6.mcast_ra.robustness_variable': u16('Robustness Variable'),
  'icmpv6.6lowpannd.da.status': u8('Status', { values: { 0: 'Success', 1: 'Duplicate Address', 2: 'Neighbor Cache Full' } }),
  'icmpv6.6lowpannd.da.rsv': u8('Reserved'),
  'icmpv6.6lowpannd.da.lifetime': u16('Lifetime'),
  'icmpv6.6lowpannd.da.eui64': eui64('EUI-64'),
  'icmpv6.6lowpannd.da.reg_addr': ipv6('Registered Address'),
  'icmpv6.ext.echo.seq': u8('Sequence number', { base: 'dec-hex' }),
  'icmpv6.ext.echo.req.res': u8('Reserved', { base: 'hex', mask: 0xfe }),
  'icmpv6.ext.echo.req.local': bool('Local bit', { mask: 0x01 }),
  'icmpv6.ext.echo.rsp.state': u8('State', { mask: 0xe0, values: STATES }),
  'icmpv6.ext.echo.rsp.res': u8('Reserved', { base: 'hex', mask: 0x18 }),
  'icmpv6.ext.echo.rsp.active': bool('Active bit', { mask: 0x04 }),
  'icmpv6.ext.echo.rsp.ipv4': bool('IPv4 bit', { mask: 0x02 }),
  'icmpv6.ext.echo.rsp.ipv6': bool('IPv6 bit', { mask: 0x01 }),
  'icmpv6.resp_in': framenum('Response In', { generated: true }),
  'icmpv6.resp_to': framenum('Response To', { generated: true }),
  'icmpv6.resptime': double('Response Time', { generated: true, unit: ' ms' }),
  ...optionFields,
  ...listenerFields,
  ...nodeInformationFields,
  ...renumberingFields,
  ...rplFields,
  'icmpv6.undecoded.type': expert('note', 'undecoded', 'Undecoded type'),
  'icmpv6.checksum_bad.expert': expert('warning', 'checksum', 'Bad checksum'),
  'icmpv6.resp_not_found': expert('warning', 'sequence', 'Response not found'),
} as const
type Ids = FieldIds<typeof fields>

export const icmpv6 = defineProtocol({
  name: 'icmpv6',
  title: 'Internet Control Message Protocol v6',
  short: 'ICMPv6',
  accepts: { 'ip.proto': [58] },
  fields,
  decode(d, f) {
    const start = d.at,
      type = d.peek8(start),
      code = d.peek8(start + 1),
      codeName = icmpv6CodeName(type, code)
    d.setProtocol('ICMPv6')
    d.setInfo('')
    d.require(2)
    if (d.summary) d.setInfo(icmpv6TypeName(type) + (codeName ? ` (${codeName})` : ''))
    d.u8(f['icmpv6.type'])
    d.u8(f['icmpv6.code'])
    if (d.labels && codeName) d.label(`Code: ${code} (${codeName})`)
    checksum(d, f, start)
    body(d, f, type, code)
  },
})

function checksum(d: Decoder, f: Ids, start: number): void {
  const sent = d.u16(f['icmpv6.checksum']),
    at = d.at - 2,
    node = d.last,
    p = d.packet,
    length = d.end - start
  if (p.fragmented || p.inError || !d.has(length, start) || p.netSource.kind !== 'ipv6') {
    if (d.labels) d.appendLabel(p.inError ? ' [unverified] [in ICMP error packet]' : ' [unverified]', node)
    d.generated(f['icmpv6.checksum.status'], CHECKSUM.unverified, at, at + 2)
    return
  }
  const { netSource: a, pseudoDestination: b } = p
  const sum =
    internetSum(a.bytes, a.at, a.at + 16, internetSum(b.bytes, b.at, b.at + 16)) + Math.floor(length / 0x1_0000) + (length % 0x1_0000) + 58
  const result = ~foldSum(internetSum(d.bytes, start, start + length, sum)) & 0xffff,
    expected = expectedChecksum(sent, result).toString(16).padStart(4, '0')
  if (d.labels) d.appendLabel(result === 0 ? ' [correct]' : ` incorrect, should be 0x${expected}`, node)
  if (result !== 0) d.expert(f['icmpv6.checksum_bad.expert'], at, at + 2, `Bad checksum [should be 0x${expected}]`, node)
  d.generated(f['icmpv6.checksum.status'], result === 0 ? CHECKSUM.good : CHECKSUM.bad, at, at + 2)
}

function body(d: Decoder, f: Ids, type: number, code: number): void {
  switch (type) {
    case 1:
    case 3:
    case 2:
    case 4:
      error(d, f, type)
      return
    case 128:
    case 129:
      echo(d, f, type === 128)
      return
    case 130:
      listenerQuery(d, f)
      return
    case 131:
    case 132:
      listenerQuery(d, f)
      return
    case 133: {
      d.span(f['icmpv6.reserved'], 4)
      const { sourceLink } = ndOptions(d, f)
      if (sourceLink) d.appendInfo(` from ${sourceLink}`)
      return
    }
    case 134:
      routerAdvertisement(d, f)
      return
    case 135: {
      d.span(f['icmpv6.reserved'], 4)
      d.span(f['icmpv6.nd.ns.target_address'], 16)
      if (d.summary) d.appendInfo(` for ${ipv6Text(d.bytes, d.at - 16)}`)
      const { sourceLink } = ndOptions(d, f)
      if (sourceLink) d.appendInfo(` from ${sourceLink}`)
      return
    }
    case 136:
      neighborAdvertisement(d, f)
      return
    case 137: {
      d.span(f['icmpv6.reserved'], 4)
      d.span(f['icmpv6.nd.rd.target_address'], 16)
      d.span(f['icmpv6.rd.na.destination_address'], 16)
      const { targetLink } = ndOptions(d, f)
      if (targetLink) d.appendInfo(` is at ${targetLink}`)
      return
    }
    case 138:
      renumbering(d, f, code)
      return
    case 139:
    case 140:
      nodeInformation(d, f, type === 139, code)
      return
    case 141:
    case 142: {
      d.span(f['icmpv6.reserved'], 4)
      const { sourceLink } = ndOptions(d, f)
      if (sourceLink) d.appendInfo(` from ${sourceLink}`)
      return
    }
    case 143:
      listenerReports(d, f)
      return
    case 144:
    case 145:
    case 146:
    case 147:
      mobility(d, f, type)
      return
    case 151:
      d.u16(f['icmpv6.mcast_ra.query_interval'])
      d.u16(f['icmpv6.mcast_ra.robustness_variable'])
      return
    case 152:
    case 153:
      return
    case 155:
      rplMessage(d, f, code)
      return
    case 157:
    case 158:
      d.u8(f['icmpv6.6lowpannd.da.status'])
      d.u8(f['icmpv6.6lowpannd.da.rsv'])
      d.u16(f['icmpv6.6lowpannd.da.lifetime'])
      d.span(f['icmpv6.6lowpannd.da.eui64'], 8)
      d.span(f['icmpv6.6lowpannd.da.reg_addr'], 16)
      return
    case 160:
    case 161:
      extendedEcho(d, f, type === 160)
      return
    default:
      if (d.left > 0) {
        d.expert(f['icmpv6.undecoded.type'], d.at, d.end, `Undecoded type (${type})`, d.layerNode)
        d.span(f['icmpv6.data'], d.leftCaptured)
      }
  }
}

function error(d: Decoder, f: Ids, type: number): void {
  if (type === 2) d.u32(f['icmpv6.mtu'])
  else if (type === 4) d.u32(f['icmpv6.pointer'])
  else if (d.peek8() !== 0) {
    d.u8(f['icmpv6.length'])
    d.span(f['icmpv6.reserved'], 3)
  } else d.span(f['icmpv6.reserved'], 4)
  if (d.left > 0) quoted(d, () => d.next('ip.version', 6, d.at, d.end, true))
}

function echo(d: Decoder, f: Ids, isRequest: boolean): void {
  const p = d.packet,
    identifier = d.u16(f['icmpv6.echo.identifier']),
    sequence = d.u16(f['icmpv6.echo.sequence_number'])
  if (d.summary) {
    d.appendInfo(` id=0x${identifier.toString(16).padStart(4, '0')}, seq=${sequence}, hop limit=${p.timeToLive}`)
  }
  if (p.destinationPort === TEREDO_PORT && d.left > 0) d.span(f['icmpv6.nonce'], Math.min(4, d.left))
  // a Teredo client's connectivity test counts as no request, as in tshark
  if (p.inError || (isRequest && p.destinationPort === TEREDO_PORT)) {
    if (d.left > 0) nestedData(d)
    return
  }
  const text = (address: typeof p.netSource) => ipv6Text(address.bytes, address.at),
    a = text(p.netSource),
    b = text(p.netDestination)
  // a request to a multicast group is answered from another address: the identifiers alone tell the pair then
  const ports = p.transport === 'udp' ? `${Math.min(p.sourcePort, p.destinationPort)}-${Math.max(p.sourcePort, p.destinationPort)}` : ''
  const echoes = d.state(ECHOES),
    numbers = `${identifier}/${sequence}/${ports}`,
    pair = a < b ? `${a} ${b}` : `${b} ${a}`
  if (isRequest) {
    const transaction = echoes.request(d, `${pair} ${numbers}`)
    if (d.hindsight && transaction?.responseFrame) {
      d.generated(f['icmpv6.resp_in'], transaction.responseFrame)
      d.appendInfo(` (reply in ${transaction.responseFrame})`)
    } else if (d.hindsight) {
      d.appendInfo(' (no response found!)')
      d.expert(f['icmpv6.resp_not_found'], d.layerStart, d.at, 'No response seen to ICMPv6 request', d.parent)
    }
  } else {
    const transaction = echoes.response(d, `${pair} ${numbers}`)
    if (transaction) {
      d.generated(f['icmpv6.resp_to'], transaction.requestFrame)
      d.generated(f['icmpv6.resptime'], millisecondsBetween(d, transaction.requestFrame, p.number))
      d.appendInfo(` (request in ${transaction.requestFrame})`)
    }
  }
  if (d.left > 0) nestedData(d)
}

function routerAdvertisement(d: Decoder, f: Ids): void {
  d.u8(f['icmpv6.nd.ra.cur_hop_limit'])
  const flags = d.u8(f['icmpv6.nd.ra.flag']),
    at = d.at - 1
  if (d.labels) {
    const words = [
      flags & 0x80 ? 'Managed address configuration' : '',
      flags & 0x40 ? 'Other configuration' : '',
      flags & 0x20 ? 'Home Agent' : '',
      `Prf (Default Router Preference): ${['Medium', 'High', 'Reserved', 'Low'][(flags >> 3) & 3] ?? ''}`,
      flags & 4 ? 'Proxy' : '',
    ].filter(Boolean)
    d.appendLabel(words.map((word) => `, ${word}`).join(''))
  }
  const outer = d.enter()
  for (const name of ['m', 'o', 'h', 'prf', 'p', 'rsv'] as const) d.bits(f[`icmpv6.nd.ra.flag.${name}`], at, at + 1, flags)
  d.leave(outer)
  d.u16(f['icmpv6.nd.ra.router_lifetime'])
  d.u32(f['icmpv6.nd.ra.reachable_time'])
  d.u32(f['icmpv6.nd.ra.retrans_timer'])
  const info = ndOptions(d, f)
  if (info.sourceLink) d.appendInfo(` from ${info.sourceLink}`)
}

function neighborAdvertisement(d: Decoder, f: Ids): void {
  const flags = d.u32(f['icmpv6.nd.na.flag']),
    at = d.at - 4
  const words = [
    ['Router', 'rtr', 0x80000000],
    ['Solicited', 'sol', 0x40000000],
    ['Override', 'ovr', 0x20000000],
  ] as const
  const set = words.filter(([, , mask]) => Math.floor(flags / mask) % 2 === 1)
  if (d.labels) d.appendLabel(set.map(([word]) => `, ${word}`).join(''))
  const outer = d.enter()
  for (const name of ['r', 's', 'o', 'rsv'] as const) d.bits(f[`icmpv6.nd.na.flag.${name}`], at, at + 4, flags)
  d.leave(outer)
  d.span(f['icmpv6.nd.na.target_address'], 16)
  if (d.summary) d.appendInfo(` ${ipv6Text(d.bytes, d.at - 16)}${set.length ? ` (${set.map(([, short]) => short).join(', ')})` : ''}`)
  const { targetLink } = ndOptions(d, f)
  if (targetLink) d.appendInfo(` is at ${targetLink}`)
}

function mobility(d: Decoder, f: Ids, type: number): void {
  d.u16(f['icmpv6.mip6.identifier'])
  if (type === 147) {
    const flags = d.u16(f['icmpv6.mip6.flag']),
      outer = d.enter()
    for (const name of ['m', 'o', 'rsv'] as const) d.bits(f[`icmpv6.mip6.flag.${name}`], d.at - 2, d.at, flags)
    d.leave(outer)
    ndOptions(d, f)
    return
  }
  d.span(f['icmpv6.reserved'], 2)
  if (type === 145) while (d.left >= 16) d.span(f['icmpv6.mip6.home_agent_address'], 16)
}

function extendedEcho(d: Decoder, f: Ids, isRequest: boolean): void {
  d.u16(f['icmpv6.echo.identifier'])
  d.u8(f['icmpv6.ext.echo.seq'])
  const octet = d.peek8(),
    at = d.at
  d.skip(1)
  for (const name of isRequest
    ? (['req.res', 'req.local'] as const)
    : (['rsp.state', 'rsp.res', 'rsp.active', 'rsp.ipv4', 'rsp.ipv6'] as const))
    d.bits(f[`icmpv6.ext.echo.${name}`], at, at + 1, octet)
}

function nestedData(d: Decoder): void {
  d.next('dissector', 'data', d.at, d.end, true)
}
