// Internet Group Management Protocol, versions 0 (RFC 988), 1 (RFC 1112), 2 (RFC 2236) and 3 (RFC 3376), and multicast traceroute.
// Not covered: what other protocols (DVMRP, PIM version 1, MSNIP) carry under IGMP's number.
import { expectedChecksum, internetChecksum } from '../../bytes/checksum'
import { ipv4Text } from '../../bytes/text'
import { bool, bytes, defineProtocol, expert, ipv4, u16, u24, u32, u8 } from '../../dissect/define'
import type { Decoder } from '../../dissect/define'
import type { FieldIds } from '../../dissect/registry'
import { CHECKSUM, CHECKSUM_STATUS_FIELD } from '../../values/checksum-status'

const QUERY = 0x11,
  REPORT_V1 = 0x12,
  REPORT_V2 = 0x16,
  LEAVE = 0x17,
  TRACEROUTE_RESPONSE = 0x1e,
  TRACEROUTE = 0x1f,
  REPORT_V3 = 0x22
const TYPES: Readonly<Record<number, string>> = {
  0x01: 'Create Group Request',
  0x02: 'Create Group Reply',
  0x03: 'Join Group Request',
  0x04: 'Join Group Reply',
  0x05: 'Leave Group Request',
  0x06: 'Leave Group Reply',
  0x07: 'Confirm Group Request',
  0x08: 'Confirm Group Reply',
  0x11: 'Membership Query',
  0x12: 'Membership Report',
  0x13: 'DVMRP Protocol',
  0x14: 'PIM Protocol',
  0x15: 'Cisco Trace Message',
  0x16: 'Membership Report',
  0x17: 'Leave Group',
  0x1e: 'Traceroute Response',
  0x1f: 'Traceroute Query',
  0x22: 'Membership Report',
}
const RECORDS: Readonly<Record<number, string>> = {
  1: 'Mode Is Include',
  2: 'Mode Is Exclude',
  3: 'Change To Include Mode',
  4: 'Change To Exclude Mode',
  5: 'Allow New Sources',
  6: 'Block Old Sources',
}
const REPLIES = {
  0: 'Request Granted',
  1: 'Request Denied, No Resources',
  2: 'Request Denied, Invalid Code',
  3: 'Request Denied, Invalid Group Address',
  4: 'Request Denied, Invalid Access Key',
}

const fields = {
  'igmp.type': u8('Type', { base: 'hex', values: TYPES }),
  'igmp.reserved': bytes('Reserved'),
  'igmp.version': u8('IGMP Version', { generated: true }),
  'igmp.group_type': u8('Type Of Group', { values: { 0: 'Public Group', 1: 'Private Group' } }),
  'igmp.reply': u8('Reply', { values: REPLIES }),
  'igmp.reply.pending': u8('Reply Pending'),
  'igmp.checksum': u16('Checksum', { base: 'hex' }),
  'igmp.checksum.status': u8('Checksum Status', CHECKSUM_STATUS_FIELD),
  'igmp.identifier': u32('Identifier'),
  'igmp.access_key': bytes('Access Key'),
  'igmp.max_resp': u8('Max Resp Time'),
  'igmp.max_resp.exp': u8('Exponent', { base: 'hex', mask: 0x70 }),
  'igmp.max_resp.mant': u8('Mantissa', { base: 'hex', mask: 0x0f }),
  'igmp.s': bool('S', { mask: 0x08, names: ['SUPPRESS router side processing', 'Do not suppress router side processing'] }),
  'igmp.qrv': u8('QRV', { mask: 0x07 }),
  'igmp.qqic': u8('QQIC'),
  'igmp.num_src': u16('Num Src'),
  'igmp.saddr': ipv4('Source Address'),
  'igmp.num_grp_recs': u16('Num Group Records'),
  'igmp.record_type': u8('Record Type', { values: RECORDS }),
  'igmp.aux_data_len': u8('Aux Data Len'),
  'igmp.maddr': ipv4('Multicast Address'),
  'igmp.aux_data': bytes('Aux Data'),
  'igmp.data': bytes('Data'),
  'igmp.mtrace.max_hops': u8('# hops'),
  'igmp.mtrace.saddr': ipv4('Source Address'),
  'igmp.mtrace.raddr': ipv4('Receiver Address'),
  'igmp.mtrace.rspaddr': ipv4('Response Address'),
  'igmp.mtrace.resp_ttl': u8('Response TTL'),
  'igmp.mtrace.q_id': u24('Query ID'),
  'igmp.mtrace.q_arrival': u32('Query Arrival'),
  'igmp.mtrace.q_inaddr': ipv4('In itf addr'),
  'igmp.mtrace.q_outaddr': ipv4('Out itf addr'),
  'igmp.mtrace.q_prevrtr': ipv4('Previous rtr addr'),
  'igmp.mtrace.q_inpkt': u32('In pkts'),
  'igmp.mtrace.q_outpkt': u32('Out pkts'),
  'igmp.mtrace.q_total': u32('S,G pkt count'),
  'igmp.mtrace.q_rtg_proto': u8('Rtg Protocol'),
  'igmp.mtrace.q_fwd_ttl': u8('FwdTTL'),
  'igmp.mtrace.q_mbz': u8('MBZ', { base: 'hex', mask: 0x80 }),
  'igmp.mtrace.q_s': u8('S', { base: 'hex', mask: 0x40 }),
  'igmp.mtrace.q_src_mask': u8('Src Mask', { base: 'hex', mask: 0x3f }),
  'igmp.mtrace.q_fwd_code': u8('Forwarding Code', { base: 'hex' }),
  'igmp.bad_checksum': expert('warning', 'checksum', 'Bad checksum'),
} as const
type Ids = FieldIds<typeof fields>

export const igmp = defineProtocol({
  name: 'igmp',
  title: 'Internet Group Management Protocol',
  short: 'IGMP',
  accepts: { 'ip.proto': [2] },
  fields,
  decode(d, f) {
    const start = d.at,
      type = d.peek8(start)
    d.setProtocol('IGMP')
    d.setInfo('')
    d.require(1)
    if (d.next('igmp.type', type, start, d.end)) return
    if (d.summary) d.setInfo(TYPES[type] ?? `Unknown Type:0x${type.toString(16).padStart(2, '0')}`)
    const version = versionOf(d, type)
    // each version is a dissector of its own in the chain of protocols
    if (version !== undefined) d.chainName('igmp')
    if (version !== undefined && version >= 0) {
      d.setProtocol(`IGMPv${version}`)
      d.generated(f['igmp.version'], version, start)
    }
    d.u8(f['igmp.type'])
    if (version === undefined) {
      if (d.left > 0) d.span(f['igmp.data'], d.leftCaptured)
      return
    }
    if (version === 0) versionZero(d, f, type)
    else if (version < 0) traceroute(d, f, type)
    else if (version === 3) {
      if (type === QUERY) query3(d, f)
      else reports(d, f)
    } else {
      if (version === 1) d.span(f['igmp.reserved'], 1)
      else responseTime(d, f)
      checksum(d, f)
      d.span(f['igmp.maddr'], 4)
      if (d.summary && version === 2) groupInfo(d, type)
    }
  },
})

/** Version of a message; -1 for traceroute, undefined for what is not known. Queries tell theirs by length and response time (RFC 3376, 7.1). */
function versionOf(d: Decoder, type: number): number | undefined {
  if (type >= 1 && type <= 8) return 0
  if (type === QUERY) return d.left >= 12 ? 3 : d.peek8(d.at + 1) === 0 ? 1 : 2
  if (type === REPORT_V1) return 1
  if (type === REPORT_V2 || type === LEAVE) return 2
  if (type === REPORT_V3) return 3
  return type === TRACEROUTE || type === TRACEROUTE_RESPONSE ? -1 : undefined
}

function checksum(d: Decoder, f: Ids): void {
  const start = d.layerStart,
    sent = d.u16(f['igmp.checksum']),
    at = d.at - 2,
    node = d.last,
    length = d.end - start
  if (d.packet.fragmented || !d.has(length, start) || length < 8) {
    if (d.labels) d.appendLabel(' [unverified]', node)
    d.generated(f['igmp.checksum.status'], CHECKSUM.unverified, at, at + 2)
    return
  }
  const result = internetChecksum(d.bytes, start, d.end),
    expected = expectedChecksum(sent, result).toString(16).padStart(4, '0')
  if (d.labels) d.appendLabel(result === 0 ? ' [correct]' : ` incorrect, should be 0x${expected}`, node)
  if (result !== 0) d.expert(f['igmp.bad_checksum'], at, at + 2, `Bad checksum [should be 0x${expected}]`, node)
  d.generated(f['igmp.checksum.status'], result === 0 ? CHECKSUM.good : CHECKSUM.bad, at, at + 2)
}

function groupInfo(d: Decoder, type: number): void {
  const group = ipv4Text(d.bytes, d.at - 4)
  if (type === QUERY) d.appendInfo(d.peek32(d.at - 4) === 0 ? ', general' : `, specific for group ${group}`)
  else d.appendInfo(` ${type === REPORT_V2 ? 'group ' : ''}${group}`)
}

/** Response time in tenths of a second; from 128 on a floating-point number (RFC 3376, 4.1.1). */
function responseTime(d: Decoder, f: Ids): void {
  const at = d.at,
    code = d.peek8(),
    third = d.layerStart + 12 <= d.end && d.peek8(d.layerStart) === QUERY,
    floating = third && code >= 128
  d.require(1)
  const value = floating ? ((code & 15) | 16) << (((code >> 4) & 7) + 3) : code
  d.add(f['igmp.max_resp'], at, at + 1, value)
  if (d.labels) d.label(`Max Resp Time: ${Math.floor(value / 10)}.${value % 10} sec (0x${code.toString(16).padStart(2, '0')})`)
  if (floating) {
    const outer = d.enter()
    d.bits(f['igmp.max_resp.exp'], at, at + 1, code)
    d.bits(f['igmp.max_resp.mant'], at, at + 1, code)
    d.leave(outer)
  }
  d.skip(1)
}

function query3(d: Decoder, f: Ids): void {
  responseTime(d, f)
  checksum(d, f)
  d.span(f['igmp.maddr'], 4)
  if (d.summary) groupInfo(d, QUERY)
  const octet = d.peek8(),
    at = d.at
  d.skip(1)
  d.bits(f['igmp.s'], at, at + 1, octet)
  d.bits(f['igmp.qrv'], at, at + 1, octet)
  d.u8(f['igmp.qqic'])
  const count = d.u16(f['igmp.num_src'])
  const sources = sourceList(d, f, count)
  if (d.summary && count > 0) d.appendInfo(`, source${count > 1 ? 's' : ''} {${sources}}`)
}

function sourceList(d: Decoder, f: Ids, count: number): string {
  const texts: string[] = []
  for (let i = 0; i < count; i++) {
    d.span(f['igmp.saddr'], 4)
    if (d.summary) texts.push(ipv4Text(d.bytes, d.at - 4))
  }
  return texts.join(', ')
}

function reports(d: Decoder, f: Ids): void {
  d.span(f['igmp.reserved'], 1)
  checksum(d, f)
  d.span(f['igmp.reserved'], 2)
  const count = d.u16(f['igmp.num_grp_recs'])
  for (let i = 0; i < count; i++) {
    const at = d.at,
      kind = d.peek8(),
      auxiliary = d.peek8(at + 1) * 4,
      sources = d.peek16(at + 2)
    d.require(4)
    d.note(
      at,
      Math.min(d.readable, at + 8 + sources * 4 + auxiliary),
      `Group Record : ${ipv4Text(d.bytes, at + 4)}  ${RECORDS[kind] ?? ''}`,
    )
    const outer = d.enter()
    d.u8(f['igmp.record_type'])
    d.u8(f['igmp.aux_data_len'])
    d.u16(f['igmp.num_src'])
    d.span(f['igmp.maddr'], 4)
    const group = d.summary ? ipv4Text(d.bytes, d.at - 4) : '',
      list = sourceList(d, f, sources)
    if (auxiliary > 0) d.span(f['igmp.aux_data'], auxiliary)
    d.leave(outer)
    if (d.summary) d.appendInfo(` / ${recordInfo(kind, group, sources, list)}`)
  }
}

function recordInfo(kind: number, group: string, count: number, list: string): string {
  const plural = count > 1 ? 's' : ''
  switch (kind) {
    case 1:
    case 3:
      return count === 0 ? `Leave group ${group}` : `Join group ${group} for source${plural}${count > 1 ? ' in' : ''} {${list}}`
    case 2:
    case 4:
      return count === 0
        ? `Join group ${group} for any sources`
        : `Join group ${group}, for source${plural}${count > 1 ? ' not in' : ' not'} {${list}}`
    case 5:
      return `Group ${group}, new source${plural} {${list}}`
    case 6:
      return `Group ${group}, block source${plural} {${list}}`
    default:
      return `Group ${group}, unknown record type (?)`
  }
}

function versionZero(d: Decoder, f: Ids, type: number): void {
  if (type === 1) d.u8(f['igmp.group_type'])
  else if (type % 2 === 0) d.u8(f['igmp.reply'])
  else d.skip(1)
  checksum(d, f)
  d.u32(f['igmp.identifier'])
  d.span(f['igmp.maddr'], 4)
  d.span(f['igmp.access_key'], 8)
}

function traceroute(d: Decoder, f: Ids, type: number): void {
  const blocks = d.end - d.layerStart - 24
  if (d.summary) d.setInfo(blocks === 0 ? 'Traceroute Query' : type === TRACEROUTE ? 'Traceroute Request' : 'Traceroute Response')
  d.u8(f['igmp.mtrace.max_hops'])
  checksum(d, f)
  d.span(f['igmp.maddr'], 4)
  d.span(f['igmp.mtrace.saddr'], 4)
  d.span(f['igmp.mtrace.raddr'], 4)
  d.span(f['igmp.mtrace.rspaddr'], 4)
  d.u8(f['igmp.mtrace.resp_ttl'])
  d.u24(f['igmp.mtrace.q_id'])
  for (let i = 0; d.left >= 32; i++) {
    d.note(d.at, Math.min(d.readable, d.at + 32), `Response data block: ${i}`)
    const outer = d.enter()
    d.u32(f['igmp.mtrace.q_arrival'])
    d.span(f['igmp.mtrace.q_inaddr'], 4)
    d.span(f['igmp.mtrace.q_outaddr'], 4)
    d.span(f['igmp.mtrace.q_prevrtr'], 4)
    d.u32(f['igmp.mtrace.q_inpkt'])
    d.u32(f['igmp.mtrace.q_outpkt'])
    d.u32(f['igmp.mtrace.q_total'])
    d.u8(f['igmp.mtrace.q_rtg_proto'])
    d.u8(f['igmp.mtrace.q_fwd_ttl'])
    const octet = d.peek8()
    for (const name of ['q_mbz', 'q_s', 'q_src_mask'] as const) d.bits(f[`igmp.mtrace.${name}`], d.at, d.at + 1, octet)
    d.skip(1)
    d.u8(f['igmp.mtrace.q_fwd_code'])
    d.leave(outer)
  }
}
