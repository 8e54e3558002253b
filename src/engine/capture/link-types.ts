// What a reader must know about LINKTYPE_ values: limits, pseudo-headers before the packet, and which ones can be opened.
// Values: https://www.tcpdump.org/linktypes.html; limits and accepted values as observed with tshark 4.0.17.

/** linkType of a pcapng Custom Block, which tshark lists as a record of its own; its enterprise number is at position - 4. */
export const RECORD_CUSTOM_BLOCK = 0xfff0
/** linkType of a systemd Journal Export Block. */
export const RECORD_JOURNAL = 0xfff1
/** linkType of a sysdig event block. */
export const RECORD_SYSDIG = 0xfff2

const LARGE_PACKET_LINK_TYPES: ReadonlyMap<number, number> = new Map([
  [231, 128 << 20],
  [249, 128 << 20],
  [279, 32 << 20],
])

/** Largest captured length that is believed; anything above is damage. */
export function maximumPacketLength(linkType: number): number {
  return LARGE_PACKET_LINK_TYPES.get(linkType) ?? 262144
}

const PSEUDO_HEADERS: ReadonlyMap<number, readonly [name: string, length: number]> = new Map([
  [123, ['SunATM', 4]],
  [139, ['MTP2', 4]],
  [144, ['IrDA', 16]],
  [177, ['LAPD', 16]],
  [196, ['802.15.4 / PPP direction', 5]],
  [201, ['Bluetooth', 4]],
  [204, ['PPP direction', 1]],
  [209, ['I2C', 5]],
  [245, ['NFC LLCP', 2]],
  [254, ['Bluetooth monitor', 4]],
])

/** Bytes that the capture software put before the packet proper; they do not count as part of the frame. */
export function pseudoHeaderLength(linkType: number): number {
  return PSEUDO_HEADERS.get(linkType)?.[1] ?? 0
}

/** Name of a pseudo-header for messages. */
export function pseudoHeaderName(linkType: number): string {
  return PSEUDO_HEADERS.get(linkType)?.[0] ?? 'link type ' + String(linkType)
}

// Ranges of accepted values in a pcap header: tshark 4.0.17 refuses a pcap file of any other link type.
const KNOWN: readonly (readonly [number, number])[] = [
  [0, 3],
  [6, 14],
  [16, 16],
  [18, 19],
  [32, 32],
  [50, 51],
  [99, 101],
  [104, 109],
  [112, 114],
  [117, 119],
  [121, 123],
  [127, 131],
  [133, 133],
  [135, 144],
  [147, 163],
  [165, 165],
  [167, 167],
  [169, 173],
  [177, 181],
  [183, 184],
  [186, 190],
  [192, 192],
  [195, 197],
  [199, 204],
  [209, 215],
  [220, 220],
  [224, 231],
  [235, 237],
  [239, 243],
  [245, 245],
  [248, 256],
  [258, 260],
  [264, 264],
  [266, 266],
  [268, 268],
  [270, 276],
  [279, 280],
  [283, 283],
  [287, 288],
  [290, 290],
  [292, 295],
]

/** True for the link types that tshark 4.0.17 accepts in a pcap header. */
export function isKnownLinkType(linkType: number): boolean {
  return KNOWN.some(([first, last]) => linkType >= first && linkType <= last)
}
