// IEEE 802.11 MAC frames (IEEE 802.11-2020, clause 9). Encrypted bodies stay data. Not covered: decryption, joining of fragments, mesh headers,
// HT control, block acknowledgements beyond their addresses. Management frames: wlan-management.ts.
import { etherText } from '../../../bytes/text'
import { bool, defineProtocol, defineState, ether, setAddress, string, subprotocol, u16, u24, u32, u8 } from '../../../dissect/define'
import type { Decoder, FieldId } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { CHECKSUM_STATUS_FIELD } from '../../../values/checksum-status'
import { VERSION_1_FIELDS, version1 } from './protocol-version-1'
import { action } from './wlan-action'
import { elements, management, managementFields } from './wlan-management'

/** Frame in which the first part of a fragmented frame was seen, by transmitter and sequence number. */
const FRAGMENTED = defineState('wlan.fragments', () => new Map<string, number>())
const MORE_FRAGMENTS = 0x0400
const TYPES = { 0: 'Management frame', 1: 'Control frame', 2: 'Data frame', 3: 'Extension frame' }
const FRAMES: Readonly<Record<number, string>> = {
  0x00: 'Association Request',
  0x01: 'Association Response',
  0x02: 'Reassociation Request',
  0x03: 'Reassociation Response',
  0x04: 'Probe Request',
  0x05: 'Probe Response',
  0x08: 'Beacon frame',
  0x09: 'ATIM',
  0x0a: 'Disassociate',
  0x0b: 'Authentication',
  0x0c: 'Deauthentication',
  0x0d: 'Action',
  0x0e: 'Action No Ack',
  0x18: '802.11 Block Ack Req',
  0x19: '802.11 Block Ack',
  0x1a: 'Power-Save poll',
  0x1b: 'Request-to-send',
  0x1c: 'Clear-to-send',
  0x1d: 'Acknowledgement',
  0x1e: 'CF-End (Control-frame)',
  0x20: 'Data',
  0x24: 'Null function (No data)',
  0x28: 'QoS Data',
  0x2c: 'QoS Null function (No data)',
}
const DIRECTIONS = {
  0: 'Not leaving DS or network is operating in AD-HOC mode',
  1: 'Frame from STA to DS via an AP',
  2: 'Frame from DS to a STA via AP',
  3: 'WDS or mesh',
}
const flag = (label: string, mask: number) => bool(label, { mask, bits: 8 })
const DATA = 2,
  CONTROL = 1,
  POWER_SAVE_POLL = 0x1a
/** Control frames that name a transmitter too. */
const TWO_ADDRESSES = new Set([0x18, 0x19, 0x1a, 0x1b, 0x1e, 0x1f])

/** Management frames that are action frames (9.3.3.14). */
const ACTIONS = new Set([0x0d, 0x0e])
/** Action frames in Ethernet's frames (11.22.2). */
const ENCAPSULATED = 0x890d,
  TUNNELED_LINK = 2

const fields = {
  'wlan.fc.type_subtype': u16('Type/Subtype', { base: 'hex', values: FRAMES }),
  'wlan.fc': u16('Frame Control Field', { base: 'hex' }),
  'wlan.fc.version': u8('Version', { mask: 0x03 }),
  'wlan.fc.type': u8('Type', { mask: 0x0c, values: TYPES }),
  'wlan.fc.subtype': u8('Subtype', { mask: 0xf0 }),
  'wlan.flags': u8('Flags', { base: 'hex' }),
  'wlan.fc.ds': u8('DS status', { base: 'hex', mask: 0x03, values: DIRECTIONS }),
  'wlan.fc.tods': bool('To DS', { mask: 0x01, hidden: true }),
  'wlan.fc.fromds': bool('From DS', { mask: 0x02, hidden: true }),
  'wlan.fc.frag': flag('More Fragments', 0x04),
  'wlan.fc.retry': flag('Retry', 0x08),
  'wlan.fc.pwrmgt': flag('Power Management', 0x10),
  'wlan.fc.moredata': flag('More Data', 0x20),
  'wlan.fc.protected': flag('Protected', 0x40),
  'wlan.fc.order': flag('+HTC/Order', 0x80),
  'wlan.duration': u16('Duration', { mask: 0x7fff, unit: ' microseconds' }),
  'wlan.aid': u16('Association ID', { mask: 0x3fff }),
  'wlan.ra': ether('Receiver address'),
  'wlan.ra_resolved': string('Receiver address (resolved)', { hidden: true }),
  'wlan.ta': ether('Transmitter address'),
  'wlan.ta_resolved': string('Transmitter address (resolved)', { hidden: true }),
  'wlan.da': ether('Destination address'),
  'wlan.da_resolved': string('Destination address (resolved)', { hidden: true }),
  'wlan.sa': ether('Source address'),
  'wlan.sa_resolved': string('Source address (resolved)', { hidden: true }),
  'wlan.bssid': ether('BSS Id'),
  'wlan.bssid_resolved': string('BSS Id (resolved)', { hidden: true }),
  'wlan.staa': ether('Station address'),
  'wlan.staa_resolved': string('Station address (resolved)', { hidden: true }),
  'wlan.addr': ether('Hardware address', { hidden: true }),
  'wlan.addr_resolved': string('Hardware address (resolved)', { hidden: true }),
  'wlan.frag': u16('Fragment number', { mask: 0x000f }),
  'wlan.seq': u16('Sequence number', { mask: 0xfff0 }),
  'wlan.fcs': u32('Frame check sequence', { base: 'hex' }),
  'wlan.fcs.status': u8('FCS Status', CHECKSUM_STATUS_FIELD),
  'wlan.qos': u16('QoS Control', { base: 'hex' }),
  'wlan.qos.tid': u16('TID', { mask: 0x000f }),
  'wlan.qos.ack': u16('Ack Policy', { base: 'hex', mask: 0x0060 }),
  'wlan.qos.amsdupresent': bool('Aggregated MSDUs', { mask: 0x0080, bits: 16 }),
  'wlan.wep.iv': u24('Initialization Vector', { base: 'hex' }),
  'wlan.tkip.extiv': string('TKIP Ext. Initialization Vector'),
  'wlan.ccmp.extiv': string('CCMP Ext. Initialization Vector'),
  'wlan.wep.key': u8('Key Index'),
  'wlan.wep.icv': u32('WEP integrity check value', { base: 'hex' }),
  'wlan.mgt': subprotocol('IEEE 802.11 Wireless Management'),
  ...VERSION_1_FIELDS,
  ...managementFields,
} as const
type Ids = FieldIds<typeof fields>
type Role = 'ra' | 'ta' | 'da' | 'sa' | 'bssid' | 'staa' | 'addr'

export const wlan = defineProtocol({
  name: 'wlan',
  title: 'IEEE 802.11 wireless LAN',
  short: '802.11',
  accepts: { linktype: [105], 'wlan.frame': ['swapped'], ethertype: [ENCAPSULATED] },
  fields,
  decode(d, f) {
    if (d.key === ENCAPSULATED) {
      encapsulated(d, f)
      return
    }
    const start = d.at,
      control = d.keyDetail === 'swapped' ? d.peek16(start) : d.peek16le(start),
      type = (control >> 2) & 3,
      subtype = (control >> 4) & 15,
      kind = (type << 4) | subtype
    const check = d.keyDetail === 'fcs' && d.left >= 4 ? d.end - 4 : -1
    d.keyDetail = ''
    if (check >= 0) d.end = check
    d.setProtocol('802.11')
    d.setInfo('')
    d.require(2)
    if ((control & 3) === 1) {
      version1(d, f)
      return
    }
    if ((control & 3) !== 0) {
      d.bits(f['wlan.fc.version'], start, start + 1, d.peek8(start))
      if (d.labels) d.label(`Version: ${control & 3} (unknown)`)
      checkSequence(d, f, check)
      if (d.summary) d.setInfo(`Unknown protocol version ${control & 3}`)
      d.data(start + 2)
      return
    }
    const name = FRAMES[kind] ?? `Unknown frame 0x${kind.toString(16).padStart(2, '0')}`
    if (d.labels) d.appendLabel(`, ${name}, Flags: ${flagLetters(control >> 8, check >= 0)}`, d.layerNode)
    frameControl(d, f, control, kind)
    if (kind === POWER_SAVE_POLL) d.u16le(f['wlan.aid'])
    else d.u16le(f['wlan.duration'])
    if (type === CONTROL) {
      if (d.summary) d.setInfo(`${name}, Flags=${flagLetters(control >> 8, check >= 0)}`)
      controlFrame(d, f, kind)
      checkSequence(d, f, check)
      d.layerEnds(check >= 0 ? d.at + 4 : d.at)
      return
    }
    const one = d.at
    d.require(6)
    address(d, f, one, 'ra')
    address(d, f, one, 'addr')
    d.require(20)
    const two = one + 6,
      three = one + 12,
      four = one + 20,
      sequence = d.peek16le(three + 6)
    const toDs = (control & 0x100) !== 0,
      fromDs = (control & 0x200) !== 0,
      isWds = type === DATA && toDs && fromDs
    if (d.summary) d.setInfo(`${name}, SN=${sequence >> 4}, FN=${sequence & 15}, Flags=${flagLetters(control >> 8, check >= 0)}`)
    if (isWds) d.require(6, four)
    if (type !== DATA) {
      setAddress(d.packet.destination, 'ether', d.bytes, one)
      setAddress(d.packet.source, 'ether', d.bytes, two)
      address(d, f, one, 'da')
      address(d, f, two, 'ta')
      address(d, f, two, 'sa')
      address(d, f, three, 'bssid')
      address(d, f, two, 'addr')
      address(d, f, three, 'addr')
      sequenceRows(d, f, three + 6, sequence)
      d.at = three + 8
      d.layerEnds(d.at)
      checkSequence(d, f, check)
      if (control & 0x4000) {
        encrypted(d, f)
        return
      }
      if (d.left <= 0) return
      const outer = d.enter(-1)
      d.range(f['wlan.mgt'], d.at, d.readable)
      d.enter()
      if (ACTIONS.has(subtype)) action(d, f)
      else if (management(d, f, subtype)) elements(d, f)
      d.parent = outer
      return
    }
    const destination = toDs ? three : one,
      source = fromDs ? (toDs ? four : three) : two
    setAddress(d.packet.destination, 'ether', d.bytes, destination)
    setAddress(d.packet.source, 'ether', d.bytes, source)
    address(d, f, two, 'ta')
    address(d, f, two, 'addr')
    address(d, f, destination, 'da')
    address(d, f, source, 'sa')
    if (!isWds) address(d, f, toDs ? one : fromDs ? two : three, 'bssid')
    if (toDs !== fromDs) address(d, f, fromDs ? one : two, 'staa')
    sequenceRows(d, f, three + 6, sequence)
    address(d, f, three, 'addr')
    if (isWds) address(d, f, four, 'addr')
    d.at = three + (isWds ? 14 : 8)
    checkSequence(d, f, check)
    let aggregated = false
    if (subtype & 8) {
      aggregated = (qualityOfService(d, f) & 0x80) !== 0
      if (control & 0x8000) d.skip(4)
    }
    d.layerEnds(d.at)
    // null frames carry nothing
    if (subtype & 4 || d.left <= 0) return
    if (control & 0x4000) encrypted(d, f)
    else if (isFragment(d, two, sequence, (control & MORE_FRAGMENTS) !== 0)) d.data()
    else if (aggregated) subframes(d, f)
    else if (!d.next('wlan.data', 'llc')) d.data()
  },
})

/** Whether a data frame is a part of a larger one: more follows, or it numbers a part and what was before it was seen. As in tshark, a last part that
 *  comes alone is read like a whole. */
function isFragment(d: Decoder, transmitter: number, sequence: number, more: boolean): boolean {
  if (!more && (sequence & 15) === 0) return false
  const begun = d.state(FRAGMENTED),
    key = `${etherText(d.bytes, transmitter)}/${sequence >> 4}`
  if (more && d.first && !begun.has(key)) begun.set(key, d.packet.number)
  return more || (begun.get(key) ?? Infinity) < d.packet.number
}

/** What Ethernet carries for stations that tunnel a link between them: a kind of payload, and an action frame's body. */
function encapsulated(d: Decoder, f: Ids): void {
  d.setProtocol('TDLS')
  d.setInfo('')
  const kind = d.peek8()
  d.skip(1)
  if (kind === TUNNELED_LINK) action(d, f)
  else d.at = d.end
}

/** The flags as letters, most significant first, and C where a check sequence follows the frame. */
function flagLetters(flags: number, hasCheck: boolean): string {
  let text = ''
  for (let bit = 7; bit >= 0; bit--) text += (flags >> bit) & 1 ? 'TFMRPmpo'.charAt(bit) : '.'
  return text + (hasCheck ? 'C' : '')
}

function frameControl(d: Decoder, f: Ids, control: number, kind: number): void {
  const start = d.at,
    low = control & 255,
    high = control >> 8
  d.add(f['wlan.fc.type_subtype'], start, start + 1, kind)
  d.u16(f['wlan.fc'])
  const outer = d.enter()
  d.bits(f['wlan.fc.version'], start, start + 1, low)
  d.bits(f['wlan.fc.type'], start, start + 1, low)
  d.bits(f['wlan.fc.subtype'], start, start + 1, low)
  d.add(f['wlan.flags'], start + 1, start + 2, high)
  const inner = d.enter()
  for (const name of [
    'wlan.fc.ds',
    'wlan.fc.tods',
    'wlan.fc.fromds',
    'wlan.fc.frag',
    'wlan.fc.retry',
    'wlan.fc.pwrmgt',
    'wlan.fc.moredata',
    'wlan.fc.protected',
    'wlan.fc.order',
  ] as const)
    d.bits(f[name], start + 1, start + 2, high)
  d.leave(inner)
  d.leave(outer)
}

function address(d: Decoder, f: Ids, at: number, role: Role): void {
  d.range(f[`wlan.${role}`], at, at + 6)
  d.generatedValue(f[`wlan.${role}_resolved` as 'wlan.ra_resolved'], etherText(d.bytes, at), at, at + 6)
}

function controlFrame(d: Decoder, f: Ids, kind: number): void {
  if (d.left <= 0) return
  const one = d.at
  d.skip(6)
  setAddress(d.packet.destination, 'ether', d.bytes, one)
  address(d, f, one, kind === POWER_SAVE_POLL ? 'bssid' : 'ra')
  address(d, f, one, 'addr')
  if (!TWO_ADDRESSES.has(kind)) return
  d.skip(6)
  setAddress(d.packet.source, 'ether', d.bytes, one + 6)
  address(d, f, one + 6, 'ta')
  address(d, f, one + 6, 'addr')
}

function sequenceRows(d: Decoder, f: Ids, at: number, sequence: number): void {
  d.bits(f['wlan.frag'], at, at + 2, sequence)
  d.bits(f['wlan.seq'], at, at + 2, sequence)
}

/** The check sequence behind the frame, where it was captured. */
function checkSequence(d: Decoder, f: Ids, at: number): void {
  if (at < 0 || at + 4 > d.bytes.length) return
  d.add(f['wlan.fcs'], at, at + 4, d.peek32le(at))
  d.generated(f['wlan.fcs.status'], 2, at)
}

function qualityOfService(d: Decoder, f: Ids): number {
  const at = d.at,
    control = d.u16le(f['wlan.qos']),
    outer = d.enter()
  d.bits(f['wlan.qos.tid'], at, at + 2, control)
  d.bits(f['wlan.qos.ack'], at, at + 2, control)
  d.bits(f['wlan.qos.amsdupresent'], at, at + 2, control)
  d.leave(outer)
  return control
}

/** The parameters in front of an encrypted body (12.3.2 WEP, 12.5.2 TKIP, 12.5.3 CCMP); the body is data. */
function encrypted(d: Decoder, f: Ids): void {
  const at = d.at,
    first = d.peek8(at),
    second = d.peek8(at + 1),
    third = d.peek8(at + 2),
    key = d.peek8(at + 3)
  d.require(4)
  const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0')
  let end = d.end
  if (key & 0x20) {
    d.require(8)
    const high = hex(d.peek32le(at + 4), 8)
    if (second === ((first | 0x20) & 0x7f)) parameters('TKIP parameters', f['wlan.tkip.extiv'], `0x${high}${hex((first << 8) | third, 4)}`)
    else if (third === 0) parameters('CCMP parameters', f['wlan.ccmp.extiv'], `0x${high}${hex((second << 8) | first, 4)}`)
    d.at = at + 8
  } else {
    d.note(at, at + 4, 'WEP parameters')
    const outer = d.enter()
    d.u24(f['wlan.wep.iv'])
    d.add(f['wlan.wep.key'], at + 3, at + 4, key >> 6)
    d.skip(1)
    if (d.left >= 4 && d.has(d.left)) {
      end -= 4
      d.add(f['wlan.wep.icv'], end, end + 4, d.peek32(end))
    }
    d.leave(outer)
  }
  d.layerEnds(d.at)
  d.data(d.at, end)

  function parameters(title: string, field: FieldId<'string'>, text: string): void {
    d.note(at, at + 8, title)
    const outer = d.enter()
    d.value(field, at, at + 8, text)
    d.add(f['wlan.wep.key'], at + 3, at + 4, key >> 6)
    d.leave(outer)
  }
}

/** Aggregated MSDUs: each with addresses and length of its own, at multiples of four octets (9.3.2.2). */
function subframes(d: Decoder, f: Ids): void {
  while (d.left >= 14) {
    const at = d.at,
      length = d.peek16(at + 12)
    d.note(at, at + 14, 'Aggregated MSDU')
    const outer = d.enter()
    d.skip(14)
    address(d, f, at, 'da')
    address(d, f, at + 6, 'sa')
    d.leave(outer)
    const end = Math.min(d.end, d.at + length)
    if (!d.next('wlan.data', 'llc', d.at, end)) d.data(d.at, end)
    d.at = Math.min(d.end, at + Math.ceil((14 + length) / 4) * 4)
  }
}
