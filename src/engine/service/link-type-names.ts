// Names of LINKTYPE_ values for people (https://www.tcpdump.org/linktypes.html).

const NAMES: Readonly<Record<number, string>> = {
  0: 'BSD loopback',
  1: 'Ethernet',
  6: 'Token Ring',
  8: 'SLIP',
  9: 'PPP',
  10: 'FDDI',
  50: 'PPP with HDLC framing',
  51: 'PPPoE',
  101: 'Raw IP',
  104: 'Cisco HDLC',
  105: 'IEEE 802.11',
  107: 'Frame Relay',
  108: 'OpenBSD loopback',
  113: 'Linux cooked capture v1',
  117: 'OpenBSD pflog',
  119: 'IEEE 802.11 with Prism header',
  127: 'IEEE 802.11 with radiotap',
  147: 'User 0',
  163: 'IEEE 802.11 with AVS header',
  187: 'Bluetooth HCI H4',
  189: 'USB (Linux)',
  192: 'Per-Packet Information',
  195: 'IEEE 802.15.4',
  201: 'Bluetooth HCI H4 with direction',
  220: 'USB (Linux, padded)',
  227: 'SocketCAN',
  228: 'Raw IPv4',
  229: 'Raw IPv6',
  239: 'NFLOG',
  249: 'USBPcap',
  251: 'Bluetooth Low Energy',
  252: 'Upper PDU',
  253: 'Netlink',
  276: 'Linux cooked capture v2',
}

/** Name of a link type; "link type N" where it has none here. */
export function linkTypeName(linkType: number): string {
  return NAMES[linkType] ?? `link type ${linkType}`
}
