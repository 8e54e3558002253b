// Contents of DHCPv6 options, by option code.
import { etherText, hex, ipv6Text } from '../../../bytes/text'
import type { Decoder, FieldId } from '../../../dissect/define'
import { NTP_SERVER_OPTIONS } from '../../../values/dhcpv6'
import { clientFqdn } from './client-fqdn'
import type { Dhcpv6Fields } from './fields'
import { domainNames } from './names'

/** What an option is part of. */
export interface OptionContext {
  /** Type of the message. */
  readonly type: number
  /** Messages and options around it. */
  readonly depth: number
}

/** Seconds from 1970 to 2000, from when a DUID's time counts (RFC 8415, 11.2). */
const YEAR_2000 = 946_684_800
const ETHERNET = 1,
  IEEE_802 = 6

/** Reads an option's contents from d.at to `end`; `nested` reads the options inside it from a position on. What is not known is left unread. */
export function optionContents(
  d: Decoder,
  f: Dhcpv6Fields,
  code: number,
  end: number,
  context: OptionContext,
  nested: (at: number) => void,
): void {
  const length = end - d.at
  const text = (field: FieldId<'string'>) => {
    if (length > 0) d.span(field, length)
  }
  const names = (title: string, field: FieldId<'string'>) => {
    if (length === 0) return
    d.note(d.at, end, title)
    const outer = d.enter()
    domainNames(d, f, field, end)
    d.leave(outer)
  }
  const at = d.at
  /** Whether the contents have the bytes that their fixed part needs. */
  const has = (bytes: number, isExact = false): boolean => {
    if (isExact ? length === bytes : length >= bytes) return true
    d.expert(f['dhcpv6.malformed_option'], at, end)
    return false
  }
  switch (code) {
    case 1: // client identifier
      if (d.summary && length > 0) d.appendInfo(`CID: ${hex(d.bytes, '', at, Math.min(end, d.readable))} `)
      duid(d, f, end)
      break
    case 2: // server identifier
    case 53: // relay identifier
      duid(d, f, end)
      break
    case 3: // IA for non-temporary addresses
    case 25: // IA for prefix delegation
      if (!has(12)) break
      identity(d, f['dhcpv6.iaid'])
      d.u32(f['dhcpv6.iaid.t1'])
      d.u32(f['dhcpv6.iaid.t2'])
      nested(d.at)
      break
    case 4: // IA for temporary addresses
      if (!has(4)) break
      identity(d, f['dhcpv6.iata'])
      nested(d.at)
      break
    case 5: // IA address
      if (!has(24)) break
      if (d.summary) d.appendInfo(`IAA: ${ipv6Text(d.bytes, at)} `)
      d.span(f['dhcpv6.iaaddr.ip'], 16)
      d.u32(f['dhcpv6.iaaddr.pref_lifetime'])
      d.u32(f['dhcpv6.iaaddr.valid_lifetime'])
      nested(d.at)
      break
    case 26: // IA prefix
      if (!has(25)) break
      d.u32(f['dhcpv6.iaprefix.pref_lifetime'])
      d.u32(f['dhcpv6.iaprefix.valid_lifetime'])
      d.u8(f['dhcpv6.iaprefix.pref_len'])
      d.span(f['dhcpv6.iaprefix.pref_addr'], 16)
      nested(d.at)
      break
    case 67: // prefix exclude (RFC 6603)
      if (!has(2)) break
      d.u8(f['dhcpv6.pd_exclude.pref_len'])
      d.span(f['dhcpv6.pd_exclude.subnet_id'], length - 1)
      break
    case 6: // option request
    case 43: // echo request (RFC 4994)
      while (end - d.at >= 2) d.u16(f['dhcpv6.requested_option_code'])
      break
    case 7:
      if (has(1, true)) d.u8(f['dhcpv6.option_preference'])
      break
    case 8:
      if (!has(2, true)) break
      d.skip(2)
      // the value counts hundredths of a second; tshark's is in milliseconds
      d.add(f['dhcpv6.elapsed_time'], at, end, d.peek16(at) * 10)
      break
    case 11:
      if (has(11)) authentication(d, f, end)
      break
    case 12:
      if (has(16, true)) d.span(f['dhcpv6.unicast'], 16)
      break
    case 13:
      if (!has(2)) break
      d.u16(f['dhcpv6.status_code'])
      if (length > 2) d.span(f['dhcpv6.status_msg'], length - 2)
      break
    case 15:
      userClasses(d, f, end)
      break
    case 16: // vendor class
      if (!has(4)) break
      d.u32(f['dhcpv6.vendorclass.enterprise'])
      while (end - d.at >= 2) {
        const size = Math.min(d.peek16(), end - d.at - 2)
        d.skip(2)
        d.span(f['dhcpv6.vendorclass.data'], size)
      }
      break
    case 17:
      if (has(4)) vendorOptions(d, f, end)
      break
    case 18:
      if (has(1)) d.span(f['dhcpv6.interface_id'], length)
      break
    case 19:
      if (has(1, true)) d.u8(f['dhcpv6.reconf_msg'])
      break
    case 21:
      names('SIP Servers Domain Search List', f['dhcpv6.sip_server_domain_search_fqdn'])
      break
    case 22:
      addresses(d, f, f['dhcpv6.sip_server_a'], end, false)
      break
    case 23:
      addresses(d, f, f['dhcpv6.dns_server'], end, true)
      break
    case 24:
      names('Domain name suffix search list', f['dhcpv6.search_list_entry'])
      break
    case 27:
      addresses(d, f, f['dhcpv6.nis_server'], end, false)
      break
    case 28:
      addresses(d, f, f['dhcpv6.nisp_server'], end, false)
      break
    case 29:
      names('nis-domain-name', f['dhcpv6.nis_fqdn'])
      break
    case 30:
      names('nisp-domain-name', f['dhcpv6.nisp_fqdn'])
      break
    case 31:
      addresses(d, f, f['dhcpv6.sntp_server'], end, true)
      break
    case 32:
      if (has(4, true)) d.u32(f['dhcpv6.lifetime'])
      break
    case 33:
      names('BCMCS Servers Domain Search List', f['dhcpv6.bcmcs_server_fqdn'])
      break
    case 34:
      addresses(d, f, f['dhcpv6.bcmcs_server_a'], end, false)
      break
    case 37: // remote identifier (RFC 4649)
      if (!has(4)) break
      d.u32(f['dhcpv6.remoteid.enterprise'])
      if (length > 4) d.span(f['dhcpv6.remoteid_enterprise_id'], length - 4)
      break
    case 38:
      text(f['dhcpv6.subscriber_id'])
      break
    case 39:
      if (has(1)) clientFqdn(d, f, end, context.type)
      break
    case 40:
      addresses(d, f, f['dhcpv6.pana_agent'], end, false)
      break
    case 41:
      text(f['dhcpv6.timezone'])
      break
    case 42:
      text(f['dhcpv6.tzdb'])
      break
    case 44: // lease query
      if (!has(17)) break
      d.u8(f['dhcpv6.lq_query'])
      d.span(f['dhcpv6.lq_query_link_address'], 16)
      nested(d.at)
      break
    case 45: // client data of a lease query
    case 66: // relay-supplied options (RFC 6422)
      nested(d.at)
      break
    case 46:
      if (has(4, true)) d.u32(f['dhcpv6.clt_time'])
      break
    case 47:
      if (!has(16)) break
      d.span(f['dhcpv6.lq_relay_data_peer_addr'], 16)
      if (length > 16) d.span(f['dhcpv6.lq_relay_data_msg'], length - 16)
      break
    case 48:
      addresses(d, f, f['dhcpv6.lq_client_link'], end, false)
      break
    case 52:
      addresses(d, f, f['dhcpv6.capwap_ac_v6'], end, false)
      break
    case 56:
      ntpServers(d, f, end)
      break
    case 64:
      domainNames(d, f, f['dhcpv6.aftr_name'], end)
      break
    case 103:
      text(f['dhcpv6.captive_portal'])
      break
    case 112:
      text(f['dhcpv6.mudurl'])
      break
    case 135:
      if (has(2, true)) d.u16(f['dhcpv6.relay_port'])
      break
    case 165:
      if (has(16, true)) d.span(f['dhcpv6.mip6_home_agent'], 16)
      break
    case 166:
      if (has(16, true)) d.span(f['dhcpv6.mip6_home_address'], 16)
      break
    default:
  }
}

/** Four bytes that tell one identity association of a client from others, shown as hexadecimal. */
function identity(d: Decoder, field: FieldId<'string'>): void {
  d.require(4)
  d.text(field, 4, hex(d.bytes, '', d.at, d.at + 4))
}

function addresses(d: Decoder, f: Dhcpv6Fields, field: FieldId<'ipv6'>, end: number, isNumbered: boolean): void {
  if ((end - d.at) % 16 !== 0 || end === d.at) {
    d.expert(f['dhcpv6.malformed_option'], d.at, end)
    return
  }
  for (let number = 1; d.at < end; number++) {
    d.span(field, 16)
    if (d.labels && isNumbered) {
      const kind = field === f['dhcpv6.dns_server'] ? 'DNS' : 'SNTP'
      d.label(` ${number} ${kind} server address: ${ipv6Text(d.bytes, d.at - 16)}`)
    }
  }
}

/** Unique identifier of a client or server (RFC 8415, 11; RFC 6355). */
function duid(d: Decoder, f: Dhcpv6Fields, end: number): void {
  const length = end - d.at
  if (length < 2) {
    d.expert(f['dhcpv6.malformed_option'], d.at, end)
    return
  }
  d.require(length)
  d.range(f['dhcpv6.duid.bytes'], d.at, end)
  switch (d.u16(f['dhcpv6.duid.type'])) {
    case 1: {
      if (length < 8) break
      const hardware = d.u16(f['dhcpv6.duidllt.hwtype']),
        seconds = d.peek32()
      d.skip(4)
      d.time(f['dhcpv6.duidllt.time'], seconds + YEAR_2000, 0, d.at - 4, d.at, false)
      if (d.at < end) linkLayerAddress(d, f['dhcpv6.duidllt.link_layer_addr'], hardware, end)
      break
    }
    case 2:
      if (length < 6) break
      d.u32(f['dhcpv6.duiden.enterprise'])
      if (d.at < end) d.span(f['dhcpv6.duiden.identifier'], end - d.at)
      break
    case 3: {
      if (length < 4) break
      const hardware = d.u16(f['dhcpv6.duidll.hwtype'])
      if (d.at < end) linkLayerAddress(d, f['dhcpv6.duidll.link_layer_addr'], hardware, end)
      break
    }
    case 4:
      d.span(f['dhcpv6.duiduuid.bytes'], end - d.at)
      break
    default:
  }
}

function linkLayerAddress(d: Decoder, field: FieldId<'string'>, hardware: number, end: number): void {
  const isEther = (hardware === ETHERNET || hardware === IEEE_802) && end - d.at === 6
  d.text(field, end - d.at, isEther ? etherText(d.bytes, d.at) : hex(d.bytes, '', d.at, end))
}

/** RFC 8415, 21.11; delayed authentication (protocol 2) has a realm, a key and a digest in its information. */
function authentication(d: Decoder, f: Dhcpv6Fields, end: number): void {
  const DELAYED = 2,
    DIGEST = 16
  const protocol = d.u8(f['dhcpv6.auth.protocol'])
  d.u8(f['dhcpv6.auth.algorithm'])
  d.u8(f['dhcpv6.auth.rdm'])
  d.span(f['dhcpv6.auth.replay_detection'], 8)
  const left = end - d.at
  if (protocol === DELAYED && left >= 4 + DIGEST) {
    if (left > 4 + DIGEST) d.span(f['dhcpv6.auth.realm'], left - 4 - DIGEST)
    d.u32(f['dhcpv6.auth.key_id'])
    d.span(f['dhcpv6.auth.md5_data'], DIGEST)
  } else if (left > 0) d.span(f['dhcpv6.auth.info'], left)
}

function userClasses(d: Decoder, f: Dhcpv6Fields, end: number): void {
  while (end - d.at >= 2) {
    const length = d.peek16()
    if (length > end - d.at - 2) {
      d.expert(f['dhcpv6.malformed_option'], d.at, end)
      return
    }
    d.note(d.at, d.at + 2 + length, 'User Class suboption')
    const outer = d.enter()
    d.u16(f['dhcpv6.userclass.length'])
    d.span(f['dhcpv6.userclass.opaque_data'], length)
    d.leave(outer)
  }
}

function vendorOptions(d: Decoder, f: Dhcpv6Fields, end: number): void {
  d.u32(f['dhcpv6.vendoropts.enterprise'])
  while (end - d.at >= 4) {
    const length = d.peek16(d.at + 2)
    if (length > end - d.at - 4) {
      d.expert(f['dhcpv6.malformed_option'], d.at, end)
      return
    }
    d.note(d.at, d.at + 4 + length, 'option')
    const outer = d.enter()
    d.u16(f['dhcpv6.vendoropts.enterprise.option_code'])
    d.u16(f['dhcpv6.vendoropts.enterprise.option_length'])
    d.span(f['dhcpv6.vendoropts.enterprise.option_data'], length)
    d.leave(outer)
  }
}

/** RFC 5908. */
function ntpServers(d: Decoder, f: Dhcpv6Fields, end: number): void {
  while (end - d.at >= 4) {
    const code = d.peek16(),
      length = d.peek16(d.at + 2),
      stop = d.at + 4 + length
    if (stop > end) {
      d.expert(f['dhcpv6.malformed_option'], d.at, end)
      return
    }
    d.note(d.at, stop, NTP_SERVER_OPTIONS[code] ?? `Suboption ${code}`)
    const outer = d.enter()
    d.u16(f['dhcpv6.ntpserver.option.type'])
    d.u16(f['dhcpv6.ntpserver.option.length'])
    if (code === 1 && length === 16) d.span(f['dhcpv6.ntpserver.addr'], 16)
    else if (code === 2 && length === 16) d.span(f['dhcpv6.ntpserver.mc_addr'], 16)
    else if (code === 3) domainNames(d, f, f['dhcpv6.ntpserver.fqdn'], stop)
    d.leave(outer)
    d.at = stop
  }
}
