// Assigned Internet Protocol Numbers (IANA protocol-numbers): the keyword that a row shows, and the long name where IANA gives one.

/** Keyword of an IP protocol number as rows and Info texts show it. */
export const IP_PROTOCOLS: Readonly<Record<number, string>> = {
  0: 'IPv6 Hop-by-Hop Option', 1: 'ICMP', 2: 'IGMP', 3: 'GGP', 4: 'IPIP', 5: 'Stream', 6: 'TCP', 7: 'CBT', 8: 'EGP', 9: 'IGRP', 10: 'BBN RCC', 11: 'Network Voice',
  12: 'PUP', 13: 'ARGUS', 14: 'EMCON', 15: 'XNET', 16: 'CHAOS', 17: 'UDP', 18: 'Multiplex', 19: 'DCN Measurement', 20: 'HMP', 21: 'Packet Radio', 22: 'IDP', 23: 'Trunk-1',
  24: 'Trunk-2', 25: 'Leaf-1', 26: 'Leaf-2', 27: 'RDP', 28: 'IRT', 29: 'ISO-TP4', 30: 'NETBLT', 31: 'MFE', 32: 'MERIT INP', 33: 'DCCP', 34: '3rd Party Connect',
  35: 'Inter-Domain Policy Routing', 36: 'XTP', 37: 'Datagram Delivery', 38: 'Control Message', 39: 'TP++', 40: 'IL', 41: 'IPv6', 42: 'SDRP', 43: 'Routing Header for IPv6',
  44: 'Fragment Header for IPv6', 45: 'IDRP', 46: 'RSVP', 47: 'Generic Routing Encapsulation', 48: 'DSR', 49: 'BNA', 50: 'Encap Security Payload', 51: 'Authentication Header',
  52: 'I-NLSP', 53: 'SWIPE', 54: 'NBMA ARP', 55: 'IP Mobility', 56: 'TLSP', 57: 'SKIP', 58: 'ICMPv6', 59: 'No Next Header for IPv6', 60: 'Destination Options for IPv6',
  61: 'any host internal protocol', 62: 'CFTP', 63: 'any local network', 64: 'SATNET EXPAK', 65: 'Kryptolan', 66: 'RVD', 67: 'IPPC', 68: 'any distributed file system',
  69: 'SATNET Monitoring', 70: 'VISA', 71: 'IPCV', 72: 'CPNX', 73: 'CPHB', 74: 'WSN', 75: 'PVP', 76: 'BR-SAT-MON', 77: 'SUN ND', 78: 'WB-MON', 79: 'WB-EXPAK',
  80: 'ISO-IP', 81: 'VMTP', 82: 'Secure VMTP', 83: 'VINES', 84: 'IPTM', 85: 'NSFNET-IGP', 86: 'DGP', 87: 'TCF', 88: 'EIGRP', 89: 'OSPF IGP', 90: 'Sprite RPC', 91: 'LARP',
  92: 'MTP', 93: 'AX.25', 94: 'IPIP', 95: 'MICP', 96: 'SCC-SP', 97: 'ETHERIP', 98: 'ENCAP', 99: 'any private encryption scheme', 100: 'GMTP', 101: 'IFMP', 102: 'PNNI',
  103: 'PIM', 104: 'ARIS', 105: 'SCPS', 106: 'QNX', 107: 'Active Networks', 108: 'IPComp', 109: 'SNP', 110: 'Compaq Peer', 111: 'IPX IP', 112: 'VRRP', 113: 'PGM',
  114: 'any 0-hop protocol', 115: 'L2TPv3', 116: 'DDX', 117: 'IATP', 118: 'STP', 119: 'SRP', 120: 'UTI', 121: 'SMP', 122: 'SM', 123: 'PTP', 124: 'ISIS over IPv4', 125: 'FIRE',
  126: 'CRTP', 127: 'CRUDP', 128: 'SSCOPMCE', 129: 'IPLT', 130: 'SPS', 131: 'PIPE', 132: 'SCTP', 133: 'FC', 134: 'RSVP-E2E-IGNORE', 135: 'Mobility Header', 136: 'UDPlite',
  137: 'MPLS in IP', 138: 'MANET', 139: 'Host Identity Protocol', 140: 'Shim6', 141: 'WESP', 142: 'ROHC', 143: 'Ethernet', 253: 'use for experimentation and testing',
  254: 'use for experimentation and testing', 255: 'Reserved',
}
/** "TCP", or "Unknown". */
export function ipProtocolName(protocol: number): string {
  return IP_PROTOCOLS[protocol] ?? (protocol > 143 && protocol < 253 ? 'Unassigned' : 'Unknown')
}
