// PPP over Ethernet (RFC 2516), with the tags of RFC 4638 (payloads over 1492 bytes), RFC 4937 and the access line tags of the Broadband Forum (TR-101).
import { bool, bytes, defineProtocol, expert, none, string, u16, u32, u8 } from '../../../dissect/define'
import type { Decoder, FieldId } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'

const CODES: Readonly<Record<number, string>> = {
  0: 'Session Data',
  7: 'Active Discovery Offer (PADO)',
  9: 'Active Discovery Initiation (PADI)',
  0x0a: 'Active Discovery Session-Grant (PADG)',
  0x0b: 'Active Discovery Session-Credit Resp.(PADC)',
  0x0c: 'Active Discovery Quality (PADQ)',
  0x19: 'Active Discovery Request (PADR)',
  0x65: 'Active Discovery Session-confirmation (PADS)',
  0xa7: 'Active Discovery Terminate (PADT)',
  0xd3: 'Active Discovery Message (PADM)',
  0xd4: 'Active Discovery Network (PADN)',
}
const HEADER_FIELDS = {
  'pppoe.version': u8('Version', { mask: 0xf0 }),
  'pppoe.type': u8('Type', { mask: 0x0f }),
  'pppoe.code': u8('Code', { base: 'hex', values: CODES }),
  'pppoe.session_id': u16('Session ID', { base: 'hex' }),
  'pppoe.payload_length': u16('Payload Length'),
} as const

/** The header of both kinds of frames (RFC 2516, 4); answers code and length of the payload. */
function header(d: Decoder, f: FieldIds<typeof HEADER_FIELDS>): { readonly code: number; readonly length: number } {
  const octet = d.peek8()
  d.require(6)
  d.bits(f['pppoe.version'], d.at, d.at + 1, octet)
  d.bits(f['pppoe.type'], d.at, d.at + 1, octet)
  d.skip(1)
  const code = d.u8(f['pppoe.code'])
  d.u16(f['pppoe.session_id'])
  return { code, length: d.u16(f['pppoe.payload_length']) }
}

export const pppoeSession = defineProtocol({
  name: 'pppoes',
  title: 'PPP-over-Ethernet Session',
  short: 'PPPoES',
  accepts: { ethertype: [0x8864] },
  fields: { ...HEADER_FIELDS, 'pppoe.payload_length.bad': expert('warning', 'protocol', 'Possible bad payload length') },
  decode(d, f) {
    d.setProtocol('PPPoES')
    d.setInfo('PPP-over-Ethernet Session')
    const { length } = header(d, f)
    d.layerEnds(d.at)
    const end = length <= d.left ? d.at + length : d.end
    if (!d.next('pppoe.session', 'ppp', d.at, end)) d.data(d.at, end)
  },
})

const RATES: Readonly<Record<number, readonly [name: string, label: string]>> = {
  0x81: ['act_data_rate_up', 'Actual Data Rate Upstream'],
  0x82: ['act_data_rate_down', 'Actual Data Rate Downstream'],
  0x83: ['min_data_rate_up', 'Minimum Data Rate Upstream'],
  0x84: ['min_data_rate_down', 'Minimum Data Rate Downstream'],
  0x85: ['attainable_data_rate_up', 'Attainable DataRate Upstream'],
  0x86: ['attainable_data_rate_down', 'Attainable DataRate Downstream'],
  0x87: ['max_data_rate_up', 'Maximum Data Rate Upstream'],
  0x88: ['max_data_rate_down', 'Maximum Data Rate Downstream'],
  0x89: ['min_data_rate_up_lp', 'Min DataRate Upstream in low power state'],
  0x8a: ['min_data_rate_down_lp', 'Minimum Data Rate Downstream in low power state'],
  0x8b: ['max_int_delay_up', 'Max Interleaving Delay Upstream'],
  0x8c: ['act_int_delay_up', 'Actual Interleaving Delay Upstream'],
  0x8d: ['max_int_delay_down', 'Maximum Interleaving Delay Downstream'],
  0x8e: ['act_int_delay_down', 'Actual Interleaving Delay Downstream'],
}
const RATE_FIELDS = Object.fromEntries(Object.values(RATES).map(([name, label]) => [`pppoed.tags.${name}`, u32(label)]))
const UNITS: Readonly<Record<number, string>> = {
  0: 'kilobits per second',
  1: 'megabits per second',
  2: 'gigabits per second',
  3: 'terabits per second',
}

const TAG_FIELDS = {
  ...HEADER_FIELDS,
  'pppoed.tags': none('PPPoE Tags'),
  'pppoed.tag': u16('Tag', { base: 'hex' }),
  'pppoed.tag_length': u16('Tag Length'),
  'pppoed.tag_length_8': u8('Tag Length'),
  'pppoed.tag.unknown_data': bytes('Unknown Data'),
  'pppoed.tags.service_name': string('Service-Name'),
  'pppoed.tags.ac_name': string('AC-Name'),
  'pppoed.tags.host_uniq': bytes('Host-Uniq'),
  'pppoed.tags.ac_cookie': bytes('AC-Cookie'),
  'pppoed.tags.vendor_id': u32('Vendor id'),
  'pppoed.tags.vendor_unspecified': bytes('Vendor unspecified'),
  'pppoed.tags.vendorspecific.tags': none('Vendor Specific PPPoE Tags'),
  'pppoed.tags.vendorspecific.tag': u8('Tag', { base: 'hex' }),
  'pppoed.tags.circuit_id': string('Circuit ID'),
  'pppoed.tags.remote_id': string('Remote ID'),
  'pppoed.tags.access_loop_encap': none('Access-Loop-Encapsulation'),
  'pppoed.tags.access_loop_encap.data_link': u8('Data link', { base: 'hex', values: { 0: 'ATM AAL5', 1: 'Ethernet' } }),
  'pppoed.tags.access_loop_encap.encap_1': u8('Encaps 1', {
    base: 'hex',
    values: { 0: 'NA', 1: 'Untagged Ethernet', 2: 'Single-tagged Ethernet' },
  }),
  'pppoed.tags.access_loop_encap.encap_2': u8('Encaps 2', {
    base: 'hex',
    values: {
      0: 'NA',
      1: 'PPPoA LLC',
      2: 'PPPoA null',
      3: 'IPoA LLC',
      4: 'IPoA null',
      5: 'Ethernet over AAL5 LLC with FCS',
      6: 'Ethernet over AAL5 LLC without FCS',
      7: 'Ethernet over AAL5 null with FCS',
      8: 'Ethernet over AAL5 null without FCS',
    },
  }),
  'pppoed.tags.credits.fcn': u16('FCN'),
  'pppoed.tags.credits.bcn': u16('BCN'),
  'pppoed.tags.metrics.mdr_units': u16('MDR Units', { base: 'hex', mask: 0x0018, values: UNITS }),
  'pppoed.tags.metrics.cdr_units': u16('CDR Units', { base: 'hex', mask: 0x0006, values: UNITS }),
  'pppoed.tags.metrics.r': bool('Receive Only', { bits: 16, mask: 0x0001, names: ['True', 'False'] }),
  'pppoed.tags.metrics.rlq': u8('Relative Link Quality'),
  'pppoed.tags.metrics.resource': u8('Resource'),
  'pppoed.tags.metrics.latency': u16('Latency'),
  'pppoed.tags.metrics.curr_drate': u16('Curr. datarate'),
  'pppoed.tags.metrics.max_drate': u16('Max. datarate'),
  'pppoed.tags.seq_num': u16('Sequence Number', { base: 'hex' }),
  'pppoed.tags.credit_scale': u16('Credit Scale Factor'),
  'pppoed.tags.relay_session_id': bytes('Relay-Session-Id'),
  'pppoed.tags.hurl': bytes('HURL'),
  'pppoed.tags.motm': bytes('MOTM'),
  'pppoed.tags.max_payload': bytes('PPP-Max-Payload'),
  'pppoed.tags.ip_route_add': bytes('IP Route Add'),
  'pppoed.tags.service_name_error': string('Service-Name-Error'),
  'pppoed.tags.ac_system_error': string('AC-System-Error'),
  'pppoed.tags.generic_error': string('Generic-Error'),
} as const
type TagIds = FieldIds<typeof TAG_FIELDS>

const STRINGS = {
  0x101: 'service_name',
  0x102: 'ac_name',
  0x201: 'service_name_error',
  0x202: 'ac_system_error',
  0x203: 'generic_error',
} as const
const BYTES = {
  0x103: 'host_uniq',
  0x104: 'ac_cookie',
  0x110: 'relay_session_id',
  0x111: 'hurl',
  0x112: 'motm',
  0x120: 'max_payload',
  0x121: 'ip_route_add',
} as const
const isString = (tag: number): tag is keyof typeof STRINGS => tag in STRINGS
const isBytes = (tag: number): tag is keyof typeof BYTES => tag in BYTES
/** Other tags that are read: end of list, vendor-specific, credits, metrics, sequence number, credit scale factor (RFC 5578). */
const KNOWN = new Set([0, 0x105, 0x106, 0x107, 0x108, 0x109])
/** Number of the Broadband Forum (formerly the DSL Forum) among IANA's enterprises. */
const BROADBAND_FORUM = 3561

/** What an access node says of a subscriber's line (TR-101, appendix A). */
function lineTags(d: Decoder, f: TagIds, stop: number): void {
  const ids: Readonly<Record<string, number | undefined>> = f
  d.range(f['pppoed.tags.vendorspecific.tags'], d.at, Math.min(stop, d.readable))
  const outer = d.enter()
  while (stop - d.at >= 2) {
    const tag = d.peek8(),
      length = d.peek8(d.at + 1),
      at = d.at + 2,
      rate = ids[`pppoed.tags.${RATES[tag]?.[0] ?? ''}`]
    if (tag === 1 || tag === 2) {
      d.skip(2)
      d.span(f[tag === 1 ? 'pppoed.tags.circuit_id' : 'pppoed.tags.remote_id'], length)
    } else if (rate !== undefined) {
      d.skip(2)
      d.u32(rate as FieldId<'u32'>)
    } else if (tag === 0x90) {
      d.skip(2)
      d.require(3)
      d.range(f['pppoed.tags.access_loop_encap'], at, at + length)
      const inner = d.enter()
      for (const name of ['data_link', 'encap_1', 'encap_2'] as const) d.u8(f[`pppoed.tags.access_loop_encap.${name}`])
      d.leave(inner)
    } else {
      d.u8(f['pppoed.tags.vendorspecific.tag'])
      d.u8(f['pppoed.tag_length_8'])
      if (length > 0) d.span(f['pppoed.tag.unknown_data'], length)
    }
    d.at = at + length
  }
  d.leave(outer)
}

function metrics(d: Decoder, f: TagIds): void {
  const at = d.at,
    flags = d.peek16(),
    unit = (value: number) => ['kbps', 'mbps', 'gbps', 'tbps'][value & 3] ?? ''
  d.require(10)
  for (const name of ['mdr_units', 'cdr_units', 'r'] as const) d.bits(f[`pppoed.tags.metrics.${name}`], at, at + 2, flags)
  d.skip(2)
  d.u8(f['pppoed.tags.metrics.rlq'])
  d.u8(f['pppoed.tags.metrics.resource'])
  d.u16(f['pppoed.tags.metrics.latency'])
  const current = d.u16(f['pppoed.tags.metrics.curr_drate'])
  if (d.labels) d.label(`Curr. datarate: ${current} ${unit(flags >> 1)}`)
  const maximum = d.u16(f['pppoed.tags.metrics.max_drate'])
  if (d.labels) d.label(`Max. datarate: ${maximum} ${unit(flags >> 3)}`)
}

function tagValue(d: Decoder, f: TagIds, tag: number, length: number): void {
  const start = d.at,
    stop = start + length
  if (isString(tag)) {
    if (length === 0) return
    const text = d.latin1(start, stop)
    d.span(f[`pppoed.tags.${STRINGS[tag]}`], length)
    if (tag === 0x102 && d.summary) d.appendInfo(` AC-Name='${text}'`)
  } else if (isBytes(tag)) {
    if (length > 0) d.span(f[`pppoed.tags.${BYTES[tag]}`], length)
  } else if (tag === 0x105) {
    if (length < 4) return
    const vendor = d.u32(f['pppoed.tags.vendor_id'])
    if (vendor === BROADBAND_FORUM) lineTags(d, f, stop)
    else if (length > 4) d.span(f['pppoed.tags.vendor_unspecified'], length - 4)
  } else if (tag === 0x106) {
    if (length !== 4) return
    d.u16(f['pppoed.tags.credits.fcn'])
    d.u16(f['pppoed.tags.credits.bcn'])
  } else if (tag === 0x107) {
    if (length === 10) metrics(d, f)
  } else if (tag === 0x108 || tag === 0x109) {
    if (length === 2) d.u16(f[tag === 0x108 ? 'pppoed.tags.seq_num' : 'pppoed.tags.credit_scale'])
  } else if (length > 0) d.span(f['pppoed.tag.unknown_data'], length)
}

function tags(d: Decoder, f: TagIds, stop: number): void {
  d.range(f['pppoed.tags'], d.at, Math.min(stop, d.readable))
  const outer = d.enter()
  while (d.at <= stop - 4) {
    const tag = d.peek16(),
      length = d.peek16(d.at + 2),
      isKnown = KNOWN.has(tag) || isString(tag) || isBytes(tag)
    if (isKnown) d.skip(4)
    else {
      d.u16(f['pppoed.tag'])
      if (d.labels) d.label(`Tag: Unknown (0x${tag.toString(16).padStart(4, '0')})`)
      d.u16(f['pppoed.tag_length'])
    }
    const at = d.at
    if (tag === 0) break
    tagValue(d, f, tag, length)
    d.at = at + length
  }
  d.leave(outer)
}

export const pppoeDiscovery = defineProtocol({
  name: 'pppoed',
  title: 'PPP-over-Ethernet Discovery',
  short: 'PPPoED',
  firstVisit: 'none',
  accepts: { ethertype: [0x8863] },
  fields: { ...TAG_FIELDS, ...RATE_FIELDS },
  decode(d, f) {
    d.setProtocol('PPPoED')
    d.setInfo('')
    const { code, length } = header(d, f)
    if (d.summary) d.setInfo(CODES[code] ?? 'Unknown')
    const stop = d.at + length
    if (length > 0) tags(d, f, stop)
    d.end = Math.min(d.end, stop)
    d.layerEnds(d.end)
  },
})
