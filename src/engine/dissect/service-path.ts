// What follows the headers of service paths: NSH and VXLAN-GPE number protocols alike.
import type { Decoder } from './decoder'

const IPV4 = 1,
  IPV6 = 2,
  ETHERNET = 3,
  NSH = 4,
  MPLS = 5,
  MPLS_TYPE = 0x8847,
  NSH_TYPE = 0x894f

/** Names of the numbers of protocols that NSH (RFC 8300, 11.2.5) and VXLAN-GPE share. */
export const SERVICE_PATH_PROTOCOLS: Readonly<Record<number, string>> = {
  [IPV4]: 'IPv4',
  [IPV6]: 'IPv6',
  [ETHERNET]: 'Ethernet',
  [NSH]: 'NSH',
  [MPLS]: 'MPLS',
}

/** Goes on with what follows: NSH and VXLAN-GPE share their numbers of protocols. */
export function nextInServicePath(d: Decoder, protocol: number): void {
  const found =
    protocol === IPV4
      ? d.next('ip.version', 4)
      : protocol === IPV6
        ? d.next('ip.version', 6)
        : protocol === ETHERNET
          ? d.next('linktype', 1)
          : protocol === NSH
            ? d.next('ethertype', NSH_TYPE)
            : protocol === MPLS && d.next('ethertype', MPLS_TYPE)
  if (!found) d.data()
}
