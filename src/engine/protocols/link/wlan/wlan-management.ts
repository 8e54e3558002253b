// Bodies of 802.11 management frames (IEEE 802.11-2020, 9.3.3): the fixed fields (9.4.1) and the elements (9.4.2) behind them. Elements that are not
// known here show their bytes. Not covered: contents of security elements beyond their version, of HT and later elements, and of action frames.
import { bool, bytes, ether, i8, none, string, u16, u24, u32, u64, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { vendorName } from '../../../values/vendors'

const ELEMENTS: Readonly<Record<number, string>> = {
  0: 'SSID parameter set',
  1: 'Supported Rates',
  2: 'FH Parameter set',
  3: 'DS Parameter set',
  4: 'CF Parameter set',
  5: 'Traffic Indication Map (TIM)',
  6: 'IBSS Parameter set',
  7: 'Country Information',
  11: 'QBSS Load Element',
  32: 'Power Constraint',
  33: 'Power Capability',
  35: 'TPC Report',
  36: 'Supported Channels',
  42: 'ERP Information',
  45: 'HT Capabilities',
  47: 'ERP Information',
  48: 'RSN Information',
  50: 'Extended Supported Rates',
  61: 'HT Information',
  127: 'Extended Capabilities',
  191: 'VHT Capabilities',
  192: 'VHT Operation',
  221: 'Vendor Specific',
  225: 'Reachable Address',
  255: 'Element ID Extension',
}
/** The number stands in the element's first octet (9.4.2.1). */
const EXTENSION = 255
const ALGORITHMS = { 0: 'Open System', 1: 'Shared key', 2: 'Fast BSS Transition', 3: 'Simultaneous Authentication of Equals (SAE)' }
const STATUS = {
  0: 'Successful',
  1: 'Unspecified failure',
  10: 'Cannot support all requested capabilities',
  12: 'Association denied for a reason outside the standard',
  13: 'Authentication algorithm not supported',
  15: 'Challenge failure',
  17: 'Too many stations',
}
const REASONS = {
  1: 'Unspecified reason',
  2: 'Previous authentication no longer valid',
  3: 'Deauthenticated because the station is leaving',
  4: 'Disassociated due to inactivity',
  6: 'Class 2 frame from a nonauthenticated station',
  7: 'Class 3 frame from a nonassociated station',
  8: 'Disassociated because the station is leaving',
  15: '4-way handshake timeout',
}
const capability = (label: string, mask: number) => bool(label, { mask, bits: 16 })
const reserved = (mask: number) => u16('Reserved', { mask })

/** Rows of management frames. */
export const managementFields = {
  'wlan.fixed.all': none('Fixed parameters'),
  'wlan.fixed.timestamp': u64('Timestamp'),
  'wlan.fixed.beacon': u32('Beacon Interval', { base: 'custom', format: (value) => `${((value * 1024) / 1e6).toFixed(6)} [Seconds]` }),
  'wlan.fixed.listen_ival': u16('Listen Interval', { base: 'hex' }),
  'wlan.fixed.auth.alg': u16('Authentication Algorithm', { values: ALGORITHMS }),
  'wlan.fixed.auth_seq': u16('Authentication sequence', { base: 'hex' }),
  'wlan.fixed.status_code': u16('Status code', { base: 'hex', values: STATUS }),
  'wlan.fixed.reason_code': u16('Reason code', { base: 'hex', values: REASONS }),
  'wlan.fixed.aid': u16('Association ID', { base: 'hex', mask: 0x3fff }),
  'wlan.fixed.current_ap': ether('Current AP'),
  'wlan.fixed.capabilities': u16('Capabilities Information', { base: 'hex' }),
  'wlan.fixed.capabilities.ess': capability('ESS capabilities', 0x0001),
  'wlan.fixed.capabilities.ibss': capability('IBSS status', 0x0002),
  'wlan.fixed.capabilities.reserved1': reserved(0x0004),
  'wlan.fixed.capabilities.reserved2': reserved(0x0008),
  'wlan.fixed.capabilities.privacy': capability('Privacy', 0x0010),
  'wlan.fixed.capabilities.short_preamble': capability('Short Preamble', 0x0020),
  'wlan.fixed.capabilities.reserved3': reserved(0x0040),
  'wlan.fixed.capabilities.reserved4': reserved(0x0080),
  'wlan.fixed.capabilities.spec_man': capability('Spectrum Management', 0x0100),
  'wlan.fixed.capabilities.qos': capability('QoS', 0x0200),
  'wlan.fixed.capabilities.short_slot_time': capability('Short Slot Time', 0x0400),
  'wlan.fixed.capabilities.apsd': capability('Automatic Power Save Delivery', 0x0800),
  'wlan.fixed.capabilities.radio_measurement': capability('Radio Measurement', 0x1000),
  'wlan.fixed.capabilities.epd': capability('EtherType Protocol Discrimination', 0x2000),
  'wlan.fixed.capabilities.reserved5': reserved(0x4000),
  'wlan.fixed.capabilities.reserved6': reserved(0x8000),
  'wlan.tagged.all': none('Tagged parameters'),
  'wlan.tag': none('Tag'),
  'wlan.tag.number': u8('Tag Number', { values: ELEMENTS }),
  'wlan.tag.length': u32('Tag length'),
  'wlan.tag.data': bytes('Tag Data'),
  'wlan.tag.oui': u24('OUI'),
  'wlan.tag.vendor.oui.type': u8('Vendor Specific OUI Type'),
  'wlan.tag.vendor.data': bytes('Vendor Specific Data'),
  'wlan.vs.aruba.subtype': u8('Subtype'),
  'wlan.vs.aruba.data': bytes('Data'),
  'wlan.ssid': bytes('SSID'),
  'wlan.supported_rates': u8('Supported Rates', { base: 'hex' }),
  'wlan.extended_supported_rates': u8('Extended Supported Rates', { base: 'hex' }),
  'wlan.ds.current_channel': u8('Current Channel'),
  'wlan.tim.dtim_count': u8('DTIM count'),
  'wlan.tim.dtim_period': u8('DTIM period'),
  'wlan.tim.bmapctl': u8('Bitmap control', { base: 'hex' }),
  'wlan.tim.partial_virtual_bitmap': bytes('Partial Virtual Bitmap'),
  'wlan.country_info.code': string('Code'),
  'wlan.country_info.environment': u8('Environment', { values: { 32: 'All', 73: 'Indoor', 79: 'Outdoor' } }),
  'wlan.country_info.fnm': none('Country Info'),
  'wlan.country_info.fnm.fcn': u8('First Channel Number'),
  'wlan.country_info.fnm.nc': u8('Number of Channels'),
  'wlan.country_info.fnm.mtpl': i8('Maximum Transmit Power Level', { unit: ' dBm' }),
  'wlan.powercon.local': u8('Local Power Constraint'),
  'wlan.erp_info': u8('ERP Information', { base: 'hex' }),
  'wlan.erp_info.erp_present': bool('Non ERP Present', { mask: 0x01 }),
  'wlan.erp_info.use_protection': bool('Use Protection', { mask: 0x02 }),
  'wlan.erp_info.barker_preamble_mode': bool('Barker Preamble Mode', { mask: 0x04 }),
  'wlan.erp_info.reserved': u8('Reserved', { base: 'hex', mask: 0xf8 }),
  'wlan.rsn.version': u16('RSN Version'),
  'wlan.s1g.reachable_address.initiator_mac_address': ether('Initiator MAC Address'),
  'wlan.s1g.reachable_address.address_count': u8('Address Count'),
} as const
type Ids = FieldIds<typeof managementFields>

const FIXED_LENGTHS: Readonly<Record<number, number>> = { 0: 4, 1: 6, 2: 10, 3: 6, 4: 0, 5: 12, 8: 12, 9: 0, 10: 2, 11: 6, 12: 2 }

/** Reads the fixed fields of a management frame (but an action frame) by its subtype. Returns whether elements follow; otherwise the rest was shown as data. */
export function management(d: Decoder, f: Ids, subtype: number): boolean {
  const length = FIXED_LENGTHS[subtype]
  if (length === undefined) {
    d.data()
    return false
  }
  if (length === 0) return true
  const at = d.at
  d.require(length)
  d.range(f['wlan.fixed.all'], at, at + length)
  if (d.labels) d.appendLabel(` (${length} bytes)`)
  const outer = d.enter()
  switch (subtype) {
    case 0:
    case 2:
      capabilities(d, f)
      d.u16le(f['wlan.fixed.listen_ival'])
      if (subtype === 2) d.span(f['wlan.fixed.current_ap'], 6)
      break
    case 1:
    case 3:
      capabilities(d, f)
      d.u16le(f['wlan.fixed.status_code'])
      d.u16le(f['wlan.fixed.aid'])
      break
    case 5:
    case 8: {
      d.u64le(f['wlan.fixed.timestamp'])
      const interval = d.peek16le()
      d.add(f['wlan.fixed.beacon'], d.at, d.at + 2, interval)
      d.appendInfo(`, BI=${interval}`)
      d.skip(2)
      capabilities(d, f)
      break
    }
    case 11: {
      const algorithm = d.u16le(f['wlan.fixed.auth.alg']),
        sequence = d.u16le(f['wlan.fixed.auth_seq'])
      d.u16le(f['wlan.fixed.status_code'])
      if (algorithm === SAE && sequence <= SAE_CONFIRM) d.at = d.end
      break
    }
    default:
      d.u16le(f['wlan.fixed.reason_code'])
  }
  d.leave(outer)
  return true
}

/** Simultaneous Authentication of Equals: its two messages have fields without names of their own, and as in tshark no elements are looked for behind. */
const SAE = 3,
  SAE_CONFIRM = 2

/** Reads the field of a station's capabilities (9.4.1.4). */
export function capabilities(d: Decoder, f: Ids): void {
  const at = d.at,
    value = d.u16le(f['wlan.fixed.capabilities']),
    outer = d.enter()
  for (const name of [
    'ess',
    'ibss',
    'reserved1',
    'reserved2',
    'privacy',
    'short_preamble',
    'reserved3',
    'reserved4',
    'spec_man',
    'qos',
    'short_slot_time',
    'apsd',
    'radio_measurement',
    'epd',
    'reserved5',
    'reserved6',
  ] as const) {
    d.bits(f[`wlan.fixed.capabilities.${name}`], at, at + 2, value)
  }
  d.leave(outer)
}

/** Reads elements up to the layer's end. */
export function elements(d: Decoder, f: Ids): void {
  if (d.left <= 0) return
  d.range(f['wlan.tagged.all'], d.at, d.readable)
  if (d.labels) d.appendLabel(` (${d.left} bytes)`)
  const outer = d.enter()
  elementList(d, f)
  d.leave(outer)
}

/** Reads elements up to d.end under the current parent. */
export function elementList(d: Decoder, f: Ids): void {
  const end = d.end
  while (d.at < end) {
    const at = d.at,
      number = d.peek8(),
      length = Math.min(d.peek8(at + 1), Math.max(0, end - at - 2)),
      stop = at + 2 + length
    d.require(2)
    d.range(f['wlan.tag'], at, Math.min(stop, d.readable))
    if (d.labels) d.label(`Tag: ${ELEMENTS[number] ?? `number ${number}`}`)
    const row = d.last,
      inner = d.enter()
    d.u8(f['wlan.tag.number'])
    if (number === EXTENSION) d.skip(1)
    else d.unsigned(f['wlan.tag.length'], 1)
    d.end = stop
    element(d, f, number, length, row)
    d.end = end
    d.at = stop
    d.leave(inner)
  }
}

/** Element numbers without a meaning (or with one that tshark does not know), as first and last ones: their bytes are shown. */
const UNKNOWN = (
  '17-31 49 58 73 77-82 86-89 94-97 99-100 103 109 112 115-116 121-124 128-129 134-136 139 141-142 149 155-156 164-166 170-171 174-176 178-183 ' +
  '186-189 197-198 200 202-205 218-219 227 237-239 241-243 245-254'
)
  .split(' ')
  .map((range) => range.split('-').map(Number))
/** Elements that have one length only; of another one the bytes are shown. */
const FIXED_SIZES: Readonly<Record<number, number>> = { 4: 6, 57: 4, 206: 9 }

/** Whether an element is one whose contents are known, though they may not be shown here. */
function isKnown(number: number, length: number): boolean {
  if (UNKNOWN.some(([first = 0, last = first]) => number >= first && number <= last)) return false
  return (FIXED_SIZES[number] ?? length) === length
}

function element(d: Decoder, f: Ids, number: number, length: number, row: number): void {
  switch (number) {
    case 0:
      d.span(f['wlan.ssid'], length)
      if (d.summary || d.labels) {
        const name = length === 0 ? 'Wildcard (Broadcast)' : `"${d.latin1(d.at - length, d.at)}"`
        d.appendInfo(`, SSID=${name}`)
        if (d.labels) d.appendLabel(`: ${name}`, row)
      }
      break
    case 1:
    case 50:
      while (d.left > 0) {
        const rate = d.u8(f[number === 1 ? 'wlan.supported_rates' : 'wlan.extended_supported_rates'])
        if (d.labels) d.appendLabel(` (${(rate & 0x7f) / 2}${rate & 0x80 ? ', basic' : ''} Mbit/s)`)
      }
      break
    case 3:
      d.u8(f['wlan.ds.current_channel'])
      break
    case 5:
      d.u8(f['wlan.tim.dtim_count'])
      d.u8(f['wlan.tim.dtim_period'])
      d.u8(f['wlan.tim.bmapctl'])
      if (d.left > 0) d.span(f['wlan.tim.partial_virtual_bitmap'], d.left)
      break
    case 7:
      country(d, f)
      break
    case 32:
      d.u8(f['wlan.powercon.local'])
      break
    case 42:
    case 47:
      protection(d, f)
      break
    case 48:
      d.u16le(f['wlan.rsn.version'])
      break
    case 221:
      vendor(d, f, row)
      break
    case 225:
      d.span(f['wlan.s1g.reachable_address.initiator_mac_address'], 6)
      d.skip(7 * d.u8(f['wlan.s1g.reachable_address.address_count']))
      break
    default:
      if (length > 0 && !isKnown(number, length)) d.span(f['wlan.tag.data'], length)
  }
}

function country(d: Decoder, f: Ids): void {
  d.span(f['wlan.country_info.code'], 2)
  d.u8(f['wlan.country_info.environment'])
  while (d.left >= 3) {
    const at = d.at,
      first = d.peek8(at),
      count = d.peek8(at + 1)
    d.range(f['wlan.country_info.fnm'], at, at + 3)
    if (d.labels) d.appendLabel(`: First Channel Number: ${first}, Number of Channels: ${count}`)
    const outer = d.enter()
    d.u8(f['wlan.country_info.fnm.fcn'])
    d.u8(f['wlan.country_info.fnm.nc'])
    d.signed(f['wlan.country_info.fnm.mtpl'], 1)
    d.leave(outer)
  }
}

function protection(d: Decoder, f: Ids): void {
  const at = d.at,
    value = d.u8(f['wlan.erp_info']),
    outer = d.enter()
  for (const name of ['erp_present', 'use_protection', 'barker_preamble_mode', 'reserved'] as const)
    d.bits(f[`wlan.erp_info.${name}`], at, at + 1, value)
  d.leave(outer)
}

const ARUBA = 0x000b86
/** Organizations whose elements have a form that is known: Microsoft, IEEE 802.11, the Wi-Fi Alliance, and makers of access points. */
const KNOWN_ORGANIZATIONS = new Set([
  ...[0x0050f2, 0x000fac, 0x506f9a, 0x00037f, 0x000512, 0x00090f, 0x000c42, 0x000ce6, 0x001392, 0x001977, 0x001f32, 0x004096, 0x005043],
  ...[0x00904c, 0x00a0f8, 0x5c5b35],
])

function vendor(d: Decoder, f: Ids, row: number): void {
  if (d.left < 3) return
  const oui = d.u24(f['wlan.tag.oui'])
  if (d.labels) d.appendLabel(`: ${vendorName(oui) ?? oui.toString(16).padStart(6, '0')}`, row)
  if (d.left <= 0) return
  const at = d.at
  d.u8(f['wlan.tag.vendor.oui.type'])
  if (KNOWN_ORGANIZATIONS.has(oui)) return
  if (oui === ARUBA) {
    d.u8(f['wlan.vs.aruba.subtype'])
    if (d.left > 0) d.span(f['wlan.vs.aruba.data'], d.left)
    return
  }
  d.range(f['wlan.tag.vendor.data'], at, d.end)
}
