// ARP parameters (IANA arp-parameters): operation codes and hardware types, with the Linux-only hardware types that cooked captures carry.

/** Operation codes. */
export const ARP_OPERATIONS: Readonly<Record<number, string>> = {
  0: 'reserved', 1: 'request', 2: 'reply', 3: 'reverse request', 4: 'reverse reply', 5: 'drarp request', 6: 'drarp reply', 7: 'drarp error', 8: 'inverse request', 9: 'inverse reply', 10: 'arp nak', 11: 'mars request',
  12: 'mars multi', 13: 'mars mserv', 14: 'mars join', 15: 'mars leave', 16: 'mars nak', 17: 'mars unserv', 18: 'mars sjoin', 19: 'mars sleave', 20: 'mars grouplist request', 21: 'mars grouplist reply', 22: 'mars redirect map',
  23: 'mapos unarp', 24: 'Experimental 1', 25: 'Experimental 2', 65535: 'reserved',
}
/** Hardware types. */
export const ARP_HARDWARE: Readonly<Record<number, string>> = {
  0: 'NET/ROM pseudo', 1: 'Ethernet', 2: 'Experimental Ethernet', 3: 'AX.25', 4: 'ProNET', 5: 'Chaos', 6: 'IEEE 802', 7: 'ARCNET', 8: 'Hyperchannel', 9: 'Lanstar', 10: 'Autonet Short Address', 11: 'LocalTalk', 12: 'LocalNet',
  13: 'Ultra link', 14: 'SMDS', 15: 'Frame Relay', 16: 'ATM', 17: 'HDLC', 18: 'Fibre Channel', 19: 'ATM (RFC 2225)', 20: 'Serial Line', 21: 'ATM', 22: 'MIL-STD-188-220', 23: 'Metricom STRIP', 24: 'IEEE 1394.1995', 25: 'MAPOS',
  26: 'Twinaxial', 27: 'EUI-64', 28: 'HIPARP', 29: 'IP and ARP over ISO 7816-3', 30: 'ARPSec', 31: 'IPsec tunnel', 32: 'InfiniBand', 33: 'TIA-102 Project 25 Common Air Interface', 34: 'Wiegand Interface', 35: 'Pure IP', 36: 'HW_EXP1',
  37: 'HFI', 256: 'HW_EXP2', 512: 'PPP', 513: 'Cisco HDLC', 516: 'LAPB', 517: 'DDCMP', 518: 'Raw HDLC', 519: 'Raw IP', 768: 'IPIP', 769: 'IP6IP6', 770: 'Frame Relay DLCI', 772: 'Loopback', 774: 'FDDI', 776: 'IPv6-in-IPv4', 778: 'GRE over IP',
  800: 'IEEE 802.2 Ethernet/TR/TB', 801: 'IEEE 802.11', 802: 'IEEE 802.11 + Prism2 header', 803: 'IEEE 802.11 + radiotap header', 824: 'Netlink', 65534: 'Void', 65535: 'Void',
}
