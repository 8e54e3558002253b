// Small captures made in the test: Ethernet frames in a little-endian pcap file.

/** A packet and when it was captured. */
export interface BuiltPacket {
  readonly bytes: Uint8Array
  readonly seconds?: number
  /** In the file's unit: microseconds, or nanoseconds in a nanosecond file. */
  readonly fraction?: number
  readonly originalLength?: number
}

/** A pcap file of those packets. */
export function pcapFile(
  packets: readonly BuiltPacket[],
  options: { readonly nanoseconds?: boolean; readonly linkType?: number } = {},
): Uint8Array {
  const header = Buffer.alloc(24)
  header.writeUInt32LE(options.nanoseconds === true ? 0xa1b23c4d : 0xa1b2c3d4, 0)
  header.writeUInt16LE(2, 4)
  header.writeUInt16LE(4, 6)
  header.writeUInt32LE(262_144, 16)
  header.writeUInt32LE(options.linkType ?? 1, 20)
  const parts: Uint8Array[] = [header]
  for (const { bytes, seconds = 0, fraction = 0, originalLength } of packets) {
    const record = Buffer.alloc(16)
    record.writeUInt32LE(seconds, 0)
    record.writeUInt32LE(fraction, 4)
    record.writeUInt32LE(bytes.length, 8)
    record.writeUInt32LE(originalLength ?? bytes.length, 12)
    parts.push(record, bytes)
  }
  return new Uint8Array(Buffer.concat(parts))
}

/** An ARP request for 10.0.0.`target` from 10.0.0.`sender`. */
export function arpRequest(sender: number, target: number): Uint8Array {
  const bytes = Buffer.from(
    `ffffffffffff0200000000${hex(sender)}08060001080006040001` +
      `0200000000${hex(sender)}0a0000${hex(sender)}0000000000000a0000${hex(target)}`,
    'hex',
  )
  return new Uint8Array(bytes)
}

/** A UDP datagram 10.0.0.`from`:1000 -> 10.0.0.`to`:`port` with a payload. */
export function udpDatagram(from: number, to: number, port: number, payload: Uint8Array): Uint8Array {
  const length = 8 + payload.length
  const head = Buffer.from(
    '0200000000020200000000010800' + '450000000000000040110000' + `0a0000${hex(from)}0a0000${hex(to)}` + '03e8000000000000',
    'hex',
  )
  head.writeUInt16BE(20 + length, 16)
  head.writeUInt16BE(port, 36)
  head.writeUInt16BE(length, 38)
  return new Uint8Array(Buffer.concat([head, payload]))
}

function hex(value: number): string {
  return value.toString(16).padStart(2, '0')
}
