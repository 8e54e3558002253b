// What relays add to requests (RFC 3046 and its successors), and which servers return.
import { ipv4Text } from '../../../bytes/text'
import type { Decoder } from '../../../dissect/define'
import { DHCP_RELAY_PARTS } from '../../../values/dhcp'
import type { DhcpFields } from './fields'

/** Reads suboptions from d.at to `end`. */
export function relayInformation(d: Decoder, f: DhcpFields, end: number): void {
  while (end - d.at >= 2) {
    const code = d.u8(f['dhcp.option.agent_information_option.suboption']),
      heading = d.last
    if (d.labels) d.label(`Option 82 Suboption: (${code}) ${DHCP_RELAY_PARTS[code] ?? 'Unknown'}`)
    const outer = d.enter(),
      length = d.u8(f['dhcp.option.suboption_length']),
      { at } = d
    if (at + length > end) {
      d.expert(f['dhcp.missing_subopt_value'], at, end)
      d.leave(outer)
      d.at = end
      return
    }
    d.range(f['dhcp.option.agent_information_option.value'], at, at + length)
    const value = d.last
    if (part(d, f, code, length, heading)) d.hide(value)
    d.at = at + length
    d.leave(outer)
  }
}

/** Reads a suboption's contents; false where they are shown as bytes. */
function part(d: Decoder, f: DhcpFields, code: number, length: number, heading: number): boolean {
  const address = (field: DhcpFields['dhcp.option.agent_information_option.link_selection']): boolean => {
    if (length !== 4) return false
    if (d.labels) d.appendLabel(` (${ipv4Text(d.bytes, d.at)})`, heading)
    d.span(field, 4)
    return true
  }
  const text = (field: DhcpFields['dhcp.option.agent_information_option.subscriber_id']): boolean => {
    d.span(field, length)
    d.ascii()
    return true
  }
  const bytes = (field: DhcpFields['dhcp.option.agent_information_option.agent_circuit_id']): boolean => {
    d.span(field, length)
    return true
  }
  switch (code) {
    case 1:
      return bytes(f['dhcp.option.agent_information_option.agent_circuit_id'])
    case 2:
      return bytes(f['dhcp.option.agent_information_option.agent_remote_id'])
    case 5:
      return address(f['dhcp.option.agent_information_option.link_selection'])
    case 6:
      return text(f['dhcp.option.agent_information_option.subscriber_id'])
    case 7:
      return bytes(f['dhcp.option.agent_information_option.radius_attributes'])
    case 8:
      return bytes(f['dhcp.option.agent_information_option.authentication'])
    case 10:
      if (length !== 1) return false
      d.u8(f['dhcp.option.agent_information_option.flags'])
      return true
    case 11:
      return address(f['dhcp.option.agent_information_option.server_id_override'])
    case 12:
      return bytes(f['dhcp.option.agent_information_option.relay_agent_id'])
    case 14:
      return text(f['dhcp.option.agent_information_option.ani_network_name'])
    case 15:
      return text(f['dhcp.option.agent_information_option.ani_ap_name'])
    case 16:
      if (length !== 6) return false
      d.span(f['dhcp.option.agent_information_option.ani_ap_bssid'], 6)
      return true
    case 18:
      return text(f['dhcp.option.agent_information_option.ani_operator_realm'])
    case 150:
      return address(f['dhcp.option.agent_information_option.link_selection_cisco'])
    case 152:
      return address(f['dhcp.option.agent_information_option.server_id_override_cisco'])
    default:
      return false
  }
}
