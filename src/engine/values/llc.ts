// IEEE 802.2 link service access points (IEEE Registration Authority and common use), and what vendors send behind their SNAP codes.

/** Name of a service access point octet. */
export const LLC_SAPS: Readonly<Record<number, string>> = {
  0x00: 'NULL LSAP', 0x02: 'LLC Sub-Layer Management', 0x03: 'LLC Sub-Layer Management', 0x04: 'SNA Path Control', 0x05: 'SNA Path Control', 0x06: 'TCP/IP', 0x08: 'SNA', 0x0c: 'SNA', 0x0e: 'PROWAY (IEC955) Network Management and Initialization',
  0x10: 'NetWare', 0x18: 'Texas Instruments', 0x42: 'Spanning Tree BPDU', 0x4e: 'EIA RS-511 Manufacturing Message Service', 0x54: 'ISO 8473 over 802.2 (RFC1042)', 0x7e: 'X.25 over 802.2 LLC2', 0x7f: 'ISO 802.2', 0x80: 'XNS',
  0x82: 'Bay ACN', 0x86: 'Nestar', 0x8e: 'PROWAY (IEC955) Active Station List Maintenance', 0x98: 'ARP', 0xaa: 'SNAP', 0xba: 'Banyan Vines', 0xbc: 'Banyan Vines', 0xc8: 'HP Extended LLC',
  0xd4: 'Resource Management', 0xd8: 'IBM Resource Management', 0xdc: 'IBM Dynamic Address Resolution', 0xdd: 'IBM Dynamic Address Resolution', 0xe0: 'NetWare', 0xec: 'CLNP', 0xf0: 'NetBIOS', 0xf4: 'IBM Net Management',
  0xf8: 'HP Extended LLC', 0xfa: 'Ungermann-Bass', 0xfc: 'Remote Program Load', 0xfe: 'ISO Network Layer', 0xff: 'Global LSAP',
}
/** Commands of unnumbered frames, by the modifier bits of the control octet (poll bit cleared). */
export const LLC_UNNUMBERED: Readonly<Record<number, readonly [short: string, long: string]>> = {
  0x00: ['UI', 'Unnumbered Information'], 0x0c: ['DM', 'Disconnected mode'], 0x10: ['DISC', 'Disconnect'], 0x1c: ['SABM', 'Set Asynchronous Balanced Mode'], 0x0f: ['SARM', 'Set Asynchronous Response Mode'],
  0x40: ['DISC', 'Disconnect'], 0x60: ['UA', 'Unnumbered Acknowledge'], 0x6c: ['SABME', 'Set Asynchronous Balanced Mode Extended'], 0x80: ['SNRM', 'Set Normal Response Mode'], 0x84: ['FRMR', 'Frame reject'],
  0xac: ['XID', 'Exchange identification'], 0xe0: ['TEST', 'Test'],
}
