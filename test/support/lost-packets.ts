// Captures with packets taken out: what a loopback recorded in segments of 64 KiB, cut into the segments of an ordinary link, less some.
import { pcapFile } from './pcap-builder'
import type { BuiltPacket } from './pcap-builder'

/** A packet of a recording (Ethernet, IPv4, TCP), or a piece of one. */
export interface RecordedSegment extends BuiltPacket {
  readonly sourcePort: number
  readonly destinationPort: number
  readonly payload: Uint8Array
}

const ETHERNET = 14

/** The TCP packets of a little-endian pcap file of Ethernet and IPv4, each cut into segments of at most `size` bytes of payload. */
export function segmentsOf(file: Buffer, size: number): RecordedSegment[] {
  const segments: RecordedSegment[] = []
  for (let at = 24; at + 16 <= file.length;) {
    const end = at + 16 + file.readUInt32LE(at + 8)
    segments.push(...cut(file.subarray(at + 16, end), size, file.readUInt32LE(at), file.readUInt32LE(at + 4)))
    at = end
  }
  return segments
}

/** A capture of them. */
export function captureOf(segments: readonly RecordedSegment[]): Uint8Array {
  return pcapFile(segments)
}

function cut(packet: Buffer, size: number, seconds: number, fraction: number): RecordedSegment[] {
  const tcp = ETHERNET + (packet.readUInt8(ETHERNET) & 15) * 4,
    from = tcp + (packet.readUInt8(tcp + 12) >> 4) * 4,
    payload = packet.subarray(from, ETHERNET + packet.readUInt16BE(ETHERNET + 2)),
    pieces: RecordedSegment[] = []
  for (let at = 0; at === 0 || at < payload.length; at += size) {
    const piece = payload.subarray(at, at + size),
      bytes = Buffer.concat([packet.subarray(0, from), piece])
    bytes.writeUInt16BE(bytes.length - ETHERNET, ETHERNET + 2)
    bytes.writeUInt32BE((packet.readUInt32BE(tcp + 4) + at) >>> 0, tcp + 4)
    // only the last piece says that nothing more comes
    if (at + size < payload.length) bytes.writeUInt8(bytes.readUInt8(tcp + 13) & ~9, tcp + 13)
    const ports = { sourcePort: packet.readUInt16BE(tcp), destinationPort: packet.readUInt16BE(tcp + 2) }
    pieces.push({ bytes, seconds, fraction, payload: piece, ...ports })
  }
  return pieces
}
