// Vendor options of network boot (Preboot Execution Environment 2.1, 2.2), in option 43 of clients and servers whose class is PXEClient.
import type { Decoder } from '../../../dissect/define'
import { PXE_PARTS } from '../../../values/dhcp'
import type { DhcpFields } from './fields'

const PAD = 0,
  END = 255

/** Reads suboptions from d.at to `end`. */
export function pxeOptions(d: Decoder, f: DhcpFields, end: number): void {
  while (d.at < end) {
    const code = d.peek8()
    if (code === END) {
      d.u8(f['dhcp.option.vendor.pxeclient.end'])
      return
    }
    if (code === PAD) {
      d.u8(f['dhcp.option.vendor.pxeclient.padding'])
      continue
    }
    d.u8(f['dhcp.option.vendor.pxeclient.suboption'])
    if (d.labels) d.label(`Option 43 Suboption: (${code}) ${PXE_PARTS[code] ?? 'Unknown'}`)
    const outer = d.enter()
    if (d.at === end) {
      d.expert(f['dhcp.missing_subopt_value'], d.at, end)
      d.leave(outer)
      return
    }
    const length = d.u8(f['dhcp.option.suboption_length']),
      { at } = d
    if (at + length > end) {
      d.expert(f['dhcp.missing_subopt_value'], at, end)
      d.leave(outer)
      return
    }
    d.range(f['dhcp.option.vendor.value'], at, at + length)
    const value = d.last
    if (part(d, f, code, length)) d.hide(value)
    d.at = at + length
    d.leave(outer)
  }
}

/** Reads a suboption's contents; false where they are shown as bytes. */
function part(d: Decoder, f: DhcpFields, code: number, length: number): boolean {
  switch (code) {
    case 1:
      if (length !== 4) return false
      d.span(f['dhcp.option.vendor.pxeclient.mtftp_ip'], 4)
      return true
    case 2:
      if (length !== 2) return false
      d.u16le(f['dhcp.option.vendor.pxeclient.mtftp_client_port'])
      return true
    case 3:
      if (length !== 2) return false
      d.u16le(f['dhcp.option.vendor.pxeclient.mtftp_server_port'])
      return true
    case 4:
      if (length !== 1) return false
      d.u8(f['dhcp.option.vendor.pxeclient.mtftp_timeout'])
      return true
    case 5:
      if (length !== 1) return false
      d.u8(f['dhcp.option.vendor.pxeclient.mtftp_delay'])
      return true
    case 6:
      if (length !== 1) return false
      discoveryControl(d, f)
      return true
    case 7:
      if (length !== 4) return false
      d.span(f['dhcp.option.vendor.pxeclient.multicast_address'], 4)
      return true
    default:
      return false
  }
}

function discoveryControl(d: Decoder, f: DhcpFields): void {
  const { at } = d,
    flags = d.u8(f['dhcp.option.vendor.pxeclient.discovery_control']),
    outer = d.enter()
  d.bits(f['dhcp.option.vendor.pxeclient.discovery_control.broadcast'], at, at + 1, flags)
  d.bits(f['dhcp.option.vendor.pxeclient.discovery_control.multicast'], at, at + 1, flags)
  d.bits(f['dhcp.option.vendor.pxeclient.discovery_control.serverlist'], at, at + 1, flags)
  d.bits(f['dhcp.option.vendor.pxeclient.discovery_control.bstrap'], at, at + 1, flags)
  d.leave(outer)
}
