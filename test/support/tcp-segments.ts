// TCP segments made in the test, as raw IPv4 packets (LINKTYPE_RAW), and random traces that look a little like TCP.
import { pcapFile } from './pcap-builder'

/** A segment between 10.0.0.1:`port` (the client) and 10.0.0.2:2000 (the server). */
export interface BuiltSegment {
  readonly fromServer?: boolean
  readonly port?: number
  readonly sequence: number
  readonly acknowledgment?: number
  readonly flags: number
  readonly window?: number
  /** Of the IPv4 header, which then says "don't fragment". */
  readonly identification?: number
  readonly payload?: Uint8Array | string
  readonly options?: Uint8Array
  /** Microseconds since the capture's start. */
  readonly time: number
  /** Server's port. */
  readonly serverPort?: number
}

export const RAW_LINK = 101

/** The packet of a segment. */
export function segmentBytes(segment: BuiltSegment): Uint8Array {
  const options = segment.options ?? new Uint8Array(0),
    payload = typeof segment.payload === 'string' ? Buffer.from(segment.payload, 'latin1') : (segment.payload ?? new Uint8Array(0))
  const head = Buffer.alloc(40),
    client = segment.port ?? 1000,
    server = segment.serverPort ?? 2000
  head[0] = 0x45
  head.writeUInt16BE(40 + options.length + payload.length, 2)
  if (segment.identification !== undefined) {
    head.writeUInt16BE(segment.identification, 4)
    head[6] = 0x40
  }
  head[8] = 64
  head[9] = 6
  head.set([10, 0, 0, segment.fromServer ? 2 : 1, 10, 0, 0, segment.fromServer ? 1 : 2], 12)
  head.writeUInt16BE(segment.fromServer ? server : client, 20)
  head.writeUInt16BE(segment.fromServer ? client : server, 22)
  head.writeUInt32BE(segment.sequence >>> 0, 24)
  head.writeUInt32BE((segment.acknowledgment ?? 0) >>> 0, 28)
  head[32] = ((20 + options.length) / 4) << 4
  head[33] = segment.flags
  head.writeUInt16BE(segment.window ?? 1000, 34)
  return new Uint8Array(Buffer.concat([head, options, payload]))
}

/** A capture of segments. */
export function segmentCapture(segments: readonly BuiltSegment[]): Uint8Array {
  return pcapFile(
    segments.map((segment) => ({
      bytes: segmentBytes(segment),
      seconds: 1_700_000_000 + Math.floor(segment.time / 1e6),
      fraction: segment.time % 1_000_000,
    })),
    { linkType: RAW_LINK },
  )
}

/** Random but repeatable: streams of a few segments each, with losses, repetitions, late and early segments, probes and closed windows. */
export function randomSegments(seed: number, streams: number): BuiltSegment[] {
  let state = (seed * 2_654_435_761) >>> 0 || 1
  const random = () => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 4_294_967_296
  }
  const pick = (list: readonly number[]) => list[Math.floor(random() * list.length)] ?? 0
  const segments: BuiltSegment[] = []
  let time = 1_000_000
  for (let stream = 0; stream < streams; stream++) {
    const client = { next: pick([0xffff_ff80, 10_000, 15_000]) },
      server = { next: 40_000 }
    const add = (
      side: number,
      sequence: number,
      acknowledgment: number,
      flags: number,
      window: number,
      length: number,
      options?: Uint8Array,
    ) => {
      time += pick([50, 50, 1000, 2000, 10_000, 30_000, 300_000])
      segments.push({
        fromServer: side === 1,
        port: 1000 + stream,
        sequence,
        acknowledgment,
        flags,
        window,
        payload: new Uint8Array(length).fill(65),
        time,
        ...(options ? { options } : {}),
      })
    }
    if (random() < 0.6) {
      const scale = random() < 0.5 ? Uint8Array.of(3, 3, 2, 1) : undefined
      add(0, client.next, 0, 2, 100, 0, scale)
      add(1, server.next, client.next + 1, 0x12, 100, 0, random() < 0.8 ? scale : undefined)
      client.next++
      server.next++
      add(0, client.next, server.next, 0x10, 100, 0)
    }
    for (let count = 8 + Math.floor(random() * 14); count > 0; count--) {
      const side = random() < 0.5 ? 0 : 1,
        me = side === 0 ? client : server,
        other = side === 0 ? server : client
      const length = pick([0, 0, 1, 100, 100, 100, 50]),
        window = pick([100, 100, 100, 0, 200, 300])
      let flags = 0x10 | (random() < 0.3 ? 8 : 0),
        dice = random()
      const sequence = me.next + (dice < 0.12 ? -1 : dice < 0.2 ? -100 : dice < 0.26 ? -50 : dice < 0.34 ? 100 : 0)
      dice = random()
      const acknowledgment = other.next + (dice < 0.1 ? -100 : dice < 0.18 ? 100 : dice < 0.22 ? 1 : dice < 0.27 ? -50 : 0)
      if (random() < 0.07) flags |= 1
      if (random() < 0.03) flags |= 4
      add(side, sequence, acknowledgment, flags, window, length)
      const next = sequence + length + (flags & 1)
      if (((next - me.next) | 0) > 0) me.next = next
    }
  }
  return segments
}
