// DHCP options with a structure of their own: client identifiers, names, routes, relays and vendors.
import { etherText, hex, ipv4Text } from '../../../bytes/text'
import type { Decoder } from '../../../dissect/define'
import { readName } from '../../../dissect/domain-name'
import { TR111_PARTS, dhcpOptionName } from '../../../values/dhcp'
import type { DhcpFields } from './fields'
import { relayInformation } from './relay'

/** Enterprise number of the Broadband Forum. */
const BROADBAND_FORUM = 3561
const ETHERNET = 1

/** Reads the option's contents from d.at to `end`; false where the option is not known. */
export function structuredOption(d: Decoder, f: DhcpFields, code: number, end: number): boolean {
  const { at } = d,
    length = end - at
  const bad = () => {
    d.expert(f['dhcp.bad_length'], at, end)
  }
  switch (code) {
    case 2:
      if (length === 4) d.signed(f['dhcp.option.time_offset'], 4)
      else bad()
      return true
    case 21:
      if (length === 0 || length % 8) bad()
      else
        while (d.at < end) {
          d.span(f['dhcp.option.policy_filter.ip'], 4)
          d.span(f['dhcp.option.policy_filter.subnet_mask'], 4)
        }
      return true
    case 33:
      if (length === 0 || length % 8) bad()
      else
        while (d.at < end) {
          d.span(f['dhcp.option.static_route.ip'], 4)
          d.span(f['dhcp.option.static_route.router'], 4)
        }
      return true
    case 61:
      clientIdentifier(d, f, end)
      return true
    case 77:
      userClass(d, f, end)
      return true
    case 78:
      if (length < 1 || (length - 1) % 4) bad()
      else {
        d.u8(f['dhcp.option.slp_directory_agent.value'])
        while (d.at < end) d.span(f['dhcp.option.slp_directory_agent.slpda_address'], 4)
      }
      return true
    case 79:
      if (length < 1) bad()
      else {
        d.u8(f['dhcp.option.slp_service_scope.value'])
        d.span(f['dhcp.option.slp_service_scope.string'], length - 1)
        d.ascii()
      }
      return true
    case 81:
      if (length < 3) bad()
      else clientName(d, f, end)
      return true
    case 82:
      relayInformation(d, f, end)
      return true
    case 90:
      if (length < 11) bad()
      else authentication(d, f, end)
      return true
    case 94: // client network device interface: a type, always 1, and a version
      if (length !== 3) return false
      d.skip(1)
      d.u8(f['dhcp.client_network_id_major'])
      d.u8(f['dhcp.client_network_id_minor'])
      return true
    case 97: // machine identifier: a type, always 0, and a UUID
      if (length !== 17 || d.peek8() !== 0) return false
      d.skip(1)
      uuid(d, f)
      return true
    case 99:
      if (length < 3) bad()
      else civicLocation(d, f, end)
      return true
    case 117:
      nameServices(d, f, end)
      return true
    case 119:
      domains(d, f['dhcp.option.dhcp_dns_domain_search_list_fqdn'], at, end)
      return true
    case 120:
      if (length < 2) bad()
      else sipServers(d, f, end)
      return true
    case 121:
    case 249: // Microsoft's number for the same
      if (length < 5) bad()
      else routes(d, f, end)
      return true
    case 124:
      if (length < 5) bad()
      else vendorClasses(d, f, end)
      return true
    case 125:
      if (length < 5) bad()
      else vendorOptions(d, f, end)
      return true
    case 152:
      if (length === 4) {
        const seconds = d.peek32()
        d.skip(4)
        d.time(f['dhcp.option.bulk_lease.base_time'], seconds, 0, at, end, false)
      } else bad()
      return true
    case 212:
      if (length < 22 || (length - 18) % 4) return false
      d.u8(f['dhcp.option.6RD.ipv4_mask_len'])
      d.u8(f['dhcp.option.6RD.prefix_len'])
      d.span(f['dhcp.option.6RD.prefix'], 16)
      while (d.at < end) d.span(f['dhcp.option.6RD.border_relay_ip'], 4)
      return true
    default:
      return false
  }
}

function uuid(d: Decoder, f: DhcpFields): void {
  d.span(f['dhcp.client_id.uuid'], 16)
  d.littleEndian()
}

/** RFC 2132, 9.14: a hardware address by its type, a DUID with its association (RFC 4361), or whatever the client likes. */
function clientIdentifier(d: Decoder, f: DhcpFields, end: number): void {
  const length = end - d.at,
    type = d.peek8()
  if (length === 0) return
  if (type > 0 && type < 48 && length === 7) {
    d.u8(f['dhcp.hw.type'])
    d.span(f['dhcp.hw.mac_addr'], 6)
  } else if (type === 0 && length === 17) {
    d.skip(1)
    uuid(d, f)
  } else if (type === 255) uniqueIdentifier(d, f, end)
  else if (type === 0 && length > 1) {
    d.u8(f['dhcp.client_id.type'])
    d.span(f['dhcp.client_id.undef'], length - 1)
    d.ascii()
  } else {
    d.u8(f['dhcp.client_id.type'])
    if (length > 1) d.span(f['dhcp.client_id'], length - 1)
  }
}

function uniqueIdentifier(d: Decoder, f: DhcpFields, end: number): void {
  if (end - d.at < 7) {
    d.expert(f['dhcp.malformed.duid'], d.at, end)
    return
  }
  d.skip(1)
  d.text(f['dhcp.client_id.iaid'], 4, hex(d.bytes, '', d.at, d.at + 4))
  const type = d.u16(f['dhcp.client_id.duid_type']),
    left = end - d.at
  if (type === 1 && left >= 6) {
    const hardware = d.u16(f['dhcp.client_id.duid_llt_hw_type'])
    d.u32(f['dhcp.client_id.time'])
    linkAddress(d, f, hardware, end)
  } else if (type === 2 && left >= 4) {
    d.u32(f['dhcp.client_id.enterprise_num'])
    if (d.at < end) d.span(f['dhcp.client_id'], end - d.at)
  } else if (type === 3 && left >= 2) linkAddress(d, f, d.u16(f['dhcp.client_id.duid_ll_hw_type']), end)
  else if (left > 0) d.span(f['dhcp.client_id'], left)
}
function linkAddress(d: Decoder, f: DhcpFields, hardware: number, end: number): void {
  const length = end - d.at
  if (length === 0) return
  d.text(
    f['dhcp.client_id.link_layer_address'],
    length,
    hardware === ETHERNET && length === 6 ? etherText(d.bytes, d.at) : hex(d.bytes, '', d.at, end),
  )
}

/** RFC 3004; clients such as iPXE write plain text instead. */
function userClass(d: Decoder, f: DhcpFields, end: number): void {
  for (let instance = 0; d.at < end; instance++) {
    const { at } = d,
      length = d.peek8()
    if (length === 0 || at + 1 + length > end) {
      d.span(f['dhcp.option.user_class.text'], end - at)
      d.ascii()
      d.expert(f['dhcp.option.nonstd_data'], at, end, '', d.last)
      return
    }
    d.add(f['dhcp.option.user_class'], at, at + 1 + length, instance)
    const outer = d.enter()
    d.u8(f['dhcp.option.user_class.length'])
    d.span(f['dhcp.option.user_class.data'], length)
    d.leave(outer)
  }
}

/** RFC 4702. */
function clientName(d: Decoder, f: DhcpFields, end: number): void {
  const { at } = d,
    flags = d.u8(f['dhcp.fqdn.flags'])
  if (d.labels) {
    const words: string[] = []
    if (flags & 8) words.push('Server DDNS')
    if (flags & 4) words.push('Encoding')
    if (flags & 2) words.push('Server overrides')
    if (flags & 1) words.push('Server')
    if (words.length) d.appendLabel(`, ${words.join(', ')}`)
  }
  const outer = d.enter()
  d.bits(f['dhcp.fqdn.mbz'], at, at + 1, flags)
  d.bits(f['dhcp.fqdn.n'], at, at + 1, flags)
  d.bits(f['dhcp.fqdn.e'], at, at + 1, flags)
  d.bits(f['dhcp.fqdn.o'], at, at + 1, flags)
  d.bits(f['dhcp.fqdn.s'], at, at + 1, flags)
  d.leave(outer)
  d.u8(f['dhcp.fqdn.rcode1'])
  d.u8(f['dhcp.fqdn.rcode2'])
  if (d.at === end) return
  if (flags & 4) domains(d, f['dhcp.fqdn.name'], d.at, end, true)
  else {
    d.span(f['dhcp.fqdn.name'], end - d.at)
    d.ascii()
  }
}

/** Names from d.at to `end`, whose pointers count from `start`. */
function domains(d: Decoder, field: DhcpFields['dhcp.fqdn.name'], start: number, end: number, isOne = false): void {
  const outerEnd = d.end
  d.end = end
  while (d.at < end) {
    const name = readName(d, d.at, start)
    d.value(field, d.at, name.end, name.text)
    d.at = isOne ? end : name.end
  }
  d.end = outerEnd
}

/** RFC 3118. */
function authentication(d: Decoder, f: DhcpFields, end: number): void {
  const DELAYED = 1,
    HMAC_MD5 = 1
  const protocol = d.u8(f['dhcp.option.dhcp_authentication.protocol']),
    algorithm =
      protocol === DELAYED ? d.u8(f['dhcp.option.dhcp_authentication.alg_delay']) : d.u8(f['dhcp.option.dhcp_authentication.algorithm'])
  d.u8(f['dhcp.option.dhcp_authentication.rdm'])
  d.u64(f['dhcp.option.dhcp_authentication.rdm_replay_detection'])
  if (protocol === DELAYED && algorithm === HMAC_MD5 && end - d.at >= 20) {
    d.u32(f['dhcp.option.dhcp_authentication.secret_id'])
    d.span(f['dhcp.option.dhcp_authentication.hmac_md5_hash'], 16)
  } else if (d.at < end) {
    d.span(f['dhcp.option.dhcp_authentication.information'], end - d.at)
    d.ascii()
  }
}

/** RFC 4776. */
function civicLocation(d: Decoder, f: DhcpFields, end: number): void {
  d.u8(f['dhcp.option.civic_location.what'])
  d.span(f['dhcp.option.civic_location.country'], 2)
  d.ascii()
  while (end - d.at >= 2) {
    d.u8(f['dhcp.option.civic_location.ca_type'])
    const length = d.u8(f['dhcp.option.civic_location.ca_length'])
    if (d.at + length > end) return
    if (length === 0) continue
    d.span(f['dhcp.option.civic_location.ca_value'], length)
    d.ascii()
  }
}

/** RFC 2937: option codes of the name services in the order in which to ask them. */
function nameServices(d: Decoder, f: DhcpFields, end: number): void {
  const KNOWN: Readonly<Record<number, string>> = {
    0: 'Local naming information',
    6: 'Domain Name Server Option',
    41: 'Network Information Servers Option',
    44: 'NetBIOS Over TCP/IP Name Server Option',
    65: 'Network Information Service+ Servers Option',
  }
  while (end - d.at >= 2) {
    const { at } = d,
      code = d.peek16(),
      name = KNOWN[code]
    if (name === undefined) {
      d.skip(2)
      d.expert(f['dhcp.option.dhcp_name_service.invalid'], at, at + 2, `Option ${code} (${dhcpOptionName(code)}) is not a name service`)
    } else d.text(f['dhcp.option.dhcp_name_service_search_option'], 2, name)
  }
}

/** RFC 3361. */
function sipServers(d: Decoder, f: DhcpFields, end: number): void {
  const encoding = d.u8(f['dhcp.option.sip_server.encoding'])
  if (encoding === 0) domains(d, f['dhcp.option.sip_server.name'], d.at, end)
  else if (encoding === 1 && (end - d.at) % 4 === 0) while (d.at < end) d.span(f['dhcp.option.sip_server.address'], 4)
  else d.expert(encoding === 1 ? f['dhcp.bad_length'] : f['dhcp.option.sip_server_address.encoding'], d.at, end)
}

/** RFC 3442: the width of a mask, as many bytes of the destination as it covers, the router. */
function routes(d: Decoder, f: DhcpFields, end: number): void {
  while (d.at < end) {
    const { at } = d,
      width = d.peek8(),
      octets = (width + 7) >> 3
    if (width > 32 || at + 1 + octets + 4 > end) {
      d.expert(f['dhcp.option.classless_static.route'], at, end)
      return
    }
    d.span(f['dhcp.option.classless_static_route'], 5 + octets)
    if (d.labels) {
      const destination = new Uint8Array(4)
      destination.set(d.slice(at + 1, at + 1 + octets))
      d.label(`${width === 0 ? ' default' : ` ${ipv4Text(destination)}/${width}`}-${ipv4Text(d.bytes, at + 1 + octets)}`)
    }
  }
}

/** RFC 3925, 3. */
function vendorClasses(d: Decoder, f: DhcpFields, end: number): void {
  while (end - d.at >= 5) {
    d.u32(f['dhcp.option.vi_class.enterprise'])
    const length = Math.min(d.u8(f['dhcp.option.vi_class.length']), end - d.at)
    if (length === 0) continue
    d.span(f['dhcp.option.vi_class.data'], length)
    d.ascii()
  }
}

/** RFC 3925, 4. */
function vendorOptions(d: Decoder, f: DhcpFields, end: number): void {
  while (end - d.at >= 5) {
    const enterprise = d.u32(f['dhcp.option.vi.enterprise']),
      outer = d.enter(),
      length = d.u8(f['dhcp.option.vi.length']),
      stop = Math.min(d.at + length, end)
    while (stop - d.at >= 2) if (!vendorPart(d, f, enterprise, stop)) break
    d.at = stop
    d.leave(outer)
  }
}

function vendorPart(d: Decoder, f: DhcpFields, enterprise: number, end: number): boolean {
  const isForum = enterprise === BROADBAND_FORUM,
    code = isForum ? d.u8(f['dhcp.option.vi.tr111.suboption']) : d.u8(f['dhcp.vendor.suboption'])
  if (d.labels && isForum) d.label(`Option 125 Suboption: (${code}) ${TR111_PARTS[code] ?? 'Unknown'}`)
  const outer = d.enter(),
    length = d.u8(f['dhcp.option.suboption_length']),
    { at } = d,
    isWhole = at + length <= end
  if (!isWhole) d.expert(f['dhcp.missing_subopt_value'], at, end)
  else if (isForum) {
    d.range(f['dhcp.option.vi.value'], at, at + length)
    const field = forumField(f, code)
    if (field === undefined) d.skip(length)
    else {
      d.hide()
      d.span(field, length)
      d.ascii()
    }
  } else d.span(f['dhcp.vendor.data'], length)
  d.leave(outer)
  return isWhole
}
function forumField(f: DhcpFields, code: number): DhcpFields['dhcp.option.vi.tr111.gateway_product_class'] | undefined {
  switch (code) {
    case 2:
      return f['dhcp.option.vi.tr111.device_serial_number']
    case 3:
      return f['dhcp.option.vi.tr111.device_product_class']
    case 4:
      return f['dhcp.option.vi.tr111.gateway_manufacturer_oui']
    case 5:
      return f['dhcp.option.vi.tr111.gateway_serial_number']
    case 6:
      return f['dhcp.option.vi.tr111.gateway_product_class']
    default:
      return undefined
  }
}
