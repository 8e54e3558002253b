// DHCP options (RFC 2132 and later): the list, and the options that hold one kind of value. Options with a structure are in structured.ts.
import { ipv4Text } from '../../../bytes/text'
import type { Decoder, FieldId } from '../../../dissect/define'
import type { FieldSpec, FieldType } from '../../../dissect/field'
import { DHCP_MESSAGES, dhcpOptionName } from '../../../values/dhcp'
import type { DHCP_FIELDS, DhcpFields } from './fields'
import { pxeOptions } from './pxe'
import { structuredOption } from './structured'

type Table = typeof DHCP_FIELDS
type NamesOf<T extends FieldType> = { [K in keyof Table]: Table[K] extends FieldSpec<T> ? K : never }[keyof Table]
type Names<T extends FieldType> = Readonly<Record<number, NamesOf<T>>>

const PAD = 0,
  END = 255,
  VENDOR = 43,
  OVERLOAD = 52,
  MESSAGE_TYPE = 53,
  VENDOR_CLASS = 60
/** Where the server name, the boot file name and the options lie in the message. */
const SERVER_NAME = 44,
  BOOT_FILE = 108,
  COOKIE = 236,
  OPTIONS = 240
/** Bytes behind the cookie in BOOTP's vendor area (RFC 951). */
const BOOTP_OPTIONS = 60

/** What must be known before the options are shown. */
export interface Found {
  /** DHCP message type; -1 for BOOTP. */
  readonly type: number
  /** Bits of the overload option: 1 boot file name, 2 server name. */
  readonly overload: number
  /** Vendor class identifier. */
  readonly vendorClass: string
}

/** Where a list of options stands. */
interface ListContext {
  /** First byte of the message. */
  readonly start: number
  readonly found: Found
  /** Within a fixed field: overload is not followed further. */
  readonly isOverload: boolean
}

/** Looks for the options that decide how the message is named and read; where the capture cuts them, the layer stops, as in tshark. */
export function scanOptions(d: Decoder, start: number): Found {
  const isCut = d.readable < d.end
  // what is longer than BOOTP's vendor area must have options; a shorter message is known to have them only by its cookie
  if (isCut && d.end - start > OPTIONS + BOOTP_OPTIONS) d.require(OPTIONS, start)
  let type = -1,
    overload = 0,
    vendorClass = ''
  if (!d.has(4, start + COOKIE) || d.peek32(start + COOKIE) !== 0x63825363) return { type, overload, vendorClass }
  const scan = (from: number, to: number) => {
    for (let at = from; at < to;) {
      const code = d.peek8(at)
      if (code === END) return
      if (code === PAD) {
        at++
        continue
      }
      if (isCut) d.require(2, at)
      const length = d.peek8(at + 1)
      if (isCut) d.require(length, at + 2)
      if (at + 2 + length > to) return
      if (code === MESSAGE_TYPE && length > 0 && type < 0) type = d.peek8(at + 2)
      else if (code === OVERLOAD && length > 0) overload = d.peek8(at + 2) <= 3 ? d.peek8(at + 2) : 0
      else if (code === VENDOR_CLASS) vendorClass = d.latin1(at + 2, at + 2 + length)
      at += 2 + length
    }
  }
  scan(start + OPTIONS, d.end)
  if (overload & 1) scan(start + BOOT_FILE, start + COOKIE)
  if (overload & 2) scan(start + SERVER_NAME, start + BOOT_FILE)
  return { type, overload, vendorClass }
}

/** Reads options from d.at to `end`; whether the end option was there. The cursor is left behind it. */
export function options(d: Decoder, f: DhcpFields, end: number, context: ListContext): boolean {
  while (d.at < end) {
    const code = d.peek8()
    d.require(1)
    if (code === PAD) padding(d, f, end)
    else if (code === END) {
      d.add(f['dhcp.option.type'], d.at, d.at + 1, 0)
      if (d.labels) d.label('Option: (255) End')
      const outer = d.enter()
      d.u8(f['dhcp.option.end'])
      d.leave(outer)
      return true
    } else option(d, f, code, context)
  }
  return false
}

/** Zeros between options are one row. */
function padding(d: Decoder, f: DhcpFields, end: number): void {
  const start = d.at,
    stop = Math.min(end, d.readable)
  let at = start
  while (at < stop && d.peek8(at) === PAD) at++
  d.add(f['dhcp.option.type'], start, start + 1, PAD)
  if (d.labels) d.label('Option: (0) Padding')
  const outer = d.enter()
  d.span(f['dhcp.option.padding'], at - start)
  d.leave(outer)
}

function option(d: Decoder, f: DhcpFields, code: number, context: ListContext): void {
  const start = d.at
  d.u8(f['dhcp.option.type'])
  const heading = d.last
  if (d.labels) d.label(`Option: (${code}) ${dhcpOptionName(code)}`)
  const outer = d.enter(),
    length = d.u8(f['dhcp.option.length']),
    at = d.at,
    end = at + length
  d.tree.setEnd(heading, Math.min(end, d.readable))
  d.require(length)
  d.range(f['dhcp.option.value'], at, end)
  const value = d.last
  let isShown = true
  if (code === OVERLOAD) overload(d, f, length, context)
  else if (code === VENDOR && context.found.vendorClass.startsWith('PXEClient')) {
    if (d.labels) d.appendLabel(' (PXEClient)', heading)
    pxeOptions(d, f, end)
  } else {
    const kind = simpleOption(d, f, code, end, heading)
    if (kind === 'bad') d.expert(f['dhcp.bad_length'], at, end)
    isShown = kind === 'done' || (kind === 'unknown' && structuredOption(d, f, code, end))
  }
  // the bytes have a row only where nothing else shows them
  if (isShown && length > 0) d.hide(value)
  d.at = start
  d.skip(2 + length)
  d.leave(outer)
}

/** Options in the place of the server name or the boot file name. */
function overload(d: Decoder, f: DhcpFields, length: number, context: ListContext): void {
  if (length < 1) {
    d.expert(f['dhcp.bad_length'], d.at, d.at)
    return
  }
  const value = d.u8(f['dhcp.option.option_overload']),
    { start, isOverload } = context
  if (isOverload || value > 3) return
  const inside = (title: string, from: number, to: number, missing: FieldId<'expert'>) => {
    d.at = from
    d.note(from, to, title)
    const outer = d.enter()
    if (!options(d, f, to, { ...context, isOverload: true })) d.expert(missing, from, to)
    d.leave(outer)
  }
  if (value & 2)
    inside('Server host name option overload', start + SERVER_NAME, start + BOOT_FILE, f['dhcp.option.option_overload.sname_end_missing'])
  if (value & 1)
    inside('Boot file name option overload', start + BOOT_FILE, start + COOKIE, f['dhcp.option.option_overload.file_end_missing'])
}

/** One address; its heading shows it. */
const ADDRESS: Names<'ipv4'> = {
  1: 'dhcp.option.subnet_mask',
  16: 'dhcp.option.swap_server',
  28: 'dhcp.option.broadcast_address',
  32: 'dhcp.option.router_solicitation_address',
  50: 'dhcp.option.requested_ip_address',
  54: 'dhcp.option.dhcp_server_id',
}
/** One or more addresses. */
const ADDRESSES: Names<'ipv4'> = {
  3: 'dhcp.option.router',
  4: 'dhcp.option.time_server',
  5: 'dhcp.option.name_server',
  6: 'dhcp.option.domain_name_server',
  7: 'dhcp.option.log_server',
  8: 'dhcp.option.quotes_server',
  9: 'dhcp.option.lpr_server',
  10: 'dhcp.option.impress_server',
  11: 'dhcp.option.resource_location_server',
  41: 'dhcp.option.nis_server',
  42: 'dhcp.option.ntp_server',
  44: 'dhcp.option.netbios_over_tcpip_name_server',
  45: 'dhcp.option.netbios_over_tcpip_dd_name_server',
  48: 'dhcp.option.xwindows_system_font_server',
  49: 'dhcp.option.xwindows_system_display_manager',
  65: 'dhcp.option.nis_plus_server',
  68: 'dhcp.option.mobile_ip_home_agent',
  69: 'dhcp.option.smtp_server',
  70: 'dhcp.option.pop3_server',
  71: 'dhcp.option.nntp_server',
  72: 'dhcp.option.default_www_server',
  73: 'dhcp.option.default_finger_server',
  74: 'dhcp.option.default_irc_server',
  75: 'dhcp.option.streettalk_server',
  76: 'dhcp.option.streettalk_da_server',
  85: 'dhcp.option.novell_dss.ip',
  92: 'dhcp.option.associated_ip_option',
  112: 'dhcp.option.netinfo_parent_server_address',
  118: 'dhcp.option.subnet_selection_option',
  136: 'dhcp.option.pana_agent',
  138: 'dhcp.option.capwap_access_controller',
  142: 'dhcp.option.andsf_server',
  150: 'dhcp.option.tftp_server_address',
}
const TEXT: Names<'string'> = {
  12: 'dhcp.option.hostname',
  14: 'dhcp.option.merit_dump_file',
  15: 'dhcp.option.domain_name',
  17: 'dhcp.option.root_path',
  18: 'dhcp.option.extension_path',
  40: 'dhcp.option.nis_domain',
  47: 'dhcp.option.netbios_over_tcpip_scope',
  56: 'dhcp.option.message',
  60: 'dhcp.option.vendor_class_id',
  64: 'dhcp.option.nis_plus_domain',
  66: 'dhcp.option.tftp_server_name',
  67: 'dhcp.option.bootfile_name',
  86: 'dhcp.option.novell_ds_tree_name',
  87: 'dhcp.option.novell_ds_context',
  100: 'dhcp.option.tz_pcode',
  101: 'dhcp.option.tz_tcode',
  113: 'dhcp.option.netinfo_parent_server_tag',
  114: 'dhcp.option.captive_portal',
  137: 'dhcp.option.lost_server_domain_name',
  160: 'dhcp.option.captive_portal',
  161: 'dhcp.option.mudurl',
  209: 'dhcp.option.pxe_config_file',
  210: 'dhcp.option.pxe_path_prefix',
  252: 'dhcp.option.private_proxy_autodiscovery',
}
const FLAG: Names<'bool'> = {
  19: 'dhcp.option.ip_forwarding',
  20: 'dhcp.option.non_local_source_routing',
  27: 'dhcp.option.all_subnets_are_local',
  29: 'dhcp.option.perform_mask_discovery',
  30: 'dhcp.option.mask_supplier',
  31: 'dhcp.option.perform_router_discover',
  34: 'dhcp.option.trailer_encapsulation',
  36: 'dhcp.option.ethernet_encapsulation',
  39: 'dhcp.option.tcp_keepalive_garbage',
}
const BYTE: Names<'u8'> = {
  23: 'dhcp.option.default_ip_ttl',
  37: 'dhcp.option.tcp_default_ttl',
  46: 'dhcp.option.netbios_over_tcpip_node_type',
  116: 'dhcp.option.dhcp_auto_configuration',
}
const BYTES: Names<'u8'> = {
  55: 'dhcp.option.request_list_item',
  145: 'dhcp.option.forcerenew_nonce.algorithm',
}
const SHORT: Names<'u16'> = {
  13: 'dhcp.option.boot_file_size',
  22: 'dhcp.option.max_datagram_reassembly_size',
  26: 'dhcp.option.interface_mtu',
  57: 'dhcp.option.dhcp_max_message_size',
}
const SHORTS: Names<'u16'> = {
  25: 'dhcp.option.path_mtu_plateau_table_item',
  93: 'dhcp.option.client_system_architecture',
}
const SECONDS: Names<'u32'> = {
  24: 'dhcp.option.path_mtu_aging_timeout',
  35: 'dhcp.option.arp_cache_timeout',
  38: 'dhcp.option.tcp_keepalive_interval',
  51: 'dhcp.option.ip_address_lease_time',
  58: 'dhcp.option.renewal_time_value',
  59: 'dhcp.option.rebinding_time_value',
  91: 'dhcp.option.client_last_transaction_time',
  153: 'dhcp.option.bulk_lease.start_time_of_state',
}

/** Reads an option that holds values of one kind; 'bad' where its length does not fit, 'unknown' where it is not such an option. */
function simpleOption(d: Decoder, f: DhcpFields, code: number, end: number, heading: number): 'done' | 'bad' | 'unknown' {
  const length = end - d.at
  const isMany = (size: number) => length >= size && length % size === 0
  const text = TEXT[code]
  if (text) {
    d.span(f[text], length)
    d.ascii()
    return 'done'
  }
  const address = ADDRESS[code]
  if (address) {
    if (length !== 4) return 'bad'
    if (d.labels) d.appendLabel(` (${ipv4Text(d.bytes, d.at)})`, heading)
    d.span(f[address], 4)
    return 'done'
  }
  const addresses = ADDRESSES[code]
  if (addresses) {
    if (length === 0) return 'done'
    if (!isMany(4)) return 'bad'
    while (d.at < end) d.span(f[addresses], 4)
    return 'done'
  }
  const flag = FLAG[code] ?? BYTE[code]
  if (flag) {
    if (length !== 1) return 'bad'
    d.u8(f[flag])
    return 'done'
  }
  const bytes = BYTES[code]
  if (bytes) {
    while (d.at < end) d.u8(f[bytes])
    return 'done'
  }
  const short = SHORT[code],
    shorts = SHORTS[code] ?? short
  if (shorts) {
    if (short ? length !== 2 : !isMany(2)) return 'bad'
    while (d.at < end) d.u16(f[shorts])
    return 'done'
  }
  const seconds = SECONDS[code]
  if (seconds) {
    if (length !== 4) return 'bad'
    d.u32(f[seconds])
    return 'done'
  }
  if (code !== MESSAGE_TYPE) return 'unknown'
  const type = d.u8(f['dhcp.option.dhcp'])
  if (d.labels) d.appendLabel(` (${DHCP_MESSAGES[type] ?? `Unknown Message Type (0x${type.toString(16).padStart(2, '0')})`})`, heading)
  return 'done'
}
