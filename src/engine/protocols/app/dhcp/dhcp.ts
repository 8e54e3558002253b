// Dynamic Host Configuration Protocol (RFC 2131) and BOOTP (RFC 951): the fixed header, options (RFC 2132) and option overload.
// Not covered: cable and telephone vendors' options, which show as bytes; options split over several of their kind (RFC 3396).
import { etherText, hex } from '../../../bytes/text'
import { defineProtocol } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import { DHCP_MESSAGES } from '../../../values/dhcp'
import { DHCP_FIELDS } from './fields'
import type { DhcpFields } from './fields'
import { options, scanOptions } from './options'
import type { Found } from './options'

const REQUEST = 1
const ETHERNET = 1,
  IEEE_802 = 6
const MAGIC_COOKIE = 0x63825363
/** Lengths of the fixed fields, and the vendor area of BOOTP without options (RFC 951). */
const HARDWARE_FIELD = 16,
  NAME_FIELD = 64,
  FILE_FIELD = 128,
  VENDOR_AREA = 64
const PROXY_PORT = 4011
/** Overload: options in the boot file name (1), in the server name (2), in both (3). */
const IN_FILE = 1,
  IN_NAME = 2

export const dhcp = defineProtocol({
  name: 'dhcp',
  title: 'Dynamic Host Configuration Protocol',
  short: 'DHCP/BOOTP',
  accepts: { 'udp.port': [67, 68, PROXY_PORT] },
  firstVisit: 'none',
  fields: DHCP_FIELDS,
  decode(d, f) {
    d.setProtocol('BOOTP')
    if (d.summary) d.setInfo('')
    const start = d.at
    d.require(3)
    if (d.summary) summarizeBootp(d, start)
    const found = scanOptions(d, start)
    if (d.summary && found.type >= 0) summarize(d, start, found.type)
    if (d.labels && found.type >= 0) d.appendLabel(` (${messageName(found.type)})`, d.layerNode)
    header(d, f, start, found)
    vendorArea(d, f, start, found)
  },
})

function messageName(type: number): string {
  return DHCP_MESSAGES[type] ?? `Unknown Message Type (0x${type.toString(16).padStart(2, '0')})`
}

function summarizeBootp(d: Decoder, start: number): void {
  const length = d.peek8(start + 2),
    at = start + 28,
    isEther = isEthernet(d.peek8(start + 1), length)
  if (d.peek8(start) !== REQUEST) d.setInfo('Boot Reply')
  else if (d.has(HARDWARE_FIELD, at)) {
    const address = isEther ? etherText(d.bytes, at) : hex(d.bytes, '', at, at + Math.min(length, HARDWARE_FIELD))
    d.setInfo(`Boot Request from ${address}${isEther ? ` (${address})` : ''}`)
  }
}

function summarize(d: Decoder, start: number, type: number): void {
  d.setProtocol('DHCP')
  const isProxy = d.packet.sourcePort === PROXY_PORT || d.packet.destinationPort === PROXY_PORT,
    xid = d
      .peek32(start + 4)
      .toString(16)
      .padStart(8, '0')
  d.setInfo(`${isProxy ? 'proxyDHCP' : 'DHCP'} ${messageName(type).padEnd(8)} - Transaction ID 0x${xid}`)
}

function isEthernet(hardware: number, length: number): boolean {
  return (hardware === ETHERNET || hardware === IEEE_802) && length === 6
}

function header(d: Decoder, f: DhcpFields, start: number, found: Found): void {
  d.u8(f['dhcp.type'])
  const hardware = d.u8(f['dhcp.hw.type']),
    length = d.u8(f['dhcp.hw.len'])
  d.u8(f['dhcp.hops'])
  d.u32(f['dhcp.id'])
  seconds(d, f)
  flags(d, f)
  d.span(f['dhcp.ip.client'], 4)
  d.span(f['dhcp.ip.your'], 4)
  d.span(f['dhcp.ip.server'], 4)
  d.span(f['dhcp.ip.relay'], 4)
  hardwareAddress(d, f, hardware, length)
  const isNameOptions = (found.overload & IN_NAME) !== 0,
    isFileOptions = (found.overload & IN_FILE) !== 0
  name(d, f, isNameOptions ? f['dhcp.server_name_overloaded_by_dhcp'] : undefined)
  file(d, f, isFileOptions ? f['dhcp.boot_filename_overloaded_by_dhcp'] : undefined)
  if (start + 236 !== d.at) d.malformed()
}

/** Some clients write the seconds with the low byte first; a high byte alone is taken for that. */
function seconds(d: Decoder, f: DhcpFields): void {
  const { at } = d
  d.skip(2)
  const value = d.peek16(at),
    isSwapped = value !== 0 && (value & 0xff) === 0
  d.add(f['dhcp.secs'], at, at + 2, isSwapped ? value >> 8 : value)
  if (isSwapped) d.expert(f['dhcp.secs_le'], at, at + 2, '', d.last)
}

function flags(d: Decoder, f: DhcpFields): void {
  const { at } = d,
    value = d.u16(f['dhcp.flags']),
    isBroadcast = (value & 0x8000) !== 0
  if (d.labels) d.appendLabel(isBroadcast ? ', Broadcast flag (Broadcast)' : ' (Unicast)')
  const outer = d.enter()
  d.bits(f['dhcp.flags.bc'], at, at + 2, value)
  d.bits(f['dhcp.flags.reserved'], at, at + 2, value)
  d.leave(outer)
}

function hardwareAddress(d: Decoder, f: DhcpFields, hardware: number, length: number): void {
  const { at } = d
  if (length === 0 || length > HARDWARE_FIELD) {
    d.skip(HARDWARE_FIELD)
    d.note(at, d.at, 'Client address not given')
    d.expert(f['dhcp.client_address_not_given'], at, d.at, '', d.last)
    return
  }
  d.span(isEthernet(hardware, length) ? f['dhcp.hw.mac_addr'] : f['dhcp.hw.addr'], length)
  if (length < HARDWARE_FIELD) d.span(f['dhcp.hw.addr_padding'], HARDWARE_FIELD - length)
}

function name(d: Decoder, f: DhcpFields, overloaded: DhcpFields['dhcp.server_name_overloaded_by_dhcp'] | undefined): void {
  const { at } = d
  d.span(f['dhcp.server'], NAME_FIELD)
  fixedText(d, at, 'Server host name not given', 'Server name option overloaded by DHCP', overloaded)
}
function file(d: Decoder, f: DhcpFields, overloaded: DhcpFields['dhcp.boot_filename_overloaded_by_dhcp'] | undefined): void {
  const { at } = d
  d.span(f['dhcp.file'], FILE_FIELD)
  fixedText(d, at, 'Boot file name not given', 'Boot file name option overloaded by DHCP', overloaded)
}
/** The last row's text ends with a NUL; without text, or with options in its place, the row says so. */
function fixedText(
  d: Decoder,
  at: number,
  missing: string,
  overload: string,
  overloaded: DhcpFields['dhcp.server_name_overloaded_by_dhcp'] | undefined,
): void {
  if (overloaded !== undefined) {
    d.tree.setObject(d.last, '')
    if (d.labels) d.label(overload)
    d.expert(overloaded, at, d.at, '', d.last)
    return
  }
  d.ascii()
  if (d.labels && d.peek8(at) === 0) d.label(missing)
}

function vendorArea(d: Decoder, f: DhcpFields, start: number, found: Found): void {
  if (d.left <= 0) d.malformed()
  if (d.peek32() !== MAGIC_COOKIE) {
    d.generated(f['dhcp.bootp'], 1)
    d.span(f['dhcp.vendor_specific_options'], VENDOR_AREA)
    return
  }
  d.span(f['dhcp.cookie'], 4)
  if (d.labels) d.label('Magic cookie: DHCP')
  if (found.type < 0) d.generated(f['dhcp.bootp'], 1)
  const isComplete = options(d, f, d.end, { start, found, isOverload: false })
  if (!isComplete) d.expert(f['dhcp.end_option_missing'], d.at, d.at)
  else if (d.left > 0) d.span(f['dhcp.option.padding'], d.left)
}
