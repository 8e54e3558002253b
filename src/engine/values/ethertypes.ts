// Ethertypes (IEEE Registration Authority, IANA ieee-802-numbers), with the short names in common use.

/** Name of an ethertype. */
export const ETHERTYPES: Readonly<Record<number, string>> = {
  0x0600: 'XEROX NS IDP', 0x0660: 'DLOG', 0x0800: 'IPv4', 0x0801: 'X.75 Internet', 0x0802: 'NBS Internet', 0x0803: 'ECMA Internet', 0x0804: 'Chaosnet',
  0x0805: 'X.25 Level 3', 0x0806: 'ARP', 0x0808: 'Frame Relay ARP', 0x0842: 'Wake on LAN', 0x0bad: 'Vines IP', 0x0baf: 'Vines Echo',
  0x22ea: 'Multiple Stream Reservation Protocol', 0x22f0: 'Audio Video Transport Protocol', 0x22f3: 'IETF TRILL', 0x22f4: 'IS-IS over L2 (TRILL)',
  0x3c07: '3Com NBP Datagram', 0x6001: 'DEC DNA Dump/Load', 0x6002: 'DEC DNA Remote Console', 0x6003: 'DEC DNA Routing', 0x6004: 'DEC LAT',
  0x6005: 'DEC Diagnostics', 0x6006: 'DEC Customer use', 0x6007: 'DEC LAVC/SCA', 0x6558: 'Transparent Ethernet bridging', 0x6559: 'Frame Relay',
  0x8035: 'RARP', 0x809b: 'AppleTalk LLAP bridging', 0x80d5: 'SNA-over-Ethernet', 0x80f3: 'AARP', 0x8100: '802.1Q Virtual LAN', 0x8102: 'Simple Loop Protection Protocol',
  0x8137: 'Netware IPX/SPX', 0x814c: 'SNMP', 0x86dd: 'IPv6', 0x876b: 'TCP/IP Compression', 0x876c: 'IP Autonomous Systems', 0x876d: 'Secure Data',
  0x8808: 'MAC Control', 0x8809: 'Slow Protocols', 0x880b: 'PPP', 0x880c: 'GSMP', 0x8847: 'MPLS label switched packet', 0x8848: 'MPLS multicast label switched packet',
  0x8861: 'MCAP', 0x8863: 'PPPoE Discovery', 0x8864: 'PPPoE Session', 0x8870: 'Jumbo LLC', 0x887b: 'HomePlug 1.0 MME', 0x888e: '802.1X Authentication',
  0x8892: 'PROFINET', 0x8899: 'Realtek Layer 2 Protocols', 0x889a: 'HyperSCSI', 0x88a2: 'ATA over Ethernet', 0x88a4: 'EtherCAT frame', 0x88a8: '802.1ad Provider Bridge (Q-in-Q)',
  0x88ab: 'Ethernet Powerlink v2', 0x88b5: 'Local Experimental Ethertype 1', 0x88b6: 'Local Experimental Ethertype 2', 0x88b7: 'IEEE 802a OUI Extended Ethertype',
  0x88b8: 'IEC 61850/GOOSE', 0x88b9: 'IEC 61850/GSE management services', 0x88ba: 'IEC 61850/SV (Sampled Value Transmission)', 0x88be: 'Encapsulated Remote Switch Packet Analysis',
  0x88c7: '802.11i Pre-Authentication', 0x88ca: 'Transparent Inter Process Communication', 0x88cc: '802.1 Link Layer Discovery Protocol (LLDP)', 0x88cd: 'Sercos III',
  0x88d9: 'Link Layer Topology Discovery (LLTD)', 0x88e1: 'HomePlug AV MME', 0x88e3: 'MRP (Media Redundancy Protocol)', 0x88e5: '802.1AE (MACsec)',
  0x88e7: '802.1ah Provider Backbone Bridge (mac-in-mac)', 0x88f5: '802.1Q Multiple VLAN Registration Protocol', 0x88f6: '802.1Q Multiple MAC Registration Protocol',
  0x88f7: 'PTPv2 over Ethernet (IEEE1588)', 0x88f8: 'Network Controller Sideband Interface', 0x88fb: 'Parallel Redundancy Protocol (PRP) and HSR Supervision (IEC62439 Part 3)',
  0x8902: 'IEEE 802.1Q Connectivity Fault Management (CFM) protocol', 0x8906: 'Fibre Channel over Ethernet', 0x8909: 'Cisco MetaData', 0x890d: '802.11 data encapsulation',
  0x8914: 'FCoE Initialization Protocol', 0x8915: 'RDMA over Converged Ethernet', 0x891d: 'Time Triggered Ethernet', 0x8926: 'VN-Tag', 0x892f: 'High-availability Seamless Redundancy (IEC62439 Part 3)',
  0x893a: '1905.1a Convergent Digital Home Network for Heterogenous Technologies', 0x893f: '802.1br Bridge Port Extension E-Tag', 0x894f: 'Network Service Header',
  0x8988: '802.15.4 Frame', 0x9000: 'Loopback', 0x9021: 'Real-Time Media Access Control', 0x9022: 'Real-Time Configuration Protocol', 0x9100: 'QinQ: old non-standard 802.1ad',
  0x9200: 'QinQ: old non-standard 802.1ad (9200)', 0xa0ed: 'LoWPAN encapsulation', 0xb7ea: 'GREv0 control channel', 0xc021: 'PPP Link Control Protocol',
  0xc023: 'PPP Password Authentication Protocol', 0xcafe: 'Veritas Low Latency Transport (not officially registered)', 0xf1c1: '802.1CB Redundancy Tag',
}
