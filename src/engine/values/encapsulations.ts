// Encapsulation numbers that frame.encap_type shows, by LINKTYPE_ value: as tshark 4.0.17 reports them for a pcap file of each link type.

const NUMBERS: Readonly<Record<number, number>> = {
  0: 15, 1: 1, 2: 184, 3: 148, 6: 2, 7: 8, 8: 3, 9: 4, 10: 6, 11: 10, 12: 7, 13: 38, 14: 7, 16: 11, 18: 11, 19: 11, 32: 69, 50: 4, 51: 139, 99: 61, 100: 10, 101: 7, 104: 28,
  105: 20, 106: 11, 107: 26, 108: 174, 109: 38, 112: 28, 113: 25, 114: 30, 117: 39, 118: 29, 119: 21, 121: 32, 122: 18, 123: 13, 127: 23, 128: 37, 129: 9, 130: 81, 131: 82,
  133: 87, 135: 68, 136: 151, 137: 67, 138: 62, 139: 75, 140: 42, 141: 43, 142: 101, 143: 33, 147: 45, 148: 46, 149: 47, 150: 48, 151: 49, 152: 50, 153: 51, 154: 52, 155: 53,
  156: 54, 157: 55, 158: 56, 159: 57, 160: 58, 161: 59, 162: 60, 163: 24, 165: 63, 167: 76, 169: 66, 170: 178, 171: 179, 172: 77, 173: 78, 178: 83, 179: 84, 180: 85, 181: 86,
  183: 91, 184: 181, 186: 92, 187: 41, 188: 93, 189: 95, 190: 109, 192: 97, 195: 104, 196: 100, 197: 98, 199: 103, 200: 197, 201: 99, 202: 147, 203: 131, 204: 19, 209: 112,
  210: 106, 211: 108, 212: 107, 213: 111, 214: 105, 215: 113, 220: 115, 224: 121, 225: 122, 226: 124, 227: 125, 228: 129, 229: 130, 230: 127, 231: 146, 235: 132, 236: 133,
  237: 157, 239: 141, 240: 135, 241: 136, 242: 180, 243: 138, 245: 140, 248: 149, 249: 152, 250: 153, 251: 154, 252: 155, 253: 158, 254: 159, 255: 160, 256: 161, 258: 171,
  259: 172, 260: 173, 264: 177, 266: 182, 268: 36, 270: 183, 271: 185, 272: 186, 273: 199, 274: 198, 275: 200, 276: 210, 279: 204, 280: 205, 283: 206, 287: 211, 288: 208,
  290: 212, 292: 214, 293: 215, 294: 216, 295: 217,
}
const NAMES: Readonly<Record<number, string>> = {
  1: 'Ethernet', 2: 'Token Ring', 3: 'SLIP', 4: 'PPP', 6: 'FDDI', 7: 'Raw IP', 8: 'ARCNET', 10: 'RFC 1483 ATM', 15: 'NULL/Loopback', 19: 'PPP with Directional Info', 20: 'IEEE 802.11 Wireless LAN',
  21: 'IEEE 802.11 plus Prism II monitor mode radio header', 23: 'IEEE 802.11 plus radiotap radio header', 24: 'IEEE 802.11 plus AVS radio header', 25: 'Linux cooked-mode capture v1',
  26: 'Frame Relay', 28: 'Cisco HDLC', 39: 'OpenBSD PF Firewall logs', 95: 'USB packets with Linux header', 97: 'Per-Packet Information header', 99: 'Bluetooth H4 with linux header',
  115: 'USB packets with Linux header and padding', 125: 'SocketCAN', 129: 'Raw IPv4', 130: 'Raw IPv6', 141: 'NFLOG', 152: 'USB packets with USBPcap header', 158: 'Linux Netlink',
  159: 'Bluetooth Linux Monitor', 174: 'OpenBSD loopback', 210: 'Linux cooked-mode capture v2',
}

/** Number of an encapsulation by LINKTYPE_ value; 0 when unknown. */
export function encapsulation(linkType: number): number {
  return NUMBERS[linkType] ?? 0
}
/** Words for an encapsulation number. */
export function encapsulationName(encapsulation: number): string | undefined {
  return NAMES[encapsulation]
}
